import { describe, expect, test, vi } from 'vitest'
import { LONGEST_PATH, sharedPaths, SharedWork } from '../../../../invariants/checker/threads/sharedWork.js'

/** Paths of a search that has begun. */
const begunPaths = () => {
  const paths = sharedPaths()
  new Int32Array(paths.control)[6] = 1
  return paths
}

const path = (...places: ReadonlyArray<number>): Int32Array => Int32Array.from(places)

describe('the work of several threads', () => {
  test('is over when all that have joined have nothing to do', () => {
    const paths = begunPaths()
    const [one, other] = [new SharedWork(paths), new SharedWork(paths)]
    expect([one.take(), one.isOver, other.isOver]).toEqual([undefined, false, false])
    expect([other.take(), one.isOver, other.isOver]).toEqual([undefined, true, true])
  })

  test.each([1, 2, 3, 300])(
    'is not over for %d threads that have nothing to do before the first has begun',
    (count) => {
      const paths = sharedPaths()
      const early = Array.from({ length: count }, () => new SharedWork(paths))
      for (const thread of [...early, ...early]) expect([thread.take(), thread.isOver]).toEqual([undefined, false])
      const first = new SharedWork(paths)
      first.begin()
      for (const thread of early) expect([thread.take(), thread.isOver]).toEqual([undefined, false])
      expect([first.take(), first.isOver, early[0]?.isOver]).toEqual([undefined, true, true])
    }
  )

  test('is given by one and taken by another', () => {
    const paths = begunPaths()
    const [busy, idle] = [new SharedWork(paths), new SharedWork(paths)]
    expect(busy.wanted).toBe(0)
    expect(idle.take()).toBeUndefined()
    expect(busy.wanted).toBeGreaterThan(0)
    busy.give((most) => [path(3, 1, 4), path(), path(1)].slice(0, most))
    expect([idle.take(), idle.take(), idle.take()]).toEqual([path(1), path(), path(3, 1, 4)])
    expect([idle.take(), idle.isOver]).toEqual([undefined, false])
    expect([busy.take(), busy.isOver]).toEqual([undefined, true])
  })

  test('is wanted for each thread that has nothing to do, less what is there', () => {
    const paths = begunPaths()
    const [busy, idle, other] = [new SharedWork(paths), new SharedWork(paths), new SharedWork(paths)]
    idle.take()
    expect(busy.wanted).toBe(16)
    // Who asks again is idle once.
    idle.take()
    expect(busy.wanted).toBe(16)
    other.take()
    expect(busy.wanted).toBe(32)
    busy.give((most) => Array.from({ length: most - 2 }, (_, i) => path(i)))
    expect(busy.wanted).toBe(2)
    // A path goes, and with it one who wants some: there are 29 for one.
    expect(idle.take()).toEqual(path(29))
    expect(busy.wanted).toBe(0)
    // Who has something to do may take more.
    expect(idle.take()).toEqual(path(28))
    for (let i = 27; i > 0; i--) idle.take()
    expect([busy.wanted, other.take(), busy.wanted]).toEqual([15, path(0), 0])
    expect([idle.take(), busy.wanted, busy.isOver]).toEqual([undefined, 16, false])
  })

  test('keeps paths of the greatest length apart, and those that were given before', () => {
    const paths = begunPaths()
    const [busy, idle, other] = [new SharedWork(paths), new SharedWork(paths), new SharedWork(paths)]
    for (const thread of [idle, other]) thread.take()
    const long = (from: number) => Int32Array.from({ length: LONGEST_PATH }, (_, i) => from + i)
    busy.give(() => [long(1), long(2)])
    busy.give(() => [long(3)])
    busy.give(() => [])
    expect([idle.take(), idle.take(), idle.take(), idle.take()]).toEqual([long(3), long(2), long(1), undefined])
    busy.give(() => Array.from({ length: 64 }, (_, i) => long(i)))
    expect(Array.from({ length: 64 }, () => idle.take()?.[0])).toEqual(Array.from({ length: 64 }, (_, i) => 63 - i))
  })

  test('asks for no more than there is room for', () => {
    const paths = begunPaths()
    const threads = Array.from({ length: 10 }, () => new SharedWork(paths))
    for (const thread of threads.slice(1)) thread.take()
    const asked: number[] = []
    for (let i = 0; i < 3; i++)
      threads[0]?.give((most) => {
        asked.push(most)
        return Array.from({ length: most }, (_, k) => path(k))
      })
    expect(asked).toEqual([64, 0, 0])
  })

  test('ends for all when one stops it', () => {
    const paths = begunPaths()
    const [one, other] = [new SharedWork(paths), new SharedWork(paths)]
    one.stop()
    expect(other.isOver).toBe(true)
    other.wait()
  })

  test('tells threads that wait when a path is there, and when it is over', () => {
    const paths = begunPaths()
    const signals = (): number => new Int32Array(paths.control)[5] ?? -1
    const [busy, idle] = [new SharedWork(paths), new SharedWork(paths)]
    idle.take()
    const seen = [signals()]
    for (const given of [[], [path(1)], [path(2), path(3)]]) {
      busy.give(() => given)
      seen.push(signals())
    }
    busy.stop()
    expect([...seen, signals()]).toEqual([0, 0, 1, 2, 3])
  })

  test('is waited for while there is none, and no longer', () => {
    const paths = begunPaths()
    const [busy, idle] = [new SharedWork(paths), new SharedWork(paths)]
    const waited = vi.spyOn(Atomics, 'wait')
    idle.wait()
    expect(waited).toHaveBeenCalledTimes(1)
    busy.give(() => [path(1)])
    waited.mockClear()
    idle.wait()
    expect(waited).not.toHaveBeenCalled()
    idle.take()
    busy.stop()
    idle.wait()
    expect(waited).not.toHaveBeenCalled()
    waited.mockRestore()
  })
})
