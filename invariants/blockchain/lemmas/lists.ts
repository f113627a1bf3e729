/**
 * Facts about lists of anything that Coq takes from its libraries (mathcomp’s `seq.v`). None of them is a lemma of the
 * development.
 */
import * as fc from 'fast-check'
import { and, given, implies, not, or } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { El, Seq } from './terms.js'
import type { ListTheory } from './theory.js'

const { definition, fact } = chapter('mathcomp, fcsl-pcm')

export const in_nil = definition(
  'in_nil',
  'x ∉ []',
  'The empty list has no elements.'
)(<A>({ letter, words: { isIn, nil } }: ListTheory<A>) =>
  forall('x', letter).state(<x>(x: El<A, x>) => given().infer(not(isIn(x, nil))))
)

export const mem_rcons = fact(
  'mem_rcons',
  'x ∈ l ++ [y] ⇒ x ∈ l ∨ x = y',
  'An element of a list is its last one or one before it.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, rcons, same } = theory.words
  return forall('x l y', letter, word, letter).state(<x, l, y>(x: El<A, x>, l: Seq<A, l>, y: El<A, y>) =>
    given(isIn(x, rcons(l, y))).infer(or(isIn(x, l), same(x, y)))
  )
})

export const in_rcons = fact(
  'in_rcons',
  'y ∈ l ++ [y] ∧ (x ∈ l ⇒ x ∈ l ++ [y])',
  'A list with a new last element has that one and all others.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, rcons } = theory.words
  return forall('x l y', letter, word, letter).state(<x, l, y>(x: El<A, x>, l: Seq<A, l>, y: El<A, y>) =>
    given().infer(and(isIn(y, rcons(l, y)), implies(isIn(x, l), isIn(x, rcons(l, y)))))
  )
})

export const subset_in = fact(
  'subset_in',
  's ⊆ t ∧ x ∈ s ⇒ x ∈ t',
  'The definition of a subset.'
)(<A>(theory: ListTheory<A>) => {
  const { word, letter } = theory
  const { sample } = theory.word
  const { subset, isIn } = theory.words
  return forall('s t x', word, word, letter)
    .drawnBy(fc.tuple(sample, sample, letter.sample, fc.nat(2)), ([u, v, x, n]) =>
      n === 0 ? [u, v, x] : [[x, ...u], [...u, ...v, x], x]
    )
    .state(<s, t, x>(s: Seq<A, s>, t: Seq<A, t>, x: El<A, x>) => given(subset(s, t), isIn(x, s)).infer(isIn(x, t)))
})

export const subset_refl = fact(
  'subset_refl',
  's ⊆ s',
  'A list is a subset of itself.'
)(<A>({ word, words: { subset } }: ListTheory<A>) =>
  forall('s', word).state(<s>(s: Seq<A, s>) => given().infer(subset(s, s)))
)

export const subset_trans = fact(
  'subset_trans',
  's ⊆ t ∧ t ⊆ u ⇒ s ⊆ u',
  'Subset is transitive.'
)(<A>({ word, word: { sample }, words: { subset } }: ListTheory<A>) =>
  forall('s t u', word, word, word)
    .drawnBy(fc.tuple(sample, sample, sample, fc.nat(2)), ([s, t, u, n]) =>
      n === 0 ? [s, t, u] : [s, [...t, ...s], [...u, ...s, ...t]]
    )
    .state(<s, t, u>(s: Seq<A, s>, t: Seq<A, t>, u: Seq<A, u>) => given(subset(s, t), subset(t, u)).infer(subset(s, u)))
)

export const cats0 = fact(
  'cats0',
  'l ++ [] = l',
  'Appending nothing.'
)(<A>(theory: ListTheory<A>) => {
  const { word } = theory
  const { equal, cat, nil } = theory.words
  return forall('l', word).state(<l>(l: Seq<A, l>) => given().infer(equal(cat(l, nil), l)))
})

export const catA = fact(
  'catA',
  'l ++ (m ++ n) = (l ++ m) ++ n',
  'Concatenation is associative.'
)(<A>({ word, words: { equal, cat } }: ListTheory<A>) =>
  forall('l m n', word, word, word).state(<l, m, n>(l: Seq<A, l>, m: Seq<A, m>, n: Seq<A, n>) =>
    given().infer(equal(cat(l, cat(m, n)), cat(cat(l, m), n)))
  )
)

export const cats1 = fact(
  'cats1',
  'l ++ [x] = rcons(l, x)',
  'Appending one element.'
)(<A>(theory: ListTheory<A>) => {
  const { word, letter } = theory
  const { equal, cat, cons, nil, rcons } = theory.words
  return forall('l x', word, letter).state(<l, x>(l: Seq<A, l>, x: El<A, x>) =>
    given().infer(equal(cat(l, cons(x, nil)), rcons(l, x)))
  )
})
