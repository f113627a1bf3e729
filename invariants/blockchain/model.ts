/**
 * The bounded Toychain network: a clique of nodes that mint a limited number of blocks and announce a limited number of
 * transactions. This is the model that exhaustive exploration runs on (`docs/model.md`).
 */
import * as O from 'fp-ts/lib/Option.js'
import { identity } from 'fp-ts/lib/function.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as E from 'fp-ts/lib/Eq.js'
import { ordNumber } from '../../spec/prelude/order.js'
import { seqEq, uniq } from '../../spec/prelude/seq.js'
import { valid } from '../../spec/prelude/unionMap.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { noFaults, withFaults } from '../../spec/system/adversary.js'
import type { Faulty, FaultBudget } from '../../spec/system/adversary.js'
import type { Action, Environment, GlobalState } from '../../spec/system/executions.js'
import { withoutReplies } from '../../spec/system/protocol.js'
import { MintT } from '../../spec/blockchain/protocol.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import { Toychain } from '../../spec/blockchain/toychain.js'
import type { Instance, Variant } from '../../spec/blockchain/toychain.js'
import type { Forest } from '../../spec/blockchain/forests.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import type { BlockTree, Types } from '../../spec/blockchain/types.js'
import type { LocalObservations } from '../checker/network/observations.js'
import { networkModel } from '../checker/network/networkModel.js'
import { remember, rememberPair } from '../checker/data/remember.js'
import type { Model } from '../checker/model/model.js'
import type { NetworkModelOptions } from '../checker/network/networkModel.js'
import type { NetworkProperty } from '../checker/network/properties.js'
import type { Names } from '../checker/data/names.js'
import type { NetworkInvariant } from '../property/invariant.js'
import { clique_inv } from './clique.js'
import { quiescent_agreement } from './quiescence.js'
import { toychainSymmetry } from './renaming.js'
import type { BlockRenaming } from './renaming.js'

/** The bounds of an execution. */
export interface Bounds {
  readonly nodes: number
  /** The most blocks minted in the whole execution. */
  readonly mints: number
  /** How many transactions there are; each is announced at most once in the whole execution, by any node. */
  readonly transactions: number
  /** Receiving a block sends nothing, so that only blocks are in flight. */
  readonly blockOnly: boolean
  readonly faults: FaultBudget
}

/** No faults, and receiving a block sends an inventory. */
export const bounds = (nodes: number, mints: number, transactions: number, more: Partial<Bounds> = {}): Bounds => ({
  nodes,
  mints,
  transactions,
  blockOnly: false,
  faults: noFaults,
  ...more
})

/** An instance with what a bounded execution needs to know of it. */
export interface Playable<T extends Types> {
  readonly instance: Instance<T>
  /** The time at which a node mints what may become the k-th block of the execution; deliveries happen at `k = 0`. */
  readonly time: (minter: Address, k: number) => T['Timestamp']
  /** The transactions that may be announced. */
  readonly transactions: (count: number) => ReadonlyArray<T['Transaction']>
  /** What becomes of blocks when nodes are called otherwise, where it does not matter what they are called. */
  readonly blocks?: BlockRenaming<T>
  /** What must hold of this instance besides the invariants of a clique. */
  readonly invariants?: (toychain: Toychain<T>) => ReadonlyArray<NetworkInvariant<State<T>, Message<T>>>
}

/** The state of the bounded environment: how many blocks were minted, and which transactions announced. */
export interface Progress<T extends Types> {
  readonly minted: number
  readonly announced: ReadonlyArray<T['Transaction']>
}

/** The environment that offers mints and announcements while the bounds allow them. */
export const boundedEnvironment = <T extends Types>(
  { instance, time, transactions }: Playable<T>,
  limits: Pick<Bounds, 'mints' | 'transactions'>
): Environment<Progress<T>, State<T>, Message<T>, InternalTransition<T>, T['Timestamp']> => {
  const all = transactions(limits.transactions)
  const Env: Eq<Progress<T>> = E.struct({ minted: ordNumber, announced: seqEq(instance.types.Transaction) })

  /**
   * The transactions that are not announced yet, each with what is when it has been: a set, so in the order of the
   * transactions, whatever the order of the announcements. Both are in that order, so one look at each is enough.
   */
  const unannounced = (
    announced: Progress<T>['announced']
  ): ReadonlyArray<readonly [T['Transaction'], Progress<T>['announced']]> => {
    let before = 0
    return all.flatMap((tx) => {
      const next = announced[before]
      if (next !== undefined && instance.types.Transaction.equals(next, tx)) {
        before++
        return []
      }
      return [[tx, [...announced.slice(0, before), tx, ...announced.slice(before)]]]
    })
  }

  return {
    initial: { minted: 0, announced: [] },
    delivery: (env, packet) => O.some({ act: { _tag: 'Deliver', packet, ts: time(packet.dst, 0) }, then: env }),
    internal: (env, node) => [
      ...(env.minted < limits.mints
        ? [
            {
              act: { _tag: 'Intern', node, transition: MintT, ts: time(node, env.minted + 1) } as const,
              then: { ...env, minted: env.minted + 1 }
            }
          ]
        : []),
      ...unannounced(env.announced).map(([tx, announced]) => ({
        act: { _tag: 'Intern', node, transition: { _tag: 'TxT', tx }, ts: time(node, 0) } as const,
        then: { ...env, announced }
      }))
    ],
    packetFaults: () => [],
    networkFaults: () => [],
    Env
  }
}

