/**
 * Fingerprints of plain data: 64 bits, as two lanes of 32 bits, which follow from the structure alone, so that they are the
 * same in every process. They are mixed from those of the parts; what a value shares with one that was looked at before is
 * not looked at again.
 */
import { EQUAL_KEYS, fieldsOf, isMap, isRecord, isSet, listed, located, notPlain, NotPlainData } from './canonical.js'
import { IntColumn } from './growing.js'
import { finished, mixed } from './mix.js'

/** A fingerprint. */
export interface Print {
  readonly high: number
  readonly low: number
}

/** What fingerprints begin with, for each kind of value another number. */
const KIND = { simple: 1, integer: 2, number: 3, bigint: 4, text: 5, list: 6, record: 7, map: 8, set: 9 } as const

/** How many wholes are remembered at most, but for the parts of one value. */
const MOST_REMEMBERED = 1 << 12

/** Where a number that is no small integer is taken apart. */
const float = new Float64Array(1)
const halves = new Int32Array(float.buffer)

/**
 * Fingerprints of values. Two values have the same if they have the same canonical text, and if not, by chance only. Values
 * must not change once they have been looked at.
 */
export class Prints {
  /** Where in `lanes` those of wholes are that are remembered. */
  readonly #remembered = new Map<unknown, number>()
  readonly #lanes = new IntColumn()
  /** What is found is to be remembered; it has been looked at before, and is plain data. */
  #remembers = false
  /** Of the names of fields: there are few. */
  readonly #fields = new Map<string, Print>()
  /** The lanes that were found last. */
  #high = 0
  #low = 0

  /**
   * The fingerprint of a value.
   * @throws NotPlainData for what is not plain data, as `canonical` does.
   */
  readonly of = (value: unknown): Print => {
    try {
      this.#find(value)
    } catch (e) {
      throw located(value, e)
    }
    return { high: this.#high, low: this.#low }
  }

  /** Remembers a value that was looked at, and all its parts: what other values share with it is not looked at again. */
  remember(value: unknown): void {
    if (this.#remembered.size > MOST_REMEMBERED) {
      this.#remembered.clear()
      this.#lanes.clear()
    }
    this.#remembers = true
    try {
      this.#find(value)
    } finally {
      this.#remembers = false
    }
  }

  #find(value: unknown): void {
    switch (typeof value) {
      case 'number':
        this.#findNumber(value)
        return
      case 'string':
        this.#findText(KIND.text, value)
        return
      case 'bigint':
        this.#findText(KIND.bigint, String(value))
        return
      case 'boolean':
      case 'undefined':
        this.#findText(KIND.simple, String(value))
        return
      case 'object':
        if (value === null) this.#findText(KIND.simple, 'null')
        else this.#findWhole(value)
        return
      case 'function':
      case 'symbol':
        throw new NotPlainData('', `a ${typeof value} is not plain data`)
    }
  }

  #findNumber(n: number): void {
    const integer = n | 0
    // Of -0 it is that of 0, and of NaN there is one.
    if (integer === n) this.#end(KIND.integer, 0, integer, ~integer)
    else {
      float[0] = Number.isNaN(n) ? NaN : n
      this.#end(KIND.number, 0, halves[0] ?? 0, halves[1] ?? 0)
    }
  }

  #findText(kind: number, text: string): void {
    let high: number = kind
    let low: number = ~kind
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      high = mixed(high, low, unit)
      low = mixed(low, high, unit)
    }
    this.#end(kind, text.length, high, low)
  }

  /** What has been found, when all of a value has been mixed into two lanes. */
  #end(kind: number, count: number, high: number, low: number): void {
    const first = mixed(kind, low, high)
    const second = mixed(~kind, first, low)
    this.#high = finished(first, second, count)
    this.#low = finished(second, this.#high, count)
  }

  #findWhole(value: object): void {
    const known = this.#remembered.get(value)
    if (known !== undefined) {
      this.#high = this.#lanes.data[known] ?? 0
      this.#low = this.#lanes.data[known + 1] ?? 0
      return
    }
    const remembers = this.#remembers
    if (Array.isArray(value)) this.#findList(remembers ? value : listed(value))
    else if (isRecord(value)) this.#findRecord(value, remembers ? Object.keys(value) : fieldsOf(value))
    else if (isMap(value)) this.#findMap(value)
    else if (isSet(value)) this.#findSet(value)
    else throw new NotPlainData('', notPlain(value))
    if (!remembers) return
    this.#remembered.set(value, this.#lanes.push(this.#high))
    this.#lanes.push(this.#low)
  }

  #findList(values: ReadonlyArray<unknown>): void {
    let high: number = KIND.list
    let low: number = ~KIND.list
    // The elements of a list with holes are undefined there.
    for (const value of values) {
      this.#find(value)
      high = mixed(high, low, this.#high)
      low = mixed(low, high, this.#low)
    }
    this.#end(KIND.list, values.length, high, low)
  }

  /** Two values in a row: one with these lanes, and the one that was found last. */
  #endPair(high: number, low: number): void {
    const first = mixed(high, low, this.#high)
    const second = mixed(low, first, this.#low)
    this.#high = finished(first, second, 2)
    this.#low = finished(second, this.#high, 2)
  }

  // The order of fields, keys and elements says nothing: what is found for each is added up.

  #findRecord(record: Readonly<Record<string, unknown>>, fields: ReadonlyArray<string>): void {
    let [high, low, count] = [0, 0, 0]
    for (const field of fields) {
      const value = record[field]
      // A field that is not defined is no field.
      if (value === undefined) continue
      const name = this.#fields.get(field) ?? this.#addField(field)
      this.#find(value)
      this.#endPair(name.high, name.low)
      high = (high + this.#high) | 0
      low = (low + this.#low) | 0
      count++
    }
    this.#end(KIND.record, count, high, low)
  }

  #addField(field: string): Print {
    this.#findText(KIND.text, field)
    const name = { high: this.#high, low: this.#low }
    this.#fields.set(field, name)
    return name
  }

  #findMap(map: ReadonlyMap<unknown, unknown>): void {
    let [high, low] = [0, 0]
    const keys = new Wholes()
    for (const [key, value] of map) {
      this.#find(key)
      const [keyHigh, keyLow] = [this.#high, this.#low]
      keys.add(key, keyHigh, keyLow)
      this.#find(value)
      this.#endPair(keyHigh, keyLow)
      high = (high + this.#high) | 0
      low = (low + this.#low) | 0
    }
    this.#end(KIND.map, map.size, high, low)
  }

  #findSet(set: ReadonlySet<unknown>): void {
    let [high, low] = [0, 0]
    const elements = new Wholes()
    for (const element of set) {
      this.#find(element)
      elements.add(element, this.#high, this.#low)
      this.#endPair(KIND.set, ~KIND.set)
      high = (high + this.#high) | 0
      low = (low + this.#low) | 0
    }
    this.#end(KIND.set, set.size, high, low)
  }
}

/** The wholes among the keys of a Map or the elements of a Set: two of them may be equal, though not the same. */
class Wholes {
  #known: Set<string> | undefined

  /** @throws NotPlainData where an equal one is there. */
  add(value: unknown, high: number, low: number): void {
    if (typeof value !== 'object' || value === null) return
    this.#known ??= new Set()
    const { size } = this.#known.add(`${String(high)} ${String(low)}`)
    if (this.#count === size) throw new NotPlainData('', EQUAL_KEYS)
    this.#count = size
  }

  #count = 0
}
