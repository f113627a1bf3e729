import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Forests } from '../../../spec/blockchain/forests.js'
import type { Forest } from '../../../spec/blockchain/forests.js'
import type { Hash } from '../../../spec/blockchain/codec.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { longestChain } from '../../../spec/blockchain/instances/longestChain.js'
import type { TypesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import type { ConsensusParams } from '../../../spec/blockchain/parameters.js'
import { dom, entries, pts, undef, unionMap, unit, valid } from '../../../spec/prelude/unionMap.js'
import {
  bedNames,
  beds,
  blockOf,
  byLength,
  chainOf,
  missing,
  treeOf,
  treeWithBlockOf
} from '../../support/toychains.js'
import type { B, Bed, Chain, Tree } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

/**
 * The block forest once more, as an ordinary program: maps that are changed, loops, no recursion. A tree is a map, or
 * `undefined` after a collision.
 */
const Naive = ({ GenesisBlock, hashB, VAF, txValid, FCR }: ConsensusParams<TypesImpl>) => {
  type Store = ReadonlyMap<Hash, B> | undefined
  const equal = (a: B | undefined, b: B): boolean =>
    a?.prevBlockHash === b.prevBlockHash &&
    a.proof === b.proof &&
    a.txs.length === b.txs.length &&
    a.txs.every((t, i) => t === b.txs[i])

  const extend = (store: Store, b: B): Store => {
    if (store === undefined) return undefined
    const there = store.get(hashB(b))
    if (there === undefined) return new Map([...store, [hashB(b), b]])
    return equal(there, b) ? store : undefined
  }

  const chainOf = (store: Store, b: B): Chain => {
    const left = new Map(store)
    const newestFirst: B[] = []
    let at = b
    while (equal(left.get(hashB(at)), at)) {
      newestFirst.push(at)
      const before = left.get(at.prevBlockHash)
      if (before === undefined || equal(GenesisBlock, at)) break
      left.delete(hashB(at))
      at = before
    }
    return newestFirst.reverse()
  }

  const good = (bc: Chain): boolean => bc.length > 0 && equal(bc[0], GenesisBlock)

  const validChain = (bc: Chain): boolean => {
    for (let i = 0; i < bc.length; i++) {
      const [before, b] = [bc.slice(0, i), bc[i]!]
      if (!VAF(b, before, b.txs)) return false
      for (const t of b.txs) if (!txValid(t, before)) return false
    }
    return true
  }

  const keysOf = (store: Store): ReadonlyArray<Hash> => [...(store ?? new Map<Hash, B>()).keys()].sort()

  const best = (store: Store): Chain => {
    let champion: Chain = [GenesisBlock]
    for (const h of keysOf(store).toReversed()) {
      const challenger = chainOf(store, store!.get(h)!)
      if (good(challenger) && validChain(challenger) && FCR(challenger, champion)) champion = challenger
    }
    return champion
  }

  return { extend, chainOf, good, validChain, best, keysOf, equal }
}

const storeOf = (bt: Tree): ReadonlyMap<Hash, B> | undefined => (valid(bt) ? new Map(entries(bt)) : undefined)

describe.each(bedNames)('forests, %s, agree with an ordinary program', (name) => {
  const bed: Bed = beds[name]
  const { params, types } = bed.instance
  const F: Forest<TypesImpl> = Forests(types, params)
  const naive = Naive(params)

  test('on trees that blocks are added to', () => {
    holds(
      fc.tuple(treeOf(bed), fc.array(blockOf(bed), { maxLength: 6 })),
      ([bt, bs], meet) => {
        let store = storeOf(bt)
        let tree = bt
        for (const b of bs) {
          const before = tree
          tree = F.btExtend(tree, b)
          const after = naive.extend(store, b)
          if (store !== undefined && after === undefined) meet('a collision')
          if (store !== undefined && after === store) {
            meet('nothing new')
            expect(tree).toBe(before)
          }
          store = after
          expect(storeOf(tree)).toEqual(store)
          expect(F.btHasBlock(tree, b)).toBe(naive.equal(store?.get(params.hashB(b)), b))
        }
        expect(F.btExtendAll(bt, bs)).toEqual(tree)
        expect(dom(tree)).toEqual(naive.keysOf(store))
      },
      { runs: 300, met: { 'a collision': 60, 'nothing new': 60 } }
    )
  })

  test('on the chain of a block: genesis, orphans, cycles, self-reference, odd keys, undefined trees', () => {
    holds(
      treeWithBlockOf(bed),
      ([bt, b], meet) => {
        const chain = F.compute_chain(bt, b)
        const store = storeOf(bt)
        const [oldest] = chain
        if (!valid(bt)) meet('undefined tree')
        if (!F.validH(bt)) meet('odd keys')
        if (oldest === undefined) meet('empty')
        else if (naive.equal(params.GenesisBlock, oldest)) meet('from genesis')
        else if (store?.has(oldest.prevBlockHash)) meet('a cycle, or an odd key')
        else meet('an orphan')
        if (chain.length >= 3) meet('three blocks')
        if (b.prevBlockHash === params.hashB(b) && chain.length === 1) meet('its own predecessor')
        expect(chain).toEqual(naive.chainOf(store, b))
      },
      {
        runs: 2000,
        met: {
          'undefined tree': 100,
          'odd keys': 100,
          empty: 300,
          'from genesis': 300,
          'a cycle, or an odd key': 30,
          'an orphan': 100,
          'three blocks': 150,
          'its own predecessor': 10
        }
      }
    )
  })

  test('on the best chain of a tree', () => {
    holds(
      treeOf(bed),
      (bt, meet) => {
        const store = storeOf(bt)
        const best = F.btChain(bt)
        if (best.length >= 3) meet('three blocks')
        if (F.good_chains(bt).length >= 3) meet('a choice of three')
        if (F.all_chains(bt).length > F.good_chains(bt).length) meet('some chain does not count')
        expect(best).toEqual(naive.best(store))
      },
      { runs: 1000, met: { 'three blocks': 150, 'a choice of three': 200, 'some chain does not count': 300 } }
    )
  })

  test('on chains: good, valid, hash-linked', () => {
    holds(
      chainOf(bed),
      (bc, meet) => {
        const linked = bc.every((b, i) => i === 0 || b.prevBlockHash === params.hashB(bc[i - 1]!))
        if (naive.good(bc) && naive.validChain(bc) && bc.length > 1) meet('good, valid and not trivial')
        if (!naive.validChain(bc)) meet('not valid')
        if (linked && bc.length > 1) meet('linked')
        if (!linked) meet('not linked')
        expect([F.good_chain(bc), F.valid_chain(bc), F.hash_chain(bc)]).toEqual([
          naive.good(bc),
          naive.validChain(bc),
          linked
        ])
      },
      {
        runs: 1000,
        met: { 'good, valid and not trivial': 50, 'not valid': 100, linked: 50, 'not linked': 200 }
      }
    )
  })

  test('on what is said of whole trees', () => {
    holds(
      treeOf(bed),
      (bt, meet) => {
        const store = storeOf(bt)
        const blocks = naive.keysOf(store).map((h) => store!.get(h)!)
        const chains = blocks.map((b) => naive.chainOf(store, b))
        const fine = chains.map((c) => naive.good(c) && naive.validChain(c))
        const keyed = [...(store ?? [])].every(([h, b]) => h === params.hashB(b))
        const rooted = naive.equal(store?.get(params.hashB(params.GenesisBlock)), params.GenesisBlock)
        if (keyed) meet('validH')
        if (rooted) meet('has_init_block')
        if (fine.every((ok) => ok)) meet('good_bt')
        expect([F.all_blocks(bt), F.all_chains(bt), F.good_chains(bt)]).toEqual([
          blocks,
          chains,
          chains.filter((_, i) => fine[i])
        ])
        expect([F.validH(bt), F.has_init_block(bt), F.good_bt(bt)]).toEqual([keyed, rooted, fine.every((ok) => ok)])
      },
      { runs: 500, met: { validH: 300, has_init_block: 200, good_bt: 40 } }
    )
  })

  test('on what is said of a block and a tree', () => {
    holds(
      fc.tuple(treeWithBlockOf(bed), blockOf(bed), fc.nat(6), fc.constantFrom(...bed.hashes, missing)),
      ([[bt, b], any, i, h], meet) => {
        const store = storeOf(bt)
        const stored = [...(store ?? new Map<Hash, B>()).values()]
        const c = stored[i] ?? any
        const follows = params.hashB(b) === c.prevBlockHash && store?.has(params.hashB(c)) === true
        if (follows) meet('one follows the other')
        if (stored.some((x) => naive.equal(x, b))) meet('the tree has it')
        expect(F.get_block(bt, h)).toEqual(store?.get(h) ?? params.GenesisBlock)
        expect([F.is_block_in(bt, b), F.next_of(bt, b, c)]).toEqual([stored.some((x) => naive.equal(x, b)), follows])
        const bc = naive.best(store)
        expect(F.valid_chain_block(bc, b)).toBe(params.VAF(b, bc, b.txs) && b.txs.every((t) => params.txValid(t, bc)))
        expect(F.lastBlock(bc)).toBe(bc.at(-1))
      },
      { met: { 'one follows the other': 20, 'the tree has it': 100 } }
    )
  })

  test('on collisions: none is asked of a defined tree whose blocks, with those of a list, can be told by their hashes', () => {
    holds(
      fc.tuple(treeOf(bed), fc.array(blockOf(bed), { maxLength: 3 })),
      ([bt, xs], meet) => {
        const store = storeOf(bt)
        // Where a key is odd, the block under it does not count.
        const held = [...(store ?? [])].filter(([h, b]) => h === params.hashB(b)).map(([, b]) => b)
        const different = new Set([...held, ...xs].map((b) => JSON.stringify(b))).size
        const hashes = new Set([...held, ...xs].map(params.hashB)).size
        const none = store !== undefined && different === hashes
        if (none && xs.length > 1) meet('none')
        if (store !== undefined && !none) meet('a collision')
        expect(F.no_collisions(bt, xs)).toBe(none)
      },
      { met: { none: 40, 'a collision': 100 } }
    )
  })

  test('on the better of two chains: only a good and valid one beats another', () => {
    holds(
      fc.tuple(chainOf(bed), chainOf(bed)),
      ([c, d], meet) => {
        const beats = params.FCR(c, d)
        const counts = naive.good(c) && naive.validChain(c)
        if (beats && counts) meet('it is better')
        if (beats && !counts) meet('it would be better, and does not count')
        expect(F.take_better_bc(c, d)).toBe(beats && counts ? c : d)
        expect(F.take_better_alt(c, d)).toBe(beats ? c : d)
        expect(F.geq(c, d)).toBe(beats || JSON.stringify(c) === JSON.stringify(d))
      },
      { met: { 'it is better': 50, 'it would be better, and does not count': 50 } }
    )
  })
})

describe('the chain of a block', () => {
  const { params, types } = byLength.instance
  const F = Forests(types, params)
  const G = params.GenesisBlock
  const { upd } = unionMap(types.Hash)
  const [g, h10, a, upperB] = byLength.hashes
  const at = (proof: number, prevBlockHash: Hash): B => ({ prevBlockHash, txs: [], proof })
  const tree = (...bs: ReadonlyArray<B>): Tree => F.btExtendAll(unit, bs)

  test('stops at genesis, even where its predecessor is present', () => {
    const before = at(3, a!)
    const bt = upd(G.prevBlockHash, before, tree(G, at(1, g!)))
    expect(F.compute_chain(bt, at(1, g!))).toEqual([G, at(1, g!)])
  })

  test('of an orphan starts at the orphan', () => {
    expect(F.compute_chain(tree(G, at(1, missing), at(2, h10!)), at(2, h10!))).toEqual([at(1, missing), at(2, h10!)])
  })

  test('of a block that is its own predecessor is that block', () => {
    expect(F.compute_chain(tree(G, at(2, a!)), at(2, a!))).toEqual([at(2, a!)])
  })

  test('ends where a cycle closes: each of two blocks that name each other comes after the other', () => {
    const [x, y] = [at(2, upperB!), at(3, a!)]
    expect(F.compute_chain(tree(G, x, y), x)).toEqual([y, x])
    expect(F.compute_chain(tree(G, x, y), y)).toEqual([x, y])
  })

  test('is empty where the tree does not hold it, holds another block under its hash, or is undefined', () => {
    expect(F.compute_chain(tree(G), at(1, g!))).toEqual([])
    expect(F.compute_chain(tree(G, at(7, g!)), at(1, g!))).toEqual([])
    expect(F.compute_chain(undef, G)).toEqual([])
  })

  test('is limited by the keys and the number of blocks that its worker is given', () => {
    const bt = tree(G, at(1, g!), at(2, h10!))
    expect(F.compute_chain_within(bt, at(2, h10!), dom(bt), 2)).toEqual([at(1, g!), at(2, h10!)])
    expect(F.compute_chain_within(bt, at(2, h10!), dom(bt), 0)).toEqual([])
    expect(F.compute_chain_within(bt, at(2, h10!), [a!], 9)).toEqual([at(2, h10!)])
    expect(F.compute_chain_within(bt, at(2, h10!), [], 9)).toEqual([])
  })
})

describe('the best chain', () => {
  const { params, types } = byLength.instance
  const F = Forests(types, params)
  const G = params.GenesisBlock

  test('is genesis alone where the tree is undefined, empty, or has no good and valid chain', () => {
    const orphan: B = { prevBlockHash: missing, txs: [], proof: 1 }
    const spends: B = { prevBlockHash: params.hashB(G), txs: [transactionOf('genesis')], proof: 1 }
    expect([undef, unit, pts(params.hashB(orphan), orphan), F.btExtendAll(unit, [G, spends])].map(F.btChain)).toEqual([
      [G],
      [G],
      [G],
      [G]
    ])
  })

  test('is taken from the last key to the first: with a choice that takes whatever it is offered, the first key wins', () => {
    const capricious = Forests(types, { ...params, FCR: () => true })
    const [x, y] = [
      { prevBlockHash: params.hashB(G), txs: [], proof: 1 },
      { prevBlockHash: params.hashB(G), txs: [], proof: 4 }
    ] as const
    const bt = capricious.btExtendAll(unit, [G, x, y])
    expect(dom(bt)).toEqual(['', '0x1', '0x10'])
    expect(capricious.btChain(bt)).toEqual([G, y])
    const stubborn = Forests(types, { ...params, FCR: () => false })
    expect(stubborn.btChain(bt)).toEqual([G])
  })

  test('of real hashes is the longer branch, then the one with the smaller hashes', () => {
    const { params: real } = longestChain()
    const sha = Forests(types, real)
    const on = (b: B, proof: number): B => ({ prevBlockHash: real.hashB(b), txs: [], proof })
    const [b1, c1] = [on(real.GenesisBlock, 1), on(real.GenesisBlock, 2)]
    const smaller = [b1, c1].sort((x, y) => (real.hashB(x) < real.hashB(y) ? -1 : 1))[0]!
    const fork = sha.btExtendAll(unit, [real.GenesisBlock, b1, c1])
    expect(sha.btChain(fork)).toEqual([real.GenesisBlock, smaller])
    const other = smaller === b1 ? c1 : b1
    expect(sha.btChain(sha.btExtend(fork, on(other, 3)))).toEqual([real.GenesisBlock, other, on(other, 3)])
  })

  test('is what the contributions of the keys make together', () => {
    holds(
      treeOf(byLength),
      (bt, meet) => {
        const folded = dom(bt).reduceRight<Chain>((bc, h) => F.bc_fun(bt)(h)(bc), [G])
        if (folded.length > 1) meet('not trivial')
        expect(F.btChain(bt)).toEqual(folded)
      },
      { runs: 200, met: { 'not trivial': 50 } }
    )
  })
})

test('hash chains are linked: each block names the hash of the one before it', () => {
  const { params, types } = byLength.instance
  const F = Forests(types, params)
  const G = params.GenesisBlock
  const next: B = { prevBlockHash: params.hashB(G), txs: [], proof: 1 }
  const stray: B = { ...next, prevBlockHash: hashOf('elsewhere') }
  expect([[], [stray], [G, next], [G, stray], [next, G]].map(F.hash_chain)).toEqual([true, true, true, false, false])
})