/** What becomes of functions of trees and of pairs of trees before they are used: the checker remembers what they answer. */
interface OnTrees {
  readonly of: <Tree extends object>(f: (bt: Tree) => boolean) => (bt: Tree) => boolean
  readonly ofPair: <Tree extends object>(
    f: (before: Tree, after: Tree) => boolean
  ) => (before: Tree, after: Tree) => boolean
}

/** Functions of trees as they are. */
const forgetting: OnTrees = { of: identity, ofPair: identity }

/** What is worth counting in Toychain executions, did the run mean anything?, and toward what they may be searched. */
export const observations = <T extends Types>(
  { forest, types }: Toychain<T>,
  { of, ofPair }: OnTrees = forgetting
): LocalObservations<State<T>> => {
  const forks = of(
    (bt: BlockTree<T>) => !uniq(types.Hash)(forest.all_blocks(bt).map(({ prevBlockHash }) => prevBlockHash))
  )
  const orphans = of((bt: BlockTree<T>) => forest.all_chains(bt).some((bc) => !forest.good_chain(bc)))
  const reorganises = ofPair((before: BlockTree<T>, after: BlockTree<T>) => {
    const [old, now] = [forest.btChain(before), forest.btChain(after)]
    return !forest.chainEq.equals(old, now.slice(0, old.length))
  })
  return {
    states: [
      {
        name: 'forks',
        says: "two blocks of a node's tree have one predecessor",
        of: ({ blockTree }) => forks(blockTree)
      },
      {
        name: 'orphans',
        says: "a block of a node's tree does not lead back to genesis",
        of: ({ blockTree }) => orphans(blockTree)
      },
      { name: 'collisions', says: "a node's tree is undefined", of: ({ blockTree }) => !valid(blockTree) }
    ],
    steps: [
      {
        name: 'reorganisations',
        says: "a node's chain is replaced by one that does not extend it",
        of: (before, after) => reorganises(before.blockTree, after.blockTree)
      }
    ],
    scores: [
      { name: 'quiescence', says: 'less is in flight', of: (_, arriving) => 0 - arriving.length },
      {
        name: 'blocks',
        says: "the nodes' trees have more blocks",
        of: ({ blockTree }) => forest.all_blocks(blockTree).length
      },
      {
        name: 'chain-length',
        says: "the nodes' chains are longer",
        of: ({ blockTree }) => forest.btChain(blockTree).length
      }
    ]
  }
}

/** A state of a bounded execution. */
export type ToychainState<T extends Types> = GlobalState<State<T>, Message<T>, Faulty<Progress<T>>>

/** An action of a bounded execution. */
export type ToychainAction<T extends Types> = Action<Message<T>, InternalTransition<T>, T['Timestamp']>

/** Something that is asked of bounded executions besides invariants. */
export type ToychainProperty<T extends Types> = NetworkProperty<
  Faulty<Progress<T>>,
  State<T>,
  Message<T>,
  InternalTransition<T>,
  T['Timestamp']
>

/** A model of Toychain with the modules that it is made of. */
export interface ToychainModel<T extends Types> extends Model<ToychainState<T>, ToychainAction<T>> {
  readonly toychain: Toychain<T>
  readonly bounds: Bounds
}

/** The invariants of a clique: coherence, the five clauses, agreement in quiet worlds. */
export const cliqueInvariants = <T extends Types>(
  toychain: Toychain<T>
): ReadonlyArray<NetworkInvariant<State<T>, Message<T>>> => [clique_inv(toychain), quiescent_agreement(toychain)]

/** The kinds of action that an execution within these bounds may have. */
const kindsWithin = ({ mints, transactions, blockOnly, faults }: Bounds): ReadonlyArray<string> => {
  const messages = blockOnly
    ? mints > 0
      ? ['BlockMsg']
      : []
    : [
        ...(mints > 0 ? ['BlockMsg'] : []),
        ...(transactions > 0 ? ['TxMsg'] : []),
        ...(mints > 0 || transactions > 0 ? ['InvMsg', 'GetDataMsg'] : [])
      ]
  return [
    ...messages.map((m) => `Deliver ${m}`),
    ...(mints > 0 ? ['MintT'] : []),
    ...(transactions > 0 ? ['TxT'] : []),
    ...(faults.duplications > 0 ? messages.map((m) => `Duplicate ${m}`) : []),
    ...(faults.losses > 0 ? messages.map((m) => `Lose ${m}`) : []),
    ...(faults.cuts > 0 ? ['Cut', 'Heal'] : [])
  ]
}

