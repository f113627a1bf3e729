/**
 * Files of stale blocks: blocks that were mined and lost a race, as lines of `height,hash,header`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { hashHeader } from '../../spec/blockchain/instances/bitcoin.js'
import { headerHex } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { Hash256, Header } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { Unusable, VerifiedHeaders } from './headers.js'

/** A block that is not in Bitcoin's chain, while its parent is. */
export interface StaleBlock {
  readonly height: number
  readonly hash: Hash256
  readonly header: Header
}

const COLUMNS = 'height,hash,header'

/** A header checked against the height and the hash that its line gives, and against Bitcoin's chain. */
const checked = (
  header: Header,
  height: number,
  written: string,
  { from, hashes }: VerifiedHeaders
): Either<string, StaleBlock> => {
  const hash = hashHeader(header)
  const parent = hashes[height - from - 1]
  const rival = hashes[height - from]
  if (hash !== written) return E.left(`found hash ${written}, expected ${hash}, the hash of the header`)
  if (parent === undefined || rival === undefined)
    return E.left(
      `found height ${height}, expected one from ${from + 1} to ${from + hashes.length - 1}, as in the headers`
    )
  if (header.prevBlockHash !== parent)
    return E.left(`found predecessor ${header.prevBlockHash}, expected ${parent}, the block of height ${height - 1}`)
  return hash === rival
    ? E.left(`found the block of height ${height} itself, expected one that is not among the headers`)
    : E.right({ height, hash, header })
}

const parseLine = (line: string, verified: VerifiedHeaders): Either<string, StaleBlock> => {
  const fields = line.split(',')
  const [height = '', hash = '', header = ''] = fields
  if (fields.length !== 3) return E.left(`found ${fields.length} fields, expected ${COLUMNS}`)
  if (!/^\d{1,9}$/.test(height)) return E.left(`found height '${height}', expected a whole number`)
  return pipe(
    headerHex.decode(header),
    E.mapLeft(() => `found a header of ${header.length} characters, expected 160 lower-case hexadecimal digits`),
    E.chain((decoded) => checked(decoded, Number(height), hash, verified))
  )
}

/**
 * Reads a file of stale blocks, and checks that each forks off the given headers: its parent is among them, it is not.
 * Fails at the first line that is wrong, with its number, from 1. Empty lines are passed over.
 */
export const parseStale = (text: string, verified: VerifiedHeaders): Either<Unusable, ReadonlyArray<StaleBlock>> => {
  const [columns = '', ...lines] = text.split(/\r?\n/)
  if (columns !== COLUMNS) return E.left({ where: 'line 1', reason: `found '${columns}', expected ${COLUMNS}` })
  return pipe(
    lines.map((line, i) => ({ line, number: i + 2 })).filter(({ line }) => line !== ''),
    E.traverseArray(({ line, number }) =>
      pipe(
        parseLine(line, verified),
        E.mapLeft((reason) => ({ where: `line ${number}`, reason }))
      )
    )
  )
}
