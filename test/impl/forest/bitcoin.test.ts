/**
 * Real headers: 8,065 of Bitcoin's main chain, and 11 that lost a race.
 */
import * as E from 'fp-ts/lib/Either.js'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createForest, fromData } from '../../../impl/forest/index.js'
import { decodeForest, encodeForest } from '../../../impl/forest/binary.js'
import { bitcoinBytes, bitcoinForest, hashHeader, headerHex, headersOf } from '../../../impl/forest/bitcoin.js'
import type { Header } from '../../../impl/forest/bitcoin.js'
import { bitcoin } from '../../../spec/blockchain/instances/bitcoin.js'
import { hash256Of, uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { specForest } from '../../../impl/forest/spec.js'
import { FROM, HEADERS_PATH, rawStale } from '../../support/bitcoinData.js'
import { random, rightOf } from './blocks.js'

const main = headersOf(readFileSync(HEADERS_PATH))
const stale = rawStale.map(([, , hex]) => rightOf(headerHex.decode(hex)))
const HEAD = hash256Of('00000000000000000000506183a8b30fa3224b85e82a70416e1d594bdb632fdb')

const genesis = main[0]!
const checked = bitcoinForest({ genesis, height: FROM })
/** Each hash and each check of a header is computed once, so that the headers can be inserted many times. */
const options = ((): typeof checked => {
  const hashes = new Map([...main, ...stale].map((b) => [b, hashHeader(b)]))
  return { ...checked, hash: (b) => hashes.get(b) ?? hashHeader(b) }
})()
/** Nothing is checked. */
const quick: typeof checked = {
  ...options,
  validation: { genesis: options.validation!.genesis, step: (state) => E.right(state) }
}

const shuffled = <T>(list: ReadonlyArray<T>, seed: number): ReadonlyArray<T> => {
  const r = random(seed)
  return list
    .map((x) => [r(), x] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, x]) => x)
}

test('the headers are those of the window, and the stale ones are others', () => {
  expect([main.length, stale.length]).toEqual([8065, 11])
  const hashes = new Set(main.map(options.hash))
  expect(stale.map((b) => [hashes.has(b.prevBlockHash), hashes.has(options.hash(b))])).toEqual(
    stale.map(() => [true, false])
  )
})

describe('whatever the order of arrival', () => {
  const all = [...main, ...stale]
  const orders: ReadonlyArray<readonly [string, ReadonlyArray<Header>, typeof quick]> = [
    ['forwards, all checked', all, options],
    ['stale blocks first', [...stale, ...main], quick],
    ['backwards', [...all].reverse(), quick],
    ['shuffled', shuffled(all, 1), quick],
    ['shuffled otherwise', shuffled(all, 2), quick]
  ]
  test.each(orders)('%s: the head is that of the main chain, and every stale block is off it', (_, order, rule) => {
    const forest = createForest(rule)
    for (const b of order) expect(rightOf(forest.insert(b))._tag).not.toBe('Invalid')
    expect([forest.head(), forest.size(), forest.orphans()]).toEqual([HEAD, 8076, []])
    expect(forest.height(HEAD)).toEqual(E.right(830_592))
    expect(forest.bestChain()).toEqual(main)
    for (const b of stale) expect(forest.isAncestor(options.hash(b), HEAD)).toEqual(E.right(false))
    expect(forest.tips().length).toBe(12)
  })

  test('backwards, all checked as they are connected', () => {
    const forest = createForest(options)
    for (const b of [...all].reverse()) forest.insert(b)
    expect([forest.head(), forest.tips().length]).toEqual([HEAD, 12])
  })
})

test('had each stale block arrived first, one reorganisation would have undone it, and it alone', () => {
  const seen: unknown[] = []
  const forest = createForest(quick)
  const byParent = new Map(stale.map((b) => [b.prevBlockHash, b]))
  forest.onHeadChange(({ _tag, from, commonAncestor, undone, applied }) => {
    if (_tag === 'Reorg') seen.push({ from, commonAncestor, undone: undone.length, applied: applied.length })
  })
  for (const b of main) {
    forest.insert(b)
    const rival = byParent.get(options.hash(b))
    if (rival !== undefined) forest.insert(rival)
  }
  const heightOf = (b: Header): number => rightOf(forest.height(options.hash(b)))
  const inOrder = [...stale].sort((a, b) => heightOf(a) - heightOf(b))
  // The tie at one height goes to the smaller block contents, at once; else the next block decides.
  const applied = inOrder.map((b) => (winsTie(b) ? 2 : 1))
  expect(seen).toEqual(
    inOrder.map((b, i) => ({ from: options.hash(b), commonAncestor: b.prevBlockHash, undone: 1, applied: applied[i] }))
  )
  expect(applied.sort()).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
})

/** Does a stale block come before its rival on the main chain in the order of block contents: of Merkle roots? */
const winsTie = (b: Header): boolean => {
  const rival = main.find((c) => c.prevBlockHash === b.prevBlockHash)
  return rival !== undefined && b.txs[0] < rival.txs[0]
}

test('headers with too little work or other bits than are due are refused', () => {
  const forest = createForest(checked)
  const [, next] = main
  const forged: Header = { ...next!, proof: { ...next!.proof, nonce: uint32Of(1) } }
  expect(rightOf(forest.insert(forged))).toMatchObject({
    invalidity: { _tag: 'Refused', reason: { _tag: 'ProofOfWork' } }
  })
  // The first block of a period, whose bits are new: due where a period starts, and refused within one.
  const from = (at: number, height: number) => createForest(bitcoinForest({ genesis: main[at]!, height }))
  expect(rightOf(from(2015, FROM + 2015).insert(main[2016]!))._tag).toBe('Connected')
  expect(rightOf(from(2015, FROM + 1).insert(main[2016]!))).toMatchObject({
    invalidity: { reason: { _tag: 'Difficulty', expected: main[2015]!.proof.bits } }
  })
})

test("it agrees with the specification's instance on a part of the window, block for block", () => {
  const part = shuffled([...main.slice(0, 60), ...stale, { ...main[7]!, proof: main[8]!.proof }], 3)
  const { types, params } = bitcoin({ genesis, height: FROM })
  const fast = createForest(checked)
  const exact = createForest(specForest(types, params))
  for (const b of part) {
    expect(rightOf(fast.insert(b))._tag).toBe(rightOf(exact.insert(b))._tag)
    expect([fast.head(), fast.tips(), fast.orphans()]).toEqual([exact.head(), exact.tips(), exact.orphans()])
  }
})

test('a file that ends within a header is refused, and what is no bytes', () => {
  expect(() => headersOf(new Uint8Array(100))).toThrow('the file ends after 20 of the 80 bytes of a header')
  for (const bytes of [new ArrayBuffer(80), [], '', undefined, 80])
    expect(() => headersOf(bytes as never)).toThrow('the headers are not a Uint8Array')
})

test('as bytes, a header takes 50, and what is read back has the same head', () => {
  const forest = createForest(quick)
  for (const b of [...main, ...stale]) forest.insert(b)
  const bytes = encodeForest(forest.toData(), options, bitcoinBytes)
  expect(bytes.length).toBeLessThan(51 * 8076)
  const read = rightOf(decodeForest(bytes, options, bitcoinBytes))
  expect(rightOf(fromData({ ...quick, hash: hashHeader }, read)).head()).toBe(HEAD)
})
