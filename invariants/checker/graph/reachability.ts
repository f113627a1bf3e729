/**
 * The graph of reachable states: states by number, in the order in which a breadth-first search finds them, and the steps
 * of each, by place.
 */
import { NumberList } from '../data/growing.js'
import type { FingerprintSet } from '../data/visited.js'
import { breathe } from '../model/result.js'
import type { Execution, Progress, StopSignal } from '../model/result.js'
import type { CompactSystem } from '../model/walker.js'
import type { Digraph } from './components.js'

/** How far a graph is built. */
export interface GraphBounds {
  /** States beyond this number are not expanded. Default: no bound. */
  readonly maxStates?: number
  /** States that are so many steps from an initial one are not expanded. Default: no bound. */
  readonly depth?: number
  readonly onProgress?: (progress: Progress) => void
  /** No more states are expanded after the next pause. Default: nothing ends it. */
  readonly signal?: StopSignal
}

/** Steps that follow one another from an initial state on. */
export interface Way {
  readonly from: number
  readonly steps: ReadonlyArray<number>
}

/** How many states are expanded between two pauses. */
const PAUSE = 1 << 13

/** A set of fingerprints that numbers them, and lists the number of every one that is added, new or not. */
class Numbering implements FingerprintSet {
  readonly _tag = 'Fingerprints'
  readonly wantsAll = true
  readonly added = new NumberList(Int32Array)
  #slots = new Int32Array(1 << 12)
  readonly #high = new NumberList(Int32Array)
  readonly #low = new NumberList(Int32Array)

  get size(): number {
    return this.#high.length
  }

