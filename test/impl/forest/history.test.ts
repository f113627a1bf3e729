/**
 * What validity depends on is not forgotten: a block gets the same verdict in a forest, in one that was pruned, and in
 * one that was exported and imported.
 */
import * as fc from 'fast-check'
import * as Option from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { createForest, fromData, left, longestChain, right } from '../../../impl/forest/index.js'
import type { Forest, ForestOptions, Inserted } from '../../../impl/forest/index.js'
import { decodeForest, encodeForest, noBytes, numberBytes, textBytes } from '../../../impl/forest/binary.js'
import { bitcoinBytes, bitcoinForest, hashHeader, networks } from '../../../impl/forest/bitcoin.js'
import type { Hash256, Header, HeaderRefusal, HeaderState, Network } from '../../../impl/forest/bitcoin.js'
import { compactOf, targetOf } from '../../../spec/blockchain/instances/bitcoin/difficulty.js'
import { hash256Of, uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { typesImpl } from '../../../spec/blockchain/instances/typesImpl.js'
import { longestChain as specLongestChain } from '../../../spec/blockchain/instances/longestChain.js'
import { hashOf } from '../../../spec/blockchain/codec.js'
import { specForest } from '../../../impl/forest/spec.js'
import { holds } from '../../support/property.js'
import { blocksOf, forestOf, names, options, random, rightOf, small } from './blocks.js'
import type { Small } from './blocks.js'

interface Payment {
  readonly id: string
  readonly parent: string
  readonly tx: string
}
const pays = (id: string, parent: string, tx: string): Payment => ({ id, parent, tx })

/** No transaction twice among the last `lookback` blocks and the block itself. */
const noReplay = (lookback: number): ForestOptions<Payment, string, number, undefined, string> => ({
  genesis: pays('g', '', ''),
  hash: (b) => b.id,
  parent: (b) => b.parent,
  equals: (a, b) => a.parent === b.parent && a.tx === b.tx,
  forkChoice: longestChain(),
  validation: {
    genesis: undefined,
    lookback,
    step: (_, b, before) => (before().some(({ tx }) => tx === b.tx) ? left(`${b.tx} again`) : right(undefined))
  }
})
type Payments = Forest<Payment, string, number, undefined, string>

const codecs = {
  block: {
    encode: ({ id, tx }: Payment) => textBytes.encode(JSON.stringify([id, tx])),
    decode: (bytes: Uint8Array, parent: string): Payment => {
      const [id, tx] = JSON.parse(textBytes.decode(bytes)) as [string, string]
      return { id, parent, tx }
    }
  },
  score: numberBytes,
  state: noBytes
}

const again = (forest: Payments, rule: ForestOptions<Payment, string, number, undefined, string>): Payments =>
  rightOf(fromData(rule, rightOf(decodeForest(encodeForest(forest.toData(), rule, codecs), rule, codecs))))

describe('a rule that looks back at the chain', () => {
  const made = (lookback: number): Payments => {
    const forest = createForest(noReplay(lookback))
    for (const b of [pays('a', 'g', 't1'), pays('b', 'a', 't2')]) forest.insert(b)
    return forest
  }
  const replay = pays('c', 'b', 't1')
  const refused = { _tag: 'Invalid', invalidity: { _tag: 'Refused', reason: 't1 again' } }

  test('refuses a replayed transaction before pruning, after it, and after export and import', () => {
    const forest = made(2)
    expect(rightOf(again(forest, noReplay(2)).insert(replay))).toMatchObject(refused)
    rightOf(forest.prune('b'))
    expect([forest.size(), forest.toData().root.history]).toEqual([1, [pays('a', 'g', 't1')]])
    expect(rightOf(again(forest, noReplay(2)).insert(replay))).toMatchObject(refused)
    expect(rightOf(forest.insert(replay))).toMatchObject(refused)
  })

  test('cannot be pruned if it needs the whole chain, but at the root, where nothing is removed', () => {
    const forest = made(Infinity)
    expect(forest.prune('b')).toEqual(left({ _tag: 'NeedsHistory', rule: 'validation' }))
    expect(forest.prune('g')).toEqual(right({ removed: 0, head: undefined }))
    expect(rightOf(forest.insert(replay))).toMatchObject(refused)
  })

  test('is not given a root whose history is missing, too short, or that of another', () => {
    const forest = made(3)
    rightOf(forest.prune('b'))
    const data = forest.toData()
    const importing = (history?: ReadonlyArray<Payment>) => {
      const { history: _, ...root } = data.root
      return fromData(noReplay(3), { ...data, root: history === undefined ? root : { ...root, history } })
    }
    expect(importing(data.root.history)._tag).toBe('Right')
    for (const [history, message] of [
      [undefined, 'validation needs 2 blocks before the root, found 0'],
      [data.root.history!.slice(1), 'validation needs 2 blocks before the root, found 1'],
      [[...data.root.history!].reverse(), 'the blocks before the root are not its chain']
    ] as const)
      expect(importing(history)).toMatchObject({ left: { _tag: 'Malformed', at: 0, cause: { message } } })
  })

  test('sees as many blocks as it declares, whether or not there are more', () => {
    const seen: string[] = []
    const forest = forestOf('', {
      height: 10,
      validation: {
        genesis: 0,
        lookback: 2,
        step: (n, b, before) => {
          seen.push([b.name, names(before()), names(before(11)), names(before(0)), names(before(NaN))].join('|'))
          return right(n)
        }
      }
    })
    for (const b of blocksOf('a<G b<a c<b')) forest.insert(b)
    rightOf(forest.prune('c'))
    for (const b of blocksOf('d<c e<d f<e')) forest.insert(b)
    expect(seen).toEqual([
      'a|G||G|G',
      'b|G a|a|G a|G a',
      'c|a b|a b|a b|a b',
      'd|b c|b c|b c|b c',
      'e|c d|c d|c d|c d',
      'f|d e|d e|d e|d e'
    ])
  })

  test('is told so if it does not declare it, or asks later', () => {
    let kept: (() => unknown) | undefined
    const peeking = createForest({
      ...options,
      validation: {
        genesis: 1,
        step: (n, _, before) => {
          kept = before
          return right(n + before().length)
        }
      }
    })
    const inserted = JSON.stringify(peeking.insert(small('a', 'G')), (_, v: unknown) =>
      v instanceof Error ? v.message : v
    )
    expect(inserted).toContain('validation declares no `lookback`')
    expect(kept).toThrow('not for later')
  })

  test.each([-1, 0.5, NaN, '2' as never])('cannot declare to look back at %s blocks', (lookback) => {
    expect(() => createForest({ ...options, validation: { genesis: 1, step: (n) => right(n), lookback } })).toThrow(
      'lookback is'
    )
  })

  test('whatever is pruned and when, and however often it goes through bytes, every verdict is the same', () => {
    holds(
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 6 })),
      ([seed, lookback], meet) => {
        const r = random(seed)
        const rule = noReplay(lookback)
        const whole = createForest(rule)
        let other = createForest(rule)
        const ids = ['g']
        for (let i = 0; i < 60; i++) {
          const parent = ids[Math.max(0, ids.length - 1 - Math.floor(r() * 3))] ?? 'g'
          const b = pays(`n${i}`, parent, `t${Math.floor(r() * 12)}`)
          const expected = rightOf(whole.insert(b))
          if (expected._tag === 'Connected') ids.push(b.id)
          const got = rightOf(other.insert(b))
          // What extends a removed block is an orphan.
          if (got._tag !== 'Orphan') {
            expect(verdict(got)).toEqual(verdict(expected))
            if (expected._tag === 'Invalid' && other.root() !== 'g') meet('invalid after pruning')
          }
          if (r() < 0.1) other = again(other, rule)
          const height = rightOf(whole.height(whole.head())) - Math.floor(r() * 3)
          if (r() < 0.2 && height > 0) other.prune(rightOf(whole.ancestor(whole.head(), height)))
        }
      },
      { runs: 100, met: { 'invalid after pruning': 200 } }
    )
  })
})

