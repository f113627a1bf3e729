import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import {
  implArbitraries,
  numberedArbitraries,
  paymentArbitraries
} from '../../../../invariants/blockchain/instanceArbitraries.js'
import { checkLaws } from '../../../../invariants/blockchain/laws.js'
import { relatedChains } from '../../../../invariants/blockchain/arbitraries.js'
import type { Arbitraries } from '../../../../invariants/blockchain/arbitraries.js'
import * as cpp18 from '../../../../spec/blockchain/editions/cpp18.js'
import { hashOf, transactionOf } from '../../../../spec/blockchain/codec.js'
import { longestChain } from '../../../../spec/blockchain/instances/longestChain.js'
import { numbered } from '../../../../spec/blockchain/instances/numbered.js'
import { payments } from '../../../../spec/blockchain/instances/payments.js'
import { proofOfWork } from '../../../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../../../spec/blockchain/instances/typesImpl.js'
import { MintT } from '../../../../spec/blockchain/protocol.js'
import { Forests as mainForest } from '../../../../spec/blockchain/forests.js'
import type { Instance } from '../../../../spec/blockchain/toychain.js'
import type { Types } from '../../../../spec/blockchain/types.js'
import { isIn } from '../../../../spec/prelude/seq.js'
import { dom, pts, valid } from '../../../../spec/prelude/unionMap.js'
import { address, beds, blockOf, byLength, messageOf, rootedTreeOf, stateOf } from '../../../support/toychains.js'
import type { B, Chain, M, S } from '../../../support/toychains.js'
import { holds } from '../../../support/property.js'

const anyBed = fc.constantFrom(...Object.values(beds))

/** A blockchain in which a block's hash is its proof, spelt out; genesis is its own predecessor. */
const plain: cpp18.Instance<TypesImpl> = cpp18.in2018(
  longestChain({
    hashB: (b) => hashOf(`#${b.proof % 4}`),
    genProof: (_bc, _offered, ts) => (ts < 0 ? O.none : O.some([[], ts] as const))
  })
)
const G = plain.params.GenesisBlock
const block = (proof: number, prev: number, txs: ReadonlyArray<string> = []): B => ({
  prevBlockHash: hashOf(`#${prev}`),
  txs: txs.map(transactionOf),
  proof
})
const F = cpp18.Forests(plain.types, plain.params)
const proofs = (bc: Chain): ReadonlyArray<number> => bc.map((b) => b.proof)
const genesisTree = pts(plain.params.hashB(G), G)

