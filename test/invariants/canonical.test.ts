import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, Names } from '../../invariants/canonical.js'
import { holds } from '../support/property.js'

const leaf = fc.constantFrom<unknown>(0, -0, 1, 1n, '', '1', '1n', '#0', 'a', 'a"', true, 'true', null, undefined, NaN)

/** Plain data made of few values, so that two of them are often equal. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    leaf,
    fc.array(tie('data'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'a"', '__proto__', '1'), tie('data'), { maxKeys: 2, noNullPrototype: true })
  )
}))

/** The value without what does not count: signs of zeros, fields that are not defined. */
const essence = (value: unknown): unknown => {
  if (Object.is(value, -0)) return 0
  if (Array.isArray(value)) return value.map(essence)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, v]) => v !== undefined)
  return Object.fromEntries(fields.map(([k, v]: readonly [string, unknown]) => [k, essence(v)]))
}

/** A copy that is equal, and whose records have their fields the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([k, v]: readonly [string, unknown]) => [k, turned(v)] as const)
      .toReversed()
  )
}

const pairs = fc.oneof(
  fc.tuple(data, data),
  data.map((x) => [x, turned(x)] as const)
)

describe('canonical texts', () => {
  test('are equal iff the values are structurally equal', () => {
    holds(
      pairs,
      ([x, y], meet) => {
        const equal = isDeepStrictEqual(essence(x), essence(y))
        if (equal && typeof x === 'object' && x !== null) meet('equal records or lists')
        if (!equal) meet('different')
        expect(canonical(x) === canonical(y)).toBe(equal)
      },
      { runs: 2000, met: { 'equal records or lists': 200, different: 500 } }
    )
  })

  test('are written out: fields in order, undefined ones left out, numbers and texts told apart', () => {
    expect(canonical({ b: [1, '1', 1n, true], a: { c: undefined, d: null }, 'e"': undefined })).toBe(
      '{"a":{"d":null},"b":[1,"1",1n,true]}'
    )
    expect(canonical({ '': 1 })).toBe('{"":1}')
    expect([-0, 0, NaN, undefined, [undefined], []].map(canonical)).toEqual([
      '0',
      '0',
      'NaN',
      'undefined',
      '[undefined]',
      '[]'
    ])
  })

  test('are refused to what is not plain data', () => {
    expect(() => canonical({ a: () => 0 })).toThrow(
      'canonical: a function is not plain data; keep functions and symbols out of states'
    )
    expect(() => canonical([Symbol('s')])).toThrow(
      'canonical: a symbol is not plain data; keep functions and symbols out of states'
    )
  })
})

describe('representatives', () => {
  const pair = () => ({ a: [1], b: { c: [2] } })

  test('of equal values are one and the same: the first of them', () => {
    const names = new Names()
    const value = pair()
    expect(names.one(value)).toBe(value)
    expect(names.one(pair())).toBe(value)
    expect(names.one([1])).toBe(value.a)
    expect(names.one({ c: [2] })).toBe(value.b)
    expect(names.of(pair())).toBe(names.of(value))
  })

  test('have representatives as their parts', () => {
    const names = new Names()
    const [one, list] = [names.one([1]), names.one([2])]
    const record = { a: [3], b: [2] }
    const found = names.one(record)
    expect(found).toEqual(record)
    expect([found === record, found.a === record.a, found.b === list]).toEqual([false, true, true])
    const lists = [[4], [1]]
    const listed = names.one(lists)
    expect(listed).toEqual([[4], [1]])
    expect([listed === lists, listed[0] === lists[0], listed[1] === one]).toEqual([false, true, true])
    expect(names.one(listed)).toBe(listed)
  })

  test('of what is neither list nor record are the values themselves', () => {
    const names = new Names()
    expect([1, 'a', null, undefined, true].map(names.one)).toEqual([1, 'a', null, undefined, true])
  })
})

describe('names', () => {
  test('are equal iff the values are structurally equal, whatever was named before', () => {
    const names = new Names()
    holds(
      pairs,
      ([x, y], meet) => {
        const equal = isDeepStrictEqual(essence(x), essence(y))
        if (equal && typeof x === 'object' && x !== null) meet('equal records or lists')
        expect(names.of(x) === names.of(y)).toBe(equal)
        expect(names.of(x)).toBe(names.of(structuredClone(x)))
      },
      { runs: 1000, met: { 'equal records or lists': 100 } }
    )
  })

  test('of lists and records are numbers in the order of their first naming, innermost first', () => {
    const names = new Names()
    expect([names.of({ a: [1] }), names.of([1]), names.of({ a: [1] }), names.of([]), names.of('#0')]).toEqual([
      '#1',
      '#0',
      '#1',
      '#2',
      '"#0"'
    ])
  })
})
