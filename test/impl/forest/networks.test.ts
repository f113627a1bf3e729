/**
 * Bitcoin's other networks: real headers of each, the first blocks of all, and the rules that these do not show.
 */
import * as Option from 'fp-ts/lib/Option.js'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createForest, fromData } from '../../../impl/forest/index.js'
import {
  bitcoinBytes,
  bitcoinForest,
  hashHeader,
  headerHex,
  headersOf,
  networks
} from '../../../impl/forest/bitcoin.js'
import type { Header, Network } from '../../../impl/forest/bitcoin.js'
import { decodeForest, encodeForest } from '../../../impl/forest/binary.js'
import { hash256Of, uint32Of } from '../../../spec/blockchain/instances/bitcoin/codec.js'
import { compactOf, retarget, targetOf } from '../../../spec/blockchain/instances/bitcoin/difficulty.js'
import { rightOf } from './blocks.js'

const read = (name: string): ReadonlyArray<Header> =>
  headersOf(readFileSync(new URL(`../../data/${name}`, import.meta.url)))

const verdicts = ([genesis, ...rest]: ReadonlyArray<Header>, height: number, network?: Network) => {
  const forest = createForest(bitcoinForest({ genesis: genesis!, height, ...(network && { network }) }))
  return rest.map((b) => {
    const result = rightOf(forest.insert(b))
    return result._tag === 'Invalid' && result.invalidity._tag === 'Refused' ? result.invalidity.reason : result._tag
  })
}

const header = (time: number, bits: number, nonce: number, root: string): Header => ({
  prevBlockHash: hash256Of(''),
  txs: [hash256Of(root)],
  proof: { version: uint32Of(1), time: uint32Of(time), bits: uint32Of(bits), nonce: uint32Of(nonce) }
})
const ROOT = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
const ROOT4 = '7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e'

test.each([
  ['mainnet', header(1231006505, 0x1d00ffff, 2083236893, ROOT)],
  ['testnet3', header(1296688602, 0x1d00ffff, 414098458, ROOT)],
  ['testnet4', header(1714777860, 0x1d00ffff, 393743547, ROOT4)],
  ['signet', header(1598918400, 0x1e0377ae, 52613770, ROOT)],
  ['regtest', header(1296688602, 0x207fffff, 2, ROOT)]
] as const)('the first header of %s has the hash that is known, and the bits of its limit', (name, genesis) => {
  const { limit, genesis: hash } = networks[name]
  expect([hashHeader(genesis), compactOf(limit)]).toEqual([hash, genesis.proof.bits])
})

describe('real headers', () => {
  const testnet = read('bitcoin-testnet3-2588541-2588550.bin')
  const signet = read('bitcoin-signet-197568-197577.bin')
  const connected = Array.from({ length: 9 }, () => 'Connected')

  test('of testnet3 are valid by its rule of 20 minutes, and not without it', () => {
    expect(new Set(testnet.map((b) => b.proof.bits)).size).toBe(3)
    expect(verdicts(testnet, 2588541, networks.testnet3)).toEqual(connected)
    expect(verdicts(testnet, 2588541)).not.toEqual(connected)
  })

  test('of signet are valid under its limit, and not under that of the main network', () => {
    expect(verdicts(signet, 197568, networks.signet)).toEqual(connected)
    expect(verdicts(signet, 197568)[0]).toEqual({ _tag: 'Target' })
  })

  test('of testnet4 are valid by its rules', () => {
    const testnet4 = read('bitcoin-testnet4-first-ten.bin')
    expect([hashHeader(testnet4[0]!), ...verdicts(testnet4, 0, networks.testnet4)]).toEqual([
      networks.testnet4.genesis,
      ...connected
    ])
    const [genesis, , second] = testnet4
    const harder = { ...second!, proof: { ...second!.proof, bits: uint32Of(0x1c7fff80) } }
    const forest = createForest(bitcoinForest({ genesis: genesis!, height: 0, network: networks.testnet4 }))
    forest.insert(testnet4[1]!)
    expect(rightOf(forest.insert(harder))).toMatchObject({ invalidity: { _tag: 'Refused' } })
  })

  test('of regtest, with branches: the head goes where a node of that network went', () => {
    const [genesis, first, ...branch] = read('bitcoin-regtest-first-six.bin')
    const [two, three, four, other] = readFileSync(
      new URL('../../data/bitcoin-regtest-stale.csv', import.meta.url),
      'utf8'
    )
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => rightOf(headerHex.decode(row.split(',')[2])))
    const forest = createForest(bitcoinForest({ genesis: genesis!, height: 0, network: networks.regtest }))
    const insert = (...headers: ReadonlyArray<Header | undefined>): unknown => {
      for (const b of headers) expect(rightOf(forest.insert(b!))._tag).toBe('Connected')
      return [forest.head(), rightOf(forest.height(forest.head())), forest.tips().length]
    }
    // In the order in which the blocks were submitted there; each time, the branch with the most work is longer.
    expect(insert(first, two, three, four)).toEqual([hashHeader(four!), 4, 1])
    expect(insert(branch[0], branch[1])).toEqual([hashHeader(four!), 4, 2])
    insert(branch[2])
    expect(insert(branch[3])).toEqual([hashHeader(branch[3]!), 5, 2])
    expect(insert(other)).toEqual([hashHeader(branch[3]!), 5, 3])
  })
})

