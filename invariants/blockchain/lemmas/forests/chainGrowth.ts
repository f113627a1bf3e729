/**
 * What adding blocks does to the chains of others: the lemmas of `Structures/Forests.v` from
 * `btExtend_chain_prefix_ind` to `init_chain`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import {
  and,
  byCases,
  cases,
  congruence,
  given,
  inLeft,
  inRight,
  not,
  or,
  refl,
  second,
  symm,
  trans
} from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { impossible } from '../../../proof/logic.js'
import { chainAlong, extend_fresh, extend_known } from '../library.js'
import { FCR_subchain } from '../parameters.js'
import { rooted, t_a_b_within, t_alone, t_b_within } from '../terms.js'
import type { Blk, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { btExtend_withDup_noEffect } from './commuting.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

export const btExtend_chain_prefix_ind_stronger = stronger(
  'btExtend_chain_prefix_ind',
  '#a ∉ dom t ⇒ chain({#a→a} ⊎ t, b) = p ++ chain(t, b) for some p',
  'A new block extends the chains of others only at their beginning.',
  'The premises V(t⊕a), H(t), V(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, join, pts, hash, inDom, eqChain, excess } = theory.words
  const { cat } = theory.words.Blocks
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(join(pts(hash(a), a), bt), b)]
    return given(not(inDom(hash(a), bt))).infer(eqChain(cat(excess(after, before), before), after))
  })
})

/** @coq Structures/Forests.v btExtend_chain_prefix_ind */
export const btExtend_chain_prefix_ind = lemma(
  'btExtend_chain_prefix_ind',
  'V(t⊕a) ∧ H(t) ∧ V(t) ∧ #a ∉ dom t ⇒ chain({#a→a} ⊎ t, b) = p ++ chain(t, b) for some p',
  'A new block extends the chains of others only at their beginning (the induction behind btExtend_chain_prefix).',
  'Coq’s variables hs = dom t and n = |hs|, which its induction needs, are replaced by their values.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, join, pts, hash, valid, btExtend, validH, inDom, eqChain, excess } = theory.words
  const { cat } = theory.words.Blocks
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(join(pts(hash(a), a), bt), b)]
    return given(valid(btExtend(bt, a)), validH(bt), valid(bt), not(inDom(hash(a), bt)))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((_va, _h, _v, fresh) => btExtend_chain_prefix_ind_stronger(theory)(bt, a, b)(fresh))
  })
})

export const excess_self = fact(
  'cat0s',
  'excess(c, c) ++ c = c',
  'A chain exceeds itself by nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, excess } = theory.words
  const { cat } = theory.words.Blocks
  return forall('c', chain).state(<c>(c: Chain<T, c>) => given().infer(eqChain(cat(excess(c, c), c), c)))
})

export const btExtend_chain_prefix_stronger = stronger(
  'btExtend_chain_prefix',
  'V(t⊕a) ⇒ chain(t⊕a, b) = p ++ chain(t, b) for some p',
  'Adding a block without a collision extends the chains of others only at their beginning.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, join, pts, hash, compute_chain, eqChain, valid, excess, inDom } = theory.words
  const { cat } = theory.words.Blocks
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const extended = btExtend(bt, a)
    const joined = join(pts(hash(a), a), bt)
    const [before, after] = [compute_chain(bt, b), compute_chain(extended, b)]
    const here = () => refl(eqChain(before, before))
    return given(valid(extended))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((v) =>
        byCases(
          inDom(hash(a), bt),
          (known) => {
            const same = chainAlong(theory)(
              btExtend_withDup_noEffect(theory)(bt, a)(extend_known(theory)(bt, a)(v, known)),
              bt,
              extended,
              b
            )
            return trans(
              trans(
                congruence(
                  eqChain(cat(excess(after, before), before), cat(excess(before, before), before)),
                  congruence(eqChain(excess(after, before), excess(before, before)), symm(same), here()),
                  here()
                ),
                excess_self(theory)(before)()
              ),
              same
            )
          },
          (fresh) => {
            const same = chainAlong(theory)(extend_fresh(theory)(bt, a)(fresh), extended, joined, b)
            const chainJoined = compute_chain(joined, b)
            return trans(
              trans(
                congruence(
                  eqChain(cat(excess(after, before), before), cat(excess(chainJoined, before), before)),
                  congruence(eqChain(excess(after, before), excess(chainJoined, before)), same, here()),
                  here()
                ),
                btExtend_chain_prefix_ind_stronger(theory)(bt, a, b)(fresh)
              ),
              symm(same)
            )
          }
        )
      )
  })
})

