import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { longestChain } from '../../../spec/blockchain/instances/longestChain.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { bcLast, FCR_geq, subchain } from '../../../spec/blockchain/parameters.js'
import { holds } from '../../support/property.js'

const { types, params } = longestChain()
const block = (proof: number) => ({ prevBlockHash: hashOf('p'), txs: [transactionOf('t')], proof })
/** Chains as words over two letters, made anew each time, so that equal blocks are not identical. */
const word = fc.array(fc.nat(1), { maxLength: 5 })
const chain = (letters: ReadonlyArray<number>) => letters.map(block)

describe('of two chains', () => {
  test('one is a subchain of the other iff its spelling is part of the other', () => {
    const parts = fc
      .tuple(word, word, word, fc.boolean())
      .map(([p, s, q, within]) => [s, within ? [...p, ...s, ...q] : [...p, ...q]] as const)
    holds(
      parts,
      ([s, t], meet) => {
        const expected = t.join('').includes(s.join(''))
        meet(expected ? 'part' : 'no part')
        expect(subchain<TypesImpl>(types)(chain(s), chain(t))).toBe(expected)
      },
      { runs: 400, met: { part: 100, 'no part': 40 } }
    )
  })

  test('one is at least the other iff it is the same or better', () => {
    const geq = FCR_geq<TypesImpl>(types, params)
    holds(
      fc.tuple(word, word),
      ([s, t], meet) => {
        const same = s.join('') === t.join('')
        if (same) meet('same')
        expect(geq(chain(s), chain(t))).toBe(same || params.FCR(chain(s), chain(t)))
      },
      { runs: 400, met: { same: 10 } }
    )
    expect([geq(chain([0]), chain([])), geq(chain([]), chain([0])), geq(chain([]), chain([]))]).toEqual([
      true,
      false,
      true
    ])
  })
})

test('the last block of a chain is genesis where the chain is empty', () => {
  expect(bcLast(params)([])).toBe(params.GenesisBlock)
  expect(bcLast(params)(chain([0, 1]))).toEqual(block(1))
})
