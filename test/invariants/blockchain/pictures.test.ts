import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { canonicalView, globalPicture, labelOf, Words } from '../../../invariants/blockchain/pictures.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { address, beds, byLength, cliqueWorldOf, toyOf } from '../../support/toychains.js'
import type { B, P, Tree, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const SIZE = 3
const toy = toyOf(byLength, SIZE)
const { forest, params, cliqueWorld } = toy
const G = params.GenesisBlock
const first: B = { prevBlockHash: params.hashB(G), txs: [], proof: 1 }
const second: B = { prevBlockHash: params.hashB(first), txs: [], proof: 2 }
const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])

describe('words', () => {
  test('name a hash by the label of the instance, else by its first ten characters', () => {
    expect([labelOf({})(hashOf('0x12345678')), labelOf({})(hashOf('0x123456789'))]).toEqual([
      '0x12345678',
      '0x12345678…'
    ])
    expect(labelOf<NumberedTypes>(playNumbered.instance)(hashOf('2@0{t1}<1@1<g'))).toBe('2@0')
  })

  test('write trees as sets, chains from the oldest on, and what one tree has and another lacks', () => {
    const words = Words(toy)
    expect(words.tree(tree(second, first))).toBe('{0x1, 0x10, a}')
    expect(words.tree(undef)).toBe('undefined')
    expect(words.chain([G, first])).toBe('0x1 ← 0x10')
    expect(words.hashes([hashOf('b'), hashOf('a')])).toBe('{b, a}')
    expect(words.block(second)).toBe('a')
    expect([words.lacking(tree(first, second), tree(second)), words.lacking(undef, tree())]).toEqual([['0x10'], []])
  })
})

describe('the canonical view', () => {
  test('is the canonical tree of a coherent world, whatever the order of the packets and however often they come', () => {
    holds(
      fc
        .constantFrom(...Object.values(beds))
        .chain((bed) => fc.tuple(fc.constant(bed), cliqueWorldOf(bed, SIZE), fc.boolean())),
      ([bed, w, twice], meet) => {
        const { clique, network } = toyOf(bed, SIZE)
        if (!network.Coh(w)) return
        const view = canonicalView(toyOf(bed, SIZE))
        const packets = twice ? [...w.inFlightMsgs, ...w.inFlightMsgs] : w.inFlightMsgs
        if (packets.some(({ msg }) => !view.matters(msg))) meet('a packet that does not matter')
        for (const [n, st] of entries(w.localState)) {
          const mattering = packets.filter((p) => p.dst === n && view.matters(p.msg)).toReversed()
          if (mattering.length > 1) meet('several that do')
          const seen = mattering.reduce((x, p) => view.arrive(x, p.msg), view.start(n, st))
          expect(seen).toEqual(clique.canonicalTree(n, st, w))
        }
      },
      { runs: 200, met: { 'a packet that does not matter': 40, 'several that do': 60 } }
    )
  })

  test('stays as it is when something other than a block arrives', () => {
    const view = canonicalView(toy)
    expect(view.matters({ _tag: 'ConnectMsg' })).toBe(false)
    expect(view.arrive(tree(first), { _tag: 'ConnectMsg' })).toEqual(tree(first))
    expect(view.arrive(tree(first), { _tag: 'BlockMsg', block: second })).toEqual(tree(first, second))
  })
})

describe('the picture of a world in three parts', () => {
  const block = (dst: number, b: B): P => ({ src: address(0), dst: address(dst), msg: { _tag: 'BlockMsg', block: b } })
  const world = (trees: ReadonlyArray<Tree>, inFlightMsgs: ReadonlyArray<P>): W => ({
    ...cliqueWorld,
    localState: {
      _tag: 'Def',
      entries: entries(cliqueWorld.localState).map(([n, st]) => [n, { ...st, blockTree: trees[n] ?? st.blockTree }])
    },
    inFlightMsgs
  })

  test('has for each node its tree, the blocks in flight to it, and what both make together', () => {
    const noise: P = { src: address(1), dst: address(1), msg: { _tag: 'ConnectMsg' } }
    const w = world([tree(first, second), tree(second)], [block(1, first), noise, block(2, second), block(2, first)])
    const picture = globalPicture(toy, w)
    expect(picture.nodes).toEqual([
      { node: 0, tree: tree(first, second), chain: [G, first, second], arriving: [], canonical: tree(first, second) },
      { node: 1, tree: tree(second), chain: [G], arriving: [first], canonical: tree(first, second) },
      { node: 2, tree: tree(), chain: [G], arriving: [second, first], canonical: tree(first, second) }
    ])
    expect(picture.canonical).toEqual(O.some(tree(first, second)))
  })

  test('has no global tree where the nodes do not add up to one', () => {
    expect(globalPicture(toy, world([tree(first)], [])).canonical).toEqual(O.none)
    expect(globalPicture(toy, { ...cliqueWorld, localState: unit })).toEqual({ nodes: [], canonical: O.none })
  })
})
