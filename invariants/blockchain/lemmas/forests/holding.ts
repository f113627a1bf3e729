/** What an extended tree holds: the lemmas of `Structures/Forests.v` from `btExtend_dom` to `btExtend_in_either`. */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import {
  apply,
  cases,
  first,
  given,
  inLeft,
  inRight,
  or,
  refl,
  rewrite,
  second,
  substitute,
  symm
} from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { impossible } from '../../../proof/logic.js'
import { domAlong, finds_valid, hashAlong, heldAlong, onFold } from '../library.js'
import { in_nil, in_rcons, mem_rcons, subset_in, subset_refl, subset_trans } from '../lists.js'
import { t_b, t_l } from '../terms.js'
import type { Blk, Blks, Hash, Tree } from '../terms.js'
import type { Theory } from '../theory.js'
import { among, btExtend_dom_self, btExtendV } from './extending.js'

const { lemma, stronger } = chapter('Structures/Forests.v')

/** @coq Structures/Forests.v btExtend_dom */
export const btExtend_dom = lemma(
  'btExtend_dom',
  'V(t⊕b) ⇒ dom t ⊆ dom(t⊕b)',
  'Adding a block without a collision keeps all keys.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, dom } = theory.words
  const { subset } = theory.words.Hashes
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b))).infer(subset(dom(bt), dom(btExtend(bt, b))))
  )
})

/** @coq Structures/Forests.v btExtendV_fold_dom */
export const btExtendV_fold_dom = lemma(
  'btExtendV_fold_dom',
  'V(t⊕*l) ∧ b ∈ l ⇒ #b ∈ dom(t⊕*l)',
  'All blocks of a list that was added without a collision are there.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, inDom, hash, Blocks, eqBlock, btExtend, dom, Hashes, eqHash } = theory.words
  const { isIn, rcons } = theory.words.Blocks
  return among(theory)
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, l)), isIn(b, l)).infer(inDom(hash(b), btExtendAll(bt, l)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
          self(bt, l, b).by((v, b_in_l) => {
            const goal = inDom(hash(b), btExtendAll(bt, l))
            return onFold(theory)(
              bt,
              l,
              (_, isNil) =>
                impossible(
                  substitute(isIn(b, Blocks.nil), b_in_l, refl(eqBlock(b, b)), isNil),
                  in_nil(theory.blocks)(b)(),
                  goal
                ),
              (xs, x, is, isRcons) => {
                const before = btExtendAll(bt, xs)
                const after = btExtend(before, x)
                const vAfter = rewrite(is)(valid(after), v)
                const inAfter = cases(
                  mem_rcons(theory.blocks)(b, xs, x)(
                    substitute(isIn(b, rcons(xs, x)), b_in_l, refl(eqBlock(b, b)), isRcons)
                  ),
                  (earlier) =>
                    subset_in(theory.hashes)(dom(before), dom(after), hash(b))(
                      btExtend_dom(theory)(before, x)(vAfter),
                      self(bt, xs, b)(btExtendV(theory)(before, x)(vAfter), earlier)
                    ),
                  (eq) =>
                    substitute(
                      inDom(hash(b), after),
                      btExtend_dom_self(theory)(before, x)(vAfter),
                      hashAlong(theory)(symm(eq), x, b),
                      refl(Hashes.equal(dom(after), dom(after)))
                    )
                )
                return substitute(
                  goal,
                  inAfter,
                  refl(eqHash(hash(b), hash(b))),
                  domAlong(theory)(symm(is), after, btExtendAll(bt, l))
                )
              }
            )
          })
    )
})

