/**
 * The words of the lemmas about states and networks: what those mean that are no functions of the specification.
 */
import { describe, expect, test } from 'vitest'
import { undef } from '../../../../spec/prelude/unionMap.js'
import type { LocalStep, Message } from '../../../../spec/blockchain/protocol.js'
import { MintT, msg_type } from '../../../../spec/blockchain/protocol.js'
import type { World } from '../../../../spec/blockchain/invMisc.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { netAddr } from '../../../../spec/system/address.js'
import type { Address } from '../../../../spec/system/address.js'
import type { Packet } from '../../../../spec/system/protocol.js'
import { term } from '../../../../invariants/proof/kernel.js'
import { networkSetting } from '../../../../invariants/blockchain/lemmas/networkSetting.js'
import { networkVocabulary, TYPES } from '../../../../invariants/blockchain/lemmas/networkVocabulary.js'
import { setting } from '../../../../invariants/blockchain/lemmas/setting.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'
import { vocabulary } from '../../../../invariants/blockchain/lemmas/vocabulary.js'

type B = Block<TinyTypes>
type M = Message<TinyTypes>
type W = World<TinyTypes>

const work = tiny('work')
const G = work.params.GenesisBlock
const block = (proof: number, prevBlockHash: number, txs: ReadonlyArray<number> = []): B => ({
  prevBlockHash,
  txs,
  proof
})
const b1 = block(1, 0)
const s = setting(
  work,
  { blocks: [G, b1], hashes: [0, 1, 2], transactions: [0, 1], times: [2, -1] },
  { word: 1, blocks: 1, chain: 1, chains: 1, keys: 1 }
)
const S = networkSetting(s, 2)
const N = networkVocabulary(s, S, vocabulary(s))
const [n0, n1] = netAddr(2).enum
const [here, there, elsewhere] = [term('here', n0!), term('there', n1!), term('elsewhere', S.everyone[2]!)]

const packet = (dst: Address, msg: M, src: Address = n0!): Packet<M> => ({ src, dst, msg })
const brings = (b: B): M => ({ _tag: 'BlockMsg', block: b })
const grown = s.grown(s.genesisTree, [b1])

/** Node 0 has the block 1, which is on its way to node 1, twice; so is another message. */
const before: W = S.worldOf(
  [S.stateOf(n0!, [n0!, n1!], grown, [1]), S.stateOf(n1!, [n0!, n1!], s.genesisTree, [1])],
  [packet(n1!, brings(b1)), packet(n1!, brings(b1)), packet(n1!, { _tag: 'ConnectMsg' }, n1)]
)

describe('the local step of a node in a step of the network', () => {
  const stepsOf = ([w, w2, q]: ReturnType<typeof S.stepFrom>) =>
    [n0!, n1!].map((n) => N.stepOf(term('n', n), term('w', w), term('w2', w2), term('q', q)))
  const by = (n: number) => stepsOf(S.stepFrom(before, n, 2))
  const idle = { _tag: 'Idle' }

  test('is to receive the packet that is delivered to it', () => {
    expect(by(1)).toEqual([idle, { _tag: 'RcvMsg', from: 0, msg: brings(b1), ts: 2 }])
    expect(by(2)).toEqual([idle, { _tag: 'RcvMsg', from: 1, msg: { _tag: 'ConnectMsg' }, ts: 2 }])
  })

  test('is the transition that it makes', () => {
    expect(by(3)).toEqual([{ _tag: 'IntT', transition: MintT, ts: 2 }, idle])
    expect(by(7)).toEqual([idle, { _tag: 'IntT', transition: { _tag: 'TxT', tx: 0 }, ts: 2 }])
  })

  test('is to idle where nothing happens, and where there is no step', () => {
    expect(stepsOf([before, before, { ts: 2, allowed: n0! }])).toEqual([idle, idle])
    expect(stepsOf([before, S.worldOf([], []), { ts: 2, allowed: n0! }])).toEqual([idle, idle])
  })
})

describe('what a local step is made of', () => {
  const state = term('st', S.stateOf(n0!, [], s.genesisTree))
  const parts = (step: LocalStep<TinyTypes>) => {
    const named = term('step', step)
    return [N.stepFrom(named, state), N.stepMsg(named), N.stepTransition(named), N.stepTime(named)]
  }

  test('its sender, its message, its transition and its time; something of its type where there is none', () => {
    const received: M = { _tag: 'TxMsg', tx: 1 }
    const connect: M = { _tag: 'ConnectMsg' }
    expect(parts({ _tag: 'RcvMsg', from: n1!, msg: received, ts: 5 })).toEqual([1, received, MintT, 5])
    expect(parts({ _tag: 'IntT', transition: { _tag: 'TxT', tx: 0 }, ts: 5 })).toEqual([
      0,
      connect,
      { _tag: 'TxT', tx: 0 },
      5
    ])
    expect(parts({ _tag: 'Idle' })).toEqual([0, connect, MintT, 2])
  })
})

