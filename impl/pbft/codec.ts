/**
 * Messages as bytes, with their signatures. Each message has one form, and each form is read as the message that it was; all
 * other bytes are refused, and none makes it allocate more than the limits say.
 *
 *     version (1)  who it is from  kind  the fields in their order  number of signatures, and the signatures, 64 bytes each
 */
import { left, right } from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { NULL_DIGEST } from '../../spec/byzantine/pbft/messages.js'
import type {
  Certificate,
  Checkpoint,
  PbftMessage,
  Request,
  ServiceState,
  ViewChange
} from '../../spec/byzantine/pbft/messages.js'
import { Address } from '../../spec/system/codec.js'
import { Malformed, reader, writer } from './bytes.js'
import type { Reader, Writer } from './bytes.js'
import type { Configuration } from './configuration.js'

/** A message with the signatures of what is said in it, in the order of `statementsOf`; none where nothing is signed. */
export interface SignedMessage {
  readonly from: Address
  readonly message: PbftMessage
  readonly signatures: ReadonlyArray<Uint8Array>
}

/** Why bytes are not a message: what was wrong before which byte. */
export interface DecodeError {
  readonly _tag: 'Malformed'
  readonly offset: number
  readonly because: string
}

/** How long messages may be. */
export interface Limits {
  /** Bytes of a message. Default: 2^24. */
  readonly message: number
  /** Bytes of an operation, and of a result. Default: 2^20. */
  readonly operation: number
}

export const DEFAULT_LIMITS: Limits = { message: 2 ** 24, operation: 2 ** 20 }

const VERSION = 1
const SIGNATURE = 64
const DIGEST = 32
const ANY = Number.MAX_SAFE_INTEGER
const KINDS: ReadonlyArray<PbftMessage['_tag']> = [
  'Request',
  'PrePrepare',
  'Prepare',
  'Commit',
  'Reply',
  'Checkpoint',
  'ViewChange',
  'NewView',
  'FetchState',
  'StateTransfer'
]

const writeDigest = (w: Writer, digest: string): void => {
  if (digest === NULL_DIGEST) w.byte(0)
  else if (!/^[0-9a-f]{64}$/.test(digest)) throw new RangeError(`expected a digest, found ${JSON.stringify(digest)}`)
  else {
    w.byte(1)
    w.hex(digest)
  }
}

const writeRequest = (w: Writer, { client, timestamp, operation }: Request): void => {
  w.number(client)
  w.number(timestamp)
  w.text(operation)
}

const writeCheckpoint = (w: Writer, { number, digest, by }: Checkpoint): void => {
  w.number(number)
  writeDigest(w, digest)
  w.number(by)
}

const writeCertificate = (w: Writer, { view, number, digest, prepares }: Certificate): void => {
  w.number(view)
  w.number(number)
  writeDigest(w, digest)
  w.list(prepares, w.number)
}

const writeViewChange = (w: Writer, { view, stable, proof, prepared, by }: ViewChange): void => {
  w.number(view)
  w.number(stable)
  w.list(proof, (c) => writeCheckpoint(w, c))
  w.list(prepared, (c) => writeCertificate(w, c))
  w.number(by)
}

const writeState = (w: Writer, { snapshot, replies }: ServiceState): void => {
  w.text(snapshot)
  w.list(replies, ({ client, timestamp, result }) => {
    w.number(client)
    w.number(timestamp)
    w.text(result)
  })
}

const writeMessage = (w: Writer, m: PbftMessage): void => {
  w.byte(KINDS.indexOf(m._tag))
  switch (m._tag) {
    case 'Request': {
      writeRequest(w, m.request)
      return
    }
    case 'PrePrepare':
      w.number(m.view)
      w.number(m.number)
      writeDigest(w, m.digest)
      {
        writeRequest(w, m.request)
        return
      }
    case 'Prepare':
    case 'Commit':
      w.number(m.view)
      w.number(m.number)
      writeDigest(w, m.digest)
      {
        w.number(m.by)
        return
      }
    case 'Reply':
      w.number(m.view)
      w.number(m.client)
      w.number(m.timestamp)
      w.text(m.result)
      {
        w.number(m.by)
        return
      }
    case 'Checkpoint': {
      writeCheckpoint(w, m)
      return
    }
    case 'ViewChange': {
      writeViewChange(w, m)
      return
    }
    case 'NewView':
      w.number(m.view)
      w.list(m.viewChanges, (vc) => writeViewChange(w, vc))
      w.list(m.proposals, ({ number, digest }) => {
        w.number(number)
        writeDigest(w, digest)
      })
      {
        w.number(m.by)
        return
      }
    case 'FetchState': {
      w.number(m.number)
      return
    }
    case 'StateTransfer':
      w.number(m.number)
      {
        writeState(w, m.state)
        return
      }
  }
}

