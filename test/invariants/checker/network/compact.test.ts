import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { Fingerprints } from '../../../../invariants/checker/data/fingerprints.js'
import type { CompactOptions } from '../../../../invariants/checker/model/walker.js'
import type { LocalObservations } from '../../../../invariants/checker/network/observations.js'
import { plainData } from '../../../../invariants/checker/data/canonical.js'
import type { Model } from '../../../../invariants/checker/model/model.js'
import { Names } from '../../../../invariants/checker/data/names.js'
import { networkModel } from '../../../../invariants/checker/network/networkModel.js'
import { violates } from '../../../../invariants/checker/model/model.js'
import type { Symmetry } from '../../../../invariants/checker/network/symmetry.js'
import { ExactVisited, Visited } from '../../../../invariants/checker/data/visited.js'
import type { FingerprintSet } from '../../../../invariants/checker/data/visited.js'
import type { CompactSystem } from '../../../../invariants/checker/model/walker.js'
import { each, eachNode, fromView, ofNodes, together, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Action, Environment, GlobalState } from '../../../../spec/system/executions.js'
import { Network } from '../../../../spec/system/network.js'
import type { Packet, Protocol } from '../../../../spec/system/protocol.js'
import { ordNumber, ordString } from '../../../../spec/prelude/order.js'
import { entries } from '../../../../spec/prelude/unionMap.js'
import { holds } from '../../../support/property.js'
import { address } from '../../../support/toychains.js'
import { declaredInvariants, recipe, toyModel } from '../../../support/toyNetworks.js'
import type { Recipe, ToyGlobal, ToyState } from '../../../support/toyNetworks.js'

/** The fingerprint of a state from nothing but its contents: the sum, lane by lane, of those of its parts. */
const fingerprint = (s: GlobalState<unknown, unknown, unknown>): readonly [number, number] => {
  const names = new Names()
  const prints = new Fingerprints(names)
  prints.push(-1, names.of(s.env))
  for (const [i, [, st]] of entries(s.world.localState).entries()) prints.push(i, names.of(st))
  for (const p of s.world.inFlightMsgs) prints.push(-2, names.of(p))
  let [high, low] = [0, 0]
  for (let id = 0; id < prints.length; id++) {
    high = (high + prints.high(id)) | 0
    low = (low + prints.low(id)) | 0
  }
  return [high, low]
}

/** All that can be seen of the current state of a compact system: fingerprint, record, and steps in order. */
const seen = <A>(compact: CompactSystem<A>) => {
  const record = new Uint8Array(4096)
  const state = new Int32Array(compact.width)
  compact.store(state, 0)
  const length = compact.pack(state, 0, record)
  const steps = compact.enumerate()
  const places = Array.from({ length: steps }, (_, i) => i)
  return {
    fingerprint: [compact.high(), compact.low()],
    state: [...state],
    record: [...record.subarray(0, length)],
    steps: places.map((place) => canonical(compact.actionAt(place))),
    violated: compact.violated()
  }
}

/** The fingerprints, in order, of the states that the steps of the current state lead to, and how they are judged. */
const afterSteps = <A>(compact: CompactSystem<A>) => {
  const here = new Int32Array(compact.width)
  compact.store(here, 0)
  return Array.from({ length: compact.enumerate() }, (_, place) => {
    compact.fetch(here, 0)
    compact.enumerate()
    compact.apply(place)
    const after = { place, high: compact.high(), low: compact.low(), violated: compact.violated() }
    compact.fetch(here, 0)
    return after
  })
}

/** What an expansion of the current state looks up, and the states that it leaves. */
const expanded = <A>(compact: CompactSystem<A>, visited: FingerprintSet, room: number) => {
  const asked: Array<readonly [number, number]> = []
  const add = (high: number, low: number, tag: number): boolean => {
    asked.push([high, low])
    return visited.add(high, low, tag)
  }
  const result = { ...compact.expand({ _tag: 'Fingerprints', size: 0, add }, room, 3, 17) }
  const [rows, { width, stride }] = [compact.rows(), compact]
  return {
    ...result,
    asked,
    left: Array.from({ length: result.found }, (_, k) => {
      const at = (3 + k) * stride
      return { state: [...rows.subarray(at, at + width)], place: rows[at + width], tag: rows[at + width + 1] }
    })
  }
}

const bagOf = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...texts].sort()

/**
 * Walks through a model, and at each state takes every step, one by one and all at once.
 * @returns how many steps were taken.
 */
const walk = <S extends GlobalState<unknown, unknown, unknown>, A>(
  model: Model<S, A>,
  choices: ReadonlyArray<number>
): number => {
  const compact = model.compact!()
  const [start] = model.system.initial
  let state = start!
  let taken = 0
  compact.begin()
  for (const choice of choices) {
    const here = seen(compact)
    expect(here.fingerprint).toEqual(fingerprint(state))
    expect(here.violated).toBe(violates(model, state))
    expect(bagOf(here.steps)).toEqual(bagOf(model.system.actions(state).map((a) => canonical(a))))
    const after = afterSteps(compact)
    taken += after.length
    if (!here.violated) {
      const { asked, left, found, steps, violated, cut } = expanded(compact, new Visited(), Infinity)
      expect(cut).toBe(false)
      expect(asked).toEqual(after.slice(0, steps).map(({ high, low }) => [high, low]))
      // It ends with the first new state that violates an invariant.
      const first = after.findIndex(({ violated: bad }) => bad)
      expect([violated, steps]).toEqual([first >= 0, first >= 0 ? first + 1 : after.length])
      expect(left.map(({ place }) => place)).toEqual(
        after
          .slice(0, steps)
          .filter(({ high, low }, i) => after.findIndex((o) => o.high === high && o.low === low) === i)
          .map(({ place }) => place)
      )
      expect(found).toBe(left.length)
      for (const { state: row, place, tag } of left) {
        compact.fetch(Int32Array.from(row), 0)
        expect([compact.high(), compact.low(), tag]).toEqual([after[place!]!.high, after[place!]!.low, 17])
      }
      compact.fetch(Int32Array.from(here.state), 0)
    }
    expect(seen(compact)).toEqual(here)
    if (here.steps.length === 0) return taken
    const place = choice % here.steps.length
    const action = compact.actionAt(place)
    state = O.toUndefined(model.system.next(state, action))!
    compact.apply(place)
  }
  return taken
}

/** The place of packets in fingerprints. */
const AS_PACKET = -2

/** The fingerprint of one part of a world. */
const lanes = (place: number, part: unknown): readonly [number, number] => {
  const names = new Names()
  const prints = new Fingerprints(names)
  prints.push(place, names.of(part))
  return [prints.high(0), prints.low(0)]
}

/** A message to a node; whom it is from does not matter. */
const to = (dst: number, msg: number): Packet<number> => ({ src: address(0), dst: address(dst), msg })

/** What an environment allows that stays as it is, or becomes another. */
const deliver = (packet: Packet<number>, ts: number, then: number) =>
  O.some({ act: { _tag: 'Deliver', packet, ts }, then } as const)
const intern = (node: Address, transition: string, then: number) =>
  ({ act: { _tag: 'Intern', node, transition, ts: 0 }, then }) as const

/** All that a test says of a small network; by default nothing is in flight, and nothing changes. */
interface Small {
  /** The states of the nodes 0, 1, …: they do not say whose they are. */
  readonly states: ReadonlyArray<number>
  readonly packets?: ReadonlyArray<Packet<number>>
  readonly onMessage?: (st: number, msg: number, ts: number) => readonly [number, ReadonlyArray<Packet<number>>]
  readonly onInternal?: (st: number, transition: string) => readonly [number, ReadonlyArray<Packet<number>>]
  readonly environment?: Partial<Environment<number, number, number, string, number>>
  readonly invariants?: ReadonlyArray<NetworkInvariant<number, number>>
  readonly observations?: LocalObservations<number, number>
  readonly symmetry?: Symmetry<number, number, number>
}

