/**
 * A walker that interns nothing: every step is computed anew by the specification, every invariant evaluated in full.
 */
import * as O from 'fp-ts/lib/Option.js'
import { bitsOf } from '../data/bits.js'
import type { Walker } from '../model/walker.js'
import { violates } from '../model/model.js'
import type { Model } from '../model/model.js'
import { breathe, tallyFor } from '../model/result.js'
import type { Found, SearchBounds } from '../search/search.js'

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
  /** Forgets what has been counted. */
  readonly uncount: () => void
}

/**
 * The walker of a model that has no other, from the first initial state.
 * @throws RangeError for a model without initial states.
 */
export const plainWalker = <S, A>(model: Model<S, A>): PlainWalker<S, A> => {
  const [initial] = model.system.initial
  if (initial === undefined) throw new RangeError(`${model.name} has no initial state`)
  const kinds = [...model.kinds]
  let tally = tallyFor(model)
  let current: S = initial
  let steps: Array<{ readonly action: A; readonly to: S }> = []
  const stepAt = (place: number): { readonly action: A; readonly to: S } => {
    const step = steps[place]
    if (step === undefined) throw new RangeError(`no step is at place ${String(place)} of the step list`)
    return step
  }
  return {
    begin: () => {
      current = initial
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
    },
    coverage: () => tally.coverage(),
    violated: () => violates(model, current),
    state: () => current,
    goTo: (s) => {
      current = s
    },
    uncount: () => {
      tally = tallyFor(model)
    }
  }
}

/** Breadth-first search over whole states, which are told apart by their keys. */
export const breadthFirstPlain = async <S, A>(
  model: Model<S, A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: SearchBounds
): Promise<Found<A>> => {
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
  for (let i = 0; ; i++) {
    const state = states[i]
    if (state === undefined) return found(undefined)
    const { s, depth } = state
    const enabled = system.actions(s)
    if (depth >= maxDepth) {
      complete &&= enabled.length === 0
      continue
    }
    for (const a of enabled) {
      const next = system.next(s, a)
      if (O.isNone(next)) continue
      transitions++
      tally.kind(model.kindOf(a))
      tally.step(stepBitsOf(model, s, next.value))
      if (visit(next.value, depth + 1, i, a)) return found(actions())
    }
    if (i % 64 === 0) {
      onProgress?.({ states: states.length, transitions, depth, frontier: states.length - i })
      await breathe()
    }
  }
}
