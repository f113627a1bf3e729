/**
 * What a minted block does to the best chain: the lemmas of `Structures/Forests.v` from `btExtend_mint_good_valid` to
 * `good_chain_rcons`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import {
  and,
  both,
  congruence,
  first,
  given,
  not,
  refl,
  rewrite,
  substitute,
  symm,
  trans
} from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back, forth } from '../../../proof/logic.js'
import { betterAlong, onFold } from '../library.js'
import { cats1, subset_refl, subset_trans } from '../lists.js'
import { FCR_ext } from '../parameters.js'
import { rooted, t_alone, t_b, t_l } from '../terms.js'
import type { Blk, Blks, Chain, Hash, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { btChain_in_bt, chain_in_all } from './best.js'
import { all_blocksP_prime } from './blocks.js'
import {
  btExtend_mint_ext_stronger,
  c_b,
  chain_from_last_stronger,
  valid_chain_block_def,
  valid_chain_last
} from './continuing.js'
import { btExtendH_stronger, btExtendV, in_ext_stronger } from './extending.js'
import { FCR_trans_eq1 } from './forkChoice.js'
import { btChain_good, btChain_is_largest, btChain_tx_valid, mem_good_chains } from './goodChains.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** A tree and a block that continues its best chain, where the universe has one. */
const minted = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, block, after } = theory.sorts
  return forall('bt b', tree, block).drawnBy(
    fc.tuple(theory.sorts.rooted.sample, tree.sample, block.sample, fc.nat(5), fc.nat(9)),
    ([rooted, any, b, n, k]) => {
      const bt = n === 0 ? any : rooted
      const next = after(forest.btChain(bt))
      return [bt, next[k % Math.max(1, next.length)] ?? b]
    }
  )
}

export const btExtend_mint_good_valid_stronger = stronger(
  'btExtend_mint_good_valid',
  'V(t⊕b) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) is good and valid',
  'A block minted on top of the best chain has a good and valid chain.',
  'The premises H(t) and good(best(t)) are not needed; the latter always holds.'
)(<T extends Types>(theory: Theory<T>) => {
  const {
    compute_chain,
    btExtend,
    valid,
    has_init_block,
    valid_chain_block,
    btChain,
    eqHash,
    prevBlockHash,
    hash,
    lastBlock,
    good_chain,
    valid_chain
  } = theory.words
  return minted(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const c = compute_chain(btExtend(bt, b), b)
    return given(
      valid(btExtend(bt, b)),
      has_init_block(bt),
      valid_chain_block(btChain(bt), b),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt))))
    ).infer(and(good_chain(c), valid_chain(c)))
  })
})

export const minted_chain = fact(
  'minted_chain',
  'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) = best(t) ++ [b]',
  'A block minted on top of the best chain continues it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, btExtend, valid_chain_block, eqHash, prevBlockHash, hash, lastBlock, eqChain, compute_chain } =
    theory.words
  const { rcons } = theory.words.Blocks
  return minted(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const best = btChain(bt)
    return given(
      ...rooted(theory)(btExtend(bt, b), bt),
      valid_chain_block(best, b),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(best, b)))
      .by((v, h, i, acceptable, linked) =>
        btExtend_mint_ext_stronger(theory)(bt, best, b)(
          v,
          chain_from_last_stronger(theory)(bt, best)(h, btChain_in_bt(theory)(bt)(i)),
          btChain_good(theory)(bt)(),
          linked,
          first(forth(valid_chain_block_def(theory)(best, b)(), acceptable))
        )
      )
  })
})

// ------------------------------------------------------------------------------------------------- good chains stay

export const btExtend_good_chains = stronger(
  'btExtend_good_chains',
  'V(t⊕b) ⇒ good_chains(t) ⊆ good_chains(t⊕b)',
  'Adding a block without a collision keeps all good chains.',
  'The step of btExtend_good_chains_fold, without the premises H(t) and I(t).'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, Chains, good_chains } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(Chains.subset(good_chains(bt), good_chains(btExtend(bt, b))))
  )
})

