import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { relatedChains } from '../../../invariants/blockchain/arbitraries.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import { holds } from '../../support/property.js'
import type { B, Chain } from '../../support/toychains.js'

const block = (proof: number): B => ({ prevBlockHash: hashOf(''), txs: [], proof })
const genesis = block(0)
const drawn = fc.integer({ min: 1, max: 9 }).map(block)

/** A chain by the proofs of its blocks; 0 is genesis. */
const text = (bc: Chain): string => bc.map(({ proof }) => proof).join('')

describe('related chains', () => {
  test('are as many as one asks for, made of genesis and at most three other blocks', () => {
    holds(
      fc.nat(4).chain((count) => fc.tuple(fc.constant(count), relatedChains(genesis, drawn, count))),
      ([count, chains], meet) => {
        expect(chains).toHaveLength(count)
        const different = new Set(chains.map(text).join(''))
        if (different.has('0')) meet('with genesis')
        different.delete('0')
        expect(different.size).toBeLessThanOrEqual(3)
        if (different.size === 3) meet('three others')
      },
      { runs: 300, met: { 'with genesis': 100, 'three others': 5 } }
    )
  })

  test('often have to do with one another', () => {
    holds(
      relatedChains(genesis, drawn, 2),
      ([first = [], second = []], meet) => {
        const [a, b] = [text(first), text(second)]
        const common = first.findIndex(({ proof }, i) => proof !== second[i]?.proof)
        if (a === '') meet('empty')
        if (a === b) meet('equal')
        if (a !== b && b.startsWith(a) && a !== '') meet('prefix')
        if (a !== b && b.includes(a) && !b.startsWith(a)) meet('part further on')
        if (a !== b && a.length === b.length) meet('of equal length')
        if (common > 0 && b.length > common) meet('fork')
        if (a !== b && a.length === b.length && a.at(0) === b.at(0) && a.at(-1) === b.at(-1)) meet('differ inside')
        if (a !== b && a.length > 2 && a === text(second.toReversed())) meet('turned around')
        if (new Set(a).size < a.length) meet('repetition')
      },
      {
        runs: 4000,
        met: {
          empty: 500,
          equal: 500,
          prefix: 120,
          'part further on': 100,
          // About one in five; an exchange that was not of as many blocks would make it one in six.
          'of equal length': 780,
          fork: 500,
          'differ inside': 50,
          'turned around': 10,
          repetition: 1400
        }
      }
    )
  })
})
