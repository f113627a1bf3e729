/**
 * What no step of PBFT takes back.
 */
import type { PbftMessage } from '../../../spec/byzantine/pbft/messages.js'
import type { PbftNode } from '../../../spec/byzantine/pbft/pbft.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { nodeStep } from '../../property/property.js'
import { at, logged } from './nodes.js'

const ofReplicas = (name: string, says: string, wrong: (before: Replica, after: Replica) => ReadonlyArray<string>) =>
  nodeStep<PbftNode, PbftMessage>(name, says, (node, before, after) =>
    before._tag === 'Replica' && after._tag === 'Replica'
      ? wrong(before, after).map((witness) => ({ node, witness }))
      : []
  )

/** All of it. */
export const pbftSteps = [
  ofReplicas(
    'never overwritten',
    'what was pre-prepared stays, until a stable checkpoint is above it',
    (before, after) =>
      logged([before])
        .filter((e) => e.number > after.stable.number)
        .filter((e) => !after.log.some((f) => f.view === e.view && f.number === e.number && f.digest === e.digest))
        .map((e) => `had pre-prepared ${e.digest} at ${at(e)}`)
  ),
  ofReplicas('only extended', 'what was executed is only extended', (before, after) =>
    after.executed >= before.executed && after.state.snapshot.startsWith(before.state.snapshot)
      ? []
      : [`had executed [${before.state.snapshot}], then [${after.state.snapshot}]`]
  ),
  ofReplicas('only onward', 'views and stable checkpoints only go up', (before, after) =>
    after.view >= before.view && after.stable.number >= before.stable.number
      ? []
      : [`was in view ${String(before.view)} with the checkpoint ${String(before.stable.number)}`]
  )
]
