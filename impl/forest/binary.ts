/**
 * A whole forest as bytes. A block is written without what the forest knows already: its parent is a distance back in
 * the order of connection, one byte for most blocks, so that a codec may leave the parent's hash out.
 *
 * The form, version 2. Numbers are LEB128 (seven bits in a byte, the least significant first); a chunk is its length in
 * bytes, and the bytes; a text is a chunk in UTF-8.
 *
 *     "BFF2"  height of the root  chunk: its score  chunk: its state  block: the root
 *     number of blocks before the root that validation may look back at, and the blocks
 *     1 if the root is among the blocks, else 0
 *     number of further connected blocks, and the blocks    number of orphans, and the orphans
 *     the first 8 bytes of the SHA-256 of all that
 *
 *     height h: 2h, or -2h - 1 where h is negative
 *     block: distance d to its parent    d = 0: text: its parent's hash    chunk: what the codec makes of the block
 *
 * What is written can be read, and is the same; what could not be is refused when it is written.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { left, right } from './either.js'
import type { ForestData, ForestOptions } from './types.js'

/**
 * How values of a type are written as bytes, and read. `encode` may throw, which refuses the value; so may `decode`, which
 * refuses the bytes.
 */
export interface Bytes<T> {
  readonly encode: (value: T) => Uint8Array
  readonly decode: (bytes: Uint8Array) => T
}

/** How the parts of a forest are written as bytes. */
export interface BinaryCodecs<B, H extends string, S, A> {
  /** Blocks: `decode` gets the parent's hash, so that `encode` may leave it out. It may throw. */
  readonly block: {
    readonly encode: (block: B) => Uint8Array
    readonly decode: (bytes: Uint8Array, parent: H) => B
  }
  readonly score: Bytes<S>
  readonly state: Bytes<A>
}

/** Why bytes are not a forest: what was wrong at or before which byte. */
export interface DecodeError {
  readonly _tag: 'NotAForest'
  readonly offset: number
  readonly cause: unknown
}

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A text in UTF-8. One with half of a surrogate pair, which UTF-8 cannot express, is refused. */
export const textBytes: Bytes<string> = {
  encode: (s) => {
    if (/[\ud800-\udfff]/u.test(s)) throw new RangeError(`${JSON.stringify(s)} has half of a surrogate pair`)
    return utf8.encode(s)
  },
  decode: (bytes) => fromUtf8.decode(bytes)
}

const digitsOf = (n: number): string => (Object.is(n, -0) ? '-0' : String(n))

/** Any number but NaN, as its shortest decimal digits. */
export const numberBytes: Bytes<number> = {
  encode: (n) => {
    if (typeof (n as unknown) !== 'number' || Number.isNaN(n)) throw new RangeError(`${String(n)} is not a number`)
    return utf8.encode(digitsOf(n))
  },
  decode: (bytes) => {
    const digits = fromUtf8.decode(bytes)
    const n = Number(digits)
    if (digitsOf(n) !== digits || Number.isNaN(n)) throw new Error('expected a number in decimal digits')
    return n
  }
}

/** A bigint in decimal digits. */
export const bigintBytes: Bytes<bigint> = {
  encode: (n) => {
    if (typeof (n as unknown) !== 'bigint') throw new RangeError(`${String(n)} is not a bigint`)
    return utf8.encode(String(n))
  },
  decode: (bytes) => {
    const digits = fromUtf8.decode(bytes)
    if (!/^(0|-?[1-9][0-9]*)$/.test(digits)) throw new Error('expected a whole number in decimal digits')
    return BigInt(digits)
  }
}

/** Nothing: for a rule without scores, or a forest without validation. */
export const noBytes: Bytes<undefined> = {
  encode: () => new Uint8Array(0),
  decode: (bytes) => {
    if (bytes.length > 0) throw new Error('expected no bytes')
    return undefined
  }
}

const FORM = 'BFF'
const VERSION = '2'
const MAGIC = FORM + VERSION

/** How many bytes of a hash stand at the end. */
const CHECKSUM = 8
const checksumOf = (bytes: Uint8Array): Uint8Array => sha256(bytes).subarray(0, CHECKSUM)

/** The root may be this high or deep: see `ForestOptions.height`. */
const MAX_HEIGHT = 2 ** 30

/** Bytes that grow at their end. */
const writer = () => {
  let bytes = new Uint8Array(1024)
  let length = 0
  const put = (more: Uint8Array): void => {
    if (length + more.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + more.length))
      larger.set(bytes)
      bytes = larger
    }
    bytes.set(more, length)
    length += more.length
  }
  const number = (n: number): void => {
    const digits: number[] = []
    for (; n >= 128; n = Math.floor(n / 128)) digits.push((n % 128) + 128)
    put(Uint8Array.of(...digits, n))
  }
  const chunk = (more: Uint8Array): void => {
    if (!((more as unknown) instanceof Uint8Array)) throw new TypeError('a codec returned something else than bytes')
    number(more.length)
    put(more)
  }
  return { put, number, chunk, result: () => bytes.slice(0, length) }
}

