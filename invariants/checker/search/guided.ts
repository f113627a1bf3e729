/**
 * Guided: the state with the highest score first, so as to find soon what is suspected to lie deep.
 */
import { ScoreQueue } from '../data/growing.js'
import { ExactVisited, Visited } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import type { CompactSystem, Expansion } from '../model/walker.js'
import { Pauses } from './bounds.js'
import type { CommonBounds, Exactness, Found } from './bounds.js'
import { NOWHERE, Origins } from './origins.js'

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

  const found = ({ violation, interruption }: Partial<Found<A>> = {}): Found<A> => ({
    states: origins.length,
    transitions,
    depth,
    complete: complete && violation === undefined && interruption === undefined,
    coverage: compact.coverage(),
    violation,
    interruption
  })

  for (const start of compact.starts) {
    const execution = { start, actions: [] }
    try {
      compact.begin(start)
      if (!compact.visit(visited)) continue
      if (origins.length >= maxStates) {
        complete = false
        break
      }
      compact.countState()
      compact.store(current, 0)
      current[width] = origins.length
      current[width + 1] = 0
      origins.push(NOWHERE, start)
      if (compact.violated()) return found({ violation: execution })
      queue.push(compact.score(current, 0), current, 0)
    } catch (thrown) {
      return found({ interruption: { at: execution, thrown } })
    }
  }
  const pauses = new Pauses()
  for (let i = 0; queue.shift(current); i++) {
    if (pauses.isDue(i, transitions)) {
      const frontier = queue.length + 1
      if (!(await pauses.goOn(bounds, { states: origins.length, transitions, depth, frontier })))
        return { ...found(), complete: false }
    }
    const number = current[width] ?? 0
    const steps = (current[width + 1] ?? 0) + 1
    compact.fetch(current, 0)
    let expansion: Readonly<Expansion>
    try {
      expansion = compact.expand(visited, maxStates - origins.length, 0, steps)
    } catch (thrown) {
      return found({ interruption: { at: origins.executionTo(compact, number), thrown } })
    }
    const rows = compact.rows()
    for (let at = 0; at < expansion.found * stride; at += stride) {
      const place = rows[at + width] ?? 0
      rows[at + width] = origins.length
      origins.push(number, place)
      queue.push(compact.score(rows, at), rows, at)
    }
    transitions += expansion.steps
    if (expansion.found > 0) depth = Math.max(depth, steps)
    const violation = origins.violationOf(compact, number, expansion)
    if (violation !== undefined) return found(violation)
    if (expansion.cut) complete = false
  }
  return found()
}
