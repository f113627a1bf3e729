/**
 * Packets of an execution: which of them a step has sent.
 */
import { rem } from '../../../spec/prelude/seq.js'
import type { Action } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { plainData } from '../data/canonical.js'
import type { HasWorld } from '../../property/invariant.js'

/**
 * The packets that are in flight after a step and were not before it, copies counted. A packet that is consumed and sent
 * again by one step is sent.
 */
export const sentBy = <State, Message, Internal, Timestamp>(
  before: HasWorld<State, Message>,
  a: Action<Message, Internal, Timestamp>,
  after: HasWorld<State, Message>
): ReadonlyArray<Packet<Message>> => {
  const without = (ps: ReadonlyArray<Packet<Message>>, p: Packet<Message>): ReadonlyArray<Packet<Message>> =>
    rem<Packet<Message>>(plainData)(p, ps)
  const { inFlightMsgs } = before.world
  const left = a._tag === 'Deliver' && a.stays !== true ? without(inFlightMsgs, a.packet) : inFlightMsgs
  return left.reduce(without, after.world.inFlightMsgs)
}
