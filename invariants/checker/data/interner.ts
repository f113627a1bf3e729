/**
 * Interning: each distinct value is stored once and named by a small integer, in the order in which it was first met.
 */
/** A store of distinct values. */
export class Interner<V> {
  readonly #ids = new Map<string | number, number>()
  readonly #values: V[] = []

  /** @param keyOf by what values are told apart: their texts, or the names that a `Names` gives. */
  constructor(private readonly keyOf: (v: V) => string | number) {}

  /** How many distinct values there are. */
  get size(): number {
    return this.#values.length
  }

  /** The number of a value; a new one if it has none yet. */
  idOf(v: V): number {
    const key = this.keyOf(v)
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#values.length
    this.#ids.set(key, id)
    this.#values.push(v)
    return id
  }

  /** All values, in the order of their numbers. */
  all(): ReadonlyArray<V> {
    return this.#values
  }

  /** The value with a number. */
  valueOf(id: number): V {
    const v = this.#values[id]
    if (v === undefined) throw new RangeError(`no value has the number ${String(id)}; there are ${String(this.size)}`)
    return v
  }
}

/**
 * A function of two small integers to small integers, computed once for each pair: open addressing in typed arrays.
 */
export class PairTable {
  /** For each slot the pair, or -1, and the result; a slot lies in one cache line. */
  #slots: Int32Array
  #mask: number
  #used = 0

  /** @param bits an empty table has two to the power of this many slots. */
  constructor(
    private readonly compute: (a: number, b: number) => number,
    private readonly bits = 10
  ) {
    this.#slots = emptySlots(bits)
    this.#mask = 2 ** bits - 1
  }

  get(a: number, b: number): number {
    const slots = this.#slots
    const mask = this.#mask
    let slot = pairHash(a, b) & mask
    for (;;) {
      const at = SLOT * slot
      const first = slots[at]
      if (first === a && slots[at + 1] === b) return slots[at + 2] ?? -1
      if (first === -1) break
      slot = (slot + 1) & mask
    }
    const result = this.compute(a, b)
    this.#insert(a, b, result)
    return result
  }

  /** Forgets what was computed. */
  clear(): void {
    this.#slots = emptySlots(this.bits)
    this.#mask = 2 ** this.bits - 1
    this.#used = 0
  }

  #insert(a: number, b: number, result: number): void {
    if (this.#used * 2 > this.#mask) this.#grow()
    let slot = pairHash(a, b) & this.#mask
    while (this.#slots[SLOT * slot] !== -1) slot = (slot + 1) & this.#mask
    this.#slots[SLOT * slot] = a
    this.#slots[SLOT * slot + 1] = b
    this.#slots[SLOT * slot + 2] = result
    this.#used++
  }

  #grow(): void {
    const old = this.#slots
    this.#mask = (old.length / SLOT) * 4 - 1
    this.#slots = new Int32Array(old.length * 4).fill(-1)
    this.#used = 0
    for (let at = 0; at < old.length; at += SLOT) {
      const a = old[at] ?? -1
      if (a !== -1) this.#insert(a, old[at + 1] ?? 0, old[at + 2] ?? 0)
    }
  }
}

/** Integers of a slot: three, and one to spare. */
const SLOT = 4

const emptySlots = (bits: number): Int32Array => new Int32Array(SLOT * 2 ** bits).fill(-1)

/** Numbers by hash: an index of things that are stored elsewhere. */
export class HashIndex {
  /** In each slot one more than a number, or 0, and its hash. */
  #slots = new Int32Array(2 * 1024)
  #used = 0

  /** The number with this hash that `isIt`; -1: none. */
  find(hash: number, isIt: (id: number) => boolean): number {
    const mask = this.#slots.length / 2 - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const plusOne = this.#slots[2 * slot] ?? 0
      if (plusOne === 0) return -1
      if (this.#slots[2 * slot + 1] === hash && isIt(plusOne - 1)) return plusOne - 1
    }
  }

  /** Adds a number that is not there. */
  add(hash: number, id: number): void {
    if (this.#used * 4 >= this.#slots.length) this.#grow()
    const mask = this.#slots.length / 2 - 1
    let slot = hash & mask
    while (this.#slots[2 * slot] !== 0) slot = (slot + 1) & mask
    this.#slots[2 * slot] = id + 1
    this.#slots[2 * slot + 1] = hash
    this.#used++
  }

  /** Takes all numbers out. */
  clear(): void {
    this.#slots = new Int32Array(2 * 1024)
    this.#used = 0
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    this.#used = 0
    for (let i = 0; i < old.length; i += 2) if (old[i] !== 0) this.add(old[i + 1] ?? 0, (old[i] ?? 0) - 1)
  }
}

/** Spreads a pair of small integers over 32 bits. */
const pairHash = (a: number, b: number): number => {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca77)
  h ^= h >>> 15
  h = Math.imul(h, 0xc2b2ae3d)
  return h ^ (h >>> 13)
}
