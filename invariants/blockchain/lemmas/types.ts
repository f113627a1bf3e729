/** The lemma of `Structures/Types.v`. */
import * as fc from 'fast-check'
import type { Types } from '../../../spec/blockchain/types.js'
import { and, given, iff } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Blk } from './terms.js'
import type { Theory } from './theory.js'

const { lemma } = chapter('Structures/Types.v')

/** Two blocks, which often differ in one component alone: those of a universe seldom do. */
const a_b = <T extends Types>({ sorts: { block } }: Theory<T>) =>
  forall('a b', block, block).drawnBy(fc.tuple(block.sample, block.sample, fc.nat(4)), ([a, b, n]) => [
    a,
    [b, { ...a }, { ...a, txs: b.txs }, { ...a, proof: b.proof }, { ...a, prevBlockHash: b.prevBlockHash }][n] ?? b
  ])

/** @coq Structures/Types.v eq_blockP */
export const eq_blockP = lemma(
  'eq_blockP',
  'eq_block(a, b) ⇔ prev a = prev b ∧ txs a = txs b ∧ proof a = proof b',
  'The equality of blocks decides that all their components are equal.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eq_block, eqHash, prevBlockHash, eqTxs, txs, eqProof, proof } = theory.words
  return a_b(theory).state(<a, b>(a: Blk<T, a>, b: Blk<T, b>) =>
    given().infer(
      iff(
        eq_block(a, b),
        and(and(eqHash(prevBlockHash(a), prevBlockHash(b)), eqTxs(txs(a), txs(b))), eqProof(proof(a), proof(b)))
      )
    )
  )
})
