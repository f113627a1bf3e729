import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../invariants/checker/data/canonical.js'
import type { Hash } from '../../../spec/blockchain/codec.js'
import { hashOf, transactionOf } from '../../../spec/blockchain/codec.js'
import { MintT, msg_type } from '../../../spec/blockchain/protocol.js'
import { dom, pts, undef, unit, valid } from '../../../spec/prelude/unionMap.js'
import { withoutReplies } from '../../../spec/system/protocol.js'
import {
  address,
  bedNames,
  beds,
  byLength,
  byWork,
  messageOf,
  missing,
  stateOf,
  toyOf,
  transitionOf
} from '../../support/toychains.js'
import type { B, M, S, Tree } from '../../support/toychains.js'
import { holds } from '../../support/property.js'

const { forest, local, params } = toyOf(byLength, 3)
const { procMsg, procInt, Init } = local
const G = params.GenesisBlock
const [t0, t1, t2] = [transactionOf(''), transactionOf('t1'), transactionOf('t2')]
const [g, h10, a] = [hashOf('0x1'), hashOf('0x10'), hashOf('a')]
const [n0, n1, n2, n5] = [address(0), address(1), address(2), address(5)]

const on = (prevBlockHash: Hash, proof: number, ...txs: ReadonlyArray<string>): B => ({
  prevBlockHash,
  txs: txs.map(transactionOf),
  proof
})
const tree = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, [G, ...bs])
const first = on(g, 1)
const second = on(h10, 2, 't1')

const state = (more: Partial<S> = {}): S => ({ ...Init(n0), peers: [n0, n1], ...more })

/** A step in short: the parts of the state that changed, and the packets as [to, kind, content]. */
const receive = (st: S, from: number, msg: M) => shown(st, procMsg(st, address(from), msg, 0))
const act = (st: S, transition: Parameters<typeof procInt>[1], ts: number) => shown(st, procInt(st, transition, ts))

const shown = (st: S, [after, sent]: ReturnType<typeof procMsg>) => {
  expect(sent.every(({ src }) => src === st.id)).toBe(true)
  expect(after.id).toBe(st.id)
  const content = ({ _tag, ...rest }: M): ReadonlyArray<unknown> => [_tag, ...Object.values<unknown>(rest)]
  return {
    peers: after.peers,
    keys: valid(after.blockTree) ? dom(after.blockTree) : 'undefined',
    pool: after.txPool,
    sent: sent.map(({ dst, msg }) => [dst, ...content(msg)])
  }
}

/** The parts of a state as `receive` and `act` show them. */
const asIs = ({ peers, blockTree, txPool }: S) => ({
  peers,
  keys: valid(blockTree) ? dom(blockTree) : 'undefined',
  pool: txPool
})

describe('Init', () => {
  test('knows itself and genesis', () => {
    expect(Init(n1)).toEqual({ id: 1, peers: [1], blockTree: pts(g, G), txPool: [] })
  })
})

describe('ConnectMsg', () => {
  test('from a peer changes nothing and is not answered', () => {
    const st = state()
    expect(receive(st, 1, { _tag: 'ConnectMsg' })).toEqual({ ...asIs(st), sent: [] })
  })

  test('from somebody else makes a peer, in front; answers it, then tells the peers that were there before', () => {
    expect(receive(state(), 5, { _tag: 'ConnectMsg' })).toMatchObject({
      peers: [5, 0, 1],
      sent: [
        [5, 'ConnectMsg'],
        [0, 'AddrMsg', [5, 0, 1]],
        [1, 'AddrMsg', [5, 0, 1]]
      ]
    })
  })

  test('leaves of peers that occur twice the last', () => {
    expect(receive(state({ peers: [n1, n0, n1] }), 5, { _tag: 'ConnectMsg' })).toMatchObject({
      peers: [5, 0, 1],
      sent: [
        [5, 'ConnectMsg'],
        [1, 'AddrMsg', [5, 0, 1]],
        [0, 'AddrMsg', [5, 0, 1]],
        [1, 'AddrMsg', [5, 0, 1]]
      ]
    })
  })
})

