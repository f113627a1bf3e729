/**
 * How often conditional conjuncts have anything to check.
 */
import { describe, expect, test } from 'vitest'
import { bounds, cliqueInvariants, toychainModel } from '../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered } from '../../../invariants/blockchain/playable.js'
import { premises, premisesMet } from '../../../invariants/blockchain/premises.js'
import { exhaustive } from '../../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../../invariants/checker/search/randomized.js'
import { failures, leaves } from '../../../invariants/property/invariant.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import { longestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { explore } from '../../support/explore.js'

const limits = bounds(2, 1, 0)
const model = toychainModel(playNumbered, limits)

describe('the premises of the invariants of a clique', () => {
  test('are premises of conjuncts that there are', () => {
    const paths = cliqueInvariants(model.toychain).flatMap((invariant) =>
      leaves(invariant).map(([path]) => path.join(' ▸ '))
    )
    for (const conjunct of premises(model.toychain).flatMap(({ of }) => of))
      expect(paths.some((path) => path.includes(conjunct))).toBe(true)
  })

  test('hold at first, and say so', () => {
    const [start] = model.system.initial
    expect(premises(model.toychain).map(({ never }) => failures(never, start!).map(({ witness }) => witness))).toEqual([
      ['nothing is in flight to any node'],
      ['no block is in flight to any node'],
      ['no two blocks with one hash have met, nor will they']
    ])
  })

  test('hold in as many states as brute force counts', async () => {
    const met = await premisesMet(playNumbered, limits, (m) => exhaustive(m))
    const states = [...explore(model.system, model.key).states.values()]
    expect(met.map((one) => one.met)).toEqual(
      premises(model.toychain).map(({ never }) => states.filter((s) => failures(never, s).length > 0).length)
    )
    expect(met.map(({ of, met: times, among }) => [of.join(), times, among])).toEqual([
      ['clique_eventual_consensus', 3, 107],
      ['block_quiescent_agreement', 69, 107],
      ['GSyncing_clique ▸ 1,GSyncing_clique ▸ 2', 107, 107]
    ])
    const quiet = states.filter(({ world }) => world.inFlightMsgs.length === 0)
    const blockQuiet = states.filter(({ world }) => world.inFlightMsgs.every(({ msg }) => msg._tag !== 'BlockMsg'))
    expect([quiet.length, blockQuiet.length]).toEqual([3, 69])
  })

  test('are counted in random runs at each visit', async () => {
    const met = await premisesMet(playNumbered, limits, (m) => randomized(m, { seed: 1, runs: 5 }))
    expect(met.map(({ met: times, among }) => [times, among])).toEqual([
      [10, 40],
      [25, 40],
      [40, 40]
    ])
  })

  test('fail where all blocks collide', async () => {
    const colliding = { ...playLongestChain, instance: longestChain({ hashB: () => hashOf('h') }) }
    const met = await premisesMet(colliding, bounds(2, 1, 0, { blockOnly: true }), (m) => exhaustive(m))
    expect(met.map(({ met: times, among }) => [times, among])).toEqual([
      [2, 8],
      [2, 8],
      [1, 8]
    ])
  })
})
