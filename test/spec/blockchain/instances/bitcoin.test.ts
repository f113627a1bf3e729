import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Forests } from '../../../../spec/blockchain/forests.js'
import { bitcoin, hasProofOfWork, hashHeader, totalWork } from '../../../../spec/blockchain/instances/bitcoin.js'
import {
  Hash256,
  Uint32,
  blockToHex,
  hash256Of,
  headerBytes,
  headerHex,
  uint32Of
} from '../../../../spec/blockchain/instances/bitcoin/codec.js'
import type { BitcoinTypes, Header, HeaderProof } from '../../../../spec/blockchain/instances/bitcoin/codec.js'
import {
  MAINNET_LIMIT,
  compactOf,
  expectedBits,
  retarget,
  targetOf,
  workOf
} from '../../../../spec/blockchain/instances/bitcoin/difficulty.js'
import type { Block } from '../../../../spec/blockchain/types.js'
import { pts } from '../../../../spec/prelude/unionMap.js'
import { FROM, rawHash, rawHeaders, rawStale } from '../../../support/bitcoinData.js'

const decoded = (header: unknown): Header =>
  E.getOrElse<unknown, Header>(() => {
    throw new Error(`no header: ${String(header)}`)
  })(typeof header === 'string' ? headerHex.decode(header) : headerBytes.decode(header))

const headers = rawHeaders.map(decoded)
const at = (height: number): Header => headers[height - FROM] ?? decoded('')
const bits = (n: number | string) => targetOf(uint32Of(Number(n)))
const proof = (time: number, n: number): HeaderProof => ({
  version: uint32Of(1),
  time: uint32Of(time),
  bits: uint32Of(n),
  nonce: uint32Of(0)
})

// The first two blocks of the main network.
const BLOCK_0 =
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c'
const BLOCK_1 =
  '010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299'

describe('headers', () => {
  test('block 0 is read as Bitcoin shows it', () => {
    expect(decoded(BLOCK_0)).toEqual({
      prevBlockHash: '0'.repeat(64),
      txs: ['4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'],
      proof: { version: 1, time: 1231006505, bits: 0x1d00ffff, nonce: 2083236893 }
    })
  })

  test('blocks 0 and 1 have their well-known hashes, and the second names the first', () => {
    expect(hashHeader(decoded(BLOCK_0))).toBe('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
    expect(hashHeader(decoded(BLOCK_1))).toBe('00000000839a8e6886ab5951d76f411475428afc90947ee320161bbf18eb6048')
    expect(decoded(BLOCK_1).prevBlockHash).toBe(hashHeader(decoded(BLOCK_0)))
  })

  test("the hashes of all 8,065 headers and 11 stale blocks are those that Node's SHA-256 gives", () => {
    expect(rawHeaders.length).toBe(8065)
    expect(headers.map(hashHeader)).toEqual(rawHeaders.map(rawHash))
    expect(rawStale.map(([, , header]) => hashHeader(decoded(header)))).toEqual(rawStale.map(([, hash]) => hash))
    expect(hashHeader(at(FROM))).toBe('000000000000000000001daacd23f9cb40c69ba923085618a5f9dbdd4d97e93a')
  })

  test('every header is written as it was read', () => {
    expect(headers.map((b) => headerHex.encode(b))).toEqual(rawHeaders.map((raw) => raw.toString('hex')))
    expect(Buffer.concat(headers.map(headerBytes.encode)).equals(Buffer.concat(rawHeaders))).toBe(true)
  })

  test('any 80 bytes are a header, and are written as they were read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 80, maxLength: 80 }), (bytes) => {
        expect(headerBytes.encode(decoded(bytes))).toEqual(bytes)
      }),
      { numRuns: 500, seed: 80 }
    )
  })

  test.each([
    ['too short', BLOCK_0.slice(2)],
    ['too long', `${BLOCK_0}00`],
    ['not hexadecimal', BLOCK_0.replace('3', 'x')],
    ['in upper case', BLOCK_0.toUpperCase()],
    ['no text', 5]
  ])('a text that is %s is no header', (_, text) => {
    expect(E.isLeft(headerHex.decode(text))).toBe(true)
  })

  test('79 or 81 bytes are no header', () => {
    expect(E.isLeft(headerBytes.decode(new Uint8Array(79)))).toBe(true)
    expect(E.isLeft(headerBytes.decode(new Uint8Array(81)))).toBe(true)
    expect(E.isLeft(headerBytes.decode('80 bytes'))).toBe(true)
  })

  test('a header knows itself', () => {
    expect(headerHex.is(at(FROM))).toBe(true)
    expect(headerHex.is({ ...at(FROM), txs: [] })).toBe(false)
    // What only looks like the digits when it is made a text.
    expect(E.isLeft(headerHex.decode([headerHex.encode(at(FROM))]))).toBe(true)
    expect(headerBytes.is({ ...at(FROM), proof: { ...at(FROM).proof, nonce: 0.5 } })).toBe(false)
  })

  test('blocks with other numbers of Merkle roots have hashes too, and other ones', () => {
    const b = at(FROM)
    const variants = [
      b,
      { ...b, txs: [] },
      { ...b, txs: [...b.txs, ...b.txs] },
      { ...b, txs: [...b.txs, b.prevBlockHash] }
    ]
    expect(variants.map((v) => blockToHex(v).length / 2)).toEqual([80, 48, 112, 112])
    expect(new Set(variants.map(hashHeader)).size).toBe(4)
  })

  test('every text has a hash of its spelling, every number 32 bits', () => {
    expect(hash256Of('0xABC')).toBe(`${'0'.repeat(61)}abc`)
    expect([-1, 2 ** 32 + 7, 1.9, NaN].map(uint32Of)).toEqual([2 ** 32 - 1, 7, 1, 0])
    fc.assert(fc.property(fc.string(), (s) => Hash256.is(hash256Of(s))))
    expect(hash256Of(`1${'0'.repeat(63)}2`)).toBe(`${'0'.repeat(63)}2`)
    expect(['0', 'a'].flatMap((c) => [63, 64, 65].map((n) => Hash256.is(c.repeat(n))))).toEqual([
      ...[false, true, false],
      ...[false, true, false]
    ])
    fc.assert(fc.property(fc.double(), (n) => Uint32.is(uint32Of(n))))
  })
})

