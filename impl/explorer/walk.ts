/**
 * Walks: executions that somebody takes step by step, with a way back and forth.
 *
 * A step is known by its place among those that are enabled, from 0 on. Places are numbers, so that a walk can be written
 * into an address; and they are the same for everybody, as the steps of a state have a fixed order.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { canonical } from '../../invariants/checker/data/canonical.js'
import type { Model } from '../../invariants/checker/model/model.js'
import { quiescent } from '../../invariants/checker/model/result.js'
import type { Execution } from '../../invariants/checker/model/result.js'
import { tagOf } from '../../invariants/checker/model/words.js'
import { failuresAtEnd, failuresOfWhole } from '../../invariants/checker/trace/judgement.js'
import type { ReplayedStep } from '../../invariants/checker/trace/trace.js'
import { plural } from '../../invariants/words.js'

/** A step that was taken, and its place among those that were enabled; the initial state has the place -1. */
export interface Taken<S, A> extends ReplayedStep<S, A> {
  readonly place: number
}

/** A walk: the steps, the initial state first, those among them that were undone, and how many are done. */
export interface Walk<S, A> {
  /** From which of the model's initial states. */
  readonly start: number
  readonly steps: readonly [Taken<S, A>, ...Array<Taken<S, A>>]
  /** So many steps are done; the others can be done again. */
  readonly at: number
  /** Where it goes on for ever: after its last step, as it did after so many. Default: it ends. */
  readonly loop?: number
}

/** An execution by places. */
export interface Path {
  readonly start: number
  readonly places: ReadonlyArray<number>
  readonly loop?: number
}

/** The steps of a state: each action that is enabled, and the state after it. */
export const stepsFrom = <S, A>(
  { system }: Pick<Model<S, A>, 'system'>,
  s: S
): ReadonlyArray<readonly [action: A, next: S]> =>
  system.steps === undefined
    ? system.actions(s).flatMap((action) =>
        O.match<S, ReadonlyArray<readonly [A, S]>>(
          () => [],
          (next) => [[action, next]]
        )(system.next(s, action))
      )
    : [...system.steps(s)]

/** The step that is done last: the initial state where none is. */
export const current = <S, A>({ steps, at }: Walk<S, A>): Taken<S, A> => steps[at] ?? steps[0]

/** Begins at an initial state. Left: there is none with that index. */
export const begin = <S, A>(model: Model<S, A>, start = 0): Either<string, Walk<S, A>> => {
  const { initial } = model.system
  const [state] = initial.slice(start, start + 1)
  if (start < 0 || start >= initial.length || state === undefined)
    return E.left(
      `${model.name} has ${plural(initial.length, 'initial state')}: there is none with the number ${start}`
    )
  const failures = failuresAtEnd(model, { states: [state], actions: [] })
  return E.right({ start, steps: [{ place: -1, action: undefined, state, failures }], at: 0 })
}

/** The walk goes on by a step; what was undone is forgotten. */
const onward = <S, A>(
  model: Model<S, A>,
  walk: Walk<S, A>,
  place: number,
  [action, state]: readonly [A, S]
): Walk<S, A> => {
  const { start, steps, at } = walk
  const run = { states: [current(walk).state, state], actions: [action] }
  const [first, ...others] = steps
  const taken = { place, action, state, failures: failuresAtEnd(model, run) }
  return { start, steps: [first, ...others.slice(0, at), taken], at: at + 1 }
}

/** Takes the step at a place. Left: there is none. */
export const take = <S, A>(model: Model<S, A>, walk: Walk<S, A>, place: number): Either<string, Walk<S, A>> => {
  const steps = stepsFrom(model, current(walk).state)
  const step = steps[place]
  return step === undefined
    ? E.left(
        `step ${walk.at + 1} of the path is number ${place}, and only ${plural(steps.length, 'step')} can be taken there`
      )
    : E.right(onward(model, walk, place, step))
}

/** Goes to the state after so many steps of the walk, back or forth. */
export const goTo = <S, A>(walk: Walk<S, A>, at: number): Walk<S, A> => ({
  ...walk,
  at: Math.max(0, Math.min(walk.steps.length - 1, Math.trunc(at)))
})

/** Something does not hold in the current state. */
const isBroken = <S, A>(walk: Walk<S, A>): boolean => current(walk).failures.length > 0

/** Takes steps until none is chosen, so many are taken, or something does not hold. */
const taking = <S, A>(
  model: Model<S, A>,
  walk: Walk<S, A>,
  most: number,
  choose: (steps: ReadonlyArray<readonly [A, S]>, s: S) => number | undefined
): Walk<S, A> => {
  let walked = walk
  for (let taken = 0; taken < most; taken++) {
    const steps = stepsFrom(model, current(walked).state)
    const place = choose(steps, current(walked).state)
    const step = place === undefined ? undefined : steps[place]
    if (place === undefined || step === undefined) break
    walked = onward(model, walked, place, step)
    if (isBroken(walked)) break
  }
  return walked
}

