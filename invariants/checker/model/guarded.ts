/**
 * Models whose functions are watched (`guard.ts`).
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import type { Invariant } from '../../property/invariant.js'
import type { Predicate } from '../../property/predicate.js'
import type { Abstraction, ActionClass, Property } from '../../property/property.js'
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

/** The same property, watched. */
export const guardedProperty = <S, A, Part, Seen>(
  guard: Guard,
  property: Property<S, A, Part, Seen>
): Property<S, A, Part, Seen> => {
  const where = `the property «${property.name}»`
  const watchedClass = <C extends ActionClass<A>>(one: C): C => ({
    ...one,
    of: guard.of(`the class «${one.name}»`, one.of)
  })
  const classes = <C extends ActionClass<A>>(all: ReadonlyArray<C>): ReadonlyArray<C> => all.map(watchedClass)
  const watched = ({ of, invariant }: Predicate<S, Seen>): Predicate<S, Seen> => ({
    of: guard.of(where, of),
    invariant
  })
  switch (property._tag) {
    case 'StepInvariant':
      return { ...property, decide: guard.of(where, property.decide) }
    case 'NoDeadlock':
      return { ...property, mayEnd: guard.of(where, property.mayEnd) }
    case 'Goal':
      return { ...property, ...watched(property) }
    case 'AlwaysReachable':
      return { ...property, ...watched(property), by: O.Functor.map(property.by, watchedClass) }
    case 'Eventually':
    case 'InfinitelyOften':
    case 'EventuallyAlways':
      return { ...property, ...watched(property), fairness: classes(property.fairness) }
    case 'LeadsTo':
      return {
        ...property,
        from: watched(property.from),
        to: watched(property.to),
        fairness: classes(property.fairness)
      }
    case 'Refines':
      return {
        ...property,
        abstract: guard.of(where, property.abstract),
        system: guardedAbstraction(guard, property.system),
        fairness: classes(property.fairness)
      }
  }
}

/** The same abstract system, watched. */
export const guardedAbstraction = (guard: Guard, system: Abstraction): Abstraction => {
  const watched = <Args extends ReadonlyArray<number>, R>(f: (...numbers: Args) => R): ((...numbers: Args) => R) =>
    guard.of(`the abstract system «${system.name}»`, f)
  return {
    name: system.name,
    isInitial: watched((state: number) => system.isInitial(state)),
    isStep: watched((from: number, to: number) => system.isStep(from, to)),
    fairness: system.fairness.map(({ isEnabled, isStep, ...named }) => ({
      ...named,
      isEnabled: watched(isEnabled),
      isStep: watched(isStep)
    })),
    textOf: watched((state: number) => system.textOf(state))
  }
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
  properties: (model.properties ?? []).map((property) => guardedProperty(guard, property)),
  // By that, it is known that states have no key of their own.
  key: model.key === structure ? structure : guard.of('key', model.key),
  kindOf: guard.of('kindOf', model.kindOf),
  shapeOf: guard.of('shapeOf', model.shapeOf),
  states: model.states.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) })),
  steps: model.steps.map((one) => ({ ...one, of: guard.of(`the observation «${one.name}»`, one.of) }))
})
