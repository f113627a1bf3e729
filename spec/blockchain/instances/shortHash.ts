/**
 * A dial for the size of hashes: an instance with its hash cut to some bits, from 2, where collisions are everyday, to
 * 256, where nobody has seen one.
 */
import type { Hash } from '../codec.js'
import { hashOf } from '../codec.js'
import type { Instance } from '../toychain.js'
import { sha256 } from './sha256.js'

/** The fewest and the most bits that a hash can be cut to. */
export const fewestBits = 2
export const mostBits = 256

/**
 * The first bits of the SHA-256 of a hash's spelling, as `0x…`; bits of the last digit that are too many are 0. A number
 * of bits that is not a whole one from 2 to 256 counts as the nearest that is.
 */
export const shorten =
  (bits: number) =>
  (h: Hash): Hash => {
    const size = Math.min(mostBits, Math.max(fewestBits, Math.round(bits)))
    const digits = sha256(h).slice(2, 2 + Math.ceil(size / 4))
    const unused = 2 ** (4 * digits.length - size)
    const lastDigit = Math.floor(parseInt(digits.slice(-1), 16) / unused) * unused
    return hashOf(`0x${digits.slice(0, -1)}${lastDigit.toString(16)}`)
  }

/** Types whose hashes are texts. */
export interface Hashed<Timestamp, VProof, Transaction> {
  readonly Timestamp: Timestamp
  readonly Hash: Hash
  readonly VProof: VProof
  readonly Transaction: Transaction
}

/** The name of an instance whose hashes are short. */
export const shortName = (name: string, bits: number): string => `${name} (${String(bits)}-bit hash)`

/**
 * The instance with its hashes, of blocks and of transactions, cut to some bits. Its laws are as before, since none speaks
 * of hashes; the name of its genesis block's predecessor is as before too.
 *
 * What an instance does with hashes inside (`longestChain` breaks ties by them) it still does with the whole ones. Proof of
 * work, which *mines* them, has to be given the short ones: `proofOfWork({ hashB: (b) => shorten(16)(hashBlock(b)) })`.
 */
export const shortHash = <Timestamp, VProof, Transaction>(
  instance: Instance<Hashed<Timestamp, VProof, Transaction>>,
  bits: number
): Instance<Hashed<Timestamp, VProof, Transaction>> => ({
  ...instance,
  name: shortName(instance.name, bits),
  params: {
    ...instance.params,
    hashB: (b) => shorten(bits)(instance.params.hashB(b)),
    hashT: (t) => shorten(bits)(instance.params.hashT(t))
  }
})
