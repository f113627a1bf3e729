/**
 * A client for a program: it asks for one thing at a time, and believes what f + 1 replicas say alike. What it does with
 * replies is the specification's. Several operations can go as one request: see `batching.ts`.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import { onReply } from '../../spec/byzantine/pbft/client.js'
import type { Client } from '../../spec/byzantine/pbft/client.js'
import type { Reply, Request } from '../../spec/byzantine/pbft/messages.js'
import type { Address } from '../../spec/system/address.js'
import { Address as AddressCodec } from '../../spec/system/codec.js'
import { decode, DEFAULT_LIMITS, encode } from './codec.js'
import type { Limits } from './codec.js'
import type { Configuration } from './configuration.js'
import { unescaped } from './service.js'
import { signed, unsigned } from './signatures.js'
import type { Book, Scheme, Unsigned } from './signatures.js'

/** What a client needs of its program. */
export interface ClientHost {
  readonly send: (to: ReadonlyArray<Address>, bytes: Uint8Array) => void
  /** Calls `timer(serial)` after so many times the time in which a request is answered; earlier timers are void. */
  readonly setTimer: (serial: number, times: number) => void
}

/** What makes a client. */
export interface ClientOptions<S> {
  readonly configuration: Configuration<S>
  /** Its address: clients come after replicas. */
  readonly id: number
  readonly scheme: Scheme | undefined
  readonly host: ClientHost
  /**
   * The timestamp of its last request. A client that starts again must take one that is not below, or its requests are not
   * executed: the time in milliseconds will do. Default: 0.
   */
  readonly timestamp?: number
  readonly limits?: Limits
}

/** Why a client does nothing with a reply. */
export type ReplyRefusal = Unsigned | 'Malformed' | 'NotAReply' | 'NotAwaited'

/** A client. */
export interface PbftClient {
  /** Asks for an operation; `done` gets the result. False: it still waits for another, and nothing has happened. */
  readonly ask: (operation: string, done: (result: string) => void) => boolean
  readonly receive: (bytes: Uint8Array) => ReplyRefusal | undefined
  /** It has waited long: it asks again. */
  readonly timer: (serial: number) => void
}

/** How often the time doubles after which a client asks again. */
const MOST_PATIENCE = 6

/**
 * A client.
 * @throws RangeError where there is no such client, or the timestamp is none.
 */
export const createClient = <S>(options: ClientOptions<S>): PbftClient => {
  const { configuration: c, id, scheme, host, timestamp = 0, limits = DEFAULT_LIMITS } = options
  const { pbft } = c
  if (!AddressCodec.is(id) || !pbft.clients.includes(id))
    throw new RangeError(
      `id: expected a client from ${pbft.nodes} to ${pbft.nodes + pbft.clients.length - 1}, found ${id}`
    )
  if (!Number.isSafeInteger(timestamp) || timestamp < 0)
    throw new RangeError(`timestamp: expected a whole number up to 2^53 − 1, found ${timestamp}`)
  const nobody: Book = new Map()
  let last = timestamp
  let client: Client = { _tag: 'Client', id, pending: null, replies: [], done: [] }
  let whenDone: (result: string) => void = () => {}
  let timers = 0
  let patience = 0

  const send = (request: Request): void => {
    const message = { _tag: 'Request', request } as const
    host.send(
      pbft.replicas,
      encode(scheme === undefined ? { from: id, message, signatures: [] } : signed(c, scheme, nobody, id, message))
    )
    timers++
    host.setTimer(timers, 2 ** patience)
  }

  const reply = (from: Address, message: Reply): void => {
    const [after] = onReply(pbft, client, from, message)
    const [answered] = after.done
    client = { ...after, done: [] }
    if (answered !== undefined) whenDone(unescaped(answered.result))
  }

  return {
    ask: (operation, done) => {
      if (client.pending !== null) return false
      last++
      const request = { client: id, timestamp: last, operation }
      client = { ...client, pending: request, replies: [] }
      whenDone = done
      patience = 0
      send(request)
      return true
    },
    receive: (bytes) => {
      const decoded = decode(c, bytes, limits)
      if (isLeft(decoded)) return decoded.left._tag
      const { from, message } = decoded.right
      if (message._tag !== 'Reply') return 'NotAReply'
      const isAwaited =
        message.client === id &&
        message.timestamp === client.pending?.timestamp &&
        from === message.by &&
        pbft.replicas.includes(from)
      if (!isAwaited) return 'NotAwaited'
      const wrong = scheme && unsigned(c, scheme, nobody, decoded.right)
      if (wrong !== undefined) return wrong
      reply(from, message)
      return undefined
    },
    timer: (serial) => {
      if (serial !== timers || client.pending === null) return
      patience = Math.min(patience + 1, MOST_PATIENCE)
      send(client.pending)
    }
  }
}
