/**
 * The chain of a block: the lemmas of `Structures/Forests.v` from `compute_chain_no_block` to `last_in_chain`.
 *
 * Beyond the paper: most facts about the chain of a block hold of every map, defined or not, whatever its keys.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../../spec/blockchain/types.js'
import { dom as domOf } from '../../../../spec/prelude/unionMap.js'
import { given, not, or } from '../../../proof/kernel.js'
import { chapter, forall } from '../../../proof/lemma.js'
import { t_b_within } from '../terms.js'
import type { Blk, Chain, Hash, Keys, Num, Tree } from '../terms.js'
import type { Theory } from '../theory.js'

const { lemma, stronger, fact } = chapter('Structures/Forests.v')

// ------------------------------------------------------------------------------------------- the worker of the chain

/** @coq Structures/Forests.v compute_chain_no_block */
export const compute_chain_no_block = lemma(
  'compute_chain_no_block',
  'b ∉ t ⇒ go(t, b, r, n) = []',
  'A block that is not in the tree has no chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, keys, fuel } = theory.sorts
  const { btHasBlock, eqChain, compute_chain_within } = theory.words
  const { nil } = theory.words.Blocks
  return forall('bt b r n', tree, block, keys, fuel).state(
    <t, b, r, n>(bt: Tree<T, t>, b: Blk<T, b>, r: Keys<T, r>, n: Num<n>) =>
      given(not(btHasBlock(b, bt))).infer(eqChain(compute_chain_within(bt, b, r, n), nil))
  )
})

/** @coq Structures/Forests.v compute_chain_no_block' */
export const compute_chain_no_block_prime = lemma(
  "compute_chain_no_block'",
  '#b ∉ r ⇒ go(t, b, r, n) = []',
  'A block whose hash is not among the remaining keys has no chain.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, keys, fuel } = theory.sorts
  const { Hashes: Keys, hash, eqChain, compute_chain_within } = theory.words
  const { nil } = theory.words.Blocks
  return forall('bt b r n', tree, block, keys, fuel).state(
    <t, b, r, n>(bt: Tree<T, t>, b: Blk<T, b>, r: Keys<T, r>, n: Num<n>) =>
      given(not(Keys.isIn(hash(b), r))).infer(eqChain(compute_chain_within(bt, b, r, n), nil))
  )
})

/** @coq Structures/Forests.v size_free */
export const size_free = lemma(
  'size_free',
  'V(t) ∧ n + 1 = |dom t| ∧ h ∈ dom t ⇒ n = |dom(t ∖ h)|',
  'Removing a key leaves one key less.'
)(<T extends Types>(theory: Theory<T>) => {
  const { fuel, hash: key, tree } = theory.sorts
  const { valid, eqNumber, succ, sizeOf, dom, inDom, free } = theory.words
  return forall('n h bt', fuel, key, tree)
    .drawnBy(fc.tuple(tree.sample, key.sample, fc.nat(9)), ([t, h, n]) => [domOf(t).length - 1, domOf(t)[n] ?? h, t])
    .state(<n, h, t>(n: Num<n>, h: Hash<T, h>, bt: Tree<T, t>) =>
      given(valid(bt), eqNumber(succ(n), sizeOf(dom(bt))), inDom(h, bt)).infer(eqNumber(n, sizeOf(dom(free(h, bt)))))
    )
})

/** @coq Structures/Forests.v compute_chain_equiv */
export const compute_chain_equiv = lemma(
  'compute_chain_equiv',
  'r, s without repetitions, with the same elements ⇒ go(t, b, r, n) = go(t, b, s, n)',
  'The order of the remaining keys does not matter.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, keys, fuel, blockOf } = theory.sorts
  const { Hashes: Keys, eqChain, compute_chain_within } = theory.words
  return forall('bt b r s n', tree, block, keys, keys, fuel)
    .drawnBy(
      tree.sample.chain((t) =>
        fc.tuple(
          fc.constant(t),
          blockOf(t),
          keys.sample,
          fc.shuffledSubarray([...domOf(t)], { minLength: domOf(t).length }),
          fc.tuple(fc.nat(5), fc.nat(3))
        )
      ),
      ([t, b, r, s, [n, k]]) => [t, b, k === 0 ? r : [...domOf(t)], k === 0 ? [...r].reverse() : s, n]
    )
    .state(<t, b, r, s, n>(bt: Tree<T, t>, b: Blk<T, b>, r: Keys<T, r>, s: Keys<T, s>, n: Num<n>) =>
      given(Keys.uniq(r), Keys.uniq(s), Keys.sameElements(r, s)).infer(
        eqChain(compute_chain_within(bt, b, r, n), compute_chain_within(bt, b, s, n))
      )
    )
})

