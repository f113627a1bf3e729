import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { clique_inv, GSyncing_clique } from '../../../invariants/blockchain/clique.js'
import { failures, leaves, showFailure } from '../../../invariants/property/invariant.js'
import { MintT } from '../../../spec/blockchain/protocol.js'
import { entries, undef, unit, valid } from '../../../spec/prelude/unionMap.js'
import { address, beds, byLength, cliqueWorldOf, missing, toyOf, worldOf } from '../../support/toychains.js'
import type { B, Bed, P, Tree, W } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const SIZE = 3
const anyBed = fc.constantFrom(...Object.values(beds))

/** The clauses that fail, by their names. */
const failing = (bed: Bed, size: number, w: W): ReadonlySet<string> =>
  new Set(failures(GSyncing_clique(toyOf(bed, size)), { world: w }).map(({ path }) => path.at(-1) ?? ''))

describe('the clique invariant that explains itself', () => {
  /** Says of a coherent world that the literal definition and the explanations agree, clause by clause where they can. */
  const agrees = (bed: Bed, w: W, meet: (premise: string) => void): void => {
    const toy = toyOf(bed, SIZE)
    if (!toy.network.Coh(w)) return
    const literal = toy.clique.GSyncing_clique(w)
    const names = failing(bed, SIZE, w)
    meet(literal ? 'holds' : 'fails')
    for (const name of names) meet(`${name} fails`)
    expect(names.size === 0).toBe(literal)
    // Where clause 5 holds there is one canonical tree, and each clause can be compared.
    const [n, st] = entries(w.localState)[0]!
    const bt = toy.clique.canonicalTree(n, st, w)
    const bc = toy.forest.btChain(bt)
    const witnesses = entries(w.localState).map(([m]) => toy.clique.clauses(w, { bc, bt, n: m }))
    const holds_ = [0, 1, 2, 3, 4].map((i) => witnesses.some((clauses) => clauses[i] === true))
    expect(names.has('5')).toBe(!holds_[4])
    expect(names.has('4')).toBe(!holds_[3])
    if (holds_[4] === true) expect(['1', '2', '3'].map((name) => !names.has(name))).toEqual(holds_.slice(0, 3))
  }

  test('agrees with GSyncing_clique on coherent worlds that are near it', () => {
    holds(
      anyBed.chain((bed) => fc.tuple(fc.constant(bed), cliqueWorldOf(bed, SIZE))),
      ([bed, w], meet) => {
        agrees(bed, w, meet)
      },
      {
        runs: 400,
        // With a lawful choice, clause 2 cannot fail of a coherent world.
        met: { holds: 80, fails: 120, '1 fails': 3, '3 fails': 100, '4 fails': 20, '5 fails': 40 }
      }
    )
  })

  test('agrees with GSyncing_clique on coherent worlds of any kind', () => {
    holds(
      anyBed.chain((bed) => fc.tuple(fc.constant(bed), worldOf(bed, SIZE, true))),
      ([bed, w], meet) => {
        agrees(bed, w, (premise) => {
          if (premise === 'fails') meet(premise)
        })
      },
      { runs: 300, met: { fails: 200 } }
    )
  })

  test('agrees with GSyncing_clique along executions, with packets lost on the way or not', () => {
    const runs = anyBed.chain((bed) =>
      fc.tuple(
        fc.constant(bed),
        fc.oneof(cliqueWorldOf(bed, SIZE), fc.constant(toyOf(bed, SIZE).cliqueWorld)),
        fc.array(fc.tuple(fc.nat(20), fc.nat(), fc.nat(15)), { minLength: 1, maxLength: 8, size: 'max' })
      )
    )
    holds(
      runs,
      ([bed, start, choices], meet) => {
        const { network, clique } = toyOf(bed, SIZE)
        if (!network.Coh(start)) return
        let w = start
        for (const [ts, pick, fate] of choices) {
          const actions = network.enabled(w, ts, [MintT, { _tag: 'TxT', tx: bed.transactions[1]! }])
          w = O.toUndefined(network.systemStep(w, actions[pick % actions.length]!))!
          if (fate === 0) w = { ...w, inFlightMsgs: w.inFlightMsgs.slice(1) }
        }
        meet(clique.GSyncing_clique(w) ? 'holds' : 'fails')
        expect(failing(bed, SIZE, w).size === 0).toBe(clique.GSyncing_clique(w))
      },
      { runs: 150, met: { holds: 40, fails: 20 } }
    )
  })

  test('agrees with clique_inv on worlds of any kind, for it asks for coherence', () => {
    holds(
      anyBed.chain((bed) => fc.tuple(fc.constant(bed), fc.oneof(cliqueWorldOf(bed, SIZE), worldOf(bed, SIZE, false)))),
      ([bed, w], meet) => {
        const toy = toyOf(bed, SIZE)
        if (!toy.network.Coh(w)) meet('incoherent')
        expect(failures(clique_inv(toy), { world: w }).length === 0).toBe(toy.clique.clique_inv(w))
      },
      { runs: 300, met: { incoherent: 100 } }
    )
  })

  test('is decided otherwise on some incoherent world: only there does a packet without a block count as genesis', () => {
    const { clique, network, cliqueWorld } = toyOf(byLength, 2)
    const w: W = {
      ...cliqueWorld,
      localState: {
        _tag: 'Def',
        entries: entries(cliqueWorld.localState).map(([n, st]) => [n, { ...st, blockTree: unit }])
      },
      inFlightMsgs: network.addresses.enum.map((dst) => ({ src: dst, dst, msg: { _tag: 'ConnectMsg' } }))
    }
    expect([network.Coh(w), clique.GSyncing_clique(w), [...failing(byLength, 2, w)]]).toEqual([false, true, ['2']])
  })

  test('has the five clauses, numbered as in the source, and coherence before them', () => {
    expect(leaves(clique_inv(toyOf(byLength, 2))).map(([path]) => path.slice(1).join(' ▸ '))).toEqual([
      ...['Coh ▸ defined', 'Coh ▸ id', 'Coh ▸ validH', 'Coh ▸ has_init_block', 'Coh ▸ uniq peers'],
      ...['1', '2', '3', '4', '5'].map((n) => `GSyncing_clique ▸ ${n}`)
    ])
  })
})

