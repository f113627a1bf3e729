import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, test } from 'vitest'
import { bitcoinReport, decideFork, heightsOfName, runBitcoin, verifyHeaders } from '../../../impl/bitcoin/index.js'
import type { BitcoinReport, VerifiedHeaders } from '../../../impl/bitcoin/index.js'
import { knownBlocks } from '../../../impl/bitcoin/checkpoints.js'
import { hashHeader } from '../../../spec/blockchain/instances/bitcoin.js'
import { dataPath, FROM, HEADERS_PATH, STALE_PATH, rawHash, rawHeaders, rawStale } from '../../support/bitcoinData.js'

const folder = mkdtempSync(join(tmpdir(), 'blockforest-bitcoin-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The file of the first headers, with the header of one height changed. */
const corrupt = (count: number, height: number, change: (header: Buffer) => void): string => {
  const headers = rawHeaders.slice(0, count).map((header) => Buffer.from(header))
  change(headers[height - FROM]!)
  return file('headers.bin', Buffer.concat(headers))
}

const error = (headers: string, stale?: string): string => {
  const from = /-\d+-\d+\.bin$/.test(headers) ? {} : { from: FROM }
  const { exitCode, text, json } = runBitcoin({ headers, ...from, ...(stale === undefined ? {} : { stale }) })
  expect(exitCode).toBe(2)
  expect(json).toEqual({ error: text })
  return text.replaceAll(folder, '')
}

/** The target of a raw header, by the definition: the files have no bits with a sign or an exponent below 3. */
const rawTarget = (header: Buffer): bigint =>
  BigInt(header.readUIntLE(72, 3)) * 256n ** BigInt(header.readUInt8(75) - 3)

const rawWork = (header: Buffer): bigint => 2n ** 256n / (rawTarget(header) + 1n)

const rawPredecessor = (header: Buffer): string => Buffer.from(header.subarray(4, 36)).reverse().toString('hex')

test('the data files are what they are said to be, by Node alone', () => {
  const hashes = rawHeaders.map(rawHash)
  const stale = rawStale.map(([, , header]) => Buffer.from(header, 'hex'))
  expect(rawHeaders.slice(1).map(rawPredecessor)).toEqual(hashes.slice(0, -1))
  expect([...rawHeaders, ...stale].filter((header) => BigInt(`0x${rawHash(header)}`) > rawTarget(header))).toEqual([])
  expect(stale.map(rawHash)).toEqual(rawStale.map(([, hash]) => hash))
  expect(stale.map(rawPredecessor)).toEqual(rawStale.map(([height]) => hashes[Number(height) - 1 - FROM]))
  expect(stale.filter((header) => hashes.includes(rawHash(header)))).toEqual([])
})

describe('the real headers and stale blocks', () => {
  const outcome = runBitcoin({ headers: HEADERS_PATH, stale: STALE_PATH })
  const report = E.getOrElse<string, BitcoinReport>((reason) => {
    throw new Error(reason)
  })(bitcoinReport({ headers: HEADERS_PATH, stale: STALE_PATH }))

  test('8,065 headers are verified, with four adjustments of the difficulty', () => {
    expect(report.count).toBe(8065)
    expect(report.from).toBe(822528)
    expect(report.adjustments).toEqual([
      { height: 824544, bits: 0x1703d869 },
      { height: 826560, bits: 0x1704005a },
      { height: 828576, bits: 0x1703ba5d },
      { height: 830592, bits: 0x170371b1 }
    ])
  })

  test('their total work is 2520486111891259979237736048 hashes', () => {
    expect(report.totalWork).toBe(2520486111891259979237736048n)
    expect(report.totalWork).toBe(rawHeaders.reduce((sum, header) => sum + rawWork(header), 0n))
  })

  test('all 11 forks are decided as Bitcoin decided them, by the work of the 6 blocks that follow', () => {
    expect(report.forks.map(({ height, stale }) => [String(height), stale])).toEqual(
      rawStale.map(([h, hash]) => [h, hash])
    )
    for (const fork of report.forks) {
      expect(fork.chosen).toBe('bitcoin')
      expect(fork.bitcoin).toBe(rawHash(rawHeaders[fork.height - FROM]!))
      expect(fork.window).toEqual({ from: fork.height - 6, to: fork.height + 6 })
      const following = rawHeaders.slice(fork.height + 1 - FROM, fork.height + 7 - FROM)
      expect(fork.margin).toBe(following.reduce((sum, header) => sum + rawWork(header), 0n))
    }
    expect(outcome.exitCode).toBe(0)
  })

  test('each is a tie until the next block, in 6 of them broken for the stale block, which is then given up', () => {
    expect(report.forks.map((fork) => fork.strictAfter)).toEqual(report.forks.map(() => 1))
    expect(report.forks.filter((fork) => fork.atTie === 'stale').map((fork) => fork.height)).toEqual([
      829613, 827853, 824205, 823672, 823653, 823226
    ])
    expect(report.forks.filter((fork) => fork.atTie === 'neither')).toEqual([])
  })

  test('the text says all of it', () => {
    const lines = outcome.text.split('\n')
    expect(lines.slice(0, 6)).toEqual([
      '8065 headers, heights 822528 to 830592: links, bits and proofs of work verified',
      'heights known by the block of height 824000',
      'not verified, as earlier headers are not in the file: link of height 822528',
      'not verified, as earlier headers are not in the file: bits of height 822528',
      'total work: 2520486111891259979237736048 hashes',
      'height 824544: difficulty adjusted to bits 0x1703d869, verified'
    ])
    expect(lines.slice(9, 13)).toEqual([
      "height 829613: chose Bitcoin's block, whose chain is ahead by 1945705681903371544187520 hashes",
      '  (a tie until 1 further block, broken for the stale block)',
      '  Bitcoin 00000000000000000003a88cdd198a77e78778a34cbd3db61fea1495a2a81a72',
      '  stale   0000000000000000000357088139cba6dc295875d7d3b2dd1fd764705727e451'
    ])
    expect(lines.slice(-1)).toEqual(['11 of 11 forks decided as Bitcoin decided'])
  })

  test('the data are plain, with work in decimal digits', () => {
    expect(JSON.parse(JSON.stringify(outcome.json))).toEqual(outcome.json)
    expect(outcome.json).toMatchObject({
      from: 822528,
      count: 8065,
      totalWork: '2520486111891259979237736048',
      adjustments: [{ height: 824544, bits: '0x1703d869' }, {}, {}, {}],
      forks: rawStale.map(([height, stale]) => ({ height: Number(height), stale, chosen: 'bitcoin' }))
    })
  })

  test('without a window after the forks the ties decide, and the exit code says that some differ', () => {
    const { exitCode, text } = runBitcoin({ headers: HEADERS_PATH, stale: STALE_PATH, before: 1, after: 0 })
    expect(exitCode).toBe(1)
    expect(text).toContain('a tie to the end of the window, broken for the stale block')
    expect(text).toContain('5 of 11 forks decided as Bitcoin decided')
  })

  test('a window ends where the headers do', () => {
    const short = file('headers.bin', Buffer.concat(rawHeaders.slice(822940 - FROM, 822943 - FROM)))
    const stale = file('stale.csv', `height,hash,header\r\n${rawStale[10]!.join(',')}\r\n`)
    const { exitCode, json } = runBitcoin({ headers: short, stale, from: 822940 })
    expect(exitCode).toBe(0)
    expect(json).toMatchObject({ count: 3, forks: [{ window: { from: 822940, to: 822942 }, strictAfter: 1 }] })
  })

  test('a window may go across an adjustment of the difficulty', () => {
    const verified = E.getOrElse<unknown, VerifiedHeaders>(() => {
      throw new Error('not verified')
    })(verifyHeaders(Buffer.concat(rawHeaders.slice(0, 2100)), FROM))
    // A block without work takes the part of the stale one, as no real fork was near an adjustment.
    const parent = verified.headers[824544 - FROM]!
    const header = { ...parent, prevBlockHash: verified.hashes[824544 - FROM]! }
    const decision = decideFork(
      verified,
      { height: 824545, hash: hashHeader(header), header, before: [] },
      { before: 3, after: 2 }
    )
    expect(decision).toMatchObject({ window: { from: 824542, to: 824547 }, atTie: 'bitcoin', chosen: 'bitcoin' })
  })

  test('without stale blocks only the headers are checked', () => {
    const { exitCode, json } = runBitcoin({ headers: HEADERS_PATH })
    expect(exitCode).toBe(0)
    expect(json).toMatchObject({ count: 8065, forks: [] })
  })
})

describe('a header file is refused, with the height and the reason:', () => {
  test('a broken link', () => {
    const wrong = corrupt(10, 822530, (header) => header.fill(0xab, 4, 36))
    const expected = rawHash(rawHeaders[1]!)
    expect(error(wrong)).toBe(
      `/headers.bin: height 822530: broken link: names predecessor ${'ab'.repeat(32)}, expected ${expected}`
    )
  })

  test('a header left out', () => {
    const gap = file('headers.bin', Buffer.concat([...rawHeaders.slice(0, 5), ...rawHeaders.slice(6, 10)]))
    expect(error(gap)).toContain('height 822533: broken link: names predecessor ')
  })

  test('too little work', () => {
    const wrong = corrupt(10, 822531, (header) => header.writeUInt32LE(1, 76))
    expect(error(wrong)).toMatch(
      /height 822531: insufficient work: has hash [0-9a-f]{64}, expected at most 0000000000000000000[1-9a-f][0-9a-f]{44}$/
    )
  })

  test('too little work of the very first', () => {
    expect(error(corrupt(1, FROM, (header) => header.writeUInt8(1, 0)))).toContain('height 822528: insufficient work')
  })

  test('wrong bits within a period', () => {
    const wrong = corrupt(10, 822532, (header) => header.writeUInt32LE(0x1d00ffff, 72))
    expect(error(wrong)).toContain(
      'height 822532: wrong bits: has 0x1d00ffff, expected 0x1703e8b3, those of the header before'
    )
  })

  test('wrong bits at a difficulty adjustment', () => {
    const wrong = corrupt(2020, 824544, (header) => header.writeUInt32LE(0x1703e8b3, 72))
    expect(error(wrong)).toContain(
      'height 824544: wrong bits: has 0x1703e8b3, expected 0x1703d869, by the difficulty adjustment'
    )
  })

  test('bits without a target', () => {
    const wrong = corrupt(1, FROM, (header) => header.writeUInt32LE(0x1780ffff, 72))
    expect(error(wrong)).toContain('height 822528: wrong bits: has 0x1780ffff, expected the compact form of a target')
  })

  test('bits of a test network', () => {
    const wrong = corrupt(1, FROM, (header) => header.writeUInt32LE(0x207fffff, 72))
    expect(error(wrong)).toContain('height 822528: wrong bits: has 0x207fffff')
  })

  test('a truncated file', () => {
    const truncated = file('headers.bin', Buffer.concat(rawHeaders.slice(0, 10)).subarray(0, 799))
    expect(error(truncated)).toBe(
      '/headers.bin: offset 720: the file ends after 79 of the 80 bytes of a header; ' +
        'it has 799 bytes, expected a multiple of 80'
    )
  })

  test('an empty file, and none', () => {
    expect(error(file('headers.bin', ''))).toBe(
      '/headers.bin: offset 0: the file is empty, expected headers of 80 bytes'
    )
    expect(error(join(folder, 'nowhere.bin'))).toContain('/nowhere.bin: cannot be read: ENOENT')
  })

  test('heights that are off by one, at the adjustment that is not where it should be', () => {
    const headers = file('late.bin', Buffer.concat(rawHeaders.slice(2016)))
    const { exitCode, text } = runBitcoin({ headers, from: FROM + 2017 })
    expect(exitCode).toBe(2)
    expect(text).toContain('height 826561: wrong bits: has 0x1704005a, expected 0x1703d869')
  })
})

describe('stale branches and rows of other heights', () => {
  const chain = dataPath('bitcoin-mainnet-first-six.bin')

  test.each([
    ['bitcoin-stale-one-block.csv', 1, '  stale   '],
    ['bitcoin-stale-two-blocks.csv', 2, ', the last of 2']
  ])('%s: one branch of %i, decided as Bitcoin decided', (name, branch, text) => {
    const outcome = runBitcoin({ headers: chain, stale: dataPath(name) })
    expect(outcome).toMatchObject({ exitCode: 0, json: { forks: [{ height: 3, branch, chosen: 'bitcoin' }] } })
    expect(outcome.text).toContain(text)
    expect(outcome.text).toContain('1 of 1 fork decided as Bitcoin decided')
  })

  test('a branch in any order of its rows; and one whose first block is not there is refused', () => {
    const rows = readFileSync(dataPath('bitcoin-stale-two-blocks.csv'), 'utf8').trim().split('\n')
    const swapped = file('swapped.csv', [rows[0], rows[2], rows[1]].join('\n'))
    expect(runBitcoin({ headers: chain, stale: swapped }).json).toMatchObject({ forks: [{ height: 3, branch: 2 }] })
    const torn = file('torn.csv', [rows[0], rows[2]].join('\n'))
    expect(runBitcoin({ headers: chain, stale: torn })).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('line 2: found predecessor') as unknown
    })
  })

  test('rows of heights that the headers do not cover are counted and passed over, and the others decided', () => {
    const [first, ...rows] = readFileSync(STALE_PATH, 'utf8').trim().split('\n')
    const outside = `900000,${'0'.repeat(64)},${'00'.repeat(80)}`
    const stale = file('outside.csv', [first, outside, ...rows, `${FROM},,`].join('\n'))
    const { exitCode, text, json } = runBitcoin({ headers: HEADERS_PATH, stale })
    expect([exitCode, json]).toMatchObject([0, { outside: 2, forks: { length: 11 } }])
    expect(text).toContain('2 stale blocks of other heights passed over')
  })
})

