/**
 * One block of a list that was added: the lemmas of `Structures/Forests.v` from `btExtendV_within` to `bc_spre_gt`.
 */
import * as fc from 'fast-check'
import { rooted } from '../terms.js'
import type { Types } from '../../../../spec/blockchain/types.js'
import { given, inRight, refl, rewrite, symm, trans } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import {
  bestAlong,
  betterAlong,
  blocksAlong,
  extend_cat,
  extend_cons,
  extendAllAlong,
  geqAlong,
  heldAlong
} from '../library.js'
import { FCR_ext } from '../parameters.js'
import { in_seq } from '../seqFacts.js'
import type { Blk, Blks, Chain, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { t_l_b_among } from './best.js'
import {
  btExtend_fold_comm_stronger,
  btExtend_fold_in,
  btExtend_fold1_comm_stronger,
  btExtend_withDup_noEffect,
  btExtendV_fold_prime_stronger
} from './commuting.js'
import { btExtendV_fold_xs } from './extending.js'
import { FCR_trans_eq, geq_antisym, geqOfEqual } from './forkChoice.js'
import { btExtend_fold_sameOrBetter_stronger, btExtend_sameOrBetter_stronger } from './improving.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** A list in three parts, the middle one a block in it. */
const splitAt = <T extends Types>(theory: Theory<T>) => {
  const { cat, before, cons, after } = theory.words.Blocks
  return <l, b>(l: Blks<T, l>, b: Blk<T, b>) => cat(before(b, l), cons(b, after(b, l)))
}

export const btExtendV_within_stronger = stronger(
  'btExtendV_within',
  'V(t⊕*l) ∧ b ∈ l ⇒ V(t⊕b)',
  'If a list of blocks can be added without a collision, so can each of them alone.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, btExtend } = theory.words
  const { isIn, before, after, cons } = theory.words.Blocks
  return t_l_b_among(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(valid(btExtend(bt, b)))
      .by((v, p) => {
        const [front, rest] = [before(b, l), after(b, l)]
        const parts = splitAt(theory)(l, b)
        const vParts = rewrite(blocksAlong(theory)(in_seq(theory.blocks)(b, l)(p), l, parts, bt))(
          valid(btExtendAll(bt, parts)),
          v
        )
        const vRest = btExtendV_fold_prime_stronger(theory)(bt, front, cons(b, rest))(vParts)
        return btExtendV_fold_xs(theory)(btExtend(bt, b), rest)(
          rewrite(extend_cons(theory)(bt, b, rest)())(valid(btExtendAll(btExtend(bt, b), rest)), vRest)
        )
      })
  )
})

/** @coq Structures/Forests.v btExtendV_within */
export const btExtendV_within = lemma(
  'btExtendV_within',
  'H(t) ∧ V(t⊕*l) ∧ b ∈ l ⇒ V(t⊕b)',
  'If a list of blocks can be added without a collision, so can each of them alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtendAll, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_b_among(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(validH(bt), valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(valid(btExtend(bt, b)))
      .by((_, v, p) => btExtendV_within_stronger(theory)(bt, l, b)(v, p))
  )
})

/** A tree, and a list of blocks in three parts, of which the middle one is a block. */
const t_p_b_s = <T extends Types>({ sorts: { tree, blocks, block } }: Theory<T>) =>
  forall('bt p b s', tree, blocks, block, blocks)

export const btExtend_fold_within_stronger = stronger(
  'btExtend_fold_within',
  '(t⊕b)⊕*(s ++ p) = t⊕*(p ++ [b] ++ s)',
  'A block of a list can be added first.',
  'The premises H(t) and V(t⊕*(p ++ [b] ++ s)) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll, btExtend } = theory.words
  const { cat, cons } = theory.words.Blocks
  return t_p_b_s(theory).state(<t, p, b, s>(bt: Tree<T, t>, p: Blks<T, p>, b: Blk<T, b>, s: Blks<T, s>) =>
    given()
      .infer(eqTree(btExtendAll(btExtend(bt, b), cat(s, p)), btExtendAll(bt, cat(p, cons(b, s)))))
      .by(() => {
        const withB = btExtend(bt, b)
        const withP = btExtendAll(bt, p)
        const inOrder = trans(extend_cat(theory)(bt, p, cons(b, s))(), extend_cons(theory)(withP, b, s)())
        const moved = extendAllAlong(theory)(
          btExtend_fold1_comm_stronger(theory)(bt, p, b)(),
          btExtend(withP, b),
          btExtendAll(withB, p),
          s
        )
        return trans(
          trans(extend_cat(theory)(withB, s, p)(), btExtend_fold_comm_stronger(theory)(withB, s, p)()),
          symm(trans(inOrder, moved))
        )
      })
  )
})

