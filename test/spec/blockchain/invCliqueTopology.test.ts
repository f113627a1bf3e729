import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { MintT } from '../../../spec/blockchain/protocol.js'
import { entries, undef, unionMap, unit, valid } from '../../../spec/prelude/unionMap.js'
import { address, beds, byLength, cliqueWorldOf, missing, toyOf, worldOf } from '../../support/toychains.js'
import type { B, Bed, P, S, Toy, Tree, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'
import { smallParts, smallToy, smallWorlds } from '../../support/smallWorlds.js'

const SIZE = 3
const same = (x: unknown, y: unknown): boolean => JSON.stringify(x) === JSON.stringify(y)
const beds_ = fc.constantFrom(...Object.values(beds))
const cliqueWorlds = beds_.chain((bed) => fc.tuple(fc.constant(bed), cliqueWorldOf(bed, SIZE)))

/** The five clauses, for the only tree and chain that clauses 5 and 2 leave, and for every node as the third witness. */
const byHand = ({ forest, params }: Toy, w: W): ReadonlyArray<ReadonlyArray<boolean>> => {
  const states = entries(w.localState)
  const canon = (n: number, st: S): Tree => {
    let bt = st.blockTree
    for (const { dst, msg } of w.inFlightMsgs)
      if (dst === n) bt = forest.btExtend(bt, msg._tag === 'BlockMsg' ? msg.block : params.GenesisBlock)
    return bt
  }
  const trees = states.map(([n, st]) => canon(n, st))
  const bt = trees[0]!
  const bc = forest.btChain(bt)
  const lost = !valid(bt)
  return states.map(([, holder]) => [
    lost || same(forest.btChain(holder.blockTree), bc),
    lost ||
      (forest.validH(bt) &&
        forest.has_init_block(bt) &&
        states.every(([, st]) => !params.FCR(forest.btChain(st.blockTree), bc))),
    forest.all_blocks(bt).every((b) => {
      const c = forest.compute_chain(bt, b)
      return forest.good_chain(c) && forest.valid_chain(c)
    }),
    states.every(([, st]) => states.every(([n]) => st.peers.includes(n))),
    trees.every((t) => same(t, bt))
  ])
}

describe('the clique invariant', () => {
  test('is that the five clauses hold of some witnesses', () => {
    holds(
      cliqueWorlds,
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        const all = byHand(toy, w)
        const expected = all.some((clauses) => clauses.every((clause) => clause))
        meet(expected ? 'holds' : 'fails')
        for (const i of [0, 1, 2, 3, 4]) if (all.every((clauses) => !clauses[i])) meet(`clause ${i + 1} fails`)
        expect(toy.clique.GSyncing_clique(w)).toBe(expected)
        expect(toy.clique.clique_inv(w)).toBe(expected && toy.network.Coh(w))
      },
      {
        runs: 800,
        met: {
          holds: 150,
          fails: 150,
          'clause 1 fails': 10,
          'clause 2 fails': 5,
          'clause 3 fails': 100,
          'clause 4 fails': 20,
          'clause 5 fails': 50
        }
      }
    )
  })

  test('for given witnesses is that the five clauses hold of them', () => {
    holds(
      beds_.chain((bed) => fc.tuple(fc.constant(bed), fc.oneof(cliqueWorldOf(bed, SIZE), worldOf(bed, SIZE, false)))),
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        const [n, st] = entries(w.localState)[0]!
        const bt = toy.clique.canonicalTree(n, st, w)
        if (!valid(bt)) meet('a collision')
        const witnesses = entries(w.localState).map(([m]) => ({ bc: toy.forest.btChain(bt), bt, n: m }))
        expect(witnesses.map((witness) => toy.clique.clauses(w, witness))).toEqual(byHand(toy, w))
      },
      { runs: 300, met: { 'a collision': 30 } }
    )
  })

  /**
   * Coq's text, with its existentials decided by trying all: trees that a world can speak of, and all addresses, those of
   * the setting and those of the world. Coq's type of addresses has an element.
   */
  const literally = ({ forest, params, addresses }: Toy, w: W): boolean => {
    const states = entries(w.localState)
    const at = (n: number) => states.filter(([m]) => m === n).map(([, st]) => st)
    const canon = (n: number, st: S): Tree =>
      w.inFlightMsgs
        .filter(({ dst }) => dst === n)
        .reduce(
          (bt, { msg }) => forest.btExtend(bt, msg._tag === 'BlockMsg' ? msg.block : params.GenesisBlock),
          st.blockTree
        )
    const listed: ReadonlyArray<number> = [...addresses.enum, ...states.map(([n]) => n)]
    const everyone = listed.length === 0 ? [0] : listed
    return [undef, ...smallParts.trees, ...states.map(([n, st]) => canon(n, st))].some((bt) => {
      const bc = forest.btChain(bt)
      const lost = !valid(bt)
      return (
        everyone.some((n) => lost || at(n).every((st) => same(forest.btChain(st.blockTree), bc))) &&
        (lost ||
          (forest.validH(bt) &&
            forest.has_init_block(bt) &&
            states.every(([, st]) => !params.FCR(forest.btChain(st.blockTree), bc)))) &&
        forest.all_blocks(bt).every((b) => {
          const c = forest.compute_chain(bt, b)
          return forest.good_chain(c) && forest.valid_chain(c)
        }) &&
        states.every(([, st]) => states.every(([n]) => st.peers.includes(n))) &&
        states.every(([n, st]) => same(bt, canon(n, st)))
      )
    })
  }

  test.each([0, 1, 2, 3])('is what Coq writes, on all small worlds in a setting that lists %i nodes', (size) => {
    const toy = smallToy(size)
    let held = 0
    for (const w of smallWorlds(smallParts)) {
      const expected = literally(toy, w)
      if (expected) held += 1
      if (toy.clique.GSyncing_clique(w) !== expected) expect(w).toBe(`a world of which it is ${String(expected)}`)
    }
    expect(held).toBe([611, 626, 651, 667][size])
  })

  test('holds of a world without nodes, and of an undefined state map: coherence does not, of the latter', () => {
    for (const size of [0, 2]) {
      const { clique } = toyOf(byLength, size)
      const none: W = { localState: unit, inFlightMsgs: [], consumedMsgs: [] }
      expect([clique.GSyncing_clique(none), clique.clique_inv(none)]).toEqual([true, true])
      const lost: W = { ...none, localState: undef }
      expect([clique.GSyncing_clique(lost), clique.clique_inv(lost)]).toEqual([true, false])
    }
  })

  test('holds where a clique starts, of any size, and in Coq’s initial world if there is one node at most', () => {
    const sizes = [0, 1, 2, 3, 4]
    const toys = sizes.map((size) => smallToy(size))
    expect(toys.map(({ clique, cliqueWorld }) => clique.clique_inv(cliqueWorld))).toEqual(sizes.map(() => true))
    expect(toys.map(({ clique, network }) => clique.clique_inv(network.initWorld))).toEqual(sizes.map((n) => n < 2))
  })

  test('needs no node that holds the chain where an address has no state', () => {
    const { forest, params, local } = toyOf(byLength, 2)
    const block: B = { prevBlockHash: params.hashB(params.GenesisBlock), txs: [], proof: 1 }
    const soon: P = { src: address(0), dst: address(0), msg: { _tag: 'BlockMsg', block } }
    const w: W = {
      localState: { _tag: 'Def', entries: [[address(0), local.Init(address(0))]] },
      inFlightMsgs: [soon],
      consumedMsgs: []
    }
    const bt = forest.btExtendAll(unit, [params.GenesisBlock, block])
    // With one address, it is a node, and has the chain of genesis only; with two, the other one holds whatever is asked.
    expect([1, 2].map((size) => toyOf(byLength, size).clique.witness(w))).toEqual([
      O.none,
      O.some({ bc: [params.GenesisBlock, block], bt })
    ])
    expect([1, 2].map((size) => toyOf(byLength, size).clique.clauses(w, { bc: forest.btChain(bt), bt })[0])).toEqual([
      false,
      true
    ])
  })

  test('survives every step', () => {
    holds(
      fc.tuple(cliqueWorlds, fc.nat(20), fc.nat()),
      ([[bed, w], ts, pick], meet) => {
        const { clique, network } = toyOf(bed, SIZE)
        if (!clique.clique_inv(w)) return
        const actions = network.enabled(w, ts, [MintT, { _tag: 'TxT', tx: bed.transactions[1]! }])
        // Deliveries are rare among all that is enabled.
        const deliveries = actions.filter((action) => action._tag === 'Deliver')
        const among = deliveries.length > 0 && pick % 4 > 0 ? deliveries : actions
        const a = among[pick % among.length]!
        if (a._tag !== 'Idle') meet(a._tag === 'Deliver' ? a.packet.msg._tag : a.transition._tag)
        const after = O.toUndefined(network.systemStep(w, a))!
        if (
          valid(entries(w.localState)[0]![1].blockTree) &&
          !entries(after.localState).every(([, st]) => valid(st.blockTree))
        )
          meet('a collision')
        expect(clique.clique_inv(after)).toBe(true)
      },
      {
        runs: 1500,
        met: {
          BlockMsg: 80,
          TxMsg: 8,
          InvMsg: 12,
          GetDataMsg: 10,
          ConnectMsg: 12,
          AddrMsg: 10,
          MintT: 50,
          TxT: 50,
          'a collision': 10
        }
      }
    )
  })

  test('makes all nodes agree on the canonical chain once nothing is in flight', () => {
    holds(
      cliqueWorlds.map(([bed, w]) => [bed, { ...w, inFlightMsgs: [] }] as const),
      ([bed, w], meet) => {
        const { clique, misc } = toyOf(bed, SIZE)
        if (!clique.clique_inv(w)) return
        meet('it holds')
        expect(misc.GStable(w)).toBe(true)
      },
      { runs: 800, met: { 'it holds': 60 } }
    )
  })
})