const small = ({
  states,
  packets = [],
  onMessage,
  onInternal,
  environment,
  invariants,
  observations,
  symmetry
}: Small) => {
  const addresses = netAddr(states.length)
  const protocol: Protocol<number, number, string, number> = {
    Init: () => 0,
    procMsg: (st, _from, msg, ts) => onMessage?.(st, msg, ts) ?? [st, []],
    procInt: (st, transition) => onInternal?.(st, transition) ?? [st, []],
    id: () => address(0),
    coherent: [],
    transitionsBehind: () => [],
    State: ordNumber,
    Message: ordNumber,
    Internal: ordString,
    Timestamp: ordNumber
  }
  const model = networkModel({
    name: 'small',
    network: Network(addresses, protocol),
    environment: {
      initial: 0,
      delivery: (env, packet) => deliver(packet, 0, env),
      internal: () => [],
      packetFaults: () => [],
      networkFaults: () => [],
      Env: ordNumber,
      ...environment
    },
    world: {
      localState: { _tag: 'Def', entries: addresses.enum.map((n, i) => [n, states[i] ?? 0]) },
      inFlightMsgs: packets,
      consumedMsgs: []
    },
    invariants: invariants ?? [],
    kinds: [],
    kindOfMessage: String,
    kindOfInternal: String,
    observations: observations ?? { states: [], steps: [] },
    ...(symmetry && { symmetry })
  })
  return { begin: (how?: CompactOptions) => begun(model.compact!(how)) }
}
type SmallAction = Action<number, string, number>

/** A message, a transition, or a fault. */
const word = (a: SmallAction): string => {
  switch (a._tag) {
    case 'Deliver':
      return String(a.packet.msg)
    case 'Intern':
      return a.transition
    case 'Duplicate':
    case 'Lose':
      return `${a._tag} ${a.packet.msg}`
    case 'Cut':
    case 'Heal':
      return a._tag
  }
}

/** A compact system at its initial state, and what is done with it here. */
const begun = (compact: CompactSystem<SmallAction>) => {
  compact.begin()
  const steps = (): ReadonlyArray<string> =>
    Array.from({ length: compact.enumerate() }, (_, place) => word(compact.actionAt(place)))
  return {
    compact,
    /** The words of the steps, in order. */
    steps,
    /** Takes the first step with each of these words. */
    go: (...words: ReadonlyArray<string>): void => {
      for (const wanted of words) {
        const place = steps().indexOf(wanted)
        expect([wanted, place >= 0]).toEqual([wanted, true])
        compact.apply(place)
      }
    },
    /** The words of the actions that `take` makes of the first step with this word. */
    taken: (wanted: string): ReadonlyArray<string> => compact.take(steps().indexOf(wanted)).map(word)
  }
}

describe('the steps of a network', () => {
  test('are those of each node in its own state, though states do not say whose they are', () => {
    const { go, steps } = small({
      states: [0, 0, 0],
      environment: { internal: (env, node, st) => [intern(node, `${node}: ${st}`, env)] },
      onInternal: (st) => [st + 1, []]
    }).begin()
    const at = [0, 0, 0]
    for (const node of [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, 0, 2]) {
      go(`${node}: ${at[node]}`)
      at[node]!++
      expect(steps()).toEqual(at.map((st, n) => `${n}: ${st}`))
    }
    expect(at).toEqual([7, 6, 5])
  })

  test('come in an order that does not depend on what was met first, nor on what was sent at once', () => {
    const messages = [1, 2, 3, 4, 5, 6, 7, 8]
    /** Some messages are in flight from the start; the transitions send the others, the last of them first. */
    const order = (first: ReadonlyArray<number>, ...sent: ReadonlyArray<ReadonlyArray<number>>) => {
      const { compact, go, steps } = small({
        states: [0, 0],
        packets: first.map((m) => to(1, m)),
        environment: { internal: (_env, node, st) => (node === 0 ? [intern(node, `send ${st}`, 0)] : []) },
        onInternal: (st) => [st + 1, (sent[st] ?? []).map((m) => to(1, m))]
      }).begin()
      go(...sent.map((_, i) => `send ${i}`))
      return { print: [compact.high(), compact.low()], steps: steps().filter((step) => !step.startsWith('send')) }
    }
    const expected = order(messages).steps
    expect([...expected].sort()).toEqual(messages.map(String))
    expect(expected).not.toEqual(messages.map(String))
    for (const [first, ...sent] of [
      [[8, 7, 6, 5, 4, 3, 2, 1]],
      [[], messages],
      [[], messages.toReversed()],
      [[5], [8, 1, 6], [2, 7, 3, 4]],
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8]
      ],
      [[8, 6, 4, 2], [7], [5], [3], [1]]
    ])
      expect(order(first!, ...sent).steps).toEqual(expected)
    expect(order([], [1, 2], [3]).print).toEqual(order([], [3, 2], [1]).print)
  })

  test('packets with the same first lane come in the order of the second', () => {
    const [a, b] = [to(0, 13626), to(0, 18244)]
    const [[highOfA, lowOfA], [highOfB, lowOfB]] = [lanes(AS_PACKET, a), lanes(AS_PACKET, b)]
    expect([highOfA, lowOfA > lowOfB]).toEqual([highOfB, true])
    expect(
      small({ states: [0], packets: [a, b] })
        .begin()
        .steps()
    ).toEqual(['18244', '13626'])
    expect(
      small({ states: [0], packets: [b, a] })
        .begin()
        .steps()
    ).toEqual(['18244', '13626'])
  })

  test('a packet that is in flight twice is one step, and its other copy stays', () => {
    const { steps, go } = small({ states: [0], packets: [to(0, 1), to(0, 1), to(0, 2), to(0, 1)] }).begin()
    const both = steps()
    expect([...both].sort()).toEqual(['1', '2'])
    go('1', '1')
    expect(steps()).toEqual(both)
    go('1')
    expect(steps()).toEqual(['2'])
  })

  test('hundreds of packets are in flight to one node, from the start or sent at once', () => {
    const many = Array.from({ length: 150 }, (_, i) => i)
    const { compact, go, steps } = small({
      states: [0, 0],
      packets: many.map((m) => to(1, m)),
      environment: { internal: (env, node) => (node === 0 ? [intern(node, 'send', env)] : []) },
      onInternal: (st) => [st + 1, many.map((m) => to(1, 1000 + m))]
    }).begin()
    expect(new Set(steps())).toEqual(new Set(['send', ...many.map(String)]))
    go('send')
    expect(new Set(steps())).toEqual(new Set(['send', ...many.map(String), ...many.map((m) => String(1000 + m))]))
    go('send')
    expect(steps()).toHaveLength(301)
    expect(compact.sizes()['cells']).toBe(7)
  })
})

