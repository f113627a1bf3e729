/**
 * How two sequences can relate: equal, one a prefix of the other, or forking. Counterpart of `Structures/Chains.v`.
 *
 * Where Coq has a proposition and a boolean test for it (`is_prefix` and `prefixb`), the proposition is decided here by
 * the search its existential asks for, independently of the test; that the two agree is a lemma (`prefixP`).
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { iota, seqEq } from '../prelude/seq.js'

/**
 * `[bc <<< bc']`: bc' = bc ++ b :: bc1 for some b and bc1.
 * @coq Structures/Chains.v is_strict_prefix "'[' bc1 '<<<' bc2 ']'"
 */
export const is_strict_prefix =
  <A>(A: Eq<A>) =>
  (bc: ReadonlyArray<A>, bc2: ReadonlyArray<A>): boolean =>
    iota(bc2.length).some((n) => seqEq(A).equals(bc, bc2.slice(0, n)))

/**
 * The test for a strict prefix, element by element.
 * @coq Structures/Chains.v sprefixb
 */
export const sprefixb =
  <A>(A: Eq<A>) =>
  (s1: ReadonlyArray<A>, s2: ReadonlyArray<A>): boolean =>
    s1.length < s2.length && agree(A)(s1, s2)

/**
 * `[bc <<= bc']`: bc' = bc ++ bc1 for some bc1.
 * @coq Structures/Chains.v is_prefix "'[' bc1 '<<=' bc2 ']'"
 */
export const is_prefix =
  <A>(A: Eq<A>) =>
  (bc: ReadonlyArray<A>, bc2: ReadonlyArray<A>): boolean =>
    iota(bc2.length + 1).some((n) => seqEq(A).equals(bc, bc2.slice(0, n)))

/**
 * The test for a prefix, element by element.
 * @coq Structures/Chains.v prefixb
 */
export const prefixb =
  <A>(A: Eq<A>) =>
  (s1: ReadonlyArray<A>, s2: ReadonlyArray<A>): boolean =>
    s1.length <= s2.length && agree(A)(s1, s2)

/** The elements that have the same place in both are equal. */
const agree =
  <A>(A: Eq<A>) =>
  (s1: ReadonlyArray<A>, s2: ReadonlyArray<A>): boolean =>
    RA.zip(s1, s2).every(([x, y]) => A.equals(x, y))

/**
 * The test for a fork: neither a strict prefix of the other, nor equal.
 * @coq Structures/Chains.v fork
 */
export const fork =
  <A>(A: Eq<A>) =>
  (bc1: ReadonlyArray<A>, bc2: ReadonlyArray<A>): boolean =>
    !(sprefixb(A)(bc1, bc2) || sprefixb(A)(bc2, bc1) || seqEq(A).equals(bc1, bc2))

/**
 * The two fork: neither is a prefix of the other.
 * @coq Structures/Chains.v fork_rel
 */
export const fork_rel =
  <A>(A: Eq<A>) =>
  (bc1: ReadonlyArray<A>, bc2: ReadonlyArray<A>): boolean =>
    !(is_prefix(A)(bc1, bc2) || is_prefix(A)(bc2, bc1))

/**
 * The four ways in which two sequences can relate.
 * @coq Structures/Chains.v bc_rel CmpBcEq CmpBcFork CmpBcPre12 CmpBcPre21
 */
export type BcRel = 'CmpBcEq' | 'CmpBcFork' | 'CmpBcPre12' | 'CmpBcPre21'

/**
 * All of the ways of `bc_rel` that hold of two sequences; that there is exactly one is the lemma `bc_relP`.
 * @coq Structures/Chains.v bc_rel
 */
export const bc_rel =
  <A>(A: Eq<A>) =>
  (bc1: ReadonlyArray<A>, bc2: ReadonlyArray<A>): ReadonlyArray<BcRel> => [
    ...(seqEq(A).equals(bc1, bc2) ? (['CmpBcEq'] as const) : []),
    ...(fork(A)(bc1, bc2) ? (['CmpBcFork'] as const) : []),
    ...(sprefixb(A)(bc1, bc2) ? (['CmpBcPre12'] as const) : []),
    ...(sprefixb(A)(bc2, bc1) ? (['CmpBcPre21'] as const) : [])
  ]
