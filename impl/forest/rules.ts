/**
 * Fork choice rules that come with the library.
 */
import type { ScoreRule } from './types.js'

/** How siblings are ordered: see `ScoreRule.tieBreak`. */
export type TieBreak<B, H extends string> = ScoreRule<B, H, unknown>['tieBreak']

/** The smaller hash wins, by character codes. Different blocks of a forest have different hashes: it is strict. */
export const smallerHash: TieBreak<unknown, string> = (_a, _b, hashA, hashB) => (hashA < hashB ? -1 : 1)

/**
 * A rule that is a function too: the comparison of scores, with the parts of the rule as its properties.
 *
 * It is one for the sake of types. In a call of a generic function TypeScript looks first at the arguments that say what
 * its types are, and leaves calls in them that return functions for later: so `heaviestChain((b) => b.weight)` among the
 * options of `createForest` knows from the other options what a block is, and needs no annotation.
 */
export interface RuleFunction<B, H extends string, S> extends ScoreRule<B, H, S> {
  (a: S, b: S): number
}

const asFunction = <B, H extends string, S>(rule: ScoreRule<B, H, S>): RuleFunction<B, H, S> =>
  Object.assign((a: S, b: S) => rule.compare(a, b), rule)

const byNumber = (a: number, b: number): number => a - b
const byBigint = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** Longest chain. The score is the number of blocks. */
export const longestChain = <B, H extends string>(tieBreak: TieBreak<B, H> = smallerHash): RuleFunction<B, H, number> =>
  asFunction({
    genesis: 1,
    extend: (length) => length + 1,
    compare: byNumber,
    tieBreak
  })

/** A sum of weights, exact: throws at what is no whole number from 0 on, and where the sum would exceed 2^53 - 1. */
export const addWeight = (sum: number, w: number): number => {
  // Not a whole number, such as a string, would make the sum another than that of the weights.
  if (!Number.isSafeInteger(w) || w < 0 || !Number.isSafeInteger(sum + w))
    throw new RangeError(
      `the weight is ${String(w)} on a sum of ${sum}, expected a whole number from 0 on, and sums below 2^53 (else mostWork)`
    )
  return sum + w
}

/**
 * The greatest sum of weights, genesis not counted. A weight is a property of a block and its hash alone: a whole number
 * from 0 on. Sums are exact: a block with another weight, or with which the sum would exceed 2^53 - 1, is not inserted
 * (`Threw`). For larger sums there is `mostWork`, which is the same in bigints. Weights that count the uncles which a
 * block names are GHOST-like; for the weight of subtrees see `ghost`.
 */
export const heaviestChain = <B, H extends string>(
  weight: (block: B, hash: H) => number,
  tieBreak: TieBreak<B, H> = smallerHash
): RuleFunction<B, H, number> =>
  asFunction({
    genesis: 0,
    extend: (sum, block, hash) => addWeight(sum, weight(block, hash)),
    compare: byNumber,
    tieBreak
  })

/**
 * Most cumulative work, as Bitcoin has it, genesis not counted: the heaviest chain with weights in bigints, from 0 on.
 * Sums are exact, whatever their size.
 */
export const mostWork = <B, H extends string>(
  work: (block: B, hash: H) => bigint,
  tieBreak: TieBreak<B, H> = smallerHash
): RuleFunction<B, H, bigint> =>
  asFunction({
    genesis: 0n,
    extend: (sum, block, hash) => {
      const w = work(block, hash)
      if (typeof (w as unknown) !== 'bigint' || w < 0n)
        throw new RangeError(`the work is ${String(w)}, expected a bigint from 0 on`)
      return sum + w
    },
    compare: byBigint,
    tieBreak
  })

/** The paper's proof of work: the most leading zero bits in all, genesis not counted. Hashes are spelt `0x…`. */
export const proofOfWork = <B, H extends string>(tieBreak: TieBreak<B, H> = smallerHash): RuleFunction<B, H, number> =>
  heaviestChain((_block, hash) => leadingZeroBits(hash), tieBreak)

/** The leading zero bits of a hash that is spelt `0x` and hexadecimal digits; 0 for any other spelling. */
export const leadingZeroBits = (hash: string): number => {
  const [, zeros = '', next = ''] = /^0x(0*)([1-9a-fA-F]?)/.exec(hash) ?? []
  return 4 * zeros.length + (next === '' ? 0 : Math.clz32(parseInt(next, 16)) - 28)
}

/**
 * The work that Bitcoin's compact target `bits` stands for: floor(2^256 / (target + 1)), where the target is mantissa
 * (low 23 bits) × 256^(exponent - 3); 0 where no hash can be at or below it.
 */
export const bitcoinWork = (bits: number): bigint => {
  const shift = 8n * (BigInt(bits >>> 24) - 3n)
  const mantissa = BigInt(bits & 0x7fffff)
  const target = shift < 0n ? mantissa >> -shift : mantissa << shift
  const limit = 1n << 256n
  return (bits & 0x800000) === 0 && target > 0n && target < limit ? limit / (target + 1n) : 0n
}
