/**
 * Answers to what is asked of whole executions: the graph of all reachable states is built, each property decided on it,
 * and what contradicts one is confirmed by the specification.
 */
import { isOfGraph } from '../../property/property.js'
import { compactOf } from '../model/model.js'
import type { Model } from '../model/model.js'
import type { Answer } from '../model/result.js'
import { keyedSystem } from '../state/keyed.js'
import { confirmed } from '../trace/replay.js'
import { decide } from './decide.js'
import { Labels } from './labels.js'
import { reachability } from './reachability.js'
import type { GraphBounds } from './reachability.js'

/** How the graph is built, and how far. */
export interface AnswerOptions extends GraphBounds {
  /** Compute every step anew, with no interning. Default: false. */
  readonly plain?: boolean
}

/** Decides all properties of a model that are about whole executions. */
export const answers = async <S, A>(
  model: Model<S, A>,
  { plain = false, ...bounds }: AnswerOptions = {}
): Promise<ReadonlyArray<Answer<S, A>>> => {
  const { properties = [] } = model
  const asked = properties.filter(isOfGraph)
  if (asked.length === 0) return []
  const compact = (plain ? undefined : compactOf(model)) ?? keyedSystem(model, { keep: true })
  const graph = await reachability(compact, bounds)
  const labels = await new Labels(graph, properties).read(compact)
  return asked.map((property) => {
    const { name, says } = property
    const { verdict, states, way } = decide({ graph, labels }, property)
    return {
      property: name,
      says,
      verdict,
      ...(states === undefined ? {} : { states }),
      counterexample: way && confirmed(model, property, graph.actionsOf(way.steps), way.loop)
    }
  })
}
