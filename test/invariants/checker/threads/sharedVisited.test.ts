import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SharedVisited, sharedTable } from '../../../../invariants/checker/threads/sharedVisited.js'

const lane = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
/** Fingerprints in which both lanes are often small: equal first lanes, and slots that collide. */
const fingerprint = fc.oneof(
  fc.tuple(lane, lane),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }))
)

describe('the shared set of one thread', () => {
  it('holds what was added, once', () => {
    fc.assert(
      fc.property(fc.array(fingerprint, { maxLength: 400 }), (added) => {
        // No lane is 0, which the set takes for 1.
        const visited = new SharedVisited(sharedTable(18))
        const model = new Set<string>()
        for (const [high, low] of added.filter(([h, l]) => h !== 0 && l !== 0)) {
          const key = `${String(high)} ${String(low)}`
          expect(visited.add(high, low)).toBe(!model.has(key))
          model.add(key)
        }
        expect(visited.inserted).toBe(model.size)
      })
    )
  })

  it('grows when it is nearly full, and forgets nothing', () => {
    const visited = new SharedVisited(sharedTable(20))
    const add = (i: number): boolean => visited.add(Math.imul(i + 1, 0x9e3779b1), Math.imul(i + 1, 0x85ebca77))
    const newOnes = (): number => Array.from({ length: 300_000 }, (_, i) => add(i)).filter(Boolean).length
    expect(newOnes()).toBe(300_000)
    expect(newOnes()).toBe(0)
    expect(visited.inserted).toBe(300_000)
  })

  it('says so when the last table is full', () => {
    const visited = new SharedVisited(sharedTable(18))
    expect(() => {
      for (let i = 0; i < 2 ** 18; i++) visited.add(Math.imul(i + 1, 0x9e3779b1), i + 1)
    }).toThrow(/the table of visited states is full: \d+ states; give the search a larger one/)
  })
})

describe('the shared set of several threads', () => {
  const print = (i: number) => [Math.imul(i + 1, 0x9e3779b1), Math.imul(i + 1, 0x85ebca77)] as const

  it('takes a lane that is 0, which would look empty, for 1', () => {
    const visited = new SharedVisited(sharedTable(18))
    const lanes = [
      [0, 5],
      [1, 5],
      [5, 0],
      [5, 1],
      [0, 0],
      [1, 1],
      [5, 2],
      [2, 5]
    ] as const
    expect(lanes.map(([high, low]) => visited.add(high, low))).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      true,
      true
    ])
  })

  it('tells fingerprints apart that belong into one slot and differ in one lane', () => {
    const visited = new SharedVisited(sharedTable(18))
    const lanes = [
      [1, 5],
      [2 ** 18 + 9, 5],
      [1, 2 ** 18 + 5]
    ] as const
    expect(lanes.map(([high, low]) => visited.add(high, low))).toEqual([true, true, true])
    expect(lanes.map(([high, low]) => visited.add(high, low))).toEqual([false, false, false])
  })

  it('has what any of them has added', () => {
    const table = sharedTable(18)
    const [one, other] = [new SharedVisited(table), new SharedVisited(table)]
    expect([one.add(3, 4), other.add(3, 4), other.add(4, 3), one.add(4, 3)]).toEqual([true, false, true, false])
    expect([one.inserted, other.inserted]).toEqual([1, 1])
  })

  it('knows its size in batches of 256, and exactly when all have left', () => {
    const table = sharedTable(18)
    const [one, other] = [new SharedVisited(table), new SharedVisited(table)]
    const sizes = Array.from({ length: 600 }, (_, i) => {
      one.add(...print(i))
      return one.size
    })
    expect([sizes[254], sizes[255], sizes[510], sizes[511], sizes[599]]).toEqual([0, 256, 256, 512, 512])
    other.add(...print(1000))
    expect(other.size).toBe(512)
    other.leave()
    expect(one.size).toBe(513)
    one.leave()
    expect([one.size, one.inserted]).toEqual([601, 600])
  })

  it('grows when those that are left meet, and who joins then finds everything', () => {
    const table = sharedTable(22)
    const [one, gone] = [new SharedVisited(table), new SharedVisited(table)]
    const lengths = table.tables.map((memory) => memory.byteLength)
    expect(lengths).toEqual([2 ** 21, 2 ** 23, 2 ** 25])
    gone.leave()
    const grewAt: number[] = []
    const current = () => new Int32Array(table.control)[1]
    for (let i = 0, before = current(); i < 200_000; i++) {
      one.add(...print(i))
      if (current() !== before) grewAt.push(one.inserted)
      before = current()
    }
    // When a batch of 256 is full and more than three quarters of 2^18 slots are, but for 16 batches.
    expect(grewAt).toEqual([192_768])
    const late = new SharedVisited(table)
    let fresh = 0
    for (let i = 0; i < 200_000; i++) if (late.add(...print(i))) fresh++
    expect([fresh, late.add(...print(200_000)), one.add(...print(200_000))]).toEqual([0, true, false])
    expect(one.inserted).toBe(200_000)
    one.attend()
  })
})

it('a shared table has 2^18 slots, or 4, 16, 64, … times as many', () => {
  const says = (bits: number) => `a shared table has 2^18 slots or 4, 16, 64, … times as many, not 2^${String(bits)}`
  for (const bits of [10, 16, 19, 21]) expect(() => sharedTable(bits)).toThrow(says(bits))
  expect([18, 20, 22].map((bits) => sharedTable(bits).tables.length)).toEqual([1, 2, 3])
})