/** @coq Structures/Forests.v btExtend_dom_fold */
export const btExtend_dom_fold = lemma(
  'btExtend_dom_fold',
  'V(t⊕*l) ⇒ dom t ⊆ dom(t⊕*l)',
  'Adding blocks without a collision keeps all keys.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, dom, Hashes, btExtend } = theory.words
  const { subset } = theory.words.Hashes
  return t_l(theory)
    .state(<t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
      given(valid(btExtendAll(bt, l))).infer(subset(dom(bt), dom(btExtendAll(bt, l))))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l>(bt: Tree<T, t>, l: Blks<T, l>) =>
          self(bt, l).by((v) => {
            const goal = subset(dom(bt), dom(btExtendAll(bt, l)))
            const here = refl(Hashes.equal(dom(bt), dom(bt)))
            return onFold(theory)(
              bt,
              l,
              (same) =>
                substitute(
                  goal,
                  subset_refl(theory.hashes)(dom(bt))(),
                  here,
                  domAlong(theory)(symm(same), bt, btExtendAll(bt, l))
                ),
              (xs, b, is) => {
                const before = btExtendAll(bt, xs)
                const after = btExtend(before, b)
                const vAfter = rewrite(is)(valid(after), v)
                return substitute(
                  goal,
                  subset_trans(theory.hashes)(dom(bt), dom(before), dom(after))(
                    self(bt, xs)(btExtendV(theory)(before, b)(vAfter)),
                    btExtend_dom(theory)(before, b)(vAfter)
                  ),
                  here,
                  domAlong(theory)(symm(is), after, btExtendAll(bt, l))
                )
              }
            )
          })
    )
})

/** A tree, a block to add, one of its keys, and what the extended tree holds there. */
const found = <T extends Types>(theory: Theory<T>) => {
  const { hashB } = theory.instance.params
  const { tree, block, hash: hashes, blockOf } = theory.sorts
  return forall('bt z h b', tree, block, hashes, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), block.sample, blockOf(t), fc.nat(4))),
    ([t, z, b, n]) => [t, n === 0 ? b : z, hashB(b), b]
  )
}

export const btExtend_find_stronger = stronger(
  'btExtend_find',
  'h ∈ dom t ∧ find(h, t⊕z) = b ⇒ find(h, t) = b',
  'What a key of a tree holds after adding a block, it held before.',
  'The premise V(t⊕z) is not needed: nothing is found in an undefined tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { inDom, finds, btExtend } = theory.words
  return found(theory).state(<t, z, h, b>(bt: Tree<T, t>, z: Blk<T, z>, h: Hash<T, h>, b: Blk<T, b>) =>
    given(inDom(h, bt), finds(h, btExtend(bt, z), b)).infer(finds(h, bt, b))
  )
})

/** @coq Structures/Forests.v btExtend_find */
export const btExtend_find = lemma(
  'btExtend_find',
  'V(t⊕z) ∧ h ∈ dom t ∧ find(h, t⊕z) = b ⇒ find(h, t) = b',
  'What a key of a tree holds after adding a block without a collision, it held before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, inDom, finds } = theory.words
  return found(theory).state(<t, z, h, b>(bt: Tree<T, t>, z: Blk<T, z>, h: Hash<T, h>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, z)), inDom(h, bt), finds(h, btExtend(bt, z), b))
      .infer(finds(h, bt, b))
      .by((_, d, f) => btExtend_find_stronger(theory)(bt, z, h, b)(d, f))
  )
})

/** A tree, blocks to add, one of its keys, and what is there. */
const foundAfter = <T extends Types>(theory: Theory<T>) => {
  const { hashB } = theory.instance.params
  const { tree, blocks, hash: hashes, block, blockOf } = theory.sorts
  return forall('bt l h b', tree, blocks, hashes, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), blocks.sample, blockOf(t))),
    ([t, l, b]) => [t, l, hashB(b), b]
  )
}

/** @coq Structures/Forests.v btExtend_find_fold */
export const btExtend_find_fold = lemma(
  'btExtend_find_fold',
  'V(t⊕*l) ∧ h ∈ dom t ∧ find(h, t⊕*l) = b ⇒ find(h, t) = b',
  'What a key of a tree holds after adding blocks without a collision, it held before.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtendAll, inDom, finds, eqHash, eqBlock, btExtend, dom } = theory.words
  return foundAfter(theory)
    .state(<t, l, h, b>(bt: Tree<T, t>, l: Blks<T, l>, h: Hash<T, h>, b: Blk<T, b>) =>
      given(valid(btExtendAll(bt, l)), inDom(h, bt), finds(h, btExtendAll(bt, l), b)).infer(finds(h, bt, b))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, h, b>(bt: Tree<T, t>, l: Blks<T, l>, h: Hash<T, h>, b: Blk<T, b>) =>
          self(bt, l, h, b).by((v, d, f) => {
            const [h_h, b_b] = [refl(eqHash(h, h)), refl(eqBlock(b, b))] as const
            return onFold(theory)(
              bt,
              l,
              (same) => substitute(finds(h, bt, b), f, h_h, same, b_b),
              (xs, x, is) => {
                const before = btExtendAll(bt, xs)
                const vAfter = rewrite(is)(valid(btExtend(before, x)), v)
                const vBefore = btExtendV(theory)(before, x)(vAfter)
                return self(
                  bt,
                  xs,
                  h,
                  b
                )(
                  vBefore,
                  d,
                  btExtend_find(theory)(before, x, h, b)(
                    vAfter,
                    subset_in(theory.hashes)(dom(bt), dom(before), h)(btExtend_dom_fold(theory)(bt, xs)(vBefore), d),
                    substitute(finds(h, btExtend(before, x), b), f, h_h, is, b_b)
                  )
                )
              }
            )
          })
    )
})

