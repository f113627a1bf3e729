/**
 * How the trees of two nodes relate when one of them has all the blocks of the other: the last lemmas of
 * `Structures/Forests.v`, from `complete_bt_extend_gt'` to `btExtend_can_eq`.
 */
import * as fc from 'fast-check'
import type { Block, BlockTree, Types } from '../../../../spec/blockchain/types.js'
import { valid as isDefined } from '../../../../spec/prelude/unionMap.js'
import {
  byCases,
  cases,
  contradiction,
  given,
  not,
  refl,
  refute,
  rewrite,
  substitute,
  symm,
  trans
} from '../../../proof/kernel.js'
import type { Equal, Holds, Not, Proof } from '../../../proof/kernel.js'
import { chapter, forall, forallOf, perTheory } from '../../../proof/lemma.js'
import { back, forth, impossible } from '../../../proof/logic.js'
import { lazy } from '../../../proof/sort.js'
import { bestAlong, extend_known, extendAlong, geqAlong } from '../library.js'
import { subset_in } from '../lists.js'
import { FCR_nrefl, geq_def } from '../parameters.js'
import { rooted, t_alone } from '../terms.js'
import type { Blk, Blks, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { btExtend_fold1_comm_stronger, btExtend_withDup_noEffect } from './commuting.js'
import { FCR_dual } from './forkChoice.js'
import { btChain_is_largest } from './goodChains.js'
import { btExtend_fold_sameOrBetter_stronger, btExtend_sameOrBetter_stronger } from './improving.js'
import { best_chain_in, btChain_alt, foldr_better_mono } from './maximum.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/**
 * A tree c that has all blocks of another tree t, those that it has besides, and a block. In all: every good tree, each
 * of its parts with genesis, and every block.
 */
const extendedTrees = perTheory(<T extends Types>(theory: Theory<T>) => {
  const { goodParts, block, tree, blocks } = theory.sorts
  return forallOf<[BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>, Block<T>]>(
    'cbt bt l b',
    lazy(
      () =>
        goodParts().flatMap(({ whole, part, rest }) =>
          [...block.all()].map((b): [BlockTree<T>, BlockTree<T>, ReadonlyArray<Block<T>>, Block<T>] => [
            whole,
            part,
            rest,
            b
          ])
        ),
      fc.tuple(tree.sample, tree.sample, blocks.sample, block.sample)
    )
  )
})

/** Twenty ones in binary form. */
const BITS = 2 ** 20 - 1

/** Whether a number has a one at a place of its binary form. */
const hasBit = (bits: number, i: number): boolean => Math.floor(bits / 2 ** (i % 20)) % 2 === 1

/** Whether a new block does not collide with c, and makes t no better than c. */
const keepsBest =
  <T extends Types>({ forest }: Theory<T>) =>
  (c: BlockTree<T>, t: BlockTree<T>, b: Block<T>): boolean =>
    isDefined(forest.btExtend(c, b)) && forest.geq(forest.btChain(c), forest.btChain(forest.btExtend(t, b)))

/**
 * The same at random: c is good, t has some of its blocks, and the block is most often minted on top of the best chain
 * of t, or keeps c good.
 */
const canonicalBy = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { goodTree, tree, block, regrown, keepsGood } = theory.sorts
  return (some: (c: BlockTree<T>, bits: number) => ReadonlyArray<Block<T>>, minted: boolean) =>
    extendedTrees(theory).drawnBy(
      fc.tuple(goodTree, tree.sample, block.sample, fc.nat(BITS), fc.tuple(fc.nat(BITS), fc.nat(9), fc.nat(99))),
      ([c, any, b, bits, [again, kind, n]]) => {
        if (kind === 0) return [any, any, [], b]
        const t = regrown(some(c, bits))
        const others = forest.all_blocks(c).filter((x, i) => !forest.btHasBlock(t, x) || hasBit(again, i))
        const next = kind < 2 && !minted ? [] : theory.sorts.next(t, kind < 4 && !minted)
        const quiet = next.filter((x) => keepsBest(theory)(c, t, x))
        const from = minted && quiet.length > 0 ? quiet : next
        return [forest.btExtendAll(t, others), t, others, from[n % Math.max(1, from.length)] ?? keepsGood(c, n) ?? b]
      }
    )
}

