/**
 * The clique invariant (`Properties/InvCliqueTopology.v` `GSyncing_clique`) as an invariant that explains itself.
 *
 * Its existentials are decided as `spec/blockchain/invCliqueTopology.ts` does: the canonical tree is what every node will
 * have when all blocks in flight to it have arrived; the canonical chain is that tree's best chain. Where the nodes
 * differ, the tree that most of them have is taken for the expected one.
 */
import { undef, valid } from '../../spec/prelude/unionMap.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { BlockTree, Types } from '../../spec/blockchain/types.js'
import { all, eachNode, fromView } from '../invariant.js'
import type { NetworkInvariant, Objections, Seen } from '../invariant.js'
import { coherence } from './coherence.js'
import { canonicalView, Words } from './pictures.js'
import type { CanonicalPicture } from './pictures.js'

/** The five clauses of `GSyncing_clique`, numbered as in the Coq definition. */
export const GSyncing_clique = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> => {
  const { addresses, forest } = toychain
  const { all_blocks, btChain, chainEq, compute_chain, geq, good_chain, has_init_block, treeEq, valid_chain, validH } =
    forest
  const words = Words(toychain)
  type Picture = ReadonlyArray<Seen<CanonicalPicture<T>>>

  /** The canonical tree: the one that most nodes will have, the first of them in a tie. */
  const canonicalTree = (seen: Picture): BlockTree<T> => {
    const trees = seen.map(({ sees }) => sees.canonical)
    const votes = trees.map((bt) => trees.filter((other) => treeEq.equals(bt, other)).length)
    return trees[votes.indexOf(Math.max(...votes))] ?? undef
  }

  /** A clause about a defined canonical tree; it holds where that tree is undefined. */
  const unlessCollision =
    (decide: (bt: BlockTree<T>, seen: Picture) => Objections) =>
    (seen: Picture): Objections => {
      const bt = canonicalTree(seen)
      return valid(bt) ? decide(bt, seen) : []
    }

  const [clause1, clause2, clause3, clause5] = fromView(canonicalView(toychain), [
    {
      name: '1',
      says: 'some node holds the canonical chain (or a collision has happened)',
      decide: unlessCollision((bt, seen) => {
        const bc = btChain(bt)
        return seen.some(({ sees }) => chainEq.equals(sees.chain, bc))
          ? []
          : [{ witness: `no node has the chain ${words.chain(bc)} of the canonical tree ${words.tree(bt)}` }]
      })
    },
    {
      name: '2',
      says: 'the canonical chain is that of a proper tree, and the largest (or a collision has happened)',
      decide: unlessCollision((bt, seen) => {
        const bc = btChain(bt)
        return [
          ...(validH(bt)
            ? []
            : [{ witness: `a block of the canonical tree ${words.tree(bt)} is not under its own hash` }]),
          ...(has_init_block(bt) ? [] : [{ witness: `the canonical tree ${words.tree(bt)} lacks genesis` }]),
          ...seen
            .filter(({ sees }) => !geq(bc, sees.chain))
            .map(({ node, sees }) => ({
              node,
              witness: `its chain ${words.chain(sees.chain)} is better than the canonical ${words.chain(bc)}`
            }))
        ]
      })
    },
    {
      name: '3',
      says: 'every block of the canonical tree has a good and valid chain',
      decide: (seen) => {
        const bt = canonicalTree(seen)
        return all_blocks(bt).flatMap((b) => {
          const bc = compute_chain(bt, b)
          if (!good_chain(bc))
            return [{ witness: `block ${words.block(b)} is an orphan: its chain is ${words.chain(bc)}` }]
          return valid_chain(bc)
            ? []
            : [{ witness: `the chain ${words.chain(bc)} of block ${words.block(b)} is not valid` }]
        })
      }
    },
    {
      name: '5',
      says: "each node's tree with the blocks in flight to it is the canonical tree",
      decide: (seen) => {
        const bt = canonicalTree(seen)
        return seen
          .filter(({ sees }) => !treeEq.equals(sees.canonical, bt))
          .map(({ node, sees }) => {
            const missing = words.lacking(bt, sees.canonical)
            const surplus = words.lacking(sees.canonical, bt)
            return {
              node,
              witness: [
                `has ${words.tree(sees.tree)} and in flight ${words.hashes(sees.arriving.map(toychain.params.hashB))}`,
                `expected ${words.tree(bt)}`,
                ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
                ...(surplus.length > 0 ? [`beyond it ${surplus.join(', ')}`] : [])
              ].join(', ')
            }
          })
      }
    }
  ])

  const clause4 = eachNode<State<T>, Message<T>>('4', 'every node has all nodes among its peers', (n, st) => {
    const missing = addresses.enum.filter((a) => !st.peers.some((p) => addresses.Address.equals(a, p)))
    return missing.length === 0
      ? []
      : [{ node: n, witness: `has the peers ${st.peers.join(', ')}, missing ${missing.join(', ')}` }]
  })

  return all(
    'GSyncing_clique',
    'the nodes are on their way to one canonical tree',
    [clause1, clause2, clause3, clause4, clause5].flatMap((clause) => (clause === undefined ? [] : [clause]))
  )
}

/** `clique_inv`: coherence and the five clauses. */
export const clique_inv = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  all('clique_inv', 'the clique invariant', [coherence(toychain.network), GSyncing_clique(toychain)])
