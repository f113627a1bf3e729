/**
 * Verdicts on the states of a network in integers.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import { each, eachNode, fromView, ofNodes, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import type { Packet } from '../../../../spec/system/protocol.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { toyModel } from '../../../support/toyNetworks.js'
import type { Recipe } from '../../../support/toyNetworks.js'
import { expanded } from '../../../support/compactSystems.js'
import { toys, hearing, inFlight } from '../../../support/quietToys.js'
import { to, deliver, intern, small } from '../../../support/smallNetworks.js'

const objection = [{ witness: 'it does' }]

describe('what is said of a state', () => {
  const holding = eachNode<number, number>('holding', 'it holds', () => [])
  const violated = (invariant: NetworkInvariant<number, number>, ...packets: ReadonlyArray<Packet<number>>) =>
    small({ states: [5, 6], packets, invariants: [holding, invariant, holding] })
      .begin()
      .compact.violated()

  test('an invariant of each node fails of the node in the state', () => {
    const nodeIs = (n: number, st: number) =>
      eachNode<number, number>('node', 'no node is so', (node, is) => (node === n && is === st ? objection : []))
    expect([violated(nodeIs(0, 5)), violated(nodeIs(1, 6)), violated(nodeIs(0, 6))]).toEqual([true, true, false])
  })

  test('an invariant of the set of nodes fails whatever they are', () => {
    const nodesAre = (count: number) =>
      ofNodes<number, number>('nodes', 'there are not so many', ({ world }) =>
        entries(world.localState).length === count ? objection : []
      )
    expect([violated(nodesAre(2)), violated(nodesAre(3))]).toEqual([true, false])
  })

  test('an invariant of views fails of the node that messages are in flight to', () => {
    const [awaited] = fromView<number, number, boolean>(
      { start: () => false, matters: (msg) => msg === 7, arrive: () => true },
      [each('awaited', 'no 7 is in flight to node 1', (node, _st, x) => (x && node === 1 ? objection : []))]
    )
    expect([violated(awaited!, to(1, 7)), violated(awaited!, to(0, 7), to(1, 8), to(9, 7))]).toEqual([true, false])
  })

  test('an invariant of whole states fails by what is in flight to nobody, too', () => {
    const few: NetworkInvariant<number, number> = whole('few', 'little is in flight', ({ world }) =>
      world.inFlightMsgs.length > 1 ? objection : []
    )
    expect([violated(few, to(1, 7), to(9, 7)), violated(few, to(1, 7))]).toEqual([true, false])
  })

  test('states are counted by what is observed of some node, and by whether something is in flight', () => {
    const named = (name: string, of: (st: number) => boolean) => ({ name, says: name, of })
    const { compact, go } = small({
      states: [1, 1],
      packets: [to(0, 2), to(9, 5)],
      environment: { packetFaults: (env, packet) => [{ act: { _tag: 'Lose', packet }, then: env }] },
      onMessage: (_st, msg) => [msg, []],
      observations: {
        states: [named('one', (st) => st === 1), named('two', (st) => st === 2), named('three', (st) => st === 3)],
        steps: []
      }
    }).begin()
    expect(compact.coverage().states).toEqual({ one: 0, two: 0, three: 0, quiescence: 0 })
    compact.countState()
    go('2')
    compact.countState()
    compact.countState()
    go('Lose 5')
    compact.countState()
    expect(compact.coverage().states).toEqual({ one: 4, two: 3, three: 0, quiescence: 1 })
  })

  test('steps are counted by kind, and by what is observed of the node that takes it where it changes', () => {
    const { compact, steps } = small({
      states: [0, 0],
      packets: [to(0, 0), to(0, 1), to(1, 2), to(9, 3)],
      environment: {
        delivery: (env, packet) => deliver(packet, 0, env),
        internal: (env, node, st) => (node === 1 && st === 0 ? [intern(node, 'up', env)] : []),
        packetFaults: (env, packet) => (packet.msg === 3 ? [{ act: { _tag: 'Duplicate', packet }, then: env }] : []),
        networkFaults: (env) => [{ act: { _tag: 'Heal' }, then: env }]
      },
      onMessage: (_st, msg) => [msg, []],
      onInternal: (st) => [st + 7, []],
      observations: {
        states: [],
        steps: [
          { name: 'any', says: 'any', of: () => true },
          { name: 'never', says: 'never', of: () => false },
          { name: 'by two', says: 'by two', of: (before, after) => after === before + 2 }
        ]
      }
    }).begin()
    for (const [place, word] of steps().entries()) {
      compact.countStep(place)
      if (word === '2') compact.countStep(place)
    }
    expect(compact.coverage()).toEqual({
      kinds: { 'Deliver 0': 1, 'Deliver 1': 1, 'Deliver 2': 2, up: 1, 'Duplicate 3': 1, Heal: 1 },
      states: { quiescence: 0 },
      steps: { any: 4, never: 0, 'by two': 2 },
      goals: {}
    })
  })
})

describe('the verdict on a state', () => {
  test('calls for each state that violates something where that is tolerated, and says of none that it does', () => {
    // What is delivered is forbidden, what is lost is not.
    const r = toys({
      onMessage: hearing([0, 1, 2], [0, 2, 2]),
      packets: inFlight(1, 2),
      faults: { duplications: 0, losses: 1, cuts: 0 }
    })
    const forbidding = (value: number) => toyModel({ ...r, forbidden: { ...r.forbidden, value } }).compact!()
    const called = (compact: ReturnType<typeof forbidding>) => {
      let times = 0
      compact.tolerate(() => times++)
      compact.begin()
      const violated = compact.violated()
      const atStart = times
      const { found, violated: violates } = expanded(compact, new Visited(), Infinity)
      return [violated, atStart, found, violates, times]
    }
    expect(called(forbidding(2))).toEqual([false, 0, 4, false, 2])
    expect(called(forbidding(0))).toEqual([false, 1, 4, false, 3])
    const strict = forbidding(0)
    strict.begin()
    expect(strict.violated()).toBe(true)
  })

  test('violates what the set of nodes violates, always', () => {
    const none = toyModel(toys({ packets: inFlight(1) }), [
      ofNodes('none', 'there are no nodes', () => [{ witness: 'one' }])
    ])
    const compact = none.compact!()
    compact.begin()
    expect(compact.violated()).toBe(true)
    compact.enumerate()
    compact.apply(0)
    expect(compact.violated()).toBe(true)
  })

  test('violates what only the node sees to which something is sent', () => {
    // Node 0 answers 0 with 2, and nothing else changes in what is seen of it.
    const r = toys({
      nodes: 2,
      onMessage: [{ v: 0, sends: [{ to: 'sender', msg: 2 }] }],
      packets: [{ src: 1, dst: 0, msg: 0 }]
    })
    const answered = (forbidden: Partial<Recipe['forbidden']>): boolean => {
      const compact = toyModel({ ...r, forbidden: { ...r.forbidden, ...forbidden } }).compact!()
      compact.begin()
      return compact.expand(new Visited(), Infinity, 0, 0).violated
    }
    expect([answered({ pair: 2 }), answered({ pair: 1 })]).toEqual([true, false])
  })

  test('violates what one invariant of whole states forbids, if not the other', () => {
    const forbidding = (...most: ReadonlyArray<number>) => {
      const compact = toyModel(
        toys({ packets: inFlight(1) }),
        most.map((n) =>
          whole('few', 'no more is in flight', ({ world }) =>
            world.inFlightMsgs.length > n ? [{ witness: 'more' }] : []
          )
        )
      ).compact!()
      compact.begin()
      return compact.violated()
    }
    expect([forbidding(0, 1), forbidding(1, 0), forbidding(1, 1)]).toEqual([true, true, false])
  })

  test('shows whole states to the invariants that look at them, but for packets that were delivered', () => {
    const shown: unknown[] = []
    const model = toyModel(
      toys({
        nodes: 2,
        onMessage: hearing([0, 1, 2]),
        packets: inFlight(1),
        faults: { duplications: 1, losses: 0, cuts: 0 }
      }),
      [
        whole('shown', 'it is shown', (s) => {
          shown.push(s)
          return []
        })
      ]
    )
    const compact = model.compact!()
    const states = model.system.initial.slice()
    compact.begin()
    compact.violated()
    for (const kind of ['Duplicate 1', 'Deliver 1']) {
      const places = Array.from({ length: compact.enumerate() }, (_, place) => place)
      const place = places.find((i) => model.kindOf(compact.actionAt(i)) === kind)!
      states.push(O.toUndefined(model.system.next(states.at(-1)!, compact.actionAt(place)))!)
      compact.apply(place)
      compact.violated()
    }
    expect(shown).toEqual(
      states.map(({ world: { localState, inFlightMsgs }, env }) => ({ env, world: { localState, inFlightMsgs } }))
    )
    expect(shown).toHaveLength(3)
  })
})
