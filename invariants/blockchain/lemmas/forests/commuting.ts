/**
 * Adding a block again, in another order, or with a collision: the lemmas of `Structures/Forests.v` from
 * `btExtend_fold_in` to `btExtendV_fold'`.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import {
  cases,
  given,
  iff,
  inLeft,
  inRight,
  or,
  refl,
  rewrite,
  substitute,
  symm,
  trans
} from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { equivalent, impossible } from '../../../proof/logic.js'
import {
  blocksAlong,
  extend_cat,
  extend_nil,
  extend_rcons,
  extendAllAlong,
  extendAlong,
  heldAlong,
  onFold
} from '../library.js'
import { in_nil, mem_rcons } from '../lists.js'
import { t_a_b, t_b, t_b_within, t_l, t_l_b, t_l_m } from '../terms.js'
import type { Blk, Blks, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import {
  btExtend_comm_stronger,
  btExtendV,
  btExtendV_fold_xs,
  btExtendV_fold1,
  in_ext_stronger,
  no_collision
} from './extending.js'
import { ofEither } from './holding.js'

const { lemma, stronger } = chapter('Structures/Forests.v')

export const btExtend_idemp_stronger = stronger(
  'btExtend_idemp',
  't⊕b = t⊕b⊕b',
  'Adding a block twice is adding it once.',
  'The premise V(t⊕b) is not needed: an undefined tree stays undefined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtend } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given().infer(eqTree(btExtend(bt, b), btExtend(btExtend(bt, b), b)))
  )
})

/** @coq Structures/Forests.v btExtend_idemp */
export const btExtend_idemp = lemma(
  'btExtend_idemp',
  'V(t⊕b) ⇒ t⊕b = t⊕b⊕b',
  'Adding a block twice without a collision is adding it once.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, eqTree } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)))
      .infer(eqTree(btExtend(bt, b), btExtend(btExtend(bt, b), b)))
      .by(() => btExtend_idemp_stronger(theory)(bt, b)())
  )
})

/** @coq Structures/Forests.v btExtend_preserve */
export const btExtend_preserve = lemma(
  'btExtend_preserve',
  'V(t⊕b) ∧ a ∈ t ⇒ a ∈ t⊕b',
  'Adding a block without a collision keeps all blocks.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, blockOf } = theory.sorts
  const { valid, btExtend, btHasBlock } = theory.words
  return forall('bt a b', tree, block, block)
    .drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), blockOf(t), block.sample)),
      (t_a_b) => t_a_b
    )
    .state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
      given(valid(btExtend(bt, b)), btHasBlock(a, bt)).infer(btHasBlock(a, btExtend(bt, b)))
    )
})