describe('a file of stale blocks is refused, with the line and the reason:', () => {
  const ten = file('ten-822528-822537.bin', Buffer.concat(rawHeaders.slice(0, 10)))
  const some = file('some-822528-823027.bin', Buffer.concat(rawHeaders.slice(0, 500)))
  const [height, hash, header] = rawStale[10]!
  const refused = (...lines: ReadonlyArray<string>) => error(some, file('stale.csv', lines.join('\n')))

  test.each<[string, ReadonlyArray<string>, string]>([
    ['no header row', [`${height},${hash},${header}`], `line 1: found '${height},`],
    ['an empty file', [''], "line 1: found '', expected height,hash,header"],
    ['a field too few', ['height,hash,header', `${height},${header}`], 'line 2: found 2 fields'],
    [
      'a height that is none',
      ['height,hash,header', `${height},${hash},${header}`, '', `-1,${hash},${header}`],
      "line 4: found height '-1', expected a whole number"
    ],
    ['a short header', ['height,hash,header', `${height},${hash},${header.slice(2)}`], 'line 2: found a header of 158'],
    ['another hash', ['height,hash,header', `${height},${'0'.repeat(64)},${header}`], `expected ${hash}, the hash of`],
    ['another height', ['height,hash,header', `822942,${hash},${header}`], 'the block of height 822941']
  ])('%s', (_, lines, reason) => {
    expect(refused(...lines)).toContain(reason)
  })

  test('a block that is not stale', () => {
    const raw = rawHeaders[1]!
    const line = `822529,${rawHash(raw)},${raw.toString('hex')}`
    const stale = file('stale.csv', `height,hash,header\n${line}\n`)
    expect(error(ten, stale)).toBe(
      '/stale.csv: line 2: found the block of height 822529 itself, expected one that is not among the headers'
    )
  })

  test('a file that is not there', () => {
    expect(error(ten, join(folder, 'nowhere.csv'))).toContain('/nowhere.csv: cannot be read: ENOENT')
  })
})

