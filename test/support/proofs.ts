/**
 * A small development, to test the kernel of the typed proofs on: numbers that are added to sets of numbers.
 */
import * as N from 'fp-ts/lib/number.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { equal, given, lift, predicate, theorem } from '../../invariants/proof/kernel.js'
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

export const insert = lift(
  'insert',
  (s: Numbers, { value }: Num): Numbers =>
    s.all.includes(value) ? s : numbers(...[...s.all, value].toSorted((a, b) => a - b))
)
export const sorted = predicate('sorted', ({ all }: Numbers) => all.every((n, i) => i === 0 || (all[i - 1] ?? 0) < n))
export const small = predicate('small', ({ all }: Numbers) => all.length < 3)
export const has = predicate('has', ({ value }: Num, { all }: Numbers) => all.includes(value))
export const eqSet = equal<Numbers>({ equals: (s, t) => RA.getEq(N.Eq).equals(s.all, t.all) })
export const eqNum = equal<Num>({ equals: (x, y) => x.value === y.value })

type Set_<S> = Named<Numbers, S>
type Num_<X> = Named<Num, X>

/** A sorted set stays sorted when a number is added. */
export const insertSorted = theorem({ name: 'insertSorted', source: 'Numbers', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given(sorted(s)).infer(sorted(insert(s, x)))
)

/** What has been added is there. */
export const insertHas = theorem({ name: 'insertHas', source: 'Numbers', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given().infer(has(x, insert(s, x)))
)

/** Adding what is there changes nothing. */
export const insertKnown = theorem({ name: 'insertKnown', source: 'Numbers', variables: ['s', 'x'] })(
  <S, X>(s: Set_<S>, x: Num_<X>) => given(has(x, s)).infer(eqSet(insert(s, x), s))
)

/** A law, which has a reason. */
export const alwaysSmall = theorem({
  name: 'alwaysSmall',
  source: 'Numbers',
  variables: ['s'],
  law: 'sets are small here'
})(<S>(s: Set_<S>) => given().infer(small(s)))

/** Derived: two numbers may be added. */
export const insertTwice = theorem({ name: 'insertTwice', source: 'Numbers', variables: ['s', 'x', 'y'] })(
  <S, X, Y>(s: Set_<S>, x: Num_<X>, y: Num_<Y>) =>
    given(sorted(s))
      .infer(sorted(insert(insert(s, x), y)))
      .by((p) => insertSorted(insert(s, x), y)(insertSorted(s, x)(p)))
)
