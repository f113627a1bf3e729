/**
 * Exhaustive exploration: every reachable state within the bounds is visited once, and every invariant checked in it.
 * Breadth first, a counterexample is as short as one can be; depth first is faster and needs less memory.
 */
import type { Model } from './model.js'
import { breadthFirstPlain } from './plain.js'
import { runActions } from './replay.js'
import { peakMemory } from './result.js'
import type { Result } from './result.js'
import { breadthFirst, depthFirst } from './search.js'
import type { SearchBounds } from './search.js'

/** The bounds of a search, and how it is done. */
export interface ExhaustiveOptions extends SearchBounds {
  /** Default: breadth first. */
  readonly order?: 'breadth-first' | 'depth-first'
  /** Compute every step anew and keep whole states, with no interning and no fingerprints. Default: false. */
  readonly plain?: boolean
}

/**
 * Explores all executions of a model within bounds; stops at the first state that violates an invariant.
 * @throws RangeError for a bound on the depth of a depth-first search, which would miss states that it can reach, and for
 * a depth-first search without interning.
 */
export const exhaustive = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions = {}): Promise<Result<S, A>> => {
  const started = performance.now()
  const compact = options.plain === true ? undefined : model.compact?.()
  const isDepthFirst = options.order === 'depth-first'
  if (isDepthFirst && options.depth !== undefined)
    throw new RangeError('a depth-first search cannot be bounded in depth: it would miss states; search breadth first')
  if (isDepthFirst && compact === undefined) throw new RangeError('without interning, a search is breadth first')
  const found = compact
    ? await (isDepthFirst ? depthFirst : breadthFirst)(compact, options, model.name)
    : await breadthFirstPlain(model, options)
  return {
    model: model.name,
    states: found.states,
    transitions: found.transitions,
    depth: found.depth,
    complete: found.complete,
    engine: compact ? 'interned' : 'plain',
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: found.coverage,
    counterexample: found.violation && runActions(model, found.violation),
    sizes: compact?.sizes() ?? {}
  }
}
