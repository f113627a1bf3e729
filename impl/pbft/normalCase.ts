/**
 * What happens for every request, for states of this library: the functions of `normalCase.ts`, `execution.ts`,
 * `checkpoint.ts` and `stability.ts` of the specification, under their names. That a message is right was decided before.
 */
import type {
  Checkpoint,
  PbftMessage,
  PrePrepare,
  Request,
  SequenceNumber,
  Vote
} from '../../spec/byzantine/pbft/messages.js'
import { NULL_DIGEST, requestText, stateText } from '../../spec/byzantine/pbft/messages.js'
import { votesFor } from '../../spec/byzantine/pbft/execution.js'
import { lastReply, withOne } from '../../spec/byzantine/pbft/replica.js'
import { emptyEntry } from '../../spec/byzantine/pbft/state.js'
import type { Ballots, Entry } from '../../spec/byzantine/pbft/state.js'
import { primaryOf } from '../../spec/byzantine/pbft/replication.js'
import type { View } from '../../spec/byzantine/pbft/replication.js'
import type { Address } from '../../spec/system/address.js'
import type { Configuration } from './configuration.js'
import { entriesAt, entryAt, putEntry } from './log.js'
import { executeOn, Held } from './service.js'
import { requestsToKeep } from './spec.js'
import { NOTHING } from './state.js'
import type { Draft, Known } from './state.js'
import type { Output } from './events.js'

const toOthers = <S>({ pbft }: Configuration<S>, { id }: Draft<S>, message: PbftMessage): Output => ({
  _tag: 'Send',
  to: pbft.replicas.filter((n) => n !== id),
  message
})

/** The ballots with one more: the first of each replica counts. */
const note = (ballots: Ballots, by: Address, digest: string): Ballots =>
  ballots.some((b) => b.by === by) ? ballots : withOne(ballots, { by, digest }, (b) => b.by)

/** Notes a request, where it is new; it is known afterwards. */
const withRequest = <S>({ pbft }: Configuration<S>, st: Draft<S>, request: Request): void => {
  const text = requestText(request)
  const { client, timestamp } = request
  const isAfter = (k: Known): boolean =>
    k.request.client > client || (k.request.client === client && k.request.timestamp > timestamp)
  const isSame = (k: Known): boolean => k.request.timestamp === timestamp && requestText(k.request) === text
  if (st.requests.some(isSame)) return
  const at = st.requests.findIndex(isAfter)
  st.requests = st.requests.toSpliced(at < 0 ? st.requests.length : at, 0, { request, digest: pbft.digest(text) })
}

const requestWith = <S>({ requests }: Draft<S>, digest: string): Request | undefined =>
  requests.find((k) => k.digest === digest)?.request

const isAnswered = <S>({ state }: Draft<S>, { client, timestamp }: Request): boolean =>
  (lastReply(state, client)?.timestamp ?? 0) >= timestamp

/**
 * A request whose answer is the last of its client is answered again. Else it is noted, and the primary gives it a number.
 * Whether something has changed.
 */
export const onRequest = <S>(c: Configuration<S>, st: Draft<S>, request: Request, out: Output[]): boolean => {
  const last = lastReply(st.state, request.client)
  if (last?.timestamp === request.timestamp) {
    out.push({ _tag: 'Send', to: [request.client], message: { _tag: 'Reply', view: st.view, ...last, by: st.id } })
    return false
  }
  withRequest(c, st, request)
  advance(c, st, waitingFor(c, st, request), out)
  return true
}

/** A backup accepts a pre-prepare. */
export const onPrePrepare = <S>(c: Configuration<S>, st: Draft<S>, m: PrePrepare, out: Output[]): void => {
  withRequest(c, st, m.request)
  takeOver(c, st, m.view, m.number, m.digest, out)
  advance(c, st, [m.number], out)
}

/** A prepare or a commit is noted. */
export const onVote = <S>(c: Configuration<S>, st: Draft<S>, m: Vote, out: Output[]): void => {
  const entry = entryIn(c, st, m.view, m.number)
  putEntry(
    c,
    st,
    m._tag === 'Prepare'
      ? { ...entry, prepares: note(entry.prepares, m.by, m.digest) }
      : { ...entry, commits: note(entry.commits, m.by, m.digest) }
  )
  advance(c, st, [m.number], out)
}

