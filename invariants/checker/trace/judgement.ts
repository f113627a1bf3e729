/**
 * What an execution violates, decided on its states and actions alone, by the plain definitions: what a search on integers
 * has found counts when this confirms it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { failures } from '../../property/invariant.js'
import type { Failure, Objections } from '../../property/invariant.js'
import { isOfGraph, isStray } from '../../property/property.js'
import type { Fairness, GraphProperty, LeadsTo, Property, Recurrence, Refines } from '../../property/property.js'
import type { Model } from '../model/model.js'

/** A run: the states of an execution, one more than there are actions. */
export interface Run<S, A> {
  readonly states: ReadonlyArray<S>
  readonly actions: ReadonlyArray<A>
  /**
   * It goes on for ever: from its last state, which is the one after so many steps, as it did from there. Where these are
   * all its steps, it stays in its last state. Default: it ends.
   */
  readonly loop?: number | undefined
}

/** At most so many states are looked at to see that none of a kind can be reached. */
const MOST_LOOKED_AT = 1 << 14

/** What a step violates, besides what its states do. */
export const failuresOfStep = <S, A>(
  { properties = [] }: Pick<Model<S, A>, 'properties'>,
  before: S,
  action: A,
  after: S
): ReadonlyArray<Failure> =>
  properties.flatMap((property) =>
    property._tag === 'StepInvariant'
      ? failuresOf(property, property.decide(before, action, after))
      : property._tag === 'Refines'
        ? failuresOf(property, strayObjections(property, property.abstract(before), property.abstract(after)))
        : []
  )

/** Why a step between states that stand for these is none of the abstract system. */
const strayObjections = <S, A>(
  refinement: Refines<S, A>,
  from: number,
  to: number,
  at = 'the last step'
): Objections => {
  const { name, textOf } = refinement.system
  return isStray(refinement, from, to)
    ? [{ witness: `${at} stands for none of ${name}, from ${textOf(from)} to ${textOf(to)}` }]
    : []
}

/** What the last state of an execution violates, and its last step. */
export const failuresAtEnd = <S, A>(
  model: Model<S, A>,
  { states, actions, loop }: Run<S, A>
): ReadonlyArray<Failure> => {
  const { invariants, properties = [] } = model
  // A state may be any value, undefined too, so that it is taken from a list of one.
  return states
    .slice(-1)
    .flatMap((last) => [
      ...invariants.flatMap((invariant) => failures(invariant, last)),
      ...states
        .slice(-2, -1)
        .flatMap((before) => actions.slice(-1).flatMap((action) => failuresOfStep(model, before, action, last))),
      ...properties.flatMap((property) =>
        property._tag === 'NoDeadlock' &&
        loop === undefined &&
        stepsFrom(model, last).length === 0 &&
        !property.mayEnd(last)
          ? failuresOf(property, [{ witness: 'nothing can happen any more' }])
          : []
      )
    ])
}

/** What an execution as a whole violates of the properties that are about such. */
export const failuresOfWhole = <S, A>(
  model: Model<S, A>,
  execution: Run<S, A>,
  properties: ReadonlyArray<Property<S, A>> = model.properties ?? []
): ReadonlyArray<Failure> =>
  properties.filter(isOfGraph).flatMap((property) => failuresOf(property, objections(model, execution, property)))

const failuresOf = <S, A>({ name, says }: Property<S, A>, found: Objections): ReadonlyArray<Failure> =>
  found.map((objection) => ({ ...objection, path: [name], says, isOfProperty: true }))

const objections = <S, A>(model: Model<S, A>, execution: Run<S, A>, property: GraphProperty<S, A>): Objections => {
  const { states, loop } = execution
  switch (property._tag) {
    case 'AlwaysReachable': {
      const by = O.toUndefined(property.by)
      return loop === undefined && states.slice(-1).some((s) => isOutOfReach(model, s, property.of, by?.of))
        ? [{ witness: `from here no such state can be reached${by === undefined ? '' : ` by ${by.name}`}` }]
        : []
    }
    case 'Refines':
      return refinementObjections(model, execution, property)
    case 'Eventually':
    case 'InfinitelyOften':
    case 'EventuallyAlways':
    case 'LeadsTo':
      return loop !== undefined && isFair(model, execution, loop, property.fairness)
        ? livenessObjections(execution.states, loop, property)
        : []
  }
}

/** A step from a state: the action, and the state after it. */
interface Step<S, A> {
  readonly action: A
  readonly to: S
}

