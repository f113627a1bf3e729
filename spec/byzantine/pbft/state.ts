/**
 * What a replica of PBFT knows.
 */
import type { Address } from '../../system/address.js'
import type { Checkpoint, Digest, NewView, Request, SequenceNumber, ServiceState, ViewChange } from './messages.js'
import type { View } from './replication.js'

/** Who has said which digest: each replica once, in the order of replicas. */
export type Ballots = ReadonlyArray<{ readonly by: Address; readonly digest: Digest }>

/** What a replica has in its log of a number in a view. */
export interface Entry {
  readonly view: View
  readonly number: SequenceNumber
  /** What is pre-prepared; null: nothing yet. */
  readonly digest: Digest | null
  readonly prepares: Ballots
  readonly commits: Ballots
  /** It was prepared while it took part in the view, and has sent its commit. */
  readonly isPrepared: boolean
  /** It had enough commits while it took part in the view. */
  readonly isCommitted: boolean
}

/** What a log has of a number in a view of which it has heard nothing. */
export const emptyEntry = (view: View, number: SequenceNumber): Entry => ({
  view,
  number,
  digest: null,
  prepares: [],
  commits: [],
  isPrepared: false,
  isCommitted: false
})

/** A checkpoint of which a quorum has shown the digest. */
export interface StableCheckpoint {
  readonly number: SequenceNumber
  /** What shows it; nothing where the number is 0. */
  readonly proof: ReadonlyArray<Checkpoint>
  /** The state at the checkpoint; null: the replica is behind, and has asked for it. */
  readonly state: ServiceState | null
}

/** A replica. Lists are in one order, so that replicas that know the same are equal. */
export interface Replica {
  readonly _tag: 'Replica'
  readonly id: Address
  readonly view: View
  /** It takes part in the view; else it waits for it to begin. */
  readonly isActive: boolean
  /** The last stable checkpoint, below which nothing is kept: the low water mark. */
  readonly stable: StableCheckpoint
  /** The highest number that it has given a request as the primary of its view. */
  readonly assigned: SequenceNumber
  /** Requests that clients have made, by client and timestamp. */
  readonly requests: ReadonlyArray<Request>
  /** By number and view. */
  readonly log: ReadonlyArray<Entry>
  /** The number of the request that it has executed last. */
  readonly executed: SequenceNumber
  readonly state: ServiceState
  /** Its own states at checkpoints that are not stable yet, by number. */
  readonly snapshots: ReadonlyArray<{ readonly number: SequenceNumber; readonly state: ServiceState }>
  /** By number and sender. */
  readonly checkpoints: ReadonlyArray<Checkpoint>
  /** By view and sender, its own among them. */
  readonly viewChanges: ReadonlyArray<ViewChange>
  /** Those that it has begun or followed, by view. */
  readonly newViews: ReadonlyArray<NewView>
}
