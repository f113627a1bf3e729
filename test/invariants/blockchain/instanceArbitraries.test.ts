import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Arbitraries } from '../../../invariants/blockchain/arbitraries.js'
import {
  bitcoinArbitraries,
  implArbitraries,
  numberedArbitraries,
  paymentArbitraries
} from '../../../invariants/blockchain/instanceArbitraries.js'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import type { Types } from '../../../spec/blockchain/types.js'

/** How many different values each part of what is drawn takes; parts of records are named by their paths. */
const variety = <X>(arbitrary: fc.Arbitrary<X>): Readonly<Record<string, number>> => {
  const values = new Map<string, Set<string>>()
  const add = (path: string, x: unknown): void => {
    if (typeof x === 'object' && x !== null && !Array.isArray(x)) {
      for (const [field, y] of Object.entries(x)) add(path === '' ? field : `${path}.${field}`, y)
    } else values.set(path, (values.get(path) ?? new Set()).add(canonical(Array.isArray(x) ? x.length : x)))
  }
  for (const x of fc.sample(arbitrary, { numRuns: 500, seed: 2018 })) add('', x)
  return Object.fromEntries([...values].map(([path, { size }]) => [path, size]))
}

const ofBlocks = <T extends Types>({ block }: Arbitraries<T>) => variety(block)
const ofTransactions = <T extends Types>({ transaction }: Arbitraries<T>) => variety(transaction)

describe('what is drawn for an instance takes every value in each of its parts', () => {
  test('on plain blocks', () => {
    expect(ofBlocks(implArbitraries)).toEqual({ prevBlockHash: 4, txs: 3, proof: 8 })
    expect(ofTransactions(implArbitraries)).toEqual({ '': 3 })
  })

  test('on numbered blocks', () => {
    expect(ofBlocks(numberedArbitraries)).toEqual({ prevBlockHash: 4, txs: 3, 'proof.minter': 3, 'proof.k': 4 })
    expect(ofTransactions(numberedArbitraries)).toEqual({ '': 3 })
  })

  test('on headers of Bitcoin', () => {
    expect(ofBlocks(bitcoinArbitraries)).toEqual({
      prevBlockHash: 3,
      txs: 3,
      'proof.version': 2,
      'proof.time': 4,
      'proof.bits': 5,
      'proof.nonce': 4
    })
    expect(ofTransactions(bitcoinArbitraries)).toEqual({ '': 3 })
  })

  test('on payments', () => {
    expect(ofBlocks(paymentArbitraries)).toEqual({ prevBlockHash: 4, txs: 3, proof: 4 })
    expect(ofTransactions(paymentArbitraries)).toEqual({ from: 3, to: 3, amount: 8, sequence: 3 })
  })
})