/** @coq Structures/Forests.v btExtend_chain_prefix */
export const btExtend_chain_prefix = lemma(
  'btExtend_chain_prefix',
  'V(t⊕a) ∧ H(t) ⇒ chain(t⊕a, b) = p ++ chain(t, b) for some p',
  'Adding a block without a collision extends the chains of others only at their beginning.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, btExtend, valid, validH, eqChain, excess } = theory.words
  const { cat } = theory.words.Blocks
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)), validH(bt))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((v) => btExtend_chain_prefix_stronger(theory)(bt, a, b)(v))
  })
})

export const compute_chain_gb_not_within_prime_stronger = stronger(
  "compute_chain_gb_not_within'",
  'chain(t, b) = [] ∨ b = G ∧ chain(t, b) = [b] ∨ G occurs in chain(t, b) at most at the first position',
  'Genesis ends the search for a chain.',
  'The premises V(t) and H(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, eqChain, eqBlock, G, genesisOnlyFirst } = theory.words
  const { nil, cons } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const c = compute_chain(bt, b)
    return given().infer(or(eqChain(c, nil), or(and(eqBlock(b, G), eqChain(c, cons(b, nil))), genesisOnlyFirst(c))))
  })
})

/** @coq Structures/Forests.v compute_chain_gb_not_within' */
export const compute_chain_gb_not_within_prime = lemma(
  "compute_chain_gb_not_within'",
  'V(t) ∧ H(t) ⇒ chain(t, b) = [] ∨ b = G ∧ chain(t, b) = [b] ∨ chain(t, b) = h :: r with G ∉ r',
  'Genesis ends the search for a chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, valid, validH, eqChain, eqBlock, G, genesisOnlyFirst } = theory.words
  const { nil, cons } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const c = compute_chain(bt, b)
    return given(valid(bt), validH(bt))
      .infer(or(eqChain(c, nil), or(and(eqBlock(b, G), eqChain(c, cons(b, nil))), genesisOnlyFirst(c))))
      .by(() => compute_chain_gb_not_within_prime_stronger(theory)(bt, b)())
  })
})

export const single_onlyFirst = fact(
  'one_block',
  'c = [b] ⇒ G occurs in c at most at the first position',
  'A chain of one block has no later block.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain, block } = theory.sorts
  const { eqChain, genesisOnlyFirst } = theory.words
  const { cons, nil } = theory.words.Blocks
  return forall('c b', chain, block)
    .drawnBy(fc.tuple(chain.sample, block.sample), ([c, b]) => [c.slice(0, 1), c[0] ?? b])
    .state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) => given(eqChain(c, cons(b, nil))).infer(genesisOnlyFirst(c)))
})

export const compute_chain_gb_not_within_stronger = stronger(
  'compute_chain_gb_not_within',
  'chain(t, b) = [] ∨ G occurs in chain(t, b) at most at the first position',
  'Genesis can only be the first block of a chain.',
  'The premises V(t) and H(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, eqChain, genesisOnlyFirst } = theory.words
  const { nil } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const c = compute_chain(bt, b)
    return given()
      .infer(or(eqChain(c, nil), genesisOnlyFirst(c)))
      .by(() =>
        cases(
          compute_chain_gb_not_within_prime_stronger(theory)(bt, b)(),
          (empty) => inLeft(empty, genesisOnlyFirst(c)),
          (more) =>
            inRight(
              eqChain(c, nil),
              cases(
                more,
                (one) => single_onlyFirst(theory)(c, b)(second(one)),
                (only) => only
              )
            )
        )
      )
  })
})

/** @coq Structures/Forests.v compute_chain_gb_not_within */
export const compute_chain_gb_not_within = lemma(
  'compute_chain_gb_not_within',
  'V(t) ∧ H(t) ⇒ chain(t, b) = [] ∨ chain(t, b) = h :: r with G ∉ r',
  'Genesis can only be the first block of a chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, valid, validH, eqChain, genesisOnlyFirst } = theory.words
  const { nil } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const c = compute_chain(bt, b)
    return given(valid(bt), validH(bt))
      .infer(or(eqChain(c, nil), genesisOnlyFirst(c)))
      .by(() => compute_chain_gb_not_within_stronger(theory)(bt, b)())
  })
})

