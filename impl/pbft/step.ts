/**
 * A replica as a pure state machine: what becomes of a state by an input, and what is to be done then.
 *
 * It is the specification's. What happens for every request (requests, pre-prepares, prepares, commits, checkpoints) is
 * written for states of this library in `normalCase.ts`; for the rest, which is rare, the specification itself is called.
 * Tests compare all of it with the specification at every step.
 */
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import { requestText } from '../../spec/byzantine/pbft/messages.js'
import { receive, timeout } from '../../spec/byzantine/pbft/pbft.js'
import type { Pbft, Reaction } from '../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../spec/byzantine/pbft/state.js'
import type { Address } from '../../spec/system/address.js'
import type { Letter } from '../../spec/system/protocol.js'
import type { Configuration } from './configuration.js'
import { forgetRequests, onCheckpoint, onPrePrepare, onRequest, onVote } from './normalCase.js'
import { missedBy } from './resend.js'
import type { Input, Output } from './events.js'
import { refusalOf } from './refusals.js'
import type { Refusal } from './refusals.js'
import { forget, fromSpec, toSpec } from './spec.js'
import type { Draft, ReplicaState } from './state.js'
import { areSame, awaited, MOST_PATIENCE } from './timers.js'

/** What becomes of a replica, and what it has to do, in this order. */
export type Step<S> = readonly [ReplicaState<S>, ReadonlyArray<Output>]

const refused = <S>(st: ReplicaState<S>, because: Refusal): Step<S> => [st, [{ _tag: 'Refused', because }]]

/** The outputs for letters: neighbours with the same message are one. */
export const sends = (letters: ReadonlyArray<Letter<PbftMessage>>): ReadonlyArray<Output> => {
  const all: Array<{ readonly _tag: 'Send'; readonly to: Address[]; readonly message: PbftMessage }> = []
  for (const { to, msg } of letters) {
    const last = all.at(-1)
    if (last?.message === msg) last.to.push(to)
    else all.push({ _tag: 'Send', to: [to], message: msg })
  }
  return all
}

/** Sets the timer that is to run after a step: the one that runs, where the replica waits for the same. */
const withTimer = <S>(c: Configuration<S>, before: ReplicaState<S>, after: Draft<S>, out: Output[]): void => {
  const isAsBefore =
    before.executed === after.executed &&
    before.requests === after.requests &&
    before.view === after.view &&
    before.isActive === after.isActive &&
    before.viewChanges === after.viewChanges
  if (isAsBefore) return
  const awaits = awaited(c, after)
  if (areSame(awaits, after.timer?.awaits)) return
  if (awaits === undefined) {
    after.timer = null
    return
  }
  const serial = after.timers + 1
  after.timers = serial
  after.timer = { serial, awaits, again: false }
  out.push({ _tag: 'SetTimer', serial, times: 2 ** after.patience })
}

/** The specification's service does not compute twice the digests that the replica knows. */
const knowing = <S>(pbft: Pbft, { requests }: ReplicaState<S>): Pbft => {
  const known = new Map(requests.map(({ request, digest }) => [requestText(request), digest]))
  return { ...pbft, digest: (text) => known.get(text) ?? pbft.digest(text) }
}

/** A step of the specification. */
const bySpec = <S>(
  c: Configuration<S>,
  st: ReplicaState<S>,
  react: (pbft: Pbft, st: Replica) => Reaction,
  out: Output[]
): Draft<S> => {
  const before = toSpec(st)
  const pbft = knowing(c.pbft, st)
  const [after, letters] = react(pbft, before)
  out.push(...sends(letters))
  return after === before ? st : { ...fromSpec(c, forget({ ...c, pbft }, before, after), st) }
}

const received = <S>(
  c: Configuration<S>,
  st: ReplicaState<S>,
  from: Address,
  m: PbftMessage,
  out: Output[]
): Draft<S> => {
  const draft: Draft<S> = { ...st }
  switch (m._tag) {
    case 'Request':
      return onRequest(c, draft, m.request, out) ? draft : st
    case 'PrePrepare':
      onPrePrepare(c, draft, m, out)
      return draft
    case 'Prepare':
    case 'Commit':
      onVote(c, draft, m, out)
      return draft
    case 'Checkpoint':
      onCheckpoint(c, draft, m, out)
      return draft
    default:
      return bySpec(c, st, (pbft, replica) => receive(pbft, replica, from, m), out)
  }
}

/** A timer has run out: the replica sends again what others may have missed; the second time it gives up its view. */
const timedOut = <S>(c: Configuration<S>, st: ReplicaState<S>, serial: number): Step<S> => {
  const { timer, patience, timers } = st
  if (timer?.serial !== serial) return refused(st, 'OldTimer')
  const { awaits, again } = timer
  const store: Output = { _tag: 'Store', input: { _tag: 'Timer', serial } }
  if (awaits._tag === 'ViewChanges' || (awaits._tag === 'Execution' && !again)) {
    const next = { serial: timers + 1, awaits, again: true }
    return [
      { ...st, timer: next, timers: next.serial },
      [store, ...missedBy(c, st), { _tag: 'SetTimer', serial: next.serial, times: 2 ** patience }]
    ]
  }
  const out: Output[] = [store]
  const after = { ...bySpec(c, st, (pbft, replica) => timeout(pbft, replica, st.view + 1), out) }
  after.patience = Math.min(patience + 1, MOST_PATIENCE)
  withTimer(c, st, after, out)
  return [after, out]
}

/**
 * A step of a replica: what becomes of it by an input, and what it has to do. The state is not changed. An input that is
 * refused leaves the state as it is.
 */
export const step = <S>(c: Configuration<S>, st: ReplicaState<S>, input: Input): Step<S> => {
  if (input._tag === 'Timer') return timedOut(c, st, input.serial)
  const { from, message } = input
  const because = refusalOf(c, st, from, message)
  if (because !== undefined) return refused(st, because)
  const out: Output[] = []
  const after = received(c, st, from, message, out)
  if (after === st) return [st, out]
  if (after.stable.number !== st.stable.number) forgetRequests(c, after)
  if (after.executed > st.executed) after.patience = 0
  withTimer(c, st, after, out)
  return [after, [{ _tag: 'Store', input }, ...out]]
}

/** The state after inputs that have been stored, in their order. Nothing is to be done for them again. */
export const replay = <S>(c: Configuration<S>, st: ReplicaState<S>, inputs: Iterable<Input>): ReplicaState<S> => {
  let state = st
  for (const input of inputs) state = step(c, state, input)[0]
  return state
}
