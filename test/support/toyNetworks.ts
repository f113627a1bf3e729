/**
 * Networks at random: protocols made of tables, environments that allow some things and forbid others, invariants of
 * every kind. What the checker says of them cannot be a property of Toychain.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { eachNode, each, fromView, ofNodes, together, whole } from '../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../invariants/property/invariant.js'
import { networkModel } from '../../invariants/checker/network/networkModel.js'
import type { Model } from '../../invariants/checker/model/model.js'
import type { LocalScore } from '../../invariants/checker/model/scores.js'
import { withFaults } from '../../spec/system/adversary.js'
import type { Faulty, FaultBudget } from '../../spec/system/adversary.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { Action, Environment, GlobalState } from '../../spec/system/executions.js'
import { Network } from '../../spec/system/network.js'
import type { Protocol } from '../../spec/system/protocol.js'
import { ordNumber } from '../../spec/prelude/order.js'
import { address } from './toychains.js'

/** The values that a node can have, and the messages that it can send: 0, 1 and 2. */
const VALUES = 3

/** A node's state: its address, and a value. */
export interface ToyState {
  readonly id: Address
  readonly v: number
}

/** What a node does: its new value, and what it sends to whom. */
interface Reaction {
  readonly v: number
  readonly sends: ReadonlyArray<{ readonly to: 'self' | 'sender' | 'all' | 'nobody'; readonly msg: number }>
}

/** The state of an environment: how many internal transitions are left, and a mood that decides what is delivered. */
export interface ToyEnv {
  readonly left: number
  readonly mood: number
}

/** All that makes a network: tables and numbers. */
export interface Recipe {
  readonly nodes: number
  /** What a node with the i-th value does with the j-th message, under 3 i + j. */
  readonly onMessage: ReadonlyArray<Reaction>
  /** What a node with the i-th value does by itself. */
  readonly onInternal: ReadonlyArray<Reaction>
  readonly internals: number
  /** Whether the j-th message is delivered in mood i, and whether that changes the mood, under 3 i + j. */
  readonly moods: ReadonlyArray<{ readonly allowed: boolean; readonly flips: boolean }>
  readonly packets: ReadonlyArray<{ readonly src: number; readonly dst: number; readonly msg: number }>
  readonly faults: { readonly duplications: number; readonly losses: number; readonly cuts: number }
  /** What the invariants forbid; numbers out of range forbid nothing. */
  readonly forbidden: { readonly value: number; readonly pair: number; readonly sum: number; readonly inFlight: number }
}

export type ToyAction = Action<number, 'think', number>
export type ToyGlobal = GlobalState<ToyState, number, Faulty<ToyEnv>>

const value = fc.nat(VALUES - 1)
const reaction = (most: number): fc.Arbitrary<Reaction> =>
  fc.record({
    v: value,
    sends: fc.array(
      fc.record({
        to: fc.constantFrom('self' as const, 'sender' as const, 'sender' as const, 'all' as const, 'nobody' as const),
        msg: value
      }),
      { maxLength: most, size: 'max' }
    )
  })
const times = <A>(n: number, a: fc.Arbitrary<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(a, { minLength: n, maxLength: n })

/** Recipes for small networks; `lenient` ones forbid hardly anything. */
export const recipe = (lenient: boolean): fc.Arbitrary<Recipe> =>
  fc.integer({ min: 1, max: 3 }).chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      onMessage: times(VALUES * VALUES, reaction(1)),
      onInternal: times(VALUES, reaction(2)),
      internals: fc.nat(2),
      moods: times(
        2 * VALUES,
        fc.record({ allowed: fc.nat(4).map((n) => n > 0), flips: fc.nat(3).map((n) => n === 0) })
      ),
      packets: fc.array(fc.record({ src: fc.nat(nodes - 1), dst: fc.nat(nodes), msg: value }), { maxLength: 2 }),
      faults: fc.record({ duplications: fc.nat(1), losses: fc.nat(1), cuts: fc.nat(1) }),
      forbidden: lenient
        ? fc.constant({ value: 9, pair: 99, sum: 99, inFlight: 99 })
        : fc.record({
            value: fc.integer({ min: 0, max: 5 }),
            pair: fc.integer({ min: 0, max: 19 }),
            sum: fc.integer({ min: 3, max: 9 }),
            inFlight: fc.integer({ min: 3, max: 9 })
          })
    })
  )

