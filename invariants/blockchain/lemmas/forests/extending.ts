/**
 * Extending a tree by one block and by a list of blocks: whether it stays defined, keyed by hashes, and keeps genesis.
 * The lemmas of `Structures/Forests.v` from `has_init_block_free` to `in_ext`.
 *
 * Beyond the paper: the order in which blocks are added never matters, not even where hashes collide and whatever the
 * keys of the tree (`btExtend_comm_stronger` and what follows from it). Coq’s authors remark that they could not do
 * without the premise `validH`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { given, iff, not, rewrite, symm } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { equivalent } from '../../../proof/logic.js'
import { extend_cat, extend_rcons, onFold } from '../library.js'
import { t_a_b, t_b, t_l, t_l_b, t_l_m } from '../terms.js'
import type { Blk, Blks, Hash, Tree } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** A tree and a hash. */
const t_h = <T extends Types>({ sorts: { tree, hash: hashes } }: Theory<T>) => forall('bt h', tree, hashes)

/** A tree, a list of blocks, and a block that is often in the list. */
export const among = <T extends Types>({ sorts: { tree, blocks, block } }: Theory<T>) =>
  forall('bt l b', tree, blocks, block).drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(6)),
    ([t, l, b, n]) => [t, l, l[n] ?? b]
  )

// ------------------------------------------------------------------------------------------------ maps of blocks

/** @coq Structures/Forests.v has_init_block_free */
export const has_init_block_free = lemma(
  'has_init_block_free',
  'I(t) ∧ #G ≠ h ⇒ I(t ∖ h)',
  'Removing another hash than genesis’ keeps genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { has_init_block, eqHash, hash, G, free } = theory.words
  return t_h(theory).state(<t, h>(bt: Tree<T, t>, h: Hash<T, h>) =>
    given(has_init_block(bt), not(eqHash(hash(G), h))).infer(has_init_block(free(h, bt)))
  )
})

/** @coq Structures/Forests.v validH_free */
export const validH_free = lemma(
  'validH_free',
  'H(t) ⇒ H(t ∖ #b)',
  'Removing a block keeps the others under their hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, free, hash } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => given(validH(bt)).infer(validH(free(hash(b), bt))))
})

/** @coq Structures/Forests.v validH_PtUn */
export const validH_PtUn = lemma(
  'validH_PtUn',
  'V({#b→b} ⊎ t) ∧ H(t) ⇒ H({#b→b} ⊎ t)',
  'A block joined under its hash keeps the tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, join, pts: entry, hash, validH } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(join(entry(hash(b), b), bt)), validH(bt)).infer(validH(join(entry(hash(b), b), bt)))
  )
})

/** @coq Structures/Forests.v validH_undef */
export const validH_undef = lemma(
  'validH_undef',
  'H(⊥)',
  'The undefined tree counts as keyed by hashes: it has no blocks.'
)(<T extends Types>({ words: { validH, undef } }: Theory<T>) => forall('').state(() => given().infer(validH(undef))))

// ------------------------------------------------------------------------------------------------ V: definedness

/** @coq Structures/Forests.v btExtendV */
export const btExtendV = lemma(
  'btExtendV',
  'V(t⊕b) ⇒ V(t)',
  'A tree that is defined after a block was added was defined before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => given(valid(btExtend(bt, b))).infer(valid(bt)))
})

export const btExtend_comm_stronger = stronger(
  'btExtend_comm',
  't⊕a⊕b = t⊕b⊕a',
  'Two blocks can be added in either order.',
  'No premise is needed: if one side is defined Coq’s lemma applies, else both are undefined by btExtendV_comm.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtend } = theory.words
  return t_a_b(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
    given().infer(eqTree(btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)))
  )
})

/** @coq Structures/Forests.v btExtendV_comm */
export const btExtendV_comm = lemma(
  'btExtendV_comm',
  'V(t⊕a⊕b) = V(t⊕b⊕a)',
  'Whether two blocks collide does not depend on their order.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, valid } = theory.words
  return t_a_b(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) => {
    const [ab, ba] = [btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)]
    return given()
      .infer(iff(valid(ab), valid(ba)))
      .by(() =>
        equivalent(
          valid(ab),
          valid(ba),
          (v) => rewrite(btExtend_comm_stronger(theory)(bt, a, b)())(valid(ba), v),
          (v) => rewrite(btExtend_comm_stronger(theory)(bt, b, a)())(valid(ab), v)
        )
      )
  })
})

