/**
 * The tiny blockchains: what their blocks are, how they choose between forks, and from which universes lemmas are run.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { unit } from '../../../../spec/prelude/unionMap.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import type { TinyTypes } from '../../../../invariants/blockchain/lemmas/tiny.js'
import { dice, tiny, universeAtRandom, universeOfSize } from '../../../../invariants/blockchain/lemmas/tiny.js'

type B = Block<TinyTypes>

/** A block: its low three bits are its hash. */
const block = (proof: number, prevBlockHash = 0, txs: ReadonlyArray<number> = []): B => ({ prevBlockHash, txs, proof })

const work = tiny('work')
const length = tiny('length')

describe('a tiny blockchain', () => {
  test('has the name of its fork choice', () => {
    expect([work.name, length.name]).toEqual(['tiny work', 'tiny length'])
    expect([work.label?.(3), length.label?.(0)]).toEqual(['3', '0'])
  })

  test('has a genesis with the hash 0: its own predecessor, or one with a transaction and another predecessor', () => {
    expect(work.params.GenesisBlock).toEqual({ prevBlockHash: 0, txs: [], proof: 0 })
    expect(length.params.GenesisBlock).toEqual({ prevBlockHash: 1, txs: [0], proof: 0 })
  })

  test('has hashes of three bits', () => {
    expect([0, 1, 7, 8, 9, 23].map((proof) => work.params.hashB(block(proof)))).toEqual([0, 1, 7, 0, 1, 7])
    expect([0, 7, 8, 9].map((t) => work.params.hashT(t))).toEqual([0, 7, 0, 1])
  })

  test('accepts genesis first and nowhere else, and other blocks by their quality alone', () => {
    for (const { params } of [work, length]) {
      const { VAF, GenesisBlock } = params
      expect(VAF(GenesisBlock, [], GenesisBlock.txs)).toBe(true)
      expect(VAF(GenesisBlock, [GenesisBlock], GenesisBlock.txs)).toBe(false)
      expect([1, 9, 17, 25, 33].map((proof) => VAF(block(proof), [], []))).toEqual([true, false, true, false, true])
    }
  })

  test('makes the time the proof, of what was offered; from 32 on of something else, and before 0 not at all', () => {
    for (const { params } of [work, length]) {
      const attempt = (ts: number) => params.genProof([], [2, 3], ts)
      expect(attempt(-1)).toEqual(O.none)
      expect(attempt(0)).toEqual(O.some([[2, 3], 0]))
      expect(attempt(31)).toEqual(O.some([[2, 3], 31]))
      expect(attempt(32)).toEqual(O.some([[1], 32]))
    }
  })

  test('takes a transaction once in a chain, and once in a pool: in front, or at the end', () => {
    expect(work.params.txValid(2, [block(1, 0, [1])])).toBe(true)
    expect(work.params.txValid(1, [block(1, 0, [1])])).toBe(false)
    expect(work.params.tpExtend([1], unit, 2)).toEqual([2, 1])
    expect(work.params.tpExtend([1], unit, 1)).toEqual([1])
    expect(length.params.tpExtend([1], unit, 2)).toEqual([1, 2])
    expect(length.params.tpExtend([1], unit, 1)).toEqual([1])
  })
})

describe('the fork choice', () => {
  test('of work is the sum of the leading zero bits of the hashes, before the length', () => {
    const { FCR } = work.params
    // The hashes 0 to 7 have 3, 2, 1, 1, 0, 0, 0 and 0 leading zeros of three.
    const worth = (proof: number) =>
      [0, 1, 2, 3].filter((n) =>
        FCR(
          [block(proof)],
          Array.from({ length: n }, () => block(2))
        )
      ).length
    expect([0, 1, 2, 7].map(worth)).toEqual([3, 2, 1, 1])
    expect(FCR([block(0)], [block(1)])).toBe(true)
    expect(FCR([block(1)], [block(0)])).toBe(false)
    expect(FCR([block(1)], [block(4), block(5), block(6)])).toBe(true)
    expect(FCR([block(4), block(5), block(6)], [block(1)])).toBe(false)
  })

  test('of work takes the longer of two chains of equal work', () => {
    const { FCR } = work.params
    expect(FCR([block(2), block(2)], [block(1)])).toBe(true)
    expect(FCR([block(1)], [block(2), block(2)])).toBe(false)
  })

  test('of work takes the smaller contents of chains of equal work and length', () => {
    const { FCR } = work.params
    expect(FCR([block(2)], [block(3)])).toBe(true)
    expect(FCR([block(3)], [block(2)])).toBe(false)
    expect(FCR([block(2)], [block(2)])).toBe(false)
  })

  test('of length takes the longer chain, whatever the work', () => {
    const { FCR } = length.params
    expect(FCR([block(7), block(7)], [block(0)])).toBe(true)
    expect(FCR([block(0)], [block(7), block(7)])).toBe(false)
  })

  test('of length takes the smaller hashes of equally long chains, then the smaller contents', () => {
    const { FCR } = length.params
    // 9 is greater than 2, and has the smaller hash.
    expect(FCR([block(9)], [block(2)])).toBe(true)
    expect(FCR([block(2)], [block(9)])).toBe(false)
    expect(FCR([block(1)], [block(9)])).toBe(true)
    expect(FCR([block(9)], [block(1)])).toBe(false)
    expect(FCR([block(1)], [block(1)])).toBe(false)
  })
})

