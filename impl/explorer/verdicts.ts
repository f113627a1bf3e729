/**
 * Verdicts as trees: for each invariant whether it holds in a state, down to its conjuncts, and why not.
 */
import type { Failure, Invariant, Objections } from '../../invariants/property/invariant.js'
import type { Property } from '../../invariants/property/property.js'
import type { Model } from '../../invariants/checker/model/model.js'

/** An invariant, a conjunct of one, or a property, and what is known of it. */
export interface Light {
  readonly name: string
  /** What it asks, in a sentence. */
  readonly says: string
  /** `undecided`: it is about whole executions, and a state says nothing of it. */
  readonly verdict: 'holds' | 'violated' | 'undecided'
  /** Why it does not hold; empty where it has parts that say so. */
  readonly objections: Objections
  readonly parts: ReadonlyArray<Light>
}

const lightOf = <S, Part>(invariant: Invariant<S, Part>, s: S): Light => {
  const { name, says } = invariant
  if (invariant._tag === 'Leaf') {
    const objections = invariant.decide(s)
    return { name, says, verdict: objections.length === 0 ? 'holds' : 'violated', objections, parts: [] }
  }
  const parts = invariant.parts.map((part) => lightOf(part, s))
  const isViolated = parts.some(({ verdict }) => verdict === 'violated')
  return { name, says, verdict: isViolated ? 'violated' : 'holds', objections: [], parts }
}

/** What is known of a property, where this fails. */
const lightOfProperty = <S, A>(
  { name, says, _tag }: Property<S, A>,
  failures: ReadonlyArray<Failure>
): ReadonlyArray<Light> => {
  if (_tag === 'Goal') return []
  const objections = failures.filter((f) => f.isOfProperty === true && f.path[0] === name)
  const isOfSteps = _tag === 'StepInvariant' || _tag === 'NoDeadlock'
  const verdict = objections.length > 0 ? 'violated' : isOfSteps ? 'holds' : 'undecided'
  return [{ name, says, verdict, objections: objections.map(({ path: _, says: __, ...one }) => one), parts: [] }]
}

/**
 * The verdicts on a state.
 * @param failures what it, and the step that leads to it, violates.
 */
export const lights = <S, A>(
  { invariants, properties = [] }: Pick<Model<S, A>, 'invariants' | 'properties'>,
  s: S,
  failures: ReadonlyArray<Failure>
): ReadonlyArray<Light> => [
  ...invariants.map((invariant) => lightOf(invariant, s)),
  ...properties.flatMap((property) => lightOfProperty(property, failures))
]
