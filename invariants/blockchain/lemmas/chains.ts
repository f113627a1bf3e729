/**
 * How two sequences can relate: prefixes and forks. Counterpart of the lemmas of `Structures/Chains.v`, in its order.
 *
 * Coq's `reflect P b` is `iff` here: P and b are decided by two independent computations.
 */
import * as fc from 'fast-check'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { bc_rel } from '../../../spec/blockchain/chains.js'
import {
  cases,
  contradiction,
  given,
  iff,
  inLeft,
  inRight,
  not,
  or,
  predicate,
  refl,
  refute,
  substitute,
  symm
} from '../../proof/kernel.js'
import type { Named } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { back, equivalent, forth, impossible } from '../../proof/logic.js'
import type { Sequences } from '../../proof/sequences.js'
import { drawn } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'

const { lemma, fact } = chapter('Structures/Chains.v')

/** The lemmas about sequences of `A`. */
export const chains = <A>(E: Eq<A>, S: Sequences<A>, word: Sort<ReadonlyArray<A>>) => {
  type Seq<N> = Named<ReadonlyArray<A>, N>
  const { nil, equal, is_prefix, is_strict_prefix, prefixb, sprefixb, fork, fork_rel } = S
  /** Exactly one of the four ways of `bc_rel` holds. */
  const oneRelation = predicate(
    'oneRelation',
    (a: ReadonlyArray<A>, b: ReadonlyArray<A>) => bc_rel(E)(a, b).length === 1
  )

  // Lists drawn alone are seldom prefixes of each other; these often are.
  const { sample } = word
  const one = forall('a', word)
  const ends = forall('a', drawn(word, fc.oneof(fc.constant([]), sample)))
  const unrelated = forall('a b', word, word)
  const two = forall('a b', word, word).drawnBy(fc.tuple(sample, sample, fc.nat(4)), ([u, v, k]) =>
    k === 0 ? [u, v] : k === 1 ? [u, u] : k === 2 ? [[...u, ...v], u] : [u, [...u, ...v]]
  )

  const three = forall('a b c', word, word, word).drawnBy(
    fc.tuple(sample, sample, sample, fc.nat(3)),
    ([u, v, w, k]) => (k === 0 ? [u, v, w] : [u, [...u, ...v], [...u, ...v, ...w]])
  )

  const siblings = forall('a b c', word, word, word).drawnBy(fc.tuple(sample, fc.nat(6), fc.nat(6)), ([u, i, j]) => [
    u.slice(0, i),
    u.slice(0, j),
    u
  ])

  const grown = forall('a b c', word, word, word).drawnBy(fc.tuple(sample, sample, sample), ([u, v, w]) => [
    u,
    v,
    [...v, ...w]
  ])

  /** @coq Structures/Chains.v isp_mt */
  const isp_mt = lemma(
    'isp_mt',
    'not a < []',
    'Nothing is a strict prefix of the empty list.',
    one
  )(<a>(a: Seq<a>) => given().infer(not(is_strict_prefix(a, nil))))

  /** @coq Structures/Chains.v sprefixP */
  const sprefixP = lemma(
    'sprefixP',
    'sprefixb(a, b) ⇔ b = a ++ x :: r for some x, r',
    'The test for a strict prefix decides it.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given().infer(iff(sprefixb(a, b), is_strict_prefix(a, b))))

  /** @coq Structures/Chains.v bc_pre_refl */
  const bc_pre_refl = lemma(
    'bc_pre_refl',
    'a ≤ a',
    'A list is a prefix of itself.',
    one
  )(<a>(a: Seq<a>) => given().infer(is_prefix(a, a)))

  /** @coq Structures/Chains.v bc_pre_trans */
  const bc_pre_trans = lemma(
    'bc_pre_trans',
    'a ≤ b ∧ b ≤ c ⇒ a ≤ c',
    'Prefix is transitive.',
    three
  )(<a, b, c>(a: Seq<a>, b: Seq<b>, c: Seq<c>) => given(is_prefix(a, b), is_prefix(b, c)).infer(is_prefix(a, c)))

  /** @coq Structures/Chains.v bc_spre_nrefl */
  const bc_spre_nrefl = lemma(
    'bc_spre_nrefl',
    'not a < a',
    'No list is a strict prefix of itself.',
    one
  )(<a>(a: Seq<a>) => given().infer(not(is_strict_prefix(a, a))))

  /** @coq Structures/Chains.v bc_spre_trans */
  const bc_spre_trans = lemma(
    'bc_spre_trans',
    'a < b ∧ b < c ⇒ a < c',
    'Strict prefix is transitive.',
    three
  )(<a, b, c>(a: Seq<a>, b: Seq<b>, c: Seq<c>) =>
    given(is_strict_prefix(a, b), is_strict_prefix(b, c)).infer(is_strict_prefix(a, c))
  )

  /** @coq Structures/Chains.v bc_spre_pre */
  const bc_spre_pre = lemma(
    'bc_spre_pre',
    'a < b ⇒ a ≤ b',
    'A strict prefix is a prefix.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given(is_strict_prefix(a, b)).infer(is_prefix(a, b)))

  /** @coq Structures/Chains.v bc_pre_spre */
  const bc_pre_spre = lemma(
    'bc_pre_spre',
    'a ≤ b ⇒ a < b ∨ a = b',
    'A prefix is strict or the whole.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given(is_prefix(a, b)).infer(or(is_strict_prefix(a, b), equal(a, b))))

  /** @coq Structures/Chains.v bc_pre_both */
  const bc_pre_both = lemma(
    'bc_pre_both',
    'a ≤ b ∧ b ≤ a ⇒ a = b',
    'Two lists that are prefixes of each other are equal.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) =>
    given(is_prefix(a, b), is_prefix(b, a))
      .infer(equal(a, b))
      .by((ab, ba) =>
        cases(
          bc_pre_spre(a, b)(ab),
          (strictly) =>
            cases(
              bc_pre_spre(b, a)(ba),
              (other) => impossible(bc_spre_trans(a, b, a)(strictly, other), bc_spre_nrefl(a)(), equal(a, b)),
              (eq) => symm(eq)
            ),
          (eq) => eq
        )
      )
  )

  /** @coq Structures/Chains.v bc_spre_both */
  const bc_spre_both = lemma(
    'bc_spre_both',
    'not (sprefixb(a, b) ∧ sprefixb(b, a))',
    'Two lists are never strict prefixes of each other.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) =>
    given(sprefixb(a, b))
      .infer(not(sprefixb(b, a)))
      .by((ab) =>
        refute(not(sprefixb(b, a)), (ba) =>
          contradiction(
            bc_spre_trans(a, b, a)(forth(sprefixP(a, b)(), ab), forth(sprefixP(b, a)(), ba)),
            bc_spre_nrefl(a)()
          )
        )
      )
  )

  /** @coq Structures/Chains.v bc_prefix_mt */
  const bc_prefix_mt = lemma(
    'bc_prefix_mt',
    'a ≤ [] ⇒ a = []',
    'Only the empty list is a prefix of it.',
    ends
  )(<a>(a: Seq<a>) =>
    given(is_prefix(a, nil))
      .infer(equal(a, nil))
      .by((p) =>
        cases(
          bc_pre_spre(a, nil)(p),
          (strictly) => impossible(strictly, isp_mt(a)(), equal(a, nil)),
          (eq) => eq
        )
      )
  )

  /** @coq Structures/Chains.v bc_sprefix_mt */
  const bc_sprefix_mt = lemma(
    'bc_sprefix_mt',
    'not a < []',
    'The empty list has no strict prefix.',
    one,
    'The same as isp_mt, stated again.'
  )(<a>(a: Seq<a>) =>
    given()
      .infer(not(is_strict_prefix(a, nil)))
      .by(() => isp_mt(a)())
  )

  /** @coq Structures/Chains.v bc_prefixb_mt */
  const bc_prefixb_mt = lemma(
    'bc_prefixb_mt',
    'prefixb(a, []) ⇒ a = []',
    'Only the empty list passes the test for a prefix of it.',
    ends
  )(<a>(a: Seq<a>) =>
    given(prefixb(a, nil))
      .infer(equal(a, nil))
      .by((p) => bc_prefix_mt(a)(forth(prefixP(a, nil)(), p)))
  )

  /** @coq Structures/Chains.v prefixP */
  const prefixP = lemma(
    'prefixP',
    'prefixb(a, b) ⇔ b = a ++ r for some r',
    'The test for a prefix decides it.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given().infer(iff(prefixb(a, b), is_prefix(a, b))))

  /** @coq Structures/Chains.v prb_equiv */
  const prb_equiv = lemma(
    'prb_equiv',
    'prefixb(a, b) ⇔ a = b ∨ sprefixb(a, b)',
    'A list passes the test for a prefix if it is the whole or passes the strict test.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => {
    const either = or(equal(a, b), sprefixb(a, b))
    return given()
      .infer(iff(prefixb(a, b), either))
      .by(() =>
        equivalent(
          prefixb(a, b),
          either,
          (p) =>
            cases(
              bc_pre_spre(a, b)(forth(prefixP(a, b)(), p)),
              (strictly) => inRight(equal(a, b), back(sprefixP(a, b)(), strictly)),
              (eq) => inLeft(eq, sprefixb(a, b))
            ),
          (p) =>
            back(
              prefixP(a, b)(),
              cases(
                p,
                (eq) => substitute(is_prefix(a, b), bc_pre_refl(a)(), refl(equal(a, a)), eq),
                (strictly) => bc_spre_pre(a, b)(forth(sprefixP(a, b)(), strictly))
              )
            )
        )
      )
  })

  const fork_def = fact(
    'fork',
    'fork(a, b) ⇔ not (sprefixb(a, b) ∨ sprefixb(b, a) ∨ a = b)',
    'The definition of the test for a fork.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) =>
    given().infer(iff(fork(a, b), not(or(or(sprefixb(a, b), sprefixb(b, a)), equal(a, b)))))
  )

  const fork_rel_def = fact(
    'fork_rel',
    'fork_rel(a, b) ⇔ not (a ≤ b ∨ b ≤ a)',
    'The definition of a fork.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given().infer(iff(fork_rel(a, b), not(or(is_prefix(a, b), is_prefix(b, a))))))

  /** @coq Structures/Chains.v forkP */
  const forkP = lemma(
    'forkP',
    'fork(a, b) ⇔ not (a ≤ b ∨ b ≤ a)',
    'The test for a fork decides that neither list is a prefix of the other.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => {
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
              fork_rel_def(a, b)(),
              refute(not(prefixes), (p) =>
                contradiction(
                  cases(
                    p,
                    (ab) =>
                      cases(
                        forth(prb_equiv(a, b)(), back(prefixP(a, b)(), ab)),
                        (eq) => inRight(or(sprefixb(a, b), sprefixb(b, a)), eq),
                        (s) => inLeft(inLeft(s, sprefixb(b, a)), equal(a, b))
                      ),
                    (ba) =>
                      cases(
                        forth(prb_equiv(b, a)(), back(prefixP(b, a)(), ba)),
                        (eq) => inRight(or(sprefixb(a, b), sprefixb(b, a)), symm(eq)),
                        (s) => inLeft(inRight(sprefixb(a, b), s), equal(a, b))
                      )
                  ),
                  forth(fork_def(a, b)(), f)
                )
              )
            ),
          (f) =>
            back(
              fork_def(a, b)(),
              refute(not(tests), (t) =>
                contradiction(
                  cases(
                    t,
                    (strictly) =>
                      cases(
                        strictly,
                        (s) => inLeft(bc_spre_pre(a, b)(forth(sprefixP(a, b)(), s)), is_prefix(b, a)),
                        (s) => inRight(is_prefix(a, b), bc_spre_pre(b, a)(forth(sprefixP(b, a)(), s)))
                      ),
                    (eq) =>
                      inLeft(substitute(is_prefix(a, b), bc_pre_refl(a)(), refl(equal(a, a)), eq), is_prefix(b, a))
                  ),
                  forth(fork_rel_def(a, b)(), f)
                )
              )
            )
        )
      )
  })

  /** @coq Structures/Chains.v bc_fork_neq */
  const bc_fork_neq = lemma(
    'bc_fork_neq',
    'fork(a, b) ⇒ a ≠ b',
    'Forking lists differ.',
    unrelated
  )(<a, b>(a: Seq<a>, b: Seq<b>) =>
    given(fork(a, b))
      .infer(not(equal(a, b)))
      .by((f) =>
        refute(not(equal(a, b)), (eq) =>
          contradiction(inRight(or(sprefixb(a, b), sprefixb(b, a)), eq), forth(fork_def(a, b)(), f))
        )
      )
  )

  /** @coq Structures/Chains.v bc_fork_nrefl */
  const bc_fork_nrefl = lemma(
    'bc_fork_nrefl',
    'not fork(a, a)',
    'No list forks from itself.',
    one
  )(<a>(a: Seq<a>) =>
    given()
      .infer(not(fork(a, a)))
      .by(() => refute(not(fork(a, a)), (f) => contradiction(refl(equal(a, a)), bc_fork_neq(a, a)(f))))
  )

  /** @coq Structures/Chains.v bc_fork_sym */
  const bc_fork_sym = lemma(
    'bc_fork_sym',
    'fork(a, b) ⇒ fork(b, a)',
    'Fork is symmetric.',
    unrelated
  )(<a, b>(a: Seq<a>, b: Seq<b>) =>
    given(fork(a, b))
      .infer(fork(b, a))
      .by((f) =>
        back(
          forkP(b, a)(),
          back(
            fork_rel_def(b, a)(),
            refute(not(or(is_prefix(b, a), is_prefix(a, b))), (p) =>
              contradiction(
                cases(
                  p,
                  (ba) => inRight(is_prefix(a, b), ba),
                  (ab) => inLeft(ab, is_prefix(b, a))
                ),
                forth(fork_rel_def(a, b)(), forth(forkP(a, b)(), f))
              )
            )
          )
        )
      )
  )

  const prefixes_compare = fact(
    'prefixes_compare',
    'a ≤ c ∧ b ≤ c ⇒ a ≤ b ∨ b ≤ a',
    'Of two prefixes of one list, one is a prefix of the other.',
    siblings
  )(<a, b, c>(a: Seq<a>, b: Seq<b>, c: Seq<c>) =>
    given(is_prefix(a, c), is_prefix(b, c)).infer(or(is_prefix(a, b), is_prefix(b, a)))
  )

  /** @coq Structures/Chains.v bc_fork_prefix */
  const bc_fork_prefix = lemma(
    'bc_fork_prefix',
    'fork(a, b) ∧ b ≤ c ⇒ fork(a, c)',
    'What forks from a list forks from all that begins with that list.',
    grown
  )(<a, b, c>(a: Seq<a>, b: Seq<b>, c: Seq<c>) =>
    given(fork(a, b), is_prefix(b, c))
      .infer(fork(a, c))
      .by((f, bc) =>
        back(
          forkP(a, c)(),
          back(
            fork_rel_def(a, c)(),
            refute(not(or(is_prefix(a, c), is_prefix(c, a))), (p) =>
              contradiction(
                cases(
                  p,
                  (ac) => prefixes_compare(a, b, c)(ac, bc),
                  (ca) => inRight(is_prefix(a, b), bc_pre_trans(b, c, a)(bc, ca))
                ),
                forth(fork_rel_def(a, b)(), forth(forkP(a, b)(), f))
              )
            )
          )
        )
      )
  )

  /** @coq Structures/Chains.v bc_relP */
  const bc_relP = lemma(
    'bc_relP',
    'exactly one of: a = b, fork(a, b), sprefixb(a, b), sprefixb(b, a)',
    'Two lists relate in exactly one of four ways.',
    two
  )(<a, b>(a: Seq<a>, b: Seq<b>) => given().infer(oneRelation(a, b)))

  return {
    isp_mt,
    sprefixP,
    bc_pre_refl,
    bc_pre_trans,
    bc_spre_nrefl,
    bc_spre_trans,
    bc_spre_pre,
    bc_pre_spre,
    bc_pre_both,
    bc_spre_both,
    bc_prefix_mt,
    bc_sprefix_mt,
    bc_prefixb_mt,
    prefixP,
    prb_equiv,
    fork_def,
    fork_rel_def,
    forkP,
    bc_fork_neq,
    bc_fork_nrefl,
    bc_fork_sym,
    prefixes_compare,
    bc_fork_prefix,
    bc_relP
  }
}
