/**
 * The setting of the lemmas about states and networks: what is listed, what is drawn, and the steps of worlds.
 */
import type * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entries, undef, valid } from '../../../../spec/prelude/unionMap.js'
import type { Message } from '../../../../spec/blockchain/protocol.js'
import type { World } from '../../../../spec/blockchain/invMisc.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { netAddr } from '../../../../spec/system/address.js'
import { networkSetting } from '../../../../invariants/blockchain/lemmas/networkSetting.js'
import { setting } from '../../../../invariants/blockchain/lemmas/setting.js'
import { showTiny } from '../../../../invariants/blockchain/lemmas/show.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { Sort } from '../../../../invariants/proof/sort.js'
import { samples } from '../../../support/property.js'

type B = Block<TinyTypes>
type W = World<TinyTypes>

const work = tiny('work')
const bounds = { word: 1, blocks: 1, chain: 1, chains: 1, keys: 1 }
const b1: B = { prevBlockHash: 0, txs: [], proof: 1 }
const universe = {
  blocks: [work.params.GenesisBlock, b1],
  hashes: [0, 1, 2],
  transactions: [0, 1, 2],
  times: [2, -1]
}
const s = setting(work, universe, bounds)
const N = networkSetting(s, 2)
const { sorts } = N
const { network, clique } = N.toychain
const [n0, n1] = netAddr(2).enum

const texts = <A>(sort: Sort<A>): ReadonlyArray<string> => [...sort.all()].map(showTiny)
const often = <A>(from: fc.Arbitrary<A>, property: (a: A) => boolean, of = 500): number =>
  samples(from, of).filter(property).length

/** Node 0 has the block 1, which is on its way to node 1. */
const onItsWay: W = N.cliqueWorldOf(
  [
    { node: n0!, tree: s.grown(s.genesisTree, [b1]), arriving: [] },
    { node: n1!, tree: s.genesisTree, arriving: [b1] }
  ],
  [],
  [n0!, n1!],
  [1]
)

describe('all values of a sort', () => {
  test('addresses: the nodes, and one that is none', () => {
    expect(N.addresses.enum).toEqual([0, 1])
    expect(N.everyone).toEqual([0, 1, 2])
    expect(texts(sorts.address)).toEqual(['0', '1', '2'])
  })

  test('peers: up to two of the addresses', () => {
    expect(sorts.peers.size).toBe(1 + 3 + 9)
    expect(texts(sorts.peers).slice(0, 6)).toEqual(['[]', '[0]', '[1]', '[2]', '[0, 0]', '[0, 1]'])
  })

  test('messages: one of each kind for each block, transaction and hash, and a few lists', () => {
    expect(texts(sorts.message)).toEqual([
      'ConnectMsg',
      'BlockMsg(0←0)',
      'BlockMsg(1←0)',
      'TxMsg(0)',
      'TxMsg(1)',
      'TxMsg(2)',
      'GetDataMsg(0)',
      'GetDataMsg(1)',
      'GetDataMsg(2)',
      'InvMsg([])',
      'InvMsg([0, 1])',
      'InvMsg([0, 1, 2])',
      'AddrMsg([])',
      'AddrMsg([0])',
      'AddrMsg([0, 1, 2])'
    ])
  })

  test('packets: from node 0 to each node, each message; lists of at most one', () => {
    expect(texts(sorts.packet)).toEqual(
      [0, 1].flatMap((dst) => texts(sorts.message).map((m) => `{src: 0, dst: ${dst}, msg: ${m}}`))
    )
    expect(texts(sorts.packets)).toEqual(['[]', ...texts(sorts.packet).map((p) => `[${p}]`)])
  })

  test('transitions: to mint, and each transaction; times', () => {
    expect(texts(sorts.transition)).toEqual(['MintT', 'TxT(0)', 'TxT(1)', 'TxT(2)'])
    expect(texts(sorts.time)).toEqual(['2', '-1'])
  })

  test('local steps: to idle; at each time to receive each message from anybody, or a transition', () => {
    expect(texts(sorts.localStep)).toEqual([
      'Idle',
      ...[2, -1].flatMap((ts) => [
        ...[0, 1, 2].flatMap((from) => texts(sorts.message).map((m) => `RcvMsg(${from}, ${m}, ${ts})`)),
        ...texts(sorts.transition).map((t) => `IntT(${t}, ${ts})`)
      ])
    ])
  })

  test('states: of node 0, with each tree, up to two peers of two, and three pools', () => {
    expect(texts(sorts.state)).toEqual(
      texts(s.sorts.tree).flatMap((tree) =>
        ['[]', '[0]', '[1]', '[0, 0]', '[0, 1]', '[1, 0]', '[1, 1]'].flatMap((peers) =>
          ['[]', '[0]', '[1, 0]'].map((pool) => `{id: 0, peers: ${peers}, blockTree: ${tree}, txPool: ${pool}}`)
        )
      )
    )
  })

  test('worlds: no nodes, one, or both, each with a tree with genesis or none, and at most one packet is in flight', () => {
    const trees = ['{0: 0←0}', '{0: 0←0, 1: 1←0}', '⊥']
    const state = (id: number, tree: string) => `${id}: {id: ${id}, peers: [0, 1], blockTree: ${tree}, txPool: []}`
    const world = (nodes: ReadonlyArray<string>, packets = '[]') =>
      `{localState: {${nodes.join(', ')}}, inFlightMsgs: ${packets}, consumedMsgs: []}`
    expect(texts(sorts.worlds)).toEqual([
      world([]),
      ...trees.map((t0) => world([state(0, t0)])),
      ...trees.flatMap((t0) =>
        trees.flatMap((t1) => texts(sorts.packets).map((ps) => world([state(0, t0), state(1, t1)], ps)))
      )
    ])
  })

  test('steps: those from each of the worlds, and no more than their size says', () => {
    const all = [...sorts.steps.all()]
    expect(all).toHaveLength([...sorts.worlds.all()].flatMap((w) => N.stepsFrom(w)).length)
    expect(sorts.steps.size).toBe(sorts.worlds.size * (2 + 2 * (4 + 2)))
    expect(all.length).toBeLessThanOrEqual(sorts.steps.size)
    expect(all.filter(([w, w2, q]) => !network.system_step(w, w2, q))).toEqual([])
  })
})

