/**
 * The values of components, numbered: a state is a row of such numbers, one for each component, and its fingerprint.
 *
 * A number is of one component and one value of it. The fingerprint of a state is the sum of those of its numbers, so that
 * it changes by a few additions with each step; each follows from the component and the value alone.
 */
import { Fingerprints } from '../data/fingerprints.js'
import { IntColumn } from '../data/growing.js'
import { Names } from '../data/names.js'
import { canonical, NotPlainData } from '../data/canonical.js'
import { CHANGED, Freezer, ModelFault } from '../model/guard.js'
import { ReadTable } from './readTable.js'
import { isWhole } from './system.js'
import type { Component } from './system.js'

/** The values that the components of a system have had so far. */
export class Values<C extends object> {
  readonly #names = new Names()
  /** What actions and invariants are given must not be changed. */
  readonly #freezer = new Freezer()
  /** The texts of those with Maps or Sets in them, which cannot be frozen, by number. */
  readonly #open = new Map<number, string>()
  /** The fingerprints of numbers. */
  readonly prints = new Fingerprints(this.#names)
  /** The component of each number, by its index. */
  readonly of = new IntColumn()
  readonly #values: Array<C[Component<C>] | undefined> = []
  readonly #numbers: ReadonlyArray<Map<number, number>>

  /** @param names the components, in the order in which rows have them. */
  constructor(readonly names: ReadonlyArray<Component<C>>) {
    this.#numbers = names.map(() => new Map<number, number>())
  }

  /** How many numbers there are. */
  get size(): number {
    return this.#values.length
  }

  /**
   * The number of a value of the component with an index.
   * @throws NotPlainData for what is not plain data.
   */
  numberOf(index: number, value: C[Component<C>] | undefined): number {
    const name = this.#nameOf(index, value)
    const known = this.#numbers[index]?.get(name)
    if (known !== undefined) return known
    const one = this.#names.one(value)
    const number = this.#values.push(one) - 1
    if (this.#freezer.freeze(one)) this.#open.set(number, canonical(one))
    this.#numbers[index]?.set(name, number)
    this.of.push(index)
    this.prints.push(index, name)
    return number
  }

  #nameOf(index: number, value: unknown): number {
    try {
      return this.#names.of(value)
    } catch (e) {
      throw e instanceof NotPlainData ? new NotPlainData(`.${this.names[index] ?? ''}${e.path}`, e.what, 'state') : e
    }
  }

  /**
   * A function of some components, computed once for each combination of the values that it looks at.
   * @param where what it is called, should it change what it is shown.
   */
  tableOf(where: string, reads: ReadonlyArray<Component<C>>, compute: (seen: C) => number): ReadTable {
    // What is shown is one and the same record, which shows the values of whatever row is looked at.
    const looked: { row: Int32Array; at: number; places: number[] } = { row: new Int32Array(0), at: 0, places: [] }
    const seen: Partial<C> = {}
    for (const name of reads) {
      const place = this.names.indexOf(name)
      const get = (): unknown => {
        if (!looked.places.includes(place)) looked.places.push(place)
        return this.#values[looked.row[looked.at + place] ?? -1]
      }
      Object.defineProperty(seen, name, { enumerable: true, get })
    }
    return new ReadTable((row, at) => {
      const places: number[] = []
      Object.assign(looked, { row, at, places })
      const result = isWhole(seen) ? compute(seen) : 0
      for (const place of places) this.#refuseChanged(where, row[at + place] ?? 0)
      return { result, places }
    })
  }

  /** @throws ModelFault where the value with a number is not what it was any more. */
  #refuseChanged(where: string, number: number): void {
    const text = this.#open.get(number)
    if (text !== undefined && text !== canonical(this.#values[number])) throw new ModelFault(where, CHANGED)
  }

  /** The state in a row. As in the specification, it has all components, those that are undefined too. */
  stateAt(row: Int32Array, at: number): C {
    const s: Partial<C> = {}
    for (const [i, name] of this.names.entries())
      Object.defineProperty(s, name, {
        value: this.#values[row[at + i] ?? -1],
        configurable: true,
        enumerable: true,
        writable: true
      })
    if (!isWhole(s)) throw new RangeError('unreachable: every component has a value')
    return s
  }

  /** The indices of the components of all numbers, in their order, each with its value, but for those that are undefined. */
  all(): ReadonlyArray<readonly [index: number, value?: C[Component<C>]]> {
    return this.#values.map((value, number) => {
      const index = this.of.data[number] ?? 0
      return value === undefined ? [index] : [index, value]
    })
  }
}
