/**
 * Sequences with the meaning that mathcomp's `seq.v` gives them, where it differs from an array method of that name
 * or has none. Every function leaves its arguments as they are.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'

/** `x \in s`. */
export const isIn =
  <A>(A: Eq<A>) =>
  (x: A, s: ReadonlyArray<A>): boolean =>
    s.some((y) => A.equals(x, y))

/** `rem x s`: s without the *first* occurrence of x; s itself where there is none. */
export const rem =
  <A>(A: Eq<A>) =>
  (x: A, s: ReadonlyArray<A>): ReadonlyArray<A> => {
    const at = s.findIndex((y) => A.equals(x, y))
    return at < 0 ? s : [...s.slice(0, at), ...s.slice(at + 1)]
  }

/** `undup s`: each element once, where its *last* occurrence stands: `undup [1,2,1,3] = [2,1,3]`. */
export const undup =
  <A>(A: Eq<A>) =>
  (s: ReadonlyArray<A>): ReadonlyArray<A> =>
    s.filter((x, i) => !isIn(A)(x, s.slice(i + 1)))

/** `uniq s`: no element occurs twice. */
export const uniq =
  <A>(A: Eq<A>) =>
  (s: ReadonlyArray<A>): boolean =>
    s.every((x, i) => !isIn(A)(x, s.slice(i + 1)))

/** `s == s'`: equal length and equal elements. */
export const seqEq: <A>(A: Eq<A>) => Eq<ReadonlyArray<A>> = RA.getEq

/** `{subset s <= t}`: every element of s is in t. */
export const subset =
  <A>(A: Eq<A>) =>
  (s: ReadonlyArray<A>, t: ReadonlyArray<A>): boolean =>
    s.every((x) => isIn(A)(x, t))

/** `s =i t`: the same elements, whatever their order and number. */
export const sameElements =
  <A>(A: Eq<A>) =>
  (s: ReadonlyArray<A>, t: ReadonlyArray<A>): boolean =>
    subset(A)(s, t) && subset(A)(t, s)

/** `rcons s x`: s with x added at the end. */
export const rcons = <A>(s: ReadonlyArray<A>, x: A): ReadonlyArray<A> => [...s, x]

/** `last x0 s`: the last element of s, `x0` where s is empty. */
export const last = <A>(x0: A, s: ReadonlyArray<A>): A =>
  pipe(
    RA.last(s),
    O.getOrElse(() => x0)
  )

/** `ohead s`: the first element of s, if it has one. */
export const ohead: <A>(s: ReadonlyArray<A>) => Option<A> = RA.head

/** `foldl f z s`: `f (… (f (f z s0) s1) …) sn`. */
export const foldl = <A, B>(f: (acc: B, x: A) => B, z: B, s: ReadonlyArray<A>): B => s.reduce((acc, x) => f(acc, x), z)

/** `foldr f z s`: `f s0 (f s1 (… (f sn z)))`. */
export const foldr = <A, B>(f: (x: A, acc: B) => B, z: B, s: ReadonlyArray<A>): B =>
  s.reduceRight((acc, x) => f(x, acc), z)

/** `iota 0 n`: the numbers 0, 1, …, n - 1. */
export const iota = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => i)
