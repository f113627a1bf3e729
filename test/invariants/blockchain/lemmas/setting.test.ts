/**
 * The setting of the lemmas about forests: what is listed of each sort, what is drawn, and what is sought in a universe.
 */
import * as O from 'fp-ts/lib/Option.js'
import type * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entries, undef, unit, valid } from '../../../../spec/prelude/unionMap.js'
import type { Block, BlockTree } from '../../../../spec/blockchain/types.js'
import { setting } from '../../../../invariants/blockchain/lemmas/setting.js'
import { showTiny } from '../../../../invariants/blockchain/lemmas/show.js'
import { tiny, universeOfSize } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { Sort } from '../../../../invariants/proof/sort.js'
import { samples } from '../../../support/property.js'

type B = Block<TinyTypes>

const work = tiny('work')
const G = work.params.GenesisBlock
const block = (proof: number, prevBlockHash: number, txs: ReadonlyArray<number> = []): B => ({
  prevBlockHash,
  txs,
  proof
})

const BOUNDS = { word: 2, blocks: 1, chain: 1, chains: 1, keys: 2 }

/** Genesis, `1←0`, `1←1`, and a block that collides with genesis. */
const smallest = setting(work, universeOfSize(work, 0), BOUNDS)

/** A fork, two collisions, an orphan, and one block that is acceptable nowhere. */
const [b1, b2, bad3, other2, orphan4, b3] = [
  block(1, 0),
  block(2, 1),
  block(11, 1),
  block(18, 0),
  block(4, 5),
  block(3, 1)
]
const universe = {
  blocks: [G, b1, b2, bad3, other2, orphan4, b3],
  hashes: [0, 1, 2, 3, 4, 5],
  transactions: [0, 1],
  times: [-1, 7, 15]
}
const s = setting(work, universe, BOUNDS)
const { sorts, forest: F } = s

const texts = <A>(sort: Sort<A>): ReadonlyArray<string> => [...sort.all()].map(showTiny)
const drawn = <A>(from: fc.Arbitrary<A>, count = 1_000): ReadonlyArray<A> => samples(from, count)
/** In how many of a thousand a property holds. */
const often = <A>(from: fc.Arbitrary<A>, property: (a: A) => boolean): number => drawn(from).filter(property).length

