/**
 * What a search has found, settled by the specification: a violation is confirmed, and what interrupted a search happens
 * again, step by step, so that it is known which function it was and what led to it.
 */
import * as O from 'fp-ts/lib/Option.js'
import { classesOf, labelsOf } from '../../property/property.js'
import { NotPlainData } from '../data/canonical.js'
import { ModelFault } from '../model/guard.js'
import { guarded } from '../model/guarded.js'
import { breaksAt } from '../model/model.js'
import type { Model } from '../model/model.js'
import type { Execution, Interruption, Result } from '../model/result.js'
import { runActions, verdict } from './replay.js'

/** An execution that violates an invariant, one on which the model itself failed, or neither. */
export type Settled<S, A> = Pick<Result<S, A>, 'counterexample' | 'fault'>

/** What a search has found, if anything. */
export interface Findings<A> {
  readonly violation?: Execution<A> | undefined
  readonly interruption?: Interruption<A> | undefined
}

/**
 * Settles what a search has found.
 * @param answers what was found out about whole executions, each confirmed; a violation found before comes first.
 * @throws Error where the specification does not confirm a violation; what interrupted the search, where it does not happen
 * again and says nothing of the model.
 */
export const settled = <S, A>(
  model: Model<S, A>,
  { violation, interruption }: Findings<A>,
  answers: Result<S, A>['answers'] = []
): Settled<S, A> => {
  const watched = guarded(model)
  if (violation === undefined)
    return interruption === undefined
      ? { counterexample: answers.find(({ verdict: said }) => said === 'violated')?.counterexample, fault: undefined }
      : new Retracing(watched, interruption).outcome()
  try {
    return { counterexample: runActions(watched, violation), fault: undefined }
  } catch (thrown) {
    // Some invariant is violated in the last state, and another cannot be decided in it.
    if (thrown instanceof ModelFault) return new Retracing(watched, { at: violation, thrown }).outcome()
    throw thrown
  }
}

/** The way to where a search was interrupted, and one step further. */
class Retracing<S, A> {
  #states: ReadonlyArray<S>
  #actions: ReadonlyArray<A> = []
  /** What is being done in the last state. */
  #action: A | undefined

  /** @param model whose functions are watched. */
  constructor(
    private readonly model: Model<S, A>,
    private readonly interruption: Interruption<A>
  ) {
    const { start } = interruption.at
    this.#states = model.system.initial.slice(start, start + 1)
  }

  /** What happens first, in the order of the steps. */
  outcome(): Settled<S, A> {
    const { thrown } = this.interruption
    try {
      const found = this.#violation()
      if (found !== undefined) return found
    } catch (again) {
      if (again instanceof ModelFault) return this.#fault(again)
      throw thrown instanceof NotPlainData ? thrown : again
    }
    if (thrown instanceof ModelFault) return this.#fault(thrown)
    throw thrown
  }

  /** Goes the way, and takes every step from its end, until an invariant is violated. */
  #violation(): Settled<S, A> | undefined {
    const { at } = this.interruption
    for (const action of at.actions) if (!this.#take(action)) return undefined
    const [states, actions] = [this.#states, this.#actions]
    const [last] = states.slice(-1)
    const found = this.#judged()
    if (found !== undefined || last === undefined) return found
    for (const action of this.model.system.actions(last)) {
      this.#states = states
      this.#actions = actions
      const after = this.#take(action) ? this.#judged() : undefined
      if (after !== undefined) return after
    }
    this.#states = states
    this.#actions = actions
    this.#asked(last)
    return undefined
  }

  /** Asks of a state, and of its steps, what the properties of whole executions ask. */
  #asked(s: S): void {
    const { system, properties = [] } = this.model
    for (const { of } of properties.flatMap(labelsOf)) of(s)
    for (const action of system.actions(s)) {
      this.#action = action
      for (const { of } of properties.flatMap(classesOf)) of(action)
    }
    this.#action = undefined
  }

  /** Takes a step from the last state; false where it leads nowhere. */
  #take(action: A): boolean {
    const { system, kindOf, steps } = this.model
    const [last] = this.#states.slice(-1)
    if (last === undefined) return false
    this.#action = action
    const next = system.next(last, action)
    if (O.isSome(next)) {
      kindOf(action)
      for (const { of } of steps) of(last, next.value)
      breaksAt(this.model, last, action, next.value)
      this.#states = [...this.#states, next.value]
      this.#actions = [...this.#actions, action]
    }
    this.#action = undefined
    return O.isSome(next)
  }

  /** Looks at the last state, as a search does. */
  #judged(): Settled<S, A> | undefined {
    const { model } = this
    const failures = this.#states.slice(-1).flatMap((s) => {
      model.key(s)
      for (const { of } of model.states) of(s)
      return verdict(model, s)
    })
    const { start } = this.interruption.at
    const [fault] = failures.length > 0 ? [] : this.#states.slice(-1).flatMap((s) => model.refuses?.(s) ?? [])
    if (fault !== undefined) throw fault
    return failures.length === 0
      ? undefined
      : { counterexample: { start, actions: this.#actions, states: this.#states, failures }, fault: undefined }
  }

  #fault({ message, thrown }: ModelFault): Settled<S, A> {
    const { start } = this.interruption.at
    const [states, actions, action] = [this.#states, this.#actions, this.#action]
    return { counterexample: undefined, fault: { start, actions, states, action, says: message, thrown } }
  }
}
