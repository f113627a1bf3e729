/**
 * Replay: an execution, run step by step by the specification, with the verdicts on every state.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Failure } from '../../property/invariant.js'
import { failures } from '../../property/invariant.js'
import type { Model } from '../model/model.js'
import { canonical } from '../data/canonical.js'
import type { GraphProperty } from '../../property/property.js'
import type { Counterexample, Execution } from '../model/result.js'
import { failuresAtEnd, failuresOfWhole } from './judgement.js'

/** All failures of a model's invariants in a state. */
export const verdict = <S, A>(model: Pick<Model<S, A>, 'invariants'>, s: S): ReadonlyArray<Failure> =>
  model.invariants.flatMap((invariant) => failures(invariant, s))

/** The states through which an execution goes; shorter where an action is not enabled, none where it begins nowhere. */
export const statesAlong = <S, A>(
  { system }: Pick<Model<S, A>, 'system'>,
  { start, actions }: Execution<A>
): ReadonlyArray<S> => {
  const states = system.initial.slice(start, start + 1)
  for (const a of actions) {
    const next = states.slice(-1).map((last) => system.next(last, a))
    const reached = next.flatMap((to) => (O.isSome(to) ? [to.value] : []))
    if (reached.length === 0) break
    states.push(...reached)
  }
  return states
}

/**
 * The counterexample that an execution makes: found by a search on integers, it is run again by the specification, and its
 * last state judged anew.
 * @throws Error if the specification does not confirm it: then the search is wrong, and no result of it counts.
 */
export const runActions = <S, A>(model: Model<S, A>, execution: Execution<A>): Counterexample<S, A> => {
  const { actions } = execution
  const states = statesAlong(model, execution)
  const failures = states.length > actions.length ? failuresAtEnd(model, { states, actions }) : []
  if (failures.length > 0) return { ...execution, states, failures }
  throw notConfirmed(model, actions)
}

/**
 * The counterexample to a property of whole executions that an execution makes, likewise.
 * @param loop after how many steps it is again where it ends; undefined: it ends.
 * @throws Error if the specification does not confirm it.
 */
export const confirmed = <S, A>(
  model: Model<S, A>,
  property: GraphProperty<S, A>,
  execution: Execution<A>,
  loop?: number
): Counterexample<S, A> => {
  const { actions } = execution
  const states = statesAlong(model, execution)
  const keyAfter = (steps: number): ReadonlyArray<string> => states.slice(steps, steps + 1).map(model.key)
  const isWhole =
    states.length > actions.length && keyAfter(loop ?? actions.length).join() === keyAfter(actions.length).join()
  const failures = isWhole ? failuresOfWhole(model, { states, actions, loop }, [property]) : []
  if (failures.length > 0) return { ...execution, states, failures, ...(loop === undefined ? {} : { loop }) }
  throw notConfirmed(model, actions)
}

const notConfirmed = ({ name }: Pick<Model<never, never>, 'name'>, actions: ReadonlyArray<unknown>): Error =>
  new Error(
    `${name}: the checker found a violation after ${String(actions.length)} steps that the specification does not ` +
      'confirm. This is an error of the checker; please report it with the model and its bounds.'
  )

/** The same execution by the model's own actions, those that are structurally equal, as far as each is enabled in its turn. */
export const executionLike = <S, A>(
  { system }: Model<S, A>,
  { start, actions: copies }: Execution<unknown>
): Execution<A> => {
  const actions: A[] = []
  let s = system.initial[start]
  for (const copy of copies) {
    const wanted = canonical(copy)
    const action: A | undefined = s === undefined ? undefined : system.actions(s).find((a) => canonical(a) === wanted)
    if (s === undefined || action === undefined) break
    actions.push(action)
    s = O.toUndefined(system.next(s, action))
  }
  return { start, actions }
}