describe('block forests in the edition of 2018', () => {
  const [a, b, other] = [block(1, 0), block(2, 1), block(5, 0)]
  const bt = F.btExtendAll(genesisTree, [a, b])

  test('a tree keeps what it has under a hash, whatever it is', () => {
    expect([plain.params.hashB(other), plain.params.hashB(a)]).toEqual(['#1', '#1'])
    expect(F.btExtend(bt, other)).toBe(bt)
    expect(F.btExtendAll(genesisTree, [other, a, b])).not.toEqual(F.btExtendAll(genesisTree, [a, other, b]))
  })

  test('a tree is defined if it was before', () => {
    holds(
      anyBed.chain((bed) => fc.tuple(fc.constant(bed), rootedTreeOf(bed), fc.array(blockOf(bed), { maxLength: 5 }))),
      ([{ instance }, t, bs]) => {
        expect(valid(cpp18.Forests(instance.types, cpp18.in2018(instance).params).btExtendAll(t, bs))).toBe(true)
      }
    )
  })

  test('to have the hash is to have the block', () => {
    expect([F.btHasBlock(bt, other), F.btHasBlock(bt, block(3, 0))]).toEqual([true, false])
  })

  test('a chain goes back along keys, and ends in the block that was asked for, even where another is stored', () => {
    expect(proofs(F.compute_chain(bt, b))).toEqual([0, 1, 2])
    expect(proofs(F.compute_chain(bt, other))).toEqual([0, 5])
    expect(proofs(F.compute_chain(bt, block(3, 0)))).toEqual([])
  })

  test('genesis ends a chain because it is its own predecessor, and for no other reason', () => {
    expect(proofs(F.compute_chain(bt, G))).toEqual([0])
    const rooted = { ...G, prevBlockHash: hashOf('#3') }
    const below = cpp18.Forests(plain.types, { ...plain.params, GenesisBlock: rooted })
    expect(proofs(below.compute_chain(below.btExtendAll(pts(hashOf('#0'), rooted), [a, block(3, 3)]), a))).toEqual([
      3, 0, 1
    ])
  })

  test('cycles and orphans end chains as in the main edition', () => {
    const odd = F.btExtendAll(genesisTree, [block(1, 2), block(2, 1), block(3, 9)])
    expect([1, 2, 3].map((n) => proofs(F.compute_chain(odd, block(n, n === 3 ? 9 : 3 - n))))).toEqual([
      [2, 1],
      [1, 2],
      [3]
    ])
  })

  test('a chain is valid if its transactions are: VAF is asked of nothing', () => {
    const { params, types } = cpp18.in2018(proofOfWork({ hashB: (x) => hashOf(`#${x.proof}`) }))
    const pow = cpp18.Forests(types, params)
    const idle = { ...block(1, 0), prevBlockHash: params.hashB(params.GenesisBlock) }
    const twice = [
      { ...idle, txs: ['t'].map(transactionOf) },
      { ...block(2, 1), txs: ['t'].map(transactionOf) }
    ]
    const tree = pow.btExtendAll(pts(params.hashB(params.GenesisBlock), params.GenesisBlock), twice)
    expect(proofOfWork({ hashB: params.hashB }).params.VAF(idle, [params.GenesisBlock], [])).toBe(false)
    expect(pow.valid_chain([params.GenesisBlock, idle])).toBe(true)
    expect(proofs(pow.btChain(tree))).toEqual([0, 1])
    expect([pow.good_bt(tree), pow.good_chains(tree).length]).toEqual([false, 2])
  })

  test('where no two blocks have one hash and all blocks are acceptable, both editions have the same chains', () => {
    holds(
      fc.array(blockOf(byLength), { maxLength: 8 }),
      (bs, meet) => {
        const { instance } = byLength
        const common = cpp18.Toychain(cpp18.in2018(instance), cpp18.netAddr(1))
        const { GenesisBlock, hashB } = common.params
        const main = cpp18.asMain(common.params)
        const earlier = common.forest
        const distinct = bs.filter(
          (x, i) => hashB(x) !== hashB(GenesisBlock) && !bs.slice(0, i).some((y) => hashB(x) === hashB(y))
        )
        const later = earlier.btExtendAll(pts(hashB(GenesisBlock), GenesisBlock), distinct)
        const inMain = mainForest(instance.types, main)
        expect(inMain.btExtendAll(pts(hashB(GenesisBlock), GenesisBlock), distinct)).toEqual(later)
        for (const x of inMain.all_blocks(later))
          expect(earlier.compute_chain(later, x)).toEqual(inMain.compute_chain(later, x))
        expect(earlier.btChain(later)).toEqual(inMain.btChain(later))
        expect(earlier.good_bt(later)).toBe(inMain.good_bt(later))
        if (earlier.btChain(later).length > 2) meet('longer than one block')
      },
      { met: { 'longer than one block': 40 } }
    )
  })
})

