/**
 * Names for plain data: hash-consing. Structurally equal values have one number, one representative and one fingerprint,
 * and naming a value costs no more than what is new in it.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import {
  canonical,
  EQUAL_KEYS,
  fieldsOf,
  isMap,
  isRecord,
  isSet,
  listed,
  located,
  notPlain,
  NotPlainData,
  shapeOf
} from './canonical.js'
import type { Shape } from './canonical.js'
import { IntColumn } from './growing.js'
import { HashIndex } from './interner.js'
import { finished, mixed } from './mix.js'

/** The numbers of the shapes of lists, Maps and Sets. */
const [LIST, MAP, SET] = [0, 1, 2] as const

/**
 * Names of plain data: 0, 1, 2, … in the order in which they are given, parts before wholes. Two values have the same name
 * iff they have the same canonical text. Values must not change once they are named.
 *
 * A fingerprint is two lanes of 32 bits, follows from the contents alone, and so is the same in every process: 64 bits of
 * SHA-256 for what has no parts, and mixed from those of its parts for what has.
 */
export class Names {
  /** The names of representatives, and of what has no parts. */
  readonly #known = new Map<unknown, number>()
  readonly #ones: unknown[] = []
  readonly #high = new IntColumn()
  readonly #low = new IntColumn()
  /** The shape of what has a name, and where in `parts` the names of its parts end. */
  readonly #shape = new IntColumn()
  readonly #end = new IntColumn()
  readonly #parts = new IntColumn()
  readonly #index = new HashIndex()
  readonly #shapes = new Map<Shape, number>()
  readonly #shapeHigh = new IntColumn()
  readonly #shapeLow = new IntColumn()
  /** The parts of what is being named, of the innermost last. */
  readonly #stack = new IntColumn()
  #wantedShape: number = LIST
  #wantedFrom = 0

  constructor() {
    for (const shape of ['a list', 'a map', 'a set']) this.#addShape(shape)
  }

  /**
   * The name of a value.
   * @throws NotPlainData for what is not plain data, as `canonical` does.
   */
  readonly of = (value: unknown): number => {
    const known = this.#known.get(value)
    if (known !== undefined) return known
    const from = this.#stack.length
    try {
      return this.#new(value)
    } catch (e) {
      this.#stack.length = from
      throw located(value, e)
    }
  }

