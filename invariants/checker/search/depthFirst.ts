/**
 * Depth first: the fastest search, with the least memory. A counterexample may be long.
 */
import { ExactVisited, Visited } from '../data/visited.js'
import type { CompactSystem } from '../model/walker.js'
import type { CommonBounds, Found, Exactness } from './bounds.js'
import { Descent, PORTION } from './descent.js'

/** Deeper first: of the states that are known and not expanded, the last found is the next. Nothing else is kept. */
export const depthFirst = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, onProgress, exact = false }: CommonBounds & Exactness
): Promise<Found<A>> => {
  const visited = exact ? new ExactVisited(compact.width) : new Visited()
  const descent = new Descent(compact, visited)
  descent.begin(maxStates)
  while (descent.isGoingOn && descent.frontier > 0 && visited.size < maxStates) {
    descent.advance(PORTION, maxStates)
    await descent.pause(onProgress)
  }
  return descent.found()
}
