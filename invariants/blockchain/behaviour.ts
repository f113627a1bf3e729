/**
 * All that is asked of Toychain: invariants of a clique, what is in flight and in pools, and what nodes do.
 *
 * The clique invariant of Coq speaks of blocks. A protocol that keeps it may still lose transactions, answer nobody, or
 * mint where it likes: what is asked here of pools, of relay and of growth is about the other half of the protocol.
 */
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import type { NetworkInvariant } from '../property/invariant.js'
import { growth } from './growth.js'
import { liveness, restOnly } from './liveness.js'
import { cliqueInvariants } from './model.js'
import type { Bounds, Playable, ToychainProperty } from './model.js'
import { pools, transactionSteps } from './pools.js'
import { peersStay, relay, requestsInFlight } from './relay.js'

/** What may be asked of whole executions besides, for which the graph of all states is built. */
export const QUESTIONS = ['liveness'] as const
export type Question = (typeof QUESTIONS)[number]

/** What must hold of every state. Where there are no transactions or requests, nothing is said of them. */
export const stateInvariants = <T extends Types>(
  toychain: Toychain<T>,
  { transactions }: Pick<Playable<T>, 'transactions'>,
  limits: Pick<Bounds, 'transactions' | 'blockOnly'>
): ReadonlyArray<NetworkInvariant<State<T>, Message<T>>> => {
  const all = transactions(limits.transactions)
  return [
    ...cliqueInvariants(toychain),
    ...(limits.blockOnly ? [] : [requestsInFlight(toychain, all)]),
    ...(all.length === 0 ? [] : [pools(toychain, all)])
  ]
}

/** What must hold of every step, and of executions. */
export const behaviour = <T extends Types>(
  toychain: Toychain<T>,
  playable: Pick<Playable<T>, 'transactions'>,
  limits: Bounds,
  ask?: Question
): ReadonlyArray<ToychainProperty<T>> => [
  ...growth(toychain),
  peersStay(toychain),
  ...(limits.blockOnly ? [] : relay(toychain)),
  ...(limits.transactions === 0 ? [] : transactionSteps(toychain)),
  restOnly,
  ...(ask === 'liveness' ? liveness(toychain, playable, limits) : [])
]