/** @coq Structures/Forests.v dom_rem1 */
export const dom_rem1 = lemma(
  'dom_rem1',
  'V({h→a} ⊎ t) ∧ k ≠ h ⇒ rem(k, dom({h→a} ⊎ t)) and dom({h→a} ⊎ (t ∖ k)) have the same elements',
  'Removing a key from the keys is removing it from the map.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, hash: key, block } = theory.sorts
  const { valid, join, pts, eqHash, Hashes: Keys, dom, free } = theory.words
  return forall('bt h k a', tree, key, key, block).state(
    <t, h, k, a>(bt: Tree<T, t>, h: Hash<T, h>, k: Hash<T, k>, a: Blk<T, a>) =>
      given(valid(join(pts(h, a), bt)), not(eqHash(k, h))).infer(
        Keys.sameElements(Keys.rem(k, dom(join(pts(h, a), bt))), dom(join(pts(h, a), free(k, bt))))
      )
  )
})

/** @coq Structures/Forests.v dom_rem2 */
export const dom_rem2 = lemma(
  'dom_rem2',
  'rem(h, dom t) and dom(t ∖ h) have the same elements',
  'Removing a key from the keys is removing it from the map.'
)(<T extends Types>(theory: Theory<T>) => {
  const { hash: key, tree } = theory.sorts
  const { Hashes: Keys, dom, free } = theory.words
  return forall('h bt', key, tree).state(<h, t>(h: Hash<T, h>, bt: Tree<T, t>) =>
    given().infer(Keys.sameElements(Keys.rem(h, dom(bt)), dom(free(h, bt))))
  )
})

/** A tree, two blocks, some of its keys, and how far the chain is followed. */
const notin_hash = <T extends Types>(theory: Theory<T>) => {
  const { hashB } = theory.instance.params
  const { Hash: hashOrd } = theory.instance.types
  const { tree, block, keys, fuel, blockOf } = theory.sorts
  return forall('bt b c r n', tree, block, block, keys, fuel).drawnBy(
    tree.sample.chain((t) =>
      fc.tuple(fc.constant(t), block.sample, blockOf(t), fc.shuffledSubarray([...domOf(t)]), fc.nat(5))
    ),
    ([t, b, c, r, n]) => [t, b, c, r.filter((h) => !hashOrd.equals(h, hashB(b))), n]
  )
}

export const compute_chain_notin_hash_stronger = stronger(
  'compute_chain_notin_hash',
  '#b ∉ r ⇒ #b is not among the hashes of go(t, c, r, n)',
  'A chain has only blocks with hashes among the remaining keys.',
  'The premise V(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Hashes: Keys, hash, hashes, compute_chain_within } = theory.words
  return notin_hash(theory).state(
    <t, b, c, r, n>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>, r: Keys<T, r>, n: Num<n>) =>
      given(not(Keys.isIn(hash(b), r))).infer(not(Keys.isIn(hash(b), hashes(compute_chain_within(bt, c, r, n)))))
  )
})

/** @coq Structures/Forests.v compute_chain_notin_hash */
export const compute_chain_notin_hash = lemma(
  'compute_chain_notin_hash',
  'V(t) ∧ #b ∉ r ⇒ #b is not among the hashes of go(t, c, r, n)',
  'A chain in a defined tree has only blocks with hashes among the remaining keys.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, Hashes: Keys, hash, hashes, compute_chain_within } = theory.words
  return notin_hash(theory).state(
    <t, b, c, r, n>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>, r: Keys<T, r>, n: Num<n>) =>
      given(valid(bt), not(Keys.isIn(hash(b), r)))
        .infer(not(Keys.isIn(hash(b), hashes(compute_chain_within(bt, c, r, n)))))
        .by((_, notIn) => compute_chain_notin_hash_stronger(theory)(bt, b, c, r, n)(notIn))
  )
})

// ------------------------------------------------------------------------------------------------ the chain of a block

export const compute_chain_uniq_hash_stronger = stronger(
  'compute_chain_uniq_hash',
  'the hashes of chain(t, b) are distinct',
  'No hash occurs twice in the chain of a block.',
  'The premise V(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { Hashes: Keys, hashes, compute_chain } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given().infer(Keys.uniq(hashes(compute_chain(bt, b))))
  )
})