  #of(value: unknown): number {
    return this.#known.get(value) ?? this.#new(value)
  }

  #new(value: unknown): number {
    return typeof value === 'object' && value !== null ? this.#ofWhole(value) : this.#ofSimple(value)
  }

  /** The one representative of all values that are equal to this one; its parts are representatives too. */
  readonly one = <V>(value: V): V => {
    const one = this.#ones[this.of(value)]
    return isEqualTo(value, one) ? one : value
  }

  /** The first lane of the fingerprint of what has a name. */
  high(name: number): number {
    return this.#high.data[name] ?? 0
  }

  /** The second lane. */
  low(name: number): number {
    return this.#low.data[name] ?? 0
  }

  #ofSimple(value: unknown): number {
    const lanes = lanesOf(canonical(value))
    return this.#add(value, LIST, lanes.getInt32(0), lanes.getInt32(4))
  }

  #ofWhole(value: object): number {
    const stack = this.#stack
    const from = stack.length
    const shape = this.#pushParts(value)
    let high = this.#shapeHigh.data[shape] ?? 0
    let low = this.#shapeLow.data[shape] ?? 0
    for (let i = from; i < stack.length; i++) {
      const part = stack.data[i] ?? 0
      high = mixed(high, low, this.#high.data[part] ?? 0)
      low = mixed(low, high, this.#low.data[part] ?? 0)
    }
    high = finished(high, low, stack.length - from)
    low = finished(low, high, stack.length - from)
    this.#wantedShape = shape
    this.#wantedFrom = from
    let name = this.#index.find(low, this.#isWanted)
    if (name < 0) {
      // A field that is not defined is no part, and may get its name only here: before the parts are written.
      const one = this.#representative(value)
      for (let i = from; i < stack.length; i++) this.#parts.push(stack.data[i] ?? 0)
      name = this.#add(one, shape, high, low)
      this.#index.add(low, name)
    }
    stack.length = from
    return name
  }

  /** What has this name has the wanted shape and parts. */
  readonly #isWanted = (name: number): boolean => {
    const begin = name === 0 ? 0 : (this.#end.data[name - 1] ?? 0)
    const count = (this.#end.data[name] ?? 0) - begin
    const from = this.#wantedFrom
    if (this.#shape.data[name] !== this.#wantedShape || count !== this.#stack.length - from) return false
    for (let i = 0; i < count; i++) if (this.#parts.data[begin + i] !== this.#stack.data[from + i]) return false
    return true
  }

  #add(one: unknown, shape: number, high: number, low: number): number {
    this.#shape.push(shape)
    this.#end.push(this.#parts.length)
    this.#high.push(high)
    this.#low.push(low)
    const name = this.#ones.push(one) - 1
    this.#known.set(one, name)
    return name
  }

  /** Pushes the names of a whole's parts; the number of its shape. */
  #pushParts(value: object): number {
    if (Array.isArray(value)) return this.#pushList(listed(value))
    if (isRecord(value)) return this.#pushRecord(value)
    if (isMap(value)) return this.#pushMap(value)
    if (isSet(value)) return this.#pushSet(value)
    throw new NotPlainData('', notPlain(value))
  }

  #pushList(values: ReadonlyArray<unknown>): number {
    for (const value of values) this.#stack.push(this.#of(value))
    return LIST
  }

  #pushMap(map: ReadonlyMap<unknown, unknown>): number {
    const named = [...map].map(([key, value]) => ({ key: this.#of(key), value: this.#of(value) }))
    for (const { key, value } of named.sort((a, b) => this.#byPrint(a.key, b.key))) {
      this.#stack.push(key)
      this.#stack.push(value)
    }
    return MAP
  }

  #pushSet(set: ReadonlySet<unknown>): number {
    const named = Array.from(set, (element) => this.#of(element))
    for (const element of named.sort((a, b) => this.#byPrint(a, b))) this.#stack.push(element)
    return SET
  }

  /** The order of different names, by fingerprints, which does not depend on what was named before. */
  #byPrint(a: number, b: number): number {
    if (a === b) throw new NotPlainData('', EQUAL_KEYS)
    return this.high(a) - this.high(b) || this.low(a) - this.low(b) || a - b
  }

  #pushRecord(record: Readonly<Record<string, unknown>>): number {
    const keys = fieldsOf(record)
    const all = shapeOf(keys)
    // A field that is not defined is no field.
    const shape = all.fields.some((field) => record[field] === undefined)
      ? shapeOf(keys.filter((key) => record[key] !== undefined))
      : all
    for (const field of shape.fields) this.#stack.push(this.#of(record[field]))
    return this.#shapes.get(shape) ?? this.#addShape(shape.labels.join(), shape)
  }

  #addShape(text: string, shape?: Shape): number {
    const lanes = lanesOf(text)
    this.#shapeHigh.push(lanes.getInt32(0))
    const number = this.#shapeLow.push(lanes.getInt32(4))
    if (shape !== undefined) this.#shapes.set(shape, number)
    return number
  }

  /** The value itself if its parts are representatives, else a copy of which that is so. */
  #representative(value: object): object {
    if (isMap(value) || isSet(value)) return this.#representativeOfMany(value)
    const parts: ReadonlyArray<unknown> = Object.values(value)
    if (parts.every((part) => part === this.one(part))) return value
    if (Array.isArray(value)) return parts.map((part) => this.one(part))
    // A copy that is made by spreading has, for the engine, the layout of the original: what reads both stays fast.
    const copy: Record<string, unknown> = { ...value }
    for (const field of Object.keys(copy)) copy[field] = this.one(copy[field])
    return copy
  }

  #representativeOfMany(many: ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>): object {
    if (isMap(many)) return new Map(Array.from(many, ([key, value]) => [this.one(key), this.one(value)]))
    return new Set(Array.from(many.keys(), (element) => this.one(element)))
  }
}

/** 64 bits of the SHA-256 of a text: two lanes of 32 bits, at 0 and at 4. */
export const lanesOf = (text: string): DataView => {
  const digest = sha256(utf8ToBytes(text))
  return new DataView(digest.buffer, digest.byteOffset)
}

/** What has the same name is equal. */
const isEqualTo = <V>(_value: V, _one: unknown): _one is V => true