/** Blocks that are mined at once, on a network whose limit is so great that it takes two hashes. */
const easy = (rules: Partial<Network>): Network => ({ ...networks.regtest, ...rules })
const EASY = compactOf(networks.regtest.limit)
const mined = (parent: Header | undefined, time: number, bits: number): Header => {
  const target = Option.getOrElse(() => 0n)(targetOf(uint32Of(bits)))
  const prevBlockHash = parent === undefined ? hash256Of('') : hashHeader(parent)
  for (let nonce = 0; ; nonce++) {
    const b = { ...header(time, bits, nonce, ROOT), prevBlockHash }
    if (BigInt(`0x${hashHeader(b)}`) <= target) return b
  }
}
/** A chain of headers, each so many seconds after the one before, with bits that are due. */
const START = 1_600_000_000

describe('regtest', () => {
  test('keeps its bits past the end of a period', () => {
    const chain = [mined(undefined, START, EASY)]
    for (let i = 1; i <= 2020; i++) chain.push(mined(chain[i - 1], START + 10 * i, EASY))
    expect(new Set(verdicts(chain, 0, networks.regtest))).toEqual(new Set(['Connected']))
  })
})

describe('the rule of 20 minutes', () => {
  const HARD = compactOf(networks.regtest.limit / 4n)
  const last = mined(undefined, START, HARD)
  const network = easy({ leastAfter20Minutes: true, retargetsFrom: 'last' })
  const after = (parent: Header, seconds: number, bits: number): Header =>
    mined(parent, parent.proof.time + seconds, bits)

  test('a block has the least difficulty after 20 minutes and a second, and must have it; the next the usual one', () => {
    const slow = after(last, 1201, EASY)
    const slower = after(slow, 5000, EASY)
    for (const [chain, verdict] of [
      [[last, slow], 'Connected'],
      [[last, after(last, 1200, EASY)], { _tag: 'Difficulty', expected: HARD }],
      [[last, after(last, 1201, HARD)], { _tag: 'Difficulty', expected: EASY }],
      [[last, slow, slower, after(slower, 60, HARD)], 'Connected'],
      [[last, slow, slower, after(slower, 60, EASY)], { _tag: 'Difficulty', expected: HARD }]
    ] as const)
      expect(verdicts(chain, 2016 * 9 + 5, network).at(-1)).toEqual(verdict)
  })

  test('where the chain starts with the least difficulty within a period, the usual one is not known until it is shown', () => {
    const start = mined(undefined, START, EASY)
    const shown = after(start, 60, HARD)
    const other = compactOf(networks.regtest.limit / 8n)
    expect(verdicts([start, shown, after(shown, 60, HARD)], 7, network)).toEqual(['Connected', 'Connected'])
    expect(verdicts([start, shown, after(shown, 60, other)], 7, network)).toEqual([
      'Connected',
      { _tag: 'Difficulty', expected: HARD }
    ])
  })

  /** A period that starts hard and ends with a block after 20 minutes. */
  const period = (() => {
    const chain = [mined(undefined, START, HARD)]
    for (let i = 1; i < 2015; i++) chain.push(after(chain[i - 1]!, 600, HARD))
    chain.push(after(chain[2014]!, 1201, EASY))
    return chain
  })()
  const end = period[2015]!
  const timesOf = (bits: number) =>
    retarget(period[0]!.proof, { time: end.proof.time, bits: uint32Of(bits) }, network.limit)

  test.each([
    ['testnet3', 'last', EASY],
    ['testnet4', 'first', HARD]
  ] as const)('the period after one that ends so: on %s its bits follow from the %s of it', (_, from, bits) => {
    const rules = { ...network, retargetsFrom: from }
    const due = timesOf(bits)
    const rule = bitcoinForest({ genesis: period[0]!, height: 0, network: rules })
    const forest = createForest(rule)
    for (const b of period.slice(1)) expect(rightOf(forest.insert(b))._tag).toBe('Connected')
    // Pruned to its last block and read back, it still knows.
    rightOf(forest.prune(forest.head()))
    const bytes = encodeForest(forest.toData(), rule, bitcoinBytes)
    const again = rightOf(fromData(rule, rightOf(decodeForest(bytes, rule, bitcoinBytes))))
    expect(again.toData()).toEqual(forest.toData())
    const wrong = timesOf(from === 'last' ? HARD : EASY)
    expect(rightOf(again.insert(after(end, 600, wrong)))).toMatchObject({
      invalidity: { reason: { _tag: 'Difficulty', expected: due } }
    })
    expect(rightOf(again.insert(after(end, 600, due)))._tag).toBe('Connected')
    // The first block of a period never has the least difficulty for its time alone.
    expect(rightOf(again.insert(after(end, 5000, due)))._tag).toBe('Connected')
  })

  test('on testnet4 a period does not start more than 600 seconds before the last block', () => {
    const rules = { ...network, retargetsFrom: 'first' } as const
    const due = timesOf(HARD)
    expect(verdicts([...period, after(end, -600, due)], 0, rules).at(-1)).toBe('Connected')
    expect(verdicts([...period, after(end, -601, due)], 0, rules).at(-1)).toEqual({
      _tag: 'Time',
      least: end.proof.time - 600
    })
  })
})
