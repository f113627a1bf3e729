/**
 * Iterative deepening: depth-first searches, each one step deeper than the one before. A counterexample is as short as
 * breadth first, and the frontier as small as depth first.
 */
import { Distances, FARTHEST } from '../data/visited.js'
import type { CompactSystem } from '../model/walker.js'
import type { CommonBounds, DepthBound, Found } from './bounds.js'
import { Descent, PORTION } from './descent.js'

/**
 * Deeper first within a bound on the depth, which is 0, then 1, then 2, … Each search goes through all states within its
 * bound, through each once and by the fewest steps that lead to it, so that what it counts is counted once; only what the
 * last one has counted is kept.
 */
export const iterativeDeepening = async <A>(
  compact: CompactSystem<A>,
  { depth = Infinity, maxStates = Infinity, onProgress }: CommonBounds & DepthBound
): Promise<Found<A>> => {
  const visited = new Distances(maxStates)
  const farthest = Math.min(depth, FARTHEST)
  for (let bound = 0; ; bound++) {
    compact.resetCounts()
    visited.beginAgain()
    const descent = new Descent(compact, visited, bound)
    descent.begin()
    while (descent.isGoingOn && descent.frontier > 0 && !visited.isFull) {
      descent.advance(PORTION)
      await descent.pause(onProgress)
    }
    const found = descent.found()
    if (visited.isFull) return { ...found, complete: false }
    if (found.violation !== undefined || found.interruption !== undefined) return found
    if (descent.isDone || bound >= farthest) return found
  }
}
