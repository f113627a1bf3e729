/**
 * How high headers are, and of which network: headers do not say it, and it is not guessed.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Hash256 } from '../../spec/blockchain/instances/bitcoin/codec.js'
import { networks } from '../../spec/blockchain/instances/bitcoin/networks.js'
import type { Network } from '../../spec/blockchain/instances/bitcoin/networks.js'
import { knownBlocks } from './checkpoints.js'

/** The place of the headers of a file. */
export interface HeadersPlace {
  /** The height of the first. */
  readonly from: number
  readonly network: Network
  /** The heights of the known blocks that say so: among the headers, or right before them. */
  readonly known: ReadonlyArray<number>
}

/** The heights that a file name promises: 822528 and 830592 for `headers-822528-830592.bin`. */
export const heightsOfName = (path: string): { readonly from: number; readonly to: number } | undefined => {
  const [, from, to] = /-(\d{1,9})-(\d{1,9})\.bin$/.exec(path) ?? []
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) }
}

/**
 * Finds out the place of headers, from their hashes, from the one that the first names as its predecessor, and from what
 * is given and what the name of the file says. Fails where these disagree, and where they do not say it.
 */
export const placeOf = (
  path: string,
  parent: Hash256 | undefined,
  hashes: ReadonlyArray<Hash256>,
  given: { readonly from?: number; readonly network?: string }
): Either<string, HeadersPlace> => {
  const known = [parent ?? '', ...hashes].flatMap((hash, i) => {
    const place = knownBlocks.get(hash)
    return place === undefined ? [] : [{ ...place, hash, from: place.height - i + 1 }]
  })
  const [first] = known
  const network =
    given.network === undefined
      ? (first?.network ?? networks.mainnet)
      : Object.values(networks).find(({ name }) => name === given.network)
  if (network === undefined)
    return E.left(`network: found '${String(given.network)}', expected one of ${Object.keys(networks).join(', ')}`)
  const named = heightsOfName(path)
  const from = given.from ?? named?.from ?? first?.from
  if (from === undefined)
    return E.left(
      `${path}: the height of the first header is not known: give it by --from, or in the name of the file ` +
        '(…-FROM-TO.bin)'
    )
  const other = known.find((block) => block.from !== from || block.network !== network)
  if (other !== undefined)
    return E.left(
      `${path}: found height ${from} on ${network.name} for the first header, expected ${other.from} on ` +
        `${other.network.name}, where the block ${other.hash} has height ${other.height}`
    )
  if (given.from === undefined && named !== undefined && named.to - named.from + 1 !== hashes.length)
    return E.left(
      `${path}: found ${hashes.length} headers, expected ${named.to - named.from + 1}: its name promises heights ${named.from} to ${named.to}`
    )
  return E.right({ from, network, known: known.map(({ height }) => height) })
}
