/**
 * The clique invariant, as the paper states it. Counterpart of the definitions of `Properties/InvCliqueTopology.v`;
 * the invariant that explains its failures is `invariants/blockchain/clique.ts`.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { subset } from '../prelude/seq.js'
import { dom, entries, valid } from '../prelude/unionMap.js'
import type { Address } from '../system/address.js'
import type { NetworkOf } from '../system/network.js'
import type { Forest } from './forests.js'
import type { InvMisc, World } from './invMisc.js'
import type { InternalTransition, Message, State } from './protocol.js'
import type { Blockchain, BlockTree, Types } from './types.js'

/** The witnesses of the clique invariant's existentials: a chain, a tree, and a node that holds the chain. */
export interface CliqueWitness<T extends Types> {
  readonly bc: Blockchain<T>
  readonly bt: BlockTree<T>
  readonly n: Address
}

/**
 * The functor `CliqueConsensus`.
 * @coq Properties/InvCliqueTopology.v CliqueConsensus
 */
export const CliqueConsensus = <T extends Types>(
  Address: Eq<Address>,
  F: Forest<T>,
  N: NetworkOf<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>,
  Ip: ReturnType<typeof InvMisc<T>>
) => {
  const { btChain, btExtendAll, good_bt, treeEq } = F
  const { Coh, holds } = N
  const { blocksFor, has_chain, largest_chain, valid_with_bc } = Ip

  /** The tree of a node once all that is in flight to it has arrived: `foldl btExtend (blockTree st) (blocksFor n w)`. */
  const canonicalTree = (n: Address, st: State<T>, w: World<T>): BlockTree<T> =>
    btExtendAll(st.blockTree, blocksFor(n, w))

  /**
   * The five clauses of the clique invariant for given witnesses, in the order of the Coq definition:
   *
   * 1. the node n holds the canonical chain, or the canonical tree is undefined;
   * 2. the canonical chain is that of the canonical tree and the largest in the network, or the tree is undefined;
   * 3. every block of the canonical tree has a good and valid chain;
   * 4. every node has all nodes among its peers;
   * 5. each node's tree, extended by the blocks in flight to it, is the canonical tree.
   * @coq Properties/InvCliqueTopology.v GSyncing_clique
   */
  const clauses = (
    w: World<T>,
    { bc, bt, n }: CliqueWitness<T>
  ): readonly [boolean, boolean, boolean, boolean, boolean] => {
    const nodes = entries(w.localState)
    return [
      holds(n, w, (st) => has_chain(bc, st)) || !valid(bt),
      (valid_with_bc(bt, bc) && largest_chain(w, bc)) || !valid(bt),
      good_bt(bt),
      nodes.every(([, st]) => subset(Address)(dom(w.localState), st.peers)),
      nodes.every(([m, st]) => treeEq.equals(bt, canonicalTree(m, st, w)))
    ]
  }

  /**
   * The only candidates for the witnesses: clause 5 fixes the tree (any node's canonical tree), clause 2 the chain, and
   * a node with that chain is sought. None where there is no node, or no node that has the chain of a defined tree.
   *
   * Coq's existential ranges over all addresses, and `holds` is true of an address without a state; here the node is
   * one of the network.
   */
  const witness = (w: World<T>): Option<CliqueWitness<T>> => {
    const nodes = entries(w.localState)
    return O.Monad.chain(O.fromNullable(nodes[0]), ([first, st]) => {
      const bt = canonicalTree(first, st, w)
      const bc = btChain(bt)
      const holder = valid(bt) ? nodes.find(([, other]) => has_chain(bc, other)) : nodes[0]
      return O.fromNullable(holder && { bc, bt, n: holder[0] })
    })
  }

  /**
   * `GSyncing_clique w`: some witnesses satisfy the five clauses.
   * @coq Properties/InvCliqueTopology.v GSyncing_clique
   */
  const GSyncing_clique = (w: World<T>): boolean =>
    O.exists((found: CliqueWitness<T>) => clauses(w, found).every((clause) => clause))(witness(w))

  /**
   * The clique invariant: coherence and `GSyncing_clique`.
   * @coq Properties/InvCliqueTopology.v clique_inv
   */
  const clique_inv = (w: World<T>): boolean => Coh(w) && GSyncing_clique(w)

  return { canonicalTree, clauses, witness, GSyncing_clique, clique_inv }
}