describe('the universe of a size', () => {
  test('0 has two blocks with one hash, of which one is its own predecessor, and one that collides with genesis', () => {
    expect(universeOfSize(work, 0)).toEqual({
      blocks: [block(0, 0), block(1, 0), block(1, 1), block(16, 0)],
      hashes: [0, 1],
      transactions: [0, 1],
      times: [-1, 0, 1, 9, 33]
    })
  })

  test('1 has all blocks with the hash 1 and a predecessor from genesis to a missing one, acceptable or not', () => {
    expect(universeOfSize(length, 1)).toEqual({
      blocks: [
        length.params.GenesisBlock,
        block(1, 0),
        block(9, 0),
        block(1, 1),
        block(9, 1),
        block(1, 2),
        block(9, 2),
        block(16, 0)
      ],
      hashes: [0, 1, 2],
      transactions: [0, 1],
      times: [-1, 0, 1, 2, 9, 33]
    })
  })

  test('n has n times n + 2 blocks of either kind besides', () => {
    expect([1, 2, 3].map((n) => universeOfSize(work, n).blocks.length)).toEqual([1 * 3 * 2 + 2, 2 * 4 * 2 + 2, 32])
    expect(universeOfSize(work, 2).blocks).toContainEqual(block(10, 3))
  })
})

describe('a universe at random', () => {
  /** Dice that show `percent` of a hundred, and otherwise the smallest number. */
  const of = (percent: number) => universeAtRandom(work, { below: (n) => (n === 100 ? percent : 0) })

  test('is a chain of four acceptable blocks if all dice are low', () => {
    expect(of(0)).toEqual({
      blocks: [block(0, 0), block(1, 0), block(2, 1), block(3, 2), block(4, 3)],
      hashes: [0, 1, 2, 3, 4, 5, 6, 7],
      transactions: [0, 1, 2, 3],
      times: [-1, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0]
    })
  })

  test('has nine blocks with two transactions, none of them acceptable, all with one hash, if all dice are high', () => {
    const { blocks, times } = universeAtRandom(length, { below: (n) => n - 1 })
    expect(blocks).toEqual([length.params.GenesisBlock, ...Array.from({ length: 9 }, () => block(15, 7, [3, 3]))])
    expect(times).toEqual([-1, ...Array.from({ length: 9 }, () => 15), 63, 63, 63, 63, 63, 63])
  })

  test('goes on from the last block with 45 in a hundred, else from any', () => {
    expect(of(44).blocks.at(-1)).toEqual(block(4, 3))
    expect(of(45).blocks.at(-1)).toEqual(block(4, 0))
  })

  test('has no transactions in 55 of a hundred blocks, one in 70 of a hundred others, else two', () => {
    expect([54, 55, 69, 70].map((percent) => of(percent).blocks.at(-1)?.txs)).toEqual([[], [0], [0], [0, 0]])
  })

  test('has fine blocks with 70 in a hundred, others with their hashes, and above 85 unacceptable ones', () => {
    expect([69, 70, 84, 85].map((percent) => Math.floor((of(percent).blocks[1]?.proof ?? 0) / 8))).toEqual([0, 2, 2, 1])
  })

  test('gives a block a hash of its own with 80 in a hundred, and the predecessor that it chose with 88', () => {
    const high = (percent: number) =>
      universeAtRandom(work, { below: (n) => (n === 100 ? percent : n === 8 ? 6 : 0) }).blocks.at(-1)
    expect([79, 80].map((percent) => (high(percent)?.proof ?? 0) % 8)).toEqual([4, 6])
    expect([87, 88].map((percent) => high(percent)?.prevBlockHash)).toEqual([0, 6])
  })

  test('has hashes in order, some of which are left out', () => {
    const { blocks } = universeAtRandom(work, { below: (n) => (n === 2 ? 1 : n === 6 ? 5 : 0) })
    expect(blocks.map(({ proof }) => proof)).toEqual([0, 2, 3, 4, 5, 6, 7, 0, 1, 2])
  })
})

describe('dice', () => {
  const throws = (seed: number, n: number, count: number) => {
    const { below } = dice(seed)
    return Array.from({ length: count }, () => below(n))
  }

  test('fall the same way for the same seed, and another way for another', () => {
    expect(throws(7, 100, 20)).toEqual(throws(7, 100, 20))
    expect(throws(7, 100, 20)).not.toEqual(throws(8, 100, 20))
  })

  test('show each number about equally often, and no other', () => {
    for (const seed of [0, 1, 2018]) {
      const shown = throws(seed, 6, 6_000)
      const often = [0, 1, 2, 3, 4, 5].map((n) => shown.filter((m) => m === n).length)
      expect(often.reduce((sum, n) => sum + n)).toBe(6_000)
      expect(often.filter((n) => n < 900 || n > 1_100)).toEqual([])
    }
  })
})
