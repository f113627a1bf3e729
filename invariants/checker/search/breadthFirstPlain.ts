/**
 * Breadth first over states as the model has them: nothing is interned, no fingerprints are taken, and every step is
 * computed anew. The other strategies are tested against it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { breathe, tallyFor } from '../model/result.js'
import type { Execution, Interruption } from '../model/result.js'
import { stateBitsOf, stepBitsOf } from '../state/plain.js'
import { NOWHERE } from './origins.js'
import type { CommonBounds, DepthBound, Found } from './bounds.js'

/** How a state was found. */
type Origin<A> = { readonly _tag: 'Start'; readonly start: number } | { readonly _tag: 'Step'; readonly action: A }

/** A state that was found: how many steps lead to it, and from which state the last of them. */
interface Kept<S, A> {
  readonly s: S
  readonly depth: number
  readonly from: number
  readonly by: Origin<A>
}

/** The execution that leads to the state with an index. */
const executionTo = <S, A>(states: ReadonlyArray<Kept<S, A>>, index: number): Execution<A> => {
  const way: A[] = []
  let start = 0
  for (let at = states[index]; at !== undefined; at = states[at.from])
    if (at.by._tag === 'Step') way.push(at.by.action)
    else start = at.by.start
  return { start, actions: way.reverse() }
}

/** Breadth-first search over whole states, which are told apart by their keys. */
export const breadthFirstPlain = async <S, A>(
  model: Model<S, A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: CommonBounds & DepthBound
): Promise<Found<A>> => {
  const { system } = model
  const tally = tallyFor(model)
  const states: Array<Kept<S, A>> = []
  const known = new Set<string>()
  let transitions = 0
  let complete = true

  /** Keeps a state that is new; true if it violates an invariant. */
  const visit = (s: S, depth: number, from: number, by: Origin<A>): boolean => {
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

  const found = (violation?: Execution<A>, interruption?: Interruption<A>): Found<A> => ({
    states: states.length,
    transitions,
    depth: states[states.length - 1]?.depth ?? 0,
    complete: complete && violation === undefined && interruption === undefined,
    coverage: tally.coverage(),
    violation,
    interruption
  })

  /** Takes every step of a state; true if one leads to a violation. */
  const expand = ({ s, depth }: Kept<S, A>, index: number): boolean => {
    for (const action of system.actions(s)) {
      const next = system.next(s, action)
      if (O.isNone(next)) continue
      transitions++
      tally.kind(model.kindOf(action))
      tally.step(stepBitsOf(model, s, next.value))
      if (visit(next.value, depth + 1, index, { _tag: 'Step', action })) return true
    }
    return false
  }

  for (const [start, s] of system.initial.entries()) {
    try {
      if (visit(s, 0, NOWHERE, { _tag: 'Start', start })) return found({ start, actions: [] })
    } catch (thrown) {
      return found(undefined, { at: { start, actions: [] }, thrown })
    }
  }
  for (let i = 0; ; i++) {
    const state = states[i]
    if (state === undefined) return found()
    const { s, depth } = state
    if (depth >= maxDepth) {
      try {
        complete &&= system.actions(s).length === 0
      } catch {
        // It is thrown beyond the bound.
        complete = false
      }
      continue
    }
    try {
      if (expand(state, i)) return found(executionTo(states, states.length - 1))
    } catch (thrown) {
      return found(undefined, { at: executionTo(states, i), thrown })
    }
    if (i % 64 === 0) {
      onProgress?.({ states: states.length, transitions, depth, frontier: states.length - i })
      await breathe()
    }
  }
}
