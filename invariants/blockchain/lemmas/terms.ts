/**
 * The terms that the lemmas speak of: short names for the types of named values (`Tree<T, t>` is a tree that the compiler
 * knows by the name t), the premises that recur, and the quantifiers that several files share.
 */
import * as fc from 'fast-check'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { InternalTransition, LocalStep, Message, MessageType, State } from '../../../spec/blockchain/protocol.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { Named } from '../../proof/kernel.js'
import { forall } from '../../proof/lemma.js'
import type { Condition } from './networkSetting.js'
import type { Theory } from './theory.js'

// ----------------------------------------------------------------------------------------------------- lists of anything

/** An element of a list. */
export type El<A, N> = Named<A, N>
/** A list of them. */
export type Seq<A, N> = Named<ReadonlyArray<A>, N>

// --------------------------------------------------------------------------------------------------------------- forests

/** A block tree. */
export type Tree<T extends Types, N> = Named<BlockTree<T>, N>
/** A block. */
export type Blk<T extends Types, N> = Named<Block<T>, N>
/** A list of blocks. */
export type Blks<T extends Types, N> = Named<ReadonlyArray<Block<T>>, N>
/** A chain. */
export type Chain<T extends Types, N> = Named<Blockchain<T>, N>
/** A list of chains. */
export type Chains<T extends Types, N> = Named<ReadonlyArray<Blockchain<T>>, N>
/** A hash: a key of a tree. */
export type Hash<T extends Types, N> = Named<T['Hash'], N>
/** A list of hashes. */
export type Keys<T extends Types, N> = Named<ReadonlyArray<T['Hash']>, N>
/** A transaction. */
export type Tx<T extends Types, N> = Named<T['Transaction'], N>
/** A number. */
export type Num<N> = Named<number, N>

// -------------------------------------------------------------------------------------------------------------- networks

/** An address. */
export type Addr<N> = Named<Address, N>
/** A list of addresses. */
export type Addrs<N> = Named<ReadonlyArray<Address>, N>
/** The local state of a node. */
export type St<T extends Types, N> = Named<State<T>, N>
/** A message. */
export type Msg<T extends Types, N> = Named<Message<T>, N>
/** The kind of a message. */
export type MsgType<N> = Named<MessageType, N>
/** A packet. */
export type Pkt<T extends Types, N> = Named<Packet<Message<T>>, N>
/** A list of packets. */
export type Pkts<T extends Types, N> = Named<ReadonlyArray<Packet<Message<T>>>, N>
/** An internal transition. */
export type Trans<T extends Types, N> = Named<InternalTransition<T>, N>
/** A timestamp. */
export type Time<T extends Types, N> = Named<T['Timestamp'], N>
/** A local step. */
export type Step<T extends Types, N> = Named<LocalStep<T>, N>
/** A world: the states of all nodes and the packets in flight. */
export type Wld<T extends Types, N> = Named<World<T>, N>
/** What qualifies a step of the network: when it happens, and who may act. */
export type Qual<T extends Types, N> = Named<Qualifier<T['Timestamp']>, N>
/** A condition on local states. */
export type Cond<T extends Types, N> = Named<Condition<T>, N>

// -------------------------------------------------------------------------------------------------------------- premises

/**
 * V(u), H(t), I(t): what most lemmas of Coq suppose of a tree t that has grown to u, or of t alone, if u is t. The grown
 * tree is defined; t is keyed by hashes and holds genesis.
 */
export const rooted =
  <T extends Types>({ words: { valid, validH, has_init_block } }: Theory<T>) =>
  <u, t>(grown: Tree<T, u>, bt: Tree<T, t>) =>
    [valid(grown), validH(bt), has_init_block(bt)] as const

// ----------------------------------------------------------------------------------------------------------- quantifiers

/** For all trees. */
export const t_alone = <T extends Types>({ sorts: { tree } }: Theory<T>) => forall('bt', tree)
/** For all trees and blocks. */
export const t_b = <T extends Types>({ sorts: { tree, block } }: Theory<T>) => forall('bt b', tree, block)
/** For all trees and two blocks. */
export const t_a_b = <T extends Types>({ sorts: { tree, block } }: Theory<T>) => forall('bt a b', tree, block, block)
/** For all trees and lists of blocks. */
export const t_l = <T extends Types>({ sorts: { tree, blocks } }: Theory<T>) => forall('bt l', tree, blocks)
/** For all trees and two lists of blocks. */
export const t_l_m = <T extends Types>({ sorts: { tree, blocks } }: Theory<T>) => forall('bt l m', tree, blocks, blocks)
/** For all trees, lists of blocks, and blocks. */
export const t_l_b = <T extends Types>({ sorts: { tree, blocks, block } }: Theory<T>) =>
  forall('bt l b', tree, blocks, block)
/** For all trees and blocks, most of the time one of the tree. */
export const t_b_within = <T extends Types>(theory: Theory<T>) => {
  const { tree, blockOf } = theory.sorts
  return t_b(theory).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), blockOf(bt))),
    (drawn) => drawn
  )
}
/** For all trees and two blocks, the second most of the time one of the tree. */
export const t_a_b_within = <T extends Types>(theory: Theory<T>) => {
  const { tree, block, blockOf } = theory.sorts
  return t_a_b(theory).drawnBy(
    tree.sample.chain((bt) => fc.tuple(fc.constant(bt), block.sample, blockOf(bt))),
    (drawn) => drawn
  )
}