const verdict = (result: Inserted<Payment, string, string>) =>
  result._tag === 'Invalid' ? [result._tag, result.height, result.invalidity] : [result._tag]

describe('a fork choice rule on whole chains', () => {
  const better = (a: ReadonlyArray<Small>, b: ReadonlyArray<Small>): boolean =>
    a.length !== b.length ? a.length > b.length : names(a) < names(b)
  const made = (ignoresCommonPrefix?: boolean) => {
    const { forkChoice: _, ...rest } = options
    const forkChoice = ignoresCommonPrefix === undefined ? { better } : { better, ignoresCommonPrefix }
    const rule: ForestOptions<Small, string, undefined, number, string> = { ...rest, forkChoice }
    const forest = createForest(rule)
    for (const b of blocksOf('a<G b<a')) forest.insert(b)
    return { rule, forest }
  }

  test('refuses to be pruned, and to be imported without its beginning, unless it declares not to need it', () => {
    for (const declared of [undefined, false])
      expect(made(declared).forest.prune('a')).toEqual(left({ _tag: 'NeedsHistory', rule: 'forkChoice' }))
    const { rule, forest } = made(true)
    expect(forest.prune('a')).toEqual(right({ removed: 1, head: undefined }))
    expect(rightOf(fromData(rule, forest.toData())).head()).toBe('b')
    expect(fromData(made().rule, forest.toData())).toMatchObject({ left: { _tag: 'Malformed', at: 0 } })
  })

  test("the specification's functions see whole chains, so that a forest with them is not pruned", () => {
    const { params } = specLongestChain({ hashB: (b) => hashOf(`0x${b.proof}`) })
    const forest = createForest(specForest(typesImpl, params))
    const root = forest.head()
    forest.insert({ prevBlockHash: root, txs: [], proof: 1 })
    expect(forest.prune(forest.head())).toEqual(left({ _tag: 'NeedsHistory', rule: 'validation' }))
  })
})

