/**
 * Forests as pictures: every block once, at its predecessor, as what it is to its owner.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forestPicture, forestPictures } from '../../../invariants/blockchain/pictures.js'
import type { ForestBlock } from '../../../invariants/systems/index.js'
import { entries, undef, unit, valid } from '../../../spec/prelude/unionMap.js'
import { isIn } from '../../../spec/prelude/seq.js'
import { address, beds, blockOf, byLength, toyOf, treeOf } from '../../support/toychains.js'
import type { B, Tree } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const toy = toyOf(byLength, 2)
const { forest, params } = toy
const G = params.GenesisBlock
const after = (b: B, proof: number): B => ({ prevBlockHash: params.hashB(b), txs: [], proof })
const first = after(G, 1)
const second = after(first, 2)
const third = after(second, 3)
const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])

const leaf = (name: string, kind: ForestBlock['kind'], ...children: ReadonlyArray<ForestBlock>): ForestBlock => ({
  name,
  says: '',
  kind,
  children
})

describe('the picture of a forest', () => {
  test('has the best chain, what stands beside it, orphans, and what arrives, each upon its predecessor', () => {
    const beside = after(G, 5)
    expect(forestPicture(toy, 'a node', tree(first, third, beside), [second, second, first])).toEqual({
      _tag: 'Forest',
      title: 'a node',
      trees: [
        {
          root: {
            ...leaf('0x1', 'best', leaf('0x10', 'best', leaf('a', 'arriving', leaf('B', 'other'))), leaf('b', 'other')),
            says: 'genesis'
          }
        }
      ]
    })
    expect(forestPicture(toy, 'a node', tree(third)).trees[1]).toEqual({
      orphaned: 'a is missing',
      root: leaf('B', 'other')
    })
  })

  test('tells a block that is refused, and one that arrives with the hash of another', () => {
    const again: B = { ...G, txs: [], proof: 6, prevBlockHash: params.hashB(first) }
    expect(params.hashB(again)).toBe(params.hashB(G))
    const [picture] = forestPicture(toy, '', tree(first), [again]).trees
    expect(picture?.root.children[0]?.children).toEqual([leaf('0x1', 'colliding')])
    expect(forestPicture(toy, '', undef)).toEqual({
      _tag: 'Forest',
      title: '',
      trees: [],
      note: 'undefined: two blocks with one hash have met'
    })
  })

  test('has every block once, and marks the best chain and no other block as best, whatever the forest', () => {
    const allOf = (block: ForestBlock): ReadonlyArray<ForestBlock> => [block, ...block.children.flatMap(allOf)]
    holds(
      fc
        .constantFrom(...Object.values(beds))
        .chain((bed) => fc.tuple(fc.constant(bed), treeOf(bed), fc.array(blockOf(bed), { maxLength: 3 }))),
      ([bed, bt, arriving], meet) => {
        const one = toyOf(bed, 2)
        if (!valid(bt) || !one.forest.validH(bt)) return
        const { trees } = forestPicture(one, '', bt, arriving)
        const drawn = trees.flatMap(({ root }) => allOf(root))
        const stored = one.forest.all_blocks(bt)
        const isAmong = isIn(one.forest.blockEq)
        const coming = arriving.filter((b, i) => !isAmong(b, stored) && !isAmong(b, arriving.slice(0, i)))
        const count = (...kinds: ReadonlyArray<ForestBlock['kind']>): number =>
          drawn.filter(({ kind }) => kinds.includes(kind)).length
        expect(drawn.length).toBe(stored.length + coming.length)
        expect(count('arriving', 'colliding')).toBe(coming.length)
        const chain = one.forest.btChain(bt).filter((b) => isAmong(b, stored))
        expect(count('best')).toBe(chain.length)
        const refused = stored.filter((b) => {
          const chainOfIt = one.forest.compute_chain(bt, b)
          return one.forest.good_chain(chainOfIt) && !one.forest.valid_chain(chainOfIt)
        })
        expect(count('invalid')).toBe(refused.length)
        if (trees.some(({ orphaned }) => orphaned === 'in or behind a cycle')) meet('a cycle')
        if (count('invalid') > 0) meet('a block that is refused')
        if (count('colliding') > 0) meet('a collision')
        if (chain.length > 2) meet('a chain')
      },
      { runs: 400, met: { 'a cycle': 10, 'a block that is refused': 10, 'a collision': 20, 'a chain': 20 } }
    )
  })
})

test('the pictures of a world are those of its nodes with what arrives, and that of all', () => {
  const world = {
    ...toy.cliqueWorld,
    localState: {
      _tag: 'Def' as const,
      entries: entries(toy.cliqueWorld.localState).map(
        ([n, st]) => [n, { ...st, blockTree: n === 0 ? tree(first) : tree() }] as const
      )
    },
    inFlightMsgs: [{ src: address(0), dst: address(1), msg: { _tag: 'BlockMsg' as const, block: first } }]
  }
  const pictures = forestPictures(toy, world)
  expect(pictures.map(({ title, trees }) => [title, trees[0]?.root.children[0]?.kind])).toEqual([
    ['Node 0', 'best'],
    ['Node 1', 'arriving'],
    ['All, when everything has arrived', 'best']
  ])
  const [, , all] = forestPictures(toy, { ...world, inFlightMsgs: [] })
  expect(all).toEqual({ _tag: 'Forest', title: 'All', trees: [], note: 'the nodes do not add up to one forest' })
})
