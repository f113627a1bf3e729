/**
 * Witnesses are counted as brute force counts them, and the shortest execution is one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test, vi } from 'vitest'
import { bounds, toychainModel, toychainOptions } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import { counting } from '../../../../invariants/checker/model/counting.js'
import { recalling, witnessState, witnessStep } from '../../../../invariants/checker/search/witness.js'
import { eachNode, whole } from '../../../../invariants/property/invariant.js'
import { valid } from '../../../../spec/prelude/unionMap.js'
import { countingNodes } from '../../../support/countingNodes.js'
import type { Counter } from '../../../support/countingNodes.js'
import { explore } from '../../../support/explore.js'
import { address } from '../../../support/toychains.js'

/** A clock that counts to 11 and begins again; it can also go back from an even hour. */
const clock = systemModel<number, 'on' | 'back'>({
  name: 'clock',
  system: {
    initial: [0],
    actions: (h) => (h % 2 === 0 ? ['on', 'back'] : ['on']),
    next: (h, a) => O.some((h + (a === 'on' ? 1 : 11)) % 12)
  },
  invariants: [whole('never past 8', 'the hour is at most 8', (h) => (h > 8 ? [{ witness: `it is ${h}` }] : []))]
})

/** A pair of nodes that mint two blocks; `forked` never happens. */
const limits = bounds(2, 2, 0, { blockOnly: true })
const size = (tree: { readonly entries?: ReadonlyArray<unknown> }): number => tree.entries?.length ?? 0
const threeBlocks = toychainModel(playNumbered, limits, {
  invariants: () => [
    eachNode('never three', 'no node has three blocks', (node, { blockTree }) =>
      valid(blockTree) && size(blockTree) === 3 ? [{ node, witness: 'has three' }] : []
    )
  ]
})
const everything = explore(threeBlocks.system, threeBlocks.key)
const withThree = [...everything.states.values()].filter(
  ({ world }) =>
    world.localState._tag === 'Def' &&
    world.localState.entries.some(([, { blockTree }]) => valid(blockTree) && size(blockTree) === 3)
)

/** Two nodes that count to 2, though none should have 1. */
const counters: ReturnType<typeof countingNodes> = {
  ...countingNodes(2),
  invariants: [eachNode('not 1', 'no node has 1', (node, { n }) => (n === 1 ? [{ node, witness: 'has 1' }] : []))]
}
const reaches2 = {
  name: 'reaches 2',
  says: 'a node counts to 2',
  seen: (_before: Counter, { id, n }: Counter) => (n === 2 ? O.some(`node ${id} does`) : O.none)
}

/** What is done while every look at the clock takes a second. */
const withSlowClock = async <X>(body: () => Promise<X>): Promise<X> => {
  let time = 0
  const clockHand = vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000))
  try {
    return await body()
  } finally {
    clockHand.mockRestore()
  }
}

describe('a state that is sought', () => {
  test('is found by the shortest way, and counted among all states', async () => {
    const found = await witnessState(clock)
    expect(found).toMatchObject({ of: 'states', times: 3, among: 12, complete: true })
    expect(found.shortest).toMatchObject({ actions: ['back'], states: [0, 11], failures: [{ witness: 'it is 11' }] })
  })

  test('is counted in a network as brute force counts it, interned or not', async () => {
    const found = await witnessState(threeBlocks)
    expect([found.times, found.among]).toEqual([withThree.length, everything.states.size])
    expect([found.times, found.among]).toEqual([72, 89])
    expect(found.shortest?.actions).toHaveLength(2)
    expect(await witnessState(threeBlocks, { plain: true })).toMatchObject({ times: 72, among: 89 })
  })

  test('that never happens is counted 0 times, and has no execution', async () => {
    const never = await witnessState({
      ...clock,
      invariants: [whole<number, unknown>('x', 'x', (h: number) => (h > 11 ? [{ witness: '' }] : []))]
    })
    expect(never).toMatchObject({ times: 0, among: 12, complete: true, shortest: undefined })
  })

  test('is counted once, however many invariants it violates', async () => {
    const never11 = whole<number, unknown>('x', 'x', (h: number) => (h === 11 ? [{ witness: '' }] : []))
    const found = await witnessState({ ...clock, invariants: clock.invariants.concat(never11) })
    expect(found).toMatchObject({ times: 3, among: 12 })
  })

  test('takes the time of a search for the first, and of another for all', async () => {
    const both = await withSlowClock(() => witnessState(clock))
    const one = await withSlowClock(() => witnessState({ ...clock, invariants: [] }))
    expect(one.seconds).toBeGreaterThanOrEqual(1)
    expect(both.seconds).toBeGreaterThan(one.seconds)
  })

  test('is sought within bounds: then there may be more', async () => {
    expect(await witnessState(clock, { depth: 1 })).toMatchObject({ times: 1, among: 3, complete: false })
  })
})

