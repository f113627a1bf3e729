/**
 * Small worlds of Toychain, reachable or not: any trees (orphans and the undefined tree among them), any pools, and few
 * packets, over few blocks. They are what an induction starts from (`checker/search/inductive.ts`).
 */
import * as O from 'fp-ts/lib/Option.js'
import { identity } from 'fp-ts/lib/function.js'
import { iota, isIn } from '../../spec/prelude/seq.js'
import { undef } from '../../spec/prelude/unionMap.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { withFaults } from '../../spec/system/adversary.js'
import type { Environment } from '../../spec/system/executions.js'
import type { Packet } from '../../spec/system/protocol.js'
import { MintT } from '../../spec/blockchain/protocol.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, Blockchain, BlockTree, Types } from '../../spec/blockchain/types.js'
import { Names } from '../checker/data/names.js'
import { networkModel } from '../checker/network/networkModel.js'
import { boundedEnvironment, rememberForest, toychainOptions } from './model.js'
import type { Bounds, Playable, Progress, ToychainModel, ToychainModelOptions, ToychainState } from './model.js'

/** How large the worlds are. Nodes, numbers of blocks and transactions are those of the model. */
export interface WorldSizes {
  /** The most different blocks that one world speaks of, genesis not counted. */
  readonly blocks: number
  /** The most packets in flight. */
  readonly packets: number
}

/** Nothing bounds the execution: every node may mint a block of any number, and announce any transaction, at any time. */
const anytime = <T extends Types>(
  playable: Playable<T>,
  limits: Pick<Bounds, 'mints' | 'transactions'>
): Environment<Progress<T>, State<T>, Message<T>, InternalTransition<T>, T['Timestamp']> => ({
  ...boundedEnvironment(playable, limits),
  internal: (env, node) => [
    ...iota(limits.mints).map((k) => ({
      act: { _tag: 'Intern', node, transition: MintT, ts: playable.time(node, k + 1) } as const,
      then: env
    })),
    ...playable.transactions(limits.transactions).map((tx) => ({
      act: { _tag: 'Intern', node, transition: { _tag: 'TxT', tx }, ts: playable.time(node, 0) } as const,
      then: env
    }))
  ]
})

/** The model of an induction: Toychain with no bound on the execution, in which blocks have the numbers 1 to `mints`. */
export const inductionModel = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  { variant = {}, ...more }: ToychainModelOptions<T> = {}
): ToychainModel<T> => {
  const { forest = identity } = variant
  const names = new Names()
  const options = toychainOptions(playable, limits, {
    ...more,
    variant: { ...variant, forest: (F) => rememberForest(forest(F), names) }
  })
  const environment = withFaults(limits.faults, anytime(playable, limits))
  return { ...networkModel({ ...options, environment }), toychain: options.toychain, bounds: limits }
}

/**
 * The blocks with the numbers 1 to `mints`: minted by any node, on top of genesis or of any such block with a smaller
 * number, with any of the transactions.
 */
export const blocksWithin = <T extends Types>(
  { instance, time, transactions }: Playable<T>,
  { addresses, forest }: Toychain<T>,
  { mints, transactions: count }: Pick<Bounds, 'mints' | 'transactions'>
): ReadonlyArray<Block<T>> => {
  const { GenesisBlock, genProof, hashB, txValid } = instance.params
  const { blockEq, lastBlock, valid_chain_block } = forest

  /** The blocks that can follow a chain, with one number. */
  const following = (bc: Blockchain<T>, k: number): ReadonlyArray<Block<T>> =>
    addresses.enum.flatMap((minter) =>
      sublists(transactions(count).filter((tx) => txValid(tx, bc))).flatMap((pool) =>
        O.match<readonly [ReadonlyArray<T['Transaction']>, T['VProof']], ReadonlyArray<Block<T>>>(
          () => [],
          ([txs, proof]) => [{ prevBlockHash: hashB(lastBlock(bc)), txs, proof }]
        )(genProof(bc, pool, time(minter, k)))
      )
    )

  const chains = iota(mints).reduce<ReadonlyArray<Blockchain<T>>>(
    (before, k) => [
      ...before,
      ...before.flatMap((bc) =>
        following(bc, k + 1)
          .filter((b) => valid_chain_block(bc, b))
          .map((b) => [...bc, b])
      )
    ],
    [[GenesisBlock]]
  )
  return chains
    .slice(1)
    .map(lastBlock)
    .filter((b, i, all) => !isIn(blockEq)(b, all.slice(0, i)))
}

