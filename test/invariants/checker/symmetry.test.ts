/**
 * Searches up to the names of nodes, against orbits that are counted one by one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel, toychainOptions } from '../../../invariants/blockchain/model.js'
import type { Bounds, Playable } from '../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered, playPayments } from '../../../invariants/blockchain/playable.js'
import { namelessBlocks } from '../../../invariants/blockchain/renaming.js'
import { sidesOf } from '../../../invariants/blockchain/configuration.js'
import { exhaustive } from '../../../invariants/checker/index.js'
import type { Symmetry } from '../../../invariants/checker/index.js'
import { networkModel } from '../../../invariants/checker/model.js'
import type { NetworkModelOptions } from '../../../invariants/checker/model.js'
import { renamed, renamings } from '../../../invariants/checker/symmetry.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import type { Types } from '../../../spec/blockchain/types.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import { noFaults } from '../../../spec/system/adversary.js'
import type { FaultBudget } from '../../../spec/system/adversary.js'
import { freely, protocolModel, untimed } from '../../../invariants/checker/library.js'
import { address } from '../../support/toychains.js'

const faults = (more: Partial<FaultBudget>): Partial<Bounds> => ({ faults: { ...noFaults, ...more } })

/** All states, explored by the specification alone, and how many orbits they make. */
const orbits = <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>
): { readonly states: number; readonly orbits: number } => {
  const { system, key } = networkModel(options)
  const { symmetry, world } = options
  if (symmetry === undefined) throw new Error(`${options.name} declares no symmetry`)
  const all = renamings(world.localState._tag === 'Def' ? world.localState.entries.map(([n]) => n) : [])
  const known = new Map(system.initial.map((s) => [key(s), s]))
  const classes = new Set<string>()
  for (const s of known.values()) {
    classes.add(
      all
        .map((to) => key(renamed(symmetry, to, s)))
        .sort()
        .join('\n')
    )
    for (const a of system.actions(s)) {
      const next = system.next(s, a)
      if (O.isSome(next) && !known.has(key(next.value))) known.set(key(next.value), next.value)
    }
  }
  return { states: known.size, orbits: classes.size }
}

const compared = async <T extends Types>(playable: Playable<T>, limits: Bounds): Promise<void> => {
  const counted = orbits(toychainOptions(playable, limits))
  const model = toychainModel(playable, limits)
  const full = await exhaustive(model)
  expect(full.states).toBe(counted.states)
  for (const order of ['breadth-first', 'depth-first'] as const) {
    const reduced = await exhaustive(model, { order, reduce: ['symmetry'] })
    expect([reduced.states, reduced.complete, reduced.reductions]).toEqual([counted.orbits, true, ['symmetry']])
    if (order === 'breadth-first') expect(reduced.depth).toBe(full.depth)
  }
  expect(counted.orbits).toBeLessThan(counted.states)
}