describe('the steps of a world', () => {
  const what = ([w, w2, q]: ReturnType<typeof N.stepFrom>): string => {
    const [trees, before] = [w2, w].map((v) => entries(v.localState).map(([, { blockTree }]) => showTiny(blockTree)))
    const changed = (trees ?? []).flatMap((t, i) => (t === before?.[i] ? [] : [`${i} has ${t}`]))
    const sent = w2.inFlightMsgs
      .filter((p) => !w.inFlightMsgs.includes(p))
      .map(({ dst, msg }) => `${showTiny(msg)} to ${dst}`)
    return [`${q.allowed} at ${q.ts}`, ...changed, ...sent].join(', ')
  }

  test('all: a delivery, at each time a mint of each node, and at the first of them transactions', () => {
    expect(N.stepsFrom(onItsWay).map(what)).toEqual([
      '0 at 2',
      '1 at 2, 1 has {0: 0←0, 1: 1←0}, InvMsg([0, 1, 1]) to 0, InvMsg([0, 1, 1]) to 1',
      '0 at 2, 0 has {0: 0←0, 1: 1←0, 2: 2←1{1}}, BlockMsg(2←1{1}) to 0, BlockMsg(2←1{1}) to 1',
      ...[0, 1, 2].map((tx) => `0 at 2, TxMsg(${tx}) to 0, TxMsg(${tx}) to 1`),
      '1 at 2, 1 has {0: 0←0, 2: 2←0{1}}, BlockMsg(2←0{1}) to 0, BlockMsg(2←0{1}) to 1',
      ...[0, 1, 2].map((tx) => `1 at 2, TxMsg(${tx}) to 0, TxMsg(${tx}) to 1`),
      '0 at -1',
      '1 at -1'
    ])
  })

  test('by number: the enabled actions in turn, and for every seventeenth number to idle', () => {
    const by = (n: number) => what(N.stepFrom(onItsWay, n, 2))
    const all = N.stepsFrom(onItsWay).map(what)
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map(by)).toEqual(all.slice(1, 10))
    expect([0, 10, 17, 34].map(by)).toEqual(['0 at 2', '1 at 2', '2 at 2', '1 at 2'])
    expect([11, 18].map(by)).toEqual([all[1], all[8]])
  })

  test('what they are, the relation of steps says', () => {
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 17]) {
      const [w, w2, q] = N.stepFrom(onItsWay, n, 2)
      expect([n, w === onItsWay, network.system_step(w, w2, q)]).toEqual([n, true, true])
    }
  })

  test('of a world without nodes: to idle', () => {
    const empty = N.worldOf([], [])
    expect(N.stepFrom(empty, 1, 2)).toEqual([empty, empty, { ts: 2, allowed: 1 }])
    expect(N.stepsFrom(empty)).toEqual([[empty, empty, { ts: 2, allowed: 0 }]])
  })

  test('of an incoherent world: none', () => {
    const incoherent = N.worldOf([N.stateOf(n1!, [], s.genesisTree)], [])
    expect(network.Coh(incoherent)).toBe(false)
    expect(N.stepFrom(incoherent, 1, 2)).toEqual([incoherent, incoherent, { ts: 2, allowed: 1 }])
    expect(N.stepsFrom(incoherent)).toEqual([])
  })
})

