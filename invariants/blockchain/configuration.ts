/**
 * From a configuration, which is plain data, to the model that it names.
 */
import * as E from 'fp-ts/lib/Either.js'
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { shortHash } from '../../spec/blockchain/instances/shortHash.js'
import type { Hashed } from '../../spec/blockchain/instances/shortHash.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import type { ModelSource } from '../checker/threads/thread.js'
import { decodeConfiguration } from './codec.js'
import type { Configuration } from './codec.js'
import { tell, tell18 } from './editions/told.js'
import type { Told } from './editions/told.js'
import { bounds, toychainModel } from './model.js'
import type { Bounds, Playable, ToychainModel } from './model.js'
import { playLongestChain, playNumbered, playPayments, playProofOfWork, playShortProofOfWork } from './playable.js'

/** Every way to cut a network in two, each once: the groups of nodes that do not contain the first. */
export const sidesOf = (nodes: number): ReadonlyArray<ReadonlyArray<Address>> => {
  const [, ...others] = netAddr(nodes).enum
  return iota(2 ** others.length)
    .slice(1)
    .map((chosen) => others.filter((_, i) => (chosen & (1 << i)) !== 0))
}

/**
 * Finds the instance and the bounds of a configuration and hands them on, whatever their types; and the instance with its
 * whole hashes, where those of the configuration are short.
 */
export const withPlayable = <R>(
  { instance, nodes, mints, transactions, blockOnly, faults, hashBits }: Configuration,
  use: <T extends Types>(playable: Playable<T>, limits: Bounds, whole: Instance<T>) => R
): R => {
  const limits = bounds(nodes, mints, transactions, {
    blockOnly,
    faults: { ...faults, sides: faults.cuts > 0 ? sidesOf(nodes) : [] }
  })
  const dialled = <S, P, X>(whole: Playable<Hashed<S, P, X>>): R => {
    if (hashBits === undefined) return use(whole, limits, whole.instance)
    // What a short hash becomes when nodes are called otherwise cannot be seen from it.
    const { blocks: _, ...rest } = whole
    return use({ ...rest, instance: shortHash(whole.instance, hashBits) }, limits, whole.instance)
  }
  switch (instance) {
    case 'numbered':
      return dialled(playNumbered)
    case 'longestChain':
      return dialled(playLongestChain)
    case 'proofOfWork':
      return use(
        hashBits === undefined ? playProofOfWork : playShortProofOfWork(hashBits),
        limits,
        playProofOfWork.instance
      )
    case 'payments':
      return dialled(playPayments)
  }
}

/**
 * Builds the model of a configuration of the main edition and hands it on, whatever its types.
 * @throws RangeError for a configuration of another edition: see `withEdition`.
 */
export const withModel = <R>(configuration: Configuration, use: <T extends Types>(model: ToychainModel<T>) => R): R => {
  if (configuration.edition !== undefined)
    throw new RangeError(`a configuration of the edition ${configuration.edition} makes no model of the main edition`)
  return withPlayable(configuration, (playable, limits) => use(toychainModel(playable, limits)))
}

/** Builds the model of a configuration, of whatever edition, and hands it on with its executions put in words. */
export const withEdition = <R>(configuration: Configuration, use: <S, A>(told: Told<S, A>) => R): R =>
  withPlayable(configuration, (playable, limits, whole) =>
    configuration.edition === 'cpp18' ? use(tell18(playable, limits, whole)) : use(tell(playable, limits, whole))
  )

/** Where a thread of a parallel search finds the model of a configuration. */
export const sourceOf = (configuration: Configuration): ModelSource => ({
  module: new URL('./configuration.js', import.meta.url).href,
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
  return withEdition(configuration.right, ({ model }): unknown => model)
}
