/**
 * The fourth exhibit: the invariant that some node has the canonical tree.
 */
import type { Message, State } from '../../../spec/blockchain/protocol.js'
import type { Toychain } from '../../../spec/blockchain/toychain.js'
import type { BlockTree, Types } from '../../../spec/blockchain/types.js'
import { all, fromView, together } from '../../property/invariant.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { clique_inv } from '../clique.js'
import { bounds } from '../model.js'
import { mainSubject } from '../subjects.js'
import { canonicalView, Words } from '../pictures.js'
import { playNumbered } from '../playable.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { explored } from './exhibit.js'
import type { Exhibit, Trial } from './exhibit.js'

/** The first clause of the clique invariant as it was for three weeks: a node *holds the canonical tree*. */
export const canonicalTreeHeld = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> => {
  const { treeEq } = toychain.forest
  const words = Words(toychain)
  const says = 'some node holds the canonical tree'
  interface Summary {
    readonly bt: BlockTree<T>
    readonly holds: boolean
  }
  return all(
    'clique_inv of January 2019',
    'the clique invariant, with another first clause',
    fromView(canonicalView(toychain), [
      together<State<T>, BlockTree<T>, Summary>('1', says, {
        summary: (_n, st, bt) => ({ bt, holds: treeEq.equals(st.blockTree, bt) }),
        settles: ({ holds }) => holds,
        decide: (seen) =>
          seen.slice(0, 1).map(({ sees }) => ({ witness: `no node has the canonical tree ${words.tree(sees.bt)}` }))
      })
    ])
  )
}

const trial = (
  of: string,
  invariant: (toychain: Toychain<NumberedTypes>) => NetworkInvariant<State<NumberedTypes>, Message<NumberedTypes>>
): Trial => ({
  of,
  run: () =>
    explored(
      mainSubject(playNumbered, bounds(2, 2, 0, { blockOnly: true }), {
        invariants: (toychain) => [invariant(toychain)]
      })
    )
})

/** The exhibit. */
export const canonicalNode: Exhibit = {
  name: 'canonical-node',
  title: 'Two blocks at once, and nobody has both',
  believed: 'At every time some node, the canonical one, holds the canonical tree: all blocks that there are.',
  explanation: [
    'When the invariant was rewritten for hashes that may collide, its first clause became that the privileged node holds the canonical *tree*. That is stronger than the *chain* it had to hold before, and it is so in the initial world and after each single block. It is not after two: if two nodes mint a block each before they hear of each other, each has one block, and the tree of all blocks is nowhere yet.',
    'Proofs for it were written for three weeks, until the case of minting would not go through. The commit that repairs it says: "Actually, the canonical node DOES NOT necessarily have can_bt! can_n is only guaranteed to have can_bc (i.e. the largest chain)."'
  ],
  sources: [
    { commit: 'ae9a7c4', date: '2019-01-26', file: 'Properties/InvCliqueTopology.v', says: 'the node holds the tree' },
    {
      commit: '3d5c2d3',
      date: '2019-02-15',
      file: 'Properties/InvCliqueTopology.v',
      says: 'it holds the chain, or the tree is undefined'
    }
  ],
  searches: [
    {
      asks: 'Is the first clause of the invariant kept?',
      among: 'all executions of 2 nodes with 2 blocks',
      mutant: trial('the clause of January 2019', canonicalTreeHeld),
      controls: [trial('the clique invariant as it is', clique_inv)]
    }
  ]
}
