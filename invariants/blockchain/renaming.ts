/**
 * Toychain up to the names of its nodes: what becomes of states, messages and environments when nodes are called
 * otherwise.
 */
import { entries, unionMap } from '../../spec/prelude/unionMap.js'
import type { Address, NetAddr } from '../../spec/system/address.js'
import type { Faulty } from '../../spec/system/adversary.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Block, BlockTree, Types, TypesOrd } from '../../spec/blockchain/types.js'
import type { Renaming, Symmetry } from '../checker/network/symmetry.js'

/** What becomes of the blocks of an instance, which may name who minted them. */
export interface BlockRenaming<T extends Types> {
  readonly block: (to: Renaming, b: Block<T>) => Block<T>
  /** The hash of a renamed block, from the hash of the block. */
  readonly hashB: (to: Renaming, h: T['Hash']) => T['Hash']
  /** A hash is that of a block, not of a transaction. */
  readonly isBlock: (h: T['Hash']) => boolean
}

/** Blocks that name no node. */
export const namelessBlocks = <T extends Types>(): BlockRenaming<T> => ({
  block: (_, b) => b,
  hashB: (_, h) => h,
  isBlock: () => false
})

/** The symmetry of Toychain, where blocks are renamed so. */
export const toychainSymmetry = <T extends Types, Env>(
  { Hash }: Pick<TypesOrd<T>, 'Hash'>,
  nodes: NetAddr,
  { block, hashB, isBlock }: BlockRenaming<T>
): Symmetry<Faulty<Env>, State<T>, Message<T>> => {
  const byAddress = (ns: ReadonlyArray<Address>): ReadonlyArray<Address> => [...ns].sort(nodes.Address.compare)
  const tree = (to: Renaming, bt: BlockTree<T>): BlockTree<T> =>
    bt._tag === 'Undef'
      ? bt
      : unionMap<T['Hash']>(Hash).fromEntries(entries(bt).map(([h, b]) => [hashB(to, h), block(to, b)] as const))
  /** Inventories have the hashes of blocks in the order of trees. */
  const inventory = (to: Renaming, hashes: ReadonlyArray<T['Hash']>): ReadonlyArray<T['Hash']> => {
    const blocks = hashes.filter(isBlock).map((h) => hashB(to, h))
    return [...blocks.sort(Hash.compare), ...hashes.filter((h) => !isBlock(h))]
  }
  /** A cut is named by the side without the first node. */
  const side = (ns: ReadonlyArray<Address>): ReadonlyArray<Address> => {
    const [first] = nodes.enum
    const isOther = first !== undefined && ns.includes(first)
    return nodes.enum.filter((n) => ns.includes(n) !== isOther)
  }
  return {
    env: (to, e) => ({ ...e, cutOff: e.cutOff.length === 0 ? e.cutOff : side(e.cutOff.map(to)) }),
    state: (to, st) => ({
      ...st,
      id: to(st.id),
      peers: byAddress(st.peers.map(to)),
      blockTree: tree(to, st.blockTree)
    }),
    message: (to, m) => {
      switch (m._tag) {
        case 'AddrMsg':
          return { ...m, peers: byAddress(m.peers.map(to)) }
        case 'BlockMsg':
          return { ...m, block: block(to, m.block) }
        case 'InvMsg':
          return { ...m, hashes: inventory(to, m.hashes) }
        case 'GetDataMsg':
          return isBlock(m.hash) ? { ...m, hash: hashB(to, m.hash) } : m
        case 'ConnectMsg':
        case 'TxMsg':
          return m
      }
    }
  }
}
