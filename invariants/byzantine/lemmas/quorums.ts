/**
 * What is known of quorums, as lemmas: Q1 to Q8. On the one side stands arithmetic, the definitions of
 * `spec/byzantine/quorums.ts`; on the other, what it says of all sets of nodes, and of the Byzantine generals.
 */
import * as O from 'fp-ts/lib/Option.js'
import * as quorums from '../../../spec/byzantine/quorums.js'
import { OralMessages } from '../../../spec/byzantine/oralMessages.js'
import { SignedMessages } from '../../../spec/byzantine/signedMessages.js'
import type { Army, Side } from '../../../spec/byzantine/generals.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { iota } from '../../../spec/prelude/seq.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { and, given, iff, vocabulary } from '../../proof/kernel.js'
import type { Named, Vocabulary } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import { listed } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'
import { failures } from '../../property/invariant.js'
import { interactiveConsistency } from '../generals/interactiveConsistency.js'
import type { Algorithm } from '../generals/interactiveConsistency.js'
import * as sets from './sets.js'

type Number<N> = Named<number, N>

/** All executions of an algorithm for generals end well. */
const endsWell = <S extends Side, A>(
  army: Army,
  { system, ...algorithm }: Algorithm<S> & { readonly system: TransitionSystem<S, A> }
): boolean => {
  const goal = interactiveConsistency(army, algorithm)
  const from = (s: S): boolean =>
    failures(goal, s).length === 0 &&
    system.actions(s).every((a) => {
      const to = system.next(s, a)
      return O.isNone(to) || from(to.value)
    })
  return system.initial.every(from)
}

/** The words for quorums, and for the generals. */
const quorumWords = ({ lift, predicate, sort }: Vocabulary) => {
  const Number_ = sort<number>('Number', ordNumber)
  const [one, two, three] = [[Number_], [Number_, Number_], [Number_, Number_, Number_]] as const
  return {
    atMost: predicate('atMost', two, (k, n) => k <= n),
    atLeast: predicate('atLeast', two, (n, least) => n >= least),
    some: predicate('some', one, (n) => n > 0),
    byzantineQuorum: lift('byzantineQuorum', one, Number_, quorums.byzantineQuorum),
    weakQuorum: lift('weakQuorum', one, Number_, quorums.weakQuorum),
    maxFaulty: lift('maxFaulty', one, Number_, quorums.maxFaulty),
    /** `3f + 1` */
    threeTimes: lift('threeTimes', one, Number_, (f) => 3 * f + 1),
    /** `2f + 1` */
    twice: lift('twice', one, Number_, (f) => 2 * f + 1),
    /** `f + 1` */
    onceMore: lift('onceMore', one, Number_, (f) => f + 1),
    oralNodes: lift('oralNodes', one, Number_, (f) => quorums.fewestNodes('oral, synchronous', f)),
    meet: predicate('meet', two, quorums.meet),
    meetInHonest: predicate('meetInHonest', three, quorums.meetInHonest),
    available: predicate('available', three, quorums.available),
    tolerates: predicate('tolerates', two, quorums.tolerates),
    hasHonest: predicate('hasHonest', two, quorums.hasHonest),
    anyTwoMeet: predicate('anyTwoMeet', three, sets.anyTwoMeet),
    anyTwoMeetInHonest: predicate('anyTwoMeetInHonest', three, sets.anyTwoMeetInHonest),
    someAllHonest: predicate('someAllHonest', three, sets.someAllHonest),
    everyHasHonest: predicate('everyHasHonest', three, sets.everyHasHonest),
    someSafeAndLive: predicate('someSafeAndLive', two, sets.someSafeAndLive),
    onlySafeAndLive: predicate('onlySafeAndLive', three, sets.onlySafeAndLive),
    meetsHonest: predicate('meetsHonest', [...two, ...two], sets.meetsHonest),
    /** OM(f) gives interactive consistency among n generals, f of them traitors. */
    oralWorks: predicate('oralWorks', two, (nodes, f) =>
      endsWell({ nodes, traitors: f, rounds: f }, OralMessages({ nodes, traitors: f, rounds: f }))
    ),
    signedWorks: predicate('signedWorks', two, (nodes, f) =>
      endsWell({ nodes, traitors: f, rounds: f }, SignedMessages({ nodes, traitors: f, rounds: f }))
    )
  }
}

/** Numbers of nodes up to some. */
export interface QuorumTheory {
  readonly vocabulary: Vocabulary
  readonly words: ReturnType<typeof quorumWords>
  /** Sets of nodes are gone through. */
  readonly number: Sort<number>
  /** Generals that are run: any number, and some. */
  readonly few: Sort<number>
  readonly several: Sort<number>
}

/** All numbers up to these. */
export const quorumTheory = (nodes: number, generals: number): QuorumTheory => {
  const own = vocabulary('quorums')
  return {
    vocabulary: own,
    words: quorumWords(own),
    number: listed(iota(nodes + 1)),
    few: listed(iota(generals + 1)),
    several: listed(iota(generals + 1).slice(2))
  }
}

