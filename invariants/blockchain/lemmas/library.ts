/**
 * Facts that Coq takes from its libraries (mathcomp's `seq.v`, fcsl-pcm's `unionmap.v`) or gets by computing, and the
 * ways of rewriting that the derivations of forest lemmas share. None of them is a lemma of the development.
 */
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { and, congruence, given, implies, not, or, refl, substitute, trans } from '../../proof/kernel.js'
import type { App, Equal, Holds, Named, Proof } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Sequences } from '../../proof/sequences.js'
import type { Sort } from '../../proof/sort.js'
import * as fc from 'fast-check'
import type { Setting } from './setting.js'
import type { Vocabulary } from './vocabulary.js'

const { fact } = chapter('mathcomp, fcsl-pcm')

/** Facts about lists of anything. */
export const listFacts = <A>(S: Sequences<A>, letter: Sort<A>, word: Sort<ReadonlyArray<A>>) => {
  type El<N> = Named<A, N>
  type Seq<N> = Named<ReadonlyArray<A>, N>
  const { nil, cons, rcons, cat, isIn, subset, same, equal } = S
  const { sample } = word

  const in_nil = fact(
    'in_nil',
    'x ∉ []',
    'The empty list has no elements.',
    forall('x', letter)
  )(<x>(x: El<x>) => given().infer(not(isIn(x, nil))))
  const mem_rcons = fact(
    'mem_rcons',
    'x ∈ l ++ [y] ⇒ x ∈ l ∨ x = y',
    'An element of a list is its last one or one before it.',
    forall('x l y', letter, word, letter)
  )(<x, l, y>(x: El<x>, l: Seq<l>, y: El<y>) => given(isIn(x, rcons(l, y))).infer(or(isIn(x, l), same(x, y))))
  const in_rcons = fact(
    'in_rcons',
    'y ∈ l ++ [y] ∧ (x ∈ l ⇒ x ∈ l ++ [y])',
    'A list with a new last element has that one and all others.',
    forall('x l y', letter, word, letter)
  )(<x, l, y>(x: El<x>, l: Seq<l>, y: El<y>) =>
    given().infer(and(isIn(y, rcons(l, y)), implies(isIn(x, l), isIn(x, rcons(l, y)))))
  )
  const subset_in = fact(
    'subset_in',
    's ⊆ t ∧ x ∈ s ⇒ x ∈ t',
    'The definition of a subset.',
    forall('s t x', word, word, letter).drawnBy(fc.tuple(sample, sample, letter.sample, fc.nat(2)), ([u, v, x, n]) =>
      n === 0 ? [u, v, x] : [[x, ...u], [...u, ...v, x], x]
    )
  )(<s, t, x>(s: Seq<s>, t: Seq<t>, x: El<x>) => given(subset(s, t), isIn(x, s)).infer(isIn(x, t)))
  const subset_refl = fact(
    'subset_refl',
    's ⊆ s',
    'A list is a subset of itself.',
    forall('s', word)
  )(<s>(s: Seq<s>) => given().infer(subset(s, s)))
  const subset_trans = fact(
    'subset_trans',
    's ⊆ t ∧ t ⊆ u ⇒ s ⊆ u',
    'Subset is transitive.',
    forall('s t u', word, word, word).drawnBy(fc.tuple(sample, sample, sample, fc.nat(2)), ([s, t, u, n]) =>
      n === 0 ? [s, t, u] : [s, [...t, ...s], [...u, ...s, ...t]]
    )
  )(<s, t, u>(s: Seq<s>, t: Seq<t>, u: Seq<u>) => given(subset(s, t), subset(t, u)).infer(subset(s, u)))
  const cats0 = fact(
    'cats0',
    'l ++ [] = l',
    'Appending nothing.',
    forall('l', word)
  )(<l>(l: Seq<l>) => given().infer(equal(cat(l, nil), l)))
  const catA = fact(
    'catA',
    'l ++ (m ++ n) = (l ++ m) ++ n',
    'Concatenation is associative.',
    forall('l m n', word, word, word)
  )(<l, m, n>(l: Seq<l>, m: Seq<m>, n: Seq<n>) => given().infer(equal(cat(l, cat(m, n)), cat(cat(l, m), n))))
  const cats1 = fact(
    'cats1',
    'l ++ [x] = rcons(l, x)',
    'Appending one element.',
    forall('l x', word, letter)
  )(<l, x>(l: Seq<l>, x: El<x>) => given().infer(equal(cat(l, cons(x, nil)), rcons(l, x))))

  return { in_nil, mem_rcons, in_rcons, subset_in, subset_refl, subset_trans, cats0, catA, cats1 }
}

