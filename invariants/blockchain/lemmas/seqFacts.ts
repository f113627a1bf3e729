/**
 * Facts about sequences: the lemmas of `Structures/SeqFacts.v` up to `in_rem_msg`.
 *
 * Coq states them for elements of any type; here they are about a theory of lists, and run on lists of blocks.
 */
import * as fc from 'fast-check'
import { and, contradiction, first, given, not, refl, refute, substitute } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { El, Seq } from './terms.js'
import type { ListTheory } from './theory.js'

const { lemma, fact } = chapter('Structures/SeqFacts.v')

/** @coq Structures/SeqFacts.v rem_neq */
export const rem_neq = lemma(
  'rem_neq',
  'x ≠ y ∧ x ∈ l ⇒ x ∈ rem(y, l)',
  'Removing an element keeps every other one.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { same, isIn, rem } = theory.words
  return forall('x y l', letter, letter, word).state(<x, y, l>(x: El<A, x>, y: El<A, y>, l: Seq<A, l>) =>
    given(not(same(x, y)), isIn(x, l)).infer(isIn(x, rem(y, l)))
  )
})

/** @coq Structures/SeqFacts.v rem_neq_notin */
export const rem_neq_notin = lemma(
  'rem_neq_notin',
  'x ≠ y ∧ x ∉ l ⇒ x ∉ rem(y, l)',
  'Removing an element adds none.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { same, isIn, rem } = theory.words
  return forall('x y l', letter, letter, word).state(<x, y, l>(x: El<A, x>, y: El<A, y>, l: Seq<A, l>) =>
    given(not(same(x, y)), not(isIn(x, l))).infer(not(isIn(x, rem(y, l))))
  )
})

/** An element and a list, which has it most of the time: of some elements there are so many that they seldom meet. */
const member = <A>({ letter, word }: ListTheory<A>) =>
  forall('x l', letter, word).drawnBy(fc.tuple(letter.sample, word.sample, fc.nat(6)), ([x, l, n]) => [l[n] ?? x, l])

/** @coq Structures/SeqFacts.v in_seq_neq */
export const in_seq_neq = lemma(
  'in_seq_neq',
  'x ∈ l ⇒ l = p ++ [x] ++ s for some p, s with x ∉ p',
  'A list can be split at the first occurrence of each of its elements.'
)(<A>(theory: ListTheory<A>) => {
  const { isIn, equal, cat, before, cons, after } = theory.words
  return member(theory).state(<x, l>(x: El<A, x>, l: Seq<A, l>) =>
    given(isIn(x, l)).infer(and(equal(l, cat(before(x, l), cons(x, after(x, l)))), not(isIn(x, before(x, l)))))
  )
})

/** @coq Structures/SeqFacts.v in_seq */
export const in_seq = lemma(
  'in_seq',
  'x ∈ l ⇒ l = p ++ [x] ++ s for some p, s',
  'A list can be split at each of its elements.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, equal, cat, before, cons, after } = theory.words
  return forall('x l', letter, word).state(<x, l>(x: El<A, x>, l: Seq<A, l>) =>
    given(isIn(x, l))
      .infer(equal(l, cat(before(x, l), cons(x, after(x, l)))))
      .by((p) => first(in_seq_neq(theory)(x, l)(p)))
  )
})

/** @coq Structures/SeqFacts.v in_seq_excl */
export const in_seq_excl = lemma(
  'in_seq_excl',
  'x ∈ l ∧ y ∉ l ⇒ x ≠ y',
  'An element of a list differs from whatever is not in the list.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, same, equal } = theory.words
  return forall('x y l', letter, letter, word)
    .drawnBy(fc.tuple(letter.sample, letter.sample, word.sample), ([x, y, l]): [A, A, ReadonlyArray<A>] => [
      l[0] ?? x,
      y,
      l.slice(0, 2)
    ])
    .state(<x, y, l>(x: El<A, x>, y: El<A, y>, l: Seq<A, l>) =>
      given(isIn(x, l), not(isIn(y, l)))
        .infer(not(same(x, y)))
        .by((p, q) =>
          refute(not(same(x, y)), (eq) => contradiction(substitute(isIn(y, l), p, eq, refl(equal(l, l))), q))
        )
    )
})

/** @coq Structures/SeqFacts.v rem_elem */
export const rem_elem = lemma(
  'rem_elem',
  'x ∉ p ⇒ rem(x, p ++ [x] ++ s) = p ++ s',
  'What is removed is the first occurrence.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, equal, rem, cat, cons } = theory.words
  return forall('x p s', letter, word, word).state(<x, p, s>(x: El<A, x>, p: Seq<A, p>, s: Seq<A, s>) =>
    given(not(isIn(x, p))).infer(equal(rem(x, cat(p, cons(x, s))), cat(p, s)))
  )
})

export const mem_cat_right = fact(
  'mem_cat',
  'x ∈ l ⇒ x ∈ m ++ l',
  'The elements of a list are in every list that ends with it.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, cat } = theory.words
  return forall('x m l', letter, word, word).state(<x, m, l>(x: El<A, x>, m: Seq<A, m>, l: Seq<A, l>) =>
    given(isIn(x, l)).infer(isIn(x, cat(m, l)))
  )
})

/** @coq Structures/SeqFacts.v in_rem_msg */
export const in_rem_msg = lemma(
  'in_rem_msg',
  'x ∈ h ∧ x ≠ y ⇒ x ∈ m ++ rem(y, h)',
  'A packet in flight stays in flight when another one is delivered.'
)(<A>(theory: ListTheory<A>) => {
  const { letter, word } = theory
  const { isIn, same, cat, rem } = theory.words
  return forall('x y m h', letter, letter, word, word).state(
    <x, y, m, h>(x: El<A, x>, y: El<A, y>, m: Seq<A, m>, h: Seq<A, h>) =>
      given(isIn(x, h), not(same(x, y)))
        .infer(isIn(x, cat(m, rem(y, h))))
        .by((p, q) => mem_cat_right(theory)(x, m, rem(y, h))(rem_neq(theory)(x, y, h)(q, p)))
  )
})