describe('targets', () => {
  // The examples of Bitcoin Core, src/test/arith_uint256_tests.cpp, `bignum_SetCompact`.
  test.each([
    ['0x01123456', 0x12n, 0x01120000],
    ['0x02123456', 0x1234n, 0x02123400],
    ['0x03123456', 0x123456n, 0x03123456],
    ['0x04123456', 0x12345600n, 0x04123456],
    ['0x05009234', 0x92340000n, 0x05009234],
    ['0x20123456', 0x123456n << 232n, 0x20123456]
  ])('%s is a target, and its compact form', (compact, target, canonical) => {
    expect(bits(compact)).toEqual(O.some(target))
    expect(compactOf(target)).toBe(canonical)
  })

  test.each([
    '0x00000000',
    '0x00123456',
    '0x01003456',
    '0x02000056',
    '0x03000000',
    '0x04000000',
    '0x00923456',
    '0x01803456',
    '0x02800056',
    '0x03800000',
    '0x04800000'
  ])('%s stands for zero, which is no target', (compact) => {
    expect(bits(compact)).toEqual(O.none)
    expect(workOf(uint32Of(Number(compact)))).toBe(0n)
  })

  test.each(['0x01fedcba', '0x04923456'])('%s has its sign bit set', (compact) => expect(bits(compact)).toEqual(O.none))

  test('a target of more than 256 bits is none', () => {
    expect([0xff123456, 0x23000001, 0x22000100, 0x21010000].map(bits)).toEqual([O.none, O.none, O.none, O.none])
    expect([0x220000ff, 0x2100ffff].map((n) => O.isSome(bits(n)))).toEqual([true, true])
  })

  test('the compact form of 0x80 has a zero in front, lest it look negative', () => {
    expect(compactOf(0x80n)).toBe(0x02008000)
    expect(compactOf(0n)).toBe(0)
    expect(compactOf(MAINNET_LIMIT)).toBe(0x1d00ffff)
  })

  test('the compact form of a target is never above it, and keeps at least 15 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), (target) => {
        const kept = O.toNullable(targetOf(compactOf(target))) ?? 0n
        expect(kept <= target && (target - kept) * 2n ** 15n <= target).toBe(true)
        expect(targetOf(compactOf(kept))).toEqual(O.some(kept))
      }),
      { numRuns: 1000, seed: 256 }
    )
  })

  test.each([
    ['0x1d00ffff', 4295032833n],
    ['0x207fffff', 2n],
    ['0x03000001', 2n ** 255n],
    ['0x1703e8b3', 309268763303254121507008n]
  ])('the work of %s is %s hashes', (compact, work) => expect(workOf(uint32Of(Number(compact)))).toBe(work))

  test('work is floor(2^256 / (target + 1)), as the other formula of Bitcoin Core has it', () => {
    for (const { proof: p } of headers.filter((_, i) => i % 500 === 0)) {
      const target = O.toNullable(targetOf(p.bits)) ?? 0n
      // (~target / (target + 1)) + 1, as 2^256 does not fit into 256 bits there.
      expect(workOf(p.bits)).toBe((2n ** 256n - 1n - target) / (target + 1n) + 1n)
    }
  })
})

