/**
 * Plain data has one spelling: the text by which values are told apart. Two values have the same text iff they are
 * structurally equal.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'

/**
 * A value that is not plain data: it may hold what cannot be seen from outside, and so it cannot be told apart from others.
 * The fault is that of whoever has put it into a state.
 */
export class NotPlainData extends TypeError {
  override readonly name = 'NotPlainData'

  /**
   * @param path where in the value it is: `.nodes[0].at`.
   * @param what what is there, and what is wrong with it.
   * @param root what the value is called.
   */
  constructor(
    readonly path: string,
    readonly what: string,
    root = 'value'
  ) {
    super(
      `${root}${path}: ${what}; states, messages and actions are made of numbers, bigints, strings, booleans, lists, ` +
        'records, Maps and Sets'
    )
  }
}

/** Does something with plain data that is called so, should it be none. */
export const called = <X>(root: string, run: () => X): X => {
  try {
    return run()
  } catch (e) {
    throw e instanceof NotPlainData ? new NotPlainData(e.path, e.what, root) : e
  }
}

/**
 * The canonical text of plain data: numbers, bigints, strings, booleans, lists, records in order of their fields, and Maps and
 * Sets in order of their texts.
 * @throws NotPlainData for anything else: a function, a symbol, an instance of a class, …
 */
export const canonical = (value: unknown): string => {
  try {
    return spell(value)
  } catch (e) {
    throw located(value, e)
  }
}

/** Plain data is equal if its text is. */
export const plainData: Eq<unknown> = { equals: (a, b) => a === b || canonical(a) === canonical(b) }

const spell = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value) // Of -0 it is '0', too.
    case 'bigint':
      return `${String(value)}n`
    case 'object':
      return value === null ? 'null' : spellWhole(value)
    case 'function':
    case 'symbol':
      throw new NotPlainData('', `a ${typeof value} is not plain data`)
  }
}

const spellWhole = (value: object): string => {
  if (Array.isArray(value)) return spellList(listed(value))
  if (isRecord(value)) return spellRecord(value)
  if (isMap(value)) return `#map{${distinct([...value].map(([k, v]) => [spell(k), spell(v)]))}}`
  if (isSet(value)) return `#set{${distinct([...value].map((element: unknown) => [spell(element)]))}}`
  throw new NotPlainData('', notPlain(value))
}

const spellList = (values: ReadonlyArray<unknown>): string => {
  let text = '['
  for (let i = 0; i < values.length; i++) text += i === 0 ? spell(values[i]) : `,${spell(values[i])}`
  return `${text}]`
}

/** The entries of a Map or the elements of a Set, spelt, in order of their keys, which all differ. */
const distinct = (entries: ReadonlyArray<ReadonlyArray<string>>): string => {
  const keys = new Set(entries.map(([key]) => key))
  if (keys.size < entries.length) throw new NotPlainData('', EQUAL_KEYS)
  return entries
    .map((entry) => entry.join(':'))
    .sort()
    .join()
}

/** Why a Map or a Set may be no plain data. */
export const EQUAL_KEYS = 'two keys or elements are equal, though not the same'

/** What is a record: not a list, a Map or a Set, nor an instance of a class. */
export const isRecord = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null || isRoot(prototype)
}

/** A Map, and nothing more: no subclass, which may have private fields. */
export const isMap = (value: object): value is ReadonlyMap<unknown, unknown> => isJust(Map.prototype, value)

/** A Set, and nothing more. */
export const isSet = (value: object): value is ReadonlySet<unknown> => isJust(Set.prototype, value)

const isJust = (prototype: object, value: object): boolean =>
  Object.getPrototypeOf(value) === prototype && Reflect.ownKeys(value).length === 0

/** The prototype of all records, of this or of another realm. */
const isRoot = (prototype: unknown): boolean =>
  typeof prototype === 'object' &&
  prototype !== null &&
  Object.getPrototypeOf(prototype) === null &&
  Object.hasOwn(prototype, 'isPrototypeOf')

