/**
 * The clique invariant and the consensus theorem in the edition of 2018 (`Properties/InvCliqueTopology.v` of that branch).
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { subset } from '../../../prelude/seq.js'
import { dom, entries, range, unit } from '../../../prelude/unionMap.js'
import type { Address, NetAddr } from '../../../system/address.js'
import type { NetworkOf, World as SystemWorld } from '../../../system/network.js'
import type { Forest } from '../../forests.js'
import { someVacant } from '../../invCliqueTopology.js'
import type { CliqueWitness } from '../../invCliqueTopology.js'
import { InvMisc } from '../../invMisc.js'
import type { InternalTransition, State } from '../../protocol.js'
import type { Block, Blockchain, BlockTree, Types } from '../../types.js'
import type { LocalProtocol, Message } from './protocol.js'

/** A world of the edition. */
export type World<T extends Types> = SystemWorld<State<T>, Message<T>>

/** What the invariant of the edition talks about, and the invariant. */
export const CliqueConsensus = <T extends Types>(
  A: NetAddr,
  F: Forest<T>,
  Pr: LocalProtocol<T>,
  { Coh, holds }: NetworkOf<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>
  // eslint-disable-next-line max-lines-per-function -- a section of the Coq development of 2018, whole
) => {
  const { btChain, btExtendAll, geq, good_bt, treeEq } = F
  const { has_chain, valid_with_bc } = InvMisc(A.Address, F, Pr.main)

  /** The block of each packet in flight to n, in order: the genesis block for every packet that carries none. */
  const blocksFor = (n: Address, w: World<T>): ReadonlyArray<Block<T>> =>
    w.inFlightMsgs.filter((p) => A.Address.equals(p.dst, n)).map((p) => Pr.msg_block(p.msg))

  /** `bc` is as good as the chain of every node, or better. */
  const largest_chain = (w: World<T>, bc: Blockchain<T>): boolean =>
    range(w.localState).every((st) => geq(bc, btChain(st.blockTree)))

  const canonicalTree = (n: Address, st: State<T>, w: World<T>): BlockTree<T> =>
    btExtendAll(st.blockTree, blocksFor(n, w))

  /**
   * The six clauses of the clique invariant for given witnesses. No tree is ever undefined, so that nothing is
   * excepted.
   *
   * The original's n is any natural number, and 0 is no node: since `holds` is true of an address without a state, its first
   * clause says nothing, to the letter. Here n is an address of the network, as in the main edition.
   *
   * 1. the address n holds the canonical chain, if it has a state;
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
      n === undefined ? someVacant(A, w.localState) : holds(n, w, (st) => has_chain(bc, st)),
      largest_chain(w, bc),
      valid_with_bc(bt, bc),
      good_bt(bt),
      nodes.every(([, st]) => subset(A.Address)(dom(w.localState), st.peers)),
      nodes.every(([m, st]) => treeEq.equals(bt, canonicalTree(m, st, w)))
    ]
  }

  /**
   * Witnesses that satisfy the clauses, if any do. Clause 6 fixes the tree where there is a node, and clause 3 the chain;
   * where there is no node the tree of genesis satisfies all clauses. The address is sought.
   */
  const witness = (w: World<T>): Option<CliqueWitness<T>> => {
    const nodes = entries(w.localState)
    const [bt = btExtendAll(unit, btChain(unit))] = nodes.slice(0, 1).map(([n, st]) => canonicalTree(n, st, w))
    const bc = btChain(bt)
    const holder = nodes.find(([, st]) => has_chain(bc, st))
    return holder !== undefined
      ? O.some({ bc, bt, n: holder[0] })
      : someVacant(A, w.localState)
        ? O.some({ bc, bt })
        : O.none
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
