/**
 * The induction over all small worlds: what it comes to, and how large they are, in words. lemmas.test.ts has larger ones.
 */
import { expect, test } from 'vitest'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { induct, INDUCTIVE, showWorlds } from '../../../../invariants/blockchain/lemmas/induction.js'
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

const sizes = { nodes: 2, numbers: 1, blocks: 1, transactions: 0, packets: 1 }

test('the invariant is kept by every step from each of some worlds, and holds at the beginning', async () => {
  expect(await induct(playNumbered, sizes)).toEqual({
    instance: 'numbered',
    sizes,
    worlds: 694,
    satisfying: 212,
    steps: 632,
    kept: true
  })
})

test('it is not kept if it does not hold at the beginning, as where not even genesis is acceptable', async () => {
  const { instance } = playNumbered
  const nothingGoes = { ...playNumbered, instance: { ...instance, params: { ...instance.params, VAF: () => false } } }
  expect(await induct(nothingGoes, sizes)).toMatchObject({ worlds: 116, satisfying: 29, steps: 86, kept: false })
})

test('it is not kept if a step breaks it, as where of two longest chains none is better', async () => {
  const { instance } = playNumbered
  const params = {
    ...instance.params,
    FCR: (c: ReadonlyArray<unknown>, d: ReadonlyArray<unknown>) => c.length > d.length
  }
  const lengthOnly = { ...playNumbered, instance: { ...instance, params } }
  expect(await induct(lengthOnly, sizes)).toMatchObject({ worlds: 154, satisfying: 67, steps: 198, kept: false })
})