export const btExtend_good_chains_fold_stronger = stronger(
  'btExtend_good_chains_fold',
  'V(t⊕*l) ⇒ good_chains(t) ⊆ good_chains(t⊕*l)',
  'Adding blocks without a collision keeps all good chains.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, Chains, good_chains, btExtend } = theory.words
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
      given(valid(btExtendAll(bt, l))).infer(Chains.subset(good_chains(bt), good_chains(btExtendAll(bt, l))))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((v) => {
            const extended = btExtendAll(bt, l)
            const here = good_chains(bt)
            const goal = Chains.subset(here, good_chains(extended))
            return onFold(theory)(
              bt,
              l,
              (same) =>
                substitute(
                  goal,
                  subset_refl(theory.chains)(here)(),
                  refl(Chains.equal(here, here)),
                  congruence(Chains.equal(here, good_chains(extended)), symm(same))
                ),
              (xs, b, is) => {
                const earlier = btExtendAll(bt, xs)
                const later = btExtend(earlier, b)
                const vLater = rewrite(is)(valid(later), v)
                return substitute(
                  goal,
                  subset_trans(theory.chains)(here, good_chains(earlier), good_chains(later))(
                    self(bt, xs)(btExtendV(theory)(earlier, b)(vLater)),
                    btExtend_good_chains(theory)(earlier, b)(vLater)
                  ),
                  refl(Chains.equal(here, here)),
                  congruence(Chains.equal(good_chains(later), good_chains(extended)), symm(is))
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v btExtend_good_chains_fold */
export const btExtend_good_chains_fold = lemma(
  'btExtend_good_chains_fold',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ good_chains(t) ⊆ good_chains(t⊕*l)',
  'Adding blocks without a collision keeps all good chains.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, Chains, good_chains } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt))
      .infer(Chains.subset(good_chains(bt), good_chains(btExtendAll(bt, l))))
      .by((v) => btExtend_good_chains_fold_stronger(theory)(bt, l)(v))
  )
})

/** @coq Structures/Forests.v good_chains_subset */
export const good_chains_subset = lemma(
  'good_chains_subset',
  'good_chains(t) ⊆ all_chains(t)',
  'The good chains of a tree are among its chains.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Chains, good_chains, all_chains } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) => given().infer(Chains.subset(good_chains(bt), all_chains(bt))))
})

/** @coq Structures/Forests.v btExtend_new_block */
export const btExtend_new_block = lemma(
  'btExtend_new_block',
  'V(t⊕b) ∧ #b ∉ dom t ⇒ b ∈ all_blocks(t⊕b)',
  'A new block is among the blocks of the extended tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, inDom, hash, all_blocks } = theory.words
  const { isIn } = theory.words.Blocks
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)), not(inDom(hash(b), bt))).infer(isIn(b, all_blocks(btExtend(bt, b))))
  )
})

/** A tree, a block, and a key. */
const t_b_k = <T extends Types>({ sorts: { tree, block, hash: key } }: Theory<T>) => forall('bt b k', tree, block, key)

export const btExtend_get_block_stronger = stronger(
  'btExtend_get_block',
  '#b ∉ dom t ∧ k ≠ #b ⇒ get_block(t⊕b, k) = get_block(t, k)',
  'A new block changes what is under its hash only.',
  'The premise V(t⊕b) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { inDom, hash, eqHash, eqBlock, get_block, btExtend } = theory.words
  return t_b_k(theory).state(<t, b, k>(bt: Tree<T, t>, b: Blk<T, b>, k: Hash<T, k>) =>
    given(not(inDom(hash(b), bt)), not(eqHash(k, hash(b)))).infer(
      eqBlock(get_block(btExtend(bt, b), k), get_block(bt, k))
    )
  )
})

