/**
 * PBFT: what a replica does with the checkpoints of others, and how one that is behind comes by the state. (Castro, Liskov
 * 1999, section 4.3.)
 */
import type { Address } from '../../system/address.js'
import { advance } from './execution.js'
import { stateText } from './messages.js'
import type { Checkpoint, FetchState, StateTransfer } from './messages.js'
import { andThen, ignored, isInWindow } from './replica.js'
import type { Pbft, Reaction } from './replica.js'
import type { Replica } from './state.js'
import { noteCheckpoint } from './stability.js'

/** A replica has made a checkpoint. The first that it makes at a number counts. */
export const onCheckpoint = (pbft: Pbft, st: Replica, from: Address, m: Checkpoint): Reaction => {
  const { number, by } = m
  const isNew = !st.checkpoints.some((c) => c.number === number && c.by === by)
  const isRight =
    from === by && pbft.replicas.includes(by) && isInWindow(pbft, st, number) && number % pbft.period === 0 && isNew
  if (!isRight) return ignored(st)
  return andThen(noteCheckpoint(pbft, st, m), (after) => advance(pbft, after))
}

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
