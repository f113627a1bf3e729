import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../../invariants/checker/data/canonical.js'
import { HashIndex, Interner, PairTable } from '../../../../invariants/checker/data/interner.js'
import { Names } from '../../../../invariants/checker/data/names.js'
import { remember, rememberPair } from '../../../../invariants/checker/data/remember.js'
import { holds } from '../../../support/property.js'

describe('an interner', () => {
  test('numbers distinct values in the order in which they first come, and gives them back', () => {
    const value = fc.oneof(fc.nat(5), fc.record({ a: fc.nat(2) }), fc.array(fc.nat(1), { maxLength: 2 }))
    holds(
      fc.tuple(fc.array(value, { maxLength: 20 }), fc.boolean()),
      ([values, byName], meet) => {
        const interner = new Interner<unknown>(byName ? new Names().of : canonical)
        const distinct: string[] = []
        for (const v of values) {
          const text = JSON.stringify(v)
          if (!distinct.includes(text)) distinct.push(text)
          else meet('it comes again')
          expect(interner.idOf(structuredClone(v))).toBe(distinct.indexOf(text))
        }
        expect(interner.size).toBe(distinct.length)
        expect(distinct.map((_, id) => JSON.stringify(interner.valueOf(id)))).toEqual(distinct)
        expect(interner.all().map((v) => JSON.stringify(v))).toEqual(distinct)
      },
      { runs: 200, met: { 'it comes again': 100 } }
    )
  })

  test('keeps the value that came first, and has none for a number that it did not give', () => {
    const interner = new Interner<{ readonly a: number }>(canonical)
    const first = { a: 1 }
    interner.idOf(first)
    interner.idOf({ a: 1 })
    expect(interner.valueOf(0)).toBe(first)
    expect(() => interner.valueOf(1)).toThrow(new RangeError('no value has the number 1; there are 1'))
    expect(() => interner.valueOf(-1)).toThrow(RangeError)
  })
})

/** What the two kinds of table have in common. */
const tables = {
  PairTable: (compute: (a: number, b: number) => number) => new PairTable(compute),
  'PairTable of 4 slots': (compute: (a: number, b: number) => number) => new PairTable(compute, 2)
}

describe.each(Object.entries(tables))('a %s', (_name, make) => {
  const pair = fc.oneof(fc.tuple(fc.nat(3), fc.nat(3)), fc.tuple(fc.nat(40), fc.nat(40)))

  test('answers as the function does, and asks it once for each pair', () => {
    holds(
      fc.array(pair, { maxLength: 120, size: 'max' }),
      (pairs, meet) => {
        const asked = new Map<string, number>()
        const table = make((a, b) => {
          asked.set(`${a},${b}`, (asked.get(`${a},${b}`) ?? 0) + 1)
          return 100 * a + b
        })
        for (const [a, b] of [...pairs, ...pairs]) expect(table.get(a, b)).toBe(100 * a + b)
        if (asked.size > 20) meet('it has grown')
        expect(asked.size).toBe(new Set(pairs.map(String)).size)
        expect(Math.max(1, ...asked.values())).toBe(1)
      },
      { runs: 60, met: { 'it has grown': 30 } }
    )
  })

  test('keeps 0 and large numbers apart from what it does not know', () => {
    let asked = 0
    const table = make((a) => {
      asked++
      return a === 0 ? 0 : 2 ** 30
    })
    expect([table.get(0, 0), table.get(1, 0), table.get(0, 0), table.get(1, 0), asked]).toEqual([
      0,
      2 ** 30,
      0,
      2 ** 30,
      2
    ])
  })

  test('answers «none» as often as it is asked', () => {
    const table = make((a, b) => (a === b ? -1 : b - a - 1))
    expect([table.get(2, 2), table.get(2, 2), table.get(0, 9), table.get(9, 0) < 0]).toEqual([-1, -1, 8, true])
  })

  test('holds many pairs', () => {
    const table = make((a, b) => a * 300 + b)
    const wrong = (): number => {
      let count = 0
      for (let a = 0; a < 300; a++) for (let b = 0; b < 300; b++) if (table.get(a, b) !== a * 300 + b) count++
      return count
    }
    expect([wrong(), wrong()]).toEqual([0, 0])
  })

  test('may be asked while it asks', () => {
    const sum: { readonly get: (a: number, b: number) => number } = make((a, b) =>
      a === 0 ? b : sum.get(a - 1, b) + 1
    )
    expect([sum.get(500, 7), sum.get(250, 7), sum.get(0, 7)]).toEqual([507, 257, 7])
  })
})

describe('an index by hash', () => {
  test('finds what was added under its hash, and asks only about that', () => {
    holds(
      fc.array(fc.record({ hash: fc.integer({ min: -3, max: 3 }), value: fc.nat(9) }), { maxLength: 40, size: 'max' }),
      (things, meet) => {
        const index = new HashIndex()
        const stored: Array<(typeof things)[number]> = []
        const idOf = ({ hash, value }: (typeof things)[number]): number =>
          index.find(hash, (id) => {
            expect(stored[id]?.hash).toBe(hash)
            return stored[id]?.value === value
          })
        for (const thing of things) {
          const expected = stored.findIndex((s) => s.hash === thing.hash && s.value === thing.value)
          expect(idOf(thing)).toBe(expected)
          if (expected < 0) index.add(thing.hash, stored.push(thing) - 1)
          else meet('something is there')
        }
        index.clear()
        for (const thing of things) expect(idOf(thing)).toBe(-1)
      },
      { runs: 100, met: { 'something is there': 50 } }
    )
  })

  test('grows', () => {
    const index = new HashIndex()
    for (let id = 0; id < 5000; id++) index.add(Math.imul(id, 0x9e3779b1), id)
    for (let id = 0; id < 5000; id++) expect(index.find(Math.imul(id, 0x9e3779b1), (found) => found === id)).toBe(id)
    expect(index.find(12345, () => true)).toBe(-1)
  })

  test('is as good as new when it has been cleared', () => {
    const index = new HashIndex()
    for (const round of [1, 2]) {
      for (let id = 0; id < 3000; id++) index.add(round * id, id)
      for (let id = 0; id < 3000; id++) expect(index.find(round * id, (found) => found === id)).toBe(id)
      index.clear()
      expect(index.find(round, () => true)).toBe(-1)
    }
  })
})

describe('a function that remembers', () => {
  test('is asked once for each distinct argument, however it is spelt', () => {
    let asked = 0
    const length = remember((xs: ReadonlyArray<number>) => {
      asked++
      return { length: xs.length }
    }, new Names())
    const first = length([1, 2])
    expect(length([1, 2])).toBe(first)
    expect([length([2, 1]), length([]), asked]).toEqual([{ length: 2 }, { length: 0 }, 3])
  })

  test('of two arguments knows their order', () => {
    let asked = 0
    const join = rememberPair((x: readonly [string], y: readonly [string]) => {
      asked++
      return x[0] + y[0]
    }, new Names())
    expect([join(['a'], ['b']), join(['b'], ['a']), join(['a'], ['b']), asked]).toEqual(['ab', 'ba', 'ab', 2])
  })
})