/** The bounded Toychain network of a playable instance, from the clique's initial world: all that makes a model of it. */
export const toychainOptions = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  {
    variant = {},
    invariants = cliqueInvariants,
    properties = () => [],
    world = ({ cliqueWorld }) => cliqueWorld
  }: ToychainModelOptions<T> = {}
): ToychainOptions<T> => {
  const { forest = identity, protocol = identity } = variant
  const build = (remember: (F: Forest<T>) => Forest<T>): Toychain<T> =>
    Toychain(playable.instance, netAddr(limits.nodes), {
      forest: (F) => remember(forest(F)),
      protocol: (Pr) => protocol(limits.blockOnly ? withoutReplies(Pr) : Pr)
    })
  const partsOf = (toychain: Toychain<T>, onTrees?: OnTrees) => ({
    network: toychain.network,
    invariants: [...invariants(toychain), ...(playable.invariants?.(toychain) ?? [])],
    properties: properties(toychain),
    observations: observations(toychain, onTrees)
  })
  const toychain = build(identity)
  return {
    name: configurationName(playable.instance.name, limits),
    toychain,
    ...partsOf(toychain),
    remembering: (names) =>
      partsOf(
        build((F) => rememberForest(F, names)),
        { of: (f) => remember(f, names), ofPair: (f) => rememberPair(f, names) }
      ),
    environment: withFaults(limits.faults, boundedEnvironment(playable, limits)),
    world: world(toychain),
    kinds: kindsWithin(limits),
    kindOfMessage: (m) => m._tag,
    kindOfInternal: (t) => t._tag,
    ...(playable.blocks && {
      symmetry: toychainSymmetry(playable.instance.types, toychain.addresses, playable.blocks)
    })
  }
}

/** All that makes a model of Toychain, with the modules that it is made of. */
export interface ToychainOptions<T extends Types>
  extends NetworkModelOptions<Faulty<Progress<T>>, State<T>, Message<T>, InternalTransition<T>, T['Timestamp']> {
  readonly toychain: Toychain<T>
}

/** The model of the bounded Toychain network. */
export const toychainModel = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  more: ToychainModelOptions<T> = {}
): ToychainModel<T> => {
  const options = toychainOptions(playable, limits, more)
  return { ...networkModel(options), toychain: options.toychain, bounds: limits }
}

/** What a model may have other than the usual. */
export interface ToychainModelOptions<T extends Types> {
  readonly variant?: Variant<T>
  /** Default: `cliqueInvariants`. */
  readonly invariants?: (toychain: Toychain<T>) => ReadonlyArray<NetworkInvariant<State<T>, Message<T>>>
  /** Default: none. */
  readonly properties?: (toychain: Toychain<T>) => ReadonlyArray<ToychainProperty<T>>
  /** Where executions begin. Default: the initial world of a clique. */
  readonly world?: (toychain: Toychain<T>) => World<T>
}

/** A forest that computes what is asked of one and the same tree once: for the interning checker. */
export const rememberForest = <T extends Types>(F: Forest<T>, names: Names): Forest<T> => ({
  ...F,
  btExtend: rememberPair(F.btExtend, names),
  btChain: remember(F.btChain, names),
  all_chains: remember(F.all_chains, names),
  good_bt: remember(F.good_bt, names),
  has_init_block: remember(F.has_init_block, names),
  validH: remember(F.validH, names)
})

/**
 * The name of a configuration: `F` (full) or `B` (block-only), then nodes, mints, transactions, as in F211; with the
 * instance before it where that is not the numbered one, and the faults behind it where there are any.
 */
export const configurationName = (
  instance: string,
  { nodes, mints, transactions, blockOnly, faults }: Bounds
): string => {
  const sizes = [nodes, mints, transactions].join(Math.max(nodes, mints, transactions) > 9 ? '.' : '')
  const misfortunes = [
    ...(faults.duplications > 0 ? [`${String(faults.duplications)} duplicated`] : []),
    ...(faults.losses > 0 ? [`${String(faults.losses)} lost`] : []),
    ...(faults.cuts > 0 ? [`${String(faults.cuts)} cut`] : [])
  ]
  return [...(instance === 'numbered' ? [] : [instance]), `${blockOnly ? 'B' : 'F'}${sizes}`, ...misfortunes].join(' ')
}