describe('AddrMsg', () => {
  test('of known peers changes nothing and is not answered', () => {
    const st = state()
    expect(receive(st, 1, { _tag: 'AddrMsg', peers: [n1, n0, n1] })).toEqual({ ...asIs(st), sent: [] })
  })

  test('of new peers adds them at the end, connects to each as often as it is named, and tells the old peers', () => {
    expect(receive(state(), 1, { _tag: 'AddrMsg', peers: [n5, n1, n2, n5] })).toMatchObject({
      peers: [0, 1, 2, 5],
      sent: [
        [5, 'ConnectMsg'],
        [2, 'ConnectMsg'],
        [5, 'ConnectMsg'],
        [0, 'AddrMsg', [0, 1, 2, 5]],
        [1, 'AddrMsg', [0, 1, 2, 5]]
      ]
    })
  })
})

describe('BlockMsg', () => {
  test('adds the block, and announces all keys and transactions to all peers, itself included', () => {
    expect(receive(state({ txPool: [t2, t1] }), 1, { _tag: 'BlockMsg', block: first })).toEqual({
      peers: [0, 1],
      keys: ['0x1', '0x10'],
      pool: ['t2', 't1'],
      sent: [
        [0, 'InvMsg', ['0x1', '0x10', 'tx', 'tx']],
        [1, 'InvMsg', ['0x1', '0x10', 'tx', 'tx']]
      ]
    })
  })

  test('is announced even where the block is known', () => {
    const st = state({ blockTree: tree(first) })
    expect(receive(st, 1, { _tag: 'BlockMsg', block: first })).toMatchObject({
      keys: ['0x1', '0x10'],
      sent: [
        [0, 'InvMsg', ['0x1', '0x10']],
        [1, 'InvMsg', ['0x1', '0x10']]
      ]
    })
  })

  test('adds a block that is not acceptable, which no chain will hold', () => {
    const { local: strict, params: work, forest: woods } = toyOf(byWork, 2)
    const weak: B = { prevBlockHash: work.hashB(work.GenesisBlock), txs: [], proof: 3 }
    const [after] = strict.procMsg(strict.Init(n0), n1, { _tag: 'BlockMsg', block: weak }, 0)
    expect(dom(after.blockTree)).toEqual(['0x0007', '0x000f'])
    expect(woods.btChain(after.blockTree)).toEqual([work.GenesisBlock])
  })

  test('drops from the pool what the best chain of the new tree contains', () => {
    const st = state({ blockTree: tree(first), txPool: [t1, t2] })
    expect(receive(st, 1, { _tag: 'BlockMsg', block: second })).toMatchObject({
      keys: ['0x1', '0x10', 'a'],
      pool: ['t2'],
      sent: [
        [0, 'InvMsg', ['0x1', '0x10', 'a', 'tx']],
        [1, 'InvMsg', ['0x1', '0x10', 'a', 'tx']]
      ]
    })
    // An orphan's transactions stay.
    expect(receive(state({ txPool: [t1] }), 1, { _tag: 'BlockMsg', block: second })).toMatchObject({ pool: ['t1'] })
  })

  test('of another block under a known hash makes the tree undefined: only the pool is announced', () => {
    const st = state({ blockTree: tree(first), txPool: [t1] })
    expect(receive(st, 1, { _tag: 'BlockMsg', block: on(g, 7) })).toEqual({
      peers: [0, 1],
      keys: 'undefined',
      pool: ['t1'],
      sent: [
        [0, 'InvMsg', ['tx']],
        [1, 'InvMsg', ['tx']]
      ]
    })
  })
})

