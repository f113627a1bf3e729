/**
 * What is asked of a network's states and steps besides invariants, for states in integers: goals, step invariants that
 * look at whole states, deadlocks, and the numbers that properties give states.
 */
import type { Action } from '../../../spec/system/executions.js'
import * as O from 'fp-ts/lib/Option.js'
import { labelsOf } from '../../property/property.js'
import type { Label } from '../../property/property.js'
import { Goals } from '../model/goals.js'
import { breaksAt, isDeadlock, isOfSteps } from '../model/model.js'
import type { SeenState } from './seen.js'
import type { Predicates } from './predicates.js'
import type { NetworkProperty, NetworkSight } from './properties.js'
import type { States } from './states.js'

/** Watches states and steps. */
export class Watch<Env, State, Message, Internal, Timestamp> {
  /** Some step invariant looks at whole states, so that every step has to be looked at. */
  readonly looksAtSteps: boolean
  readonly #goals: Goals<SeenState<State, Message, Env>, NetworkSight<Env, State, Message>>
  readonly #wholes: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
  readonly #labels: ReadonlyArray<Label<SeenState<State, Message, Env>, NetworkSight<Env, State, Message>>>

  constructor(
    private readonly states: States<Env, State, Message, Internal, Timestamp>,
    private readonly predicates: Predicates<Env, State, Message, Internal, Timestamp>,
    private readonly properties: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
  ) {
    this.#goals = new Goals(properties)
    this.#wholes = properties.filter(
      (property) => isOfSteps(property) && (property._tag !== 'StepInvariant' || O.isNone(property.part))
    )
    this.#labels = properties.flatMap((property) => labelsOf(property))
    this.looksAtSteps = this.#wholes.length > 0
  }

  /** Looks whether the state in these integers is one of a goal that was not reached yet. */
  look(of: Int32Array, at: number): void {
    if (!this.#goals.isPending) return
    this.#goals.look(({ of: is, invariant }) =>
      O.isSome(invariant) ? this.predicates.holds(invariant.value, of, at) : is(this.states.decoded(of, at))
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

  /** A step from one state to another, both in integers, breaks a step invariant that looks at whole states. */
  breaks(before: Int32Array, action: Action<Message, Internal, Timestamp>, after: Int32Array, at: number): boolean {
    const { states } = this
    return breaksAt({ properties: this.#wholes }, states.decoded(before, 0), action, states.decoded(after, at))
  }

  /** The state in these integers, which has no step, is not one in which executions may end. */
  isStuck(of: Int32Array): boolean {
    const { properties } = this
    return (
      properties.some(({ _tag }) => _tag === 'NoDeadlock') && isDeadlock({ properties }, this.states.decoded(of, 0))
    )
  }

  /** Writes the numbers that properties give the state in these integers. */
  label(of: Int32Array, to: Int32Array, at: number): void {
    let state: SeenState<State, Message, Env> | undefined
    for (const [i, { of: number, invariant }] of this.#labels.entries())
      if (O.isSome(invariant)) to[at + i] = this.predicates.holds(invariant.value, of, 0) ? 1 : 0
      else to[at + i] = number((state ??= this.states.decoded(of, 0)))
  }
}