describe('a clause that fails says so:', () => {
  const toy = toyOf(byLength, 3)
  const { forest, params, addresses, local } = toy
  const G = params.GenesisBlock
  const on = (parent: B, proof: number, ...txs: ReadonlyArray<number>): B => ({
    prevBlockHash: params.hashB(parent),
    txs: txs.map((i) => byLength.transactions[i]!),
    proof
  })
  const first = on(G, 1)
  const second = on(first, 2)
  const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
  const block = (dst: number, b: B): P => ({ src: address(0), dst: address(dst), msg: { _tag: 'BlockMsg', block: b } })
  const world = (trees: ReadonlyArray<Tree>, inFlightMsgs: ReadonlyArray<P> = []): W => ({
    localState: {
      _tag: 'Def',
      entries: addresses.enum.map((n) => [
        n,
        { ...local.Init(n), peers: addresses.enum, blockTree: trees[n] ?? tree() }
      ])
    },
    inFlightMsgs,
    consumedMsgs: []
  })
  const objections = (w: W): ReadonlyArray<string> => failures(GSyncing_clique(toy), { world: w }).map(showFailure)

  test('1, that nobody has the canonical chain', () => {
    const w = world([tree(first)], [block(0, second), ...[1, 2].flatMap((n) => [block(n, first), block(n, second)])])
    expect(objections(w)).toEqual(['GSyncing_clique ▸ 1: no node has the canonical chain 0x1 ← 0x10 ← a'])
  })

  test('2, whose tree will be without genesis', () => {
    expect(objections(world([unit, unit, unit]))).toEqual(
      [0, 1, 2].map((n) => `GSyncing_clique ▸ 2 ▸ node ${n}: its tree will be {}, without genesis`)
    )
  })

  test('2, whose tree will have a block that is not under its hash', () => {
    const odd: Tree = { _tag: 'Def', entries: [...(valid(tree()) ? entries(tree()) : []), [missing, first]] }
    expect(objections(world([odd, odd, odd])).filter((o) => o.includes('▸ 2 ▸'))).toEqual(
      [0, 1, 2].map(
        (n) => `GSyncing_clique ▸ 2 ▸ node ${n}: its tree will be {0x1, ?}, with a block not under its hash`
      )
    )
  })

  test('2, whose chain is better than the canonical one', () => {
    // This cannot be with a lawful choice; here one block beats three, three beat two, and two beat one.
    const FCR = (c: ReadonlyArray<B>, d: ReadonlyArray<B>): boolean => (c.length - d.length + 3) % 3 === 1
    const instance = { ...byLength.instance, name: 'in circles', params: { ...params, FCR } }
    const circling = toyOf({ ...byLength, instance }, 3)
    const [two, three] = [on(G, 2), on(on(G, 2), 4)]
    const w = world(
      [tree(two, three)],
      [1, 2].flatMap((n) => [block(n, two), block(n, three)])
    )
    expect(failures(GSyncing_clique(circling), { world: w }).map(showFailure)).toEqual(
      [1, 2].map((n) => `GSyncing_clique ▸ 2 ▸ node ${n}: its chain 0x1 is better than the canonical 0x1 ← a ← `)
    )
  })

  test('3, which block will be an orphan, and which chain is not valid', () => {
    const orphan: B = { prevBlockHash: missing, txs: [], proof: 3 }
    const spentTwice = on(on(G, 1, 1), 2, 1)
    const bad = tree(on(G, 1, 1), spentTwice, orphan)
    expect(objections(world([bad, bad, bad]))).toEqual(
      [0, 1, 2].flatMap((n) => [
        `GSyncing_clique ▸ 3 ▸ node ${n}: block B will be an orphan: its chain is B`,
        `GSyncing_clique ▸ 3 ▸ node ${n}: the chain 0x1 ← 0x10 ← a of block a is not valid`
      ])
    )
  })

  test('4, whom a node does not know', () => {
    const w = world([])
    const localState: W['localState'] = {
      _tag: 'Def',
      entries: entries(w.localState).map(([n, st]) => [n, n === 1 ? { ...st, peers: [address(1), address(5)] } : st])
    }
    expect(objections({ ...w, localState })).toEqual(['GSyncing_clique ▸ 4 ▸ node 1: has the peers 1, 5, missing 0, 2'])
  })

  test('5, what a node will have, what most will have, and the difference', () => {
    const other = on(G, 4)
    expect(objections(world([tree(first), tree(other)], [block(2, first)]))).toEqual([
      'GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {, 0x1}, expected {0x1, 0x10}, missing 0x10, beyond it '
    ])
    expect(objections(world([tree(first), undef, tree(first)]))).toEqual([
      'GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, undefined, expected {0x1, 0x10}, missing 0x1, 0x10'
    ])
  })

  test('5, of the one node that has more than the two others, though it is the first', () => {
    expect(objections(world([tree(first, second), tree(first), tree(first)]))).toEqual([
      'GSyncing_clique ▸ 5 ▸ node 0: has, with what is in flight, {0x1, 0x10, a}, expected {0x1, 0x10}, beyond it a'
    ])
  })

  test('nothing, after a collision at every node', () => {
    expect(objections(world([undef, undef, undef]))).toEqual([])
  })
})