/** A value, and the blocks that it speaks of, as bits. */
interface Mentioning<A> {
  readonly value: A
  readonly blocks: number
}

/**
 * All worlds within sizes, each once, those with few blocks and few packets first. In each of them
 *
 * - a node has all nodes as its peers, any of the blocks besides genesis in its tree or the undefined tree, and any of the
 *   transactions in its pool;
 * - any packets are in flight between nodes: blocks, requests for one hash, inventories of nothing, of one hash, and of all,
 *   transactions, connections, all nodes as peers, and a peer that is not there.
 *
 * The environment is in its initial state.
 */
export function* worldsWithin<T extends Types>(
  playable: Playable<T>,
  model: ToychainModel<T>,
  sizes: WorldSizes
): Generator<ToychainState<T>> {
  const { addresses } = model.toychain
  const universe = blocksWithin(playable, model.toychain, model.bounds)
  const pools = sublists(playable.transactions(model.bounds.transactions))
  const [initial] = model.system.initial
  if (initial === undefined) return
  for (const blocks of sublists(universe, sizes.blocks)) {
    const states = addresses.enum.map((n) => statesOver(model.toychain, n, blocks, pools))
    const packets = packetsOver(model.toychain, blocks, playable.transactions(model.bounds.transactions))
    // Worlds that do not speak of one of the blocks have been listed before.
    const all = 2 ** blocks.length - 1
    for (let count = 0; count <= sizes.packets; count++)
      for (const bag of bags(packets, count))
        for (const locals of choices(states))
          if ((mentionedIn(bag) | mentionedIn(locals)) === all)
            yield {
              ...initial,
              world: {
                localState: {
                  _tag: 'Def',
                  entries: locals.map(({ value }) => [value.id, value])
                },
                inFlightMsgs: bag.map(({ value }) => value),
                consumedMsgs: []
              }
            }
  }
}

/** How many ways there are to choose so many of some things. */
const waysToChoose = (many: number, of: number): number =>
  iota(many).reduce((ways, i) => (ways * Math.max(0, of - i)) / (i + 1), 1)

/**
 * At most how many worlds there are within sizes, reckoned without making any: some blocks may be the same, and worlds that
 * do not speak of all of their blocks are counted with those that do.
 */
export const mostWorlds = (
  { nodes, mints, transactions }: Pick<Bounds, 'nodes' | 'mints' | 'transactions'>,
  { blocks, packets }: WorldSizes
): number => {
  const pools = 2 ** transactions
  const universe = (1 + nodes * pools) ** mints - 1
  const over = (j: number): number => {
    const hashes = 1 + j + transactions
    const messages = 1 + j + hashes + 1 + hashes + (hashes > 1 ? 1 : 0) + transactions + 3
    const different = messages * nodes ** 2
    const bags = iota(packets + 1).reduce((sum, size) => sum + waysToChoose(size, different + size - 1), 0)
    return waysToChoose(j, universe) * ((2 ** j + 1) * pools) ** nodes * bags
  }
  return iota(Math.min(blocks, universe) + 1).reduce((sum, j) => sum + over(j), 0)
}

