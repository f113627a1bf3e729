/**
 * Induction: is an invariant kept by every step, from *every* state in which it holds, reachable or not?
 *
 * Where exploration visits what is reachable within bounds on an execution, this takes each of a list of states, and one step.
 * A step that breaks the invariant is a counterexample to induction: the invariant may hold of every execution all the
 * same, if the state before the step is not reachable, but it does not prove itself. So such a state is then sought.
 */
import * as O from 'fp-ts/lib/Option.js'
import { leaves, whole } from '../../property/invariant.js'
import type { Failure } from '../../property/invariant.js'
import { exhaustive } from './exhaustive.js'
import { guarded } from '../model/guarded.js'
import { refuseUnfit } from '../model/model.js'
import type { Model } from '../model/model.js'
import { verdict } from '../trace/replay.js'
import { settled } from '../trace/settle.js'
import type { Fault } from '../model/result.js'
import { Pauses } from './bounds.js'
import type { CommonBounds } from './bounds.js'

/** A step from a state in which all invariants hold to one in which some do not. */
export interface InductionStep<S, A> {
  readonly before: S
  readonly action: A
  readonly after: S
  /** What fails after the step. */
  readonly failures: ReadonlyArray<Failure>
  /** The shortest execution that leads to the state before the step; none where the search found none. */
  readonly reached: { readonly states: ReadonlyArray<S>; readonly actions: ReadonlyArray<A> } | undefined
  /** The search for that state: how far it went, and whether there was nothing further. */
  readonly searched: { readonly depth: number; readonly states: number; readonly complete: boolean }
}

/** How an induction came out. */
export interface Induction<S, A> {
  readonly model: string
  /** All states that were given were tried, or one was found from which a step breaks an invariant. */
  readonly complete: boolean
  /** How many states were tried. */
  readonly candidates: number
  /** In how many of them all invariants hold. */
  readonly satisfying: number
  /** The steps taken from those. */
  readonly steps: number
  /** What fails in initial states: the base of the induction. */
  readonly base: ReadonlyArray<Failure>
  /** The first step that breaks an invariant. None: within the given states, the invariants are inductive. */
  readonly counterexample: InductionStep<S, A> | undefined
  /** What went wrong in the model itself, in one of the states: then nothing is said of the others. */
  readonly fault: Fault<S, A> | undefined
  readonly seconds: number
}

/** How far the state before a counterexample is sought. */
export interface InductionOptions extends Pick<CommonBounds, 'onProgress' | 'signal'> {
  /** The most steps from an initial state. Default: 6. */
  readonly depth?: number
  /** The most states. Default: 20,000. */
  readonly maxStates?: number
  /** How many states are given at most, so that it can be said how many are left. Default: not known. */
  readonly among?: number
}

/** How many states are tried between two pauses. */
const PAUSE = 1 << 12

/** All invariants of a model hold of a state. Throws the fault of one of which they do, and that cannot be a state of it. */
const holds = <S, A>({ invariants, refuses }: Model<S, A>): ((s: S) => boolean) => {
  const conjuncts = invariants.flatMap((invariant) => leaves(invariant).map(([, leaf]) => leaf))
  return (s) => {
    if (!conjuncts.every(({ decide }) => decide(s).length === 0)) return false
    const fault = refuses?.(s)
    if (fault !== undefined) throw fault
    return true
  }
}

/**
 * Takes every step from every state of a list in which the model's invariants hold; stops at the first that breaks one.
 * @param candidates the states, the simplest first: then the counterexample is simple.
 */
export const inductive = async <S, A>(
  of: Model<S, A>,
  candidates: Iterable<S>,
  { depth = 6, maxStates = 20_000, among = 0, ...bounds }: InductionOptions = {}
): Promise<Induction<S, A>> => {
  refuseUnfit(of)
  const started = performance.now()
  const model = guarded(of)
  const { initial, actions, next } = model.system
  const isFine = holds(model)
  let tried = 0
  let satisfying = 0
  let steps = 0

  const breakingStep = (before: S): Pick<InductionStep<S, A>, 'before' | 'action' | 'after'> | undefined => {
    for (const action of actions(before)) {
      const after = next(before, action)
      if (O.isNone(after)) continue
      steps++
      if (!isFine(after.value)) return { before, action, after: after.value }
    }
    return undefined
  }

  const result = ({ counterexample, fault, complete = true }: Partial<Induction<S, A>> = {}): Induction<S, A> => ({
    model: model.name,
    complete,
    candidates: tried,
    satisfying,
    steps,
    base: fault === undefined ? initial.flatMap((s) => verdict(model, s)) : [],
    counterexample,
    fault,
    seconds: (performance.now() - started) / 1000
  })

  const pauses = new Pauses(PAUSE)
  for (const before of candidates) {
    if (pauses.isDue(tried, steps)) {
      const progress = { states: tried + 1, transitions: steps, depth: 1, frontier: Math.max(0, among - tried - 1) }
      if (!(await pauses.goOn(bounds, progress))) return result({ complete: false })
    }
    tried++
    try {
      if (!isFine(before)) continue
      satisfying++
      const broken = breakingStep(before)
      if (broken !== undefined)
        return result({
          counterexample: {
            ...broken,
            failures: verdict(model, broken.after),
            ...(await reach(model, before, { depth, maxStates, ...bounds }))
          }
        })
    } catch (thrown) {
      const here = { ...model, system: { ...model.system, initial: [before] } }
      return result({ fault: settled(here, { interruption: { at: { start: 0, actions: [] }, thrown } }).fault })
    }
  }
  return result()
}

/** Seeks a state, breadth first. */
const reach = async <S, A>(
  model: Model<S, A>,
  state: S,
  bounds: InductionOptions
): Promise<Pick<InductionStep<S, A>, 'reached' | 'searched'>> => {
  const wanted = model.key(state)
  const unreached = whole<S, unknown>('unreached', 'the state is another one', (s) =>
    model.key(s) === wanted ? [{ witness: 'this is the state' }] : []
  )
  const found = await exhaustive({ ...model, invariants: [unreached] }, { ...bounds, plain: true })
  return {
    reached: found.counterexample && { states: found.counterexample.states, actions: found.counterexample.actions },
    searched: { depth: found.depth, states: found.states, complete: found.complete }
  }
}
