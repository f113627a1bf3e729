/**
 * What crosses the boundary: hashes and transactions as branded strings, and blocks, messages, states and worlds made of
 * them.
 */
import * as t from 'io-ts'
import { unionMapCodec } from '../prelude/codec.js'
import { ordNumber } from '../prelude/order.js'
import { Address } from '../system/codec.js'
import type { World } from './invMisc.js'
import type { Message, State } from './protocol.js'
import type { Block, Types, TypesOrd } from './types.js'

const printable = /^[\x20-\x7e]*$/

export interface HashBrand {
  readonly Hash: unique symbol
}

/** A hash: printable ASCII, possibly empty, so that the order of strings is the order of character codes. */
export const Hash = t.brand(t.string, (s): s is t.Branded<string, HashBrand> => printable.test(s), 'Hash')
export type Hash = t.TypeOf<typeof Hash>

/** The hash with a given spelling; a character that no hash can have is replaced by `?`. */
export const hashOf = (s: string): Hash => (Hash.is(s) ? s : hashOf(s.replace(/[^\x20-\x7e]/g, '?')))

export interface TransactionBrand {
  readonly Transaction: unique symbol
}

/** A transaction whose content does not matter: printable ASCII, possibly empty. */
export const Transaction = t.brand(
  t.string,
  (s): s is t.Branded<string, TransactionBrand> => printable.test(s),
  'Transaction'
)
export type Transaction = t.TypeOf<typeof Transaction>

/** The transaction with a given name; a character that none can have is replaced by `?`. */
export const transactionOf = (s: string): Transaction =>
  Transaction.is(s) ? s : transactionOf(s.replace(/[^\x20-\x7e]/g, '?'))

/** How the sets of an instance are written. */
export interface TypesCodec<T extends Types> {
  readonly Hash: t.Type<T['Hash'], unknown>
  readonly VProof: t.Type<T['VProof'], unknown>
  readonly Transaction: t.Type<T['Transaction'], unknown>
}

/** How the concrete sets of `instances/typesImpl.ts` are written. */
export const typesImplCodec = { Hash, VProof: t.number, Transaction }

/** A block: `{prevBlockHash, txs, proof}`. */
export const blockCodec = <T extends Types>(T: TypesCodec<T>): t.Type<Block<T>, unknown> =>
  t.readonly(t.type({ prevBlockHash: T.Hash, txs: t.readonlyArray(T.Transaction), proof: T.VProof }), 'block')

const tagged = <Tag extends string, P extends t.Props>(tag: Tag, props: P) =>
  t.readonly(t.type({ _tag: t.literal(tag), ...props }), tag)

/** A message: its kind in `_tag`, and what it carries. */
export const messageCodec = <T extends Types>(T: TypesCodec<T>): t.Type<Message<T>, unknown> =>
  t.union(
    [
      tagged('AddrMsg', { peers: t.readonlyArray(Address) }),
      tagged('ConnectMsg', {}),
      tagged('BlockMsg', { block: blockCodec(T) }),
      tagged('TxMsg', { tx: T.Transaction }),
      tagged('InvMsg', { hashes: t.readonlyArray(T.Hash) }),
      tagged('GetDataMsg', { hash: T.Hash })
    ],
    'message'
  )

/** A local state: `{id, peers, blockTree, txPool}`, the tree as `null` or its entries. */
export const stateCodec = <T extends Types>(
  T: TypesCodec<T>,
  order: Pick<TypesOrd<T>, 'Hash'>
): t.Type<State<T>, unknown> =>
  t.readonly(
    t.type({
      id: Address,
      peers: t.readonlyArray(Address),
      blockTree: unionMapCodec(order.Hash, T.Hash, blockCodec(T)),
      txPool: t.readonlyArray(T.Transaction)
    }),
    'state'
  )

/** A world: its local states under their addresses, the packets in flight, and those consumed. */
export const worldCodec = <T extends Types>(
  T: TypesCodec<T>,
  order: Pick<TypesOrd<T>, 'Hash'>
): t.Type<World<T>, unknown> => {
  const packets = t.readonlyArray(t.readonly(t.type({ src: Address, dst: Address, msg: messageCodec(T) })))
  return t.readonly(
    t.type({
      localState: unionMapCodec(ordNumber, Address, stateCodec(T, order)),
      inFlightMsgs: packets,
      consumedMsgs: packets
    }),
    'world'
  )
}
