/**
 * Bitcoin: real block headers as blocks, most cumulative work as the fork choice.
 *
 * Headers show the proof of work and the difficulty and nothing of the transactions behind their Merkle roots, so this
 * instance checks the former and takes the latter for valid. It does not check the times of blocks against those of
 * their predecessors, nor version numbers.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ordBigint, ordNumber, ordString, seqOrd, thenBy } from '../../prelude/order.js'
import type { ConsensusParams } from '../parameters.js'
import type { Instance } from '../toychain.js'
import { eq_block } from '../types.js'
import type { Block, Blockchain, TypesOrd } from '../types.js'
import { blockToHex, hash256Of, reverseBytes } from './bitcoin/codec.js'
import type { BitcoinTypes, Hash256, Header, HeaderProof } from './bitcoin/codec.js'
import { MAINNET_LIMIT, expectedBits, targetOf, workOf } from './bitcoin/difficulty.js'
import { byLength, prefer } from './forkChoice.js'
import { prepend } from './proofOfWork.js'
import { blockOrd } from './typesImpl.js'

type Params = ConsensusParams<BitcoinTypes>

const proofOrd: Ord<HeaderProof> = thenBy<HeaderProof>(
  contramap((proof: HeaderProof) => proof.version)(ordNumber),
  contramap((proof: HeaderProof) => proof.time)(ordNumber),
  contramap((proof: HeaderProof) => proof.bits)(ordNumber),
  contramap((proof: HeaderProof) => proof.nonce)(ordNumber)
)

const bitcoinTypes: TypesOrd<BitcoinTypes> & { readonly Timestamp: Eq<number> } = {
  Timestamp: ordNumber,
  Hash: ordString,
  VProof: proofOrd,
  Transaction: ordString
}

/** The hash of a block: SHA-256 of SHA-256 of its bytes, shown in reverse. Defined for any number of Merkle roots. */
export const hashHeader = (b: Block<BitcoinTypes>): Hash256 =>
  hash256Of(reverseBytes(bytesToHex(sha256(sha256(hexToBytes(blockToHex(b)))))))

/** The hash of a block is at or below the target of its own bits, and that target is within the limit. */
export const hasProofOfWork = (b: Block<BitcoinTypes>, limit: bigint): boolean =>
  pipe(
    targetOf(b.proof.bits),
    O.exists((target) => target <= limit && BigInt(`0x${hashHeader(b)}`) <= target)
  )

/** The sum of the work of a chain's blocks, genesis included, in expected hashes. */
export const totalWork = (bc: Blockchain<BitcoinTypes>): bigint => bc.reduce((sum, b) => sum + workOf(b.proof.bits), 0n)

/** Where a window of Bitcoin's chain starts, and how blocks are made. */
export interface BitcoinOptions {
  /** The first header of the window. It is taken on trust, as genesis blocks are. */
  readonly genesis: Header
  /** Its height: the number of blocks before it in Bitcoin's chain. It says where difficulty periods start. */
  readonly height: number
  /** The greatest target that is allowed. Default: that of the main network. */
  readonly limit?: bigint
  /** How a block is mined. Default: not at all. */
  readonly genProof?: Params['genProof']
}

/** Bitcoin's chain from a given header on. */
export const bitcoin = (options: BitcoinOptions): Instance<BitcoinTypes> => {
  const { genesis, height, limit = MAINNET_LIMIT, genProof = () => O.none } = options
  const blockEq = eq_block<BitcoinTypes>(bitcoinTypes)

  /**
   * Genesis comes first and only first. Every other block comes after some chain, with one Merkle root, enough work,
   * and the bits that are expected there: see `expectedBits` for the starts of periods where any are accepted.
   */
  const VAF: Params['VAF'] = (b, bc) =>
    blockEq.equals(b, genesis)
      ? bc.length === 0
      : bc.length > 0 &&
        b.txs.length === 1 &&
        hasProofOfWork(b, limit) &&
        pipe(
          expectedBits(height + bc.length, bc, limit),
          O.match(
            () => true,
            (bits) => bits === b.proof.bits
          )
        )

  /**
   * More work; else longer; else smaller in the order of block contents. Bitcoin itself keeps, of chains with the same
   * work, the one it saw first, which is no function of the two chains; here all nodes break the tie alike. Length
   * only matters for blocks without a target, which have no work.
   */
  const FCR = prefer<BitcoinTypes>(contramap(totalWork)(ordBigint), byLength(), reverse(seqOrd(blockOrd(bitcoinTypes))))

  return {
    name: 'bitcoin',
    types: bitcoinTypes,
    params: {
      GenesisBlock: genesis,
      hashT: (root) => root,
      hashB: hashHeader,
      genProof,
      VAF,
      FCR,
      // A Merkle root says nothing of the validity of what is under it.
      txValid: () => true,
      tpExtend: prepend(bitcoinTypes)
    },
    // The first digits of a hash are zeros.
    label: (h) => `…${h.slice(-8)}`
  }
}
