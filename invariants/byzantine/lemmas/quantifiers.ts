/**
 * What is said of all sets of so many nodes, taken apart: it holds if it does of the sets that refute it if any do; and if
 * it holds, then of each. What is said of some set holds if it does of one; and if it holds, then of the one that is named.
 */
import * as fc from 'fast-check'
import { iota } from '../../../spec/prelude/seq.js'
import { and, given, iff, implies } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Nodes_ } from './nodes.js'
import type { Number_ } from './numbers.js'
import type { QuorumTheory } from './words.js'

const { fact } = chapter('quorums')

const ofThree = (names: string, { number }: QuorumTheory) => forall(names, number, number, number)

/** Two large sets of one size of the first n nodes, and one node at most that is faulty. At random few sets are so. */
export const largeSets = fc.integer({ min: 1, max: 4 }).chain((n) =>
  fc.integer({ min: Math.floor(n / 2) + 1, max: n }).chain((q) => {
    const set = fc.subarray([...iota(n)], { minLength: q, maxLength: q })
    return fc.record({
      n: fc.constant(n),
      q: fc.constant(q),
      A: set,
      B: set,
      F: fc.subarray([...iota(n)], { maxLength: 1 })
    })
  })
)

/** A set of so many of the first n nodes. */
export const isSetOf =
  ({ sets: { nodes, size, subset }, numbers: { same } }: QuorumTheory) =>
  <A, q, n>(A: Nodes_<A>, q: Number_<q>, n: Number_<n>) =>
    and(same(size(A), q), subset(A, nodes(n)))

export const anyTwoMeet_all = fact(
  'anyTwoMeet_all',
  '(A and B are sets of q and of r of n nodes ⇒ some |A ∩ B|) ⇒ anyTwoMeet q r n, with A, B = apartOne, apartOther q r n',
  'Any two sets meet if those do that are apart if any are.'
)((theory: QuorumTheory) => {
  const { size, both } = theory.sets
  const { anyTwoMeet, apartOne, apartOther, some } = theory.words
  const isSet = isSetOf(theory)
  return ofThree('q r n', theory).state(<q, r, n>(q: Number_<q>, r: Number_<r>, n: Number_<n>) => {
    const [A, B] = [apartOne(q, r, n), apartOther(q, r, n)] as const
    return given(implies(and(isSet(A, q, n), isSet(B, r, n)), some(size(both(A, B))))).infer(anyTwoMeet(q, r, n))
  })
})

export const anyTwoMeet_each = fact(
  'anyTwoMeet_each',
  'anyTwoMeet |A| |B| n ∧ A ⊆ nodes n ∧ B ⊆ nodes n ⇒ some |A ∩ B|',
  'If any two sets meet, these do.'
)((theory: QuorumTheory) => {
  const { size, both, nodes, subset } = theory.sets
  const { anyTwoMeet, some } = theory.words
  return forall('n A B', theory.number, theory.set, theory.set).state(
    <n, A, B>(n: Number_<n>, A: Nodes_<A>, B: Nodes_<B>) =>
      given(anyTwoMeet(size(A), size(B), n), subset(A, nodes(n)), subset(B, nodes(n))).infer(some(size(both(A, B))))
  )
})

export const anyTwoMeetInHonest_all = fact(
  'anyTwoMeetInHonest_all',
  '(A and B are sets of q, F is one of f of n nodes ⇒ some |(A ∩ B) \\ F|) ⇒ anyTwoMeetInHonest q n f, with A, B, F = coverOne, coverOther, coverFaulty q n f',
  'Any two sets share an honest node if those do that share faulty ones alone if any do.'
)((theory: QuorumTheory) => {
  const { size, both, without } = theory.sets
  const { anyTwoMeetInHonest, coverFaulty, coverOne, coverOther, some } = theory.words
  const isSet = isSetOf(theory)
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) => {
    const [A, B, F] = [coverOne(q, n, f), coverOther(q, n, f), coverFaulty(q, n, f)] as const
    return given(
      implies(and(and(isSet(A, q, n), isSet(B, q, n)), isSet(F, f, n)), some(size(without(both(A, B), F))))
    ).infer(anyTwoMeetInHonest(q, n, f))
  })
})

