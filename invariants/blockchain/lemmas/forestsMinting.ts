/**
 * Good chains keep growing, and what a minted block does to the best chain. Counterpart of `Structures/Forests.v` from
 * `foldl1` to `good_chain_rcons`, in its order.
 */
import * as fc from 'fast-check'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import {
  and,
  both,
  congruence,
  first,
  given,
  iff,
  not,
  or,
  refl,
  rewrite,
  substitute,
  symm,
  trans
} from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { back, forth } from '../../proof/logic.js'
import type { ForestsBest } from './forestsBest.js'
import type { ForestsChains } from './forestsChains.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { ForestsForkChoice } from './forestsForkChoice.js'
import type { Library, ListFacts } from './library.js'
import type { Laws } from './parameters.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** The lemmas about good chains and minted blocks. */
export const forestsMinting = <T extends Types>(
  { sorts, forest }: Setting<T>,
  V: Vocabulary<T>,
  B: ListFacts<Block<T>>,
  Cs: ListFacts<Blockchain<T>>,
  L: Library<T>,
  P: Laws<T>,
  O: ForestsForkChoice<T>,
  E: ForestsExtending<T>,
  C: ForestsChains<T>,
  M: ForestsBest<T>
) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Chain<N> = Named<Blockchain<T>, N>
  type Chns<N> = Named<ReadonlyArray<Blockchain<T>>, N>
  type Hash<N> = Named<T['Hash'], N>
  const { G, onlyG, eqTree, eqBlock, eqChain, eqHash, hash, dom, inDom, free, finds, valid, validH, has_init_block } = V
  const { btExtend, btExtendAll, btHasBlock, all_blocks, get_block, compute_chain, all_chains, good_chains } = V
  const { btChain, good_chain, valid_chain, valid_chain_from, valid_chain_block, hash_chain, VAF, txsValid } = V
  const { FCR, geq, foldr_bc_fun, foldr_better, take_better_alt, prevBlockHash, lastBlock } = V
  const { nil, cons, rcons, isIn } = V.Blocks
  const chainIn = V.Chains.isIn
  const { tree, block, blocks, chain, chains, hash: key } = sorts

  const t = forall('bt', tree)
  const t_b = forall('bt b', tree, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt))),
    (t_b) => t_b
  )
  const t_a_b = forall('bt a b', tree, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), block.sample, sorts.blockOf(bt))),
    (t_a_b) => t_a_b
  )
  const t_l = forall('bt l', tree, blocks)
  const t_l_b = forall('bt l b', tree, blocks, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blocks.sample, sorts.blockOf(bt))),
    (t_l_b) => t_l_b
  )

  // ---------------------------------------------------------------------------------------------------- good chains

  /** @coq Structures/Forests.v foldl1 */
  const foldl1 = lemma(
    'foldl1',
    'foldl f z [v] = f z v',
    'Folding over one element applies the function once.',
    forall('bt b', tree, block),
    'Trivial: true of any f by computing. Here f is ⊕.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given()
      .infer(eqTree(btExtendAll(bt, cons(b, nil)), btExtend(bt, b)))
      .by(() => trans(L.extend_cons(bt, b, nil)(), L.extend_nil(btExtend(bt, b))()))
  )

  const foldr_better_nil = fact(
    'foldr_nil',
    'foldr f z [] = z',
    'Folding over nothing.',
    forall('c', chain)
  )(<c>(c: Chain<c>) => given().infer(eqChain(foldr_better(c, V.Chains.nil), c)))
  const foldr_better_cons = fact(
    'foldr_cons',
    'foldr f z (x :: xs) = f x (foldr f z xs)',
    'Folding applies the first element last.',
    forall('c x xs', chain, chain, chains)
  )(<c, x, xs>(c: Chain<c>, x: Chain<x>, xs: Chns<xs>) =>
    given().infer(eqChain(foldr_better(c, V.Chains.cons(x, xs)), take_better_alt(x, foldr_better(c, xs))))
  )

  /** @coq Structures/Forests.v foldr1 */
  const foldr1 = lemma(
    'foldr1',
    'foldr f z [v] = f v z',
    'Folding over one element applies the function once.',
    forall('c x', chain, chain),
    'Trivial: true of any f by computing. Here f is take_better_alt.'
  )(<c, x>(c: Chain<c>, x: Chain<x>) =>
    given()
      .infer(eqChain(foldr_better(c, V.Chains.cons(x, V.Chains.nil)), take_better_alt(x, c)))
      .by(() =>
        trans(
          foldr_better_cons(c, x, V.Chains.nil)(),
          congruence(
            eqChain(take_better_alt(x, foldr_better(c, V.Chains.nil)), take_better_alt(x, c)),
            refl(eqChain(x, x)),
            foldr_better_nil(c)()
          )
        )
      )
  )

  const good_chain_btExtend_stronger = stronger(
    'good_chain_btExtend',
    'V(t⊕a) ∧ good(chain(t, b)) ⇒ good(chain(t⊕a, b))',
    'Adding a block without a collision keeps chains good.',
    t_a_b,
    'The premises H(t) and I(t) are not needed.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(bt, a)), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtend(bt, a), b)))
      .by((v, good) =>
        rewrite(symm(C.btExtend_compute_chain_stronger(bt, a, b)(v, good)))(
          good_chain(compute_chain(btExtend(bt, a), b)),
          good
        )
      )
  )

  /** @coq Structures/Forests.v good_chain_btExtend */
  const good_chain_btExtend = lemma(
    'good_chain_btExtend',
    'V(t⊕a) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕a, b))',
    'Adding a block without a collision keeps chains good.',
    t_a_b
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(bt, a)), validH(bt), has_init_block(bt), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtend(bt, a), b)))
      .by((v, _h, _i, good) => good_chain_btExtend_stronger(bt, a, b)(v, good))
  )

  const good_chain_btExtend_fold_stronger = stronger(
    'good_chain_btExtend_fold',
    'V(t⊕*l) ∧ good(chain(t, b)) ⇒ good(chain(t⊕*l, b))',
    'Adding blocks without a collision keeps chains good.',
    t_l_b,
    'The premises H(t) and I(t) are not needed.'
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtendAll(bt, l), b)))
      .by((v, good) =>
        rewrite(symm(btExtend_compute_chain_fold_stronger(bt, l, b)(v, good)))(
          good_chain(compute_chain(btExtendAll(bt, l), b)),
          good
        )
      )
  )

  /** @coq Structures/Forests.v good_chain_btExtend_fold */
  const good_chain_btExtend_fold = lemma(
    'good_chain_btExtend_fold',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ good(chain(t⊕*l, b))',
    'Adding blocks without a collision keeps chains good.',
    t_l_b
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt), good_chain(compute_chain(bt, b)))
      .infer(good_chain(compute_chain(btExtendAll(bt, l), b)))
      .by((v, _h, _i, good) => good_chain_btExtend_fold_stronger(bt, l, b)(v, good))
  )

  const btExtend_compute_chain_fold_stronger = stronger(
    'btExtend_compute_chain_fold',
    'V(t⊕*l) ∧ good(chain(t, b)) ⇒ chain(t⊕*l, b) = chain(t, b)',
    'Adding blocks without a collision keeps good chains as they are.',
    t_l_b,
    'The premises H(t) and I(t) are not needed.'
  )(
    <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
      given(valid(btExtendAll(bt, l)), good_chain(compute_chain(bt, b))).infer(
        eqChain(compute_chain(btExtendAll(bt, l), b), compute_chain(bt, b))
      ),
    'l',
    (self) =>
      <t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
        self(bt, l, b).by((v, good) => {
          const extended = btExtendAll(bt, l)
          return L.onFold(
            bt,
            l,
            (same) => L.chained(same, extended, bt, b),
            (xs, x, is) => {
              const earlier = btExtendAll(bt, xs)
              const later = btExtend(earlier, x)
              const vLater = rewrite(is)(valid(later), v)
              const kept = self(bt, xs, b)(E.btExtendV(earlier, x)(vLater), good)
              return trans(
                trans(
                  L.chained(is, extended, later, b),
                  C.btExtend_compute_chain_stronger(
                    earlier,
                    x,
                    b
                  )(vLater, rewrite(symm(kept))(good_chain(compute_chain(earlier, b)), good))
                ),
                kept
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v btExtend_compute_chain_fold */
  const btExtend_compute_chain_fold = lemma(
    'btExtend_compute_chain_fold',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕*l, b) = chain(t, b)',
    'Adding blocks without a collision keeps good chains as they are.',
    t_l_b
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt), good_chain(compute_chain(bt, b)))
      .infer(eqChain(compute_chain(btExtendAll(bt, l), b), compute_chain(bt, b)))
      .by((v, _h, _i, good) => btExtend_compute_chain_fold_stronger(bt, l, b)(v, good))
  )

  // -------------------------------------------------------------------------------------------------- the best chain

  /** A tree and one of its good chains, most of the time. */
  const t_c = forall('bt c', tree, chain).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt), chain.sample, fc.nat(4))),
    ([bt, b, c, n]) => [bt, n === 0 ? c : (forest.good_chains(bt)[n - 1] ?? forest.compute_chain(bt, b))]
  )

  /** @coq Structures/Forests.v btChain_is_largest */
  const btChain_is_largest = lemma(
    'btChain_is_largest',
    'c ∈ good_chains(t) ⇒ best(t) ⊒ c',
    'The best chain is at least as good as every good and valid chain of the tree.',
    t_c
  )(<t, c>(bt: Tree<t>, c: Chain<c>) => given(chainIn(c, good_chains(bt))).infer(geq(btChain(bt), c)))

  const btChain_def = fact(
    'btChain',
    'best(t) = foldr step [G] (dom t)',
    'The definition of the best chain, by keys.',
    t
  )(<t>(bt: Tree<t>) => given().infer(eqChain(btChain(bt), foldr_bc_fun(bt, onlyG, dom(bt)))))

  /** @coq Structures/Forests.v btChain_good */
  const btChain_good = lemma(
    'btChain_good',
    'best(t) is good',
    'The best chain begins with genesis.',
    t
  )(<t>(bt: Tree<t>) =>
    given()
      .infer(good_chain(btChain(bt)))
      .by(() => rewrite(symm(btChain_def(bt)()))(good_chain(btChain(bt)), M.good_foldr_init(bt, dom(bt))()))
  )

  /** @coq Structures/Forests.v btChain_tx_valid */
  const btChain_tx_valid = lemma(
    'btChain_tx_valid',
    'best(t) is valid',
    'The best chain is valid.',
    t
  )(<t>(bt: Tree<t>) =>
    given()
      .infer(valid_chain(btChain(bt)))
      .by(() => rewrite(symm(btChain_def(bt)()))(valid_chain(btChain(bt)), M.tx_valid_foldr_init(bt, dom(bt))()))
  )

  const mem_good_chains = fact(
    'mem_filter',
    'c ∈ good_chains(t) ⇔ c ∈ all_chains(t) ∧ c good ∧ c valid',
    'The definition of the good chains of a tree.',
    t_c
  )(<t, c>(bt: Tree<t>, c: Chain<c>) =>
    given().infer(iff(chainIn(c, good_chains(bt)), and(chainIn(c, all_chains(bt)), and(good_chain(c), valid_chain(c)))))
  )

  /** @coq Structures/Forests.v btChain_in_good_chains */
  const btChain_in_good_chains = lemma(
    'btChain_in_good_chains',
    'I(t) ⇒ best(t) ∈ good_chains(t)',
    'The best chain of a tree that holds genesis is one of its good chains.',
    t
  )(<t>(bt: Tree<t>) =>
    given(has_init_block(bt))
      .infer(chainIn(btChain(bt), good_chains(bt)))
      .by((i) =>
        back(
          mem_good_chains(bt, btChain(bt))(),
          both(M.btChain_in_bt(bt)(i), both(btChain_good(bt)(), btChain_tx_valid(bt)()))
        )
      )
  )

  // ------------------------------------------------------------------------------------- the chain of a block, unfolded

  /** A tree, one of its blocks, and its predecessor there. */
  const withParent = forall('bt c p', tree, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.childOf(bt), block.sample)),
    ([bt, c, p]) => [bt, c, sorts.parent(bt, c) ?? p]
  )

  const compute_chain_rcons_stronger = stronger(
    'compute_chain_rcons',
    'c ∈ t ∧ c ≠ G ∧ find(prev c, t) = p ⇒ chain(t, c) = chain(t ∖ #c, p) ++ [c]',
    'The chain of a block is that of its predecessor in the rest of the tree, and the block.',
    withParent,
    'The premises V(t) and H(t) are not needed.'
  )(<t, c, p>(bt: Tree<t>, c: Blk<c>, p: Blk<p>) =>
    given(btHasBlock(c, bt), not(eqBlock(c, G)), finds(prevBlockHash(c), bt, p)).infer(
      eqChain(compute_chain(bt, c), rcons(compute_chain(free(hash(c), bt), p), c))
    )
  )

  /** @coq Structures/Forests.v compute_chain_rcons */
  const compute_chain_rcons = lemma(
    'compute_chain_rcons',
    'V(t) ∧ H(t) ∧ c ∈ t ∧ c ≠ G ∧ find(prev c, t) = p ⇒ chain(t, c) = chain(t ∖ #c, p) ++ [c]',
    'The chain of a block is that of its predecessor in the rest of the tree, and the block.',
    withParent
  )(<t, c, p>(bt: Tree<t>, c: Blk<c>, p: Blk<p>) =>
    given(valid(bt), validH(bt), btHasBlock(c, bt), not(eqBlock(c, G)), finds(prevBlockHash(c), bt, p))
      .infer(eqChain(compute_chain(bt, c), rcons(compute_chain(free(hash(c), bt), p), c)))
      .by((_v, _h, has, notG, found) => compute_chain_rcons_stronger(bt, c, p)(has, notG, found))
  )

  /** @coq Structures/Forests.v compute_chain_genesis */
  const compute_chain_genesis = lemma(
    'compute_chain_genesis',
    'V(t) ∧ H(t) ∧ I(t) ⇒ chain(t, G) = [G]',
    'The chain of genesis is genesis alone.',
    t,
    'The same as init_chain, with two superfluous premises.'
  )(<t>(bt: Tree<t>) =>
    given(valid(bt), validH(bt), has_init_block(bt))
      .infer(eqChain(compute_chain(bt, G), onlyG))
      .by((_v, _h, i) => C.init_chain(bt)(i))
  )

  const t_b_c = forall('bt b c', tree, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt), sorts.blockOf(bt))),
    (t_b_c) => t_b_c
  )

  const compute_chain_noblock_stronger = stronger(
    'compute_chain_noblock',
    'b ∈ t ∧ b ∉ chain(t, c) ⇒ chain(t, c) = chain(t ∖ #b, c)',
    'Removing a block that is not in a chain keeps the chain.',
    t_b_c,
    'The premises V(t) and H(t) are not needed.'
  )(<t, b, c>(bt: Tree<t>, b: Blk<b>, c: Blk<c>) =>
    given(btHasBlock(b, bt), not(isIn(b, compute_chain(bt, c)))).infer(
      eqChain(compute_chain(bt, c), compute_chain(free(hash(b), bt), c))
    )
  )

  /** @coq Structures/Forests.v compute_chain_noblock */
  const compute_chain_noblock = lemma(
    'compute_chain_noblock',
    'V(t) ∧ H(t) ∧ b ∈ t ∧ b ∉ chain(t, c) ⇒ chain(t, c) = chain(t ∖ #b, c)',
    'Removing a block that is not in a chain keeps the chain.',
    t_b_c
  )(<t, b, c>(bt: Tree<t>, b: Blk<b>, c: Blk<c>) =>
    given(valid(bt), validH(bt), btHasBlock(b, bt), not(isIn(b, compute_chain(bt, c))))
      .infer(eqChain(compute_chain(bt, c), compute_chain(free(hash(b), bt), c)))
      .by((_v, _h, has, notIn) => compute_chain_noblock_stronger(bt, b, c)(has, notIn))
  )

  const has_finds = fact(
    'btHasBlock',
    'b ∈ t ⇒ find(#b, t) = b',
    'What it means that a block is in a tree.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(btHasBlock(b, bt)).infer(finds(hash(b), bt, b)))

  const compute_chain_prev_stronger = stronger(
    'compute_chain_prev',
    'b ∈ t ∧ p ∈ t ∧ b ≠ G ∧ prev b = #p ∧ b ∉ chain(t, p) ⇒ chain(t, b) = chain(t, p) ++ [b]',
    'The chain of a block is that of its predecessor, and the block, unless that closes a cycle.',
    withParent,
    'The premises V(t) and H(t) are not needed.'
  )(<t, c, p>(bt: Tree<t>, b: Blk<c>, p: Blk<p>) =>
    given(
      btHasBlock(b, bt),
      btHasBlock(p, bt),
      not(eqBlock(b, G)),
      eqHash(prevBlockHash(b), hash(p)),
      not(isIn(b, compute_chain(bt, p)))
    )
      .infer(eqChain(compute_chain(bt, b), rcons(compute_chain(bt, p), b)))
      .by((has, hasP, notG, linked, notIn) => {
        const rest = free(hash(b), bt)
        const found = substitute(
          finds(prevBlockHash(b), bt, p),
          has_finds(bt, p)(hasP),
          symm(linked),
          refl(eqTree(bt, bt)),
          refl(eqBlock(p, p))
        )
        return trans(
          compute_chain_rcons_stronger(bt, b, p)(has, notG, found),
          congruence(
            eqChain(rcons(compute_chain(rest, p), b), rcons(compute_chain(bt, p), b)),
            symm(compute_chain_noblock_stronger(bt, b, p)(has, notIn)),
            refl(eqBlock(b, b))
          )
        )
      })
  )

  /** @coq Structures/Forests.v compute_chain_prev */
  const compute_chain_prev = lemma(
    'compute_chain_prev',
    'V(t) ∧ H(t) ∧ b ∈ t ∧ p ∈ t ∧ b ≠ G ∧ prev b = #p ∧ b ∉ chain(t, p) ⇒ chain(t, b) = chain(t, p) ++ [b]',
    'The chain of a block is that of its predecessor, and the block, unless that closes a cycle.',
    withParent
  )(<t, c, p>(bt: Tree<t>, b: Blk<c>, p: Blk<p>) =>
    given(
      valid(bt),
      validH(bt),
      btHasBlock(b, bt),
      btHasBlock(p, bt),
      not(eqBlock(b, G)),
      eqHash(prevBlockHash(b), hash(p)),
      not(isIn(b, compute_chain(bt, p)))
    )
      .infer(eqChain(compute_chain(bt, b), rcons(compute_chain(bt, p), b)))
      .by((_v, _h, has, hasP, notG, linked, notIn) =>
        compute_chain_prev_stronger(bt, b, p)(has, hasP, notG, linked, notIn)
      )
  )

  /** @coq Structures/Forests.v compute_chain_last */
  const compute_chain_last = lemma(
    'compute_chain_last',
    'chain(t, b) = [] ∨ #last(chain(t, b)) = #b',
    'The chain of a block ends with a block of its hash.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given().infer(or(eqChain(compute_chain(bt, b), nil), eqHash(hash(lastBlock(compute_chain(bt, b))), hash(b))))
  )

  const compute_chain_hash_chain_stronger = stronger(
    'compute_chain_hash_chain',
    'H(t) ⇒ hash_chain(chain(t, b))',
    'Each block of a chain links to the one before it.',
    t_b,
    'The premise V(t) is not needed. H(t) is: a block that is stored under its hash and under another one is taken for the predecessor of a block that names the other.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(validH(bt)).infer(hash_chain(compute_chain(bt, b))))

  /** @coq Structures/Forests.v compute_chain_hash_chain */
  const compute_chain_hash_chain = lemma(
    'compute_chain_hash_chain',
    'V(t) ∧ H(t) ⇒ hash_chain(chain(t, b))',
    'Each block of a chain links to the one before it.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt), validH(bt))
      .infer(hash_chain(compute_chain(bt, b)))
      .by((_, h) => compute_chain_hash_chain_stronger(bt, b)(h))
  )

  /** A tree, the chain of a block in it, that block, and one of the chain. */
  const onChain = forall('bt c l b', tree, chain, block, block).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), sorts.blockOf(bt), block.sample, fc.nat(4))),
    ([bt, l, b, n]) => {
      const c = forest.compute_chain(bt, l)
      return [bt, c, l, c[n] ?? c[c.length - 1] ?? b]
    }
  )

  const good_chain_nocycle_stronger = stronger(
    'good_chain_nocycle',
    'c = chain(t, l) ∧ c good ∧ b ∈ c ⇒ b = G ∨ prev b ≠ #l',
    'No block of a good chain but genesis follows its last one.',
    onChain,
    'The premises V(t), H(t), I(t) are not needed.'
  )(<t, c, l, b>(bt: Tree<t>, c: Chain<c>, l: Blk<l>, b: Blk<b>) =>
    given(eqChain(c, compute_chain(bt, l)), good_chain(c), isIn(b, c)).infer(
      or(eqBlock(b, G), not(eqHash(prevBlockHash(b), hash(l))))
    )
  )

  /** @coq Structures/Forests.v good_chain_nocycle */
  const good_chain_nocycle = lemma(
    'good_chain_nocycle',
    'V(t) ∧ H(t) ∧ I(t) ∧ c = chain(t, l) ∧ c good ∧ b ∈ c ⇒ b = G ∨ prev b ≠ #l',
    'No block of a good chain but genesis follows its last one.',
    onChain
  )(<t, c, l, b>(bt: Tree<t>, c: Chain<c>, l: Blk<l>, b: Blk<b>) =>
    given(valid(bt), validH(bt), has_init_block(bt), eqChain(c, compute_chain(bt, l)), good_chain(c), isIn(b, c))
      .infer(or(eqBlock(b, G), not(eqHash(prevBlockHash(b), hash(l)))))
      .by((_v, _h, _i, is, good, p) => good_chain_nocycle_stronger(bt, c, l, b)(is, good, p))
  )

  // ------------------------------------------------------------------------------------------------------ minted blocks

  /** A tree, a block, and the chain that it continues there. */
  const continued = forall('bt c b', tree, chain, block).drawnBy(
    fc.tuple(sorts.rooted.sample, block.sample, tree.sample, fc.nat(5)),
    ([bt, b, any, n]) => {
      const p = sorts.parent(bt, b)
      return [n === 0 ? any : bt, p === undefined ? forest.btChain(bt) : forest.compute_chain(bt, p), b]
    }
  )

  const btExtend_mint_ext_stronger = stronger(
    'btExtend_mint_ext',
    'V(t⊕b) ∧ c = chain(t, last(c)) ∧ c good ∧ prev b = #last(c) ∧ VAF(b, c, txs b) ⇒ chain(t⊕b, b) = c ++ [b]',
    'An acceptable block on top of a good chain continues that chain.',
    continued,
    'The premises H(t) and I(t) are not needed.'
  )(<t, c, b>(bt: Tree<t>, c: Chain<c>, b: Blk<b>) =>
    given(
      valid(btExtend(bt, b)),
      eqChain(c, compute_chain(bt, lastBlock(c))),
      good_chain(c),
      eqHash(prevBlockHash(b), hash(lastBlock(c))),
      VAF(b, c)
    ).infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(c, b)))
  )

  /** @coq Structures/Forests.v btExtend_mint_ext */
  const btExtend_mint_ext = lemma(
    'btExtend_mint_ext',
    'V(t⊕b) ∧ H(t) ∧ I(t) ∧ c = chain(t, last(c)) ∧ c good ∧ prev b = #last(c) ∧ VAF(b, c, txs b) ⇒ chain(t⊕b, b) = c ++ [b]',
    'An acceptable block on top of a good chain continues that chain.',
    continued
  )(<t, c, b>(bt: Tree<t>, c: Chain<c>, b: Blk<b>) =>
    given(
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      eqChain(c, compute_chain(bt, lastBlock(c))),
      good_chain(c),
      eqHash(prevBlockHash(b), hash(lastBlock(c))),
      VAF(b, c)
    )
      .infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(c, b)))
      .by((v, _h, _i, is, good, linked, accepted) =>
        btExtend_mint_ext_stronger(bt, c, b)(v, is, good, linked, accepted)
      )
  )

  const chain_from_last_stronger = stronger(
    'chain_from_last',
    'H(t) ∧ c ∈ all_chains(t) ⇒ c = chain(t, last(c))',
    'Each chain of a tree keyed by hashes is the chain of its last block.',
    t_c,
    'The premises V(t) and I(t) are not needed.'
  )(<t, c>(bt: Tree<t>, c: Chain<c>) =>
    given(validH(bt), chainIn(c, all_chains(bt))).infer(eqChain(c, compute_chain(bt, lastBlock(c))))
  )

  /** @coq Structures/Forests.v chain_from_last */
  const chain_from_last = lemma(
    'chain_from_last',
    'V(t) ∧ H(t) ∧ I(t) ∧ c ∈ all_chains(t) ⇒ c = chain(t, last(c))',
    'Each chain of a tree keyed by hashes is the chain of its last block.',
    t_c
  )(<t, c>(bt: Tree<t>, c: Chain<c>) =>
    given(valid(bt), validH(bt), has_init_block(bt), chainIn(c, all_chains(bt)))
      .infer(eqChain(c, compute_chain(bt, lastBlock(c))))
      .by((_v, h, _i, p) => chain_from_last_stronger(bt, c)(h, p))
  )

  const valid_chain_block_def = fact(
    'valid_chain_block',
    'valid_chain_block(c, b) ⇔ VAF(b, c, txs b) ∧ the transactions of b are valid after c',
    'What makes a block acceptable after a chain.',
    forall('c b', chain, block)
  )(<c, b>(c: Chain<c>, b: Blk<b>) => given().infer(iff(valid_chain_block(c, b), and(VAF(b, c), txsValid(b, c)))))
  const valid_chain_from_cons = fact(
    "valid_chain'",
    'b :: c valid after p ⇔ VAF(b, p, txs b) ∧ the transactions of b are valid after p ∧ c valid after p ++ [b]',
    'A chain is valid if its first block is, and the rest after it.',
    forall('c b p', chain, block, chain)
  )(<c, b, p>(c: Chain<c>, b: Blk<b>, p: Chain<p>) =>
    given().infer(
      iff(valid_chain_from(cons(b, c), p), and(and(VAF(b, p), txsValid(b, p)), valid_chain_from(c, rcons(p, b))))
    )
  )

  /** @coq Structures/Forests.v valid_chain_last_ind */
  const valid_chain_last_ind = lemma(
    'valid_chain_last_ind',
    'VAF(b, p, txs b) ∧ txs of b valid after p ∧ c valid after p ++ [b] ⇒ b :: c valid after p',
    'A chain is valid if its first block is, and the rest after it.',
    forall('c p b', chain, chain, block)
  )(<c, p, b>(c: Chain<c>, p: Chain<p>, b: Blk<b>) =>
    given(VAF(b, p), txsValid(b, p), valid_chain_from(c, rcons(p, b)))
      .infer(valid_chain_from(cons(b, c), p))
      .by((accepted, txs, rest) => back(valid_chain_from_cons(c, b, p)(), both(both(accepted, txs), rest)))
  )

  const c_b = forall('c b', chain, block)

  /** @coq Structures/Forests.v valid_chain_last */
  const valid_chain_last = lemma(
    'valid_chain_last',
    'valid_chain_block(c, b) ∧ c valid ⇒ c ++ [b] valid',
    'A block that is acceptable after a valid chain continues it to a valid chain.',
    forall('c b', chain, block).drawnBy(
      fc.tuple(sorts.valid_chain.sample, chain.sample, block.sample, fc.nat(3)),
      ([c, d, b, n]) => [n === 0 ? d : c, b]
    )
  )(<c, b>(c: Chain<c>, b: Blk<b>) => given(valid_chain_block(c, b), valid_chain(c)).infer(valid_chain(rcons(c, b))))

  /** A tree and a block that continues its best chain, where the universe has one. */
  const minted = forall('bt b', tree, block).drawnBy(
    fc.tuple(sorts.rooted.sample, tree.sample, block.sample, fc.nat(5), fc.nat(9)),
    ([rooted, any, b, n, k]) => {
      const bt = n === 0 ? any : rooted
      const next = sorts.after(forest.btChain(bt))
      return [bt, next[k % Math.max(1, next.length)] ?? b]
    }
  )

  const btExtend_mint_good_valid_stronger = stronger(
    'btExtend_mint_good_valid',
    'V(t⊕b) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) is good and valid',
    'A block minted on top of the best chain has a good and valid chain.',
    minted,
    'The premises H(t) and good(best(t)) are not needed; the latter always holds.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const c = compute_chain(btExtend(bt, b), b)
    return given(
      valid(btExtend(bt, b)),
      has_init_block(bt),
      valid_chain_block(btChain(bt), b),
      eqHash(prevBlockHash(b), hash(lastBlock(btChain(bt))))
    ).infer(and(good_chain(c), valid_chain(c)))
  })

  const minted_chain = fact(
    'minted_chain',
    'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) = best(t) ++ [b]',
    'A block minted on top of the best chain continues it.',
    minted
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const best = btChain(bt)
    return given(
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      valid_chain_block(best, b),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(eqChain(compute_chain(btExtend(bt, b), b), rcons(best, b)))
      .by((v, h, i, acceptable, linked) =>
        btExtend_mint_ext_stronger(bt, best, b)(
          v,
          chain_from_last_stronger(bt, best)(h, M.btChain_in_bt(bt)(i)),
          btChain_good(bt)(),
          linked,
          first(forth(valid_chain_block_def(best, b)(), acceptable))
        )
      )
  })

  /** @coq Structures/Forests.v btExtend_mint_good_valid */
  const btExtend_mint_good_valid = lemma(
    'btExtend_mint_good_valid',
    'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ good(best(t)) ∧ prev b = #last(best(t)) ⇒ chain(t⊕b, b) is good and valid',
    'A block minted on top of the best chain has a good and valid chain.',
    minted
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const best = btChain(bt)
    const c = compute_chain(btExtend(bt, b), b)
    return given(
      valid(btExtend(bt, b)),
      validH(bt),
      has_init_block(bt),
      valid_chain_block(best, b),
      good_chain(best),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(and(good_chain(c), valid_chain(c)))
      .by((v, h, i, acceptable, good, linked) => {
        const same = symm(minted_chain(bt, b)(v, h, i, acceptable, linked))
        return both(
          rewrite(same)(good_chain(c), good_chain_rcons(best, b)(good)),
          rewrite(same)(valid_chain(c), valid_chain_last(best, b)(acceptable, btChain_tx_valid(bt)()))
        )
      })
  })

  /** @coq Structures/Forests.v btExtend_mint */
  const btExtend_mint = lemma(
    'btExtend_mint',
    'V(t⊕b) ∧ H(t) ∧ I(t) ∧ valid_chain_block(best(t), b) ∧ prev b = #last(best(t)) ⇒ best(t⊕b) ⊐ best(t)',
    'A block minted on top of the best chain makes it strictly better.',
    minted
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const best = btChain(bt)
    const extended = btExtend(bt, b)
    const c = compute_chain(extended, b)
    return given(
      valid(extended),
      validH(bt),
      has_init_block(bt),
      valid_chain_block(best, b),
      eqHash(prevBlockHash(b), hash(lastBlock(best)))
    )
      .infer(FCR(btChain(extended), best))
      .by((v, h, i, acceptable, linked) => {
        const goodValid = btExtend_mint_good_valid(bt, b)(v, h, i, acceptable, btChain_good(bt)(), linked)
        const stored = back(
          C.all_blocksP_prime(extended, b)(E.btExtendH_stronger(bt, b)(h)),
          E.in_ext_stronger(bt, b)(v)
        )
        const amongGood = back(mem_good_chains(extended, c)(), both(M.chain_in_all(extended, b)(stored), goodValid))
        const better = L.betterAlong(
          P.FCR_ext(best, b, nil)(),
          trans(B.cats1(best, b)(), symm(minted_chain(bt, b)(v, h, i, acceptable, linked))),
          refl(eqChain(best, best)),
          c,
          best
        )
        return O.FCR_trans_eq1(btChain(extended), c, best)(btChain_is_largest(extended, c)(amongGood), better)
      })
  })

  // ------------------------------------------------------------------------------------------------- good chains stay

  const btExtend_good_chains = stronger(
    'btExtend_good_chains',
    'V(t⊕b) ⇒ good_chains(t) ⊆ good_chains(t⊕b)',
    'Adding a block without a collision keeps all good chains.',
    forall('bt b', tree, block),
    'The step of btExtend_good_chains_fold, without the premises H(t) and I(t).'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b))).infer(V.Chains.subset(good_chains(bt), good_chains(btExtend(bt, b))))
  )

  const btExtend_good_chains_fold_stronger = stronger(
    'btExtend_good_chains_fold',
    'V(t⊕*l) ⇒ good_chains(t) ⊆ good_chains(t⊕*l)',
    'Adding blocks without a collision keeps all good chains.',
    t_l,
    'The premises H(t) and I(t) are not needed.'
  )(
    <t, l>(bt: Tree<t>, l: Blks<l>) =>
      given(valid(btExtendAll(bt, l))).infer(V.Chains.subset(good_chains(bt), good_chains(btExtendAll(bt, l)))),
    'l',
    (self) =>
      <t, l>(bt: Tree<t>, l: Blks<l>) =>
        self(bt, l).by((v) => {
          const extended = btExtendAll(bt, l)
          const here = good_chains(bt)
          const goal = V.Chains.subset(here, good_chains(extended))
          return L.onFold(
            bt,
            l,
            (same) =>
              substitute(
                goal,
                Cs.subset_refl(here)(),
                refl(V.Chains.equal(here, here)),
                congruence(V.Chains.equal(here, good_chains(extended)), symm(same))
              ),
            (xs, b, is) => {
              const earlier = btExtendAll(bt, xs)
              const later = btExtend(earlier, b)
              const vLater = rewrite(is)(valid(later), v)
              return substitute(
                goal,
                Cs.subset_trans(
                  here,
                  good_chains(earlier),
                  good_chains(later)
                )(self(bt, xs)(E.btExtendV(earlier, b)(vLater)), btExtend_good_chains(earlier, b)(vLater)),
                refl(V.Chains.equal(here, here)),
                congruence(V.Chains.equal(good_chains(later), good_chains(extended)), symm(is))
              )
            }
          )
        })
  )

  /** @coq Structures/Forests.v btExtend_good_chains_fold */
  const btExtend_good_chains_fold = lemma(
    'btExtend_good_chains_fold',
    'V(t⊕*l) ∧ H(t) ∧ I(t) ⇒ good_chains(t) ⊆ good_chains(t⊕*l)',
    'Adding blocks without a collision keeps all good chains.',
    t_l
  )(<t, l>(bt: Tree<t>, l: Blks<l>) =>
    given(valid(btExtendAll(bt, l)), validH(bt), has_init_block(bt))
      .infer(V.Chains.subset(good_chains(bt), good_chains(btExtendAll(bt, l))))
      .by((v) => btExtend_good_chains_fold_stronger(bt, l)(v))
  )

  /** @coq Structures/Forests.v good_chains_subset */
  const good_chains_subset = lemma(
    'good_chains_subset',
    'good_chains(t) ⊆ all_chains(t)',
    'The good chains of a tree are among its chains.',
    t
  )(<t>(bt: Tree<t>) => given().infer(V.Chains.subset(good_chains(bt), all_chains(bt))))

  const fresh = forall('bt b', tree, block)

  /** @coq Structures/Forests.v btExtend_new_block */
  const btExtend_new_block = lemma(
    'btExtend_new_block',
    'V(t⊕b) ∧ #b ∉ dom t ⇒ b ∈ all_blocks(t⊕b)',
    'A new block is among the blocks of the extended tree.',
    fresh
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b)), not(inDom(hash(b), bt))).infer(isIn(b, all_blocks(btExtend(bt, b))))
  )

  const t_b_k = forall('bt b k', tree, block, key)

  const btExtend_get_block_stronger = stronger(
    'btExtend_get_block',
    '#b ∉ dom t ∧ k ≠ #b ⇒ get_block(t⊕b, k) = get_block(t, k)',
    'A new block changes what is under its hash only.',
    t_b_k,
    'The premise V(t⊕b) is not needed.'
  )(<t, b, k>(bt: Tree<t>, b: Blk<b>, k: Hash<k>) =>
    given(not(inDom(hash(b), bt)), not(eqHash(k, hash(b)))).infer(
      eqBlock(get_block(btExtend(bt, b), k), get_block(bt, k))
    )
  )

  /** @coq Structures/Forests.v btExtend_get_block */
  const btExtend_get_block = lemma(
    'btExtend_get_block',
    'V(t⊕b) ∧ #b ∉ dom t ∧ k ≠ #b ⇒ get_block(t⊕b, k) = get_block(t, k)',
    'A new block changes what is under its hash only.',
    t_b_k
  )(<t, b, k>(bt: Tree<t>, b: Blk<b>, k: Hash<k>) =>
    given(valid(btExtend(bt, b)), not(inDom(hash(b), bt)), not(eqHash(k, hash(b))))
      .infer(eqBlock(get_block(btExtend(bt, b), k), get_block(bt, k)))
      .by((_, isNew, other) => btExtend_get_block_stronger(bt, b, k)(isNew, other))
  )

  /** @coq Structures/Forests.v good_chain_rcons */
  const good_chain_rcons = lemma(
    'good_chain_rcons',
    'c good ⇒ c ++ [b] good',
    'A good chain stays good when it is continued.',
    c_b
  )(<c, b>(c: Chain<c>, b: Blk<b>) => given(good_chain(c)).infer(good_chain(rcons(c, b))))

  return {
    foldl1,
    foldr_better_nil,
    foldr_better_cons,
    foldr1,
    good_chain_btExtend_stronger,
    good_chain_btExtend,
    good_chain_btExtend_fold_stronger,
    good_chain_btExtend_fold,
    btExtend_compute_chain_fold_stronger,
    btExtend_compute_chain_fold,
    btChain_is_largest,
    btChain_def,
    btChain_good,
    btChain_tx_valid,
    mem_good_chains,
    btChain_in_good_chains,
    compute_chain_rcons_stronger,
    compute_chain_rcons,
    compute_chain_genesis,
    compute_chain_noblock_stronger,
    compute_chain_noblock,
    has_finds,
    compute_chain_prev_stronger,
    compute_chain_prev,
    compute_chain_last,
    compute_chain_hash_chain_stronger,
    compute_chain_hash_chain,
    good_chain_nocycle_stronger,
    good_chain_nocycle,
    btExtend_mint_ext_stronger,
    btExtend_mint_ext,
    chain_from_last_stronger,
    chain_from_last,
    valid_chain_block_def,
    valid_chain_from_cons,
    valid_chain_last_ind,
    valid_chain_last,
    btExtend_mint_good_valid_stronger,
    minted_chain,
    btExtend_mint_good_valid,
    btExtend_mint,
    btExtend_good_chains,
    btExtend_good_chains_fold_stronger,
    btExtend_good_chains_fold,
    good_chains_subset,
    btExtend_new_block,
    btExtend_get_block_stronger,
    btExtend_get_block,
    good_chain_rcons
  }
}

/** What `forestsMinting` returns. */
export type ForestsMinting<T extends Types> = ReturnType<typeof forestsMinting<T>>