/**
 * Takes so many steps at random, fewer where nothing can happen any more or something does not hold.
 * @param seed from which all choices follow, together with the length of the walk.
 */
export const randomly = <S, A>(
  model: Model<S, A>,
  walk: Walk<S, A>,
  { seed, steps }: { readonly seed: number; readonly steps: number }
): Walk<S, A> => {
  const random = xoroshiro128plus(seed ^ Math.imul(walk.at + 1, 0x9e3779b1))
  return taking(model, walk, steps, ({ length }) => (length === 0 ? undefined : uniformInt(random, 0, length - 1)))
}

/** The most steps that are taken until it is quiet. */
export const MOST_TO_REST = 500

/** A step by which a packet that is in flight arrives, and is in flight no longer. */
const arrives = (action: unknown): boolean =>
  tagOf(action) === 'Deliver' &&
  !(typeof action === 'object' && action !== null && 'stays' in action && action.stays === true)

/**
 * Goes on until it is quiet. In a network nothing is in flight then: what is in flight is delivered, the first that can be
 * each time, and nothing else is done. In any other system nothing can happen any more that would lead to where the walk has
 * not been: the first step that does is taken each time.
 */
export const toRest = <S, A>(model: Model<S, A>, walk: Walk<S, A>): Walk<S, A> => {
  const isNetwork = model.states.some(({ name }) => name === quiescent)
  const been = new Set(runOf(walk).states.map(model.key))
  return taking(model, walk, MOST_TO_REST, (steps, s) => {
    been.add(model.key(s))
    const place = steps.findIndex(([action, next]) => (isNetwork ? arrives(action) : !been.has(model.key(next))))
    return place < 0 ? undefined : place
  })
}

/** The walk along a path, to its end. Left: which step of the path there is not. */
export const along = <S, A>(model: Model<S, A>, { start, places, loop }: Path): Either<string, Walk<S, A>> => {
  const begun = begin(model, start)
  if (E.isLeft(begun)) return begun
  let walk = begun.right
  for (const place of places) {
    const next = take(model, walk, place)
    if (E.isLeft(next)) return next
    walk = next.right
  }
  return loop === undefined ? E.right(walk) : forEver(model, walk, loop)
}

/** The walk as one that goes on for ever. Left: it does not end where it was after so many steps. */
const forEver = <S, A>(model: Model<S, A>, walk: Walk<S, A>, loop: number): Either<string, Walk<S, A>> => {
  const [first, ...others] = walk.steps
  const last = current(walk)
  const again = walk.steps[loop]
  if (again === undefined || model.key(again.state) !== model.key(last.state))
    return E.left(`the path does not go round in a circle: its end is not where it was after ${plural(loop, 'step')}`)
  const { states, actions } = runOf(walk)
  const failures = [...last.failures, ...failuresOfWhole(model, { states, actions, loop })]
  return E.right({
    ...walk,
    steps: others.length === 0 ? [{ ...first, failures }] : [first, ...others.slice(0, -1), { ...last, failures }],
    loop
  })
}

/** The states and the actions of all steps that are done. */
export const runOf = <S, A>({
  steps,
  at
}: Walk<S, A>): { readonly states: ReadonlyArray<S>; readonly actions: ReadonlyArray<A> } => {
  const done = steps.slice(0, at + 1)
  return {
    states: done.map(({ state }) => state),
    actions: done.flatMap(({ action }) => (action === undefined ? [] : [action]))
  }
}

/** The path of all steps that are done. */
export const pathOf = <S, A>({ start, steps, at, loop }: Walk<S, A>): Path => ({
  start,
  places: steps.slice(1, at + 1).map(({ place }) => place),
  ...(loop === undefined || at < steps.length - 1 ? {} : { loop })
})

/** The path of an execution, by the actions of which it is made, as far as they are the model's. */
export const pathAlong = <S, A>(
  model: Model<S, A>,
  { start, actions, loop }: Execution<unknown> & { readonly loop?: number | undefined }
): Path => {
  const places: number[] = []
  let [s] = model.system.initial.slice(start, start + 1)
  for (const action of actions) {
    if (s === undefined) break
    const wanted = canonical(action)
    const steps = stepsFrom(model, s)
    const place = steps.findIndex(([one]) => canonical(one) === wanted)
    if (place < 0) break
    places.push(place)
    s = steps[place]?.[1]
  }
  return { start, places, ...(loop === undefined ? {} : { loop }) }
}
