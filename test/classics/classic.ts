/**
 * What the classics have in common: public TLA+ specifications, written anew, with what is known of each.
 */
import * as O from 'fp-ts/lib/Option.js'
import { systemModel } from '../../invariants/checker/model/systemModel.js'
import type { Model } from '../../invariants/checker/model/model.js'
import type { Invariant } from '../../invariants/property/invariant.js'
import { whole } from '../../invariants/property/invariant.js'
import type { Property } from '../../invariants/property/property.js'
import type { TransitionSystem } from '../../spec/system/transitionSystem.js'

/** A step: what it is called, and who makes it or what it is about. */
export type Step = readonly [name: string, ...of: ReadonlyArray<number | string>]

/** All steps of a state, each with the state that it leads to. */
export type Steps<S> = (s: S) => ReadonlyArray<readonly [Step, S]>

/** A system that is given by its steps. */
export const stepsFrom = <S>(initial: ReadonlyArray<S>, steps: Steps<S>): TransitionSystem<S, Step> => {
  // The steps of a state are asked for one after another.
  let last: { readonly s: S; readonly by: ReadonlyMap<string, readonly [Step, S]> } | undefined
  const of = (s: S): ReadonlyMap<string, readonly [Step, S]> => {
    if (last?.s !== s) last = { s, by: new Map(steps(s).map((step) => [step[0].join(), step])) }
    return last.by
  }
  return {
    initial,
    actions: (s) => [...of(s).values()].map(([step]) => step),
    next: (s, a) => O.Functor.map(O.fromNullable(of(s).get(a.join())), ([, to]) => to)
  }
}

/** A specification with its properties, and the changes of it that break them. */
export interface Classic<S, A = Step> {
  readonly name: string
  /** The file in tlaplus/Examples, and the configuration. */
  readonly after: string
  readonly states: number
  readonly model: (change?: string) => Model<S, A>
  readonly changes: ReadonlyArray<Change>
}

/** A change that breaks a property. */
export interface Change {
  readonly change: string
  readonly breaks: string
  /** How many steps the counterexample has. */
  readonly steps: number
  /** After how many of them it begins to repeat. */
  readonly loop?: number
}

/** A classic's model: kinds of steps are their names. */
export const classic = <S>(
  name: string,
  initial: ReadonlyArray<S>,
  steps: Steps<S>,
  invariants: ReadonlyArray<Invariant<S>>,
  properties: ReadonlyArray<Property<S, Step>>
): Model<S, Step> =>
  systemModel({ name, system: stepsFrom(initial, steps), invariants, properties, kindOf: ([kind]) => kind })

/** An invariant that is true or false. */
export const always = <S>(name: string, says: string, of: (s: S) => boolean): Invariant<S> =>
  whole(name, says, (s) => (of(s) ? [] : [{ witness: 'it is not so' }]))

/** A list with another element at a place. */
export const at = <X>(list: ReadonlyArray<X>, place: number, x: X): ReadonlyArray<X> =>
  list.map((old, i) => (i === place ? x : old))

/** All lists of so many elements of a list. */
export const tuples = <X>(of: ReadonlyArray<X>, length: number): ReadonlyArray<ReadonlyArray<X>> =>
  length === 0 ? [[]] : tuples(of, length - 1).flatMap((rest) => of.map((x) => [...rest, x]))

/** All sublists of a list, in its order. */
export const sublists = <X>(list: ReadonlyArray<X>): ReadonlyArray<ReadonlyArray<X>> =>
  list.reduce<ReadonlyArray<ReadonlyArray<X>>>((all, x) => [...all, ...all.map((some) => [...some, x])], [[]])
