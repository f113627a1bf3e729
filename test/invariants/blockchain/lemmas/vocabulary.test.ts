/**
 * The words of the lemmas about forests: what those mean that are no functions of the specification.
 */
import { describe, expect, test } from 'vitest'
import { undef, unit } from '../../../../spec/prelude/unionMap.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { term } from '../../../../invariants/proof/kernel.js'
import { setting } from '../../../../invariants/blockchain/lemmas/setting.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'
import { vocabulary } from '../../../../invariants/blockchain/lemmas/vocabulary.js'

const work = tiny('work')
const G = work.params.GenesisBlock
const block = (proof: number, prevBlockHash: number, txs: ReadonlyArray<number> = []): Block<TinyTypes> => ({
  prevBlockHash,
  txs,
  proof
})
const [b1, b2, b4, bad3] = [block(1, 0, [0]), block(2, 1), block(4, 2), block(11, 2)]
const s = setting(
  work,
  { blocks: [G, b1, b2, b4, bad3], hashes: [0, 1, 2, 3, 4, 5], transactions: [0, 1], times: [1] },
  { word: 1, blocks: 1, chain: 1, chains: 1, keys: 1 }
)
const V = vocabulary(s)
const tree = term('tree', s.sorts.regrown([b1, b2, b4]))

describe('the order of hashes', () => {
  test('is strict', () => {
    const less = (j: number, k: number) => V.ord(term('j', j), term('k', k)).decide()
    expect([less(1, 2), less(2, 2), less(3, 2)]).toEqual([true, false, false])
  })

  test('tells strictly increasing lists, alone or below a hash', () => {
    const lists = [[], [3], [2, 3], [3, 3], [3, 2], [2, 4, 3]]
    expect(lists.map((l) => V.sorted(term('l', l)).decide())).toEqual([true, true, true, false, false, false])
    expect(lists.map((l) => V.path(term('j', 2), term('l', l)).decide())).toEqual([
      true,
      true,
      false,
      false,
      false,
      false
    ])
  })

  test('parts the keys of a tree: those below a hash, and the others', () => {
    const hash = term('h', 2)
    expect([V.keysBelow(hash, tree), V.keysAbove(hash, tree)]).toEqual([
      [0, 1],
      [2, 4]
    ])
  })

  test('parts the good chains of a good tree', () => {
    const b = term('b', b2)
    expect([V.splitBelow(tree, b), V.splitAbove(tree, b)]).toEqual([
      [[G], [G, b1]],
      [
        [G, b1, b2],
        [G, b1, b2, b4]
      ]
    ])
  })
})

test('genesis, the chain of genesis alone, and the undefined tree', () => {
  expect([V.G, V.onlyG, V.undef]).toEqual([G, [G], undef])
})

describe('trees', () => {
  test('are good if every block has a good and valid chain', () => {
    const good = (...blocks: ReadonlyArray<Block<TinyTypes>>) =>
      V.good_bt(term('bt', s.grown(s.genesisTree, blocks))).decide()
    expect([good(), good(b1, b2), good(b2), good(b1, b2, bad3)]).toEqual([true, true, false, false])
  })

  test('less the keys of others', () => {
    const some = term('some', s.sorts.regrown([b1]))
    expect(V.difference(tree, some)).toEqual(s.grown(unit, [b2, b4]))
    expect(V.difference(tree, term('unit', unit))).toEqual(tree)
  })

  test('have a hash as a key, and find one block under it', () => {
    const [h1, h3] = [term('h1', 1), term('h3', 3)]
    const [one, two] = [term('b1', b1), term('b2', b2)]
    expect([V.inDom(h1, tree).decide(), V.inDom(h3, tree).decide()]).toEqual([true, false])
    expect([V.finds(h1, tree, one).decide(), V.finds(h1, tree, two).decide(), V.finds(h3, tree, one).decide()]).toEqual(
      [true, false, false]
    )
    expect([V.valid(tree).decide(), V.valid(term('undef', undef)).decide()]).toEqual([true, false])
  })
})

describe('chains', () => {
  const chain = term('c', [G, b1, b2])

  test('have genesis first, if at all', () => {
    const only = (c: ReadonlyArray<Block<TinyTypes>>) => V.genesisOnlyFirst(term('c', c)).decide()
    expect([only([]), only([G, b1]), only([b1, b2]), only([b1, G]), only([G, G])]).toEqual([
      true,
      true,
      true,
      false,
      false
    ])
  })

  test('have no block that follows a hash, or one', () => {
    expect([V.noneFollows(chain, term('h', 1)).decide(), V.noneFollows(chain, term('h', 2)).decide()]).toEqual([
      false,
      true
    ])
  })

  test('are lists of genesis, or not', () => {
    const all = (l: ReadonlyArray<Block<TinyTypes>>) => V.allGenesis(term('l', l)).decide()
    expect([all([]), all([G, G]), all([G, b1])]).toEqual([true, true, false])
  })

  test('are longer than others by some blocks, from the beginning', () => {
    expect(V.excess(chain, term('d', [b2]))).toEqual([G, b1])
    expect(V.excess(chain, term('d', [G, b1, b2]))).toEqual([])
  })

  test('go on after a prefix, with genesis where they do not', () => {
    const prefix = term('a', [G])
    expect([V.nextAfter(prefix, chain), V.restAfter(prefix, chain)]).toEqual([b1, [b2]])
    expect([V.nextAfter(chain, prefix), V.restAfter(chain, prefix)]).toEqual([G, []])
  })

  test('accept a block, and its transactions, each at its place', () => {
    const [one, bad] = [term('b1', b1), term('bad', bad3)]
    const before = term('before', [G])
    expect([V.VAF(one, before).decide(), V.VAF(bad, before).decide()]).toEqual([true, false])
    expect([V.txsValid(one, before).decide(), V.txsValid(one, chain).decide()]).toEqual([true, false])
  })
})
