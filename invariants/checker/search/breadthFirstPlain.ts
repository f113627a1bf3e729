/**
 * Breadth first over states as the model has them: nothing is interned, no fingerprints are taken, and every step is
 * computed anew. The other strategies are tested against it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { tallyFor } from '../model/result.js'
import { stateBitsOf, stepBitsOf } from '../state/plain.js'
import { Pauses } from './bounds.js'
import type { CommonBounds, DepthBound, Found } from './bounds.js'

/** Breadth-first search over whole states, which are told apart by their keys. */
export const breadthFirstPlain = async <S, A>(
  model: Model<S, A>,
  bounds: CommonBounds & DepthBound
): Promise<Found<A>> => {
  const { depth: maxDepth = Infinity, maxStates = Infinity } = bounds
  const { system } = model
  const tally = tallyFor(model)
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
    return violates(model, s)
  }

  /** The actions that lead to the last state. */
  const actions = (): ReadonlyArray<A> => {
    const way: A[] = []
    for (let at = states[states.length - 1]; at?.by !== undefined; at = states[at.from]) way.push(at.by)
    return way.reverse()
  }

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: states.length,
    transitions,
    depth: states[states.length - 1]?.depth ?? 0,
    complete: complete && violation === undefined,
    coverage: tally.coverage(),
    violation
  })

  for (const s of system.initial) if (visit(s, 0, -1, undefined)) return found([])
  const pauses = new Pauses(64)
  for (let i = 0; ; i++) {
    const state = states[i]
    if (state === undefined) return found(undefined)
    const { s, depth } = state
    const enabled = system.actions(s)
    if (depth >= maxDepth) complete &&= enabled.length === 0
    for (const a of depth < maxDepth ? enabled : []) {
      const next = system.next(s, a)
      if (O.isNone(next)) continue
      transitions++
      tally.kind(model.kindOf(a))
      tally.step(stepBitsOf(model, s, next.value))
      if (visit(next.value, depth + 1, i, a)) return found(actions())
    }
    if (pauses.isDue(i, transitions)) {
      const waiting = states.length - i - 1
      const goesOn = await pauses.goOn(bounds, { states: states.length, transitions, depth, frontier: waiting + 1 })
      if (!goesOn && waiting > 0) return { ...found(undefined), complete: false }
    }
  }
}
