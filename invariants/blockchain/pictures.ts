/**
 * What is seen of a Toychain node by the invariants, and how trees, chains and blocks are put in words.
 */
import * as O from 'fp-ts/lib/Option.js'
import { isIn } from '../../spec/prelude/seq.js'
import { dom, entries, valid } from '../../spec/prelude/unionMap.js'
import type { Address } from '../../spec/system/address.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Instance, Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, Blockchain, BlockTree, Types } from '../../spec/blockchain/types.js'
import type { View } from '../property/invariant.js'
import type { BlockKind, ForestBlock, ForestPicture, ForestTree } from '../systems/picture.js'

/** The short name of a hash: what the instance says, else its first ten characters. */
export const labelOf =
  <T extends Types>(instance: Pick<Instance<T>, 'label'>) =>
  (h: T['Hash']): string => {
    if (instance.label) return instance.label(h)
    const text = String(h)
    return text.length > 10 ? `${text.slice(0, 10)}…` : text
  }

/** How trees, chains and blocks are put in words. */
export const Words = <T extends Types>({ instance, forest }: Pick<Toychain<T>, 'instance' | 'forest'>) => {
  const label = labelOf(instance)
  const block = (b: Block<T>): string => label(instance.params.hashB(b))
  return {
    label,
    block,
    /** A set of hashes: `{a, b}`. */
    hashes: (hs: ReadonlyArray<T['Hash']>): string => `{${hs.map(label).join(', ')}}`,
    /** A chain: `g ← a ← b`. */
    chain: (bc: Blockchain<T>): string => bc.map(block).join(' ← '),
    /** A tree by its keys; `undefined` after a collision. */
    tree: (bt: BlockTree<T>): string => (valid(bt) ? `{${dom(bt).map(label).join(', ')}}` : 'undefined'),
    /** The keys that one tree has and another lacks. */
    lacking: (bt: BlockTree<T>, other: BlockTree<T>): ReadonlyArray<string> =>
      dom(bt)
        .filter((h) => O.isNone(forest.find(h, other)))
        .map(label)
  }
}

/** What puts trees, chains and blocks in words. */
export type Words<T extends Types> = ReturnType<typeof Words<T>>

/**
 * The view of a node as its *canonical tree*: what its tree will be when all blocks in flight to it have arrived.
 *
 * Only block messages matter. In Coq every other message counts as the genesis block (`msg_block`), which changes no
 * coherent tree: a defined one holds genesis, an undefined one stays undefined.
 */
export const canonicalView = <T extends Types>({ forest }: Toychain<T>): View<State<T>, Message<T>, BlockTree<T>> => ({
  start: (_n, st) => st.blockTree,
  matters: (msg) => msg._tag === 'BlockMsg',
  arrive: (bt, msg) => (msg._tag === 'BlockMsg' ? forest.btExtend(bt, msg.block) : bt)
})

/** A node in the three-part picture of the lecture: local state + in flight = global. */
export interface NodePicture<T extends Types> {
  readonly node: Address
  /** What the node has. */
  readonly tree: BlockTree<T>
  /** Its best chain. */
  readonly chain: Blockchain<T>
  /** The blocks on their way to it, in order. */
  readonly arriving: ReadonlyArray<Block<T>>
  /** What it will have when they have arrived. */
  readonly canonical: BlockTree<T>
}

/** The picture of a whole world. */
export interface GlobalPicture<T extends Types> {
  readonly nodes: ReadonlyArray<NodePicture<T>>
  /** The canonical tree, if all nodes have one and the same. */
  readonly canonical: O.Option<BlockTree<T>>
}

/**
 * The lecture's picture of a world in three parts, "local state + in-flight = global": for each node its tree, the blocks
 * in flight to it, and the tree that both make together; and the global tree, if that is the same for every node.
 */
