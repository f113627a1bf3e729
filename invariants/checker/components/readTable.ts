/**
 * Functions of some components of a state, computed once for each combination of the values that they look at.
 *
 * What a function looks at next follows from what it has seen so far. So it is a tree: at each node a component, and a
 * branch for each of its values; at the end what the function says. A guard that fails at the first component that it looks
 * at is found by one look-up, whatever else it would have looked at.
 */
import { IntColumn, lengthened } from '../data/growing.js'
import { PairTable } from '../data/interner.js'

/** What a function has looked at, in this order, and what it says: an integer from 0 on. */
export interface Answer {
  readonly places: ReadonlyArray<number>
  readonly result: number
}

/** Behind a branch: not known yet; below that, the node -2 - n; from 0 on, a result. */
const UNKNOWN = -1
const behind = (node: number): number => UNKNOWN - 1 - node
const nodeBehind = (branch: number): number => UNKNOWN - 1 - branch

/** A function of some components of a row of numbers, to small integers from 0 on. */
export class ReadTable {
  /** What is looked at, at each node, and how many were before. */
  readonly #place = new IntColumn()
  readonly #depth = new IntColumn()
  /** What is looked at first. */
  #firstPlace = 0
  /** The branches of the first node, by number. */
  #first = new Int32Array(16).fill(UNKNOWN)
  /** Those of the others. */
  readonly #others = new PairTable((node) => this.#branch(node), 4)
  /** What is said if nothing is looked at. */
  #constant = UNKNOWN
  /** The row that is looked at, and what was computed of it, if it had to be. */
  #row: Int32Array = this.#first
  #at = 0
  #answer: Answer | undefined

  /** @param compute the function, pure; it looks at numbers of the row, and says where. */
  constructor(private readonly compute: (row: Int32Array, at: number) => Answer) {}

  /** The value of the function for the row at this place. */
  get(row: Int32Array, at: number): number {
    let branch = this.#first[row[at + this.#firstPlace] ?? 0] ?? UNKNOWN
    if (branch >= 0) return branch
    this.#row = row
    this.#at = at
    this.#answer = undefined
    if (branch === UNKNOWN) branch = this.#learn()
    while (branch < 0) {
      const node = nodeBehind(branch)
      branch = this.#others.get(node, row[at + (this.#place.data[node] ?? 0)] ?? 0)
    }
    return branch
  }

  /** A branch of the first node, which was not known. */
  #learn(): number {
    if (this.#constant !== UNKNOWN) return this.#constant
    this.#answer = this.compute(this.#row, this.#at)
    const { places, result } = this.#answer
    const [place] = places
    if (place === undefined) {
      this.#constant = result
      return result
    }
    if (this.#place.length === 0) this.#addNode(place, 0)
    this.#firstPlace = place
    const branch = this.#branch(0)
    const number = this.#row[this.#at + place] ?? 0
    const { length } = this.#first
    if (number >= length) {
      this.#first = lengthened(this.#first, number + 1)
      this.#first.fill(UNKNOWN, length)
    }
    this.#first[number] = branch
    return branch
  }

  /** The branch of a node that the row takes: to another node, or to a result. */
  #branch(node: number): number {
    this.#answer ??= this.compute(this.#row, this.#at)
    const depth = (this.#depth.data[node] ?? 0) + 1
    const next = this.#answer.places[depth]
    return next === undefined ? this.#answer.result : behind(this.#addNode(next, depth))
  }

  #addNode(place: number, depth: number): number {
    this.#depth.push(depth)
    return this.#place.push(place)
  }
}
