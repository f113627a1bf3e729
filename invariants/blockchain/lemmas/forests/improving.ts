/**
 * The best chain only gets better: the lemmas of `Structures/Forests.v` from `btExtend_sameOrBetter` to
 * `btExtend_fold_not_worse`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { given, inLeft, not, refl, rewrite, symm } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { back } from '../../../proof/logic.js'
import { bestAlong, extend_cat, geqAlong, onFold } from '../library.js'
import { rooted, t_b, t_l, t_l_b, t_l_m } from '../terms.js'
import type { Blk, Blks, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { btExtend_fold_comm_stronger, btExtend_fold_in, btExtend_fold1_comm_stronger } from './commuting.js'
import { btExtendV } from './extending.js'
import { FCR_dual, FCR_trans_eq, geqOfEqual } from './forkChoice.js'

const { lemma, stronger } = chapter('Structures/Forests.v')

export const btExtend_sameOrBetter_stronger = stronger(
  'btExtend_sameOrBetter',
  'V(t⊕b) ⇒ best(t⊕b) ⊒ best(t)',
  'Adding a block without a collision does not make the best chain worse.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, geq, btChain } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(geq(btChain(btExtend(bt, b)), btChain(bt)))
  )
})

/** @coq Structures/Forests.v btExtend_sameOrBetter */
export const btExtend_sameOrBetter = lemma(
  'btExtend_sameOrBetter',
  'V(t⊕b) ∧ H(t) ∧ I(t) ⇒ best(t⊕b) ⊒ best(t)',
  'Adding a block without a collision does not make the best chain worse.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, geq, btChain } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtend(bt, b), bt))
      .infer(geq(btChain(btExtend(bt, b)), btChain(bt)))
      .by((v) => btExtend_sameOrBetter_stronger(theory)(bt, b)(v))
  )
})

/** @coq Structures/Forests.v btExtend_fold1_comm */
export const btExtend_fold1_comm = lemma(
  'btExtend_fold1_comm',
  'H(t) ∧ V((t⊕*l)⊕b) ⇒ (t⊕*l)⊕b = (t⊕b)⊕*l',
  'A block can be added after a list of blocks or before it.',
  'The premises are superfluous.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtend, btExtendAll, eqTree } = theory.words
  return t_l_b(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given(validH(bt), valid(btExtend(btExtendAll(bt, l), b)))
      .infer(eqTree(btExtend(btExtendAll(bt, l), b), btExtendAll(btExtend(bt, b), l)))
      .by(() => btExtend_fold1_comm_stronger(theory)(bt, l, b)())
  )
})

/** @coq Structures/Forests.v btExtend_fold_comm */
export const btExtend_fold_comm = lemma(
  'btExtend_fold_comm',
  'H(t) ⇒ t⊕*l⊕*m = t⊕*m⊕*l',
  'Two lists of blocks can be added in either order.',
  'The premise is superfluous.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, eqTree, btExtendAll } = theory.words
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(validH(bt))
      .infer(eqTree(btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l)))
      .by(() => btExtend_fold_comm_stronger(theory)(bt, l, m)())
  )
})

/** @coq Structures/Forests.v btExtend_fold_preserve */
export const btExtend_fold_preserve = lemma(
  'btExtend_fold_preserve',
  'V(t⊕*l) ∧ b ∈ t ⇒ b ∈ t⊕*l',
  'Adding blocks without a collision keeps the blocks of the tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block, blockOf } = theory.sorts
  const { valid, btExtendAll, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return forall('bt l b', tree, blocks, block)
    .drawnBy(
      tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blocks.sample, blockOf(bt))),
      (t_l_b) => t_l_b
    )
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, l)), btHasBlock(b, bt))
        .infer(btHasBlock(b, btExtendAll(bt, l)))
        .by((v, has) => btExtend_fold_in(theory)(bt, l, b)(v, inLeft(has, isIn(b, l))))
    )
})

