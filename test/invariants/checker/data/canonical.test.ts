import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { essence, pairs } from '../../../support/plainData.js'
import { holds } from '../../../support/property.js'

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

  test('are the same in whatever order a record got its fields', () => {
    const records = [
      { x: 1, y: 2, z: 3 },
      { x: 1, z: 3, y: 2 },
      { y: 2, x: 1, z: 3 },
      { y: 2, z: 3, x: 1 },
      { z: 3, x: 1, y: 2 },
      { z: 3, y: 2, x: 1 }
    ]
    expect(records.map(canonical)).toEqual(records.map(() => '{"x":1,"y":2,"z":3}'))
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
