/**
 * Sets that must meet, and sets that do not: what Q1 to Q7 say of quorums, of single sets.
 */
import { and, both as pair, byCases, first, given, second } from '../../proof/kernel.js'
import { back } from '../../proof/logic.js'
import { chapter, forall } from '../../proof/lemma.js'
import { linear } from './linear.js'
import {
  both_subset,
  either_subset,
  fill_includes,
  fill_size,
  fill_within,
  inclusion_exclusion,
  nodes_subset,
  size_nodes,
  size_subset,
  size_without,
  without_apart,
  without_covers,
  without_subset
} from './nodes.js'
import type { Nodes_ } from './nodes.js'
import { atMost_total } from './numbers.js'
import type { Number_ } from './numbers.js'
import { isSetOf, largeSets } from './quantifiers.js'
import { some_def } from './sizes.js'
import type { QuorumTheory } from './words.js'

const { other } = chapter('quorums')

export const sets_meet = other(
  'sets_meet',
  'n + 1 ≤ q + r ∧ A is a set of q ∧ B is one of r of n nodes ⇒ some |A ∩ B|',
  'Two sets that have more nodes than there are share one.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  const { both, either, nodes, size } = theory.sets
  const { some } = theory.words
  const { number, set } = theory
  const isSet = isSetOf(theory)
  return forall('q r n A B', number, number, number, set, set)
    .drawnBy(largeSets, ({ n, q, A, B }) => [q, q, n, A, B])
    .state(<q, r, n, A, B>(q: Number_<q>, r: Number_<r>, n: Number_<n>, A: Nodes_<A>, B: Nodes_<B>) =>
      given(atMost(plus(n, one), plus(q, r)), isSet(A, q, n), isSet(B, r, n))
        .infer(some(size(both(A, B))))
        .by((more, isA, isB) => {
          const { eq, le, prove, sum, summand, unit } = linear(theory)
          const [Q, R, N] = [summand('q', q), summand('r', r), summand('n', n)]
          const [a, b, all] = [summand('A', size(A)), summand('B', size(B)), summand('all', size(nodes(n)))]
          const [meet, join] = [summand('meet', size(both(A, B))), summand('join', size(either(A, B)))]
          const within = either_subset(theory)(A, B, nodes(n))(second(isA), second(isB))
          const known = [
            le(sum(N, unit), sum(Q, R), more),
            eq(a, Q, first(isA)).ge,
            eq(b, R, first(isB)).ge,
            eq(sum(join, meet), sum(a, b), inclusion_exclusion(theory)(A, B)()).ge,
            le(join, all, size_subset(theory)(either(A, B), nodes(n))(within)),
            eq(all, N, size_nodes(theory)(n)()).le
          ]
          return back(some_def(theory)(size(both(A, B)))(), prove(atMost(one, size(both(A, B))), unit, meet, known))
        })
    )
})

export const sets_meet_in_honest = other(
  'sets_meet_in_honest',
  '(n + f) + 1 ≤ q + q ∧ A and B are sets of q ∧ F is one of f of n nodes ⇒ some |(A ∩ B) \\ F|',
  'Two sets that share more nodes than are faulty share an honest one.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  const { both, either, nodes, size, without } = theory.sets
  const { some } = theory.words
  const { number, set } = theory
  const isSet = isSetOf(theory)
  return forall('q n f A B F', number, number, number, set, set, set)
    .drawnBy(largeSets, ({ n, q, A, B, F }) => [q, n, F.length, A, B, F])
    .state(<q, n, f, A, B, F>(q: Number_<q>, n: Number_<n>, f: Number_<f>, A: Nodes_<A>, B: Nodes_<B>, F: Nodes_<F>) =>
      given(atMost(plus(plus(n, f), one), plus(q, q)), and(isSet(A, q, n), isSet(B, q, n)), isSet(F, f, n))
        .infer(some(size(without(both(A, B), F))))
        .by((more, isAB, isF) => {
          const [isA, isB] = [first(isAB), second(isAB)]
          const { eq, le, prove, sum, summand, unit } = linear(theory)
          const shared = both(A, B)
          const [Q, N, f_] = [summand('q', q), summand('n', n), summand('f', f)]
          const [a, b, all] = [summand('A', size(A)), summand('B', size(B)), summand('all', size(nodes(n)))]
          const [meet, join] = [summand('meet', size(shared)), summand('join', size(either(A, B)))]
          const [good, bad] = [summand('good', size(without(shared, F))), summand('bad', size(both(shared, F)))]
          const faulty = summand('F', size(F))
          const within = either_subset(theory)(A, B, nodes(n))(second(isA), second(isB))
          const known = [
            le(sum(sum(N, f_), unit), sum(Q, Q), more),
            eq(a, Q, first(isA)).ge,
            eq(b, Q, first(isB)).ge,
            eq(sum(join, meet), sum(a, b), inclusion_exclusion(theory)(A, B)()).ge,
            le(join, all, size_subset(theory)(either(A, B), nodes(n))(within)),
            eq(all, N, size_nodes(theory)(n)()).le,
            eq(sum(good, bad), meet, size_without(theory)(shared, F)()).ge,
            le(bad, faulty, size_subset(theory)(both(shared, F), F)(second(both_subset(theory)(shared, F)()))),
            eq(faulty, f_, first(isF)).le
          ]
          const goal = atMost(one, size(without(shared, F)))
          return back(some_def(theory)(size(without(shared, F)))(), prove(goal, unit, good, known))
        })
    )
})

