/**
 * The theorem of the repair ladder, on all small ladders: agreement holds iff two quorums have an honest node in common.
 */
import { describe, expect, test } from 'vitest'
import { placesOf, quorumMap, quorumVerdict } from '../../../../invariants/byzantine/ladder/quorumMap.js'
import type { QuorumVerdict } from '../../../../invariants/byzantine/ladder/quorumMap.js'
import { deep } from '../../../support/deep.js'

const agrees = (map: ReadonlyArray<QuorumVerdict>): ReadonlyArray<unknown> =>
  map.map(({ nodes, liars, quorum, phases, agreement }) => [nodes, liars, quorum, phases, agreement])
const asTold = (map: ReadonlyArray<QuorumVerdict>): ReadonlyArray<unknown> =>
  map.map(({ nodes, liars, quorum, phases, meets }) => [nodes, liars, quorum, phases, meets ? 'holds' : 'violated'])

describe('agreement holds iff 2 q - N > f', () => {
  test.each([[3, 2, 3], [3, 3, 3], [4, 2, 8], ...(deep ? ([[4, 3, 8]] as const) : [])] as const)(
    'of %d nodes in %d phases, with all liars and quorums',
    async (nodes, phases, places) => {
      const map = await quorumMap(placesOf(nodes, phases))
      expect(map).toHaveLength(places)
      expect(agrees(map)).toEqual(asTold(map))
    }
  )

  test('of five nodes too', async () => {
    const all = placesOf(5, 2)
    expect(all).toHaveLength(15)
    const map = await quorumMap(deep ? all : all.filter(({ liars, quorum }) => liars === 3 || 2 * quorum - 5 <= liars))
    expect(agrees(map)).toEqual(asTold(map))
    expect(new Set(map.map(({ agreement }) => agreement))).toEqual(new Set(['holds', 'violated']))
  })
})

test('one phase is never enough, whatever the quorum', async () => {
  const map = await quorumMap(placesOf(4, 1))
  expect(map.map(({ agreement, steps }) => [agreement, steps])).toEqual(map.map(() => ['violated', 2]))
})

test('the more nodes have to agree, the longer is the lie', async () => {
  const map = await quorumMap(placesOf(4, 2))
  expect(map.map(({ liars, quorum, steps, states }) => [liars, quorum, steps, states])).toEqual([
    [1, 1, 2, 10],
    [1, 2, 4, 99],
    [1, 3, undefined, 3492],
    [1, 4, undefined, 3492],
    [2, 1, 2, 14],
    [2, 2, 4, 170],
    [2, 3, 6, 653],
    [2, 4, undefined, 1035]
  ])
})

test('nothing is said where the search is cut off', async () => {
  const verdict = await quorumVerdict({ nodes: 4, liars: 1, quorum: 3, phases: 2 }, 100)
  expect(verdict).toMatchObject({ agreement: 'unknown', steps: undefined, states: 100, meets: true })
})

test('two nodes have to be honest at least', () => {
  expect([placesOf(2, 2), placesOf(0, 2)]).toEqual([[], []])
})