/** @coq Structures/Forests.v btExtend_get_block */
export const btExtend_get_block = lemma(
  'btExtend_get_block',
  'V(t⊕b) ∧ #b ∉ dom t ∧ k ≠ #b ⇒ get_block(t⊕b, k) = get_block(t, k)',
  'A new block changes what is under its hash only.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, inDom, hash, eqHash, eqBlock, get_block } = theory.words
  return t_b_k(theory).state(<t, b, k>(bt: Tree<T, t>, b: Blk<T, b>, k: Hash<T, k>) =>
    given(valid(btExtend(bt, b)), not(inDom(hash(b), bt)), not(eqHash(k, hash(b))))
      .infer(eqBlock(get_block(btExtend(bt, b), k), get_block(bt, k)))
      .by((_, isNew, other) => btExtend_get_block_stronger(theory)(bt, b, k)(isNew, other))
  )
})

/** @coq Structures/Forests.v good_chain_rcons */
export const good_chain_rcons = lemma(
  'good_chain_rcons',
  'c good ⇒ c ++ [b] good',
  'A good chain stays good when it is continued.'
)(<T extends Types>(theory: Theory<T>) => {
  const { good_chain } = theory.words
  const { rcons } = theory.words.Blocks
  return c_b(theory).state(<c, b>(c: Chain<T, c>, b: Blk<T, b>) => given(good_chain(c)).infer(good_chain(rcons(c, b))))
})

/** @coq Structures/Forests.v btExtend_mint_good_valid */
export const btExtend_mint_good_valid = lemma(
  'btExtend_mint_good_valid',
  'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ good(best(t)) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) is good and valid',
  'A block minted on top of the best chain has a good and valid chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const {
    btChain,
    compute_chain,
    btExtend,
    valid_chain_block,
    good_chain,
    eqHash,
    prevBlockHash,
    hash,
    lastBlock,
    valid_chain
  } = theory.words
  return minted(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const best = btChain(bt)
    const c = compute_chain(btExtend(bt, b), b)
    return given(
      ...rooted(theory)(btExtend(bt, b), bt),
      valid_chain_block(best, b),
      good_chain(best),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(and(good_chain(c), valid_chain(c)))
      .by((v, h, i, acceptable, good, linked) => {
        const same = symm(minted_chain(theory)(bt, b)(v, h, i, acceptable, linked))
        return both(
          rewrite(same)(good_chain(c), good_chain_rcons(theory)(best, b)(good)),
          rewrite(same)(valid_chain(c), valid_chain_last(theory)(best, b)(acceptable, btChain_tx_valid(theory)(bt)()))
        )
      })
  })
})

/** @coq Structures/Forests.v btExtend_mint */
export const btExtend_mint = lemma(
  'btExtend_mint',
  'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ best(t⊕b) ⊐ best(t)',
  'A block minted on top of the best chain makes it strictly better.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, btExtend, compute_chain, valid_chain_block, eqHash, prevBlockHash, hash, lastBlock, FCR, eqChain } =
    theory.words
  const { nil } = theory.words.Blocks
  return minted(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => {
    const best = btChain(bt)
    const extended = btExtend(bt, b)
    const c = compute_chain(extended, b)
    return given(
      ...rooted(theory)(extended, bt),
      valid_chain_block(best, b),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(FCR(btChain(extended), best))
      .by((v, h, i, acceptable, linked) => {
        const goodValid = btExtend_mint_good_valid(theory)(bt, b)(
          v,
          h,
          i,
          acceptable,
          btChain_good(theory)(bt)(),
          linked
        )
        const stored = back(
          all_blocksP_prime(theory)(extended, b)(btExtendH_stronger(theory)(bt, b)(h)),
          in_ext_stronger(theory)(bt, b)(v)
        )
        const amongGood = back(
          mem_good_chains(theory)(extended, c)(),
          both(chain_in_all(theory)(extended, b)(stored), goodValid)
        )
        const better = betterAlong(theory)(
          FCR_ext(theory)(best, b, nil)(),
          trans(cats1(theory.blocks)(best, b)(), symm(minted_chain(theory)(bt, b)(v, h, i, acceptable, linked))),
          refl(eqChain(best, best)),
          c,
          best
        )
        return FCR_trans_eq1(theory)(btChain(extended), c, best)(
          btChain_is_largest(theory)(extended, c)(amongGood),
          better
        )
      })
  })
})