describe('TxMsg', () => {
  test('puts the transaction in the pool, valid or not, and announces everything', () => {
    const st = state({ blockTree: tree(first, second), txPool: [t2] })
    expect(receive(st, 1, { _tag: 'TxMsg', tx: t1 })).toMatchObject({
      pool: ['t2', 't1'],
      sent: [
        [0, 'InvMsg', ['0x1', '0x10', 'a', 'tx', 'tx']],
        [1, 'InvMsg', ['0x1', '0x10', 'a', 'tx', 'tx']]
      ]
    })
  })

  test('of a known transaction changes nothing, and is announced', () => {
    expect(receive(state({ txPool: [t1] }), 1, { _tag: 'TxMsg', tx: t1 })).toMatchObject({
      pool: ['t1'],
      sent: [
        [0, 'InvMsg', ['0x1', 'tx']],
        [1, 'InvMsg', ['0x1', 'tx']]
      ]
    })
  })
})

describe('InvMsg', () => {
  test('asks the sender for what is neither in the tree nor in the pool, in order, as often as it is named', () => {
    const st = state({ blockTree: tree(first), txPool: [t1] })
    expect(receive(st, 1, { _tag: 'InvMsg', hashes: [a, g, hashOf('tx'), missing, a, h10] })).toEqual({
      ...asIs(st),
      sent: [
        [1, 'GetDataMsg', 'a'],
        [1, 'GetDataMsg', '?'],
        [1, 'GetDataMsg', 'a']
      ]
    })
  })

  test('from itself is answered to itself', () => {
    expect(receive(state(), 0, { _tag: 'InvMsg', hashes: [a] })).toMatchObject({ sent: [[0, 'GetDataMsg', 'a']] })
  })
})

describe('GetDataMsg', () => {
  const st = state({ blockTree: tree(first, second), txPool: [t2, t1] })
  const get = (from: number, hash: Hash, at = st) => receive(at, from, { _tag: 'GetDataMsg', hash })

  test('from itself is not answered', () => {
    expect(get(0, a)).toEqual({ ...asIs(st), sent: [] })
  })

  test('is answered with the block under the hash', () => {
    expect(get(1, a)).toEqual({ ...asIs(st), sent: [[1, 'BlockMsg', second]] })
  })

  test('is answered with the first transaction of the pool that has the hash', () => {
    expect(get(1, hashOf('tx')).sent).toEqual([[1, 'TxMsg', 't2']])
  })

  test('prefers a block to a transaction with the same hash', () => {
    expect(get(1, a, state({ blockTree: tree(first, second), txPool: [t0] })).sent).toEqual([[1, 'BlockMsg', second]])
    expect(get(1, a, state({ txPool: [t0] })).sent).toEqual([[1, 'TxMsg', '']])
  })

  test('never sends the genesis block, and nothing for what is unknown', () => {
    expect(get(1, g).sent).toEqual([])
    expect(get(1, missing).sent).toEqual([])
    expect(get(1, a, state({ blockTree: undef })).sent).toEqual([])
  })

  test('sends a block that is stored under another hash than its own', () => {
    expect(get(1, missing, state({ blockTree: pts(missing, first) })).sent).toEqual([[1, 'BlockMsg', first]])
  })
})

describe('TxT', () => {
  test('announces the transaction to all peers, and leaves the own pool to its own message', () => {
    const st = state()
    expect(act(st, { _tag: 'TxT', tx: t1 }, 0)).toEqual({
      ...asIs(st),
      sent: [
        [0, 'TxMsg', 't1'],
        [1, 'TxMsg', 't1']
      ]
    })
  })
})

