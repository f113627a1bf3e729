/**
 * The sizes of quorums that are used, as lemmas: Q6 to Q8. Q6 and Q7 are about the numbers of the lecture; Q8 about the
 * Byzantine generals.
 */
import { and, both as pair, first, given, iff, implies, second, suppose } from '../../proof/kernel.js'
import { back, equivalent, forth } from '../../proof/logic.js'
import { chapter, forall } from '../../proof/lemma.js'
import { listed } from '../../proof/sort.js'
import { linear } from './linear.js'
import { sets_meet } from './meeting.js'
import type { Number_ } from './numbers.js'
import * as All from './quantifiers.js'
import { isSetOf } from './quantifiers.js'
import { Q2, Q3, Q5 } from './quorums.js'
import * as Is from './sizes.js'
import type { QuorumTheory } from './words.js'

const { other } = chapter('quorums')

/** So many of `3f + 1` nodes are faulty. */
const ofThirds = listed([0, 1, 2, 3])

/** What the numbers of Q6 come to. */
const ofThrice = <f>(theory: QuorumTheory, f: Number_<f>) => {
  const { threeTimes, twice, onceMore } = theory.words
  const { eq, sum, summand, unit } = linear(theory)
  const f_ = summand('f', f)
  const [T, W, O] = [summand('3f+1', threeTimes(f)), summand('2f+1', twice(f)), summand('f+1', onceMore(f))]
  return {
    f_,
    T,
    W,
    O,
    three: eq(T, sum(sum(sum(f_, f_), f_), unit), Is.threeTimes_def(theory)(f)()),
    two: eq(W, sum(sum(f_, f_), unit), Is.twice_def(theory)(f)()),
    one: eq(O, sum(f_, unit), Is.onceMore_def(theory)(f)())
  }
}

export const only_size = other(
  'only_size',
  'p is safe and live among 3f + 1 nodes ⇔ p = 2f + 1',
  'With as few nodes as there can be, one size of quorums does.',
  'It is tested with up to 3 faulty nodes, of 10.'
)((theory: QuorumTheory) => {
  const { anyTwoMeetInHonest, someAllHonest, threeTimes, twice } = theory.words
  const { atMost, one, plus, same } = theory.numbers
  return forall('p f', theory.nodes, ofThirds).state(<p, f>(p: Number_<p>, f: Number_<f>) =>
    given()
      .infer(iff(and(anyTwoMeetInHonest(p, threeTimes(f), f), someAllHonest(p, threeTimes(f), f)), same(p, twice(f))))
      .by(() => {
        const { eq, le, prove, proveEqual, sum, summand, unit } = linear(theory)
        const n = threeTimes(f)
        const { f_, T, W, three, two } = ofThrice(theory, f)
        const P = summand('p', p)
        const few = prove(atMost(f, n), f_, T, [three.ge])
        const [safe, live] = [Q2(theory)(p, n, f)(few), Q3(theory)(p, n, f)(few)]
        const [isSafe, isLive] = [Is.meetInHonest_def(theory)(p, n, f)(), Is.available_def(theory)(p, n, f)()]
        return equivalent(
          and(anyTwoMeetInHonest(p, n, f), someAllHonest(p, n, f)),
          same(p, twice(f)),
          (are) => {
            const meets = le(sum(sum(T, f_), unit), sum(P, P), forth(isSafe, forth(safe, first(are))))
            const fits = le(sum(P, f_), T, forth(isLive, forth(live, second(are))))
            const below = [fits, three.le, two.ge]
            const above = [meets, three.ge, two.le, two.le]
            return proveEqual(same(p, twice(f)), P, W, below, above, [1, 2])
          },
          (is) => {
            const size = eq(P, W, is)
            const meets = prove(atMost(plus(plus(n, f), one), plus(p, p)), sum(sum(T, f_), unit), sum(P, P), [
              size.ge,
              size.ge,
              two.ge,
              two.ge,
              three.le
            ])
            const fits = prove(atMost(plus(p, f), n), sum(P, f_), T, [size.le, two.le, three.ge])
            return pair(back(safe, back(isSafe, meets)), back(live, back(isLive, fits)))
          }
        )
      })
  )
})

/** Q6. */
export const Q6 = other(
  'Q6',
  'of 3f + 1 nodes, 2f + 1 alone is safe and live ∧ 2f + 1 and f + 1 share one ∧ f + 1 honest ones share one with them',
  'What a quorum has done, one of any f + 1 honest nodes has done.',
  'It is tested with up to 3 faulty nodes, of 10.'
)((theory: QuorumTheory) => {
  const { anyTwoMeet, apartOne, apartOther, awayOne, awayWeak, meetsHonest } = theory.words
  const { onceMore, onlySafeAndLive, otherwise, some, threeTimes, twice } = theory.words
  const { atMost, one, plus } = theory.numbers
  const { both, size } = theory.sets
  return forall('f', ofThirds).state(<f>(f: Number_<f>) =>
    given()
      .infer(
        and(
          onlySafeAndLive(twice(f), threeTimes(f), f),
          and(anyTwoMeet(twice(f), onceMore(f), threeTimes(f)), meetsHonest(twice(f), onceMore(f), threeTimes(f), f))
        )
      )
      .by(() => {
        const { prove, sum, unit } = linear(theory)
        const [n, q, w] = [threeTimes(f), twice(f), onceMore(f)] as const
        const { T, W, O, three, two, one: more } = ofThrice(theory, f)
        const isSet = isSetOf(theory)
        const goal = atMost(plus(n, one), plus(q, w))
        const enough = prove(goal, sum(T, unit), sum(W, O), [three.le, two.ge, more.ge])
        const [A, B] = [apartOne(q, w, n), apartOther(q, w, n)] as const
        const [C, D] = [awayOne(q, w, n, f), awayWeak(q, w, n, f)] as const
        const only = only_size(theory)(otherwise(q, n, f), f)()
        return pair(
          All.onlySafeAndLive_all(theory)(q, n, f)(only),
          pair(
            All.anyTwoMeet_all(theory)(q, w, n)(
              suppose(implies(and(isSet(A, q, n), isSet(B, w, n)), some(size(both(A, B)))), (are) =>
                sets_meet(theory)(q, w, n, A, B)(enough, first(are), second(are))
              )
            ),
            All.meetsHonest_all(theory)(q, w, n, f)(
              suppose(implies(and(isSet(C, q, n), isSet(D, w, n)), some(size(both(C, D)))), (are) =>
                sets_meet(theory)(q, w, n, C, D)(enough, first(are), second(are))
              )
            )
          )
        )
      })
  )
})

