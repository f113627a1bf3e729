/**
 * What an action of a replica is, on one sequence number: the variables that it may change, and its steps.
 */
import type { Replica, View } from '../replication.js'
import type { Digest, Outcome, SlotState, Variable } from './state.js'

/** What is chosen in a step, and whether it takes a message of a Byzantine replica. */
export interface SlotChoice {
  readonly view: View
  readonly digest?: Digest
  readonly outcome?: Outcome
  /** Without messages of Byzantine replicas it could not be taken. */
  readonly isHelped: boolean
}

/** A step: what is chosen in it, and the variables that change. */
export interface SlotStep {
  readonly choice: SlotChoice
  readonly then: SlotState
}

/** What replicas do. */
export type SlotDeed = 'pre-prepare' | 'prepare' | 'commit' | 'execute' | 'view-change' | 'new-view' | 'accept-new-view'

/** An action of a replica. */
export interface SlotAction {
  readonly name: SlotDeed
  readonly at: Replica
  readonly writes: ReadonlyArray<Variable>
  /** Its steps from a state; none where it is not enabled. */
  readonly steps: (s: SlotState) => ReadonlyArray<SlotStep>
}