describe('MintT', () => {
  test('mints on the last block of the best chain, with the valid transactions of the pool, and broadcasts the block', () => {
    const st = state({ blockTree: tree(first, on(missing, 3)), txPool: [t2, transactionOf('genesis'), t1] })
    const minted = { prevBlockHash: '0x10', txs: ['t2', 't1'], proof: 2 }
    expect(act(st, MintT, 2)).toEqual({
      peers: [0, 1],
      keys: ['0x1', '0x10', 'B', 'a'],
      // What was not valid before is not valid after, and goes too.
      pool: [],
      sent: [
        [0, 'BlockMsg', minted],
        [1, 'BlockMsg', minted]
      ]
    })
  })

  test('does nothing where the attempt fails', () => {
    const st = state({ txPool: [t1] })
    expect(act(st, MintT, 6)).toEqual({ ...asIs(st), sent: [] })
  })

  test('does nothing where what it gets is not valid after its chain', () => {
    // At such a time the attempt yields '' and t1, whatever was offered; t1 is in the chain.
    const st = state({ blockTree: tree(first, second) })
    expect(act(st, MintT, 4)).toEqual({ ...asIs(st), sent: [] })
    expect(act(state(), MintT, 4).sent).toMatchObject([
      [0, 'BlockMsg', { txs: ['', 't1'] }],
      [1, 'BlockMsg', {}]
    ])
    const { local: strict } = toyOf(byWork, 2)
    // Not enough work.
    expect(strict.procInt(strict.Init(n0), MintT, 3)).toEqual([strict.Init(n0), []])
  })

  test('of a block whose hash is taken makes the tree undefined, and broadcasts it all the same', () => {
    const st = state({ blockTree: tree(on(missing, 1)) })
    expect(act(st, MintT, 1)).toMatchObject({
      keys: 'undefined',
      sent: [
        [0, 'BlockMsg', first],
        [1, 'BlockMsg', first]
      ]
    })
    // From then on it mints on genesis.
    expect(act(state({ blockTree: undef }), MintT, 1)).toMatchObject({
      keys: 'undefined',
      sent: [
        [0, 'BlockMsg', first],
        [1, 'BlockMsg', first]
      ]
    })
  })

  test('of a block that is there already changes no tree, and broadcasts it again', () => {
    // Only in a tree without genesis can a block be there that would extend the best chain.
    const st = state({ blockTree: pts(h10, first) })
    expect(act(st, MintT, 1)).toEqual({
      ...asIs(st),
      sent: [
        [0, 'BlockMsg', first],
        [1, 'BlockMsg', first]
      ]
    })
  })
})

describe.each(bedNames)('whatever happens, %s:', (name) => {
  const bed = beds[name]
  const toy = toyOf(bed, 3)

  test('addresses stay, trees only grow, and a coherent state stays coherent', () => {
    holds(
      fc.tuple(
        fc.boolean().chain((coherent) => stateOf(bed, 1, coherent)),
        messageOf(bed),
        transitionOf(bed),
        fc.nat(20)
      ),
      ([st, msg, tr, ts], meet) => {
        const isCoherent = (s: S): boolean => toy.local.coherent.every((c) => c.holds(s))
        if (isCoherent(st)) meet('coherent')
        for (const [after, sent] of [toy.local.procMsg(st, n2, msg, ts), toy.local.procInt(st, tr, ts)]) {
          if (valid(after.blockTree) && after.blockTree !== st.blockTree) meet('the tree grew')
          const kept = dom(st.blockTree).every((h) => dom(after.blockTree).includes(h))
          expect([
            after.id === st.id,
            sent.every(({ src }) => src === st.id),
            kept || !valid(after.blockTree),
            valid(st.blockTree) || !valid(after.blockTree),
            !isCoherent(st) || isCoherent(after)
          ]).toEqual([true, true, true, true, true])
        }
      },
      { met: { coherent: 200, 'the tree grew': 60 } }
    )
  })

  test('the time of a message does not matter', () => {
    holds(
      fc.tuple(stateOf(bed, 1, false), messageOf(bed), fc.nat(20)),
      ([st, msg, ts]) => {
        expect(toy.local.procMsg(st, n2, msg, ts)).toEqual(toy.local.procMsg(st, n2, msg, ts + 1))
      },
      { runs: 200 }
    )
  })

  test('a transition is among those behind the packets that it sent', () => {
    holds(
      fc.tuple(stateOf(bed, 1, false), transitionOf(bed), fc.nat(20)),
      ([st, tr, ts], meet) => {
        const [after, sent] = toy.local.procInt(st, tr, ts)
        if (sent.length > 0) meet(tr._tag)
        const explained = toy.local.transitionsBehind(sent).map((other) => canonical(toy.local.procInt(st, other, ts)))
        if (sent.length > 0) expect(explained).toContain(canonical([after, sent]))
      },
      { met: { MintT: 50, TxT: 100 } }
    )
  })

  test('behind packets without transactions is nothing but minting', () => {
    const packets = ([{ _tag: 'ConnectMsg' }, { _tag: 'InvMsg', hashes: [] }] as const).map((msg) => ({
      src: n2,
      dst: n2,
      msg
    }))
    expect(toy.local.transitionsBehind(packets)).toEqual([{ _tag: 'MintT' }])
  })

  test('a variant without replies changes states as before and sends nothing on a message', () => {
    const quiet = withoutReplies(toy.local.protocol)
    holds(
      fc.tuple(stateOf(bed, 1, true), messageOf(bed)),
      ([st, msg], meet) => {
        const [after, sent] = toy.local.procMsg(st, n2, msg, 0)
        if (sent.length > 0) meet('an answer')
        expect(quiet.procMsg(st, n2, msg, 0)).toEqual([after, []])
        expect(quiet.procInt(st, MintT, 1)).toEqual(toy.local.procInt(st, MintT, 1))
      },
      { runs: 200, met: { 'an answer': 80 } }
    )
  })
})