/** Q7. */
export const Q7 = other(
  'Q7',
  'n > 0 ⇒ q = ⌊2n/3⌋ + 1 is safe ∧ it is live ∧ w = ⌊n/3⌋ + 1 have an honest one, f = ⌊(n−1)/3⌋',
  'The sizes of the lecture, read in whole numbers, do what they are for.'
)((theory: QuorumTheory) => {
  const { some, anyTwoMeetInHonest, someAllHonest, everyHasHonest } = theory.words
  const { byzantineQuorum, maxFaulty, minus, third, weakQuorum } = theory.words
  const { atMost, one, plus } = theory.numbers
  return forall('n', theory.nodes).state(<n>(n: Number_<n>) =>
    given(some(n))
      .infer(
        and(
          and(
            anyTwoMeetInHonest(byzantineQuorum(n), n, maxFaulty(n)),
            someAllHonest(byzantineQuorum(n), n, maxFaulty(n))
          ),
          everyHasHonest(weakQuorum(n), n, maxFaulty(n))
        )
      )
      .by((any) => {
        const { eq, le, prove, sum, summand, unit } = linear(theory)
        const [q, w, f, before] = [byzantineQuorum(n), weakQuorum(n), maxFaulty(n), minus(n, one)] as const
        const [N, Q, W, F, B] = [
          summand('n', n),
          summand('q', q),
          summand('w', w),
          summand('f', f),
          summand('b', before)
        ]
        const [u, t, v] = [third(plus(n, n)), third(n), third(before)] as const
        const [U, T, V] = [summand('u', u), summand('t', t), summand('v', v)]
        const [U1, T1] = [sum(U, unit), sum(T, unit)]
        const nonZero = forth(Is.some_def(theory)(n)(), any)
        const [ofU, ofT, ofV] = [
          Is.third_bounds(theory)(plus(n, n))(),
          Is.third_bounds(theory)(n)(),
          Is.third_bounds(theory)(before)()
        ] as const
        const uBelow = le(sum(U, sum(U, U)), sum(N, N), first(ofU))
        const uAbove = le(sum(sum(N, N), unit), sum(U1, sum(U1, U1)), second(ofU))
        const tAbove = le(sum(N, unit), sum(T1, sum(T1, T1)), second(ofT))
        const vBelow = le(sum(V, sum(V, V)), B, first(ofV))
        const isB = eq(sum(B, unit), N, Is.minus_plus(theory)(n, one)(nonZero)).le
        const isF = eq(F, V, Is.maxFaulty_def(theory)(n)()).le
        const isQ = eq(Q, U1, Is.byzantineQuorum_def(theory)(n)())
        const isW = eq(W, T1, Is.weakQuorum_def(theory)(n)()).ge
        const few = prove(atMost(f, n), F, N, [isF, vBelow, isB])
        const faulty = [isF, isF, isF, vBelow, isB]
        const meets = prove(
          atMost(plus(plus(n, f), one), plus(q, q)),
          sum(sum(N, F), unit),
          sum(Q, Q),
          [...faulty, uAbove, uAbove, isQ.ge, isQ.ge, isQ.ge, isQ.ge, isQ.ge, isQ.ge],
          3
        )
        const fits = prove(atMost(plus(q, f), n), sum(Q, F), N, [...faulty, uBelow, isQ.le, isQ.le, isQ.le], 3)
        const more = prove(atMost(plus(f, one), w), sum(F, unit), W, [...faulty, tAbove, isW, isW, isW], 3)
        return pair(
          pair(
            back(Q2(theory)(q, n, f)(few), back(Is.meetInHonest_def(theory)(q, n, f)(), meets)),
            back(Q3(theory)(q, n, f)(few), back(Is.available_def(theory)(q, n, f)(), fits))
          ),
          back(Q5(theory)(w, n, f)(few), back(Is.hasHonest_def(theory)(w, f)(), more))
        )
      })
  )
})

/** Q8. */
export const Q8 = other(
  'Q8',
  'n ≥ 3f + 1 ⇒ OM(f) works among n generals, f of them traitors ∧ SM(g) does among any m, g of them traitors',
  'Three times as many generals as there are traitors, and one more, suffice; with signatures, any number.',
  'That nothing works with fewer than 3f + 1 is a theorem about all algorithms, and is not tested; for three nodes `threeNodes.refutation` makes the execution that shows it. With signatures, of fewer than f + 2 at most one is loyal.'
)(({ few, several, words }: QuorumTheory) => {
  const { atLeast, oralNodes, oralWorks, signedWorks } = words
  return forall('n f m g', several, listed([1]), few, listed([1, 2])).state(
    <n, f, m, g>(n: Number_<n>, f: Number_<f>, m: Number_<m>, g: Number_<g>) =>
      given(atLeast(n, oralNodes(f))).infer(and(oralWorks(n, f), signedWorks(m, g)))
  )
})