  add(high: number, low: number): boolean {
    const mask = this.#slots.length - 1
    let slot = hash(high, low) & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] ?? 0) - 1
      if (this.#high.at(number) === high && this.#low.at(number) === low) {
        this.added.push(number)
        return false
      }
    }
    this.added.push(this.size)
    this.#high.push(high)
    this.#low.push(low)
    this.#slots[slot] = this.size
    if (2 * this.size > this.#slots.length) this.#grow()
    return true
  }

  #grow(): void {
    const mask = 2 * this.#slots.length - 1
    this.#slots = new Int32Array(mask + 1)
    for (let number = 0; number < this.size; number++) {
      let slot = hash(this.#high.at(number), this.#low.at(number)) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}

const hash = (high: number, low: number): number => Math.imul(high ^ (high >>> 15), 0x2c1b3c6d) ^ low

/** Reachable states and the steps between them. The steps of a state that was not expanded are not known. */
export class Reachability<A> implements Digraph {
  /** The steps of the state s have the numbers from `first[s]` on, up to `first[s + 1]`. */
  readonly first: Int32Array
  /** The state that each step leads to. */
  readonly to: Int32Array
  /** The state that each state was first found from; -1 for an initial one. */
  readonly parent: Int32Array
  /** By how few steps each state can be reached. */
  readonly depth: Int32Array
  /** How many of the first states were expanded. */
  readonly expanded: number
  readonly #row: Int32Array

  constructor(
    private readonly compact: CompactSystem<A>,
    private readonly rows: NumberList,
    /** The states that executions begin in: each with the index of an initial state of the model. */
    private readonly startOf: ReadonlyMap<number, number>,
    to: Int32Array,
    { first, parent, depth }: Readonly<Record<'first' | 'parent' | 'depth', NumberList>>
  ) {
    this.first = first.toArray()
    this.to = to
    this.parent = parent.toArray()
    this.depth = depth.toArray()
    this.expanded = this.first.length - 1
    this.#row = new Int32Array(compact.stride)
  }

  /** How many states there are. */
  get states(): number {
    return this.parent.length
  }

  /** Every state was expanded: there are no others. */
  get isComplete(): boolean {
    return this.expanded === this.states
  }

  /** The states that executions begin in. */
  get initial(): ReadonlyArray<number> {
    return [...this.startOf.keys()]
  }

  /** The steps of a state are known. */
  isExpanded(state: number): boolean {
    return state < this.expanded
  }

  /** The states of a kind whose steps are known, with their depths. */
  startsWhere(isWanted: (state: number) => boolean): ReadonlyArray<{ readonly state: number; readonly depth: number }> {
    const starts: Array<{ readonly state: number; readonly depth: number }> = []
    for (let state = 0; state < this.expanded; state++)
      if (isWanted(state)) starts.push({ state, depth: this.depth[state] ?? 0 })
    return starts
  }

  /** The graph with its steps turned round, of those that are wanted. */
  reversed(isWanted: (step: number) => boolean): Digraph {
    const { to: leadsTo, first: firstOf, states, expanded } = this
    const first = new Int32Array(states + 1)
    for (let step = 0; step < leadsTo.length; step++) {
      const after = (leadsTo[step] ?? 0) + 1
      if (isWanted(step)) first[after] = (first[after] ?? 0) + 1
    }
    for (let state = 0; state < states; state++) first[state + 1] = (first[state + 1] ?? 0) + (first[state] ?? 0)
    const to = new Int32Array(first[states] ?? 0)
    const next = first.slice()
    for (let state = 0; state < expanded; state++)
      for (let step = firstOf[state] ?? 0; step < (firstOf[state + 1] ?? 0); step++) {
        if (!isWanted(step)) continue
        const after = leadsTo[step] ?? 0
        const at = next[after] ?? 0
        to[at] = state
        next[after] = at + 1
      }
    return { first, to }
  }

  /** Makes a state the current one of the compact system. */
  goTo(state: number): void {
    const { width } = this.compact
    for (let i = 0; i < width; i++) this.#row[i] = this.rows.at(state * width + i)
    this.compact.fetch(this.#row, 0)
  }

  #actionOf(state: number, step: number): A {
    this.goTo(state)
    this.compact.enumerate()
    return this.compact.actionAt(step - (this.first[state] ?? 0))
  }

  /** A shortest way to a state. */
  wayTo(state: number): Way {
    const steps: number[] = []
    let from = state
    for (let before = this.parent[from] ?? -1; before >= 0; before = this.parent[from] ?? -1) {
      steps.push(this.to.indexOf(from, this.first[before]))
      from = before
    }
    return { from, steps: steps.reverse() }
  }

  /** The execution that goes a way. */
  executionOf({ from, steps }: Way): Execution<A> {
    return {
      start: this.startOf.get(from) ?? 0,
      actions: steps.map((step) => this.#actionOf(this.#fromOf(step), step))
    }
  }

  /** The state that has a step. */
  #fromOf(step: number): number {
    let [low, high] = [0, this.expanded]
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((this.first[middle] ?? 0) <= step) low = middle
      else high = middle
    }
    return low
  }
}

/** Builds the graph of a compact system, every state of which can be fetched at any time. Violations do not stop it. */
export const reachability = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, depth: most = Infinity, onProgress, signal }: GraphBounds = {}
): Promise<Reachability<A>> => {
  const { width, stride } = compact
  compact.tolerate(() => undefined)
  const visited = new Numbering()
  const list = (): NumberList => new NumberList(Int32Array)
  const [rows, first, parent, depth] = [list(), list(), list(), list()]
  const keep = (from: Int32Array, at: number, comesFrom: number, steps: number): void => {
    for (let i = 0; i < width; i++) rows.push(from[at + i] ?? 0)
    parent.push(comesFrom)
    depth.push(steps)
  }
  const startOf = new Map<number, number>()
  const initial = new Int32Array(stride)
  for (const start of compact.starts) {
    compact.begin(start)
    if (!compact.visit(visited)) continue
    startOf.set(parent.length, start)
    compact.store(initial, 0)
    keep(initial, 0, -1, 0)
  }
  const starts = visited.added.length
  const row = new Int32Array(stride)
  first.push(0)
  for (let state = 0; state < parent.length && state < maxStates && depth.at(state) < most; state++) {
    if (state % PAUSE === 0) {
      const [states, transitions] = [parent.length, visited.added.length - starts]
      onProgress?.({ states, transitions, depth: depth.at(state), frontier: states - state })
      await breathe()
      if (signal?.aborted === true) break
    }
    for (let i = 0; i < width; i++) row[i] = rows.at(state * width + i)
    compact.fetch(row, 0)
    const { found } = compact.expand(visited, Infinity, 0, 0)
    for (let k = 0; k < found; k++) keep(compact.rows(), k * stride, state, depth.at(state) + 1)
    first.push(visited.added.length - starts)
  }
  const to = visited.added.toArray().subarray(starts)
  return new Reachability(compact, rows, startOf, to, { first, parent, depth })
}