describe('difficulty adjustments', () => {
  // Bitcoin Core, src/test/pow_tests.cpp: first and last time of a period, its bits, those of the next.
  test.each([
    ['in proportion', 1261130161, 1262152739, 0x1d00ffff, 0x1d00d86a],
    ['not above the limit', 1231006505, 1233061996, 0x1d00ffff, 0x1d00ffff],
    ['to a quarter at the least', 1279008237, 1279297671, 0x1c05a3f4, 0x1c0168fd],
    ['to four times at the most', 1263163443, 1269211443, 0x1c387f6f, 0x1d00e1fd]
  ])('%s', (_, first, last, before, after) => {
    expect(retarget(proof(first, before), proof(last, before), MAINNET_LIMIT)).toBe(after)
  })

  test.each([
    [824544, 0x1703e8b3, 0x1703d869],
    [826560, 0x1703d869, 0x1704005a],
    [828576, 0x1704005a, 0x1703ba5d],
    [830592, 0x1703ba5d, 0x170371b1]
  ])('the real one at height %i', (height, before, after) => {
    const period = headers.slice(height - 2016 - FROM, height - FROM)
    expect(at(height - 1).proof.bits).toBe(before)
    expect(at(height).proof.bits).toBe(after)
    expect(expectedBits(height, period, MAINNET_LIMIT)).toEqual(O.some(after))
  })

  test('of bits that have no target stay without one', () => {
    const [first, last] = [at(824542).proof, at(824543).proof]
    expect(retarget(first, { ...last, bits: uint32Of(0) }, MAINNET_LIMIT)).toBe(0)
  })

  test('counts the time from the first block of a period to its last: one interval more gives other bits', () => {
    const [beforeFirst, last] = [at(824543), at(826559)]
    expect(retarget(beforeFirst.proof, last.proof, MAINNET_LIMIT)).not.toBe(at(826560).proof.bits)
  })

  test('within a period the bits of the parent are expected, at its start none if the period before is not there', () => {
    expect(expectedBits(824543, [at(824542)], MAINNET_LIMIT)).toEqual(O.some(0x1703e8b3))
    expect(expectedBits(824544, headers.slice(1, 2016), MAINNET_LIMIT)).toEqual(O.none)
    expect(expectedBits(824545, [], MAINNET_LIMIT)).toEqual(O.none)
  })
})

