/**
 * Plain data in words, where nobody has given it any.
 */
import { tagOf } from '../checker/model/words.js'
import { line } from './document.js'
import type { Document } from './document.js'

/** A value in a line: texts and numbers as they are, records by their fields, Maps by `key → value`. */
const inLine = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  return `{${textsOf(value).join(', ')}}`
}

const textsOf = (record: object): ReadonlyArray<string> => {
  if (record instanceof Map) return Array.from(record, ([key, value]) => `${inLine(key)} → ${inLine(value)}`)
  if (record instanceof Set) return Array.from(record, inLine)
  return Object.entries(record).flatMap(([name, value]: readonly [string, unknown]) =>
    value === undefined ? [] : [`${name}: ${inLine(value)}`]
  )
}

/** A value by its tag and its fields: `Vote {round: 2, value: a}`. */
export const taggedText = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || !('_tag' in value)) return inLine(value)
  const { _tag: _, ...fields } = value
  const rest = textsOf(fields)
  return `${tagOf(value)}${rest.length === 0 ? '' : ` {${rest.join(', ')}}`}`
}

/** A record as a document, a line for each field; any other value in one line. */
export const recordDocument = (value: unknown): Document =>
  (typeof value !== 'object' || value === null || Array.isArray(value) ? [inLine(value)] : textsOf(value)).map(line)

/** The fields of a node's state in one line, without the address, which stands beside it. */
export const nodeDocument = (st: unknown): Document => {
  if (typeof st !== 'object' || st === null || st instanceof Map || st instanceof Set) return [line(inLine(st))]
  const { id: _, ...fields } = { id: undefined, ...st }
  return [line(textsOf(fields).join(', '))]
}
