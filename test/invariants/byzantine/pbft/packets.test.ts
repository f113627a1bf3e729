/**
 * PBFT by packets at random: every invariant in every state, every step one of PBFT on one number, and every phase is reached.
 */
import { describe, expect, test } from 'vitest'
import { packetConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../../invariants/byzantine/pbft/configuration.js'
import { nodeGoals } from '../../../../invariants/byzantine/pbft/goals.js'
import { pbftNetwork } from '../../../../invariants/byzantine/pbft/network.js'
import { protocolModel, randomized } from '../../../../invariants/checker/index.js'
import { deep } from '../../../support/deep.js'

const atRandom = (c: PbftConfiguration, runs: number, steps: number) =>
  randomized(protocolModel(pbftNetwork()(c)), { seed: 1, runs, steps })

const more = { requests: 2, refines: 'a' } as const
const times = deep ? 40 : 1

describe('all hold in random executions', () => {
  test('where all are honest, and every phase is reached', async () => {
    const { counterexample, fault, coverage } = await atRandom(packetConfiguration(2, 'none', more), 8 * times, 300)
    expect([counterexample, fault]).toEqual([undefined, undefined])
    for (const { name } of nodeGoals) expect([name, coverage.states[name]! > 0]).toEqual([name, true])
  }, 1_200_000)

  test.each<[PbftConfiguration['byzantine'], number]>([
    ['0', 2],
    ['1', 2],
    ['3', 1]
  ])(
    'where replica %s lies',
    async (byzantine, lastView) => {
      const { counterexample, fault, coverage } = await atRandom(
        packetConfiguration(lastView, byzantine, more),
        3 * times,
        300
      )
      expect([counterexample, fault]).toEqual([undefined, undefined])
      expect(coverage.states['executed']).toBeGreaterThan(0)
    },
    1_200_000
  )
})
