/**
 * What is observed of a network: node by node, so that it is computed once for each local state and each local step.
 */
import type { LocalScore } from '../model/scores.js'

/** Something worth counting in local states and in local steps, and what a search may go toward. */
export interface LocalObservations<State, Message = unknown> {
  readonly states: ReadonlyArray<{ readonly name: string; readonly says: string; readonly of: (st: State) => boolean }>
  readonly steps: ReadonlyArray<{
    readonly name: string
    readonly says: string
    readonly of: (before: State, after: State) => boolean
  }>
  /** Default: none. */
  readonly scores?: ReadonlyArray<LocalScore<State, Message>>
}
