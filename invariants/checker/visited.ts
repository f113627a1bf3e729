/**
 * The set of visited states: 64-bit fingerprints, as two lanes of 32 bits, in open addressing.
 */

/** A set of fingerprints that numbers nothing and forgets nothing. */
export class Visited {
  #mask: number
  #high: Int32Array
  #low: Int32Array
  #size = 0

  constructor(bits = 12) {
    this.#mask = 2 ** bits - 1
    this.#high = new Int32Array(2 ** bits)
    this.#low = new Int32Array(2 ** bits)
  }

  /** How many fingerprints are in the set. */
  get size(): number {
    return this.#size
  }

  /** Bytes that the set occupies. */
  get bytes(): number {
    return this.#high.byteLength + this.#low.byteLength
  }

  /** Adds a fingerprint; true if it was not there. */
  add(high: number, low: number): boolean {
    // The empty slot is (0, 0); a fingerprint that would look like it is moved next to it.
    if ((high | low) === 0) low = 1
    let slot = spread(high, low) & this.#mask
    for (;;) {
      const h = this.#high[slot]
      const l = this.#low[slot]
      if (h === high && l === low) return false
      if (h === 0 && l === 0) break
      slot = (slot + 1) & this.#mask
    }
    this.#high[slot] = high
    this.#low[slot] = low
    this.#size++
    if (this.#size * 4 > this.#mask * 3) this.#grow()
    return true
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low]
    const size = high.length * 2
    this.#mask = size - 1
    this.#high = new Int32Array(size)
    this.#low = new Int32Array(size)
    for (let i = 0; i < high.length; i++) {
      const h = high[i] ?? 0
      const l = low[i] ?? 0
      if (h === 0 && l === 0) continue
      let slot = spread(h, l) & this.#mask
      while (this.#high[slot] !== 0 || this.#low[slot] !== 0) slot = (slot + 1) & this.#mask
      this.#high[slot] = h
      this.#low[slot] = l
    }
  }
}

/** Where a fingerprint belongs: sums of random numbers are spread well enough but for one mixing. */
const spread = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low