export const anyTwoMeetInHonest_each = fact(
  'anyTwoMeetInHonest_each',
  'anyTwoMeetInHonest |A| n |F| ∧ |B| = |A| ∧ A ⊆ nodes n ∧ B ⊆ nodes n ∧ F ⊆ nodes n ⇒ some |(A ∩ B) \\ F|',
  'If any two sets share an honest node, these do.'
)((theory: QuorumTheory) => {
  const { size, both, nodes, subset, without } = theory.sets
  const { anyTwoMeetInHonest, some } = theory.words
  return forall('n A B F', theory.number, theory.set, theory.set, theory.set)
    .drawnBy(largeSets, ({ n, A, B, F }) => [n, A, B, F])
    .state(<n, A, B, F>(n: Number_<n>, A: Nodes_<A>, B: Nodes_<B>, F: Nodes_<F>) =>
      given(
        anyTwoMeetInHonest(size(A), n, size(F)),
        theory.numbers.same(size(B), size(A)),
        subset(A, nodes(n)),
        subset(B, nodes(n)),
        subset(F, nodes(n))
      ).infer(some(size(without(both(A, B), F))))
    )
})

export const someAllHonest_all = fact(
  'someAllHonest_all',
  '|A| = q ∧ A ⊆ nodes n ∧ |A ∩ F| = 0 ⇒ someAllHonest q n f, with F = barrier q n f',
  'The honest nodes make up a set of q if they do where those are faulty that prevent it if any do.'
)((theory: QuorumTheory) => {
  const { size, both } = theory.sets
  const { same, zero } = theory.numbers
  const { barrier, someAllHonest } = theory.words
  const { number, set } = theory
  return forall('q n f A', number, number, number, set).state(
    <q, n, f, A>(q: Number_<q>, n: Number_<n>, f: Number_<f>, A: Nodes_<A>) =>
      given(isSetOf(theory)(A, q, n), same(size(both(A, barrier(q, n, f))), zero)).infer(someAllHonest(q, n, f))
  )
})

export const barrier_set = fact(
  'barrier_set',
  'f ≤ n ⇒ |F| = f ∧ F ⊆ nodes n, with F = barrier q n f',
  'Those are so many of the nodes.'
)((theory: QuorumTheory) => {
  const { atMost } = theory.numbers
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
    given(atMost(f, n)).infer(isSetOf(theory)(theory.words.barrier(q, n, f), f, n))
  )
})

export const someAllHonest_each = fact(
  'someAllHonest_each',
  'someAllHonest q n |F| ∧ F ⊆ nodes n ⇒ (|A| = q ∧ A ⊆ nodes n) ∧ |A ∩ F| = 0, with A = honest q n F',
  'If the honest nodes make up a set of q, they do where these are faulty.'
)((theory: QuorumTheory) => {
  const { size, both, nodes, subset } = theory.sets
  const { same, zero } = theory.numbers
  const { honest, someAllHonest } = theory.words
  return forall('q n F', theory.number, theory.number, theory.set).state(
    <q, n, F>(q: Number_<q>, n: Number_<n>, F: Nodes_<F>) => {
      const A = honest(q, n, F)
      return given(someAllHonest(q, n, size(F)), subset(F, nodes(n))).infer(
        and(isSetOf(theory)(A, q, n), same(size(both(A, F)), zero))
      )
    }
  )
})

export const everyHasHonest_all = fact(
  'everyHasHonest_all',
  '(A is a set of w, F is one of f of n nodes ⇒ some |A \\ F|) ⇒ everyHasHonest w n f, with A, F = allLiars, liars w n f',
  'Every set has an honest node if the one has that has none if any is so.'
)((theory: QuorumTheory) => {
  const { size, without } = theory.sets
  const { allLiars, everyHasHonest, liars, some } = theory.words
  const isSet = isSetOf(theory)
  return ofThree('w n f', theory).state(<w, n, f>(w: Number_<w>, n: Number_<n>, f: Number_<f>) => {
    const [A, F] = [allLiars(w, n, f), liars(w, n, f)] as const
    return given(implies(and(isSet(A, w, n), isSet(F, f, n)), some(size(without(A, F))))).infer(everyHasHonest(w, n, f))
  })
})

