/**
 * Bitcoin's difficulty: targets in compact form, the work they stand for, and their adjustment every 2016 blocks.
 *
 * Source: Bitcoin Core, `src/arith_uint256.cpp` (`SetCompact`, `GetCompact`), `src/chain.cpp` (`GetBlockProof`) and
 * `src/pow.cpp` (`GetNextWorkRequired`, `CalculateNextWorkRequired`).
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Blockchain } from '../../types.js'
import { uint32Of } from './codec.js'
import type { BitcoinTypes, HeaderProof, Uint32 } from './codec.js'

/** The number of blocks between two adjustments. A block whose height is a multiple of it starts a new period. */
export const PERIOD = 2016

/** The time that a period is meant to take, in seconds: two weeks. */
export const TIMESPAN = 14 * 24 * 60 * 60

/** The greatest target that the main network allows, the proof-of-work limit: 2^224 - 1. */
export const MAINNET_LIMIT = 2n ** 224n - 1n

/**
 * The target that `bits` stands for: mantissa (low 23 bits) × 256^(exponent - 3), where the exponent is the first byte.
 * None where no hash can be at or below it: the sign bit is set, the value is 0, or it needs more than 256 bits.
 */
export const targetOf = (bits: Uint32): Option<bigint> => {
  const shift = 8n * (BigInt(bits >>> 24) - 3n)
  const mantissa = BigInt(bits & 0x007fffff)
  // A shift to the left by a negative number is one to the right.
  const target = mantissa << shift
  return (bits & 0x00800000) === 0 && target > 0n && target < 2n ** 256n ? O.some(target) : O.none
}

/**
 * The compact form of a target between 0 and 2^256 - 1: its three most significant bytes, or two where the first of
 * three would look like a sign. What follows these is cut off, so that `targetOf` gives a target that is not greater.
 */
export const compactOf = (target: bigint): Uint32 => {
  const bytes = target === 0n ? 0 : Math.ceil(target.toString(16).length / 2)
  const shift = 8n * (BigInt(bytes) - 3n)
  const mantissa = Number(target >> shift)
  return uint32Of(mantissa < 0x800000 ? bytes * 2 ** 24 + mantissa : (bytes + 1) * 2 ** 24 + (mantissa >> 8))
}

/** The hashes one must try on average to find a block: floor(2^256 / (target + 1)); 0 where `bits` has no target. */
export const workOf = (bits: Uint32): bigint =>
  pipe(
    targetOf(bits),
    O.match(
      () => 0n,
      (target) => 2n ** 256n / (target + 1n)
    )
  )

/**
 * The bits of the period that follows one with these first and last blocks: the target in proportion to the time
 * between them, which counts as no less than a quarter and no more than four times of `TIMESPAN`; never above the limit.
 *
 * From the first to the last block is one interval less than a period has blocks: an oversight that became a rule.
 */
export const retarget = (
  first: Pick<HeaderProof, 'time'>,
  last: Pick<HeaderProof, 'time' | 'bits'>,
  limit: bigint
): Uint32 => {
  const seconds = Math.min(Math.max(last.time - first.time, TIMESPAN / 4), TIMESPAN * 4)
  const target = (O.getOrElse(() => 0n)(targetOf(last.bits)) * BigInt(seconds)) / BigInt(TIMESPAN)
  return compactOf(target < limit ? target : limit)
}

/**
 * The bits that the block of a given height must have after a chain: those of its parent within a period, and at the
 * start of one what `retarget` says of the period before.
 *
 * None where nothing can be expected: the chain is empty, or a period starts and the chain does not reach back over the
 * whole one before. At such a start any bits are accepted.
 */
export const expectedBits = (height: number, bc: Blockchain<BitcoinTypes>, limit: bigint): Option<Uint32> => {
  const parent = bc[bc.length - 1]
  if (parent === undefined) return O.none
  if (height % PERIOD !== 0) return O.some(parent.proof.bits)
  return pipe(
    O.fromNullable(bc[bc.length - PERIOD]),
    O.map((first) => retarget(first.proof, parent.proof, limit))
  )
}
