/**
 * What must hold of each honest replica of PBFT by itself: A.1.2 of Castro's proof.
 */
import { isNewView } from '../../../spec/byzantine/pbft/newView.js'
import type { Pbft } from '../../../spec/byzantine/pbft/replica.js'
import type { Replica } from '../../../spec/byzantine/pbft/state.js'
import { primaryOf } from '../../../spec/byzantine/pbft/replication.js'
import { isViewChange } from '../../../spec/byzantine/pbft/viewChange.js'
import { at, logged, ofReplica } from './nodes.js'
import type { PbftInvariant } from './nodes.js'

/** All that is asked of a replica by itself, by the rules of PBFT. */
export const replicaInvariants = (pbft: Pbft): ReadonlyArray<PbftInvariant> => {
  const isBackup = (st: Replica, view: number): boolean => primaryOf(pbft, view) !== st.id
  return [
    ...ofReplica(
      'A.1.2.3',
      'the numbers that a primary has given in its view are no larger than it takes them for',
      (st) =>
        logged([st])
          .filter((e) => e.view === st.view && !isBackup(st, e.view) && e.number > st.assigned)
          .map((e) => `has pre-prepared ${e.digest} at ${at(e)}, above ${String(st.assigned)}`)
    ),
    ...ofReplica('A.1.2.4', 'what is pre-prepared in a view above 0 has a new view of it in the log', (st) =>
      logged([st])
        .filter((e) => e.view > 0 && !st.newViews.some(({ view }) => view === e.view))
        .map((e) => `has pre-prepared ${e.digest} at ${at(e)}, and no such new view`)
    ),
    ...ofReplica('A.1.2.5', 'new views in the log are right', (st) =>
      st.newViews.filter((m) => !isNewView(pbft, m)).map(({ view }) => `has a wrong new view ${String(view)}`)
    ),
    ...ofReplica('A.1.2.6', 'view changes in the log are right', (st) =>
      st.viewChanges
        .filter((m) => !isViewChange(pbft, m))
        .map(({ view, by }) => `has a wrong view change of replica ${String(by)} for ${String(view)}`)
    ),
    ...ofReplica('A.1.2.7', 'its own prepare is for what it has pre-prepared; a primary has none', (st) =>
      st.log.flatMap((e) =>
        e.prepares
          .filter((p) => p.by === st.id && (p.digest !== e.digest || !isBackup(st, e.view)))
          .map((p) => `has sent a prepare for ${p.digest} at ${at(e)}`)
      )
    ),
    ...ofReplica('A.1.2.8', 'a backup has sent a prepare for what it has pre-prepared', (st) =>
      logged([st])
        .filter((e) => isBackup(st, e.view) && !e.prepares.some((p) => p.by === st.id && p.digest === e.digest))
        .map((e) => `has pre-prepared ${e.digest} at ${at(e)}, and sent no prepare for it`)
    ),
    ...ofReplica('A.1.2.9', 'nothing in the log is of a later view', (st) =>
      st.log.filter((e) => e.view > st.view).map((e) => `has an entry ${at(e)} in view ${String(st.view)}`)
    ),
    ...ofReplica('A.1.6', 'it has sent a commit where it is prepared, and only there', (st) =>
      st.log
        .filter((e) => e.isPrepared !== e.commits.some((c) => c.by === st.id && c.digest === e.digest))
        .map((e) => `is ${e.isPrepared ? '' : 'not '}prepared at ${at(e)}`)
    ),
    ...ofReplica('water marks', 'numbers in the log are above the stable checkpoint, by the window at most', (st) =>
      [...st.log, ...st.checkpoints]
        .filter(({ number }) => number <= st.stable.number || number > st.stable.number + pbft.window)
        .map(({ number }) => `has something at ${String(number)}, with the checkpoint ${String(st.stable.number)}`)
    )
  ]
}
