/**
 * Bytes that are written and read: numbers in LEB128 (seven bits in a byte, the least significant first, no byte more than
 * it takes), texts in UTF-8 after their length. What is read is refused at the first byte that is not as it is written.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Why bytes are refused, and where. It is thrown by a reader, and caught by `decode`. */
export class Malformed extends Error {
  constructor(
    readonly offset: number,
    because: string
  ) {
    super(because)
  }
}

/** Bytes that grow at their end. */
export const writer = () => {
  let bytes = new Uint8Array(256)
  let length = 0
  const room = (more: number): void => {
    if (length + more <= bytes.length) return
    const larger = new Uint8Array(2 * (length + more))
    larger.set(bytes)
    bytes = larger
  }
  const byte = (b: number): void => {
    room(1)
    bytes[length++] = b
  }
  /** A whole number from 0 to 2^53 − 1. */
  const number = (n: number): void => {
    if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`expected a whole number up to 2^53 − 1, found ${n}`)
    let rest = n
    for (; rest >= 128; rest = Math.floor(rest / 128)) byte((rest % 128) + 128)
    byte(rest)
  }
  const raw = (more: Uint8Array): void => {
    room(more.length)
    bytes.set(more, length)
    length += more.length
  }
  const text = (s: string): void => {
    if (/[\ud800-\udfff]/u.test(s)) throw new RangeError('a text has half of a surrogate pair')
    const encoded = utf8.encode(s)
    number(encoded.length)
    raw(encoded)
  }
  const list = <X>(xs: ReadonlyArray<X>, each: (x: X) => void): void => {
    number(xs.length)
    xs.forEach(each)
  }
  return { byte, number, raw, text, list, hex: (s: string) => raw(hexToBytes(s)), result: () => bytes.slice(0, length) }
}
export type Writer = ReturnType<typeof writer>

/** Reads what a writer has written. Everything it returns is bounded by what it was asked for. */
export const reader = (bytes: Uint8Array, start = 0) => {
  let at = start
  const refuse = (because: string): never => {
    throw new Malformed(at, because)
  }
  const byte = (): number => {
    const b = bytes[at] ?? refuse('expected a byte, found the end')
    at++
    return b
  }
  const number = (most: number, what: string): number => {
    let n = 0
    let weight = 1
    for (;;) {
      const b = byte()
      n += (b % 128) * weight
      if (!Number.isSafeInteger(n)) refuse(`${what}: expected a number up to 2^53 − 1`)
      if (b < 128) {
        if (b === 0 && weight > 1) refuse(`${what}: expected a number without zeros at its end`)
        return n > most ? refuse(`${what}: expected at most ${most}, found ${n}`) : n
      }
      weight *= 128
    }
  }
  const raw = (length: number): Uint8Array => {
    if (at + length > bytes.length) refuse(`expected ${length} bytes, found ${bytes.length - at}`)
    at += length
    return bytes.subarray(at - length, at)
  }
  const text = (most: number, what: string): string => {
    const encoded = raw(number(most, what))
    try {
      return fromUtf8.decode(encoded)
    } catch {
      return refuse(`${what}: expected UTF-8`)
    }
  }
  const list = <X>(most: number, what: string, each: () => X): ReadonlyArray<X> => {
    const length = number(most, what)
    const xs: X[] = []
    for (let i = 0; i < length; i++) xs.push(each())
    return xs
  }
  const end = (): void => {
    if (at < bytes.length) refuse(`expected the end, found ${bytes.length - at} bytes more`)
  }
  return { byte, number, raw, text, list, refuse, end, hex: (length: number) => bytesToHex(raw(length)) }
}
export type Reader = ReturnType<typeof reader>