describe('cells with the same hash', () => {
  /** The hash of the cell of node 0 with a state and messages in flight. */
  const hash = (st: number, ...messages: ReadonlyArray<number>): number => {
    let [high, low] = lanes(0, st)
    for (const m of messages) {
      const [h, l] = lanes(AS_PACKET, to(0, m))
      high = (high + h) | 0
      low = (low + l) | 0
    }
    return high ^ low
  }

  test('are two where the packets differ', () => {
    expect(hash(0, 185, 268)).toBe(hash(0, 76, 271))
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 185), to(0, 268)],
      environment: { internal: (env, node) => (env === 0 ? [intern(node, 'send', 1)] : []) },
      onInternal: (st) => [st, [to(0, 76), to(0, 271)]]
    }).begin()
    go('185', '268', 'send')
    expect([...steps()].sort()).toEqual(['271', '76'])
    expect(compact.sizes()['cells']).toBe(5)
  })

  test('are two where the local states differ', () => {
    expect(hash(85866)).toBe(hash(96319))
    const { compact, go, steps } = small({
      states: [85866],
      environment: { internal: (env, node, st) => [intern(node, `${st}`, env)] },
      onInternal: (st) => [85866 + 96319 - st, []]
    }).begin()
    go('85866')
    expect(steps()).toEqual(['96319'])
    expect(compact.sizes()['cells']).toBe(3)
  })

  test('are two where one has nothing in flight, and the other has', () => {
    expect(hash(4221)).toBe(hash(4221, 568, 944))
    const { compact, go, steps } = small({ states: [4221], packets: [to(0, 568), to(0, 944)] }).begin()
    go('568', '944')
    expect(steps()).toEqual([])
    expect(compact.sizes()['cells']).toBe(4)
  })
})

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
      steps: { any: 4, never: 0, 'by two': 2 }
    })
  })
})

describe('the score of a state', () => {
  const scored = (of: (st: number, arriving: ReadonlyArray<number>) => number, how: CompactOptions, at = 5) => {
    const { compact } = small({
      states: [1, 2],
      packets: [to(1, at), to(1, at), to(1, 3), to(0, 4), to(9, 100)],
      observations: {
        states: [],
        steps: [],
        scores: [
          { name: 'other', says: 'another', of: () => 1 },
          { name: 'this', says: 'this', of }
        ]
      }
    }).begin(how)
    const state = new Int32Array(compact.width)
    compact.store(state, 0)
    return compact.score(state, 0)
  }
  const sum = (xs: ReadonlyArray<number>): number => xs.reduce((x, y) => x + y, 0)

  test('is the sum over the nodes, each with the messages in flight to it; 0 where none is asked for', () => {
    const of = (st: number, arriving: ReadonlyArray<number>): number =>
      100 * st + 1000 * arriving.length + sum(arriving)
    expect(scored(of, { toward: 'this' })).toBe(300 + 4000 + 17)
    expect(scored(of, { toward: 'other' })).toBe(2)
    expect(scored(of, {})).toBe(0)
  })

  test('is made of integers of 32 bits', () => {
    const half = 2 ** 31
    expect(scored((st) => (st === 1 ? -half : 0), { toward: 'this' })).toBe(-half)
    expect(scored((st) => (st === 1 ? half - 1 : 0), { toward: 'this' })).toBe(half - 1)
    for (const part of [half, -half - 1, 0.5, NaN])
      expect(() => scored(() => part, { toward: 'this' })).toThrow(
        `the score this is ${String(part)}, expected an integer of 32 bits`
      )
  })

  test('has a name that the model knows', () => {
    expect(() => scored(() => 0, { toward: 'that' })).toThrow(
      /^no score is called 'that'. What a search can go toward:/
    )
    expect(() => small({ states: [0] }).begin({ toward: 'that' })).toThrow(
      "no score is called 'that': the model has none"
    )
  })
})

describe('cells that were met', () => {
  const meeting = (how: CompactOptions) => {
    const network = small({
      states: [0],
      environment: { internal: (env, node, st) => (st < 9 ? [intern(node, 'up', env)] : []) },
      onInternal: (st) => [st + 1, []],
      observations: { states: [], steps: [], scores: [{ name: 'high', says: 'high', of: (st) => 10 * st }] }
    }).begin(how)
    const cells = () => network.compact.sizes()['cells']
    return { ...network, cells }
  }

  test('are kept when a walk begins anew, and forgotten then if they are more than so many', () => {
    for (const [how, cells] of [
      [{}, 5],
      [{ mostCells: 5 }, 5],
      [{ mostCells: 4 }, 2]
    ] as const) {
      const { compact, go, cells: now } = meeting(how)
      go('up', 'up', 'up')
      expect(now()).toBe(5)
      compact.begin()
      expect(now()).toBe(cells)
    }
  })

  test('are the same if they are met on another way', () => {
    const orders = (words: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
      words.length === 0 ? [[]] : words.flatMap((w) => orders(words.filter((v) => v !== w)).map((rest) => [w, ...rest]))
    const { compact, go } = small({
      states: [0, 0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 4), to(1, 5), to(1, 6)]
    }).begin()
    const here = new Int32Array(compact.width)
    const ends = new Set<string>()
    for (const order of orders(['1', '2', '3', '4'])) {
      compact.begin()
      go(...order)
      compact.store(here, 0)
      ends.add(here.join())
    }
    expect(ends.size).toBe(1)
    // Of node 0 one for each set of messages, and one of node 1 and of nobody.
    expect(compact.sizes()['cells']).toBe(16 + 1 + 1)
  })

  test('are met again as if they had never been met', () => {
    const { compact, go, steps, cells } = meeting({ mostCells: 0, toward: 'high' })
    const state = new Int32Array(compact.width)
    const walked = () => {
      go('up', 'up', 'up')
      compact.store(state, 0)
      return { state: [...state], score: compact.score(state, 0), steps: steps(), cells: cells() }
    }
    const first = walked()
    expect(first).toMatchObject({ score: 30, steps: ['up'], cells: 5 })
    compact.begin()
    expect(walked()).toEqual(first)
    compact.begin()
    go('up', 'up', 'up', 'up', 'up', 'up', 'up', 'up', 'up')
    expect(steps()).toEqual([])
    compact.begin()
    expect(walked()).toEqual(first)
  })

  test('are forgotten with the steps that were counted all at once, but these stay counted', () => {
    const { compact, go } = small({
      states: [0, 0],
      packets: [to(0, 1), to(9, 1)],
      environment: {
        internal: (env, node, st) => ['a', 'b', 'c'].slice(0, 3 - st).map((kind) => intern(node, kind, env)),
        networkFaults: (env) => [{ act: { _tag: 'Heal' }, then: env }]
      },
      onMessage: (st) => [st, []],
      onInternal: (st, kind) => [st + (kind === 'a' ? 1 : 2), []]
    }).begin({ mostCells: 0 })
    const walked = (...words: ReadonlyArray<string>) => {
      compact.resetCounts()
      compact.begin()
      expanded(compact, new Visited(), 99)
      for (const word of words) {
        go(word)
        expanded(compact, new Visited(), 99)
      }
      return [compact.coverage().kinds, (compact.begin(), compact.coverage().kinds)]
    }
    const counted = (times: object) => [times, times]
    for (const [words, times] of [
      [[], { 'Deliver 1': 1, a: 2, b: 2, c: 2, Heal: 1 }],
      [['b'], { 'Deliver 1': 2, a: 4, b: 3, c: 3, Heal: 2 }],
      [['b', '1'], { 'Deliver 1': 2, a: 6, b: 4, c: 4, Heal: 3 }],
      [['1', 'b'], { 'Deliver 1': 1, a: 6, b: 5, c: 5, Heal: 3 }],
      [['Heal'], { 'Deliver 1': 2, a: 4, b: 4, c: 4, Heal: 2 }]
    ] as const) {
      expect(walked('a', '1', 'a')).toEqual(counted({ 'Deliver 1': 2, a: 8, b: 7, c: 5, Heal: 4 }))
      expect(walked(...words)).toEqual(counted(times))
    }
  })
})