/** Where t has any of the blocks of c. */
const canonical = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  return canonicalBy(theory)((c, bits) => forest.all_blocks(c).filter((_, i) => hasBit(bits, i)), false)
}

/** The same where t has a beginning of the best chain, and little else. */
const behind = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  return canonicalBy(theory)((c, bits) => {
    const best = forest.btChain(c)
    return best.slice(0, Math.max(1, best.length - 1 - (bits % 2)))
  }, true)
}

/** The same with a block that c has already. */
const known = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, blocks, block } = theory.sorts
  return extendedTrees(theory).drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(9)),
    ([bt, l, b, n]) => [forest.btExtendAll(bt, l), bt, l, l[n] ?? l[0] ?? b]
  )
}

/** @coq Structures/Forests.v complete_bt_extend_gt' */
export const complete_bt_extend_gt_prime = lemma(
  "complete_bt_extend_gt'",
  'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, #b ∉ dom c, best(t⊕b) ⊐ best(c), c = t⊕*l ⇒ best(t⊕b) = best(c⊕b)',
  'A new block that makes a node better than the canonical chain does the same to the canonical tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, good_bt, inDom, hash, FCR, btChain, eqTree, btExtendAll, eqChain } = theory.words
  return canonical(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(
      ...rooted(theory)(btExtend(cbt, b), cbt),
      ...rooted(theory)(btExtend(bt, b), bt),
      good_bt(cbt),
      not(inDom(hash(b), cbt)),
      good_bt(btExtend(cbt, b)),
      FCR(btChain(btExtend(bt, b)), btChain(cbt)),
      eqTree(cbt, btExtendAll(bt, l))
    ).infer(eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b))))
  )
})

/** not A ⊐ A, A = B ⇒ not B ⊐ A */
const notBetterAlong =
  <T extends Types>({ words: { FCR, eqChain } }: Theory<T>) =>
  <A, B>(
    notBetter: Proof<Not<Holds<'FCR', [A, A]>>>,
    eq: Proof<Equal<A, B>>,
    A: Chain<T, A>,
    B: Chain<T, B>
  ): Proof<Not<Holds<'FCR', [B, A]>>> =>
    refute(not(FCR(B, A)), (p) => contradiction(substitute(FCR(A, A), p, symm(eq), refl(eqChain(A, A))), notBetter))

export const known_not_better = fact(
  'known_not_better',
  'V(c⊕b) ∧ b ∈ c ∧ c = t⊕*l ⇒ best(c) ⊒ best(t⊕b)',
  'A block that the canonical tree has makes no node better than the canonical chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, btExtendAll, valid, btHasBlock, eqTree, geq, btChain, eqChain } = theory.words
  return known(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const [withB, all] = [btExtend(bt, b), btExtendAll(bt, l)]
    return given(valid(btExtend(cbt, b)), btHasBlock(b, cbt), eqTree(cbt, all))
      .infer(geq(btChain(cbt), btChain(withB)))
      .by((v, has, is) => {
        const later = btExtendAll(withB, l)
        const moved = trans(extendAlong(theory)(is, cbt, all, b), btExtend_fold1_comm_stronger(theory)(bt, l, b)())
        const same = trans(btExtend_withDup_noEffect(theory)(cbt, b)(has), moved)
        return geqAlong(theory)(
          btExtend_fold_sameOrBetter_stronger(theory)(withB, l)(rewrite(moved)(valid(later), v)),
          symm(bestAlong(theory)(same, cbt, later)),
          refl(eqChain(btChain(withB), btChain(withB))),
          btChain(cbt),
          btChain(withB)
        )
      })
  })
})

