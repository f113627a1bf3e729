/**
 * Facts about trees that Coq takes from its libraries (fcsl-pcm’s `unionmap.v`) or gets by computing, and the ways of
 * rewriting along an equation that the derivations of forest lemmas share. None of them is a lemma of the development.
 */
import * as fc from 'fast-check'
import type { Types } from '../../../spec/blockchain/types.js'
import { and, congruence, given, not, refl, substitute, trans } from '../../proof/kernel.js'
import type { App, Equal, Holds, Proof } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { t_alone, t_b, t_l_b } from './terms.js'
import type { Blk, Blks, Chain, Hash, Tree } from './terms.js'
import type { Theory } from './theory.js'

const { definition, fact } = chapter('mathcomp, fcsl-pcm')

// ---------------------------------------------------------------- folds

export const extend_nil = definition(
  'extend_nil',
  't⊕*[] = t',
  'Extending by no blocks changes nothing.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll } = theory.words
  const { nil } = theory.words.Blocks
  return t_alone(theory).state(<t>(bt: Tree<T, t>) => given().infer(eqTree(btExtendAll(bt, nil), bt)))
})

export const extend_rcons = fact(
  'extend_rcons',
  't⊕*(l ++ [b]) = (t⊕*l)⊕b',
  'The last block of a list is added last.'
)(<T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll, btExtend } = theory.words
  const { rcons } = theory.words.Blocks
  return t_l_b(theory).state(<t, l, b>(bt: Tree<T, t>, l: Blks<T, l>, b: Blk<T, b>) =>
    given().infer(eqTree(btExtendAll(bt, rcons(l, b)), btExtend(btExtendAll(bt, l), b)))
  )
})

export const extend_cons = definition(
  'extend_cons',
  't⊕*(b :: l) = (t⊕b)⊕*l',
  'The first block of a list is added first.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, block, blocks } = theory.sorts
  const { eqTree, btExtendAll, btExtend } = theory.words
  const { cons } = theory.words.Blocks
  return forall('bt b l', tree, block, blocks).state(<t, b, l>(bt: Tree<T, t>, b: Blk<T, b>, l: Blks<T, l>) =>
    given().infer(eqTree(btExtendAll(bt, cons(b, l)), btExtendAll(btExtend(bt, b), l)))
  )
})

export const extend_cat = fact(
  'extend_cat',
  't⊕*(l ++ m) = (t⊕*l)⊕*m',
  'Two lists are added one after the other.'
)(<T extends Types>(theory: Theory<T>) => {
  const { tree, blocks } = theory.sorts
  const { eqTree, btExtendAll } = theory.words
  const { cat } = theory.words.Blocks
  return forall('bt l m', tree, blocks, blocks).state(<t, l, m>(bt: Tree<T, t>, l: Blks<T, l>, m: Blks<T, m>) =>
    given().infer(eqTree(btExtendAll(bt, cat(l, m)), btExtendAll(btExtendAll(bt, l), m)))
  )
})

// ---------------------------------------------------------------- rewriting

/** bt = bt2 ⇒ bt⊕b = bt2⊕b */
export const extendAlong =
  <T extends Types>({ words: { eqTree, btExtend, eqBlock } }: Theory<T>) =>
  <x, y, b>(eq: Proof<Equal<x, y>>, bt: Tree<T, x>, bt2: Tree<T, y>, b: Blk<T, b>) =>
    congruence(eqTree(btExtend(bt, b), btExtend(bt2, b)), eq, refl(eqBlock(b, b)))

/** bt = bt2 ⇒ bt⊕*l = bt2⊕*l */
export const extendAllAlong = <T extends Types>(theory: Theory<T>) => {
  const { eqTree, btExtendAll } = theory.words
  const { equal } = theory.words.Blocks
  return <x, y, l>(eq: Proof<Equal<x, y>>, bt: Tree<T, x>, bt2: Tree<T, y>, l: Blks<T, l>) =>
    congruence(eqTree(btExtendAll(bt, l), btExtendAll(bt2, l)), eq, refl(equal(l, l)))
}

/** l = m ⇒ bt⊕*l = bt⊕*m */
export const blocksAlong =
  <T extends Types>({ words: { eqTree, btExtendAll } }: Theory<T>) =>
  <l, m, t>(eq: Proof<Equal<l, m>>, l: Blks<T, l>, m: Blks<T, m>, bt: Tree<T, t>) =>
    congruence(eqTree(btExtendAll(bt, l), btExtendAll(bt, m)), refl(eqTree(bt, bt)), eq)

/** bt = bt2 ⇒ btChain bt = btChain bt2 */
export const bestAlong =
  <T extends Types>({ words: { eqChain, btChain } }: Theory<T>) =>
  <x, y>(eq: Proof<Equal<x, y>>, bt: Tree<T, x>, bt2: Tree<T, y>) =>
    congruence(eqChain(btChain(bt), btChain(bt2)), eq)

/** bt = bt2 ⇒ compute_chain bt b = compute_chain bt2 b */
export const chainAlong =
  <T extends Types>({ words: { eqChain, compute_chain, eqBlock } }: Theory<T>) =>
  <x, y, b>(eq: Proof<Equal<x, y>>, bt: Tree<T, x>, bt2: Tree<T, y>, b: Blk<T, b>) =>
    congruence(eqChain(compute_chain(bt, b), compute_chain(bt2, b)), eq, refl(eqBlock(b, b)))