/**
 * The bytes of a message.
 * @throws RangeError for a number that is no whole one up to 2^53 − 1, a digest that is none of SHA-256, or a text with half
 * of a surrogate pair.
 */
export const encode = ({ from, message, signatures }: SignedMessage): Uint8Array => {
  const w = writer()
  w.byte(VERSION)
  w.number(from)
  writeMessage(w, message)
  w.list(signatures, (s) => {
    if (s.length !== SIGNATURE) throw new RangeError(`expected a signature of ${SIGNATURE} bytes, found ${s.length}`)
    w.raw(s)
  })
  return w.result()
}

/** How messages are read: each of its parts with its limits. */
const parts = <S>({ pbft }: Configuration<S>, limits: Limits, r: Reader) => {
  const { replicas, clients, window } = pbft
  const many = replicas.length
  const address = (): Address => {
    const n = r.number(many + clients.length - 1, 'address')
    return Address.is(n) ? n : r.refuse('address')
  }
  const any = (what: string): number => r.number(ANY, what)
  const digest = (): string => {
    const kind = r.byte()
    return kind === 0 ? NULL_DIGEST : kind === 1 ? r.hex(DIGEST) : r.refuse(`digest: expected 0 or 1, found ${kind}`)
  }
  const request = (): Request => ({
    client: address(),
    timestamp: any('timestamp'),
    operation: r.text(limits.operation, 'operation')
  })
  const checkpoint = (): Checkpoint => ({ _tag: 'Checkpoint', number: any('number'), digest: digest(), by: address() })
  const certificate = (): Certificate => ({
    view: any('view'),
    number: any('number'),
    digest: digest(),
    prepares: r.list(many, 'prepares', address)
  })
  const viewChange = (): ViewChange => ({
    _tag: 'ViewChange',
    view: any('view'),
    stable: any('stable'),
    proof: r.list(many, 'checkpoints', checkpoint),
    prepared: r.list(window, 'certificates', certificate),
    by: address()
  })
  const state = (): ServiceState => ({
    snapshot: r.text(limits.message, 'snapshot'),
    replies: r.list(clients.length, 'replies', () => ({
      client: address(),
      timestamp: any('timestamp'),
      result: r.text(limits.operation, 'result')
    }))
  })
  const proposals = () => r.list(window, 'proposals', () => ({ number: any('number'), digest: digest() }))
  return { many, address, any, digest, request, checkpoint, viewChange, state, proposals }
}

const readMessage = <S>(c: Configuration<S>, limits: Limits, r: Reader): PbftMessage => {
  const { many, address, any, digest, request, checkpoint, viewChange, state, proposals } = parts(c, limits, r)
  const kind = r.byte()
  const _tag = KINDS[kind] ?? r.refuse(`kind: expected at most ${KINDS.length - 1}, found ${kind}`)
  switch (_tag) {
    case 'Request':
      return { _tag, request: request() }
    case 'PrePrepare':
      return { _tag, view: any('view'), number: any('number'), digest: digest(), request: request() }
    case 'Prepare':
    case 'Commit':
      return { _tag, view: any('view'), number: any('number'), digest: digest(), by: address() }
    case 'Reply':
      return {
        _tag,
        view: any('view'),
        client: address(),
        timestamp: any('timestamp'),
        result: r.text(limits.operation, 'result'),
        by: address()
      }
    case 'Checkpoint':
      return checkpoint()
    case 'ViewChange':
      return viewChange()
    case 'NewView':
      return {
        _tag,
        view: any('view'),
        viewChanges: r.list(many, 'view changes', viewChange),
        proposals: proposals(),
        by: address()
      }
    case 'FetchState':
      return { _tag, number: any('number') }
    case 'StateTransfer':
      return { _tag, number: any('number'), state: state() }
  }
}

/** The message that bytes are. O(bytes). It throws for nothing. */
export const decode = <S>(
  c: Configuration<S>,
  bytes: Uint8Array,
  limits: Limits = DEFAULT_LIMITS
): Either<DecodeError, SignedMessage> => {
  if (bytes.length > limits.message)
    return left({ _tag: 'Malformed', offset: 0, because: `expected at most ${limits.message} bytes` })
  try {
    const r = reader(bytes)
    const version = r.byte()
    if (version !== VERSION) r.refuse(`version: expected ${VERSION}, found ${version}`)
    const { address } = parts(c, limits, r)
    const from = address()
    const message = readMessage(c, limits, r)
    const signatures = r.list(Math.ceil(bytes.length / SIGNATURE), 'signatures', () => r.raw(SIGNATURE))
    r.end()
    return right({ from, message, signatures })
  } catch (e) {
    if (!(e instanceof Malformed)) throw e
    return left({ _tag: 'Malformed', offset: e.offset, because: e.message })
  }
}
