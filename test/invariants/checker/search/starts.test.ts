/**
 * Several initial states: every strategy means all of them, and an execution says in which it begins.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  exhaustive,
  inductive,
  randomized,
  readTrace,
  replay,
  shrink,
  stateGraph,
  statesAlong,
  systemModel,
  traceOf,
  witnessState,
  writeTrace
} from '../../../../invariants/checker/index.js'
import type { ExhaustiveOptions, Model } from '../../../../invariants/checker/index.js'
import { whole } from '../../../../invariants/property/invariant.js'
import { making } from '../../../support/executions.js'

/** Counters that go down to 0 from one of several numbers; none comes to a bad one. */
const countdown = (initial: ReadonlyArray<number>, bad = -1): Model<{ readonly left: number }, string> =>
  systemModel({
    name: 'countdown',
    system: {
      initial: initial.map((left) => ({ left })),
      actions: ({ left }) => (left > 0 ? ['one', ...(left > 1 ? ['two'] : [])] : []),
      next: ({ left }, a) => O.some({ left: left - (a === 'one' ? 1 : 2) })
    },
    kinds: ['one', 'two'],
    invariants: [whole('good', 'no number is bad', ({ left }) => (left === bad ? [{ witness: String(left) }] : []))]
  })

const searches: ReadonlyArray<ExhaustiveOptions> = [
  {},
  { exact: true },
  { plain: true },
  { order: 'depth-first' },
  { order: 'depth-first', exact: true },
  { order: 'iterative-deepening' }
]

describe('a search from several initial states', () => {
  test.each(searches)('goes through what any of them leads to: %j', async (options) => {
    const { states, transitions, complete, depth } = await exhaustive(countdown([2, 20, 2, 11]), options)
    // 20 leads to all below it, and so do the others: each number but 0 and 1 has two steps.
    expect({ states, transitions, complete }).toEqual({ states: 21, transitions: 39, complete: true })
    if (options.order !== 'depth-first') expect(depth).toBe(4)
  })

  test.each(searches)('finds what goes wrong from any of them, and says from which: %j', async (options) => {
    for (const bad of [30, 29, 26]) {
      const { counterexample } = await exhaustive(countdown([2, 20, 30], bad), options)
      expect([counterexample?.start, counterexample?.states[0], counterexample?.failures.length]).toEqual([
        2,
        { left: 30 },
        1
      ])
      expect(statesAlong(countdown([2, 20, 30], bad), counterexample!)).toEqual(counterexample?.states)
      if (options.order !== 'depth-first') expect(counterexample?.actions.length).toBe(Math.ceil((30 - bad) / 2))
    }
  })

  test.each(searches)('counts initial states as others where there are to be few: %j', async (options) => {
    for (const maxStates of [1, 2, 3]) {
      const { states, complete } = await exhaustive(countdown([5, 5, 50, 500]), { ...options, maxStates })
      expect([states, complete]).toEqual([maxStates, false])
    }
    expect(await exhaustive(countdown([0, 0]), { ...options, maxStates: 2 })).toMatchObject({
      states: 1,
      complete: true
    })
  })

  test('goes on from a checkpoint to the same end', async () => {
    const model = countdown(Array.from({ length: 40_000 }, (_, i) => i))
    const kept: Uint8Array[] = []
    const all = await exhaustive(model, { checkpoint: { isDue: () => true, save: (c) => kept.push(c) } })
    expect(kept.length).toBeGreaterThanOrEqual(3)
    const resumed = await exhaustive(model, { resume: kept[2]! })
    const numbers = ({ states, transitions, depth, coverage }: typeof all) => ({ states, transitions, depth, coverage })
    expect(numbers(resumed)).toEqual(numbers(all))
    // What a run has found itself is known apart from what it was given.
    expect([all.earlier, resumed.earlier]).toEqual([0, 40_000])
    const other = exhaustive(countdown([1, 2]), { resume: kept[2]! })
    await expect(other).rejects.toThrow('the initial states')
  })
})

describe('random executions', () => {
  test('begin in each of the initial states', async () => {
    for (const plain of [false, true]) {
      const { counterexample } = await randomized(countdown([2, 20, 30], 30), { seed: 1, runs: 50, plain })
      expect(counterexample).toMatchObject({ start: 2, actions: [], states: [{ left: 30 }] })
      const { coverage } = await randomized(countdown([0, 1]), { seed: 1, runs: 1000, plain })
      expect(coverage.kinds['one']).toBeGreaterThan(400)
      expect(coverage.kinds['one']).toBeLessThan(600)
    }
  })

  test('are the same for a seed, and shrunk from where they began', async () => {
    const run = () => randomized(countdown([4, 20, 30], 23), { seed: 5, runs: 50 })
    const [one, other] = [await run(), await run()]
    expect(one.counterexample).toEqual(other.counterexample)
    expect(one.counterexample?.start).toBe(2)
    expect(one.counterexample?.states.at(-1)).toEqual({ left: 23 })
    const again = await randomized(countdown([4, 20, 30], 23), { seed: 5, runs: 1, firstRun: one.failedRun!.run })
    expect(again.counterexample).toEqual(one.counterexample)
  })

  test('with one initial state are those that they were', async () => {
    const { states, transitions, coverage } = await randomized(countdown([30]), { seed: 5, runs: 20 })
    expect({ states, transitions, kinds: coverage.kinds }).toEqual({
      states: 434,
      transitions: 414,
      kinds: { one: 228, two: 186 }
    })
  })
})

test('shrinking, witnesses, inductions, graphs and traces mean all initial states', async () => {
  const model = countdown([4, 9], 6)
  expect(await shrink(model, making(['one', 'two', 'one'], 1))).toEqual(making(['one', 'two'], 1))
  expect(await shrink(model, making(['one', 'one', 'one', 'two'], 1))).toEqual(making(['one', 'one', 'one'], 1))
  await expect(shrink(model, making(['one', 'two']))).rejects.toThrow('violate nothing')
  await expect(shrink(model, making(['one', 'two'], 2))).rejects.toThrow('violate nothing')
  expect(await witnessState(model)).toMatchObject({ times: 1, among: 10, shortest: { start: 1 } })
  const { counterexample } = await inductive(model, [{ left: 8 }, { left: 7 }])
  expect(counterexample).toMatchObject({ before: { left: 8 }, reached: { actions: ['one'] } })
  const graph = await stateGraph(model)
  expect(E.isRight(graph) && graph.right.states.filter(({ isInitial }) => isInitial).length).toBe(2)
  const found = (await exhaustive(model)).counterexample!
  const read = readTrace(writeTrace(traceOf({}, found.states, found.actions)))
  const { steps, departure } = replay(model, E.isRight(read) ? read.right : { configuration: {}, states: [] })
  expect([steps.length, departure, steps[2]?.failures.length]).toEqual([3, undefined, 1])
})
