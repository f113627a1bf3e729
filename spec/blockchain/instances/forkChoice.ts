/**
 * Fork choice rules: how lawful ones are put together.
 */
import type { Ord } from 'fp-ts/lib/Ord.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import { ord, ordNumber, thenBy } from '../../prelude/order.js'
import type { Blockchain, Types } from '../types.js'

/** Shorter chains before longer ones. */
export const byLength = <T extends Types>(): Ord<Blockchain<T>> =>
  contramap((bc: Blockchain<T>) => bc.length)(ordNumber)

/**
 * The fork choice rule that prefers the greater chain in the first order that tells two chains apart. It satisfies the
 * axioms of `Parameters.v` if the orders together are total on lists of blocks, none of them finds a chain smaller than
 * a contiguous part of it, and one of them finds every proper extension greater before a later one may disagree.
 */
export const prefer = <T extends Types>(
  first: Ord<Blockchain<T>>,
  ...rest: ReadonlyArray<Ord<Blockchain<T>>>
): ((A: Blockchain<T>, B: Blockchain<T>) => boolean) => {
  const smaller = ord(thenBy(first, ...rest))
  return (A, B) => smaller(B, A)
}
