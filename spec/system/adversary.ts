/**
 * An adversary: what the rules of `Systems/Network.v` leave out. The paper's abstract speaks of packets that may be
 * duplicated and reordered; reordering is in the rules, duplication is not. Loss and partitions are what users of a
 * network model expect besides. All of it is off unless asked for: without this file an execution is exactly Coq's.
 */
import * as E from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { ordNumber } from '../prelude/order.js'
import { seqEq } from '../prelude/seq.js'
import type { Address } from './address.js'
import type { Allowed, Environment } from './executions.js'
import type { Packet } from './protocol.js'

/** How often each kind of fault may happen in one execution. */
export interface FaultBudget {
  readonly duplications: number
  readonly losses: number
  /** How often the network may be cut in two; it heals at any time. */
  readonly cuts: number
  /** The groups of nodes that a cut may separate from the others. */
  readonly sides: ReadonlyArray<ReadonlyArray<Address>>
}

/** No faults: the semantics of `Systems/Network.v`. */
export const noFaults: FaultBudget = { duplications: 0, losses: 0, cuts: 0, sides: [] }

/** The state of an environment with faults: the faults left, and the nodes that are cut off (none: the network is whole). */
export interface Faulty<Env> {
  readonly env: Env
  readonly duplications: number
  readonly losses: number
  readonly cuts: number
  readonly cutOff: ReadonlyArray<Address>
}

/** An environment in which, besides all that it allows, faults happen within a budget. */
export const withFaults = <Env, State, Message, Internal, Timestamp>(
  budget: FaultBudget,
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Faulty<Env>, State, Message, Internal, Timestamp> => {
  type Es = Faulty<Env>

  /** The same action; the faults stay as they are while the inner environment goes on. */
  const lift =
    (s: Es) =>
    <A>({ act, then }: Allowed<A, Env>): Allowed<A, Es> => ({ act, then: { ...s, env: then } })

  /** The packet would have to pass between the two sides of a cut. */
  const blocked = (s: Es, p: Packet<Message>): boolean => s.cutOff.includes(p.src) !== s.cutOff.includes(p.dst)

  return {
    initial: {
      env: inner.initial,
      duplications: budget.duplications,
      losses: budget.losses,
      cuts: budget.cuts,
      cutOff: []
    },
    delivery: (s, p) => (blocked(s, p) ? O.none : pipe(inner.delivery(s.env, p), O.map(lift(s)))),
    internal: (s, n, st) => inner.internal(s.env, n, st).map(lift(s)),
    packetFaults: (s, packet) => [
      ...inner.packetFaults(s.env, packet).map(lift(s)),
      ...(s.duplications > 0
        ? [{ act: { _tag: 'Duplicate', packet } as const, then: { ...s, duplications: s.duplications - 1 } }]
        : []),
      ...(s.losses > 0 ? [{ act: { _tag: 'Lose', packet } as const, then: { ...s, losses: s.losses - 1 } }] : [])
    ],
    networkFaults: (s) => [
      ...inner.networkFaults(s.env).map(lift(s)),
      ...(s.cutOff.length > 0
        ? [{ act: { _tag: 'Heal' } as const, then: { ...s, cutOff: [] } }]
        : s.cuts > 0
          ? budget.sides.map((side) => ({
              act: { _tag: 'Cut', side } as const,
              then: { ...s, cuts: s.cuts - 1, cutOff: side }
            }))
          : [])
    ],
    Env: E.struct({
      env: inner.Env,
      duplications: ordNumber,
      losses: ordNumber,
      cuts: ordNumber,
      cutOff: seqEq(ordNumber)
    })
  }
}
