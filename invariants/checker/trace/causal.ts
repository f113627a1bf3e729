/**
 * Causal shrinking: what happened outside the causal past of a failure cannot have brought it about, and is left out at
 * once, before single steps are tried (`shrink.ts`).
 *
 * A step depends on the earlier steps of its node, and on those that sent what it takes; the past of a step is what it
 * depends on, and what that depends on, and so on. The environment is no part of this: leaving steps out may change what it
 * offers. So the past is run as an execution of the model, and counts only if it fails too.
 */
import type { Model } from '../model/model.js'
import type { Execution } from '../model/result.js'
import { placeOf } from './causality.js'
import type { Causality } from './causality.js'
import { statesAlong, verdict } from './replay.js'
import { follow } from './shrink.js'

/** The actions of an execution on which what happened at some places depends. */
export const pastOf = <S, A>(
  causality: Causality<S, A>,
  states: ReadonlyArray<S>,
  actions: ReadonlyArray<A>,
  places: ReadonlyArray<string>
): ReadonlyArray<A> => {
  const needed = { places: new Set(places), packets: new Set<string>() }
  return actions
    .map((action, i) => ({ action, before: states[i], after: states[i + 1] }))
    .reverse()
    .filter(({ action, before, after }) => {
      if (before === undefined || after === undefined) return false
      const { place, takes, leaves } = causality(before, action, after)
      if (!needed.places.has(place) && !leaves.some((p) => needed.packets.has(p))) return false
      needed.places.add(place)
      for (const p of takes) needed.packets.add(p)
      return true
    })
    .map(({ action }) => action)
    .reverse()
}

/**
 * An execution that ends in a violation, without what happened outside the causal past of the failure: of the last step; if
 * that past alone does not fail, of the nodes that the failures name; if neither does, the execution as it was.
 */
export const causal = <S, A>(model: Model<S, A>, causality: Causality<S, A>, execution: Execution<A>): Execution<A> => {
  const { start, actions } = execution
  const states = statesAlong(model, execution)
  const [before, last, after] = [states[states.length - 2], actions[actions.length - 1], states[states.length - 1]]
  if (before === undefined || last === undefined || after === undefined) return execution
  const { place } = causality(before, last, after)
  const named = verdict(model, after).flatMap(({ node }) => (node === undefined ? [] : [placeOf(node)]))
  for (const places of [[place], [place, ...named]]) {
    const past = pastOf(causality, states, actions, places)
    const failing = past.length < actions.length ? follow(model, { start, actions: past }) : undefined
    if (failing !== undefined) return failing
  }
  return execution
}
