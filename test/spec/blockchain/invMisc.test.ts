import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entries, pts, undef, valid } from '../../../spec/prelude/unionMap.js'
import { address, beds, chainOf, cliqueWorldOf, toyOf, treeOf, worldOf } from '../../support/toychains.js'
import type { P, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const SIZE = 3
const bedNamed = fc.constantFrom(...Object.values(beds))
const same = (x: unknown, y: unknown): boolean => JSON.stringify(x) === JSON.stringify(y)

/** A world; in half of them every node has what the first has, and in half of these nothing is in flight. */
const worlds = bedNamed.chain((bed) =>
  fc
    .tuple(fc.oneof(worldOf(bed, SIZE, true), cliqueWorldOf(bed, SIZE)), fc.boolean(), fc.boolean())
    .map(([w, alike, quiet]) => {
      const [first] = entries(w.localState)
      const localState: W['localState'] = {
        _tag: 'Def',
        entries: entries(w.localState).map(([n, st]) => [n, alike ? { ...first![1], id: n } : st])
      }
      return [bed, { ...w, localState, inFlightMsgs: quiet ? [] : w.inFlightMsgs }] as const
    })
)

describe('what the invariants talk about', () => {
  test('a node has a chain iff it is its best, and a tree iff it is its own', () => {
    holds(
      worlds,
      ([bed, w], meet) => {
        const { misc, forest } = toyOf(bed, SIZE)
        const [st, other] = entries(w.localState).map(([, of]) => of)
        if (st === undefined || other === undefined) throw new Error('fewer than two nodes')
        const bc = forest.btChain(st.blockTree)
        if (same(bc, forest.btChain(other.blockTree))) meet('one chain')
        if (same(st.blockTree, other.blockTree)) meet('one tree')
        expect([misc.has_chain(bc, st), misc.has_bt(st.blockTree, st)]).toEqual([true, true])
        expect([misc.has_chain(bc, other), misc.has_bt(st.blockTree, other)]).toEqual([
          same(bc, forest.btChain(other.blockTree)),
          same(st.blockTree, other.blockTree)
        ])
      },
      { runs: 200, met: { 'one chain': 60, 'one tree': 40 } }
    )
  })

  test('valid_with_bc asks for a defined tree, keyed by hashes, with genesis, whose best chain it is', () => {
    holds(
      bedNamed.chain((bed) => fc.tuple(fc.constant(bed), treeOf(bed), chainOf(bed), fc.boolean())),
      ([bed, bt, any, own], meet) => {
        const { misc, forest } = toyOf(bed, SIZE)
        const bc = own ? forest.btChain(bt) : any
        const fine = valid(bt) && forest.validH(bt) && forest.has_init_block(bt) && same(bc, forest.btChain(bt))
        meet(fine ? 'so' : 'not so')
        if (!valid(bt) && own) meet('the chain of the undefined tree')
        expect(misc.valid_with_bc(bt, bc)).toBe(fine)
      },
      { runs: 500, met: { so: 100, 'not so': 100, 'the chain of the undefined tree': 10 } }
    )
  })

  test('blocksFor has one block for each packet in flight to a node, genesis for those that carry none', () => {
    const { misc, params } = toyOf(beds.byLength, 2)
    const block = { ...params.GenesisBlock, proof: 1 }
    const to = (dst: number, msg: P['msg']): P => ({ src: address(0), dst: address(dst), msg })
    const w: W = {
      localState: undef,
      inFlightMsgs: [
        to(1, { _tag: 'ConnectMsg' }),
        to(0, { _tag: 'BlockMsg', block }),
        to(1, { _tag: 'BlockMsg', block }),
        to(1, { _tag: 'TxMsg', tx: beds.byLength.transactions[0]! }),
        to(1, { _tag: 'BlockMsg', block })
      ],
      consumedMsgs: [to(1, { _tag: 'BlockMsg', block })]
    }
    expect(misc.blocksFor(address(1), w)).toEqual([params.GenesisBlock, block, params.GenesisBlock, block])
    expect(misc.blocksFor(address(0), w)).toEqual([block])
    expect(misc.blocksFor(address(7), w)).toEqual([])
  })

  test('a chain is the largest iff no node has a better one', () => {
    holds(
      fc.tuple(worlds, fc.nat(SIZE)),
      ([[bed, w], whose], meet) => {
        const { misc, forest, params } = toyOf(bed, SIZE)
        const chains = entries(w.localState).map(([, st]) => forest.btChain(st.blockTree))
        const bc = chains[whose] ?? [params.GenesisBlock]
        const better = chains.filter((c) => params.FCR(c, bc))
        meet(better.length === 0 ? 'largest' : 'not the largest')
        expect(misc.largest_chain(w, bc)).toBe(better.length === 0)
      },
      { met: { largest: 150, 'not the largest': 80 } }
    )
  })

  test('a world is stable iff nothing is in flight and all nodes have one chain', () => {
    holds(
      worlds,
      ([bed, w], meet) => {
        const { misc, forest } = toyOf(bed, SIZE)
        const chains = new Set(entries(w.localState).map(([, st]) => JSON.stringify(forest.btChain(st.blockTree))))
        const stable = w.inFlightMsgs.length === 0 && chains.size === 1
        if (stable) meet('stable')
        if (w.inFlightMsgs.length === 0 && chains.size > 1) meet('quiet and not agreed')
        if (w.inFlightMsgs.length > 0 && chains.size === 1) meet('agreed and not quiet')
        expect(misc.GStable(w)).toBe(stable)
      },
      { met: { stable: 100, 'quiet and not agreed': 50, 'agreed and not quiet': 80 } }
    )
    const { misc, local } = toyOf(beds.byLength, SIZE)
    const none: W = { localState: { _tag: 'Def', entries: [] }, inFlightMsgs: [], consumedMsgs: [] }
    expect(misc.GStable(none)).toBe(true)
    expect(misc.GStable({ ...none, localState: pts(address(0), local.Init(address(0))) })).toBe(true)
  })
})
