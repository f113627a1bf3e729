/**
 * Random small protocols: states and messages are small numbers, what happens is looked up in random tables, what must
 * hold is random too. A message only leads to messages with smaller numbers, so that every execution ends.
 */
import * as Eq from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { identity } from 'fp-ts/lib/function.js'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { networkModel } from '../../invariants/checker/network/networkModel.js'
import type { NetworkModelOptions } from '../../invariants/checker/network/networkModel.js'
import type { Model } from '../../invariants/checker/model/model.js'
import { each, eachNode, fromView, ofNodes, together, whole } from '../../invariants/property/invariant.js'
import type { HasWorld, NetworkInvariant } from '../../invariants/property/invariant.js'
import { ordNumber } from '../../spec/prelude/order.js'
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { inOrder, keeping, withAdversary, withCrashes, withFaults } from '../../spec/system/adversary.js'
import type { Adversary, Faulty } from '../../spec/system/adversary.js'
import type { Action, Environment, GlobalState } from '../../spec/system/executions.js'
import { Network } from '../../spec/system/network.js'
import type { Protocol, ToSend } from '../../spec/system/protocol.js'

interface State {
  readonly id: Address
  readonly value: number
}
interface Budget {
  readonly left: number
}

/** The state and action of a random protocol's executions. */
export type RandomState = GlobalState<State, number, Faulty<Budget>>
export type RandomAction = Action<number, number, number>

/** What a random protocol may have besides. */
export interface RandomProtocolOptions {
  /** Now and then a function throws, or a node is given the state of another. Default: false. */
  readonly wild?: boolean
}

/** All that makes the random protocol with a number, and what is drawn besides. */
export const randomParts = (seed: number, { wild = false }: RandomProtocolOptions = {}) => {
  const random = xoroshiro128plus(seed)
  const draw = (below: number): number => uniformInt(random, 0, below - 1)
  const oneIn = (n: number): boolean => draw(n) === 0

  /** A function on tuples of small numbers, drawn once. */
  const table = <A>(sizes: ReadonlyArray<number>, entry: () => A): ((...at: ReadonlyArray<number>) => A) => {
    const entries = iota(sizes.reduce((product, size) => product * size, 1)).map(entry)
    return (...at) => entries[at.reduce((index, i, d) => index * sizes[d]! + i, 0)]!
  }

  const nodes = 2 + draw(2)
  const values = 2 + draw(3)
  const messages = 1 + draw(3)
  const transitions = 1 + draw(2)
  const addresses = netAddr(nodes)
  // Now and then a packet goes to an address without a node.
  const everywhere = netAddr(nodes + (oneIn(4) ? 1 : 0)).enum

  interface Reaction {
    readonly value: number
    readonly sends: ReadonlyArray<{ readonly to: Address; readonly msg: number }>
  }
  const reaction = (below: number): Reaction => ({
    value: draw(values),
    sends: below === 0 ? [] : iota(draw(3)).map(() => ({ to: everywhere[draw(everywhere.length)]!, msg: draw(below) }))
  })
  const onMessage = iota(messages).map((msg) => table([nodes, values, nodes], () => reaction(msg)))
  const onTransition = table([nodes, values, transitions, 3], () => reaction(messages))

  const react = (st: State, { value, sends }: Reaction): readonly [State, ToSend<number>] => [
    { ...st, value },
    sends.map(({ to, msg }) => ({ src: st.id, dst: to, msg }))
  ]
  const protocol: Protocol<State, number, number, number> = {
    Init: (id) => ({ id, value: 0 }),
    procMsg: (st, from, msg) => {
      throwing(1, st)
      if (wrong.where === 2 && wrong.value === st.value && msg === 0) return [{ ...st, id: from }, []]
      return react(st, onMessage[msg]!(st.id, st.value, from))
    },
    procInt: (st, transition, ts) => {
      throwing(3, st)
      return react(st, onTransition(st.id, st.value, transition, ts))
    },
    // Values are in stable storage up to 1.
    restart: (st) => ({ ...st, value: Math.min(st.value, 1) }),
    id: ({ id }) => id,
    coherent: [],
    transitionsBehind: () => iota(transitions),
    State: Eq.struct({ id: ordNumber, value: ordNumber }),
    Message: ordNumber,
    Internal: ordNumber,
    Timestamp: ordNumber
  }

  // Drawn from a generator of its own, so that the protocols are those that they are without.
  const others = xoroshiro128plus(-1 - seed)
  const wrong = wild
    ? {
        where: uniformInt(others, 0, 11),
        node: uniformInt(others, 0, nodes - 1),
        value: uniformInt(others, 0, values - 1)
      }
    : { where: 0, node: 0, value: 0 }
  const throwing = (where: number, { id, value }: State): void => {
    if (wrong.where === where && wrong.node === id && wrong.value === value) throw new RangeError(`at ${value}`)
  }

  const budget = 1 + draw(2)
  const offers = table([3, nodes, values, transitions], () => !oneIn(4))
  const delivers = table([3, messages], () => !oneIn(6))
  const inner: Environment<Budget, State, number, number, number> = {
    initial: { left: budget },
    delivery: (env, packet) =>
      delivers(env.left, packet.msg) ? O.some({ act: { _tag: 'Deliver', packet, ts: env.left }, then: env }) : O.none,
    internal: (env, node, { value }) =>
      env.left === 0
        ? []
        : iota(transitions)
            .filter((transition) => offers(env.left, node, value, transition))
            .map((transition) => ({
              act: { _tag: 'Intern', node, transition, ts: env.left },
              then: { left: env.left - 1 }
            })),
    packetFaults: () => [],
    networkFaults: () => [],
    Env: Eq.struct({ left: ordNumber })
  }
  const faults = {
    duplications: oneIn(3) ? 1 : 0,
    losses: oneIn(3) ? 1 : 0,
    cuts: oneIn(3) ? 1 : 0,
    sides: [addresses.enum.slice(1)]
  }

  /** A view: the largest message on its way, and the node's value. */
  const expected = {
    start: (_n: Address, { value }: State) => ({ value, largest: -1 }),
    matters: (msg: number) => msg !== ignored,
    arrive: (x: { readonly value: number; readonly largest: number }, msg: number) => ({
      ...x,
      largest: Math.max(x.largest, msg)
    })
  }
  const ignored = draw(messages + 1)
  const badValue = table([nodes, values], () => oneIn(24))
  const badView = table([values, messages + 1], () => oneIn(40))
  const badSum = draw(3 * values)
  const settling = draw(2 * values)
  const badCount = 3 + draw(8)
  const invariants: ReadonlyArray<NetworkInvariant<State, number>> = [
    ofNodes('nodes', 'there are nodes', () => (nodes > 0 ? [] : [{ witness: 'there is none' }])),
    eachNode('value', 'no value is bad', (node, st) => {
      throwing(4, st)
      return badValue(node, st.value) ? [{ node, witness: String(st.value) }] : []
    }),
    ...fromView(expected, [
      each('view', 'no view is bad', (node, _st, { value, largest }) =>
        badView(value, largest + 1) ? [{ node, witness: `${value} ${largest}` }] : []
      ),
      together('sum', 'the sum is not bad, but where a node settles it', {
        summary: (_n, _st, { value, largest }) => value + largest,
        settles: (w) => w === settling,
        decide: (seen) =>
          seen.reduce((sum, { sees }) => sum + sees, 0) === badSum + 2 * values ? [{ witness: 'it is' }] : []
      })
    ]),
    ...(oneIn(3)
      ? [
          whole<HasWorld<State, number>, never>('count', 'few packets are in flight', ({ world }) =>
            world.inFlightMsgs.length < badCount ? [] : [{ witness: String(world.inFlightMsgs.length) }]
          )
        ]
      : [])
  ]

  const network = Network(addresses, protocol)
  const parts: Omit<
    NetworkModelOptions<Budget, State, number, number, number>,
    'environment' | 'properties' | 'remembering' | 'symmetry'
  > = {
    name: `random protocol ${seed}`,
    network,
    world: network.initWorld,
    invariants,
    kinds: iota(messages).map((msg) => `Deliver ${msg}`),
    kindOfMessage: String,
    kindOfInternal: (transition) => `transition ${transition}`,
    observations: {
      states: [{ name: 'ones', says: 'a node has the value 1', of: ({ value }) => value === 1 }],
      steps: [{ name: 'decreases', says: 'a value decreases', of: (before, after) => after.value < before.value }],
      scores: [
        { name: 'value', says: 'values are larger', of: ({ value }) => value },
        {
          name: 'small',
          says: 'less is on its way',
          of: (_, arriving) => arriving.reduce((sum, msg) => sum - msg - 1, 0)
        }
      ]
    }
  }
  return { draw, messages, inner, faults, parts }
}

