/**
 * The forks of Bitcoin that the data of the project has, each with the headers around it: what a page needs to decide them again.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { heightsOfName, parseStale, verifyHeaders } from '../../impl/bitcoin/index.js'
import type { RealFork } from '../../impl/live/bitcoinForks.js'
import { headerHex } from '../../spec/blockchain/instances/bitcoin/codec.js'

const DATA = join(import.meta.dirname, '../../test/data')
const HEADERS = 'bitcoin-headers-822528-830592.bin'
const STALE = 'bitcoin-stale-822528-830592.csv'

/** How many blocks before and after those that compete are shown. */
const AROUND = 2

/** All forks, the latest first. @throws Error where the data cannot be used. */
export const forksOfBitcoin = (): ReadonlyArray<RealFork> => {
  const verified = verifyHeaders(readFileSync(join(DATA, HEADERS)), heightsOfName(HEADERS)?.from ?? 0)
  if (E.isLeft(verified)) throw new Error(`${HEADERS}: ${verified.left.where}: ${verified.left.reason}`)
  const stale = parseStale(readFileSync(join(DATA, STALE), 'utf8'), verified.right)
  if (E.isLeft(stale)) throw new Error(`${STALE}: ${stale.left.where}: ${stale.left.reason}`)
  const { from, headers } = verified.right
  return stale.right.blocks.map(({ height: tip, header, before }) => {
    const height = tip - before.length
    const at = height - from
    return {
      height,
      common: headers.slice(at - AROUND, at).map(headerHex.encode),
      bitcoin: headers.slice(at, at + before.length + AROUND).map(headerHex.encode),
      stale: [...before, header].map(headerHex.encode)
    }
  })
}
