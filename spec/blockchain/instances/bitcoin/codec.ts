/**
 * Bitcoin block headers: their types, and how 80 bytes become a block and a block becomes bytes.
 *
 * Source: Bitcoin Developer Reference, "Block Headers". In the bytes all numbers are little-endian, and hashes are
 * stored in the reverse of the order in which they are shown.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as t from 'io-ts'
import { Hash } from '../../codec.js'
import type { Block } from '../../types.js'

interface Hash256Brand {
  readonly Hash256: unique symbol
}

/** A hash of 32 bytes as Bitcoin shows it: 64 lower-case hexadecimal digits, the most significant first. */
export const Hash256 = t.brand(Hash, (h): h is t.Branded<Hash, Hash256Brand> => /^[0-9a-f]{64}$/.test(h), 'Hash256')
export type Hash256 = t.TypeOf<typeof Hash256>

/**
 * The hash with a given spelling: the last 64 characters in lower case, filled up with zeros on the left; a character
 * that is not a hexadecimal digit becomes a zero.
 */
export const hash256Of = (s: string): Hash256 =>
  Hash256.is(s)
    ? s
    : hash256Of(
        s
          .toLowerCase()
          .replace(/[^0-9a-f]/g, '0')
          .slice(-64)
          .padStart(64, '0')
      )

interface Uint32Brand {
  readonly Uint32: unique symbol
}

/** A natural number below 2^32: what four bytes can hold. */
export const Uint32 = t.brand(t.number, (n): n is t.Branded<number, Uint32Brand> => n >>> 0 === n, 'Uint32')
export type Uint32 = t.TypeOf<typeof Uint32>

/** The number that four bytes keep of a number: its integral part modulo 2^32, 0 for what is not finite. */
export const uint32Of = (n: number): Uint32 => (Uint32.is(n) ? n : uint32Of(n >>> 0))

/** What a header holds besides the hash of its predecessor and its Merkle root. */
export interface HeaderProof {
  /** Read as unsigned, as its bits are flags; Bitcoin's own type is signed. */
  readonly version: Uint32
  /** Seconds since 1970-01-01, as the miner's clock said. */
  readonly time: Uint32
  /** The target in compact form: see `targetOf`. */
  readonly bits: Uint32
  /** What the miner varied until the hash fell below the target. */
  readonly nonce: Uint32
}

/** The types of the Bitcoin instance. A header stands for its transactions by the root of their Merkle tree. */
export interface BitcoinTypes {
  /** Seconds since 1970-01-01. */
  readonly Timestamp: number
  readonly Hash: Hash256
  readonly VProof: HeaderProof
  readonly Transaction: Hash256
}

/** A block that is a header: it has exactly one Merkle root. */
export interface Header extends Block<BitcoinTypes> {
  readonly txs: readonly [Hash256]
}

/** Hexadecimal digits with the order of their bytes reversed. */
export const reverseBytes = (hex: string): string => bytesToHex(hexToBytes(hex).toReversed())

const littleEndian = (n: Uint32): string => reverseBytes(n.toString(16).padStart(8, '0'))

/**
 * The bytes of a block in hexadecimal digits: 80 bytes where it has one Merkle root; where it has none or several, they
 * stand in a row where the one would be. So no two blocks have the same bytes.
 */
export const blockToHex = ({
  prevBlockHash,
  txs,
  proof: { version, time, bits, nonce }
}: Block<BitcoinTypes>): string =>
  [littleEndian(version), ...[prevBlockHash, ...txs].map(reverseBytes), ...[time, bits, nonce].map(littleEndian)].join(
    ''
  )

const headerOfHex = (hex: string): Header => {
  const number = (from: number): Uint32 => uint32Of(parseInt(reverseBytes(hex.slice(2 * from, 2 * from + 8)), 16))
  const hash = (from: number): Hash256 => hash256Of(reverseBytes(hex.slice(2 * from, 2 * from + 64)))
  return {
    prevBlockHash: hash(4),
    txs: [hash(36)],
    proof: { version: number(0), time: number(68), bits: number(72), nonce: number(76) }
  }
}

const isHeader = (u: unknown): u is Header =>
  t
    .type({
      prevBlockHash: Hash256,
      txs: t.tuple([Hash256]),
      proof: t.type({ version: Uint32, time: Uint32, bits: Uint32, nonce: Uint32 })
    })
    .is(u)

/** A header as 160 lower-case hexadecimal digits; anything else is refused. */
export const headerHex: t.Type<Header, string> = new t.Type(
  'Header',
  isHeader,
  (u, context) =>
    typeof u === 'string' && /^[0-9a-f]{160}$/.test(u)
      ? t.success(headerOfHex(u))
      : t.failure(u, context, 'a header is 160 lower-case hexadecimal digits'),
  blockToHex
)

/** A header as its 80 bytes; anything else is refused. */
export const headerBytes: t.Type<Header, Uint8Array> = new t.Type(
  'Header',
  isHeader,
  (u, context) =>
    u instanceof Uint8Array && u.length === 80
      ? t.success(headerOfHex(bytesToHex(u)))
      : t.failure(u, context, 'a header is 80 bytes'),
  (b) => hexToBytes(blockToHex(b))
)
