/**
 * Models whose functions are watched (`guard.ts`).
 */
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import type { Invariant } from '../../property/invariant.js'
import { Guard } from './guard.js'
import type { Model } from './model.js'
import { structure } from './structure.js'

/** The same invariant, watched. */
const guardedInvariant = <S, Part>(
  guard: Guard,
  invariant: Invariant<S, Part>,
  above: ReadonlyArray<string> = []
): Invariant<S, Part> => {
  const path = [...above, invariant.name]
  return invariant._tag === 'All'
    ? { ...invariant, parts: invariant.parts.map((part) => guardedInvariant(guard, part, path)) }
    : { ...invariant, decide: guard.of(`the invariant «${path.join(' ▸ ')}»`, invariant.decide) }
}

/** A transition system whose functions are watched. */
const guardedSystem = <S, A>(
  guard: Guard,
  { initial, actions, next, steps }: TransitionSystem<S, A>
): TransitionSystem<S, A> => ({
  initial,
  actions: guard.of('actions', actions),
  next: guard.of('next', next),
  // All of them are asked for, so that what their iterator throws is seen.
  ...(steps && { steps: guard.of('steps', (s: S) => Array.from(steps(s))) })
})

/** A model whose functions are watched, and that has no compact form: that is made of watched functions already. */
export const guarded = <S, A>({ made: _, compact: __, ...model }: Model<S, A>, guard = new Guard()): Model<S, A> => ({
  ...model,
  system: guardedSystem(guard, model.system),
  invariants: model.invariants.map((invariant) => guardedInvariant(guard, invariant)),
  // By that, it is known that states have no key of their own.
  key: model.key === structure ? structure : guard.of('key', model.key),
  kindOf: guard.of('kindOf', model.kindOf),
  shapeOf: guard.of('shapeOf', model.shapeOf),
  states: model.states.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) })),
  steps: model.steps.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) }))
})
