/**
 * Breadth first over states as the model has them: nothing is interned, no fingerprints are taken, and every step is
 * computed anew. The other strategies are tested against it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { Goals } from '../model/goals.js'
import { breaksAt, isDeadlock, violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { breathe, tallyFor } from '../model/result.js'
import { stateBitsOf, stepBitsOf } from '../state/plain.js'
import type { CommonBounds, DepthBound, Found } from './bounds.js'

/** Breadth-first search over whole states, which are told apart by their keys. */
export const breadthFirstPlain = async <S, A>(
  model: Model<S, A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: CommonBounds & DepthBound
): Promise<Found<A>> => {
  const { system } = model
  const tally = tallyFor(model)
  const goals = new Goals<S>(model.properties)
  const states: Array<{ readonly s: S; readonly depth: number; readonly from: number; readonly by: A | undefined }> = []
  const known = new Set<string>()
  let transitions = 0
  let complete = true

  /** Keeps a state that is new; true if it violates an invariant. */
  const visit = (s: S, depth: number, from: number, by: A | undefined): boolean => {
    const key = model.key(s)
    if (known.has(key)) return false
    if (states.length >= maxStates) {
      complete = false
      return false
    }
    known.add(key)
    states.push({ s, depth, from, by })
    tally.state(stateBitsOf(model, s))
    if (goals.isPending) goals.look(s)
    return violates(model, s)
  }

  /** The actions that lead to a state. */
  const actionsTo = (number: number): ReadonlyArray<A> => {
    const way: A[] = []
    for (let at = states[number]; at?.by !== undefined; at = states[at.from]) way.push(at.by)
    return way.reverse()
  }

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: states.length,
    transitions,
    depth: states[states.length - 1]?.depth ?? 0,
    complete: complete && violation === undefined,
    coverage: { ...tally.coverage(), goals: goals.reached() },
    violation
  })

  for (const s of system.initial) if (visit(s, 0, -1, undefined)) return found([])
  for (let i = 0; ; i++) {
    const state = states[i]
    if (state === undefined) return found(undefined)
    const { s, depth } = state
    const enabled = system.actions(s)
    if (depth >= maxDepth) {
      if (enabled.length > 0) complete = false
      else if (isDeadlock(model, s)) return found(actionsTo(i))
      continue
    }
    let hasStep = false
    for (const a of enabled) {
      const next = system.next(s, a)
      if (O.isNone(next)) continue
      hasStep = true
      transitions++
      tally.kind(model.kindOf(a))
      tally.step(stepBitsOf(model, s, next.value))
      if (breaksAt(model, s, a, next.value)) return found([...actionsTo(i), a])
      if (visit(next.value, depth + 1, i, a)) return found(actionsTo(states.length - 1))
    }
    if (!hasStep && isDeadlock(model, s)) return found(actionsTo(i))
    if (i % 64 === 0) {
      onProgress?.({ states: states.length, transitions, depth, frontier: states.length - i })
      await breathe()
    }
  }
}
