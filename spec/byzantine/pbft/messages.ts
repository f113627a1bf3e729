/**
 * What replicas and clients of PBFT tell each other, and which signed statements are in it. (Castro, Liskov 1999, section 4;
 * Velisarios, `PBFTheader.v`.)
 *
 * Who a message is from stands in it, as its signature does: others pass it on inside certificates.
 */
import type { Address } from '../../system/address.js'
import type { Signed } from '../../system/adversary.js'
import { primaryOf } from './replication.js'
import type { View } from './replication.js'

/** The number of a request in the order in which requests are executed, from 1. */
export type SequenceNumber = number

/** A digest, of a request or of a state of the service. */
export type Digest = string

/** An operation that a client asks for; its timestamps go up. */
export interface Request {
  readonly client: Address
  readonly timestamp: number
  readonly operation: string
}

/** A client asks all replicas for an operation. */
export interface RequestMessage {
  readonly _tag: 'Request'
  readonly request: Request
}

/** The primary of a view gives a request a number. */
export interface PrePrepare {
  readonly _tag: 'PrePrepare'
  readonly view: View
  readonly number: SequenceNumber
  readonly digest: Digest
  /** The request, which travels with it, and is not signed by the primary. */
  readonly request: Request
}

/** A replica has accepted a pre-prepare, or is prepared. */
export interface Vote {
  readonly _tag: 'Prepare' | 'Commit'
  readonly view: View
  readonly number: SequenceNumber
  readonly digest: Digest
  readonly by: Address
}

/** A replica has executed an operation of a client. */
export interface Reply {
  readonly _tag: 'Reply'
  readonly view: View
  readonly client: Address
  readonly timestamp: number
  readonly result: string
  readonly by: Address
}

/** A replica's state after the request with a number has a digest. */
export interface Checkpoint {
  readonly _tag: 'Checkpoint'
  readonly number: SequenceNumber
  readonly digest: Digest
  readonly by: Address
}

/** That a replica was prepared for a digest in a view: by the pre-prepare of its primary, and prepares of these backups. */
export interface Certificate {
  readonly view: View
  readonly number: SequenceNumber
  readonly digest: Digest
  readonly prepares: ReadonlyArray<Address>
}

/** A replica gives up the views below: with its last stable checkpoint, and for each later number its last certificate. */
export interface ViewChange {
  readonly _tag: 'ViewChange'
  readonly view: View
  readonly stable: SequenceNumber
  /** The checkpoints that show that it is stable; none where it is 0. */
  readonly proof: ReadonlyArray<Checkpoint>
  readonly prepared: ReadonlyArray<Certificate>
  readonly by: Address
}

/** What the primary of a new view pre-prepares. */
export interface Proposal {
  readonly number: SequenceNumber
  readonly digest: Digest
}

/** The primary of a view begins it: by these view changes it has to propose this. */
export interface NewView {
  readonly _tag: 'NewView'
  readonly view: View
  readonly viewChanges: ReadonlyArray<ViewChange>
  readonly proposals: ReadonlyArray<Proposal>
  readonly by: Address
}

/** A replica asks for the state at a checkpoint that others have. */
export interface FetchState {
  readonly _tag: 'FetchState'
  readonly number: SequenceNumber
}

/** The last reply to each client that has had one, by client. */
export type Replies = ReadonlyArray<Omit<Reply, '_tag' | 'view' | 'by'>>

/** The state of the service: what it says of itself, and what it has told its clients last. */
export interface ServiceState {
  readonly snapshot: string
  readonly replies: Replies
}

/** The state at a checkpoint. It needs no signature: its digest is known. */
export interface StateTransfer {
  readonly _tag: 'StateTransfer'
  readonly number: SequenceNumber
  readonly state: ServiceState
}

export type PbftMessage =
  | RequestMessage
  | PrePrepare
  | Vote
  | Reply
  | Checkpoint
  | ViewChange
  | NewView
  | FetchState
  | StateTransfer

/** The digest of the request that does nothing, with which a new view fills gaps. */
export const NULL_DIGEST: Digest = 'null'

/** A request as a text, for its digest and its signature. */
export const requestText = ({ client, timestamp, operation }: Request): string => `${client} ${timestamp} ${operation}`

/**
 * A state of the service as a text, for its digest: no two states have the same, whatever is in them. A replica that is
 * behind believes any state with the right digest, so that where two have one text, a liar would choose between them.
 */
export const stateText = ({ snapshot, replies }: ServiceState): string =>
  JSON.stringify([snapshot, replies.map(({ client, timestamp, result }) => [client, timestamp, result])])

const votesText = (tag: Vote['_tag'], { view, number, digest }: Pick<Vote, 'view' | 'number' | 'digest'>): string =>
  `${tag} ${view} ${number} ${digest}`

/** The primary of a view signs a pre-prepare. */
const prePrepareSignature = (
  replicas: ReadonlyArray<Address>,
  { view, number, digest }: Pick<Certificate, 'view' | 'number' | 'digest'>
): ReadonlyArray<Signed> =>
  replicas
    .filter((n) => n === primaryOf({ nodes: replicas.length }, view))
    .map((by) => ({ by, on: `PrePrepare ${view} ${number} ${digest}` }))

/** A certificate without prepares shows nothing, and has no signatures. */
const certificateSignatures = (replicas: ReadonlyArray<Address>, c: Certificate): ReadonlyArray<Signed> =>
  c.prepares.length === 0
    ? []
    : [...prePrepareSignature(replicas, c), ...c.prepares.map((by) => ({ by, on: votesText('Prepare', c) }))]

/** The statement of a view change that its sender signs: all that it says. */
const viewChangeText = ({ view, stable, proof, prepared }: ViewChange): string =>
  [
    `ViewChange ${view} ${stable}`,
    ...proof.map(({ digest, by }) => `${digest} ${by}`),
    ...prepared.map((c) => `${c.view} ${c.number} ${c.digest} ${c.prepares.join()}`)
  ].join('; ')

/** All signed statements in a message. An honest node's must have been sent before somebody else can pass them on. */
export const signedIn = (replicas: ReadonlyArray<Address>, m: PbftMessage): ReadonlyArray<Signed> => {
  switch (m._tag) {
    case 'Request':
      return [{ by: m.request.client, on: `Request ${requestText(m.request)}` }]
    case 'PrePrepare':
      return [...prePrepareSignature(replicas, m), { by: m.request.client, on: `Request ${requestText(m.request)}` }]
    case 'Prepare':
    case 'Commit':
      return [{ by: m.by, on: votesText(m._tag, m) }]
    case 'Reply':
      return [{ by: m.by, on: `Reply ${m.view} ${m.client} ${m.timestamp} ${m.result}` }]
    case 'Checkpoint':
      return [{ by: m.by, on: `Checkpoint ${m.number} ${m.digest}` }]
    case 'ViewChange':
      return [
        { by: m.by, on: viewChangeText(m) },
        ...m.proof.flatMap((c) => signedIn(replicas, c)),
        ...m.prepared.flatMap((c) => certificateSignatures(replicas, c))
      ]
    case 'NewView':
      return [
        ...m.viewChanges.flatMap((vc) => signedIn(replicas, vc)),
        // What it proposes stands for as many pre-prepares.
        ...m.proposals.map(({ number, digest }) => ({ by: m.by, on: `PrePrepare ${m.view} ${number} ${digest}` }))
      ]
    case 'FetchState':
    case 'StateTransfer':
      return []
  }
}
