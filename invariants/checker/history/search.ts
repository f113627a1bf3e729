/**
 * The search for an order of operations that explains their results.
 *
 * Depth first, an operation at a time, as in J. M. Wing and C. Gong, “Testing and verifying concurrent objects” (1993); what
 * has been tried is a set of operations and the state that they leave, and is not tried again, which is G. Lowe's addition
 * (“Testing for linearizability”, 2017). What differs here: the operations are the elements of any partial order, so that
 * other conditions than linearizability are decided by the same code, and of operations that nothing tells apart the earlier
 * is placed first.
 */
import { IntColumn } from '../data/growing.js'
import { HashIndex } from '../data/interner.js'
import { finished, mixed } from '../data/mix.js'
import { RefusedSearch } from '../model/refusal.js'

/** Units to be put in order: each is an operation, or several that take effect at once. */
export interface Puzzle {
  /** What each unit is: the number that `ObjectTable.unitOf` gives. */
  readonly kinds: ReadonlyArray<number>
  /** When each unit must have been placed, as a time; only the order of times counts. `Infinity`: it need not be. */
  readonly ends: ReadonlyArray<number>
  /** The units that come after each unit; what is said by others need not be said. */
  readonly followers: ReadonlyArray<ReadonlyArray<number>>
}

/** What is known of the units: the states in which one may leave a state. */
export type Outcomes = (kind: number, state: number) => ReadonlyArray<number>

/** What a search found: an order of all units that must be placed, or the longest attempt at one. */
export interface Found {
  readonly solved: boolean
  /** The units in order. */
  readonly order: ReadonlyArray<number>
  /** The units of which one would have to be next, and none can; none where it is solved. */
  readonly stuck: ReadonlyArray<number>
}

/** A frame: the state, its candidates from … to, the next of them, and by which of its outcomes; the unit that led here. */
const [STATE, FROM, TO, AT, OUTCOME, PLACED, FRAME] = [0, 1, 2, 3, 4, 5, 6] as const
/** No unit. */
const NONE = -1

/** An attempt: a search that fails reports the one that went farthest. */
interface Attempt {
  /** The end of the unit that could not be placed any more. */
  readonly end: number
  readonly order: ReadonlyArray<number>
  readonly stuck: ReadonlyArray<number>
}

/** A depth-first search, from one state. */
export class OrderSearch {
  /** Which units have been placed, as bits. */
  readonly #done: Int32Array
  /** How many of those before it each unit waits for. */
  readonly #waits: Int32Array
  /** How many units must still be placed. */
  #left: number
  /** Frames, and the candidates of all of them. */
  readonly #stack = new IntColumn()
  readonly #pool = new IntColumn()
  /** Positions that were examined: a state, and what has been placed. */
  readonly #seen = new IntColumn()
  readonly #index = new HashIndex()
  #positions = 0
  #wanted = NONE
  #farthest: Attempt = { end: -Infinity, order: [], stuck: [] }

  /** @param limit the most positions to be examined. */
  constructor(
    private readonly puzzle: Puzzle,
    private readonly outcomes: Outcomes,
    private readonly limit: number
  ) {
    this.#done = new Int32Array((puzzle.kinds.length + 31) >>> 5)
    this.#waits = new Int32Array(puzzle.kinds.length)
    for (const x of puzzle.followers.flat()) this.#waits[x] = (this.#waits[x] ?? 0) + 1
    this.#left = puzzle.ends.filter((end) => end < Infinity).length
  }

