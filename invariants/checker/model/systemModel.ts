/**
 * For users with a system that is no network: the model of any transition system of plain data.
 */
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import type { Invariant } from '../../property/invariant.js'
import type { Model, StateObservation, StepObservation } from './model.js'
import { structure } from './structure.js'
import { tagOf } from './words.js'

/** A transition system with invariants. What is left out has a default. */
export interface SystemModelOptions<S, A>
  extends Partial<Pick<Model<S, A>, 'key' | 'properties' | 'kinds' | 'kindOf' | 'shapeOf'>> {
  readonly name: string
  readonly system: TransitionSystem<S, A>
  readonly invariants: ReadonlyArray<Invariant<S, unknown>>
  readonly states?: ReadonlyArray<StateObservation<S>>
  readonly steps?: ReadonlyArray<StepObservation<S>>
}

/**
 * The model of any transition system of plain data. Unless it says otherwise, nothing is observed, and kinds are tags. An
 * exhaustive search keeps only the states that wait to be expanded, and fingerprints of the others (`state/keyed.ts`).
 */
export const systemModel = <S, A>({
  name,
  system,
  invariants,
  properties = [],
  key = structure,
  kinds = [],
  kindOf = tagOf,
  shapeOf = kindOf,
  states = [],
  steps = []
}: SystemModelOptions<S, A>): Model<S, A> => ({
  name,
  system,
  invariants,
  properties,
  key,
  kinds,
  kindOf,
  shapeOf,
  states,
  steps
})
