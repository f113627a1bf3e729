/**
 * Sets of small numbers as bits.
 */

/** Flags as the bits of a number, the first in the lowest. */
export const bitsOf = (flags: ReadonlyArray<boolean>): number =>
  flags.reduce((bits, flag, i) => (flag ? bits | (1 << i) : bits), 0)
