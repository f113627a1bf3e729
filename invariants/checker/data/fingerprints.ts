/**
 * Fingerprints: 64 bits, as two lanes of 32 bits.
 *
 * A world's fingerprint is the sum, lane by lane, of those of its parts, each packet as often as it is in flight: it
 * changes by a few additions with each step, does not depend on the order of packets, and is the same in every process.
 */
import { IntColumn } from './growing.js'
import { finished, mixed } from './mix.js'
import type { Names } from './names.js'

/** The fingerprints of numbered parts of worlds. */
export class Fingerprints {
  readonly #high = new IntColumn()
  readonly #low = new IntColumn()

  constructor(private readonly names: Names) {}

  /** How many parts have been added. */
  get length(): number {
    return this.#high.length
  }

  /**
   * Adds the part with the next number.
   * @param place where in a world it is: below 0 what belongs to no node, else the index of the node.
   * @param name the part's name.
   */
  push(place: number, name: number): void {
    const high = mixed(this.names.high(name), this.names.low(name), place)
    const low = mixed(this.names.low(name), high, place)
    this.#high.push(finished(high, low, 1))
    this.#low.push(finished(low, high, 1))
  }

  /** The lanes of a part; 0 for a number that no part has. */
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
