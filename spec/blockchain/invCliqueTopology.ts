/**
 * The clique invariant, as the paper states it. Counterpart of the definitions of `Properties/InvCliqueTopology.v`;
 * the invariant that explains its failures is `invariants/blockchain/clique.ts`.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { subset } from '../prelude/seq.js'
import { dom, entries, undef, valid } from '../prelude/unionMap.js'
import type { Address, NetAddr } from '../system/address.js'
import type { NetworkOf } from '../system/network.js'
import type { StateMap } from '../system/states.js'
import type { Forest } from './forests.js'
import type { InvMisc, World } from './invMisc.js'
import type { InternalTransition, Message, State } from './protocol.js'
import type { Blockchain, BlockTree, Types } from './types.js'

/** The witnesses of the clique invariant's existentials: a chain, a tree, and an address. */
export interface CliqueWitness<T extends Types> {
  readonly bc: Blockchain<T>
  readonly bt: BlockTree<T>
  /** The node that holds the chain. Without it: an address that has no state, of which `holds` is true. */
  readonly n?: Address
}

/**
 * Some address has no state. Coq's type of addresses is not empty, so that there is such an address where there is no node.
 */
export const someVacant = <State>(A: NetAddr, nodes: StateMap<State>): boolean =>
  dom(nodes).length === 0 || !subset(A.Address)(A.enum, dom(nodes))

/**
 * The functor `CliqueConsensus`.
 * @coq Properties/InvCliqueTopology.v CliqueConsensus
 */
export const CliqueConsensus = <T extends Types>(
  A: NetAddr,
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
   * 1. the address n holds the canonical chain, if it has a state, or the canonical tree is undefined;
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
      (n === undefined ? someVacant(A, w.localState) : holds(n, w, (st) => has_chain(bc, st))) || !valid(bt),
      (valid_with_bc(bt, bc) && largest_chain(w, bc)) || !valid(bt),
      good_bt(bt),
      nodes.every(([, st]) => subset(A.Address)(dom(w.localState), st.peers)),
      nodes.every(([m, st]) => treeEq.equals(bt, canonicalTree(m, st, w)))
    ]
  }

  /**
   * Witnesses that satisfy the clauses, if any do. Clause 5 fixes the tree where there is a node (any node's canonical
   * tree), and clause 2 the chain; where there is no node an undefined tree satisfies all clauses. An address is sought
   * that holds the chain: a node, or one without a state.
   */
  const witness = (w: World<T>): Option<CliqueWitness<T>> => {
    const nodes = entries(w.localState)
    const [bt = undef] = nodes.slice(0, 1).map(([n, st]) => canonicalTree(n, st, w))
    const bc = btChain(bt)
    const holder = valid(bt) ? nodes.find(([, st]) => has_chain(bc, st)) : nodes[0]
    return holder !== undefined
      ? O.some({ bc, bt, n: holder[0] })
      : someVacant(A, w.localState)
        ? O.some({ bc, bt })
        : O.none
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
