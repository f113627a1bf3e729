/**
 * Good chains keep growing, and the best chain is the best of them: the lemmas of `Structures/Forests.v` from `foldl1`
 * to `btChain_in_good_chains`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { and, both, congruence, given, iff, refl, rewrite, symm, trans } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back } from '../../../proof/logic.js'
import { chainAlong, extend_cons, extend_nil, onFold } from '../library.js'
import { rooted, t_a_b_within, t_alone, t_b } from '../terms.js'
import type { Blk, Blks, Chain, Chains, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { btChain_in_bt } from './best.js'
import { btExtend_compute_chain_stronger } from './chainGrowth.js'
import { btExtendV } from './extending.js'
import { good_foldr_init, tx_valid_foldr_init } from './folding.js'

const { definition, fact, lemma, stronger } = chapter('Structures/Forests.v')

/** A tree, a list of blocks, and a block that is most often in the tree. */
const t_l_b_within = <T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block, blockOf } = theory.sorts
  return forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blocks.sample, blockOf(bt))),
    (t_l_b) => t_l_b
  )
}

// ---------------------------------------------------------------------------------------------------- good chains

/** @coq Structures/Forests.v foldl1 */
export const foldl1 = lemma(
  'foldl1',
  'foldl f z [v] = f z v',
  'Folding over one element applies the function once.',
  'Trivial: true of any f by computing. Here f is ⊕.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll, btExtend } = theory.words
  const { cons, nil } = theory.words.Blocks
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given()
      .infer(eqTree(btExtendAll(bt, cons(b, nil)), btExtend(bt, b)))
      .by(() => trans(extend_cons(theory)(bt, b, nil)(), extend_nil(theory)(btExtend(bt, b))()))
  )
})

export const foldr_better_nil = definition(
  'foldr_nil',
  'foldr f z [] = z',
  'Folding over nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, foldr_better, Chains } = theory.words
  return forall('c', chain).state(<c>(c: Chain<T, c>) => given().infer(eqChain(foldr_better(c, Chains.nil), c)))
})

export const foldr_better_cons = definition(
  'foldr_cons',
  'foldr f z (x :: xs) = f x (foldr f z xs)',
  'Folding applies the first element last.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, chains } = theory.sorts
  const { eqChain, foldr_better, Chains, take_better_alt } = theory.words
  return forall('c x xs', chain, chain, chains).state(<c, x, xs>(c: Chain<T, c>, x: Chain<T, x>, xs: Chains<T, xs>) =>
    given().infer(eqChain(foldr_better(c, Chains.cons(x, xs)), take_better_alt(x, foldr_better(c, xs))))
  )
})

/** @coq Structures/Forests.v foldr1 */
export const foldr1 = lemma(
  'foldr1',
  'foldr f z [v] = f v z',
  'Folding over one element applies the function once.',
  'Trivial: true of any f by computing. Here f is take_better_alt.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, foldr_better, Chains, take_better_alt } = theory.words
  return forall('c x', chain, chain).state(<c, x>(c: Chain<T, c>, x: Chain<T, x>) =>
    given()
      .infer(eqChain(foldr_better(c, Chains.cons(x, Chains.nil)), take_better_alt(x, c)))
      .by(() =>
        trans(
          foldr_better_cons(theory)(c, x, Chains.nil)(),
          congruence(
            eqChain(take_better_alt(x, foldr_better(c, Chains.nil)), take_better_alt(x, c)),
            refl(eqChain(x, x)),
            foldr_better_nil(theory)(c)()
          )
        )
      )
  )
})

export const good_chain_btExtend_stronger = stronger(
  'good_chain_btExtend',
  'V(t⊕a) ∧ good(chain(t, b)) ⇒ good(chain(t⊕a, b))',
  'Adding a block without a collision keeps chains good.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, good_chain, compute_chain } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, a)), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtend(bt, a), b)))
      .by((v, good) =>
        rewrite(symm(btExtend_compute_chain_stronger(theory)(bt, a, b)(v, good)))(
          good_chain(compute_chain(btExtend(bt, a), b)),
          good
        )
      )
  )
})

/** @coq Structures/Forests.v good_chain_btExtend */
export const good_chain_btExtend = lemma(
  'good_chain_btExtend',
  'V(t⊕a) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕a, b))',
  'Adding a block without a collision keeps chains good.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, good_chain, compute_chain } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtend(bt, a), bt), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtend(bt, a), b)))
      .by((v, _h, _i, good) => good_chain_btExtend_stronger(theory)(bt, a, b)(v, good))
  )
})

export const btExtend_compute_chain_fold_stronger = stronger(
  'btExtend_compute_chain_fold',
  'V(t⊕*l) ∧ good(chain(t, b)) ⇒ chain(t⊕*l, b) = chain(t, b)',
  'Adding blocks without a collision keeps good chains as they are.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, good_chain, compute_chain, eqChain, btExtend } = theory.words
  return t_l_b_within(theory)
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, l)), good_chain(compute_chain(bt, b))).infer(
        eqChain(compute_chain(btExtendAll(bt, l), b), compute_chain(bt, b))
      )
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
          self(bt, l, b).by((v, good) => {
            const extended = btExtendAll(bt, l)
            return onFold(theory)(
              bt,
              l,
              (same) => chainAlong(theory)(same, extended, bt, b),
              (xs, x, is) => {
                const earlier = btExtendAll(bt, xs)
                const later = btExtend(earlier, x)
                const vLater = rewrite(is)(valid(later), v)
                const kept = self(bt, xs, b)(btExtendV(theory)(earlier, x)(vLater), good)
                return trans(
                  trans(
                    chainAlong(theory)(is, extended, later, b),
                    btExtend_compute_chain_stronger(theory)(earlier, x, b)(
                      vLater,
                      rewrite(symm(kept))(good_chain(compute_chain(earlier, b)), good)
                    )
                  ),
                  kept
                )
              }
            )
          })
    )
})