/** @coq Structures/Forests.v btExtendV_fold1 */
export const btExtendV_fold1 = lemma(
  'btExtendV_fold1',
  'V(t⊕*(l ++ [b])) ⇒ V(t⊕*l)',
  'A tree that is defined after a list of blocks was defined before the last one.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, btExtend } = theory.words
  const { rcons } = theory.words.Blocks
  return t_l_b(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(valid(btExtendAll(bt, rcons(l, b))))
      .infer(valid(btExtendAll(bt, l)))
      .by((v) => {
        const before = btExtendAll(bt, l)
        return btExtendV(theory)(before, b)(rewrite(extend_rcons(theory)(bt, l, b)())(valid(btExtend(before, b)), v))
      })
  )
})

/** @coq Structures/Forests.v btExtendV_fold_xs */
export const btExtendV_fold_xs = lemma(
  'btExtendV_fold_xs',
  'V(t⊕*l) ⇒ V(t)',
  'A tree that is defined after a list of blocks was defined before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, btExtend } = theory.words
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) => given(valid(btExtendAll(bt, l))).infer(valid(bt)))
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((v) =>
            onFold(theory)(
              bt,
              l,
              (same) => rewrite(same)(valid(bt), v),
              (xs, b, is) => {
                const before = btExtendAll(bt, xs)
                return self(bt, xs)(btExtendV(theory)(before, b)(rewrite(is)(valid(btExtend(before, b)), v)))
              }
            )
          )
    )
})

/** @coq Structures/Forests.v btExtendV_fold */
export const btExtendV_fold = lemma(
  'btExtendV_fold',
  'V(t⊕*(l ++ m)) ⇒ V(t⊕*l)',
  'A tree that is defined after a list of blocks was defined after each beginning of the list.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll } = theory.words
  const { cat } = theory.words.Blocks
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, l)))
      .by((v) => {
        const before = btExtendAll(bt, l)
        return btExtendV_fold_xs(theory)(before, m)(
          rewrite(extend_cat(theory)(bt, l, m)())(valid(btExtendAll(before, m)), v)
        )
      })
  )
})

export const btExtend_dom_self = fact(
  'btExtend_dom_self',
  'V(t⊕b) ⇒ #b ∈ dom(t⊕b)',
  'A block that was added without a collision is there.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, inDom, hash } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(inDom(hash(b), btExtend(bt, b)))
  )
})

export const no_collision = fact(
  'no_collision',
  'V(t⊕a) ∧ b ∈ t ∧ #a = #b ⇒ a = b',
  'A block that can be added is the one that is there under its hash.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, blockOf } = theory.sorts
  const { valid, btExtend, btHasBlock, eqHash, hash, eqBlock } = theory.words
  return forall('bt a b', tree, block, block)
    .drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), blockOf(t), block.sample, fc.nat(2))),
      ([t, b, any, n]) => [t, n === 0 ? any : b, b]
    )
    .state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
      given(valid(btExtend(bt, a)), btHasBlock(b, bt), eqHash(hash(a), hash(b))).infer(eqBlock(a, b))
    )
})

// ------------------------------------------------------------------------------------ H: keys are hashes; I: genesis

export const btExtendH_stronger = stronger(
  'btExtendH',
  'H(t) ⇒ H(t⊕b)',
  'Adding a block keeps a tree keyed by hashes.',
  'The premise V(t) is not needed: an undefined tree stays undefined, and counts as keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, btExtend } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) => given(validH(bt)).infer(validH(btExtend(bt, b))))
})

/** @coq Structures/Forests.v btExtendH */
export const btExtendH = lemma(
  'btExtendH',
  'V(t) ∧ H(t) ⇒ H(t⊕b)',
  'Adding a block keeps a defined tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, validH, btExtend } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt), validH(bt))
      .infer(validH(btExtend(bt, b)))
      .by((_, h) => btExtendH_stronger(theory)(bt, b)(h))
  )
})