const stepsFrom = <S, A>({ system }: Model<S, A>, s: S): ReadonlyArray<Step<S, A>> =>
  system.actions(s).flatMap((action) =>
    O.match<S, ReadonlyArray<Step<S, A>>>(
      () => [],
      (to) => [{ action, to }]
    )(system.next(s, action))
  )

/** No state of a kind is reached from one by steps of a class; of a part that is too large it is not said. */
const isOutOfReach = <S, A>(
  model: Model<S, A>,
  from: S,
  of: (s: S) => boolean,
  by: (a: A) => boolean = () => true
): boolean => {
  const known = new Set([model.key(from)])
  const queue = [from]
  for (const s of queue) {
    if (of(s)) return false
    if (queue.length > MOST_LOOKED_AT) return true
    for (const { action, to } of stepsFrom(model, s)) {
      const key = model.key(to)
      if (known.has(key) || !by(action)) continue
      known.add(key)
      queue.push(to)
    }
  }
  return true
}

/** The steps of an execution that are taken again and again, with the states before and after each. */
const recurringSteps = <S, A>(
  { states, actions }: Run<S, A>,
  loop: number
): ReadonlyArray<{ readonly from: S; readonly action: A; readonly to: S }> =>
  actions.slice(loop).flatMap((action, i) => {
    const [before, after] = [states.slice(loop + i, loop + i + 1), states.slice(loop + i + 1, loop + i + 2)]
    return before.flatMap((from) => after.map((to) => ({ from, action, to })))
  })

/** An execution does what fairness asks of it. */
const isFair = <S, A>(
  model: Model<S, A>,
  execution: Run<S, A>,
  loop: number,
  fairness: ReadonlyArray<Fairness<A>>
): boolean => {
  const recurring = execution.states.slice(loop)
  const changes = (from: S, to: S): boolean => model.key(from) !== model.key(to)
  return fairness.every(({ strength, of }) => {
    const isEnabled = (s: S): boolean => stepsFrom(model, s).some(({ action, to }) => of(action) && changes(s, to))
    const isDue = strength === 'weak' ? recurring.every(isEnabled) : recurring.some(isEnabled)
    return !isDue || recurringSteps(execution, loop).some(({ from, action, to }) => of(action) && changes(from, to))
  })
}

/** Why an execution that goes on for ever violates a property. */
const livenessObjections = <S, A>(
  states: ReadonlyArray<S>,
  loop: number,
  property: Recurrence<S, A> | LeadsTo<S, A>
): Objections => {
  const recurring = states.slice(loop)
  const says = (isViolated: boolean, witness: string): Objections => (isViolated ? [{ witness }] : [])
  switch (property._tag) {
    case 'Eventually':
      return says(!states.some(property.of), 'it goes on like this for ever, and never comes to such a state')
    case 'InfinitelyOften':
      return says(!recurring.some(property.of), 'it goes on like this for ever, and comes to no such state any more')
    case 'EventuallyAlways':
      return says(
        !recurring.every(property.of),
        'it goes on like this for ever, and leaves such states again and again'
      )
    case 'LeadsTo': {
      const { from, to } = property
      const at = states.findIndex((s, i) => from.of(s) && !states.slice(Math.min(i, loop)).some(to.of))
      return says(at >= 0, `what begins after step ${String(at)} is never followed by what it leads to`)
    }
  }
}

/** Why an execution is none of the abstract system. */
const refinementObjections = <S, A>(
  model: Model<S, A>,
  execution: Run<S, A>,
  refinement: Refines<S, A>
): Objections => {
  const { abstract, system, fairness } = refinement
  const { states, loop } = execution
  const numbers = states.map(abstract)
  const [first] = numbers
  if (first !== undefined && !system.isInitial(first))
    return [{ witness: `it stands for ${system.textOf(first)}, which is no initial state of ${system.name}` }]
  const [stray] = numbers.flatMap((to, i) =>
    numbers.slice(i - 1, i).flatMap((from) => strayObjections(refinement, from, to, `step ${String(i)}`))
  )
  if (stray !== undefined) return [stray]
  if (loop === undefined || !isFair(model, execution, loop, fairness)) return []
  const recurring = numbers.slice(loop)
  return system.fairness.flatMap(({ strength, name, isEnabled, isStep }) => {
    const isDue = strength === 'weak' ? recurring.every(isEnabled) : recurring.some(isEnabled)
    const isTaken = recurring.some((to, i) => i > 0 && isStep(recurring[i - 1] ?? to, to))
    return isDue && !isTaken
      ? [{ witness: `it goes on like this for ever, which is not ${strength}ly fair to ${name} of ${system.name}` }]
      : []
  })
}
