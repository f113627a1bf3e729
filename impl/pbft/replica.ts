/**
 * A replica for a program: the state machine behind bytes, signatures and storage. It takes what arrives, and calls its host
 * for what is to be done. It has no clock and no sockets.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import type { PbftMessage } from '../../spec/byzantine/pbft/messages.js'
import type { Address } from '../../spec/system/address.js'
import { Address as AddressCodec } from '../../spec/system/codec.js'
import { reader, writer } from './bytes.js'
import { decode, DEFAULT_LIMITS, encode } from './codec.js'
import type { Limits, SignedMessage } from './codec.js'
import type { Configuration } from './configuration.js'
import type { Input, Output } from './events.js'
import { refusalOf } from './refusals.js'
import type { Refusal } from './refusals.js'
import { missedBy } from './resend.js'
import { noteSignatures, signaturesToKeep, signed, unsigned } from './signatures.js'
import type { Book, Scheme, Unsigned } from './signatures.js'
import { initialState } from './state.js'
import type { ReplicaState } from './state.js'
import { step } from './step.js'
import { decodeSnapshot, encodeSnapshot } from './store.js'
import type { Store } from './store.js'

/** What a replica needs of its program. */
export interface ReplicaHost {
  /** Brings bytes to other nodes: once at least where both run, in any order. Who has brought them does not matter. */
  readonly send: (to: ReadonlyArray<Address>, bytes: Uint8Array) => void
  /** Calls `timer(serial)` after so many times the time in which a request is executed at the latest; earlier timers are void. */
  readonly setTimer: (serial: number, times: number) => void
  readonly store: Store
}

/** What makes a replica. */
export interface ReplicaOptions<S> {
  readonly configuration: Configuration<S>
  /** Its address: the replicas are 0, 1, … */
  readonly id: number
  /** How it signs; undefined: nothing is signed, and nobody is believed to lie about who he is. For measurements. */
  readonly scheme: Scheme | undefined
  readonly host: ReplicaHost
  readonly limits?: Limits
}

/** Why nothing has happened. */
export type NotDone = Refusal | Unsigned | 'Malformed'

/** A replica. */
export interface PbftReplica<S> {
  /** After it was made: sends what others may have missed while it did not run, and sets its timer. */
  readonly start: () => void
  /** Bytes have arrived. Why nothing has come of them; undefined: something has. It does not throw. */
  readonly receive: (bytes: Uint8Array) => NotDone | undefined
  /** A timer has run out. */
  readonly timer: (serial: number) => NotDone | undefined
  readonly state: () => ReplicaState<S>
  /** So many signatures of others it keeps. */
  readonly signatures: () => number
}

/** A record is the bytes that arrived, which begin with the version of their form, or this and the number of a timer. */
const TIMER = 0

const timerRecord = (serial: number): Uint8Array => {
  const w = writer()
  w.byte(TIMER)
  w.number(serial)
  return w.result()
}

/** The input of a record, and what has arrived with it. */
const readRecord = <S>(
  c: Configuration<S>,
  limits: Limits,
  record: Uint8Array
): readonly [Input, SignedMessage | undefined] => {
  if (record[0] === TIMER)
    return [{ _tag: 'Timer', serial: reader(record, 1).number(Number.MAX_SAFE_INTEGER, 'serial') }, undefined]
  const decoded = decode(c, record, limits)
  if (isLeft(decoded)) throw new Error('a record in stable storage is none of a replica')
  const { from, message } = decoded.right
  return [{ _tag: 'Receive', from, message }, decoded.right]
}

/** A replica and its signatures as they are in stable storage. */
const recover = <S>(
  c: Configuration<S>,
  id: Address,
  limits: Limits,
  store: Store
): { readonly state: ReplicaState<S>; readonly book: Book } => {
  const { snapshot, records } = store.load()
  const start =
    snapshot === undefined
      ? { state: initialState(c, id), book: new Map<string, Uint8Array>() }
      : decodeSnapshot(c, id, snapshot)
  let { state } = start
  for (const record of records) {
    const [input, arrived] = readRecord(c, limits, record)
    state = step(c, state, input)[0]
    if (arrived !== undefined) noteSignatures(c, start.book, arrived)
  }
  return { state, book: start.book }
}

/** The signatures that are kept are looked through when there are twice as many as were needed the last time. */
const FEW_SIGNATURES = 1024

/**
 * A replica, as it was when it last ran on its store.
 * @throws RangeError where there is no such replica; Error where the store has something else than a replica has put there.
 */
export const createReplica = <S>(options: ReplicaOptions<S>): PbftReplica<S> => {
  const { configuration: c, id, scheme, host, limits = DEFAULT_LIMITS } = options
  if (!AddressCodec.is(id) || !c.pbft.replicas.includes(id))
    throw new RangeError(`id: expected a replica from 0 to ${c.pbft.nodes - 1}, found ${id}`)
  let { state, book } = recover(c, id, limits, host.store)
  let enough = FEW_SIGNATURES

  const bytesOf = (message: PbftMessage): Uint8Array =>
    encode(
      scheme === undefined
        ? { from: message._tag === 'Request' ? message.request.client : id, message, signatures: [] }
        : signed(c, scheme, book, id, message)
    )

  const packed = (outputs: ReadonlyArray<Output>) =>
    outputs.flatMap((o) => (o._tag === 'Send' ? [[o.to, bytesOf(o.message)] as const] : []))

  const leave = (packets: ReturnType<typeof packed>): void => {
    if (packets.length > 0)
      host.store.sync(() => {
        for (const [to, bytes] of packets) host.send(to, bytes)
      })
  }

  /** Stores what is new: a snapshot where a checkpoint has become stable, else the input. */
  const store = (isStable: boolean, record: () => Uint8Array): void => {
    if (isStable || book.size > enough) {
      book = signaturesToKeep(c, state, book)
      enough = Math.max(FEW_SIGNATURES, 2 * book.size)
    }
    if (isStable) host.store.replace(encodeSnapshot(state, book))
    else host.store.append(record())
  }

  const take = (input: Input, record: () => Uint8Array): NotDone | undefined => {
    const before = state
    const [after, outputs] = step(c, before, input)
    const [first] = outputs
    if (first?._tag === 'Refused') return first.because
    state = after
    const packets = packed(outputs)
    if (first?._tag === 'Store') store(after.stable !== before.stable, record)
    for (const output of outputs) if (output._tag === 'SetTimer') host.setTimer(output.serial, output.times)
    leave(packets)
    return undefined
  }

  return {
    start: () => {
      const { timer, patience } = state
      if (timer !== null) host.setTimer(timer.serial, 2 ** patience)
      leave(packed(missedBy(c, state)))
    },
    receive: (bytes) => {
      const decoded = decode(c, bytes, limits)
      if (isLeft(decoded)) return decoded.left._tag
      const { from, message } = decoded.right
      // What is refused in any case is refused before signatures are looked at.
      const refused = refusalOf(c, state, from, message)
      if (refused !== undefined) return refused
      if (scheme !== undefined) {
        const wrong = unsigned(c, scheme, book, decoded.right)
        if (wrong !== undefined) return wrong
      }
      return take({ _tag: 'Receive', from, message }, () => bytes)
    },
    timer: (serial) => take({ _tag: 'Timer', serial }, () => timerRecord(serial)),
    state: () => state,
    signatures: () => book.size
  }
}