/** @coq Structures/Forests.v compute_chain_uniq_hash */
export const compute_chain_uniq_hash = lemma(
  'compute_chain_uniq_hash',
  'V(t) ⇒ the hashes of chain(t, b) are distinct',
  'No hash occurs twice in the chain of a block in a defined tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, Hashes: Keys, hashes, compute_chain } = theory.words
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt))
      .infer(Keys.uniq(hashes(compute_chain(bt, b))))
      .by(() => compute_chain_uniq_hash_stronger(theory)(bt, b)())
  )
})

export const map_uniq = fact(
  'map_uniq',
  'the hashes of c are distinct ⇒ the blocks of c are distinct',
  'Blocks with different hashes are different.'
)(<T extends Types>(theory: Theory<T>) => {
  const { chain } = theory.sorts
  const { Hashes: Keys, hashes } = theory.words
  const { uniq } = theory.words.Blocks
  return forall('c', chain).state(<c>(c: Chain<T, c>) => given(Keys.uniq(hashes(c))).infer(uniq(c)))
})

export const compute_chain_uniq_stronger = stronger(
  'compute_chain_uniq',
  'the blocks of chain(t, b) are distinct',
  'No block occurs twice in the chain of a block.',
  'The premise V(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain } = theory.words
  const { uniq } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given()
      .infer(uniq(compute_chain(bt, b)))
      .by(() => map_uniq(theory)(compute_chain(bt, b))(compute_chain_uniq_hash_stronger(theory)(bt, b)()))
  )
})

/** @coq Structures/Forests.v compute_chain_uniq */
export const compute_chain_uniq = lemma(
  'compute_chain_uniq',
  'V(t) ⇒ the blocks of chain(t, b) are distinct',
  'No block occurs twice in the chain of a block in a defined tree.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, compute_chain } = theory.words
  const { uniq } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt))
      .infer(uniq(compute_chain(bt, b)))
      .by(() => compute_chain_uniq_stronger(theory)(bt, b)())
  )
})

/** A tree, a block that is often in the chain of another, and that other block. */
const inChain = <T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { tree, block, blockOf } = theory.sorts
  return forall('bt b c', tree, block, block).drawnBy(
    tree.sample.chain((t) => fc.tuple(fc.constant(t), block.sample, blockOf(t), fc.nat(5))),
    ([t, b, c, n]) => [t, forest.compute_chain(t, c)[n] ?? b, c]
  )
}

export const block_in_chain_stronger = stronger(
  'block_in_chain',
  'b ∈ chain(t, c) ⇒ b ∈ t',
  'All blocks of a chain are in the tree.',
  'The premises V(t) and I(t) are not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { compute_chain, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return inChain(theory).state(<t, b, c>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>) =>
    given(isIn(b, compute_chain(bt, c))).infer(btHasBlock(b, bt))
  )
})

/** @coq Structures/Forests.v block_in_chain */
export const block_in_chain = lemma(
  'block_in_chain',
  'V(t) ∧ I(t) ∧ b ∈ chain(t, c) ⇒ b ∈ t',
  'All blocks of a chain are in the tree, if it is defined and holds genesis.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, has_init_block, compute_chain, btHasBlock } = theory.words
  const { isIn } = theory.words.Blocks
  return inChain(theory).state(<t, b, c>(bt: Tree<T, t>, b: Blk<T, b>, c: Blk<T, c>) =>
    given(valid(bt), has_init_block(bt), isIn(b, compute_chain(bt, c)))
      .infer(btHasBlock(b, bt))
      .by((_v, _i, p) => block_in_chain_stronger(theory)(bt, b, c)(p))
  )
})

export const last_in_chain_stronger = stronger(
  'last_in_chain',
  'chain(t, b) = [] ∨ b ∈ chain(t, b)',
  'The chain of a block contains it, unless it is empty.',
  'The premise V(t) is not needed.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqChain, compute_chain } = theory.words
  const { nil, isIn } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given().infer(or(eqChain(compute_chain(bt, b), nil), isIn(b, compute_chain(bt, b))))
  )
})

/** @coq Structures/Forests.v last_in_chain */
export const last_in_chain = lemma(
  'last_in_chain',
  'V(t) ⇒ chain(t, b) = [] ∨ b ∈ chain(t, b)',
  'The chain of a block in a defined tree contains it, unless it is empty.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, eqChain, compute_chain } = theory.words
  const { nil, isIn } = theory.words.Blocks
  return t_b_within(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(bt))
      .infer(or(eqChain(compute_chain(bt, b), nil), isIn(b, compute_chain(bt, b))))
      .by(() => last_in_chain_stronger(theory)(bt, b)())
  )
})
