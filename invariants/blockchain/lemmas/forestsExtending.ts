/**
 * Extending a tree by one block and by a list of blocks. Counterpart of `Structures/Forests.v` from
 * `has_init_block_free` to `btExtendV_fold'`, in its order.
 *
 * Beyond the paper: the order in which blocks are added never matters, not even where hashes collide and whatever the
 * keys of the tree (`btExtend_comm_stronger` and what follows from it). Coq's authors remark that they could not do
 * without the premise `validH`.
 */
import * as fc from 'fast-check'
import type { Block, BlockTree, Types } from '../../../spec/blockchain/types.js'
import {
  apply,
  cases,
  first,
  given,
  iff,
  inLeft,
  inRight,
  not,
  or,
  refl,
  rewrite,
  second,
  substitute,
  symm,
  trans
} from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { equivalent, impossible } from '../../proof/logic.js'
import type { Library, ListFacts } from './library.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** The lemmas about extending trees. */
export const forestsExtending = <T extends Types>(
  { instance, sorts }: Setting<T>,
  V: Vocabulary<T>,
  B: ListFacts<Block<T>>,
  K: ListFacts<T['Hash']>,
  L: Library<T>
) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Hash<N> = Named<T['Hash'], N>
  const { G, eqTree, eqBlock, eqHash, hash, dom, inDom, finds, free, join, pts: entry, valid, validH } = V
  const { has_init_block, btExtend, btExtendAll, btHasBlock, no_collisions } = V
  const { cat, rcons, isIn } = V.Blocks
  const { subset } = V.Hashes
  const { tree, block, blocks, hash: hashes } = sorts
  const { hashB } = instance.params

  const t_b = forall('bt b', tree, block)
  const t_h = forall('bt h', tree, hashes)
  const t_a_b = forall('bt a b', tree, block, block)
  const t_l = forall('bt l', tree, blocks)
  const t_l_m = forall('bt l m', tree, blocks, blocks)

  /** A tree, a list of blocks, and a block that is often in the list. */
  const among = forall('bt l b', tree, blocks, block).drawnBy(
    fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(6)),
    ([t, l, b, n]) => [t, l, l[n] ?? b]
  )
  /** A tree and a block that is often in it. */
  const within = forall('bt b', tree, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), sorts.blockOf(t))),
    (t_b) => t_b
  )

  // ------------------------------------------------------------------------------------------------ maps of blocks

  /** @coq Structures/Forests.v has_init_block_free */
  const has_init_block_free = lemma(
    'has_init_block_free',
    'I(t) ∧ #G ≠ h ⇒ I(t ∖ h)',
    'Removing another hash than genesis’ keeps genesis.',
    t_h
  )(<t, h>(bt: Tree<t>, h: Hash<h>) =>
    given(has_init_block(bt), not(eqHash(hash(G), h))).infer(has_init_block(free(h, bt)))
  )

  /** @coq Structures/Forests.v validH_free */
  const validH_free = lemma(
    'validH_free',
    'H(t) ⇒ H(t ∖ #b)',
    'Removing a block keeps the others under their hashes.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(validH(bt)).infer(validH(free(hash(b), bt))))

  /** @coq Structures/Forests.v validH_PtUn */
  const validH_PtUn = lemma(
    'validH_PtUn',
    'V({#b→b} ⊎ t) ∧ H(t) ⇒ H({#b→b} ⊎ t)',
    'A block joined under its hash keeps the tree keyed by hashes.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(join(entry(hash(b), b), bt)), validH(bt)).infer(validH(join(entry(hash(b), b), bt)))
  )

  /** @coq Structures/Forests.v validH_undef */
  const validH_undef = lemma(
    'validH_undef',
    'H(⊥)',
    'The undefined tree counts as keyed by hashes: it has no blocks.',
    forall('')
  )(() => given().infer(validH(V.undef)))

  // ------------------------------------------------------------------------------------------------ V: definedness

  /** @coq Structures/Forests.v btExtendV */
  const btExtendV = lemma(
    'btExtendV',
    'V(t⊕b) ⇒ V(t)',
    'A tree that is defined after a block was added was defined before.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b))).infer(valid(bt)))

  const btExtend_comm_stronger = stronger(
    'btExtend_comm',
    't⊕a⊕b = t⊕b⊕a',
    'Two blocks can be added in either order.',
    t_a_b,
    'No premise is needed: if one side is defined Coq’s lemma applies, else both are undefined by btExtendV_comm.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given().infer(eqTree(btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)))
  )

  /** @coq Structures/Forests.v btExtendV_comm */
  const btExtendV_comm = lemma(
    'btExtendV_comm',
    'V(t⊕a⊕b) = V(t⊕b⊕a)',
    'Whether two blocks collide does not depend on their order.',
    t_a_b
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [ab, ba] = [btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)]
    return given()
      .infer(iff(valid(ab), valid(ba)))
      .by(() =>
        equivalent(
          valid(ab),
          valid(ba),
          (v) => rewrite(btExtend_comm_stronger(bt, a, b)())(valid(ba), v),
          (v) => rewrite(btExtend_comm_stronger(bt, b, a)())(valid(ab), v)
        )
      )
  })

  /** @coq Structures/Forests.v btExtendV_fold1 */
  const btExtendV_fold1 = lemma(
    'btExtendV_fold1',
    'V(t⊕*(l ++ [b])) ⇒ V(t⊕*l)',
    'A tree that is defined after a list of blocks was defined before the last one.',
    forall('bt l b', tree, blocks, block)
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, rcons(l, b))))
      .infer(valid(btExtendAll(bt, l)))
      .by((v) => {
        const before = btExtendAll(bt, l)
        return btExtendV(before, b)(rewrite(L.extend_rcons(bt, l, b)())(valid(btExtend(before, b)), v))
      })
  )

  /** @coq Structures/Forests.v btExtendV_fold */
  const btExtendV_fold = lemma(
    'btExtendV_fold',
    'V(t⊕*(l ++ m)) ⇒ V(t⊕*l)',
    'A tree that is defined after a list of blocks was defined after each beginning of the list.',
    t_l_m
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, l)))
      .by((v) => {
        const before = btExtendAll(bt, l)
        return btExtendV_fold_xs(before, m)(rewrite(L.extend_cat(bt, l, m)())(valid(btExtendAll(before, m)), v))
      })
  )

  /** @coq Structures/Forests.v btExtendV_fold_xs */
  const btExtendV_fold_xs = lemma(
    'btExtendV_fold_xs',
    'V(t⊕*l) ⇒ V(t)',
    'A tree that is defined after a list of blocks was defined before.',
    t_l
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) => given(valid(btExtendAll(bt, l))).infer(valid(bt)),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((v) =>
          L.onFold(
            bt,
            l,
            (same) => rewrite(same)(valid(bt), v),
            (xs, b, is) => {
              const before = btExtendAll(bt, xs)
              return self(bt, xs)(btExtendV(before, b)(rewrite(is)(valid(btExtend(before, b)), v)))
            }
          )
        )
  )

  const btExtend_dom_self = fact(
    'btExtend_dom_self',
    'V(t⊕b) ⇒ #b ∈ dom(t⊕b)',
    'A block that was added without a collision is there.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b))).infer(inDom(hash(b), btExtend(bt, b))))

  /** @coq Structures/Forests.v btExtendV_fold_dom */
  const btExtendV_fold_dom = lemma(
    'btExtendV_fold_dom',
    'V(t⊕*l) ∧ b ∈ l ⇒ #b ∈ dom(t⊕*l)',
    'All blocks of a list that was added without a collision are there.',
    among
  )(
    <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
      given(valid(btExtendAll(bt, l)), isIn(b, l)).infer(inDom(hash(b), btExtendAll(bt, l))),
    'l',
    (self) =>
      <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
        self(bt, l, b).by((v, b_in_l) => {
          const goal = inDom(hash(b), btExtendAll(bt, l))
          return L.onFold(
            bt,
            l,
            (_, isNil) =>
              impossible(substitute(isIn(b, V.Blocks.nil), b_in_l, refl(eqBlock(b, b)), isNil), B.in_nil(b)(), goal),
            (xs, x, is, isRcons) => {
              const before = btExtendAll(bt, xs)
              const after = btExtend(before, x)
              const vAfter = rewrite(is)(valid(after), v)
              const inAfter = cases(
                B.mem_rcons(b, xs, x)(substitute(isIn(b, rcons(xs, x)), b_in_l, refl(eqBlock(b, b)), isRcons)),
                (earlier) =>
                  K.subset_in(
                    dom(before),
                    dom(after),
                    hash(b)
                  )(btExtend_dom(before, x)(vAfter), self(bt, xs, b)(btExtendV(before, x)(vAfter), earlier)),
                (eq) =>
                  substitute(
                    inDom(hash(b), after),
                    btExtend_dom_self(before, x)(vAfter),
                    L.hashed(symm(eq), x, b),
                    refl(V.Hashes.equal(dom(after), dom(after)))
                  )
              )
              return substitute(
                goal,
                inAfter,
                refl(eqHash(hash(b), hash(b))),
                L.keysOf(symm(is), after, btExtendAll(bt, l))
              )
            }
          )
        })
  )

  const no_collision = fact(
    'no_collision',
    'V(t⊕a) ∧ b ∈ t ∧ #a = #b ⇒ a = b',
    'A block that can be added is the one that is there under its hash.',
    forall('bt a b', tree, block, block).drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), sorts.blockOf(t), block.sample, fc.nat(2))),
      ([t, b, any, n]) => [t, n === 0 ? any : b, b]
    )
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(bt, a)), btHasBlock(b, bt), eqHash(hash(a), hash(b))).infer(eqBlock(a, b))
  )

  /** @coq Structures/Forests.v btExtendV_fold_dup */
  const btExtendV_fold_dup = lemma(
    'btExtendV_fold_dup',
    'V(t⊕*(l ++ [a])) ∧ b ∈ l ∧ #a = #b ⇒ a = b',
    'In a list that was added without a collision, two blocks with one hash are the same.',
    forall('bt l a b', tree, blocks, block, block).drawnBy(
      fc.tuple(tree.sample, blocks.sample, block.sample, fc.nat(6), fc.nat(3)),
      ([t, l, b, i, n]) => {
        const among = l[i] ?? l[0] ?? b
        return [t, l, n === 0 ? b : (sorts.colliding(among)[n - 1] ?? among), among]
      }
    )
  )(<t, l, a, b>(bt: Tree<t>, l: Blks<l>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, rcons(l, a))), isIn(b, l), eqHash(hash(a), hash(b)))
      .infer(eqBlock(a, b))
      .by((v, b_in_l, eq) => {
        const before = btExtendAll(bt, l)
        const has = btExtend_fold_in(bt, l, b)(btExtendV_fold1(bt, l, a)(v), inRight(btHasBlock(b, bt), b_in_l))
        return no_collision(before, a, b)(rewrite(L.extend_rcons(bt, l, a)())(valid(btExtend(before, a)), v), has, eq)
      })
  )

  // ------------------------------------------------------------------------------------ H: keys are hashes; I: genesis

  const btExtendH_stronger = stronger(
    'btExtendH',
    'H(t) ⇒ H(t⊕b)',
    'Adding a block keeps a tree keyed by hashes.',
    t_b,
    'The premise V(t) is not needed: an undefined tree stays undefined, and counts as keyed by hashes.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(validH(bt)).infer(validH(btExtend(bt, b))))

  /** @coq Structures/Forests.v btExtendH */
  const btExtendH = lemma(
    'btExtendH',
    'V(t) ∧ H(t) ⇒ H(t⊕b)',
    'Adding a block keeps a defined tree keyed by hashes.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt), validH(bt))
      .infer(validH(btExtend(bt, b)))
      .by((_, h) => btExtendH_stronger(bt, b)(h))
  )

  const btExtendH_fold_stronger = stronger(
    'btExtendH_fold',
    'H(t) ⇒ H(t⊕*l)',
    'Adding blocks keeps a tree keyed by hashes.',
    t_l
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) => given(validH(bt)).infer(validH(btExtendAll(bt, l))),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((h) =>
          L.onFold(
            bt,
            l,
            (same) => rewrite(symm(same))(validH(btExtendAll(bt, l)), h),
            (xs, b, is) =>
              rewrite(symm(is))(validH(btExtendAll(bt, l)), btExtendH_stronger(btExtendAll(bt, xs), b)(self(bt, xs)(h)))
          )
        )
  )

  /** @coq Structures/Forests.v btExtendH_fold */
  const btExtendH_fold = lemma(
    'btExtendH_fold',
    'H(t) ∧ V(t⊕*l) ⇒ H(t⊕*l)',
    'Adding blocks without a collision keeps a tree keyed by hashes.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(validH(bt), valid(btExtendAll(bt, l)))
      .infer(validH(btExtendAll(bt, l)))
      .by((h) => btExtendH_fold_stronger(bt, l)(h))
  )

  const btExtendIB_stronger = stronger(
    'btExtendIB',
    'V(t⊕b) ∧ I(t) ⇒ I(t⊕b)',
    'Adding a block without a collision keeps genesis.',
    t_b,
    'The premise H(t) is not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), has_init_block(bt)).infer(has_init_block(btExtend(bt, b)))
  )

  /** @coq Structures/Forests.v btExtendIB */
  const btExtendIB = lemma(
    'btExtendIB',
    'H(t) ∧ V(t⊕b) ∧ I(t) ⇒ I(t⊕b)',
    'Adding a block without a collision keeps genesis in a tree keyed by hashes.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(validH(bt), valid(btExtend(bt, b)), has_init_block(bt))
      .infer(has_init_block(btExtend(bt, b)))
      .by((_, v, i) => btExtendIB_stronger(bt, b)(v, i))
  )

  const btExtendIB_fold_stronger = stronger(
    'btExtendIB_fold',
    'V(t⊕*l) ∧ I(t) ⇒ I(t⊕*l)',
    'Adding blocks without a collision keeps genesis.',
    t_l,
    'The premise H(t) is not needed.'
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) =>
      given(valid(btExtendAll(bt, l)), has_init_block(bt)).infer(has_init_block(btExtendAll(bt, l))),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((v, i) => {
          const goal = has_init_block(btExtendAll(bt, l))
          return L.onFold(
            bt,
            l,
            (same) => rewrite(symm(same))(goal, i),
            (xs, b, is) => {
              const before = btExtendAll(bt, xs)
              const vAfter = rewrite(is)(valid(btExtend(before, b)), v)
              return rewrite(symm(is))(
                goal,
                btExtendIB_stronger(before, b)(vAfter, self(bt, xs)(btExtendV(before, b)(vAfter), i))
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v btExtendIB_fold */
  const btExtendIB_fold = lemma(
    'btExtendIB_fold',
    'H(t) ∧ V(t⊕*l) ∧ I(t) ⇒ I(t⊕*l)',
    'Adding blocks without a collision keeps genesis in a tree keyed by hashes.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(validH(bt), valid(btExtendAll(bt, l)), has_init_block(bt))
      .infer(has_init_block(btExtendAll(bt, l)))
      .by((_, v, i) => btExtendIB_fold_stronger(bt, l)(v, i))
  )

  const in_ext_stronger = stronger(
    'in_ext',
    'V(t⊕b) ⇒ b ∈ t⊕b',
    'A block that was added without a collision is in the tree.',
    t_b,
    'The premise H(t) is not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b))).infer(btHasBlock(b, btExtend(bt, b))))

  /** @coq Structures/Forests.v in_ext */
  const in_ext = lemma(
    'in_ext',
    'V(t⊕b) ∧ H(t) ⇒ b ∈ t⊕b',
    'A block that was added without a collision to a tree keyed by hashes is in it.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), validH(bt))
      .infer(btHasBlock(b, btExtend(bt, b)))
      .by((v) => in_ext_stronger(bt, b)(v))
  )

  // ---------------------------------------------------------------------------------------------- what is in the tree

  /** @coq Structures/Forests.v btExtend_dom */
  const btExtend_dom = lemma(
    'btExtend_dom',
    'V(t⊕b) ⇒ dom t ⊆ dom(t⊕b)',
    'Adding a block without a collision keeps all keys.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b))).infer(subset(dom(bt), dom(btExtend(bt, b)))))

  /** @coq Structures/Forests.v btExtend_dom_fold */
  const btExtend_dom_fold = lemma(
    'btExtend_dom_fold',
    'V(t⊕*l) ⇒ dom t ⊆ dom(t⊕*l)',
    'Adding blocks without a collision keeps all keys.',
    t_l
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) => given(valid(btExtendAll(bt, l))).infer(subset(dom(bt), dom(btExtendAll(bt, l)))),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((v) => {
          const goal = subset(dom(bt), dom(btExtendAll(bt, l)))
          const here = refl(V.Hashes.equal(dom(bt), dom(bt)))
          return L.onFold(
            bt,
            l,
            (same) => substitute(goal, K.subset_refl(dom(bt))(), here, L.keysOf(symm(same), bt, btExtendAll(bt, l))),
            (xs, b, is) => {
              const before = btExtendAll(bt, xs)
              const after = btExtend(before, b)
              const vAfter = rewrite(is)(valid(after), v)
              return substitute(
                goal,
                K.subset_trans(
                  dom(bt),
                  dom(before),
                  dom(after)
                )(self(bt, xs)(btExtendV(before, b)(vAfter)), btExtend_dom(before, b)(vAfter)),
                here,
                L.keysOf(symm(is), after, btExtendAll(bt, l))
              )
            }
          )
        })
  )

  /** A tree, a block to add, one of its keys, and what the extended tree holds there. */
  const found = forall('bt z h b', tree, block, hashes, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), block.sample, sorts.blockOf(t), fc.nat(4))),
    ([t, z, b, n]) => [t, n === 0 ? b : z, hashB(b), b]
  )

  const btExtend_find_stronger = stronger(
    'btExtend_find',
    'h ∈ dom t ∧ find(h, t⊕z) = b ⇒ find(h, t) = b',
    'What a key of a tree holds after adding a block, it held before.',
    found,
    'The premise V(t⊕z) is not needed: nothing is found in an undefined tree.'
  )(<t, z, h, b>(bt: Tree<t>, z: Blk<z>, h: Hash<h>, b: Blk<b>) =>
    given(inDom(h, bt), finds(h, btExtend(bt, z), b)).infer(finds(h, bt, b))
  )

  /** @coq Structures/Forests.v btExtend_find */
  const btExtend_find = lemma(
    'btExtend_find',
    'V(t⊕z) ∧ h ∈ dom t ∧ find(h, t⊕z) = b ⇒ find(h, t) = b',
    'What a key of a tree holds after adding a block without a collision, it held before.',
    found
  )(<t, z, h, b>(bt: Tree<t>, z: Blk<z>, h: Hash<h>, b: Blk<b>) =>
    given(valid(btExtend(bt, z)), inDom(h, bt), finds(h, btExtend(bt, z), b))
      .infer(finds(h, bt, b))
      .by((_, d, f) => btExtend_find_stronger(bt, z, h, b)(d, f))
  )

  const foundAfter = forall('bt l h b', tree, blocks, hashes, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), blocks.sample, sorts.blockOf(t))),
    ([t, l, b]) => [t, l, hashB(b), b]
  )

  const btExtend_find_fold_stronger = stronger(
    'btExtend_find_fold',
    'h ∈ dom t ∧ find(h, t⊕*l) = b ⇒ find(h, t) = b',
    'What a key of a tree holds after adding blocks, it held before.',
    foundAfter,
    'The premise V(t⊕*l) is not needed: nothing is found in an undefined tree.'
  )(<t, l, h, b>(bt: Tree<t>, l: Blks<l>, h: Hash<h>, b: Blk<b>) =>
    given(inDom(h, bt), finds(h, btExtendAll(bt, l), b))
      .infer(finds(h, bt, b))
      .by((d, f) => btExtend_find_fold(bt, l, h, b)(first(L.finds_valid(h, btExtendAll(bt, l), b)(f)), d, f))
  )

  /** @coq Structures/Forests.v btExtend_find_fold */
  const btExtend_find_fold = lemma(
    'btExtend_find_fold',
    'V(t⊕*l) ∧ h ∈ dom t ∧ find(h, t⊕*l) = b ⇒ find(h, t) = b',
    'What a key of a tree holds after adding blocks without a collision, it held before.',
    foundAfter
  )(
    <t, l, h, b>(bt: Tree<t>, l: Blks<l>, h: Hash<h>, b: Blk<b>) =>
      given(valid(btExtendAll(bt, l)), inDom(h, bt), finds(h, btExtendAll(bt, l), b)).infer(finds(h, bt, b)),
    'l',
    (self) =>
      <t, l, h, b>(bt: Tree<t>, l: Blks<l>, h: Hash<h>, b: Blk<b>) =>
        self(bt, l, h, b).by((v, d, f) => {
          const [h_h, b_b] = [refl(eqHash(h, h)), refl(eqBlock(b, b))] as const
          return L.onFold(
            bt,
            l,
            (same) => substitute(finds(h, bt, b), f, h_h, same, b_b),
            (xs, x, is) => {
              const before = btExtendAll(bt, xs)
              const vAfter = rewrite(is)(valid(btExtend(before, x)), v)
              const vBefore = btExtendV(before, x)(vAfter)
              return self(
                bt,
                xs,
                h,
                b
              )(
                vBefore,
                d,
                btExtend_find(
                  before,
                  x,
                  h,
                  b
                )(
                  vAfter,
                  K.subset_in(dom(bt), dom(before), h)(btExtend_dom_fold(bt, xs)(vBefore), d),
                  substitute(finds(h, btExtend(before, x), b), f, h_h, is, b_b)
                )
              )
            }
          )
        })
  )

  /** A tree, a list of blocks, and a block of either. */
  const ofEither = forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), blocks.sample, sorts.blockOf(t), fc.nat(8))),
    ([t, l, b, n]) => [t, l, l[n] ?? b]
  )

  /** @coq Structures/Forests.v btExtend_fold_in_either */
  const btExtend_fold_in_either = lemma(
    'btExtend_fold_in_either',
    'b ∈ t⊕*l ⇒ b ∈ t ∨ b ∈ l',
    'A block of an extended tree was there before or is one of those added.',
    ofEither
  )(
    <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
      given(btHasBlock(b, btExtendAll(bt, l))).infer(or(btHasBlock(b, bt), isIn(b, l))),
    'l',
    (self) =>
      <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
        self(bt, l, b).by((has) =>
          L.onFold(
            bt,
            l,
            (same) => inLeft(L.heldBy(same, has, b, bt), isIn(b, l)),
            (xs, x, is, isRcons) => {
              const before = btExtendAll(bt, xs)
              const b_b = refl(eqBlock(b, b))
              const members = B.in_rcons(b, xs, x)()
              return cases(
                btExtend_in_either(before, b, x)(L.heldBy(is, has, b, btExtend(before, x))),
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

  /** @coq Structures/Forests.v btExtend_in_either */
  const btExtend_in_either = lemma(
    'btExtend_in_either',
    'b ∈ t⊕c ⇒ b ∈ t ∨ b = c',
    'A block of an extended tree was there before or is the one added.',
    forall('bt b c', tree, block, block).drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), sorts.blockOf(t), block.sample, fc.nat(2))),
      ([t, b, c, n]) => [t, n === 0 ? c : b, c]
    )
  )(<t, b, c>(bt: Tree<t>, b: Blk<b>, c: Blk<c>) =>
    given(btHasBlock(b, btExtend(bt, c))).infer(or(btHasBlock(b, bt), eqBlock(b, c)))
  )

  /** @coq Structures/Forests.v btExtend_fold_in */
  const btExtend_fold_in = lemma(
    'btExtend_fold_in',
    'V(t⊕*l) ∧ (b ∈ t ∨ b ∈ l) ⇒ b ∈ t⊕*l',
    'Adding blocks without a collision keeps the blocks of the tree and adds those of the list.',
    ofEither
  )(
    <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
      given(valid(btExtendAll(bt, l)), or(btHasBlock(b, bt), isIn(b, l))).infer(btHasBlock(b, btExtendAll(bt, l))),
    'l',
    (self) =>
      <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
        self(bt, l, b).by((v, either) => {
          const goal = btHasBlock(b, btExtendAll(bt, l))
          const b_b = refl(eqBlock(b, b))
          return L.onFold(
            bt,
            l,
            (same, isNil) =>
              cases(
                either,
                (there) => L.heldBy(symm(same), there, b, btExtendAll(bt, l)),
                (listed) => impossible(substitute(isIn(b, V.Blocks.nil), listed, b_b, isNil), B.in_nil(b)(), goal)
              ),
            (xs, x, is, isRcons) => {
              const before = btExtendAll(bt, xs)
              const after = btExtend(before, x)
              const vAfter = rewrite(is)(valid(after), v)
              const vBefore = btExtendV(before, x)(vAfter)
              return L.heldBy(
                symm(is),
                cases(
                  either,
                  (there) =>
                    btExtend_preserve(before, b, x)(vAfter, self(bt, xs, b)(vBefore, inLeft(there, isIn(b, xs)))),
                  (listed) =>
                    cases(
                      B.mem_rcons(b, xs, x)(substitute(isIn(b, rcons(xs, x)), listed, b_b, isRcons)),
                      (earlier) =>
                        btExtend_preserve(
                          before,
                          b,
                          x
                        )(vAfter, self(bt, xs, b)(vBefore, inRight(btHasBlock(b, bt), earlier))),
                      (eq) =>
                        substitute(
                          btHasBlock(b, after),
                          in_ext_stronger(before, x)(vAfter),
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

  const btExtend_idemp_stronger = stronger(
    'btExtend_idemp',
    't⊕b = t⊕b⊕b',
    'Adding a block twice is adding it once.',
    t_b,
    'The premise V(t⊕b) is not needed: an undefined tree stays undefined.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given().infer(eqTree(btExtend(bt, b), btExtend(btExtend(bt, b), b))))

  /** @coq Structures/Forests.v btExtend_idemp */
  const btExtend_idemp = lemma(
    'btExtend_idemp',
    'V(t⊕b) ⇒ t⊕b = t⊕b⊕b',
    'Adding a block twice without a collision is adding it once.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)))
      .infer(eqTree(btExtend(bt, b), btExtend(btExtend(bt, b), b)))
      .by(() => btExtend_idemp_stronger(bt, b)())
  )

  /** @coq Structures/Forests.v btExtend_preserve */
  const btExtend_preserve = lemma(
    'btExtend_preserve',
    'V(t⊕b) ∧ a ∈ t ⇒ a ∈ t⊕b',
    'Adding a block without a collision keeps all blocks.',
    forall('bt a b', tree, block, block).drawnBy(
      tree.sample.chain((t) => fc.tuple(fc.constant(t), sorts.blockOf(t), block.sample)),
      (t_a_b) => t_a_b
    )
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), btHasBlock(a, bt)).infer(btHasBlock(a, btExtend(bt, b)))
  )

  /** @coq Structures/Forests.v btExtend_withDup_noEffect */
  const btExtend_withDup_noEffect = lemma(
    'btExtend_withDup_noEffect',
    'b ∈ t ⇒ t = t⊕b',
    'Adding a block that is there changes nothing.',
    within
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(btHasBlock(b, bt)).infer(eqTree(bt, btExtend(bt, b))))

  /** @coq Structures/Forests.v btExtend_comm */
  const btExtend_comm = lemma(
    'btExtend_comm',
    'V(t⊕a⊕b) ⇒ t⊕a⊕b = t⊕b⊕a',
    'Two blocks that do not collide can be added in either order.',
    t_a_b,
    'The premise is superfluous.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(btExtend(bt, a), b)))
      .infer(eqTree(btExtend(btExtend(bt, a), b), btExtend(btExtend(bt, b), a)))
      .by(() => btExtend_comm_stronger(bt, a, b)())
  )

  const btExtend_fold1_comm_stronger = stronger(
    'btExtend_fold1_comm',
    '(t⊕*l)⊕b = (t⊕b)⊕*l',
    'A block can be added after a list of blocks or before it.',
    forall('bt l b', tree, blocks, block),
    'No premise is needed.'
  )(
    <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
      given().infer(eqTree(btExtend(btExtendAll(bt, l), b), btExtendAll(btExtend(bt, b), l))),
    'l',
    (self) =>
      <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
        self(bt, l, b).by(() => {
          const [late] = [btExtendAll(bt, l), btExtendAll(btExtend(bt, b), l)]
          return L.onFold(
            bt,
            l,
            (same, isNil) =>
              trans(
                L.extended(same, late, bt, b),
                symm(trans(L.extendedBy(isNil, l, V.Blocks.nil, btExtend(bt, b)), L.extend_nil(btExtend(bt, b))()))
              ),
            (xs, x, is, isRcons) => {
              const before = btExtendAll(bt, xs)
              return trans(
                trans(L.extended(is, late, btExtend(before, x), b), btExtend_comm_stronger(before, x, b)()),
                trans(
                  L.extended(self(bt, xs, b)(), btExtend(before, b), btExtendAll(btExtend(bt, b), xs), x),
                  symm(
                    trans(
                      L.extendedBy(isRcons, l, rcons(xs, x), btExtend(bt, b)),
                      L.extend_rcons(btExtend(bt, b), xs, x)()
                    )
                  )
                )
              )
            }
          )
        })
  )

  const btExtend_fold_comm_stronger = stronger(
    'btExtend_fold_comm',
    't⊕*l⊕*m = t⊕*m⊕*l',
    'Two lists of blocks can be added in either order.',
    t_l_m,
    'No premise is needed. Coq’s authors remark that they could not remove H(t).'
  )(
    <t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
      given().infer(eqTree(btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l))),
    'm',
    (self) =>
      <t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
        self(bt, l, m).by(() => {
          const [withL, withM] = [btExtendAll(bt, l), btExtendAll(bt, m)]
          return L.onFold(
            withL,
            m,
            (same, isNil) =>
              trans(
                same,
                symm(L.extendedAll(trans(L.extendedBy(isNil, m, V.Blocks.nil, bt), L.extend_nil(bt)()), withM, bt, l))
              ),
            (xs, x, is, isRcons) => {
              const earlier = btExtendAll(bt, xs)
              return trans(
                trans(is, L.extended(self(bt, l, xs)(), btExtendAll(withL, xs), btExtendAll(earlier, l), x)),
                trans(
                  btExtend_fold1_comm_stronger(earlier, l, x)(),
                  symm(
                    L.extendedAll(
                      trans(L.extendedBy(isRcons, m, rcons(xs, x), bt), L.extend_rcons(bt, xs, x)()),
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

  // -------------------------------------------------------------------------------------------------------- collisions

  /** @coq Structures/Forests.v btExtendV_valid_no_collisions */
  const btExtendV_valid_no_collisions = lemma(
    'btExtendV_valid_no_collisions',
    'V(t⊕*l) ⇒ no_collisions(t, l)',
    'A tree that is defined after adding blocks had no collisions with them.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) => given(valid(btExtendAll(bt, l))).infer(no_collisions(bt, l)))

  /** @coq Structures/Forests.v btExtendV_no_collisions_valid */
  const btExtendV_no_collisions_valid = lemma(
    'btExtendV_no_collisions_valid',
    'H(t) ∧ no_collisions(t, l) ⇒ V(t⊕*l)',
    'Without collisions a tree keyed by hashes stays defined.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) => given(validH(bt), no_collisions(bt, l)).infer(valid(btExtendAll(bt, l))))

  const btExtendV_fold_comm_prime_stronger = stronger(
    "btExtendV_fold_comm'",
    'V(t⊕*l⊕*m) ⇒ V(t⊕*m⊕*l)',
    'Whether two lists of blocks collide does not depend on their order.',
    t_l_m,
    'The premise H(t) is not needed.'
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(valid(btExtendAll(btExtendAll(bt, l), m)))
      .infer(valid(btExtendAll(btExtendAll(bt, m), l)))
      .by((v) => rewrite(btExtend_fold_comm_stronger(bt, l, m)())(valid(btExtendAll(btExtendAll(bt, m), l)), v))
  )

  /** @coq Structures/Forests.v btExtendV_fold_comm' */
  const btExtendV_fold_comm_prime = lemma(
    "btExtendV_fold_comm'",
    'H(t) ∧ V(t⊕*l⊕*m) ⇒ V(t⊕*m⊕*l)',
    'Whether two lists of blocks collide does not depend on their order, in a tree keyed by hashes.',
    t_l_m
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(validH(bt), valid(btExtendAll(btExtendAll(bt, l), m)))
      .infer(valid(btExtendAll(btExtendAll(bt, m), l)))
      .by((_, v) => btExtendV_fold_comm_prime_stronger(bt, l, m)(v))
  )

  /** @coq Structures/Forests.v btExtendV_fold_comm */
  const btExtendV_fold_comm = lemma(
    'btExtendV_fold_comm',
    'H(t) ⇒ V(t⊕*l⊕*m) = V(t⊕*m⊕*l)',
    'Whether two lists of blocks collide does not depend on their order, in a tree keyed by hashes.',
    t_l_m,
    'The premise is superfluous.'
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) => {
    const [lm, ml] = [btExtendAll(btExtendAll(bt, l), m), btExtendAll(btExtendAll(bt, m), l)]
    return given(validH(bt))
      .infer(iff(valid(lm), valid(ml)))
      .by(() =>
        equivalent(
          valid(lm),
          valid(ml),
          (v) => btExtendV_fold_comm_prime_stronger(bt, l, m)(v),
          (v) => btExtendV_fold_comm_prime_stronger(bt, m, l)(v)
        )
      )
  })

  const btExtendV_fold_prime_stronger = stronger(
    "btExtendV_fold'",
    'V(t⊕*(l ++ m)) ⇒ V(t⊕*m)',
    'A tree that is defined after a list of blocks is defined after each end of the list alone.',
    t_l_m,
    'The premise H(t) is not needed.'
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, m)))
      .by((v) =>
        btExtendV_fold_xs(
          btExtendAll(bt, m),
          l
        )(
          btExtendV_fold_comm_prime_stronger(
            bt,
            l,
            m
          )(rewrite(L.extend_cat(bt, l, m)())(valid(btExtendAll(btExtendAll(bt, l), m)), v))
        )
      )
  )

  /** @coq Structures/Forests.v btExtendV_fold' */
  const btExtendV_fold_prime = lemma(
    "btExtendV_fold'",
    'H(t) ∧ V(t⊕*(l ++ m)) ⇒ V(t⊕*m)',
    'A tree keyed by hashes that is defined after a list of blocks is defined after each end of the list alone.',
    t_l_m
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given(validH(bt), valid(btExtendAll(bt, cat(l, m))))
      .infer(valid(btExtendAll(bt, m)))
      .by((_, v) => btExtendV_fold_prime_stronger(bt, l, m)(v))
  )

  return {
    has_init_block_free,
    validH_free,
    validH_PtUn,
    validH_undef,
    btExtendV,
    btExtend_comm_stronger,
    btExtendV_comm,
    btExtendV_fold1,
    btExtendV_fold,
    btExtendV_fold_xs,
    btExtend_dom_self,
    btExtendV_fold_dom,
    no_collision,
    btExtendV_fold_dup,
    btExtendH_stronger,
    btExtendH,
    btExtendH_fold_stronger,
    btExtendH_fold,
    btExtendIB_stronger,
    btExtendIB,
    btExtendIB_fold_stronger,
    btExtendIB_fold,
    in_ext_stronger,
    in_ext,
    btExtend_dom,
    btExtend_dom_fold,
    btExtend_find_stronger,
    btExtend_find,
    btExtend_find_fold_stronger,
    btExtend_find_fold,
    btExtend_fold_in_either,
    btExtend_in_either,
    btExtend_fold_in,
    btExtend_idemp_stronger,
    btExtend_idemp,
    btExtend_preserve,
    btExtend_withDup_noEffect,
    btExtend_comm,
    btExtend_fold1_comm_stronger,
    btExtend_fold_comm_stronger,
    btExtendV_valid_no_collisions,
    btExtendV_no_collisions_valid,
    btExtendV_fold_comm_prime_stronger,
    btExtendV_fold_comm_prime,
    btExtendV_fold_comm,
    btExtendV_fold_prime_stronger,
    btExtendV_fold_prime
  }
}

/** What `forestsExtending` returns. */
export type ForestsExtending<T extends Types> = ReturnType<typeof forestsExtending<T>>