/** @coq Structures/Forests.v btExtend_fold_in */
export const btExtend_fold_in = lemma(
  'btExtend_fold_in',
  'V(t⊕*l) ∧ (b ∈ t ∨ b ∈ l) ⇒ b ∈ t⊕*l',
  'Adding blocks without a collision keeps the blocks of the tree and adds those of the list.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, btHasBlock, eqBlock, Blocks, btExtend, eqTree } = theory.words
  const { isIn, rcons } = theory.words.Blocks
  return ofEither(theory)
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, l)), or(btHasBlock(b, bt), isIn(b, l))).infer(btHasBlock(b, btExtendAll(bt, l)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
          self(bt, l, b).by((v, either) => {
            const goal = btHasBlock(b, btExtendAll(bt, l))
            const b_b = refl(eqBlock(b, b))
            return onFold(theory)(
              bt,
              l,
              (same, isNil) =>
                cases(
                  either,
                  (there) => heldAlong(theory)(symm(same), there, b, btExtendAll(bt, l)),
                  (listed) =>
                    impossible(substitute(isIn(b, Blocks.nil), listed, b_b, isNil), in_nil(theory.blocks)(b)(), goal)
                ),
              (xs, x, is, isRcons) => {
                const before = btExtendAll(bt, xs)
                const after = btExtend(before, x)
                const vAfter = rewrite(is)(valid(after), v)
                const vBefore = btExtendV(theory)(before, x)(vAfter)
                return heldAlong(theory)(
                  symm(is),
                  cases(
                    either,
                    (there) =>
                      btExtend_preserve(theory)(before, b, x)(
                        vAfter,
                        self(bt, xs, b)(vBefore, inLeft(there, isIn(b, xs)))
                      ),
                    (listed) =>
                      cases(
                        mem_rcons(theory.blocks)(b, xs, x)(substitute(isIn(b, rcons(xs, x)), listed, b_b, isRcons)),
                        (earlier) =>
                          btExtend_preserve(theory)(before, b, x)(
                            vAfter,
                            self(bt, xs, b)(vBefore, inRight(btHasBlock(b, bt), earlier))
                          ),
                        (eq) =>
                          substitute(
                            btHasBlock(b, after),
                            in_ext_stronger(theory)(before, x)(vAfter),
                            symm(eq),
                            refl(eqTree(after, after))
                          )
                      )
                  ),
                  b,
                  btExtendAll(bt, l)
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v btExtendV_fold_dup */
export const btExtendV_fold_dup = lemma(
  'btExtendV_fold_dup',
  'V(t⊕*(l ++ [a])) ∧ b ∈ l ∧ #a = #b ⇒ a = b',
  'In a list that was added without a collision, two blocks with one hash are the same.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block, colliding } = theory.sorts
  const { valid, btExtendAll, eqHash, hash, eqBlock, btHasBlock, btExtend } = theory.words
  const { rcons, isIn } = theory.words.Blocks
  return forall('bt l a b', tree, blocks, block, block)
    .drawnBy(fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(6), fc.nat(3)), ([t, l, b, i, n]) => {
      const among = l[i] ?? l[0] ?? b
      return [t, l, n === 0 ? b : (colliding(among)[n - 1] ?? among), among]
    })
    .state(<t, l, a, b>(bt: Tree<T, t>, l: Blks<T, l>, a: Blk<T, a>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, rcons(l, a))), isIn(b, l), eqHash(hash(a), hash(b)))
        .infer(eqBlock(a, b))
        .by((v, b_in_l, eq) => {
          const before = btExtendAll(bt, l)
          const has = btExtend_fold_in(theory)(bt, l, b)(
            btExtendV_fold1(theory)(bt, l, a)(v),
            inRight(btHasBlock(b, bt), b_in_l)
          )
          return no_collision(theory)(before, a, b)(
            rewrite(extend_rcons(theory)(bt, l, a)())(valid(btExtend(before, a)), v),
            has,
            eq
          )
        })
    )
})

/** @coq Structures/Forests.v btExtend_withDup_noEffect */
export const btExtend_withDup_noEffect = lemma(
  'btExtend_withDup_noEffect',
  'b ∈ t ⇒ t = t⊕b',
  'Adding a block that is there changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, eqTree, btExtend } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(btHasBlock(b, bt)).infer(eqTree(bt, btExtend(bt, b)))
  )
})

/** @coq Structures/Forests.v btExtend_comm */
export const btExtend_comm = lemma(
  'btExtend_comm',
  'V(t⊕a⊕b) ⇒ t⊕a⊕b = t⊕b⊕a',
  'Two blocks that do not collide can be added in either order.',
  'The premise is superfluous.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, eqTree } = theory.words
  return t_a_b(theory).state(<t, a, b>(bt: Tree<T, t>, a: Blk<T, a>, b: Blk<T, b>) =>
    given(valid(btExtend(btExtend(bt, a), b)))
      .infer(eqTree(btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)))
      .by(() => btExtend_comm_stronger(theory)(bt, a, b)())
  )
})

