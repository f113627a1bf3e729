/**
 * What the case files of the conformance vectors have in common, as `test/vectors/VECTORS.md` defines it: blocks, trees,
 * states, messages, and the head of a case. The rest of a case is in the `codec.ts` of its family.
 *
 * A block is written as its index in the case's table `blocks`. How large an index may be differs from case to case, so
 * that whatever contains one has a codec that is a function of the size of the table.
 */
import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { Hash, Transaction } from '../../spec/blockchain/codec.js'
import { longestChain } from '../../spec/blockchain/instances/longestChain.js'
import { powGenesis } from '../../spec/blockchain/instances/proofOfWork.js'
import { Address } from '../../spec/system/codec.js'

/** The values of a codec that have a property, which the name tells. */
export const suchThat = <A, O>(codec: t.Type<A, O>, name: string, holds: (a: A) => boolean): t.Type<A, O> =>
  new t.Type(
    name,
    (u): u is A => codec.is(u) && holds(u),
    (u, context) => {
      const decoded = codec.validate(u, context)
      return isRight(decoded) && !holds(decoded.right) ? t.failure(u, context) : decoded
    },
    codec.encode
  )

/** An index of a table of that size. */
export const indexBelow = (size: number, name: string) =>
  suchThat(t.number, name, (n) => Number.isInteger(n) && n >= 0 && n < size)

/** A number of the files: a proof, a time, a count, a work. */
export const Natural = indexBelow(2 ** 31, 'a natural number below 2^31')

/** A block of a table of that size. */
export const blockId = (size: number) => indexBelow(size, `a block id below ${size}`)

/** A value or `null`, which stands for absence. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null], `${codec.name}, or null`)

export const hashes = t.array(Hash, 'a list of hashes')
export const booleans = t.array(t.boolean, 'a list of booleans')
export const transactions = t.array(Transaction, 'a list of transactions')
const addresses = t.array(Address, 'a list of addresses')

/** An entry of the table of blocks: the block, and the value of `hashB` on it in this case. */
const TableBlock = t.type({ prev: Hash, txs: transactions, proof: Natural, hash: Hash }, 'a block')
export type TableBlock = t.TypeOf<typeof TableBlock>

/** What tells a block from every other: its three components. */
export const blockKey = ({ prev, txs, proof }: BlockParts): string => JSON.stringify([prev, txs, proof])

interface BlockParts {
  readonly prev: string
  readonly txs: ReadonlyArray<string>
  readonly proof: number
}

/** There are no two elements with one key. */
export const distinct =
  <A>(key: (a: A) => string) =>
  (list: ReadonlyArray<A>): boolean =>
    new Set(list.map(key)).size === list.length

/** The genesis block of each instance. */
export const genesisBlock = { pow: powGenesis, simple: longestChain().params.GenesisBlock }

const isGenesis = (inst: Inst, b: TableBlock): boolean => {
  const { prevBlockHash, txs, proof } = genesisBlock[inst]
  return blockKey(b) === blockKey({ prev: prevBlockHash, txs, proof })
}

/** The table of blocks. */
const blocksCodec = (inst: Inst) =>
  suchThat(
    t.array(TableBlock),
    `distinct blocks, the genesis block of ${inst} first`,
    (blocks) => distinct(blockKey)(blocks) && blocks.findIndex((b) => isGenesis(inst, b)) === 0
  )

/** The kind of a case: a forest that grows, one transition of one node, or an execution of a network. */
export const Family = t.keyof({ forest: null, local: null, trace: null }, '"forest", "local" or "trace"')
export type Family = t.TypeOf<typeof Family>

/** The instance of a case: `pow` is proof of work, `simple` is longest chain. */
export const Inst = t.keyof({ pow: null, simple: null }, '"pow" or "simple"')
export type Inst = t.TypeOf<typeof Inst>

/** What says how to read the rest of a case. */
export const CaseKind = t.type({ family: Family, inst: Inst }, 'a case')
export type CaseKind = t.TypeOf<typeof CaseKind>

/** What every case of an instance has. */
export const caseHead = ({ inst }: CaseKind) =>
  t.type({ id: t.string, tags: t.array(t.string, 'a list of tags'), blocks: blocksCodec(inst) }, 'a case')
export type CaseHead = CaseKind & t.TypeOf<ReturnType<typeof caseHead>>

/** A list of blocks: a chain, or what is to be compared with one. */
export const chainCodec = (size: number) => t.array(blockId(size), 'a list of block ids')

const increasing = (keys: ReadonlyArray<string>): boolean =>
  keys.every((h, i) => keys.slice(i - 1, i).every((g) => g < h))

/** A block tree: its entries, or `null` for the undefined one. */
export const treeCodec = (size: number) => {
  const entry = t.tuple([Hash, blockId(size)], 'an entry [hash, block id]')
  const entries = suchThat(t.array(entry), 'a tree: entries [hash, block id] in increasing order of the hashes', (es) =>
    increasing(es.map(([h]) => h))
  )
  return nullable(entries)
}
export type WrittenTree = t.TypeOf<ReturnType<typeof treeCodec>>

/** A local state. */
export const stateCodec = (size: number) =>
  t.type({ id: Address, peers: addresses, bt: treeCodec(size), pool: transactions }, 'a state')
export type WrittenState = t.TypeOf<ReturnType<typeof stateCodec>>

/** A message. */
export const messageCodec = (size: number) =>
  t.union(
    [
      t.type({ k: t.literal('Addr'), peers: addresses }, 'Addr'),
      t.type({ k: t.literal('Connect') }, 'Connect'),
      t.type({ k: t.literal('Block'), b: blockId(size) }, 'Block'),
      t.type({ k: t.literal('Tx'), tx: Transaction }, 'Tx'),
      t.type({ k: t.literal('Inv'), hs: hashes }, 'Inv'),
      t.type({ k: t.literal('GetData'), h: Hash }, 'GetData')
    ],
    'a message'
  )
export type WrittenMessage = t.TypeOf<ReturnType<typeof messageCodec>>

/** A packet. */
export const packetCodec = (size: number) =>
  t.tuple([Address, Address, messageCodec(size)], 'a packet [source, destination, message]')
export type WrittenPacket = t.TypeOf<ReturnType<typeof packetCodec>>

/** What a case says of the parameters: the hash of each transaction, and the result of `genProof` at each time. */
export const oracles = {
  txHash: t.record(t.string, Hash, 'an object of hashes'),
  genProof: t.record(
    t.string,
    nullable(t.type({ txs: transactions, proof: Natural }, 'a result {txs, proof}')),
    'an object of results of genProof'
  )
}

export type Oracles = t.TypeOfProps<typeof oracles>

/** The announcement of a transaction. */
export const TxT = t.type({ k: t.literal('TxT'), tx: Transaction }, 'TxT')

/** The attempt to mint a block. */
export const MintT = t.type({ k: t.literal('MintT') }, 'MintT')
export type WrittenTransition = t.TypeOf<typeof TxT> | t.TypeOf<typeof MintT>
