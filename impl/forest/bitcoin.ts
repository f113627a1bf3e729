/**
 * Bitcoin's headers in a forest: most cumulative work, proof of work and difficulty checked, by the functions of the
 * specification's own Bitcoin instance. On the main network it agrees with that instance block for block, and is fast;
 * the rules of the other networks are in networks.ts beside that instance.
 */
import * as O from 'fp-ts/lib/Option.js'
import { bitcoin, hasProofOfWork, hashHeader } from '../../spec/blockchain/instances/bitcoin.js'
import { headerBytes, headerHex, Uint32 } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { BitcoinTypes, Hash256, Header } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { targetOf, workOf } from '../../spec/blockchain/instances/bitcoin/difficulty.js'
import { blockOrd } from '../../spec/blockchain/instances/typesImpl.js'
import { eq_block } from '../../spec/blockchain/types.js'
import { bigintBytes, textBytes } from './binary.js'
import type { BinaryCodecs, Bytes } from './binary.js'
import { left, right } from './either.js'
import { dueBits, leastTime, networks, nextState, startOf } from '../../spec/blockchain/instances/bitcoin/networks.js'
import type { HeaderState, Network } from '../../spec/blockchain/instances/bitcoin/networks.js'
import { mostWork } from './rules.js'
import type { ForestOptions } from './types.js'

export { headerBytes, headerHex, hashHeader, networks }
export type { Hash256, Header, HeaderState, Network }
export type { NetworkName } from '../../spec/blockchain/instances/bitcoin/networks.js'

/** Why a header may not extend a chain. */
export type HeaderRefusal =
  /** Its bits stand for no target, or for one above the greatest that the network allows. */
  | { readonly _tag: 'Target' }
  /** Its hash is above its target. */
  | { readonly _tag: 'ProofOfWork' }
  /** Its bits are not those that are due. */
  | { readonly _tag: 'Difficulty'; readonly expected: number }
  /** On testnet4: it starts a period, and its time is too far before that of the header before it. */
  | { readonly _tag: 'Time'; readonly least: number }

/** From where on a forest has the headers of a network. */
export interface HeadersFrom {
  /** The first header. It is taken on trust, as genesis blocks are. */
  readonly genesis: Header
  /** Its height: the number of blocks before it in the chain of the network. It says where difficulty periods start. */
  readonly height: number
  /** Whose rules of difficulty are followed. Default: the main network. */
  readonly network?: Network
  /** The greatest target that is allowed. Default: that of the network. */
  readonly limit?: bigint
}

/**
 * A forest of headers from a given one on, which is taken on trust. The state is what the difficulty of later headers
 * depends on. Where the first header is not that of a period, the bits at the start of the next one are accepted as they
 * are, and on testnets all bits up to the first that are not the least.
 */
export const bitcoinForest = ({
  genesis,
  height,
  network: rules = networks.mainnet,
  limit = rules.limit
}: HeadersFrom): ForestOptions<Header, Hash256, bigint, HeaderState, HeaderRefusal> => {
  const { types } = bitcoin({ genesis, height })
  const network = { ...rules, limit }
  return {
    genesis,
    height,
    hash: hashHeader,
    parent: (b) => b.prevBlockHash,
    equals: eq_block<BitcoinTypes>(types).equals,
    forkChoice: mostWork((b) => workOf(b.proof.bits), blockOrd<BitcoinTypes>(types).compare),
    validation: {
      genesis: startOf(network, genesis, height),
      step: (state, b) => {
        const target = O.toUndefined(targetOf(b.proof.bits))
        if (target === undefined || target > limit) return left({ _tag: 'Target' })
        if (!hasProofOfWork(b, limit)) return left({ _tag: 'ProofOfWork' })
        const expected = dueBits(network, state, b.proof.time)
        if (expected !== undefined && expected !== b.proof.bits) return left({ _tag: 'Difficulty', expected })
        const least = leastTime(network, state)
        return b.proof.time < least ? left({ _tag: 'Time', least }) : right(nextState(network, state, b))
      }
    }
  }
}

/**
 * The headers in a file of them: 80 bytes each, one after another. Throws where the file ends within a header, or where
 * it is given as something else than bytes.
 */
export const headersOf = (bytes: Uint8Array): ReadonlyArray<Header> => {
  if (!((bytes as unknown) instanceof Uint8Array)) throw new TypeError('the headers are not a Uint8Array')
  const rest = bytes.length % 80
  if (rest > 0) throw new RangeError(`the file ends after ${rest} of the 80 bytes of a header`)
  return Array.from({ length: bytes.length / 80 }, (_, i) =>
    headerBytes.decode(bytes.subarray(80 * i, 80 * i + 80))
  ).flatMap((decoded) => (decoded._tag === 'Right' ? [decoded.right] : []))
}

/** The state of validation as text: its numbers in a list, those that are not there as null. */
const stateBytes: Bytes<HeaderState> = {
  encode: ({ height, last, first, regular }) =>
    textBytes.encode(
      JSON.stringify([height, last.time, last.bits, first?.time ?? null, first?.bits ?? null, regular ?? null])
    ),
  decode: (bytes) => {
    const parts: unknown = JSON.parse(textBytes.decode(bytes))
    if (!Array.isArray(parts) || parts.length !== 6)
      throw new Error('expected the six numbers of a state of validation')
    const [height, time, bits, firstTime, firstBits, regular] = parts as unknown[]
    if (!Number.isSafeInteger(height) || !Uint32.is(time) || !Uint32.is(bits))
      throw new Error('expected a height, a time and bits')
    return {
      height: height as number,
      last: { time, bits },
      ...(Uint32.is(firstTime) && Uint32.is(firstBits) ? { first: { time: firstTime, bits: firstBits } } : {}),
      ...(Uint32.is(regular) ? { regular } : {})
    }
  }
}

/** The compact binary form of a forest of headers: 48 bytes each and two of structure, as the parent's hash is known. */
export const bitcoinBytes: BinaryCodecs<Header, Hash256, bigint, HeaderState> = {
  block: {
    encode: (b) => {
      const bytes = headerBytes.encode(b)
      return Uint8Array.of(...bytes.subarray(0, 4), ...bytes.subarray(36))
    },
    decode: (bytes, parent) => {
      if (bytes.length !== 48) throw new Error('expected 48 bytes')
      const zeros = new Uint8Array(32)
      const decoded = headerBytes.decode(Uint8Array.of(...bytes.subarray(0, 4), ...zeros, ...bytes.subarray(4)))
      if (decoded._tag === 'Left') throw new Error('expected a header')
      return { ...decoded.right, prevBlockHash: parent }
    }
  },
  score: bigintBytes,
  state: stateBytes
}