export const globalPicture = <T extends Types>(toychain: Toychain<T>, world: World<T>): GlobalPicture<T> => {
  const { forest, misc, clique, params } = toychain
  const nodes = entries(world.localState).map(([node, st]) => ({
    node,
    tree: st.blockTree,
    chain: forest.btChain(st.blockTree),
    arriving: misc.blocksFor(node, world).filter((b) => !forest.blockEq.equals(b, params.GenesisBlock)),
    canonical: clique.canonicalTree(node, st, world)
  }))
  const [first] = nodes
  return {
    nodes,
    canonical:
      first !== undefined && nodes.every((n) => forest.treeEq.equals(n.canonical, first.canonical))
        ? O.some(first.canonical)
        : O.none
  }
}

/** What is in a block, in a few words. */
const contents = <T extends Types>({ txs }: Block<T>): string =>
  txs.map((tx) => (typeof tx === 'string' ? tx : JSON.stringify(tx))).join(', ')

/**
 * The forest of a tree as a picture: the best chain, what stands beside it, blocks that are refused after those before them,
 * orphans; and the blocks that arrive, each upon its predecessor.
 */
export const forestPicture = <T extends Types>(
  toychain: Pick<Toychain<T>, 'instance' | 'types' | 'params' | 'forest'>,
  title: string,
  bt: BlockTree<T>,
  arriving: ReadonlyArray<Block<T>> = []
): ForestPicture => {
  const { forest, params, types } = toychain
  const words = Words(toychain)
  if (!valid(bt)) return { _tag: 'Forest', title, trees: [], note: 'undefined: two blocks with one hash have met' }
  const stored = forest.all_blocks(bt)
  const isAmong = isIn(forest.blockEq)
  const best = forest.btChain(bt)
  const coming = arriving.filter((b, i) => !isAmong(b, stored) && !isAmong(b, arriving.slice(0, i)))
  const blocks = [...stored, ...coming]
  const isGenesis = (b: Block<T>): boolean => forest.blockEq.equals(b, params.GenesisBlock)
  const follows = (b: Block<T>, c: Block<T>): boolean => types.Hash.equals(c.prevBlockHash, params.hashB(b))

  const kindOf = (b: Block<T>): BlockKind => {
    if (!isAmong(b, stored)) return O.isSome(forest.find(params.hashB(b), bt)) ? 'colliding' : 'arriving'
    if (isAmong(b, best)) return 'best'
    const chain = forest.compute_chain(bt, b)
    return forest.good_chain(chain) && !forest.valid_chain(chain) ? 'invalid' : 'other'
  }
  const drawn = new Set<Block<T>>()
  const branch = (b: Block<T>): ForestBlock => {
    drawn.add(b)
    // One by one: what is drawn with one child is not drawn with the next.
    const children = blocks.filter((c) => follows(b, c) && !isGenesis(c))
    return {
      name: words.block(b),
      says: contents(b),
      kind: kindOf(b),
      children: children.flatMap((c) => (drawn.has(c) ? [] : [branch(c)]))
    }
  }
  const trunk = blocks.filter(isGenesis).map((b): ForestTree => ({ root: branch(b) }))
  const orphans = blocks
    .filter((b) => !drawn.has(b) && !blocks.some((a) => follows(a, b)))
    .map((b): ForestTree => ({ root: branch(b), orphaned: `${words.label(b.prevBlockHash)} is missing` }))
  const cycles = blocks.flatMap(
    (b): ReadonlyArray<ForestTree> => (drawn.has(b) ? [] : [{ root: branch(b), orphaned: 'in or behind a cycle' }])
  )
  return { _tag: 'Forest', title, trees: [...trunk, ...orphans, ...cycles] }
}

/**
 * The lecture's picture in forests: for each node what it has, with the blocks in flight to it; then what all of them will
 * have, if that is the same.
 */
export const forestPictures = <T extends Types>(
  toychain: Toychain<T>,
  world: World<T>
): ReadonlyArray<ForestPicture> => {
  const { nodes, canonical } = globalPicture(toychain, world)
  return [
    ...nodes.map(({ node, tree, arriving }) => forestPicture(toychain, `Node ${String(node)}`, tree, arriving)),
    O.match(
      (): ForestPicture => ({ _tag: 'Forest', title: 'All', trees: [], note: 'the nodes do not add up to one forest' }),
      (bt: BlockTree<T>) => forestPicture(toychain, 'All, when everything has arrived', bt)
    )(canonical)
  ]
}
