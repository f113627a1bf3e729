/**
 * The set of visited states: 64-bit fingerprints, as two lanes of 32 bits side by side, in open addressing.
 */
import { NumberList } from './growing.js'

/** The first table has 2^18 slots: two megabytes, of which the system gives what is written to. */
const FIRST_BITS = 18

/** A set of states that are known by their fingerprints. */
export interface FingerprintSet {
  readonly _tag: 'Fingerprints'
  readonly size: number
  /** Adds a fingerprint; true if it was not there. */
  readonly add: (high: number, low: number) => boolean
}

/** A set of states that are known by all that they are: rows of integers, the last two of which are a fingerprint. */
export interface StateSet {
  readonly _tag: 'States'
  readonly size: number
  /** Adds the state in these integers; true if it was not there. */
  readonly addState: (of: Int32Array, at: number) => boolean
}

/** The states that a search has met. */
export type VisitedSet = FingerprintSet | StateSet

/** Adds the state in these integers, a row of so many; true if it was not there. */
export const addTo = (visited: VisitedSet, of: Int32Array, at: number, width: number): boolean =>
  visited._tag === 'States' ? visited.addState(of, at) : visited.add(of[at + width - 2] ?? 0, of[at + width - 1] ?? 0)

/** A set of fingerprints. */
export class Visited implements FingerprintSet {
  readonly _tag = 'Fingerprints'
  #mask: number
  /** Two numbers for each slot: the lanes lie in one cache line, so that a look-up costs one miss. */
  #lanes: Int32Array
  #size = 0

  constructor(bits = FIRST_BITS) {
    this.#mask = 2 ** bits - 1
    this.#lanes = new Int32Array(2 ** (bits + 1))
  }

  /** The set as its table, from which `Visited.restored` makes it again. */
  get table(): Int32Array {
    return this.#lanes.subarray(0, 2 * (this.#mask + 1))
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

  /** Bytes that the set occupies; room to grow, which nothing was written to, takes none. */
  get bytes(): number {
    return this.table.byteLength
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

  /** Doubles the slots. */
  #grow(): void {
    const slots = this.#mask + 1
    if (this.#lanes.length < 4 * slots) {
      // Room for two doublings: an array that is left behind is not free before the next collection of garbage.
      const lanes = new Int32Array(8 * slots)
      lanes.set(this.#lanes)
      this.#lanes = lanes
    }
    const lanes = this.#lanes
    this.#mask = 2 * slots - 1
    // Each fingerprint is taken out and put in again. Begun behind an empty slot, none comes to lie behind where it was in
    // the old half, and so none is put where another is still to be taken out.
    let empty = 0
    while (lanes[2 * empty] !== 0 || lanes[2 * empty + 1] !== 0) empty++
    for (let i = 1; i < slots; i++) {
      const from = 2 * ((empty + i) & (slots - 1))
      const high = lanes[from] ?? 0
      const low = lanes[from + 1] ?? 0
      if (high === 0 && low === 0) continue
      lanes[from] = lanes[from + 1] = 0
      let slot = spread(high, low) & this.#mask
      while (lanes[2 * slot] !== 0 || lanes[2 * slot + 1] !== 0) slot = (slot + 1) & this.#mask
      lanes[2 * slot] = high
      lanes[2 * slot + 1] = low
    }
  }
}

/** A set of whole states: rows of integers, the last two of which say where to look for them. */
export class ExactVisited implements StateSet {
  readonly _tag = 'States'
  /** The rows, one after another, without their last two integers. */
  readonly #states = new NumberList(Int32Array)
  /** For each slot one more than the number of a state, or 0. */
  #slots = new Int32Array(2 ** 12)
  /** The last two integers of each state, as one. */
  readonly #hashes = new NumberList(Int32Array)

  /** @param width how many integers a row has. */
  constructor(private readonly width: number) {}

  get size(): number {
    return this.#hashes.length
  }

  /** Adds a row; true if it was not there. */
  addState(of: Int32Array, at: number): boolean {
    const own = this.width - 2
    const hash = spread(of[at + own] ?? 0, of[at + own + 1] ?? 0)
    let slot = hash & (this.#slots.length - 1)
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & (this.#slots.length - 1)) {
      const state = (this.#slots[slot] ?? 0) - 1
      if (this.#hashes.at(state) === hash && this.#isAt(state * own, of, at)) return false
    }
    for (let i = 0; i < own; i++) this.#states.push(of[at + i] ?? 0)
    this.#hashes.push(hash)
    this.#slots[slot] = this.size
    if (this.size * 4 > this.#slots.length * 3) this.#grow()
    return true
  }

  #isAt(from: number, of: Int32Array, at: number): boolean {
    for (let i = 0; i < this.width - 2; i++) if (this.#states.at(from + i) !== of[at + i]) return false
    return true
  }

  #grow(): void {
    const mask = this.#slots.length * 2 - 1
    this.#slots = new Int32Array(mask + 1)
    for (let state = 0; state < this.size; state++) {
      let slot = this.#hashes.at(state) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = state + 1
    }
  }
}

/** Where a fingerprint belongs: sums of random numbers are spread well enough but for one mixing. */
const spread = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low
