import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../../spec/blockchain/codec.js'
import { count_binary_zeroes, powGenesis, proofOfWork } from '../../../../spec/blockchain/instances/proofOfWork.js'
import type { TypesImpl } from '../../../../spec/blockchain/instances/typesImpl.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { unit } from '../../../../spec/prelude/unionMap.js'

const block = (prev: string, txs: ReadonlyArray<string>, proof: number): Block<TypesImpl> => ({
  prevBlockHash: hashOf(prev),
  txs: txs.map(transactionOf),
  proof
})

describe('count_binary_zeroes', () => {
  test.each([
    ['0x0007a', 13],
    ['0x000f', 12],
    ['0x', 0],
    ['0X0000', 0],
    ['0x0000', 16],
    ['0x000g0', 12],
    ['0x1', 3],
    ['0x2', 2],
    ['0x3', 2],
    ['0x4', 1],
    ['0x7', 1],
    ['0x8', 0],
    ['0xF', 0],
    ['0x0A', 4],
    ['', 0],
    ['0', 0],
    ['00', 0],
    ['0x 0', 0]
  ])('of "%s" is %i', (hash, zeroes) => expect(count_binary_zeroes(hash)).toBe(zeroes))

  test('of 0x and any number of digits is what the binary spelling shows', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), (n) => {
        expect(count_binary_zeroes(`0x${n.toString(16).padStart(16, '0')}`)).toBe(64 - n.toString(2).length)
      }),
      { numRuns: 1000, seed: 64 }
    )
  })
})

describe('the proof-of-work instance', () => {
  const zeroes = (n: number) => hashOf(`0x${'0'.repeat(n / 4)}8`)
  /** The work of a block is four times its proof. */
  const { params, work, totalWork } = proofOfWork({ hashB: (b) => zeroes(4 * b.proof) })
  const { FCR, VAF, GenesisBlock, txValid, tpExtend } = params
  const chain = (...proofs: ReadonlyArray<number>) => proofs.map((proof) => block('0x', [], proof))

  test('has the genesis block of the extracted program', () => {
    expect(GenesisBlock).toBe(powGenesis)
    expect(GenesisBlock).toEqual({
      prevBlockHash: '0x6150cb353fe365318be1040f4f1d55ba6a6235c7fdee7e94602fed76f112f2de',
      txs: [],
      proof: 0
    })
  })

  test('hashes blocks as the extracted program does, by SHA-256 of their components', () => {
    const { hashB, hashT } = proofOfWork().params
    const sha256 = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`
    expect(hashB(block('0xab', ['t1', 't2'], 7))).toBe(sha256('0xab|t1&t2|7'))
    expect(hashT(transactionOf('t1'))).toBe(sha256('t1'))
  })

  test('adds up work, genesis included', () => {
    expect(chain(3, 0, 5).map(work)).toEqual([12, 0, 20])
    expect(totalWork(chain(3, 0, 5))).toBe(32)
    expect(totalWork([])).toBe(0)
  })

  test('prefers more work, then more blocks, then the smaller blocks', () => {
    expect([FCR(chain(5), chain(1, 1, 1)), FCR(chain(1, 1, 1), chain(5))]).toEqual([true, false])
    expect([FCR(chain(2, 2), chain(4)), FCR(chain(4), chain(2, 2))]).toEqual([true, false])
    expect([FCR(chain(1, 3), chain(3, 1)), FCR(chain(3, 1), chain(1, 3))]).toEqual([true, false])
    expect(FCR(chain(3, 1), chain(3, 1))).toBe(false)
  })

  test('compares blocks by transactions, then predecessor, then proof', () => {
    const better = (a: Block<TypesImpl>, b: Block<TypesImpl>) => FCR([a], [b]) && !FCR([b], [a])
    expect(better(block('0xb', ['a'], 1), block('0xa', ['b'], 1))).toBe(true)
    expect(better(block('0xb', [], 1), block('0xa', ['a'], 1))).toBe(true)
    expect(better(block('0xB', ['a'], 1), block('0xa', ['a'], 1))).toBe(true)
  })

  test('accepts genesis first and without transactions only', () => {
    expect(VAF(GenesisBlock, [], [])).toBe(true)
    expect(VAF(GenesisBlock, [], [transactionOf('t')])).toBe(false)
    expect(VAF(GenesisBlock, [GenesisBlock], [])).toBe(false)
  })

  test('accepts other blocks with more than 12 zero bits, wherever they stand', () => {
    const accepted = (hash: string, difficulty?: number) =>
      proofOfWork({ hashB: () => hashOf(hash), ...(difficulty === undefined ? {} : { difficulty }) }).params.VAF(
        block('0x', [], 1),
        [],
        []
      )
    expect(['0x000f', '0x0007', '0x0000'].map((hash) => accepted(hash))).toEqual([false, true, true])
    expect(['0xf', '0x7'].map((hash) => accepted(hash, 0))).toEqual([false, true])
  })

  test('takes a transaction for valid until it is in the chain', () => {
    const bc = [block('0x', ['t1', 't2'], 0), block('0x', ['t3'], 0)]
    expect(['t1', 't2', 't3', 't4', ''].map((t) => txValid(transactionOf(t), bc))).toEqual([
      false,
      false,
      false,
      true,
      true
    ])
  })

  test('puts a new transaction in front of the pool, and a known one nowhere', () => {
    const [t1, t2] = [transactionOf('t1'), transactionOf('t2')]
    expect(tpExtend([t1], unit, t2)).toEqual([t2, t1])
    expect(tpExtend([t2, t1], unit, t1)).toEqual([t2, t1])
  })

  test('mines a block that is acceptable, with all that is offered, and nothing where it finds none', () => {
    const easy = proofOfWork({ difficulty: 4 }).params
    const offered = [transactionOf('t1')]
    const [txs, proof] = O.toNullable(easy.genProof([powGenesis], offered, 1)) ?? [[], -1]
    const mined = { prevBlockHash: easy.hashB(powGenesis), txs, proof }
    expect(txs).toEqual(offered)
    expect(easy.VAF(mined, [powGenesis], txs)).toBe(true)
    expect(O.isNone(proofOfWork({ difficulty: 4, attempts: 0 }).params.genProof([powGenesis], offered, 1))).toBe(true)
    expect(O.isNone(proofOfWork({ difficulty: 200, attempts: 16 }).params.genProof([powGenesis], offered, 1))).toBe(
      true
    )
  })

  test('mines on the last block of a chain', () => {
    const easy = proofOfWork({ difficulty: 4 }).params
    const mine = (bc: ReadonlyArray<Block<TypesImpl>>): Block<TypesImpl> => {
      const [txs, proof] = O.toNullable(easy.genProof(bc, [], bc.length)) ?? [[], -1]
      return { prevBlockHash: easy.hashB(bc[bc.length - 1]!), txs, proof }
    }
    const first = mine([powGenesis])
    const second = mine([powGenesis, first])
    const third = mine([powGenesis, first, second])
    expect([first, second, third].map((b) => easy.VAF(b, [powGenesis], []))).toEqual([true, true, true])
  })

  test('tries other proofs at another time', () => {
    const anything = proofOfWork({ difficulty: -1, attempts: 8 }).params
    const proofs = [0, 1, 2].map((ts) => O.toNullable(anything.genProof([], [], ts))?.[1])
    expect(proofs).toEqual([0, 8, 16])
  })
})
