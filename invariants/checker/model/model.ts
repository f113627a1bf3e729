/**
 * What the checker checks: a transition system with its invariants, and the words in which to speak of it.
 *
 * A caller makes a model and hands it to a strategy (`exhaustive`, `randomized`, `replay`). How states are stored, and
 * whether local steps are computed once and looked up ever after (`compact`), is the strategy's business.
 */
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { failures } from '../../property/invariant.js'
import type { Invariant } from '../../property/invariant.js'
import { isStray } from '../../property/property.js'
import type { Property } from '../../property/property.js'
import type { ModelFault } from './guard.js'
import { RefusedSearch } from './refusal.js'
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

/** What of a model is in its compact form too. */
export type Made<S, A> = Pick<
  Model<S, A>,
  'system' | 'invariants' | 'properties' | 'key' | 'kinds' | 'kindOf' | 'states' | 'steps'
>

/** A model: what to explore, what to check in every state, and how to speak of it. */
export interface Model<S, A> {
  readonly name: string
  readonly system: TransitionSystem<S, A>
  readonly invariants: ReadonlyArray<Invariant<S, unknown>>
  /** What is asked of executions besides. Default: nothing. */
  readonly properties?: ReadonlyArray<Property<S, A>>
  /** States with one key are one state. */
  readonly key: (s: S) => string
  /** The kinds of action that the model has; one that is never enabled is reported. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: A) => string
  /** What makes two actions alike when their details differ: kind, source, destination. */
  readonly shapeOf: (a: A) => string
  readonly states: ReadonlyArray<StateObservation<S>>
  readonly steps: ReadonlyArray<StepObservation<S>>
  /** Whose fault it is that there is such a state, which cannot be one of the model's. Default: every state can be. */
  readonly refuses?: (s: S) => ModelFault | undefined
  /** How likely a step of each kind is in random executions, relative to the others, where nobody says. Default: 1 each. */
  readonly weights?: Readonly<Record<string, number>>
  /** What a guided search may go toward. Default: nothing. */
  readonly scores?: ReadonlyArray<ScoreName>
  /**
   * The same system, interned, where the model has the structure for it. Searches ask `compactOf` for it: what it was made
   * of is in it, whatever else the model says by then.
   */
  readonly compact?: (options?: CompactOptions) => CompactSystem<A>
  /** What the compact form was made with: all that a model which has one must still say itself. */
  readonly made?: Made<S, A>
  /** Functions of which the model is made, where its own do not show them: by these, checkpoints are told apart. */
  readonly sources?: { readonly rules: unknown; readonly invariants: unknown }
  /** The same model, of which those of its properties are asked that are wanted. Searches ask `askingOnly` for it. */
  readonly asking?: (isWanted: (property: Property<S, A>) => boolean) => Model<S, A>
  /** Why its states may not be explored up to symmetry; `undefined`: they may. It takes some time to answer. */
  readonly symmetryObjection?: () => string | undefined
}

const MADE = ['system', 'invariants', 'properties', 'key', 'kinds', 'kindOf', 'states', 'steps'] as const

/** @throws RefusedSearch where a model says something else by now than what its compact form was made with. */
export const refuseReplaced = <S, A>({ made, ...model }: Model<S, A>): void => {
  const other = made === undefined ? [] : MADE.filter((field) => made[field] !== model[field])
  if (other.length > 0)
    throw new RefusedSearch(
      `${model.name}: ${other.join(', ')} of the model were replaced, but a network or a system of components is interned with ` +
        'those that it was made with: make the model anew with networkModel, protocolModel or componentModel, ask less of ' +
        'it with askingOnly, or search with plain'
    )
}

/** A model of which those of its properties are asked that are wanted. */
export const askingOnly = <S, A>(model: Model<S, A>, isWanted: (property: Property<S, A>) => boolean): Model<S, A> => {
  const { properties = [], asking } = model
  if (properties.every(isWanted)) return model
  return asking?.(isWanted) ?? { ...model, properties: properties.filter(isWanted) }
}

/**
 * The compact form of a model, if it has one.
 * @throws RefusedSearch as `refuseReplaced` does.
 */
export const compactOf = <S, A>(model: Model<S, A>, options?: CompactOptions): CompactSystem<A> | undefined => {
  if (model.compact !== undefined) refuseReplaced(model)
  return model.compact?.(options)
}

/**
 * Of nothing, anything holds: that is no verdict; nor is one of two goals that cannot be told apart.
 * @throws RefusedSearch for a model without initial states, or with two goals of one name.
 */
export const refuseUnfit = <S, A>({
  name,
  system,
  properties = []
}: Pick<Model<S, A>, 'name' | 'system' | 'properties'>): void => {
  if (system.initial.length === 0)
    throw new RefusedSearch(`${name} has no initial state, so that nothing is explored, and nothing can be said of it`)
  const goals = properties.filter(({ _tag }) => _tag === 'Goal').map((goal) => goal.name)
  const twice = goals.find((goal, i) => goals.indexOf(goal) !== i)
  if (twice !== undefined)
    throw new RefusedSearch(
      `${name} has two goals «${twice}», so that it could not be said which is reached: rename one`
    )
}

/** A property is about single steps, so that every search decides it, or that part of it. */
export const isOfSteps = <S, A>({ _tag }: Property<S, A>): boolean => _tag === 'StepInvariant' || _tag === 'Refines'

/** A step breaks some step invariant of the model, or is none of a system that it refines. */
export const breaksAt = <S, A>(
  { properties = [] }: Pick<Model<S, A>, 'properties'>,
  before: S,
  a: A,
  after: S
): boolean =>
  properties.some((property) =>
    property._tag === 'StepInvariant'
      ? property.decide(before, a, after).length > 0
      : property._tag === 'Refines' && isStray(property, property.abstract(before), property.abstract(after))
  )

/** The model asks that executions go on from this state, of which it is known that it has no step. */
export const isDeadlock = <S, A>({ properties = [] }: Pick<Model<S, A>, 'properties'>, s: S): boolean =>
  properties.some((property) => property._tag === 'NoDeadlock' && !property.mayEnd(s))

/**
 * Some invariant of the model does not hold of the state.
 * @throws ModelFault for a state of which all hold, and that cannot be one of the model's.
 */
export const violates = <S>(
  { invariants, refuses }: Pick<Model<S, never>, 'invariants' | 'refuses'>,
  s: S
): boolean => {
  if (invariants.some((invariant) => failures(invariant, s).length > 0)) return true
  const fault = refuses?.(s)
  if (fault !== undefined) throw fault
  return false
}
