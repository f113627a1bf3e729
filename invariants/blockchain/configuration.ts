/**
 * The parameters of a bounded Toychain network, which are plain data, and the instance and the bounds that they name.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { iota } from '../../spec/prelude/seq.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { fewestBits, mostBits, shortHash } from '../../spec/blockchain/instances/shortHash.js'
import type { Hashed } from '../../spec/blockchain/instances/shortHash.js'
import type { Instance } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { choice, count, decodeForm, group, optionalChoice, optionalCount, toggle } from '../systems/form.js'
import type { Form } from '../systems/form.js'
import { QUESTIONS } from './behaviour.js'
import type { Question } from './behaviour.js'
import { bounds, toychainModel } from './model.js'
import type { Bounds, Playable, ToychainModel } from './model.js'
import { playLongestChain, playNumbered, playPayments, playProofOfWork, playShortProofOfWork } from './playable.js'

/** The instances that bounded executions can play. */
export const INSTANCES = ['numbered', 'longestChain', 'proofOfWork', 'payments'] as const
export type InstanceName = (typeof INSTANCES)[number]

/** The editions besides the main one. */
export const EDITIONS = ['cpp18'] as const
export type Edition = (typeof EDITIONS)[number]

/** An instance and bounds: all that is needed to build a model again. */
export interface Configuration {
  /** Default: the main edition. */
  readonly edition?: Edition
  readonly instance: InstanceName
  /** How many bits the hashes are cut to. Default: they are whole. */
  readonly hashBits?: number
  readonly nodes: number
  readonly mints: number
  readonly transactions: number
  readonly blockOnly: boolean
  readonly faults: { readonly duplications: number; readonly losses: number; readonly cuts: number }
  /** What to ask of whole executions besides. Default: nothing. */
  readonly ask?: Question
}

/** The parameters as a form. */
export const form: Form<Configuration> = {
  edition: optionalChoice({
    says: 'the edition to run: that of the paper',
    among: EDITIONS,
    otherwise: 'the main one'
  }),
  instance: choice({ says: 'the blockchain to run', among: INSTANCES }),
  hashBits: optionalCount({
    says: 'cut hashes to this many bits',
    least: fewestBits,
    most: mostBits,
    otherwise: 'they are whole'
  }),
  nodes: count({ says: 'nodes of the clique', initial: 2, least: 1, most: 64 }),
  mints: count({ says: 'most blocks minted in an execution', initial: 2 }),
  // Each node may announce each of them in every state: with more, a single state is not expanded in a second.
  transactions: count({ says: 'transactions that may be announced, each once', initial: 0, most: 10_000 }),
  blockOnly: toggle({ says: 'receiving a block sends nothing, so that only blocks are in flight' }),
  faults: group({
    duplications: count({ says: 'how often the network may duplicate a packet', initial: 0 }),
    losses: count({
      says: 'how often the network may lose a packet',
      initial: 0,
      otherwise: '0; the invariant does not survive one'
    }),
    cuts: count({ says: 'how often the network may be cut in two', initial: 0 })
  }),
  ask: optionalChoice({
    says: 'ask of whole executions what happens at last, which takes a second pass over all states',
    among: QUESTIONS,
    otherwise: 'nothing'
  })
}

/** The most nodes where the network may be cut in two: there is a way to cut it for each set of nodes. */
const MOST_TO_CUT = 16

/** Why parameters cannot be together. */
export const refuses = ({ edition, nodes, faults, ask }: Configuration): string | undefined => {
  if (ask !== undefined && edition !== undefined) return `--ask ${ask} is for the main edition`
  return faults.cuts > 0 && nodes > MOST_TO_CUT
    ? `expected at most ${String(MOST_TO_CUT)} nodes in a network that may be cut, found ${String(nodes)}`
    : undefined
}

/** A configuration that a model can be built of. Left: what is wrong with it, in one line. */
export const decodeConfiguration = (u: unknown): Either<string, Configuration> =>
  E.Monad.chain(decodeForm(form, u), (configuration) => {
    const reason = refuses(configuration)
    return reason === undefined ? E.right(configuration) : E.left(reason)
  })

/** Every way to cut a network in two, each once: the groups of nodes that do not contain the first. */
export const sidesOf = (nodes: number): ReadonlyArray<ReadonlyArray<Address>> => {
  const [, ...others] = netAddr(nodes).enum
  return iota(2 ** others.length)
    .slice(1)
    .map((chosen) => others.filter((_, i) => (chosen & (1 << i)) !== 0))
}

/** The bounds that a configuration names. */
export const boundsOf = ({ nodes, mints, transactions, blockOnly, faults }: Configuration): Bounds =>
  bounds(nodes, mints, transactions, {
    blockOnly,
    faults: { ...faults, sides: faults.cuts > 0 ? sidesOf(nodes) : [] }
  })

/**
 * Finds the instance and the bounds of a configuration and hands them on, whatever their types; and the instance with its
 * whole hashes, where those of the configuration are short.
 */
export const withPlayable = <R>(
  configuration: Configuration,
  use: <T extends Types>(playable: Playable<T>, limits: Bounds, whole: Instance<T>) => R
): R => {
  const { instance, hashBits } = configuration
  const limits = boundsOf(configuration)
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
 * @throws RangeError for a configuration of another edition.
 */
export const withModel = <R>(configuration: Configuration, use: <T extends Types>(model: ToychainModel<T>) => R): R => {
  if (configuration.edition !== undefined)
    throw new RangeError(`a configuration of the edition ${configuration.edition} makes no model of the main edition`)
  return withPlayable(configuration, (playable, limits) => use(toychainModel(playable, limits)))
}