describe('the block that a transition would add', () => {
  const candidate = (pool: ReadonlyArray<number>, ts: number, mints = true) =>
    N.candidate(
      term('st', S.stateOf(n0!, [], s.grown(s.genesisTree, [block(1, 0, [1])]), pool)),
      term('tr', mints ? MintT : { _tag: 'TxT' as const, tx: 0 }),
      term('ts', ts)
    )

  test('follows the best chain, and has the transactions of the pool that the chain has not', () => {
    expect(candidate([0, 1], 3)).toEqual(block(3, 1, [0]))
  })

  test('is genesis where it would add none', () => {
    expect(candidate([0, 1], -1)).toBe(G)
    expect(candidate([0, 1], 3, false)).toBe(G)
  })
})

describe('messages', () => {
  const kinds: ReadonlyArray<M> = [
    { _tag: 'AddrMsg', peers: [] },
    { _tag: 'ConnectMsg' },
    brings(G),
    { _tag: 'TxMsg', tx: 0 },
    { _tag: 'InvMsg', hashes: [] },
    { _tag: 'GetDataMsg', hash: 0 }
  ]
  const others: ReadonlyArray<M> = [
    { _tag: 'AddrMsg', peers: [n0!] },
    { _tag: 'AddrMsg', peers: [n0!, n1!] },
    { _tag: 'AddrMsg', peers: [n1!, n0!] },
    brings(b1),
    { _tag: 'TxMsg', tx: 1 },
    { _tag: 'InvMsg', hashes: [0] },
    { _tag: 'InvMsg', hashes: [0, 1] },
    { _tag: 'InvMsg', hashes: [1, 1] },
    { _tag: 'GetDataMsg', hash: 1 }
  ]

  test('are of six kinds', () => {
    expect(kinds.map(msg_type)).toEqual(TYPES)
  })

  test('say whether they bring a block, or ask for one', () => {
    const which = (is: (m: M) => boolean) => kinds.filter(is).map(({ _tag }) => _tag)
    expect(which((m) => N.isBlockMsg(term('m', m)).decide())).toEqual(['BlockMsg'])
    expect(which((m) => N.isGetData(term('m', m)).decide())).toEqual(['GetDataMsg'])
    expect(N.BlockMsg(term('b', b1))).toEqual(brings(b1))
  })

  test('have the same payload only if they are the same, part by part', () => {
    const all = [...kinds, ...others]
    const same = (a: M, b: M) => N.samePayload(term('a', a), term('b', b)).decide()
    expect(all.filter((m) => !same(m, structuredClone(m)))).toEqual([])
    expect(all.flatMap((a, i) => all.slice(i + 1).filter((b) => same(a, b) || same(b, a)))).toEqual([])
  })

  test('are of the same type only if they are of one kind', () => {
    const pairs = TYPES.flatMap((a) =>
      TYPES.filter((b) => N.sameType(term('a', a), term('b', b)).decide()).map((b) => [a, b])
    )
    expect(pairs).toEqual(TYPES.map((a) => [a, a]))
  })
})

describe('packets', () => {
  test('bring blocks to a node, in order, and count as genesis where they bring none', () => {
    const packets = term('ps', [
      packet(n1!, brings(b1)),
      packet(n0!, brings(block(2, 0))),
      packet(n1!, { _tag: 'ConnectMsg' }),
      packet(n1!, brings(block(3, 1)))
    ])
    expect(N.blocksTo(there, packets)).toEqual([b1, G, block(3, 1)])
    expect(N.blocksTo(elsewhere, packets)).toEqual([])
  })

  test('are none in the empty list, and as many as there are receivers in a broadcast', () => {
    expect(N.noPackets).toEqual([])
    expect(N.broadcast(here, term('to', [n1!, n0!]), term('m', brings(b1)))).toEqual([
      packet(n1!, brings(b1)),
      packet(n0!, brings(b1))
    ])
  })

  test('have a sender, a receiver and a message', () => {
    const p = term('p', packet(n1!, brings(b1)))
    expect([N.src(p), N.dst(p), N.msg(p)]).toEqual([0, 1, brings(b1)])
  })
})

