/**
 * The specification held against Bitcoin: are real headers what the instance says they are, and does it
 * decide real forks as Bitcoin did?
 */
import { readFileSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { hashHeader } from '../../spec/blockchain/instances/bitcoin.js'
import { decideFork } from './forks.js'
import type { WindowSize } from './forks.js'
import { bitsText, decodeHeaders, verifyAll } from './headers.js'
import type { Unusable } from './headers.js'
import { placeOf } from './place.js'
import { reportText } from './report.js'
import type { BitcoinReport } from './report.js'
import { parseStale } from './stale.js'

export { decideFork } from './forks.js'
export type { Choice, ForkDecision, WindowSize } from './forks.js'
export { verifyHeaders } from './headers.js'
export type { Unusable, VerifiedHeaders } from './headers.js'
export { heightsOfName } from './place.js'
export { reportText } from './report.js'
export type { BitcoinReport } from './report.js'
export { parseStale } from './stale.js'
export type { StaleBlock } from './stale.js'

/** How far the specification looks around a fork, where no option says it. */
export const DEFAULT_WINDOW: WindowSize = { before: 6, after: 6 }

/**
 * The most headers on either side of a fork: those of a day. The specification goes through all chains of a tree, again for
 * each block, so that the time grows with more than the square of their length.
 */
export const WIDEST_WINDOW = 144

/** The files to check, and how. */
export interface BitcoinOptions extends Partial<WindowSize> {
  /** The path of a header file: consecutive headers of 80 bytes. */
  readonly headers: string
  /** The path of a file of stale blocks, with the columns height, hash, header. */
  readonly stale?: string
  /**
   * The height of the first header. Default: what a block says that is known, among the headers or right before them, or
   * the name of the file, if it ends in `-<from>-<to>.bin`. Otherwise it is not known, and must be given.
   */
  readonly from?: number
  /** The name of the network whose rules the headers follow. Default: that of known blocks, else the main network. */
  readonly network?: string
}

/** What the command prints, in two forms, and its exit code. */
export interface BitcoinOutcome {
  /** 0: all forks decided as Bitcoin decided them. 1: some were not. 2: the input cannot be used. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
  /** The same as plain data: a report with work as decimal strings and bits as `0x…`, or `{ error }`. */
  readonly json: unknown
}

const read = (path: string): Either<Unusable, Buffer> =>
  E.tryCatch(
    () => {
      const found = statSync(path, { throwIfNoEntry: false })
      if (found?.isCharacterDevice() === true || found?.isBlockDevice() === true)
        throw new Error('it is a device, expected a file')
      return readFileSync(path)
    },
    (error) => ({ where: 'cannot be read', reason: error instanceof Error ? error.message : String(error) })
  )

const inFile =
  (path: string) =>
  ({ where, reason }: Unusable): string =>
    `${path}: ${where}: ${reason}`

const wholeNumber = (name: string, least: number, n: number, most = Infinity): Either<string, number> =>
  Number.isSafeInteger(n) && n >= least && n <= most
    ? E.right(n)
    : E.left(`${name}: found ${n}, expected a whole number from ${least} ${most === Infinity ? 'on' : `to ${most}`}`)

/** Reads and checks the files, and runs the specification on every fork. Fails with what is wrong, and in which file. */
export const bitcoinReport = ({
  headers,
  stale,
  from,
  network,
  before = DEFAULT_WINDOW.before,
  after = DEFAULT_WINDOW.after
}: BitcoinOptions): Either<string, BitcoinReport> =>
  pipe(
    E.Do,
    E.apS('from', wholeNumber('from', 0, from ?? 0)),
    E.apS('before', wholeNumber('before', 1, before, WIDEST_WINDOW)),
    E.apS('after', wholeNumber('after', 0, after, WIDEST_WINDOW)),
    E.bind('decoded', () => pipe(read(headers), E.chain(decodeHeaders), E.mapLeft(inFile(headers)))),
    E.let('hashes', ({ decoded }) => decoded.map(hashHeader)),
    E.bind('place', ({ decoded: [first], hashes }) =>
      placeOf(headers, first?.prevBlockHash, hashes, {
        ...(from === undefined ? {} : { from }),
        ...(network === undefined ? {} : { network })
      })
    ),
    E.bind('verified', ({ decoded, hashes, place }) =>
      pipe(verifyAll(decoded, hashes, place.from, place.network), E.mapLeft(inFile(headers)))
    ),
    E.bind('stale', ({ verified }) => {
      if (stale === undefined) return E.right({ blocks: [], outside: 0 })
      if (verified.network.leastAfter20Minutes || verified.network.retargetsFrom === 'never')
        return E.left(
          `${stale}: forks of ${verified.network.name} cannot be decided: the specification has other rules`
        )
      return pipe(
        read(stale),
        E.chain((bytes) => parseStale(bytes.toString('utf8'), verified)),
        E.mapLeft(inFile(stale))
      )
    }),
    E.map(({ before, after, place, verified, stale: { blocks, outside } }) => ({
      from: verified.from,
      known: place.known,
      network: verified.network.name,
      count: verified.headers.length,
      unchecked: verified.unchecked,
      totalWork: verified.totalWork,
      adjustments: verified.adjustments,
      outside,
      forks: blocks.map((block) => decideFork(verified, block, { before, after }))
    }))
  )

/** What `blockforest bitcoin HEADERS [STALE]` does. */
export const runBitcoin = (options: BitcoinOptions): BitcoinOutcome =>
  pipe(
    bitcoinReport(options),
    E.match(
      (error): BitcoinOutcome => ({ exitCode: 2, text: error, json: { error } }),
      (report): BitcoinOutcome => ({
        exitCode: report.forks.every(({ chosen }) => chosen === 'bitcoin') ? 0 : 1,
        text: reportText(report),
        json: {
          ...report,
          totalWork: String(report.totalWork),
          adjustments: report.adjustments.map(({ height, bits }) => ({ height, bits: bitsText(bits) })),
          forks: report.forks.map((fork) => ({ ...fork, margin: String(fork.margin) }))
        }
      })
    )
  )
