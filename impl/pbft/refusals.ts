/**
 * Why a replica does nothing with a message: the guards of the specification's transitions one by one, each with its name,
 * and the limits of the library. It is asked before signatures are looked at, so that a flood costs little.
 */
import type {
  Checkpoint,
  FetchState,
  NewView,
  PbftMessage,
  PrePrepare,
  Request,
  StateTransfer,
  ViewChange,
  Vote
} from '../../spec/byzantine/pbft/messages.js'
import { requestText, stateText } from '../../spec/byzantine/pbft/messages.js'
import { isNewView } from '../../spec/byzantine/pbft/newView.js'
import { lastReply } from '../../spec/byzantine/pbft/replica.js'
import type { Pbft } from '../../spec/byzantine/pbft/replica.js'
import { primaryOf } from '../../spec/byzantine/pbft/replication.js'
import { isViewChange } from '../../spec/byzantine/pbft/viewChange.js'
import type { Address } from '../../spec/system/address.js'
import { VIEW_CHANGES_AHEAD } from './configuration.js'
import type { Configuration } from './configuration.js'
import { entryAt } from './log.js'
import type { ReplicaState } from './state.js'

/** Why an input is refused. */
export type Refusal =
  /** It is from nobody who may send it, or from another than it says, or a number in it is none. */
  | 'NotTheSender'
  | 'NotANumber'
  /** The replica waits for its view to begin, or is in another view. */
  | 'NotActive'
  | 'OtherView'
  | 'OutsideTheWaterMarks'
  /** The sender has said this, or something else, at this place before. */
  | 'SaidBefore'
  /** Of the request another digest is claimed than it has. */
  | 'WrongDigest'
  /** Prepares are for backups. */
  | 'PrepareOfThePrimary'
  /** The client has had an answer to a later request. */
  | 'AnsweredLater'
  /** The client waits for more answers than it may; the sender is ahead by more view changes than it may. */
  | 'TooMany'
  | 'NoCheckpointThere'
  /** A view change, or a new view, that does not follow from what is in it. */
  | 'Unfounded'
  /** A state that was not asked for, or that nobody has; or that has another digest. */
  | 'NotAskedFor'
  | 'NotThere'
  | 'WrongState'
  /** Replicas do nothing with replies. */
  | 'NotForReplicas'
  /** The timer has been set anew. */
  | 'OldTimer'

const ofRequest = <S>(c: Configuration<S>, st: ReplicaState<S>, from: Address, m: Request): Refusal | undefined => {
  if (from !== m.client || !c.pbft.clients.includes(from)) return 'NotTheSender'
  const reply = lastReply(st.state, from)
  const last = reply?.timestamp ?? 0
  if (m.timestamp === reply?.timestamp) return undefined
  if (m.timestamp <= last) return 'AnsweredLater'
  const waiting = st.requests.filter(({ request }) => request.client === from && request.timestamp > last)
  const text = requestText(m)
  if (waiting.some(({ request }) => requestText(request) === text)) return 'SaidBefore'
  return waiting.length >= c.waiting ? 'TooMany' : undefined
}

/** The replica takes part in a view, and a number is between its water marks. */
const outside = <S>(
  { pbft }: Configuration<S>,
  st: ReplicaState<S>,
  { view, number }: { readonly view: number; readonly number: number }
): Refusal | undefined =>
  view !== st.view
    ? 'OtherView'
    : !st.isActive
      ? 'NotActive'
      : number <= st.stable.number || number > st.stable.number + pbft.window
        ? 'OutsideTheWaterMarks'
        : undefined

const ofPrePrepare = <S>(
  c: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  m: PrePrepare
): Refusal | undefined => {
  const { pbft } = c
  if (from !== primaryOf(pbft, m.view) || from === st.id || !pbft.clients.includes(m.request.client))
    return 'NotTheSender'
  const where = outside(c, st, m)
  if (where !== undefined) return where
  if (entryAt(c, st, m.view, m.number)?.digest) return 'SaidBefore'
  const text = requestText(m.request)
  const known = st.requests.find(
    ({ request }) => request.timestamp === m.request.timestamp && requestText(request) === text
  )
  return (known?.digest ?? pbft.digest(text)) === m.digest ? undefined : 'WrongDigest'
}

const ofVote = <S>(c: Configuration<S>, st: ReplicaState<S>, from: Address, m: Vote): Refusal | undefined => {
  const { pbft } = c
  if (from !== m.by || !pbft.replicas.includes(from)) return 'NotTheSender'
  const where = outside(c, st, m)
  if (where !== undefined) return where
  if (m._tag === 'Prepare' && !pbft.rules.countsPrepare(from, m.view)) return 'PrepareOfThePrimary'
  const entry = entryAt(c, st, m.view, m.number)
  const ballots = m._tag === 'Prepare' ? entry?.prepares : entry?.commits
  return ballots?.some(({ by }) => by === from) === true ? 'SaidBefore' : undefined
}

