/**
 * Lassos: executions for ever, as a way into a loop and the loop.
 */
import type { Digraph } from './components.js'
import type { Way } from './reachability.js'
import { fairComponents, stepWithin } from './fairness.js'
import type { Recurrent } from './fairness.js'

/** An execution by its steps: after the last it goes on as it did after the first `loop` of them; or it stays where it is. */
export interface Lasso extends Way {
  readonly loop: number
}

/** Steps, and the state that they lead to. */
interface Stretch {
  readonly steps: ReadonlyArray<number>
  readonly end: number
}

/** Where a way may go. */
type Follows = (from: number, step: number, to: number) => boolean

/** A shortest way from a state to one that is wanted. */
const shortestWay = (
  { first, to }: Digraph,
  from: number,
  isWanted: (state: number) => boolean,
  follows: Follows
): Stretch | undefined => {
  const cameBy = new Map<number, { readonly state: number; readonly step: number }>()
  const queue = [from]
  const seen = new Set(queue)
  for (const state of queue) {
    if (isWanted(state)) {
      const steps: number[] = []
      for (let by = cameBy.get(state); by !== undefined; by = cameBy.get(by.state)) steps.push(by.step)
      return { steps: steps.reverse(), end: state }
    }
    for (let step = first[state] ?? 0; step < (first[state + 1] ?? 0); step++) {
      const next = to[step] ?? state
      if (seen.has(next) || !follows(state, step, next)) continue
      seen.add(next)
      cameBy.set(next, { state, step })
      queue.push(next)
    }
  }
  return undefined
}

/** A state in which the sought execution can stop for ever. */
const canStop =
  ({ visiting, obligations }: Recurrent) =>
  (state: number): boolean =>
    visiting.every((wanted) => wanted(state)) && !obligations.some(({ isEnabled }) => isEnabled(state))

/** A loop from a state of a component back to it that comes to states of each kind, and does what is owed. */
const loopFrom = (
  graph: Digraph,
  states: ReadonlySet<number>,
  sought: Recurrent,
  start: number
): ReadonlyArray<number> => {
  if (canStop(sought)(start)) return []
  const { part, visiting, obligations } = sought
  const steps: number[] = []
  let at = start
  const hasVisited = (wanted: (state: number) => boolean): boolean =>
    wanted(start) || steps.some((step) => wanted(graph.to[step] ?? start))
  const visit = (wanted: (state: number) => boolean): void => {
    const way = shortestWay(
      graph,
      at,
      wanted,
      (from, step, next) => states.has(next) && part.follows?.(from, step) !== false
    )
    if (way === undefined) throw new Error('a component is not connected: this is an error of the checker')
    steps.push(...way.steps)
    at = way.end
  }
  for (const wanted of visiting) if (!hasVisited(wanted)) visit(wanted)
  for (const { name, strength, isEnabled, isTaken } of obligations) {
    const isIdle = (s: number): boolean => !isEnabled(s)
    if (steps.some(isTaken) || (strength === 'weak' ? hasVisited(isIdle) : ![...states].some(isEnabled))) continue
    const owed = stepWithin(graph, states, part.follows, isTaken)
    if (owed !== undefined) {
      visit((s) => s === owed.from)
      steps.push(owed.step)
      at = graph.to[owed.step] ?? at
    } else if (strength === 'weak') visit(isIdle)
    else throw new Error(`a fair component owes ${name}: this is an error of the checker`)
  }
  visit((s) => s === start)
  return steps
}

/** Where an execution may begin to be what is sought: a state, and how many steps lead there. */
export interface Start {
  readonly state: number
  readonly depth: number
}

/** By how few steps each state can be come to from some starts, and how; -1: it cannot. */
interface Distances {
  readonly of: Int32Array
  readonly from: Int32Array
  readonly by: Int32Array
}

const distancesFrom = (
  { first, to }: Digraph,
  starts: ReadonlyArray<Start>,
  isAllowed: (state: number) => boolean
): Distances => {
  const unknown = (): Int32Array => new Int32Array(first.length - 1).fill(-1)
  const [of, from, by] = [unknown(), unknown(), unknown()]
  const waiting = [...starts].sort((a, b) => a.depth - b.depth)
  let at = 0
  let level: number[] = []
  for (let depth = 0; level.length > 0 || at < waiting.length; depth++) {
    for (let start = waiting[at]; start?.depth === depth; start = waiting[++at])
      if (of[start.state] === -1) {
        of[start.state] = depth
        level.push(start.state)
      }
    const next: number[] = []
    for (const state of level)
      for (let step = first[state] ?? 0; step < (first[state + 1] ?? 0); step++) {
        const other = to[step] ?? state
        if (of[other] !== -1 || !isAllowed(other)) continue
        of[other] = depth + 1
        from[other] = state
        by[other] = step
        next.push(other)
      }
    level = next
  }
  return { of, from, by }
}

/** Of some states the one that is come to by the fewest steps. */
const nearest = ({ of }: Distances, states: Iterable<number>): number | undefined => {
  let best: number | undefined
  for (const state of states)
    if ((of[state] ?? -1) >= 0 && (best === undefined || (of[state] ?? 0) < (of[best] ?? 0))) best = state
  return best
}

/**
 * A lasso of an execution that is sought: from one of some starts through states that are allowed into the nearest
 * component in which it can stay; where it can stop, it stops as soon as it can.
 * @param wayTo an execution that leads to a start.
 */
export const lassoFrom = (
  graph: Digraph,
  sought: Recurrent,
  starts: ReadonlyArray<Start>,
  isAllowed: (state: number) => boolean,
  wayTo: (start: number) => Way
): Lasso | undefined => {
  const distances = distancesFrom(graph, starts, isAllowed)
  const reached = function* (): Generator<number> {
    for (let s = 0; s < distances.of.length; s++) if ((distances.of[s] ?? -1) >= 0 && sought.part.has(s)) yield s
  }
  const stops = canStop(sought)
  let best: { readonly entry: number; readonly states: ReadonlySet<number> } | undefined
  for (const states of fairComponents(graph, sought, reached())) {
    const entry = nearest(distances, [...states].filter(stops)) ?? nearest(distances, states)
    if (entry === undefined) continue
    const isNearer = best === undefined || (distances.of[entry] ?? 0) < (distances.of[best.entry] ?? 0)
    if (isNearer) best = { entry, states }
  }
  if (best === undefined) return undefined
  const way: number[] = []
  let start = best.entry
  for (; (distances.by[start] ?? -1) >= 0; start = distances.from[start] ?? 0) way.push(distances.by[start] ?? 0)
  const { from, steps } = wayTo(start)
  const stem = [...steps, ...way.reverse()]
  return { from, steps: [...stem, ...loopFrom(graph, best.states, sought, best.entry)], loop: stem.length }
}
