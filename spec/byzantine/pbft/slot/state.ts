/**
 * PBFT on one sequence number, by what honest replicas have decided on: its variables. What a replica has sent follows from
 * them, and what was sent may be read at any time, or never; loss, delay, repetition and disorder are free.
 *
 * A state is a record of variables, so that a rule reads only those that it names. One that is not there has its initial
 * value.
 */
import { iota } from '../../../prelude/seq.js'
import type { Replica, Replication, View } from '../replication.js'

/** What may be agreed on: the digest of a request. */
export type Digest = string

/** Where a replica is: in a view that has begun, or waiting for one to begin. */
export interface Mode {
  readonly view: View
  readonly isActive: boolean
}

/** How far a replica has come in a view: it is prepared, and has sent its commit; it has executed. */
export type Phase = 'none' | 'prepared' | 'executed'

/** A prepared certificate: a pre-prepare and enough prepares for a digest in a view. */
export interface Certificate {
  readonly view: View
  readonly digest: Digest
}

/** What a view change reports: the certificate of the last view in which the replica was prepared; null: there is none. */
export type Report = Certificate | null

/** What a new view pre-prepares; null: nothing, so that its primary is free. */
export type Outcome = Digest | null

/** A state. */
export interface SlotState {
  readonly [mode: `mode ${number}`]: Mode
  /** What a replica has pre-prepared in a view: as its primary, or for its primary; null: nothing. */
  readonly [prePrepare: `pre-prepare ${number} ${number}`]: Digest | null
  readonly [phase: `phase ${number} ${number}`]: Phase
  /** The view change of a replica for a view. */
  readonly [viewChange: `view-change ${number} ${number}`]: Report | 'unsent'
  /** The new view that an honest primary has sent: none yet, or one. */
  readonly [newView: `new-view ${number}`]: ReadonlyArray<Outcome>
}

export const modeName = (i: Replica) => `mode ${i}` as const
export const prePrepareName = (i: Replica, v: View) => `pre-prepare ${i} ${v}` as const
export const phaseName = (i: Replica, v: View) => `phase ${i} ${v}` as const
export const viewChangeName = (i: Replica, v: View) => `view-change ${i} ${v}` as const
export const newViewName = (v: View) => `new-view ${v}` as const

/** The name of a variable. */
export type Variable = Extract<keyof SlotState, string>

/** A variable with a value. */
type Assignment =
  | readonly [name: ReturnType<typeof modeName>, value: Mode]
  | readonly [name: ReturnType<typeof prePrepareName>, value: Digest | null]
  | readonly [name: ReturnType<typeof phaseName>, value: Phase]
  | readonly [name: ReturnType<typeof viewChangeName>, value: Report | 'unsent']
  | readonly [name: ReturnType<typeof newViewName>, value: ReadonlyArray<Outcome>]

/** Assignments are of variables, each of a value that it may have: their type says so, which that of a record cannot. */
const isOfSlot = (_assigned: object): _assigned is SlotState => true

/** The state, or part of it, in which variables have these values. (TypeScript takes a computed name for any text.) */
export const assign = (...assignments: ReadonlyArray<Assignment>): SlotState => {
  const assigned = Object.fromEntries<Assignment[1]>(assignments)
  return isOfSlot(assigned) ? assigned : {}
}

export const modeOf = (s: SlotState, i: Replica): Mode => s[modeName(i)] ?? { view: 0, isActive: true }
export const prePrepared = (s: SlotState, i: Replica, v: View): Digest | null => s[prePrepareName(i, v)] ?? null
export const phaseOf = (s: SlotState, i: Replica, v: View): Phase => s[phaseName(i, v)] ?? 'none'
export const isPrepared = (s: SlotState, i: Replica, v: View): boolean => phaseOf(s, i, v) !== 'none'
export const hasExecuted = (s: SlotState, i: Replica, v: View): boolean => phaseOf(s, i, v) === 'executed'
export const viewChangeOf = (s: SlotState, i: Replica, v: View): Report | 'unsent' => {
  const sent = s[viewChangeName(i, v)]
  return sent === undefined ? 'unsent' : sent
}
export const newViewsOf = (s: SlotState, v: View): ReadonlyArray<Outcome> => s[newViewName(v)] ?? []

/** Who replicates, how far, and who lies. */
export interface SlotOptions extends Replication {
  /** What may be agreed on. */
  readonly digests: ReadonlyArray<Digest>
  /** Views are 0, 1, …, lastView. */
  readonly lastView: View
  /** The replicas that are not honest. They have no state: whatever they could send counts as sent, from the start. */
  readonly byzantine: ReadonlyArray<Replica>
  /** A replica that gives a view up waits for the next one, and no later one. */
  readonly nextViewOnly: boolean
  /** Messages between honest replicas arrive before anybody has waited too long. */
  readonly isTimely: boolean
}

/** The honest replicas. */
export const honestOf = ({ nodes, byzantine }: SlotOptions): ReadonlyArray<Replica> =>
  iota(nodes).filter((i) => !byzantine.includes(i))

/** All views. */
export const viewsOf = ({ lastView }: SlotOptions): ReadonlyArray<View> => iota(lastView + 1)

/** The state in which executions begin: all are in view 0, and nothing has happened. */
export const initialSlot = (options: SlotOptions): SlotState => {
  const views = viewsOf(options)
  const later = views.slice(1)
  const honest = honestOf(options)
  return assign(
    ...honest.flatMap((i) => [
      [modeName(i), { view: 0, isActive: true }] as const,
      ...views.flatMap((v) => [[prePrepareName(i, v), null] as const, [phaseName(i, v), 'none'] as const]),
      ...later.map((v) => [viewChangeName(i, v), 'unsent'] as const)
    ]),
    ...later.map((v) => [newViewName(v), []] as const)
  )
}