export const good_chain_btExtend_fold_stronger = stronger(
  'good_chain_btExtend_fold',
  'V(t⊕*l) ∧ good(chain(t, b)) ⇒ good(chain(t⊕*l, b))',
  'Adding blocks without a collision keeps chains good.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, good_chain, compute_chain } = theory.words
  return t_l_b_within(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, l)), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtendAll(bt, l), b)))
      .by((v, good) =>
        rewrite(symm(btExtend_compute_chain_fold_stronger(theory)(bt, l, b)(v, good)))(
          good_chain(compute_chain(btExtendAll(bt, l), b)),
          good
        )
      )
  )
})

/** @coq Structures/Forests.v good_chain_btExtend_fold */
export const good_chain_btExtend_fold = lemma(
  'good_chain_btExtend_fold',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕*l, b))',
  'Adding blocks without a collision keeps chains good.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, good_chain, compute_chain } = theory.words
  return t_l_b_within(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtendAll(bt, l), b)))
      .by((v, _h, _i, good) => good_chain_btExtend_fold_stronger(theory)(bt, l, b)(v, good))
  )
})

/** @coq Structures/Forests.v btExtend_compute_chain_fold */
export const btExtend_compute_chain_fold = lemma(
  'btExtend_compute_chain_fold',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕*l, b) = chain(t, b)',
  'Adding blocks without a collision keeps good chains as they are.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, good_chain, compute_chain, eqChain } = theory.words
  return t_l_b_within(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt), good_chain(compute_chain(bt, b)))
      .infer(eqChain(compute_chain(btExtendAll(bt, l), b), compute_chain(bt, b)))
      .by((v, _h, _i, good) => btExtend_compute_chain_fold_stronger(theory)(bt, l, b)(v, good))
  )
})

// -------------------------------------------------------------------------------------------------- the best chain

/** A tree and one of its good chains, most of the time. */
export const t_c = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, chain, blockOf } = theory.sorts
  return forall('bt c', tree, chain).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt), chain.sample, fc.nat(4))),
    ([bt, b, c, n]) => [bt, n === 0 ? c : (forest.good_chains(bt)[n - 1] ?? forest.compute_chain(bt, b))]
  )
}

/** @coq Structures/Forests.v btChain_is_largest */
export const btChain_is_largest = lemma(
  'btChain_is_largest',
  'c ∈ good_chains(t) ⇒ best(t) ⊒ c',
  'The best chain is at least as good as every good and valid chain of the tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chains, geq, btChain } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_c(theory).state(<t, c>(bt: Tree<T, t>, c: Chain<T, c>) =>
    given(chainIn(c, good_chains(bt))).infer(geq(btChain(bt), c))
  )
})

export const btChain_def = definition(
  'btChain',
  'best(t) = foldr step [G] (dom t)',
  'The definition of the best chain, by keys.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, btChain, foldr_bc_fun, onlyG, dom } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given().infer(eqChain(btChain(bt), foldr_bc_fun(bt, onlyG, dom(bt))))
  )
})

/** @coq Structures/Forests.v btChain_good */
export const btChain_good = lemma(
  'btChain_good',
  'best(t) is good',
  'The best chain begins with genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chain, btChain, dom } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given()
      .infer(good_chain(btChain(bt)))
      .by(() =>
        rewrite(symm(btChain_def(theory)(bt)()))(good_chain(btChain(bt)), good_foldr_init(theory)(bt, dom(bt))())
      )
  )
})

/** @coq Structures/Forests.v btChain_tx_valid */
export const btChain_tx_valid = lemma(
  'btChain_tx_valid',
  'best(t) is valid',
  'The best chain is valid.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid_chain, btChain, dom } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given()
      .infer(valid_chain(btChain(bt)))
      .by(() =>
        rewrite(symm(btChain_def(theory)(bt)()))(valid_chain(btChain(bt)), tx_valid_foldr_init(theory)(bt, dom(bt))())
      )
  )
})

export const mem_good_chains = fact(
  'mem_filter',
  'c ∈ good_chains(t) ⇔ c ∈ all_chains(t) ∧ c good ∧ c valid',
  'The definition of the good chains of a tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chains, all_chains, good_chain, valid_chain } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_c(theory).state(<t, c>(bt: Tree<T, t>, c: Chain<T, c>) =>
    given().infer(iff(chainIn(c, good_chains(bt)), and(chainIn(c, all_chains(bt)), and(good_chain(c), valid_chain(c)))))
  )
})

/** @coq Structures/Forests.v btChain_in_good_chains */
export const btChain_in_good_chains = lemma(
  'btChain_in_good_chains',
  'I(t) ⇒ best(t) ∈ good_chains(t)',
  'The best chain of a tree that holds genesis is one of its good chains.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, btChain, good_chains } = theory.words
  const { isIn: chainIn } = theory.words.Chains
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given(has_init_block(bt))
      .infer(chainIn(btChain(bt), good_chains(bt)))
      .by((i) =>
        back(
          mem_good_chains(theory)(bt, btChain(bt))(),
          both(btChain_in_bt(theory)(bt)(i), both(btChain_good(theory)(bt)(), btChain_tx_valid(theory)(bt)()))
        )
      )
  )
})