export const sets_apart = other(
  'sets_apart',
  'f ≤ n ∧ q + q ≤ n + f ⇒ B and A are sets of q of n nodes ∧ |B ∩ A| ≤ f, with A = nodes q, B = fill q (nodes n \\ A) (nodes n)',
  'The first so many nodes, and as many others as there are, share no more than they must.'
)((theory: QuorumTheory) => {
  const { atMost, plus } = theory.numbers
  const { both, either, fill, nodes, size, without } = theory.sets
  const { number } = theory
  const isSet = isSetOf(theory)
  const secondSet = <q, n>(q: Number_<q>, n: Number_<n>) => fill(q, without(nodes(n), nodes(q)), nodes(n))
  return forall('q n f', number, number, number).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
    given(atMost(f, n), atMost(plus(q, q), plus(n, f)))
      .infer(
        and(and(isSet(secondSet(q, n), q, n), isSet(nodes(q), q, n)), atMost(size(both(secondSet(q, n), nodes(q))), f))
      )
      .by((few, less) => {
        const { eq, le, nothing, prove, sum, summand, unit } = linear(theory)
        const [A, all] = [nodes(q), nodes(n)]
        const rest = without(all, A)
        const B = secondSet(q, n)
        const [Q, N, f_] = [summand('q', q), summand('n', n), summand('f', f)]
        const [a, b, n_] = [summand('A', size(A)), summand('B', size(B)), summand('all', size(all))]
        const [meet, join] = [summand('meet', size(both(B, A))), summand('join', size(either(B, A)))]
        const total = eq(n_, N, size_nodes(theory)(n)())
        const [fewer, twice] = [le(f_, N, few), le(sum(Q, Q), sum(N, f_), less)]
        const qInN = prove(atMost(q, n), Q, N, [fewer, twice], 2)
        const fits = prove(atMost(q, size(all)), Q, n_, [le(Q, N, qInN), total.ge])
        const isA = pair(size_nodes(theory)(q)(), nodes_subset(theory)(q, n)(qInN))
        const isB = fill_size(theory)(q, rest, all)(fits)
        const inAll = without_subset(theory)(all, A)()
        const shared = byCases(
          atMost(q, size(rest)),
          (enough) => {
            const none = without_apart(theory)(B, A, all)(fill_within(theory)(q, rest, all)(inAll, enough))
            return prove(atMost(size(both(B, A)), f), meet, f_, [eq(meet, nothing, none).le])
          },
          (scarce) => {
            const left = summand('rest', size(rest))
            const below = le(sum(left, unit), Q, atMost_total(theory)(q, size(rest))(scarce))
            const restInB = fill_includes(theory)(q, rest, all)(inAll, prove(atMost(size(rest), q), left, Q, [below]))
            const covers = without_covers(theory)(B, A, all)(restInB)
            return prove(atMost(size(both(B, A)), f), meet, f_, [
              twice,
              eq(a, Q, first(isA)).le,
              eq(b, Q, first(isB)).le,
              eq(sum(join, meet), sum(b, a), inclusion_exclusion(theory)(B, A)()).le,
              le(n_, join, size_subset(theory)(all, either(B, A))(covers)),
              total.ge
            ])
          }
        )
        return pair(pair(isB, isA), shared)
      })
  )
})

/** All of them, in order. */
export const lemmasOfMeeting = [sets_meet, sets_meet_in_honest, sets_apart] as const
