/**
 * The blockchains on which lemmas are run, and the sizes up to which all inputs are listed.
 */
import { describe, expect, test } from 'vitest'
import { grounds, once, settingWithin, showSize, sizes } from '../../../../invariants/blockchain/lemmas/grounds.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { Lemma } from '../../../../invariants/proof/lemma.js'
import { samples } from '../../../support/property.js'

describe('sizes', () => {
  test('are of universes, then of lists, small ones first', () => {
    expect(sizes.map(showSize)).toEqual(['0, 1', '0, 2', '1, 1', '1, 2', '2, 1', '2, 2', '3, 1', '3, 2'])
  })

  test('bound all lists; those of letters have one element more', () => {
    const { bounds, universe } = settingWithin(tiny('work'), { universe: 1, lists: 2 })
    expect(bounds).toEqual({ word: 3, blocks: 2, chain: 2, chains: 2, keys: 2 })
    expect(universe.blocks).toHaveLength(8)
  })
})

describe('the blockchains', () => {
  const named = (lemmas: ReadonlyArray<Lemma> | undefined, name: string): Lemma => {
    const found = lemmas?.find((lemma) => lemma.name === name)
    if (found === undefined) throw new Error(`there is no lemma ${name}`)
    return found
  }

  test('are three, each with a sentence', () => {
    expect(grounds.map(({ name, says }) => [name, says])).toEqual([
      ['tiny work', 'hashes of three bits; most work, then longest, then contents; genesis is its own predecessor'],
      ['tiny length', 'hashes of three bits; longest, then smallest hashes, then contents; genesis has a transaction'],
      ['numbered', 'no two blocks have one hash; longest, then latest minted; the instance of the bounded model']
    ])
  })

  test('two of them are listed, with the universe of a size', () => {
    expect(grounds.map(({ within }) => within !== undefined)).toEqual([true, true, false])
    // FCR_nrefl speaks of chains.
    const chains = grounds.map(({ within }) =>
      within === undefined ? 0 : named(within({ universe: 1, lists: 2 }), 'FCR_nrefl').terms.size
    )
    expect(chains).toEqual([1 + 8 + 64, 1 + 8 + 64, 0])
  })

  test('show their blocks', () => {
    const texts = grounds.map(({ atRandom, show }) => show(samples(named(atRandom(1), 'VAF_init').terms.sample, 1)))
    expect(texts).toEqual(['[[]]', '[[]]', '[[]]'])
    expect(grounds[2]?.show({ prevBlockHash: '', txs: [], proof: { minter: 'genesis', k: 0 } })).toBe('g')
    expect(grounds[0]?.show({ prevBlockHash: 0, txs: [], proof: 9 })).toBe('1←0!')
  })

  test('have the same universe at random for the same number', () => {
    for (const { atRandom, show } of grounds) {
      const drawn = (n: number) => samples(named(atRandom(n), 'in_nil').terms.sample, 20).map(show)
      expect(drawn(1)).toEqual(drawn(1))
    }
  })
})

describe('a universe of numbered blocks', () => {
  /** The blocks of a universe, each as the only one of a chain, as they are shown. */
  const blocksOf = (n: number): ReadonlyArray<string> => {
    const chains =
      grounds[2]
        ?.atRandom(n)
        .find(({ name }) => name === 'VAF_GB_first')
        ?.terms.all() ?? []
    return [...chains].map((terms) => grounds[2]?.show(terms[0]) ?? '').filter((text) => text !== '[]')
  }
  const universes = Array.from({ length: 40 }, (_, n) => blocksOf(n).map((text) => text.slice(1, -1)))
  const others = universes.flatMap((blocks) => blocks.slice(1))
  const often = (which: (block: string, i: number) => boolean): number =>
    (100 * others.filter(which).length) / others.length

  test('has genesis, and four to nine others', () => {
    expect(new Set(universes.map(([first]) => first))).toEqual(new Set(['g']))
    expect([...new Set(universes.map(({ length }) => length))].toSorted((a, b) => a - b)).toEqual([5, 6, 7, 8, 9, 10])
  })

  test('has blocks of two nodes with the numbers 1 to 9', () => {
    const stamps = new Set(others.map((block) => /^\d+@\w+/.exec(block)?.[0]))
    expect(stamps).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((k) => [`${k}@0`, `${k}@1`])))
  })

  test('has the first two transactions in some blocks, alone or together, and none in most', () => {
    const share = (txs: string) => often((block) => /^\d+@\w+({.*?})?←/.exec(block)?.[1] === txs)
    expect(share('{t1}') + share('{t2}') + share('{t1,t2}') + often((block) => !/^\d+@\w+{/.test(block))).toBeCloseTo(
      100
    )
    expect(share('{t1,t2}')).toBeGreaterThan(10)
    expect(share('{t1}')).toBeGreaterThan(5)
    expect(share('{t2}')).toBeGreaterThan(5)
    expect(often((block) => !/^\d+@\w+{/.test(block))).toBeGreaterThan(50)
  })

  test('has one block in ten without a predecessor; nearly half of the others follow the one before', () => {
    const orphans = often((block) => /^[^←]*←nobody$/.test(block))
    expect(orphans).toBeGreaterThan(5)
    expect(orphans).toBeLessThan(15)
    const following = universes.flatMap((blocks) =>
      blocks.slice(2).map((block, i) => block.endsWith(`←${blocks[i + 1]}`))
    )
    const share = (100 * following.filter(Boolean).length) / following.length
    expect(share).toBeGreaterThan(45)
    expect(share).toBeLessThan(75)
  })
})

describe('once', () => {
  test('does something once, when it is first asked for', () => {
    let times = 0
    const get = once(() => {
      times += 1
      return times
    })
    expect(times).toBe(0)
    expect([get(), get()]).toEqual([1, 1])
    expect(times).toBe(1)
  })

  test('keeps what it made', () => {
    const get = once(() => ({}))
    expect(get()).toBe(get())
  })
})
