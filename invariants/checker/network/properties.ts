/**
 * What may be asked of a network besides its invariants.
 */
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { Action } from '../../../spec/system/executions.js'
import type { NodeStep, Property } from '../../property/property.js'
import { canonical } from '../data/canonical.js'
import type { SeenState } from './seen.js'

/** A property of a network. */
export type NetworkProperty<Env, State, Message, Internal, Timestamp> = Property<
  SeenState<State, Message, Env>,
  Action<Message, Internal, Timestamp>,
  NodeStep<State>
>

/** The step invariants that say what they look at: a node whose step it is. */
export const nodeStepsOf = <Env, State, Message, Internal, Timestamp>(
  properties: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
): ReadonlyArray<NodeStep<State>> =>
  properties.flatMap((property) => (property._tag === 'StepInvariant' ? RA.fromOption(property.part) : []))

/** A property of which it is asked, where it is about what a step does to nodes, of those of which the state changes. */
export const ofChanges = <Env, State, Message, Internal, Timestamp>(
  property: NetworkProperty<Env, State, Message, Internal, Timestamp>
): NetworkProperty<Env, State, Message, Internal, Timestamp> => {
  if (property._tag !== 'StepInvariant' || O.isNone(property.part)) return property
  const { decide } = property.part.value
  return {
    ...property,
    decide: ({ world: before }, _, { world: after }) => {
      const then = new Map(entries(before.localState))
      return entries(after.localState).flatMap(([n, st]) => {
        const was = then.get(n)
        return was === undefined || was === st || canonical(was) === canonical(st) ? [] : decide(n, was, st)
      })
    }
  }
}
