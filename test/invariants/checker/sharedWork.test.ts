import { describe, expect, test } from 'vitest'
import { sharedPaths, SharedWork } from '../../../invariants/checker/sharedWork.js'

const path = (...places: ReadonlyArray<number>): Int32Array => Int32Array.from(places)

describe('the work of several threads', () => {
  test('is over when all that have joined have nothing to do', () => {
    const paths = sharedPaths()
    const [one, other] = [new SharedWork(paths), new SharedWork(paths)]
    expect([one.take(), one.isOver, other.isOver]).toEqual([undefined, false, false])
    expect([other.take(), one.isOver, other.isOver]).toEqual([undefined, true, true])
  })

  test('is given by one and taken by another', () => {
    const paths = sharedPaths()
    const [busy, idle] = [new SharedWork(paths), new SharedWork(paths)]
    expect(busy.wanted).toBe(0)
    expect(idle.take()).toBeUndefined()
    expect(busy.wanted).toBeGreaterThan(0)
    busy.give((most) => [path(3, 1, 4), path(), path(1)].slice(0, most))
    expect([idle.take(), idle.take(), idle.take()]).toEqual([path(1), path(), path(3, 1, 4)])
    expect([idle.take(), idle.isOver]).toEqual([undefined, false])
    expect([busy.take(), busy.isOver]).toEqual([undefined, true])
  })

  test('asks for no more than there is room for', () => {
    const paths = sharedPaths()
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
    const paths = sharedPaths()
    const [one, other] = [new SharedWork(paths), new SharedWork(paths)]
    one.stop()
    expect(other.isOver).toBe(true)
    other.wait()
  })
})
