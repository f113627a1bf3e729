/**
 * Classics, counted: as systems of components and on nested lists they have as many states as TLC counts for their
 * specifications.
 */
import { describe, expect, test } from 'vitest'
import { exhaustive } from '../../invariants/checker/index.js'
import type { Result } from '../../invariants/checker/index.js'
import { deep } from '../support/deep.js'
import { lamportMutex, lamportMutexPlain } from './lamportMutex.js'
import { paxosComponents, paxosOnLists } from './paxosComponents.js'

/** What two forms of one system have in common. */
const counts = ({ states, transitions, depth, complete, coverage, counterexample }: Result<unknown, unknown>) => ({
  states,
  transitions,
  depth,
  complete,
  kinds: coverage.kinds,
  holds: counterexample === undefined
})

describe("Lamport's mutual exclusion", () => {
  test('has the same executions as a system of components and on lists', async () => {
    for (const options of [
      { processes: 2, maxClock: 5 },
      { processes: 3, maxClock: 3 }
    ]) {
      const found = counts(await exhaustive(lamportMutex(options)))
      expect(found).toMatchObject({ complete: true, holds: true })
      expect(counts(await exhaustive(lamportMutexPlain(options)))).toEqual(found)
      expect(counts(await exhaustive(lamportMutexPlain(options), { plain: true }))).toEqual(found)
    }
  })

  // As the manifest of tlaplus/Examples has it: 724,274 distinct states, 61 of them in a row.
  test('of three processes with clocks to 6 has 724,274 states', { timeout: 120_000 }, async () => {
    const { states, transitions, depth, engine } = await exhaustive(lamportMutex({ processes: 3, maxClock: 6 }))
    expect([states, transitions, depth, engine]).toEqual([724_274, 2_496_350, 60, 'interned'])
  })
})

describe('Paxos', () => {
  const paxos = (ballots: number) => ({ acceptors: 3, quorum: 2, ballots, values: 2 })

  test('has the same executions as a system of components and on lists', async () => {
    for (const ballots of [1, 2]) {
      const found = counts(await exhaustive(paxosComponents(paxos(ballots))))
      expect(found).toMatchObject({ complete: true, holds: true, states: ballots === 1 ? 73 : 3921 })
      expect(counts(await exhaustive(paxosOnLists(paxos(ballots))))).toEqual(found)
      expect(counts(await exhaustive(paxosOnLists(paxos(ballots)), { plain: true }))).toEqual(found)
    }
  })

  test('of three ballots has 185,369 states, whichever way it is searched', { timeout: 120_000 }, async () => {
    const orders = ['breadth-first', 'depth-first', ...(deep ? (['iterative-deepening'] as const) : [])] as const
    for (const order of orders) {
      const { states, transitions, depth } = await exhaustive(paxosComponents(paxos(3)), { order })
      expect([order, states, transitions, depth]).toEqual([order, 185_369, 1_316_583, 24])
    }
  })

  test('is broken by quorums that need not meet, by executions of one length', async () => {
    const options = { ...paxos(2), quorum: 1 }
    const found = await exhaustive(paxosComponents(options))
    expect(found.counterexample?.failures.map(({ path }) => path)).toEqual([['agreement']])
    const onLists = await exhaustive(paxosOnLists(options))
    expect(onLists.counterexample?.actions).toHaveLength(found.counterexample?.actions.length ?? 0)
  })
})
