/** Fingerprints that follow from the structure of values. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { canonical, NotPlainData } from '../../../../invariants/checker/data/canonical.js'
import { Prints } from '../../../../invariants/checker/data/prints.js'
import { essence, pairs } from '../../../support/plainData.js'
import { holds } from '../../../support/property.js'

const textOf = (value: unknown, prints = new Prints()): string => {
  const { high, low } = prints.of(value)
  return `${String(high)} ${String(low)}`
}

/** How many bits differ. */
const distance = (n: number, m: number): number => {
  let count = 0
  for (let bits = n ^ m; bits !== 0; bits &= bits - 1) count++
  return count
}

describe('fingerprints', () => {
  test('are equal iff the values are, whatever was remembered', () => {
    const prints = new Prints()
    holds(
      pairs,
      ([x, y], meet) => {
        const equal = isDeepStrictEqual(essence(x), essence(y))
        if (equal && typeof x === 'object' && x !== null) meet('equal records or lists')
        const [own, other] = [textOf(x, prints), textOf(y)]
        expect(own === other).toBe(equal)
        prints.remember(x)
        expect([textOf(x, prints), textOf([x, y], prints)]).toEqual([own, textOf([x, y])])
      },
      { runs: 1000, met: { 'equal records or lists': 100 } }
    )
  })

  test('tell apart what has one text in JSON, and what has none', () => {
    const values = [
      ...[0, 1, -1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31), NaN, Infinity, -Infinity, 1n, -1n, 2n ** 70n],
      ...['', '1', 'NaN', 'null', 'undefined', 'true', 'ä', '\ud800', null, undefined, true, false],
      ...[
        [],
        [[]],
        [undefined],
        [null],
        [undefined, undefined],
        [0, [1]],
        [[0], 1],
        {},
        { a: 1 },
        { b: 1 },
        { a: { b: 1 } }
      ],
      ...[
        new Map(),
        new Set(),
        new Map([[1, 2]]),
        new Map([[2, 1]]),
        new Map([['1', 2]]),
        new Set([1, 2]),
        new Set([[1]])
      ],
      ...[
        new Set([[1], [2]]),
        new Map([[{ a: 1 }, 1]]),
        new Map<unknown, unknown>([
          [1, [2]],
          [2, 1]
        ])
      ] // prettier-ignore
    ]
    const texts = values.map((value) => textOf(value))
    expect(new Set(texts).size).toBe(values.length)
    expect(new Set(values.map(canonical)).size).toBe(values.length)
  })

  test('are those of equal values, in whatever order these were put together', () => {
    const same: ReadonlyArray<readonly [unknown, unknown]> = [
      [0, -0],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1, c: undefined }
      ],
      [
        [, 1],
        [undefined, 1]
      ],
      [
        new Map([
          [1, 'a'],
          [2, 'b']
        ]),
        new Map([
          [2, 'b'],
          [1, 'a']
        ])
      ], // prettier-ignore
      [new Set([[1], [2]]), new Set([[2], [1]])],
      [Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }]
    ]
    for (const [x, y] of same) expect([textOf(x), canonical(x)]).toEqual([textOf(y), canonical(y)])
  })

  test('of lists of two small numbers, and of records, differ in every lane by half the bits, on average', () => {
    const prints = new Prints()
    for (const make of [(i: number, j: number) => [i, j], (i: number, j: number) => ({ i, j })]) {
      const [high, low] = [new Set<number>(), new Set<number>()]
      let [bits, times] = [0, 0]
      for (let i = 0; i < 400; i++)
        for (let j = 0; j < 400; j++) {
          const [one, next] = [prints.of(make(i, j)), prints.of(make(i, j + 1))]
          high.add(one.high)
          low.add(one.low)
          bits += distance(one.high, next.high) + distance(one.low, next.low)
          times++
        }
      // Of 160,000 random numbers below 2^32, three pairs are equal, on average.
      expect(Math.min(high.size, low.size)).toBeGreaterThan(160_000 - 20)
      expect(Math.abs(bits / times - 32)).toBeLessThan(0.1)
    }
  })

  test('are refused to what is not plain data, with the words of its canonical text', () => {
    const itself: unknown[] = []
    itself.push({ itself })
    class Own {
      readonly n = 1
    }
    const others: ReadonlyArray<unknown> = [
      ...[() => 1, Symbol('s'), new Date(0), new Own(), new Uint8Array(1), /r/, new (class extends Map {})()],
      ...[
        { a: [() => 1] },
        {
          get a() {
            return 1
          }
        },
        { [Symbol('s')]: 1 },
        Object.assign([1], { a: 1 })
      ], // prettier-ignore
      ...[Object.defineProperty({}, 'a', { value: 1, enumerable: false }), itself],
      ...[
        new Map([
          [[1], 1],
          [[1], 2]
        ]),
        new Set([{ a: 1 }, { a: 1, b: undefined }])
      ] // prettier-ignore
    ]
    const messageOf = (run: () => unknown): unknown => {
      try {
        return run()
      } catch (e) {
        return e instanceof NotPlainData ? e.message : e
      }
    }
    for (const other of others) {
      const message = messageOf(() => canonical(other))
      expect(message).toMatch(/plain data|though not the same/)
      expect(messageOf(() => new Prints().of(other))).toBe(message)
    }
  })

  test('are not looked for again in what is remembered, until much else is', () => {
    const prints = new Prints()
    const shared = [1]
    const before = textOf({ shared })
    prints.remember({ shared })
    shared.push(2)
    expect([textOf({ shared }, prints), textOf({ shared }) === before]).toEqual([before, false])
    for (let i = 0; i < 5000; i++) prints.remember([[i]])
    expect(textOf({ shared }, prints)).toBe(textOf({ shared }))
  })
})
