/**
 * What may be asked of a network besides its invariants.
 */
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Action } from '../../../spec/system/executions.js'
import type { Invariant, NetworkPart } from '../../property/invariant.js'
import type { NodeStep, Property } from '../../property/property.js'
import type { SeenState } from './seen.js'

/** What a conjunct looks at by which properties know states: the environment too, which invariants do not see. */
export type NetworkSight<Env, State, Message> = NetworkPart<State, Message> | SightOfEnvironment<Env>

/** The environment, and what is asked of it. */
export interface SightOfEnvironment<Env> {
  readonly _tag: 'Environment'
  readonly is: (env: Env) => boolean
}

/** An invariant by which properties of a network know states. */
export type NetworkPredicate<Env, State, Message> = Invariant<
  SeenState<State, Message, Env>,
  NetworkSight<Env, State, Message>
>

/** What is so of the environment alone: an invariant by which properties know states. */
export const ofEnvironment = <Env>(
  is: (env: Env) => boolean
): Invariant<{ readonly env: Env }, SightOfEnvironment<Env>> => ({
  _tag: 'Leaf',
  name: 'environment',
  says: 'it is so of the environment',
  decide: ({ env }) => (is(env) ? [] : [{ witness: 'it is not so' }]),
  part: O.some({ _tag: 'Environment', is })
})

/** A property of a network. */
export type NetworkProperty<Env, State, Message, Internal, Timestamp> = Property<
  SeenState<State, Message, Env>,
  Action<Message, Internal, Timestamp>,
  NodeStep<State, Message, Internal>,
  NetworkSight<Env, State, Message>
>

/** The step invariants that say what they look at: a node whose step it is. */
export const nodeStepsOf = <Env, State, Message, Internal, Timestamp>(
  properties: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
): ReadonlyArray<NodeStep<State, Message, Internal>> =>
  properties.flatMap((property) => (property._tag === 'StepInvariant' ? RA.fromOption(property.part) : []))
