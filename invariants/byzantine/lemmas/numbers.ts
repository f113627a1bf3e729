/**
 * Natural numbers with addition and order: a few facts, from which inequalities between sums are derived (`linear.ts`).
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { congruence, equal, given, not, refl, symm, trans } from '../../proof/kernel.js'
import type { Equality, Holds, Lifted2, Named, Prop, SortOf, Vocabulary } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Sort } from '../../proof/sort.js'

export type Number_<N> = Named<number, N>

/** The words for natural numbers. */
export interface NumberWords {
  readonly Number: SortOf<number>
  readonly zero: Number_<'0'>
  readonly one: Number_<'1'>
  readonly plus: Lifted2<'plus', number, number, number>
  readonly atMost: <N, M>(k: Number_<N>, n: Number_<M>) => Prop<Holds<'atMost', [N, M]>>
  readonly same: Equality<number>
}

/** Whatever has numbers. */
export interface NumberTheory {
  readonly vocabulary: Vocabulary
  readonly numbers: NumberWords
  /** Numbers up to some. */
  readonly number: Sort<number>
}

/** Natural numbers, as far as sums of them are exact: no other number is in their sort, as it is not equal to itself. */
export const naturals: Eq<number> = { equals: (a, b) => a === b && Number.isSafeInteger(a) && a >= 0 }

export const numberWords = ({ constant, lift, predicate, sort }: Vocabulary): NumberWords => {
  const Number_ = sort<number>('Number', naturals)
  const two = [Number_, Number_] as const
  return {
    Number: Number_,
    zero: constant('0', Number_, 0),
    one: constant('1', Number_, 1),
    plus: lift('plus', two, Number_, (a, b) => a + b),
    atMost: predicate('atMost', two, (k, n) => k <= n),
    same: equal(Number_)
  }
}

const { definition, fact } = chapter('natural numbers')

export const plus_zero = definition(
  'plus_zero',
  'a + 0 = a',
  'Adding nothing changes nothing.'
)(({ number, numbers: { plus, same, zero } }: NumberTheory) =>
  forall('a', number).state(<a>(a: Number_<a>) => given().infer(same(plus(a, zero), a)))
)

export const plus_comm = fact(
  'plus_comm',
  'a + b = b + a',
  'The order of two summands does not matter.'
)(({ number, numbers: { plus, same } }: NumberTheory) =>
  forall('a b', number, number).state(<a, b>(a: Number_<a>, b: Number_<b>) =>
    given().infer(same(plus(a, b), plus(b, a)))
  )
)

export const plus_assoc = fact(
  'plus_assoc',
  '(a + b) + c = a + (b + c)',
  'Nor does what is added first.'
)(({ number, numbers: { plus, same } }: NumberTheory) =>
  forall('a b c', number, number, number).state(<a, b, c>(a: Number_<a>, b: Number_<b>, c: Number_<c>) =>
    given().infer(same(plus(plus(a, b), c), plus(a, plus(b, c))))
  )
)

export const atMost_refl = fact(
  'atMost_refl',
  'a ≤ a',
  'A number is at most itself.'
)(({ number, numbers: { atMost } }: NumberTheory) =>
  forall('a', number).state(<a>(a: Number_<a>) => given().infer(atMost(a, a)))
)

export const atMost_antisym = fact(
  'atMost_antisym',
  'a ≤ b ∧ b ≤ a ⇒ a = b',
  'Two numbers that are at most each other are one.'
)(({ number, numbers: { atMost, same } }: NumberTheory) =>
  forall('a b', number, number).state(<a, b>(a: Number_<a>, b: Number_<b>) =>
    given(atMost(a, b), atMost(b, a)).infer(same(a, b))
  )
)

export const atMost_plus = fact(
  'atMost_plus',
  'a ≤ b ∧ c ≤ d ⇒ a + c ≤ b + d',
  'Inequalities can be added.'
)(({ number, numbers: { atMost, plus } }: NumberTheory) =>
  forall('a b c d', number, number, number, number).state(
    <a, b, c, d>(a: Number_<a>, b: Number_<b>, c: Number_<c>, d: Number_<d>) =>
      given(atMost(a, b), atMost(c, d)).infer(atMost(plus(a, c), plus(b, d)))
  )
)

export const atMost_total = fact(
  'atMost_total',
  '¬ a ≤ b ⇒ b + 1 ≤ a',
  'Of two numbers one is at most the other, and not above it.'
)(({ number, numbers: { atMost, one, plus } }: NumberTheory) =>
  forall('a b', number, number).state(<a, b>(a: Number_<a>, b: Number_<b>) =>
    given(not(atMost(a, b))).infer(atMost(plus(b, one), a))
  )
)

export const more_is_more = fact(
  'more_is_more',
  '¬ 1 + (c + a) ≤ a',
  'No number is above itself.'
)(({ number, numbers: { atMost, one, plus } }: NumberTheory) =>
  forall('a c', number, number).state(<a, c>(a: Number_<a>, c: Number_<c>) =>
    given().infer(not(atMost(plus(one, plus(c, a)), a)))
  )
)

export const zero_plus = fact(
  'zero_plus',
  '0 + a = a',
  'Adding to nothing changes nothing.'
)((theory: NumberTheory) => {
  const { plus, same, zero } = theory.numbers
  return forall('a', theory.number).state(<a>(a: Number_<a>) =>
    given()
      .infer(same(plus(zero, a), a))
      .by(() => trans(plus_comm(theory)(zero, a)(), plus_zero(theory)(a)()))
  )
})

export const plus_swap = fact(
  'plus_swap',
  'a + (b + c) = b + (a + c)',
  'A summand can be taken to the front.'
)((theory: NumberTheory) => {
  const { plus, same } = theory.numbers
  return forall('a b c', theory.number, theory.number, theory.number).state(
    <a, b, c>(a: Number_<a>, b: Number_<b>, c: Number_<c>) =>
      given()
        .infer(same(plus(a, plus(b, c)), plus(b, plus(a, c))))
        .by(() =>
          trans(
            symm(plus_assoc(theory)(a, b, c)()),
            trans(
              congruence(same(plus(plus(a, b), c), plus(plus(b, a), c)), plus_comm(theory)(a, b)(), refl(same(c, c))),
              plus_assoc(theory)(b, a, c)()
            )
          )
        )
  )
})

export const factsOfNumbers = [
  plus_zero,
  plus_comm,
  plus_assoc,
  atMost_refl,
  atMost_antisym,
  atMost_plus,
  atMost_total,
  more_is_more,
  zero_plus,
  plus_swap
] as const