  /**
   * Looks for an order in which the units lead on from a state. To be called once.
   * @throws RefusedSearch where there are more positions than the limit.
   */
  run(state: number): Found {
    for (const [unit, waits] of this.#waits.entries()) if (waits === 0) this.#pool.push(unit)
    this.#push(state, 0, NONE)
    while (this.#left > 0) {
      const frame = this.#stack.length - FRAME
      if (frame < 0) return { solved: false, ...this.#farthest }
      if (!this.#next(frame)) this.#pop(frame)
    }
    return { solved: true, order: this.#order(), stuck: [] }
  }

  /** Places the next unit that can be placed after a frame; false where there is none. */
  #next(frame: number): boolean {
    const { data } = this.#stack
    const state = data[frame + STATE] ?? 0
    const to = data[frame + TO] ?? 0
    let at = data[frame + AT] ?? 0
    for (let i = data[frame + OUTCOME] ?? 0; at < to; at++, i = 0) {
      const unit = this.#pool.data[at] ?? 0
      const after = this.outcomes(this.puzzle.kinds[unit] ?? 0, state)
      while (i < after.length) {
        const next = after[i++] ?? 0
        data[frame + AT] = at
        data[frame + OUTCOME] = i
        // What need not be placed and changes nothing explains nothing.
        if (!(next === state && this.#isOptional(unit)) && this.#enter(frame, unit, next)) return true
      }
    }
    data[frame + AT] = to
    return false
  }

  #isOptional(unit: number): boolean {
    return this.puzzle.ends[unit] === Infinity
  }

  /** Places a unit after a frame, if that leads to a position that has not been examined. */
  #enter(frame: number, unit: number, state: number): boolean {
    this.#flip(unit)
    if (!this.#isNew(state)) {
      this.#flip(unit)
      return false
    }
    const pool = this.#pool
    const from = pool.length
    const end = this.#stack.data[frame + TO] ?? 0
    for (let i = this.#stack.data[frame + FROM] ?? 0; i < end; i++)
      if (pool.data[i] !== unit) pool.push(pool.data[i] ?? 0)
    for (const follower of this.puzzle.followers[unit] ?? []) {
      const waits = (this.#waits[follower] ?? 0) - 1
      this.#waits[follower] = waits
      if (waits === 0) pool.push(follower)
    }
    if (!this.#isOptional(unit)) this.#left--
    this.#push(state, from, unit)
    return true
  }

  /** Marks a unit as placed, or no longer. */
  #flip(unit: number): void {
    this.#done[unit >>> 5] = (this.#done[unit >>> 5] ?? 0) ^ (1 << (unit & 31))
  }

  /** Whether a state has not been met yet with what is placed; by now it has been. */
  #isNew(state: number): boolean {
    const done = this.#done
    let high = state
    let low = 0
    for (let i = 0; i < done.length; i++) {
      high = mixed(high, low, done[i] ?? 0)
      low = mixed(low, high, i)
    }
    const hash = finished(low, high, done.length)
    this.#wanted = state
    if (this.#index.find(hash, this.#isWanted) >= 0) return false
    if (this.#positions >= this.limit)
      throw new RefusedSearch(
        `no verdict after ${String(this.limit)} positions: too many operations overlap; give a shorter history, an object ` +
          'that says of which parts it is made (partOf), or a higher limit'
      )
    this.#seen.push(state)
    for (const word of done) this.#seen.push(word)
    this.#index.add(hash, this.#positions++)
    return true
  }

  readonly #isWanted = (position: number): boolean => {
    const { data } = this.#seen
    const at = position * (this.#done.length + 1)
    if (data[at] !== this.#wanted) return false
    for (let i = 0; i < this.#done.length; i++) if (data[at + 1 + i] !== this.#done[i]) return false
    return true
  }

  /** A frame for the position that has been reached, whose candidates are the last in the pool. */
  #push(state: number, from: number, placed: number): void {
    const { data, length } = this.#pool
    let end = Infinity
    for (let i = from; i < length; i++) end = Math.min(end, this.puzzle.ends[data[i] ?? 0] ?? 0)
    for (const n of [state, from, length, from, 0, placed]) this.#stack.push(n)
    if (this.#left > 0) this.#keepFarthest(end)
  }

  #keepFarthest(end: number): void {
    const { end: farthest, order } = this.#farthest
    const placed = this.#stack.length / FRAME - 1
    if (end < farthest || (end === farthest && placed <= order.length)) return
    const { data, length } = this.#pool
    const candidates = [...data.subarray(this.#stack.data[this.#stack.length - FRAME + FROM], length)]
    this.#farthest = { end, order: this.#order(), stuck: candidates.filter((unit) => this.puzzle.ends[unit] === end) }
  }

  /** The units that led to the current position. */
  #order(): ReadonlyArray<number> {
    const order: number[] = []
    for (let at = FRAME; at < this.#stack.length; at += FRAME) order.push(this.#stack.data[at + PLACED] ?? 0)
    return order
  }

  /** Goes back to where the last frame came from. */
  #pop(frame: number): void {
    const { data } = this.#stack
    const unit = data[frame + PLACED] ?? NONE
    this.#pool.length = data[frame + FROM] ?? 0
    this.#stack.length = frame
    if (unit === NONE) return
    this.#flip(unit)
    for (const follower of this.puzzle.followers[unit] ?? []) this.#waits[follower] = (this.#waits[follower] ?? 0) + 1
    if (!this.#isOptional(unit)) this.#left++
  }
}