/** The most and the least of a set of numbers: two summaries of a view, which depend on neither order nor times. */
const invariantsOf = ({ forbidden }: Recipe): ReadonlyArray<NetworkInvariant<ToyState, number>> => [
  ofNodes('defined', 'the state map is defined', ({ world }) =>
    world.localState._tag === 'Def' ? [] : [{ witness: 'undefined' }]
  ),
  eachNode('value', 'no node has the forbidden value', (node, { v }) =>
    v === forbidden.value ? [{ node, witness: `has ${v}` }] : []
  ),
  ...fromView<ToyState, number, number>(
    {
      start: (_n, { v }) => v,
      matters: (msg) => msg > 0,
      arrive: (x, msg) => Math.max(x, msg)
    },
    [
      each('pair', 'no node has the forbidden value and view', (node, { v }, x) =>
        3 * v + x === forbidden.pair ? [{ node, witness: `has ${v} and sees ${x}` }] : []
      ),
      together<ToyState, number, number>('sum', 'the views do not add up to too much, unless one is 0', {
        summary: (_n, _st, x) => x,
        settles: (x) => x === 0,
        decide: (seen) => {
          const total = seen.reduce((sum, { sees }) => sum + sees, 0)
          return total >= forbidden.sum ? [{ witness: `${total}` }] : []
        }
      })
    ]
  ),
  whole('few', 'not too much is in flight', ({ world }) =>
    world.inFlightMsgs.length >= forbidden.inFlight ? [{ witness: `${world.inFlightMsgs.length}` }] : []
  )
]

/** Those that say what they look at. */
export const declaredInvariants = (r: Recipe): ReadonlyArray<NetworkInvariant<ToyState, number>> =>
  invariantsOf(r).filter(({ name }) => name !== 'few')

/** The model of a recipe. */
export const toyModel = (
  r: Recipe,
  invariants = invariantsOf(r),
  scores: ReadonlyArray<LocalScore<ToyState, number>> = [
    { name: 'low', says: 'values are smaller, and more is in flight', of: ({ v }, arriving) => arriving.length - 3 * v }
  ]
): Model<ToyGlobal, ToyAction> => {
  const addresses = netAddr(r.nodes)
  const react = (st: ToyState, from: Address, how: Reaction | undefined) => {
    const { v, sends } = how ?? { v: st.v, sends: [] }
    const packets = sends.flatMap(({ to, msg }) => {
      const ends = { self: [st.id], sender: [from], all: addresses.enum, nobody: [address(9)] }[to]
      return ends.map((dst) => ({ src: st.id, dst, msg }))
    })
    return [{ ...st, v }, packets] as const
  }
  const protocol: Protocol<ToyState, number, 'think', number> = {
    Init: (n) => ({ id: n, v: 0 }),
    procMsg: (st, from, msg) => react(st, from, r.onMessage[VALUES * st.v + msg]),
    procInt: (st) => react(st, st.id, r.onInternal[st.v]),
    id: (st) => st.id,
    coherent: [],
    transitionsBehind: () => ['think'],
    State: { equals: (s, t) => s.id === t.id && s.v === t.v },
    Message: ordNumber,
    Internal: { equals: () => true },
    Timestamp: ordNumber
  }
  const network = Network(addresses, protocol)
  const environment: Environment<ToyEnv, ToyState, number, 'think', number> = {
    initial: { left: r.internals, mood: 0 },
    delivery: (env, packet) => {
      const { allowed, flips } = r.moods[VALUES * env.mood + packet.msg] ?? { allowed: true, flips: false }
      return allowed
        ? O.some({ act: { _tag: 'Deliver', packet, ts: 0 }, then: flips ? { ...env, mood: 1 - env.mood } : env })
        : O.none
    },
    internal: (env, node, { v }) =>
      env.left > 0 && v < 2
        ? [{ act: { _tag: 'Intern', node, transition: 'think', ts: 0 }, then: { ...env, left: env.left - 1 } }]
        : [],
    packetFaults: () => [],
    networkFaults: () => [],
    Env: { equals: (x, y) => x.left === y.left && x.mood === y.mood }
  }
  const budget: FaultBudget = { ...r.faults, sides: [[address(0)]] }
  return networkModel({
    name: 'a toy',
    network,
    environment: withFaults(budget, environment),
    world: {
      ...network.initWorld,
      inFlightMsgs: r.packets.map(({ src, dst, msg }) => ({ src: address(src), dst: address(dst), msg }))
    },
    invariants,
    kinds: [
      'think',
      'Cut',
      'Heal',
      ...['Deliver', 'Duplicate', 'Lose'].flatMap((kind) => [0, 1, 2].map((m) => `${kind} ${m}`))
    ],
    kindOfMessage: String,
    kindOfInternal: String,
    observations: {
      states: [{ name: 'two', says: 'a node has the value 2', of: ({ v }) => v === 2 }],
      steps: [{ name: 'fall', says: 'a value falls', of: (before, after) => after.v < before.v }],
      scores
    }
  })
}
