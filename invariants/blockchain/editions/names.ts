/**
 * Blocks under their own names where hashes are short: two blocks with one hash are two blocks, and a reader wants to know
 * which is meant.
 */
import type { Toychain as Toychain18 } from '../../../spec/blockchain/editions/cpp18.js'
import type { Instance, Toychain } from '../../../spec/blockchain/toychain.js'
import type { Block, Types } from '../../../spec/blockchain/types.js'
import { labelOf } from '../pictures.js'

/**
 * The same toychain, whose blocks are spoken of by the hashes that another instance gives them. Genesis, and its hash, go
 * by the name of the other's genesis. (Words take the names of blocks from the instance; everything that computes has
 * taken its hash from there already.)
 */
export const spokenOfAs = <T extends Types>(
  toychain: Toychain<T>,
  other: Pick<Instance<T>, 'params' | 'label'>
): Toychain<T> => {
  const { forest, instance, params, types } = toychain
  const genesis = params.hashB(params.GenesisBlock)
  const itsName = other.params.hashB(other.params.GenesisBlock)
  const label = labelOf(other)
  return {
    ...toychain,
    instance: {
      ...instance,
      params: {
        ...instance.params,
        hashB: (b: Block<T>) => (forest.blockEq.equals(b, params.GenesisBlock) ? itsName : other.params.hashB(b))
      },
      label: (h) => label(types.Hash.equals(h, genesis) ? itsName : h)
    }
  }
}

/** The same for the edition of 2018. */
export const spokenOfAs18 = <T extends Types>(
  toychain: Toychain18<T>,
  other: Pick<Instance<T>, 'params' | 'label'>
): Toychain18<T> => ({ ...toychain, common: spokenOfAs(toychain.common, other) })
