/**
 * PBFT: checkpoints. What a quorum has the same state after is stable; all below is forgotten, and who is behind asks for the
 * state. (Castro, Liskov 1999, section 4.3.)
 *
 * The certificate of a checkpoint has 2f + 1 messages, as in the paper of 1999; Velisarios takes f + 1.
 */
import type { Address } from '../../system/address.js'
import { toEach } from '../../system/protocol.js'
import { advance } from './execution.js'
import { stateText } from './messages.js'
import type { Checkpoint, FetchState, StateTransfer } from './messages.js'
import { andThen, digestOf, ignored, isInWindow, lastReply, withOne } from './replica.js'
import type { Pbft, Reaction, Replica } from './replica.js'

/** These checkpoints show a digest at a number: enough different replicas have made them. */
export const showsStable = ({ rules, replicas }: Pbft, number: number, proof: ReadonlyArray<Checkpoint>): boolean => {
  const [first] = proof
  return (
    proof.every((c) => c.number === number && c.digest === first?.digest && replicas.includes(c.by)) &&
    new Set(proof.map(({ by }) => by)).size === proof.length &&
    proof.length >= rules.checkpoints
  )
}

/** A replica has made a checkpoint. The first that it makes at a number counts. */
export const onCheckpoint = (pbft: Pbft, st: Replica, from: Address, m: Checkpoint): Reaction => {
  const { number, digest, by } = m
  const isNew = !st.checkpoints.some((c) => c.number === number && c.by === by)
  const isRight =
    from === by && pbft.replicas.includes(by) && isInWindow(pbft, st, number) && number % pbft.period === 0 && isNew
  if (!isRight) return ignored(st)
  const checkpoints = withOne(
    st.checkpoints,
    m,
    (c) => c.number,
    (c) => c.by
  )
  const proof = checkpoints.filter((c) => c.number === number && c.digest === digest)
  const noted: Replica = { ...st, checkpoints }
  return proof.length >= pbft.rules.checkpoints
    ? andThen(stabilize(pbft, noted, number, proof), (after) => advance(pbft, after))
    : ignored(noted)
}

/** A checkpoint is stable: what is not above it is forgotten. A replica that is behind asks for the state. */
export const stabilize = (pbft: Pbft, st: Replica, number: number, proof: ReadonlyArray<Checkpoint>): Reaction => {
  if (number <= st.stable.number) return ignored(st)
  const state = st.snapshots.find((s) => s.number === number)?.state ?? null
  const after: Replica = {
    ...st,
    stable: { number, proof, state },
    assigned: Math.max(st.assigned, number),
    log: st.log.filter((e) => e.number > number),
    snapshots: st.snapshots.filter((s) => s.number > number),
    checkpoints: st.checkpoints.filter((c) => c.number > number)
  }
  const others = proof.map(({ by }) => by).filter((by) => by !== st.id)
  return [withoutDone(pbft, after), state === null ? toEach(others, { _tag: 'FetchState', number }) : []]
}

/** The replica without requests before the last that a client has had an answer to, but for those of its log. */
const withoutDone = (pbft: Pbft, st: Replica): Replica => ({
  ...st,
  requests: st.requests.filter(
    (r) =>
      (lastReply(st.state, r.client)?.timestamp ?? 0) <= r.timestamp ||
      st.log.some((e) => e.digest === digestOf(pbft, r))
  )
})

/** Another replica asks for the state at the last stable checkpoint. */
export const onFetchState = (pbft: Pbft, st: Replica, from: Address, { number }: FetchState): Reaction => {
  const { stable } = st
  return pbft.replicas.includes(from) && stable.number === number && stable.state !== null
    ? [st, [{ to: from, msg: { _tag: 'StateTransfer', number, state: stable.state } }]]
    : ignored(st)
}

/** The state that was asked for. Whoever has sent it, its digest is that of the checkpoint. */
export const onStateTransfer = (pbft: Pbft, st: Replica, { number, state }: StateTransfer): Reaction => {
  const { stable } = st
  const [shown] = stable.proof
  const isRight = stable.number === number && stable.state === null && pbft.digest(stateText(state)) === shown?.digest
  if (!isRight) return ignored(st)
  const isAhead = st.executed >= number
  return advance(pbft, {
    ...st,
    stable: { ...stable, state },
    ...(isAhead ? {} : { executed: number, state })
  })
}