export const btExtend_find_fold_stronger = stronger(
  'btExtend_find_fold',
  'h ∈ dom t ∧ find(h, t⊕*l) = b ⇒ find(h, t) = b',
  'What a key of a tree holds after adding blocks, it held before.',
  'The premise V(t⊕*l) is not needed: nothing is found in an undefined tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { inDom, finds, btExtendAll } = theory.words
  return foundAfter(theory).state(<t, l, h, b>(bt: Tree<T, t>, l: Blks<T, l>, h: Hash<T, h>, b: Blk<T, b>) =>
    given(inDom(h, bt), finds(h, btExtendAll(bt, l), b))
      .infer(finds(h, bt, b))
      .by((d, f) =>
        btExtend_find_fold(theory)(bt, l, h, b)(first(finds_valid(theory)(h, btExtendAll(bt, l), b)(f)), d, f)
      )
  )
})

/** A tree, a list of blocks, and a block of either. */
export const ofEither = <T extends Types>(theory: Theory<T>) => {
  const { tree, blocks, block, blockOf } = theory.sorts
  return forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), blocks.sample, blockOf(t), fc.nat(8))),
    ([t, l, b, n]) => [t, l, l[n] ?? b]
  )
}

/** @coq Structures/Forests.v btExtend_in_either */
export const btExtend_in_either = lemma(
  'btExtend_in_either',
  'b ∈ t⊕c ⇒ b ∈ t ∨ b = c',
  'A block of an extended tree was there before or is the one added.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, blockOf } = theory.sorts
  const { btHasBlock, btExtend, eqBlock } = theory.words
  return forall('bt b c', tree, block, block)
    .drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), blockOf(t), block.sample, fc.nat(2))),
      ([t, b, c, n]) => [t, n === 0 ? c : b, c]
    )
    .state(<t, b, c>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>) =>
      given(btHasBlock(b, btExtend(bt, c))).infer(or(btHasBlock(b, bt), eqBlock(b, c)))
    )
})

/** @coq Structures/Forests.v btExtend_fold_in_either */
export const btExtend_fold_in_either = lemma(
  'btExtend_fold_in_either',
  'b ∈ t⊕*l ⇒ b ∈ t ∨ b ∈ l',
  'A block of an extended tree was there before or is one of those added.'
)(<T extends Types>(theory: Theory<T>) => {
  const { btHasBlock, btExtendAll, eqBlock, btExtend } = theory.words
  const { isIn } = theory.words.Blocks
  return ofEither(theory)
    .state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
      given(btHasBlock(b, btExtendAll(bt, l))).infer(or(btHasBlock(b, bt), isIn(b, l)))
    )
    .byInduction(
      'l',
      (self) =>
        <t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
          self(bt, l, b).by((has) =>
            onFold(theory)(
              bt,
              l,
              (same) => inLeft(heldAlong(theory)(same, has, b, bt), isIn(b, l)),
              (xs, x, is, isRcons) => {
                const before = btExtendAll(bt, xs)
                const b_b = refl(eqBlock(b, b))
                const members = in_rcons(theory.blocks)(b, xs, x)()
                return cases(
                  btExtend_in_either(theory)(before, b, x)(heldAlong(theory)(is, has, b, btExtend(before, x))),
                  (earlier) =>
                    cases(
                      self(bt, xs, b)(earlier),
                      (there) => inLeft(there, isIn(b, l)),
                      (listed) =>
                        inRight(
                          btHasBlock(b, bt),
                          substitute(isIn(b, l), apply(second(members), listed), b_b, symm(isRcons))
                        )
                    ),
                  (eq) => inRight(btHasBlock(b, bt), substitute(isIn(b, l), first(members), symm(eq), symm(isRcons)))
                )
              }
            )
          )
    )
})