/** @coq Structures/Forests.v btExtend_fold_within */
export const btExtend_fold_within = lemma(
  'btExtend_fold_within',
  'H(t) ∧ V(t⊕*l) ∧ l = p ++ [b] ++ s ⇒ (t⊕b)⊕*(s ++ p) = t⊕*l',
  'A block of a list can be added first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block } = theory.sorts
  const { validH, valid, btExtendAll, Blocks, eqTree, btExtend } = theory.words
  const { cat, cons } = theory.words.Blocks
  return forall('bt l p b s', tree, blocks, blocks, block, blocks)
    .drawnBy(fc.tuple(tree.sample, blocks.sample, block.sample, blocks.sample), ([bt, p, b, s]) => [
      bt,
      [...p, b, ...s],
      p,
      b,
      s
    ])
    .state(<t, l, p, b, s>(bt: Tree<T, t>, l: Blks<T, l>, p: Blks<T, p>, b: Blk<T, b>, s: Blks<T, s>) =>
      given(validH(bt), valid(btExtendAll(bt, l)), Blocks.equal(l, cat(p, cons(b, s))))
        .infer(eqTree(btExtendAll(btExtend(bt, b), cat(s, p)), btExtendAll(bt, l)))
        .by((_h, _v, eq) =>
          trans(
            btExtend_fold_within_stronger(theory)(bt, p, b, s)(),
            symm(blocksAlong(theory)(eq, l, cat(p, cons(b, s)), bt))
          )
        )
    )
})

export const btExtend_between = fact(
  'btExtend_between',
  'V(t⊕*l) ∧ b ∈ l ⇒ best(t⊕*l) ⊒ best(t⊕b)',
  'Adding a list of blocks gives at least as good a chain as adding one of them.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, geq, btChain, btExtend, eqChain } = theory.words
  const { isIn, before, after, cat } = theory.words.Blocks
  return t_l_b_among(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l))
      .infer(geq(btChain(btExtendAll(bt, l)), btChain(btExtend(bt, b))))
      .by((v, p) => {
        const [front, rest] = [before(b, l), after(b, l)]
        const one = btExtend(bt, b)
        const others = btExtendAll(one, cat(rest, front))
        const all = btExtendAll(bt, l)
        const same = trans(
          blocksAlong(theory)(in_seq(theory.blocks)(b, l)(p), l, splitAt(theory)(l, b), bt),
          symm(btExtend_fold_within_stronger(theory)(bt, front, b, rest)())
        )
        return geqAlong(theory)(
          btExtend_fold_sameOrBetter_stronger(theory)(one, cat(rest, front))(rewrite(same)(valid(others), v)),
          symm(bestAlong(theory)(same, all, others)),
          refl(eqChain(btChain(one), btChain(one))),
          btChain(all),
          btChain(one)
        )
      })
  )
})

/** A tree and a list of blocks that it often has already. */
const t_l_known = <T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block, blockOf } = theory.sorts
  return forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blocks.sample, blockOf(bt), blockOf(bt), fc.nat(3))),
    ([bt, l, b, c, n]) => (n === 0 ? [bt, l, l[0] ?? b] : [bt, n === 1 ? [b] : [c, b], b])
  )
}

export const btExtend_seq_same_bt_stronger = stronger(
  'btExtend_seq_same_bt',
  'V(t⊕*l) ∧ b ∈ l ∧ t = t⊕*l ⇒ t = t⊕b',
  'If adding blocks changes nothing, adding one of them changes nothing.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, eqTree, btExtend, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l), eqTree(bt, btExtendAll(bt, l)))
      .infer(eqTree(bt, btExtend(bt, b)))
      .by((v, p, eq) =>
        btExtend_withDup_noEffect(theory)(bt, b)(
          heldAlong(theory)(symm(eq), btExtend_fold_in(theory)(bt, l, b)(v, inRight(btHasBlock(b, bt), p)), b, bt)
        )
      )
  )
})

