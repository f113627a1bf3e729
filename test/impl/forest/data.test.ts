/**
 * Export and import: plain data, JSON, bytes.
 */
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
  fc.assert(
    fc.property(fc.nat(), fc.nat(60), (seed, size) => {
      const data = randomForest(seed, size).toData()
      expect(rightOf(decodeForest(encodeForest(data, options, codecs), options, codecs))).toEqual(data)
      expect(rightOf(json.decode(JSON.parse(JSON.stringify(json.encode(data)))))).toEqual(data)
    }),
    { numRuns: 200, seed: 1 }
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
    for (const bad of ['', '1.5', 'x', 7]) expect(E.isLeft(BigIntFromString.decode(bad))).toBe(true)
  })
})

describe('bytes', () => {
  const bytes = encodeForest(forestOf('a<G b<a c<a o<x').toData(), options, codecs)

  test('the form of version 1 is this', () => {
    const text = String.fromCharCode(...bytes)
    expect(text).toBe(
      'BFF1\x00\x010\x011' +
        '\x00\x01-\x0a["G",1,""]\x01' +
        '\x03\x01\x0a["a",1,""]\x01\x0a["b",1,""]\x02\x0a["c",1,""]' +
        '\x01\x00\x01x\x0a["o",1,""]'
    )
  })

  test('whatever the bytes are, nothing is thrown, and what is cut short or too long is refused', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(decodeForest(bytes.subarray(0, length), options, codecs)).toMatchObject({ left: { _tag: 'NotAForest' } })
    expect(E.isLeft(decodeForest(Uint8Array.of(...bytes, 0), options, codecs))).toBe(true)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(bytes.length - 1), (noise, at) => {
        decodeForest(noise, options, codecs)
        decodeForest(
          Uint8Array.of(...bytes.subarray(0, at), ...noise, ...bytes.subarray(at + noise.length)),
          options,
          codecs
        )
      }),
      { numRuns: 2000, seed: 1 }
    )
  })

  test('numbers are as long as they need to be, and no longer than 2^53', () => {
    for (const height of [0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 53 - 1]) {
      const data = { ...forestOf('').toData(), root: { block: genesis, height, score: 0, state: 0 }, blocks: [] }
      expect(rightOf(decodeForest(encodeForest(data, options, codecs), options, codecs)).root.height).toBe(height)
    }
    const endless = Uint8Array.of(...textBytes.encode('BFF1'), ...Array.from({ length: 20 }, () => 255))
    expect(decodeForest(endless, options, codecs)).toMatchObject({
      left: { cause: { message: 'expected a number below 2^53' } }
    })
  })

  test('the ready-made parts', () => {
    const round = <T>({ encode, decode }: Bytes<T>, value: T): void => expect(decode(encode(value))).toEqual(value)
    for (const n of [0, -1.5, 1e300, Infinity]) round(numberBytes, n)
    for (const n of [0n, -5n, 2n ** 90n]) round(bigintBytes, n)
    round(textBytes, 'ü')
    round(noBytes, undefined)
    for (const decode of [numberBytes.decode, bigintBytes.decode])
      for (const bad of ['', 'x']) expect(() => decode(textBytes.encode(bad))).toThrow('expected')
    expect(() => noBytes.decode(Uint8Array.of(0))).toThrow('expected no bytes')
  })
})