/** Facts about trees, and ways of rewriting. */
export const library = <T extends Types>({ sorts, forest }: Setting<T>, V: Vocabulary<T>) => {
  type Tree<N> = Named<BlockTree<T>, N>
  type Blk<N> = Named<Block<T>, N>
  type Blks<N> = Named<ReadonlyArray<Block<T>>, N>
  type Chain<N> = Named<Blockchain<T>, N>
  type Hash<N> = Named<T['Hash'], N>
  const { btExtend, btExtendAll, btChain, compute_chain, eqTree, eqBlock, eqChain, valid, finds, inDom, join, pts } = V
  const { geq, FCR, hash, btHasBlock } = V
  const { nil, cons, rcons, cat, equal, fromRight } = V.Blocks
  const { tree, block, blocks, hash: hashes } = sorts

  // ---------------------------------------------------------------- folds

  const extend_nil = fact(
    'foldl_nil',
    't⊕*[] = t',
    'Extending by no blocks changes nothing.',
    forall('bt', tree)
  )(<t>(bt: Tree<t>) => given().infer(eqTree(btExtendAll(bt, nil), bt)))
  const extend_rcons = fact(
    'foldl_rcons',
    't⊕*(l ++ [b]) = (t⊕*l)⊕b',
    'The last block of a list is added last.',
    forall('bt l b', tree, blocks, block)
  )(<t, l, b>(bt: Tree<t>, l: Blks<l>, b: Blk<b>) =>
    given().infer(eqTree(btExtendAll(bt, rcons(l, b)), btExtend(btExtendAll(bt, l), b)))
  )
  const extend_cons = fact(
    'foldl_cons',
    't⊕*(b :: l) = (t⊕b)⊕*l',
    'The first block of a list is added first.',
    forall('bt b l', tree, block, blocks)
  )(<t, b, l>(bt: Tree<t>, b: Blk<b>, l: Blks<l>) =>
    given().infer(eqTree(btExtendAll(bt, cons(b, l)), btExtendAll(btExtend(bt, b), l)))
  )
  const extend_cat = fact(
    'foldl_cat',
    't⊕*(l ++ m) = (t⊕*l)⊕*m',
    'Two lists are added one after the other.',
    forall('bt l m', tree, blocks, blocks)
  )(<t, l, m>(bt: Tree<t>, l: Blks<l>, m: Blks<m>) =>
    given().infer(eqTree(btExtendAll(bt, cat(l, m)), btExtendAll(btExtendAll(bt, l), m)))
  )

  // ---------------------------------------------------------------- rewriting

  /** bt = bt2 ⇒ bt⊕b = bt2⊕b */
  const extended = <x, y, b>(eq: Proof<Equal<x, y>>, bt: Tree<x>, bt2: Tree<y>, b: Blk<b>) =>
    congruence(eqTree(btExtend(bt, b), btExtend(bt2, b)), eq, refl(eqBlock(b, b)))
  /** bt = bt2 ⇒ bt⊕*l = bt2⊕*l */
  const extendedAll = <x, y, l>(eq: Proof<Equal<x, y>>, bt: Tree<x>, bt2: Tree<y>, l: Blks<l>) =>
    congruence(eqTree(btExtendAll(bt, l), btExtendAll(bt2, l)), eq, refl(equal(l, l)))
  /** l = m ⇒ bt⊕*l = bt⊕*m */
  const extendedBy = <l, m, t>(eq: Proof<Equal<l, m>>, l: Blks<l>, m: Blks<m>, bt: Tree<t>) =>
    congruence(eqTree(btExtendAll(bt, l), btExtendAll(bt, m)), refl(eqTree(bt, bt)), eq)
  /** bt = bt2 ⇒ btChain bt = btChain bt2 */
  const best = <x, y>(eq: Proof<Equal<x, y>>, bt: Tree<x>, bt2: Tree<y>) =>
    congruence(eqChain(btChain(bt), btChain(bt2)), eq)
  /** bt = bt2 ⇒ compute_chain bt b = compute_chain bt2 b */
  const chained = <x, y, b>(eq: Proof<Equal<x, y>>, bt: Tree<x>, bt2: Tree<y>, b: Blk<b>) =>
    congruence(eqChain(compute_chain(bt, b), compute_chain(bt2, b)), eq, refl(eqBlock(b, b)))
  /** bt = bt2 ⇒ dom bt = dom bt2 */
  const keysOf = <x, y>(eq: Proof<Equal<x, y>>, bt: Tree<x>, bt2: Tree<y>) =>
    congruence(V.Hashes.equal(V.dom(bt), V.dom(bt2)), eq)
  /** b = c ⇒ #b = #c */
  const hashed = <b, c>(eq: Proof<Equal<b, c>>, b: Blk<b>, c: Blk<c>) => congruence(V.eqHash(hash(b), hash(c)), eq)
  /** bt = bt2 and b ∈ bt ⇒ b ∈ bt2 */
  const heldBy = <x, y, b>(
    eq: Proof<Equal<x, y>>,
    p: Proof<Holds<'btHasBlock', [b, x]>>,
    b: Blk<b>,
    bt2: Tree<y>
  ): Proof<Holds<'btHasBlock', [b, y]>> => substitute(btHasBlock(b, bt2), p, refl(eqBlock(b, b)), eq)
  /** A = A2, B = B2, A ⊒ B ⇒ A2 ⊒ B2 */
  const geqAlong = <A, A2, B, B2>(
    p: Proof<Holds<'geq', [A, B]>>,
    a: Proof<Equal<A, A2>>,
    b: Proof<Equal<B, B2>>,
    A2: Chain<A2>,
    B2: Chain<B2>
  ): Proof<Holds<'geq', [A2, B2]>> => substitute(geq(A2, B2), p, a, b)
  /** A = A2, B = B2, A ⊐ B ⇒ A2 ⊐ B2 */
  const betterAlong = <A, A2, B, B2>(
    p: Proof<Holds<'FCR', [A, B]>>,
    a: Proof<Equal<A, A2>>,
    b: Proof<Equal<B, B2>>,
    A2: Chain<A2>,
    B2: Chain<B2>
  ): Proof<Holds<'FCR', [A2, B2]>> => substitute(FCR(A2, B2), p, a, b)

  /**
   * A tree extended by a list: the list is empty and the tree is as before, or a last block extends what the blocks
   * before it made.
   */
  const onFold = <t, l, C>(
    bt: Tree<t>,
    l: Blks<l>,
    empty: (same: Proof<Equal<App<'btExtendAll', [t, l]>, t>>, isNil: Proof<Equal<l, 'nil'>>) => Proof<C>,
    more: <xs, b>(
      xs: Blks<xs>,
      b: Blk<b>,
      is: Proof<Equal<App<'btExtendAll', [t, l]>, App<'btExtend', [App<'btExtendAll', [t, xs]>, b]>>>,
      isRcons: Proof<Equal<l, App<'rcons', [xs, b]>>>
    ) => Proof<C>
  ): Proof<C> =>
    fromRight(
      l,
      (isNil) => empty(trans(extendedBy(isNil, l, nil, bt), extend_nil(bt)()), isNil),
      (xs, b, isRcons) =>
        more(xs, b, trans(extendedBy(isRcons, l, rcons(xs, b), bt), extend_rcons(bt, xs, b)()), isRcons)
    )

  // ---------------------------------------------------------------- maps

  const finds_valid = fact(
    'find_some',
    'find(h, t) = b ⇒ V(t) ∧ h ∈ dom t',
    'What is found is in a defined map, under one of its keys.',
    forall('h bt b', hashes, tree, block).drawnBy(fc.tuple(hashes.sample, tree.sample, block.sample), ([h, t, b]) => {
      const found = forest.find(h, t)
      return [h, t, found._tag === 'Some' ? found.value : b]
    })
  )(<h, t, b>(h: Hash<h>, bt: Tree<t>, b: Blk<b>) => given(finds(h, bt, b)).infer(and(valid(bt), inDom(h, bt))))

  const extend_fresh = fact(
    'btExtend_fresh',
    '#b ∉ dom t ⇒ t⊕b = {#b→b} ⊎ t',
    'A block with a new hash is added to the map.',
    forall('bt b', tree, block)
  )(<t, b>(bt: Tree<t>, b: Blk<b>) =>
    given(not(inDom(hash(b), bt))).infer(eqTree(btExtend(bt, b), join(pts(hash(b), b), bt)))
  )
  const extend_known = fact(
    'btExtend_known',
    'V(t⊕b) ∧ #b ∈ dom t ⇒ b ∈ t',
    'A block whose hash is a key can be added without a collision only if it is there already.',
    forall('bt b', tree, block)
  )(<t, b>(bt: Tree<t>, b: Blk<b>) => given(valid(btExtend(bt, b)), inDom(hash(b), bt)).infer(btHasBlock(b, bt)))

  return {
    extend_nil,
    extend_rcons,
    extend_cons,
    extend_cat,
    extended,
    extendedAll,
    extendedBy,
    best,
    chained,
    keysOf,
    hashed,
    heldBy,
    geqAlong,
    betterAlong,
    onFold,
    finds_valid,
    extend_fresh,
    extend_known
  }
}

/** What `listFacts` returns. */
export type ListFacts<A> = ReturnType<typeof listFacts<A>>

/** What `library` returns. */
export type Library<T extends Types> = ReturnType<typeof library<T>>