describe('the local protocol in the edition of 2018', () => {
  const toychain = cpp18.Toychain(plain, cpp18.netAddr(3))
  const { procMsg, procInt, Init, msg_block, eq_msg } = toychain.local
  const [me, you, they] = [1, 2, 3].map(address) as [
    ReturnType<typeof address>,
    ReturnType<typeof address>,
    ReturnType<typeof address>
  ]
  const st: S = { ...Init(me), peers: [me, you], txPool: ['t', 'u'].map(transactionOf) }
  const hashes = [...dom(st.blockTree), ...st.txPool.map(plain.params.hashT)]
  const nullPacket = { src: 0, dst: 0, msg: { _tag: 'NullMsg' } }

  test('to send nothing is to send a packet from nobody to nobody', () => {
    expect(cpp18.emitZero).toEqual([nullPacket])
  })

  test('nodes are numbered from 1', () => {
    expect([0, 1, 3].map((n) => cpp18.netAddr(n).enum)).toEqual([[], [1], [1, 2, 3]])
  })

  test('NullMsg is answered with nothing, which is something', () => {
    expect(procMsg(st, you, { _tag: 'NullMsg' }, 0)).toEqual([st, [nullPacket]])
  })

  test('ConnectMsg is always welcome, and answered with an inventory', () => {
    const answer = (dst: number) => [{ src: 1, dst, msg: { _tag: 'InvMsg', hashes } }]
    expect(procMsg(st, they, { _tag: 'ConnectMsg' }, 0)).toEqual([{ ...st, peers: [3, 1, 2] }, answer(3)])
    // `undup` keeps the last occurrence.
    expect(procMsg(st, you, { _tag: 'ConnectMsg' }, 0)).toEqual([{ ...st, peers: [1, 2] }, answer(2)])
  })

  test('AddrMsg is passed on to the old peers, even where it says nothing new', () => {
    const known = { _tag: 'AddrMsg', peers: [1, 2] }
    expect(procMsg(st, you, { _tag: 'AddrMsg', peers: [you] }, 0)).toEqual([
      st,
      [1, 2].map((dst) => ({ src: 1, dst, msg: known }))
    ])
    expect(procMsg(st, you, { _tag: 'AddrMsg', peers: [they, you, they] }, 0)).toEqual([
      { ...st, peers: [1, 2, 3] },
      [
        ...[3, 3].map((dst) => ({ src: 1, dst, msg: { _tag: 'ConnectMsg' } })),
        ...[1, 2].map((dst) => ({ src: 1, dst, msg: { _tag: 'AddrMsg', peers: [1, 2, 3] } }))
      ]
    ])
  })

  test('GetDataMsg is answered with a block, genesis if need be, and with nothing to oneself', () => {
    const ask = (hash: string, from = you) => procMsg(st, from, { _tag: 'GetDataMsg', hash: hashOf(hash) }, 0)[1]
    const sent = (b: B) => [{ src: 1, dst: 2, msg: { _tag: 'BlockMsg', block: b } }]
    expect(ask('#0')).toEqual(sent(G))
    expect(ask('#3')).toEqual(sent(G))
    expect(ask(plain.params.hashT(transactionOf('t')))).toEqual(sent(G))
    expect(ask('#0', me)).toEqual([nullPacket])
  })

  test('BlockMsg, TxMsg and InvMsg do what they do in the main edition over these forests', () => {
    holds(
      fc.tuple(stateOf(byLength, 1, true), messageOf(byLength), fc.constantFrom(me, you)),
      ([state, msg, from], meet) => {
        const { local, common } = cpp18.Toychain(cpp18.in2018(byLength.instance), cpp18.netAddr(3))
        if (!['BlockMsg', 'TxMsg', 'InvMsg'].includes(msg._tag)) return
        meet(msg._tag)
        expect(local.procMsg(state, from, msg, 0)).toEqual(common.local.procMsg(state, from, msg, 0))
      },
      { met: { BlockMsg: 100, TxMsg: 30, InvMsg: 30 } }
    )
  })

  test('a minted block has all valid transactions of the pool', () => {
    const tree = F.btExtend(genesisTree, block(1, 0, ['t']))
    const state: S = { ...st, blockTree: tree }
    const minted = { prevBlockHash: hashOf('#1'), txs: [transactionOf('u')], proof: 2 }
    const [after, sent] = procInt(state, MintT, 2)
    expect(after).toEqual({ ...state, blockTree: F.btExtend(tree, minted), txPool: [] })
    expect(sent).toEqual([1, 2].map((dst) => ({ src: 1, dst, msg: { _tag: 'BlockMsg', block: minted } })))
  })

  test('an attempt to mint that is in vain, or whose proof is not accepted, sends a null packet', () => {
    expect(procInt(st, MintT, -1)).toEqual([st, [nullPacket]])
    // Genesis has the proof 0, which is good once in a chain.
    expect(procInt(st, MintT, 0)).toEqual([st, [nullPacket]])
  })

  test('TxT announces a transaction', () => {
    expect(procInt(st, { _tag: 'TxT', tx: transactionOf('v') }, 0)[1]).toEqual(
      [1, 2].map((dst) => ({ src: 1, dst, msg: { _tag: 'TxMsg', tx: 'v' } }))
    )
  })

  test('a null message carries genesis, and equals itself only', () => {
    const none = { _tag: 'NullMsg' } as const
    const connect: M = { _tag: 'ConnectMsg' }
    expect(msg_block(none)).toBe(G)
    expect(msg_block({ _tag: 'BlockMsg', block: block(1, 0) })).toEqual(block(1, 0))
    expect([eq_msg.equals(none, none), eq_msg.equals(none, connect), eq_msg.equals(connect, none)]).toEqual([
      true,
      false,
      false
    ])
    expect(eq_msg.equals(connect, connect)).toBe(true)
    expect([cpp18.msg_type(none), cpp18.msg_type(connect)]).toEqual(['MNull', 'MConnect'])
  })
})

