import * as fc from 'fast-check'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import { describe, expect, test } from 'vitest'
import { ord, ordBigint, ordNumber, ordString, seqOrd, thenBy } from '../../../spec/prelude/order.js'
import { holds } from '../../support/property.js'

/** Strings by character codes, written out: the first difference decides, else the length. */
const codesBefore = (s: string, t: string): boolean => {
  for (let i = 0; i < s.length && i < t.length; i++)
    if (s.charCodeAt(i) !== t.charCodeAt(i)) return s.charCodeAt(i) < t.charCodeAt(i)
  return s.length < t.length
}

/** Coq's `ords` on lists of numbers, written out. */
const before = (xs: ReadonlyArray<number>, ys: ReadonlyArray<number>): boolean => {
  const [x, ...xTail] = xs
  const [y, ...yTail] = ys
  if (y === undefined) return false
  return x === undefined || (x === y ? before(xTail, yTail) : x < y)
}

const hashLike = fc.string({ unit: fc.constantFrom('', '0', '1', 'x', 'a', 'B', 'b', '~', ' '), maxLength: 4 })
const numbers = fc.array(fc.nat(2), { maxLength: 4 })

/** The three facts that make an order strict and total, on three values. */
const isStrictTotalOrder =
  <A>(A: Ord<A>) =>
  ([x, y, z]: readonly [A, A, A]): void => {
    const lt = ord(A)
    const oneOf = [lt(x, y), lt(y, x), A.equals(x, y)].filter((b) => b).length
    expect([lt(x, x), oneOf, !(lt(x, y) && lt(y, z)) || lt(x, z)]).toEqual([false, 1, true])
  }

describe('orders', () => {
  test('ordString goes by character codes: upper case first, a prefix first, the empty string first of all', () => {
    const sorted = ['', ' ', '0x1', '0x10', '0x2', 'B', 'a', 'aB', 'aa', '~']
    expect(sorted.toReversed().sort(ordString.compare)).toEqual(sorted)
    // What a locale would say.
    expect('a'.localeCompare('B')).toBeLessThan(0)
    expect(ord(ordString)('B', 'a')).toBe(true)
  })

  test('ordString agrees with the order of character codes written out', () => {
    holds(
      fc.tuple(hashLike, hashLike),
      ([s, t], meet) => {
        if (s !== t && (s.startsWith(t) || t.startsWith(s))) meet('one is a prefix')
        if (s === t) meet('equal')
        expect(ord(ordString)(s, t)).toBe(codesBefore(s, t))
        expect(ordString.equals(s, t)).toBe(s === t)
      },
      { runs: 1000, met: { 'one is a prefix': 150, equal: 25 } }
    )
  })

  test('ordNumber and ordBigint go by value', () => {
    expect([10, -1, 9, 0].sort(ordNumber.compare)).toEqual([-1, 0, 9, 10])
    expect([10n ** 30n, -(10n ** 30n), 9n, 10n].sort(ordBigint.compare)).toEqual([-(10n ** 30n), 9n, 10n, 10n ** 30n])
    expect([ordBigint.equals(10n ** 30n, 10n ** 30n), ordBigint.equals(10n ** 30n, 10n ** 30n + 1n)]).toEqual([
      true,
      false
    ])
  })

  test('seqOrd agrees with ords written out: heads first, a proper prefix is smaller', () => {
    holds(
      fc.tuple(numbers, numbers),
      ([xs, ys], meet) => {
        if (xs.length < ys.length && xs.every((x, i) => x === ys[i])) meet('a proper prefix')
        if (before(xs, ys) && xs.length > ys.length) meet('smaller though longer')
        expect(ord(seqOrd(ordNumber))(xs, ys)).toBe(before(xs, ys))
      },
      { runs: 1000, met: { 'a proper prefix': 50, 'smaller though longer': 50 } }
    )
  })

  test('thenBy asks the next order only where the ones before find two values equal', () => {
    const byLength = contramap((s: string) => s.length)(ordNumber)
    const byLast = contramap((s: string) => s.slice(-1))(ordString)
    const order = thenBy(byLength, byLast, ordString)
    const sorted = ['', 'b', 'ba', 'ca', 'ab', 'aaa']
    expect(sorted.toReversed().sort(order.compare)).toEqual(sorted)
    expect([order.equals('ca', 'ca'), order.equals('ca', 'ba')]).toEqual([true, false])
  })

  test.each([
    ['ordString', ordString, hashLike],
    ['ordNumber', ordNumber, fc.integer({ min: -2, max: 2 })],
    ['ordBigint', ordBigint, fc.bigInt({ min: -2n, max: 2n })],
    ['seqOrd', seqOrd(ordNumber), numbers],
    ['thenBy', thenBy(contramap((s: string) => s.length)(ordNumber), ordString), hashLike]
  ] as ReadonlyArray<readonly [string, Ord<unknown>, fc.Arbitrary<unknown>]>)(
    '%s is a strict total order',
    (_name, order, values) => {
      const lt = ord(order)
      holds(
        fc.tuple(values, values, values),
        (xyz, meet) => {
          if (lt(xyz[0], xyz[1]) && lt(xyz[1], xyz[2])) meet('x < y < z')
          isStrictTotalOrder(order)(xyz)
        },
        { met: { 'x < y < z': 20 } }
      )
    }
  )
})
