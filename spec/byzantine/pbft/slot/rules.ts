/**
 * The rules of PBFT on one sequence number, each by itself, so that a variant can break one.
 */
import { primaryOf } from '../replication.js'
import type { Replica, View } from '../replication.js'
import type { Certificate, SlotOptions } from './state.js'

/** What a variant may change of the rules of PBFT; each is a sentence of the paper. */
export interface SlotRules {
  /** So many prepares make a certificate, with the pre-prepare: `2f`. */
  readonly prepares: number
  /** So many commits let a replica execute: `2f + 1`. */
  readonly commits: number
  /** So many view changes make a new view: `2f + 1`. */
  readonly viewChanges: number
  /** A prepare of a replica counts in a view: only those of backups do. */
  readonly countsPrepare: (i: Replica, v: View) => boolean
  /** A replica that waits for a view still takes part in the view that it has given up. */
  readonly goesOn: boolean
  /** What a replica reports when it gives a view up, of the views in which it is prepared: the last. */
  readonly reported: (prepared: ReadonlyArray<View>, givenUp: View) => View | undefined
  /** The certificates in view changes are looked at: those that do not exist are refused. */
  readonly certificatesAreVerified: boolean
  /** Which certificates among those of the view changes bind a new view: those of the highest view. */
  readonly binding: (all: ReadonlyArray<Certificate>) => ReadonlyArray<Certificate>
  /** A new view that repeats a certificate may leave it out, too. */
  readonly mayLeaveOut: boolean
  /** Backups look whether a new view follows from its view changes. */
  readonly newViewsAreVerified: boolean
  /** Backups look whether the view changes of a new view are of different replicas. */
  readonly sendersAreDistinct: boolean
}

/** The certificates of the highest view. */
const highest = (all: ReadonlyArray<Certificate>): ReadonlyArray<Certificate> => {
  const view = Math.max(...all.map((c) => c.view))
  return all.filter((c) => c.view === view)
}

/** The rules of PBFT. */
export const slotRules = (options: SlotOptions): SlotRules => ({
  prepares: options.quorum - 1,
  commits: options.quorum,
  viewChanges: options.quorum,
  countsPrepare: (i, v) => i !== primaryOf(options, v),
  goesOn: false,
  reported: (prepared) => prepared.at(-1),
  certificatesAreVerified: true,
  binding: highest,
  mayLeaveOut: false,
  newViewsAreVerified: true,
  sendersAreDistinct: true
})
