/**
 * What is known of quorums, as lemmas: Q1 to Q5. On the one side stands arithmetic, the definitions of
 * `spec/byzantine/quorums.ts`; on the other, what it says of all sets of nodes.
 */
import {
  absurd,
  and,
  byCases,
  first,
  given,
  iff,
  refl,
  second,
  substitute,
  suppose,
  symm,
  trans,
  implies
} from '../../proof/kernel.js'
import { back, equivalent, forth } from '../../proof/logic.js'
import { chapter, forall } from '../../proof/lemma.js'
import { linear } from './linear.js'
import { sets_apart, sets_meet, sets_meet_in_honest } from './meeting.js'
import * as S from './nodes.js'
import { atMost_total } from './numbers.js'
import type { Number_ } from './numbers.js'
import * as All from './quantifiers.js'
import { isSetOf } from './quantifiers.js'
import * as Is from './sizes.js'
import type { QuorumTheory } from './words.js'

const { other } = chapter('quorums')

/** Q1. */
export const Q1 = other(
  'Q1',
  'any two sets of q of n nodes share one ⇔ 2q > n',
  'Quorums of Paxos meet if they are more than half of the nodes.'
)((theory: QuorumTheory) => {
  const { anyTwoMeet, apartOne, apartOther, meet, some } = theory.words
  const { atMost, one, plus, zero } = theory.numbers
  const { both, fill, nodes, size, without } = theory.sets
  return forall('q n', theory.nodes, theory.nodes).state(<q, n>(q: Number_<q>, n: Number_<n>) =>
    given()
      .infer(iff(anyTwoMeet(q, q, n), meet(q, n)))
      .by(() => {
        const { impossible, le, nothing, prove, sum, summand, unit } = linear(theory)
        const [Q, N] = [summand('q', q), summand('n', n)]
        const more = atMost(plus(n, one), plus(q, q))
        return equivalent(
          anyTwoMeet(q, q, n),
          meet(q, n),
          (any) =>
            back(
              Is.meet_def(theory)(q, n)(),
              byCases(
                more,
                (yes) => yes,
                (no) => {
                  const few = le(sum(sum(Q, Q), unit), sum(N, unit), atMost_total(theory)(plus(n, one), plus(q, q))(no))
                  const half = prove(atMost(plus(q, q), plus(n, zero)), sum(Q, Q), sum(N, nothing), [few])
                  const least = prove(atMost(zero, n), nothing, N, [])
                  const sets = sets_apart(theory)(q, n, zero)(least, half)
                  const [A, B] = [fill(q, without(nodes(n), nodes(q)), nodes(n)), nodes(q)] as const
                  const [isA, isB] = [first(first(sets)), second(first(sets))]
                  const theirs = substitute(
                    anyTwoMeet(size(A), size(B), n),
                    any,
                    symm(first(isA)),
                    symm(first(isB)),
                    refl(theory.numbers.same(n, n))
                  )
                  const found = All.anyTwoMeet_each(theory)(n, A, B)(theirs, second(isA), second(isB))
                  const shared = summand('meet', size(both(A, B)))
                  const never = impossible(
                    le(shared, nothing, second(sets)),
                    le(unit, shared, forth(Is.some_def(theory)(size(both(A, B)))(), found))
                  )
                  return absurd(never, more)
                }
              )
            ),
          (many) => {
            const [A, B] = [apartOne(q, q, n), apartOther(q, q, n)] as const
            const isSet = isSetOf(theory)
            const enough = forth(Is.meet_def(theory)(q, n)(), many)
            return All.anyTwoMeet_all(theory)(q, q, n)(
              suppose(implies(and(isSet(A, q, n), isSet(B, q, n)), some(size(both(A, B)))), (are) =>
                sets_meet(theory)(q, q, n, A, B)(enough, first(are), second(are))
              )
            )
          }
        )
      })
  )
})