export const btExtendH_fold_stronger = stronger(
  'btExtendH_fold',
  'H(t) ⇒ H(t⊕*l)',
  'Adding blocks keeps a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, btExtendAll } = theory.words
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) => given(validH(bt)).infer(validH(btExtendAll(bt, l))))
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((h) =>
            onFold(theory)(
              bt,
              l,
              (same) => rewrite(symm(same))(validH(btExtendAll(bt, l)), h),
              (xs, b, is) =>
                rewrite(symm(is))(
                  validH(btExtendAll(bt, l)),
                  btExtendH_stronger(theory)(btExtendAll(bt, xs), b)(self(bt, xs)(h))
                )
            )
          )
    )
})

/** @coq Structures/Forests.v btExtendH_fold */
export const btExtendH_fold = lemma(
  'btExtendH_fold',
  'H(t) ∧ V(t⊕*l) ⇒ H(t⊕*l)',
  'Adding blocks without a collision keeps a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtendAll } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(validH(bt), valid(btExtendAll(bt, l)))
      .infer(validH(btExtendAll(bt, l)))
      .by((h) => btExtendH_fold_stronger(theory)(bt, l)(h))
  )
})

export const btExtendIB_stronger = stronger(
  'btExtendIB',
  'V(t⊕b) ∧ I(t) ⇒ I(t⊕b)',
  'Adding a block without a collision keeps genesis.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, has_init_block } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)), has_init_block(bt)).infer(has_init_block(btExtend(bt, b)))
  )
})

/** @coq Structures/Forests.v btExtendIB */
export const btExtendIB = lemma(
  'btExtendIB',
  'H(t) ∧ V(t⊕b) ∧ I(t) ⇒ I(t⊕b)',
  'Adding a block without a collision keeps genesis in a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtend, has_init_block } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(validH(bt), valid(btExtend(bt, b)), has_init_block(bt))
      .infer(has_init_block(btExtend(bt, b)))
      .by((_, v, i) => btExtendIB_stronger(theory)(bt, b)(v, i))
  )
})

export const btExtendIB_fold_stronger = stronger(
  'btExtendIB_fold',
  'V(t⊕*l) ∧ I(t) ⇒ I(t⊕*l)',
  'Adding blocks without a collision keeps genesis.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, has_init_block, btExtend } = theory.words
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
      given(valid(btExtendAll(bt, l)), has_init_block(bt)).infer(has_init_block(btExtendAll(bt, l)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((v, i) => {
            const goal = has_init_block(btExtendAll(bt, l))
            return onFold(theory)(
              bt,
              l,
              (same) => rewrite(symm(same))(goal, i),
              (xs, b, is) => {
                const before = btExtendAll(bt, xs)
                const vAfter = rewrite(is)(valid(btExtend(before, b)), v)
                return rewrite(symm(is))(
                  goal,
                  btExtendIB_stronger(theory)(before, b)(vAfter, self(bt, xs)(btExtendV(theory)(before, b)(vAfter), i))
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v btExtendIB_fold */
export const btExtendIB_fold = lemma(
  'btExtendIB_fold',
  'H(t) ∧ V(t⊕*l) ∧ I(t) ⇒ I(t⊕*l)',
  'Adding blocks without a collision keeps genesis in a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtendAll, has_init_block } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(validH(bt), valid(btExtendAll(bt, l)), has_init_block(bt))
      .infer(has_init_block(btExtendAll(bt, l)))
      .by((_, v, i) => btExtendIB_fold_stronger(theory)(bt, l)(v, i))
  )
})

export const in_ext_stronger = stronger(
  'in_ext',
  'V(t⊕b) ⇒ b ∈ t⊕b',
  'A block that was added without a collision is in the tree.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, btHasBlock } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(btHasBlock(b, btExtend(bt, b)))
  )
})

/** @coq Structures/Forests.v in_ext */
export const in_ext = lemma(
  'in_ext',
  'V(t⊕b) ∧ H(t) ⇒ b ∈ t⊕b',
  'A block that was added without a collision to a tree keyed by hashes is in it.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, validH, btHasBlock } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)), validH(bt))
      .infer(btHasBlock(b, btExtend(bt, b)))
      .by((v) => in_ext_stronger(theory)(bt, b)(v))
  )
})
