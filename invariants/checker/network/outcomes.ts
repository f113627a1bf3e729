/**
 * What nodes did in an exploration, as far as it can be told from outside: for each kind of message and of internal
 * transition, whether the state changed, and what kinds of message were sent. Different outcomes are different branches of
 * the protocol; a branch that no outcome shows was not reached, or does nothing that another does not do too.
 */
import type { Protocol, ToSend } from '../../../spec/system/protocol.js'
import { canonical } from '../data/canonical.js'

/** A way in which nodes reacted. */
export interface Outcome {
  /** The kind of message that arrived, or of internal transition that was made. */
  readonly on: string
  readonly changes: boolean
  /** The kinds of message sent, each once. */
  readonly sends: ReadonlyArray<string>
  /** How many different local steps (state, message, sender, time) went so. */
  readonly steps: number
}

/** Wraps protocols, and records what they do. */
export interface Recorder<State, Message, Internal, Timestamp> {
  readonly protocol: (
    Pr: Protocol<State, Message, Internal, Timestamp>
  ) => Protocol<State, Message, Internal, Timestamp>
  /** All that has been done so far, in order of kinds. */
  readonly outcomes: () => ReadonlyArray<Outcome>
}

/** Records what the nodes of a network do; every protocol that it wraps writes to one list. */
export const recorder = <State, Message, Internal, Timestamp>(names: {
  readonly message: (m: Message) => string
  readonly internal: (t: Internal) => string
}): Recorder<State, Message, Internal, Timestamp> => {
  const known = new Map<string, Omit<Outcome, 'steps'> & { readonly steps: Set<string> }>()

  const record = (on: string, changes: boolean, sent: ToSend<Message>, step: unknown): void => {
    const sends = [...new Set(sent.map(({ msg }) => names.message(msg)))].sort()
    const name = canonical([on, changes, sends])
    const outcome = known.get(name) ?? { on, changes, sends, steps: new Set() }
    known.set(name, outcome)
    outcome.steps.add(canonical(step))
  }

  return {
    protocol: (Pr) => ({
      ...Pr,
      procMsg: (st, from, msg, ts) => {
        const [after, sent] = Pr.procMsg(st, from, msg, ts)
        record(names.message(msg), !Pr.State.equals(st, after), sent, [st, from, msg, ts])
        return [after, sent]
      },
      procInt: (st, transition, ts) => {
        const [after, sent] = Pr.procInt(st, transition, ts)
        record(names.internal(transition), !Pr.State.equals(st, after), sent, [st, transition, ts])
        return [after, sent]
      }
    }),
    outcomes: () =>
      [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, outcome]) => ({ ...outcome, steps: outcome.steps.size }))
  }
}
