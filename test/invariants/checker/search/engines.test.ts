/**
 * The engines against each other, on networks made at random: the one that computes every step anew, and the one that
 * looks steps, views and verdicts up; breadth first and depth first.
 */
import { countsOf } from '../../../support/presets.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import type { Result } from '../../../../invariants/checker/index.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import { deep } from '../../../support/deep.js'
import { explore } from '../../../support/explore.js'
import { samples } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { recipe, toyModel } from '../../../support/toyNetworks.js'

/** What two engines must agree on where nothing fails. */
const numbers = ({ states, transitions, depth, complete, coverage }: Result<unknown, unknown>) => ({
  states,
  transitions,
  depth,
  complete,
  coverage
})

describe('on random networks', () => {
  test('in which nothing fails, the engines count the same, to every depth', async () => {
    let [complete, cut, lost] = [0, 0, 0]
    for (const [i, r] of samples(recipe(true), deep ? 400 : 60).entries()) {
      const model = toyModel(r)
      const depth = 2 + (i % 3)
      const [plain, interned] = [await exhaustive(model, { plain: true, depth }), await exhaustive(model, { depth })]
      expect([plain.engine, interned.engine]).toEqual(['plain', 'interned'])
      expect(numbers(interned)).toEqual(numbers(plain))
      expect(numbers(await exhaustive(model, { depth, order: 'iterative-deepening' }))).toEqual(numbers(plain))
      if (plain.complete) complete++
      else cut++
      if ((plain.coverage.kinds['Lose 1'] ?? 0) > 0) lost++
    }
    // Some networks are explored to their end, some are not, and in some a packet is lost.
    expect(Math.min(complete, cut, lost)).toBeGreaterThanOrEqual(deep ? 60 : 8)
  })

  test('that are small, they count what the simplest explorer counts, in either order', async () => {
    let compared = 0
    for (const r of samples(recipe(true), deep ? 600 : 120)) {
      const model = toyModel({ ...r, faults: { ...r.faults, duplications: 0 } })
      const interned = await exhaustive(model, { maxStates: 300 })
      if (!interned.complete) continue
      if (interned.states > 3) compared++
      const { states, edges } = explore(model.system, model.key)
      expect([interned.states, interned.transitions]).toEqual([states.size, edges.length])
      const down = await exhaustive(model, { order: 'depth-first' })
      expect({ ...numbers(down), depth: 0 }).toEqual({ ...numbers(interned), depth: 0 })
      expect(down.depth).toBeGreaterThanOrEqual(interned.depth)
    }
    expect(compared).toBeGreaterThanOrEqual(deep ? 150 : 30)
  })

  test('in which something fails, they find it after as many steps, and the specification confirms it', async () => {
    let [found, sought, deepest] = [0, 0, 0]
    const seen = new Set<string>()
    for (const r of samples(recipe(false), deep ? 600 : 120)) {
      const model = toyModel(r)
      const depth = 5
      const [plain, interned] = [
        await exhaustive(model, { plain: true, depth, maxStates: 2000 }),
        await exhaustive(model, { depth, maxStates: 2000 })
      ]
      sought++
      expect(interned.counterexample?.actions.length).toBe(plain.counterexample?.actions.length)
      if (interned.counterexample === undefined) continue
      found++
      deepest = Math.max(deepest, interned.counterexample.actions.length)
      for (const { path } of interned.counterexample.failures) seen.add(path.join())
      expect([interned.depth, interned.complete]).toEqual([interned.counterexample.actions.length, false])
      expect([plain.depth, plain.complete]).toEqual([interned.depth, false])
      // Depth first it is found too, after as many steps or more.
      const down = await exhaustive(model, { order: 'depth-first', maxStates: 20_000 })
      if (down.counterexample !== undefined)
        expect(down.counterexample.actions.length).toBeGreaterThanOrEqual(interned.depth)
      const deeper = await exhaustive(model, { order: 'iterative-deepening', depth })
      expect([deeper.counterexample?.actions.length, deeper.depth]).toEqual([interned.depth, interned.depth])
    }
    expect([...seen].sort()).toEqual(['few', 'pair', 'sum', 'value'])
    expect(found).toBeGreaterThan(sought / 3)
    expect(deepest).toBeGreaterThanOrEqual(4)
  })
})

describe('on the bounded model', () => {
  const lossy = (nodes: number, mints: number, transactions: number, more: { readonly blockOnly?: boolean } = {}) =>
    toychainModel(
      playNumbered,
      bounds(nodes, mints, transactions, {
        ...more,
        faults: { ...noFaults, losses: 1, cuts: 1, sides: [[address(1)]] }
      })
    )

  test.each([
    { name: 'F210', model: lossy(2, 1, 0), steps: 2 },
    { name: 'B220', model: lossy(2, 2, 0, { blockOnly: true }), steps: 2 },
    { name: 'B310', model: lossy(3, 1, 0, { blockOnly: true }), steps: 2 },
    { name: 'F201', model: lossy(2, 0, 1), steps: undefined }
  ])('with a loss and a cut, $name, the engines find the same shortest counterexample', async ({ model, steps }) => {
    const [plain, interned] = [await exhaustive(model, { plain: true }), await exhaustive(model)]
    expect([plain, interned].map(({ counterexample }) => counterexample?.actions.length)).toEqual([steps, steps])
    expect(interned.counterexample?.failures).toEqual(plain.counterexample?.failures)
    if (steps === undefined) expect(numbers(interned)).toEqual(numbers(plain))
  })

  test('a violation in the initial state is a counterexample without steps, at depth 0', async () => {
    const none = toychainModel(playNumbered, bounds(2, 1, 0), {
      invariants: () => [
        { _tag: 'Leaf', name: 'never', says: 'never', decide: () => [{ witness: 'so it is' }], part: { _tag: 'None' } }
      ]
    })
    for (const options of [{}, { plain: true }, { order: 'depth-first' }, { order: 'iterative-deepening' }] as const) {
      const { states, transitions, depth, complete, counterexample } = await exhaustive(none, options)
      expect([states, transitions, depth, complete, counterexample?.actions, counterexample?.states.length]).toEqual([
        1,
        0,
        0,
        false,
        [],
        1
      ])
    }
  })

  test('long searches let timers have their turn, and say how far they are', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const progress: number[] = []
    const { states } = await exhaustive(toychainModel(playNumbered, bounds(2, 2, 0)), {
      onProgress: (p) => progress.push(p.states)
    })
    clearInterval(timer)
    expect(states).toBe(countsOf('F220').states)
    expect(progress.length).toBeGreaterThanOrEqual(5)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(ticks).toBeGreaterThanOrEqual(5)
  })

  test.each([{}, { plain: true }, { order: 'depth-first' }, { order: 'iterative-deepening' }] as const)(
    'a search is complete where a bound cuts nothing off: %j',
    async (options) => {
      const model = toychainModel(playNumbered, bounds(2, 1, 0))
      const { states, complete } = await exhaustive(model, { ...options, maxStates: 108 })
      expect([states, complete]).toEqual([107, true])
      if (!('order' in options)) {
        expect((await exhaustive(model, { ...options, depth: 10 })).complete).toBe(true)
        expect((await exhaustive(model, { ...options, depth: 8 })).complete).toBe(false)
      }
    }
  )
})