describe('worlds', () => {
  test('are made of states in the order of the nodes, and of packets', () => {
    const state = N.stateOf(n1!, [n0!], s.genesisTree)
    expect(state).toEqual({ id: 1, peers: [0], blockTree: s.genesisTree, txPool: [] })
    const packet = { src: n0!, dst: n1!, msg: N.blockMsg(b1) }
    const w = N.worldOf([state], [packet])
    expect(entries(w.localState)).toEqual([[0, state]])
    expect([w.inFlightMsgs, w.consumedMsgs]).toEqual([[packet], []])
  })

  test('of a clique have a tree for each node, what it lacks on its way, then other packets', () => {
    const other = { src: n1!, dst: n0!, msg: { _tag: 'ConnectMsg' } as const }
    const w = N.cliqueWorldOf(
      [
        { node: n0!, tree: s.genesisTree, arriving: [b1] },
        { node: n1!, tree: undef, arriving: [] }
      ],
      [other],
      [n1!],
      [2]
    )
    expect(w.inFlightMsgs).toEqual([{ src: 0, dst: 0, msg: { _tag: 'BlockMsg', block: b1 } }, other])
    expect(entries(w.localState).map(([, st]) => st)).toEqual([
      { id: 0, peers: [1], blockTree: s.genesisTree, txPool: [2] },
      { id: 1, peers: [1], blockTree: undef, txPool: [2] }
    ])
    expect(N.someTree(w)).toBe(s.genesisTree)
    expect(N.someTree(N.worldOf([], []))).toBe(undef)
  })

  test('are settled when all has arrived', () => {
    const { localState, inFlightMsgs } = N.settled(onItsWay)
    expect(entries(localState).map(([, { blockTree }]) => showTiny(blockTree))).toEqual([
      '{0: 0←0, 1: 1←0}',
      '{0: 0←0, 1: 1←0}'
    ])
    expect(inFlightMsgs).toEqual([])
  })
})

