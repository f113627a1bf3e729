/**
 * A walker that interns nothing: every step is computed anew by the specification, every invariant evaluated in full.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Step, TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { bitsOf } from '../data/bits.js'
import { firstOfEach } from '../data/firsts.js'
import { labelsOf } from '../../property/property.js'
import { Goals } from '../model/goals.js'
import type { Walker } from '../model/walker.js'
import { breaksAt, isDeadlock, violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { tallyFor } from '../model/result.js'

/** The observations that a state shows, as bits. */
export const stateBitsOf = <S, A>(model: Model<S, A>, s: S): number => bitsOf(model.states.map(({ of }) => of(s)))

/** The observations that a step makes, as bits. */
export const stepBitsOf = <S, A>(model: Model<S, A>, before: S, after: S): number =>
  bitsOf(model.steps.map(({ of }) => of(before, after)))

/** All steps from a state. */
export const stepsFrom = <S, A>({ actions, next, steps }: TransitionSystem<S, A>, s: S): ReadonlyArray<Step<S, A>> => {
  if (steps !== undefined) return Array.from(steps(s))
  const found: Array<Step<S, A>> = []
  for (const action of actions(s)) {
    const to = next(s, action)
    if (O.isSome(to)) found.push([action, to.value])
  }
  return found
}

/** A walker on states as the model has them. */
export interface PlainWalker<S, A> extends Walker<A> {
  /** The current state. */
  readonly state: () => S
  /** Goes to a state. The list of steps stays that of the last `enumerate`. */
  readonly goTo: (s: S) => void
  /** Writes the numbers that the model's properties give the current state to these integers. */
  readonly labels: (to: Int32Array, at: number) => void
  /** Forgets what has been counted. */
  readonly resetCounts: () => void
}

/**
 * The walker of a model that has no other.
 * @throws RangeError for a model without initial states.
 */
export const plainWalker = <S, A>(model: Model<S, A>): PlainWalker<S, A> => {
  const { initial } = model.system
  // A state may be undefined.
  const held = initial.map((state) => ({ state }))
  const [first] = held
  if (first === undefined) throw new RangeError(`${model.name} has no initial state`)
  // What has no key is no state.
  const starts = firstOfEach(initial.map((s) => model.key(s)))
  const kinds = [...model.kinds]
  const goals = new Goals<S>(model.properties)
  const labels = (model.properties ?? []).flatMap((property) => labelsOf(property))
  let tally = tallyFor(model)
  let current: S = first.state
  let steps: ReadonlyArray<Step<S, A>> = []
  const stepAt = (place: number): Step<S, A> => {
    const step = steps[place]
    if (step === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
    return step
  }
  return {
    starts,
    begin: (start = 0) => {
      const there = held[start]
      if (there === undefined) throw new RangeError(`${model.name} has no initial state ${String(start)}`)
      current = there.state
      steps = []
    },
    enumerate: () => {
      steps = stepsFrom(model.system, current)
      return steps.length
    },
    apply: (place) => {
      current = stepAt(place)[1]
    },
    actionAt: (place) => stepAt(place)[0],
    kindAt: (place) => {
      const kind = model.kindOf(stepAt(place)[0])
      const known = kinds.indexOf(kind)
      return known < 0 ? kinds.push(kind) - 1 : known
    },
    kinds: () => kinds,
    countStep: (place) => {
      const [action, to] = stepAt(place)
      tally.kind(model.kindOf(action))
      tally.step(stepBitsOf(model, current, to))
    },
    countState: () => {
      tally.state(stateBitsOf(model, current))
      if (goals.isPending) goals.look(({ of }) => of(current))
    },
    coverage: () => ({ ...tally.coverage(), goals: goals.reached() }),
    violated: () => violates(model, current),
    breaks: (place) => {
      const [action, to] = stepAt(place)
      return breaksAt(model, current, action, to)
    },
    isStuck: () => isDeadlock(model, current),
    labels: (to, at) => {
      for (const [i, label] of labels.entries()) to[at + i] = label.of(current)
    },
    state: () => current,
    goTo: (s) => {
      current = s
    },
    resetCounts: () => {
      tally = tallyFor(model)
      goals.reset()
    }
  }
}
