/**
 * Searches up to the names of nodes, against orbits that are counted one by one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel, toychainOptions } from '../../../../invariants/blockchain/model.js'
import type { Bounds, Playable } from '../../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered, playPayments } from '../../../../invariants/blockchain/playable.js'
import { namelessBlocks } from '../../../../invariants/blockchain/renaming.js'
import { sidesOf } from '../../../../invariants/blockchain/configuration.js'
import { exhaustive } from '../../../../invariants/checker/index.js'
import type { Symmetry } from '../../../../invariants/checker/index.js'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import type { NetworkModelOptions } from '../../../../invariants/checker/network/networkModel.js'
import { Names } from '../../../../invariants/checker/data/names.js'
import { Orbits, renamed, renamings, symmetryObjection } from '../../../../invariants/checker/network/symmetry.js'
import type { Renaming, Symmetric } from '../../../../invariants/checker/network/symmetry.js'
import type { NumberedTypes } from '../../../../spec/blockchain/instances/numbered.js'
import type { Types } from '../../../../spec/blockchain/types.js'
import { entries, undef } from '../../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import type { FaultBudget } from '../../../../spec/system/adversary.js'
import type { Action, GlobalState } from '../../../../spec/system/executions.js'
import { freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { address } from '../../../support/toychains.js'

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

interface Guest {
  readonly id: Address
  readonly hops: number
  readonly from: Address
}
interface Word {
  readonly about: Address
}
interface Hall {
  readonly cut: Address
}
/** Nodes, messages and an environment that name a node each. */
const guests: Symmetry<Hall, Guest, Word> = {
  env: (to, { cut }) => ({ cut: to(cut) }),
  state: (to, { id, hops, from }) => ({ id: to(id), hops, from: to(from) }),
  message: (to, { about }) => ({ about: to(about) })
}
const cycle = (n: Address): Address => address((n + 1) % 3)

describe('a renaming of a state', () => {
  const packet = (src: number, dst: number, about: number) => ({
    src: address(src),
    dst: address(dst),
    msg: { about: address(about) }
  })
  const guest = (id: number, hops: number, from: number): Guest => ({ id: address(id), hops, from: address(from) })
  const inFlightMsgs = [packet(0, 1, 2), packet(2, 2, 0)]
  const consumedMsgs = [packet(1, 2, 1)]

  test('renames nodes in local states, packets and environment, and keeps the order of nodes', () => {
    const localState = {
      _tag: 'Def',
      entries: [
        [address(0), guest(0, 5, 1)],
        [address(1), guest(1, 6, 1)],
        [address(2), guest(2, 7, 0)]
      ]
    } as const
    const state = { world: { localState, inFlightMsgs, consumedMsgs }, env: { cut: address(2) } }
    expect(renamed(guests, cycle, state)).toEqual({
      world: {
        localState: {
          _tag: 'Def',
          entries: [
            [0, { id: 0, hops: 7, from: 1 }],
            [1, { id: 1, hops: 5, from: 2 }],
            [2, { id: 2, hops: 6, from: 2 }]
          ]
        },
        inFlightMsgs: [packet(1, 2, 0), packet(0, 0, 1)],
        consumedMsgs: [packet(2, 0, 2)]
      },
      env: { cut: 0 }
    })
  })

  test('keeps an undefined map of local states', () => {
    const state = { world: { localState: undef, inFlightMsgs, consumedMsgs }, env: { cut: address(2) } }
    expect(renamed(guests, cycle, state).world.localState).toEqual(undef)
  })
})

test('there is none for more than six nodes', () => {
  expect(renamings(netAddr(6).enum)).toHaveLength(720)
  expect(() => renamings(netAddr(7).enum)).toThrow('7 nodes are too many for a search up to symmetry: at most 6')
})

