/**
 * From a configuration, which is plain data, to the model that it names.
 */
import * as E from 'fp-ts/lib/Either.js'
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import type { Types } from '../../spec/blockchain/types.js'
import type { ModelSource } from '../checker/parallel.js'
import { decodeConfiguration } from './codec.js'
import type { Configuration } from './codec.js'
import { bounds, toychainModel } from './model.js'
import type { Bounds, Playable, ToychainModel } from './model.js'
import { playLongestChain, playNumbered, playPayments, playProofOfWork } from './playable.js'

/** Every way to cut a network in two, each once: the groups of nodes that do not contain the first. */
export const sidesOf = (nodes: number): ReadonlyArray<ReadonlyArray<Address>> => {
  const [, ...others] = netAddr(nodes).enum
  return iota(2 ** others.length)
    .slice(1)
    .map((chosen) => others.filter((_, i) => (chosen & (1 << i)) !== 0))
}

/** Finds the instance and the bounds of a configuration and hands them on, whatever their types. */
export const withPlayable = <R>(
  { instance, nodes, mints, transactions, blockOnly, faults }: Configuration,
  use: <T extends Types>(playable: Playable<T>, limits: Bounds) => R
): R => {
  const limits = bounds(nodes, mints, transactions, { blockOnly, faults: { ...faults, sides: sidesOf(nodes) } })
  switch (instance) {
    case 'numbered':
      return use(playNumbered, limits)
    case 'longestChain':
      return use(playLongestChain, limits)
    case 'proofOfWork':
      return use(playProofOfWork, limits)
    case 'payments':
      return use(playPayments, limits)
  }
}

/** Builds the model of a configuration and hands it on, whatever its types. */
export const withModel = <R>(configuration: Configuration, use: <T extends Types>(model: ToychainModel<T>) => R): R =>
  withPlayable(configuration, (playable, limits) => use(toychainModel(playable, limits)))

/** Where a thread of a parallel search finds the model of a configuration. */
export const sourceOf = (configuration: Configuration): ModelSource => ({
  module: import.meta.url,
  name: modelOf.name,
  argument: configuration
})

/**
 * The model of a configuration that has come from another thread.
 * @throws TypeError for what is not a configuration.
 */
export const modelOf = (argument: unknown): unknown => {
  const configuration = decodeConfiguration(argument)
  if (E.isLeft(configuration)) throw new TypeError(configuration.left)
  return withModel(configuration.right, (model): unknown => model)
}
