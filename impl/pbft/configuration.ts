/**
 * What all replicas and clients of a service must have in common, checked when it is made.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { replicationOf } from '../../spec/byzantine/pbft/replication.js'
import { pbftRules } from '../../spec/byzantine/pbft/rules.js'
import type { Pbft } from '../../spec/byzantine/pbft/replica.js'
import { netAddr } from '../../spec/system/address.js'
import { specService } from './service.js'
import type { Service } from './service.js'

/** What makes a replicated service. Every replica and client needs the same. */
export interface PbftOptions<S> {
  /** How many replicas there are, at least 4; `f = ⌊(replicas − 1)/3⌋` of them may do anything at all. */
  readonly replicas: number
  /** How many clients there are. Their addresses follow those of the replicas. */
  readonly clients: number
  readonly service: Service<S>
  /** Every so many requests replicas make a checkpoint. Default: 64. */
  readonly period?: number
  /** Numbers are at most so much above the last stable checkpoint: a multiple of the period, twice it at least. Default: 128. */
  readonly window?: number
  /** Of so many requests of one client that have no answer yet a replica knows at most from the client. Default: 4. */
  readonly waiting?: number
}

/** A service that can be run: made by `configure`. */
export interface Configuration<S> {
  readonly service: Service<S>
  /** The same for the specification. */
  readonly pbft: Pbft
  readonly waiting: number
}

/** A sender may be ahead of a replica by so many view changes at once. Honest ones are by one or two. */
export const VIEW_CHANGES_AHEAD = 8

/** The most replicas, clients, and numbers between the water marks. */
const MOST = { replicas: 256, clients: 65_536, window: 65_536, waiting: 65_536 } as const

/** SHA-256, in hexadecimal digits. */
const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** @throws RangeError for anything but a whole number within the bounds. */
const checked = (name: string, value: unknown, least: number, most: number): void => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name}: expected a whole number from ${least} to ${most}, found ${String(value)}`)
}

/**
 * The service, ready to run.
 * @throws RangeError for numbers that are out of bounds, and where the window is not a multiple of the period, twice it at least.
 */
export const configure = <S>(options: PbftOptions<S>): Configuration<S> => {
  const { replicas, clients, service, period = 64, window = 128, waiting = 4 } = options
  checked('replicas', replicas, 4, MOST.replicas)
  checked('clients', clients, 1, MOST.clients)
  checked('window', window, 2, MOST.window)
  checked('period', period, 1, window)
  checked('waiting', waiting, 1, MOST.waiting)
  if (window % period !== 0 || window < 2 * period)
    throw new RangeError(`window: expected a multiple of the period ${period}, twice it at least, found ${window}`)
  const all = netAddr(replicas + clients).enum
  const replication = replicationOf(replicas)
  return {
    service,
    pbft: {
      ...replication,
      replicas: all.slice(0, replicas),
      clients: all.slice(replicas),
      service: specService(service),
      digest,
      period,
      window,
      rules: pbftRules(replication)
    },
    waiting
  }
}