/** The model of the random protocol with a number. */
export const randomProtocol = (seed: number, options: RandomProtocolOptions = {}): Model<RandomState, RandomAction> => {
  const { inner, faults, parts } = randomParts(seed, options)
  return networkModel({ ...parts, environment: withFaults(faults, inner) })
}

/** What an adversary knows: how often something was sent, up to a bound. */
const ENOUGH = 2

/**
 * The model of the random protocol with a number among nodes that fail, nodes that are not honest, and in a network that
 * keeps packets in one of three ways: a part of all that, drawn too.
 */
export const hostileProtocol = (seed: number) => {
  const { inner, faults, draw, messages, parts } = randomParts(seed)
  const { network } = parts
  const { Message } = network.protocol
  const nodes = network.addresses.enum
  const corrupt = draw(3) === 0 ? [] : nodes.slice(draw(nodes.length)).slice(0, 1)
  const signer = nodes[draw(nodes.length)]!
  const adversary: Adversary<number, number> = {
    name: 'random',
    corrupt,
    start: 0,
    learn: (known) => Math.min(known + 1, ENOUGH),
    // The largest message has a signature of its own, which may be an honest node's.
    forges: (known) =>
      known === ENOUGH
        ? []
        : corrupt.flatMap((src) =>
            nodes.flatMap((dst) =>
              iota(messages)
                .filter((msg) => msg <= known && (corrupt.includes(signer) || msg < messages - 1))
                .map((msg) => ({ src, dst, msg }))
            )
          ),
    signatures: (msg) => (msg === messages - 1 ? [{ by: signer, on: String(msg) }] : []),
    Known: Message
  }
  const soup = draw(3)
  const around = soup === 0 ? keeping : soup === 1 ? inOrder : identity
  const crashes = { crashes: draw(2), restarts: draw(2), nodes }
  const environment = withCrashes(crashes, withAdversary(adversary, withFaults(faults, around(inner))))
  // What is in flight at first, some of it twice.
  const inFlightMsgs = iota(draw(4)).map(() => ({
    src: nodes[draw(2)]!,
    dst: nodes[draw(2)]!,
    msg: draw(messages)
  }))
  const model = networkModel({ ...parts, environment, world: { ...parts.world, inFlightMsgs } })
  return { model, soup }
}