describe('an instance of the main edition in the edition of 2018', () => {
  const all: ReadonlyArray<<R>(use: <T extends Types>(instance: Instance<T>, arbitraries: Arbitraries<T>) => R) => R> =
    [
      (use) => use(numbered(), numberedArbitraries),
      (use) => use(longestChain(), implArbitraries),
      (use) => use(proofOfWork(), implArbitraries),
      (use) => use(payments({ balances: { alice: 3 } }), paymentArbitraries)
    ]

  test('has a genesis block without transactions that is its own predecessor', () => {
    for (const each of all)
      each((instance) => {
        const { GenesisBlock, hashB } = cpp18.in2018(instance).params
        expect([GenesisBlock.txs, GenesisBlock.prevBlockHash]).toEqual([[], hashB(GenesisBlock)])
      })
  })

  test('gives different hashes to blocks that have different ones', () => {
    for (const each of all)
      each((instance, { block: arbitrary }) => {
        const { hashB, GenesisBlock } = cpp18.in2018(instance).params
        const { hashB: whole, GenesisBlock: old } = instance.params
        const same = isIn(instance.types.Hash)
        holds(fc.array(fc.oneof(arbitrary, fc.constantFrom(GenesisBlock, old)), { maxLength: 3 }), (bs) => {
          const [now, before] = [bs.map(hashB), bs.map(whole)]
          expect(now.filter((h, i) => !same(h, now.slice(0, i))).length).toBe(
            before.filter((h, i) => !same(h, before.slice(0, i))).length
          )
        })
      })
  })

  test('satisfies the axioms of that edition on chains and transactions', () => {
    for (const each of all)
      each((instance, arbitraries) => {
        const earlier = cpp18.in2018(instance)
        const reports = checkLaws({ ...earlier, params: cpp18.asMain(earlier.params) }, arbitraries, { runs: 200 })
        const ofThatEdition = reports.filter(({ law }) => !law.startsWith('VAF'))
        expect(ofThatEdition.map(({ law }) => law)).toHaveLength(6)
        expect(ofThatEdition.filter(({ counterexample }) => O.isSome(counterexample))).toEqual([])
      })
  })

  test('accepts no proof twice in a chain (VAF_nocycle)', () => {
    for (const each of all)
      each((instance, { block: arbitrary }) => {
        const { params, types } = cpp18.in2018(instance)
        const among = isIn(cpp18.Forests(types, params).blockEq)
        holds(
          fc.tuple(relatedChains(params.GenesisBlock, arbitrary, 1), arbitrary),
          ([[bc = []], b]) => {
            for (const x of [b, ...bc]) if (params.VAF(x.proof, tsOf(instance), bc)) expect(among(x, bc)).toBe(false)
          },
          { runs: 200 }
        )
      })
  })

  /** No instance looks at the time. */
  const tsOf = <T extends Types>({ params }: Instance<T>): T['Timestamp'] => params.GenesisBlock.proof
})
