/**
 * From a configuration, which is plain data, to the model that it names.
 */
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { Types } from '../../spec/blockchain/types.js'
import type { Configuration } from './codec.js'
import { bounds, toychainModel } from './model.js'
import type { Playable, ToychainModel } from './model.js'
import { playLongestChain, playNumbered, playPayments, playProofOfWork } from './playable.js'

/** Every way to cut a network in two, each once: the groups of nodes that do not contain the first. */
export const sidesOf = (nodes: number): ReadonlyArray<ReadonlyArray<Address>> => {
  const [, ...others] = netAddr(nodes).enum
  return iota(2 ** others.length)
    .slice(1)
    .map((chosen) => others.filter((_, i) => (chosen & (1 << i)) !== 0))
}

/** Builds the model of a configuration and hands it on, whatever its types. */
export const withModel = <R>(
  { instance, nodes, mints, transactions, blockOnly, faults }: Configuration,
  use: <T extends Types>(model: ToychainModel<T>) => R
): R => {
  const limits = bounds(nodes, mints, transactions, { blockOnly, faults: { ...faults, sides: sidesOf(nodes) } })
  const play = <T extends Types>(playable: Playable<T>): R => use(toychainModel(playable, limits))
  switch (instance) {
    case 'numbered':
      return play(playNumbered)
    case 'longestChain':
      return play(playLongestChain)
    case 'proofOfWork':
      return play(playProofOfWork)
    case 'payments':
      return play(playPayments)
  }
}
