import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { fromItf, toItf } from '../../../../invariants/checker/index.js'
import { holds } from '../../../support/property.js'

const field = fc.oneof(
  fc.constantFrom('a', '_tag', '__proto__', 'constructor', '', 'x#', '0', 'ä'),
  fc.string().filter((s) => !s.startsWith('#'))
)
const integer = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 2 ** 53 - 1, -(2 ** 53 - 1)))

/** Plain data as states and actions are made of: no fractions, nothing undefined. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.oneof(integer, fc.bigInt(), fc.string({ unit: 'binary' }), fc.constantFrom('#bigint', '1', null), fc.boolean()),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(field, tie('data'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(integer, tie('data')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(integer, { maxLength: 3 }).map((elements) => new Set(elements))
  )
}))

const left = (itf: unknown): string => E.match(String, () => 'no error')(fromItf(itf))

describe('plain data in ITF', () => {
  test('comes back without loss, through the text of a file', () => {
    const hasBigint = (v: unknown): boolean =>
      typeof v === 'bigint' || (typeof v === 'object' && v !== null && Object.values(v).some(hasBigint))
    holds(
      data,
      (value, meet) => {
        if (hasBigint(value)) meet('a bigint')
        if (value instanceof Map || value instanceof Set) meet('a Map or a Set')
        if (typeof value === 'object' && value !== null) meet('a record or a list')
        const back: unknown = JSON.parse(JSON.stringify(toItf(value)))
        const read = fromItf(back)
        expect(E.isRight(read) && isDeepStrictEqual(read.right, value)).toBe(true)
      },
      { runs: 1000, met: { 'a bigint': 100, 'a Map or a Set': 100, 'a record or a list': 400 } }
    )
  })

  test('is written as ITF has it', () => {
    expect(toItf({ a: [1, 'x', true, 2n ** 64n], b: undefined, c: {} })).toEqual({
      a: [1, 'x', true, { '#bigint': '18446744073709551616' }],
      c: {}
    })
  })

  test('leaves no field undefined, and knows one zero', () => {
    expect(JSON.stringify(toItf({ a: undefined, b: -0 }))).toBe('{"b":0}')
  })

  test.each([
    [undefined, 'a value of type undefined cannot be written in ITF'],
    [[undefined], 'a value of type undefined cannot be written in ITF'],
    [{ f: () => 0 }, 'a value of type function cannot be written in ITF'],
    [Symbol('s'), 'a value of type symbol cannot be written in ITF'],
    [1.5, '1.5 is not a safe integer, and ITF has no other numbers; use a bigint'],
    [[NaN], 'NaN is not a safe integer, and ITF has no other numbers; use a bigint'],
    [2 ** 53, '9007199254740992 is not a safe integer, and ITF has no other numbers; use a bigint']
  ])('is refused where ITF has nothing for it: %j', (value, message) => {
    expect(() => toItf(value)).toThrow(new TypeError(message))
  })

  test('is refused where it holds what is not plain data', () => {
    expect(() => toItf([new Date(0)])).toThrow('a Date is not plain data')
  })

  test('is refused where a field would be taken for a tag of ITF', () => {
    expect(() => toItf({ '#bigint': '1' })).toThrow('#bigint')
    expect(() => toItf([{ a: 1, '#set': [] }])).toThrow('#set')
  })
})

describe('ITF that others wrote', () => {
  test('has sets, tuples and maps', () => {
    expect(fromItf({ '#set': [1, { '#bigint': '-2' }] })).toEqual(E.right(new Set([1, -2n])))
    expect(fromItf({ '#tup': ['a', true] })).toEqual(E.right(['a', true]))
    expect(fromItf({ '#map': [['k', 1]] })).toEqual(E.right(new Map([['k', 1]])))
    expect(left({ '#map': [['k']] })).toBe('$.#map: expected a list of pairs')
    expect(left({ '#map': 1 })).toBe('$.#map: expected a list')
    expect(left({ a: { '#set': [[1], [1]] } })).toBe('$.a.#set: something is there twice')
    expect(
      left({
        '#map': [
          [1, 1],
          [1, 2]
        ]
      })
    ).toBe('$.#map: something is there twice')
  })

  test('has a tag only where it stands alone: no record that is written has a field like one', () => {
    expect(fromItf({ more: 2, '#set': [1] })).toEqual(E.left('$: a record has no field #set, and #set stands alone'))
  })

  test('is refused where it is none, with the place and the reason', () => {
    expect(left({ a: [0, null] })).toBe('$.a[1]: null is not a value of ITF')
    expect(left({ a: { b: 0.5 } })).toMatch(/^\$\.a\.b: 0\.5 is not an integer/)
    expect(left([{ '#bigint': 'x' }])).toBe('$[0]: #bigint wants decimal digits in a string')
    expect(left([{ '#bigint': 1 }])).toBe('$[0]: #bigint wants decimal digits in a string')
    expect(left({ '#bigint': 'n12' })).toBe('$: #bigint wants decimal digits in a string')
    expect(left({ '#bigint': '12n' })).toBe('$: #bigint wants decimal digits in a string')
    expect(left({ a: { '#unserializable': 'f' } })).toBe('$.a: #unserializable is not known')
    expect(left({ '#set': [null] })).toBe('$.#set[0]: null is not a value of ITF')
    expect(left(undefined)).toBe('$: undefined is not a value of ITF')
  })
})
