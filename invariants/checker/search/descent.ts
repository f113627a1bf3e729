/**
 * The loop of every depth-first search: of the states that are known and not expanded, the last found is the next.
 */
import { lengthened } from '../data/growing.js'
import type { VisitedSet } from '../data/visited.js'
import type { CompactSystem } from '../model/walker.js'
import { LONGEST, LOOK, pause, PAUSE } from './bounds.js'
import type { CommonBounds, Found } from './bounds.js'
import { actionsAlong } from './origins.js'

/** How many steps a descent makes between two pauses, at most. */
export const PORTION = PAUSE * 8

/** A depth-first search that can be interrupted: into all that is new below some states. */
export class Descent<A> {
  // The rows of the compact system are a stack: states that are known and not expanded, with their depths as tags. Those
  // of one depth have one predecessor, on the path to the state that was expanded last.
  #size = 0
  /** The places of the steps to the state that was expanded last, by the depths that they lead to. */
  #path = new Int32Array(256)
  #cut = false
  transitions = 0
  /** The most steps from the initial state. */
  deepest = 0
  /** The steps from the initial state to one that violates an invariant. */
  violation: ReadonlyArray<A> | undefined

  constructor(
    private readonly compact: CompactSystem<A>,
    private readonly visited: VisitedSet,
    /** States that are so many steps from the initial one are not expanded. */
    private readonly bound = Infinity
  ) {}

  /** How many states are known and not expanded. */
  get frontier(): number {
    return this.#size
  }

  get isDone(): boolean {
    return this.#size === 0 && !this.#cut
  }

  /** Begins at the initial state, which is visited, counted and judged. */
  begin(): void {
    const { compact } = this
    compact.begin()
    compact.visit(this.visited)
    compact.countState()
    if (compact.violated()) this.violation = []
    else this.start(new Int32Array(0))
  }

  /** Starts at the state to which the steps at these places lead from the initial one; it is visited and judged. */
  start(path: Int32Array): void {
    const { compact } = this
    compact.begin()
    actionsAlong(compact, path)
    this.#path = new Int32Array(Math.max(256, 2 * path.length))
    this.#path.set(path, 1)
    compact.store(compact.rows(), 0)
    compact.rows()[compact.width] = path[path.length - 1] ?? 0
    compact.rows()[compact.width + 1] = path.length
    this.#size = 1
  }

  /** What has been found. */
  found(): Found<A> {
    return {
      states: this.visited.size,
      transitions: this.transitions,
      depth: this.deepest,
      complete: this.isDone && this.violation === undefined,
      coverage: this.compact.coverage(),
      violation: this.violation
    }
  }

  /** Reports progress, and lets others have their turn; whether the search is to go on then. */
  pause(bounds: CommonBounds): Promise<boolean> {
    const { visited, transitions, deepest, frontier } = this
    return pause(bounds, { states: visited.size, transitions, depth: deepest, frontier })
  }

  /**
   * Gives states away that are known and not expanded, those next to the start, as paths from the initial state.
   * @param most how many at most; half of all states are kept in any case.
   * @param longest the most steps of a path.
   */
  giveAway(most: number, longest: number): ReadonlyArray<Int32Array> {
    const { compact } = this
    const { width, stride } = compact
    const rows = compact.rows()
    const given: Int32Array[] = []
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
    while (this.#size > 0 && looked < steps && visited.size < maxStates) {
      const top = --this.#size
      const rows = compact.rows()
      const place = rows[top * stride + width] ?? 0
      const depth = rows[top * stride + width + 1] ?? 0
      if (depth >= this.#path.length) this.#path = lengthened(this.#path, depth + 1)
      this.#path[depth] = place
      compact.fetch(rows, top * stride)
      if (depth >= this.bound) {
        if (compact.enumerate() > 0) this.#cut = true
        continue
      }
      const expansion = compact.expand(visited, maxStates - visited.size, top, depth + 1)
      looked += expansion.steps
      this.#size += expansion.found
      if (expansion.cut) this.#cut = true
      if (expansion.found > 0 && depth >= this.deepest) this.deepest = depth + 1
      if (expansion.violated) {
        const last = compact.rows()[(this.#size - 1) * stride + width] ?? 0
        compact.begin()
        this.violation = actionsAlong(compact, [...this.#path.subarray(1, depth + 1), last])
        break
      }
      if (looked < look) continue
      look = looked + LOOK
      if (performance.now() >= until) break
    }
    this.transitions += looked
  }
}
