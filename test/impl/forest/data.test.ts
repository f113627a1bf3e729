/**
 * Export and import: plain data, JSON, bytes.
 */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { createForest, fromData } from '../../../impl/forest/index.js'
import {
  bigintBytes,
  decodeForest,
  encodeForest,
  noBytes,
  numberBytes,
  textBytes
} from '../../../impl/forest/binary.js'
import type { BinaryCodecs, Bytes } from '../../../impl/forest/binary.js'
import { BigIntFromString, forestCodec } from '../../../impl/forest/codec.js'
import { holds } from '../../support/property.js'
import { forestOf, genesis, options, random, rightOf, small } from './blocks.js'
import type { Small, SmallForest } from './blocks.js'

const Block: t.Type<Small, unknown> = t.type({
  name: t.string,
  parent: t.string,
  weight: t.number,
  mark: t.keyof({ '': null, bad: null, throws: null })
})
const json = forestCodec<Small, number, number>({ block: Block, score: t.number, state: t.number })

/** A small block as bytes, without its parent. */
const codecs: BinaryCodecs<Small, string, number, number> = {
  block: {
    encode: ({ name, weight, mark }) => textBytes.encode(JSON.stringify([name, weight, mark])),
    decode: (bytes, parent) => {
      const parts: unknown = JSON.parse(textBytes.decode(bytes))
      if (!Array.isArray(parts)) throw new Error('expected a list')
      const [name, weight, mark] = parts as unknown[]
      const block: unknown = { name, parent, weight, mark }
      if (!Block.is(block)) throw new Error('expected a block')
      return block
    }
  },
  score: numberBytes,
  state: numberBytes
}

const everything = (forest: SmallForest) => ({
  data: forest.toData(),
  head: forest.head(),
  tips: forest.tips(),
  known: [...forest.entries()].map(([hash]) => forest.get(hash))
})

const randomForest = (seed: number, size: number): SmallForest => {
  const r = random(seed)
  const forest = createForest(options)
  for (let i = 0; i < size; i++) {
    const parent = i - 1 - Math.floor(r() * 5)
    const mark = r() < 0.1 ? 'bad' : r() < 0.02 ? 'throws' : ''
    forest.insert(
      small(`n${i}`, r() < 0.1 ? `?${i}` : parent < 0 ? 'G' : `n${parent}`, { mark, weight: Math.floor(r() * 3) })
    )
    if (r() < 0.02) forest.prune(forest.head())
  }
  return forest
}

const samples = [
  ['a new forest', forestOf('')],
  ['an empty forest', forestOf('a<G', { empty: true })],
  ['one with orphans and invalid blocks', forestOf('a<G b<a! c<b o<x p<o s<s')],
  ['one that was pruned', randomForest(3, 200)]
] as const

test.each(samples)('%s survives plain data, JSON and bytes', (_, forest) => {
  const data = forest.toData()
  const text = JSON.stringify(json.encode(data))
  const bytes = encodeForest(data, options, codecs)
  for (const again of [data, rightOf(json.decode(JSON.parse(text))), rightOf(decodeForest(bytes, options, codecs))])
    expect(everything(rightOf(fromData(options, again)))).toEqual(everything(forest))
})

test('random forests survive bytes and JSON', () => {
  holds(
    fc.tuple(fc.nat(), fc.nat(60)),
    ([seed, size]) => {
      const data = randomForest(seed, size).toData()
      expect(rightOf(decodeForest(encodeForest(data, options, codecs), options, codecs))).toEqual(data)
      expect(rightOf(json.decode(JSON.parse(JSON.stringify(json.encode(data)))))).toEqual(data)
    },
    { runs: 200 }
  )
})

test('import validates anew: another rule finds other blocks valid, and another head', () => {
  const data = forestOf('a<G b<a! c<b x<G').toData()
  const { validation, ...lax } = options
  expect(validation).toBeDefined()
  expect(rightOf(fromData({ ...lax, validation: { genesis: 1, step: E.right } }, data)).head()).toBe('c')
  expect(rightOf(fromData(options, data)).head()).toBe('a')
})

test('import says which block could not be inserted, and why', () => {
  const data = forestOf('a<G b<a').toData()
  expect(fromData(options, { ...data, orphans: [small('q', 'z'), small('a', 'G', { weight: 5 })] })).toEqual(
    E.left({ _tag: 'Collision', hash: 'a', existing: small('a', 'G'), at: 4 })
  )
  expect(fromData(options, { ...data, root: { ...data.root, block: undefined as never } })).toMatchObject({
    left: { _tag: 'Malformed', at: 0 }
  })
})