const ofCheckpoint = <S>(
  { pbft }: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  { number, by }: Checkpoint
): Refusal | undefined => {
  if (from !== by || !pbft.replicas.includes(by)) return 'NotTheSender'
  if (number <= st.stable.number || number > st.stable.number + pbft.window) return 'OutsideTheWaterMarks'
  if (number % pbft.period !== 0) return 'NoCheckpointThere'
  return st.checkpoints.some((other) => other.number === number && other.by === by) ? 'SaidBefore' : undefined
}

/** So many others wait for later views that the replica follows at the next view change, even at one for its own view. */
const isToFollow = <S>({ weak }: Pbft, { id, view, viewChanges }: ReplicaState<S>): boolean =>
  new Set(viewChanges.flatMap((m) => (m.view > view && m.by !== id ? [m.by] : []))).size >= weak

const ofViewChange = <S>(
  { pbft }: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  m: ViewChange
): Refusal | undefined => {
  if (from !== m.by || !pbft.replicas.includes(from)) return 'NotTheSender'
  if (m.view < st.view || (m.view === st.view && st.isActive && !isToFollow(pbft, st))) return 'OtherView'
  const others = st.viewChanges.filter(({ by }) => by === m.by)
  if (others.some(({ view }) => view === m.view)) return 'SaidBefore'
  if (m.view > st.view && others.filter(({ view }) => view > st.view).length >= VIEW_CHANGES_AHEAD) return 'TooMany'
  return isViewChange(pbft, m) ? undefined : 'Unfounded'
}

const ofNewView = <S>(
  { pbft }: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  m: NewView
): Refusal | undefined => {
  if (from !== m.by || from !== primaryOf(pbft, m.view) || from === st.id) return 'NotTheSender'
  if (m.view === 0 || m.view < st.view || (m.view === st.view && st.isActive)) return 'OtherView'
  return isNewView(pbft, m) ? undefined : 'Unfounded'
}

const ofFetchState = <S>(
  { pbft }: Configuration<S>,
  { stable }: ReplicaState<S>,
  from: Address,
  { number }: FetchState
): Refusal | undefined =>
  !pbft.replicas.includes(from)
    ? 'NotTheSender'
    : stable.number !== number || stable.state === null
      ? 'NotThere'
      : undefined

const ofStateTransfer = <S>(
  { pbft }: Configuration<S>,
  { stable }: ReplicaState<S>,
  { number, state }: StateTransfer
): Refusal | undefined =>
  stable.number !== number || stable.state !== null
    ? 'NotAskedFor'
    : pbft.digest(stateText(state)) !== stable.proof[0]?.digest
      ? 'WrongState'
      : undefined

/** The numbers that a message speaks of. Of a codec come no others than these; a program may pass anything. */
const numbersIn = (m: PbftMessage): ReadonlyArray<number> => {
  switch (m._tag) {
    case 'Request':
      return [m.request.timestamp]
    case 'PrePrepare':
      return [m.view, m.number, m.request.timestamp]
    case 'Prepare':
    case 'Commit':
      return [m.view, m.number]
    case 'Checkpoint':
    case 'FetchState':
    case 'StateTransfer':
      return [m.number]
    case 'ViewChange':
      return [m.view, m.stable, ...m.prepared.flatMap(({ view, number }) => [view, number])]
    case 'NewView':
      return [m.view, ...m.viewChanges.flatMap(numbersIn), ...m.proposals.map(({ number }) => number)]
    case 'Reply':
      return []
  }
}

/** Why a replica does nothing with a message from somebody; undefined: it does what the specification says. */
export const refusalOf = <S>(
  c: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  m: PbftMessage
): Refusal | undefined => {
  if (!numbersIn(m).every((n) => Number.isSafeInteger(n) && n >= 0)) return 'NotANumber'
  switch (m._tag) {
    case 'Request':
      return ofRequest(c, st, from, m.request)
    case 'PrePrepare':
      return ofPrePrepare(c, st, from, m)
    case 'Prepare':
    case 'Commit':
      return ofVote(c, st, from, m)
    case 'Checkpoint':
      return ofCheckpoint(c, st, from, m)
    case 'ViewChange':
      return ofViewChange(c, st, from, m)
    case 'NewView':
      return ofNewView(c, st, from, m)
    case 'FetchState':
      return ofFetchState(c, st, from, m)
    case 'StateTransfer':
      return ofStateTransfer(c, st, m)
    case 'Reply':
      return 'NotForReplicas'
  }
}
