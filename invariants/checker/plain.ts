/**
 * A walker that interns nothing: every step is computed anew by the specification, every invariant evaluated in full.
 */
import * as O from 'fp-ts/lib/Option.js'
import { failures } from '../invariant.js'
import { bitsOf } from './bits.js'
import type { Walker } from './compact.js'
import type { Model } from './model.js'

/** The observations that a state shows, as bits. */
export const stateBitsOf = <S, A>(model: Model<S, A>, s: S): number => bitsOf(model.states.map(({ of }) => of(s)))

/** The observations that a step makes, as bits. */
export const stepBitsOf = <S, A>(model: Model<S, A>, before: S, after: S): number =>
  bitsOf(model.steps.map(({ of }) => of(before, after)))

/** Some invariant of the model does not hold of the state. */
export const violates = <S, A>(model: Model<S, A>, s: S): boolean =>
  model.invariants.some((invariant) => failures(invariant, s).length > 0)

/** The walker of a model that has no other. */
export const plainWalker = <S, A>(model: Model<S, A>): Walker<A> => {
  const [initial] = model.system.initial
  if (initial === undefined) throw new RangeError(`${model.name} has no initial state`)
  const kinds = [...model.kinds]
  let current: S = initial
  let steps: Array<{ readonly action: A; readonly to: S }> = []
  const stepAt = (place: number): { readonly action: A; readonly to: S } => {
    const step = steps[place]
    if (step === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
    return step
  }
  return {
    begin: () => {
      current = initial
      steps = []
    },
    enumerate: (base) => {
      steps = steps.slice(0, base)
      for (const action of model.system.actions(current)) {
        const to = model.system.next(current, action)
        if (O.isSome(to)) steps.push({ action, to: to.value })
      }
      return steps.length
    },
    apply: (place) => {
      current = stepAt(place).to
    },
    actionAt: (place) => stepAt(place).action,
    kindAt: (place) => {
      const kind = model.kindOf(stepAt(place).action)
      const known = kinds.indexOf(kind)
      return known < 0 ? kinds.push(kind) - 1 : known
    },
    kinds: () => kinds,
    stepBitsAt: (place) => stepBitsOf(model, current, stepAt(place).to),
    stateBits: () => stateBitsOf(model, current),
    violated: () => violates(model, current)
  }
}
