/**
 * Purged packets as steps: what the specification has to do where a search has left packets out.
 */
import type { Action } from '../../../spec/system/executions.js'
import { NONE } from './parts.js'
import type { Tables } from './tables.js'

/** The actions that deliver what a step of the node with this index makes inert, when it is taken from a state. */
export const deliveriesOfPurged = <Env, State, Message, Internal, Timestamp>(
  { localSteps, cells }: Tables<Env, State, Message, Internal, Timestamp>,
  state: Int32Array,
  index: number,
  step: number
): ReadonlyArray<Action<Message, Internal, Timestamp>> => {
  const { local, takes, self, sends, sendsFrom, sendsTo } = localSteps
  const env = localSteps.env.data[step] ?? 0
  localSteps.prepare(env)
  const delivered = (cell: number, then: number, taken: number, bundle: number) =>
    cells
      .purgedAfter(cell, then, taken, bundle)
      .flatMap((p) => localSteps.ofPacket(env, p, then).map((delivery) => localSteps.actionOf(delivery)))
  const actions = [
    ...delivered(state[index] ?? 0, local.data[step] ?? NONE, takes.data[step] ?? NONE, self.data[step] ?? NONE)
  ]
  for (let i = sendsFrom.data[step] ?? 0; i < (sendsTo.data[step] ?? 0); i += 2) {
    const other = state[sends.data[i] ?? 0] ?? 0
    actions.push(...delivered(other, cells.local.data[other] ?? NONE, NONE, sends.data[i + 1] ?? NONE))
  }
  return actions
}