describe('each clause is needed: a world of two nodes in which only it fails, clause', () => {
  const { clique, cliqueWorld, forest, params, network, local } = toyOf(byLength, 2)
  const G = params.GenesisBlock
  const on = (parent: B, proof: number): B => ({ prevBlockHash: params.hashB(parent), txs: [], proof })
  const [first, second] = [on(G, 1), on(on(G, 1), 2)]
  const orphan: B = { prevBlockHash: missing, txs: [], proof: 3 }
  const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
  const world = (trees: ReadonlyArray<Tree>, inFlightMsgs: ReadonlyArray<P> = []): W => ({
    ...cliqueWorld,
    localState: unionMap(network.addresses.Address).fromEntries(
      trees.map((blockTree, n) => [address(n), { ...local.Init(address(n)), peers: network.addresses.enum, blockTree }])
    ),
    inFlightMsgs
  })
  const block = (dst: number, b: B): P => ({ src: address(0), dst: address(dst), msg: { _tag: 'BlockMsg', block: b } })

  /** Which clauses hold, of the tree and chain that are left, whoever is taken for the holder of the chain. */
  const verdicts = (w: W, b: Bed = byLength): ReadonlyArray<boolean> => {
    const clauses = byHand(toyOf(b, 2), w)
    expect(clique.GSyncing_clique(w)).toBe(clauses.some((cs) => cs.every((c) => c)))
    return [0, 1, 2, 3, 4].map((i) => clauses.some((cs) => cs[i] === true))
  }

  test('none: a block that one node has and the other will get', () => {
    expect(verdicts(world([tree(first), tree()], [block(1, first)]))).toEqual([true, true, true, true, true])
  })

  test('1: nobody has the canonical chain yet', () => {
    const w = world([tree(first), tree()], [block(0, second), block(1, first), block(1, second)])
    expect(verdicts(w)).toEqual([false, true, true, true, true])
  })

  test('2: the canonical tree lacks genesis (in an incoherent world)', () => {
    expect(verdicts(world([unit, unit]))).toEqual([true, false, true, true, true])
  })

  test('3: the canonical tree has an orphan', () => {
    expect(verdicts(world([tree(orphan), tree(orphan)]))).toEqual([true, true, false, true, true])
  })

  test('4: the nodes do not know each other', () => {
    expect(verdicts(network.initWorld)).toEqual([true, true, true, false, true])
  })

  test('5: a block that one node has is not on its way to the other', () => {
    expect(verdicts(world([tree(first), tree()]))).toEqual([true, true, true, true, false])
  })

  test('none, after a collision: nothing is asked of trees and chains', () => {
    expect(verdicts(world([undef, undef]))).toEqual([true, true, true, true, true])
    // A collision that is still on its way.
    const collider: B = { ...first, txs: [byLength.transactions[1]!] }
    const soon = world([tree(first), tree(collider)], [block(0, collider), block(1, first)])
    expect(verdicts(soon)).toEqual([true, true, true, true, true])
  })
})
