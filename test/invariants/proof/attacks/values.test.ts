/**
 * Attacks on the lemmas of the ledger, by values that nobody drew: of each statement that was refuted by some, either the
 * word that was not what it is called was mended, or the value is now outside of the sort.
 */
import { describe, expect, test } from 'vitest'
import { settingWithin, lemmasIn } from '../../../../invariants/blockchain/lemmas/grounds.js'
import { allLemmas } from '../../../../invariants/blockchain/lemmas/ledger.js'
import { setting } from '../../../../invariants/blockchain/lemmas/setting.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import { lemmasOfQuorums } from '../../../../invariants/byzantine/lemmas/ledger.js'
import { quorumTheory } from '../../../../invariants/byzantine/lemmas/words.js'
import { decideFor, gradeOf, term } from '../../../../invariants/proof/kernel.js'
import type { Lemma } from '../../../../invariants/proof/lemma.js'
import { runAtRandom } from '../../../../invariants/proof/run.js'

const named = (lemmas: ReadonlyArray<Lemma>, name: string) => {
  const found = lemmas.find((l) => l.theoremName === name)
  if (found === undefined) throw new Error(`no lemma ${name}`)
  return found.theorem
}
const decided = (lemmas: ReadonlyArray<Lemma>, name: string, ...values: ReadonlyArray<unknown>) =>
  decideFor(named(lemmas, name), values)

describe('numbers of nodes', () => {
  test('are those whose sets can be gone through, or nothing is said', () => {
    expect(gradeOf(named(lemmasOfQuorums, 'Q1'))).toBe('derived')
    // Of 32 nodes, a set was a number without bits: any two sets of 16 met, since there were none.
    for (const [q, n] of [
      [16, 32],
      [1, 31],
      [0, 64]
    ])
      expect(() => decided(lemmasOfQuorums, 'Q1', q, n)).toThrow('too many to be gone through')
    expect(decided(lemmasOfQuorums, 'Q1', 5, 9)).toBe('holds')
  })

  test.each([-1, 0.5, 2 ** 53, Infinity, 1e300])('are natural, and not %d', (n) => {
    expect(() => decided(lemmasOfQuorums, 'Q1', n, n)).toThrow('outside of the sort Number')
    expect(() => decided(lemmasOfQuorums, 'plus_swap', n, 1, 1)).toThrow('outside of the sort Number')
  })

  test('have sums that are exact, or nothing is said', () => {
    // With this number, one more was as much.
    const most = 2 ** 53 - 1
    expect(decided(lemmasOfQuorums, 'atMost_refl', most)).toBe('holds')
    for (const name of ['plus_swap', 'plus_assoc'])
      expect(() => decided(lemmasOfQuorums, name, most, 1, 1)).toThrow(
        '«plus» gives a value that is not equal to itself'
      )
    expect(() => decided(lemmasOfQuorums, 'more_is_more', most, 1)).toThrow('«plus» gives a value')
    expect(decided(lemmasOfQuorums, 'plus_comm', -0, 0)).toBe('holds')
  })
})

describe('sets of nodes', () => {
  test.each([
    ['inclusion_exclusion', [3, 3, 1], [0, 1, 3]],
    ['size_subset', [0, 0], [0]],
    ['size_subset', [1, 0], [0]],
    ['size_without', [0.5], []],
    ['size_without', [-1], []]
  ])('have each node once, in order: of others %s says nothing', (name, one, other) => {
    expect(() => decided(lemmasOfQuorums, name, one, other)).toThrow('outside of the sort Set')
    expect(decided(lemmasOfQuorums, name, [0, 1], [1])).not.toBe('refuted')
  })

  test('are honest but for those that are faulty: the node 33 is not taken for the node 1', () => {
    const { honest } = quorumTheory(2, 2, 2).words
    const among = (...faulty: ReadonlyArray<number>) => honest(term('q', 2), term('n', 2), term('F', faulty))
    expect([among(33), among(1), among()]).toEqual([[0, 1], [], [0, 1]])
  })
})

describe('strings and characters', () => {
  const all = allLemmas()

  test.each(['😀', '\uD83D', '\uDC00\uD800', '__proto__', '', 'e\u0301'])('«%s» is itself, letter by letter', (s) => {
    expect(decided(all, 'string_eqP', s, s)).toBe('holds')
    expect(decided(all, 'string_eqP', s, `${s}x`)).toBe('holds')
    expect(decided(all, 'embedding_list_ascii', s)).toBe('holds')
  })

  test('characters have eight bits: others are none', () => {
    for (const name of ['ascii_eqP', 'ascii_eqb_N']) {
      // These two have the same eight last bits.
      expect(() => decided(all, name, 'a', '\u0161')).toThrow('outside of the sort Character')
      expect(() => decided(all, name, '', '')).toThrow('outside of the sort Character')
      expect(decided(all, name, 'a', '\u00FF')).toBe('holds')
    }
  })
})

describe('blocks', () => {
  const block = (proof: number, prevBlockHash: number, txs: ReadonlyArray<number> = []) => ({
    ...{ prevBlockHash, txs, proof }
  })
  const BOUNDS = { word: 2, blocks: 1, chain: 1, chains: 1, keys: 1 }
  const universes = {
    'that are zero, with one sign and the other': {
      blocks: [block(-0, 0), block(1, -0), block(-0, -0, [-0]), block(8, 0)],
      hashes: [0, -0, 1, 5],
      transactions: [0, -0, 1]
    },
    'that are no natural numbers': {
      blocks: [block(0.5, 0), block(1.5, 0.5), block(-1, 0), block(-3.5, -1), block(8.5, 0)],
      hashes: [0, 0.5, -1, -3.5, 7],
      transactions: [0.1, -1]
    },
    'that are huge': {
      blocks: [block(2 ** 53, 0), block(2 ** 53 + 2, 0), block(1e300, 2), block(2 ** 32 + 2, 1)],
      hashes: [0, 2, 2 ** 53, 1e300],
      transactions: [2 ** 53, 0]
    }
  }

  test.each(Object.entries(universes))('with proofs, hashes and transactions %s', (_, universe) => {
    for (const choice of ['work', 'length'] as const) {
      const instance = tiny(choice)
      const { GenesisBlock } = instance.params
      const all = { ...universe, blocks: [GenesisBlock, ...universe.blocks], times: [0, 1, 40.5, -1] }
      for (const lemma of lemmasIn(setting(instance, all, BOUNDS)))
        expect(runAtRandom(lemma, { runs: 3, seed: 7 }).refuted, `${choice}, ${lemma.theoremName}`).toBeUndefined()
    }
  })

  test('with negative hashes have no less work than none: that a longer chain is better is a law', () => {
    const instance = tiny('work')
    const lemmas = lemmasIn(settingWithin(instance, { universe: 1, lists: 1 }))
    const chain = [instance.params.GenesisBlock]
    expect(decided(lemmas, 'FCR_ext', chain, block(-3.5, -1), [])).toBe('holds')
    expect(decided(lemmas, 'FCR_subchain', chain, [...chain, block(-1, 0)])).toBe('holds')
  })
})
