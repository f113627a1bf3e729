/**
 * Replay: a list of actions, run step by step by the specification, with the verdicts on every state.
 */
import * as O from 'fp-ts/lib/Option.js'
import { canonical } from '../data/canonical.js'
import type { Failure } from '../../property/invariant.js'
import { failures } from '../../property/invariant.js'
import type { Model } from '../model/model.js'
import type { GraphProperty } from '../../property/property.js'
import type { Counterexample } from '../model/result.js'
import { failuresAtEnd, failuresOfWhole } from './judgement.js'

/** All failures of a model's invariants in a state. */
export const verdict = <S, A>(model: Model<S, A>, s: S): ReadonlyArray<Failure> =>
  model.invariants.flatMap((invariant) => failures(invariant, s))

/** The states through which actions lead from one; shorter than the actions ask where one is not enabled. */
const statesFrom = <S, A>(model: Model<S, A>, from: S, actions: ReadonlyArray<A>): ReadonlyArray<S> => {
  const states = [from]
  let last = from
  for (const a of actions) {
    const next = model.system.next(last, a)
    if (O.isNone(next)) break
    last = next.value
    states.push(last)
  }
  return states
}

/** The states through which actions lead from the first initial one; shorter where an action is not enabled. */
export const statesAlong = <S, A>(model: Model<S, A>, actions: ReadonlyArray<A>): ReadonlyArray<S> =>
  model.system.initial.slice(0, 1).flatMap((initial) => statesFrom(model, initial, actions))

/**
 * The counterexample that these actions make: found by a search on integers, it is run again by the specification, and
 * its last state judged anew.
 * @throws Error if the specification does not confirm it: then the search is wrong, and no result of it counts.
 */
export const runActions = <S, A>(model: Model<S, A>, actions: ReadonlyArray<A>): Counterexample<S, A> => {
  for (const initial of model.system.initial) {
    const states = statesFrom(model, initial, actions)
    if (states.length <= actions.length) continue
    const found = failuresAtEnd(model, { states, actions })
    if (found.length > 0) return { states, actions, failures: found }
  }
  throw notConfirmed(model, actions)
}

/**
 * The counterexample to a property of whole executions that these actions make, likewise.
 * @param loop after how many steps it is again where it ends; undefined: it ends.
 * @throws Error if the specification does not confirm it.
 */
export const confirmed = <S, A>(
  model: Model<S, A>,
  property: GraphProperty<S, A>,
  actions: ReadonlyArray<A>,
  loop?: number
): Counterexample<S, A> => {
  for (const initial of model.system.initial) {
    const states = statesFrom(model, initial, actions)
    const [from, to] = [states[loop ?? actions.length], states[actions.length]]
    if (from === undefined || to === undefined || model.key(from) !== model.key(to)) continue
    const failures = failuresOfWhole(model, { states, actions, loop }, [property])
    if (failures.length > 0) return { states, actions, failures, ...(loop === undefined ? {} : { loop }) }
  }
  throw notConfirmed(model, actions)
}

const notConfirmed = ({ name }: Pick<Model<never, never>, 'name'>, actions: ReadonlyArray<unknown>): Error =>
  new Error(
    `${name}: the checker found a violation after ${String(actions.length)} steps that the specification does not ` +
      'confirm. This is an error of the checker; please report it with the model and its bounds.'
  )

/** The model's own actions that are structurally equal to given ones, as far as each is enabled in its turn. */
export const actionsLike = <S, A>(model: Model<S, A>, copies: ReadonlyArray<unknown>): ReadonlyArray<A> => {
  const actions: A[] = []
  let [s] = model.system.initial
  for (const copy of copies) {
    const wanted = canonical(copy)
    const action: A | undefined =
      s === undefined ? undefined : model.system.actions(s).find((a) => canonical(a) === wanted)
    if (s === undefined || action === undefined) break
    actions.push(action)
    s = O.toUndefined(model.system.next(s, action))
  }
  return actions
}
