/** Names of plain data, and the fingerprints that follow from contents. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Names } from '../../../../invariants/checker/data/names.js'
import { essence, pairs } from '../../../support/plainData.js'
import { holds } from '../../../support/property.js'

describe('names', () => {
  test('have one representative for equal values, made of representatives', () => {
    const names = new Names()
    const inner = names.one({ b: [1] })
    const first = names.one({ x: { b: [1] }, y: 2 })
    expect(first).toEqual({ x: { b: [1] }, y: 2 })
    expect(first.x).toBe(inner)
    expect(names.one({ y: 2, x: { b: [1] } })).toBe(first)
    expect(names.one({ x: { b: [2] }, y: 2 })).not.toBe(first)
    expect([names.one(3), names.one('a'), names.one(null)]).toEqual([3, 'a', null])
    expect(names.of({ x: inner, y: 2 })).toBe(names.of(first))
  })

  test('tell apart records whose fields are alike', () => {
    const names = new Names()
    const different = [{ a: 1 }, { b: 1 }, { a: 1, b: 1 }, { 'a,b': 1 }, { a: [1] }, { a: '1' }, [1], {}, []]
    expect(new Set(different.map((value) => names.of(value))).size).toBe(different.length)
    expect(names.of({ a: 1, b: undefined })).toBe(names.of({ a: 1 }))
    expect(names.of({ b: undefined })).toBe(names.of({}))
  })

  test.each([
    ['two lists', [163, 30], [223, 228]],
    ['lists of two and of three', [277, 162], [273, 9, 0]],
    ['a list and a record', [79, 143], { a: 60, b: 239 }]
  ])('tell apart %s with one second lane', (_, x, y) => {
    const names = new Names()
    const [name, other] = [names.of(x), names.of(y)]
    expect(names.low(other)).toBe(names.low(name))
    expect(other).not.toBe(name)
    expect([names.of(y), names.of(x)]).toEqual([other, name])
  })

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

  test('are numbers in the order of the first naming, parts before wholes', () => {
    const names = new Names()
    expect([
      names.of({ a: [1] }),
      names.of([1]),
      names.of(1),
      names.of({ a: [1] }),
      names.of([]),
      names.of(null)
    ]).toEqual([2, 1, 0, 2, 3, 4])
  })

  test('of Maps and Sets do not depend on the order in which these were filled', () => {
    const map = (...entries: ReadonlyArray<readonly [unknown, unknown]>) => new Map(entries)
    const names = new Names()
    expect(names.of(map([['k'], 1], ['b', 2]))).toBe(names.of(map(['b', 2], [['k'], 1])))
    expect(names.of(new Set([[1], 2, 'x']))).toBe(names.of(new Set(['x', [1], 2])))
    expect(fingerprint(new Set([[1], 2, 'x']))).toBe(fingerprint(new Set(['x', [1], 2]), names))
    const different = [map(), new Set(), {}, [], map([1, 2]), map([2, 1]), new Set([1, 2]), [1, 2], { 1: 2 }]
    expect(new Set(different.map((value) => names.of(value))).size).toBe(different.length)
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

  test('of Maps and Sets have representatives in them', () => {
    const names = new Names()
    const [key, part] = [names.one([1]), names.one([2])]
    const map = names.one(new Map([[[1], [2]]]))
    expect([...map].map(([k, v]) => [k === key, v === part])).toEqual([[true, true]])
    expect([...names.one(new Set([[2]]))].map((element) => element === part)).toEqual([true])
    expect(names.one(map)).toBe(map)
  })

  test('of what is neither list nor record are the values themselves', () => {
    const names = new Names()
    expect([1, 'a', null, undefined, true].map(names.one)).toEqual([1, 'a', null, undefined, true])
  })
})

test('a field that is undefined changes no name, whatever was named before', () => {
  for (const make of [() => ({ a: [1], b: undefined }), () => ({ b: undefined, a: [1] })]) {
    const names = new Names()
    const name = names.of(make())
    expect([{ a: [1] }, make(), { b: undefined, a: [1] }].map(names.of)).toEqual([name, name, name])
    expect(names.of({ a: [2], b: undefined })).not.toBe(name)
    expect(names.of([{ a: [1] }, [1]])).toBe(names.of([make(), [1]]))
  }
})

/** The fingerprint of a value by names that know nothing else. */
const fingerprint = (value: unknown, names = new Names()): string => {
  const name = names.of(value)
  return `${String(names.high(name))} ${String(names.low(name))}`
}

/** How many bits differ. */
const distance = (n: number, m: number): number => {
  let count = 0
  for (let bits = n ^ m; bits !== 0; bits &= bits - 1) count++
  return count
}

describe('fingerprints of names', () => {
  test('are equal iff the values are, whatever else was named', () => {
    const names = new Names()
    holds(
      pairs,
      ([x, y], meet) => {
        const equal = isDeepStrictEqual(essence(x), essence(y))
        if (equal && typeof x === 'object' && x !== null) meet('equal records or lists')
        expect(fingerprint(x, names) === fingerprint(y)).toBe(equal)
      },
      { runs: 1000, met: { 'equal records or lists': 100 } }
    )
  })

  test('are 64 bits of SHA-256 for what has no parts', () => {
    const names = new Names()
    // printf '%s' '"a"' | sha256sum
    expect([names.high(names.of('a')) >>> 0, names.low(names.of('a')) >>> 0]).toEqual([0xac8d8342, 0xbbb2362d])
  })

  test('are what they have always been: the runs of a seed depend on them', () => {
    const names = new Names()
    const hex = (value: unknown): string =>
      [names.high(names.of(value)), names.low(names.of(value))].map((lane) => (lane >>> 0).toString(16)).join(' ')
    expect([[], {}, [1], ['a', 'b'], { a: 'x', b: [1, null] }].map(hex)).toEqual([
      'b27195c7 d8223235',
      '2517a084 d956cd56',
      '668236e4 41e11c34',
      '44a4acbd 548f8278',
      'db9e9525 46d04f4a'
    ])
  })

  test('of lists of two small numbers differ in every lane by half the bits, on average', () => {
    const names = new Names()
    const [high, low] = [new Set<number>(), new Set<number>()]
    let [bits, pairsOfLists] = [0, 0]
    for (let i = 0; i < 400; i++)
      for (let j = 0; j < 400; j++) {
        const [name, next] = [names.of([i, j]), names.of([i, j + 1])]
        high.add(names.high(name))
        low.add(names.low(name))
        bits += distance(names.high(name), names.high(next)) + distance(names.low(name), names.low(next))
        pairsOfLists++
      }
    // Of 160,000 random numbers below 2^32, three pairs are equal, on average.
    expect(Math.min(high.size, low.size)).toBeGreaterThan(160_000 - 20)
    expect(bits / pairsOfLists).toBeGreaterThan(31.9)
    expect(bits / pairsOfLists).toBeLessThan(32.1)
  })
})
