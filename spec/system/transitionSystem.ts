/**
 * Transition systems: what every model of this project is in the end, and all that the checker asks of one.
 */
import type { Option } from 'fp-ts/lib/Option.js'

/** A set of states, some of them initial, and steps between them that are named by actions. */
export interface TransitionSystem<State, Action> {
  /** Where executions begin. */
  readonly initial: ReadonlyArray<State>
  /** The actions that are enabled in a state, each once, in a fixed order. */
  readonly actions: (s: State) => ReadonlyArray<Action>
  /** The state after an action; none where the action is not enabled. */
  readonly next: (s: State, a: Action) => Option<State>
}
