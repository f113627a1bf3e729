/**
 * What a thread of a parallel search does, several of them in one thread: each goes on when another pauses.
 */
import { describe, expect, test } from 'vitest'
import { mergeCoverage } from '../../../../invariants/checker/model/result.js'
import type { Descent } from '../../../../invariants/checker/search/descent.js'
import { SharedVisited, sharedTable } from '../../../../invariants/checker/threads/sharedVisited.js'
import { sharedPaths, SharedWork } from '../../../../invariants/checker/threads/sharedWork.js'
import { takePart } from '../../../../invariants/checker/threads/thread.js'
import type { Shared } from '../../../../invariants/checker/threads/thread.js'
import type { CompactSystem } from '../../../../invariants/checker/model/walker.js'
import { numberTree, withSteps } from '../../../support/numberTree.js'
import type { Bit } from '../../../support/numberTree.js'

/** The steps after which a thread pauses. */
const PAUSE = 2 ** 20

const memory = (): Shared => ({ table: sharedTable(18), paths: sharedPaths() })

/** How many are looking at the table, which all must leave before it grows. */
const threadsAt = ({ table }: Shared): number => new Int32Array(table.control)[4] ?? -1

describe('more threads than states', () => {
  test.each([1, 2, 3, 7, 15, 40])(
    'of a tree of %d numbers explore all of it, though the first joins last',
    async (size) => {
      const shared = memory()
      const early = Array.from({ length: 50 }, () => takePart(numberTree(size), shared, false))
      // The others have looked for work more than once by then.
      for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve))
      const shares = await Promise.all([takePart(numberTree(size), shared, true), ...early])
      expect(shares.reduce((sum, { states }) => sum + states, 0)).toBe(2 * size - 1)
    }
  )
})

describe('one thread', () => {
  test('goes through all', async () => {
    const shared = memory()
    expect(await takePart(numberTree(8), shared, true)).toEqual({
      states: 15,
      transitions: 14,
      deepest: 3,
      coverage: { kinds: { '0': 7, '1': 7 }, states: { even: 7 }, steps: {} },
      violation: undefined,
      sizes: { 'most states waiting': 5 }
    })
    expect([new SharedWork(shared.paths).isOver, threadsAt(shared)]).toEqual([true, 0])
    expect(new SharedVisited(shared.table).size).toBe(15)
  })

  test('stops where something is wrong, be it the initial state', async () => {
    for (const [bad, violation, states] of [
      [1, [], 1],
      [13, ['1', '0', '1'], 9]
    ] as const) {
      const shared = memory()
      const share = await takePart(numberTree(8, [bad]), shared, true)
      expect([share.violation?.actions, share.states]).toEqual([violation, states])
      expect([new SharedWork(shared.paths).isOver, threadsAt(shared)]).toEqual([true, 0])
    }
  })

  test('says how far it is after every 2^20 steps', async () => {
    const told: unknown[] = []
    const tell = (states: number, { transitions, deepest, frontier }: Descent<Bit>) =>
      told.push([states, transitions / PAUSE, deepest, frontier])
    await takePart(withSteps(numberTree(4), PAUSE), memory(), true, tell)
    // What all have visited is known by the hundreds.
    expect(told).toEqual([
      [0, 1, 1, 2],
      [0, 2, 2, 3],
      [0, 3, 2, 2],
      [0, 4, 2, 1],
      [0, 5, 2, 2],
      [0, 6, 2, 1],
      [0, 7, 2, 0]
    ])
    told.length = 0
    await takePart(withSteps(numberTree(4), PAUSE / 2), memory(), true, tell)
    expect(told).toEqual([
      [0, 1, 2, 3],
      [0, 2, 2, 1],
      [0, 3, 2, 1]
    ])
  })
})

describe('two threads', () => {
  test('go through all together, each through some', async () => {
    for (const below of [8, 64, 500]) {
      const shared = memory()
      const shares = await Promise.all([
        takePart(withSteps(numberTree(below), PAUSE), shared, true),
        takePart(withSteps(numberTree(below), PAUSE), shared, false)
      ])
      const sum = (of: (share: (typeof shares)[0]) => number) => shares.reduce((total, share) => total + of(share), 0)
      expect([sum(({ states }) => states), sum(({ transitions }) => transitions) / PAUSE]).toEqual([
        2 * below - 1,
        2 * below - 1
      ])
      expect(mergeCoverage(shares.map(({ coverage }) => coverage))).toEqual({
        kinds: { '0': below - 1, '1': below - 1 },
        states: { even: below - 1 },
        steps: {}
      })
      expect(Math.min(...shares.map(({ states }) => states))).toBeGreaterThan(below / 4)
      expect(threadsAt(shared)).toBe(0)
    }
  })

  test('stop when one has found something wrong', async () => {
    const shared = memory()
    const shares = await Promise.all([
      takePart(withSteps(numberTree(2000, [9]), PAUSE), shared, true),
      takePart(withSteps(numberTree(2000, [9]), PAUSE), shared, false)
    ])
    expect(shares.map(({ violation }) => violation?.actions)).toEqual([undefined, ['0', '0', '1']])
    // Of 3,999.
    expect(shares[0].states).toBeLessThan(2000)
  })

  test('stop when one fails', async () => {
    const shared = memory()
    const failing: CompactSystem<Bit> = {
      ...numberTree(2000),
      expand: () => {
        throw new RangeError('there is no room')
      }
    }
    const [first, second] = await Promise.all([
      takePart(withSteps(numberTree(2000), PAUSE), shared, true),
      takePart(failing, shared, false)
    ])
    expect(second.interruption).toMatchObject({ at: { start: 0 }, thrown: { message: 'there is no room' } })
    expect(first).toMatchObject({ violation: undefined, interruption: undefined })
    expect(first.states).toBeLessThan(1000)
    expect(threadsAt(shared)).toBe(0)
  })
})

test('a thread that waits for work lets the table grow', async () => {
  const shared = { table: sharedTable(20), paths: sharedPaths() }
  const busy = new SharedWork(shared.paths)
  const control = new Int32Array(shared.table.control)
  // The table is to grow, which it does when all are there.
  const [TABLE, GROWING] = [1, 2]
  control[GROWING] = 1
  const waiting = takePart(numberTree(8), shared, false)
  expect([control[TABLE], control[GROWING]]).toEqual([1, 0])
  busy.stop()
  expect(await waiting).toMatchObject({ states: 0, transitions: 0, deepest: 0, violation: undefined })
})
