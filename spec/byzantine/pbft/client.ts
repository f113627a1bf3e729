/**
 * A client of PBFT: it asks all replicas, and believes what f + 1 of them say alike, one of which is honest. (Castro, Liskov
 * 1999, section 4.1.)
 */
import type { Address } from '../../system/address.js'
import { toEach } from '../../system/protocol.js'
import type { Letter } from '../../system/protocol.js'
import type { PbftMessage, Reply, Request } from './messages.js'
import { withOne } from './replica.js'
import type { Pbft } from './replica.js'

/** A client. */
export interface Client {
  readonly _tag: 'Client'
  readonly id: Address
  /** What it waits for; null: nothing. */
  readonly pending: Request | null
  /** What replicas have answered to that, by replica. */
  readonly replies: ReadonlyArray<{ readonly by: Address; readonly result: string }>
  /** What it has asked for and been told, in this order. */
  readonly done: ReadonlyArray<{ readonly request: Request; readonly result: string }>
}

/** What becomes of a client, and what it sends. */
export type ClientReaction = readonly [Client, ReadonlyArray<Letter<PbftMessage>>]

/** A client at the start. */
export const initialClient = (id: Address): Client => ({ _tag: 'Client', id, pending: null, replies: [], done: [] })

/** It asks all replicas for an operation, unless it still waits for another. */
export const ask = ({ replicas }: Pbft, st: Client, operation: string): ClientReaction => {
  if (st.pending !== null) return [st, []]
  const request = { client: st.id, timestamp: st.done.length + 1, operation }
  return [{ ...st, pending: request, replies: [] }, toEach(replicas, { _tag: 'Request', request })]
}

/** A replica answers. Its first answer counts. */
export const onReply = ({ rules, replicas }: Pbft, st: Client, from: Address, m: Reply): ClientReaction => {
  const { pending, replies } = st
  const isRight =
    from === m.by &&
    replicas.includes(from) &&
    m.client === st.id &&
    m.timestamp === pending?.timestamp &&
    !replies.some(({ by }) => by === from)
  if (!isRight) return [st, []]
  const { result } = m
  const after = withOne(replies, { by: from, result }, ({ by }) => by)
  return after.filter((r) => r.result === result).length >= rules.replies
    ? [{ ...st, pending: null, replies: [], done: [...st.done, { request: pending, result }] }, []]
    : [{ ...st, replies: after }, []]
}
