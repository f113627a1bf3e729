/**
 * PBFT: when a checkpoint is stable. What a quorum has the same state after is; all below it is forgotten. (Castro, Liskov
 * 1999, section 4.3.)
 *
 * The certificate of a checkpoint has 2f + 1 messages, as in the paper of 1999; Velisarios takes f + 1.
 */
import { toEach } from '../../system/protocol.js'
import type { Checkpoint } from './messages.js'
import { digestOf, ignored, lastReply, withOne } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Replica } from './state.js'

/** These checkpoints show a digest at a number: enough different replicas have made them. */
export const showsStable = ({ rules, replicas }: Pbft, number: number, proof: ReadonlyArray<Checkpoint>): boolean => {
  const [first] = proof
  return (
    proof.every((c) => c.number === number && c.digest === first?.digest && replicas.includes(c.by)) &&
    new Set(proof.map(({ by }) => by)).size === proof.length &&
    proof.length >= rules.checkpoints
  )
}

/** A replica knows of a checkpoint, its own or another's; it may be stable now. */
export const noteCheckpoint = (pbft: Pbft, st: Replica, checkpoint: Checkpoint): Reaction => {
  const checkpoints = withOne(
    st.checkpoints,
    checkpoint,
    (c) => c.number,
    (c) => c.by
  )
  const { number, digest } = checkpoint
  const proof = checkpoints.filter((c) => c.number === number && c.digest === digest)
  const noted: Replica = { ...st, checkpoints }
  return proof.length >= pbft.rules.checkpoints ? stabilize(pbft, noted, number, proof) : ignored(noted)
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
