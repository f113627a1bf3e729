/** The lemma of `Structures/Types.v`. */
import * as fc from 'fast-check'
import type { Block, Types } from '../../../spec/blockchain/types.js'
import { seqEq } from '../../../spec/prelude/seq.js'
import { and, equal, given, iff, lift, predicate } from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma } = chapter('Structures/Types.v')

/** The lemmas about the types. */
export const types = <T extends Types>({ instance: { types: T }, forest, sorts }: Setting<T>, V: Vocabulary<T>) => {
  const eq_block = predicate('eq_block', (a: Block<T>, b: Block<T>) => forest.blockEq.equals(a, b))
  const txs = lift('txs', (b: Block<T>) => b.txs)
  const proof = lift('proof', (b: Block<T>): T['VProof'] => b.proof)
  const eqTxs = equal<ReadonlyArray<T['Transaction']>>(seqEq(T.Transaction))
  const eqProof = equal<T['VProof']>(T.VProof)

  /** @coq Structures/Types.v eq_blockP */
  const eq_blockP = lemma(
    'eq_blockP',
    'eq_block(a, b) ⇔ prev a = prev b ∧ txs a = txs b ∧ proof a = proof b',
    'The equality of blocks decides that all their components are equal.',
    // Two blocks of a universe seldom differ in one component alone.
    forall('a b', sorts.block, sorts.block).drawnBy(
      fc.tuple(sorts.block.sample, sorts.block.sample, fc.nat(4)),
      ([a, b, n]) => [
        a,
        [b, { ...a }, { ...a, txs: b.txs }, { ...a, proof: b.proof }, { ...a, prevBlockHash: b.prevBlockHash }][n] ?? b
      ]
    )
  )(<a, b>(a: Named<Block<T>, a>, b: Named<Block<T>, b>) =>
    given().infer(
      iff(
        eq_block(a, b),
        and(and(V.eqHash(V.prevBlockHash(a), V.prevBlockHash(b)), eqTxs(txs(a), txs(b))), eqProof(proof(a), proof(b)))
      )
    )
  )

  return { eq_blockP }
}
