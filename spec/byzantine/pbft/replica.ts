/**
 * A replica of PBFT: how it is looked at, and how it changes. The other files say what it does: each takes a replica and
 * something that happens, and returns the replica after it and what it sends.
 */
import type { Address } from '../../system/address.js'
import { toEach } from '../../system/protocol.js'
import type { Letter } from '../../system/protocol.js'
import { requestText } from './messages.js'
import type { Digest, PbftMessage, Replies, Request, SequenceNumber, ServiceState } from './messages.js'
import type { Replication, View } from './replication.js'
import type { PbftRules } from './rules.js'
import { emptyEntry } from './state.js'
import type { Entry, Replica } from './state.js'

/** What is replicated: a deterministic service. */
export interface Service {
  readonly initial: string
  /** The service after an operation, and the result. */
  readonly execute: (snapshot: string, operation: string) => { readonly snapshot: string; readonly result: string }
}

/** What all replicas and clients have in common. */
export interface Pbft extends Replication {
  readonly replicas: ReadonlyArray<Address>
  readonly clients: ReadonlyArray<Address>
  readonly service: Service
  /** The digest of a text: no two texts have the same, or the protocol is not safe. */
  readonly digest: (text: string) => Digest
  /** Every so many requests replicas make a checkpoint: `K`. */
  readonly period: number
  /** Numbers are at most so much above the last stable checkpoint: `L`, a multiple of the period, twice it at least. */
  readonly window: number
  readonly rules: PbftRules
}

/** What becomes of a replica, and what it sends. */
export type Reaction = readonly [Replica, ReadonlyArray<Letter<PbftMessage>>]

/** A replica at the start. */
export const initialReplica = ({ service }: Pbft, id: Address): Replica => {
  const state: ServiceState = { snapshot: service.initial, replies: [] }
  return {
    _tag: 'Replica',
    id,
    view: 0,
    isActive: true,
    stable: { number: 0, proof: [], state },
    assigned: 0,
    requests: [],
    log: [],
    executed: 0,
    state,
    snapshots: [],
    checkpoints: [],
    viewChanges: [],
    newViews: []
  }
}

/** Nothing happens. */
export const ignored = (st: Replica): Reaction => [st, []]

/** One thing after another. */
export const andThen = ([st, sent]: Reaction, then: (st: Replica) => Reaction): Reaction => {
  const [after, more] = then(st)
  return [after, more.length === 0 ? sent : [...sent, ...more]]
}

/** A message to all other replicas. */
export const toOthers = ({ replicas }: Pbft, { id }: Replica, msg: PbftMessage): ReadonlyArray<Letter<PbftMessage>> =>
  toEach(
    replicas.filter((n) => n !== id),
    msg
  )

/** The list with one more, which stands by its keys; in the place of one with the same keys. */
export const withOne = <X>(
  list: ReadonlyArray<X>,
  x: X,
  ...keys: ReadonlyArray<(x: X) => number>
): ReadonlyArray<X> => {
  const order = (a: X, b: X): number => keys.map((key) => key(a) - key(b)).find((d) => d !== 0) ?? 0
  const at = list.findIndex((other) => order(x, other) <= 0)
  const here = list[at]
  return here === undefined ? [...list, x] : list.toSpliced(at, order(x, here) === 0 ? 1 : 0, x)
}

/** A number lies between the water marks. */
export const isInWindow = ({ window }: Pbft, { stable }: Replica, number: SequenceNumber): boolean =>
  number > stable.number && number <= stable.number + window

/** What the log has of a number in a view; nothing yet, where there is no entry. */
export const entryOf = ({ log }: Replica, view: View, number: SequenceNumber): Entry =>
  log.find((e) => e.view === view && e.number === number) ?? emptyEntry(view, number)

/** The replica whose log has this entry. */
export const withEntry = (st: Replica, entry: Entry): Replica => ({
  ...st,
  log: withOne(
    st.log,
    entry,
    (e) => e.number,
    (e) => e.view
  )
})

/** The digest of a request. */
export const digestOf = ({ digest }: Pbft, request: Request): Digest => digest(requestText(request))

/** The request with a digest, if the replica has it. */
export const requestWith = (pbft: Pbft, { requests }: Replica, d: Digest): Request | undefined =>
  requests.find((r) => digestOf(pbft, r) === d)

/** What a client has been told last, if anything. */
export const lastReply = ({ replies }: ServiceState, client: Address): Replies[number] | undefined =>
  replies.find((r) => r.client === client)

/** A request is done: its client has been told what came of it, or of a later one. */
export const isAnswered = ({ state }: Replica, { client, timestamp }: Request): boolean =>
  (lastReply(state, client)?.timestamp ?? 0) >= timestamp

/** The replica that knows of a request. */
export const withRequest = (st: Replica, request: Request): Replica => {
  const text = requestText(request)
  return st.requests.some((r) => requestText(r) === text)
    ? st
    : {
        ...st,
        requests: [...st.requests, request].toSorted((a, b) => a.client - b.client || a.timestamp - b.timestamp)
      }
}
