/**
 * What becomes of Toychain's data when its nodes are called otherwise: here 0 is called 1, 1 is called 2, and 2 is called 0.
 */
import { describe, expect, test } from 'vitest'
import { namelessBlocks, toychainSymmetry } from '../../../invariants/blockchain/renaming.js'
import type { BlockRenaming } from '../../../invariants/blockchain/renaming.js'
import { transactionOf } from '../../../spec/blockchain/codec.js'
import type { Transaction } from '../../../spec/blockchain/codec.js'
import type { Block } from '../../../spec/blockchain/types.js'
import { ordNumber } from '../../../spec/prelude/order.js'
import { undef, unionMap } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import { address } from '../../support/toychains.js'

/** Hashes are numbers: those of blocks, below 100, end in who minted them. */
interface Numbers {
  readonly Timestamp: number
  readonly Hash: number
  readonly VProof: number
  readonly Transaction: Transaction
}

const nodes = netAddr(3)
const to = (n: Address): Address => address((n + 1) % 3)

const blocks: BlockRenaming<Numbers> = {
  block: (how, { prevBlockHash, txs, proof }) => ({ prevBlockHash, txs, proof: how(address(proof)) }),
  hashB: (how, h) => h - (h % 10) + how(address(h % 10)),
  isBlock: (h) => h < 100
}

const { env, state, message } = toychainSymmetry<Numbers, string>({ Hash: ordNumber }, nodes, blocks)

const block = (minter: number): Block<Numbers> => ({ prevBlockHash: 0, txs: [], proof: minter })
const addresses = (...ns: ReadonlyArray<number>) => ns.map(address)

describe('the state of a node', () => {
  const st = {
    id: address(2),
    peers: addresses(0, 2),
    blockTree: unionMap<number>(ordNumber).fromEntries([
      [10, block(0)],
      [12, block(2)]
    ]),
    txPool: [transactionOf('t')]
  }

  test('has the new name, the new names of its peers in their order, and a tree of renamed blocks', () => {
    expect(state(to, st)).toEqual({
      id: 0,
      peers: [0, 1],
      blockTree: {
        _tag: 'Def',
        entries: [
          [10, block(0)],
          [11, block(1)]
        ]
      },
      txPool: ['t']
    })
  })

  test('has its own tree if that is undefined', () => {
    expect(state(to, { ...st, blockTree: undef }).blockTree).toEqual(undef)
  })

  test('keeps the tree of blocks that name nobody', () => {
    const nameless = toychainSymmetry<Numbers, string>({ Hash: ordNumber }, nodes, namelessBlocks())
    expect(nameless.state(to, st)).toEqual({ ...st, id: 0, peers: [0, 1] })
    const messages = [
      { _tag: 'BlockMsg', block: block(1) },
      { _tag: 'InvMsg', hashes: [12, 10, 300] },
      { _tag: 'GetDataMsg', hash: 12 }
    ] as const
    expect(messages.map((m) => nameless.message(to, m))).toEqual(messages)
  })
})

describe('a message', () => {
  test('of peers has their new names, in their order', () => {
    expect(message(to, { _tag: 'AddrMsg', peers: addresses(0, 1, 2) })).toEqual({ _tag: 'AddrMsg', peers: [0, 1, 2] })
    expect(message(to, { _tag: 'AddrMsg', peers: addresses(1, 2) })).toEqual({ _tag: 'AddrMsg', peers: [0, 2] })
  })

  test('with a block has the renamed one', () => {
    expect(message(to, { _tag: 'BlockMsg', block: block(1) })).toEqual({ _tag: 'BlockMsg', block: block(2) })
  })

  test('with hashes has those of blocks renamed and in their order, then the others as they were', () => {
    expect(message(to, { _tag: 'InvMsg', hashes: [10, 20, 12, 300, 200] })).toEqual({
      _tag: 'InvMsg',
      hashes: [10, 11, 21, 300, 200]
    })
  })

  test('that asks for a block asks for the renamed one; for a transaction, for that', () => {
    expect(message(to, { _tag: 'GetDataMsg', hash: 12 })).toEqual({ _tag: 'GetDataMsg', hash: 10 })
    expect(message(to, { _tag: 'GetDataMsg', hash: 200 })).toEqual({ _tag: 'GetDataMsg', hash: 200 })
  })

  test('with a transaction, or with nothing, stays as it is', () => {
    for (const m of [{ _tag: 'ConnectMsg' }, { _tag: 'TxMsg', tx: transactionOf('t') }] as const)
      expect(message(to, m)).toEqual(m)
  })
})

describe('the state of an environment', () => {
  const cutOff = (...ns: ReadonlyArray<number>) =>
    env(to, { env: 'some', duplications: 1, losses: 2, cuts: 3, cutOff: addresses(...ns) })

  test('has the new names of the nodes that are cut off, or else those of the other side: not the first', () => {
    expect(cutOff(1)).toEqual({ env: 'some', duplications: 1, losses: 2, cuts: 3, cutOff: [2] })
    expect([cutOff(2), cutOff(1, 2), cutOff()].map((e) => e.cutOff)).toEqual([[1, 2], [1], []])
  })

  test('of a network without nodes is that which it is', () => {
    const nobody = toychainSymmetry<Numbers, string>({ Hash: ordNumber }, netAddr(0), blocks)
    const e = { env: 'some', duplications: 0, losses: 0, cuts: 0, cutOff: addresses(1) }
    expect(nobody.env(to, e).cutOff).toEqual([])
  })
})