describe('where inert packets are purged', () => {
  const purging = { purge: true }
  const ordered = (words: ReadonlyArray<string>): ReadonlyArray<string> => [...words].sort()

  test('those go whose delivery changes nothing and sends nothing, when their node takes a step', () => {
    const { begin } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 3), to(0, 4)],
      environment: { internal: (env, node, st) => (st === 0 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => (msg === 1 ? [2, []] : [st, msg === 2 ? [to(0, 3), to(0, 1)] : []]),
      onInternal: (st) => [st + 1, []]
    })
    const { compact, go, steps } = begin(purging)
    expect(ordered(steps())).toEqual(['1', '2', '3', '4', 'go'])
    go('go')
    expect(ordered(steps())).toEqual(['1', '2'])
    go('2')
    expect(steps()).toEqual(['1'])
    compact.begin()
    compact.enumerate()
    go('2')
    expect(ordered(steps())).toEqual(['1', 'go'])
    const other = begin()
    other.go('go')
    expect(ordered(other.steps())).toEqual(['1', '2', '3', '4'])
  })

  test('those go that are sent to a node, and those to nobody stay', () => {
    const { compact, go, steps, taken } = small({
      states: [0, 0],
      packets: [to(1, 1)],
      environment: { internal: (env, node, st) => (node === 0 && st === 0 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => [msg === 2 ? 2 : st, []],
      onInternal: () => [1, [to(1, 1), to(1, 2), to(1, 3), to(9, 4), to(0, 5)]]
    }).begin(purging)
    const start = new Int32Array(compact.width)
    compact.store(start, 0)
    go('go')
    expect(steps()).toEqual(['2'])
    go('2')
    expect(steps()).toEqual([])
    compact.countState()
    expect(compact.coverage().states).toEqual({ quiescence: 0 })
    compact.fetch(start, 0)
    const actions = taken('go')
    expect([actions[0], ordered(actions)]).toEqual(['go', ['1', '1', '3', '5', 'go']])
    expect(steps()).toEqual(['2'])
  })

  test('those stay that are in flight to a node that takes no step and is sent nothing', () => {
    const { go, steps } = small({
      states: [0, 0, 0],
      packets: [to(0, 1), to(1, 2), to(2, 3)],
      environment: { internal: (env, node, st) => (node === 0 && st < 2 ? [intern(node, `go ${st}`, env)] : []) },
      onInternal: (st) => [st + 1, st === 0 ? [] : [to(2, 4)]]
    }).begin(purging)
    go('go 0')
    expect(ordered(steps())).toEqual(['2', '3', 'go 1'])
    go('go 1')
    expect(steps()).toEqual(['2'])
  })

  test('a delivery changes nothing if it does so at each time at which the network may make it', () => {
    const { go, steps } = small({
      states: [9],
      packets: [to(0, 0), to(0, 1), to(0, 2)],
      environment: {
        delivery: (env, packet) => deliver(packet, env, env),
        internal: (env, node) => (env === 0 ? [intern(node, 'go', 1)] : [])
      },
      onMessage: (st, msg, ts) => [msg === ts ? st + 1 : st, []]
    }).begin(purging)
    go('go')
    expect(ordered(steps())).toEqual(['0', '1'])
  })

  test('nothing goes that the network may hold back, lose or duplicate, or whose delivery is seen by the environment', () => {
    const { go, steps } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 4), to(0, 5)],
      environment: {
        delivery: (env, packet) =>
          packet.msg === 1 && env === 0 ? O.none : deliver(packet, 0, packet.msg === 2 ? 2 : env),
        internal: (env, node) => (env === 0 ? [intern(node, 'go', 1)] : []),
        packetFaults: (env, packet) =>
          packet.msg === 3 && env === 0
            ? [{ act: { _tag: 'Lose', packet }, then: env }]
            : packet.msg === 4 && env === 1
              ? [{ act: { _tag: 'Duplicate', packet }, then: env }]
              : []
      }
    }).begin(purging)
    expect(ordered(steps())).toEqual(['2', '3', '4', '5', 'Lose 3', 'go'])
    go('go')
    expect(ordered(steps())).toEqual(['1', '2', '3', '4', 'Duplicate 4'])
  })

  test('what was purged and changes something later is not purged again', () => {
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 1), to(0, 2), to(0, 3)],
      environment: { internal: (env, node, st) => (st < 3 ? [intern(node, 'go', env)] : []) },
      onMessage: (st, msg) => [st === 3 && msg !== 3 ? 4 : st, []],
      onInternal: (st) => [st + 1, []]
    }).begin(purging)
    compact.enumerate()
    go('go', 'go', 'go')
    expect(steps()).toEqual([])
    expect(compact.recheckPurged()).toBe(2)
    expect(compact.sizes()['packets that must not be purged']).toBe(2)
    compact.begin()
    go('go', 'go')
    expect(ordered(steps())).toEqual(['1', '2', 'go'])
    expect(compact.recheckPurged()).toBe(0)
  })

  test('one packet that was purged, and changes something in the next state, is not purged again', () => {
    const { compact, go, steps } = small({
      states: [0],
      packets: [to(0, 1)],
      environment: { internal: (env, node, st) => (st < 2 ? [intern(node, 'go', env)] : []) },
      onMessage: (st) => [st === 2 ? 3 : st, []],
      onInternal: (st) => [st + 1, []]
    }).begin(purging)
    compact.enumerate()
    go('go')
    expect(steps()).toEqual(['go'])
    expect(compact.recheckPurged()).toBe(1)
    compact.begin()
    go('go')
    expect(ordered(steps())).toEqual(['1', 'go'])
  })

  test('no invariant may look at whole states', () => {
    const few: NetworkInvariant<number, number> = whole('few', 'little is in flight', () => [])
    const each = eachNode<number, number>('each', 'each', () => [])
    expect(() => small({ states: [0], invariants: [each] }).begin(purging)).not.toThrow()
    expect(() => small({ states: [0], invariants: [each, few] }).begin({ purge: false })).not.toThrow()
    expect(() => small({ states: [0], invariants: [each, few] }).begin(purging)).toThrow(
      'inert packets cannot be purged: the invariant «few» looks at whole states'
    )
  })
})

describe('up to symmetry', () => {
  const plain = {
    env: (_to: unknown, e: number) => e,
    state: (_to: unknown, st: number) => st,
    message: (_to: unknown, m: number) => m
  }
  const rising = {
    states: [0, 0],
    environment: {
      internal: (env: number, node: Address, st: number) => (st < 3 ? [intern(node, `up ${node}`, env)] : [])
    },
    onInternal: (st: number) => [st + 1, []] as const
  }

  test('states that differ in the names of nodes are one, also when cells were forgotten', () => {
    const { compact, go } = small({ ...rising, symmetry: plain }).begin({ uptoSymmetry: true, mostCells: 0 })
    const visited = new Visited()
    const visits = (...words: ReadonlyArray<string>) => {
      compact.begin()
      go(...words)
      return compact.visit(visited)
    }
    expect([visits(), visits('up 0'), visits('up 1'), visits('up 1', 'up 1')]).toEqual([true, true, false, true])
    expect([visits('up 0', 'up 1'), visits('up 0', 'up 0'), visits('up 1', 'up 0')]).toEqual([true, false, false])
  })

  test('they are two where that is not asked for', () => {
    const { compact, go } = small({ ...rising, symmetry: plain }).begin()
    const visited = new Visited()
    go('up 0')
    expect(compact.visit(visited)).toBe(true)
    compact.begin()
    go('up 1')
    expect(compact.visit(visited)).toBe(true)
  })

  test('a symmetry must be declared', () => {
    expect(() => small(rising).begin({ uptoSymmetry: true })).toThrow('no symmetry is declared for this protocol')
  })
})

