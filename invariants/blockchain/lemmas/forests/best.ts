/** The best chain of a tree is in it: the lemmas of `Structures/Forests.v` from `all_chains_init` to `btChain_mem`. */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { contradiction, given, not, refl, refute, substitute } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back } from '../../../proof/logic.js'
import { t_alone, t_b } from '../terms.js'
import type { Blk, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { all_blocksP } from './blocks.js'
import { init_chain } from './chainGrowth.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** A tree, a list of blocks, and a block that is often in the list. */
export const t_l_b_among = <T extends Types>({ sorts: { tree, blocks, block } }: Theory<T>) =>
  forall('bt l b', tree, blocks, block).drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(5)),
    ([bt, l, b, n]) => [bt, l, l[n] ?? l[0] ?? b]
  )

export const chain_in_all = fact(
  'map_f',
  'b ∈ all_blocks(t) ⇒ chain(t, b) ∈ all_chains(t)',
  'The chains of a tree are those of its blocks.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, blockOf } = theory.sorts
  const { all_blocks, compute_chain, all_chains } = theory.words
  const { isIn } = theory.words.Blocks
  const { isIn: chainIn } = theory.words.Chains
  return forall('bt b', tree, block)
    .drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt))),
      (t_b) => t_b
    )
    .state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
      given(isIn(b, all_blocks(bt))).infer(chainIn(compute_chain(bt, b), all_chains(bt)))
    )
})

export const genesis_stored = fact(
  'genesis_stored',
  'I(t) ⇒ find(h, t) = G for some h',
  'A tree that holds genesis has it under some key.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, is_block_in, G } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) => given(has_init_block(bt)).infer(is_block_in(bt, G)))
})

/** @coq Structures/Forests.v all_chains_init */
export const all_chains_init = lemma(
  'all_chains_init',
  'I(t) ⇒ [G] ∈ all_chains(t)',
  'A tree that holds genesis has the chain of genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, onlyG, all_chains, G, Chains } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given(has_init_block(bt))
      .infer(chainIn(onlyG, all_chains(bt)))
      .by((i) =>
        substitute(
          chainIn(onlyG, all_chains(bt)),
          chain_in_all(theory)(bt, G)(back(all_blocksP(theory)(bt, G)(), genesis_stored(theory)(bt)(i))),
          init_chain(theory)(bt)(i),
          refl(Chains.equal(all_chains(bt), all_chains(bt)))
        )
      )
  )
})

/** @coq Structures/Forests.v btChain_in_bt */
export const btChain_in_bt = lemma(
  'btChain_in_bt',
  'I(t) ⇒ best(t) ∈ all_chains(t)',
  'The best chain of a tree that holds genesis is one of its chains.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, btChain, all_chains } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given(has_init_block(bt)).infer(chainIn(btChain(bt), all_chains(bt)))
  )
})

export const blocks_of_chains = fact(
  'blocks_of_chains',
  'c ∈ all_chains(t) ∧ b ∈ c ⇒ b ∈ t',
  'All blocks of the chains of a tree are in it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, chain, block, blockOf } = theory.sorts
  const { all_chains, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  const { isIn: chainIn } = theory.words.Chains
  return forall('bt c b', tree, chain, block)
    .drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt), chain.sample, fc.nat(5), fc.nat(4))),
      ([bt, b, any, n, k]) => {
        const c = k === 0 ? any : forest.compute_chain(bt, b)
        return [bt, c, c[n] ?? c[0] ?? b]
      }
    )
    .state(<t, c, b>(bt: Tree<T, t>, c: Chain<T, c>, b: Blk<T, b>) =>
      given(chainIn(c, all_chains(bt)), isIn(b, c)).infer(btHasBlock(b, bt))
    )
})

/** A tree and a block that is often in its best chain. */
const inBest = <T extends Types>({ forest, sorts: { tree, block } }: Theory<T>) =>
  forall('bt b', tree, block).drawnBy(fc.tuple(tree.sample, block.sample, fc.nat(6)), ([bt, b, n]) => [
    bt,
    forest.btChain(bt)[n] ?? b
  ])

export const btChain_mem2_stronger = stronger(
  'btChain_mem2',
  'I(t) ∧ b ∈ best(t) ⇒ b ∈ t',
  'All blocks of the best chain are in the tree, if it holds genesis.',
  'The premise V(t) is not needed: it follows from I(t).'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, btChain, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return inBest(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(has_init_block(bt), isIn(b, btChain(bt)))
      .infer(btHasBlock(b, bt))
      .by((i, p) => blocks_of_chains(theory)(bt, btChain(bt), b)(btChain_in_bt(theory)(bt)(i), p))
  )
})

/** @coq Structures/Forests.v btChain_mem2 */
export const btChain_mem2 = lemma(
  'btChain_mem2',
  'V(t) ∧ I(t) ∧ b ∈ best(t) ⇒ b ∈ t',
  'All blocks of the best chain are in the tree, if it is defined and holds genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, has_init_block, btChain, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return inBest(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt), has_init_block(bt), isIn(b, btChain(bt)))
      .infer(btHasBlock(b, bt))
      .by((_, i, p) => btChain_mem2_stronger(theory)(bt, b)(i, p))
  )
})

export const btChain_mem_stronger = stronger(
  'btChain_mem',
  'I(t) ∧ b ∉ t ⇒ b ∉ best(t)',
  'A block that is not in a tree that holds genesis is not in its best chain.',
  'The premise V(t) is not needed: it follows from I(t).'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, btHasBlock, btChain } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(has_init_block(bt), not(btHasBlock(b, bt)))
      .infer(not(isIn(b, btChain(bt))))
      .by((i, notIn) =>
        refute(not(isIn(b, btChain(bt))), (p) => contradiction(btChain_mem2_stronger(theory)(bt, b)(i, p), notIn))
      )
  )
})

/** @coq Structures/Forests.v btChain_mem */
export const btChain_mem = lemma(
  'btChain_mem',
  'V(t) ∧ I(t) ∧ b ∉ t ⇒ b ∉ best(t)',
  'A block that is not in a defined tree that holds genesis is not in its best chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, has_init_block, btHasBlock, btChain } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt), has_init_block(bt), not(btHasBlock(b, bt)))
      .infer(not(isIn(b, btChain(bt))))
      .by((_, i, notIn) => btChain_mem_stronger(theory)(bt, b)(i, notIn))
  )
})
