/**
 * The parameters of a consensus protocol: hashes, proofs, the validator acceptance function (VAF), the fork choice
 * rule (FCR), transaction validity. Counterpart of `Structures/Parameters.v`.
 *
 * The eight axioms that the parameters must satisfy are executable laws in `invariants/blockchain/laws.ts`.
 */
import type { Option } from 'fp-ts/lib/Option.js'
import { last, seqEq } from '../prelude/seq.js'
import { eq_block } from './types.js'
import type { Block, Blockchain, BlockTree, TxPool, Types, TypesOrd } from './types.js'

/**
 * What a particular blockchain chooses.
 * @coq Structures/Parameters.v ConsensusParams
 */
export interface ConsensusParams<T extends Types> {
  /**
   * The first block of every good chain.
   * @coq Structures/Parameters.v GenesisBlock
   */
  readonly GenesisBlock: Block<T>
  /**
   * The hash of a transaction. Collisions are allowed, with block hashes too.
   * @coq Structures/Parameters.v hashT
   */
  readonly hashT: (t: T['Transaction']) => T['Hash']
  /**
   * The hash of a block, written `#b`. Collisions are allowed: they make a block tree undefined.
   * @coq Structures/Parameters.v hashB "# b"
   */
  readonly hashB: (b: Block<T>) => T['Hash']
  /**
   * Attempts to produce a proof on top of a chain at a time: the transactions chosen from those offered, and the
   * proof; none where the attempt fails.
   * @coq Structures/Parameters.v genProof
   */
  readonly genProof: (
    bc: Blockchain<T>,
    offered: TxPool<T>,
    ts: T['Timestamp']
  ) => Option<readonly [TxPool<T>, T['VProof']]>
  /**
   * The validator acceptance function: may this block, with these transactions, come right after this chain?
   * @coq Structures/Parameters.v VAF
   */
  readonly VAF: (b: Block<T>, bc: Blockchain<T>, txs: TxPool<T>) => boolean
  /**
   * The fork choice rule, written `A > B`: chain A is strictly better than chain B.
   * @coq Structures/Parameters.v FCR "A > B"
   */
  readonly FCR: (A: Blockchain<T>, B: Blockchain<T>) => boolean
  /**
   * May this transaction come after this chain?
   * @coq Structures/Parameters.v txValid
   */
  readonly txValid: (t: T['Transaction'], bc: Blockchain<T>) => boolean
  /**
   * The pool after a transaction has arrived.
   * @coq Structures/Parameters.v tpExtend
   */
  readonly tpExtend: (pool: TxPool<T>, bt: BlockTree<T>, t: T['Transaction']) => TxPool<T>
}

/**
 * The last block of a chain; genesis where the chain is empty.
 * @coq Structures/Parameters.v bcLast
 * @coq Extraction/Impl.v bcLast
 */
export const bcLast =
  <T extends Types>(P: ConsensusParams<T>) =>
  (bc: Blockchain<T>): Block<T> =>
    last(P.GenesisBlock, bc)

/**
 * `bc1` occurs in `bc2` as a contiguous part: `bc2 = p ++ bc1 ++ q` for some p and q.
 * @coq Structures/Parameters.v subchain
 * @coq Extraction/Impl.v subchain
 */
export const subchain =
  <T extends Types>(T: TypesOrd<T>) =>
  (bc1: Blockchain<T>, bc2: Blockchain<T>): boolean => {
    const eq = seqEq(eq_block(T))
    return bc1.length === 0 || bc2.some((_, i) => eq.equals(bc1, bc2.slice(i, i + bc1.length)))
  }

/**
 * `A >= B`: chain A is chain B or strictly better.
 * @coq Structures/Parameters.v "A >= B"
 */
export const FCR_geq = <T extends Types>(T: TypesOrd<T>, P: ConsensusParams<T>) => {
  const eq = seqEq(eq_block(T))
  return (A: Blockchain<T>, B: Blockchain<T>): boolean => eq.equals(A, B) || P.FCR(A, B)
}
