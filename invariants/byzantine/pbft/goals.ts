/**
 * What must be reached in PBFT by packets, so that nothing holds for want of anything to look at: something for each phase.
 */
import type { Client } from '../../../spec/byzantine/pbft/client.js'
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { StateObservation } from '../../checker/index.js'
import type { HasWorld } from '../../property/invariant.js'
import type { SoughtState } from '../../systems/define.js'

const replica = (name: string, says: string, is: (st: Replica) => boolean): StateObservation<PbftNode> => ({
  name,
  says: `a replica ${says}`,
  of: (st) => st._tag === 'Replica' && is(st)
})
const client = (name: string, says: string, is: (st: Client) => boolean): StateObservation<PbftNode> => ({
  name,
  says: `a client ${says}`,
  of: (st) => st._tag === 'Client' && is(st)
})

/** What is counted of nodes. */
export const nodeGoals: ReadonlyArray<StateObservation<PbftNode>> = [
  client('asked', 'has asked', ({ pending }) => pending !== null),
  replica('pre-prepared', 'has pre-prepared something', ({ log }) => log.some((e) => e.digest !== null)),
  replica('prepared', 'is prepared', ({ log }) => log.some((e) => e.isPrepared)),
  replica('executed', 'has executed', ({ executed }) => executed > 0),
  client('answered', 'has been answered', ({ done }) => done.length > 0),
  replica('stable', 'has a stable checkpoint', ({ stable }) => stable.number > 0),
  replica('behind', 'waits for the state at a checkpoint', ({ stable }) => stable.state === null),
  replica('waiting', 'waits for a view', ({ isActive }) => !isActive),
  replica('began', 'is in a view that has begun', ({ newViews }) => newViews.length > 0),
  replica('carried-over', 'has a new view that proposes what was prepared in an earlier one', ({ newViews }) =>
    newViews.some(({ proposals }) => proposals.length > 0)
  ),
  replica('from-checkpoint', 'has a new view that goes on from a checkpoint', ({ newViews }) =>
    newViews.some(({ viewChanges }) => viewChanges.some(({ stable }) => stable > 0))
  ),
  replica('executed-later', 'has committed in a view above 0', ({ log }) =>
    log.some((e) => e.view > 0 && e.isCommitted)
  )
]

/** What may be sought: some node is so. */
export const packetsSought: ReadonlyArray<SoughtState<HasWorld<PbftNode, PbftMessage>>> = nodeGoals.map((one) => ({
  ...one,
  of: ({ world }) => entries(world.localState).some(([, st]) => one.of(st))
}))
