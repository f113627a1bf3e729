/**
 * Guided: the state with the highest score first, so as to find soon what is suspected to lie deep.
 */
import { ScoreQueue } from '../data/growing.js'
import { ExactVisited, Visited } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import type { CompactSystem } from '../model/walker.js'
import { Pauses } from './bounds.js'
import type { CommonBounds, Found, Exactness } from './bounds.js'
import { Origins } from './origins.js'

/** The highest score first, of the states that are known and not expanded; the oldest first among equals. */
export const guided = async <A>(compact: CompactSystem<A>, bounds: CommonBounds & Exactness): Promise<Found<A>> => {
  const { maxStates = Infinity, exact = false } = bounds
  const visited: VisitedSet = exact ? new ExactVisited(compact.width) : new Visited()
  const { width, stride } = compact
  // A state, its number, and how many steps have led to it.
  const queue = new ScoreQueue(stride)
  const current = new Int32Array(stride)
  const origins = new Origins()
  let transitions = 0
  let depth = 0
  let complete = true

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: origins.length,
    transitions,
    depth,
    complete: complete && violation === undefined,
    coverage: compact.coverage(),
    violation
  })

  compact.begin()
  compact.visit(visited)
  compact.countState()
  origins.push(-1, 0)
  if (compact.violated()) return found([])
  compact.store(current, 0)
  queue.push(compact.score(current, 0), current, 0)
  const pauses = new Pauses()
  for (let i = 0; queue.shift(current); i++) {
    if (pauses.isDue(i, transitions)) {
      const frontier = queue.length + 1
      if (!(await pauses.goOn(bounds, { states: origins.length, transitions, depth, frontier })))
        return { ...found(undefined), complete: false }
    }
    const number = current[width] ?? 0
    const steps = (current[width + 1] ?? 0) + 1
    compact.fetch(current, 0)
    const expansion = compact.expand(visited, maxStates - origins.length, 0, steps)
    const rows = compact.rows()
    for (let at = 0; at < expansion.found * stride; at += stride) {
      const place = rows[at + width] ?? 0
      rows[at + width] = origins.length
      origins.push(number, place)
      queue.push(compact.score(rows, at), rows, at)
    }
    transitions += expansion.steps
    if (expansion.found > 0) depth = Math.max(depth, steps)
    if (expansion.violated) return found(origins.actionsTo(compact, origins.length - 1))
    if (expansion.cut) complete = false
  }
  return found(undefined)
}