describe('JSON', () => {
  test('what has another form is refused', () => {
    const good = json.encode(forestOf('a<G').toData())
    for (const bad of [null, [], { ...good, version: 2 }, { ...good, blocks: [1] }, { ...good, root: {} }])
      expect(E.isLeft(json.decode(bad))).toBe(true)
  })

  test('a score or state that there is none of is left out, and a bigint is spelt in digits', () => {
    const codec = forestCodec<Small>({ block: Block })
    const root = { block: genesis, height: 0, score: undefined, state: undefined }
    const text = JSON.stringify(codec.encode({ root, blocks: [], orphans: [] }))
    expect(text).not.toContain('score')
    expect(rightOf(codec.decode(JSON.parse(text)))).toEqual({ root, blocks: [], orphans: [] })
    expect(
      E.isLeft(codec.decode({ ...codec.encode({ root, blocks: [], orphans: [] }), root: { ...root, score: 1 } }))
    ).toBe(true)
    expect([BigIntFromString.encode(2n ** 70n), BigIntFromString.decode('-12')]).toEqual([
      String(2n ** 70n),
      E.right(-12n)
    ])
    for (const bad of ['', '1.5', 'x', 7, '007', '-0', ' 1']) expect(E.isLeft(BigIntFromString.decode(bad))).toBe(true)
  })
})