const { other } = chapter('quorums')

/** Q1. */
export const Q1 = other(
  'Q1',
  'any two sets of q of n nodes share one ⇔ 2q > n',
  'Quorums of Paxos meet if they are more than half of the nodes.'
)(({ number, words }: QuorumTheory) => {
  const { anyTwoMeet, meet } = words
  return forall('q n', number, number).state(<q, n>(q: Number<q>, n: Number<n>) =>
    given().infer(iff(anyTwoMeet(q, q, n), meet(q, n)))
  )
})

/** Q2. */
export const Q2 = other(
  'Q2',
  'f ≤ n ⇒ (any two sets of q share an honest node, whichever f are faulty ⇔ 2q − n > f)',
  'Two quorums share an honest node if they share more nodes than are faulty.'
)(({ number, words }: QuorumTheory) => {
  const { atMost, anyTwoMeetInHonest, meetInHonest } = words
  return forall('q n f', number, number, number).state(<q, n, f>(q: Number<q>, n: Number<n>, f: Number<f>) =>
    given(atMost(f, n)).infer(iff(anyTwoMeetInHonest(q, n, f), meetInHonest(q, n, f)))
  )
})

/** Q3. */
export const Q3 = other(
  'Q3',
  'f ≤ n ⇒ (some set of q is all honest, whichever f are faulty ⇔ q ≤ n − f)',
  'The honest nodes can make up a quorum by themselves.'
)(({ number, words }: QuorumTheory) => {
  const { atMost, someAllHonest, available } = words
  return forall('q n f', number, number, number).state(<q, n, f>(q: Number<q>, n: Number<n>, f: Number<f>) =>
    given(atMost(f, n)).infer(iff(someAllHonest(q, n, f), available(q, n, f)))
  )
})

/** Q4. */
export const Q4 = other(
  'Q4',
  'f ≤ n ⇒ (some q is safe and live ⇔ n ≥ 3f + 1)',
  'Quorums that are safe and live exist if fewer than a third of the nodes are faulty.'
)(({ number, words }: QuorumTheory) => {
  const { atMost, someSafeAndLive, tolerates } = words
  return forall('n f', number, number).state(<n, f>(n: Number<n>, f: Number<f>) =>
    given(atMost(f, n)).infer(iff(someSafeAndLive(n, f), tolerates(n, f)))
  )
})

/** Q5. */
export const Q5 = other(
  'Q5',
  'f ≤ n ⇒ (every set of w has an honest node, whichever f are faulty ⇔ w > f)',
  'One node more than may be faulty cannot all be.'
)(({ number, words }: QuorumTheory) => {
  const { atMost, everyHasHonest, hasHonest } = words
  return forall('w n f', number, number, number).state(<w, n, f>(w: Number<w>, n: Number<n>, f: Number<f>) =>
    given(atMost(f, n)).infer(iff(everyHasHonest(w, n, f), hasHonest(w, f)))
  )
})

/** Q6. */
export const Q6 = other(
  'Q6',
  'of 3f + 1 nodes, 2f + 1 alone is safe and live ∧ 2f + 1 and f + 1 share one ∧ f + 1 honest ones share one with them',
  'What a quorum has done, one of any f + 1 honest nodes has done.'
)(({ words }: QuorumTheory) => {
  const { onlySafeAndLive, anyTwoMeet, meetsHonest, twice, onceMore, threeTimes } = words
  return forall('f', listed([0, 1, 2])).state(<f>(f: Number<f>) =>
    given().infer(
      and(
        onlySafeAndLive(twice(f), threeTimes(f), f),
        and(anyTwoMeet(twice(f), onceMore(f), threeTimes(f)), meetsHonest(twice(f), onceMore(f), threeTimes(f), f))
      )
    )
  )
})

/** Q7. */
export const Q7 = other(
  'Q7',
  'n > 0 ⇒ q = ⌊2n/3⌋ + 1 is safe ∧ it is live ∧ w = ⌊n/3⌋ + 1 have an honest one, f = ⌊(n−1)/3⌋',
  'The sizes of the lecture, read in whole numbers, do what they are for.'
)(({ number, words }: QuorumTheory) => {
  const { some, anyTwoMeetInHonest, someAllHonest, everyHasHonest, byzantineQuorum, weakQuorum, maxFaulty } = words
  return forall('n', number).state(<n>(n: Number<n>) =>
    given(some(n)).infer(
      and(
        and(
          anyTwoMeetInHonest(byzantineQuorum(n), n, maxFaulty(n)),
          someAllHonest(byzantineQuorum(n), n, maxFaulty(n))
        ),
        everyHasHonest(weakQuorum(n), n, maxFaulty(n))
      )
    )
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
    <n, f, m, g>(n: Number<n>, f: Number<f>, m: Number<m>, g: Number<g>) =>
      given(atLeast(n, oralNodes(f))).infer(and(oralWorks(n, f), signedWorks(m, g)))
  )
})

/** All of them, in order. */
export const quorumLemmas = [Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8] as const
