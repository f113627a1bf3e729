import { describe, expect, test } from 'vitest'
import { exhibits } from '../../../../invariants/blockchain/museum/index.js'
import { forkChoiceExhibit } from '../../../../invariants/blockchain/museum/forkChoice.js'
import {
  forkChoiceWithoutTieBreak,
  forkChoiceWithTypo
} from '../../../../invariants/blockchain/museum/brokenForkChoices.js'
import { hashOf } from '../../../../spec/blockchain/codec.js'
import { proofOfWork } from '../../../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../../../spec/blockchain/instances/typesImpl.js'
import { MUSEUM, museumPage } from '../../../../scripts/docs/museum.js'
import { read } from '../../../../scripts/docs/pages.js'
import { deep } from '../../../support/deep.js'

/** What each search finds: how long or large, and what it objects. */
const FOUND: Readonly<Record<string, ReadonlyArray<readonly [string, ReadonlyArray<string>]>>> = {
  'get-data': [
    ['4 steps', ['no genesis sent ▸ answer ▸ node 1: is being sent the genesis block']],
    ['9 steps', ['pools agree at rest ▸ one pool ▸ node 1: holds [], but node 0 holds [t1]']]
  ],
  'fork-choice': [
    ['4 blocks', ['FCR_trans fails: A ⊐ B and B ⊐ C, but not A ⊐ C']],
    ['0 blocks', ['FCR_nrefl fails: A ⊐ A']],
    ['2 blocks', ['a < b and b < c, but not a < c']],
    ['4 steps', ['clique_inv ▸ GSyncing_clique ▸ 2 ▸ node 1: its chain g ← 1@1 is better than the canonical g ← 2@2']]
  ],
  'injective-hash': [
    ['4 steps', ['clique_eventual_consensus ▸ largest ▸ node 2: has the chain g, but node 1 has the better g ← 1@1']],
    [
      '2 steps',
      [
        'clique_inv ▸ GSyncing_clique ▸ 4 ▸ node 2: block 2@1 will be an orphan: its chain is 2@1',
        'clique_inv ▸ GSyncing_clique ▸ 6 ▸ node 2: has, with what is in flight, {0x28, g}, expected {0x28, g}'
      ]
    ]
  ],
  'canonical-node': [['2 steps', ['clique_inv of January 2019 ▸ 1: no node has the canonical tree {1@0, 2@1, g}']]],
  'null-packets': [
    ['1 step', ['the network is at rest in none of the 107 states that can be reached from here']],
    ['3 steps', ['at most 3 in flight: 4 packets are in flight']]
  ],
  'double-spending': [['5 steps', ['no_double_spending ▸ overdrawn ▸ node 1: alice has -10']]]
}

/** How much each search has looked at: on the mutant up to what it finds, then on each of the controls. */
const LOOKED: Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>> = {
  'get-data': [
    ['F201: 22 states', 'F201: 111 states, all that are reachable'],
    ['F201 1 lost: 309 states', 'F201 1 lost: 218 states, all that are reachable']
  ],
  'fork-choice': [
    ['806 inputs', '6652 inputs, all that there are'],
    ['1 input', '364 inputs, all that there are'],
    ['82 inputs', '512 inputs, all that there are'],
    ['weighed B340: 445 states', 'weighed B340: 3388 states, all within 5 steps']
  ],
  'injective-hash': [
    [
      'cpp18 numbered (6-bit hash) B220: 44 states',
      'cpp18 numbered (256-bit hash) B220: 89 states, all that are reachable',
      'numbered (6-bit hash) B220: 89 states, all that are reachable'
    ],
    [
      'cpp18 numbered (6-bit hash) B220: 6 states',
      'cpp18 numbered (256-bit hash) B220: 89 states, all that are reachable',
      'numbered (6-bit hash) B220: 89 states, all that are reachable'
    ]
  ],
  'canonical-node': [['B220: 7 states', 'B220: 89 states, all that are reachable']],
  'null-packets': [
    [
      'cpp18 lottery F220: 108 states, all that are reachable; the network is at rest in 1 of them',
      'lottery F220: 108 states, all that are reachable; the network is at rest in 4 of them'
    ],
    ['cpp18 F200: 7 states', 'F200: 11 states, all that are reachable']
  ],
  'double-spending': [['cpp18 payments B212: 341 states', 'payments B212: 1442 states, all that are reachable']]
}

