/**
 * What must be reached in PBFT by packets, so that nothing holds for want of anything to look at: something for each phase.
 */
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Client } from '../../../spec/byzantine/pbft/client.js'
import type { Replica } from '../../../spec/byzantine/pbft/replica.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import type { HasWorld } from '../../property/invariant.js'
import type { SoughtState } from '../../systems/define.js'

type Sees = HasWorld<PbftNode, PbftMessage>

const nodes = ({ world }: Sees): ReadonlyArray<PbftNode> => entries(world.localState).map(([, st]) => st)
const replica =
  (is: (st: Replica) => boolean) =>
  (s: Sees): boolean =>
    nodes(s).some((st) => st._tag === 'Replica' && is(st))
const client =
  (is: (st: Client) => boolean) =>
  (s: Sees): boolean =>
    nodes(s).some((st) => st._tag === 'Client' && is(st))

/** What may be sought. */
export const packetsSought: ReadonlyArray<SoughtState<Sees>> = [
  { name: 'asked', says: 'a client has asked', of: client(({ pending }) => pending !== null) },
  {
    name: 'pre-prepared',
    says: 'a replica has pre-prepared something',
    of: replica(({ log }) => log.some((e) => e.digest !== null))
  },
  { name: 'prepared', says: 'a replica is prepared', of: replica(({ log }) => log.some((e) => e.isPrepared)) },
  { name: 'executed', says: 'a replica has executed', of: replica(({ executed }) => executed > 0) },
  { name: 'answered', says: 'a client has been answered', of: client(({ done }) => done.length > 0) },
  { name: 'stable', says: 'a checkpoint is stable', of: replica(({ stable }) => stable.number > 0) },
  {
    name: 'behind',
    says: 'a replica waits for the state at a checkpoint',
    of: replica(({ stable }) => stable.state === null)
  },
  { name: 'waiting', says: 'a replica waits for a view', of: replica(({ isActive }) => !isActive) },
  { name: 'began', says: 'a view has begun', of: replica(({ newViews }) => newViews.length > 0) },
  {
    name: 'carried-over',
    says: 'a new view proposes what was prepared in an earlier one',
    of: replica(({ newViews }) => newViews.some(({ proposals }) => proposals.length > 0))
  },
  {
    name: 'executed-later',
    says: 'a replica has executed in a view above 0',
    of: replica(({ log }) => log.some((e) => e.view > 0 && e.isCommitted))
  }
]
