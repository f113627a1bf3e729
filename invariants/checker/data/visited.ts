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
  /**
   * Adds a fingerprint; true if the state is to be looked at, as a rule because it was not there.
   * @param tag what its row would be tagged with.
   */
  readonly add: (high: number, low: number, tag: number) => boolean
  /**
   * Reads where a fingerprint will be looked for, and answers something of no meaning. A processor waits for the memory of
   * several such reads at once, since nothing depends on them; it would wait for that of one `add` after another.
   */
  readonly touch?: (high: number, low: number) => number
  /** It is to be told of the state after every step, also where that is the state before it. Default: false. */
  readonly wantsAll?: true
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

/** Adds the state in these integers, a row of so many, with a tag; true if it is to be looked at. */
export const addTo = (visited: VisitedSet, of: Int32Array, at: number, width: number, tag: number): boolean =>
  visited._tag === 'States'
    ? visited.addState(of, at)
    : visited.add(of[at + width - 2] ?? 0, of[at + width - 1] ?? 0, tag)

/** A set of fingerprints. */
export class Visited implements FingerprintSet {
  readonly _tag = 'Fingerprints'
  #mask: number
  /** Two numbers for each slot: the lanes lie in one cache line, so that a look-up costs one miss. */
  #lanes: Int32Array
  #size = 0
  /** A number beside each slot, or none at all. */
  #marks: Uint16Array

  /** @param marked whether there is a number beside each slot, at first 0. */
  constructor(bits = FIRST_BITS, marked = false) {
    this.#mask = 2 ** bits - 1
    this.#lanes = new Int32Array(2 ** (bits + 1))
    this.#marks = new Uint16Array(marked ? 2 ** bits : 0)
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
    return this.table.byteLength + 2 * this.#marks.length
  }

  /** Adds a fingerprint; true if it was not there. */
  add(high: number, low: number): boolean {
    return this.put(high, low) < 0
  }

  touch(high: number, low: number): number {
    return this.#lanes[2 * (spread(high, shown(high, low)) & this.#mask)] ?? 0
  }

  /** A fingerprint is in the set. */
  has(high: number, low: number): boolean {
    return this.#find(high, low) >= 0
  }

  /** The slot of a fingerprint; if it was not there, -1 - the slot where it is now. Slots change when the next one is put. */
  put(high: number, low: number): number {
    if (this.#size * 4 > this.#mask * 3) this.#grow()
    const found = this.#find(high, low)
    if (found < 0) {
      const slot = -1 - found
      this.#lanes[2 * slot] = high
      this.#lanes[2 * slot + 1] = shown(high, low)
      this.#size++
    }
    return found
  }

  /** The slot of a fingerprint; if it is not there, -1 - the empty slot where it belongs. */
  #find(high: number, low: number): number {
    const lanes = this.#lanes
    const own = shown(high, low)
    let slot = spread(high, own) & this.#mask
    for (;;) {
      const h = lanes[2 * slot]
      const l = lanes[2 * slot + 1]
      if (h === high && l === own) return slot
      if (h === 0 && l === 0) return -1 - slot
      slot = (slot + 1) & this.#mask
    }
  }

  /** The number beside a slot. */
  markAt(slot: number): number {
    return this.#marks[slot] ?? 0
  }

  /** Writes the number beside a slot, below 2^16. */
  mark(slot: number, mark: number): void {
    this.#marks[slot] = mark
  }

  /** Doubles the slots. */
  #grow(): void {
    const slots = this.#mask + 1
    if (this.#lanes.length < 4 * slots) {
      // Room for two doublings: an array that is left behind is not free before the next collection of garbage.
      const lanes = new Int32Array(8 * slots)
      lanes.set(this.#lanes)
      this.#lanes = lanes
      if (this.#marks.length > 0) {
        const marks = new Uint16Array(4 * slots)
        marks.set(this.#marks)
        this.#marks = marks
      }
    }
    const lanes = this.#lanes
    const marks = this.#marks
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
      if (marks.length > 0) marks[slot] = marks[from / 2] ?? 0
    }
  }
}

/** The most steps that `Distances` tells apart. */
export const FARTHEST = 2 ** 15 - 1

/**
 * A set of fingerprints with the distance of each: the fewest steps that lead to it. For searches that begin again and
 * again, and each time go one step farther than the last time.
 *
 * A search finds the states at its bound, and all others have been found before, at their distance. So it has to look only
 * at states to which it has come by as many steps as their distance is, at each once, and none is ever found to be nearer
 * than it was believed.
 */
export class Distances implements FingerprintSet {
  readonly _tag = 'Fingerprints'
  /** The mark of a state: twice its distance, and whether the number of the last search that looked at it is odd. */
  readonly #visited = new Visited(FIRST_BITS, true)
  #isOdd = 0
  #isFull = false

  /** @param most how many fingerprints are taken at most. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.#visited.size
  }

  /** A fingerprint was not taken, as there were so many already. */
  get isFull(): boolean {
    return this.#isFull
  }

  /** Another search begins. The one before has looked at all that is in the set. */
  beginAgain(): void {
    this.#isOdd ^= 1
  }

  touch(high: number, low: number): number {
    return this.#visited.touch(high, low)
  }

  /** Comes to a state by so many steps, `FARTHEST` at most; true if this search has to look at it. */
  add(high: number, low: number, steps: number): boolean {
    const visited = this.#visited
    const mark = 2 * steps + this.#isOdd
    if (visited.size >= this.most && !visited.has(high, low)) {
      this.#isFull = true
      return false
    }
    const slot = visited.put(high, low)
    if (slot >= 0 && visited.markAt(slot) !== (mark ^ 1)) return false
    visited.mark(slot < 0 ? -1 - slot : slot, mark)
    return true
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

/** The lower lane as it is kept: the empty slot is (0, 0), and a fingerprint that would look like it is moved next to it. */
const shown = (high: number, low: number): number => ((high | low) === 0 ? 1 : low)

/** Where a fingerprint belongs: sums of random numbers are spread well enough but for one mixing. */
const spread = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low
