/**
 * Fingerprints of plain data: 64 bits of SHA-256 of the canonical text, as two lanes of 32 bits.
 *
 * A world's fingerprint is the sum, lane by lane, of those of its parts, each packet as often as it is in flight: it
 * changes by a few additions with each step, does not depend on the order of packets, and is the same in every process.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonical } from '../canonical.js'
import { IntColumn } from './growing.js'

/** The fingerprints of numbered values. */
export class Fingerprints {
  readonly #high = new IntColumn()
  readonly #low = new IntColumn()

  /** How many values have been given. */
  get length(): number {
    return this.#high.length
  }

  /** Gives the value with the next number. */
  push(value: unknown): void {
    const digest = sha256(utf8ToBytes(canonical(value)))
    const lanes = new DataView(digest.buffer, digest.byteOffset)
    this.#high.push(lanes.getInt32(0))
    this.#low.push(lanes.getInt32(4))
  }

  high(id: number): number {
    return this.#high.data[id] ?? 0
  }

  low(id: number): number {
    return this.#low.data[id] ?? 0
  }
}

/**
 * An upper bound on the chance that two of this many distinct states have one fingerprint, so that a state was taken for
 * visited that was not: pairs of states over 2^64.
 */
export const collisionChance = (states: number): number => (states * (states - 1)) / 2 / 2 ** 64