/** Q2. */
export const Q2 = other(
  'Q2',
  'f ≤ n ⇒ (any two sets of q share an honest node, whichever f are faulty ⇔ 2q − n > f)',
  'Two quorums share an honest node if they share more nodes than are faulty.'
)((theory: QuorumTheory) => {
  const { anyTwoMeetInHonest, coverFaulty, coverOne, coverOther, meetInHonest, some } = theory.words
  const { atMost, one, plus, same } = theory.numbers
  const { both, fill, nodes, size, without } = theory.sets
  return forall('q n f', theory.nodes, theory.nodes, theory.nodes).state(
    <q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
      given(atMost(f, n))
        .infer(iff(anyTwoMeetInHonest(q, n, f), meetInHonest(q, n, f)))
        .by((few) => {
          const { impossible, eq, le, prove, sum, summand, unit } = linear(theory)
          const [Q, N, f_] = [summand('q', q), summand('n', n), summand('f', f)]
          const more = atMost(plus(plus(n, f), one), plus(q, q))
          return equivalent(
            anyTwoMeetInHonest(q, n, f),
            meetInHonest(q, n, f),
            (any) =>
              back(
                Is.meetInHonest_def(theory)(q, n, f)(),
                byCases(
                  more,
                  (yes) => yes,
                  (no) => {
                    const contrary = atMost_total(theory)(plus(plus(n, f), one), plus(q, q))(no)
                    const less = le(sum(sum(Q, Q), unit), sum(sum(N, f_), unit), contrary)
                    const half = prove(atMost(plus(q, q), plus(n, f)), sum(Q, Q), sum(N, f_), [less])
                    const sets = sets_apart(theory)(q, n, f)(few, half)
                    const [A, B] = [fill(q, without(nodes(n), nodes(q)), nodes(n)), nodes(q)] as const
                    const [isA, isB] = [first(first(sets)), second(first(sets))]
                    const [AB, all] = [both(A, B), nodes(n)] as const
                    const F = fill(f, AB, all)
                    const n_ = summand('all', size(all))
                    const total = eq(n_, N, S.size_nodes(theory)(n)())
                    const fits = prove(atMost(f, size(all)), f_, n_, [le(f_, N, few), total.ge])
                    const isF = S.fill_size(theory)(f, AB, all)(fits)
                    const inAll = S.set_subset_trans(theory)(AB, A, all)(
                      first(S.both_subset(theory)(A, B)()),
                      second(isA)
                    )
                    const inF = S.fill_includes(theory)(f, AB, all)(inAll, second(sets))
                    const theirs = substitute(
                      anyTwoMeetInHonest(size(A), n, size(F)),
                      any,
                      symm(first(isA)),
                      refl(same(n, n)),
                      symm(first(isF))
                    )
                    const bEqA = trans(first(isB), symm(first(isA)))
                    const found = All.anyTwoMeetInHonest_each(theory)(n, A, B, F)(
                      theirs,
                      bEqA,
                      second(isA),
                      second(isB),
                      second(isF)
                    )
                    const [good, bad] = [summand('good', size(without(AB, F))), summand('bad', size(both(AB, F)))]
                    const meet = summand('meet', size(AB))
                    const never = impossible(
                      eq(sum(good, bad), meet, S.size_without(theory)(AB, F)()).le,
                      le(meet, bad, S.size_subset(theory)(AB, both(AB, F))(S.subset_both(theory)(AB, F)(inF))),
                      le(unit, good, forth(Is.some_def(theory)(size(without(AB, F)))(), found))
                    )
                    return absurd(never, more)
                  }
                )
              ),
            (many) => {
              const [A, B, F] = [coverOne(q, n, f), coverOther(q, n, f), coverFaulty(q, n, f)] as const
              const isSet = isSetOf(theory)
              const enough = forth(Is.meetInHonest_def(theory)(q, n, f)(), many)
              return All.anyTwoMeetInHonest_all(theory)(q, n, f)(
                suppose(
                  implies(and(and(isSet(A, q, n), isSet(B, q, n)), isSet(F, f, n)), some(size(without(both(A, B), F)))),
                  (are) => sets_meet_in_honest(theory)(q, n, f, A, B, F)(enough, first(are), second(are))
                )
              )
            }
          )
        })
  )
})

