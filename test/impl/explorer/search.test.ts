/**
 * Searches as the explorer makes them: they find what the catalogue expects, and their counterexamples can be walked along.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { openAddress } from '../../../impl/explorer/host.js'
import type { Systems } from '../../../impl/explorer/host.js'
import { searchOf } from '../../../impl/explorer/search.js'
import type { Search } from '../../../impl/explorer/search.js'
import { openSession } from '../../../impl/explorer/session.js'
import type { Session } from '../../../impl/explorer/session.js'
import { catalogue, nameOf } from '../../../invariants/systems/index.js'

const systems: Systems = Object.fromEntries(catalogue.map((one) => [nameOf(one), () => Promise.resolve(one)]))

const session = async (address: string): Promise<Session> => {
  const found = await openAddress(systems, address)
  if (E.isLeft(found)) throw new Error(found.left)
  return found.right
}

const all: Search = { _tag: 'All', order: 'breadth-first', maxStates: 1_000_000 }
const search = async (address: string, how: Search = all) => searchOf(await session(address), how, () => {})

/** What the end of a counterexample violates, walked along. */
const atEndOf = async (address: string, found: Awaited<ReturnType<typeof search>>): Promise<ReadonlyArray<string>> => {
  const path = found.counterexample?.path
  const walked = path && (await session(address)).follow(path)
  if (walked === undefined || E.isLeft(walked)) throw new Error(walked?.left ?? 'there is no counterexample')
  return walked.right.shown().failures
}

describe('a search', () => {
  test('of all executions counts what the catalogue expects', async () => {
    const progress: number[] = []
    const result = await searchOf(await session('system=toychain&--mints=1'), all, ({ states }) => {
      progress.push(states)
    })
    expect(result).toMatchObject({
      verdict: 'holds',
      says: 'all that is checked holds in all 107 reachable states',
      states: 107,
      engine: 'interned',
      counterexample: undefined
    })
    expect(progress.length).toBeGreaterThan(0)
  })

  test('that is bounded says that there is more', async () => {
    expect(await search('system=toychain', { ...all, maxStates: 1000 })).toMatchObject({
      verdict: 'undecided',
      says: 'no violation in the first 1 000 states: there are more',
      states: 1000
    })
  })

  test.each([
    ['system=ladder&--nodes=3&--quorum=2', 4],
    ['system=toychain&--nodes=3&--losses=1', 2],
    ['system=contracts/dao', 9],
    ['system=contracts/counter', 4]
  ])('of %s finds a shortest counterexample, of %i steps, and it can be walked along', async (address, steps) => {
    const found = await search(address)
    expect([found.verdict, found.says]).toEqual([
      'violated',
      `an invariant is violated after ${String(steps)} steps, and after no fewer`
    ])
    expect(found.counterexample?.path.places).toHaveLength(steps)
    expect(await atEndOf(address, found)).toEqual(found.counterexample?.failures)
  })

  test('depth first, or at random, finds one too, and does not say that it is a shortest', async () => {
    const address = 'system=toychain&--nodes=3&--losses=1'
    const ways: ReadonlyArray<Search> = [
      { _tag: 'All', order: 'depth-first', maxStates: 100_000 },
      { _tag: 'Random', seed: 3, runs: 200, steps: 40 }
    ]
    for (const way of ways) {
      const found = await search(address, way)
      expect(found.says).toMatch(/^an invariant is violated after \d+ steps?$/)
      expect(await atEndOf(address, found)).toEqual(found.counterexample?.failures)
    }
  })

  test('at random that finds nothing says that this is no proof', async () => {
    expect(await search('system=toychain', { _tag: 'Random', seed: 1, runs: 5, steps: 10 })).toMatchObject({
      verdict: 'undecided',
      says: expect.stringMatching(/^no violation in 5 random executions, which visited \d+ states: no proof/) as string
    })
  })

  test('finds an execution that goes on for ever, which can be walked along', async () => {
    const broken = systems['broadcast']
    if (broken === undefined) throw new Error('there is no broadcast')
    const opened = openSession(await broken(), { mutant: 'all-echoes' })
    if (E.isLeft(opened)) throw new Error(opened.left.says)
    const found = await searchOf(opened.right, all, () => {})
    expect(found.says).toMatch(/^«.+» is violated by an execution that goes on for ever, of \d+ steps?$/)
    const path = found.counterexample?.path
    expect(path?.loop).toBe(path?.places.length)
    const walked = path && opened.right.follow(path)
    if (walked === undefined || E.isLeft(walked)) throw new Error(walked?.left ?? 'there is no counterexample')
    const { failures, loop, address } = walked.right.shown()
    expect([failures, loop]).toEqual([found.counterexample?.failures, path?.loop])
    // It can be shared, and what is before its end goes on as usual.
    expect((await session(address)).shown().failures).toEqual(failures)
    expect(walked.right.goTo(1).shown().loop).toBeUndefined()
  })
})