/** The local states of a node over some blocks. */
const statesOver = <T extends Types>(
  { addresses, forest, local }: Toychain<T>,
  id: Address,
  blocks: ReadonlyArray<Block<T>>,
  pools: ReadonlyArray<ReadonlyArray<T['Transaction']>>
): ReadonlyArray<Mentioning<State<T>>> => {
  const trees: ReadonlyArray<Mentioning<BlockTree<T>>> = [
    ...iota(2 ** blocks.length).map((bits) => ({
      value: forest.btExtendAll(
        local.Init(id).blockTree,
        blocks.filter((_, i) => (bits & (1 << i)) !== 0)
      ),
      blocks: bits
    })),
    { value: undef, blocks: 0 }
  ]
  return trees.flatMap((bt) =>
    pools.map((txPool) => ({ value: { id, peers: addresses.enum, blockTree: bt.value, txPool }, blocks: bt.blocks }))
  )
}

/** The packets between nodes over some blocks. */
const packetsOver = <T extends Types>(
  { addresses, params }: Toychain<T>,
  blocks: ReadonlyArray<Block<T>>,
  transactions: ReadonlyArray<T['Transaction']>
): ReadonlyArray<Mentioning<Packet<Message<T>>>> => {
  const known: ReadonlyArray<Mentioning<Block<T>>> = [
    { value: params.GenesisBlock, blocks: 0 },
    ...blocks.map((value, i) => ({ value, blocks: 1 << i }))
  ]
  const hashes: ReadonlyArray<Mentioning<T['Hash']>> = [
    ...known.map(({ value, blocks: bits }) => ({ value: params.hashB(value), blocks: bits })),
    ...transactions.map((tx) => ({ value: params.hashT(tx), blocks: 0 }))
  ]
  const ofNoBlock: ReadonlyArray<Message<T>> = [
    ...transactions.map((tx) => ({ _tag: 'TxMsg', tx }) as const),
    { _tag: 'ConnectMsg' },
    { _tag: 'AddrMsg', peers: addresses.enum },
    { _tag: 'AddrMsg', peers: netAddr(addresses.enum.length + 1).enum.slice(-1) }
  ]
  const messages: ReadonlyArray<Mentioning<Message<T>>> = [
    ...known.map(({ value: block, blocks: bits }) => ({ value: { _tag: 'BlockMsg', block } as const, blocks: bits })),
    ...hashes.map(({ value: hash, blocks: bits }) => ({ value: { _tag: 'GetDataMsg', hash } as const, blocks: bits })),
    ...[[], ...hashes.map((h) => [h]), ...(hashes.length > 1 ? [hashes] : [])].map((some) => ({
      value: { _tag: 'InvMsg', hashes: some.map(({ value }) => value) } as const,
      blocks: mentionedIn(some)
    })),
    ...ofNoBlock.map((value) => ({ value, blocks: 0 }))
  ]
  return messages.flatMap(({ value: msg, blocks: bits }) =>
    addresses.enum.flatMap((src) => addresses.enum.map((dst) => ({ value: { src, dst, msg }, blocks: bits })))
  )
}

const mentionedIn = (some: ReadonlyArray<Mentioning<unknown>>): number =>
  some.reduce((bits, { blocks }) => bits | blocks, 0)

/** The sublists of a list with at most so many elements, short ones first. */
const sublists = <A>(list: ReadonlyArray<A>, longest = list.length): ReadonlyArray<ReadonlyArray<A>> =>
  iota(Math.min(longest, list.length) + 1).flatMap((size) => pick(list, size, 1))

/** The bags of so many elements of a list, in which an element may occur more than once. */
const bags = <A>(list: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> => pick(list, size, 0)

/** So many elements of a list in its order, each at least `apart` places after the one before it. */
const pick = <A>(list: ReadonlyArray<A>, size: number, apart: number): ReadonlyArray<ReadonlyArray<A>> =>
  size === 0
    ? [[]]
    : list.flatMap((first, i) => pick(list.slice(i + apart), size - 1, apart).map((rest) => [first, ...rest]))

/** All choices of one element of each list, one at a time: there may be too many to keep. */
function* choices<A>(lists: ReadonlyArray<ReadonlyArray<A>>): Generator<ReadonlyArray<A>> {
  const [first, ...rest] = lists
  if (first === undefined) yield []
  else for (const x of first) for (const later of choices(rest)) yield [x, ...later]
}