export const good_suffix = fact(
  'good_suffix',
  'd = p ++ c ∧ good(c) ∧ G occurs in d at most at the first position ⇒ d = c',
  'A chain with genesis only in front ends with one that begins with genesis only if they are the same.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, excess, good_chain, genesisOnlyFirst } = theory.words
  const { cat } = theory.words.Blocks
  return forall('c d', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [c, n === 0 ? [...d, ...c] : c])
    .state(<c, d>(c: Chain<T, c>, d: Chain<T, d>) =>
      given(eqChain(cat(excess(d, c), c), d), good_chain(c), genesisOnlyFirst(d)).infer(eqChain(d, c))
    )
})

export const good_not_nil = fact(
  'good_suffix_nil',
  'd = p ++ c ∧ good(c) ⇒ d ≠ []',
  'A chain that ends with a good one is not empty.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, excess, good_chain } = theory.words
  const { cat, nil } = theory.words.Blocks
  return forall('c d', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [c, n === 0 ? d : [...d, ...c]])
    .state(<c, d>(c: Chain<T, c>, d: Chain<T, d>) =>
      given(eqChain(cat(excess(d, c), c), d), good_chain(c)).infer(not(eqChain(d, nil)))
    )
})

export const btExtend_compute_chain_stronger = stronger(
  'btExtend_compute_chain',
  'V(t⊕a) ∧ good(chain(t, b)) ⇒ chain(t⊕a, b) = chain(t, b)',
  'Adding a block without a collision keeps the good chains of others.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, btExtend, valid, good_chain, eqChain } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)), good_chain(before))
      .infer(eqChain(after, before))
      .by((v, good) => {
        const longer = btExtend_chain_prefix_stronger(theory)(bt, a, b)(v)
        return cases(
          compute_chain_gb_not_within_stronger(theory)(btExtend(bt, a), b)(),
          (empty) => impossible(empty, good_not_nil(theory)(before, after)(longer, good), eqChain(after, before)),
          (only) => good_suffix(theory)(before, after)(longer, good, only)
        )
      })
  })
})

/** @coq Structures/Forests.v btExtend_compute_chain */
export const btExtend_compute_chain = lemma(
  'btExtend_compute_chain',
  'V(t⊕a) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕a, b) = chain(t, b)',
  'Adding a block without a collision keeps the good chains of others.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, btExtend, good_chain, eqChain } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(...rooted(theory)(btExtend(bt, a), bt), good_chain(before))
      .infer(eqChain(after, before))
      .by((v, _h, _i, good) => btExtend_compute_chain_stronger(theory)(bt, a, b)(v, good))
  })
})

export const suffix_subchain = fact(
  'suffix_subchain',
  'd = p ++ c ⇒ c is a contiguous part of d',
  'An end of a chain is a part of it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, excess, subchain } = theory.words
  const { cat } = theory.words.Blocks
  return forall('c d', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [c, n === 0 ? d : [...d, ...c]])
    .state(<c, d>(c: Chain<T, c>, d: Chain<T, d>) => given(eqChain(cat(excess(d, c), c), d)).infer(subchain(c, d)))
})

export const btExtend_chain_grows_stronger = stronger(
  'btExtend_chain_grows',
  'V(t⊕a) ⇒ chain(t⊕a, b) ⊒ chain(t, b)',
  'Adding a block without a collision makes no chain worse.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, btExtend, valid, geq } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)))
      .infer(geq(after, before))
      .by((v) =>
        FCR_subchain(theory)(before, after)(
          suffix_subchain(theory)(before, after)(btExtend_chain_prefix_stronger(theory)(bt, a, b)(v))
        )
      )
  })
})

/** @coq Structures/Forests.v btExtend_chain_grows */
export const btExtend_chain_grows = lemma(
  'btExtend_chain_grows',
  'V(t⊕a) ∧ H(t) ⇒ chain(t⊕a, b) ⊒ chain(t, b)',
  'Adding a block without a collision makes no chain worse.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, validH, geq, compute_chain } = theory.words
  return t_a_b_within(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, a)), validH(bt))
      .infer(geq(compute_chain(btExtend(bt, a), b), compute_chain(bt, b)))
      .by((v) => btExtend_chain_grows_stronger(theory)(bt, a, b)(v))
  )
})

/** @coq Structures/Forests.v init_chain */
export const init_chain = lemma(
  'init_chain',
  'I(t) ⇒ chain(t, G) = [G]',
  'The chain of genesis is genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, eqChain, compute_chain, G, onlyG } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given(has_init_block(bt)).infer(eqChain(compute_chain(bt, G), onlyG))
  )
})
