/**
 * What is asked of a system of components besides its invariants, for states in rows: goals, step invariants, deadlocks, and
 * the numbers that properties give states.
 */
import * as O from 'fp-ts/lib/Option.js'
import { labelsOf } from '../../property/property.js'
import type { Goal, Label } from '../../property/property.js'
import { Goals } from '../model/goals.js'
import type { Guard } from '../model/guard.js'
import { breaksAt, isDeadlock, isOfSteps } from '../model/model.js'
import { Judge } from './judge.js'
import type { ComponentInvariant, ComponentPart, ComponentProperty, ComponentStep } from './system.js'
import type { Values } from './values.js'

/** Watches states and steps. */
export class Watch<C extends object> {
  /** Some property is about steps, so that every one is looked at. */
  readonly looksAtSteps: boolean
  readonly #goals: Goals<C, ComponentPart<C>>
  readonly #labels: ReadonlyArray<Label<C, ComponentPart<C>>>
  /** Where the invariants hold by which properties know states. */
  readonly #judges = new Map<ComponentInvariant<C>, Judge<C>>()
  readonly #asksForDeadlocks: boolean

  constructor(
    private readonly values: Values<C>,
    private readonly properties: ReadonlyArray<ComponentProperty<C>>,
    private readonly guard: Guard
  ) {
    this.#goals = new Goals(properties)
    this.#labels = properties.flatMap((property) => labelsOf(property))
    this.looksAtSteps = properties.some(isOfSteps)
    this.#asksForDeadlocks = properties.some(({ _tag }) => _tag === 'NoDeadlock')
  }

  /** Looks whether the state in a row is one of a goal that was not reached yet. */
  look(row: Int32Array, at: number): void {
    if (!this.#goals.isPending) return
    this.#goals.look(({ of, invariant }: Goal<C, ComponentPart<C>>) =>
      O.isSome(invariant) ? this.#holds(invariant.value, row, at) : of(this.values.stateAt(row, at))
    )
  }

  /** Which goals were reached. */
  reached(): Readonly<Record<string, boolean>> {
    return this.#goals.reached()
  }

  /** Forgets which were. */
  reset(): void {
    this.#goals.reset()
  }

  /** A step from the state in a row to that in another breaks a step invariant. */
  breaks(before: Int32Array, step: ComponentStep, after: Int32Array): boolean {
    return breaksAt(
      { properties: this.properties },
      this.values.stateAt(before, 0),
      step,
      this.values.stateAt(after, 0)
    )
  }

  /** The state in a row, which has no step, is not one in which executions may end. */
  isStuck(row: Int32Array): boolean {
    return this.#asksForDeadlocks && isDeadlock({ properties: this.properties }, this.values.stateAt(row, 0))
  }

  /** Writes the numbers that properties give the state in a row. */
  label(row: Int32Array, to: Int32Array, at: number): void {
    let s: C | undefined
    for (const [i, { of, invariant }] of this.#labels.entries())
      if (O.isSome(invariant)) to[at + i] = this.#holds(invariant.value, row, 0) ? 1 : 0
      else to[at + i] = of((s ??= this.values.stateAt(row, 0)))
  }

  #holds(invariant: ComponentInvariant<C>, row: Int32Array, at: number): boolean {
    const judge = this.#judges.get(invariant) ?? new Judge(this.values, [invariant], this.guard)
    this.#judges.set(invariant, judge)
    return !judge.violated(row, at)
  }
}
