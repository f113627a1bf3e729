import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  IntColumn,
  lengthened,
  NumberList,
  RecordQueue,
  ScoreQueue
} from '../../../../invariants/checker/data/growing.js'
import { holds } from '../../../support/property.js'

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
    expect([queue.shift(into), into[0], into[1]]).toEqual([1, 0, 0])
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

/** A store in memory, which says what it was asked. */
const store = () => {
  const kept = new Map<number, Uint8Array>()
  const asked: string[] = []
  const get = (id: number): Uint8Array => kept.get(id) ?? new Uint8Array(0)
  return {
    kept,
    asked,
    write: (chunk: Uint8Array): number => {
      kept.set(asked.length, chunk.slice())
      return asked.push(`write ${asked.length}`) - 1
    },
    read: (id: number): Uint8Array => {
      asked.push(`read ${id}`)
      return get(id)
    },
    take: (id: number): Uint8Array => {
      asked.push(`take ${id}`)
      const chunk = get(id)
      kept.delete(id)
      return chunk
    }
  }
}

describe('a queue with a store', () => {
  /** Six chunks: fifteen records of the greatest length fill one. */
  const RECORDS = 90
  const filled = (queue: RecordQueue): RecordQueue => {
    for (let n = 0; n < RECORDS; n++) queue.push(record(n, LONGEST), LONGEST)
    return queue
  }
  /** Takes records from a number on; how many were as they should be. */
  const right = (queue: RecordQueue, from = 0): number => {
    const into = new Uint8Array(LONGEST)
    let n = from
    for (; !queue.isEmpty; n++) if (queue.shift(into) !== LONGEST || !sameBytes(into, record(n, LONGEST))) return -1
    return n
  }

  test.each([1, 2])('keeps the first and the last chunk in memory where no more than %s may be there', (most) => {
    const files = store()
    const queue = filled(new RecordQueue(files, most))
    expect([files.asked, queue.peakBytes]).toEqual([['write 0', 'write 1', 'write 2', 'write 3'], 2 * CHUNK])
    expect([right(queue), queue.peakBytes, files.kept.size]).toEqual([RECORDS, 2 * CHUNK, 0])
    expect(files.asked.slice(4)).toEqual(['take 0', 'take 1', 'take 2', 'take 3'])
  })

  test('keeps as many chunks in memory as may be there', () => {
    const files = store()
    const queue = filled(new RecordQueue(files, 4))
    expect([files.asked, queue.peakBytes]).toEqual([['write 0', 'write 1'], 4 * CHUNK])
    const into = new Uint8Array(LONGEST)
    // When two chunks have been read, there is room for two more.
    for (let n = 0; n < 31; n++) queue.shift(into)
    for (let n = 0; n < 30; n++) queue.push(record(RECORDS + n, LONGEST), LONGEST)
    expect([files.asked.slice(2), queue.peakBytes, right(queue, 31)]).toEqual([[], 4 * CHUNK, RECORDS + 30])
  })

  test('counts a chunk that it has taken back among those in memory', () => {
    const files = store()
    const queue = filled(new RecordQueue(files, 1))
    const into = new Uint8Array(LONGEST)
    for (let n = 0; n < 16; n++) queue.shift(into)
    queue.push(record(RECORDS, LONGEST), LONGEST)
    expect(files.asked.slice(4)).toEqual(['take 0', 'write 5'])
    expect(right(queue, 16)).toBe(RECORDS + 1)
  })

  test('may be read as a whole where the last chunk has less than those before it', () => {
    const queue = new RecordQueue()
    for (let n = 0; n < 16; n++) queue.push(record(n, LONGEST), LONGEST)
    const other = new RecordQueue()
    for (const chunk of queue.chunks()) other.restore(chunk)
    expect([right(other), right(queue)]).toEqual([16, 16])
  })

  test('keeps all in memory where there is no store or no limit', () => {
    const files = store()
    for (const queue of [new RecordQueue(), new RecordQueue(undefined, 1), new RecordQueue(files)]) {
      expect(filled(queue).peakBytes).toBe(6 * CHUNK)
      expect(right(queue)).toBe(RECORDS)
    }
    expect(files.asked).toEqual([])
  })

  test('may be read as a whole, wherever its chunks are, and is left as it is', () => {
    const files = store()
    const queue = filled(new RecordQueue(files, 2))
    const into = new Uint8Array(LONGEST)
    for (let n = 0; n < 20; n++) queue.shift(into)
    const again = new RecordQueue()
    for (const chunk of queue.chunks()) again.restore(chunk)
    expect([right(again, 20), right(queue, 20)]).toEqual([RECORDS, RECORDS])
  })
})

test('the chunks of a queue are records after their lengths, from the oldest on', () => {
  const bytes = (queue: RecordQueue) => Array.from(queue.chunks(), (chunk) => [...chunk])
  const queue = new RecordQueue()
  expect(bytes(queue)).toEqual([])
  queue.push(Uint8Array.of(7, 8, 9), 3)
  queue.push(record(0, 258), 258)
  expect(bytes(queue)).toEqual([[3, 0, 7, 8, 9, 2, 1, ...record(0, 258)]])
  queue.shift(new Uint8Array(3))
  expect(bytes(queue)).toEqual([[2, 1, ...record(0, 258)]])
})

test('records are restored up to the first without a length', () => {
  const queue = new RecordQueue()
  queue.restore(Uint8Array.of(2, 0, 5, 6, 1, 0, 7, 0, 0, 1, 0, 9))
  queue.restore(Uint8Array.of())
  queue.restore(Uint8Array.of(1, 0, 8, 3))
  const into = new Uint8Array(2)
  const taken = [1, 2, 3, 4].map(() => [...into.subarray(0, queue.shift(into))])
  expect(taken).toEqual([[5, 6], [7], [8], []])
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

  test('starts over when it has been cleared', () => {
    const column = new IntColumn()
    for (let i = 0; i < 300; i++) column.push(i)
    column.clear()
    expect([column.length, column.push(7), column.length, column.data[0]]).toEqual([0, 0, 1, 7])
  })

  test('becomes at least twice as long, and as long as it must', () => {
    const old = Int32Array.of(1, 2, 3)
    expect([...lengthened(old, 4)]).toEqual([1, 2, 3, 0, 0, 0])
    expect([...lengthened(old, 7)]).toEqual([1, 2, 3, 0, 0, 0, 0])
    const column = new IntColumn()
    const lengths = Array.from({ length: 257 }, (_, i) => {
      column.push(i)
      return column.data.length
    })
    expect([lengths[0], lengths[255], lengths[256]]).toEqual([256, 256, 512])
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