describe('the shared set, where another thread is in the middle of something', () => {
  /** The cells of the control block. */
  const [SIZE, TABLE, GROWING, PARKED, THREADS, LOCK] = [0, 1, 2, 3, 4, 5] as const
  const joined = () => {
    const table = sharedTable(20)
    return { table, visited: new SharedVisited(table), control: new Int32Array(table.control) }
  }
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('waits for the second lane of a fingerprint whose first lane is there', () => {
    const { table, visited } = joined()
    visited.add(7, 2)
    const lanes = new Int32Array(table.tables[0]!)
    const at = lanes.indexOf(7)
    lanes[at + 1] = 0
    let looks = 0
    const { load } = Atomics
    vi.spyOn(Atomics, 'load').mockImplementation((of, i) => {
      if (of.length > 8 && i === at + 1 && ++looks === 3) lanes[i] = 2
      return load(of, i)
    })
    expect([visited.add(7, 2), looks, visited.inserted]).toEqual([false, 3, 1])
  })

  it('goes on to the next slot where another takes the one that was free', () => {
    const { table, visited } = joined()
    visited.add(7, 1)
    const lanes = new Int32Array(table.tables[0]!)
    const at = lanes.indexOf(7)
    lanes[at] = lanes[at + 1] = 0
    const { compareExchange } = Atomics
    const exchanges = vi.spyOn(Atomics, 'compareExchange').mockImplementationOnce((of, i, a, b) => {
      lanes.set([8, 8], at)
      return compareExchange(of, i, a, b)
    })
    expect(visited.add(7, 1)).toBe(true)
    expect([...lanes.subarray(at, at + 4)]).toEqual([8, 8, 7, 1])
    expect(exchanges).toHaveBeenCalledTimes(2)
    // Or takes it for the same.
    lanes[at] = lanes[at + 1] = 0
    exchanges.mockImplementationOnce((of, i, a, b) => {
      lanes.set([7, 1], at)
      return compareExchange(of, i, a, b)
    })
    expect(visited.add(7, 1)).toBe(false)
  })

  it('waits while another thread has not yet come to let the table grow', () => {
    const { visited, control } = joined()
    visited.add(7, 1)
    control[THREADS] = 2
    control[GROWING] = 1
    const seen: number[][] = []
    const waits = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      seen.push([...control])
      if (seen.length === 2) {
        control[GROWING] = 0
        control[PARKED] = 0
        control[TABLE] = 1
      }
      return 'ok'
    })
    visited.attend()
    const parked = [0, 0, 1, 1, 2, 0, 0, 0]
    expect(seen).toEqual([parked, parked])
    expect(waits.mock.calls).toEqual([
      [control, TABLE, 0],
      [control, TABLE, 0]
    ])
    // The other has copied nothing here.
    expect(visited.add(7, 1)).toBe(true)
    visited.attend()
    expect(seen).toHaveLength(2)
  })

  it('lets the table grow when it is the last that comes, or leaves', () => {
    for (const last of ['attend', 'leave', 'add'] as const) {
      const { visited, table, control } = joined()
      visited.add(7, 1)
      control[THREADS] = 2
      control[PARKED] = 1
      control[GROWING] = 1
      const notified = vi.spyOn(Atomics, 'notify')
      if (last === 'add') visited.add(8, 1)
      else visited[last]()
      expect([control[TABLE], control[GROWING], control[PARKED], control[LOCK]]).toEqual([1, 0, 0, 0])
      expect(notified.mock.calls).toContainEqual([control, TABLE])
      notified.mockRestore()
      const other = new SharedVisited(table)
      expect([other.add(7, 1), other.add(8, 1)]).toEqual([false, last !== 'add'])
    }
  })

  it('does not grow it while others are still at work, nor where it need not', () => {
    const { visited, control } = joined()
    visited.leave()
    expect([...control]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
    control[GROWING] = 1
    control[THREADS] = 3
    control[PARKED] = 1
    visited.leave()
    expect([...control]).toEqual([0, 0, 1, 1, 2, 0, 0, 0])
  })

  it('looks again when it has the lock: another may have grown the table, or joined', () => {
    for (const [cell, value] of [
      [GROWING, 0],
      [THREADS, 4]
    ] as const) {
      const { visited, control } = joined()
      control[GROWING] = 1
      control[THREADS] = 3
      control[PARKED] = 2
      const { compareExchange } = Atomics
      vi.spyOn(Atomics, 'compareExchange').mockImplementationOnce((of, i, a, b) => {
        control[cell] = value
        return compareExchange(of, i, a, b)
      })
      visited.leave()
      expect([control[TABLE], control[PARKED], control[LOCK], control[SIZE]]).toEqual([0, 2, 0, 0])
    }
  })

  it('holds the lock while it joins', () => {
    const table = sharedTable(18)
    const control = new Int32Array(table.control)
    const { add } = Atomics
    const held: Array<number | undefined> = []
    vi.spyOn(Atomics, 'add').mockImplementation((of, i, n) => {
      held.push(control[LOCK])
      return add(of, i, n)
    })
    expect([new SharedVisited(table).size, held, control[LOCK], control[THREADS]]).toEqual([0, [1], 0, 1])
  })
})
