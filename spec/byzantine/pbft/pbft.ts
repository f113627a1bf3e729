/**
 * PBFT: replicas and clients as a protocol of a network. (M. Castro, B. Liskov, «Practical Byzantine Fault Tolerance»,
 * OSDI 1999.)
 */
import type { Address } from '../../system/address.js'
import type { Handlers } from '../../system/protocol.js'
import { onCheckpoint, onFetchState, onStateTransfer } from './checkpoint.js'
import { ask, initialClient, onReply } from './client.js'
import type { Client } from './client.js'
import type { PbftMessage } from './messages.js'
import { begin, onNewView } from './newView.js'
import { onPrePrepare, onRequest, onVote } from './normalCase.js'
import { andThen, ignored, initialReplica } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Replica } from './state.js'
import type { View } from './replication.js'
import { giveUp, onViewChange } from './viewChange.js'

/** A node: a replica, or a client. */
export type PbftNode = Replica | Client

/** What nodes do by themselves: a replica has waited too long for its view, a client wants something. */
export type PbftInternal =
  | { readonly _tag: 'Timeout'; readonly view: View }
  | { readonly _tag: 'Ask'; readonly operation: string }

/** What a replica does with a message. */
export const receive = (pbft: Pbft, st: Replica, from: Address, m: PbftMessage): Reaction => {
  switch (m._tag) {
    case 'Request':
      return onRequest(pbft, st, from, m.request)
    case 'PrePrepare':
      return onPrePrepare(pbft, st, from, m)
    case 'Prepare':
    case 'Commit':
      return onVote(pbft, st, from, m)
    case 'Checkpoint':
      return onCheckpoint(pbft, st, from, m)
    case 'ViewChange':
      return andThen(onViewChange(pbft, st, from, m), (after) => begin(pbft, after))
    case 'NewView':
      return onNewView(pbft, st, from, m)
    case 'FetchState':
      return onFetchState(pbft, st, from, m)
    case 'StateTransfer':
      return onStateTransfer(pbft, st, m)
    case 'Reply':
      return ignored(st)
  }
}

/** A replica has waited too long: it gives its view up. */
export const timeout = (pbft: Pbft, st: Replica, view: View): Reaction =>
  andThen(giveUp(pbft, st, view), (after) => begin(pbft, after))

/** PBFT as a protocol. */
export const pbftProtocol = (pbft: Pbft): Handlers<PbftNode, PbftMessage, PbftInternal, 0> => ({
  Init: (id) => (pbft.clients.includes(id) ? initialClient(id) : initialReplica(pbft, id)),
  procMsg: (st, from, m) =>
    st._tag === 'Replica' ? receive(pbft, st, from, m) : m._tag === 'Reply' ? onReply(pbft, st, from, m) : [st, []],
  procInt: (st, t) =>
    st._tag === 'Replica'
      ? t._tag === 'Timeout'
        ? timeout(pbft, st, t.view)
        : ignored(st)
      : t._tag === 'Ask'
        ? ask(pbft, st, t.operation)
        : [st, []]
})
