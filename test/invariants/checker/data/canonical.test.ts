import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { called, canonical, NotPlainData } from '../../../../invariants/checker/data/canonical.js'
import { Names } from '../../../../invariants/checker/data/names.js'
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

  test('of Maps and Sets do not depend on the order in which these were filled', () => {
    expect(
      canonical(
        new Map<unknown, unknown>([
          ['b', 1],
          ['a', new Set([2, 1])]
        ])
      )
    ).toBe('#map{"a":#set{1,2},"b":1}')
    expect(canonical(new Map([[{ x: 1 }, [1]]]))).toBe('#map{{"x":1}:[1]}')
    const empty = [new Map(), new Set(), {}, [], null]
    expect(new Set(empty.map(canonical)).size).toBe(empty.length)
  })

  class Counter {
    readonly #n = 1
    n(): number {
      return this.#n
    }
  }
  class Table extends Map<string, number> {
    readonly #n = 1
    n(): number {
      return this.#n
    }
  }
  const itself: unknown[] = []
  itself.push({ again: itself })
  const listWithMore = Object.assign([1], { index: 0 })

  const refused: ReadonlyArray<readonly [unknown, string]> = [
    [{ a: () => 0 }, 'value.a: a function is not plain data; '],
    [[Symbol('s')], 'value[0]: a symbol is not plain data; '],
    [{ nodes: [{ at: new Date(0) }] }, 'value.nodes[0].at: a Date is not plain data; '],
    [new Counter(), 'value: a Counter is not plain data; '],
    [new Map([['k', new Counter()]]), 'value.get("k"): a Counter is not plain data; '],
    [new Set([new Counter()]), 'value element 0: a Counter is not plain data; '],
    [new Table(), 'value: a Table is not plain data; '],
    [{ 'a b': new Uint8Array(1) }, 'value["a b"]: an Uint8Array is not plain data; '],
    [[/x/], 'value[0]: a RegExp is not plain data; '],
    [Object.create({ hidden: 1 }), 'value: an Object is not plain data; '],
    [Object(1), 'value: a Number is not plain data; '],
    [
      {
        get a() {
          return 1
        }
      },
      'value: a record with fields that are symbols, not enumerable, or have getters'
    ],
    [{ [Symbol('s')]: 1 }, 'value: a record with fields that are symbols, not enumerable, or have getters'],
    [Object.defineProperty({}, 'a', { value: 1 }), 'value: a record with fields that are symbols, not enumerable'],
    [listWithMore, 'value: a list with fields besides its elements is not plain data; '],
    [new Set([[1], [1]]), 'value: two keys or elements are equal, though not the same; '],
    [
      new Map([
        [[1], 1],
        [[1], 2]
      ]),
      'value: two keys or elements are equal, though not the same; '
    ],
    [itself, 'value[0].again: a value that contains itself is not plain data; ']
  ]

  test.each(refused)('are refused to what is not plain data: %#', (value, message) => {
    expect(() => canonical(value)).toThrow(NotPlainData)
    expect(() => canonical(value)).toThrow(message)
    const names = new Names()
    expect(() => names.of([1, value])).toThrow(message.replace('value', 'value[1]'))
    expect(() => names.of(value)).toThrow(message)
    expect(names.of([2])).toBe(names.of([2]))
  })

  test('are refused with the name of what it is, where that is known', () => {
    expect(() => called('the state', () => canonical([new Date(0)]))).toThrow(
      'the state[0]: a Date is not plain data; states, messages and actions are made of numbers, bigints, strings, ' +
        'booleans, lists, records, Maps and Sets'
    )
    expect(() =>
      called('the state', () => {
        throw new RangeError('other')
      })
    ).toThrow(new RangeError('other'))
  })
})
