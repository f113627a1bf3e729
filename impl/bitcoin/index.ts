/**
 * The specification held against Bitcoin's main network: are real headers what the instance says they are, and does it
 * decide real forks as Bitcoin did?
 */
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { decideFork } from './forks.js'
import type { WindowSize } from './forks.js'
import { bitsText, verifyHeaders } from './headers.js'
import type { Unusable } from './headers.js'
import { reportText } from './report.js'
import type { BitcoinReport } from './report.js'
import { parseStale } from './stale.js'

export { decideFork } from './forks.js'
export type { Choice, ForkDecision, WindowSize } from './forks.js'
export { verifyHeaders } from './headers.js'
export type { Unusable, VerifiedHeaders } from './headers.js'
export { reportText } from './report.js'
export type { BitcoinReport } from './report.js'
export { parseStale } from './stale.js'
export type { StaleBlock } from './stale.js'

/** The height of the first header, where neither an option nor the file name says it. */
export const DEFAULT_FROM = 822528

/** How far the specification looks around a fork, where no option says it. */
export const DEFAULT_WINDOW: WindowSize = { before: 6, after: 6 }

/** The files to check, and how. */
export interface BitcoinOptions extends Partial<WindowSize> {
  /** The path of a header file: consecutive headers of 80 bytes. */
  readonly headers: string
  /** The path of a file of stale blocks, with the columns height, hash, header. */
  readonly stale?: string
  /**
   * The height of the first header. Default: what the name of the file says, if it ends in `-<from>-<to>.bin`, else
   * `DEFAULT_FROM`.
   */
  readonly from?: number
}

/** What the command prints, in two forms, and its exit code. */
export interface BitcoinOutcome {
  /** 0: all forks decided as Bitcoin decided them. 1: some were not. 2: the input cannot be used. */
  readonly exitCode: 0 | 1 | 2
  readonly text: string
  /** The same as plain data: a report with work as decimal strings and bits as `0x…`, or `{ error }`. */
  readonly json: unknown
}

/** The height that a file name gives to the first header: 822528 for `headers-822528-830592.bin`. */
export const heightOfName = (path: string): number => Number(/-(\d{1,9})-\d{1,9}\.bin$/.exec(path)?.[1] ?? DEFAULT_FROM)

const read = (path: string): Either<Unusable, Buffer> =>
  E.tryCatch(
    () => readFileSync(path),
    (error) => ({ where: 'cannot be read', reason: error instanceof Error ? error.message : String(error) })
  )

const inFile =
  (path: string) =>
  ({ where, reason }: Unusable): string =>
    `${path}: ${where}: ${reason}`

const wholeNumber = (name: string, least: number, n: number): Either<string, number> =>
  Number.isSafeInteger(n) && n >= least
    ? E.right(n)
    : E.left(`${name}: found ${n}, expected a whole number from ${least} on`)

/** Reads and checks the files, and runs the specification on every fork. Fails with what is wrong, and in which file. */
export const bitcoinReport = ({
  headers,
  stale,
  from = heightOfName(headers),
  before = DEFAULT_WINDOW.before,
  after = DEFAULT_WINDOW.after
}: BitcoinOptions): Either<string, BitcoinReport> =>
  pipe(
    E.Do,
    E.apS('from', wholeNumber('from', 0, from)),
    E.apS('before', wholeNumber('before', 1, before)),
    E.apS('after', wholeNumber('after', 0, after)),
    E.bind('verified', () =>
      pipe(
        read(headers),
        E.chain((bytes) => verifyHeaders(bytes, from)),
        E.mapLeft(inFile(headers))
      )
    ),
    E.bind('staleBlocks', ({ verified }) =>
      stale === undefined
        ? E.right([])
        : pipe(
            read(stale),
            E.chain((bytes) => parseStale(bytes.toString('utf8'), verified)),
            E.mapLeft(inFile(stale))
          )
    ),
    E.map(({ verified, staleBlocks }) => ({
      from,
      count: verified.headers.length,
      totalWork: verified.totalWork,
      adjustments: verified.adjustments,
      forks: staleBlocks.map((block) => decideFork(verified, block, { before, after }))
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
