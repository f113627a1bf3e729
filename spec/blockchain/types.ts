/**
 * The types of the development: hashes, proofs, transactions, blocks, chains, pools, block trees.
 * Counterpart of `Structures/Types.v`.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { seqEq } from '../prelude/seq.js'
import type { UnionMap } from '../prelude/unionMap.js'

/**
 * The four sets that a blockchain is built from. A TypeScript interface with these members plays the part of a Coq
 * module of type `Types`; `T['Hash']` is Coq's `T.Hash`.
 * @coq Structures/Types.v Types Timestamp Hash VProof Transaction
 */
export interface Types {
  /** When a step happens. Coq assumes nothing of it; here an instance has an equality of times, to compare actions. */
  readonly Timestamp: unknown
  /** Hashes of blocks and of transactions: the keys of block trees. */
  readonly Hash: unknown
  /** Validator proofs: a nonce, a signature, whatever makes a block acceptable. */
  readonly VProof: unknown
  /** Transactions. */
  readonly Transaction: unknown
}

/**
 * Decidable equality and order on the sets of `Types`: what Coq postulates as mixins and registers as canonical
 * structures. Only the order on hashes matters to the protocol, through `dom`.
 * @coq Structures/Types.v Hash_eqMixin Hash_eqType Hash_ordMixin Hash_ordType VProof_eqMixin VProof_eqType
 * @coq Structures/Types.v VProof_ordMixin VProof_ordType Transaction_eqMixin Transaction_eqType
 * @coq Structures/Types.v Transaction_ordMixin Transaction_ordType
 */
export interface TypesOrd<T extends Types> {
  readonly Hash: Ord<T['Hash']>
  readonly VProof: Ord<T['VProof']>
  readonly Transaction: Ord<T['Transaction']>
}

/**
 * A block: the hash of its predecessor, its transactions, its proof. Its own hash is not part of it.
 * @coq Structures/Types.v Block block prevBlockHash txs proof
 * @coq Extraction/TypesImpl.v Block block prevBlockHash txs proof
 */
export interface Block<T extends Types> {
  readonly prevBlockHash: T['Hash']
  readonly txs: ReadonlyArray<T['Transaction']>
  readonly proof: T['VProof']
}

/**
 * Blocks are equal iff their three components are.
 * @coq Structures/Types.v eq_block Block_eqMixin Block_eqType
 * @coq Extraction/TypesImpl.v eq_block Block_eqMixin Block_eqType
 */
export const eq_block = <T extends Types>(T: TypesOrd<T>): Eq<Block<T>> => {
  const txs = seqEq(T.Transaction)
  return {
    equals: (b, c) =>
      b === c ||
      (T.Hash.equals(b.prevBlockHash, c.prevBlockHash) && txs.equals(b.txs, c.txs) && T.VProof.equals(b.proof, c.proof))
  }
}

/**
 * A chain of blocks, oldest first.
 * @coq Structures/Types.v Blockchain
 * @coq Extraction/TypesImpl.v Blockchain
 */
export type Blockchain<T extends Types> = ReadonlyArray<Block<T>>

/**
 * A list of transactions: what a node holds, or what is offered to a miner. A node adds what it receives unchecked, so that its
 * pool may have transactions that are not valid after its chain, or are in it.
 * @coq Structures/Types.v TxPool
 * @coq Extraction/TypesImpl.v TxPool
 */
export type TxPool<T extends Types> = ReadonlyArray<T['Transaction']>

/**
 * A block tree (the paper's block forest): blocks under their hashes; undefined after a hash collision.
 * @coq Structures/Types.v BlockTree
 * @coq Extraction/TypesImpl.v BlockTree
 */
export type BlockTree<T extends Types> = UnionMap<T['Hash'], Block<T>>