/** bt = bt2 ⇒ dom bt = dom bt2 */
export const domAlong =
  <T extends Types>({ words: { Hashes, dom } }: Theory<T>) =>
  <x, y>(eq: Proof<Equal<x, y>>, bt: Tree<T, x>, bt2: Tree<T, y>) =>
    congruence(Hashes.equal(dom(bt), dom(bt2)), eq)

/** b = c ⇒ #b = #c */
export const hashAlong =
  <T extends Types>({ words: { eqHash, hash } }: Theory<T>) =>
  <b, c>(eq: Proof<Equal<b, c>>, b: Blk<T, b>, c: Blk<T, c>) =>
    congruence(eqHash(hash(b), hash(c)), eq)

/** bt = bt2 and b ∈ bt ⇒ b ∈ bt2 */
export const heldAlong =
  <T extends Types>({ words: { btHasBlock, eqBlock } }: Theory<T>) =>
  <x, y, b>(
    eq: Proof<Equal<x, y>>,
    p: Proof<Holds<'btHasBlock', [b, x]>>,
    b: Blk<T, b>,
    bt2: Tree<T, y>
  ): Proof<Holds<'btHasBlock', [b, y]>> =>
    substitute(btHasBlock(b, bt2), p, refl(eqBlock(b, b)), eq)

/** A = A2, B = B2, A ⊒ B ⇒ A2 ⊒ B2 */
export const geqAlong =
  <T extends Types>({ words: { geq } }: Theory<T>) =>
  <A, A2, B, B2>(
    p: Proof<Holds<'geq', [A, B]>>,
    a: Proof<Equal<A, A2>>,
    b: Proof<Equal<B, B2>>,
    A2: Chain<T, A2>,
    B2: Chain<T, B2>
  ): Proof<Holds<'geq', [A2, B2]>> =>
    substitute(geq(A2, B2), p, a, b)

/** A = A2, B = B2, A ⊐ B ⇒ A2 ⊐ B2 */
export const betterAlong =
  <T extends Types>({ words: { FCR } }: Theory<T>) =>
  <A, A2, B, B2>(
    p: Proof<Holds<'FCR', [A, B]>>,
    a: Proof<Equal<A, A2>>,
    b: Proof<Equal<B, B2>>,
    A2: Chain<T, A2>,
    B2: Chain<T, B2>
  ): Proof<Holds<'FCR', [A2, B2]>> =>
    substitute(FCR(A2, B2), p, a, b)

/**
 * A tree extended by a list: the list is empty and the tree is as before, or a last block extends what the blocks
 * before it made.
 */
export const onFold = <T extends Types>(theory: Theory<T>) => {
  const { fromRight, nil, rcons } = theory.words.Blocks
  return <t, l, C>(
    bt: Tree<T, t>,
    l: Blks<T, l>,
    empty: (same: Proof<Equal<App<'btExtendAll', [t, l]>, t>>, isNil: Proof<Equal<l, 'nil'>>) => Proof<C>,
    more: <xs, b>(
      xs: Blks<T, xs>,
      b: Blk<T, b>,
      is: Proof<Equal<App<'btExtendAll', [t, l]>, App<'btExtend', [App<'btExtendAll', [t, xs]>, b]>>>,
      isRcons: Proof<Equal<l, App<'rcons', [xs, b]>>>
    ) => Proof<C>
  ): Proof<C> =>
    fromRight(
      l,
      (isNil) => empty(trans(blocksAlong(theory)(isNil, l, nil, bt), extend_nil(theory)(bt)()), isNil),
      (xs, b, isRcons) =>
        more(
          xs,
          b,
          trans(blocksAlong(theory)(isRcons, l, rcons(xs, b), bt), extend_rcons(theory)(bt, xs, b)()),
          isRcons
        )
    )
}

// ---------------------------------------------------------------- maps

export const finds_valid = fact(
  'find_some',
  'find(h, t) = b ⇒ V(t) ∧ h ∈ dom t',
  'What is found is in a defined map, under one of its keys.'
)(<T extends Types>(theory: Theory<T>) => {
  const { forest } = theory
  const { hash: hashes, tree, block } = theory.sorts
  const { finds, valid, inDom } = theory.words
  return forall('h bt b', hashes, tree, block)
    .drawnBy(fc.tuple(hashes.sample, tree.sample, block.sample), ([h, t, b]) => {
      const found = forest.find(h, t)
      return [h, t, found._tag === 'Some' ? found.value : b]
    })
    .state(<h, t, b>(h: Hash<T, h>, bt: Tree<T, t>, b: Blk<T, b>) =>
      given(finds(h, bt, b)).infer(and(valid(bt), inDom(h, bt)))
    )
})

export const extend_fresh = definition(
  'btExtend_fresh',
  '#b ∉ dom t ⇒ t⊕b = {#b→b} ⊎ t',
  'A block with a new hash is added to the map.'
)(<T extends Types>(theory: Theory<T>) => {
  const { inDom, hash, eqTree, btExtend, join, pts } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(not(inDom(hash(b), bt))).infer(eqTree(btExtend(bt, b), join(pts(hash(b), b), bt)))
  )
})

export const extend_known = fact(
  'btExtend_known',
  'V(t⊕b) ∧ #b ∈ dom t ⇒ b ∈ t',
  'A block whose hash is a key can be added without a collision only if it is there already.'
)(<T extends Types>(theory: Theory<T>) => {
  const { valid, btExtend, inDom, hash, btHasBlock } = theory.words
  return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
    given(valid(btExtend(bt, b)), inDom(hash(b), bt)).infer(btHasBlock(b, bt))
  )
})
