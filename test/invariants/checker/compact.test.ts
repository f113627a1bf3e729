import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { canonical } from '../../../invariants/canonical.js'
import { Fingerprints } from '../../../invariants/checker/fingerprints.js'
import type { CompactOptions, LocalObservations } from '../../../invariants/checker/compact.js'
import type { Model } from '../../../invariants/checker/model.js'
import { Names } from '../../../invariants/checker/names.js'
import { networkModel, violates } from '../../../invariants/checker/model.js'
import type { Symmetry } from '../../../invariants/checker/symmetry.js'
import { Visited } from '../../../invariants/checker/visited.js'
import type { FingerprintSet } from '../../../invariants/checker/visited.js'
import type { CompactSystem } from '../../../invariants/checker/walker.js'
import { each, eachNode, fromView, ofNodes, whole } from '../../../invariants/invariant.js'
import type { NetworkInvariant } from '../../../invariants/invariant.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import { Network } from '../../../spec/system/network.js'
import type { Packet, Protocol } from '../../../spec/system/protocol.js'
import { ordNumber, ordString } from '../../../spec/prelude/order.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { holds } from '../../support/property.js'
import { address } from '../../support/toychains.js'
import { recipe, toyModel } from '../../support/toyNetworks.js'

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
      compact.uncount()
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
    expect(compact.amend()).toBe(2)
    expect(compact.sizes()['packets that must not be purged']).toBe(2)
    compact.begin()
    go('go', 'go')
    expect(ordered(steps())).toEqual(['1', '2', 'go'])
    expect(compact.amend()).toBe(0)
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
    expect(compact.amend()).toBe(1)
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
    compact.uncount()
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