describe('all values of a sort', () => {
  test('trees: those whose keys are hashes, small ones first; the undefined one; then those with other keys', () => {
    expect(texts(smallest.sorts.tree)).toEqual([
      '{}',
      '{1: 1←0}',
      '{1: 1←1}',
      '{0: 0←0}',
      "{0: 0←0'}",
      '{0: 0←0, 1: 1←0}',
      '{0: 0←0, 1: 1←1}',
      "{0: 0←0', 1: 1←0}",
      "{0: 0←0', 1: 1←1}",
      '⊥',
      '{1: 0←0}',
      '{0: 0←0, 1: 0←0}',
      '{0: 1←0}',
      '{0: 1←0, 1: 0←0}',
      '{0: 1←0, 1: 1←0}',
      '{0: 1←0, 1: 1←1}',
      '{0: 1←1}',
      '{0: 1←1, 1: 0←0}',
      '{0: 1←1, 1: 1←0}',
      '{0: 1←1, 1: 1←1}'
    ])
  })

  test('trees with other keys are of the first three blocks and two hashes', () => {
    const odd = [...sorts.tree.all()].filter((bt) => bt !== undef && !F.validH(bt))
    expect(odd).toHaveLength(12)
    expect(odd.flatMap((bt) => entries(bt)).filter(([h, b]) => h > 1 || ![G, b1, b2].includes(b))).toEqual([])
  })

  test('rooted trees: those with genesis', () => {
    expect(texts(smallest.sorts.rooted)).toEqual(['{0: 0←0}', '{0: 0←0, 1: 1←0}', '{0: 0←0, 1: 1←1}'])
  })

  test('blocks, and lists of them up to a length', () => {
    expect(texts(smallest.sorts.block)).toEqual(['0←0', '1←0', '1←1', "0←0'"])
    expect(texts(smallest.sorts.blocks)).toEqual(['[]', '[0←0]', '[1←0]', '[1←1]', "[0←0']"])
    expect(texts(smallest.sorts.letter)).toEqual(['0←0', '1←0', '1←1'])
    expect(texts(smallest.sorts.word)).toEqual([
      '[]',
      '[0←0]',
      '[1←0]',
      '[1←1]',
      '[0←0, 0←0]',
      '[0←0, 1←0]',
      '[0←0, 1←1]',
      '[1←0, 0←0]',
      '[1←0, 1←0]',
      '[1←0, 1←1]',
      '[1←1, 0←0]',
      '[1←1, 1←0]',
      '[1←1, 1←1]'
    ])
  })

  test('chains, those that are good and valid, and lists of chains of at most two blocks', () => {
    expect(texts(smallest.sorts.chain)).toEqual(['[]', '[0←0]', '[1←0]', '[1←1]', "[0←0']"])
    expect(texts(smallest.sorts.validChain)).toEqual(['[0←0]'])
    expect(texts(smallest.sorts.chains)).toEqual(['[]', '[[]]', '[[0←0]]', '[[1←0]]', '[[1←1]]', "[[0←0']]"])
    const larger = setting(work, universe, { ...BOUNDS, chain: 3 })
    expect(larger.sorts.chain.size).toBe(1 + 7 + 49 + 343)
    expect(larger.sorts.chains.size).toBe(1 + 1 + 7 + 49)
    expect(texts(larger.sorts.validChain).slice(0, 2)).toEqual(['[0←0]', '[0←0, 1←0]'])
    expect([...larger.sorts.validChain.all()].filter((c) => !F.good_chain(c) || !F.valid_chain(c))).toEqual([])
  })

  test('hashes, lists of keys, fuel and transactions', () => {
    expect(texts(smallest.sorts.hash)).toEqual(['0', '1'])
    expect(texts(smallest.sorts.keys)).toEqual(['[]', '[0]', '[1]', '[0, 0]', '[0, 1]', '[1, 0]', '[1, 1]'])
    expect(texts(smallest.sorts.fuel)).toEqual(['0', '1', '2', '3'])
    expect(texts(smallest.sorts.transaction)).toEqual(['0', '1'])
  })

  test('good trees with each of their parts that have genesis, and the other blocks', () => {
    const parts = ({ sorts: { goodParts } }: typeof s) =>
      goodParts().map(({ whole, part, rest }) => [whole, part, rest].map(showTiny).join(' '))
    expect(parts(smallest)).toEqual([
      '{0: 0←0} {0: 0←0} []',
      '{0: 0←0, 1: 1←0} {0: 0←0, 1: 1←0} []',
      '{0: 0←0, 1: 1←0} {0: 0←0} [1←0]'
    ])
    expect(parts(s).filter((text) => text.startsWith('{0: 0←0, 1: 1←0, 2: 2←1} '))).toEqual([
      '{0: 0←0, 1: 1←0, 2: 2←1} {0: 0←0, 1: 1←0, 2: 2←1} []',
      '{0: 0←0, 1: 1←0, 2: 2←1} {0: 0←0, 1: 1←0} [2←1]',
      '{0: 0←0, 1: 1←0, 2: 2←1} {0: 0←0, 2: 2←1} [1←0]',
      '{0: 0←0, 1: 1←0, 2: 2←1} {0: 0←0} [1←0, 2←1]'
    ])
    expect(parts(s).filter((text) => text.includes('!') || text.includes('4←5'))).toEqual([])
  })
})

