/**
 * The rules of PBFT, each by itself, so that a variant can break one. (`slot/rules.ts` has those of one sequence number.)
 */
import { ordString } from '../../prelude/order.js'
import type { Address } from '../../system/address.js'
import type { Certificate, SequenceNumber } from './messages.js'
import { primaryOf } from './replication.js'
import type { Replication, View } from './replication.js'
import type { Ballots, Entry, Replica } from './state.js'

/** What a variant may change. */
export interface PbftRules {
  /** So many prepares of backups make a replica prepared, with the pre-prepare: `2f`. */
  readonly prepares: number
  /** So many commits let it execute: `2f + 1`. */
  readonly commits: number
  /** So many view changes make a new view: `2f + 1`. */
  readonly viewChanges: number
  /** So many checkpoints make one stable: `2f + 1`. */
  readonly checkpoints: number
  /** So many replies alike does a client believe: `f + 1`. */
  readonly replies: number
  /** A prepare of a replica counts in a view: only those of backups do. */
  readonly countsPrepare: (by: Address, view: View) => boolean
  /** A replica takes part in a view: in its own, once it has begun. */
  readonly takesPart: (st: Replica, view: View) => boolean
  /** A replica takes a pre-prepare for a number for which it has an entry: only where that has none yet. */
  readonly accepts: (entry: Entry) => boolean
  /** The ballots when a replica has said a digest: what it says first counts. */
  readonly note: (ballots: Ballots, by: Address, digest: string) => Ballots
  /** Which certificate is reported of a number, given those that there are, by view, and the view that is given up. */
  readonly reported: (prepared: ReadonlyArray<Entry>, givenUp: View) => Entry | undefined
  /** Certificates are looked at: each needs a pre-prepare and enough prepares of different backups. */
  readonly certificatesAreVerified: boolean
  /** View changes in a new view must be of different replicas. */
  readonly sendersAreDistinct: boolean
  /** Backups look at a new view: its view changes must be right, and what it proposes must follow from them. */
  readonly newViewsAreVerified: boolean
  /** Which certificate for a number binds a new view: that of the highest view. (Where a rule is broken there may be two.) */
  readonly binding: (all: ReadonlyArray<Certificate>) => Certificate | undefined
  /** From which checkpoint a new view goes on, given those of its view changes: the highest. */
  readonly goesOnFrom: (stable: ReadonlyArray<SequenceNumber>) => SequenceNumber
  /** A request that was executed before is executed again. */
  readonly executesAgain: boolean
}

/** The rules of PBFT. */
export const pbftRules = (replication: Replication): PbftRules => ({
  prepares: replication.quorum - 1,
  commits: replication.quorum,
  viewChanges: replication.quorum,
  checkpoints: replication.quorum,
  replies: replication.weak,
  countsPrepare: (by, view) => by !== primaryOf(replication, view),
  takesPart: (st, view) => st.isActive && st.view === view,
  accepts: ({ digest }) => digest === null,
  note: (ballots, by, digest) =>
    ballots.some((b) => b.by === by) ? ballots : [...ballots, { by, digest }].toSorted((a, b) => a.by - b.by),
  reported: (prepared) => prepared.at(-1),
  certificatesAreVerified: true,
  sendersAreDistinct: true,
  newViewsAreVerified: true,
  binding: (all) => all.toSorted((a, b) => b.view - a.view || ordString.compare(a.digest, b.digest))[0],
  goesOnFrom: (stable) => Math.max(0, ...stable),
  executesAgain: false
})