describe('messages, transitions and states', () => {
  test('are equal iff they are spelt alike', () => {
    const near = messageOf(byLength).chain((m) =>
      fc.tuple(fc.constant(m), fc.oneof(fc.constant(structuredClone(m)), messageOf(byLength)))
    )
    holds(
      near,
      ([m, n], meet) => {
        if (canonical(m) === canonical(n)) meet('equal')
        expect(local.eq_msg.equals(m, n)).toBe(canonical(m) === canonical(n))
      },
      { runs: 1000, met: { equal: 400 } }
    )
    holds(fc.tuple(transitionOf(byLength), transitionOf(byLength)), ([x, y]) => {
      expect(local.internalEq.equals(x, y)).toBe(canonical(x) === canonical(y))
    })
    const states = stateOf(byLength, 1, false)
    const parts = fc.tuple(states, states, fc.subarray(['id', 'peers', 'blockTree', 'txPool'] as const))
    holds(
      parts,
      ([s, other, taken], meet) => {
        const t: S = { ...s, ...Object.fromEntries(taken.map((part) => [part, other[part]])) }
        if (canonical(s) === canonical(t)) meet('equal')
        else meet('different')
        expect(local.stateEq.equals(s, t)).toBe(canonical(s) === canonical(t))
      },
      { met: { equal: 20, different: 200 } }
    )
  })

  test('have six kinds, and what they carry can be asked for', () => {
    const messages: ReadonlyArray<M> = [
      { _tag: 'AddrMsg', peers: [n0] },
      { _tag: 'ConnectMsg' },
      { _tag: 'BlockMsg', block: first },
      { _tag: 'TxMsg', tx: t1 },
      { _tag: 'InvMsg', hashes: [a, g] },
      { _tag: 'GetDataMsg', hash: a }
    ]
    expect(messages.map(msg_type)).toEqual(['MAddr', 'MConnect', 'MBlock', 'MTx', 'MInv', 'MGetData'])
    expect(messages.map(local.msg_block)).toEqual([G, G, first, G, G, G])
    expect(messages.map(local.msg_hashes)).toEqual([[], [], [], [], ['a', '0x1'], ['a']])
  })

  test('local_step idles, receives, or makes a transition', () => {
    const st = state()
    expect(local.local_step(st, { _tag: 'Idle' })).toBe(st)
    const msg: M = { _tag: 'BlockMsg', block: first }
    expect(local.local_step(st, { _tag: 'RcvMsg', from: n1, msg, ts: 0 })).toEqual(procMsg(st, n1, msg, 0)[0])
    expect(local.local_step(st, { _tag: 'IntT', transition: MintT, ts: 1 })).toEqual(procInt(st, MintT, 1)[0])
    expect(local.ownHashes(tree(first), [t2, t0])).toEqual(['0x1', '0x10', 'tx', 'a'])
  })
})
