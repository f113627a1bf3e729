/**
 * Models whose functions are watched (`guard.ts`).
 */
import type { Invariant } from '../../property/invariant.js'
import { Guard } from './guard.js'
import type { Model } from './model.js'

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

/** A model whose functions are watched, and that has no compact form: that is made of watched functions already. */
export const guarded = <S, A>({ made: _, compact: __, ...model }: Model<S, A>, guard = new Guard()): Model<S, A> => ({
  ...model,
  system: {
    initial: model.system.initial,
    actions: guard.of('actions', model.system.actions),
    next: guard.of('next', model.system.next)
  },
  invariants: model.invariants.map((invariant) => guardedInvariant(guard, invariant)),
  key: guard.of('key', model.key),
  kindOf: guard.of('kindOf', model.kindOf),
  shapeOf: guard.of('shapeOf', model.shapeOf),
  states: model.states.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) })),
  steps: model.steps.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) }))
})
