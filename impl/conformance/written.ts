/**
 * Between the values of the spec and how a case writes them: blocks as indices in the table of the case, trees as lists
 * of entries. What the spec has produced may contain a block that the table lacks; it is then written out.
 */
import type { Hash } from '../../spec/blockchain/codec.js'
import { hashOf } from '../../spec/blockchain/codec.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import type { InternalTransition, Message as SpecMessage, State as SpecState } from '../../spec/blockchain/protocol.js'
import { MintT } from '../../spec/blockchain/protocol.js'
import type { Block as SpecBlock, BlockTree } from '../../spec/blockchain/types.js'
import { undef, valid } from '../../spec/prelude/unionMap.js'
import type { Packet as SpecPacket } from '../../spec/system/protocol.js'
import type { CaseHead, WrittenMessage, WrittenPacket, WrittenState, WrittenTransition, WrittenTree } from './codec.js'
import { blockKey, genesisBlock } from './codec.js'
import { lookup } from './table.js'

type Block = SpecBlock<TypesImpl>
type Tree = BlockTree<TypesImpl>
type State = SpecState<TypesImpl>
type Message = SpecMessage<TypesImpl>
type Packet = SpecPacket<Message>

/** Something that is not in the table of its case, spelt out. */
export interface Unlisted {
  readonly unlisted: unknown
}

/** How a case reads and writes the values of the spec. */
// eslint-disable-next-line max-lines-per-function -- a reader and a writer for each kind of value, side by side, around one table
export const Writing = ({ inst, blocks: table }: CaseHead) => {
  const blocks: ReadonlyArray<Block> = table.map(({ prev, txs, proof }) => ({ prevBlockHash: prev, txs, proof }))
  const spellOut = ({ prevBlockHash, txs, proof }: Block) => ({ prev: prevBlockHash, txs, proof })
  const key = (b: Block): string => blockKey(spellOut(b))

  /** The hash of a block; one that is not listed gets a hash that says so, and that no other block has. */
  const hashB = lookup<Block, Hash>(
    key,
    table.map((b) => [blockKey(b), b.hash]),
    (b) => hashOf(`unlisted block ${key(b)}`)
  )

  /** The codec admits no index outside the table; the genesis block is there for the type. */
  const readBlock = (id: number): Block => blocks[id] ?? genesisBlock[inst]
  const block = lookup<Block, number | Unlisted>(
    key,
    table.map((b, id) => [blockKey(b), id]),
    (b) => ({ unlisted: spellOut(b) })
  )

  const readChain = (ids: ReadonlyArray<number>): ReadonlyArray<Block> => ids.map(readBlock)
  const chain = (bc: ReadonlyArray<Block>) => bc.map(block)

  const readTree = (bt: WrittenTree): Tree =>
    bt === null ? undef : { _tag: 'Def', entries: bt.map(([h, id]) => [h, readBlock(id)]) }
  const tree = (bt: Tree) => (valid(bt) ? bt.entries.map(([h, b]) => [h, block(b)]) : null)

  const readState = ({ id, peers, bt, pool }: WrittenState): State => ({
    id,
    peers,
    blockTree: readTree(bt),
    txPool: pool
  })
  const state = ({ id, peers, blockTree, txPool }: State) => ({ id, peers, bt: tree(blockTree), pool: txPool })

  const readMessage = (m: WrittenMessage): Message => {
    switch (m.k) {
      case 'Addr':
        return { _tag: 'AddrMsg', peers: m.peers }
      case 'Connect':
        return { _tag: 'ConnectMsg' }
      case 'Block':
        return { _tag: 'BlockMsg', block: readBlock(m.b) }
      case 'Tx':
        return { _tag: 'TxMsg', tx: m.tx }
      case 'Inv':
        return { _tag: 'InvMsg', hashes: m.hs }
      case 'GetData':
        return { _tag: 'GetDataMsg', hash: m.h }
    }
  }
  const message = (m: Message) => {
    switch (m._tag) {
      case 'AddrMsg':
        return { k: 'Addr', peers: m.peers }
      case 'ConnectMsg':
        return { k: 'Connect' }
      case 'BlockMsg':
        return { k: 'Block', b: block(m.block) }
      case 'TxMsg':
        return { k: 'Tx', tx: m.tx }
      case 'InvMsg':
        return { k: 'Inv', hs: m.hashes }
      case 'GetDataMsg':
        return { k: 'GetData', h: m.hash }
    }
  }

  const readTransition = (tr: WrittenTransition): InternalTransition<TypesImpl> =>
    tr.k === 'MintT' ? MintT : { _tag: 'TxT', tx: tr.tx }

  const readPacket = ([src, dst, m]: WrittenPacket): Packet => ({ src, dst, msg: readMessage(m) })
  const packet = ({ src, dst, msg }: Packet) => [src, dst, message(msg)]

  return {
    blocks,
    hashB,
    readBlock,
    block,
    readChain,
    chain,
    readTree,
    tree,
    readState,
    state,
    readMessage,
    readTransition,
    readPacket,
    packet
  }
}

/** How a case reads and writes the values of the spec. */
export type Writing = ReturnType<typeof Writing>
