/**
 * Longest chain: the longer chain wins, then the one with the smaller hashes, then the order of block contents. Every
 * block is acceptable; every attempt to mint succeeds.
 */
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import * as O from 'fp-ts/lib/Option.js'
import { seqOrd } from '../../prelude/order.js'
import { hashOf, transactionOf } from '../codec.js'
import type { ConsensusParams } from '../parameters.js'
import type { Instance } from '../toychain.js'
import { eq_block } from '../types.js'
import type { Block, Blockchain } from '../types.js'
import { byLength, prefer } from './forkChoice.js'
import { notInChain } from './proofOfWork.js'
import { hashBlock, sha256 } from './sha256.js'
import { blockOrd, typesImpl } from './typesImpl.js'
import type { TypesImpl } from './typesImpl.js'

type Params = ConsensusParams<TypesImpl>

/** The hashes, and how a block is minted. Default: SHA-256; all offered transactions with the time as proof. */
export type LongestChainOptions = Partial<Pick<Params, 'hashB' | 'hashT' | 'genProof'>>

/** The longest-chain instance. */
export const longestChain = (options: LongestChainOptions = {}): Instance<TypesImpl> => {
  const { hashB = hashBlock, hashT = sha256, genProof = (_bc, offered, ts) => O.some([offered, ts] as const) } = options
  const blockEq = eq_block<TypesImpl>(typesImpl)
  const GenesisBlock: Block<TypesImpl> = { prevBlockHash: hashOf('0x00'), txs: [transactionOf('genesis')], proof: 0 }

  /** Chains by the hashes of their blocks, the smaller the better. */
  const byHashes = contramap((bc: Blockchain<TypesImpl>) => bc.map(hashB))(reverse(seqOrd(typesImpl.Hash)))

  return {
    name: 'longestChain',
    types: typesImpl,
    params: {
      GenesisBlock,
      hashT,
      hashB,
      genProof,
      VAF: (b, bc) => (blockEq.equals(b, GenesisBlock) ? bc.length === 0 : true),
      FCR: prefer(byLength(), byHashes, reverse(seqOrd(blockOrd(typesImpl)))),
      txValid: notInChain(typesImpl),
      tpExtend: (pool, _bt, t) => (pool.includes(t) ? pool : [...pool, t])
    }
  }
}
