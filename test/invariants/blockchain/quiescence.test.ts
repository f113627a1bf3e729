import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  block_quiescent_agreement,
  clique_eventual_consensus,
  GStable,
  largest_chain,
  quiescent_agreement
} from '../../../invariants/blockchain/quiescence.js'
import { failures, leaves, showFailure } from '../../../invariants/property/invariant.js'
import { entries, undef, unit } from '../../../spec/prelude/unionMap.js'
import { address, beds, byLength, chainOf, cliqueWorldOf, toyOf, worldOf } from '../../support/toychains.js'
import type { B, P, Tree, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const SIZE = 3

/** Worlds of every degree of agreement and quiet: all, some or no packets, one tree for all or each its own. */
const worlds = fc.constantFrom(...Object.values(beds)).chain((bed) =>
  fc
    .tuple(
      fc.oneof(worldOf(bed, SIZE, true), cliqueWorldOf(bed, SIZE)),
      fc.boolean(),
      fc.constantFrom('all', 'no blocks', 'none', 'to nobody')
    )
    .map(([w, alike, packets]) => {
      const [first] = entries(w.localState)
      const states: W['localState'] = {
        _tag: 'Def',
        entries: entries(w.localState).map(([n, st]) => [n, alike ? { ...first![1], id: n } : st])
      }
      const keep = (p: P): boolean =>
        packets === 'all' ||
        (packets === 'no blocks' ? p.msg._tag !== 'BlockMsg' : packets === 'to nobody' && p.dst === 7)
      return [bed, { ...w, localState: states, inFlightMsgs: w.inFlightMsgs.filter(keep) }] as const
    })
)

/** What the invariants are about, computed from scratch. */
const seen = (bed: (typeof beds)[keyof typeof beds], w: W) => {
  const { forest } = toyOf(bed, SIZE)
  const chains = entries(w.localState).map(([, st]) => forest.btChain(st.blockTree))
  const toNodes = w.inFlightMsgs.filter((p) => p.dst < SIZE)
  return {
    chains,
    agreed: new Set(chains.map((c) => JSON.stringify(c))).size === 1,
    quiet: toNodes.length === 0,
    quietOfBlocks: toNodes.every((p) => p.msg._tag !== 'BlockMsg'),
    still: w.inFlightMsgs.length === 0
  }
}

describe('agreement', () => {
  test('is asked where nothing is in flight to any node; in the stronger form, where no block is', () => {
    holds(
      worlds,
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        const { agreed, quiet, quietOfBlocks, still } = seen(bed, w)
        if (quiet && !agreed) meet('quiet, not agreed')
        if (quiet && agreed) meet('quiet, agreed')
        if (quietOfBlocks && !quiet && !agreed) meet('quiet of blocks, not agreed')
        if (quiet && !still) meet('quiet, with packets to nobody')
        const holdsOf = (invariant: typeof clique_eventual_consensus): boolean =>
          failures(invariant(toy), { world: w }).length === 0
        expect([
          holdsOf(clique_eventual_consensus),
          holdsOf(block_quiescent_agreement),
          holdsOf(quiescent_agreement)
        ]).toEqual([agreed || !quiet, agreed || !quietOfBlocks, agreed || !quietOfBlocks])
      },
      {
        met: {
          'quiet, not agreed': 50,
          'quiet, agreed': 80,
          'quiet of blocks, not agreed': 10,
          'quiet, with packets to nobody': 5
        }
      }
    )
  })

  test('in both strengths is GStable where it is asked', () => {
    holds(
      worlds,
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        if (toy.misc.GStable(w)) meet('stable')
        expect(failures(GStable(toy), { world: w }).length === 0).toBe(toy.misc.GStable(w))
      },
      { runs: 300, met: { stable: 40 } }
    )
  })

  test('on a largest chain is asked of every node', () => {
    holds(
      worlds.chain(([bed, w]) => fc.tuple(fc.constant(bed), fc.constant(w), chainOf(bed), fc.nat(SIZE))),
      ([bed, w, any, whose], meet) => {
        const toy = toyOf(bed, SIZE)
        const bc = seen(bed, w).chains[whose] ?? any
        const literal = toy.misc.largest_chain(w, bc)
        meet(literal ? 'largest' : 'not the largest')
        expect(failures(largest_chain(toy, bc), { world: w }).length === 0).toBe(literal)
      },
      { runs: 300, met: { largest: 80, 'not the largest': 60 } }
    )
  })
})

