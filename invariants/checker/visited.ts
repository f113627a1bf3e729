/**
 * The set of visited states: 64-bit fingerprints, as two lanes of 32 bits side by side, in open addressing.
 */

/** A set of fingerprints. */
export class Visited {
  #mask: number
  /** Two numbers for each slot: the lanes lie in one cache line, so that a look-up costs one miss. */
  #lanes: Int32Array
  #size = 0

  constructor(bits = 12) {
    this.#mask = 2 ** bits - 1
    this.#lanes = new Int32Array(2 ** (bits + 1))
  }

  /** The set as its table, from which `Visited.restored` makes it again. */
  get table(): Int32Array {
    return this.#lanes
  }

  /** The set that has this table. */
  static restored(table: Int32Array<ArrayBuffer>): Visited {
    const visited = new Visited(1)
    visited.#lanes = table
    visited.#mask = table.length / 2 - 1
    for (let i = 0; i < table.length; i += 2) if (table[i] !== 0 || table[i + 1] !== 0) visited.#size++
    return visited
  }

  /** How many fingerprints are in the set. */
  get size(): number {
    return this.#size
  }

  /** Bytes that the set occupies. */
  get bytes(): number {
    return this.#lanes.byteLength
  }

  /** Adds a fingerprint; true if it was not there. */
  add(high: number, low: number): boolean {
    // The empty slot is (0, 0); a fingerprint that would look like it is moved next to it.
    if ((high | low) === 0) low = 1
    const lanes = this.#lanes
    let slot = spread(high, low) & this.#mask
    for (;;) {
      const h = lanes[2 * slot]
      const l = lanes[2 * slot + 1]
      if (h === high && l === low) return false
      if (h === 0 && l === 0) break
      slot = (slot + 1) & this.#mask
    }
    lanes[2 * slot] = high
    lanes[2 * slot + 1] = low
    this.#size++
    if (this.#size * 4 > this.#mask * 3) this.#grow()
    return true
  }

  #grow(): void {
    const old = this.#lanes
    const lanes = new Int32Array(old.length * 2)
    const mask = old.length - 1
    for (let i = 0; i < old.length; i += 2) {
      const h = old[i] ?? 0
      const l = old[i + 1] ?? 0
      if (h === 0 && l === 0) continue
      let slot = spread(h, l) & mask
      while (lanes[2 * slot] !== 0 || lanes[2 * slot + 1] !== 0) slot = (slot + 1) & mask
      lanes[2 * slot] = h
      lanes[2 * slot + 1] = l
    }
    this.#lanes = lanes
    this.#mask = mask
  }
}

/** Where a fingerprint belongs: sums of random numbers are spread well enough but for one mixing. */
const spread = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low
