/**
 * Announcements of transactions: each state offers those that are left, at a cost that grows with their number alone.
 */
import { describe, expect, test } from 'vitest'
import { boundedEnvironment } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import type { Address } from '../../../spec/system/address.js'
import { address } from '../../support/toychains.js'

const node: Address = address(0)

/** The environment with so many transactions, and how often two transactions were compared. */
const counting = (transactions: number) => {
  let comparisons = 0
  const { types } = playNumbered.instance
  const Transaction: typeof types.Transaction = {
    ...types.Transaction,
    equals: (a, b) => {
      comparisons++
      return types.Transaction.equals(a, b)
    }
  }
  const instance = { ...playNumbered.instance, types: { ...types, Transaction } }
  const environment = boundedEnvironment({ ...playNumbered, instance }, { mints: 0, transactions })
  const offered = (announced: ReadonlyArray<(typeof all)[number]>) =>
    environment.internal({ minted: 0, announced }, node, undefined as never).map(({ then }) => then.announced)
  const all = playNumbered.transactions(transactions)
  return { all, offered, comparisons: () => comparisons }
}

describe('announcements', () => {
  test('are each transaction that is left, and what is announced then is in their order', () => {
    const { all, offered } = counting(4)
    const [a, b, c, d] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0]]
    expect(offered([])).toEqual([[a], [b], [c], [d]])
    expect(offered([b, d])).toEqual([
      [a, b, d],
      [b, c, d]
    ])
    expect(offered([a, b, c, d])).toEqual([])
  })

  test('of many transactions cost no more than a comparison for each', () => {
    const { all, offered, comparisons } = counting(1000)
    expect(offered(all.slice(0, 2))).toHaveLength(998)
    expect(comparisons()).toBeLessThanOrEqual(1000)
  })
})
