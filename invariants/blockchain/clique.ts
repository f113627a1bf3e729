/**
 * The clique invariant (`Properties/InvCliqueTopology.v` `GSyncing_clique`) as an invariant that explains itself.
 *
 * Its existentials are decided as `spec/blockchain/invCliqueTopology.ts` does: the canonical tree is what every node will
 * have when all blocks in flight to it have arrived, and the canonical chain is that tree's best. Where clause 5 fails
 * there is no such tree; its objections then name the nodes that differ from the most, and the other clauses speak of each
 * node's own.
 *
 * A packet that carries no block is passed over here and adds genesis there, which is the same wherever trees hold genesis:
 * the two can differ on incoherent worlds only, of which `clique_inv` is false.
 */
import { isIn } from '../../spec/prelude/seq.js'
import { undef, valid } from '../../spec/prelude/unionMap.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Address } from '../../spec/system/address.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { BlockTree, Types } from '../../spec/blockchain/types.js'
import { all, each, eachNode, fromView, together } from '../property/invariant.js'
import type { Clause, NetworkInvariant, Seen } from '../property/invariant.js'
import { coherence } from './coherence.js'
import { canonicalView, Words } from './pictures.js'

/** A clause about the canonical tree, which is the view of every node. */
type OfTree<T extends Types> = Clause<State<T>, BlockTree<T>>

/** Clause 1: some node holds the canonical chain already. (An address that has no state would do as well.) */
const clause1 = <T extends Types>(toychain: Toychain<T>): OfTree<T> => {
  const { btChain, chainEq } = toychain.forest
  const { Address: A, enum: everyone } = toychain.addresses
  const words = Words(toychain)
  return together('1', 'some node holds the canonical chain (or a collision has happened)', {
    summary: (_n: Address, st: State<T>, bt: BlockTree<T>) => ({
      bc: btChain(bt),
      holds: !valid(bt) || chainEq.equals(btChain(st.blockTree), btChain(bt))
    }),
    settles: ({ holds }) => holds,
    decide: (seen) =>
      everyone.every((n) => seen.some(({ node }) => A.equals(node, n)))
        ? seen.slice(0, 1).map(({ sees }) => ({ witness: `no node has the canonical chain ${words.chain(sees.bc)}` }))
        : []
  })
}

/** Clause 2: the canonical tree is proper, and its chain is the largest. */
const clause2 = <T extends Types>(toychain: Toychain<T>): OfTree<T> => {
  const { btChain, geq, has_init_block, validH } = toychain.forest
  const words = Words(toychain)
  return each(
    '2',
    'the canonical chain is that of a proper tree, and the largest (or a collision has happened)',
    (node, st, bt) => {
      if (!valid(bt)) return []
      const [bc, own] = [btChain(bt), btChain(st.blockTree)]
      return [
        ...(validH(bt)
          ? []
          : [{ node, witness: `its tree will be ${words.tree(bt)}, with a block not under its hash` }]),
        ...(has_init_block(bt) ? [] : [{ node, witness: `its tree will be ${words.tree(bt)}, without genesis` }]),
        ...(geq(bc, own)
          ? []
          : [{ node, witness: `its chain ${words.chain(own)} is better than the canonical ${words.chain(bc)}` }])
      ]
    }
  )
}

/** Clause 3: the canonical tree has no orphans and no invalid chains. */
const clause3 = <T extends Types>(toychain: Toychain<T>): OfTree<T> => {
  const { all_blocks, compute_chain, good_bt, good_chain, valid_chain } = toychain.forest
  const words = Words(toychain)
  return each('3', 'every block of the canonical tree has a good and valid chain', (node, _st, bt) =>
    good_bt(bt)
      ? []
      : all_blocks(bt).flatMap((b) => {
          const bc = compute_chain(bt, b)
          if (!good_chain(bc))
            return [{ node, witness: `block ${words.block(b)} will be an orphan: its chain is ${words.chain(bc)}` }]
          return valid_chain(bc)
            ? []
            : [{ node, witness: `the chain ${words.chain(bc)} of block ${words.block(b)} is not valid` }]
        })
  )
}

/** Clause 4: the nodes are a clique. */
const clause4 = <T extends Types>({ addresses }: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  eachNode('4', 'every node has all nodes among its peers', (n, st, nodes) => {
    const missing = nodes.filter((a) => !isIn(addresses.Address)(a, st.peers))
    return missing.length === 0
      ? []
      : [{ node: n, witness: `has the peers ${st.peers.join(', ')}, missing ${missing.join(', ')}` }]
  })

/** Clause 5: all nodes will have one tree. */
const clause5 = <T extends Types>(toychain: Toychain<T>): OfTree<T> => {
  const { treeEq } = toychain.forest
  const words = Words(toychain)
  /** The canonical tree: the one that most nodes will have, the first of them in a tie. */
  const canonicalTree = (seen: ReadonlyArray<Seen<BlockTree<T>>>): BlockTree<T> => {
    const trees = seen.map(({ sees }) => sees)
    const votes = trees.map((bt) => trees.filter((other) => treeEq.equals(bt, other)).length)
    return trees[votes.indexOf(Math.max(...votes))] ?? undef
  }
  return together('5', "each node's tree with the blocks in flight to it is the canonical tree", {
    summary: (_n: Address, _st: State<T>, bt: BlockTree<T>) => bt,
    decide: (seen) => {
      const bt = canonicalTree(seen)
      return seen
        .filter(({ sees }) => !treeEq.equals(sees, bt))
        .map(({ node, sees }) => {
          const missing = words.lacking(bt, sees)
          const surplus = words.lacking(sees, bt)
          return {
            node,
            witness: [
              `has, with what is in flight, ${words.tree(sees)}`,
              `expected ${words.tree(bt)}`,
              ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
              ...(surplus.length > 0 ? [`beyond it ${surplus.join(', ')}`] : [])
            ].join(', ')
          }
        })
    }
  })
}

/**
 * The five clauses of `GSyncing_clique`, numbered as in the Coq definition.
 * @coq Properties/InvCliqueTopology.v GSyncing_clique
 */
export const GSyncing_clique = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> => {
  const fromTrees = fromView(canonicalView(toychain), [
    clause1(toychain),
    clause2(toychain),
    clause3(toychain),
    clause5(toychain)
  ])
  return all('GSyncing_clique', 'the nodes are on their way to one canonical tree', [
    ...fromTrees.slice(0, 3),
    clause4(toychain),
    ...fromTrees.slice(3)
  ])
}

/**
 * `clique_inv`: coherence and the five clauses.
 * @coq Properties/InvCliqueTopology.v clique_inv
 */
export const clique_inv = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  all('clique_inv', 'the clique invariant', [coherence(toychain.network), GSyncing_clique(toychain)])
