import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collisionChance, Fingerprints } from '../../../../invariants/checker/data/fingerprints.js'
import { Names } from '../../../../invariants/checker/data/names.js'
import { addTo, Distances, ExactVisited, FARTHEST, Visited } from '../../../../invariants/checker/data/visited.js'
import { holds } from '../../../support/property.js'

const lane = fc.oneof(fc.integer({ min: -2, max: 3 }), fc.integer())

describe('the set of visited states', () => {
  test('says of each fingerprint whether it is new, from the smallest size on', () => {
    holds(
      fc.array(fc.tuple(lane, lane), { maxLength: 200, size: 'max' }),
      (added, meet) => {
        const visited = new Visited(2)
        const model = new Set<string>()
        for (const [high, low] of added) {
          // (0, 0) is kept as (0, 1).
          const key = high === 0 && low === 0 ? '0,1' : `${high},${low}`
          if (high === 0 && low === 0) meet('the empty fingerprint')
          expect(visited.add(high, low)).toBe(!model.has(key))
          model.add(key)
          expect(visited.size).toBe(model.size)
        }
        if (model.size > 64) meet('it has grown several times')
      },
      { runs: 60, met: { 'the empty fingerprint': 30, 'it has grown several times': 20 } }
    )
  })

  test('takes (0, 0), which is the empty slot, for (0, 1)', () => {
    const visited = new Visited(4)
    expect([visited.add(0, 0), visited.add(0, 0), visited.add(0, 1), visited.size]).toEqual([true, false, false, 1])
    expect([visited.add(0, 2), visited.add(1, 0), visited.size]).toEqual([true, true, 3])
  })

  test('reads ahead in the slot where a fingerprint is looked for first', () => {
    for (const [high, low] of [
      [5, 7],
      [-3, 0],
      [6, -1]
    ] as const)
      for (const visited of [new Visited(8), new Distances(10)]) {
        expect(visited.touch(high, low)).toBe(0)
        visited.add(high, low, 1)
        expect(visited.touch(high, low)).toBe(high)
      }
  })

  test('forgets nothing as it grows, whatever the pattern of the fingerprints', () => {
    const patterns: ReadonlyArray<(i: number) => readonly [number, number]> = [
      (i) => [0, i + 1],
      (i) => [i + 1, 0],
      (i) => [i << 16, -i - 1],
      (i) => [Math.imul(i + 1, 0x9e3779b1), Math.imul(i + 1, 0x85ebca6b)]
    ]
    for (const pattern of patterns) {
      const visited = new Visited(3)
      const fresh = (): number => {
        let count = 0
        for (let i = 0; i < 20_000; i++) if (visited.add(...pattern(i))) count++
        return count
      }
      expect([fresh(), fresh(), visited.size]).toEqual([20_000, 0, 20_000])
    }
  })

  test('stays at most three quarters full, at eight bytes a slot', () => {
    const visited = new Visited(4)
    for (let i = 1; i <= 100_000; i++) {
      visited.add(Math.imul(i, 0x9e3779b1), i)
      if (visited.size > (visited.bytes / 8) * 0.75) throw new Error(`${visited.size} in ${visited.bytes} bytes`)
    }
    expect(visited.bytes).toBe(2 ** 18 * 8)
  })

  test('knows what is in it, in whichever slot', () => {
    const visited = new Visited(4)
    // The first slot, the last, and the first again, which is taken.
    const some = [
      [0, 16],
      [0, 15],
      [0, 32]
    ] as const
    expect(some.map(([high, low]) => visited.has(high, low))).toEqual([false, false, false])
    expect(some.map(([high, low]) => visited.put(high, low))).toEqual([-1, -16, -2])
    expect(some.map(([high, low]) => visited.has(high, low))).toEqual([true, true, true])
    expect(some.map(([high, low]) => visited.put(high, low))).toEqual([0, 15, 1])
    expect([visited.has(0, 48), visited.has(16, 0)]).toEqual([false, false])
  })

  test('takes eight bytes for each slot, and ten where there is a number beside each', () => {
    expect([new Visited(4).bytes, new Visited(4, false).bytes, new Visited(4, true).bytes]).toEqual([128, 128, 160])
  })

  test('doubles its table, and takes a larger array every other time', () => {
    const visited = new Visited(4)
    const [sizes, arrays] = [new Set<number>(), new Set<number>()]
    for (let i = 1; i <= 100_000; i++) {
      visited.add(Math.imul(i, 0x9e3779b1), i)
      sizes.add(visited.bytes / 8)
      arrays.add(visited.table.buffer.byteLength / 8)
    }
    expect([...sizes].map(Math.log2)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    expect([...arrays].map(Math.log2)).toEqual([4, 6, 8, 10, 12, 14, 16, 18])
  })
})

describe('a set of visited states that is made again from its table', () => {
  const some = [
    [0, 5],
    [5, 0],
    [-3, 7],
    [0, 0],
    [7, -1]
  ] as const

  test('has what was in it, and as many', () => {
    const visited = new Visited(4)
    for (const [high, low] of some) visited.add(high, low)
    const again = Visited.restored(Int32Array.from(visited.table))
    expect([again.size, again.bytes]).toEqual([5, 128])
    expect(some.map(([high, low]) => again.add(high, low))).toEqual([false, false, false, false, false])
    expect([again.add(1, 1), again.size]).toEqual([true, 6])
  })

  test('grows as the first does', () => {
    const print = (i: number) => [Math.imul(i, 0x9e3779b1), i] as const
    const visited = new Visited(4)
    for (let i = 1; i <= 12; i++) visited.add(...print(i))
    const again = Visited.restored(Int32Array.from(visited.table))
    for (let i = 1; i <= 2000; i++) for (const set of [visited, again]) set.add(...print(i))
    expect([again.size, again.bytes]).toEqual([2000, visited.bytes])
  })
})

describe('the set of distances', () => {
  test('has each search look once at each state, and only where it has come to it by the fewest steps', () => {
    const set = new Distances(Infinity)
    const searches = Array.from({ length: 3 }, () => {
      set.beginAgain()
      return [set.add(1, 1, 0), set.add(1, 2, 3), set.add(1, 2, 4), set.add(1, 2, 2), set.add(1, 2, 3), set.size]
    })
    expect(searches).toEqual(Array.from({ length: 3 }, () => [true, true, false, false, false, 2]))
  })

  test('has the distance of what lies in its first slot, too', () => {
    const set = new Distances(Infinity)
    for (let search = 0; search < 3; search++) {
      set.beginAgain()
      expect([set.add(0, 2 ** 18, 5), set.add(0, 2 ** 18, 5), set.add(0, 2 ** 18, 4)]).toEqual([true, false, false])
    }
  })

  test('tells distances apart up to the farthest', () => {
    const set = new Distances(Infinity)
    for (let search = 0; search < 3; search++) {
      set.beginAgain()
      const looked = [0, 1, FARTHEST - 1, FARTHEST].map((steps, i) => set.add(1, i, steps))
      expect([...looked, set.add(1, 3, FARTHEST - 1)]).toEqual([true, true, true, true, false])
    }
  })

  test('forgets no distance as it grows', () => {
    const set = new Distances(Infinity)
    const print = (i: number) => [Math.imul(i + 1, 0x9e3779b1), i] as const
    const looked = (steps: (i: number) => number): number => {
      let count = 0
      set.beginAgain()
      for (let i = 0; i < 300_000; i++) if (set.add(...print(i), steps(i))) count++
      return count
    }
    expect(looked((i) => i % 30_000)).toBe(300_000)
    expect(looked((i) => i % 30_000)).toBe(300_000)
    expect(looked((i) => (i % 30_000) + 1)).toBe(0)
  })

  test('takes no more than it is to take, and then says that it is full', () => {
    const set = new Distances(2)
    set.beginAgain()
    expect([set.add(1, 1, 0), set.add(1, 2, 1), set.add(1, 2, 1), set.isFull]).toEqual([true, true, false, false])
    expect([set.add(1, 3, 1), set.size, set.isFull]).toEqual([false, 2, true])
    set.beginAgain()
    expect([set.add(1, 2, 1), set.add(1, 3, 1)]).toEqual([true, false])
  })
})

describe('fingerprints', () => {
  test('follow from the part and its place alone, whatever was named before', () => {
    const [names, others] = [new Names(), new Names()]
    others.of('something else')
    const [prints, same] = [new Fingerprints(names), new Fingerprints(others)]
    prints.push(-1, names.of({ src: 0, dst: 1, msg: 'm' }))
    same.push(0, others.of('m'))
    same.push(-1, others.of({ msg: 'm', dst: 1, src: 0 }))
    expect([prints.length, same.length]).toEqual([1, 2])
    expect([prints.high(0), prints.low(0)]).toEqual([same.high(1), same.low(1)])
  })

  test('of equal parts in different places differ', () => {
    const names = new Names()
    const prints = new Fingerprints(names)
    for (const place of [-2, -1, 0, 1, 2, 3]) prints.push(place, names.of(['a state']))
    expect(new Set([0, 1, 2, 3, 4, 5].map((id) => prints.high(id))).size).toBe(6)
    expect(new Set([0, 1, 2, 3, 4, 5].map((id) => prints.low(id))).size).toBe(6)
  })

  test('of two states are equal with a chance of at most the number of pairs over 2^64', () => {
    expect([1, 1, 2, 3].map(collisionChance)).toEqual([0, 0, 1 / 2 ** 64, 3 / 2 ** 64])
    expect(collisionChance(36_522_649)).toBeCloseTo(3.6e-5, 6)
  })
})

describe('a set of whole states', () => {
  test('tells states apart that have one fingerprint, and knows those that it has', () => {
    const states = Array.from({ length: 3000 }, (_, i) => Int32Array.of(99, i % 7, i, i % 3, i % 2))
    const set = new ExactVisited(4)
    expect(states.map((row) => set.addState(row, 1)).every(Boolean)).toBe(true)
    expect(states.map((row) => set.addState(row.slice(), 1)).some(Boolean)).toBe(false)
    expect(set.size).toBe(3000)
    expect(set.addState(Int32Array.of(6, 7, 0, 0), 0)).toBe(true)
  })

  test('has no state that was not added, not even one of zeros, whenever it grows', () => {
    const set = new ExactVisited(3)
    for (let i = 1; i <= 3072; i++) set.addState(Int32Array.of(i, 0, i), 0)
    // Three quarters of 2^12 slots are full.
    expect(set.addState(Int32Array.of(-1, 0, -1), 0)).toBe(true)
    const zeros = Int32Array.of(0, 0, 0)
    expect([set.addState(zeros, 0), set.addState(zeros, 0), set.size]).toEqual([true, false, 3074])
  })

  test('knows a state wherever it stands and whatever stands next to it, however many there are', () => {
    const width = 5
    const count = 10_000
    const row = (i: number) => [i % 7, i, -i, Math.imul(i, 0x9e3779b1), i % 5]
    const inOrder = Int32Array.from(Array.from({ length: count }, (_, i) => row(i)).flat())
    const backwards = Int32Array.from([8, ...Array.from({ length: count }, (_, i) => row(count - 1 - i)).flat(), 9])
    const set = new ExactVisited(width)
    const fresh = (of: Int32Array, from: number): number =>
      Array.from({ length: count }, (_, i) => set.addState(of, from + width * i)).filter(Boolean).length
    expect([fresh(inOrder, 0), set.size, fresh(backwards, 1), set.size]).toEqual([count, count, 0, count])
  })
})

test('a row is added as the fingerprint at its end, with its tag, or as a whole', () => {
  const row = Int32Array.of(99, 1, 2, -3, 4, 99)
  const told: number[][] = []
  const fingerprints = {
    _tag: 'Fingerprints',
    size: 0,
    add: (...print: number[]) => told.push(print) === 1
  } as const
  expect([addTo(fingerprints, row, 1, 4, 7), addTo(fingerprints, row, 1, 4, 7)]).toEqual([true, false])
  const rows = {
    _tag: 'States',
    size: 0,
    addState: (of: Int32Array, at: number) => told.push([...of.subarray(at, at + 4)]) === 3
  } as const
  expect([addTo(rows, row, 1, 4, 7), addTo(rows, row, 1, 4, 7)]).toEqual([true, false])
  expect(told).toEqual([
    [-3, 4, 7],
    [-3, 4, 7],
    [1, 2, -3, 4],
    [1, 2, -3, 4]
  ])
})
