/**
 * What may be asked of a network besides its invariants.
 */
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Action } from '../../../spec/system/executions.js'
import type { NodeStep, Property } from '../../property/property.js'
import type { SeenState } from './seen.js'

/** A property of a network. */
export type NetworkProperty<Env, State, Message, Internal, Timestamp> = Property<
  SeenState<State, Message, Env>,
  Action<Message, Internal, Timestamp>,
  NodeStep<State, Message, Internal>
>

/** The step invariants that say what they look at: a node whose step it is. */
export const nodeStepsOf = <Env, State, Message, Internal, Timestamp>(
  properties: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
): ReadonlyArray<NodeStep<State, Message, Internal>> =>
  properties.flatMap((property) => (property._tag === 'StepInvariant' ? RA.fromOption(property.part) : []))
