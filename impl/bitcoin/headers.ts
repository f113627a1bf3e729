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
import { PERIOD, targetOf } from '../../spec/blockchain/instances/bitcoin/difficulty.js'
import { dueBits, leastTime, networks, nextState, startOf } from '../../spec/blockchain/instances/bitcoin/networks.js'
import type { HeaderState, Network } from '../../spec/blockchain/instances/bitcoin/networks.js'

/** Why a file cannot be used. */
export interface Unusable {
  /** Where in the file: `height 822530`, `line 3`, `offset 640`. */
  readonly where: string
  /** What is wrong there, and what was expected. */
  readonly reason: string
}

/** Consecutive headers of a network, each of them checked. */
export interface VerifiedHeaders {
  /** The height of the first. */
  readonly from: number
  readonly headers: ReadonlyArray<Header>
  /** Their hashes, in the same order. */
  readonly hashes: ReadonlyArray<Hash256>
  /** The sum of their work, in expected hashes. */
  readonly totalWork: bigint
  readonly network: Network
  /** What could not be checked, as it depends on headers before the first: the heights. */
  readonly unchecked: {
    /** The first header, unless it is that of the network. */
    readonly links: ReadonlyArray<number>
    /** Also the start of a period that is not preceded by a whole one, and what follows from it. */
    readonly bits: ReadonlyArray<number>
  }
  /** The first blocks of difficulty periods whose bits were recomputed from the whole period before. */
  readonly adjustments: ReadonlyArray<{ readonly height: number; readonly bits: Uint32 }>
}

const SIZE = 80

/** Bits as they are written: `0x1703e8b3`. */
export const bitsText = (bits: Uint32): string => `0x${bits.toString(16).padStart(8, '0')}`

/** The headers in the bytes of a file; fails where the file is empty or ends within a header. */
export const decodeHeaders = (bytes: Uint8Array): Either<Unusable, ReadonlyArray<Header>> => {
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

/** What is wrong with a header, given the state after those before it, and the parent's hash. */
const objection = (
  network: Network,
  header: Header,
  state: HeaderState | undefined,
  parent: Hash256 | undefined
): Option<string> => {
  const { bits, time } = header.proof
  if (parent !== undefined && header.prevBlockHash !== parent)
    return O.some(`broken link: names predecessor ${header.prevBlockHash}, expected ${parent}`)

  const expected = state && dueBits(network, state, time)
  if (state !== undefined && expected !== undefined && bits !== expected)
    return O.some(
      `wrong bits: has ${bitsText(bits)}, expected ${bitsText(expected)}, ` +
        ((state.height + 1) % PERIOD === 0
          ? 'by the difficulty adjustment'
          : network.leastAfter20Minutes
            ? `by the rules of ${network.name}`
            : 'those of the header before')
    )
  if (state !== undefined && time < leastTime(network, state))
    return O.some(`wrong time: has ${time}, expected at least ${leastTime(network, state)}`)

  const target = O.toUndefined(targetOf(bits))
  if (target === undefined || target > network.limit)
    return O.some(
      `wrong bits: has ${bitsText(bits)}, expected the compact form of a target that ${network.name} allows`
    )

  return hasProofOfWork(header, network.limit)
    ? O.none
    : O.some(
        `insufficient work: has hash ${hashHeader(header)}, expected at most ${target.toString(16).padStart(64, '0')}`
      )
}

/**
 * Checks headers, given their hashes and the height of the first: every link to the header before, all bits, every proof of work. At the
 * start of a difficulty period the bits are recomputed if the whole period before is there.
 *
 * What depends on headers before the first cannot be checked, and is named in the result. Fails at the first header that
 * is wrong, with its height.
 */
export const verifyAll = (
  headers: ReadonlyArray<Header>,
  hashes: ReadonlyArray<Hash256>,
  from: number,
  network: Network
): Either<Unusable, VerifiedHeaders> => {
  const isWhole = from === 0 && hashes[0] === network.genesis
  const uncheckedBits: number[] = isWhole ? [] : [from]
  let state: HeaderState | undefined
  for (const [i, header] of headers.entries()) {
    const reason = objection(network, header, state, hashes[i - 1])
    if (O.isSome(reason)) return E.left({ where: `height ${from + i}`, reason: reason.value })
    if (state !== undefined && dueBits(network, state, header.proof.time) === undefined) uncheckedBits.push(from + i)
    state = state === undefined ? startOf(network, header, from) : nextState(network, state, header)
  }
  return E.right({
    from,
    network,
    headers,
    hashes,
    unchecked: { links: isWhole ? [] : [from], bits: uncheckedBits },
    totalWork: totalWork(headers),
    adjustments: headers
      .map(({ proof }, i) => ({ height: from + i, bits: proof.bits }))
      .filter(({ height }, i) => i >= PERIOD && height % PERIOD === 0)
  })
}

/** Reads a header file and checks it: see `verifyAll`. */
export const verifyHeaders = (
  bytes: Uint8Array,
  from: number,
  network: Network = networks.mainnet
): Either<Unusable, VerifiedHeaders> =>
  pipe(
    decodeHeaders(bytes),
    E.chain((headers) => verifyAll(headers, headers.map(hashHeader), from, network))
  )
