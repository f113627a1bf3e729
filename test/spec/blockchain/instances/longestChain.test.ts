import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../../spec/blockchain/codec.js'
import { longestChain } from '../../../../spec/blockchain/instances/longestChain.js'
import type { TypesImpl } from '../../../../spec/blockchain/instances/typesImpl.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { unit } from '../../../../spec/prelude/unionMap.js'

const block = (hash: string, txs: ReadonlyArray<string> = [], proof = 0): Block<TypesImpl> => ({
  prevBlockHash: hashOf(hash),
  txs: txs.map(transactionOf),
  proof
})

describe('the longest-chain instance', () => {
  // Here the hash of a block is what it names as its predecessor.
  const { params } = longestChain({ hashB: (b) => b.prevBlockHash })
  const { FCR, GenesisBlock, VAF, genProof, tpExtend, txValid } = params
  const prefers = (a: ReadonlyArray<Block<TypesImpl>>, b: ReadonlyArray<Block<TypesImpl>>) => FCR(a, b) && !FCR(b, a)

  test('prefers more blocks, whatever their hashes', () => {
    expect(prefers([block('0xf'), block('0xf')], [block('0x0')])).toBe(true)
    expect(prefers([block('0xf')], [])).toBe(true)
  })

  test('of chains of one length prefers the one with the smaller hashes, the first difference counts', () => {
    expect(prefers([block('0x1'), block('0xf')], [block('0x2'), block('0x0')])).toBe(true)
    expect(prefers([block('0x1'), block('0x10')], [block('0x1'), block('0x2')])).toBe(true)
    expect(prefers([block('')], [block('0x')])).toBe(true)
  })

  test('of chains with the same hashes prefers the one with the smaller contents', () => {
    expect(prefers([block('0x1', [], 9)], [block('0x1', ['a'], 0)])).toBe(true)
    expect(prefers([block('0x1', ['a'], 1)], [block('0x1', ['a'], 2)])).toBe(true)
    expect(FCR([block('0x1', ['a'], 1)], [block('0x1', ['a'], 1)])).toBe(false)
  })

  test('accepts genesis as the first block only, and every other block everywhere', () => {
    expect(GenesisBlock).toEqual({ prevBlockHash: '0x00', txs: ['genesis'], proof: 0 })
    expect([VAF(GenesisBlock, [], GenesisBlock.txs), VAF(GenesisBlock, [block('')], [])]).toEqual([true, false])
    expect([VAF(block('0x'), [], []), VAF(block('0x'), [GenesisBlock], [])]).toEqual([true, true])
  })

  test('mints a block at every attempt, with all that is offered and the time as its proof', () => {
    const offered = [transactionOf('t1'), transactionOf('t2')]
    expect(genProof([], offered, 42)).toEqual(O.some([offered, 42]))
  })

  test('puts a new transaction at the end of the pool, and a known one nowhere', () => {
    const [t1, t2] = [transactionOf('t1'), transactionOf('t2')]
    expect(tpExtend([t1], unit, t2)).toEqual([t1, t2])
    expect(tpExtend([t1, t2], unit, t1)).toEqual([t1, t2])
  })

  test('takes a transaction for valid until it is in the chain', () => {
    expect(txValid(transactionOf('genesis'), [])).toBe(true)
    expect(txValid(transactionOf('genesis'), [GenesisBlock])).toBe(false)
  })
})
