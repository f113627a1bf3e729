/**
 * Breadth first over states as the model has them: nothing is interned, no fingerprints are taken, and every step is
 * computed anew. The other strategies are tested against it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { Goals } from '../model/goals.js'
import { breaksAt, isDeadlock, violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { tallyFor } from '../model/result.js'
import type { Execution, Interruption } from '../model/result.js'
import { stateBitsOf, stepBitsOf } from '../state/plain.js'
import { Pauses } from './bounds.js'
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

/** A state has steps, or what is beyond it is not known: where that throws, it is thrown beyond the bound. */
const hasSteps = <S, A>({ system }: Model<S, A>, s: S): boolean => {
  try {
    return system.actions(s).some((action) => O.isSome(system.next(s, action)))
  } catch {
    return true
  }
}

/** Breadth-first search over whole states, which are told apart by their keys. */
export const breadthFirstPlain = async <S, A>(
  model: Model<S, A>,
  bounds: CommonBounds & DepthBound
  // eslint-disable-next-line max-lines-per-function -- what every other search is held to, in one piece
): Promise<Found<A>> => {
  const { depth: maxDepth = Infinity, maxStates = Infinity } = bounds
  const { system } = model
  const tally = tallyFor(model)
  const goals = new Goals<S>(model.properties)
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
    if (goals.isPending) goals.look(({ of }) => of(s))
    return violates(model, s)
  }

  const found = (violation?: Execution<A>, interruption?: Interruption<A>): Found<A> => ({
    states: states.length,
    transitions,
    depth: states[states.length - 1]?.depth ?? 0,
    complete: complete && violation === undefined && interruption === undefined,
    coverage: { ...tally.coverage(), goals: goals.reached() },
    violation,
    interruption
  })

  /** Takes every step of a state; the execution to a violation, if one leads to one. */
  const expand = ({ s, depth }: Kept<S, A>, index: number): Execution<A> | undefined => {
    let hasStep = false
    for (const action of system.actions(s)) {
      const next = system.next(s, action)
      if (O.isNone(next)) continue
      hasStep = true
      transitions++
      tally.kind(model.kindOf(action))
      tally.step(stepBitsOf(model, s, next.value))
      if (breaksAt(model, s, action, next.value)) {
        const { start, actions } = executionTo(states, index)
        return { start, actions: [...actions, action] }
      }
      if (visit(next.value, depth + 1, index, { _tag: 'Step', action })) return executionTo(states, states.length - 1)
    }
    return !hasStep && isDeadlock(model, s) ? executionTo(states, index) : undefined
  }

  /** Looks beyond a state at the bound; the execution to it, if it is a deadlock. */
  const look = (s: S, index: number): Execution<A> | undefined => {
    if (hasSteps(model, s)) complete = false
    else if (isDeadlock(model, s)) return executionTo(states, index)
    return undefined
  }

  for (const [start, s] of system.initial.entries()) {
    try {
      if (visit(s, 0, NOWHERE, { _tag: 'Start', start })) return found({ start, actions: [] })
    } catch (thrown) {
      return found(undefined, { at: { start, actions: [] }, thrown })
    }
  }
  const pauses = new Pauses(64)
  for (let i = 0; ; i++) {
    const state = states[i]
    if (state === undefined) return found()
    const { s, depth } = state
    try {
      const violation = depth < maxDepth ? expand(state, i) : look(s, i)
      if (violation !== undefined) return found(violation)
    } catch (thrown) {
      return found(undefined, { at: executionTo(states, i), thrown })
    }
    if (pauses.isDue(i, transitions)) {
      const waiting = states.length - i - 1
      const goesOn = await pauses.goOn(bounds, { states: states.length, transitions, depth, frontier: waiting + 1 })
      if (!goesOn && waiting > 0) return { ...found(undefined), complete: false }
    }
  }
}
