/**
 * The local protocol of Toychain: messages, local states, what a node does with a message and by itself.
 * Counterpart of `Systems/Protocol.v`; packets and the `emit…` functions, which every protocol shares, are in
 * `spec/system/protocol.ts`.
 */
import * as E from 'fp-ts/lib/Eq.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isIn, last, ohead, seqEq, undup, uniq } from '../prelude/seq.js'
import { dom, pts, unionMap } from '../prelude/unionMap.js'
import type { Address, NetAddr } from '../system/address.js'
import { emitBroadcast, emitMany, emitOne, emitZero } from '../system/protocol.js'
import type { Protocol as SystemProtocol, ToSend } from '../system/protocol.js'
import type { Forest } from './forests.js'
import type { ConsensusParams } from './parameters.js'
import { eq_block } from './types.js'
import type { Block, BlockTree, TxPool, Types, TypesOrd } from './types.js'

/**
 * The peers of a node, in an order that steps respect: who connects is put in front, those learnt of from others at the end.
 * @coq Systems/Protocol.v peers_t
 */
export type Peers = ReadonlyArray<Address>

/**
 * The six kinds of message.
 * @coq Systems/Protocol.v _Message Message AddrMsg ConnectMsg BlockMsg TxMsg InvMsg GetDataMsg
 */
export type Message<T extends Types> =
  /** These are peers of mine. */
  | { readonly _tag: 'AddrMsg'; readonly peers: Peers }
  /** I am a peer of yours. */
  | { readonly _tag: 'ConnectMsg' }
  /** Here is a block. */
  | { readonly _tag: 'BlockMsg'; readonly block: Block<T> }
  /** Here is a transaction. */
  | { readonly _tag: 'TxMsg'; readonly tx: T['Transaction'] }
  /** I hold what has these hashes. */
  | { readonly _tag: 'InvMsg'; readonly hashes: ReadonlyArray<T['Hash']> }
  /** Send me what has this hash. */
  | { readonly _tag: 'GetDataMsg'; readonly hash: T['Hash'] }

/**
 * The kinds of message, without their payload. They are strings, which `===` compares.
 * @coq Systems/Protocol.v _MessageType MessageType MAddr MConnect MBlock MTx MInv MGetData
 * @coq Systems/Protocol.v eq_msg_type MsgType_eqMixin MsgType_eqType
 */
export type MessageType = 'MAddr' | 'MConnect' | 'MBlock' | 'MTx' | 'MInv' | 'MGetData'

const messageTypes = {
  AddrMsg: 'MAddr',
  ConnectMsg: 'MConnect',
  BlockMsg: 'MBlock',
  TxMsg: 'MTx',
  InvMsg: 'MInv',
  GetDataMsg: 'MGetData'
} as const

/**
 * The kind of a message.
 * @coq Systems/Protocol.v msg_type
 */
export const msg_type = <T extends Types>(msg: Message<T>): MessageType => messageTypes[msg._tag]

/**
 * The two internal transitions: announce a transaction, and try to mint a block.
 * @coq Systems/Protocol.v _InternalTransition InternalTransition TxT MintT
 */
export type InternalTransition<T extends Types> =
  | { readonly _tag: 'TxT'; readonly tx: T['Transaction'] }
  | { readonly _tag: 'MintT' }

/** Try to mint a block. */
export const MintT = { _tag: 'MintT' } as const

/**
 * The local state of a node: its address, its peers, its block tree, its pool of transactions.
 * @coq Systems/Protocol.v State id peers blockTree txPool
 */
export interface State<T extends Types> {
  readonly id: Address
  readonly peers: Peers
  readonly blockTree: BlockTree<T>
  readonly txPool: TxPool<T>
}

/**
 * A step of one node as seen by that node: nothing happens, a message is received, or an internal transition is made.
 * @coq Systems/Protocol.v local_step Idle RcvMsg IntT
 */
export type LocalStep<T extends Types> =
  | { readonly _tag: 'Idle' }
  | { readonly _tag: 'RcvMsg'; readonly from: Address; readonly msg: Message<T>; readonly ts: T['Timestamp'] }
  | { readonly _tag: 'IntT'; readonly transition: InternalTransition<T>; readonly ts: T['Timestamp'] }

/**
 * The functor `Protocol (T) (P) (F) (A)`: Toychain's protocol for given types, parameters, forests and addresses.
 * @coq Systems/Protocol.v ConsensusProtocol Protocol
 */
