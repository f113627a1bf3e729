/**
 * What the invariants of a blockchain network talk about: the chain of a node, the blocks on their way to it, the
 * largest chain. Counterpart of `Properties/InvMisc.v`.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { entries, range, valid } from '../prelude/unionMap.js'
import type { Address } from '../system/address.js'
import type { World as SystemWorld } from '../system/network.js'
import type { Forest } from './forests.js'
import type { Message, State, ToychainProtocol } from './protocol.js'
import type { Block, Blockchain, BlockTree, Types } from './types.js'

/** A world of the Toychain network. */
export type World<T extends Types> = SystemWorld<State<T>, Message<T>>

/**
 * The functor `InvMisc`.
 * @coq Properties/InvMisc.v InvProps InvMisc
 */
export const InvMisc = <T extends Types>(Address: Eq<Address>, F: Forest<T>, Pr: ToychainProtocol<T>) => {
  const { btChain, chainEq, geq, has_init_block, treeEq, validH } = F

  /**
   * The node's best chain is `bc`.
   * @coq Properties/InvMisc.v has_chain
   */
  const has_chain = (bc: Blockchain<T>, st: State<T>): boolean => chainEq.equals(btChain(st.blockTree), bc)

  /**
   * The node's tree is `bt`.
   * @coq Properties/InvMisc.v has_bt
   */
  const has_bt = (bt: BlockTree<T>, st: State<T>): boolean => treeEq.equals(st.blockTree, bt)

  /**
   * The tree is defined, keyed by hashes, holds genesis, and `bc` is its best chain.
   * @coq Properties/InvMisc.v valid_with_bc
   */
  const valid_with_bc = (bt: BlockTree<T>, bc: Blockchain<T>): boolean =>
    valid(bt) && validH(bt) && has_init_block(bt) && chainEq.equals(bc, btChain(bt))

  /**
   * The block of each packet in flight to n, in order: the genesis block for every packet that carries none.
   * @coq Properties/InvMisc.v blocksFor
   */
  const blocksFor = (n: Address, w: World<T>): ReadonlyArray<Block<T>> =>
    w.inFlightMsgs.filter((p) => Address.equals(p.dst, n)).map((p) => Pr.msg_block(p.msg))

  /**
   * `bc` is as good as the chain of every node, or better.
   * @coq Properties/InvMisc.v largest_chain
   */
  const largest_chain = (w: World<T>, bc: Blockchain<T>): boolean =>
    range(w.localState).every((st) => geq(bc, btChain(st.blockTree)))

  /**
   * Nothing is in flight, and all nodes have one chain.
   * @coq Properties/InvMisc.v GStable
   */
  const GStable = (w: World<T>): boolean => {
    const chains = entries(w.localState).map(([, st]) => btChain(st.blockTree))
    return (
      w.inFlightMsgs.length === 0 &&
      chains.every((bc) => chains.slice(0, 1).every((first) => chainEq.equals(first, bc)))
    )
  }

  return { has_chain, has_bt, valid_with_bc, blocksFor, largest_chain, GStable }
}
