/**
 * The loop of every depth-first search: of the states that are known and not expanded, the last found is the next.
 */
import { lengthened } from '../data/growing.js'
import type { VisitedSet } from '../data/visited.js'
import type { Execution, Interruption } from '../model/result.js'
import { NO_STEP } from '../model/walker.js'
import type { CompactSystem, Expansion } from '../model/walker.js'
import { LONGEST, LOOK, pause, PAUSE } from './bounds.js'
import type { CommonBounds, Found } from './bounds.js'
import { executionAlong, violationBy } from './origins.js'

/** How many steps a descent makes between two pauses, at most. */
export const PORTION = PAUSE * 8

/** A depth-first search that can be interrupted: into all that is new below some states. */
export class Descent<A> {
  // The rows of the compact system are a stack: states that are known and not expanded, with their depths as tags. Those
  // of one depth have one predecessor, on the path to the state that was expanded last.
  #size = 0
  /** The initial states that have not been begun with, by their indices. */
  #starts: ReadonlyArray<number> = []
  #begun = 0
  /**
   * The places of the steps to the state that was expanded last, by the depths that they lead to; at 0 the index of the
   * initial state.
   */
  #path = new Int32Array(256)
  #cut = false
  transitions = 0
  /** The most steps from the initial state. */
  deepest = 0
  /** The execution that leads to a state that violates an invariant. */
  violation: Execution<A> | undefined
  /** Where the search could not go on. */
  interruption: Interruption<A> | undefined

  constructor(
    private readonly compact: CompactSystem<A>,
    private readonly visited: VisitedSet,
    /** States that are so many steps from the initial one are not expanded. */
    private readonly bound = Infinity
  ) {}

  /** How many states are known and not expanded. */
  get frontier(): number {
    return this.#size + this.#starts.length - this.#begun
  }

  get isDone(): boolean {
    return this.frontier === 0 && !this.#cut && this.isGoingOn
  }

  /** Neither has a violation been found, nor was anything thrown. */
  get isGoingOn(): boolean {
    return this.violation === undefined && this.interruption === undefined
  }

  /** Begins at the initial states, which are visited, counted and judged. */
  begin(maxStates = Infinity): void {
    const { compact, visited } = this
    const starts: number[] = []
    for (const start of compact.starts) {
      const execution = { start, actions: [] }
      try {
        compact.begin(start)
        if (visited.size >= maxStates) {
          this.#cut = true
          break
        }
        if (!compact.visit(visited)) continue
        compact.countState()
        if (compact.violated()) this.violation = execution
      } catch (thrown) {
        this.interruption = { at: execution, thrown }
      }
      if (!this.isGoingOn) return
      starts.push(start)
    }
    this.#starts = starts
  }

  /**
   * Starts at the state to which the steps at these places lead from the first initial one; it is visited and judged.
   */
  start(path: Int32Array): void {
    const { compact } = this
    executionAlong(compact, 0, path)
    this.#path = new Int32Array(Math.max(256, 2 * path.length))
    this.#path.set(path, 1)
    this.#only(path[path.length - 1] ?? 0, path.length)
  }

  /** The current state is the only one that is known and not expanded: found by the step at a place, at a depth. */
  #only(place: number, depth: number): void {
    const { compact } = this
    const rows = compact.rows()
    compact.store(rows, 0)
    rows[compact.width] = place
    rows[compact.width + 1] = depth
    this.#size = 1
  }

  /** Goes on at the next initial state; false where there is none. */
  #startsAgain(): boolean {
    const start = this.#starts[this.#begun]
    if (start === undefined) return false
    this.#begun++
    this.compact.begin(start)
    this.#only(start, 0)
    return true
  }

  /** What has been found. */
  found(): Found<A> {
    return {
      states: this.visited.size,
      transitions: this.transitions,
      depth: this.deepest,
      complete: this.isDone,
      coverage: this.compact.coverage(),
      violation: this.violation,
      interruption: this.interruption
    }
  }

  /** Reports progress, and lets others have their turn; whether the search is to go on then. */
  pause(bounds: CommonBounds): Promise<boolean> {
    const { visited, transitions, deepest, frontier } = this
    return pause(bounds, { states: visited.size, transitions, depth: deepest, frontier })
  }

  /**
   * Gives states away that are known and not expanded, those next to the start, as paths from the first initial state.
   * @param most how many at most; half of all states are kept in any case.
   * @param longest the most steps of a path.
   */
  giveAway(most: number, longest: number): ReadonlyArray<Int32Array> {
    const { compact } = this
    const { width, stride } = compact
    const rows = compact.rows()
    const given: Int32Array[] = []
    // A path begins at the first initial state; what is below another one stays here.
    if (this.#path[0] !== 0) return given
    while (given.length < Math.min(most, this.#size >> 1)) {
      const at = given.length * stride
      const depth = rows[at + width + 1] ?? 0
      if (depth > longest) break
      const path = this.#path.slice(1, depth + 1)
      path[depth - 1] = rows[at + width] ?? 0
      given.push(path)
    }
    rows.copyWithin(0, given.length * stride, this.#size * stride)
    this.#size -= given.length
    return given
  }

  /**
   * Goes on for so many steps or some more, until these take long, or until all is explored, a violation is found, or the
   * set is so large.
   */
  advance(steps: number, maxStates = Infinity): void {
    const { compact, visited } = this
    const { width, stride } = compact
    const until = performance.now() + LONGEST
    let looked = 0
    let look = LOOK
    while (looked < steps && visited.size < maxStates && (this.#size > 0 || this.#startsAgain())) {
      const top = --this.#size
      const rows = compact.rows()
      const place = rows[top * stride + width] ?? 0
      const depth = rows[top * stride + width + 1] ?? 0
      if (depth >= this.#path.length) this.#path = lengthened(this.#path, depth + 1)
      this.#path[depth] = place
      compact.fetch(rows, top * stride)
      let expansion: Readonly<Expansion>
      try {
        if (depth >= this.bound) {
          if (compact.enumerate() > 0) this.#cut = true
          else if (compact.isStuck()) this.violation = this.#executionTo(depth)
          if (this.isGoingOn) continue
          break
        }
        expansion = compact.expand(visited, maxStates - visited.size, top, depth + 1)
      } catch (thrown) {
        this.interruption = { at: this.#executionTo(depth), thrown }
        break
      }
      looked += expansion.steps
      this.#size += expansion.found
      if (expansion.cut) this.#cut = true
      if (expansion.found > 0 && depth >= this.deepest) this.deepest = depth + 1
      if (expansion.violated || expansion.stuck || expansion.broken !== NO_STEP) {
        const found = compact.rows()[(this.#size - 1) * stride + width] ?? 0
        const last = expansion.violated ? [found] : expansion.stuck ? [] : [expansion.broken]
        const { violation, interruption } = violationBy(
          () => this.#executionTo(depth, ...last),
          () => this.#executionTo(depth)
        )
        this.violation = violation
        this.interruption = interruption
        break
      }
      if (looked < look) continue
      look = looked + LOOK
      if (performance.now() >= until) break
    }
    this.transitions += looked
  }

  /** The execution to the state that was expanded last, and by the steps at some places further. */
  #executionTo(depth: number, ...further: ReadonlyArray<number>): Execution<A> {
    const [start = 0, ...places] = this.#path.subarray(0, depth + 1)
    return executionAlong(this.compact, start, [...places, ...further])
  }
}