describe('bytes', () => {
  const bytes = encodeForest(forestOf('a<G b<a c<a o<x').toData(), options, codecs)

  /** Bytes with their checksum behind them. */
  const sealed = (...content: ReadonlyArray<number>): Uint8Array =>
    Uint8Array.of(...content, ...createHash('sha256').update(Uint8Array.from(content)).digest().subarray(0, 8))
  /** Bytes whose checksum is that of what was made of them. */
  const resealed = (changed: Uint8Array): Uint8Array => sealed(...changed.subarray(0, -8))

  test('the form of version 2 is this', () => {
    expect(bytes).toEqual(resealed(bytes))
    const text = String.fromCharCode(...bytes.subarray(0, -8))
    expect(text).toBe(
      'BFF2\x00\x010\x011' +
        '\x00\x01-\x0a["G",1,""]\x00\x01' +
        '\x03\x01\x0a["a",1,""]\x01\x0a["b",1,""]\x02\x0a["c",1,""]' +
        '\x01\x00\x01x\x0a["o",1,""]'
    )
  })

  /** Decodes bytes and imports what they say. Nothing may be thrown, and there is not more than there are bytes. */
  const readAll = (input: Uint8Array): 'refused' | 'decoded' | 'imported' => {
    const decoded = decodeForest(input, options, codecs)
    if (E.isLeft(decoded)) {
      expect(decoded.left._tag).toBe('NotAForest')
      expect(decoded.left.offset).toBeLessThanOrEqual(input.length)
      return 'refused'
    }
    const { blocks, orphans } = decoded.right
    expect(2 * (blocks.length + orphans.length)).toBeLessThan(input.length)
    return E.isRight(fromData(options, decoded.right)) ? 'imported' : 'decoded'
  }

  test('what is no array of bytes is refused', () => {
    for (const input of [undefined, null, 7, 'BFF2', [], bytes.buffer])
      expect(decodeForest(input as never, options, codecs)).toMatchObject({
        left: { _tag: 'NotAForest', offset: 0, cause: new TypeError('expected a Uint8Array') }
      })
  })

  test('what is cut short or too long is refused', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(readAll(bytes.subarray(0, length))).toBe('refused')
      if (length < bytes.length - 8) expect(readAll(sealed(...bytes.subarray(0, length)))).toBe('refused')
    }
    expect(readAll(Uint8Array.of(...bytes, 0))).toBe('refused')
    expect(readAll(sealed(...bytes.subarray(0, -8), 0))).toBe('refused')
  })

  test('every flipped bit is noticed', () => {
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readAll(flipped)).toBe('refused')
    }
  })

  test('another version is named', () => {
    const old = bytes.slice()
    old[3] = '1'.charCodeAt(0)
    expect(decodeForest(old, options, codecs)).toMatchObject({
      left: { cause: { message: 'found version 1 of the form, expected 2' } }
    })
  })

  test('what is written can be read, and is the same: depths below 0, byte-order marks, -0', () => {
    const names = ['\ufeffa', 'a', '\ufeff', '😀', '__proto__', '']
    for (const height of [-200, -1, 0, 1, -(2 ** 30), 2 ** 30]) {
      const start = { ...genesis, name: '\ufeffG' }
      const forest = createForest({ ...options, genesis: start, height })
      for (const name of names) rightOf(forest.insert(small(name, '\ufeffG', { weight: 0 })))
      rightOf(forest.insert(small('orphan', '\ufeff?')))
      const rule = { ...options, genesis: start, height }
      const read = rightOf(decodeForest(encodeForest(forest.toData(), rule, codecs), rule, codecs))
      expect(read).toEqual(forest.toData())
      expect(everything(rightOf(fromData(rule, read)))).toEqual(everything(forest))
      expect(rightOf(json.decode(JSON.parse(JSON.stringify(json.encode(forest.toData())))))).toEqual(forest.toData())
    }
  })

  test('what could not be read is refused when it is written', () => {
    const data = forestOf('a<G').toData()
    const writing = (more: Partial<typeof data>, parts = codecs) => encodeForest({ ...data, ...more }, options, parts)
    expect(() => writing({ root: { ...data.root, height: 0.5 } })).toThrow('the height of the root is 0.5')
    expect(() => writing({ root: { ...data.root, height: 2 ** 30 + 1 } })).toThrow('the height of the root is')
    expect(() => writing({ root: { ...data.root, score: NaN } })).toThrow('NaN is not a number')
    expect(() => writing({ root: { ...data.root, score: '1' as never } })).toThrow('is not a number')
    expect(() => writing({ blocks: data.blocks.slice(1) })).toThrow('the first connected block is not the root')
    expect(() => writing({ orphans: [small('o', '\ud800')] })).toThrow('half of a surrogate pair')
    expect(() => writing({}, { ...codecs, state: { ...codecs.state, encode: () => '1' as never } })).toThrow('bytes')
    expect(() => bigintBytes.encode(1 as never)).toThrow('1 is not a bigint')
  })

  test('random bytes are refused', () => {
    const magic = textBytes.encode('BFF2')
    holds(
      fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 400 })),
      ([starts, noise]) => {
        expect(readAll(starts ? sealed(...magic, ...noise) : noise)).toBe('refused')
      },
      { runs: 3000 }
    )
  })

  test('whatever becomes of the bytes of a forest, nothing is thrown', () => {
    const forests = [bytes, ...samples.map(([, forest]) => encodeForest(forest.toData(), options, codecs))]
    holds(
      fc.tuple(fc.constantFrom(...forests), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 })),
      ([good, changes], meet) => {
        const bad = good.slice()
        for (const [at, byte] of changes) bad[at % bad.length] = byte
        expect(readAll(bad)).toBe(good.every((byte, i) => byte === bad[i]) ? 'imported' : 'refused')
        // Somebody may also make the checksum fit.
        meet(readAll(resealed(bad)))
      },
      { runs: 3000, met: { refused: 500, decoded: 1, imported: 50 } }
    )
  })

  test('numbers that promise more than there is are refused at once', () => {
    const most = [255, 255, 255, 255, 255, 255, 255, 15]
    const start = [...textBytes.encode('BFF2'), 0, 1, 48, 1, 49, 0, 1, 45, 10, ...textBytes.encode('["G",1,""]')]
    expect(readAll(sealed(...start, 0, 1, 0, 0))).toBe('imported')
    const promises = [most, [0, 1, ...most], [0, 1, 0, ...most], [0, 1, 1, ...most], [0, 1, 1, 1, ...most]]
    for (const promise of promises) expect(readAll(sealed(...start, ...promise))).toBe('refused')
  })

  test('a root whose height is beyond what a forest can count is not imported', () => {
    const height = 2 ** 31 - 2
    const data = { ...forestOf('a<G b<a').toData(), root: { block: genesis, height, score: 0, state: 1 } }
    const refused = fromData(options, data)
    expect(refused).toMatchObject({ left: { _tag: 'Malformed', at: 0 } })
    expect(E.isLeft(refused) && 'cause' in refused.left && refused.left.cause).toBeInstanceOf(RangeError)
  })

  test('numbers are as long as they need to be, and no longer than 2^53', () => {
    for (const height of [0, 63, 64, 127, 128, 8191, 8192, 16_383, 16_384, 2 ** 30]) {
      const data = { ...forestOf('').toData(), root: { block: genesis, height, score: 0, state: 0 }, blocks: [] }
      expect(rightOf(decodeForest(encodeForest(data, options, codecs), options, codecs)).root.height).toBe(height)
    }
    const endless = sealed(...textBytes.encode('BFF2'), ...Array.from({ length: 20 }, () => 255))
    expect(decodeForest(endless, options, codecs)).toMatchObject({
      left: { cause: { message: 'expected a number below 2^53' } }
    })
  })

  test('the ready-made parts', () => {
    const round = <T>({ encode, decode }: Bytes<T>, value: T): void => expect(decode(encode(value))).toEqual(value)
    for (const n of [0, -0, -1.5, 1e300, Infinity, -Infinity]) round(numberBytes, n)
    for (const n of [0n, -5n, 2n ** 90n]) round(bigintBytes, n)
    for (const text of ['', 'ü', '\ufeff', '\ufeffü', '😀']) round(textBytes, text)
    round(noBytes, undefined)
    for (const decode of [numberBytes.decode, bigintBytes.decode])
      for (const bad of ['', 'x', ' ', ' 1', '1 ', '0x1', '01', '+1', '007', 'NaN', '\ufeff1'])
        expect(() => decode(textBytes.encode(bad))).toThrow('expected')
    expect(() => noBytes.decode(Uint8Array.of(0))).toThrow('expected no bytes')
  })
})
