/**
 * Plain data has one spelling: the text by which values are told apart. Two values have the same text iff they are
 * structurally equal.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'

/**
 * The canonical text of plain data: numbers, bigints, strings, booleans, arrays, and records in order of their fields.
 * @throws TypeError for what is not plain data: a function or a symbol.
 */
export const canonical = (value: unknown): string => {
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
      if (Array.isArray(value)) return spellList(value)
      return isRecord(value) ? spellRecord(value) : 'null'
    case 'function':
    case 'symbol':
      throw new TypeError(`canonical: a ${typeof value} is not plain data; keep functions and symbols out of states`)
  }
}

/** Plain data is equal if its text is. */
export const plainData: Eq<unknown> = { equals: (a, b) => a === b || canonical(a) === canonical(b) }

const spellList = (values: ReadonlyArray<unknown>): string => {
  let text = '['
  for (let i = 0; i < values.length; i++) text += i === 0 ? canonical(values[i]) : `,${canonical(values[i])}`
  return `${text}]`
}

/** What is no list is a record, or null. */
export const isRecord = (value: object | null): value is Readonly<Record<string, unknown>> => value !== null

const spellRecord = (record: Readonly<Record<string, unknown>>): string => {
  const { fields, labels } = shapeOf(Object.keys(record))
  let text = '{'
  for (let i = 0; i < fields.length; i++) {
    const value = record[fields[i] ?? '']
    if (value !== undefined) text += `${text.length === 1 ? '' : ','}${labels[i] ?? ''}${canonical(value)}`
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
