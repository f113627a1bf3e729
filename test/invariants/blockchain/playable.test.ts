import { describe, expect, test } from 'vitest'
import {
  playLongestChain,
  playNumbered,
  playPayments,
  playProofOfWork,
  playShortProofOfWork
} from '../../../invariants/blockchain/playable.js'
import { address } from '../../support/toychains.js'

describe('the transactions of a playable instance', () => {
  test('are called t1, t2, …', () => {
    for (const { transactions } of [playNumbered, playLongestChain, playProofOfWork])
      expect([transactions(0), transactions(3)]).toEqual([[], ['t1', 't2', 't3']])
  })

  test('of payments are two ways to spend the same funds each, and go on with the next number of each sender', () => {
    expect(playPayments.transactions(5)).toEqual([
      { from: 'alice', to: 'bob', amount: 10, sequence: 0 },
      { from: 'alice', to: 'carol', amount: 10, sequence: 0 },
      { from: 'bob', to: 'carol', amount: 12, sequence: 0 },
      { from: 'bob', to: 'alice', amount: 12, sequence: 0 },
      { from: 'alice', to: 'bob', amount: 10, sequence: 1 }
    ])
  })

  test('of payments are accepted one of two: the third needs what the first has brought', () => {
    const { GenesisBlock: G, txValid, hashB } = playPayments.instance.params
    const [first, second, third] = playPayments.transactions(3)
    const after = [G, { prevBlockHash: hashB(G), txs: [first!], proof: 1 }]
    expect([first, second, third].map((t) => txValid(t!, [G]))).toEqual([true, true, false])
    expect([first, second, third].map((t) => txValid(t!, after))).toEqual([false, false, true])
  })
})

describe('the time of a playable instance', () => {
  test('is the minter with the number of the block, where blocks are numbered', () => {
    expect(playNumbered.time(address(2), 3)).toEqual({ minter: 2, k: 3 })
  })

  test('is the number of the block, where the minter does not matter', () => {
    expect([playLongestChain, playPayments].map(({ time }) => time(address(2), 3))).toEqual([3, 3])
  })

  test('is where mining begins, for proof of work: 64 places for each block, one for each minter', () => {
    expect(playProofOfWork.time(address(2), 3)).toBe(194)
  })
})

describe('proof of work with short hashes', () => {
  test('has its name, and mines the short ones', () => {
    const { instance, time } = playShortProofOfWork(16)
    const { GenesisBlock: G, genProof, hashB, hashT, VAF } = instance.params
    expect(instance.name).toBe('proofOfWork (16-bit hash)')
    expect([hashB(G), hashT(playProofOfWork.transactions(1)[0]!)].map(({ length }) => length)).toEqual([6, 6])
    const mined = genProof([G], [], time(address(0), 1))
    expect(mined).toMatchObject({ _tag: 'Some' })
    const [txs, proof] = mined._tag === 'Some' ? mined.value : [[], 0]
    const block = { prevBlockHash: hashB(G), txs, proof }
    expect(hashB(block)).toMatch(/^0x000[0-7]$/)
    expect(VAF(block, [G], txs)).toBe(true)
  })
})
