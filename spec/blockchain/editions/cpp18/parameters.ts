/**
 * The parameters of the edition of 2018, where they differ (`Structures/Forests.v` of that branch), and how an instance of
 * the main edition is played in it.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { last } from '../../../prelude/seq.js'
import { unit } from '../../../prelude/unionMap.js'
import type { Address } from '../../../system/address.js'
import type * as main from '../../parameters.js'
import type { Instance as MainInstance } from '../../toychain.js'
import { eq_block } from '../../types.js'
import type { Block, Blockchain, TxPool, Types } from '../../types.js'

/** What a particular blockchain chooses. The hash is assumed injective, on blocks and on transactions. */
export interface ConsensusParams<T extends Types>
  extends Omit<main.ConsensusParams<T>, 'genProof' | 'VAF' | 'tpExtend'> {
  /**
   * Attempts to produce a proof on top of a chain. The miner chooses no transactions: the block takes all that are valid.
   *
   * In the original it is not told the time. Here it is, as from February 2018 on, since the proofs of our instances are
   * made of it; a parameter of the original ignores it.
   */
  readonly genProof: (n: Address, bc: Blockchain<T>, ts: T['Timestamp']) => Option<T['VProof']>
  /** May a block with this proof come right after this chain at this time? Its transactions are not seen. */
  readonly VAF: (proof: T['VProof'], ts: T['Timestamp'], bc: Blockchain<T>) => boolean
  /** The pool after a transaction has arrived. The tree is not seen. */
  readonly tpExtend: (pool: TxPool<T>, t: T['Transaction']) => TxPool<T>
}

/**
 * The parameters as functors of the main edition can take them: a received block's proof is never looked at, so all of
 * them are acceptable. Minting, which does look, is the edition's own.
 */
export const asMain = <T extends Types>(P: ConsensusParams<T>): main.ConsensusParams<T> => ({
  ...P,
  genProof: () => O.none,
  VAF: () => true,
  tpExtend: (pool, _bt, t) => P.tpExtend(pool, t)
})

/** A blockchain of the edition: as in the main one, with other parameters. */
export interface Instance<T extends Types> extends Omit<MainInstance<T>, 'params'> {
  readonly params: ConsensusParams<T>
}

/**
 * An instance of the main edition, as the edition of 2018 would have it. It satisfies the axioms of that edition, if it
 * satisfies those of the main one, but for the injectivity of its hashes, which is as it is:
 *
 * - genesis has no transactions and is its own predecessor (`init_tx`, `init_hash`). The new genesis block and the old one
 *   change places: each is treated by the instance as it treated the other;
 * - a proof is made, and judged, for the block without its transactions, and is good only once in a chain
 *   (`VAF_nocycle`).
 */
export const in2018 = <T extends Types>({ params: P, ...instance }: MainInstance<T>): Instance<T> => {
  const blockEq = eq_block(instance.types)
  const GenesisBlock: Block<T> = { ...P.GenesisBlock, txs: [], prevBlockHash: P.hashB(P.GenesisBlock) }

  const exchanged = (b: Block<T>): Block<T> =>
    blockEq.equals(b, GenesisBlock) ? P.GenesisBlock : blockEq.equals(b, P.GenesisBlock) ? GenesisBlock : b
  const seen = (bc: Blockchain<T>): Blockchain<T> => bc.map(exchanged)
  const hashB = (b: Block<T>): T['Hash'] => P.hashB(exchanged(b))

  return {
    ...instance,
    params: {
      ...P,
      GenesisBlock,
      hashB,
      FCR: (A, B) => P.FCR(seen(A), seen(B)),
      txValid: (t, bc) => P.txValid(t, seen(bc)),
      genProof: (_n, bc, ts) =>
        pipe(
          P.genProof(seen(bc), [], ts),
          O.map(([, proof]) => proof)
        ),
      VAF: (proof, _ts, bc) => {
        const block: Block<T> = { prevBlockHash: hashB(last(GenesisBlock, bc)), txs: [], proof }
        return P.VAF(block, seen(bc), []) && !bc.some((b) => instance.types.VProof.equals(b.proof, proof))
      },
      tpExtend: (pool, t) => P.tpExtend(pool, unit, t)
    }
  }
}