/** Why a whole that is neither list, record, Map nor Set is no plain data. */
export const notPlain = (value: object): string => {
  const prototype: unknown = Object.getPrototypeOf(value)
  const maker: unknown =
    typeof prototype === 'object' && prototype !== null ? Reflect.get(prototype, 'constructor') : ''
  const name = typeof maker === 'function' && maker.name !== '' ? maker.name : 'value with a prototype of its own'
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name} is not plain data`
}

/**
 * The names of a record's fields.
 * @throws NotPlainData where some are hidden, or are computed when they are read.
 */
export const fieldsOf = (record: Readonly<Record<string, unknown>>): ReadonlyArray<string> => {
  const fields = Object.keys(record)
  if (hasMore(record, fields.length) || fields.some((field) => isComputed(record, field)))
    throw new NotPlainData(
      '',
      'a record with fields that are symbols, not enumerable, or have getters is not plain data'
    )
  return fields
}

/** A value has more fields than so many: those that are symbols or not enumerable are fields too. */
const hasMore = (value: object, count: number): boolean =>
  // Twice as fast as `Reflect.ownKeys`.
  Object.getOwnPropertyNames(value).length > count || Object.getOwnPropertySymbols(value).length > 0

const isComputed = (record: object, field: string): boolean =>
  Object.getOwnPropertyDescriptor(record, field)?.get !== undefined

/**
 * The same list.
 * @throws NotPlainData where it has fields besides its elements, or a prototype of its own.
 */
export const listed = (list: ReadonlyArray<unknown>): ReadonlyArray<unknown> => {
  const prototype: unknown = Object.getPrototypeOf(list)
  if (prototype !== Array.prototype && !Array.isArray(prototype)) throw new NotPlainData('', notPlain(list))
  if (prototype !== Array.prototype && !isRoot(Object.getPrototypeOf(prototype)))
    throw new NotPlainData('', notPlain(list))
  // Its elements and its length.
  if (hasMore(list, list.length + 1))
    throw new NotPlainData('', 'a list with fields besides its elements is not plain data')
  return list
}

/** What has been thrown when a value was read, with the place where the value is no plain data, if there is one. */
export const located = (value: unknown, thrown: unknown): unknown => fault(value, '', []) ?? thrown

/** Where and why a value is no plain data. */
const fault = (value: unknown, path: string, above: ReadonlyArray<object>): NotPlainData | undefined => {
  if (typeof value === 'function' || typeof value === 'symbol')
    return new NotPlainData(path, `a ${typeof value} is not plain data`)
  if (typeof value !== 'object' || value === null) return undefined
  if (above.includes(value)) return new NotPlainData(path, 'a value that contains itself is not plain data')
  const below = [...above, value]
  for (const [name, part] of partsOf(value)) {
    const found = fault(part, `${path}${name}`, below)
    if (found !== undefined) return found
  }
  try {
    // Its parts are plain data.
    spellWhole(value)
    return undefined
  } catch (e) {
    return e instanceof NotPlainData ? new NotPlainData(path, e.what) : undefined
  }
}

/** The parts of a whole, with the ways to them. */
const partsOf = (value: object): ReadonlyArray<readonly [name: string, part: unknown]> => {
  if (isMap(value))
    return [...value].flatMap(([key, part], i) => [
      [` key ${String(i)}`, key] as const,
      [`.get(${typeof key === 'string' ? JSON.stringify(key) : `key ${String(i)}`})`, part] as const
    ])
  if (isSet(value)) return [...value].map((element: unknown, i) => [` element ${String(i)}`, element])
  if (!Array.isArray(value) && !isRecord(value)) return []
  const isList = Array.isArray(value)
  return Object.entries(value).map(([name, part]: readonly [string, unknown]) => [
    isList ? `[${name}]` : /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
    part
  ])
}

const spellRecord = (record: Readonly<Record<string, unknown>>): string => {
  const { fields, labels } = shapeOf(fieldsOf(record))
  let text = '{'
  for (let i = 0; i < fields.length; i++) {
    const value = record[fields[i] ?? '']
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${labels[i] ?? ''}${spell(value)}`
  }
  return `${text}}`
}

/** The fields of a record in order, and how they are spelt. */
export interface Shape {
  readonly fields: ReadonlyArray<string>
  readonly labels: ReadonlyArray<string>
}

/** There are few shapes of records, and many records: shapes are found field by field, as they come. */
interface Shapes {
  readonly after: Map<string, Shapes>
  shape: Shape | undefined
}

const shapes: Shapes = { after: new Map(), shape: undefined }

/** The shape of a record with these fields. There is one for the same fields in whatever order. */
export const shapeOf = (keys: ReadonlyArray<string>): Shape => {
  const found = reached(keys)
  if (found.shape === undefined) {
    const fields = [...keys].sort((a, b) => (a < b ? -1 : 1))
    const inOrder = reached(fields)
    inOrder.shape ??= { fields, labels: fields.map((field) => `${JSON.stringify(field)}:`) }
    found.shape = inOrder.shape
  }
  return found.shape
}

const reached = (keys: ReadonlyArray<string>): Shapes => {
  let at = shapes
  for (const key of keys) {
    let next = at.after.get(key)
    if (next === undefined) {
      next = { after: new Map(), shape: undefined }
      at.after.set(key, next)
    }
    at = next
  }
  return at
}