/** @coq Structures/Forests.v btExtend_with_new */
export const btExtend_with_new = lemma(
  'btExtend_with_new',
  'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, best(t⊕b) ⊐ best(c), c = t⊕*l ⇒ best(t⊕b) = best(c⊕b)',
  'A block that makes a node better than the canonical chain does the same to the canonical tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, good_bt, FCR, btChain, eqTree, btExtendAll, eqChain, inDom, hash } = theory.words
  return canonical(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(
      ...rooted(theory)(btExtend(cbt, b), cbt),
      ...rooted(theory)(btExtend(bt, b), bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      FCR(btChain(btExtend(bt, b)), btChain(cbt)),
      eqTree(cbt, btExtendAll(bt, l))
    )
      .infer(eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b))))
      .by((vc, hc, ic, vt, ht, it, good, stays, gt, is) =>
        byCases(
          inDom(hash(b), cbt),
          (known) =>
            impossible(
              gt,
              back(
                FCR_dual(theory)(btChain(btExtend(bt, b)), btChain(cbt))(),
                known_not_better(theory)(cbt, bt, l, b)(vc, extend_known(theory)(cbt, b)(vc, known), is)
              ),
              eqChain(btChain(btExtend(bt, b)), btChain(btExtend(cbt, b)))
            ),
          (fresh) =>
            complete_bt_extend_gt_prime(theory)(cbt, bt, l, b)(vc, hc, ic, vt, ht, it, good, fresh, stays, gt, is)
        )
      )
  )
})

/** Two trees of which the second often has all blocks of the first. */
const two = <T extends Types>({ forest, sorts: { tree, blocks } }: Theory<T>) =>
  forall('bt bt2', tree, tree).drawnBy(fc.tuple(tree.sample, tree.sample, blocks.sample, fc.nat(3)), ([a, b, l, n]) => {
    const more = forest.btExtendAll(a, l)
    return [a, n === 0 ? b : more]
  })

/** @coq Structures/Forests.v geq_genesis */
export const geq_genesis = lemma(
  'geq_genesis',
  'best(t) ⊒ [G]',
  'The best chain is at least as good as genesis alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { geq, btChain, onlyG, good_chains, eqChain } = theory.words
  return t_alone(theory).state(<t>(bt: Tree<T, t>) =>
    given()
      .infer(geq(btChain(bt), onlyG))
      .by(() =>
        geqAlong(theory)(
          foldr_better_mono(theory)(onlyG, good_chains(bt))(),
          symm(btChain_alt(theory)(bt)()),
          refl(eqChain(onlyG, onlyG)),
          btChain(bt),
          onlyG
        )
      )
  )
})

export const good_chains_subset_geq_stronger = stronger(
  'good_chains_subset_geq',
  'good_chains(t) ⊆ good_chains(t2) ⇒ best(t2) ⊒ best(t)',
  'A tree that has all good chains of another has at least as good a best chain.',
  'The premises V, H, I of both trees are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, Chains, good_chains, geq, eqChain, foldr_better, onlyG } = theory.words
  return two(theory).state(<x, y>(bt: Tree<T, x>, bt2: Tree<T, y>) => {
    const [best, best2] = [btChain(bt), btChain(bt2)]
    return given(Chains.subset(good_chains(bt), good_chains(bt2)))
      .infer(geq(best2, best))
      .by((sub) => {
        const alt = symm(btChain_alt(theory)(bt)())
        const best2_best2 = refl(eqChain(best2, best2))
        const max = foldr_better(onlyG, good_chains(bt))
        return cases(
          best_chain_in(theory)(good_chains(bt))(),
          (onlyGenesis) =>
            geqAlong(theory)(geq_genesis(theory)(bt2)(), best2_best2, trans(symm(onlyGenesis), alt), best2, best),
          (one) =>
            geqAlong(theory)(
              btChain_is_largest(theory)(bt2, max)(
                subset_in(theory.chains)(good_chains(bt), good_chains(bt2), max)(sub, one)
              ),
              best2_best2,
              alt,
              best2,
              best
            )
        )
      })
  })
})

/** @coq Structures/Forests.v good_chains_subset_geq */
export const good_chains_subset_geq = lemma(
  'good_chains_subset_geq',
  'V, H, I of t and of t2, good_chains(t) ⊆ good_chains(t2) ⇒ best(t2) ⊒ best(t)',
  'A tree that has all good chains of another has at least as good a best chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Chains, good_chains, geq, btChain } = theory.words
  return two(theory).state(<x, y>(bt: Tree<T, x>, bt2: Tree<T, y>) =>
    given(...rooted(theory)(bt, bt), ...rooted(theory)(bt2, bt2), Chains.subset(good_chains(bt), good_chains(bt2)))
      .infer(geq(btChain(bt2), btChain(bt)))
      .by((_v, _h, _i, _v2, _h2, _i2, sub) => good_chains_subset_geq_stronger(theory)(bt, bt2)(sub))
  )
})