describe('the instance', () => {
  const { types, params } = bitcoin({ genesis: at(824540), height: 824540 })
  const { VAF, FCR } = params
  const { btChain, btExtendAll, valid_chain, hash_chain } = Forests(types, params)
  const window = headers.slice(824540 - FROM, 824550 - FROM)

  test('takes a real window for its best chain, in whatever order its blocks arrive', () => {
    const start = pts(params.hashB(at(824540)), at(824540))
    for (const blocks of [window, window.toReversed()]) expect(btChain(btExtendAll(start, blocks))).toEqual(window)
    expect(hash_chain(window)).toBe(true)
  })

  test('accepts each real header after those before it, over a whole period and its adjustment', () => {
    const long = bitcoin({ genesis: at(FROM), height: FROM }).params
    const accepted = headers.slice(0, 2020).map((b, i) => long.VAF(b, headers.slice(0, i), b.txs))
    expect(accepted).toEqual(accepted.map(() => true))
  })

  test('does not accept the start of a period with the bits of the one before, if it knows that one', () => {
    const { VAF: accepts } = bitcoin({ genesis: at(FROM), height: FROM - 1 }).params
    // With heights shifted by one, 824545 counts as the start of a period whose first block is 822529.
    expect(accepts(at(824545), headers.slice(0, 2017), at(824545).txs)).toBe(false)
    expect(at(824545).proof.bits).toBe(at(824544).proof.bits)
  })

  test('accepts any bits at the start of a period, if it does not know the one before', () => {
    expect(VAF(at(824544), window.slice(0, 4), at(824544).txs)).toBe(true)
    expect(VAF(at(828576), window.slice(0, 4), at(828576).txs)).toBe(true)
  })

  test('does not accept other bits within a period, too little work, two roots or none, genesis again, no chain', () => {
    const [b, bc] = [at(824541), window.slice(0, 1)]
    const accepts = (block: typeof params.GenesisBlock, chain = bc) => VAF(block, chain, block.txs)
    expect(accepts(b)).toBe(true)
    expect(accepts(at(828577))).toBe(false)
    expect(hasProofOfWork(at(828577), MAINNET_LIMIT)).toBe(true)
    expect(accepts({ ...b, proof: { ...b.proof, nonce: uint32Of(b.proof.nonce + 1) } })).toBe(false)
    expect(accepts({ ...b, txs: [] })).toBe(false)
    expect(accepts({ ...b, txs: [...b.txs, ...b.txs] })).toBe(false)
    expect(accepts(at(824540))).toBe(false)
    expect(accepts(b, [])).toBe(false)
    expect(accepts(at(824540), [])).toBe(true)
  })

  test('does not accept a target above the limit, and does where the limit is higher, but not two roots', () => {
    const limit = 0x7fffffn << 232n
    const bc = [{ ...at(824540), proof: proof(0, 0x207fffff) }] as const
    /** A block with these roots and enough work: of the first ten nonces about half give it. */
    const mined = (...txs: ReadonlyArray<Hash256>) =>
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
        .map((nonce) => ({ ...at(824541), txs, proof: { ...proof(1, 0x207fffff), nonce: uint32Of(nonce) } }))
        .find((b) => hasProofOfWork(b, limit))!
    const accepts = (b: Block<BitcoinTypes>, rules: { readonly limit?: bigint }) =>
      bitcoin({ genesis: bc[0], height: 1, ...rules }).params.VAF(b, bc, b.txs)
    const [none, one, two] = [mined(), mined(hash256Of('1')), mined(hash256Of('1'), hash256Of('2'))]
    expect(accepts(one, {})).toBe(false)
    expect([none, one, two].map((b) => accepts(b, { limit }))).toEqual([false, true, false])
  })

  test('prefers more work to more blocks', () => {
    const light = decoded(BLOCK_0)
    expect(totalWork([light, light])).toBe(2n * 4295032833n)
    expect(
      FCR(
        [at(FROM)],
        Array.from({ length: 1000 }, () => light)
      )
    ).toBe(true)
  })

  test('with equal work prefers more blocks, then the smaller one', () => {
    const idle: Header = { ...at(FROM), proof: { ...at(FROM).proof, bits: uint32Of(0) } }
    expect(FCR([at(FROM), idle], [at(FROM)])).toBe(true)
    const [a, b] = [at(FROM), { ...at(FROM), txs: [hash256Of('1')] as const }]
    expect([FCR([b], [a]), FCR([a], [b])]).toEqual([true, false])
  })

  test('a stale block and its rival have the same work, and one of them is preferred all the same', () => {
    for (const [height, , header] of rawStale) {
      const [rival, stale] = [[at(Number(height))], [decoded(header)]]
      expect(totalWork(rival)).toBe(totalWork(stale))
      expect(FCR(rival, stale)).toBe(!FCR(stale, rival))
    }
  })

  test('has the Merkle root for the hash of its one transaction', () => {
    for (const root of at(FROM).txs) expect(params.hashT(root)).toBe(root)
    expect(at(FROM).txs).toHaveLength(1)
  })

  test('does not mine', () => expect(params.genProof(window, [], 0)).toEqual(O.none))

  test('shows hashes by their last digits', () => {
    expect(bitcoin({ genesis: at(FROM), height: FROM }).label?.(hashHeader(at(FROM)))).toBe('…4d97e93a')
  })

  test('without a block that lies between, the later ones do not count', () => {
    const [a, _, ...rest] = window
    const tree = btExtendAll(pts(hashHeader(a!), a!), rest)
    expect(valid_chain(window)).toBe(true)
    expect(btChain(tree)).toEqual([a])
  })
})