describe('a failure of agreement says', () => {
  const toy = toyOf(byLength, SIZE)
  const { forest, params, cliqueWorld } = toy
  const G = params.GenesisBlock
  const first: B = { prevBlockHash: params.hashB(G), txs: [], proof: 1 }
  const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
  const world = (trees: ReadonlyArray<Tree>, inFlightMsgs: ReadonlyArray<P> = []): W => ({
    ...cliqueWorld,
    localState: {
      _tag: 'Def',
      entries: entries(cliqueWorld.localState).map(([n, st]) => [n, { ...st, blockTree: trees[n] ?? st.blockTree }])
    },
    inFlightMsgs
  })
  const connect: P = { src: address(0), dst: address(1), msg: { _tag: 'ConnectMsg' } }

  test('who has which chain, and whether the first node has the better one', () => {
    expect(failures(clique_eventual_consensus(toy), { world: world([tree(first)]) }).map(showFailure)).toEqual(
      [1, 2].map(
        (n) =>
          `clique_eventual_consensus ▸ one chain ▸ node ${n}: has the chain 0x1, but node 0 has the better 0x1 ← 0x10`
      )
    )
    expect(
      failures(block_quiescent_agreement(toy), { world: world([tree(), tree(first)], [connect]) }).map(showFailure)
    ).toEqual([
      'block_quiescent_agreement ▸ one chain ▸ node 1: has the chain 0x1 ← 0x10, but node 0 has the worse 0x1'
    ])
    expect(failures(clique_eventual_consensus(toy), { world: world([tree(), tree(first)], [connect]) })).toEqual([])
  })

  test('whose chain is better than the one that should be the largest', () => {
    expect(failures(largest_chain(toy, [G]), { world: world([tree(first)]) })).toEqual([
      {
        path: ['largest_chain'],
        says: 'no node has a better chain than 0x1',
        node: 0,
        witness: 'has the better chain 0x1 ← 0x10'
      }
    ])
  })

  test('how many packets keep a network from rest', () => {
    expect(failures(GStable(toy), { world: world([], [connect, connect]) }).map(showFailure)).toEqual([
      'GStable ▸ quiet: 2 packets in flight'
    ])
  })

  test('of a network that is not at rest, both that it is not quiet and that its nodes do not agree', () => {
    expect(
      failures(GStable(toy), { world: world([tree(), tree(first)], [connect, connect]) }).map(showFailure)
    ).toEqual([
      'GStable ▸ quiet: 2 packets in flight',
      'GStable ▸ agreement ▸ one chain ▸ node 1: has the chain 0x1 ← 0x10, but node 0 has the worse 0x1'
    ])
  })

  test('nothing where there are no nodes', () => {
    expect(failures(quiescent_agreement(toy), { world: { ...cliqueWorld, localState: undef } })).toEqual([])
  })

  test('in its conjuncts what it asks', () => {
    expect(leaves(quiescent_agreement(toy)).map(([path, { says }]) => [path.join(' ▸ '), says])).toEqual([
      [
        'quiescent_agreement ▸ clique_eventual_consensus ▸ one chain',
        'if nothing is in flight to any node, all nodes have one chain'
      ],
      [
        'quiescent_agreement ▸ block_quiescent_agreement ▸ one chain',
        'if no block is in flight to any node, all nodes have one chain'
      ]
    ])
  })
})