describe('the fingerprints of orbits', () => {
  const nodes = netAddr(3).enum
  /** Three local states of each node, three packets, three environments: their numbers. */
  const [STATES, PACKETS, ENVS] = [3, 3, 3] as const
  const packet = (n: number) => ({ src: address(n), dst: address((n + 1) % 3), msg: { about: address(n) } })
  const made = () => {
    const orbits = new Orbits(guests, nodes, new Names())
    for (const cut of nodes) orbits.addEnv(-1, { cut })
    for (const [node, id] of nodes.entries())
      for (let i = 0; i < STATES; i++) orbits.addLocal(node, { id, hops: i < 2 ? i : 0, from: i < 2 ? id : address(0) })
    for (let n = 0; n < PACKETS; n++) orbits.addPacket(-2, packet(n))
    return orbits
  }
  /** The cell of a node in its i-th state, and one for the packets. */
  const cellsOf = (locals: ReadonlyArray<number>, bag: ReadonlyArray<number>, orbits = made()) => {
    for (const [node, i] of locals.entries()) orbits.addCell(STATES * node + i, Int32Array.of(), 0)
    orbits.addCell(-1, Int32Array.of(...bag, 99), bag.length)
    return orbits
  }
  const measured = (orbits: Orbits<Hall, Guest, Word>, env: number) => {
    orbits.measure(Int32Array.of(99, 0, 1, 2, 3), 1, 4, env)
    return [orbits.high, orbits.low] as const
  }
  const key = (locals: ReadonlyArray<number>, bag: ReadonlyArray<number>, env: number): string => {
    const local = (node: number, i: number) => ({ id: node, hops: i < 2 ? i : 0, from: i < 2 ? node : 0 })
    const all = renamings(nodes).map((to) => {
      const t = (n: number) => to(address(n))
      return JSON.stringify([
        locals
          .map((i, node) => local(node, i))
          .map(({ id, hops, from }) => [t(id), hops, t(from)])
          .sort(),
        bag.map((n) => [t(n), t((n + 1) % 3), t(n)]).sort(),
        t(env)
      ])
    })
    return all.sort()[0] ?? ''
  }

  test('are those of one state iff they are of one orbit, in each lane', () => {
    const byKey = new Map<string, readonly [number, number]>()
    const [highs, lows] = [new Set<number>(), new Set<number>()]
    let states = 0
    const choices = [0, 1, 2]
    const bags = [[], [0], [1], [2], [0, 1], [1, 0], [1, 1], [0, 2, 1]]
    for (const a of choices)
      for (const b of choices)
        for (const c of choices)
          for (const bag of bags)
            for (let env = 0; env < ENVS; env++) {
              states++
              const print = measured(cellsOf([a, b, c], bag), env)
              const orbit = key([a, b, c], bag, env)
              expect(print).toEqual(byKey.get(orbit) ?? print)
              byKey.set(orbit, print)
              highs.add(print[0])
              lows.add(print[1])
            }
    expect([states, highs.size, lows.size]).toEqual([648, byKey.size, byKey.size])
  })

  test('are those of the cells that there are since all were forgotten, with packets where the node is', () => {
    const orbits = cellsOf([0, 1, 2], [0, 2])
    const before = measured(orbits, 1)
    orbits.forgetCells()
    const after = measured(cellsOf([1, 1, 1], [1], orbits), 1)
    expect(after).toEqual(measured(cellsOf([1, 1, 1], [1]), 1))
    expect(after).not.toEqual(before)
    // The packets of a world may be in any of its cells.
    orbits.forgetCells()
    orbits.addCell(0, Int32Array.of(2), 1)
    orbits.addCell(STATES + 1, Int32Array.of(), 0)
    orbits.addCell(2 * STATES + 2, Int32Array.of(0), 1)
    orbits.addCell(-1, Int32Array.of(), 0)
    expect(measured(orbits, 1)).toEqual(before)
  })
})

test('the two lanes of the fingerprints of orbits tell more states apart than one of them could', () => {
  const orbits = new Orbits(guests, netAddr(1).enum, new Names())
  const CELLS = 900
  orbits.addEnv(-1, { cut: address(0) })
  for (let i = 0; i < CELLS; i++) {
    orbits.addPacket(-2, { src: address(i), dst: address(0), msg: { about: address(i) } })
    orbits.addCell(-1, Int32Array.of(i), 1)
  }
  const prints = new Set<number>()
  const cells = new Int32Array(2)
  // All pairs: some four hundred thousand, of which in 32 bits some twenty would be taken for others.
  for (cells[0] = 0; cells[0] < CELLS; cells[0]++)
    for (cells[1] = 0; cells[1] < cells[0]; cells[1]++) {
      orbits.measure(cells, 0, 2, 0)
      // As many bits as a number has.
      prints.add((orbits.high >>> 0) * 2 ** 20 + (orbits.low >>> 12))
    }
  expect(prints.size).toBe((CELLS * (CELLS - 1)) / 2)
})

