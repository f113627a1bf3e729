/**
 * What a replica knows. It is the specification's `Replica`, but that the log is an array by number, that the digests of
 * requests are kept, and that the state of the service is a value: see `spec.ts`, which goes from one to the other.
 */
import type { Checkpoint, Digest, Request, SequenceNumber, ViewChange } from '../../spec/byzantine/pbft/messages.js'
import { initialReplica } from '../../spec/byzantine/pbft/replica.js'
import type { Entry } from '../../spec/byzantine/pbft/state.js'
import type { View } from '../../spec/byzantine/pbft/replication.js'
import type { Address } from '../../spec/system/address.js'
import type { Configuration } from './configuration.js'
import { Held } from './service.js'

/** A request that a replica knows. */
export interface Known {
  readonly request: Request
  readonly digest: Digest
}

/** The last stable checkpoint. */
export interface Stable<S> {
  readonly number: SequenceNumber
  readonly proof: ReadonlyArray<Checkpoint>
  /** Null: the replica is behind, and has asked for it. */
  readonly state: Held<S> | null
}

/** What a replica waits for. */
export type Awaited =
  /** That a request is executed in its view. If not, it sends again what others may have missed, then it gives up the view. */
  | { readonly _tag: 'Execution'; readonly view: View; readonly client: Address; readonly timestamp: number }
  /** That enough others give up the views below, too. If not, it says again that it does. */
  | { readonly _tag: 'ViewChanges'; readonly view: View }
  /** That the view begins, for which enough wait. If not, it gives it up, too. */
  | { readonly _tag: 'NewView'; readonly view: View }

/** A timer that runs. */
export interface Timer {
  /** Timers are numbered as they are set. */
  readonly serial: number
  readonly awaits: Awaited
  /** It has run out before, and what others may have missed was sent again. */
  readonly again: boolean
}

/** What a replica knows. It is never changed in place. */
export interface ReplicaState<S> {
  readonly id: Address
  readonly view: View
  readonly isActive: boolean
  readonly stable: Stable<S>
  readonly assigned: SequenceNumber
  /** By client and timestamp. */
  readonly requests: ReadonlyArray<Known>
  /** The log: what there is of a number stands at the number modulo the window, by view. */
  readonly log: ReadonlyArray<ReadonlyArray<Entry>>
  readonly executed: SequenceNumber
  readonly state: Held<S>
  /** By number. */
  readonly snapshots: ReadonlyArray<{ readonly number: SequenceNumber; readonly state: Held<S> }>
  /** By number and sender. */
  readonly checkpoints: ReadonlyArray<Checkpoint>
  /** Those of later views, and of its own while it waits for it to begin. By view and sender. */
  readonly viewChanges: ReadonlyArray<ViewChange>
  /** What it waits for; null: for nothing. */
  readonly timer: Timer | null
  /** So many timers have been set. */
  readonly timers: number
  /** So many views were given up since it has executed something. */
  readonly patience: number
}

/** A state while a step makes it: its fields are replaced, what they hold is not changed. */
export type Draft<S> = { -readonly [K in keyof ReplicaState<S>]: ReplicaState<S>[K] }

/** Of a number nothing is known. */
export const NOTHING: ReadonlyArray<Entry> = []

/** A replica at the start. */
export const initialState = <S>({ pbft, service }: Configuration<S>, id: Address): ReplicaState<S> => {
  const { _tag, stable, newViews, requests, log, state, snapshots, ...rest } = initialReplica(pbft, id)
  const start = new Held(service, service.initial, state.replies)
  return {
    ...rest,
    stable: { ...stable, state: start },
    requests: [],
    log: Array.from({ length: pbft.window }, () => NOTHING),
    state: start,
    snapshots: [],
    timer: null,
    timers: 0,
    patience: 0
  }
}
