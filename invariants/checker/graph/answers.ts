/**
 * Answers to what is asked of whole executions: the graph of all reachable states is built, each property decided on it,
 * and what contradicts one is confirmed by the specification.
 */
import { isOfGraph } from '../../property/property.js'
import type { GraphProperty } from '../../property/property.js'
import { compactOf } from '../model/model.js'
import type { Model } from '../model/model.js'
import type { Counterexample } from '../model/result.js'
import { keyedSystem } from '../state/keyed.js'
import { confirmed } from '../trace/replay.js'
import { decide } from './decide.js'
import type { Decision } from './decide.js'
import { Labels } from './labels.js'
import { reachability } from './reachability.js'
import type { GraphBounds } from './reachability.js'

/** What was found out about a property. */
export interface Answer<S, A> extends Pick<Decision, 'verdict' | 'states'> {
  readonly property: string
  readonly says: string
  readonly kind: GraphProperty<S, A>['_tag']
  /** An execution that shows that it does not hold. */
  readonly counterexample: Counterexample<S, A> | undefined
}

/** The properties of a model that are about whole executions. */
export const graphPropertiesOf = <S, A>({ properties = [] }: Model<S, A>): ReadonlyArray<GraphProperty<S, A>> =>
  properties.filter(isOfGraph)

/** Decides all properties of a model that are about whole executions. */
export const answers = async <S, A>(
  model: Model<S, A>,
  bounds: GraphBounds = {}
): Promise<ReadonlyArray<Answer<S, A>>> => {
  const asked = graphPropertiesOf(model)
  if (asked.length === 0) return []
  const compact = compactOf(model) ?? keyedSystem(model, { keep: true })
  const graph = await reachability(compact, bounds)
  const labels = await new Labels(graph, model.properties ?? []).read(compact)
  return asked.map((property) => {
    const { verdict, states, way } = decide({ graph, labels }, property)
    return {
      property: property.name,
      says: property.says,
      kind: property._tag,
      verdict,
      ...(states === undefined ? {} : { states }),
      counterexample: way && confirmed(model, property, graph.actionsOf(way.steps), way.loop)
    }
  })
}
