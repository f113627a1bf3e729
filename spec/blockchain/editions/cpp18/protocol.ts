/**
 * The local protocol in the edition of 2018 (`Systems/Protocol.v` of that branch), as its differences from `protocol.ts`.
 */
import * as E from 'fp-ts/lib/Eq.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { isIn, last, undup } from '../../../prelude/seq.js'
import { valid } from '../../../prelude/unionMap.js'
import { Address } from '../../../system/codec.js'
import type { NetAddr } from '../../../system/address.js'
import { emitBroadcast, emitMany, emitOne } from '../../../system/protocol.js'
import type { Packet, Protocol as SystemProtocol, ToSend } from '../../../system/protocol.js'
import type { Forest } from '../../forests.js'
import * as main from '../../protocol.js'
import { MintT } from '../../protocol.js'
import type { InternalTransition, State } from '../../protocol.js'
import type { Block, Types, TypesOrd } from '../../types.js'
import { asMain } from './parameters.js'
import type { ConsensusParams } from './parameters.js'

/** The message that stands for none. */
export interface NullMsg {
  readonly _tag: 'NullMsg'
}

/** The messages of the edition: one kind more. */
export type Message<T extends Types> = main.Message<T> | NullMsg

/** A message that the main edition has as well. */
export const isOfMain = <T extends Types>(msg: Message<T>): msg is main.Message<T> => msg._tag !== 'NullMsg'

/** The kinds of message. */
export type MessageType = main.MessageType | 'MNull'

/** The kind of a message. */
export const msg_type = <T extends Types>(msg: Message<T>): MessageType =>
  isOfMain(msg) ? main.msg_type(msg) : 'MNull'

/** The address 0. Nodes have the addresses from 1 on, so that nobody is there. */
const nobody: ReadonlyArray<Address> = [0].filter(Address.is)

/** The packet that stands for none: from nobody to nobody. */
const nullPackets: ReadonlyArray<Packet<NullMsg>> = nobody.map((n) => ({ src: n, dst: n, msg: { _tag: 'NullMsg' } }))

/** Send nothing, which is to send a null packet. Nothing ever takes it out of flight. */
export const emitZero: ToSend<NullMsg> = nullPackets

/** The protocol of the edition for given types, parameters, forests and addresses. */
export const Protocol = <T extends Types>(
  T: TypesOrd<T> & { readonly Timestamp: Eq<T['Timestamp']> },
  P: ConsensusParams<T>,
  F: Forest<T>,
  A: NetAddr
  // eslint-disable-next-line max-lines-per-function -- a functor of the Coq development of 2018, whole
) => {
  type S = State<T>
  type M = Message<T>

  const local = main.Protocol(T, asMain(P), F, A)
  const { btChain, btExtend, get_block } = F
  const { GenesisBlock, genProof, hashB, txValid, VAF } = P
  const isPeer = isIn(A.Address)

  /** What a node does with a message: with a block, a transaction, an inventory, the same as in the main edition. */
  const procMsg = (st: S, from: Address, msg: M, ts: T['Timestamp']): readonly [S, ToSend<M>] => {
    const { id: n, peers: prs, blockTree: bt, txPool: pool } = st
    switch (msg._tag) {
      case 'ConnectMsg':
        // Always welcome, and told what there is; nobody else learns of it.
        return [
          { ...st, peers: undup(A.Address)([from, ...prs]) },
          emitOne<M>({ src: n, dst: from, msg: { _tag: 'InvMsg', hashes: local.ownHashes(bt, pool) } })
        ]
      case 'AddrMsg': {
        // Passed on to all peers, even where there is nothing new in it.
        const newP = msg.peers.filter((p) => !isPeer(p, prs))
        const updP = undup(A.Address)([...prs, ...newP])
        return [
          { ...st, peers: updP },
          [
            ...emitMany<M>(newP.map((p) => ({ src: n, dst: p, msg: { _tag: 'ConnectMsg' } }))),
            ...emitBroadcast<M>(n, prs, { _tag: 'AddrMsg', peers: updP })
          ]
        ]
      }
      case 'GetDataMsg':
        // `get_block` finds genesis under every hash that it does not know, so that the original's code for answering
        // with a transaction cannot be reached.
        return A.Address.equals(from, n)
          ? [st, emitZero]
          : [st, emitOne<M>({ src: n, dst: from, msg: { _tag: 'BlockMsg', block: get_block(bt, msg.hash) } })]
      case 'NullMsg':
        return [st, emitZero]
      case 'BlockMsg':
      case 'TxMsg':
      case 'InvMsg':
        return local.procMsg(st, from, msg, ts)
    }
  }

  /** What a node does by itself: it announces a transaction as in the main edition, and mints in its own way. */
  const procInt = (st: S, tr: InternalTransition<T>, ts: T['Timestamp']): readonly [S, ToSend<M>] => {
    const { id: n, peers: prs, blockTree: bt, txPool: pool } = st
    switch (tr._tag) {
      case 'TxT':
        return local.procInt(st, tr, ts)
      case 'MintT': {
        const bc = btChain(bt)
        const attempt = genProof(n, bc, ts)
        if (O.isNone(attempt)) return [st, emitZero]
        if (!VAF(attempt.value, ts, bc)) return [st, emitZero]
        // The original asks `tx_valid_block` of the block, which holds of all transactions that this lets through.
        const allowedTxs = pool.filter((t) => txValid(t, bc))
        const block: Block<T> = {
          prevBlockHash: hashB(last(GenesisBlock, bc)),
          txs: allowedTxs,
          proof: attempt.value
        }
        const newBt = btExtend(bt, block)
        const newBc = btChain(newBt)
        return [
          { ...st, blockTree: newBt, txPool: pool.filter((t) => txValid(t, newBc)) },
          emitBroadcast<M>(n, prs, { _tag: 'BlockMsg', block })
        ]
      }
    }
  }

  /** The block that a message carries; genesis for every message that carries none. */
  const msg_block = (msg: M): Block<T> => (isOfMain(msg) ? local.msg_block(msg) : GenesisBlock)

  /** Messages are equal iff they are of one kind and carry equal payloads. */
  const eq_msg: Eq<M> = E.fromEquals((a, b) =>
    isOfMain(a) && isOfMain(b) ? local.eq_msg.equals(a, b) : a._tag === b._tag
  )

  const protocol: SystemProtocol<S, M, InternalTransition<T>, T['Timestamp']> = {
    ...local.protocol,
    procMsg,
    procInt,
    coherent: [
      { name: 'valid', says: 'the tree is defined', holds: (st) => valid(st.blockTree) },
      ...local.protocol.coherent
    ],
    transitionsBehind: (sent) => [
      MintT,
      ...sent.flatMap((p) => (p.msg._tag === 'TxMsg' ? [{ _tag: 'TxT', tx: p.msg.tx } as const] : []))
    ],
    Message: eq_msg
  }

  return { ...protocol, protocol, main: local, msg_block, eq_msg }
}

/** What `Protocol(T, P, F, A)` returns. */
export type LocalProtocol<T extends Types> = ReturnType<typeof Protocol<T>>