describe.each(exhibits)('$name', ({ name, believed, explanation, sources, searches }) => {
  test('says what was believed, what is the case, and where that is to be seen', () => {
    expect([believed, ...explanation].every((text) => text.length > 50)).toBe(true)
    for (const { commit, date } of sources) {
      expect(commit).toMatch(/^[0-9a-f]{7}$/)
      expect(date).toMatch(/^201[789]-\d\d-\d\d$/)
    }
    expect(sources.map(({ date }) => date)).toEqual(sources.map(({ date }) => date).toSorted())
  })

  test.each(searches.map((search, i) => [search.asks, search, FOUND[name]?.[i], LOOKED[name]?.[i]] as const))(
    '%s The mutant is refuted by the shortest way, and nothing else is',
    async (_, { mutant, controls }, expected, all) => {
      const { found, looked } = await mutant.run()
      expect([found?.size, found?.objections]).toEqual(expected)
      expect(found?.explained).not.toBe('')
      const others = []
      for (const { run } of controls) others.push(await run())
      expect(others.map((other) => other.found)).toEqual(controls.map(() => undefined))
      expect([looked, ...others.map((other) => other.looked)]).toEqual(all)
    }
  )
})

describe('the fork choices that were wrong', () => {
  const { types } = proofOfWork({})
  const block = (proof: number) => ({ prevBlockHash: hashOf('0x'), txs: [], proof })
  const [light, other, heavy] = [block(1), block(2), block(10)]
  /** A block of the number n has the work n; where all have none, only the other tests decide. */
  const work = (bc: ReadonlyArray<{ readonly proof: number }>) => bc.reduce((sum, { proof }) => sum + proof, 0)
  const none = () => 0

  test('prefer more work', () => {
    for (const FCR of [forkChoiceWithoutTieBreak<TypesImpl>(work), forkChoiceWithTypo<TypesImpl>(types, work)])
      expect([FCR([heavy], [light, other]), FCR([light, other], [heavy])]).toEqual([true, false])
  })

  test('of equal work: the first prefers what is not shorter, and the second a shorter chain of smaller contents too', () => {
    const first = forkChoiceWithoutTieBreak<TypesImpl>(none)
    expect([first([light, other], [heavy]), first([heavy], [light]), first([heavy], [light, other])]).toEqual([
      true,
      true,
      false
    ])
    const second = forkChoiceWithTypo<TypesImpl>(types, none)
    expect([second([heavy, light], [light]), second([light], [other]), second([other], [light])]).toEqual([
      true,
      true,
      false
    ])
    expect([second([light], [heavy, light]), second([heavy], [light, light])]).toEqual([true, false])
  })
})

describe('what exposes a fork choice or an order', () => {
  test('is spelt out', async () => {
    const found = []
    for (const { mutant } of forkChoiceExhibit().searches.slice(0, 3)) found.push((await mutant.run()).found?.explained)
    expect(found).toEqual([
      ['A = [block 1 of work 2]', 'B = [block 2 of work 1, block 2 of work 1]', 'C = [block 1 of work 2]'].join('\n'),
      'A = []',
      ['a = {txs: [], prev: p, proof: 1}', 'b = {txs: [], prev: q, proof: 0}', 'c = {txs: [], prev: p, proof: 1}'].join(
        '\n'
      )
    ])
  })
})

describe('further searches', () => {
  test.runIf(deep)('the fork choice as it is: nothing is found within 8 steps either', async () => {
    const { mutant, controls } = forkChoiceExhibit(8).searches.at(-1)!
    expect((await mutant.run()).found?.size).toBe('4 steps')
    for (const { run } of controls) expect((await run()).found).toBeUndefined()
  })

  test.runIf(deep)('docs/museum.md is what its script makes', async () => {
    const { page, problems } = await museumPage()
    expect(problems).toEqual([])
    expect(page === read(MUSEUM), 'run `npx tsx scripts/docs/museum.ts`').toBe(true)
  })
})
