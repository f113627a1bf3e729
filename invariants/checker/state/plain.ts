/**
 * A walker that interns nothing: every step is computed anew by the specification, every invariant evaluated in full.
 */
import * as O from 'fp-ts/lib/Option.js'
import { bitsOf } from '../data/bits.js'
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
  const first = initial[0]
  if (first === undefined) throw new RangeError(`${model.name} has no initial state`)
  // What has no key is no state.
  const firsts = new Map<string, number>()
  for (const [i, key] of initial.map((s) => model.key(s)).entries()) if (!firsts.has(key)) firsts.set(key, i)
  const kinds = [...model.kinds]
  const goals = new Goals<S>(model.properties)
  const labels = (model.properties ?? []).flatMap((property) => labelsOf(property))
  let tally = tallyFor(model)
  let current: S = first
  let steps: Array<{ readonly action: A; readonly to: S }> = []
  const stepAt = (place: number): { readonly action: A; readonly to: S } => {
    const step = steps[place]
    if (step === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
    return step
  }
  return {
    starts: [...firsts.values()],
    begin: (start = 0) => {
      const s = initial[start]
      if (s === undefined) throw new RangeError(`${model.name} has no initial state ${String(start)}`)
      current = s
      steps = []
    },
    enumerate: () => {
      steps = []
      for (const action of model.system.actions(current)) {
        const to = model.system.next(current, action)
        if (O.isSome(to)) steps.push({ action, to: to.value })
      }
      return steps.length
    },
    apply: (place) => {
      current = stepAt(place).to
    },
    actionAt: (place) => stepAt(place).action,
    kindAt: (place) => {
      const kind = model.kindOf(stepAt(place).action)
      const known = kinds.indexOf(kind)
      return known < 0 ? kinds.push(kind) - 1 : known
    },
    kinds: () => kinds,
    countStep: (place) => {
      const { action, to } = stepAt(place)
      tally.kind(model.kindOf(action))
      tally.step(stepBitsOf(model, current, to))
    },
    countState: () => {
      tally.state(stateBitsOf(model, current))
      if (goals.isPending) goals.look(current)
    },
    coverage: () => ({ ...tally.coverage(), goals: goals.reached() }),
    violated: () => violates(model, current),
    breaks: (place) => {
      const { action, to } = stepAt(place)
      return breaksAt(model, current, action, to)
    },
    isStuck: () => isDeadlock(model, current),
    labels: (to, at) => {
      for (const [i, label] of labels.entries()) to[at + i] = label(current)
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
