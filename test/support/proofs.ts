/**
 * A small development, to test the kernel of the typed proofs on: numbers that are added to sets of numbers.
 */
import * as N from 'fp-ts/lib/number.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { equal, given, theorem, vocabulary } from '../../invariants/proof/kernel.js'
import type { Named } from '../../invariants/proof/kernel.js'

/** A set of numbers: an increasing list. */
export interface Numbers {
  readonly all: ReadonlyArray<number>
}

/** A number. */
export interface Num {
  readonly value: number
}

export const numbers = (...all: ReadonlyArray<number>): Numbers => ({ all })
export const num = (value: number): Num => ({ value })

/** The words for them. */
export const words = vocabulary('sets of numbers')
const { lift, predicate, sort } = words
export const SetSort = sort<Numbers>('Set', { equals: (s, t) => RA.getEq(N.Eq).equals(s.all, t.all) })
export const NumSort = sort<Num>('Num', { equals: (x, y) => x.value === y.value })

export const insert = lift('insert', [SetSort, NumSort], SetSort, (s, { value }) =>
  s.all.includes(value) ? s : numbers(...[...s.all, value].toSorted((a, b) => a - b))
)
export const sorted = predicate('sorted', [SetSort], ({ all }) => all.every((n, i) => i === 0 || (all[i - 1] ?? 0) < n))
export const small = predicate('small', [SetSort], ({ all }) => all.length < 3)
export const has = predicate('has', [NumSort, SetSort], ({ value }, { all }) => all.includes(value))
export const eqSet = equal(SetSort)
export const eqNum = equal(NumSort)

type Set_<S> = Named<Numbers, S>
type Num_<X> = Named<Num, X>

const about = { source: 'Numbers', vocabulary: words }

/** A sorted set stays sorted when a number is added. */
export const insertSorted = theorem({ ...about, name: 'insertSorted', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given(sorted(s)).infer(sorted(insert(s, x)))
)

/** What has been added is there. */
export const insertHas = theorem({ ...about, name: 'insertHas', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given().infer(has(x, insert(s, x)))
)

/** Adding what is there changes nothing. */
export const insertKnown = theorem({ ...about, name: 'insertKnown', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given(has(x, s)).infer(eqSet(insert(s, x), s))
)

/** A law, which has a reason. */
export const alwaysSmall = theorem({
  ...about,
  name: 'alwaysSmall',
  variables: ['s'],
  law: 'sets are small here'
})(<S>(s: Set_<S>) => given().infer(small(s)))

/** Derived: two numbers may be added. */
export const insertTwice = theorem({ ...about, name: 'insertTwice', variables: ['s', 'x', 'y'] })(
  <S, X, Y>(s: Set_<S>, x: Num_<X>, y: Num_<Y>) =>
    given(sorted(s))
      .infer(sorted(insert(insert(s, x), y)))
      .by((p) => insertSorted(insert(s, x), y)(insertSorted(s, x)(p)))
)
