/**
 * Transition systems: what every model of this project is in the end, and all that the checker asks of one.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'

/** A step from a state: its action, and the state after it. */
export type Step<State, Action> = readonly [action: Action, next: State]

/** A set of states, some of them initial, and steps between them that are named by actions. */
export interface TransitionSystem<State, Action> {
  /** Where executions begin. */
  readonly initial: ReadonlyArray<State>
  /** The actions that are enabled in a state, each once, in a fixed order. */
  readonly actions: (s: State) => ReadonlyArray<Action>
  /** The state after an action; none where the action is not enabled. */
  readonly next: (s: State, a: Action) => Option<State>
  /**
   * All steps from a state, where they are found together: `actions` in their order, those for which there is a `next`, each
   * with it (`fromSteps` makes a system of which that is so). A search asks for these, if there are any.
   */
  readonly steps?: (s: State) => Iterable<Step<State, Action>>
}

/**
 * The system whose steps are one to so many steps of another, one after the other.
 * @param most at least 1.
 */
export const inSteps = <State, Action>(
  most: number,
  { initial, actions, next }: TransitionSystem<State, Action>
): TransitionSystem<State, ReadonlyArray<Action>> => {
  const after = (s: State, taken: ReadonlyArray<Action>): Option<State> =>
    taken.reduce<Option<State>>((at, a) => (O.isNone(at) ? at : next(at.value, a)), O.some(s))
  const sequences = (s: State, many: number): ReadonlyArray<ReadonlyArray<Action>> =>
    actions(s).flatMap((a) => {
      const then = next(s, a)
      return O.isNone(then)
        ? []
        : [[a], ...(many > 1 ? sequences(then.value, many - 1).map((more) => [a, ...more]) : [])]
    })
  return {
    initial,
    actions: (s) => sequences(s, most),
    next: (s, taken) => (taken.length < 1 || taken.length > most ? O.none : after(s, taken))
  }
}

/**
 * The transition system with these steps.
 * @param steps the steps from a state, in a fixed order, no two of them with equal actions.
 */
export const fromSteps = <State, Action>(
  initial: ReadonlyArray<State>,
  steps: (s: State) => Iterable<Step<State, Action>>,
  Action: Eq<Action>
): Required<TransitionSystem<State, Action>> => ({
  initial,
  actions: (s) => Array.from(steps(s), ([action]) => action),
  next: (s, a) => {
    const step = [...steps(s)].find(([action]) => Action.equals(action, a))
    return step === undefined ? O.none : O.some(step[1])
  },
  steps
})
