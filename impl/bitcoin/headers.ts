/**
 * Header files: Bitcoin block headers in the order of their heights, 80 bytes each, nothing between them.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { hasProofOfWork, hashHeader, totalWork } from '../../spec/blockchain/instances/bitcoin.js'
import { headerBytes } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { Hash256, Header, Uint32 } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { MAINNET_LIMIT, PERIOD, expectedBits, targetOf } from '../../spec/blockchain/instances/bitcoin/difficulty.js'

/** Why a file cannot be used. */
export interface Unusable {
  /** Where in the file: `height 822530`, `line 3`, `offset 640`. */
  readonly where: string
  /** What is wrong there, and what was expected. */
  readonly reason: string
}

/** Consecutive headers of Bitcoin's main network, each of them checked. */
export interface VerifiedHeaders {
  /** The height of the first. */
  readonly from: number
  readonly headers: ReadonlyArray<Header>
  /** Their hashes, in the same order. */
  readonly hashes: ReadonlyArray<Hash256>
  /** The sum of their work, in expected hashes. */
  readonly totalWork: bigint
  /** The first blocks of difficulty periods whose bits were recomputed from the whole period before. */
  readonly adjustments: ReadonlyArray<{ readonly height: number; readonly bits: Uint32 }>
}

const SIZE = 80

/** Bits as they are written: `0x1703e8b3`. */
export const bitsText = (bits: Uint32): string => `0x${bits.toString(16).padStart(8, '0')}`

/** The headers in the bytes of a file; fails where the file is empty or ends within a header. */
const decodeHeaders = (bytes: Uint8Array): Either<Unusable, ReadonlyArray<Header>> => {
  const whole = bytes.length - (bytes.length % SIZE)
  if (bytes.length === 0)
    return E.left({ where: 'offset 0', reason: 'the file is empty, expected headers of 80 bytes' })
  if (bytes.length > whole)
    return E.left({
      where: `offset ${whole}`,
      reason: `the file ends after ${bytes.length - whole} of the 80 bytes of a header; it has ${bytes.length} bytes, expected a multiple of 80`
    })
  return E.right(
    RA.rights(
      Array.from({ length: whole / SIZE }, (_, i) => headerBytes.decode(bytes.subarray(i * SIZE, (i + 1) * SIZE)))
    )
  )
}

/** What is wrong with the header of a height, given those before it back to a whole period, and the parent's hash. */
const objection = (
  height: number,
  header: Header,
  before: ReadonlyArray<Header>,
  parent: Hash256 | undefined
): Option<string> => {
  const { bits } = header.proof
  if (parent !== undefined && header.prevBlockHash !== parent)
    return O.some(`broken link: names predecessor ${header.prevBlockHash}, expected ${parent}`)

  const expected = O.toUndefined(expectedBits(height, before, MAINNET_LIMIT))
  if (expected !== undefined && bits !== expected)
    return O.some(
      `wrong bits: has ${bitsText(bits)}, expected ${bitsText(expected)}, ` +
        (height % PERIOD === 0 ? 'by the difficulty adjustment' : 'those of the header before')
    )

  const target = O.toUndefined(targetOf(bits))
  if (target === undefined || target > MAINNET_LIMIT)
    return O.some(
      `wrong bits: has ${bitsText(bits)}, expected the compact form of a target that the main network allows`
    )

  return hasProofOfWork(header, MAINNET_LIMIT)
    ? O.none
    : O.some(
        `insufficient work: has hash ${hashHeader(header)}, expected at most ${target.toString(16).padStart(64, '0')}`
      )
}

/**
 * Reads and checks a header file, given the height of its first header: every link to the header before, all bits, every
 * proof of work. At the start of a difficulty period the bits are recomputed if the file holds the whole period before.
 *
 * The link and the bits of the very first header cannot be checked, nor can the bits at the start of a first period.
 * Fails at the first header that is wrong, with its height.
 */
export const verifyHeaders = (bytes: Uint8Array, from: number): Either<Unusable, VerifiedHeaders> =>
  pipe(
    decodeHeaders(bytes),
    E.chain((headers) => {
      const hashes = headers.map(hashHeader)
      for (const [i, header] of headers.entries()) {
        const reason = objection(from + i, header, headers.slice(Math.max(0, i - PERIOD), i), hashes[i - 1])
        if (O.isSome(reason)) return E.left({ where: `height ${from + i}`, reason: reason.value })
      }
      return E.right({
        from,
        headers,
        hashes,
        totalWork: totalWork(headers),
        adjustments: headers
          .map(({ proof }, i) => ({ height: from + i, bits: proof.bits }))
          .filter(({ height }, i) => i >= PERIOD && height % PERIOD === 0)
      })
    })
  )