/** @coq Structures/Forests.v btExtend_seq_same_bt */
export const btExtend_seq_same_bt = lemma(
  'btExtend_seq_same_bt',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ t = t⊕*l ⇒ t = t⊕b',
  'If adding blocks changes nothing, adding one of them changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, eqTree, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt), isIn(b, l), eqTree(bt, btExtendAll(bt, l)))
      .infer(eqTree(bt, btExtend(bt, b)))
      .by((v, _h, _i, p, eq) => btExtend_seq_same_bt_stronger(theory)(bt, l, b)(v, p, eq))
  )
})

export const btExtend_seq_same_stronger = stronger(
  'btExtend_seq_same',
  'V(t⊕*l) ∧ b ∈ l ∧ best(t) = best(t⊕*l) ⇒ best(t) = best(t⊕b)',
  'If adding blocks does not change the best chain, adding one of them does not.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, btExtend, valid, eqChain, btChain } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const [all, one] = [btExtendAll(bt, l), btExtend(bt, b)]
    return given(valid(all), isIn(b, l), eqChain(btChain(bt), btChain(all)))
      .infer(eqChain(btChain(bt), btChain(one)))
      .by((v, p, eq) =>
        geq_antisym(theory)(btChain(bt), btChain(one))(
          geqAlong(theory)(
            btExtend_between(theory)(bt, l, b)(v, p),
            symm(eq),
            refl(eqChain(btChain(one), btChain(one))),
            btChain(bt),
            btChain(one)
          ),
          btExtend_sameOrBetter_stronger(theory)(bt, b)(btExtendV_within_stronger(theory)(bt, l, b)(v, p))
        )
      )
  })
})

/** @coq Structures/Forests.v btExtend_seq_same */
export const btExtend_seq_same = lemma(
  'btExtend_seq_same',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) = best(t⊕*l) ⇒ best(t) = best(t⊕b)',
  'If adding blocks does not change the best chain, adding one of them does not.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, eqChain, btChain, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt), isIn(b, l), eqChain(btChain(bt), btChain(btExtendAll(bt, l))))
      .infer(eqChain(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, eq) => btExtend_seq_same_stronger(theory)(bt, l, b)(v, p, eq))
  )
})

/** A chain that is often as good as what adding the blocks gives. */
const reference = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { chain, tree, blocks, block } = theory.sorts
  return forall('c bt l b', chain, tree, blocks, block).drawnBy(
    fc.tuple(chain.sample, tree.sample, blocks.sample, block.sample, fc.tuple(fc.nat(4), fc.nat(3))),
    ([c, bt, l, b, [n, k]]) => [k === 0 ? c : forest.btChain(forest.btExtendAll(bt, l)), bt, l, l[n] ?? l[0] ?? b]
  )
}

export const btExtend_seq_sameOrBetter_fref_stronger = stronger(
  'btExtend_seq_sameOrBetter_fref',
  'V(t⊕*l) ∧ b ∈ l ∧ c ⊒ best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
  'A chain that is as good as the best after adding blocks is as good as the best after adding one of them.',
  'The premises H(t), I(t) and c ⊒ best(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, btExtend, valid, geq, btChain } = theory.words
  const { isIn } = theory.words.Blocks
  return reference(theory).state(<c, t, l, b>(c: Chain<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const [all, one] = [btExtendAll(bt, l), btExtend(bt, b)]
    return given(valid(all), isIn(b, l), geq(c, btChain(all)))
      .infer(geq(c, btChain(one)))
      .by((v, p, asGood) =>
        FCR_trans_eq(theory)(c, btChain(all), btChain(one))(asGood, btExtend_between(theory)(bt, l, b)(v, p))
      )
  })
})

export const btExtend_seq_sameOrBetter_stronger = stronger(
  'btExtend_seq_sameOrBetter',
  'V(t⊕*l) ∧ b ∈ l ∧ best(t) ⊒ best(t⊕*l) ⇒ best(t) ⊒ best(t⊕b)',
  'If adding blocks does not improve the best chain, adding one of them does not.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, geq, btChain, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, l)), isIn(b, l), geq(btChain(bt), btChain(btExtendAll(bt, l))))
      .infer(geq(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, p, asGood) => btExtend_seq_sameOrBetter_fref_stronger(theory)(btChain(bt), bt, l, b)(v, p, asGood))
  )
})

