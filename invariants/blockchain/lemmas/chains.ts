/**
 * How two sequences can relate: prefixes and forks. The lemmas of `Structures/Chains.v`.
 *
 * Coq’s `reflect P b` is `iff` here: P and b are decided by two independent computations.
 */
import * as fc from 'fast-check'
import {
  cases,
  contradiction,
  given,
  iff,
  inLeft,
  inRight,
  not,
  or,
  refl,
  refute,
  substitute,
  symm
} from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { back, equivalent, forth, impossible } from '../../proof/logic.js'
import { drawn } from '../../proof/sort.js'
import type { Seq } from './terms.js'
import type { ListTheory } from './theory.js'

const { definition, fact, lemma } = chapter('Structures/Chains.v')

const one = <A>({ word }: ListTheory<A>) => forall('a', word)

const ends = <A>({ word, word: { sample } }: ListTheory<A>) =>
  forall('a', drawn(word, fc.oneof(fc.constant([]), sample)))

const unrelated = <A>({ word }: ListTheory<A>) => forall('a b', word, word)

const two = <A>({ word, word: { sample } }: ListTheory<A>) =>
  forall('a b', word, word).drawnBy(fc.tuple(sample, sample, fc.nat(4)), ([u, v, k]) =>
    k === 0 ? [u, v] : k === 1 ? [u, u] : k === 2 ? [[...u, ...v], u] : [u, [...u, ...v]]
  )

const three = <A>({ word, word: { sample } }: ListTheory<A>) =>
  forall('a b c', word, word, word).drawnBy(fc.tuple(sample, sample, sample, fc.nat(3)), ([u, v, w, k]) =>
    k === 0 ? [u, v, w] : [u, [...u, ...v], [...u, ...v, ...w]]
  )

const siblings = <A>({ word, word: { sample } }: ListTheory<A>) =>
  forall('a b c', word, word, word).drawnBy(fc.tuple(sample, fc.nat(6), fc.nat(6)), ([u, i, j]) => [
    u.slice(0, i),
    u.slice(0, j),
    u
  ])

const grown = <A>({ word, word: { sample } }: ListTheory<A>) =>
  forall('a b c', word, word, word).drawnBy(fc.tuple(sample, sample, sample), ([u, v, w]) => [u, v, [...v, ...w]])

/** @coq Structures/Chains.v isp_mt */
export const isp_mt = lemma(
  'isp_mt',
  'not a < []',
  'Nothing is a strict prefix of the empty list.'
)(<A>(theory: ListTheory<A>) => {
  const { is_strict_prefix, nil } = theory.words
  return one(theory).state(<a>(a: Seq<A, a>) => given().infer(not(is_strict_prefix(a, nil))))
})

/** @coq Structures/Chains.v sprefixP */
export const sprefixP = lemma(
  'sprefixP',
  'sprefixb(a, b) ⇔ b = a ++ x :: r for some x, r',
  'The test for a strict prefix decides it.'
)(<A>(theory: ListTheory<A>) => {
  const { sprefixb, is_strict_prefix } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given().infer(iff(sprefixb(a, b), is_strict_prefix(a, b)))
  )
})

/** @coq Structures/Chains.v bc_pre_refl */
export const bc_pre_refl = lemma(
  'bc_pre_refl',
  'a ≤ a',
  'A list is a prefix of itself.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix } = theory.words
  return one(theory).state(<a>(a: Seq<A, a>) => given().infer(is_prefix(a, a)))
})

/** @coq Structures/Chains.v bc_pre_trans */
export const bc_pre_trans = lemma(
  'bc_pre_trans',
  'a ≤ b ∧ b ≤ c ⇒ a ≤ c',
  'Prefix is transitive.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix } = theory.words
  return three(theory).state(<a, b, c>(a: Seq<A, a>, b: Seq<A, b>, c: Seq<A, c>) =>
    given(is_prefix(a, b), is_prefix(b, c)).infer(is_prefix(a, c))
  )
})

/** @coq Structures/Chains.v bc_spre_nrefl */
export const bc_spre_nrefl = lemma(
  'bc_spre_nrefl',
  'not a < a',
  'No list is a strict prefix of itself.'
)(<A>(theory: ListTheory<A>) => {
  const { is_strict_prefix } = theory.words
  return one(theory).state(<a>(a: Seq<A, a>) => given().infer(not(is_strict_prefix(a, a))))
})

/** @coq Structures/Chains.v bc_spre_trans */
export const bc_spre_trans = lemma(
  'bc_spre_trans',
  'a < b ∧ b < c ⇒ a < c',
  'Strict prefix is transitive.'
)(<A>(theory: ListTheory<A>) => {
  const { is_strict_prefix } = theory.words
  return three(theory).state(<a, b, c>(a: Seq<A, a>, b: Seq<A, b>, c: Seq<A, c>) =>
    given(is_strict_prefix(a, b), is_strict_prefix(b, c)).infer(is_strict_prefix(a, c))
  )
})

