/**
 * Plain data in the Informal Trace Format (ITF), and back without loss.
 *
 * ITF is the JSON in which Apalache and Quint write executions. Records, lists, strings and booleans stand for themselves,
 * integers beyond what JSON holds exactly are `{"#bigint": "…"}`, Maps are `{"#map": […]}`, Sets are `{"#set": […]}`, and `null`, which ITF does not have, is
 * `{"#unserializable": "null"}`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { canonical, fieldsOf, isMap, isRecord, isSet, listed, notPlain, NotPlainData } from './canonical.js'

/** A value as ITF has it. */
export type ItfValue = string | number | boolean | ReadonlyArray<ItfValue> | { readonly [field: string]: ItfValue }

/** What stands for `null`, which ITF does not have. */
const NULL = { '#unserializable': 'null' } as const

/**
 * A value in ITF.
 * @throws TypeError for what is not plain data (a function, a symbol, a number that is not a safe integer), and for a field
 * whose name starts with `#`.
 */
export const toItf = (value: unknown): ItfValue => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isSafeInteger(value)) return value
      throw new TypeError(`${String(value)} is not a safe integer, and ITF has no other numbers; use a bigint`)
    case 'bigint':
      return { '#bigint': String(value) }
    case 'object':
      if (value === null) return NULL
      if (Array.isArray(value)) return listed(value).map(toItf)
      if (isMap(value)) return { '#map': Array.from(value, ([key, v]) => [toItf(key), toItf(v)]) }
      if (isSet(value)) return { '#set': Array.from(value, toItf) }
      if (!isRecord(value)) throw new NotPlainData('', notPlain(value))
      fieldsOf(value)
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, v]) => v !== undefined)
          .map(([field, v]) => {
            if (field.startsWith('#'))
              throw new TypeError(`the field ${field} cannot be written in ITF, where # is reserved`)
            return [field, toItf(v)]
          })
      )
    case 'undefined':
    case 'function':
    case 'symbol':
  }
  throw new TypeError(`a value of type ${typeof value} cannot be written in ITF`)
}

/**
 * The value that ITF stands for. Numbers come back as numbers and a `#bigint` as a bigint; tuples, which this project does not
 * write, as lists. Left: where a value is not ITF, and why.
 */
export const fromItf = (itf: unknown, at = '$'): Either<string, unknown> => {
  if (typeof itf === 'string' || typeof itf === 'boolean') return E.right(itf)
  if (typeof itf === 'number')
    return Number.isSafeInteger(itf) ? E.right(itf) : E.left(`${at}: ${String(itf)} is not an integer`)
  if (Array.isArray(itf)) return E.traverseArrayWithIndex((i, v) => fromItf(v, `${at}[${String(i)}]`))(itf)
  if (typeof itf !== 'object' || itf === null) return E.left(`${at}: ${String(itf)} is not a value of ITF`)
  const fields: ReadonlyArray<readonly [string, unknown]> = Object.entries(itf)
  const first = fields.find(([field]) => field.startsWith('#'))
  if (first !== undefined) {
    const [tag, content] = first
    if (fields.length > 1) return E.left(`${at}: a record has no field ${tag}, and ${tag} stands alone`)
    if (tag === '#bigint')
      return typeof content === 'string' && /^-?\d+$/.test(content)
        ? E.right(BigInt(content))
        : E.left(`${at}: #bigint wants decimal digits in a string`)
    if (tag === '#unserializable' && content === NULL[tag]) return E.right(null)
    if (tag === '#tup') return fromItf(content, `${at}.${tag}`)
    if (tag === '#set' || tag === '#map')
      return E.Monad.chain(fromItf(content, `${at}.${tag}`), (read) => manyOf(tag, read, `${at}.${tag}`))
    return E.left(`${at}: ${tag} is not known`)
  }
  return E.map((pairs: ReadonlyArray<readonly [string, unknown]>): unknown => Object.fromEntries(pairs))(
    E.traverseArray(([field, v]: readonly [string, unknown]) =>
      E.map((value: unknown) => [field, value] as const)(fromItf(v, `${at}.${field}`))
    )(fields)
  )
}

/**
 * The same value with one spelling for each integer: a bigint that a number can hold exactly becomes that number. ITF has two
 * spellings for it, and tools choose freely between them. Equal keys of a Map or elements of a Set stay as they are.
 */
export const inOneSpelling = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOneSpelling)
  if (isMap(value)) {
    const like = Array.from(value, ([key, v]) => [inOneSpelling(key), inOneSpelling(v)] as const)
    return new Set(like.map(([key]) => canonical(key))).size < value.size ? value : new Map(like)
  }
  if (isSet(value)) {
    const like = Array.from(value, inOneSpelling)
    return new Set(like.map(canonical)).size < value.size ? value : new Set(like)
  }
  return Object.fromEntries(Object.entries(value).map(([field, v]) => [field, inOneSpelling(v)]))
}

/** The Set of some elements, or the Map of some pairs. Left: why there is none. */
const manyOf = (tag: '#set' | '#map', read: unknown, at: string): Either<string, unknown> => {
  if (!Array.isArray(read)) return E.left(`${at}: expected a list`)
  const elements: ReadonlyArray<unknown> = read
  const keys = tag === '#set' ? elements : elements.map((pair) => (isPair(pair) ? pair[0] : undefined))
  if (tag === '#map' && !elements.every(isPair)) return E.left(`${at}: expected a list of pairs`)
  if (new Set(keys.map(canonical)).size < keys.length) return E.left(`${at}: something is there twice`)
  return E.right(tag === '#set' ? new Set(elements) : new Map(elements.filter(isPair)))
}

const isPair = (u: unknown): u is readonly [unknown, unknown] => Array.isArray(u) && u.length === 2
