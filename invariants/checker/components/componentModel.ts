/**
 * For users with a system whose guards read little of a state: the model of a system of named components.
 */
import { canonical } from '../data/canonical.js'
import { Guard } from '../model/guard.js'
import { guardedProperty } from '../model/guarded.js'
import { RefusedSearch } from '../model/refusal.js'
import type { Made, Model, StateObservation, StepObservation } from '../model/model.js'
import { structure } from '../model/structure.js'
import { tagOf } from '../model/words.js'
import { internComponents } from './compact.js'
import { componentsOf, ComponentSystem, held } from './system.js'
import type { ComponentInvariant, ComponentProperty, ComponentRules, ComponentStep } from './system.js'

/** A system of components with invariants. */
export interface ComponentModelOptions<C> extends ComponentRules<C> {
  readonly name: string
  readonly invariants: ReadonlyArray<ComponentInvariant<C>>
  /** What is asked of executions besides. Default: nothing. */
  readonly properties?: ReadonlyArray<ComponentProperty<C>>
  /** What is counted in states and in steps. Default: nothing. */
  readonly states?: ReadonlyArray<StateObservation<C>>
  readonly steps?: ReadonlyArray<StepObservation<C>>
}

/** How many calls of a property's functions are watched closely. */
const WATCHED = 1 << 12

/**
 * The model of a system of components. Its kinds of action are the names of the actions. A search looks steps and verdicts
 * up by the values of the components that were read.
 * @throws RefusedSearch where what is read or written is no component, or two actions are called the same.
 */
export const componentModel = <C extends object>({
  name,
  initial,
  actions: given,
  invariants,
  properties: asked = [],
  states = [],
  steps = []
}: ComponentModelOptions<C>): Model<C, ComponentStep> => {
  // Actions may have been made by hand: what they write is looked up by what they say that they write.
  const actions = given.map(held)
  componentsOf({ initial, actions }, invariants, asked)
  const properties = asked.map((property) => guardedProperty(new Guard(WATCHED), property))
  const made: Made<C, ComponentStep> = {
    system: ComponentSystem({ initial, actions }),
    invariants,
    properties,
    key: structure,
    kinds: [...new Set(actions.map((action) => action.name))],
    kindOf: tagOf,
    states,
    steps
  }
  return {
    ...made,
    made,
    name,
    shapeOf: ({ _tag, at }) => (at === undefined ? _tag : `${_tag} ${canonical(at)}`),
    asking: (isWanted) =>
      componentModel({
        name,
        initial,
        actions: given,
        invariants,
        states,
        steps,
        properties: asked.filter((_, i) => properties.slice(i, i + 1).every(isWanted))
      }),
    sources: { rules: given, invariants: [invariants, asked] },
    compact: ({ toward, purge = false, uptoSymmetry = false } = {}) => {
      if (toward !== undefined)
        throw new RefusedSearch(
          `${name} has no scores, so that no search goes toward ${toward}: leave out order guided`
        )
      if (purge || uptoSymmetry) throw new RefusedSearch(`${name} is no network, so it cannot be reduced`)
      return internComponents({ name, initial, actions, invariants, properties, kinds: made.kinds, states, steps })
    }
  }
}
