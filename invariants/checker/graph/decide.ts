/**
 * What the graph of reachable states says of the properties that are about whole executions.
 */
import * as O from 'fp-ts/lib/Option.js'
import type {
  Abstraction,
  AlwaysReachable,
  GraphProperty,
  LeadsTo,
  Recurrence,
  Refines
} from '../../property/property.js'
import { Guard } from '../model/guard.js'
import { guardedAbstraction } from '../model/guarded.js'
import type { Recurrent } from './fairness.js'
import type { Labels } from './labels.js'
import { lassoFrom } from './lasso.js'
import type { Start } from './lasso.js'
import type { Reachability, Way } from './reachability.js'

/** What was found out about a property. `undecided`: in the part that was explored nothing contradicts it. */
export interface Decision {
  readonly verdict: 'holds' | 'violated' | 'undecided'
  /** The execution that shows it, by steps of the graph; without `loop` it is its end that shows it. */
  readonly way?: Way & { readonly loop?: number }
  /** Of how many reachable states it does not hold, where it is about each. */
  readonly states?: number
}

/** A graph, and what is known of its states and steps. */
export interface Known<A> {
  readonly graph: Reachability<A>
  readonly labels: Labels<A>
}

/** Something was thrown while a state was looked at. */
export class ThrownAt extends Error {
  override readonly name = 'ThrownAt'

  constructor(
    readonly state: number,
    readonly thrown: unknown
  ) {
    super('it was thrown while a state was looked at')
  }
}

/** Looks at a state. @throws ThrownAt where that throws. */
const lookingAt = <X>(state: number, look: () => X): X => {
  try {
    return look()
  } catch (thrown) {
    throw new ThrownAt(state, thrown)
  }
}

/**
 * Decides a property of the executions whose states are those of a graph.
 * @throws ThrownAt where an abstract system throws.
 */
export const decide = <S, A>(known: Known<A>, property: GraphProperty<S, A>): Decision => {
  switch (property._tag) {
    case 'AlwaysReachable':
      return alwaysReachable(known, property)
    case 'Refines':
      return refinement(known, property)
    case 'Eventually':
    case 'InfinitelyOften':
    case 'EventuallyAlways':
    case 'LeadsTo':
      return live(known, violating(known, property))
  }
}

/** A kind of execution that is sought: where it may begin, through which states it may go, and how it goes on for ever. */
interface Sought {
  readonly starts: ReadonlyArray<Start>
  readonly isAllowed: (state: number) => boolean
  readonly recurrent: Recurrent
}

const live = <A>({ graph }: Known<A>, { starts, isAllowed, recurrent }: Sought): Decision => {
  const way = lassoFrom(graph, recurrent, starts, isAllowed, (start) => graph.wayTo(start))
  return way === undefined ? nothingAgainst(graph) : { verdict: 'violated', way }
}

/** Nothing in a graph contradicts a property: it holds if there is nothing else. */
const nothingAgainst = <A>({ isComplete }: Reachability<A>): Decision => ({
  verdict: isComplete ? 'holds' : 'undecided'
})

/** The fair executions that violate a property. */
const violating = <S, A>({ graph, labels }: Known<A>, property: Recurrence<S, A> | LeadsTo<S, A>): Sought => {
  const isKnown = (state: number): boolean => graph.isExpanded(state)
  const isOutside =
    (label: (state: number) => number) =>
    (state: number): boolean =>
      isKnown(state) && label(state) === 0
  const obligations = labels.obligations(property.fairness)
  const initial = graph.initial.map((state) => ({ state, depth: 0 }))
  switch (property._tag) {
    case 'Eventually': {
      const has = isOutside(labels.of(property))
      const starts = initial.filter(({ state }) => has(state))
      return { starts, isAllowed: has, recurrent: { part: { has }, visiting: [], obligations } }
    }
    case 'InfinitelyOften': {
      const has = isOutside(labels.of(property))
      return { starts: initial, isAllowed: isKnown, recurrent: { part: { has }, visiting: [], obligations } }
    }
    case 'EventuallyAlways': {
      const visiting = [isOutside(labels.of(property))]
      return { starts: initial, isAllowed: isKnown, recurrent: { part: { has: isKnown }, visiting, obligations } }
    }
    case 'LeadsTo': {
      const [from, has] = [labels.of(property), isOutside(labels.of(property, 1))]
      const starts = graph.startsWhere((state) => from(state) !== 0 && has(state))
      return { starts, isAllowed: has, recurrent: { part: { has }, visiting: [], obligations } }
    }
  }
}