/** @coq Structures/Chains.v bc_spre_pre */
export const bc_spre_pre = lemma(
  'bc_spre_pre',
  'a < b ⇒ a ≤ b',
  'A strict prefix is a prefix.'
)(<A>(theory: ListTheory<A>) => {
  const { is_strict_prefix, is_prefix } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) => given(is_strict_prefix(a, b)).infer(is_prefix(a, b)))
})

/** @coq Structures/Chains.v bc_pre_spre */
export const bc_pre_spre = lemma(
  'bc_pre_spre',
  'a ≤ b ⇒ a < b ∨ a = b',
  'A prefix is strict or the whole.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix, is_strict_prefix, equal } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given(is_prefix(a, b)).infer(or(is_strict_prefix(a, b), equal(a, b)))
  )
})

/** @coq Structures/Chains.v bc_pre_both */
export const bc_pre_both = lemma(
  'bc_pre_both',
  'a ≤ b ∧ b ≤ a ⇒ a = b',
  'Two lists that are prefixes of each other are equal.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix, equal } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given(is_prefix(a, b), is_prefix(b, a))
      .infer(equal(a, b))
      .by((ab, ba) =>
        cases(
          bc_pre_spre(theory)(a, b)(ab),
          (strictly) =>
            cases(
              bc_pre_spre(theory)(b, a)(ba),
              (other) =>
                impossible(bc_spre_trans(theory)(a, b, a)(strictly, other), bc_spre_nrefl(theory)(a)(), equal(a, b)),
              (eq) => symm(eq)
            ),
          (eq) => eq
        )
      )
  )
})

/** @coq Structures/Chains.v bc_spre_both */
export const bc_spre_both = lemma(
  'bc_spre_both',
  'not (sprefixb(a, b) ∧ sprefixb(b, a))',
  'Two lists are never strict prefixes of each other.'
)(<A>(theory: ListTheory<A>) => {
  const { sprefixb } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given(sprefixb(a, b))
      .infer(not(sprefixb(b, a)))
      .by((ab) =>
        refute(not(sprefixb(b, a)), (ba) =>
          contradiction(
            bc_spre_trans(theory)(a, b, a)(forth(sprefixP(theory)(a, b)(), ab), forth(sprefixP(theory)(b, a)(), ba)),
            bc_spre_nrefl(theory)(a)()
          )
        )
      )
  )
})

/** @coq Structures/Chains.v bc_prefix_mt */
export const bc_prefix_mt = lemma(
  'bc_prefix_mt',
  'a ≤ [] ⇒ a = []',
  'Only the empty list is a prefix of it.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix, nil, equal } = theory.words
  return ends(theory).state(<a>(a: Seq<A, a>) =>
    given(is_prefix(a, nil))
      .infer(equal(a, nil))
      .by((p) =>
        cases(
          bc_pre_spre(theory)(a, nil)(p),
          (strictly) => impossible(strictly, isp_mt(theory)(a)(), equal(a, nil)),
          (eq) => eq
        )
      )
  )
})

/** @coq Structures/Chains.v bc_sprefix_mt */
export const bc_sprefix_mt = lemma(
  'bc_sprefix_mt',
  'not a < []',
  'The empty list has no strict prefix.',
  'The same as isp_mt, stated again.'
)(<A>(theory: ListTheory<A>) => {
  const { is_strict_prefix, nil } = theory.words
  return one(theory).state(<a>(a: Seq<A, a>) =>
    given()
      .infer(not(is_strict_prefix(a, nil)))
      .by(() => isp_mt(theory)(a)())
  )
})

/** @coq Structures/Chains.v prefixP */
export const prefixP = lemma(
  'prefixP',
  'prefixb(a, b) ⇔ b = a ++ r for some r',
  'The test for a prefix decides it.'
)(<A>(theory: ListTheory<A>) => {
  const { prefixb, is_prefix } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) => given().infer(iff(prefixb(a, b), is_prefix(a, b))))
})

/** @coq Structures/Chains.v bc_prefixb_mt */
export const bc_prefixb_mt = lemma(
  'bc_prefixb_mt',
  'prefixb(a, []) ⇒ a = []',
  'Only the empty list passes the test for a prefix of it.'
)(<A>(theory: ListTheory<A>) => {
  const { prefixb, nil, equal } = theory.words
  return ends(theory).state(<a>(a: Seq<A, a>) =>
    given(prefixb(a, nil))
      .infer(equal(a, nil))
      .by((p) => bc_prefix_mt(theory)(a)(forth(prefixP(theory)(a, nil)(), p)))
  )
})