/** @coq Structures/Forests.v btExtend_seq_sameOrBetter */
export const btExtend_seq_sameOrBetter = lemma(
  'btExtend_seq_sameOrBetter',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ best(t) ⊒ best(t⊕*l) ⇒ best(t) ⊒ best(t⊕b)',
  'If adding blocks does not improve the best chain, adding one of them does not.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, geq, btChain, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return t_l_known(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt), isIn(b, l), geq(btChain(bt), btChain(btExtendAll(bt, l))))
      .infer(geq(btChain(bt), btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, asGood) => btExtend_seq_sameOrBetter_stronger(theory)(bt, l, b)(v, p, asGood))
  )
})

/** @coq Structures/Forests.v btExtend_seq_sameOrBetter_fref */
export const btExtend_seq_sameOrBetter_fref = lemma(
  'btExtend_seq_sameOrBetter_fref',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ c ⊒ best(t) ∧ c ⊒ best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
  'A chain that is as good as the best before and after adding blocks is as good as after adding one of them.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, geq, btChain, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return reference(theory).state(<c, t, l, b>(c: Chain<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(
      ...rooted(theory)(btExtendAll(bt, l), bt),
      isIn(b, l),
      geq(c, btChain(bt)),
      geq(c, btChain(btExtendAll(bt, l)))
    )
      .infer(geq(c, btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, _c, asGood) => btExtend_seq_sameOrBetter_fref_stronger(theory)(c, bt, l, b)(v, p, asGood))
  )
})

/** @coq Structures/Forests.v btExtend_seq_sameOrBetter_fref' */
export const btExtend_seq_sameOrBetter_fref_prime = lemma(
  "btExtend_seq_sameOrBetter_fref'",
  'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ b ∈ l ∧ c ⊒ best(t) ∧ c = best(t⊕*l) ⇒ c ⊒ best(t⊕b)',
  'The best chain after adding blocks is as good as the best after adding one of them.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, geq, btChain, eqChain, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return reference(theory).state(<c, t, l, b>(c: Chain<T, c>, bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) => {
    const all = btExtendAll(bt, l)
    return given(...rooted(theory)(all, bt), isIn(b, l), geq(c, btChain(bt)), eqChain(c, btChain(all)))
      .infer(geq(c, btChain(btExtend(bt, b))))
      .by((v, _h, _i, p, _c, eq) =>
        btExtend_seq_sameOrBetter_fref_stronger(theory)(c, bt, l, b)(v, p, geqOfEqual(theory)(eq, c, btChain(all)))
      )
  })
})

export const split_prefix = fact(
  'is_strict_prefix',
  'a < b ⇒ b = a ++ x :: r for some x, r',
  'The definition of a strict prefix.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { eqChain, nextAfter, restAfter } = theory.words
  const { is_strict_prefix, cat, cons } = theory.words.Blocks
  return forall('a b', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(3)), ([a, b, n]) => [a, n === 0 ? b : [...a, ...b]])
    .state(<a, b>(a: Chain<T, a>, b: Chain<T, b>) =>
      given(is_strict_prefix(a, b)).infer(eqChain(cat(a, cons(nextAfter(a, b), restAfter(a, b))), b))
    )
})

/** @coq Structures/Forests.v bc_spre_gt */
export const bc_spre_gt = lemma(
  'bc_spre_gt',
  'a < b ⇒ b ⊐ a',
  'A chain is better than each of its strict prefixes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { FCR, nextAfter, restAfter, eqChain } = theory.words
  const { is_strict_prefix } = theory.words.Blocks
  return forall('a b', chain, chain)
    .drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(3)), ([a, b, n]) => [a, n === 0 ? b : [...a, ...b]])
    .state(<a, b>(a: Chain<T, a>, b: Chain<T, b>) =>
      given(is_strict_prefix(a, b))
        .infer(FCR(b, a))
        .by((p) =>
          betterAlong(theory)(
            FCR_ext(theory)(a, nextAfter(a, b), restAfter(a, b))(),
            split_prefix(theory)(a, b)(p),
            refl(eqChain(a, a)),
            b,
            a
          )
        )
    )
})