describe('options', () => {
  const ten = Buffer.concat(rawHeaders.slice(2016, 2026))

  test('the file name says the heights, and what it promises must be there', () => {
    expect(heightsOfName('/data/headers-830000-830009.bin')).toEqual({ from: 830000, to: 830009 })
    expect([heightsOfName('headers.bin'), heightsOfName('headers-5.bin')]).toEqual([undefined, undefined])
    expect(runBitcoin({ headers: file('ten-824544-824553.bin', ten) }).json).toMatchObject({ from: 824544, count: 10 })
    expect(runBitcoin({ headers: file('ten-1-10.bin', ten), from: 824544 }).json).toMatchObject({ from: 824544 })
    expect(error(file('headers-822528-830592.bin', Buffer.concat(rawHeaders.slice(0, 4000))))).toBe(
      '/headers-822528-830592.bin: found 4000 headers, expected 8065: its name promises heights 822528 to 830592'
    )
  })

  test('a height that is not known is asked for, or found out where the file begins a network', () => {
    expect(runBitcoin({ headers: file('headers.bin', ten) })).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('the height of the first header is not known: give it by --from') as unknown
    })
    const chain = dataPath('bitcoin-mainnet-first-six.bin')
    expect(runBitcoin({ headers: chain }).json).toMatchObject({
      from: 0,
      network: 'mainnet',
      count: 6,
      unchecked: { links: [], bits: [] }
    })
    expect(runBitcoin({ headers: chain, from: 822528 })).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('expected 0 on mainnet, where the block 000000000019d668') as unknown
    })
  })

  test('a height is found out by a block that is known, among the headers or right before them', () => {
    const at = (height: number): number => height - FROM
    const slice = (from: number, to: number): string =>
      file('some.bin', Buffer.concat(rawHeaders.slice(at(from), at(to) + 1)))
    const found = (from: number, to: number): unknown => runBitcoin({ headers: slice(from, to) }).json
    expect(found(823990, 824000)).toMatchObject({ from: 823990, network: 'mainnet', known: [824000] })
    expect(found(824000, 824003)).toMatchObject({ from: 824000, known: [824000] })
    expect(found(824001, 824003)).toMatchObject({ from: 824001, known: [824000] })
    expect(found(824002, 824003)).toMatchObject({ error: expect.stringContaining('is not known') as unknown })
    expect(found(823990, 823999)).toMatchObject({ error: expect.stringContaining('is not known') as unknown })
    // What is given must agree with it.
    const headers = slice(823990, 824000)
    const block = 'the block 000000000000000000026811d149d4d261995ec5b3f64f439a0a10e1a464af9a has height 824000'
    expect(runBitcoin({ headers, from: 823991 }).text).toContain(
      `found height 823991 on mainnet for the first header, expected 823990 on mainnet, where ${block}`
    )
    expect(runBitcoin({ headers, network: 'signet' }).text).toContain(
      `found height 823990 on signet for the first header, expected 823990 on mainnet, where ${block}`
    )
    expect(runBitcoin({ headers: dataPath('bitcoin-mainnet-first-six.bin'), from: 0 }).json).toMatchObject({
      known: [0]
    })
  })

  test('known blocks have the work of their networks, and are known once', () => {
    const places = [...knownBlocks].map(([hash, { network, height }]) => [BigInt(`0x${hash}`) <= network.limit, height])
    expect(places.filter(([enough]) => enough !== true)).toEqual([])
    expect(knownBlocks.get(rawHash(rawHeaders[824000 - FROM]!))).toMatchObject({ height: 824000 })
  })

  test.each([
    ['testnet4', 'bitcoin-testnet4-first-ten.bin', 10],
    ['regtest', 'bitcoin-regtest-first-six.bin', 6]
  ])('the first headers of %s are verified, whose network is found out', (network, name, count) => {
    expect(runBitcoin({ headers: dataPath(name) })).toMatchObject({
      exitCode: 0,
      json: { from: 0, network, count, known: [0], unchecked: { links: [], bits: [] } }
    })
    const later = file('later.bin', readFileSync(dataPath(name)).subarray(80))
    expect(runBitcoin({ headers: later }).json).toMatchObject({ from: 1, network, count: count - 1, known: [0] })
  })

  test('what could not be verified is named: the start of a period that is not preceded by a whole one', () => {
    const late = Buffer.concat(rawHeaders.slice(2000, 2020))
    const { text, json } = runBitcoin({ headers: file('late.bin', late), from: FROM + 2000 })
    expect(text).toContain('not verified, as earlier headers are not in the file: bits of height 824528, 824544\n')
    expect(json).toMatchObject({ unchecked: { links: [824528], bits: [824528, 824544] }, adjustments: [] })
  })

  test('headers of other networks follow their rules', () => {
    const testnet = dataPath('bitcoin-testnet3-2588541-2588550.bin')
    const signet = dataPath('bitcoin-signet-197568-197577.bin')
    expect(runBitcoin({ headers: testnet, network: 'testnet3' })).toMatchObject({
      exitCode: 0,
      text: expect.stringContaining('proofs of work verified by the rules of testnet3') as unknown
    })
    expect(runBitcoin({ headers: testnet }).exitCode).toBe(2)
    expect(runBitcoin({ headers: signet, network: 'signet' }).exitCode).toBe(0)
    expect(runBitcoin({ headers: signet })).toMatchObject({
      text: expect.stringContaining('wrong bits: has 0x1e') as unknown
    })
    expect(runBitcoin({ headers: signet, network: 'litecoin' })).toMatchObject({
      exitCode: 2,
      text: "network: found 'litecoin', expected one of mainnet, testnet3, testnet4, signet, regtest"
    })
    expect(runBitcoin({ headers: testnet, network: 'testnet3', stale: STALE_PATH })).toMatchObject({ exitCode: 2 })
  })

  test.each([
    [{ from: -1 }, 'from: found -1, expected a whole number from 0 on'],
    [{ from: NaN }, 'from: found NaN, expected a whole number from 0 on'],
    [{ before: 0 }, 'before: found 0, expected a whole number from 1 to 144'],
    [{ before: 8000 }, 'before: found 8000, expected a whole number from 1 to 144'],
    [{ after: 0.5 }, 'after: found 0.5, expected a whole number from 0 to 144'],
    [{ headers: '/dev/zero' }, '/dev/zero: cannot be read: it is a device, expected a file']
  ])('%o is refused', (options, reason) => {
    expect(runBitcoin({ headers: HEADERS_PATH, ...options })).toMatchObject({ exitCode: 2, text: reason })
  })
})