export const everyHasHonest_each = fact(
  'everyHasHonest_each',
  'everyHasHonest |A| n |F| ∧ A ⊆ nodes n ∧ F ⊆ nodes n ⇒ some |A \\ F|',
  'If every set has an honest node, this one has.'
)((theory: QuorumTheory) => {
  const { size, nodes, subset, without } = theory.sets
  const { everyHasHonest, some } = theory.words
  return forall('n A F', theory.number, theory.set, theory.set).state(
    <n, A, F>(n: Number_<n>, A: Nodes_<A>, F: Nodes_<F>) =>
      given(everyHasHonest(size(A), n, size(F)), subset(A, nodes(n)), subset(F, nodes(n))).infer(
        some(size(without(A, F)))
      )
  )
})

export const someSafeAndLive_one = fact(
  'someSafeAndLive_one',
  'q ≤ n ∧ anyTwoMeetInHonest q n f ∧ someAllHonest q n f ⇒ someSafeAndLive n f',
  'Some size is safe and live if this one is.'
)((theory: QuorumTheory) => {
  const { anyTwoMeetInHonest, someAllHonest, someSafeAndLive } = theory.words
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
    given(theory.numbers.atMost(q, n), anyTwoMeetInHonest(q, n, f), someAllHonest(q, n, f)).infer(someSafeAndLive(n, f))
  )
})

export const someSafeAndLive_named = fact(
  'someSafeAndLive_named',
  'someSafeAndLive n f ⇒ anyTwoMeetInHonest q n f ∧ someAllHonest q n f, with q = safeAndLive n f',
  'If some size is safe and live, the one that is named is.'
)((theory: QuorumTheory) => {
  const { anyTwoMeetInHonest, safeAndLive, someAllHonest, someSafeAndLive } = theory.words
  return forall('n f', theory.number, theory.number).state(<n, f>(n: Number_<n>, f: Number_<f>) =>
    given(someSafeAndLive(n, f)).infer(
      and(anyTwoMeetInHonest(safeAndLive(n, f), n, f), someAllHonest(safeAndLive(n, f), n, f))
    )
  )
})

export const onlySafeAndLive_all = fact(
  'onlySafeAndLive_all',
  '(anyTwoMeetInHonest p n f ∧ someAllHonest p n f ⇔ p = q) ⇒ onlySafeAndLive q n f, with p = otherwise q n f',
  'Only one size is safe and live if this is so of the size of which it is not if it is not of any.'
)((theory: QuorumTheory) => {
  const { anyTwoMeetInHonest, onlySafeAndLive, otherwise, someAllHonest } = theory.words
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) => {
    const p = otherwise(q, n, f)
    return given(iff(and(anyTwoMeetInHonest(p, n, f), someAllHonest(p, n, f)), theory.numbers.same(p, q))).infer(
      onlySafeAndLive(q, n, f)
    )
  })
})

export const meetsHonest_all = fact(
  'meetsHonest_all',
  '(A and W are sets of q and of w of n nodes ⇒ some |A ∩ W|) ⇒ meetsHonest q w n f, with A, W = awayOne, awayWeak q w n f',
  'Any set meets any of honest nodes if those do that are apart if any are.'
)((theory: QuorumTheory) => {
  const { size, both } = theory.sets
  const { awayOne, awayWeak, meetsHonest, some } = theory.words
  const { number } = theory
  const isSet = isSetOf(theory)
  return forall('q w n f', number, number, number, number).state(
    <q, w, n, f>(q: Number_<q>, w: Number_<w>, n: Number_<n>, f: Number_<f>) => {
      const [A, W] = [awayOne(q, w, n, f), awayWeak(q, w, n, f)] as const
      return given(implies(and(isSet(A, q, n), isSet(W, w, n)), some(size(both(A, W))))).infer(meetsHonest(q, w, n, f))
    }
  )
})

/** All of them. */
export const quantifiersOverSets = [
  anyTwoMeet_all,
  anyTwoMeet_each,
  anyTwoMeetInHonest_all,
  anyTwoMeetInHonest_each,
  someAllHonest_all,
  barrier_set,
  someAllHonest_each,
  everyHasHonest_all,
  everyHasHonest_each,
  someSafeAndLive_one,
  someSafeAndLive_named,
  onlySafeAndLive_all,
  meetsHonest_all
] as const