describe('a search up to symmetry', () => {
  test('visits one state of each orbit', async () => {
    await compared(playNumbered, bounds(2, 1, 0))
    await compared(playNumbered, bounds(2, 0, 1))
    await compared(playNumbered, bounds(3, 2, 0, { blockOnly: true }))
    await compared(playLongestChain, bounds(3, 2, 0, { blockOnly: true }))
  })

  test('visits one state of each orbit where packets are duplicated and the network is cut', async () => {
    const cut = { duplications: 1, cuts: 1, sides: sidesOf(2) }
    await compared(playNumbered, bounds(2, 1, 0, { blockOnly: true, ...faults(cut) }))
    await compared(playNumbered, bounds(3, 1, 0, { blockOnly: true, ...faults({ cuts: 1, sides: sidesOf(3) }) }))
  })

  test('goes with the other reduction', async () => {
    const model = toychainModel(playNumbered, bounds(3, 1, 0))
    const [noop, both] = [
      await exhaustive(model, { reduce: ['noop'] }),
      await exhaustive(model, { reduce: ['noop', 'symmetry'] })
    ]
    // Of an orbit of six states, one is explored; few are smaller.
    expect(both.states * 6).toBeGreaterThanOrEqual(noop.states)
    expect(both.states * 5).toBeLessThan(noop.states)
    expect([both.complete, both.depth]).toEqual([true, noop.depth])
  })

  test('finds a violation after as few steps as a full search, and the specification confirms it', async () => {
    for (const limits of [
      bounds(3, 2, 0, faults({ losses: 1 })),
      bounds(3, 1, 0, { blockOnly: true, ...faults({ losses: 1, duplications: 1 }) })
    ]) {
      const model = toychainModel(playNumbered, limits)
      const [full, reduced] = [await exhaustive(model), await exhaustive(model, { reduce: ['symmetry'] })]
      expect(full.counterexample).toBeDefined()
      expect(reduced.counterexample?.actions).toHaveLength(full.counterexample?.actions.length ?? -1)
      expect(reduced.counterexample?.failures.length).toBeGreaterThan(0)
    }
  })

  test('is refused where no symmetry is declared, for whole states, and for many nodes', async () => {
    const reduce = ['symmetry'] as const
    await expect(exhaustive(toychainModel(playPayments, bounds(2, 1, 0)), { reduce })).rejects.toThrow(
      'no symmetry is declared for this protocol'
    )
    const model = toychainModel(playNumbered, bounds(2, 1, 0))
    await expect(exhaustive(model, { reduce, exact: true })).rejects.toThrow('leave out exact')
    await expect(exhaustive(toychainModel(playNumbered, bounds(7, 1, 0)), { reduce })).rejects.toThrow(
      '7 nodes are too many for a search up to symmetry: at most 6'
    )
  })
})

describe('a wrong declaration is refused', () => {
  test('blocks that name their minters, declared to name nobody', async () => {
    const model = toychainModel({ ...playNumbered, blocks: namelessBlocks<NumberedTypes>() }, bounds(2, 1, 0))
    await expect(exhaustive(model, { reduce: ['symmetry'] })).rejects.toThrow(
      'the declared symmetry of F210 is wrong: when the nodes 0 and 1 change their names, ' +
        'the steps of the initial state lead to other states'
    )
  })

  interface Hopper {
    readonly id: Address
    readonly hops: number
  }
  /** Nodes that hop, each as often as it may. */
  const hoppers = (symmetry: Partial<Symmetry<null, Hopper, number>>, allowed: (n: number) => number) =>
    protocolModel({
      name: 'hoppers',
      nodes: 3,
      protocol: untimed<Hopper, number, 'hop'>({
        Init: (id) => ({ id, hops: 0 }),
        procMsg: (st) => [st, []],
        procInt: (st) => [{ ...st, hops: st.hops + 1 }, []]
      }),
      environment: freely<Hopper, number, 'hop'>((id, { hops }) => (hops < allowed(id) ? ['hop'] : [])),
      invariants: [],
      symmetry: { env: (_, e) => e, state: (to, st) => ({ ...st, id: to(st.id) }), message: (_, m) => m, ...symmetry }
    })

  test("a right one of a protocol of one's own is taken", async () => {
    const { states } = await exhaustive(
      hoppers({}, () => 2),
      { reduce: ['symmetry'] }
    )
    // How often each of three nodes has hopped, from 0 to 2, without regard to which: multisets of three.
    expect(states).toBe(10)
  })

  test.each([
    ['a state that is not renamed', hoppers({ state: (_, st) => st }, () => 2), 'the initial state becomes another'],
    [
      'a node that may do more than others',
      hoppers({}, (n) => 2 - n),
      'the steps of the initial state lead to other states'
    ],
    [
      'a renaming that counts',
      hoppers({ state: (to, { id, hops }) => ({ id: to(id), hops: hops > 0 ? 3 - hops : 0 }) }, () => 2),
      'lead to other states'
    ]
  ])('%s', async (_, model, says) => {
    await expect(exhaustive(model, { reduce: ['symmetry'] })).rejects.toThrow(says)
  })
})

test('there are as many renamings as permutations, that which changes nothing first', () => {
  const nodes = netAddr(3).enum
  const images = renamings(nodes).map((to) => nodes.map(to).join(''))
  expect(images).toEqual(['012', '021', '102', '120', '201', '210'])
  expect(renamings(nodes).map((to) => to(address(7)))).toEqual([7, 7, 7, 7, 7, 7])
})