export const btExtend_fold_sameOrBetter_stronger = stronger(
  'btExtend_fold_sameOrBetter',
  'V(t⊕*l) ⇒ best(t⊕*l) ⊒ best(t)',
  'Adding blocks without a collision does not make the best chain worse.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, geq, btChain, btExtend, eqChain } = theory.words
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
      given(valid(btExtendAll(bt, l))).infer(geq(btChain(btExtendAll(bt, l)), btChain(bt)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((v) => {
            const extended = btExtendAll(bt, l)
            return onFold(theory)(
              bt,
              l,
              (same) => geqOfEqual(theory)(bestAlong(theory)(same, extended, bt), btChain(extended), btChain(bt)),
              (xs, b, is) => {
                const earlier = btExtendAll(bt, xs)
                const later = btExtend(earlier, b)
                const vLater = rewrite(is)(valid(later), v)
                return geqAlong(theory)(
                  FCR_trans_eq(theory)(btChain(later), btChain(earlier), btChain(bt))(
                    btExtend_sameOrBetter_stronger(theory)(earlier, b)(vLater),
                    self(bt, xs)(btExtendV(theory)(earlier, b)(vLater))
                  ),
                  symm(bestAlong(theory)(is, extended, later)),
                  refl(eqChain(btChain(bt), btChain(bt))),
                  btChain(extended),
                  btChain(bt)
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v btExtend_fold_sameOrBetter */
export const btExtend_fold_sameOrBetter = lemma(
  'btExtend_fold_sameOrBetter',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ best(t⊕*l) ⊒ best(t)',
  'Adding blocks without a collision does not make the best chain worse.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, geq, btChain } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt))
      .infer(geq(btChain(btExtendAll(bt, l)), btChain(bt)))
      .by((v) => btExtend_fold_sameOrBetter_stronger(theory)(bt, l)(v))
  )
})

export const btExtend_monotone_btChain_stronger = stronger(
  'btExtend_monotone_btChain',
  'V(t⊕*(l ++ m)) ⇒ best(t⊕*(l ++ m)) ⊒ best(t⊕*l)',
  'The more blocks are added without a collision, the better the best chain.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, valid, geq, btChain, eqChain } = theory.words
  const { cat } = theory.words.Blocks
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) => {
    const [fewer, more] = [btExtendAll(bt, l), btExtendAll(bt, cat(l, m))]
    return given(valid(more))
      .infer(geq(btChain(more), btChain(fewer)))
      .by((v) => {
        const split = extend_cat(theory)(bt, l, m)()
        const inTwo = btExtendAll(fewer, m)
        return geqAlong(theory)(
          btExtend_fold_sameOrBetter_stronger(theory)(fewer, m)(rewrite(split)(valid(inTwo), v)),
          symm(bestAlong(theory)(split, more, inTwo)),
          refl(eqChain(btChain(fewer), btChain(fewer))),
          btChain(more),
          btChain(fewer)
        )
      })
  })
})

/** @coq Structures/Forests.v btExtend_monotone_btChain */
export const btExtend_monotone_btChain = lemma(
  'btExtend_monotone_btChain',
  'V(t⊕*(l ++ m)) ∧ H(t) ∧ I(t) ⇒ best(t⊕*(l ++ m)) ⊒ best(t⊕*l)',
  'The more blocks are added without a collision, the better the best chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, geq, btChain } = theory.words
  const { cat } = theory.words.Blocks
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(...rooted(theory)(btExtendAll(bt, cat(l, m)), bt))
      .infer(geq(btChain(btExtendAll(bt, cat(l, m))), btChain(btExtendAll(bt, l))))
      .by((v) => btExtend_monotone_btChain_stronger(theory)(bt, l, m)(v))
  )
})

export const btExtend_not_worse_stronger = stronger(
  'btExtend_not_worse',
  'V(t⊕b) ⇒ not best(t) ⊐ best(t⊕b)',
  'The best chain was not better before a block was added without a collision.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, FCR, btChain } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)))
      .infer(not(FCR(btChain(bt), btChain(btExtend(bt, b)))))
      .by((v) =>
        back(
          FCR_dual(theory)(btChain(bt), btChain(btExtend(bt, b)))(),
          btExtend_sameOrBetter_stronger(theory)(bt, b)(v)
        )
      )
  )
})

/** @coq Structures/Forests.v btExtend_not_worse */
export const btExtend_not_worse = lemma(
  'btExtend_not_worse',
  'V(t⊕b) ∧ H(t) ∧ I(t) ⇒ not best(t) ⊐ best(t⊕b)',
  'The best chain was not better before a block was added without a collision.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtend, FCR, btChain } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(...rooted(theory)(btExtend(bt, b), bt))
      .infer(not(FCR(btChain(bt), btChain(btExtend(bt, b)))))
      .by((v) => btExtend_not_worse_stronger(theory)(bt, b)(v))
  )
})

export const btExtend_fold_not_worse_stronger = stronger(
  'btExtend_fold_not_worse',
  'V(t⊕*l) ⇒ not best(t) ⊐ best(t⊕*l)',
  'The best chain was not better before blocks were added without a collision.',
  'The premises H(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, FCR, btChain } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(valid(btExtendAll(bt, l)))
      .infer(not(FCR(btChain(bt), btChain(btExtendAll(bt, l)))))
      .by((v) =>
        back(
          FCR_dual(theory)(btChain(bt), btChain(btExtendAll(bt, l)))(),
          btExtend_fold_sameOrBetter_stronger(theory)(bt, l)(v)
        )
      )
  )
})

/** @coq Structures/Forests.v btExtend_fold_not_worse */
export const btExtend_fold_not_worse = lemma(
  'btExtend_fold_not_worse',
  'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ not best(t) ⊐ best(t⊕*l)',
  'The best chain was not better before blocks were added without a collision.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, FCR, btChain } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(...rooted(theory)(btExtendAll(bt, l), bt))
      .infer(not(FCR(btChain(bt), btChain(btExtendAll(bt, l)))))
      .by((v) => btExtend_fold_not_worse_stronger(theory)(bt, l)(v))
  )
})
