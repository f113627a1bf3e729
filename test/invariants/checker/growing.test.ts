import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IntColumn, NumberList, RecordQueue, ScoreQueue } from '../../../invariants/checker/growing.js'
import { holds } from '../../support/property.js'

/** The bytes of a chunk of a queue, and the longest record. */
const CHUNK = 2 ** 20
const LONGEST = 65_535

/** A record of a length: bytes that tell its number. */
const record = (n: number, length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (7 * n + i) & 255)

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

describe('a queue of records', () => {
  test('gives back what was put in, in order, whatever the lengths and the order of puts and takes', () => {
    const length = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 300 }) },
      { weight: 4, arbitrary: fc.integer({ min: 20_000, max: LONGEST }) },
      { weight: 2, arbitrary: fc.constantFrom(1, 255, 256, LONGEST - 1, LONGEST) }
    )
    const command = fc.oneof({ weight: 3, arbitrary: length }, { weight: 2, arbitrary: fc.constant('take' as const) })
    holds(
      fc.array(command, { maxLength: 150, size: 'max' }),
      (commands, meet) => {
        const queue = new RecordQueue()
        const model: Uint8Array[] = []
        const into = new Uint8Array(LONGEST)
        let wrong = 0
        const take = (): void => {
          const expected = model.shift()
          const taken = queue.shift(into)
          if (taken !== (expected?.length ?? 0)) wrong++
          else if (expected !== undefined && !sameBytes(into.subarray(0, taken), expected)) wrong++
        }
        for (const [n, c] of commands.entries()) {
          if (c === 'take') {
            if (model.length === 0) meet('taken from the empty queue')
            take()
          } else {
            const r = record(n, c)
            queue.push(r, r.length)
            model.push(r)
          }
          if (queue.isEmpty !== (model.length === 0)) wrong++
        }
        if (queue.peakBytes > CHUNK) meet('more than one chunk')
        while (model.length > 0) take()
        expect([wrong, queue.isEmpty, queue.shift(into)]).toEqual([0, true, 0])
      },
      { runs: 40, met: { 'taken from the empty queue': 5, 'more than one chunk': 10 } }
    )
  })

  test.each([0, 1, 2, 3, 4])('ends a chunk where %s bytes are left, and goes on in the next', (left) => {
    const queue = new RecordQueue()
    const into = new Uint8Array(LONGEST)
    // Sixteen records and one that leaves so many bytes of the chunk, then one that has no room there.
    const most = 65_000
    const lengths = [...Array.from({ length: 16 }, () => most), CHUNK - 16 * (most + 2) - 2 - left, 3, 5]
    for (const [n, length] of lengths.entries()) queue.push(record(n, length), length)
    expect(queue.peakBytes).toBe(2 * CHUNK)
    for (const [n, length] of lengths.entries()) {
      expect(queue.shift(into)).toBe(length)
      expect(sameBytes(into.subarray(0, length), record(n, length))).toBe(true)
    }
    expect(queue.isEmpty).toBe(true)
  })

  test('keeps a record that is one byte, and one of the greatest length, whole', () => {
    const queue = new RecordQueue()
    const into = new Uint8Array(LONGEST)
    queue.push(Uint8Array.of(0), 1)
    queue.push(record(9, LONGEST), LONGEST)
    expect([queue.shift(into), into[0]]).toEqual([1, 0])
    expect(queue.shift(into)).toBe(LONGEST)
    expect(sameBytes(into, record(9, LONGEST))).toBe(true)
  })

  test('takes the first bytes of what it is given, and occupies no more than it must', () => {
    const queue = new RecordQueue()
    const into = new Uint8Array(10)
    expect(queue.peakBytes).toBe(0)
    for (let round = 0; round < 100; round++) {
      for (let i = 0; i < 1000; i++) queue.push(Uint8Array.of(i & 255, 1, 2, 99), 3)
      for (let i = 0; i < 1000; i++) {
        if (queue.shift(into) !== 3 || into[0] !== (i & 255)) throw new Error(`record ${i} of round ${round}`)
      }
    }
    expect([queue.isEmpty, queue.peakBytes]).toEqual([true, CHUNK])
  })
})

describe('a list of numbers', () => {
  test('has each number at its place, over the ends of chunks', () => {
    for (const kind of [Int32Array, Uint16Array] as const) {
      const list = new NumberList(kind)
      const n = 2 * 2 ** 16 + 5
      for (let i = 0; i < n; i++) list.push((i * 31) % 65_536)
      const places = [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, n - 1]
      expect(places.map((i) => list.at(i))).toEqual(places.map((i) => (i * 31) % 65_536))
      expect([list.length, list.bytes]).toEqual([n, 3 * 2 ** 16 * kind.BYTES_PER_ELEMENT])
      expect([...list.toArray()]).toEqual(Array.from({ length: n }, (_, i) => (i * 31) % 65_536))
    }
  })

  test('of 32 bits has negative numbers', () => {
    const list = new NumberList(Int32Array)
    for (const n of [-1, 2 ** 31 - 1, -(2 ** 31)]) list.push(n)
    expect([...list.toArray()]).toEqual([-1, 2 ** 31 - 1, -(2 ** 31)])
  })
})

describe('a column of integers', () => {
  test('grows at its end, and tells the index of each number', () => {
    const column = new IntColumn()
    const indices = Array.from({ length: 1000 }, (_, i) => column.push(-i))
    expect(indices).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(column.length).toBe(1000)
    expect([...column.data.subarray(0, 1000)]).toEqual(indices.map((i) => 0 - i))
  })
})

describe('a queue by scores', () => {
  test('gives the highest score first, and the oldest among equals, whatever the order of puts and takes', () => {
    const score = fc.integer({ min: -3, max: 3 })
    holds(
      fc.array(fc.option(score), { maxLength: 120, size: 'max' }),
      (puts, meet) => {
        const queue = new ScoreQueue(3)
        const model: Array<{ readonly score: number; readonly row: ReadonlyArray<number> }> = []
        const taken = new Int32Array(3)
        const take = (): void => {
          const best = model.reduce((i, { score: own }, j) => (own > model[i]!.score ? j : i), 0)
          const [next] = model.splice(best, 1)
          expect(queue.shift(taken)).toBe(next !== undefined)
          if (next !== undefined) expect([...taken]).toEqual(next.row)
        }
        for (const [i, put] of puts.entries())
          if (put === null) take()
          else {
            const row = [i, i + 1, 7 * i]
            queue.push(put, Int32Array.from([99, ...row, 99]), 1)
            model.push({ score: put, row })
            if (model.filter((one) => one.score === put).length > 3) meet('some have one score')
          }
        expect(queue.length).toBe(model.length)
        while (model.length > 0) take()
        take()
      },
      { runs: 80, met: { 'some have one score': 30 } }
    )
  })
})