/** @coq Structures/Chains.v prb_equiv */
export const prb_equiv = lemma(
  'prb_equiv',
  'prefixb(a, b) ⇔ a = b ∨ sprefixb(a, b)',
  'A list passes the test for a prefix if it is the whole or passes the strict test.'
)(<A>(theory: ListTheory<A>) => {
  const { equal, sprefixb, prefixb, is_prefix } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) => {
    const either = or(equal(a, b), sprefixb(a, b))
    return given()
      .infer(iff(prefixb(a, b), either))
      .by(() =>
        equivalent(
          prefixb(a, b),
          either,
          (p) =>
            cases(
              bc_pre_spre(theory)(a, b)(forth(prefixP(theory)(a, b)(), p)),
              (strictly) => inRight(equal(a, b), back(sprefixP(theory)(a, b)(), strictly)),
              (eq) => inLeft(eq, sprefixb(a, b))
            ),
          (p) =>
            back(
              prefixP(theory)(a, b)(),
              cases(
                p,
                (eq) => substitute(is_prefix(a, b), bc_pre_refl(theory)(a)(), refl(equal(a, a)), eq),
                (strictly) => bc_spre_pre(theory)(a, b)(forth(sprefixP(theory)(a, b)(), strictly))
              )
            )
        )
      )
  })
})

export const fork_def = definition(
  'fork',
  'fork(a, b) ⇔ not (sprefixb(a, b) ∨ sprefixb(b, a) ∨ a = b)',
  'The definition of the test for a fork.'
)(<A>(theory: ListTheory<A>) => {
  const { fork, sprefixb, equal } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given().infer(iff(fork(a, b), not(or(or(sprefixb(a, b), sprefixb(b, a)), equal(a, b)))))
  )
})

export const fork_rel_def = definition(
  'fork_rel',
  'fork_rel(a, b) ⇔ not (a ≤ b ∨ b ≤ a)',
  'The definition of a fork.'
)(<A>(theory: ListTheory<A>) => {
  const { fork_rel, is_prefix } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given().infer(iff(fork_rel(a, b), not(or(is_prefix(a, b), is_prefix(b, a)))))
  )
})

/** @coq Structures/Chains.v forkP */
export const forkP = lemma(
  'forkP',
  'fork(a, b) ⇔ not (a ≤ b ∨ b ≤ a)',
  'The test for a fork decides that neither list is a prefix of the other.'
)(<A>(theory: ListTheory<A>) => {
  const { sprefixb, equal, is_prefix, fork, fork_rel } = theory.words
  return two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) => {
    const tests = or(or(sprefixb(a, b), sprefixb(b, a)), equal(a, b))
    const prefixes = or(is_prefix(a, b), is_prefix(b, a))
    return given()
      .infer(iff(fork(a, b), fork_rel(a, b)))
      .by(() =>
        equivalent(
          fork(a, b),
          fork_rel(a, b),
          (f) =>
            back(
              fork_rel_def(theory)(a, b)(),
              refute(not(prefixes), (p) =>
                contradiction(
                  cases(
                    p,
                    (ab) =>
                      cases(
                        forth(prb_equiv(theory)(a, b)(), back(prefixP(theory)(a, b)(), ab)),
                        (eq) => inRight(or(sprefixb(a, b), sprefixb(b, a)), eq),
                        (s) => inLeft(inLeft(s, sprefixb(b, a)), equal(a, b))
                      ),
                    (ba) =>
                      cases(
                        forth(prb_equiv(theory)(b, a)(), back(prefixP(theory)(b, a)(), ba)),
                        (eq) => inRight(or(sprefixb(a, b), sprefixb(b, a)), symm(eq)),
                        (s) => inLeft(inRight(sprefixb(a, b), s), equal(a, b))
                      )
                  ),
                  forth(fork_def(theory)(a, b)(), f)
                )
              )
            ),
          (f) =>
            back(
              fork_def(theory)(a, b)(),
              refute(not(tests), (t) =>
                contradiction(
                  cases(
                    t,
                    (strictly) =>
                      cases(
                        strictly,
                        (s) => inLeft(bc_spre_pre(theory)(a, b)(forth(sprefixP(theory)(a, b)(), s)), is_prefix(b, a)),
                        (s) => inRight(is_prefix(a, b), bc_spre_pre(theory)(b, a)(forth(sprefixP(theory)(b, a)(), s)))
                      ),
                    (eq) =>
                      inLeft(
                        substitute(is_prefix(a, b), bc_pre_refl(theory)(a)(), refl(equal(a, a)), eq),
                        is_prefix(b, a)
                      )
                  ),
                  forth(fork_rel_def(theory)(a, b)(), f)
                )
              )
            )
        )
      )
  })
})

