/**
 * Stable storage. What a replica has promised it must not forget by a crash: what it knows is a function of what has
 * happened to it, so the inputs are kept, and now and then the state in their place.
 *
 * The one rule: nothing leaves a replica before every input up to the one that made it leave is in stable storage. A replica
 * that comes back is then one that has been slow, and PBFT stands any number of those.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Configuration } from './configuration.js'
import { fromSpec, toSpec } from './spec.js'
import { initialState } from './state.js'
import type { ReplicaState } from './state.js'
import type { Replica } from '../../spec/byzantine/pbft/state.js'
import type { Book } from './signatures.js'
import type { Address } from '../../spec/system/address.js'

/** What is in stable storage: the last snapshot, and the records after it, in their order. */
export interface Stored {
  readonly snapshot: Uint8Array | undefined
  readonly records: ReadonlyArray<Uint8Array>
}

/** Stable storage for one replica. What is written is in no order but that of the calls. */
export interface Store {
  /** What was in it at the start. */
  readonly load: () => Stored
  /** Adds a record. It need not be durable yet. */
  readonly append: (record: Uint8Array) => void
  /** Puts a snapshot in the place of all that came before. It need not be durable yet; until it is, that is kept. */
  readonly replace: (snapshot: Uint8Array) => void
  /** Calls `done` once all that was added before is durable. Calls come in the order in which they were asked for. */
  readonly sync: (done: () => void) => void
}

/** A store in memory, whose disk is as fast as is said. What was not synced is lost by a crash. */
export interface MemoryStore extends Store {
  /** What a replica finds that starts on this disk now. */
  readonly crash: () => MemoryStore
}

/** A store in memory. `later` says when a sync is done: by default at once. */
export const memoryStore = (
  stored: Stored = { snapshot: undefined, records: [] },
  later: (done: () => void) => void = (done) => done()
): MemoryStore => {
  let snapshot = stored.snapshot
  let records = [...stored.records]
  let durable = { snapshot, records, count: records.length }
  return {
    load: () => stored,
    append: (record) => {
      records.push(record)
    },
    replace: (bytes) => {
      snapshot = bytes
      records = []
    },
    sync: (done) => {
      const upTo = { snapshot, records, count: records.length }
      later(() => {
        durable = upTo
        done()
      })
    },
    crash: () => memoryStore({ snapshot: durable.snapshot, records: durable.records.slice(0, durable.count) }, later)
  }
}

/** A replica at rest, with the signatures it needs, as bytes. */
export const encodeSnapshot = <S>(st: ReplicaState<S>, book: Book): Uint8Array => {
  const { timer, timers, patience } = st
  const signatures = [...book].map(([key, bytes]) => [key, bytesToHex(bytes)])
  return new TextEncoder().encode(JSON.stringify({ replica: toSpec(st), timer, timers, patience, signatures }))
}

/** The replica of a snapshot that `encodeSnapshot` has made: storage is trusted. */
export const decodeSnapshot = <S>(
  c: Configuration<S>,
  id: Address,
  bytes: Uint8Array
): { readonly state: ReplicaState<S>; readonly book: Book } => {
  const { replica, timer, timers, patience, signatures } = JSON.parse(new TextDecoder().decode(bytes)) as Pick<
    ReplicaState<S>,
    'timer' | 'timers' | 'patience'
  > & { readonly replica: Replica; readonly signatures: ReadonlyArray<readonly [string, string]> }
  if (replica.id !== id) throw new Error(`the snapshot is of replica ${replica.id}, not of ${id}`)
  return {
    state: { ...fromSpec(c, replica, initialState(c, id)), timer, timers, patience },
    book: new Map(signatures.map(([key, text]) => [key, hexToBytes(text)]))
  }
}