export const btExtend_fold1_comm_stronger = stronger(
  'btExtend_fold1_comm',
  '(t⊕*l)⊕b = (t⊕b)⊕*l',
  'A block can be added after a list of blocks or before it.',
  'No premise is needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtend, btExtendAll, Blocks } = theory.words
  const { rcons } = theory.words.Blocks
  return t_l_b(theory)
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given().infer(eqTree(btExtend(btExtendAll(bt, l), b), btExtendAll(btExtend(bt, b), l)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
          self(bt, l, b).by(() => {
            const [late] = [btExtendAll(bt, l), btExtendAll(btExtend(bt, b), l)]
            return onFold(theory)(
              bt,
              l,
              (same, isNil) =>
                trans(
                  extendAlong(theory)(same, late, bt, b),
                  symm(
                    trans(
                      blocksAlong(theory)(isNil, l, Blocks.nil, btExtend(bt, b)),
                      extend_nil(theory)(btExtend(bt, b))()
                    )
                  )
                ),
              (xs, x, is, isRcons) => {
                const before = btExtendAll(bt, xs)
                return trans(
                  trans(
                    extendAlong(theory)(is, late, btExtend(before, x), b),
                    btExtend_comm_stronger(theory)(before, x, b)()
                  ),
                  trans(
                    extendAlong(theory)(self(bt, xs, b)(), btExtend(before, b), btExtendAll(btExtend(bt, b), xs), x),
                    symm(
                      trans(
                        blocksAlong(theory)(isRcons, l, rcons(xs, x), btExtend(bt, b)),
                        extend_rcons(theory)(btExtend(bt, b), xs, x)()
                      )
                    )
                  )
                )
              }
            )
          })
    )
})

export const btExtend_fold_comm_stronger = stronger(
  'btExtend_fold_comm',
  't⊕*l⊕*m = t⊕*m⊕*l',
  'Two lists of blocks can be added in either order.',
  'No premise is needed. Coq’s authors remark that they could not remove H(t).'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll, Blocks, btExtend } = theory.words
  const { rcons } = theory.words.Blocks
  return t_l_m(theory)
    .state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
      given().infer(eqTree(btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l)))
    )
    .byInduction(
      'm',
      (self) =>
        <t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
          self(bt, l, m).by(() => {
            const [withL, withM] = [btExtendAll(bt, l), btExtendAll(bt, m)]
            return onFold(theory)(
              withL,
              m,
              (same, isNil) =>
                trans(
                  same,
                  symm(
                    extendAllAlong(theory)(
                      trans(blocksAlong(theory)(isNil, m, Blocks.nil, bt), extend_nil(theory)(bt)()),
                      withM,
                      bt,
                      l
                    )
                  )
                ),
              (xs, x, is, isRcons) => {
                const earlier = btExtendAll(bt, xs)
                return trans(
                  trans(is, extendAlong(theory)(self(bt, l, xs)(), btExtendAll(withL, xs), btExtendAll(earlier, l), x)),
                  trans(
                    btExtend_fold1_comm_stronger(theory)(earlier, l, x)(),
                    symm(
                      extendAllAlong(theory)(
                        trans(blocksAlong(theory)(isRcons, m, rcons(xs, x), bt), extend_rcons(theory)(bt, xs, x)()),
                        withM,
                        btExtend(earlier, x),
                        l
                      )
                    )
                  )
                )
              }
            )
          })
    )
})

// -------------------------------------------------------------------------------------------------------- collisions

/** @coq Structures/Forests.v btExtendV_valid_no_collisions */
export const btExtendV_valid_no_collisions = lemma(
  'btExtendV_valid_no_collisions',
  'V(t⊕*l) ⇒ no_collisions(t, l)',
  'A tree that is defined after adding blocks had no collisions with them.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, no_collisions } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(valid(btExtendAll(bt, l))).infer(no_collisions(bt, l))
  )
})

