/**
 * What the checker checks: a transition system with its invariants, and the words in which to speak of it.
 *
 * A caller makes a model and hands it to a strategy (`exhaustive`, `randomized`, `replay`). How states are stored, and
 * whether local steps are computed once and looked up ever after (`compact`), is the strategy's business.
 */
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { failures } from '../../property/invariant.js'
import type { Invariant } from '../../property/invariant.js'
import type { ScoreName } from './scores.js'
import type { CompactOptions, CompactSystem } from './walker.js'

/** Something worth counting in states. */
export interface StateObservation<S> {
  readonly name: string
  readonly says: string
  readonly of: (s: S) => boolean
}

/** Something worth counting in steps. */
export interface StepObservation<S> {
  readonly name: string
  readonly says: string
  readonly of: (before: S, after: S) => boolean
}

/** A model: what to explore, what to check in every state, and how to speak of it. */
export interface Model<S, A> {
  readonly name: string
  readonly system: TransitionSystem<S, A>
  readonly invariants: ReadonlyArray<Invariant<S, unknown>>
  /** States with one key are one state. */
  readonly key: (s: S) => string
  /** The kinds of action that the model has; one that is never enabled is reported. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: A) => string
  /** What makes two actions alike when their details differ: kind, source, destination. */
  readonly shapeOf: (a: A) => string
  readonly states: ReadonlyArray<StateObservation<S>>
  readonly steps: ReadonlyArray<StepObservation<S>>
  /** What a guided search may go toward. Default: nothing. */
  readonly scores?: ReadonlyArray<ScoreName>
  /** The same system, interned, where the model has the structure for it. */
  readonly compact?: (options?: CompactOptions) => CompactSystem<A>
  /** Functions of which the model is made, where its own do not show them: by these, checkpoints are told apart. */
  readonly sources?: { readonly rules: unknown; readonly invariants: unknown }
  /** Why its states may not be explored up to symmetry; `undefined`: they may. It takes some time to answer. */
  readonly symmetryObjection?: () => string | undefined
}

/** Some invariant of the model does not hold of the state. */
export const violates = <S>({ invariants }: Pick<Model<S, never>, 'invariants'>, s: S): boolean =>
  invariants.some((invariant) => failures(invariant, s).length > 0)