describe('values at random', () => {
  /** A fork, a collision, and an orphan. */
  const others: ReadonlyArray<B> = [
    { prevBlockHash: 1, txs: [0], proof: 2 },
    { prevBlockHash: 1, txs: [], proof: 3 },
    { prevBlockHash: 0, txs: [], proof: 18 },
    { prevBlockHash: 3, txs: [1], proof: 4 },
    { prevBlockHash: 7, txs: [], proof: 5 }
  ]
  const rich = setting(work, { ...universe, blocks: [...universe.blocks, ...others], times: [6, 7, -1] }, bounds)
  const R = networkSetting(rich, 2)
  const { forest: F } = rich
  const { network: net, clique: cliqueOf, misc } = R.toychain

  test('peers: with and without repetitions, at most four', () => {
    const repeats = (ns: ReadonlyArray<number>): boolean => new Set(ns).size < ns.length
    expect(often(R.sorts.peers.sample, repeats)).toBeGreaterThan(50)
    expect(often(R.sorts.peers.sample, (ns) => ns.length === 3 && !repeats(ns))).toBeGreaterThan(50)
    expect(Math.max(...samples(R.sorts.peers.sample, 500).map(({ length }) => length))).toBe(4)
  })

  test('messages: of all kinds; plain ones are no blocks', () => {
    const share = (from: fc.Arbitrary<Message<TinyTypes>>) => (tag: string) => often(from, ({ _tag }) => _tag === tag)
    const kinds = ['BlockMsg', 'GetDataMsg', 'ConnectMsg', 'TxMsg', 'InvMsg', 'AddrMsg']
    const [blocks, data, ...rest] = kinds.map(share(R.sorts.message.sample))
    expect(blocks).toBeGreaterThan(150)
    expect(data).toBeGreaterThan(70)
    expect(rest.filter((n) => n < 25 || n > 100)).toEqual([])
    expect(share(R.sorts.plain)('BlockMsg')).toBe(0)
    expect(share(R.sorts.plain)('ConnectMsg')).toBeGreaterThan(150)
    expect(share(R.sorts.plain)('GetDataMsg')).toBeGreaterThan(70)
  })

  test('transitions: mostly to mint', () => {
    const mints = often(R.sorts.transition.sample, ({ _tag }) => _tag === 'MintT')
    expect(mints).toBeGreaterThan(350)
    expect(mints).toBeLessThan(470)
  })

  test('packets: seldom to an address that is no node; lists of up to five', () => {
    const lost = often(R.sorts.packet.sample, ({ dst }) => dst === 2)
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBeLessThan(50)
    expect(often(R.sorts.packet.sample, ({ src }) => src === 2)).toBeGreaterThan(100)
    expect([...new Set(samples(R.sorts.packets.sample, 500).map(({ length }) => length))].toSorted()).toEqual([
      0, 1, 2, 3, 4, 5
    ])
  })

  test('local steps: half of them receive, few idle', () => {
    const share = (tag: string) => often(R.sorts.localStep.sample, ({ _tag }) => _tag === tag)
    const [idle, receive, internal] = ['Idle', 'RcvMsg', 'IntT'].map(share)
    expect(idle).toBeGreaterThan(20)
    expect(idle).toBeLessThan(90)
    expect(receive).toBeGreaterThan(200)
    expect(internal).toBeGreaterThan(150)
  })

  test('states: of either node, with pools of up to three transactions', () => {
    expect(often(R.sorts.state.sample, ({ id }) => id === 1)).toBeGreaterThan(150)
    expect(often(R.sorts.state.sample, ({ id }) => id > 1)).toBe(0)
    expect(Math.max(...samples(R.sorts.state.sample, 500).map(({ txPool }) => txPool.length))).toBe(3)
  })

  test('worlds: most are coherent, some are not; some satisfy the invariant, some have an undefined tree', () => {
    const { sample } = R.sorts.worlds
    const coherent = often(sample, net.Coh)
    expect(coherent).toBeGreaterThan(350)
    expect(coherent).toBeLessThan(490)
    const satisfying = often(sample, cliqueOf.clique_inv)
    expect(satisfying).toBeGreaterThan(200)
    expect(satisfying).toBeLessThan(400)
    expect(
      often(sample, (w) => net.Coh(w) && entries(w.localState).some(([, st]) => !valid(st.blockTree)))
    ).toBeGreaterThan(15)
  })

  test('steps: all are steps; few are idle ones', () => {
    const { sample } = R.sorts.steps
    expect(often(sample, ([w, w2, q]) => !net.Coh(w) || net.system_step(w, w2, q))).toBe(500)
    expect(often(sample, ([w, w2]) => net.Coh(w) && w !== w2)).toBeGreaterThan(300)
  })

  test('worlds of the invariant: all satisfy it, also the few in which a block that collides is on its way', () => {
    const sample = R.sorts.cliqueWorld
    const defined = (w: W): boolean => entries(w.localState).every(([n, st]) => valid(cliqueOf.canonicalTree(n, st, w)))
    expect(often(sample, cliqueOf.clique_inv)).toBe(500)
    const colliding = often(sample, (w) => !defined(w))
    expect(colliding).toBeGreaterThan(0)
    expect(colliding).toBeLessThan(20)
  })

  test('worlds of the invariant: the nodes differ, lack blocks, and other packets are on their way', () => {
    const sample = R.sorts.cliqueWorld
    const trees = (w: W) => entries(w.localState).map(([, { blockTree }]) => blockTree)
    expect(often(sample, (w) => trees(w).some((bt) => !F.treeEq.equals(bt, R.someTree(w))))).toBeGreaterThan(100)
    expect(often(sample, (w) => R.everyone.every((n) => misc.blocksFor(n, w).length === 0))).toBeGreaterThan(5)
    expect(often(sample, (w) => w.inFlightMsgs.some(({ msg }) => msg._tag !== 'BlockMsg'))).toBeGreaterThan(150)
    expect(often(sample, (w) => w.inFlightMsgs.some(({ dst }) => dst === 2))).toBeGreaterThan(10)
    expect(often(sample, (w) => entries(w.localState).every(([, st]) => st.peers.length === 2))).toBe(500)
  })

  test('worlds of the invariant: each node in turn has the best chain', () => {
    const sample = R.sorts.cliqueWorld
    const has = (i: number) => (w: W) => {
      const best = F.btChain(R.someTree(R.settled(w)))
      const states = entries(w.localState).map(([, st]) => misc.has_chain(best, st))
      return states[i] === true && states[1 - i] === false
    }
    expect(often(sample, has(0))).toBeGreaterThan(20)
    expect(often(sample, has(1))).toBeGreaterThan(20)
  })

  /** The worlds of the invariant in which all that is on its way can be added, with the tree that all come to. */
  const complete = samples(R.sorts.cliqueWorld, 500).flatMap((w) => {
    const whole = R.someTree(R.settled(w))
    const nodes = entries(w.localState).map(([, { blockTree }]) => blockTree)
    const lacking = nodes.map((bt) => F.all_blocks(whole).filter((b) => !F.btHasBlock(bt, b)))
    return valid(whole) ? [{ w, whole, lacking }] : []
  })

  test('worlds of the invariant: a node has two in three of the blocks, besides genesis and the best chain of one', () => {
    const best = complete.map(({ whole }) => F.btChain(whole))
    const besides = complete.map(({ whole }, i) => F.all_blocks(whole).length - (best[i]?.length ?? 0))
    const lacked = complete.map(({ lacking }, i) =>
      lacking.map((bs) => bs.filter((b) => best[i]?.includes(b) === false).length)
    )
    const total = besides.reduce((sum, n) => sum + n)
    for (const node of [0, 1]) {
      const share = lacked.reduce((sum, ns) => sum + (ns[node] ?? 0), 0) / total
      expect([node, share > 0.25 && share < 0.42, share]).toEqual([node, true, share])
    }
  })

  test('worlds of the invariant: what a node lacks arrives in the order of its hashes, or the other way round', () => {
    const arriving = complete.flatMap(({ w, lacking }) =>
      lacking.flatMap((bs, node) => {
        const hashes = bs.map((b) => b.proof % 8)
        const sent = w.inFlightMsgs
          .slice(0, lacking.flat().length)
          .flatMap(({ dst, msg }) => (dst === node && msg._tag === 'BlockMsg' ? [msg.block.proof % 8] : []))
        return hashes.length > 1
          ? [
              sent.join() === hashes.join()
                ? 'in order'
                : sent.join() === hashes.toReversed().join()
                  ? 'reversed'
                  : 'neither'
            ]
          : []
      })
    )
    const share = (what: string) => arriving.filter((how) => how === what).length
    expect(share('neither')).toBe(0)
    expect(share('in order')).toBeGreaterThan(5)
    expect(share('reversed')).toBeGreaterThan(5)
  })

  test('worlds of the invariant: up to three other packets, some of them with blocks that all have', () => {
    const others = complete.map(({ w, lacking }) => w.inFlightMsgs.slice(lacking.flat().length))
    expect([...new Set(others.map(({ length }) => length))].toSorted()).toEqual([0, 1, 2, 3])
    const blocks = others.flat().filter(({ msg }) => msg._tag === 'BlockMsg').length
    expect(blocks).toBeGreaterThan(100)
    expect(others.flat().length - blocks).toBeGreaterThan(100)
  })

  test('worlds: some are coherent, with a tree for each node, and do not satisfy the invariant', () => {
    const whole = (w: W): boolean => entries(w.localState).every(([, { blockTree }]) => valid(blockTree))
    expect(often(R.sorts.worlds.sample, (w) => net.Coh(w) && whole(w) && !cliqueOf.clique_inv(w))).toBeGreaterThan(80)
  })

  test('a network has a node', () => {
    expect(clique.clique_inv(onItsWay)).toBe(true)
    expect(() => networkSetting(s, -1)).toThrow('a network has at least one node')
  })
})