describe('Bitcoin headers around an adjustment of the difficulty', () => {
  /** Like the main network, but that a block takes two hashes, so that there can be blocks with wrong bits. */
  const network: Network = { ...networks.regtest, retargetsFrom: 'last' }
  const mined = (prevBlockHash: Hash256, time: number, bits: number): Header => {
    const target = Option.getOrElse(() => 0n)(targetOf(uint32Of(bits)))
    for (let nonce = 0; ; nonce++) {
      const proof = { version: uint32Of(1), time: uint32Of(time), bits: uint32Of(bits), nonce: uint32Of(nonce) }
      const b: Header = { prevBlockHash, txs: [hash256Of('1')], proof }
      if (BigInt(`0x${hashHeader(b)}`) <= target) return b
    }
  }
  const EASY = 0x207fffff
  const chain = [mined(hash256Of(''), 1_600_000_000, EASY)]
  for (let i = 1; i < 2016; i++) chain.push(mined(hashHeader(chain[i - 1]!), 1_600_000_000 + 300 * i, EASY))
  const rule = bitcoinForest({ genesis: chain[0]!, height: 0, network })
  const whole = createForest(rule)
  for (const b of chain.slice(1)) rightOf(whole.insert(b))
  const parent = chain[2015]!
  // The period took half its time and one interval: 2015 of 2016.
  const due = compactOf(((2n ** 255n - 2n ** 232n) * BigInt(2015 * 300)) / BigInt(2016 * 600))
  const [good, bad] = [due, EASY].map((bits) => mined(hashHeader(parent), parent.proof.time + 300, bits))
  const refused = { _tag: 'Invalid', invalidity: { _tag: 'Refused', reason: { _tag: 'Difficulty', expected: due } } }

  const judged = (forest: Forest<Header, Hash256, bigint, HeaderState, HeaderRefusal>): void => {
    expect(forest.head()).toBe(hashHeader(parent))
    expect(rightOf(forest.insert(bad!))).toMatchObject(refused)
    expect(rightOf(forest.insert(good!))._tag).toBe('Connected')
  }

  test.each([0, 1, 1000, 2015])('are judged alike when the forest is pruned at height %i, and read back', (height) => {
    const pruned = rightOf(fromData(rule, whole.toData()))
    rightOf(pruned.prune(rightOf(pruned.ancestor(pruned.head(), height))))
    const bytes = encodeForest(pruned.toData(), rule, bitcoinBytes)
    judged(rightOf(fromData(rule, rightOf(decodeForest(bytes, rule, bitcoinBytes)))))
    judged(pruned)
  })

  test('are judged alike without pruning', () => judged(whole))
})