/**
 * What the lemmas below suppose of a tree c, of a tree t of which c has all blocks, and of a block b that was minted on top
 * of the best chain of t: c stays good with b, and t with b is no better than c.
 */
const outdone =
  <T extends Types>(theory: Theory<T>) =>
  <c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const { btExtend, btExtendAll, btChain, good_bt, valid_chain_block, geq, eqHash, eqTree } = theory.words
    const { prevBlockHash, hash, lastBlock } = theory.words
    return [
      ...rooted(theory)(btExtend(cbt, b), cbt),
      ...rooted(theory)(btExtend(bt, b), bt),
      good_bt(cbt),
      good_bt(btExtend(cbt, b)),
      valid_chain_block(btChain(bt), b),
      geq(btChain(cbt), btChain(btExtend(bt, b))),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt)))),
      eqTree(cbt, btExtendAll(bt, l))
    ] as const
  }

/** @coq Structures/Forests.v btExtend_within_helper */
export const btExtend_within_helper = lemma(
  'btExtend_within_helper',
  'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l, #b ∉ dom c ⇒ not best(c⊕b) ⊐ best(c)',
  'A new minted block that does not make its node better than the canonical chain does not change the canonical chain.',
  'Coq concludes a contradiction from the further premise best(c⊕b) ⊐ best(c).'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, btChain, hash, inDom, FCR } = theory.words
  return behind(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...outdone(theory)(cbt, bt, l, b), not(inDom(hash(b), cbt))).infer(
      not(FCR(btChain(btExtend(cbt, b)), btChain(cbt)))
    )
  )
})

/** @coq Structures/Forests.v btExtend_within */
export const btExtend_within = lemma(
  'btExtend_within',
  'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l ⇒ not best(c⊕b) ⊐ best(c)',
  'A minted block that does not make its node better than the canonical chain does not change the canonical chain.',
  'Coq concludes a contradiction from the further premise best(c⊕b) ⊐ best(c).'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, btExtend, hash, FCR, inDom } = theory.words
  return behind(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const [before, after] = [btChain(cbt), btChain(btExtend(cbt, b))]
    return given(...outdone(theory)(cbt, bt, l, b))
      .infer(not(FCR(after, before)))
      .by((v, ...others) =>
        byCases(
          inDom(hash(b), cbt),
          (known) => {
            const same = btExtend_withDup_noEffect(theory)(cbt, b)(extend_known(theory)(cbt, b)(v, known))
            return notBetterAlong(theory)(
              FCR_nrefl(theory)(before)(),
              bestAlong(theory)(same, cbt, btExtend(cbt, b)),
              before,
              after
            )
          },
          (fresh) => btExtend_within_helper(theory)(cbt, bt, l, b)(v, ...others, fresh)
        )
      )
  })
})

/** @coq Structures/Forests.v btExtend_can_eq */
export const btExtend_can_eq = lemma(
  'btExtend_can_eq',
  'V, H, I of c and V(c⊕b), V, H, I of t and V(t⊕b), c, c⊕b good, valid_chain_block(best(t), b), best(c) ⊒ best(t⊕b), prev b = #last(best(t)), c = t⊕*l ⇒ best(c⊕b) = best(c)',
  'A minted block that does not make its node better than the canonical chain leaves the canonical chain as it is.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btChain, btExtend, eqChain } = theory.words
  return behind(theory).state(<c, t, l, b>(cbt: Tree<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const [before, after] = [btChain(cbt), btChain(btExtend(cbt, b))]
    return given(...outdone(theory)(cbt, bt, l, b))
      .infer(eqChain(after, before))
      .by((v, ...others) =>
        cases(
          forth(geq_def(theory)(after, before)(), btExtend_sameOrBetter_stronger(theory)(cbt, b)(v)),
          (eq) => eq,
          (strictly) =>
            impossible(strictly, btExtend_within(theory)(cbt, bt, l, b)(v, ...others), eqChain(after, before))
        )
      )
  })
})
