/**
 * Answers to what is asked of whole executions: the graph of all reachable states is built, each property decided on it,
 * and what contradicts one is confirmed by the specification.
 */
import { isOfGraph } from '../../property/property.js'
import { compactOf } from '../model/model.js'
import type { Model } from '../model/model.js'
import type { Answer, Counterexample, Interruption } from '../model/result.js'
import type { CompactSystem } from '../model/walker.js'
import { watchedSystem } from '../state/keyed.js'
import { confirmed } from '../trace/replay.js'
import { decide, ThrownAt } from './decide.js'
import { Labels } from './labels.js'
import { reachability } from './reachability.js'
import type { GraphBounds } from './reachability.js'

/** How the graph is built, and how far. */
export interface AnswerOptions<A> extends GraphBounds {
  /** The interned form of the model that a full search has used: what it knows is not computed again. */
  readonly compact?: CompactSystem<A>
  /** Compute every step anew, with no interning. Default: false. */
  readonly plain?: boolean
}

/** What is said of the properties of a model that are about whole executions, and what went wrong with one. */
export interface Answered<S, A> {
  readonly answers: ReadonlyArray<Answer<S, A>>
  readonly interruption?: Interruption<A> | undefined
}

/** Decides all properties of a model that are about whole executions. */
export const answered = async <S, A>(
  model: Model<S, A>,
  { plain = false, compact: used, ...bounds }: AnswerOptions<A> = {}
): Promise<Answered<S, A>> => {
  const { properties = [] } = model
  const asked = properties.filter(isOfGraph)
  if (asked.length === 0) return { answers: [] }
  const compact = used ?? (plain ? undefined : compactOf(model)) ?? watchedSystem(model, { keep: true })
  const graph = await reachability(compact, bounds)
  const labels = new Labels(graph, properties)
  const interruption = await labels.read(compact)
  if (interruption !== undefined) return { answers: undecided(model), interruption }
  try {
    return {
      answers: asked.map((property) => {
        const { name, says } = property
        const { verdict, states, way } = decide({ graph, labels }, property)
        return {
          property: name,
          says,
          verdict,
          ...(states === undefined ? {} : { states }),
          counterexample: way && confirmed(model, property, graph.executionOf(way), way.loop)
        }
      })
    }
  } catch (thrown) {
    if (!(thrown instanceof ThrownAt)) throw thrown
    const at = graph.executionOf(graph.wayTo(thrown.state))
    return { answers: undecided(model), interruption: { at, thrown: thrown.thrown } }
  }
}

/** What is said of the properties of whole executions where some of these were looked at only. */
export const undecided = <S, A>({ properties = [] }: Model<S, A>): ReadonlyArray<Answer<S, A>> =>
  properties
    .filter(isOfGraph)
    .map(({ name, says }) => ({ property: name, says, verdict: 'undecided', counterexample: undefined }))

/** The same answers where a search has found that a step violates a property: that one is not undecided. */
export const withViolated = <S, A>(
  answers: ReadonlyArray<Answer<S, A>>,
  counterexample: Counterexample<S, A> | undefined
): ReadonlyArray<Answer<S, A>> => {
  const broken = counterexample?.failures.flatMap(({ path, isOfProperty }) => (isOfProperty ? path : [])) ?? []
  return answers.map((answer) =>
    answer.verdict === 'undecided' && broken.includes(answer.property)
      ? { ...answer, verdict: 'violated', counterexample }
      : answer
  )
}
