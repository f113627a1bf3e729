/**
 * Functions of some components of a state, computed once for each combination of their numbers.
 */
import { lengthened } from '../data/growing.js'
import { PairTable } from '../data/interner.js'

/** Not computed yet. */
const UNKNOWN = -1
/** The place of no component. */
const NONE = -1

/** The smallest tables: most functions are asked for few combinations. */
const FEW_BITS = 4

/** A function of some components of a row of numbers, to small integers from 0 on. */
export class ReadTable {
  readonly #first: number
  readonly #others: ReadonlyArray<number>
  /** What was computed, by the number of the first component, where there is no second one. */
  #direct = new Int32Array(2 ** FEW_BITS).fill(UNKNOWN)
  /** For each component after the first: what those before it and it together are, and at last what was computed. */
  readonly #pairs: ReadonlyArray<PairTable>
  /** The row that is looked at, and where. */
  #row: Int32Array = this.#direct
  #at = 0

  /**
   * @param reads the places of the components in a row.
   * @param compute the function; it looks at no other places.
   */
  constructor(
    reads: ReadonlyArray<number>,
    private readonly compute: (row: Int32Array, at: number) => number
  ) {
    const [first = NONE, ...others] = reads
    this.#first = first
    this.#others = others
    let combinations = 0
    this.#pairs = others.map(
      (_, i) =>
        new PairTable(i < others.length - 1 ? () => combinations++ : () => compute(this.#row, this.#at), FEW_BITS)
    )
  }

  /** The value of the function for the row at this place. */
  get(row: Int32Array, at: number): number {
    const others = this.#others
    let key = this.#first === NONE ? 0 : (row[at + this.#first] ?? 0)
    if (others.length === 0) {
      const known = this.#direct[key] ?? UNKNOWN
      return known === UNKNOWN ? this.#compute(key, row, at) : known
    }
    const pairs = this.#pairs
    this.#row = row
    this.#at = at
    for (let i = 0; i < others.length; i++) key = pairs[i]?.get(key, row[at + (others[i] ?? 0)] ?? 0) ?? 0
    return key
  }

  #compute(key: number, row: Int32Array, at: number): number {
    const result = this.compute(row, at)
    const { length } = this.#direct
    if (key >= length) {
      this.#direct = lengthened(this.#direct, key + 1)
      this.#direct.fill(UNKNOWN, length)
    }
    this.#direct[key] = result
    return result
  }
}