describe('what is objected to a symmetry', () => {
  /** Three nodes that hop, each at most twice. */
  const model = protocolModel({
    name: 'hoppers',
    nodes: 3,
    protocol: untimed<Guest, never, 'hop'>({
      Init: (id) => ({ id, hops: 0, from: id }),
      procMsg: (st) => [st, []],
      procInt: (st) => [{ ...st, hops: st.hops + 1 }, []]
    }),
    environment: freely<Guest, never, 'hop'>((_, { hops }) => (hops < 2 ? ['hop'] : [])),
    invariants: []
  })
  type Hops = GlobalState<Guest, never, null>
  const right: Symmetry<null, Guest, never> = {
    env: (_, e) => e,
    state: (to, { id, hops, from }) => ({ id: to(id), hops, from: to(from) }),
    message: (_, m) => m
  }
  const hopsOf = ({ world }: Hops): ReadonlyArray<number> => entries(world.localState).map(([, { hops }]) => hops)
  const objection = (
    symmetry: Partial<typeof right>,
    { violates = () => false, ...more }: Partial<Symmetric<Hops, Action<never, 'hop', 0>>> = {}
  ) => symmetryObjection({ system: model.system, key: model.key, violates, ...more }, { ...right, ...symmetry })

  test('is nothing where it is right, or where there is no state to look at', () => {
    expect(objection({})).toBeUndefined()
    // Of what is offered, one may not be enabled.
    const next: typeof model.system.next = (s, a) => (hopsOf(s).includes(1) ? O.none : model.system.next(s, a))
    expect(objection({}, { system: { ...model.system, next } })).toBeUndefined()
    expect(objection({ state: (_, st) => st }, { system: { ...model.system, initial: [] } })).toBeUndefined()
  })

  test('is that the initial state becomes another', () => {
    expect(objection({ state: (_, st) => st })).toBe(
      'when the nodes 0 and 1 change their names, the initial state becomes another'
    )
    // Only the names of the last two matter.
    const last = (to: Renaming, { id, hops, from }: Guest) => ({ id: to(id), hops, from: id > 0 ? from : to(from) })
    expect(objection({ state: last })).toBe(
      'when the nodes 0 and 1 change their names, the initial state becomes another'
    )
  })

  test('is that a step of a renamed state is none of the state, renamed', () => {
    const more = (most: number) => ({
      system: {
        ...model.system,
        actions: (s: Hops) =>
          model.system.actions(s).filter((a) => a._tag !== 'Intern' || a.node !== 2 || hopsOf(s)[2]! < most)
      }
    })
    const says = (where: string) =>
      `when the nodes 1 and 2 change their names, the steps of ${where} lead to other states than those that they led to, renamed`
    expect(objection({}, more(0))).toBe(says('the initial state'))
    expect(objection({}, more(1))).toBe(says('a state after 1 step'))
  })

  test('is that the verdict changes', () => {
    const says = (where: string) => `when the nodes 0 and 1 change their names, the verdict on ${where} changes`
    const verdict = (bad: (hops: ReadonlyArray<number>) => boolean) =>
      objection({}, { violates: (s) => bad(hopsOf(s)) })
    expect(verdict(([first]) => first === 1)).toBe(says('a state after 1 step'))
    expect(verdict(([first, second]) => first === 0 && second === 2)).toBe(says('a state after 2 steps'))
    expect(verdict((hops) => hops.includes(2))).toBeUndefined()
  })

  test('is that renaming twice is not renaming once', () => {
    // Wrong where three nodes change their names in turn.
    const state = (to: Renaming, st: Guest) => ({
      ...right.state(to, st),
      hops: to(to(st.id)) === st.id ? st.hops : 0
    })
    expect(objection({ state })).toBe(
      'when the nodes 0 and 1 change their names, and then all once more, a state after 1 step is not what it is when both is done at once'
    )
  })

  test('is looked for in the states that are nearest to the initial one, 24 of them', () => {
    const judged = new Set<string>()
    const violates = (s: Hops): boolean => {
      judged.add(hopsOf(s).join())
      return false
    }
    objection({}, { violates })
    // All in which up to four hops were made, one in which five were, and its image.
    const hops = [...judged].map((own) => own.split(',').reduce((sum, n) => sum + Number(n), 0))
    expect([judged.size, Math.max(...hops)]).toEqual([25, 5])
  })
})