/** Q3. */
export const Q3 = other(
  'Q3',
  'f ≤ n ⇒ (some set of q is all honest, whichever f are faulty ⇔ q ≤ n − f)',
  'The honest nodes can make up a quorum by themselves.'
)((theory: QuorumTheory) => {
  const { someAllHonest, available, barrier, honest } = theory.words
  const { atMost, plus, same } = theory.numbers
  const { both, either, fill, nodes, size, without } = theory.sets
  return forall('q n f', theory.nodes, theory.nodes, theory.nodes).state(
    <q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
      given(atMost(f, n))
        .infer(iff(someAllHonest(q, n, f), available(q, n, f)))
        .by((few) => {
          const { eq, le, nothing, prove, sum, summand } = linear(theory)
          const all = nodes(n)
          const [Q, N, f_, n_] = [summand('q', q), summand('n', n), summand('f', f), summand('all', size(all))]
          const total = eq(n_, N, S.size_nodes(theory)(n)())
          return equivalent(
            someAllHonest(q, n, f),
            available(q, n, f),
            (live) => {
              const F = nodes(f)
              const isF = S.size_nodes(theory)(f)()
              const inAll = S.nodes_subset(theory)(f, n)(few)
              const there = substitute(
                someAllHonest(q, n, size(F)),
                live,
                refl(same(q, q)),
                refl(same(n, n)),
                symm(isF)
              )
              const A = honest(q, n, F)
              const found = All.someAllHonest_each(theory)(q, n, F)(there, inAll)
              const [isA, apart] = [first(found), second(found)]
              const within = S.either_subset(theory)(A, F, all)(second(isA), inAll)
              const [a, faulty] = [summand('A', size(A)), summand('F', size(F))]
              const [meet, join] = [summand('meet', size(both(A, F))), summand('join', size(either(A, F)))]
              const room = prove(atMost(plus(q, f), n), sum(Q, f_), N, [
                eq(a, Q, first(isA)).ge,
                eq(faulty, f_, isF).ge,
                eq(sum(join, meet), sum(a, faulty), S.inclusion_exclusion(theory)(A, F)()).ge,
                eq(meet, nothing, apart).le,
                le(join, n_, S.size_subset(theory)(either(A, F), all)(within)),
                total.le
              ])
              return back(Is.available_def(theory)(q, n, f)(), room)
            },
            (room) => {
              const F = barrier(q, n, f)
              const isF = All.barrier_set(theory)(q, n, f)(few)
              const rest = without(all, F)
              const A = fill(q, rest, all)
              const enough = le(sum(Q, f_), N, forth(Is.available_def(theory)(q, n, f)(), room))
              const fits = prove(atMost(q, size(all)), Q, n_, [enough, total.ge])
              const [left, bad, faulty] = [
                summand('rest', size(rest)),
                summand('bad', size(both(all, F))),
                summand('F', size(F))
              ]
              const suffices = prove(atMost(q, size(rest)), Q, left, [
                enough,
                total.ge,
                eq(sum(left, bad), n_, S.size_without(theory)(all, F)()).ge,
                le(bad, faulty, S.size_subset(theory)(both(all, F), F)(second(S.both_subset(theory)(all, F)()))),
                eq(faulty, f_, first(isF)).le
              ])
              const inRest = S.fill_within(theory)(q, rest, all)(S.without_subset(theory)(all, F)(), suffices)
              return All.someAllHonest_all(theory)(q, n, f, A)(
                S.fill_size(theory)(q, rest, all)(fits),
                S.without_apart(theory)(A, F, all)(inRest)
              )
            }
          )
        })
  )
})

/** Q4. */
export const Q4 = other(
  'Q4',
  'f ≤ n ⇒ (some q is safe and live ⇔ n ≥ 3f + 1)',
  'Quorums that are safe and live exist if fewer than a third of the nodes are faulty.'
)((theory: QuorumTheory) => {
  const { minus, safeAndLive, someSafeAndLive, tolerates } = theory.words
  const { atMost, one, plus } = theory.numbers
  return forall('n f', theory.nodes, theory.nodes).state(<n, f>(n: Number_<n>, f: Number_<f>) =>
    given(atMost(f, n))
      .infer(iff(someSafeAndLive(n, f), tolerates(n, f)))
      .by((few) => {
        const { eq, le, prove, sum, summand, unit } = linear(theory)
        const [N, f_] = [summand('n', n), summand('f', f)]
        const three = sum(sum(sum(f_, f_), f_), unit)
        return equivalent(
          someSafeAndLive(n, f),
          tolerates(n, f),
          (some) => {
            const q = safeAndLive(n, f)
            const Q = summand('q', q)
            const found = All.someSafeAndLive_named(theory)(n, f)(some)
            const safe = forth(Q2(theory)(q, n, f)(few), first(found))
            const live = forth(Q3(theory)(q, n, f)(few), second(found))
            const meets = le(sum(sum(N, f_), unit), sum(Q, Q), forth(Is.meetInHonest_def(theory)(q, n, f)(), safe))
            const fits = le(sum(Q, f_), N, forth(Is.available_def(theory)(q, n, f)(), live))
            const goal = atMost(plus(plus(plus(f, f), f), one), n)
            return back(Is.tolerates_def(theory)(n, f)(), prove(goal, three, N, [meets, fits, fits]))
          },
          (enough) => {
            const q = minus(n, f)
            const Q = summand('q', q)
            const is = eq(sum(Q, f_), N, Is.minus_plus(theory)(n, f)(few))
            const third = le(three, N, forth(Is.tolerates_def(theory)(n, f)(), enough))
            const inN = prove(atMost(q, n), Q, N, [is.le])
            const safe = prove(atMost(plus(plus(n, f), one), plus(q, q)), sum(sum(N, f_), unit), sum(Q, Q), [
              third,
              is.ge,
              is.ge
            ])
            const live = prove(atMost(plus(q, f), n), sum(Q, f_), N, [is.le])
            return All.someSafeAndLive_one(theory)(q, n, f)(
              inN,
              back(Q2(theory)(q, n, f)(few), back(Is.meetInHonest_def(theory)(q, n, f)(), safe)),
              back(Q3(theory)(q, n, f)(few), back(Is.available_def(theory)(q, n, f)(), live))
            )
          }
        )
      })
  )
})

