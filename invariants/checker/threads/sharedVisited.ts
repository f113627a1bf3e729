/**
 * The set of visited states for several threads: one table in shared memory.
 *
 * A fingerprint is inserted by exchanging the empty first lane of a slot for its own, atomically; the thread that succeeds
 * has found the state. The second lane follows; a reader that meets a first lane of its own waits for it. When the table is
 * nearly full, all threads meet and the last to arrive copies it into a larger one.
 */
import { lock, unlock } from './lock.js'
import type { FingerprintSet } from '../data/visited.js'

/** The cells of the control block. */
const SIZE = 0
const TABLE = 1
const GROWING = 2
const PARKED = 3
const THREADS = 4
const LOCK = 5
const CELLS = 8

/** How many insertions a thread makes before it adds them to the common count. */
const BATCH = 256

/** The first table has 2^18 slots, each other four times as many as the one before: while one is copied, all wait. */
const FIRST_BITS = 18
const MORE_BITS = 2

/** What threads share: plain memory that can be sent to a worker. */
export interface SharedTable {
  readonly control: SharedArrayBuffer
  /** Tables, each four times as large as the one before; the system gives memory to what is written to. */
  readonly tables: ReadonlyArray<SharedArrayBuffer>
}

/**
 * Memory for threads to share.
 * @param bits the last table has 2^bits slots of 8 bytes; about three quarters of them can be filled. Even, and at least 18.
 * @throws RangeError for other bits.
 */
export const sharedTable = (bits: number): SharedTable => {
  if (bits < FIRST_BITS || bits % MORE_BITS !== 0)
    throw new RangeError(
      `a shared table has 2^${String(FIRST_BITS)} slots or 4, 16, 64, … times as many, not 2^${String(bits)}`
    )
  return {
    control: new SharedArrayBuffer(CELLS * 4),
    tables: Array.from(
      { length: (bits - FIRST_BITS) / MORE_BITS + 1 },
      (_, i) => new SharedArrayBuffer(2 ** (FIRST_BITS + MORE_BITS * i) * 8)
    )
  }
}

/** One thread's view of the shared set, from when it joins until it leaves. */
export class SharedVisited implements FingerprintSet {
  readonly _tag = 'Fingerprints'
  readonly #control: Int32Array
  readonly #tables: ReadonlyArray<SharedArrayBuffer>
  #lanes: Int32Array
  #mask: number
  #inserted = 0
  #reported = 0

  constructor({ control, tables }: SharedTable) {
    this.#control = new Int32Array(control)
    this.#tables = tables
    this.#lanes = new Int32Array()
    this.#mask = 0
    // Nobody joins while the table is copied.
    lock(this.#control, LOCK)
    Atomics.add(this.#control, THREADS, 1)
    unlock(this.#control, LOCK)
    this.#useTable()
  }

  /** How many fingerprints this thread has inserted. */
  get inserted(): number {
    return this.#inserted
  }

  /** How many fingerprints all threads have inserted, to within a batch for each. */
  get size(): number {
    return Atomics.load(this.#control, SIZE)
  }

  /** Adds a fingerprint; true if this thread is the one that added it. */
  add(high: number, low: number): boolean {
    // Whoever sees it late goes on in the old table for a while, which is not copied before all have seen it.
    if (this.#control[GROWING] === 1) this.#park()
    // Neither lane may look empty.
    if (high === 0) high = 1
    if (low === 0) low = 1
    const lanes = this.#lanes
    let slot = slotOf(high, low) & this.#mask
    for (;;) {
      const at = 2 * slot
      let h = lanes[at] ?? 0
      if (h === 0) h = Atomics.compareExchange(lanes, at, 0, high)
      if (h === 0) {
        Atomics.store(lanes, at + 1, low)
        this.#count()
        return true
      }
      if (h === high) {
        let l = lanes[at + 1] ?? 0
        while (l === 0) l = Atomics.load(lanes, at + 1)
        if (l === low) return false
      }
      slot = (slot + 1) & this.#mask
    }
  }

  /** Takes this thread out of those that must meet before the table grows. */
  leave(): void {
    Atomics.add(this.#control, SIZE, this.#inserted - this.#reported)
    this.#reported = this.#inserted
    Atomics.sub(this.#control, THREADS, 1)
    this.#growIfAllAreHere()
  }

  /** Lets the table grow if it has to: for a thread that has nothing to add for a while. */
  attend(): void {
    if (Atomics.load(this.#control, GROWING) === 1) this.#park()
  }

  #useTable(): void {
    const table = this.#tables[Atomics.load(this.#control, TABLE)]
    if (table === undefined)
      throw new RangeError(
        `the table of visited states is full: ${String(this.size)} states; give the search a larger one (tableBits)`
      )
    this.#lanes = new Int32Array(table)
    this.#mask = this.#lanes.length / 2 - 1
  }

  #count(): void {
    this.#inserted++
    if (this.#inserted - this.#reported < BATCH) return
    const size = Atomics.add(this.#control, SIZE, BATCH) + BATCH
    this.#reported += BATCH
    if (size * 4 > (this.#mask + 1) * 3 - BATCH * 64 && Atomics.compareExchange(this.#control, GROWING, 0, 1) === 0)
      this.#park()
  }

  /** Waits until the table has grown, or grows it if all other threads wait. */
  #park(): void {
    // The table cannot change before this thread is parked.
    const table = Atomics.load(this.#control, TABLE)
    Atomics.add(this.#control, PARKED, 1)
    this.#growIfAllAreHere()
    while (Atomics.load(this.#control, TABLE) === table) Atomics.wait(this.#control, TABLE, table)
    this.#useTable()
  }

  #growIfAllAreHere(): void {
    const control = this.#control
    if (Atomics.load(control, GROWING) === 0 || Atomics.load(control, PARKED) < Atomics.load(control, THREADS)) return
    lock(this.#control, LOCK)
    // Another thread may have grown the table, or joined, between the look and the lock.
    if (Atomics.load(control, GROWING) === 1 && Atomics.load(control, PARKED) >= Atomics.load(control, THREADS)) {
      const from = Atomics.load(control, TABLE)
      const old = this.#tables[from]
      const larger = this.#tables[from + 1]
      if (old !== undefined && larger !== undefined) copy(new Int32Array(old), new Int32Array(larger))
      Atomics.store(control, PARKED, 0)
      Atomics.store(control, GROWING, 0)
      // Now the others go on, and nothing that they look at may be left to do.
      Atomics.store(control, TABLE, from + 1)
      Atomics.notify(control, TABLE)
    }
    unlock(this.#control, LOCK)
  }
}

/** Spreads a fingerprint over 32 bits. */
const slotOf = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low

/** Copies all fingerprints of a table into a larger, empty one, while no other thread uses either. */
const copy = (old: Int32Array, larger: Int32Array): void => {
  const mask = larger.length / 2 - 1
  for (let i = 0; i < old.length; i += 2) {
    const high = old[i] ?? 0
    const low = old[i + 1] ?? 0
    if (high === 0) continue
    let slot = slotOf(high, low) & mask
    while (larger[2 * slot] !== 0) slot = (slot + 1) & mask
    larger[2 * slot] = high
    larger[2 * slot + 1] = low
  }
}