describe('a step that is sought', () => {
  const options = toychainOptions(playNumbered, limits)
  const { btChain, chainEq } = options.toychain.forest
  const replaces = (before: Parameters<typeof btChain>[0], after: Parameters<typeof btChain>[0]): boolean =>
    !chainEq.equals(btChain(before), btChain(after).slice(0, btChain(before).length))

  test('is found by the shortest way, and counted among all transitions', async () => {
    const found = await witnessStep(options, {
      name: 'replaces',
      says: 'a chain is replaced',
      seen: (before, after) => (replaces(before.blockTree, after.blockTree) ? O.some('so it is') : O.none)
    })
    const steps = everything.edges.filter(({ from, to }) => {
      const [then, now] = [from.world.localState, to.world.localState]
      return (
        then._tag === 'Def' &&
        now._tag === 'Def' &&
        then.entries.some(([, st], i) => replaces(st.blockTree, now.entries[i]![1].blockTree))
      )
    })
    expect([found.times, found.among]).toEqual([steps.length, everything.edges.length])
    expect(found).toMatchObject({ of: 'transitions', times: 16, among: 178, complete: true })
    expect(found.shortest?.actions).toHaveLength(3)
    expect(found.shortest?.failures).toMatchObject([
      { witness: 'so it is', path: ['replaces'], says: 'a chain is replaced' }
    ])
    // The execution is one of the network itself, whose nodes recall nothing.
    const last = found.shortest?.states.at(-1)
    expect(last && everything.states.has(threeBlocks.key(last))).toBe(true)
    expect(canonical(last)).not.toContain('so it is')
  })

  test('that never happens is counted 0 times', async () => {
    const found = await witnessStep(options, { name: 'never', says: 'never', seen: () => O.none })
    expect(found).toMatchObject({ times: 0, among: 178, complete: true, shortest: undefined })
  })
})

describe('a step of counters that is sought', () => {
  test.each([false, true])('is counted though invariants fail on the way (plain: %s)', async (plain) => {
    const found = await witnessStep(counters, reaches2, { plain })
    expect(found).toMatchObject({ times: 6, among: 12, complete: true })
    expect(found.shortest).toMatchObject({ failures: [{ node: 0, witness: 'node 0 does' }] })
    expect(found.shortest?.states.map(({ world }) => world.localState)).toMatchObject([
      {
        entries: [
          [0, { n: 0 }],
          [1, { n: 0 }]
        ]
      },
      {
        entries: [
          [0, { n: 1 }],
          [1, { n: 0 }]
        ]
      },
      {
        entries: [
          [0, { n: 2 }],
          [1, { n: 0 }]
        ]
      }
    ])
  })

  test('is sought from every world in which executions may begin', async () => {
    const begins = (n: number) => ({
      ...counters.world,
      localState: { _tag: 'Def' as const, entries: [0, 1].map((id) => [address(id), { id: address(id), n }] as const) }
    })
    const from = (...worlds: ReadonlyArray<number>) =>
      witnessStep({ ...counters, world: begins(2), otherWorlds: worlds.map(begins) }, reaches2)
    expect((await from()).shortest).toBeUndefined()
    const { shortest, times } = await from(3, 1)
    expect([shortest?.start, shortest?.actions.length]).toEqual([2, 1])
    expect(times).toBe(4)
  })

  test('takes the time of both searches', async () => {
    const { seconds } = await withSlowClock(() => witnessStep(counters, reaches2))
    const once = await withSlowClock(() => exhaustive(networkModel(counters)))
    expect(seconds).toBeGreaterThan(once.seconds)
  })
})

describe('a network that recalls', () => {
  const recalled = recalling(counters, reaches2)

  test('has seen nothing initially, in the world that it is given and in its own', () => {
    const nothing = (id: number) => [id, { st: { id, n: 0 }, last: O.none }]
    expect(recalled.world.localState).toEqual({ _tag: 'Def', entries: [nothing(0), nothing(1)] })
    expect(recalled.network.initWorld).toEqual(recalled.world)
  })

  test('has no nodes where there are none', () => {
    const localState = { _tag: 'Undef' } as const
    expect(recalling({ ...counters, world: { ...counters.world, localState } }, reaches2).world.localState).toEqual(
      localState
    )
  })

  test('tells states apart by what was seen last, too', () => {
    const { equals } = recalled.network.protocol.State
    const st = (n: number, last: O.Option<string>) => ({ st: { id: address(0), n }, last })
    expect(equals(st(1, O.none), st(1, O.none))).toBe(true)
    expect(equals(st(1, O.some('a')), st(1, O.some('a')))).toBe(true)
    expect(equals(st(1, O.some('a')), st(1, O.some('b')))).toBe(false)
    expect(equals(st(1, O.some('a')), st(1, O.none))).toBe(false)
    expect(equals(st(1, O.none), st(2, O.none))).toBe(false)
  })
})

describe('a model that counts', () => {
  test('stops at nothing, and looks at each distinct state once', async () => {
    const { model, times } = counting(threeBlocks)
    const { states, counterexample, engine } = await exhaustive(model)
    expect([states, counterexample, engine, times()]).toEqual([89, undefined, 'interned', 72])
  })

  test('counts each once, however often a search begins anew', async () => {
    const { model, times } = counting(threeBlocks)
    const { states } = await exhaustive(model, { order: 'iterative-deepening' })
    expect([states, times()]).toEqual([89, 72])
  })
})
