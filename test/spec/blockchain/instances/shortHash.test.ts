import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf, transactionOf } from '../../../../spec/blockchain/codec.js'
import type { Transaction } from '../../../../spec/blockchain/codec.js'
import { numbered } from '../../../../spec/blockchain/instances/numbered.js'
import { proofOfWork } from '../../../../spec/blockchain/instances/proofOfWork.js'
import { hashBlock, sha256 } from '../../../../spec/blockchain/instances/sha256.js'
import { fewestBits, mostBits, shorten, shortHash } from '../../../../spec/blockchain/instances/shortHash.js'
import { holds } from '../../../support/property.js'

const text = fc.string({ maxLength: 8 }).map(hashOf)
const size = fc.integer({ min: fewestBits, max: mostBits })

/** A hash as a number of so many bits. */
const bitsOf = (hash: string, bits: number): bigint => BigInt(hash) >> BigInt(4 * (hash.length - 2) - bits)

describe('a shortened hash', () => {
  test('is the first bits of the SHA-256 of its spelling, the rest of its last digit 0', () => {
    expect(sha256('g').slice(0, 6)).toBe('0xcd0a')
    expect([2, 3, 4, 5, 7, 8, 13, 16].map((bits) => shorten(bits)(hashOf('g')))).toEqual(
      ['0xc', '0xc', '0xc', '0xc8', '0xcc', '0xcd', '0xcd08', '0xcd0a'] // 1100 1101 0000 1010
    )
    holds(fc.tuple(text, size), ([h, bits]) => {
      const short = shorten(bits)(h)
      expect(short).toHaveLength(2 + Math.ceil(bits / 4))
      expect(bitsOf(short, bits)).toBe(bitsOf(sha256(h), bits))
      expect(BigInt(short) % (1n << BigInt(4 * (short.length - 2) - bits))).toBe(0n)
    })
  })

  test('of 256 bits is SHA-256', () => {
    holds(text, (h) => {
      expect(shorten(256)(h)).toBe(sha256(h))
    })
  })

  test('has at most 2^bits values, and with few bits has them all', () => {
    for (const bits of [2, 3, 4, 5]) {
      const values = new Set(Array.from({ length: 500 }, (_, i) => shorten(bits)(hashOf(String(i)))))
      expect(values.size).toBe(2 ** bits)
    }
  })

  test('has the nearest size that there is where it is asked for another', () => {
    expect([-1, 0, 1, 1.6, 1000].map((bits) => shorten(bits)(hashOf('g')))).toEqual(
      [2, 2, 2, 2, 256].map((bits) => shorten(bits)(hashOf('g')))
    )
  })
})

describe('an instance with a short hash', () => {
  const whole = numbered()
  const short = shortHash(whole, 3)

  test('has the name, the hashes, and nothing else that is different', () => {
    expect(short.name).toBe('numbered (3-bit hash)')
    const { hashB, hashT, ...rest } = short.params
    const { hashB: wholeB, hashT: wholeT, ...wholeRest } = whole.params
    expect(rest).toEqual(wholeRest)
    expect(hashB(whole.params.GenesisBlock)).toBe(shorten(3)(wholeB(whole.params.GenesisBlock)))
    expect(
      new Set(['a', 'b', 'c'].map(hashOf).map((prevBlockHash) => hashB({ ...rest.GenesisBlock, prevBlockHash }))).size
    ).toBeLessThan(4)
    for (const t of ['t1', 't2'].map(transactionOf)) expect(hashT(t)).toBe(shorten(3)(wholeT(t)))
  })

  test('collides where the whole one does not', () => {
    const stamped = Array.from({ length: 9 }, (_, k) => ({
      ...whole.params.GenesisBlock,
      proof: { minter: 'genesis' as const, k }
    }))
    expect(new Set(stamped.map(whole.params.hashB)).size).toBe(9)
    expect(new Set(stamped.map(short.params.hashB)).size).toBeLessThan(9)
  })

  test('does not mine the hashes that it shows: proof of work must be given the short ones', () => {
    const options = { difficulty: 6, attempts: 512 }
    const acceptable = ({
      params: { genProof, GenesisBlock, hashB, VAF }
    }: ReturnType<typeof shortHash<number, number, Transaction>>) =>
      [1, 2, 3, 4, 5].flatMap((ts) => {
        const attempt = genProof([GenesisBlock], [], ts)
        if (attempt._tag === 'None') return []
        const block = { prevBlockHash: hashB(GenesisBlock), txs: [], proof: attempt.value[1] }
        return [VAF(block, [GenesisBlock], [])]
      })
    expect(acceptable(shortHash(proofOfWork(options), 16))).toEqual([false, false, false, false, false])
    const mined = proofOfWork({ ...options, hashB: (b) => shorten(16)(hashBlock(b)) })
    expect(acceptable(mined)).toEqual([true, true, true, true, true])
  })
})
