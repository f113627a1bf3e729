/**
 * The induction over all small worlds: how large they are, in words. What it comes to is in lemmas.test.ts.
 */
import { expect, test } from 'vitest'
import { INDUCTIVE, showWorlds } from '../../../../invariants/blockchain/lemmas/induction.js'
import { allLemmas } from '../../../../invariants/blockchain/lemmas/ledger.js'

test('sizes are written with one of a thing, or with many', () => {
  expect(showWorlds({ nodes: 1, numbers: 3, blocks: 1, transactions: 1, packets: 1 })).toBe(
    '1 node, at most 1 block with numbers up to 3, 1 transaction, at most 1 packet in flight'
  )
  expect(showWorlds({ nodes: 2, numbers: 1, blocks: 3, transactions: 0, packets: 4 })).toBe(
    '2 nodes, at most 3 blocks with numbers up to 1, 0 transactions, at most 4 packets in flight'
  )
})

test('it is about a lemma', () => {
  expect(allLemmas().filter(({ name, kind }) => name === INDUCTIVE && kind === 'lemma')).toHaveLength(1)
})