/** @coq Structures/Chains.v bc_fork_neq */
export const bc_fork_neq = lemma(
  'bc_fork_neq',
  'fork(a, b) ⇒ a ≠ b',
  'Forking lists differ.'
)(<A>(theory: ListTheory<A>) => {
  const { fork, equal, sprefixb } = theory.words
  return unrelated(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given(fork(a, b))
      .infer(not(equal(a, b)))
      .by((f) =>
        refute(not(equal(a, b)), (eq) =>
          contradiction(inRight(or(sprefixb(a, b), sprefixb(b, a)), eq), forth(fork_def(theory)(a, b)(), f))
        )
      )
  )
})

/** @coq Structures/Chains.v bc_fork_nrefl */
export const bc_fork_nrefl = lemma(
  'bc_fork_nrefl',
  'not fork(a, a)',
  'No list forks from itself.'
)(<A>(theory: ListTheory<A>) => {
  const { fork, equal } = theory.words
  return one(theory).state(<a>(a: Seq<A, a>) =>
    given()
      .infer(not(fork(a, a)))
      .by(() => refute(not(fork(a, a)), (f) => contradiction(refl(equal(a, a)), bc_fork_neq(theory)(a, a)(f))))
  )
})

/** @coq Structures/Chains.v bc_fork_sym */
export const bc_fork_sym = lemma(
  'bc_fork_sym',
  'fork(a, b) ⇒ fork(b, a)',
  'Fork is symmetric.'
)(<A>(theory: ListTheory<A>) => {
  const { fork, is_prefix } = theory.words
  return unrelated(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) =>
    given(fork(a, b))
      .infer(fork(b, a))
      .by((f) =>
        back(
          forkP(theory)(b, a)(),
          back(
            fork_rel_def(theory)(b, a)(),
            refute(not(or(is_prefix(b, a), is_prefix(a, b))), (p) =>
              contradiction(
                cases(
                  p,
                  (ba) => inRight(is_prefix(a, b), ba),
                  (ab) => inLeft(ab, is_prefix(b, a))
                ),
                forth(fork_rel_def(theory)(a, b)(), forth(forkP(theory)(a, b)(), f))
              )
            )
          )
        )
      )
  )
})

export const prefixes_compare = fact(
  'prefixes_compare',
  'a ≤ c ∧ b ≤ c ⇒ a ≤ b ∨ b ≤ a',
  'Of two prefixes of one list, one is a prefix of the other.'
)(<A>(theory: ListTheory<A>) => {
  const { is_prefix } = theory.words
  return siblings(theory).state(<a, b, c>(a: Seq<A, a>, b: Seq<A, b>, c: Seq<A, c>) =>
    given(is_prefix(a, c), is_prefix(b, c)).infer(or(is_prefix(a, b), is_prefix(b, a)))
  )
})

/** @coq Structures/Chains.v bc_fork_prefix */
export const bc_fork_prefix = lemma(
  'bc_fork_prefix',
  'fork(a, b) ∧ b ≤ c ⇒ fork(a, c)',
  'What forks from a list forks from all that begins with that list.'
)(<A>(theory: ListTheory<A>) => {
  const { fork, is_prefix } = theory.words
  return grown(theory).state(<a, b, c>(a: Seq<A, a>, b: Seq<A, b>, c: Seq<A, c>) =>
    given(fork(a, b), is_prefix(b, c))
      .infer(fork(a, c))
      .by((f, bc) =>
        back(
          forkP(theory)(a, c)(),
          back(
            fork_rel_def(theory)(a, c)(),
            refute(not(or(is_prefix(a, c), is_prefix(c, a))), (p) =>
              contradiction(
                cases(
                  p,
                  (ac) => prefixes_compare(theory)(a, b, c)(ac, bc),
                  (ca) => inRight(is_prefix(a, b), bc_pre_trans(theory)(b, c, a)(bc, ca))
                ),
                forth(fork_rel_def(theory)(a, b)(), forth(forkP(theory)(a, b)(), f))
              )
            )
          )
        )
      )
  )
})

/** @coq Structures/Chains.v bc_relP */
export const bc_relP = lemma(
  'bc_relP',
  'exactly one of: a = b, fork(a, b), sprefixb(a, b), sprefixb(b, a)',
  'Two lists relate in exactly one of four ways.'
)(<A>(theory: ListTheory<A>) =>
  two(theory).state(<a, b>(a: Seq<A, a>, b: Seq<A, b>) => given().infer(theory.words.oneRelation(a, b)))
)