describe('a network by integers', () => {
  test('walks as the specification does; all steps at once lead where each leads', () => {
    holds(
      fc.tuple(recipe(false), fc.array(fc.nat(), { minLength: 1, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        if (walk(toyModel(r), choices) > 5) meet('more than five steps')
        if (r.packets.some(({ dst }) => dst === r.nodes)) meet('a packet to nobody')
      },
      { runs: 120, met: { 'more than five steps': 40, 'a packet to nobody': 15 } }
    )
  })

  test('walks through Toychain as the specification does', () => {
    const model = toychainModel(
      playNumbered,
      bounds(3, 2, 1, { faults: { duplications: 1, losses: 1, cuts: 1, sides: [[address(1)]] } })
    )
    holds(
      fc.array(fc.nat(), { minLength: 10, maxLength: 12 }),
      (choices, meet) => {
        if (walk(model, choices) > 100) meet('more than a hundred steps')
      },
      { runs: 4, met: { 'more than a hundred steps': 3 } }
    )
  })

  test('a step may send again what it takes', () => {
    // Every message is answered by itself, to the node itself.
    const echo = { v: 0, sends: [{ to: 'self', msg: 1 }] } as const
    const model = toyModel({
      nodes: 2,
      onMessage: Array.from({ length: 9 }, () => echo),
      onInternal: [],
      internals: 0,
      moods: Array.from({ length: 6 }, () => ({ allowed: true, flips: false })),
      packets: [
        { src: 0, dst: 0, msg: 1 },
        { src: 1, dst: 1, msg: 1 },
        { src: 0, dst: 1, msg: 2 }
      ],
      faults: { duplications: 0, losses: 0, cuts: 0 },
      forbidden: { value: 9, pair: 99, sum: 99, inFlight: 99 }
    })
    expect(walk(model, [0, 1, 2, 0, 1])).toBe(12)
  })

  test('comes back to a state from its record', () => {
    holds(
      fc.tuple(recipe(true), fc.array(fc.nat(), { minLength: 2, maxLength: 6, size: 'max' })),
      ([r, choices], meet) => {
        const compact = toyModel(r).compact!()
        compact.begin()
        const visited: Array<ReturnType<typeof seen>> = [seen(compact)]
        for (const choice of choices) {
          const steps = compact.enumerate()
          if (steps === 0) break
          compact.apply(choice % steps)
          visited.push(seen(compact))
        }
        if (visited.length > 3) meet('three steps')
        for (const state of visited.toReversed()) {
          const record = Uint8Array.from([...state.record, 1, 2, 3])
          compact.unpack(record)
          expect(seen(compact)).toEqual(state)
          compact.begin()
          compact.fetch(Int32Array.from(state.state), 0)
          expect(seen(compact)).toEqual(state)
        }
      },
      { runs: 120, met: { 'three steps': 50 } }
    )
  })

  test('starts over with begin, wherever it is', () => {
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!()
    compact.begin()
    const start = seen(compact)
    for (let i = 0; i < 5; i++) {
      compact.enumerate()
      compact.apply(0)
    }
    expect(seen(compact)).not.toEqual(start)
    compact.begin()
    expect(seen(compact)).toEqual(start)
  })

  test('goes on in another system of the same model with what was dumped', () => {
    const model = toychainModel(playNumbered, bounds(2, 2, 0))
    const [one, other] = [model.compact!(), model.compact!()]
    one.begin()
    for (let i = 0; i < 12; i++) {
      const steps = one.enumerate()
      one.countStep((5 * i) % steps)
      one.countState()
      one.apply((5 * i) % steps)
    }
    const here = seen(one)
    other.restore(one.dump())
    other.unpack(Uint8Array.from(here.record))
    expect(seen(other)).toEqual(here)
    expect(other.coverage()).toEqual(one.coverage())
    expect(other.sizes()['packets']).toBe(one.sizes()['packets'])
  })

  test('has no step at a place where none is listed', () => {
    const compact = toychainModel(playNumbered, bounds(2, 0, 0)).compact!()
    compact.begin()
    expect(compact.enumerate()).toBe(0)
    expect(() => compact.actionAt(0)).toThrow('no step is at place 0 of the step list')
  })

  test('leaves no more new states than are wanted, and says that something was cut off', () => {
    const compact = toychainModel(playNumbered, bounds(3, 1, 0)).compact!()
    compact.begin()
    const { found, steps, cut, asked } = expanded(compact, new Visited(), 2)
    expect([found, steps, cut, asked.length]).toEqual([2, 3, true, 2])
    expect(Object.values(compact.coverage().kinds).reduce((a, b) => a + b)).toBe(3)
    compact.resetCounts()
    expect(Object.values(compact.coverage().kinds).reduce((a, b) => a + b)).toBe(0)
  })

  test('tolerates violations if it is told to, and says how many there are', () => {
    const model = toychainModel(
      playNumbered,
      bounds(2, 1, 0, { faults: { duplications: 0, losses: 1, cuts: 0, sides: [] } })
    )
    const compact = model.compact!()
    let times = 0
    compact.tolerate(() => times++)
    compact.begin()
    compact.enumerate()
    compact.apply(0)
    const { violated, found } = expanded(compact, new Visited(), Infinity)
    const bad = afterSteps(compact)
    expect([violated, found > 2, times > 0, bad.some((s) => s.violated)]).toEqual([false, true, true, false])
  })

  test('goes on when it has met more cells than it keeps', () => {
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!({ mostCells: 4 })
    const steps: number[] = []
    for (let run = 0; run < 3; run++) {
      compact.begin()
      let taken = 0
      for (; taken < 4; taken++) {
        compact.enumerate()
        compact.apply(0)
      }
      steps.push(compact.high(), compact.sizes()['cells'] ?? 0)
    }
    expect([steps.slice(2, 4), steps.slice(4)]).toEqual([steps.slice(0, 2), steps.slice(0, 2)])
  })
})

/** A network of toys in which nothing happens but for what is said here: values stay, and nothing is sent. */
const toys = (more: Partial<Recipe>): Recipe => ({
  nodes: 1,
  onMessage: hearing(),
  onInternal: [0, 1, 2].map((v) => ({ v, sends: [] })),
  internals: 0,
  moods: Array.from({ length: 6 }, () => ({ allowed: true, flips: false })),
  packets: [],
  faults: { duplications: 0, losses: 0, cuts: 0 },
  forbidden: { value: 9, pair: 99, sum: 99, inFlight: 99 },
  ...more
})

/** What becomes of a value with a message. */
const hearing = (...changes: ReadonlyArray<readonly [v: number, msg: number, then: number]>): Recipe['onMessage'] =>
  [0, 1, 2].flatMap((v) =>
    [0, 1, 2].map((msg) => ({ v: changes.find(([from, m]) => from === v && m === msg)?.[2] ?? v, sends: [] }))
  )

/** The same reactions, some of which send messages to the node itself. */
const bringing = (
  sends: Readonly<Record<number, ReadonlyArray<number>>>,
  reactions: Recipe['onMessage']
): Recipe['onMessage'] =>
  reactions.map((reaction, i) => ({ ...reaction, sends: (sends[i] ?? []).map((msg) => ({ to: 'self', msg })) }))

/** Packets to the only node. */
const inFlight = (...messages: ReadonlyArray<number>): Recipe['packets'] =>
  messages.map((msg) => ({ src: 0, dst: 0, msg }))

/**
 * Two nodes, of which one may begin to count once, though it is the environment that counts. Messages mean nothing; the
 * count is the time at which they are delivered, and 2 may be lost.
 */
const counting = (inFlightMsgs: ReadonlyArray<Packet<number>>) => {
  const protocol: Protocol<ToyState, number, 'begin', number> = {
    Init: (id) => ({ id, v: 0 }),
    procMsg: (st) => [st, []],
    procInt: (st) => [st, []],
    id: ({ id }) => id,
    coherent: [],
    transitionsBehind: () => [],
    State: plainData,
    Message: plainData,
    Internal: plainData,
    Timestamp: plainData
  }
  const environment: Environment<number, ToyState, number, 'begin', number> = {
    initial: 0,
    delivery: (count, packet) => O.some({ act: { _tag: 'Deliver', packet, ts: count }, then: count }),
    internal: (count, node) =>
      count === 0 ? [{ act: { _tag: 'Intern', node, transition: 'begin', ts: 0 }, then: 1 }] : [],
    packetFaults: (count, packet) => (packet.msg === 2 ? [{ act: { _tag: 'Lose', packet }, then: count }] : []),
    networkFaults: () => [],
    Env: plainData
  }
  const network = Network(netAddr(2), protocol)
  return networkModel({
    name: 'counting',
    network,
    environment,
    world: { ...network.initWorld, inFlightMsgs },
    invariants: [],
    kinds: [],
    kindOfMessage: String,
    kindOfInternal: String,
    observations: { states: [], steps: [] },
    symmetry: { env: (_to, count) => count, state: (to, st) => ({ ...st, id: to(st.id) }), message: (_to, msg) => msg }
  })
}

/** Explores all states that can be reached; how many there are. */
const explored = <A>(compact: CompactSystem<A>): number => {
  const visited = new Visited()
  const { width, stride } = compact
  const start = new Int32Array(width)
  compact.begin()
  compact.visit(visited)
  compact.countState()
  compact.store(start, 0)
  const states = [start]
  for (const state of states) {
    compact.fetch(state, 0)
    const { found } = compact.expand(visited, Infinity, 0, 0)
    for (let k = 0; k < found; k++) states.push(compact.rows().slice(k * stride, k * stride + width))
  }
  return states.length
}

const spared = <A>(compact: CompactSystem<A>): number | undefined => compact.sizes()['packets that must not be purged']

describe('a network by integers that purges inert packets', () => {
  const purging = (r: Recipe, invariants = declaredInvariants(r)) => toyModel(r, invariants).compact!({ purge: true })

  test('delivers with a step what it makes inert, as the specification can', () => {
    holds(
      fc.tuple(recipe(true), fc.array(fc.nat(), { minLength: 3, maxLength: 6, size: 'max' })),
      ([{ nodes, onMessage, onInternal, internals, packets }, choices], meet) => {
        const r = toys({ nodes, onMessage, onInternal, internals: internals + 1, packets })
        const model = toyModel(r, declaredInvariants(r))
        const compact = purging(r)
        const here = new Int32Array(compact.width)
        const goTo = (state: Int32Array): void => {
          compact.fetch(state, 0)
          compact.enumerate()
        }
        let state = model.system.initial[0]!
        compact.begin()
        for (const choice of choices) {
          compact.store(here, 0)
          const after = Array.from({ length: compact.enumerate() }, (_, place) => {
            goTo(here)
            const [first, ...others] = [compact.actionAt(place), ...compact.take(place).slice(1)]
            const there = [first, ...others].reduce((s, a) => O.toUndefined(model.system.next(s, a))!, state)
            const print = [compact.high(), compact.low()]
            expect(print).toEqual(fingerprint(there))
            goTo(here)
            compact.apply(place)
            expect([compact.high(), compact.low()]).toEqual(print)
            if (others.length > 1) meet('two at once')
            return { there, print }
          })
          compact.fetch(here, 0)
          const { asked, steps } = expanded(compact, new Visited(), Infinity)
          expect([steps, asked]).toEqual([after.length, after.map(({ print }) => print)])
          if (after.length === 0) break
          state = after[choice % after.length]!.there
          goTo(here)
          compact.apply(choice % after.length)
        }
      },
      { runs: 40, met: { 'two at once': 10 } }
    )
  })

  test('delivers them at the node that takes the step and where it sends something, and nowhere else', () => {
    const sends = [
      { to: 'all', msg: 0 },
      { to: 'all', msg: 1 },
      { to: 'nobody', msg: 0 }
    ] as const
    const r = toys({
      nodes: 3,
      onMessage: hearing([0, 1, 1], [0, 2, 2], [1, 2, 2]),
      onInternal: [{ v: 1, sends }],
      internals: 1,
      packets: [
        { src: 1, dst: 0, msg: 1 },
        { src: 1, dst: 0, msg: 2 },
        { src: 0, dst: 1, msg: 0 }
      ]
    })
    const model = toyModel(r, [])
    const compact = purging(r, [])
    const taken = [0, 1, 2, 3].map((place) => {
      compact.begin()
      expect(compact.enumerate()).toBe(6)
      return compact.take(place).map((a) => model.shapeOf(a))
    })
    const thinks = [
      'think 0',
      'Deliver 1 0→0',
      'Deliver 1 1→0',
      'Deliver 0 0→0',
      'Deliver 0 0→1',
      'Deliver 0 0→1',
      'Deliver 0 0→2'
    ]
    expect(taken).toEqual([['Deliver 2 1→0', 'Deliver 1 1→0'], ['Deliver 1 1→0'], thinks, ['Deliver 0 0→1']])
  })

  test('purges for good what is inert wherever the node may come', () => {
    const compact = purging(toys({ onMessage: hearing([0, 1, 1], [0, 2, 2], [1, 2, 2]), packets: inFlight(1, 1, 2) }))
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([3, 0, 0])
    expect(compact.coverage().kinds).toMatchObject({ 'Deliver 1': 1, 'Deliver 2': 2 })
    expect(toyModel(toys({})).compact!().sizes()).not.toHaveProperty('packets that must not be purged')
  })

  test('spares what is not inert in a state that follows, after any number of steps', () => {
    // 1 means nothing to a node with the value 0 or 1, and something to one with the value 2.
    const onMessage = hearing([2, 1, 0])
    const onInternal = [1, 2].map((v) => ({ v, sends: [] }))
    const packets = inFlight(0, 1)
    const once = purging(toys({ onMessage, onInternal, internals: 1, packets }), [])
    expect([explored(once), once.recheckPurged(), spared(once)]).toEqual([3, 0, 0])
    const twice = purging(toys({ onMessage, onInternal, internals: 2, packets }), [])
    expect([explored(twice), twice.recheckPurged(), spared(twice)]).toEqual([4, 1, 1])
    // What was explored is void.
    const { kinds, states, steps } = twice.coverage()
    expect([kinds, states, steps].flatMap((counts) => Object.values(counts)).filter((times) => times !== 0)).toEqual([])
    expect(twice.sizes()['cells']).toBe(0)
    expect([explored(twice), twice.recheckPurged(), spared(twice)]).toEqual([8, 0, 1])
    expect(twice.coverage().kinds).toMatchObject({ think: 5, 'Deliver 0': 1, 'Deliver 1': 4 })
    expect([twice.coverage().states, twice.coverage().steps]).toEqual([{ quiescence: 4, two: 2 }, { fall: 1 }])
  })

  test('spares what is not inert in one of several states that follow', () => {
    // 0 brings 1, which is purged at once, and 2, by which the node comes to the value 1; by thinking it comes to 2.
    const sparedIf = (v: number): number => {
      const onMessage = bringing({ 0: [1, 2] }, hearing([0, 2, 1], [v, 1, 0]))
      const onInternal = [{ v: 2, sends: [] }]
      const compact = purging(toys({ onMessage, onInternal, internals: 1, packets: inFlight(0) }), [])
      explored(compact)
      return compact.recheckPurged()
    }
    expect([sparedIf(1), sparedIf(2)]).toEqual([1, 1])
  })

  test('spares what is not inert far from where it was purged', () => {
    // 0 brings 1, which is purged at once, and 2, by which the node comes to the value 1, and again, to 2.
    const onMessage = bringing({ 0: [1, 2], 2: [2] }, hearing([0, 2, 1], [1, 2, 2], [2, 1, 0]))
    const compact = purging(toys({ onMessage, packets: inFlight(0) }), [])
    expect([explored(compact), compact.recheckPurged()]).toEqual([4, 1])
    expect([explored(compact), compact.recheckPurged()]).toEqual([8, 0])
  })

  test('spares what is not inert in an environment that comes up later', () => {
    // When 0 is delivered, the mood changes, and 1 is no longer delivered.
    const moods = [0, 1, 2, 3, 4, 5].map((i) => ({ allowed: i !== 4, flips: i === 0 }))
    const onInternal = [{ v: 1, sends: [{ to: 'self' as const, msg: 0 }] }]
    const compact = purging(toys({ onInternal, internals: 1, moods, packets: inFlight(1, 2) }), [])
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([4, 1, 1])
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([7, 0, 1])
  })

  /** It is seen of a node whether all of these messages are in flight to it, and 2 only if it is one of them. */
  const seeing = (...sought: ReadonlyArray<ReadonlyArray<number>>) =>
    fromView<ToyState, number, ReadonlyArray<number>>(
      {
        start: () => [],
        matters: () => true,
        arrive: (x, msg) => (x.includes(msg) ? x : [...x, msg].sort())
      },
      sought.map((messages) =>
        together<ToyState, ReadonlyArray<number>, boolean>('sought', 'nothing is ever wrong', {
          summary: (_n, _st, x) => messages.every((msg) => x.includes(msg)) && x.includes(2) === messages.includes(2),
          decide: () => []
        })
      )
    )
  const sparedOf = (more: Partial<Recipe>, ...sought: ReadonlyArray<ReadonlyArray<number>>) => {
    const compact = purging(toys({ packets: inFlight(0, 1, 2), ...more }), seeing(...sought))
    return [explored(compact), compact.recheckPurged(), spared(compact)]
  }

  test('spares what is seen, alone or with others', () => {
    expect([
      sparedOf({}),
      sparedOf({}, [0, 1, 2]),
      sparedOf({ packets: inFlight(0, 1) }, [1]),
      sparedOf({ packets: inFlight(0, 1) }, [1], [0]),
      sparedOf({ packets: inFlight(0, 1) }, [0, 1]),
      sparedOf({ packets: [0, 1].map((msg) => ({ src: 0, dst: 1, msg })), nodes: 2 }, [1])
    ]).toEqual([
      [2, 0, 0],
      [2, 3, 3],
      [2, 1, 1],
      [2, 2, 2],
      [2, 2, 2],
      [2, 1, 1]
    ])
  })

  test('spares nothing that is seen with other packets only than there are', () => {
    // 2 is never delivered.
    const moods = [0, 1, 2, 3, 4, 5].map((i) => ({ allowed: i !== 2, flips: false }))
    expect([sparedOf({ moods }, [1]), sparedOf({ moods }, [1, 2])]).toEqual([
      [2, 0, 0],
      [2, 1, 1]
    ])
  })

  test('asks the environment when it may deliver, and what it may lose', () => {
    const [one, two] = [1, 2].map((msg) => ({ src: address(0), dst: address(1), msg }))
    const compact = counting([one!, two!]).compact!({ purge: true })
    compact.begin()
    const taken = Array.from({ length: compact.enumerate() }, (_, place) => {
      compact.begin()
      compact.enumerate()
      return compact.take(place)
    })
    expect(taken).toHaveLength(5)
    const begin = { _tag: 'Intern', node: 1, transition: 'begin', ts: 0 }
    for (const actions of [
      [begin, { _tag: 'Deliver', packet: one, ts: 1 }],
      [
        { _tag: 'Lose', packet: two },
        { _tag: 'Deliver', packet: one, ts: 0 }
      ],
      [{ ...begin, node: 0 }]
    ])
      expect(taken).toContainEqual(actions)
    expect([explored(compact), compact.recheckPurged(), spared(compact)]).toEqual([6, 0, 0])
  })
})

describe('what a network by integers tells', () => {
  /** Two packets alike and another, to node 0, in a network that has every fault once. */
  const faulty = toyModel(
    toys({ nodes: 2, faults: { duplications: 1, losses: 1, cuts: 1 }, packets: inFlight(1, 1, 0) })
  )

  test('counts the steps that it looks at, and the states that are new, up to a violation', () => {
    holds(
      recipe(false),
      (r, meet) => {
        const model = toyModel(r)
        const state = model.system.initial[0]!
        if (violates(model, state)) return
        const compact = model.compact!()
        compact.begin()
        const actions = Array.from({ length: compact.enumerate() }, (_, place) => compact.actionAt(place))
        const { steps, left, violated } = expanded(compact, new Visited(), Infinity)
        const after = (place: number | undefined) => O.toUndefined(model.system.next(state, actions[place!]!))!
        const counts = (names: ReadonlyArray<{ readonly name: string }>, of: (i: number) => number) =>
          Object.fromEntries(names.map(({ name }, i) => [name, of(i)]))
        const looked = actions.slice(0, steps)
        expect(compact.coverage()).toEqual({
          kinds: Object.fromEntries(
            model.kinds.map((kind) => [kind, looked.filter((a) => model.kindOf(a) === kind).length])
          ),
          states: counts(model.states, (i) => left.filter(({ place }) => model.states[i]!.of(after(place))).length),
          steps: counts(model.steps, (i) => looked.filter((_, place) => model.steps[i]!.of(state, after(place))).length)
        })
        if (violated) meet(steps < actions.length ? 'a violation, and steps after it' : 'a violation at the end')
      },
      { runs: 100, met: { 'a violation, and steps after it': 10, 'a violation at the end': 3 } }
    )
  })

  test('counts steps and states as often as it is told to, and goes on from what was counted elsewhere', () => {
    const compact = faulty.compact!()
    const counted = () => {
      const { kinds, states } = compact.coverage()
      return [kinds['Deliver 1'], kinds['Cut'], kinds['Lose 0'], states['quiescence'], states['two']]
    }
    compact.begin()
    compact.enumerate()
    for (const place of [0, 0, 0, 6]) compact.countStep(place)
    expect(counted()).toEqual([3, 1, 0, 0, 0])
    compact.expand(new Visited(), Infinity, 0, 0)
    compact.expand(new Visited(), Infinity, 0, 0)
    expect(counted()).toEqual([5, 3, 2, 0, 0])
    expect(counted()).toEqual([5, 3, 2, 0, 0])
    const other = toyModel(toys({})).compact!()
    other.begin()
    other.countState()
    other.countState()
    compact.restore({ ...compact.dump(), coverage: other.coverage() })
    expect(counted()).toEqual([5, 3, 2, 2, 0])
    compact.resetCounts()
    expect(counted()).toEqual([0, 0, 0, 0, 0])
  })

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

  test('says what it has met, and how much of it', () => {
    const compact = faulty.compact!()
    compact.begin()
    const nobody = Object.fromEntries(faulty.kinds.map((kind) => [kind, 0]))
    expect(compact.dump()).toEqual({
      envs: [{ env: { left: 0, mood: 0 }, duplications: 1, losses: 1, cuts: 1, cutOff: [] }],
      locals: [
        [0, { id: 0, v: 0 }],
        [1, { id: 1, v: 0 }]
      ],
      packets: [
        { src: 0, dst: 0, msg: 1 },
        { src: 0, dst: 0, msg: 0 }
      ],
      cells: [[0, 0, 0, 1], [1], [-1]],
      coverage: { kinds: nobody, states: { two: 0, quiescence: 0 }, steps: { fall: 0 } }
    })
    compact.enumerate()
    expect(compact.sizes()).toEqual({
      'local states': 2,
      packets: 2,
      'environment states': 4,
      'local steps': 7,
      cells: 3
    })
  })

  test('names the kind of each step', () => {
    const compact = faulty.compact!()
    compact.begin()
    const kinds = Array.from({ length: compact.enumerate() }, (_, place) => compact.kinds()[compact.kindAt(place)])
    expect(kinds).toEqual([...['Deliver 1', 'Duplicate 1', 'Lose 1'], ...['Deliver 0', 'Duplicate 0', 'Lose 0'], 'Cut'])
    expect(compact.kinds().toSorted()).toEqual(kinds.toSorted())
  })

  test('writes the numbers of a state to a record, seven bits a byte, the lowest first', () => {
    const compact = toyModel(toys({ nodes: 3 })).compact!()
    const record = new Uint8Array(20).fill(99)
    const numbers = [0, 127, 128, 300, 70_000]
    const length = compact.pack(Int32Array.from([7, ...numbers, 7, 7]), 1, record)
    expect([...record.subarray(0, length)]).toEqual([0, 127, ...[128, 1], ...[172, 2], ...[240, 162, 4]])
    compact.unpack(record)
    const state = new Int32Array(compact.width)
    compact.store(state, 0)
    expect([...state.subarray(0, numbers.length)]).toEqual(numbers)
  })

  test('visits one state of each orbit where it is told to, but whole states each by itself', () => {
    // Two nodes may mint.
    const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!({ uptoSymmetry: true })
    compact.begin()
    const orbits = new Visited()
    expect([compact.visit(orbits), compact.visit(orbits)]).toEqual([true, false])
    const { found, steps } = expanded(compact, orbits, Infinity)
    expect([found, steps]).toEqual([1, 2])
    // The environments tell two states apart that are alike but for them.
    const other = counting([]).compact!({ uptoSymmetry: true })
    other.begin()
    const met = new Visited()
    other.visit(met)
    expect(expanded(other, met, Infinity)).toMatchObject({ found: 1, steps: 2 })
    const states = new ExactVisited(compact.width)
    expect({ ...compact.expand(states, Infinity, 0, 0) }).toEqual({ found: 2, steps: 2, violated: false, cut: false })
  })

  test('visits whole states where the set keeps those', () => {
    const compact = faulty.compact!()
    const states = new ExactVisited(compact.width)
    compact.begin()
    expect([compact.visit(states), compact.visit(states)]).toEqual([true, false])
    // There are seven steps, each to another state.
    const found = [1, 2].map(() => compact.expand(states, Infinity, 0, 0).found)
    expect([found, states.size]).toEqual([[7, 0], 8])
  })

  test('gives the tag to the set with each state that it looks up', () => {
    for (const how of [{}, { uptoSymmetry: true }, { purge: true }]) {
      const compact = toychainModel(playNumbered, bounds(2, 1, 0)).compact!(how)
      const tags: number[] = []
      const visited = {
        _tag: 'Fingerprints',
        size: 0,
        add: (_h: number, _l: number, tag: number) => tags.push(tag) > 0
      } as const
      compact.begin()
      compact.visit(visited)
      compact.expand(visited, Infinity, 0, 5)
      expect(tags).toEqual([0, 5, 5])
    }
  })

  test('makes room for the rows that it leaves, and keeps those before', () => {
    const compact = faulty.compact!()
    const { width, stride } = compact
    compact.begin()
    const start = new Int32Array(width)
    compact.store(start, 0)
    for (let first = 0; first < 300; first += 5) {
      compact.rows().fill(first, first * stride, (first + 1) * stride)
      compact.fetch(start, 0)
      compact.expand(new Visited(), Infinity, first + 1, first)
      const rows = compact.rows()
      expect([rows[first * stride], rows[(first + 1) * stride - 1], rows[(first + 7) * stride + width]]).toEqual([
        first,
        first,
        6
      ])
    }
    compact.fetch(start, 0)
    compact.expand(new Visited(), Infinity, 5000, 9)
    expect([295, 5000, 5006].map((row) => compact.rows()[row * stride + width + 1])).toEqual([295, 9, 9])
    const many = toyModel(toys({ nodes: 9 })).compact!()
    expect(many.rows().length).toBeGreaterThanOrEqual(many.stride)
  })

  test('writes and reads as many integers as a state has, where it is told to', () => {
    const compact = faulty.compact!()
    const { width } = compact
    compact.begin()
    const around = new Int32Array(width + 2).fill(-7)
    compact.store(around, 1)
    expect([around[0], around[1 + width]]).toEqual([-7, -7])
    const there = seen(compact)
    compact.apply(0)
    compact.fetch(around, 1)
    expect(seen(compact)).toEqual(there)
  })

  test('takes one step and no other where nothing is purged', () => {
    const compact = toyModel(toys({ packets: inFlight(0, 1, 2) })).compact!()
    compact.begin()
    compact.enumerate()
    expect(compact.take(0)).toHaveLength(1)
    expect(compact.enumerate()).toBe(2)
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
    expect(shown).toEqual(states.map(({ world, env }) => ({ env, world: { ...world, consumedMsgs: [] } })))
    expect(shown).toHaveLength(3)
  })

  test('keeps cells up to a bound when it begins anew', () => {
    const cells = (mostCells?: number) => {
      const compact = faulty.compact!(mostCells === undefined ? {} : { mostCells })
      const sizes = [0, 1].map(() => {
        compact.begin()
        compact.enumerate()
        compact.apply(0)
        return compact.sizes()['cells']
      })
      compact.begin()
      return [...sizes, compact.sizes()['cells']]
    }
    expect([cells(), cells(4), cells(3)]).toEqual([
      [4, 4, 4],
      [4, 4, 4],
      [4, 4, 3]
    ])
  })

  test('adds the scores of nodes up, where it is told toward what', () => {
    const score = ({ world }: ToyGlobal): number =>
      entries(world.localState).reduce(
        (sum, [n, { v }]) => sum + world.inFlightMsgs.filter(({ dst }) => dst === n).length - 3 * v,
        0
      )
    holds(
      recipe(true),
      (r, meet) => {
        const model = toyModel(r)
        const compact = model.compact!({ toward: 'low' })
        const scored = (): number => {
          const two = new Int32Array(2 * compact.width)
          compact.store(two, compact.width)
          return compact.score(two, compact.width)
        }
        const state = model.system.initial[0]!
        compact.begin()
        expect(scored()).toBe(score(state))
        for (let place = 0; place < compact.enumerate(); place++) {
          const after = O.toUndefined(model.system.next(state, compact.actionAt(place)))!
          compact.apply(place)
          expect(scored()).toBe(score(after))
          if (score(after) !== score(state)) meet('another score')
          compact.begin()
        }
      },
      { runs: 60, met: { 'another score': 20 } }
    )
    const without = faulty.compact!()
    without.begin()
    expect(without.score(new Int32Array(without.width), 0)).toBe(0)
  })
})
