/**
 * The simplest explorer there is, with nothing in common with the checker's: a map from texts to states.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../../spec/system/transitionSystem.js'

/** A step that was found. */
export interface Edge<S, A> {
  readonly from: S
  readonly by: A
  readonly to: S
}

/** All that is reachable: states by their texts, and every step between them. */
export interface Explored<S, A> {
  readonly states: ReadonlyMap<string, S>
  readonly edges: ReadonlyArray<Edge<S, A>>
}

/** Everything reachable in a system, which must be small. */
export const explore = <S, A>(system: TransitionSystem<S, A>, textOf: (s: S) => string): Explored<S, A> => {
  const states = new Map<string, S>(system.initial.map((s) => [textOf(s), s]))
  const edges: Array<Edge<S, A>> = []
  for (const [, from] of states)
    for (const by of system.actions(from)) {
      const to = O.toUndefined(system.next(from, by))
      if (to === undefined) continue
      edges.push({ from, by, to })
      if (!states.has(textOf(to))) states.set(textOf(to), to)
    }
  return { states, edges }
}