/** Q5. */
export const Q5 = other(
  'Q5',
  'f ≤ n ⇒ (every set of w has an honest node, whichever f are faulty ⇔ w > f)',
  'One node more than may be faulty cannot all be.'
)((theory: QuorumTheory) => {
  const { allLiars, everyHasHonest, hasHonest, liars, some } = theory.words
  const { atMost, one, plus, same } = theory.numbers
  const { both, nodes, size, without } = theory.sets
  return forall('w n f', theory.nodes, theory.nodes, theory.nodes).state(
    <w, n, f>(w: Number_<w>, n: Number_<n>, f: Number_<f>) =>
      given(atMost(f, n))
        .infer(iff(everyHasHonest(w, n, f), hasHonest(w, f)))
        .by((few) => {
          const { eq, impossible, le, prove, sum, summand, unit } = linear(theory)
          const [W, N, f_] = [summand('w', w), summand('n', n), summand('f', f)]
          const more = atMost(plus(f, one), w)
          return equivalent(
            everyHasHonest(w, n, f),
            hasHonest(w, f),
            (every) =>
              back(
                Is.hasHonest_def(theory)(w, f)(),
                byCases(
                  more,
                  (yes) => yes,
                  (no) => {
                    const [A, F] = [nodes(w), nodes(f)] as const
                    const less = le(sum(W, unit), sum(f_, unit), atMost_total(theory)(plus(f, one), w)(no))
                    const wInF = prove(atMost(w, f), W, f_, [less])
                    const wInN = prove(atMost(w, n), W, N, [less, le(f_, N, few)])
                    const there = substitute(
                      everyHasHonest(size(A), n, size(F)),
                      every,
                      symm(S.size_nodes(theory)(w)()),
                      refl(same(n, n)),
                      symm(S.size_nodes(theory)(f)())
                    )
                    const found = All.everyHasHonest_each(theory)(n, A, F)(
                      there,
                      S.nodes_subset(theory)(w, n)(wInN),
                      S.nodes_subset(theory)(f, n)(few)
                    )
                    const shared = S.subset_both(theory)(A, F)(S.nodes_subset(theory)(w, f)(wInF))
                    const [a, good, bad] = [
                      summand('A', size(A)),
                      summand('good', size(without(A, F))),
                      summand('bad', size(both(A, F)))
                    ]
                    const never = impossible(
                      eq(sum(good, bad), a, S.size_without(theory)(A, F)()).le,
                      le(a, bad, S.size_subset(theory)(A, both(A, F))(shared)),
                      le(unit, good, forth(Is.some_def(theory)(size(without(A, F)))(), found))
                    )
                    return absurd(never, more)
                  }
                )
              ),
            (many) => {
              const [A, F] = [allLiars(w, n, f), liars(w, n, f)] as const
              const isSet = isSetOf(theory)
              const enough = forth(Is.hasHonest_def(theory)(w, f)(), many)
              return All.everyHasHonest_all(theory)(w, n, f)(
                suppose(implies(and(isSet(A, w, n), isSet(F, f, n)), some(size(without(A, F)))), (are) => {
                  const [a, good, bad, faulty] = [
                    summand('A', size(A)),
                    summand('good', size(without(A, F))),
                    summand('bad', size(both(A, F))),
                    summand('F', size(F))
                  ]
                  const found = prove(atMost(one, size(without(A, F))), unit, good, [
                    le(sum(f_, unit), W, enough),
                    eq(a, W, first(first(are))).ge,
                    eq(sum(good, bad), a, S.size_without(theory)(A, F)()).ge,
                    le(bad, faulty, S.size_subset(theory)(both(A, F), F)(second(S.both_subset(theory)(A, F)()))),
                    eq(faulty, f_, first(second(are))).le
                  ])
                  return back(Is.some_def(theory)(size(without(A, F)))(), found)
                })
              )
            }
          )
        })
  )
})
