/**
 * Whether a run was one of the specification: each step of each replica is held against the specification's.
 */
import { receive, timeout } from '../../spec/byzantine/pbft/pbft.js'
import type { Pbft, Reaction } from '../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../spec/byzantine/pbft/state.js'
import type { Configuration } from './configuration.js'
import type { Input, Output } from './events.js'
import type { Refusal } from './refusals.js'
import { forget, toSpec } from './spec.js'
import { initialState } from './state.js'
import type { ReplicaState } from './state.js'
import { step } from './step.js'
import type { Step } from './step.js'

/** What has happened to a replica, or that it has started again, in a state. */
export type LogEntry<S> =
  | { readonly replica: number; readonly input: Input }
  | { readonly replica: number; readonly restarted: ReplicaState<S> }

/** Where a run is not one of the specification. */
export interface Difference {
  /** The number of the entry, from 0. */
  readonly at: number
  readonly replica: number
  readonly found: string
  readonly expected: string
}

/** What a run has come to: the states of the replicas, and how many steps were compared. */
export interface Validated<S> {
  readonly steps: number
  readonly states: ReadonlyArray<ReplicaState<S>>
}

/** Refusals that are the library's own: to the specification it is as if the message had been lost. */
const LIMITS: ReadonlyArray<Refusal> = ['TooMany', 'NotANumber']

const textOf = (st: Replica): string =>
  JSON.stringify(Object.fromEntries(Object.entries(st).toSorted(([a], [b]) => (a < b ? -1 : 1))))

/** The step of the specification that an input is; undefined: none, something is said again. */
export const reactionTo = <S>(
  { pbft }: Configuration<S>,
  st: Replica,
  input: Input,
  { timer }: ReplicaState<S>
): Reaction | undefined => {
  if (input._tag === 'Receive') return receive(pbft, st, input.from, input.message)
  const givesUp = timer?.awaits._tag === 'NewView' || (timer?.awaits._tag === 'Execution' && timer.again)
  return timer?.serial === input.serial && givesUp ? timeout(pbft, st, st.view + 1) : undefined
}

/** An input was refused for a limit that the specification does not have. */
export const isLost = ([first]: ReadonlyArray<Output>): boolean =>
  first?._tag === 'Refused' && LIMITS.includes(first.because)

/** What is sent, as a text. */
export const sentIn = (outputs: ReadonlyArray<Output>): string =>
  JSON.stringify(outputs.flatMap((o) => (o._tag === 'Send' ? o.to.map((to) => ({ to, msg: o.message })) : [])))

/** Where a step is not one of the specification. */
export const differenceIn = <S>(
  c: Configuration<S>,
  before: ReplicaState<S>,
  input: Input,
  [after, outputs]: Step<S>
): Pick<Difference, 'found' | 'expected'> | undefined => {
  const st = toSpec(before)
  const reaction = isLost(outputs) ? undefined : reactionTo(c, st, input, before)
  const [next, letters] = reaction ?? [st, undefined]
  const expected = textOf(next === st ? st : forget(c, st, next))
  const found = after === before && expected === textOf(st) ? expected : textOf(toSpec(after))
  if (found !== expected) return { found, expected }
  if (letters === undefined) return undefined
  const [sent, asExpected] = [sentIn(outputs), JSON.stringify(letters)]
  return sent === asExpected ? undefined : { found: sent, expected: asExpected }
}

/** The specification computes digests again and again; here each is computed once. */
const remembering = (pbft: Pbft): Pbft => {
  const digests = new Map<string, string>()
  const digest = (text: string): string => {
    const found = digests.get(text) ?? pbft.digest(text)
    digests.set(text, found)
    return found
  }
  return { ...pbft, digest }
}

/** Whether something has left a replica. */
const hasSent = (outputs: ReadonlyArray<Output>): boolean => outputs.some((o) => o._tag === 'Send')

/**
 * Holds a log against the specification, step by step. A replica that starts again is in a state in which it has been since
 * something left it last.
 */
export const validate = <S>(
  configuration: Configuration<S>,
  log: ReadonlyArray<LogEntry<S>>
): Difference | Validated<S> => {
  const c = { ...configuration, pbft: remembering(configuration.pbft) }
  const states = c.pbft.replicas.map((id) => initialState(c, id))
  /** The states since something has left a replica, as texts. */
  const since = states.map((st) => [textOf(toSpec(st))])
  for (const [at, entry] of log.entries()) {
    const { replica } = entry
    const before = states[replica]
    if (before === undefined) throw new RangeError(`entry ${at}: there is no replica ${replica}`)
    if ('restarted' in entry) {
      const found = textOf(toSpec(entry.restarted))
      if (since[replica]?.includes(found) !== true) return { at, replica, found, expected: since[replica]?.[0] ?? '' }
      states[replica] = entry.restarted
      since[replica] = [found]
    } else {
      const taken = step(c, before, entry.input)
      const difference = differenceIn(c, before, entry.input, taken)
      if (difference !== undefined) return { at, replica, ...difference }
      states[replica] = taken[0]
      if (hasSent(taken[1])) since[replica] = []
      if (taken[0] !== before) since[replica]?.push(textOf(toSpec(taken[0])))
    }
  }
  return { steps: log.length, states }
}
