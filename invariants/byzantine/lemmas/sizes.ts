/**
 * What the words for numbers of nodes come to, as sums and inequalities.
 */
import { and, given, iff } from '../../proof/kernel.js'
import { chapter, forall } from '../../proof/lemma.js'
import type { Number_ } from './numbers.js'
import type { QuorumTheory } from './words.js'

const { definition, fact } = chapter('quorums')

const ofOne = ({ number }: QuorumTheory) => forall('n', number)
const ofTwo = (names: string, { number }: QuorumTheory) => forall(names, number, number)
const ofThree = (names: string, { number }: QuorumTheory) => forall(names, number, number, number)

// ------------------------------------------------------------------------------------------------------- numbers

export const some_def = definition(
  'some_def',
  'some n ⇔ 1 ≤ n',
  'There are some if there is one.'
)((theory: QuorumTheory) => {
  const { atMost, one } = theory.numbers
  return ofOne(theory).state(<n>(n: Number_<n>) => given().infer(iff(theory.words.some(n), atMost(one, n))))
})

export const third_bounds = fact(
  'third_bounds',
  '⌊n/3⌋ + (⌊n/3⌋ + ⌊n/3⌋) ≤ n ∧ n + 1 ≤ (⌊n/3⌋ + 1) + ((⌊n/3⌋ + 1) + (⌊n/3⌋ + 1))',
  'A third, rounded down, is the largest number of which three are at most the whole.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  const { third } = theory.words
  return ofOne(theory).state(<n>(n: Number_<n>) =>
    given().infer(
      and(
        atMost(plus(third(n), plus(third(n), third(n))), n),
        atMost(plus(n, one), plus(plus(third(n), one), plus(plus(third(n), one), plus(third(n), one))))
      )
    )
  )
})

export const minus_plus = fact(
  'minus_plus',
  'k ≤ n ⇒ (n − k) + k = n',
  'What is taken away can be given back.'
)((theory: QuorumTheory) => {
  const { atMost, plus, same } = theory.numbers
  const { minus } = theory.words
  return ofTwo('n k', theory).state(<n, k>(n: Number_<n>, k: Number_<k>) =>
    given(atMost(k, n)).infer(same(plus(minus(n, k), k), n))
  )
})

export const byzantineQuorum_def = definition(
  'byzantineQuorum_def',
  'byzantineQuorum n = ⌊(n + n)/3⌋ + 1',
  'A Byzantine quorum is more than two thirds.'
)((theory: QuorumTheory) => {
  const { one, plus, same } = theory.numbers
  const { byzantineQuorum, third } = theory.words
  return ofOne(theory).state(<n>(n: Number_<n>) =>
    given().infer(same(byzantineQuorum(n), plus(third(plus(n, n)), one)))
  )
})

export const weakQuorum_def = definition(
  'weakQuorum_def',
  'weakQuorum n = ⌊n/3⌋ + 1',
  'A weak quorum is more than a third.'
)((theory: QuorumTheory) => {
  const { one, plus, same } = theory.numbers
  const { weakQuorum, third } = theory.words
  return ofOne(theory).state(<n>(n: Number_<n>) => given().infer(same(weakQuorum(n), plus(third(n), one))))
})

export const maxFaulty_def = definition(
  'maxFaulty_def',
  'maxFaulty n = ⌊(n − 1)/3⌋',
  'Fewer than a third of the nodes may be faulty.'
)((theory: QuorumTheory) => {
  const { one, same } = theory.numbers
  const { maxFaulty, minus, third } = theory.words
  return ofOne(theory).state(<n>(n: Number_<n>) => given().infer(same(maxFaulty(n), third(minus(n, one)))))
})

export const threeTimes_def = definition(
  'threeTimes_def',
  'threeTimes f = ((f + f) + f) + 1',
  'Three times as many, and one more.'
)((theory: QuorumTheory) => {
  const { one, plus, same } = theory.numbers
  return forall('f', theory.number).state(<f>(f: Number_<f>) =>
    given().infer(same(theory.words.threeTimes(f), plus(plus(plus(f, f), f), one)))
  )
})

export const twice_def = definition(
  'twice_def',
  'twice f = (f + f) + 1',
  'Twice as many, and one more.'
)((theory: QuorumTheory) => {
  const { one, plus, same } = theory.numbers
  return forall('f', theory.number).state(<f>(f: Number_<f>) =>
    given().infer(same(theory.words.twice(f), plus(plus(f, f), one)))
  )
})

export const onceMore_def = definition(
  'onceMore_def',
  'onceMore f = f + 1',
  'One more.'
)((theory: QuorumTheory) => {
  const { one, plus, same } = theory.numbers
  return forall('f', theory.number).state(<f>(f: Number_<f>) =>
    given().infer(same(theory.words.onceMore(f), plus(f, one)))
  )
})

export const meet_def = definition(
  'meet_def',
  'meet q n ⇔ n + 1 ≤ q + q',
  'meet: two quorums have more nodes than there are.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  return ofTwo('q n', theory).state(<q, n>(q: Number_<q>, n: Number_<n>) =>
    given().infer(iff(theory.words.meet(q, n), atMost(plus(n, one), plus(q, q))))
  )
})

export const meetInHonest_def = definition(
  'meetInHonest_def',
  'meetInHonest q n f ⇔ (n + f) + 1 ≤ q + q',
  'meetInHonest: even so many that the faulty ones do not make up for it.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
    given().infer(iff(theory.words.meetInHonest(q, n, f), atMost(plus(plus(n, f), one), plus(q, q))))
  )
})

export const available_def = definition(
  'available_def',
  'available q n f ⇔ q + f ≤ n',
  'available: a quorum and the faulty ones are no more than there are.'
)((theory: QuorumTheory) => {
  const { atMost, plus } = theory.numbers
  return ofThree('q n f', theory).state(<q, n, f>(q: Number_<q>, n: Number_<n>, f: Number_<f>) =>
    given().infer(iff(theory.words.available(q, n, f), atMost(plus(q, f), n)))
  )
})

export const tolerates_def = definition(
  'tolerates_def',
  'tolerates n f ⇔ ((f + f) + f) + 1 ≤ n',
  'tolerates: there are three times as many nodes as faulty ones, and one more.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  return ofTwo('n f', theory).state(<n, f>(n: Number_<n>, f: Number_<f>) =>
    given().infer(iff(theory.words.tolerates(n, f), atMost(plus(plus(plus(f, f), f), one), n)))
  )
})

export const hasHonest_def = definition(
  'hasHonest_def',
  'hasHonest w f ⇔ f + 1 ≤ w',
  'hasHonest: there are more than may be faulty.'
)((theory: QuorumTheory) => {
  const { atMost, one, plus } = theory.numbers
  return ofTwo('w f', theory).state(<w, f>(w: Number_<w>, f: Number_<f>) =>
    given().infer(iff(theory.words.hasHonest(w, f), atMost(plus(f, one), w)))
  )
})

/** All of them. */
export const definitionsOfNumbers = [
  some_def,
  third_bounds,
  minus_plus,
  byzantineQuorum_def,
  weakQuorum_def,
  maxFaulty_def,
  threeTimes_def,
  twice_def,
  onceMore_def,
  meet_def,
  meetInHonest_def,
  available_def,
  tolerates_def,
  hasHonest_def
] as const