export const Protocol = <T extends Types>(
  T: TypesOrd<T> & { readonly Timestamp: Eq<T['Timestamp']> },
  P: ConsensusParams<T>,
  F: Forest<T>,
  A: NetAddr
  // eslint-disable-next-line max-lines-per-function -- Coq's functor Protocol, whole
) => {
  type S = State<T>
  type M = Message<T>
  type Send = ToSend<M>

  const { btChain, btExtend, get_block, valid_chain_block } = F
  const { GenesisBlock, genProof, hashB, hashT, tpExtend, txValid } = P
  const blockEq = eq_block(T)
  const hashesEq = seqEq(T.Hash)
  const peersEq = seqEq(A.Address)
  const isPeer = isIn(A.Address)
  const hashIn = isIn(T.Hash)

  /**
   * The block that a message carries; the genesis block for every message that carries none.
   * @coq Systems/Protocol.v msg_block
   */
  const msg_block = (msg: M): Block<T> => (msg._tag === 'BlockMsg' ? msg.block : GenesisBlock)

  /**
   * The hashes that a message carries.
   * @coq Systems/Protocol.v msg_hashes
   */
  const msg_hashes = (msg: M): ReadonlyArray<T['Hash']> => {
    switch (msg._tag) {
      case 'InvMsg':
        return msg.hashes
      case 'GetDataMsg':
        return [msg.hash]
      case 'AddrMsg':
      case 'ConnectMsg':
      case 'BlockMsg':
      case 'TxMsg':
        return []
    }
  }

  /**
   * Messages are equal iff they are of one kind and carry equal payloads, lists in order.
   * @coq Systems/Protocol.v eq_msg Msg_eqMixin Msg_eqType MsgEq
   */
  const eq_msg: Eq<M> = E.fromEquals((a, b) => {
    switch (a._tag) {
      case 'AddrMsg':
        return b._tag === 'AddrMsg' && peersEq.equals(a.peers, b.peers)
      case 'ConnectMsg':
        return b._tag === 'ConnectMsg'
      case 'BlockMsg':
        return b._tag === 'BlockMsg' && blockEq.equals(a.block, b.block)
      case 'TxMsg':
        return b._tag === 'TxMsg' && T.Transaction.equals(a.tx, b.tx)
      case 'InvMsg':
        return b._tag === 'InvMsg' && hashesEq.equals(a.hashes, b.hashes)
      case 'GetDataMsg':
        return b._tag === 'GetDataMsg' && T.Hash.equals(a.hash, b.hash)
    }
  })

  /**
   * A node knows itself and the genesis block.
   * @coq Systems/Protocol.v Init
   */
  const Init = (n: Address): S => ({
    id: n,
    peers: [n],
    blockTree: pts(hashB(GenesisBlock), GenesisBlock),
    txPool: []
  })

  /** The hashes of all that a node holds: the keys of its tree, then its transactions. */
  const ownHashes = (bt: BlockTree<T>, pool: TxPool<T>): ReadonlyArray<T['Hash']> => [...dom(bt), ...pool.map(hashT)]

  /** The transactions of a pool that are still valid after the best chain of a tree. */
  const stillValid = (pool: TxPool<T>, bt: BlockTree<T>): TxPool<T> => {
    // An empty pool needs no chain, and computing one is most of the work of a step.
    if (pool.length === 0) return pool
    const bc = btChain(bt)
    return pool.filter((t) => txValid(t, bc))
  }

  /**
   * What a node does with a message: its new state, and the packets it sends.
   *
   * The time is not used. A received block is added without any check of its validity, and a received transaction too:
   * `btChain` ignores invalid chains, and minting ignores invalid transactions.
   * @coq Systems/Protocol.v procMsg
   */
  const procMsg = (st: S, from: Address, msg: M, _ts: T['Timestamp']): readonly [S, Send] => {
    const { id: n, peers: prs, blockTree: bt, txPool: pool } = st
    switch (msg._tag) {
      case 'ConnectMsg': {
        if (isPeer(from, prs)) return [st, emitZero]
        const updP = undup(A.Address)([from, ...prs])
        return [
          { ...st, peers: updP },
          [
            ...emitOne<M>({ src: n, dst: from, msg: { _tag: 'ConnectMsg' } }),
            ...emitBroadcast<M>(n, prs, { _tag: 'AddrMsg', peers: updP })
          ]
        ]
      }
      case 'AddrMsg': {
        const newP = msg.peers.filter((p) => !isPeer(p, prs))
        if (newP.length === 0) return [st, emitZero]
        const updP = undup(A.Address)([...prs, ...newP])
        return [
          { ...st, peers: updP },
          [
            ...emitMany<M>(newP.map((p) => ({ src: n, dst: p, msg: { _tag: 'ConnectMsg' } }))),
            ...emitBroadcast<M>(n, prs, { _tag: 'AddrMsg', peers: updP })
          ]
        ]
      }
      case 'BlockMsg': {
        const newBt = btExtend(bt, msg.block)
        const newPool = stillValid(pool, newBt)
        return [
          { ...st, blockTree: newBt, txPool: newPool },
          emitBroadcast<M>(n, prs, { _tag: 'InvMsg', hashes: ownHashes(newBt, newPool) })
        ]
      }
      case 'TxMsg': {
        const newPool = tpExtend(pool, bt, msg.tx)
        return [
          { ...st, txPool: newPool },
          emitBroadcast<M>(n, prs, { _tag: 'InvMsg', hashes: ownHashes(bt, newPool) })
        ]
      }
      case 'InvMsg': {
        const newH = msg.hashes.filter((h) => !hashIn(h, ownHashes(bt, pool)))
        return [st, emitMany<M>(newH.map((hash) => ({ src: n, dst: from, msg: { _tag: 'GetDataMsg', hash } })))]
      }
      case 'GetDataMsg': {
        // A node does not answer itself.
        if (A.Address.equals(from, n)) return [st, emitZero]
        const block = get_block(bt, msg.hash)
        if (!blockEq.equals(block, GenesisBlock))
          return [st, emitOne<M>({ src: n, dst: from, msg: { _tag: 'BlockMsg', block } })]
        return [
          st,
          pipe(
            ohead(pool.filter((t) => T.Hash.equals(hashT(t), msg.hash))),
            O.match(
              (): Send => emitZero,
              (tx): Send => emitOne<M>({ src: n, dst: from, msg: { _tag: 'TxMsg', tx } })
            )
          )
        ]
      }
    }
  }

  /**
   * What a node does by itself: its new state, and the packets it sends.
   *
   * A node broadcasts to itself as well, if it is among its peers: an announced transaction enters its own pool when
   * its own message arrives, and its own minted block arrives once more.
   * @coq Systems/Protocol.v procInt
   */
  const procInt = (st: S, tr: InternalTransition<T>, ts: T['Timestamp']): readonly [S, Send] => {
    const { id: n, peers: prs, blockTree: bt, txPool: pool } = st
    switch (tr._tag) {
      case 'TxT':
        return [st, emitBroadcast<M>(n, prs, { _tag: 'TxMsg', tx: tr.tx })]
      case 'MintT': {
        const bc = btChain(bt)
        const allowedTxs = pool.filter((t) => txValid(t, bc))
        const attempt = genProof(bc, allowedTxs, ts)
        if (O.isNone(attempt)) return [st, emitZero]
        const [txs, proof] = attempt.value
        const prevBlock = last(GenesisBlock, bc)
        const block: Block<T> = { prevBlockHash: hashB(prevBlock), txs, proof }
        if (!valid_chain_block(bc, block)) return [st, emitZero]
        const newBt = btExtend(bt, block)
        return [
          { ...st, blockTree: newBt, txPool: stillValid(pool, newBt) },
          emitBroadcast<M>(n, prs, { _tag: 'BlockMsg', block })
        ]
      }
    }
  }

  /**
   * The state after a local step. Coq's `local_step s1 s2` is a relation: s2 is the state after some step from s1.
   * @coq Systems/Protocol.v local_step
   */
  const local_step = (st: S, step: LocalStep<T>): S => {
    switch (step._tag) {
      case 'Idle':
        return st
      case 'RcvMsg':
        return procMsg(st, step.from, step.msg, step.ts)[0]
      case 'IntT':
        return procInt(st, step.transition, step.ts)[0]
    }
  }

  /** States are equal iff their four components are; peers and pools as ordered lists. */
  const stateEq: Eq<S> = E.struct({
    id: A.Address,
    peers: peersEq,
    blockTree: unionMap(T.Hash).eq(blockEq),
    txPool: seqEq(T.Transaction)
  })

  const internalEq: Eq<InternalTransition<T>> = E.fromEquals(
    (a, b) => a._tag === b._tag && (a._tag === 'MintT' || (b._tag === 'TxT' && T.Transaction.equals(a.tx, b.tx)))
  )

  const protocol: SystemProtocol<S, M, InternalTransition<T>, T['Timestamp']> = {
    Init,
    procMsg,
    procInt,
    id: (st) => st.id,
    coherent: [
      {
        name: 'validH',
        says: 'every block of a defined tree is stored under its own hash',
        holds: (st) => F.validH(st.blockTree)
      },
      {
        name: 'has_init_block',
        says: 'a defined tree holds the genesis block',
        holds: (st) => st.blockTree._tag === 'Undef' || F.has_init_block(st.blockTree)
      },
      { name: 'uniq peers', says: 'no peer occurs twice', holds: (st) => uniq(A.Address)(st.peers) }
    ],
    transitionsBehind: (sent) => [
      MintT,
      ...sent.flatMap((p) => (p.msg._tag === 'TxMsg' ? [{ _tag: 'TxT', tx: p.msg.tx } as const] : []))
    ],
    State: stateEq,
    Message: eq_msg,
    Internal: internalEq,
    Timestamp: T.Timestamp
  }

  return { ...protocol, protocol, msg_block, msg_hashes, eq_msg, local_step, stateEq, internalEq, ownHashes }
}

/** What `Protocol(T, P, F, A)` returns. */
export type ToychainProtocol<T extends Types> = ReturnType<typeof Protocol<T>>