/** A checkpoint of another replica is noted. */
export const onCheckpoint = <S>(c: Configuration<S>, st: Draft<S>, m: Checkpoint, out: Output[]): void => {
  noteCheckpoint(c, st, m, out)
  advance(c, st, [], out)
}

const entryIn = <S>(c: Configuration<S>, st: Draft<S>, view: View, number: SequenceNumber): Entry =>
  entryAt(c, st, view, number) ?? emptyEntry(view, number)

/** The numbers in the view that are not prepared yet, and may lack nothing but this request. */
const waitingFor = <S>(
  c: Configuration<S>,
  { log, view, requests }: Draft<S>,
  request: Request
): ReadonlyArray<number> => {
  const digest = requests.find((k) => k.request === request)?.digest
  const numbers: SequenceNumber[] = []
  for (const entries of log)
    for (const e of entries) if (e.digest === digest && e.view === view && !e.isPrepared) numbers.push(e.number)
  return numbers.toSorted((a, b) => a - b)
}

/** What is pre-prepared is noted; a backup says so. */
const takeOver = <S>(
  c: Configuration<S>,
  st: Draft<S>,
  view: View,
  number: SequenceNumber,
  digest: string,
  out: Output[]
): void => {
  const entry = { ...entryIn(c, st, view, number), digest }
  if (primaryOf(c.pbft, view) === st.id) {
    putEntry(c, st, entry)
    return
  }
  putEntry(c, st, { ...entry, prepares: note(entry.prepares, st.id, digest) })
  out.push(toOthers(c, st, { _tag: 'Prepare', view, number, digest, by: st.id }))
}

/** What follows from the log, where something has changed at these numbers of the view. */
const advance = <S>(c: Configuration<S>, st: Draft<S>, changed: ReadonlyArray<SequenceNumber>, out: Output[]): void => {
  let numbers = changed
  for (;;) {
    for (const number of st.isActive ? numbers : []) prepare(c, st, number, out)
    for (const number of st.isActive ? numbers : []) commit(c, st, number)
    while (executeNext(c, st, out)) checkpointed(c, st, out)
    const proposed = proposeNext(c, st, out)
    if (proposed === undefined) return
    numbers = [proposed]
  }
}

/** Where there are enough prepares, and the request is known, the replica sends its commit. */
const prepare = <S>(c: Configuration<S>, st: Draft<S>, number: SequenceNumber, out: Output[]): void => {
  const entry = entryAt(c, st, st.view, number)
  if (entry?.digest === undefined || entry.digest === null || entry.isPrepared) return
  const { view, digest } = entry
  const isPrepared =
    votesFor(entry.prepares, entry) >= c.pbft.rules.prepares &&
    (digest === NULL_DIGEST || requestWith(st, digest) !== undefined)
  if (!isPrepared) return
  putEntry(c, st, { ...entry, isPrepared, commits: note(entry.commits, st.id, digest) })
  out.push(toOthers(c, st, { _tag: 'Commit', view, number, digest, by: st.id }))
}

const commit = <S>(c: Configuration<S>, st: Draft<S>, number: SequenceNumber): void => {
  const entry = entryAt(c, st, st.view, number)
  if (entry?.isPrepared === true && !entry.isCommitted && votesFor(entry.commits, entry) >= c.pbft.rules.commits)
    putEntry(c, st, { ...entry, isCommitted: true })
}

/** Executes what is next, where it is committed; whether it was. */
const executeNext = <S>(c: Configuration<S>, st: Draft<S>, out: Output[]): boolean => {
  const number = st.executed + 1
  const next = entriesAt(c, st, number).find((e) => e.number === number && e.isCommitted)
  if (next?.digest === undefined || next.digest === null) return false
  const request = requestWith(st, next.digest)
  if (next.digest !== NULL_DIGEST && request === undefined) return false
  st.executed = number
  if (request === undefined || isAnswered(st, request)) return true
  const { client, timestamp } = request
  const [value, result] = executeOn(c.service, st.state.value, request.operation)
  const reply = { client, timestamp, result }
  st.state = new Held(
    c.service,
    value,
    withOne(st.state.replies, reply, (r) => r.client)
  )
  out.push({ _tag: 'Send', to: [client], message: { _tag: 'Reply', view: next.view, ...reply, by: st.id } })
  return true
}

