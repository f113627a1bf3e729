/**
 * How trees and chains grow: what a node has it keeps, its chain is given up for a better one only, and blocks are minted
 * on the best chain, by one fork choice for all nodes.
 */
import { foldl, isIn } from '../../spec/prelude/seq.js'
import { valid } from '../../spec/prelude/unionMap.js'
import type { State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, Types } from '../../spec/blockchain/types.js'
import { nodeStep } from '../property/property.js'
import type { ToychainProperty } from './model.js'
import { Words } from './pictures.js'
import { reaction, unlessBroadcast } from './reactions.js'
import type { ToychainReaction } from './reactions.js'

/** The blocks that a node mints in what it does: those that it sends of its own accord. */
const minted = <T extends Types>(
  { forest }: Toychain<T>,
  { to, sent }: ToychainReaction<T>
): ReadonlyArray<Block<T>> => {
  if (to._tag !== 'Internal' || to.transition._tag !== 'MintT') return []
  const blocks = sent.flatMap(({ msg }) => (msg._tag === 'BlockMsg' ? [msg.block] : []))
  return blocks.filter((b, i) => !isIn(forest.blockEq)(b, blocks.slice(0, i)))
}

/** A tree gains the block that arrives, or that is minted, and nothing else. */
const trees = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { forest } = toychain
  const words = Words(toychain)
  return reaction(
    toychain,
    'tree',
    'a block that arrives, or that a node mints, is added to its tree, and nothing else changes the tree',
    (did) => {
      const { before, after, to } = did
      const gained = to._tag === 'Message' && to.msg._tag === 'BlockMsg' ? [to.msg.block] : minted(toychain, did)
      const expected = foldl(forest.btExtend, before.blockTree, gained)
      return after.blockTree === expected || forest.treeEq.equals(after.blockTree, expected)
        ? []
        : [`has the tree ${words.tree(after.blockTree)}, expected ${words.tree(expected)}`]
    }
  )
}

/**
 * A chain is irrevocable up to reorganisation: it is continued, or given up for a better one. (Where a collision makes the
 * tree undefined, nothing is left of it.)
 */
const irrevocability = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { btChain, chainEq } = toychain.forest
  const { FCR } = toychain.params
  const words = Words(toychain)
  return nodeStep(
    'irrevocability',
    "a node's chain is continued, or given up for one that is better (or a collision has happened)",
    (node, before: State<T>, after) => {
      if (before.blockTree === after.blockTree || !valid(after.blockTree)) return []
      const [old, now] = [btChain(before.blockTree), btChain(after.blockTree)]
      return old === now || FCR(now, old) || chainEq.equals(old, now.slice(0, old.length))
        ? []
        : [{ node, witness: `gives its chain ${words.chain(old)} up for ${words.chain(now)}, which is not better` }]
    }
  )
}

/** Blocks are minted on the best chain, with transactions of the pool that are valid after it, for all peers. */
const minting = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { forest, params, types } = toychain
  const words = Words(toychain)
  const among = isIn(types.Transaction)
  return reaction(
    toychain,
    'minting',
    'a block is minted on the best chain of the tree, is valid after it with all its transactions, and goes to all peers',
    (did) => {
      const { blockTree, txPool } = did.before
      const blocks = minted(toychain, did)
      if (blocks.length === 0) return []
      const bc = forest.btChain(blockTree)
      const above = params.hashB(forest.lastBlock(bc))
      return [
        ...blocks.flatMap((b) => [
          ...(types.Hash.equals(b.prevBlockHash, above)
            ? []
            : [`mints ${words.block(b)} on ${words.label(b.prevBlockHash)}, its best chain is ${words.chain(bc)}`]),
          ...(forest.valid_chain_block(bc, b) ? [] : [`mints ${words.block(b)}, not valid after ${words.chain(bc)}`]),
          ...b.txs
            .filter((t) => !among(t, txPool) || !params.txValid(t, bc))
            .map((t) => `mints ${words.block(b)} with ${words.label(params.hashT(t))}, not pooled or not valid`)
        ]),
        ...unlessBroadcast(
          toychain,
          did,
          'the block',
          (msg) => msg._tag === 'BlockMsg' && blocks.slice(0, 1).every((b) => forest.blockEq.equals(b, msg.block))
        )
      ]
    }
  )
}

/** How trees and chains grow. */
export const growth = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<ToychainProperty<T>> => [
  trees(toychain),
  irrevocability(toychain),
  minting(toychain)
]
