/**
 * PBFT while nobody suspects the primary: what a replica does with requests, pre-prepares, prepares and commits. (Castro,
 * Liskov 1999, section 4.2.)
 *
 * The client sends its request to all replicas, as in the lecture; in the paper it sends it to the primary, and to all when
 * it has waited too long.
 */
import type { Address } from '../../system/address.js'
import { accept, advance } from './execution.js'
import type { PrePrepare, Request, Vote } from './messages.js'
import { digestOf, entryOf, ignored, isAnswered, isInWindow, lastReply, withEntry, withRequest } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Replica } from './state.js'
import { primaryOf } from './replication.js'

/** A client asks for something: it is noted, and the primary gives it a number. What was done is answered again. */
export const onRequest = (pbft: Pbft, st: Replica, from: Address, request: Request): Reaction => {
  if (from !== request.client || !pbft.clients.includes(from)) return ignored(st)
  const last = lastReply(st.state, from)
  if (last?.timestamp === request.timestamp)
    return [st, [{ to: from, msg: { _tag: 'Reply', view: st.view, ...last, by: st.id } }]]
  return isAnswered(st, request) ? ignored(st) : advance(pbft, withRequest(st, request))
}

/** The primary has given a request a number: a backup accepts one for each number of a view, and says so. */
export const onPrePrepare = (pbft: Pbft, st: Replica, from: Address, m: PrePrepare): Reaction => {
  const { view, number, digest, request } = m
  const entry = entryOf(st, view, number)
  const isRight =
    pbft.rules.takesPart(st, view) &&
    from === primaryOf(pbft, view) &&
    from !== st.id &&
    digestOf(pbft, request) === digest &&
    pbft.clients.includes(request.client) &&
    isInWindow(pbft, st, number) &&
    pbft.rules.accepts(entry)
  return isRight ? accept(pbft, withRequest(st, request), view, number, digest) : ignored(st)
}

/** A replica has accepted something, or is prepared: that is noted in the log of its view. */
export const onVote = (pbft: Pbft, st: Replica, from: Address, m: Vote): Reaction => {
  const { rules } = pbft
  const { view, number, digest } = m
  const isRight =
    from === m.by &&
    pbft.replicas.includes(from) &&
    rules.takesPart(st, view) &&
    isInWindow(pbft, st, number) &&
    (m._tag === 'Commit' || rules.countsPrepare(from, view))
  if (!isRight) return ignored(st)
  const entry = entryOf(st, view, number)
  return advance(
    pbft,
    withEntry(
      st,
      m._tag === 'Prepare'
        ? { ...entry, prepares: rules.note(entry.prepares, from, digest) }
        : { ...entry, commits: rules.note(entry.commits, from, digest) }
    )
  )
}
