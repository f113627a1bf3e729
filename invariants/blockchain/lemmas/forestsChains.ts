/**
 * The blocks of a tree, hash chains, and the chain of a block. Counterpart of `Structures/Forests.v` from
 * `all_blocksP` to `init_chain`, in its order.
 *
 * Beyond the paper: most facts about the chain of a block hold of every map, defined or not, whatever its keys.
 */
import * as fc from 'fast-check'
import { dom as domOf } from '../../../spec/prelude/unionMap.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import {
  and,
  byCases,
  cases,
  congruence,
  given,
  iff,
  inLeft,
  inRight,
  not,
  or,
  refl,
  second,
  symm,
  trans
} from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { impossible } from '../../proof/logic.js'
import type { ForestsExtending } from './forestsExtending.js'
import type { Library } from './library.js'
import type { Laws } from './parameters.js'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

/** The lemmas about chains. */
export const forestsChains = <T extends Types>(
  { instance, sorts, forest }: Setting<T>,
  V: Vocabulary<T>,
  L: Library<T>,
  { FCR_subchain }: Laws<T>,
  { btExtend_withDup_noEffect }: ForestsExtending<T>
) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Chain<N> = Named<Blockchain<T>, N>
  type Hash<N> = Named<T['Hash'], N>
  type Keys<N> = Named<ReadonlyArray<T['Hash']>, N>
  type Num<N> = Named<number, N>
  const { G, onlyG, eqBlock, eqHash, eqChain, eqNumber, hash, hashes, prevBlockHash, lastBlock } = V
  const { dom, inDom, free, join, pts, valid, validH, has_init_block, btExtend, btHasBlock } = V
  const { all_blocks, is_block_in, hash_chain, compute_chain, compute_chain_within, sizeOf, succ } = V
  const { good_chain, genesisOnlyFirst, noneFollows, excess, geq, subchain } = V
  const { nil, cons, rcons, cat, isIn, uniq } = V.Blocks
  const Keys = V.Hashes
  const { tree, block, chain, hash: key, keys, fuel } = sorts
  const { Hash: hashOrd } = instance.types
  const { hashB } = instance.params

  const t_b = forall('bt b', tree, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), sorts.blockOf(t))),
    (t_b) => t_b
  )
  const t_a_b = forall('bt a b', tree, block, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), block.sample, sorts.blockOf(t))),
    (t_a_b) => t_a_b
  )
  // --------------------------------------------------------------------------------------------- the blocks of a tree

  /** @coq Structures/Forests.v all_blocksP */
  const all_blocksP = lemma(
    'all_blocksP',
    'b ∈ all_blocks(t) ⇔ find(h, t) = b for some h',
    'The blocks of a tree are those that some key holds.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given().infer(iff(isIn(b, all_blocks(bt)), is_block_in(bt, b))))

  /** @coq Structures/Forests.v all_blocksP' */
  const all_blocksP_prime = lemma(
    "all_blocksP'",
    'H(t) ⇒ (b ∈ all_blocks(t) ⇔ b ∈ t)',
    'The blocks of a tree keyed by hashes are those stored under their own hash.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(validH(bt)).infer(iff(isIn(b, all_blocks(bt)), btHasBlock(b, bt))))

  // ------------------------------------------------------------------------------------------------------- hash chains

  /** A chain and a block that often follows it. */
  const linked = forall('c b', chain, block).drawnBy(fc.tuple(chain.sample, block.sample), ([c, b]) => {
    const l = forest.compute_chain(sorts.allTogether, b)
    return forest.hash_chain(c) && l.length > 1 ? [l.slice(0, -1), b] : [c, b]
  })

  /** @coq Structures/Forests.v hash_chain_last */
  const hash_chain_last = lemma(
    'hash_chain_last',
    'hash_chain(c ++ [b]) ⇒ c = [] ∨ prev b = #last(c)',
    'The last block of a hash chain links to the one before it.',
    linked
  )(<c, b>(c: Chain<c>, b: Blk<b>) =>
    given(hash_chain(rcons(c, b))).infer(or(eqChain(c, nil), eqHash(prevBlockHash(b), hash(lastBlock(c)))))
  )

  /** @coq Structures/Forests.v hash_chain_rcons */
  const hash_chain_rcons = lemma(
    'hash_chain_rcons',
    'prev b = #last(c) ∧ hash_chain(c) ⇒ hash_chain(c ++ [b])',
    'A block that links to the last block of a hash chain continues it.',
    linked
  )(<c, b>(c: Chain<c>, b: Blk<b>) =>
    given(eqHash(prevBlockHash(b), hash(lastBlock(c))), hash_chain(c)).infer(hash_chain(rcons(c, b)))
  )

  const headed = forall('b c', block, chain).drawnBy(fc.tuple(block.sample, chain.sample), ([b, c]) => {
    const [head = b, ...rest] = forest.hash_chain(c) ? c : forest.compute_chain(sorts.allTogether, b)
    return [head, rest]
  })

  /** @coq Structures/Forests.v hash_chain_behead */
  const hash_chain_behead = lemma(
    'hash_chain_behead',
    'hash_chain(b :: c) ⇒ hash_chain(c)',
    'A hash chain without its first block is one.',
    headed
  )(<b, c>(b: Blk<b>, c: Chain<c>) => given(hash_chain(cons(b, c))).infer(hash_chain(c)))

  /** @coq Structures/Forests.v hash_chain_behead' */
  const hash_chain_behead_prime = lemma(
    "hash_chain_behead'",
    'hash_chain(a :: b :: c) ⇒ prev b = #a',
    'The second block of a hash chain links to the first.',
    forall('a b c', block, block, chain).drawnBy(fc.tuple(block.sample, block.sample, chain.sample), ([a, b, c]) => {
      const [first = a, next = b, ...rest] = forest.hash_chain(c) ? c : forest.compute_chain(sorts.allTogether, b)
      return [first, next, rest]
    })
  )(<a, b, c>(a: Blk<a>, b: Blk<b>, c: Chain<c>) =>
    given(hash_chain(cons(a, cons(b, c)))).infer(eqHash(prevBlockHash(b), hash(a)))
  )

  /** @coq Structures/Forests.v hash_chain_uniq_hash_nocycle */
  const hash_chain_uniq_hash_nocycle = lemma(
    'hash_chain_uniq_hash_nocycle',
    'hash_chain(b :: c) ∧ the hashes of b :: c are distinct ⇒ no block of c has #last(b :: c) as predecessor',
    'A hash chain with distinct hashes does not lead back from its end.',
    headed
  )(<b, c>(b: Blk<b>, c: Chain<c>) =>
    given(hash_chain(cons(b, c)), Keys.uniq(hashes(cons(b, c)))).infer(noneFollows(c, hash(lastBlock(cons(b, c)))))
  )

  /** @coq Structures/Forests.v btExtend_blocks */
  const btExtend_blocks = lemma(
    'btExtend_blocks',
    'V(t⊕b) ⇒ all_blocks(t) ⊆ all_blocks(t⊕b)',
    'Adding a block without a collision keeps the blocks of the tree.',
    forall('bt b', tree, block)
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(btExtend(bt, b))).infer(V.Blocks.subset(all_blocks(bt), all_blocks(btExtend(bt, b))))
  )

  // ------------------------------------------------------------------------------------------- the worker of the chain

  /** @coq Structures/Forests.v compute_chain_no_block */
  const compute_chain_no_block = lemma(
    'compute_chain_no_block',
    'b ∉ t ⇒ go(t, b, r, n) = []',
    'A block that is not in the tree has no chain.',
    forall('bt b r n', tree, block, keys, fuel)
  )(<t, b, r, n>(bt: Tree<t>, b: Blk<b>, r: Keys<r>, n: Num<n>) =>
    given(not(btHasBlock(b, bt))).infer(eqChain(compute_chain_within(bt, b, r, n), nil))
  )

  /** @coq Structures/Forests.v compute_chain_no_block' */
  const compute_chain_no_block_prime = lemma(
    "compute_chain_no_block'",
    '#b ∉ r ⇒ go(t, b, r, n) = []',
    'A block whose hash is not among the remaining keys has no chain.',
    forall('bt b r n', tree, block, keys, fuel)
  )(<t, b, r, n>(bt: Tree<t>, b: Blk<b>, r: Keys<r>, n: Num<n>) =>
    given(not(Keys.isIn(hash(b), r))).infer(eqChain(compute_chain_within(bt, b, r, n), nil))
  )

  /** @coq Structures/Forests.v size_free */
  const size_free = lemma(
    'size_free',
    'V(t) ∧ n + 1 = |dom t| ∧ h ∈ dom t ⇒ n = |dom(t ∖ h)|',
    'Removing a key leaves one key less.',
    forall('n h bt', fuel, key, tree).drawnBy(fc.tuple(tree.sample, key.sample, fc.nat(9)), ([t, h, n]) => [
      domOf(t).length - 1,
      domOf(t)[n] ?? h,
      t
    ])
  )(<n, h, t>(n: Num<n>, h: Hash<h>, bt: Tree<t>) =>
    given(valid(bt), eqNumber(succ(n), sizeOf(dom(bt))), inDom(h, bt)).infer(eqNumber(n, sizeOf(dom(free(h, bt)))))
  )

  /** @coq Structures/Forests.v compute_chain_equiv */
  const compute_chain_equiv = lemma(
    'compute_chain_equiv',
    'r, s without repetitions, with the same elements ⇒ go(t, b, r, n) = go(t, b, s, n)',
    'The order of the remaining keys does not matter.',
    forall('bt b r s n', tree, block, keys, keys, fuel).drawnBy(
      tree.sample.chain((t) =>
        fc.tuple(
          fc.constant(t),
          sorts.blockOf(t),
          keys.sample,
          fc.shuffledSubarray([...domOf(t)], { minLength: domOf(t).length }),
          fc.tuple(fc.nat(5), fc.nat(3))
        )
      ),
      ([t, b, r, s, [n, k]]) => [t, b, k === 0 ? r : [...domOf(t)], k === 0 ? [...r].reverse() : s, n]
    )
  )(<t, b, r, s, n>(bt: Tree<t>, b: Blk<b>, r: Keys<r>, s: Keys<s>, n: Num<n>) =>
    given(Keys.uniq(r), Keys.uniq(s), Keys.sameElements(r, s)).infer(
      eqChain(compute_chain_within(bt, b, r, n), compute_chain_within(bt, b, s, n))
    )
  )

  /** @coq Structures/Forests.v dom_rem1 */
  const dom_rem1 = lemma(
    'dom_rem1',
    'V({h→a} ⊎ t) ∧ k ≠ h ⇒ rem(k, dom({h→a} ⊎ t)) and dom({h→a} ⊎ (t ∖ k)) have the same elements',
    'Removing a key from the keys is removing it from the map.',
    forall('bt h k a', tree, key, key, block)
  )(<t, h, k, a>(bt: Tree<t>, h: Hash<h>, k: Hash<k>, a: Blk<a>) =>
    given(valid(join(pts(h, a), bt)), not(eqHash(k, h))).infer(
      Keys.sameElements(Keys.rem(k, dom(join(pts(h, a), bt))), dom(join(pts(h, a), free(k, bt))))
    )
  )

  /** @coq Structures/Forests.v dom_rem2 */
  const dom_rem2 = lemma(
    'dom_rem2',
    'rem(h, dom t) and dom(t ∖ h) have the same elements',
    'Removing a key from the keys is removing it from the map.',
    forall('h bt', key, tree)
  )(<h, t>(h: Hash<h>, bt: Tree<t>) => given().infer(Keys.sameElements(Keys.rem(h, dom(bt)), dom(free(h, bt)))))

  const notin_hash = forall('bt b c r n', tree, block, block, keys, fuel).drawnBy(
    tree.sample.chain((t) =>
      fc.tuple(fc.constant(t), block.sample, sorts.blockOf(t), fc.shuffledSubarray([...domOf(t)]), fc.nat(5))
    ),
    ([t, b, c, r, n]) => [t, b, c, r.filter((h) => !hashOrd.equals(h, hashB(b))), n]
  )

  const compute_chain_notin_hash_stronger = stronger(
    'compute_chain_notin_hash',
    '#b ∉ r ⇒ #b is not among the hashes of go(t, c, r, n)',
    'A chain has only blocks with hashes among the remaining keys.',
    notin_hash,
    'The premise V(t) is not needed.'
  )(<t, b, c, r, n>(bt: Tree<t>, b: Blk<b>, c: Blk<c>, r: Keys<r>, n: Num<n>) =>
    given(not(Keys.isIn(hash(b), r))).infer(not(Keys.isIn(hash(b), hashes(compute_chain_within(bt, c, r, n)))))
  )

  /** @coq Structures/Forests.v compute_chain_notin_hash */
  const compute_chain_notin_hash = lemma(
    'compute_chain_notin_hash',
    'V(t) ∧ #b ∉ r ⇒ #b is not among the hashes of go(t, c, r, n)',
    'A chain in a defined tree has only blocks with hashes among the remaining keys.',
    notin_hash
  )(<t, b, c, r, n>(bt: Tree<t>, b: Blk<b>, c: Blk<c>, r: Keys<r>, n: Num<n>) =>
    given(valid(bt), not(Keys.isIn(hash(b), r)))
      .infer(not(Keys.isIn(hash(b), hashes(compute_chain_within(bt, c, r, n)))))
      .by((_, notIn) => compute_chain_notin_hash_stronger(bt, b, c, r, n)(notIn))
  )

  // ------------------------------------------------------------------------------------------------ the chain of a block

  const compute_chain_uniq_hash_stronger = stronger(
    'compute_chain_uniq_hash',
    'the hashes of chain(t, b) are distinct',
    'No hash occurs twice in the chain of a block.',
    t_b,
    'The premise V(t) is not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given().infer(Keys.uniq(hashes(compute_chain(bt, b)))))

  /** @coq Structures/Forests.v compute_chain_uniq_hash */
  const compute_chain_uniq_hash = lemma(
    'compute_chain_uniq_hash',
    'V(t) ⇒ the hashes of chain(t, b) are distinct',
    'No hash occurs twice in the chain of a block in a defined tree.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt))
      .infer(Keys.uniq(hashes(compute_chain(bt, b))))
      .by(() => compute_chain_uniq_hash_stronger(bt, b)())
  )

  const map_uniq = fact(
    'map_uniq',
    'the hashes of c are distinct ⇒ the blocks of c are distinct',
    'Blocks with different hashes are different.',
    forall('c', chain)
  )(<c>(c: Chain<c>) => given(Keys.uniq(hashes(c))).infer(uniq(c)))

  const compute_chain_uniq_stronger = stronger(
    'compute_chain_uniq',
    'the blocks of chain(t, b) are distinct',
    'No block occurs twice in the chain of a block.',
    t_b,
    'The premise V(t) is not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given()
      .infer(uniq(compute_chain(bt, b)))
      .by(() => map_uniq(compute_chain(bt, b))(compute_chain_uniq_hash_stronger(bt, b)()))
  )

  /** @coq Structures/Forests.v compute_chain_uniq */
  const compute_chain_uniq = lemma(
    'compute_chain_uniq',
    'V(t) ⇒ the blocks of chain(t, b) are distinct',
    'No block occurs twice in the chain of a block in a defined tree.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt))
      .infer(uniq(compute_chain(bt, b)))
      .by(() => compute_chain_uniq_stronger(bt, b)())
  )

  /** A tree, a block that is often in the chain of another, and that other block. */
  const inChain = forall('bt b c', tree, block, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), block.sample, sorts.blockOf(t), fc.nat(5))),
    ([t, b, c, n]) => [t, forest.compute_chain(t, c)[n] ?? b, c]
  )

  const block_in_chain_stronger = stronger(
    'block_in_chain',
    'b ∈ chain(t, c) ⇒ b ∈ t',
    'All blocks of a chain are in the tree.',
    inChain,
    'The premises V(t) and I(t) are not needed.'
  )(<t, b, c>(bt: Tree<t>, b: Blk<b>, c: Blk<c>) => given(isIn(b, compute_chain(bt, c))).infer(btHasBlock(b, bt)))

  /** @coq Structures/Forests.v block_in_chain */
  const block_in_chain = lemma(
    'block_in_chain',
    'V(t) ∧ I(t) ∧ b ∈ chain(t, c) ⇒ b ∈ t',
    'All blocks of a chain are in the tree, if it is defined and holds genesis.',
    inChain
  )(<t, b, c>(bt: Tree<t>, b: Blk<b>, c: Blk<c>) =>
    given(valid(bt), has_init_block(bt), isIn(b, compute_chain(bt, c)))
      .infer(btHasBlock(b, bt))
      .by((_v, _i, p) => block_in_chain_stronger(bt, b, c)(p))
  )

  const last_in_chain_stronger = stronger(
    'last_in_chain',
    'chain(t, b) = [] ∨ b ∈ chain(t, b)',
    'The chain of a block contains it, unless it is empty.',
    t_b,
    'The premise V(t) is not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given().infer(or(eqChain(compute_chain(bt, b), nil), isIn(b, compute_chain(bt, b))))
  )

  /** @coq Structures/Forests.v last_in_chain */
  const last_in_chain = lemma(
    'last_in_chain',
    'V(t) ⇒ chain(t, b) = [] ∨ b ∈ chain(t, b)',
    'The chain of a block in a defined tree contains it, unless it is empty.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(valid(bt))
      .infer(or(eqChain(compute_chain(bt, b), nil), isIn(b, compute_chain(bt, b))))
      .by(() => last_in_chain_stronger(bt, b)())
  )

  // -------------------------------------------------------------------------------------------------- chains and growth

  const btExtend_chain_prefix_ind_stronger = stronger(
    'btExtend_chain_prefix_ind',
    '#a ∉ dom t ⇒ chain({#a→a} ⊎ t, b) = p ++ chain(t, b) for some p',
    'A new block extends the chains of others only at their beginning.',
    t_a_b,
    'The premises V(t⊕a), H(t), V(t) are not needed.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(join(pts(hash(a), a), bt), b)]
    return given(not(inDom(hash(a), bt))).infer(eqChain(cat(excess(after, before), before), after))
  })

  /** @coq Structures/Forests.v btExtend_chain_prefix_ind */
  const btExtend_chain_prefix_ind = lemma(
    'btExtend_chain_prefix_ind',
    'V(t⊕a) ∧ H(t) ∧ V(t) ∧ #a ∉ dom t ⇒ chain({#a→a} ⊎ t, b) = p ++ chain(t, b) for some p',
    'A new block extends the chains of others only at their beginning (the induction behind btExtend_chain_prefix).',
    t_a_b,
    'Coq’s variables hs = dom t and n = |hs|, which its induction needs, are replaced by their values.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(join(pts(hash(a), a), bt), b)]
    return given(valid(btExtend(bt, a)), validH(bt), valid(bt), not(inDom(hash(a), bt)))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((_va, _h, _v, fresh) => btExtend_chain_prefix_ind_stronger(bt, a, b)(fresh))
  })

  const excess_self = fact(
    'cat0s',
    'excess(c, c) ++ c = c',
    'A chain exceeds itself by nothing.',
    forall('c', chain)
  )(<c>(c: Chain<c>) => given().infer(eqChain(cat(excess(c, c), c), c)))

  const btExtend_chain_prefix_stronger = stronger(
    'btExtend_chain_prefix',
    'V(t⊕a) ⇒ chain(t⊕a, b) = p ++ chain(t, b) for some p',
    'Adding a block without a collision extends the chains of others only at their beginning.',
    t_a_b,
    'The premise H(t) is not needed.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const extended = btExtend(bt, a)
    const joined = join(pts(hash(a), a), bt)
    const [before, after] = [compute_chain(bt, b), compute_chain(extended, b)]
    const here = refl(eqChain(before, before))
    return given(valid(extended))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((v) =>
        byCases(
          inDom(hash(a), bt),
          (known) => {
            const same = L.chained(btExtend_withDup_noEffect(bt, a)(L.extend_known(bt, a)(v, known)), bt, extended, b)
            return trans(
              trans(
                congruence(
                  eqChain(cat(excess(after, before), before), cat(excess(before, before), before)),
                  congruence(eqChain(excess(after, before), excess(before, before)), symm(same), here),
                  here
                ),
                excess_self(before)()
              ),
              same
            )
          },
          (fresh) => {
            const same = L.chained(L.extend_fresh(bt, a)(fresh), extended, joined, b)
            const chainJoined = compute_chain(joined, b)
            return trans(
              trans(
                congruence(
                  eqChain(cat(excess(after, before), before), cat(excess(chainJoined, before), before)),
                  congruence(eqChain(excess(after, before), excess(chainJoined, before)), same, here),
                  here
                ),
                btExtend_chain_prefix_ind_stronger(bt, a, b)(fresh)
              ),
              symm(same)
            )
          }
        )
      )
  })

  /** @coq Structures/Forests.v btExtend_chain_prefix */
  const btExtend_chain_prefix = lemma(
    'btExtend_chain_prefix',
    'V(t⊕a) ∧ H(t) ⇒ chain(t⊕a, b) = p ++ chain(t, b) for some p',
    'Adding a block without a collision extends the chains of others only at their beginning.',
    t_a_b
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)), validH(bt))
      .infer(eqChain(cat(excess(after, before), before), after))
      .by((v) => btExtend_chain_prefix_stronger(bt, a, b)(v))
  })

  const compute_chain_gb_not_within_prime_stronger = stronger(
    "compute_chain_gb_not_within'",
    'chain(t, b) = [] ∨ b = G ∧ chain(t, b) = [b] ∨ G occurs in chain(t, b) at most at the first position',
    'Genesis ends the search for a chain.',
    t_b,
    'The premises V(t) and H(t) are not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const c = compute_chain(bt, b)
    return given().infer(or(eqChain(c, nil), or(and(eqBlock(b, G), eqChain(c, cons(b, nil))), genesisOnlyFirst(c))))
  })

  /** @coq Structures/Forests.v compute_chain_gb_not_within' */
  const compute_chain_gb_not_within_prime = lemma(
    "compute_chain_gb_not_within'",
    'V(t) ∧ H(t) ⇒ chain(t, b) = [] ∨ b = G ∧ chain(t, b) = [b] ∨ chain(t, b) = h :: r with G ∉ r',
    'Genesis ends the search for a chain.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const c = compute_chain(bt, b)
    return given(valid(bt), validH(bt))
      .infer(or(eqChain(c, nil), or(and(eqBlock(b, G), eqChain(c, cons(b, nil))), genesisOnlyFirst(c))))
      .by(() => compute_chain_gb_not_within_prime_stronger(bt, b)())
  })

  const single_onlyFirst = fact(
    'one_block',
    'c = [b] ⇒ G occurs in c at most at the first position',
    'A chain of one block has no later block.',
    forall('c b', chain, block).drawnBy(fc.tuple(chain.sample, block.sample), ([c, b]) => [c.slice(0, 1), c[0] ?? b])
  )(<c, b>(c: Chain<c>, b: Blk<b>) => given(eqChain(c, cons(b, nil))).infer(genesisOnlyFirst(c)))

  const compute_chain_gb_not_within_stronger = stronger(
    'compute_chain_gb_not_within',
    'chain(t, b) = [] ∨ G occurs in chain(t, b) at most at the first position',
    'Genesis can only be the first block of a chain.',
    t_b,
    'The premises V(t) and H(t) are not needed.'
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const c = compute_chain(bt, b)
    return given()
      .infer(or(eqChain(c, nil), genesisOnlyFirst(c)))
      .by(() =>
        cases(
          compute_chain_gb_not_within_prime_stronger(bt, b)(),
          (empty) => inLeft(empty, genesisOnlyFirst(c)),
          (more) =>
            inRight(
              eqChain(c, nil),
              cases(
                more,
                (one) => single_onlyFirst(c, b)(second(one)),
                (only) => only
              )
            )
        )
      )
  })

  /** @coq Structures/Forests.v compute_chain_gb_not_within */
  const compute_chain_gb_not_within = lemma(
    'compute_chain_gb_not_within',
    'V(t) ∧ H(t) ⇒ chain(t, b) = [] ∨ chain(t, b) = h :: r with G ∉ r',
    'Genesis can only be the first block of a chain.',
    t_b
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => {
    const c = compute_chain(bt, b)
    return given(valid(bt), validH(bt))
      .infer(or(eqChain(c, nil), genesisOnlyFirst(c)))
      .by(() => compute_chain_gb_not_within_stronger(bt, b)())
  })

  const good_suffix = fact(
    'good_suffix',
    'd = p ++ c ∧ good(c) ∧ G occurs in d at most at the first position ⇒ d = c',
    'A chain with genesis only in front ends with one that begins with genesis only if they are the same.',
    forall('c d', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [
      c,
      n === 0 ? [...d, ...c] : c
    ])
  )(<c, d>(c: Chain<c>, d: Chain<d>) =>
    given(eqChain(cat(excess(d, c), c), d), good_chain(c), genesisOnlyFirst(d)).infer(eqChain(d, c))
  )
  const good_not_nil = fact(
    'good_suffix_nil',
    'd = p ++ c ∧ good(c) ⇒ d ≠ []',
    'A chain that ends with a good one is not empty.',
    forall('c d', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [
      c,
      n === 0 ? d : [...d, ...c]
    ])
  )(<c, d>(c: Chain<c>, d: Chain<d>) =>
    given(eqChain(cat(excess(d, c), c), d), good_chain(c)).infer(not(eqChain(d, nil)))
  )

  const btExtend_compute_chain_stronger = stronger(
    'btExtend_compute_chain',
    'V(t⊕a) ∧ good(chain(t, b)) ⇒ chain(t⊕a, b) = chain(t, b)',
    'Adding a block without a collision keeps the good chains of others.',
    t_a_b,
    'The premises H(t) and I(t) are not needed.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)), good_chain(before))
      .infer(eqChain(after, before))
      .by((v, good) => {
        const longer = btExtend_chain_prefix_stronger(bt, a, b)(v)
        return cases(
          compute_chain_gb_not_within_stronger(btExtend(bt, a), b)(),
          (empty) => impossible(empty, good_not_nil(before, after)(longer, good), eqChain(after, before)),
          (only) => good_suffix(before, after)(longer, good, only)
        )
      })
  })

  /** @coq Structures/Forests.v btExtend_compute_chain */
  const btExtend_compute_chain = lemma(
    'btExtend_compute_chain',
    'V(t⊕a) ∧ H(t) ∧ I(t) ∧ good(chain(t, b)) ⇒ chain(t⊕a, b) = chain(t, b)',
    'Adding a block without a collision keeps the good chains of others.',
    t_a_b
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)), validH(bt), has_init_block(bt), good_chain(before))
      .infer(eqChain(after, before))
      .by((v, _h, _i, good) => btExtend_compute_chain_stronger(bt, a, b)(v, good))
  })

  const suffix_subchain = fact(
    'suffix_subchain',
    'd = p ++ c ⇒ c is a contiguous part of d',
    'An end of a chain is a part of it.',
    forall('c d', chain, chain).drawnBy(fc.tuple(chain.sample, chain.sample, fc.nat(2)), ([c, d, n]) => [
      c,
      n === 0 ? d : [...d, ...c]
    ])
  )(<c, d>(c: Chain<c>, d: Chain<d>) => given(eqChain(cat(excess(d, c), c), d)).infer(subchain(c, d)))

  const btExtend_chain_grows_stronger = stronger(
    'btExtend_chain_grows',
    'V(t⊕a) ⇒ chain(t⊕a, b) ⊒ chain(t, b)',
    'Adding a block without a collision makes no chain worse.',
    t_a_b,
    'The premise H(t) is not needed.'
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) => {
    const [before, after] = [compute_chain(bt, b), compute_chain(btExtend(bt, a), b)]
    return given(valid(btExtend(bt, a)))
      .infer(geq(after, before))
      .by((v) =>
        FCR_subchain(before, after)(suffix_subchain(before, after)(btExtend_chain_prefix_stronger(bt, a, b)(v)))
      )
  })

  /** @coq Structures/Forests.v btExtend_chain_grows */
  const btExtend_chain_grows = lemma(
    'btExtend_chain_grows',
    'V(t⊕a) ∧ H(t) ⇒ chain(t⊕a, b) ⊒ chain(t, b)',
    'Adding a block without a collision makes no chain worse.',
    t_a_b
  )(<t, a, b>(bt: Tree<t>, a: Blk<a>, b: Blk<b>) =>
    given(valid(btExtend(bt, a)), validH(bt))
      .infer(geq(compute_chain(btExtend(bt, a), b), compute_chain(bt, b)))
      .by((v) => btExtend_chain_grows_stronger(bt, a, b)(v))
  )

  /** @coq Structures/Forests.v init_chain */
  const init_chain = lemma(
    'init_chain',
    'I(t) ⇒ chain(t, G) = [G]',
    'The chain of genesis is genesis alone.',
    forall('bt', tree)
  )(<t>(bt: Tree<t>) => given(has_init_block(bt)).infer(eqChain(compute_chain(bt, G), onlyG)))

  return {
    all_blocksP,
    all_blocksP_prime,
    hash_chain_last,
    hash_chain_rcons,
    hash_chain_behead,
    hash_chain_behead_prime,
    hash_chain_uniq_hash_nocycle,
    btExtend_blocks,
    compute_chain_no_block,
    compute_chain_no_block_prime,
    size_free,
    compute_chain_equiv,
    dom_rem1,
    dom_rem2,
    compute_chain_notin_hash_stronger,
    compute_chain_notin_hash,
    compute_chain_uniq_hash_stronger,
    compute_chain_uniq_hash,
    map_uniq,
    compute_chain_uniq_stronger,
    compute_chain_uniq,
    block_in_chain_stronger,
    block_in_chain,
    last_in_chain_stronger,
    last_in_chain,
    btExtend_chain_prefix_ind_stronger,
    btExtend_chain_prefix_ind,
    excess_self,
    btExtend_chain_prefix_stronger,
    btExtend_chain_prefix,
    compute_chain_gb_not_within_prime_stronger,
    compute_chain_gb_not_within_prime,
    single_onlyFirst,
    compute_chain_gb_not_within_stronger,
    compute_chain_gb_not_within,
    good_suffix,
    good_not_nil,
    btExtend_compute_chain_stronger,
    btExtend_compute_chain,
    suffix_subchain,
    btExtend_chain_grows_stronger,
    btExtend_chain_grows,
    init_chain
  }
}

/** What `forestsChains` returns. */
export type ForestsChains<T extends Types> = ReturnType<typeof forestsChains<T>>
