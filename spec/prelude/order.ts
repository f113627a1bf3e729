/**
 * Orders, as `fcsl-pcm`'s `ordtype.v` has them: an `ordType` is a type with a decidable strict total order.
 * Here an ordered type is an fp-ts `Ord`, whose `equals` is mathcomp's `==` and whose `compare(x, y) < 0` is `ord x y`.
 */
import * as N from 'fp-ts/lib/number.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { fromCompare } from 'fp-ts/lib/Ord.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as S from 'fp-ts/lib/string.js'

/** Strings by character codes, left to right; a proper prefix is smaller. (JavaScript's `<`, never `localeCompare`.) */
export const ordString: Ord<string> = S.Ord

/** Numbers by value. */
export const ordNumber: Ord<number> = N.Ord

/** Integers of any size by value. */
export const ordBigint: Ord<bigint> = fromCompare((x, y) => (x < y ? -1 : x > y ? 1 : 0))

/** `ord x y`: x is strictly smaller than y. */
export const ord =
  <A>(A: Ord<A>) =>
  (x: A, y: A): boolean =>
    A.compare(x, y) < 0

/**
 * Sequences in lexicographic order: `[] < y :: ys`, a proper prefix is smaller. `ord(seqOrd(A))` is Coq's `ords`.
 */
export const seqOrd: <A>(A: Ord<A>) => Ord<ReadonlyArray<A>> = RA.getOrd

/** One order decides; where it finds two values equal, the next does. */
export const thenBy = <A>(first: Ord<A>, ...rest: ReadonlyArray<Ord<A>>): Ord<A> =>
  rest.reduce<Ord<A>>((major, minor) => fromCompare((x, y) => major.compare(x, y) || minor.compare(x, y)), first)