describe('values at random', () => {
  const isUndefined = (bt: BlockTree<TinyTypes>): boolean => !valid(bt)

  test('trees: nearly always with genesis, some without, undefined, or with a block under another key', () => {
    const undefinedOnes = often(sorts.tree.sample, isUndefined)
    const rooted = often(sorts.tree.sample, (bt) => F.validH(bt) && F.has_init_block(bt))
    const rootless = often(sorts.tree.sample, (bt) => F.validH(bt) && !F.has_init_block(bt) && valid(bt))
    const disorderly = often(sorts.tree.sample, (bt) => valid(bt) && !F.validH(bt))
    expect(undefinedOnes).toBeGreaterThan(50)
    expect(undefinedOnes).toBeLessThan(110)
    expect(rooted).toBeGreaterThan(650)
    expect(rootless).toBeGreaterThan(50)
    expect(disorderly).toBeGreaterThan(50)
  })

  test('trees: some hold a block under its hash and under another one as well', () => {
    const twice = (bt: BlockTree<TinyTypes>): boolean =>
      F.has_init_block(bt) && entries(bt).some(([h, b]) => h !== b.proof % 8 && F.btHasBlock(bt, b))
    expect(often(sorts.tree.sample, twice)).toBeGreaterThan(10)
  })

  test('rooted trees: all with genesis, all keys hashes', () => {
    expect(often(sorts.rooted.sample, (bt) => F.has_init_block(bt) && F.validH(bt))).toBe(1_000)
    expect(often(sorts.rooted.sample, (bt) => entries(bt).length > 3)).toBeGreaterThan(100)
  })

  test('lists of blocks: of up to five, words of up to six letters', () => {
    const lengths = (from: fc.Arbitrary<ReadonlyArray<B>>) =>
      [...new Set(drawn(from).map(({ length }) => length))].toSorted()
    expect(lengths(sorts.blocks.sample)).toEqual([0, 1, 2, 3, 4, 5])
    expect(lengths(sorts.word.sample)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(
      drawn(sorts.word.sample)
        .flat()
        .filter((b) => ![G, b1, b2].includes(b))
    ).toEqual([])
    expect(new Set(drawn(sorts.blocks.sample).flat())).toEqual(new Set(universe.blocks))
  })

  test('chains: some good and valid, some good and not valid, some that are no chains, some empty', () => {
    const { sample } = sorts.chain
    expect(often(sample, (c) => F.good_chain(c) && F.valid_chain(c))).toBeGreaterThan(150)
    expect(often(sample, (c) => F.good_chain(c) && !F.valid_chain(c))).toBeGreaterThan(100)
    expect(often(sample, (c) => c.length > 0 && !F.good_chain(c))).toBeGreaterThan(150)
    expect(often(sample, (c) => c.length === 0)).toBeGreaterThan(50)
    expect(often(sample, (c) => c.length > 2 && F.hash_chain(c))).toBeGreaterThan(10)
  })

  test('valid chains: nothing but good and valid ones, and not genesis alone', () => {
    const { sample } = sorts.validChain
    expect(often(sample, (c) => F.good_chain(c) && F.valid_chain(c))).toBe(1_000)
    expect(often(sample, (c) => c.length === 3)).toBeGreaterThan(20)
  })

  test('lists of chains: of up to four', () => {
    expect([...new Set(drawn(sorts.chains.sample).map(({ length }) => length))].toSorted()).toEqual([0, 1, 2, 3, 4])
  })

  test('lists of keys: with and without repetitions', () => {
    const repeats = (ks: ReadonlyArray<number>): boolean => new Set(ks).size < ks.length
    expect(often(sorts.keys.sample, repeats)).toBeGreaterThan(100)
    expect(often(sorts.keys.sample, (ks) => ks.length === 6 && !repeats(ks))).toBeGreaterThan(30)
  })

  test('good trees: every block has a good and valid chain; some have all blocks that can have one', () => {
    expect(often(sorts.goodTree, (bt) => valid(bt) && F.has_init_block(bt) && F.good_bt(bt))).toBe(1_000)
    expect(often(sorts.goodTree, (bt) => entries(bt).length === 4)).toBeGreaterThan(100)
  })
})

describe('what belongs to a tree or a chain', () => {
  const bt = sorts.regrown([b1, b2, other2])

  test('a tree is grown by the blocks that do not collide', () => {
    expect(showTiny(bt)).toBe('{0: 0←0, 1: 1←0, 2: 2←1}')
    expect(showTiny(s.grown(unit, [other2, b2, orphan4]))).toBe("{2: 2←0', 4: 4←5}")
    expect(showTiny(s.genesisTree)).toBe('{0: 0←0}')
    expect(showTiny(sorts.allTogether)).toBe('{0: 0←0, 1: 1←0, 2: 2←1, 3: 3←1!, 4: 4←5}')
  })

  test('a block of a tree: two in three times one that it has, else any; of an empty tree any', () => {
    const known = often(sorts.blockOf(s.genesisTree), (b) => b === G)
    expect(known).toBeGreaterThan(600)
    expect(known).toBeLessThan(850)
    expect(new Set(drawn(sorts.blockOf(s.genesisTree)))).toEqual(new Set(universe.blocks))
    expect(new Set(drawn(sorts.blockOf(unit)))).toEqual(new Set(universe.blocks))
  })

  test('a child in a tree: most of the time a block with its predecessor there, and not genesis', () => {
    const tree = sorts.regrown([b1, b2, orphan4])
    expect(often(sorts.childOf(tree), (b) => b === b1 || b === b2)).toBeGreaterThan(600)
    expect(often(sorts.childOf(tree), (b) => b === orphan4)).toBeLessThan(120)
    expect(new Set(drawn(sorts.childOf(tree)))).toEqual(new Set(universe.blocks))
    expect(new Set(drawn(sorts.childOf(s.genesisTree)))).toEqual(new Set(universe.blocks))
  })

  test('a block that keeps a tree good is new to it; there may be none', () => {
    const fitting = (tree: BlockTree<TinyTypes>) => [0, 1, 2, 3].map((n) => sorts.keepsGood(tree, n))
    expect(fitting(s.genesisTree)).toEqual([b1, other2, b1, other2])
    expect(fitting(bt)).toEqual([b3, b3, b3, b3])
    expect(fitting(sorts.regrown([b1, b2, b3]))).toEqual([undefined, undefined, undefined, undefined])
  })

  test('what is next on top of the best chain: what is known, or what may be minted at the times', () => {
    expect(sorts.next(s.genesisTree, true)).toEqual([b1, other2])
    expect(sorts.next(bt, true)).toEqual([])
    // At 15 the block would be acceptable nowhere, at -1 there is none.
    expect(sorts.next(bt, false)).toEqual([block(7, 2, [0])])
  })

  test('what is minted has no transaction that the chain has', () => {
    const after = (txs: ReadonlyArray<number>) => {
      const { sorts: of } = setting(work, { ...universe, blocks: [G, block(1, 0, txs)] }, BOUNDS)
      return of.next(of.allTogether, false)
    }
    expect(after([])).toEqual([block(7, 1, [0])])
    expect(after([0])).toEqual([block(7, 1, [1])])
    expect(after([0, 1])).toEqual([block(7, 1)])
  })

  test('the predecessor of a block in a tree, if it is there', () => {
    expect([G, b1, b2, orphan4].map((b) => sorts.parent(bt, b))).toEqual([G, G, b1, undefined])
  })

  test('what follows a chain in the universe, acceptable blocks first', () => {
    expect(sorts.after([G, b1])).toEqual([b2, b3, bad3])
    expect(sorts.after([G])).toEqual([b1, other2, G])
    expect(sorts.after([G, b1, b2])).toEqual([])
  })

  test('the other blocks with the hash of a block', () => {
    expect([G, b2, bad3, other2, b3].map((b) => sorts.colliding(b))).toEqual([[], [other2], [b3], [b2], [bad3]])
  })
})

describe('a setting', () => {
  test('has what it was made of', () => {
    expect([s.instance, s.universe, s.bounds]).toEqual([work, universe, BOUNDS])
  })

  test('runs lemmas on the definitions that it is given', () => {
    const none = setting(work, universe, BOUNDS, (right) => ({ ...right, find: () => O.none }))
    expect(none.sorts.parent(sorts.allTogether, b1)).toBeUndefined()
  })
})
