/**
 * PBFT: what follows from the log. With enough prepares a replica sends its commit, with enough commits it executes what is
 * next, answers clients, and makes a checkpoint every so often. (Castro, Liskov 1999, sections 4.2 and 4.3.)
 */
import type { Letter } from '../../system/protocol.js'
import { NULL_DIGEST, stateText } from './messages.js'
import type { Digest, PbftMessage, Request, SequenceNumber, ServiceState } from './messages.js'
import {
  andThen,
  digestOf,
  entryOf,
  ignored,
  isAnswered,
  isInWindow,
  lastReply,
  requestWith,
  toOthers,
  withEntry,
  withOne
} from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Ballots, Entry, Replica } from './state.js'
import { primaryOf } from './replication.js'
import type { View } from './replication.js'
import { noteCheckpoint } from './stability.js'

/** So many of the ballots are for what an entry has pre-prepared. */
export const votesFor = (ballots: Ballots, { digest }: Entry): number =>
  ballots.filter((b) => b.digest === digest).length

/** A replica knows what is behind a digest. */
const isKnown = (pbft: Pbft, st: Replica, digest: string): boolean =>
  digest === NULL_DIGEST || requestWith(pbft, st, digest) !== undefined

/** The prepares of an entry that count. */
export const countedPrepares = ({ rules }: Pbft, { view, prepares }: Entry): Ballots =>
  prepares.filter(({ by }) => rules.countsPrepare(by, view))

/** `prepared(m, v, n, i)`: the request, its pre-prepare, and enough prepares of backups are there. */
const isPreparedBy = (pbft: Pbft, st: Replica, entry: Entry): boolean =>
  entry.digest !== null &&
  isKnown(pbft, st, entry.digest) &&
  votesFor(countedPrepares(pbft, entry), entry) >= pbft.rules.prepares

/** `committed-local(m, v, n, i)`: it is prepared, and enough commits are there. */
const isCommittedBy = ({ rules }: Pbft, entry: Entry): boolean =>
  entry.isPrepared && votesFor(entry.commits, entry) >= rules.commits

/** What follows from the log: commits, executions, checkpoints, and proposals of the primary. */
export const advance = (pbft: Pbft, st: Replica): Reaction => {
  const { rules } = pbft
  const open = st.log.filter(({ view }) => rules.takesPart(st, view))
  const prepared = open.find((e) => !e.isPrepared && isPreparedBy(pbft, st, e))
  if (prepared?.digest !== undefined && prepared.digest !== null) {
    const { view, number, digest } = prepared
    const commits = rules.note(prepared.commits, st.id, digest)
    const sent = toOthers(pbft, st, { _tag: 'Commit', view, number, digest, by: st.id })
    return andThen([withEntry(st, { ...prepared, isPrepared: true, commits }), sent], (after) => advance(pbft, after))
  }
  const committed = open.find((e) => !e.isCommitted && isCommittedBy(pbft, e))
  if (committed !== undefined) return advance(pbft, withEntry(st, { ...committed, isCommitted: true }))
  return andThen(executeNext(pbft, st), (after) => proposeNext(pbft, after))
}

/** Executes all that is next, as far as it is committed. */
const executeNext = (pbft: Pbft, st: Replica): Reaction => {
  const number = st.executed + 1
  const next = st.log.find((e) => e.number === number && e.isCommitted)
  if (next?.digest === undefined || next.digest === null || !isKnown(pbft, st, next.digest)) return ignored(st)
  const request = requestWith(pbft, st, next.digest)
  const { state, sent } =
    next.digest === NULL_DIGEST || request === undefined
      ? { state: st.state, sent: [] }
      : executed(pbft, st, request, next.view)
  return andThen(
    andThen([{ ...st, executed: number, state }, sent], (after) => checkpointed(pbft, after)),
    (after) => executeNext(pbft, after)
  )
}

/** What a request makes of the service; what a client has had an answer to is not executed again. */
const executed = (
  { service, rules }: Pbft,
  { id, state }: Replica,
  { client, timestamp, operation }: Request,
  view: number
): { readonly state: ServiceState; readonly sent: ReadonlyArray<Letter<PbftMessage>> } => {
  if ((lastReply(state, client)?.timestamp ?? 0) >= timestamp && !rules.executesAgain) return { state, sent: [] }
  const { snapshot, result } = service.execute(state.snapshot, operation)
  const reply = { client, timestamp, result }
  return {
    state: { snapshot, replies: withOne(state.replies, reply, (r) => r.client) },
    sent: [{ to: client, msg: { _tag: 'Reply', view, ...reply, by: id } }]
  }
}

/** The replica after it has executed: where a checkpoint is due it makes one. */
const checkpointed = (pbft: Pbft, st: Replica): Reaction => {
  const number = st.executed
  if (number % pbft.period !== 0 || number <= st.stable.number) return ignored(st)
  const checkpoint = { _tag: 'Checkpoint', number, digest: pbft.digest(stateText(st.state)), by: st.id } as const
  return andThen(
    [{ ...st, snapshots: [...st.snapshots, { number, state: st.state }] }, toOthers(pbft, st, checkpoint)],
    (after) => noteCheckpoint(pbft, after, checkpoint)
  )
}

/** The primary of a view that has begun gives numbers to requests that have none, as far as the water marks let it. */
const proposeNext = (pbft: Pbft, st: Replica): Reaction => {
  const { view } = st
  const number = st.assigned + 1
  if (primaryOf(pbft, view) !== st.id || !st.isActive || !isInWindow(pbft, st, number)) return ignored(st)
  const taken = st.log.flatMap((e) => (e.view === view && e.digest !== null ? [e.digest] : []))
  const next = st.requests
    .map((request) => ({ request, digest: digestOf(pbft, request) }))
    .find(({ request, digest }) => !taken.includes(digest) && !isAnswered(st, request))
  if (next === undefined) return ignored(st)
  const { request, digest } = next
  return andThen(
    [{ ...st, assigned: number }, toOthers(pbft, st, { _tag: 'PrePrepare', view, number, digest, request })],
    (after) => accept(pbft, after, view, number, digest)
  )
}

/** A replica takes over what is pre-prepared. A backup sends its prepare, and notes it; the pre-prepare is the primary's. */
export const takeOver = (pbft: Pbft, st: Replica, view: View, number: SequenceNumber, digest: Digest): Reaction => {
  const entry = { ...entryOf(st, view, number), digest }
  if (!pbft.rules.countsPrepare(st.id, view)) return ignored(withEntry(st, entry))
  const prepares = pbft.rules.note(entry.prepares, st.id, digest)
  return [
    withEntry(st, { ...entry, prepares }),
    toOthers(pbft, st, { _tag: 'Prepare', view, number, digest, by: st.id })
  ]
}

/** The same, with what follows from it. */
export const accept = (pbft: Pbft, st: Replica, view: View, number: SequenceNumber, digest: Digest): Reaction =>
  andThen(takeOver(pbft, st, view, number, digest), (after) => advance(pbft, after))
