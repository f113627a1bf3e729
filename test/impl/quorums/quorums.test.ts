/**
 * The library of quorums: the numbers of the specification, and errors that say what was expected.
 */
import { describe, expect, test } from 'vitest'
import * as library from '../../../impl/quorums/index.js'
import * as arithmetic from '../../../spec/byzantine/quorums.js'

const upTo = (n: number): ReadonlyArray<number> => Array.from({ length: n + 1 }, (_, i) => i)

test('it says what the specification says', () => {
  for (const n of upTo(12)) {
    for (const of of ['maxFaulty', 'maxCrashed'] as const) expect(library[of](n)).toBe(arithmetic[of](n))
    if (n > 0)
      for (const of of ['paxosQuorum', 'byzantineQuorum', 'weakQuorum'] as const)
        expect(library[of](n)).toBe(arithmetic[of](n))
    for (const q of upTo(n)) {
      expect(library.meet(q, n)).toBe(arithmetic.meet(q, n))
      expect(library.tolerates(n, q)).toBe(arithmetic.tolerates(n, q))
      expect(library.smallestSafeQuorum(n, q)).toBe(arithmetic.smallestSafeQuorum(n, q))
      for (const f of upTo(n)) {
        expect(library.leastOverlap(q, f, n)).toBe(arithmetic.leastOverlap(q, f, n))
        expect(library.meetInHonest(q, n, f)).toBe(arithmetic.meetInHonest(q, n, f))
        expect(library.available(q, n, f)).toBe(arithmetic.available(q, n, f))
        expect(library.hasHonest(q, f)).toBe(arithmetic.hasHonest(q, f))
      }
    }
  }
  for (const setting of arithmetic.SETTINGS)
    expect(library.fewestNodes(setting, 2)).toBe(arithmetic.fewestNodes(setting, 2))
})

test('four nodes stand one liar with quorums of three, and two equal answers convince', () => {
  expect([library.maxFaulty(4), library.byzantineQuorum(4), library.weakQuorum(4)]).toEqual([1, 3, 2])
})

const N = 'n, the number of nodes: expected a whole number'
const ANY: ReadonlyArray<(n: number) => unknown> = [
  library.maxFaulty,
  library.maxCrashed,
  (n) => library.leastOverlap(0, 0, n),
  (n) => library.meet(0, n),
  (n) => library.meetInHonest(0, n, 0),
  (n) => library.smallestSafeQuorum(n, 0),
  (n) => library.available(0, n, 0),
  (n) => library.tolerates(n, 0)
]
const SOME = [library.paxosQuorum, library.byzantineQuorum, library.weakQuorum]

describe('what is no number of nodes is refused', () => {
  test.each<[unknown, string]>([
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [1e16, '10000000000000000'],
    ['4', '"4"'],
    [4n, '4n'],
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [[4], 'an array'],
    [Object.create(null), 'an object'],
    [() => 4, 'a function'],
    [Symbol('four'), 'Symbol(four)']
  ])('%s', (n, found) => {
    for (const of of ANY) expect(() => of(n as number)).toThrow(new RangeError(`${N} from 0 to 10^15, found ${found}`))
  })

  test('and so is none, where a quorum is asked for', () => {
    for (const of of SOME) expect(() => of(0)).toThrow(new RangeError(`${N} from 1 to 10^15, found 0`))
  })
})

describe('what is no part of the nodes is refused', () => {
  test.each<[() => unknown, string]>([
    [() => library.meet(5, 4), 'q, the size of a quorum: expected a whole number from 0 to n = 4, found 5'],
    [() => library.leastOverlap(5, 1, 4), 'q, the size of a quorum: expected a whole number from 0 to n = 4, found 5'],
    [
      () => library.leastOverlap(1, 5, 4),
      'r, the size of the other set: expected a whole number from 0 to n = 4, found 5'
    ],
    [() => library.meetInHonest(5, 4, 1), 'q, the size of a quorum: expected a whole number from 0 to n = 4, found 5'],
    [
      () => library.meetInHonest(3, 4, 5),
      'f, the number of faulty nodes: expected a whole number from 0 to n = 4, found 5'
    ],
    [() => library.available(5, 4, 1), 'q, the size of a quorum: expected a whole number from 0 to n = 4, found 5'],
    [
      () => library.available(3, 4, -1),
      'f, the number of faulty nodes: expected a whole number from 0 to n = 4, found -1'
    ],
    [() => library.tolerates(4, 5), 'f, the number of faulty nodes: expected a whole number from 0 to n = 4, found 5'],
    [
      () => library.smallestSafeQuorum(4, 5),
      'f, the number of faulty nodes: expected a whole number from 0 to n = 4, found 5'
    ],
    [() => library.hasHonest(-1, 0), 'w, the size of the set: expected a whole number from 0 to 10^15, found -1'],
    [
      () => library.hasHonest(1, 0.5),
      'f, the number of faulty nodes: expected a whole number from 0 to 10^15, found 0.5'
    ],
    [
      () => library.fewestNodes('oral, synchronous', 0),
      'f, the number of faulty nodes: expected a whole number from 1 to 10^15, found 0'
    ],
    [
      () => library.fewestNodes('oral' as 'oral, synchronous', 1),
      'setting: expected one of oral, synchronous; signed, synchronous; signed, partially synchronous, found "oral"'
    ]
  ])('%s', (of, message) => {
    expect(of).toThrow(new RangeError(message))
  })
})
