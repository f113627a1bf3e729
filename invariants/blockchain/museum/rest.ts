/**
 * Points of no return: states from which a goal can no longer be reached. No invariant of states says that; it takes the
 * whole graph, first forwards, then backwards from the goal.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Model } from '../../checker/model/model.js'
import { breathe } from '../../checker/model/result.js'
import type { Execution } from '../../checker/model/result.js'
import { statesAlong } from '../../checker/trace/replay.js'
import { presented } from './exhibit.js'
import type { Outcome } from './exhibit.js'
import type { Subject } from '../../systems/system.js'

/** What a search for a point of no return has come to. */
export interface NoReturn<A> {
  readonly states: number
  /** How many of the states are goals. */
  readonly goals: number
  /** The shortest execution to a state from which no goal can be reached. */
  readonly execution: Execution<A> | undefined
  /** How many states can be reached from there. */
  readonly beyond: number
}

interface Node<S, A> {
  readonly s: S
  /** The way to it: the state before it, and the action. */
  readonly from: number
  readonly by: A | undefined
  readonly before: Set<number>
  readonly after: Set<number>
}

/** The states that can be reached by some edges from some states, these included. */
const closure = (from: Iterable<number>, edges: (i: number) => Iterable<number>): ReadonlySet<number> => {
  const reached = new Set(from)
  for (const i of reached) for (const j of edges(i)) reached.add(j)
  return reached
}

/**
 * Explores all of a model, which must be small, and finds the nearest state from which no goal can be reached.
 * @throws RangeError where the model has more states than `maxStates`: with a part of the graph nothing can be said.
 */
export const pointOfNoReturn = async <S, A>(
  { name, system, key }: Model<S, A>,
  isGoal: (s: S) => boolean,
  maxStates = 50_000
): Promise<NoReturn<A>> => {
  const nodes: Array<Node<S, A>> = []
  const known = new Map<string, number>()

  const visit = (s: S, from: number, by: A | undefined): number => {
    const text = key(s)
    const at = known.get(text)
    if (at !== undefined) return at
    if (nodes.length === maxStates)
      throw new RangeError(`${name} has more than ${String(maxStates)} states; choose smaller bounds`)
    known.set(text, nodes.length)
    return nodes.push({ s, from, by, before: new Set(), after: new Set() }) - 1
  }

  for (const s of system.initial) visit(s, -1, undefined)
  for (let i = 0; ; i++) {
    const node = nodes[i]
    if (node === undefined) break
    for (const a of system.actions(node.s)) {
      const next = system.next(node.s, a)
      if (O.isNone(next)) continue
      const j = visit(next.value, i, a)
      node.after.add(j)
      nodes[j]?.before.add(i)
    }
    if (i % 64 === 0) await breathe()
  }

  const goals = nodes.flatMap(({ s }, i) => (isGoal(s) ? [i] : []))
  const safe = closure(goals, (i) => nodes[i]?.before ?? [])
  // States are in the order of their distance.
  const lost = nodes.findIndex((_, i) => !safe.has(i))
  const way: A[] = []
  let node = nodes[lost]
  for (; node?.by !== undefined; node = nodes[node.from]) way.push(node.by)
  return {
    states: nodes.length,
    goals: goals.length,
    execution: node && { start: system.initial.indexOf(node.s), actions: way.reverse() },
    beyond: lost < 0 ? 0 : closure([lost], (i) => nodes[i]?.after ?? []).size
  }
}

/** A search for the shortest execution after which a goal can no longer be reached. */
export const returning = async <S, A>(
  subject: Pick<Subject<S, A>, 'model' | 'show'>,
  goal: string,
  isGoal: (s: S) => boolean
): Promise<Outcome> => {
  const { states, goals, execution, beyond } = await pointOfNoReturn(subject.model, isGoal)
  return {
    looked: `${subject.model.name}: ${String(states)} states, all that are reachable; ${goal} in ${String(goals)} of them`,
    found:
      execution &&
      presented(subject, statesAlong(subject.model, execution), execution.actions, [
        `${goal} in none of the ${String(beyond)} states that can be reached from here`
      ])
  }
}