/** Where a checkpoint is due the replica makes one. */
const checkpointed = <S>(c: Configuration<S>, st: Draft<S>, out: Output[]): void => {
  const { executed: number, state } = st
  if (number % c.pbft.period !== 0 || number <= st.stable.number) return
  const checkpoint = { _tag: 'Checkpoint', number, digest: c.pbft.digest(stateText(state)), by: st.id } as const
  st.snapshots = [...st.snapshots, { number, state }]
  out.push(toOthers(c, st, checkpoint))
  noteCheckpoint(c, st, checkpoint, out)
}

/** A checkpoint is noted; it may be stable now. */
const noteCheckpoint = <S>(c: Configuration<S>, st: Draft<S>, checkpoint: Checkpoint, out: Output[]): void => {
  st.checkpoints = withOne(
    st.checkpoints,
    checkpoint,
    (other) => other.number,
    (other) => other.by
  )
  const { number, digest } = checkpoint
  const proof = st.checkpoints.filter((other) => other.number === number && other.digest === digest)
  if (proof.length >= c.pbft.rules.checkpoints) stabilize(st, number, proof, out)
}

/** After a checkpoint has become stable, at the end of a step: `forget`, for what a step of this file changes. */
export const forgetRequests = <S>({ waiting }: Configuration<S>, st: Draft<S>): void => {
  const logged = new Set(st.log.flatMap((entries) => entries.map((e) => e.digest)))
  st.requests = requestsToKeep(waiting, st.requests, (k) => !isAnswered(st, k.request) && !logged.has(k.digest))
}

/** A checkpoint is stable: what is not above it is forgotten. A replica that is behind asks for the state. */
const stabilize = <S>(st: Draft<S>, number: SequenceNumber, proof: ReadonlyArray<Checkpoint>, out: Output[]): void => {
  if (number <= st.stable.number) return
  const state = st.snapshots.find((s) => s.number === number)?.state ?? null
  st.stable = { number, proof, state }
  st.assigned = Math.max(st.assigned, number)
  st.log = st.log.map((entries) => (entries.some((e) => e.number <= number) ? NOTHING : entries))
  st.snapshots = st.snapshots.filter((s) => s.number > number)
  st.checkpoints = st.checkpoints.filter((other) => other.number > number)
  const logged = new Set(st.log.flatMap((entries) => entries.map((e) => e.digest)))
  st.requests = st.requests.filter(
    ({ request, digest }) =>
      (lastReply(st.state, request.client)?.timestamp ?? 0) <= request.timestamp || logged.has(digest)
  )
  const others = proof.map(({ by }) => by).filter((by) => by !== st.id)
  if (state === null && others.length > 0)
    out.push({ _tag: 'Send', to: others, message: { _tag: 'FetchState', number } })
}

/** The primary gives the first request that has none a number; which one, if it has. */
const proposeNext = <S>(c: Configuration<S>, st: Draft<S>, out: Output[]): SequenceNumber | undefined => {
  const { view, stable } = st
  const number = st.assigned + 1
  const isTurn =
    primaryOf(c.pbft, view) === st.id &&
    st.isActive &&
    number > stable.number &&
    number <= stable.number + c.pbft.window
  if (!isTurn) return undefined
  const taken = new Set<string | null>()
  for (const entries of st.log) for (const e of entries) if (e.view === view) taken.add(e.digest)
  const next = st.requests.find(({ request, digest }) => !taken.has(digest) && !isAnswered(st, request))
  if (next === undefined) return undefined
  const { request, digest } = next
  st.assigned = number
  out.push(toOthers(c, st, { _tag: 'PrePrepare', view, number, digest, request }))
  takeOver(c, st, view, number, digest, out)
  return number
}
