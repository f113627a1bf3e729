/**
 * Fair components: parts of a graph in which an execution can stay for ever and be fair all the while (Emerson and Lei;
 * strong fairness is that of Streett automata).
 */
import { components } from './components.js'
import type { Digraph, Part } from './components.js'

/** What an execution owes: where steps of a class are enabled for ever (strong: again and again), it takes some. */
export interface Obligation {
  readonly name: string
  readonly strength: 'weak' | 'strong'
  /** A step of the class that changes the state is enabled in a state. */
  readonly isEnabled: (state: number) => boolean
  /** A step is one of the class. */
  readonly isTaken: (step: number) => boolean
}

/** An execution that is sought: it stays in a part of the graph, comes to states of each kind again and again, and is fair. */
export interface Recurrent {
  readonly part: Part
  readonly visiting: ReadonlyArray<(state: number) => boolean>
  readonly obligations: ReadonlyArray<Obligation>
}

/** A step from one of some states to another of them that is wanted. */
export const stepWithin = (
  { first, to }: Digraph,
  states: ReadonlySet<number>,
  follows: Part['follows'],
  isWanted: (step: number) => boolean
): { readonly from: number; readonly step: number } | undefined => {
  for (const from of states)
    for (let step = first[from] ?? 0; step < (first[from + 1] ?? 0); step++) {
      const next = to[step] ?? from
      if (next !== from && isWanted(step) && states.has(next) && follows?.(from, step) !== false) return { from, step }
    }
  return undefined
}

/** The components in which an execution can stay as it is sought, of the part of a graph that some states lead to. */
export function* fairComponents(
  graph: Digraph,
  { part, visiting, obligations }: Recurrent,
  roots: Iterable<number>
): Generator<ReadonlySet<number>> {
  const canStop = (state: number): boolean => !obligations.some(({ isEnabled }) => isEnabled(state))
  for (const component of components(graph, part, roots)) {
    if (!visiting.every((wanted) => component.some(wanted))) continue
    // Most components are of one state, in which nothing can be done but to stop there.
    if (component.length === 1 && !component.every(canStop)) continue
    const states = new Set(component)
    const owed = obligations.filter((obligation) => isOwed(graph, states, part, obligation))
    if (owed.length === 0) yield states
    // What is enabled in all of the states and never taken is so in each part of them.
    if (owed.some(({ strength }) => strength === 'weak')) continue
    const left = component.filter((s) => !owed.some(({ isEnabled }) => isEnabled(s)))
    if (owed.length > 0 && left.length > 0) {
      const inside = new Set(left)
      const rest = { ...part, has: (s: number) => inside.has(s) }
      yield* fairComponents(graph, { part: rest, visiting, obligations }, left)
    }
  }
}

/** An execution that comes to all of these states again and again does not do what it owes. */
const isOwed = (
  graph: Digraph,
  states: ReadonlySet<number>,
  { follows }: Part,
  { strength, isEnabled, isTaken }: Obligation
): boolean => {
  const enabled = [...states].filter(isEnabled).length
  if (strength === 'weak' ? enabled < states.size : enabled === 0) return false
  return stepWithin(graph, states, follows, isTaken) === undefined
}
