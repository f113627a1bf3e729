/**
 * The clique invariant and the consensus theorem in the edition of 2018 (`Properties/InvCliqueTopology.v` of that branch).
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { subset } from '../../../prelude/seq.js'
import { dom, entries, range } from '../../../prelude/unionMap.js'
import type { Address } from '../../../system/address.js'
import type { NetworkOf, World as SystemWorld } from '../../../system/network.js'
import type { Forest } from '../../forests.js'
import type { CliqueWitness } from '../../invCliqueTopology.js'
import { InvMisc } from '../../invMisc.js'
import type { InternalTransition, State } from '../../protocol.js'
import type { Block, Blockchain, BlockTree, Types } from '../../types.js'
import type { LocalProtocol, Message } from './protocol.js'

/** A world of the edition. */
export type World<T extends Types> = SystemWorld<State<T>, Message<T>>

/** What the invariant of the edition talks about, and the invariant. */
export const CliqueConsensus = <T extends Types>(
  Address: Eq<Address>,
  F: Forest<T>,
  Pr: LocalProtocol<T>,
  { Coh, holds }: NetworkOf<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>
) => {
  const { btChain, btExtendAll, geq, good_bt, treeEq } = F
  const { has_chain, valid_with_bc } = InvMisc(Address, F, Pr.main)

  /** The block of each packet in flight to n, in order: the genesis block for every packet that carries none. */
  const blocksFor = (n: Address, w: World<T>): ReadonlyArray<Block<T>> =>
    w.inFlightMsgs.filter((p) => Address.equals(p.dst, n)).map((p) => Pr.msg_block(p.msg))

  /** `bc` is as good as the chain of every node, or better. */
  const largest_chain = (w: World<T>, bc: Blockchain<T>): boolean =>
    range(w.localState).every((st) => geq(bc, btChain(st.blockTree)))

  const canonicalTree = (n: Address, st: State<T>, w: World<T>): BlockTree<T> =>
    btExtendAll(st.blockTree, blocksFor(n, w))

  /**
   * The six clauses of the clique invariant for given witnesses. No tree is ever undefined, so that nothing is
   * excepted:
   *
   * 1. the node n holds the canonical chain;
   * 2. the canonical chain is the largest in the network;
   * 3. it is that of the canonical tree, which is defined, keyed by hashes, and has genesis;
   * 4. every block of the canonical tree has a good chain whose transactions are valid;
   * 5. every node has all nodes among its peers;
   * 6. each node's tree, extended by the blocks in flight to it, is the canonical tree.
   */
  const clauses = (
    w: World<T>,
    { bc, bt, n }: CliqueWitness<T>
  ): readonly [boolean, boolean, boolean, boolean, boolean, boolean] => {
    const nodes = entries(w.localState)
    return [
      holds(n, w, (st) => has_chain(bc, st)),
      largest_chain(w, bc),
      valid_with_bc(bt, bc),
      good_bt(bt),
      nodes.every(([, st]) => subset(Address)(dom(w.localState), st.peers)),
      nodes.every(([m, st]) => treeEq.equals(bt, canonicalTree(m, st, w)))
    ]
  }

  /** The only candidates for the witnesses: clause 6 fixes the tree, clause 3 the chain; the node is sought. */
  const witness = (w: World<T>): Option<CliqueWitness<T>> => {
    const nodes = entries(w.localState)
    return O.Monad.chain(O.fromNullable(nodes[0]), ([first, st]) => {
      const bt = canonicalTree(first, st, w)
      const bc = btChain(bt)
      const holder = nodes.find(([, other]) => has_chain(bc, other))
      return O.fromNullable(holder && { bc, bt, n: holder[0] })
    })
  }

  /** The clique invariant: coherence, and witnesses that satisfy the six clauses. */
  const clique_inv = (w: World<T>): boolean =>
    Coh(w) && O.exists((found: CliqueWitness<T>) => clauses(w, found).every((clause) => clause))(witness(w))

  /**
   * The conclusion of the consensus theorem: some chain is the largest in the network, and *each node* to which nothing is
   * in flight has it. In the main edition all nodes must be quiet before anything is said.
   *
   * If there is such a chain, the largest of the nodes' own chains is one.
   */
  const clique_eventual_consensus = (w: World<T>): boolean => {
    const nodes = entries(w.localState)
    const quiet = nodes.filter(([n]) => blocksFor(n, w).length === 0)
    const agreed = (bc: Blockchain<T>): boolean => largest_chain(w, bc) && quiet.every(([, st]) => has_chain(bc, st))
    return nodes.length === 0 || nodes.some(([, st]) => agreed(btChain(st.blockTree)))
  }

  return { blocksFor, largest_chain, canonicalTree, clauses, witness, clique_inv, clique_eventual_consensus }
}
