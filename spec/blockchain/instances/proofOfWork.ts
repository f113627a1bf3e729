/**
 * Proof of work: most total work wins, then the longer chain, then the order of block contents.
 * Counterpart of `Extraction/Impl.v`.
 */
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ordNumber, seqOrd } from '../../prelude/order.js'
import { iota, isIn } from '../../prelude/seq.js'
import { hashOf } from '../codec.js'
import type { ConsensusParams } from '../parameters.js'
import type { Instance } from '../toychain.js'
import { eq_block } from '../types.js'
import type { Block, Blockchain, Types, TypesOrd } from '../types.js'
import { byLength, prefer } from './forkChoice.js'
import { hashBlock, sha256 } from './sha256.js'
import { blockOrd, typesImpl } from './typesImpl.js'
import type { TypesImpl } from './typesImpl.js'

type Params = ConsensusParams<TypesImpl>

/**
 * The number of leading zero bits of a hash that is spelt `0x` and hexadecimal digits; 0 for any other spelling. The
 * count ends at the first character that is not the digit 0.
 * @coq Extraction/Impl.v count_binary_zeroes _cbzs leading_zeroes
 */
export const count_binary_zeroes = (s: string): number => {
  if (!s.startsWith('0x')) return 0
  const digits = s.slice(2)
  const zeros = digits.length - digits.replace(/^0+/, '').length
  const next = digits.slice(zeros, zeros + 1)
  return 4 * zeros + (/^[0-9a-fA-F]$/.test(next) ? Math.clz32(parseInt(next, 16)) - 28 : 0)
}

/**
 * A transaction is valid after a chain that does not contain it.
 * @coq Extraction/Impl.v txValid
 */
export const notInChain = <T extends Types>(T: TypesOrd<T>): ConsensusParams<T>['txValid'] => {
  const among = isIn(T.Transaction)
  return (t, bc) => !bc.some((b) => among(t, b.txs))
}

/**
 * A pool into which a transaction is put in front, unless it is there.
 * @coq Extraction/Impl.v tpExtend
 */
export const prepend = <T extends Types>(T: TypesOrd<T>): ConsensusParams<T>['tpExtend'] => {
  const among = isIn(T.Transaction)
  return (pool, _bt, t) => (among(t, pool) ? pool : [t, ...pool])
}

/**
 * The genesis block of the extracted development.
 * @coq Extraction/Impl.v GenesisBlock
 */
export const powGenesis: Block<TypesImpl> = {
  prevBlockHash: hashOf('0x6150cb353fe365318be1040f4f1d55ba6a6235c7fdee7e94602fed76f112f2de'),
  txs: [],
  proof: 0
}

/** What Coq leaves to the extracted program, and the difficulty. */
export interface PowOptions {
  /**
   * The hash of a block. Default: SHA-256 of its components.
   * @coq Extraction/Impl.v hashB
   */
  readonly hashB?: Params['hashB']
  /**
   * The hash of a transaction. Default: SHA-256.
   * @coq Extraction/Impl.v hashT
   */
  readonly hashT?: Params['hashT']
  /**
   * How a block is mined. Default: all offered transactions, and the first proof with enough work among
   * `attempts` that belong to the time.
   * @coq Extraction/Impl.v genProof
   */
  readonly genProof?: Params['genProof']
  /** A block must have *more* leading zero bits than this. Default: 12, as in Coq. */
  readonly difficulty?: number
  /** How many proofs the default `genProof` tries. Default: 2^17; one in 2^(difficulty + 1) succeeds. */
  readonly attempts?: number
}

/**
 * The proof-of-work instance.
 * @coq Extraction/Impl.v ProofOfWork
 */
export const proofOfWork = (options: PowOptions = {}): Instance<TypesImpl> & PowMeasures => {
  const { hashB = hashBlock, hashT = sha256, difficulty = 12, attempts = 2 ** 17 } = options
  const blockEq = eq_block<TypesImpl>(typesImpl)

  /**
   * The work of a block: the leading zero bits of its hash.
   * @coq Extraction/Impl.v work WorkAmnt
   */
  const work = (b: Block<TypesImpl>): number => count_binary_zeroes(hashB(b))

  /**
   * The sum of the work of a chain's blocks, genesis included.
   * @coq Extraction/Impl.v total_work
   */
  const totalWork = (bc: Blockchain<TypesImpl>): number => bc.reduce((sum, b) => sum + work(b), 0)

  /**
   * More total work; else longer; else smaller in the order of block contents.
   * @coq Extraction/Impl.v FCR "A > B" "A >= B"
   */
  const FCR = prefer<TypesImpl>(contramap(totalWork)(ordNumber), byLength(), reverse(seqOrd(blockOrd(typesImpl))))

  /**
   * Genesis comes first and only first; every other block needs enough work.
   * @coq Extraction/Impl.v VAF
   */
  const VAF: Params['VAF'] = (b, bc, txs) =>
    blockEq.equals(b, powGenesis) ? bc.length === 0 && txs.length === 0 : work(b) > difficulty

  const mine: Params['genProof'] = (bc, offered, ts) => {
    const prevBlockHash = hashB(bc[bc.length - 1] ?? powGenesis)
    return pipe(
      O.fromNullable(
        iota(attempts).find((i) => work({ prevBlockHash, txs: offered, proof: ts * attempts + i }) > difficulty)
      ),
      O.map((i) => [offered, ts * attempts + i] as const)
    )
  }

  return {
    name: 'proofOfWork',
    types: typesImpl,
    params: {
      GenesisBlock: powGenesis,
      hashT,
      hashB,
      genProof: options.genProof ?? mine,
      VAF,
      FCR,
      txValid: notInChain(typesImpl),
      tpExtend: prepend(typesImpl)
    },
    work,
    totalWork
  }
}

/** How an instance measures work. */
export interface PowMeasures {
  readonly work: (b: Block<TypesImpl>) => number
  readonly totalWork: (bc: Blockchain<TypesImpl>) => number
}