/** From every state one of a kind can be reached: looked for from these, backwards. */
const alwaysReachable = <S, A>({ graph, labels }: Known<A>, property: AlwaysReachable<S, A>): Decision => {
  // Of a part of the graph nothing can be said: what is missing may lead on.
  if (!graph.isComplete) return { verdict: 'undecided' }
  const isGoal = labels.of(property)
  const isBy = O.match(
    () => () => true,
    (by: Parameters<typeof labels.isBy>[0]) => labels.isBy(by)
  )(property.by)
  const before = graph.reversed(isBy)
  const can = new Uint8Array(graph.states)
  const queue: number[] = []
  const reach = (state: number): void => {
    if (can[state] === 1) return
    can[state] = 1
    queue.push(state)
  }
  for (let state = 0; state < graph.states; state++) if (isGoal(state) !== 0) reach(state)
  for (const state of queue)
    for (let i = before.first[state] ?? 0; i < (before.first[state + 1] ?? 0); i++) reach(before.to[i] ?? state)
  // States are numbered in the order of their depths.
  const worst = can.indexOf(0)
  return worst < 0
    ? { verdict: 'holds', states: 0 }
    : { verdict: 'violated', states: graph.states - queue.length, way: graph.wayTo(worst) }
}

/** Every initial state is an abstract one, every step an abstract step or none, and what is fair is fair there. */
const refinement = <S, A>(known: Known<A>, property: Refines<S, A>): Decision => {
  const { graph, labels } = known
  const system = guardedAbstraction(new Guard(), property.system)
  const abstract = labels.of(property)
  const isInitial = (state: number): boolean => lookingAt(state, () => system.isInitial(abstract(state)))
  const leads = (isStep: Abstraction['isStep'], from: number, to: number): boolean =>
    lookingAt(from, () => isStep(abstract(from), abstract(to)))
  const stray = graph.initial.find((state) => graph.isExpanded(state) && !isInitial(state))
  if (stray !== undefined) return { verdict: 'violated', way: graph.wayTo(stray) }
  for (let state = 0; state < graph.expanded; state++)
    for (let step = graph.first[state] ?? 0; step < (graph.first[state + 1] ?? 0); step++) {
      const next = graph.to[step] ?? state
      if (!graph.isExpanded(next)) continue
      if (abstract(state) === abstract(next) || leads(system.isStep, state, next)) continue
      const way = graph.wayTo(state)
      return { verdict: 'violated', way: { from: way.from, steps: [...way.steps, step] } }
    }
  const starts = graph.initial.map((state) => ({ state, depth: 0 }))
  const isAllowed = (state: number): boolean => graph.isExpanded(state)
  for (const { strength, isEnabled, isStep } of system.fairness) {
    const isDue = (state: number): boolean => isAllowed(state) && lookingAt(state, () => isEnabled(abstract(state)))
    const found = live(known, {
      starts,
      isAllowed,
      recurrent: {
        part: {
          has: strength === 'weak' ? isDue : isAllowed,
          follows: (from, step) => !leads(isStep, from, graph.to[step] ?? from)
        },
        visiting: strength === 'strong' ? [isDue] : [],
        obligations: labels.obligations(property.fairness)
      }
    })
    if (found.verdict === 'violated') return found
  }
  return nothingAgainst(graph)
}
