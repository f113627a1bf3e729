/**
 * The search for an order of operations that explains their results.
 *
 * Depth first, an operation at a time, as in J. M. Wing and C. Gong, “Testing and verifying concurrent objects” (1993); what
 * has been tried is a set of operations and the state that they leave, and is not tried again, which is G. Lowe's addition
 * (“Testing for linearizability”, 2017). What differs here: the operations are the elements of any partial order, so that
 * other conditions than linearizability are decided by the same code; of operations that nothing tells apart the earlier is
 * placed first; and what changes nothing is placed as soon as it returns what it must (`trust.ts`).
 */
import { IntColumn } from '../data/growing.js'
import { HashIndex } from '../data/interner.js'
import { finished, mixed } from '../data/mix.js'
import { RefusedSearch } from '../model/refusal.js'
import { Trust } from './trust.js'
import type { Rules } from './trust.js'

/** Units to be put in order: each is an operation, or several that take effect at once. */
export interface Puzzle {
  /** What each unit is: the number that `ObjectTable.unitOf` gives. */
  readonly kinds: ReadonlyArray<number>
  /** What each unit does, whatever it returns: the number that the same would have with any results. */
  readonly acts: ReadonlyArray<number>
  /** When each unit must have been placed, as a time; only the order of times counts. `Infinity`: it need not be. */
  readonly ends: ReadonlyArray<number>
  /** The units that come after each unit; what is said by others need not be said. */
  readonly followers: ReadonlyArray<ReadonlyArray<number>>
}

/** What a search found: an order of all units that must be placed, or the longest attempt at one. */
export interface Found {
  readonly solved: boolean
  /** The units in order. */
  readonly order: ReadonlyArray<number>
  /** The units of which one would have to be next, and none can; none where it is solved. */
  readonly stuck: ReadonlyArray<number>
}

/**
 * A frame: the state, its candidates from … to, where those end that are to be tried, the next of them, and by which of its
 * outcomes; the unit that led here.
 */
const [STATE, FROM, TO, END, AT, OUTCOME, PLACED, FRAME] = [0, 1, 2, 3, 4, 5, 6, 7] as const
/** No unit. */
const NONE = -1

/** An attempt: a search that fails reports the one that went farthest. */
interface Attempt {
  /** The end of the unit that could not be placed any more. */
  readonly end: number
  readonly order: ReadonlyArray<number>
  readonly stuck: ReadonlyArray<number>
}

/**
 * Looks for an order in which units lead on from a state.
 * @param limit the most positions to be examined.
 * @throws RefusedSearch where there are more.
 */
export const findOrder = (puzzle: Puzzle, rules: Rules, state: number, limit: number): Found => {
  const trust = new Trust(rules)
  for (;;) {
    const found = new OrderSearch(puzzle, rules, trust, limit).run(state)
    if (found !== undefined) return found
  }
}

/** A depth-first search, from one state. */
class OrderSearch {
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
  #misled = false
  #farthest: Attempt = { end: -Infinity, order: [], stuck: [] }

  constructor(
    private readonly puzzle: Puzzle,
    private readonly rules: Rules,
    private readonly trust: Trust,
    private readonly limit: number
  ) {
    this.#done = new Int32Array((puzzle.kinds.length + 31) >>> 5)
    this.#waits = new Int32Array(puzzle.kinds.length)
    for (const x of puzzle.followers.flat()) this.#waits[x] = (this.#waits[x] ?? 0) + 1
    this.#left = puzzle.ends.filter((end) => end < Infinity).length
  }

  /** What it finds; none: it was misled by what it trusted. */
  run(state: number): Found | undefined {
    for (const [unit, waits] of this.#waits.entries()) if (waits === 0) this.#pool.push(unit)
    this.#push(state, 0, NONE)
    while (this.#left > 0) {
      const frame = this.#stack.length - FRAME
      if (frame < 0) return { solved: false, ...this.#farthest }
      if (this.#misled) return undefined
      if (!this.#next(frame)) this.#pop(frame)
    }
    return { solved: true, order: this.#order(), stuck: [] }
  }

  /** Places the next unit that can be placed after a frame; false where there is none. */
  #next(frame: number): boolean {
    const { data } = this.#stack
    const state = data[frame + STATE] ?? 0
    const to = data[frame + END] ?? 0
    let at = data[frame + AT] ?? 0
    for (let i = data[frame + OUTCOME] ?? 0; at < to; at++, i = 0) {
      const unit = this.#pool.data[at] ?? 0
      const after = this.rules.outcomes(this.#kindOf(unit), state)
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

  #kindOf(unit: number): number {
    return this.puzzle.kinds[unit] ?? 0
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
    if (!this.trust.comesTo(state)) this.#misled = true
    let last = Infinity
    let tried = length
    for (let i = from; i < length; i++) {
      const unit = data[i] ?? 0
      last = Math.min(last, this.puzzle.ends[unit] ?? 0)
      if (tried < length || this.#isOptional(unit) || !this.#fitsHere(unit, state)) continue
      // It is the only one to be tried.
      data[i] = data[from] ?? 0
      data[from] = unit
      tried = from + 1
    }
    for (const n of [state, from, length, tried, from, 0, placed]) this.#stack.push(n)
    if (this.#left > 0) this.#keepFarthest(last)
  }

  /** Whether a unit can be placed in a state without any change to it, and if not here, nowhere. */
  #fitsHere(unit: number, state: number): boolean {
    return this.rules.outcomes(this.#kindOf(unit), state).includes(state) && this.trust.has(this.puzzle.acts[unit] ?? 0)
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
