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

/** A block that is not in Bitcoin's chain, while the branch of such blocks that it ends starts there. */
export interface StaleBlock {
  readonly height: number
  readonly hash: Hash256
  readonly header: Header
  /** The blocks of its branch before it, from the one on whose parent is in Bitcoin's chain. Mostly there are none. */
  readonly before: ReadonlyArray<Header>
}

/** What a file of stale blocks says of the headers. */
export interface StaleBlocks {
  /** The last block of each branch, in the order of the file. */
  readonly blocks: ReadonlyArray<StaleBlock>
  /** How many rows are of heights that the headers do not cover. */
  readonly outside: number
}

interface Row {
  readonly number: number
  readonly height: number
  readonly hash: Hash256
  readonly header: Header
}

const COLUMNS = 'height,hash,header'

/** A row by itself: its fields, and the hash that is that of the header. */
const parseLine = (line: string, number: number): Either<string, Row> => {
  const fields = line.split(',')
  const [height = '', written = '', header = ''] = fields
  if (fields.length !== 3) return E.left(`found ${fields.length} fields, expected ${COLUMNS}`)
  if (!/^\d{1,9}$/.test(height)) return E.left(`found height '${height}', expected a whole number`)
  return pipe(
    headerHex.decode(header),
    E.mapLeft(() => `found a header of ${header.length} characters, expected 160 lower-case hexadecimal digits`),
    E.chain((decoded) => {
      const hash = hashHeader(decoded)
      return hash === written
        ? E.right({ number, height: Number(height), hash, header: decoded })
        : E.left(`found hash ${written}, expected ${hash}, the hash of the header`)
    })
  )
}

/** A row with its branch, back to Bitcoin's chain. */
const branchOf = (
  { height, hash, header }: Row,
  rows: ReadonlyMap<string, Row>,
  { from, hashes }: VerifiedHeaders
): Either<string, StaleBlock> => {
  if (hash === hashes[height - from])
    return E.left(`found the block of height ${height} itself, expected one that is not among the headers`)
  const before: Header[] = []
  let first = header
  for (let h = height; first.prevBlockHash !== hashes[h - 1 - from]; h--) {
    const parent = rows.get(first.prevBlockHash)
    if (parent?.height !== h - 1)
      return E.left(
        `found predecessor ${first.prevBlockHash}, expected ${hashes[h - 1 - from] ?? 'one'}, the block of height ${h - 1}, ` +
          'or a stale block of that height in the file'
      )
    first = parent.header
    before.unshift(first)
  }
  return E.right({ height, hash, header, before })
}

/**
 * Reads a file of stale blocks, and checks that each branch of them forks off the given headers. Rows of heights that the
 * headers do not cover do not concern them: they are counted and passed over. Fails at the first other row that is wrong,
 * with its number, from 1. Empty lines are passed over.
 */
export const parseStale = (text: string, verified: VerifiedHeaders): Either<Unusable, StaleBlocks> => {
  const [columns = '', ...lines] = text.split(/\r?\n/)
  if (columns !== COLUMNS) return E.left({ where: 'line 1', reason: `found '${columns}', expected ${COLUMNS}` })
  const { from, hashes } = verified
  /** Both the parent and a rival of a block must be among the headers. */
  const isOutside = (line: string): boolean => {
    const [, height] = /^(\d{1,9}),/.exec(line) ?? []
    return height !== undefined && (Number(height) <= from || Number(height) >= from + hashes.length)
  }
  const atLine =
    (number: number) =>
    (reason: string): Unusable => ({ where: `line ${number}`, reason })
  const numbered = lines.map((line, i) => ({ line, number: i + 2 })).filter(({ line }) => line !== '')
  const inside = numbered.filter(({ line }) => !isOutside(line))
  return pipe(
    inside,
    E.traverseArray(({ line, number }) => pipe(parseLine(line, number), E.mapLeft(atLine(number)))),
    E.chain((rows) => {
      const byHash = new Map<string, Row>(rows.map((row) => [row.hash, row]))
      const parents = new Set<string>(rows.map(({ header }) => header.prevBlockHash))
      return pipe(
        rows,
        E.traverseArray((row) => pipe(branchOf(row, byHash, verified), E.mapLeft(atLine(row.number)))),
        E.map((blocks) => ({
          blocks: blocks.filter(({ hash }) => !parents.has(hash)),
          outside: numbered.length - inside.length
        }))
      )
    })
  )
}
