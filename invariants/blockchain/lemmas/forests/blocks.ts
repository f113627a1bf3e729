/**
 * The blocks of a tree, and hash chains: the lemmas of `Structures/Forests.v` from `all_blocksP` to `btExtend_blocks`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { given, iff, or } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { t_b, t_b_within } from '../terms.js'
import type { Blk, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma } = chapter('Structures/Forests.v')

// --------------------------------------------------------------------------------------------- the blocks of a tree

/** @coq Structures/Forests.v all_blocksP */
export const all_blocksP = lemma(
  'all_blocksP',
  'b ∈ all_blocks(t) ⇔ find(h, t) = b for some h',
  'The blocks of a tree are those that some key holds.'
)(<T extends Types>(theory: Theory<T>) => {
  const { all_blocks, is_block_in } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given().infer(iff(isIn(b, all_blocks(bt)), is_block_in(bt, b)))
  )
})

/** @coq Structures/Forests.v all_blocksP' */
export const all_blocksP_prime = lemma(
  "all_blocksP'",
  'H(t) ⇒ (b ∈ all_blocks(t) ⇔ b ∈ t)',
  'The blocks of a tree keyed by hashes are those stored under their own hash.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, all_blocks, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(validH(bt)).infer(iff(isIn(b, all_blocks(bt)), btHasBlock(b, bt)))
  )
})

// ------------------------------------------------------------------------------------------------------- hash chains

/** A chain and a block that often follows it. */
const linked = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { chain, block, allTogether } = theory.sorts
  return forall('c b', chain, block).drawnBy(fc.tuple(chain.sample, block.sample), ([c, b]) => {
    const l = forest.compute_chain(allTogether, b)
    return forest.hash_chain(c) && l.length > 1 ? [l.slice(0, -1), b] : [c, b]
  })
}

/** @coq Structures/Forests.v hash_chain_last */
export const hash_chain_last = lemma(
  'hash_chain_last',
  'hash_chain(c ++ [b]) ⇒ c = [] ∨ prev b = #last(c)',
  'The last block of a hash chain links to the one before it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash_chain, eqChain, eqHash, prevBlockHash, hash, lastBlock } = theory.words
  const { rcons, nil } = theory.words.Blocks
  return linked(theory).state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) =>
    given(hash_chain(rcons(c, b))).infer(or(eqChain(c, nil), eqHash(prevBlockHash(b), hash(lastBlock(c)))))
  )
})

/** @coq Structures/Forests.v hash_chain_rcons */
export const hash_chain_rcons = lemma(
  'hash_chain_rcons',
  'prev b = #last(c) ∧ hash_chain(c) ⇒ hash_chain(c ++ [b])',
  'A block that links to the last block of a hash chain continues it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqHash, prevBlockHash, hash, lastBlock, hash_chain } = theory.words
  const { rcons } = theory.words.Blocks
  return linked(theory).state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) =>
    given(eqHash(prevBlockHash(b), hash(lastBlock(c))), hash_chain(c)).infer(hash_chain(rcons(c, b)))
  )
})

/** A hash chain, most of the time, by its first block and the others. */
const headed = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { block, chain, allTogether } = theory.sorts
  return forall('b c', block, chain).drawnBy(fc.tuple(block.sample, chain.sample), ([b, c]) => {
    const [head = b, ...rest] = forest.hash_chain(c) ? c : forest.compute_chain(allTogether, b)
    return [head, rest]
  })
}

/** @coq Structures/Forests.v hash_chain_behead */
export const hash_chain_behead = lemma(
  'hash_chain_behead',
  'hash_chain(b :: c) ⇒ hash_chain(c)',
  'A hash chain without its first block is one.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash_chain } = theory.words
  const { cons } = theory.words.Blocks
  return headed(theory).state(<b, c>(b: Blk<T, b>, c: Chain<T, c>) =>
    given(hash_chain(cons(b, c))).infer(hash_chain(c))
  )
})

/** @coq Structures/Forests.v hash_chain_behead' */
export const hash_chain_behead_prime = lemma(
  "hash_chain_behead'",
  'hash_chain(a :: b :: c) ⇒ prev b = #a',
  'The second block of a hash chain links to the first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { block, chain, allTogether } = theory.sorts
  const { hash_chain, eqHash, prevBlockHash, hash } = theory.words
  const { cons } = theory.words.Blocks
  return forall('a b c', block, block, chain)
    .drawnBy(fc.tuple(block.sample, block.sample, chain.sample), ([a, b, c]) => {
      const [first = a, next = b, ...rest] = forest.hash_chain(c) ? c : forest.compute_chain(allTogether, b)
      return [first, next, rest]
    })
    .state(<a, b, c>(a: Blk<T, a>, b: Blk<T, b>, c: Chain<T, c>) =>
      given(hash_chain(cons(a, cons(b, c)))).infer(eqHash(prevBlockHash(b), hash(a)))
    )
})

/** @coq Structures/Forests.v hash_chain_uniq_hash_nocycle */
export const hash_chain_uniq_hash_nocycle = lemma(
  'hash_chain_uniq_hash_nocycle',
  'hash_chain(b :: c) ∧ the hashes of b :: c are distinct ⇒ no block of c has #last(b :: c) as predecessor',
  'A hash chain with distinct hashes does not lead back from its end.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash_chain, Hashes: Keys, hashes, noneFollows, hash, lastBlock } = theory.words
  const { cons } = theory.words.Blocks
  return headed(theory).state(<b, c>(b: Blk<T, b>, c: Chain<T, c>) =>
    given(hash_chain(cons(b, c)), Keys.uniq(hashes(cons(b, c)))).infer(noneFollows(c, hash(lastBlock(cons(b, c)))))
  )
})

/** @coq Structures/Forests.v btExtend_blocks */
export const btExtend_blocks = lemma(
  'btExtend_blocks',
  'V(t⊕b) ⇒ all_blocks(t) ⊆ all_blocks(t⊕b)',
  'Adding a block without a collision keeps the blocks of the tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, Blocks, all_blocks } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(Blocks.subset(all_blocks(bt), all_blocks(btExtend(bt, b))))
  )
})