/**
 * The bytes of a forest's data. O(n). Throws where they could not be read back: the height of the root is no whole number
 * or beyond 2^30, the first connected block is not the root, a hash is not UTF-8, or a codec throws.
 */
export const encodeForest = <B, H extends string, S, A>(
  { root, blocks, orphans }: ForestData<B, S, A>,
  { hash, parent }: Pick<ForestOptions<B, H>, 'hash' | 'parent'>,
  codecs: BinaryCodecs<B, H, S, A>
): Uint8Array => {
  if (!Number.isInteger(root.height) || Math.abs(root.height) > MAX_HEIGHT)
    throw new RangeError(`the height of the root is ${root.height}, expected a whole number, at most 2^30`)
  const [first] = blocks
  if (first !== undefined && hash(first) !== hash(root.block))
    throw new RangeError('the first connected block is not the root')
  const out = writer()
  const places = new Map<H, number>()
  const block = (b: B, place?: number): void => {
    const above = places.get(parent(b))
    const distance = above === undefined || place === undefined ? 0 : place - above
    out.number(distance)
    if (distance === 0) out.chunk(textBytes.encode(parent(b)))
    out.chunk(codecs.block.encode(b))
    if (place !== undefined) places.set(hash(b), place)
  }
  const list = (bs: ReadonlyArray<B>, firstPlace?: number): void => {
    out.number(bs.length)
    bs.forEach((b, i) => block(b, firstPlace === undefined ? undefined : firstPlace + i))
  }
  out.put(textBytes.encode(MAGIC))
  out.number(root.height < 0 ? -2 * root.height - 1 : 2 * root.height)
  out.chunk(codecs.score.encode(root.score))
  out.chunk(codecs.state.encode(root.state))
  block(root.block, 0)
  list(root.history ?? [])
  // Where there are connected blocks, the root is the first of them.
  out.number(Math.min(blocks.length, 1))
  list(blocks.slice(1), 1)
  list(orphans)
  out.put(checksumOf(out.result()))
  return out.result()
}

/**
 * The data of a forest from its bytes; `fromData` then hashes and validates every block anew. Whatever the bytes are,
 * nothing is thrown, and no more is read than there is. O(n).
 */
export const decodeForest = <B, H extends string, S, A>(
  bytes: Uint8Array,
  { hash }: Pick<ForestOptions<B, H>, 'hash'>,
  codecs: BinaryCodecs<B, H, S, A>
): Either<DecodeError, ForestData<B, S, A>> => {
  let offset = 0
  let end = 0
  const take = (length: number): Uint8Array => {
    if (length > end - offset) throw new Error(`expected ${length} more bytes, found ${end - offset}`)
    offset += length
    return bytes.subarray(offset - length, offset)
  }
  const number = (): number => {
    let n = 0
    for (let unit = 1; ; unit *= 128) {
      const [digit = 0] = take(1)
      n += (digit % 128) * unit
      if (!Number.isSafeInteger(n)) throw new Error('expected a number below 2^53')
      if (digit < 128) return n
    }
  }
  const chunk = (): Uint8Array => take(number())
  const hashes: H[] = []
  const block = (): B => {
    const distance = number()
    const above = hashes[hashes.length - distance]
    if (distance > 0 && above === undefined) throw new Error(`expected a parent ${distance} blocks back`)
    // The text was written by `encodeForest` from a hash; `fromData` will compare it with what the block says.
    const parent = above ?? (textBytes.decode(chunk()) as H)
    return codecs.block.decode(chunk(), parent)
  }
  const list = (connected: boolean): ReadonlyArray<B> => {
    const blocks: B[] = []
    for (let left = number(); left > 0; left--) {
      const b = block()
      blocks.push(b)
      if (connected) hashes.push(hash(b))
    }
    return blocks
  }
  try {
    if (!((bytes as unknown) instanceof Uint8Array)) throw new TypeError('expected a Uint8Array')
    end = bytes.length
    const [, form, version] = /^(...)(.)$/.exec(textBytes.decode(take(MAGIC.length))) ?? []
    if (form !== FORM) throw new Error(`expected the bytes ${MAGIC}`)
    if (version !== VERSION) throw new Error(`found version ${version ?? ''} of the form, expected ${VERSION}`)
    end -= CHECKSUM
    const checksum = checksumOf(bytes.subarray(0, Math.max(end, 0)))
    if (end < offset || checksum.some((byte, i) => bytes[end + i] !== byte))
      throw new Error('the checksum is that of other bytes: they were changed, or cut short')
    const zigzag = number()
    const height = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
    const score = codecs.score.decode(chunk())
    const state = codecs.state.decode(chunk())
    const rootBlock = block()
    const history = list(false)
    const root = { block: rootBlock, height, score, state, ...(history.length === 0 ? {} : { history }) }
    hashes.push(hash(root.block))
    const rooted = number() === 1
    const connected = list(true)
    const orphans = list(false)
    if (offset < end) throw new Error(`expected the end, found ${end - offset} more bytes`)
    return right({ root, blocks: rooted ? [root.block, ...connected] : connected, orphans })
  } catch (cause) {
    return left({ _tag: 'NotAForest', offset, cause })
  }
}
