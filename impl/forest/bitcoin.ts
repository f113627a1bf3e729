/**
 * Bitcoin's headers in a forest: most cumulative work, proof of work and difficulty checked, by the functions of the
 * specification's own Bitcoin instance. It agrees with that instance block for block, and is fast.
 */
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { bitcoin, hasProofOfWork, hashHeader } from '../../spec/blockchain/instances/bitcoin.js'
import type { BitcoinOptions } from '../../spec/blockchain/instances/bitcoin.js'
import { headerBytes, headerHex } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { BitcoinTypes, Hash256, Header } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { MAINNET_LIMIT, PERIOD, expectedBits, workOf } from '../../spec/blockchain/instances/bitcoin/difficulty.js'
import { blockOrd } from '../../spec/blockchain/instances/typesImpl.js'
import { eq_block } from '../../spec/blockchain/types.js'
import { bigintBytes, numberBytes } from './binary.js'
import type { BinaryCodecs } from './binary.js'
import { left, right } from './either.js'
import { mostWork } from './rules.js'
import type { ForestOptions } from './types.js'

export { headerBytes, headerHex, hashHeader }
export type { Hash256, Header }

/** Why a header may not extend a chain: its hash is above its target, or its bits are not those that are due. */
export type HeaderRefusal =
  | { readonly _tag: 'ProofOfWork' }
  | { readonly _tag: 'Difficulty'; readonly expected: number }

/** A forest of Bitcoin headers from a given one on, which is taken on trust. The state is the height. */
export const bitcoinForest = ({
  genesis,
  height,
  limit = MAINNET_LIMIT
}: Omit<BitcoinOptions, 'genProof'>): ForestOptions<Header, Hash256, bigint, number, HeaderRefusal> => {
  const { types } = bitcoin({ genesis, height })
  return {
    genesis,
    height,
    hash: hashHeader,
    parent: (b) => b.prevBlockHash,
    equals: eq_block<BitcoinTypes>(types).equals,
    forkChoice: mostWork((b) => workOf(b.proof.bits), blockOrd<BitcoinTypes>(types).compare),
    validation: {
      genesis: height,
      step: (parentHeight, b, before) => {
        if (!hasProofOfWork(b, limit)) return left({ _tag: 'ProofOfWork' })
        const next = parentHeight + 1
        // Only at the start of a period does `expectedBits` look further back than the parent.
        const recent = before(next % PERIOD === 0 ? next - PERIOD : parentHeight)
        return pipe(
          expectedBits(next, recent, limit),
          O.match(
            () => right(next),
            (expected) => (expected === b.proof.bits ? right(next) : left({ _tag: 'Difficulty', expected } as const))
          )
        )
      }
    }
  }
}

/** The headers in a file of them: 80 bytes each, one after another. What is left over at the end is no header. */
export const headersOf = (bytes: Uint8Array): ReadonlyArray<Header> =>
  Array.from({ length: Math.floor(bytes.length / 80) }, (_, i) =>
    headerBytes.decode(bytes.slice(80 * i, 80 * i + 80))
  ).flatMap((decoded) => (decoded._tag === 'Right' ? [decoded.right] : []))

/** The compact binary form of a forest of headers: 48 bytes each and two of structure, as the parent's hash is known. */
export const bitcoinBytes: BinaryCodecs<Header, Hash256, bigint, number> = {
  block: {
    encode: (b) => {
      const bytes = headerBytes.encode(b)
      return Uint8Array.of(...bytes.subarray(0, 4), ...bytes.subarray(36))
    },
    decode: (bytes, parent) => {
      if (bytes.length !== 48) throw new Error('expected 48 bytes')
      const zeros = new Uint8Array(32)
      const decoded = headerBytes.decode(Uint8Array.of(...bytes.subarray(0, 4), ...zeros, ...bytes.subarray(4)))
      if (decoded._tag === 'Left') throw new Error('expected a header')
      return { ...decoded.right, prevBlockHash: parent }
    }
  },
  score: bigintBytes,
  state: numberBytes
}