/** @coq Structures/Forests.v btExtendV_no_collisions_valid */
export const btExtendV_no_collisions_valid = lemma(
  'btExtendV_no_collisions_valid',
  'H(t) ∧ no_collisions(t, l) ⇒ V(t⊕*l)',
  'Without collisions a tree keyed by hashes stays defined.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, no_collisions, valid, btExtendAll } = theory.words
  return t_l(theory).state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
    given(validH(bt), no_collisions(bt, l)).infer(valid(btExtendAll(bt, l)))
  )
})

export const btExtendV_fold_comm_prime_stronger = stronger(
  "btExtendV_fold_comm'",
  'V(t⊕*l⊕*m) ⇒ V(t⊕*m⊕*l)',
  'Whether two lists of blocks collide does not depend on their order.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll } = theory.words
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(valid(btExtendAll(btExtendAll(bt, l), m)))
      .infer(valid(btExtendAll(btExtendAll(bt, m), l)))
      .by((v) => rewrite(btExtend_fold_comm_stronger(theory)(bt, l, m)())(valid(btExtendAll(btExtendAll(bt, m), l)), v))
  )
})

/** @coq Structures/Forests.v btExtendV_fold_comm' */
export const btExtendV_fold_comm_prime = lemma(
  "btExtendV_fold_comm'",
  'H(t) ∧ V(t⊕*l⊕*m) ⇒ V(t⊕*m⊕*l)',
  'Whether two lists of blocks collide does not depend on their order, in a tree keyed by hashes.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtendAll } = theory.words
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(validH(bt), valid(btExtendAll(btExtendAll(bt, l), m)))
      .infer(valid(btExtendAll(btExtendAll(bt, m), l)))
      .by((_, v) => btExtendV_fold_comm_prime_stronger(theory)(bt, l, m)(v))
  )
})

/** @coq Structures/Forests.v btExtendV_fold_comm */
export const btExtendV_fold_comm = lemma(
  'btExtendV_fold_comm',
  'H(t) ⇒ V(t⊕*l⊕*m) = V(t⊕*m⊕*l)',
  'Whether two lists of blocks collide does not depend on their order, in a tree keyed by hashes.',
  'The premise is superfluous.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btExtendAll, validH, valid } = theory.words
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) => {
    const [lm, ml] = [btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l)]
    return given(validH(bt))
      .infer(iff(valid(lm), valid(ml)))
      .by(() =>
        equivalent(
          valid(lm),
          valid(ml),
          (v) => btExtendV_fold_comm_prime_stronger(theory)(bt, l, m)(v),
          (v) => btExtendV_fold_comm_prime_stronger(theory)(bt, m, l)(v)
        )
      )
  })
})

export const btExtendV_fold_prime_stronger = stronger(
  "btExtendV_fold'",
  'V(t⊕*(l ++ m)) ⇒ V(t⊕*m)',
  'A tree that is defined after a list of blocks is defined after each end of the list alone.',
  'The premise H(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll } = theory.words
  const { cat } = theory.words.Blocks
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, m)))
      .by((v) =>
        btExtendV_fold_xs(theory)(btExtendAll(bt, m), l)(
          btExtendV_fold_comm_prime_stronger(theory)(bt, l, m)(
            rewrite(extend_cat(theory)(bt, l, m)())(valid(btExtendAll(btExtendAll(bt, l), m)), v)
          )
        )
      )
  )
})

/** @coq Structures/Forests.v btExtendV_fold' */
export const btExtendV_fold_prime = lemma(
  "btExtendV_fold'",
  'H(t) ∧ V(t⊕*(l ++ m)) ⇒ V(t⊕*m)',
  'A tree keyed by hashes that is defined after a list of blocks is defined after each end of the list alone.'
)(<T extends Types>(theory: Theory<T>) => {
  const { validH, valid, btExtendAll } = theory.words
  const { cat } = theory.words.Blocks
  return t_l_m(theory).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given(validH(bt), valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, m)))
      .by((_, v) => btExtendV_fold_prime_stronger(theory)(bt, l, m)(v))
  )
})