describe('worlds', () => {
  const settled = S.settled(before)
  const w = term('before', before)
  const calm = term('settled', settled)
  const [old, made] = [term('old', s.genesisTree), term('grown', grown)]

  test('have states at nodes, and packets in flight', () => {
    const nodes = N.localState(w)
    expect(N.nodes(nodes)).toEqual([0, 1])
    expect([N.validNodes(nodes).decide(), N.validNodes(term('undef', undef)).decide()]).toEqual([true, false])
    expect(N.inFlight(w)).toBe(before.inFlightMsgs)
    const state = term('state', S.stateOf(n1!, [n0!], grown, [0]))
    expect([N.id(state), N.peers(state), N.blockTree(state)]).toEqual([1, [0], grown])
    const updated = N.updNode(there, state, nodes)
    expect(N.stateAt(there, term('updated', { ...before, localState: updated }), state).decide()).toBe(true)
  })

  test('have a canonical tree: the first node’s with all that is on its way; none where there is no node', () => {
    expect(N.canonicalTree(w)).toEqual(grown)
    expect(N.canonicalTree(term('empty', S.worldOf([], [])))).toEqual(undef)
  })

  test('have it if every node has it, with what is on its way', () => {
    expect([N.allCanonical(w, made).decide(), N.allCanonical(w, old).decide()]).toEqual([true, false])
    const half = S.worldOf([S.stateOf(n0!, [], grown), S.stateOf(n1!, [], s.genesisTree)], [])
    expect(N.allCanonical(term('half', half), made).decide()).toBe(false)
  })

  test('have one tree, or one chain, if every node has it', () => {
    const chain = term('chain', [G, b1])
    expect([N.allHaveTree(w, made).decide(), N.allHaveTree(calm, made).decide()]).toEqual([false, true])
    expect([N.allHaveChain(w, chain).decide(), N.allHaveChain(calm, chain).decide()]).toEqual([false, true])
  })

  test('are quiet if no packet is on its way to any address, be it no node', () => {
    const lost = S.worldOf([], [packet(S.everyone[2]!, brings(b1))])
    expect([before, settled, lost].map((v) => N.quiet(term('v', v)).decide())).toEqual([false, true, false])
    // Nor to an address that occurs nowhere else.
    const astray = S.worldOf([], [packet(netAddr(9).enum[8]!, brings(b1))])
    expect(N.quiet(term('astray', astray)).decide()).toBe(false)
  })

  test('are where a clique starts if nodes have genesis, and each other once, and nothing is in flight', () => {
    const start = S.starting(before)
    const starts = (v: W) => N.cliqueStart(term('v', v)).decide()
    const peered = (...prs: ReadonlyArray<Address>): W =>
      S.worldOf([S.stateOf(n0!, prs, s.genesisTree), S.stateOf(n1!, [n0!, n1!], s.genesisTree)], [])
    expect([start, S.worldOf([], []), peered(n1!, n0!, S.everyone[2]!)].map(starts)).toEqual([true, true, true])
    const not: ReadonlyArray<W> = [
      before,
      settled,
      { ...start, inFlightMsgs: before.inFlightMsgs },
      { ...start, localState: undef },
      peered(n0!),
      peered(n0!, n1!, n0!)
    ]
    expect(not.map(starts)).toEqual(not.map(() => false))
    expect([start, peered(n0!)].map((v) => N.allKnown(term('v', v)).decide())).toEqual([true, false])
  })

  test('have the same nodes, whatever their states', () => {
    const one = term('one', S.worldOf([S.stateOf(n0!, [], undef)], []))
    expect([N.sameNodes(w, calm).decide(), N.sameNodes(w, one).decide()]).toEqual([true, false])
  })

  test('have a state at a node, of which a property may hold', () => {
    const st = term('st', S.stateOf(n0!, [n0!, n1!], grown, [1]))
    const pool = (txs: number) =>
      term('P', {
        name: 'has so many transactions',
        of: ({ txPool }: { readonly txPool: ReadonlyArray<number> }) => txPool.length === txs
      })
    expect(S.everyone.map((n) => N.stateAt(term('n', n), w, st).decide())).toEqual([true, false, false])
    expect([1, 2].map((n) => N.holds(here, w, pool(n)).decide())).toEqual([true, false])
    expect([1, 2].map((n) => N.satisfies(st, pool(n)).decide())).toEqual([true, false])
  })
})
