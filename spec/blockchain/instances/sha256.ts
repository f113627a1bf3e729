/**
 * SHA-256 as `0x…` in lower-case hexadecimal digits, the hash of the extracted Coq development.
 */
import { sha256 as digest } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { hashOf } from '../codec.js'
import type { Hash } from '../codec.js'
import type { Block } from '../types.js'
import type { TypesImpl } from './typesImpl.js'

/** The hash of a text. */
export const sha256 = (text: string): Hash => hashOf(`0x${bytesToHex(digest(utf8ToBytes(text)))}`)

/** The hash of a block: of `predecessor|transaction&transaction…|proof` (`Extraction/src/Core.ml` `hash_of_block`). */
export const hashBlock = (b: Block<TypesImpl>): Hash =>
  sha256(`${b.prevBlockHash}|${b.txs.join('&')}|${String(b.proof)}`)
