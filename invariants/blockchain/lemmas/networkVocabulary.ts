/**
 * The functions and predicates of `spec/blockchain/protocol.ts`, `spec/system/` and of the clique invariant on named
 * values: the words in which the lemmas about local states and networks are stated.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { sameElements, subset, uniq } from '../../../spec/prelude/seq.js'
import { dom, entries, unionMap, valid } from '../../../spec/prelude/unionMap.js'
import type { InternalTransition, LocalStep, Message, MessageType, State } from '../../../spec/blockchain/protocol.js'
import { MintT, msg_type } from '../../../spec/blockchain/protocol.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Block, Blockchain, BlockTree, Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import { emitBroadcast } from '../../../spec/system/protocol.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { StateMap } from '../../../spec/system/states.js'
import { constant, equal, lift, predicate } from '../../proof/kernel.js'
import { sequences } from '../../proof/sequences.js'
import type { Condition, NetworkSetting } from './networkSetting.js'
import type { Setting } from './setting.js'

/** Lists of addresses and of packets, and equations. */
const wordsForParts = <T extends Types>({ instance: { types } }: Setting<T>, { toychain }: NetworkSetting<T>) => {
  const { addresses, local, network } = toychain
  const { eq: mapEq } = unionMap(addresses.Address)
  return {
    Addresses: sequences<Address>(addresses.Address),
    Packets: sequences<Packet<Message<T>>>(network.packetEq),

    eqAddress: equal<Address>(addresses.Address),
    eqMsg: equal<Message<T>>(local.eq_msg),
    eqState: equal<State<T>>(local.stateEq),
    eqTime: equal<T['Timestamp']>(types.Timestamp),
    eqNodes: equal<StateMap<State<T>>>(mapEq(local.stateEq))
  }
}

/** Messages and packets. */
const wordsForMessages = <T extends Types>(s: Setting<T>, { toychain, blockMsg }: NetworkSetting<T>) => {
  type M = Message<T>
  type P = Packet<M>
  const { addresses, local, network } = toychain
  const { Address: A } = addresses
  const noPackets: ReadonlyArray<P> = []
  /** The blocks of the packets to a node, in order; genesis for those that carry none. */
  const blocksTo = (n: Address, packets: ReadonlyArray<P>): ReadonlyArray<Block<T>> =>
    packets.filter((p) => A.equals(p.dst, n)).map((p) => local.msg_block(p.msg))
  return {
    msg_block: lift('msg_block', local.msg_block),
    BlockMsg: lift('BlockMsg', blockMsg),
    isBlockMsg: predicate('isBlockMsg', (m: M) => m._tag === 'BlockMsg'),
    isGetData: predicate('isGetData', (m: M) => msg_type(m) === 'MGetData'),
    eq_msg: predicate('eq_msg', (a: M, b: M) => local.eq_msg.equals(a, b)),
    samePayload: predicate('samePayload', (a: M, b: M) => samePayload(s, A)(a, b)),
    eq_msg_type: predicate('eq_msg_type', (a: MessageType, b: MessageType) => a === b),
    sameType: predicate('sameType', (a: MessageType, b: MessageType) => TYPES.indexOf(a) === TYPES.indexOf(b)),
    eq_pkt: predicate('eq_pkt', (p: P, q: P) => network.packetEq.equals(p, q)),
    src: lift('src', (p: P) => p.src),
    dst: lift('dst', (p: P) => p.dst),
    msg: lift('msg', (p: P) => p.msg),
    blocksTo: lift('blocksTo', blocksTo),
    broadcast: lift(
      'broadcast',
      (from: Address, to: ReadonlyArray<Address>, m: M): ReadonlyArray<P> => emitBroadcast(from, to, m)
    ),
    noPackets: constant('no packets', noPackets)
  }
}

/** Local states, and what a node does. */
const wordsForNodes = <T extends Types>(s: Setting<T>, { toychain }: NetworkSetting<T>) => {
  type S = State<T>
  type M = Message<T>
  type P = Packet<M>
  type Tree = BlockTree<T>
  type Time = T['Timestamp']
  const { local } = toychain
  const { forest: F } = s
  const { GenesisBlock, genProof, hashB, txValid } = s.instance.params
  const [someTime] = s.universe.times
  return {
    Init: lift('Init', local.Init),
    id: lift('id', (st: S) => st.id),
    peers: lift('peers', (st: S): ReadonlyArray<Address> => st.peers),
    blockTree: lift('blockTree', (st: S): Tree => st.blockTree),
    procMsg: lift('procMsg', (st: S, from: Address, m: M, ts: Time): S => local.procMsg(st, from, m, ts)[0]),
    sent: lift('sent', (st: S, from: Address, m: M, ts: Time): ReadonlyArray<P> => local.procMsg(st, from, m, ts)[1]),
    procInt: lift('procInt', (st: S, tr: InternalTransition<T>, ts: Time): S => local.procInt(st, tr, ts)[0]),
    /** The block that an internal transition would add; genesis where it would add none. */
    candidate: lift('candidate', (st: S, tr: InternalTransition<T>, ts: Time): Block<T> => {
      const bc = F.btChain(st.blockTree)
      const attempt = genProof(
        bc,
        st.txPool.filter((t) => txValid(t, bc)),
        ts
      )
      return tr._tag === 'MintT' && O.isSome(attempt)
        ? { prevBlockHash: hashB(F.lastBlock(bc)), txs: attempt.value[0], proof: attempt.value[1] }
        : GenesisBlock
    }),
    local_step: lift('local_step', local.local_step),
    stepFrom: lift('stepFrom', (step: LocalStep<T>, st: S): Address => (step._tag === 'RcvMsg' ? step.from : st.id)),
    stepMsg: lift('stepMsg', (step: LocalStep<T>): M => (step._tag === 'RcvMsg' ? step.msg : { _tag: 'ConnectMsg' })),
    stepTransition: lift(
      'stepTransition',
      (step: LocalStep<T>): InternalTransition<T> => (step._tag === 'IntT' ? step.transition : MintT)
    ),
    stepTime: lift('stepTime', (step: LocalStep<T>): Time => (step._tag === 'Idle' ? someTime : step.ts)),
    satisfies: predicate('satisfies', (st: S, c: Condition<T>) => c.of(st))
  }
}

/** State maps and worlds. */
const wordsForWorlds = <T extends Types>({ toychain }: NetworkSetting<T>) => {
  type S = State<T>
  type P = Packet<Message<T>>
  type W = World<T>
  type Nodes = StateMap<S>
  const { addresses, local, network } = toychain
  const { Address: A } = addresses
  const { find, upd } = unionMap(A)
  const holdsAt = (n: Address, w: W, c: Condition<T>): boolean => network.holds(n, w, c.of)

  /** The local step that a node makes in a step of the network: the one of the action behind it. */
  const stepOf = (n: Address, w: W, w2: W, q: Qualifier<T['Timestamp']>): LocalStep<T> => {
    const action = network.stepsBetween(w, w2, q).find((a) => a._tag !== 'Idle')
    if (action?._tag === 'Deliver' && A.equals(action.packet.dst, n))
      return { _tag: 'RcvMsg', from: action.packet.src, msg: action.packet.msg, ts: action.ts }
    if (action?._tag === 'Intern' && A.equals(action.node, n))
      return { _tag: 'IntT', transition: action.transition, ts: action.ts }
    return { _tag: 'Idle' }
  }
  return {
    // State maps
    initState: lift('initState', network.initStateOf),
    nodes: lift('nodes', (m: Nodes): ReadonlyArray<Address> => dom(m)),
    validNodes: predicate('valid', (m: Nodes) => valid(m)),
    updNode: lift('upd', (n: Address, st: S, m: Nodes): Nodes => upd(n, st, m)),

    // Worlds
    initWorld: constant('initWorld', network.initWorld),
    localState: lift('localState', (w: W): Nodes => w.localState),
    inFlight: lift('inFlightMsgs', (w: W): ReadonlyArray<P> => w.inFlightMsgs),
    stateAt: predicate('stateAt', (n: Address, w: W, st: S) =>
      O.exists((found: S) => local.stateEq.equals(found, st))(find(n, w.localState))
    ),
    holds: predicate('holds', holdsAt),
    Coh: predicate('Coh', network.Coh),
    system_step: predicate('system_step', network.system_step),
    reachable: predicate('reachable', network.reachable),
    sameNodes: predicate('sameNodes', (v: W, w: W) => sameElements(A)(dom(v.localState), dom(w.localState))),
    stepOf: lift('stepOf', stepOf)
  }
}

/** The clique invariant, and what it says of the nodes of a world. */
const wordsForCliques = <T extends Types>({ forest: F }: Setting<T>, { toychain }: NetworkSetting<T>) => {
  type W = World<T>
  type Tree = BlockTree<T>
  const { misc, clique, local, addresses } = toychain
  const { Address: A } = addresses
  const knowEachOther = (w: W): boolean =>
    entries(w.localState).every(([, { peers }]) => subset(A)(dom(w.localState), peers))
  /** The first node's tree with all that is on its way to it: under the invariant, the canonical tree. */
  const canonicalTree = (w: W): Tree => {
    const [node] = entries(w.localState)
    return node === undefined ? { _tag: 'Undef' } : clique.canonicalTree(node[0], node[1], w)
  }
  return {
    blocksFor: lift('blocksFor', misc.blocksFor),
    clique_inv: predicate('clique_inv', clique.clique_inv),
    largest_chain: predicate('largest_chain', misc.largest_chain),
    /** No packet is on its way to any address. (Of all addresses, only the destinations of packets need be asked.) */
    quiet: predicate('quiet', (w: W) => w.inFlightMsgs.every(({ dst }) => misc.blocksFor(dst, w).length === 0)),
    canonicalTree: lift('canonicalTree', canonicalTree),
    /** Each node's tree, extended by what is on its way to it, is this tree. */
    allCanonical: predicate('allCanonical', (w: W, bt: Tree) =>
      entries(w.localState).every(([n, st]) => F.treeEq.equals(bt, clique.canonicalTree(n, st, w)))
    ),
    /** Every node has this tree. */
    allHaveTree: predicate('allHaveTree', (w: W, bt: Tree) =>
      entries(w.localState).every(([, st]) => misc.has_bt(bt, st))
    ),
    /** Every node has all nodes among its peers. */
    allKnown: predicate('allKnown', knowEachOther),
    /**
     * A clique starts: each node is in its initial state but for its peers, which are all nodes, once each, and maybe other
     * addresses; nothing is in flight.
     */
    cliqueStart: predicate(
      'cliqueStart',
      (w: W) =>
        valid(w.localState) &&
        w.inFlightMsgs.length === 0 &&
        knowEachOther(w) &&
        entries(w.localState).every(
          ([n, st]) => uniq(A)(st.peers) && local.stateEq.equals({ ...local.Init(n), peers: st.peers }, st)
        )
    ),
    /** Every node has this chain. */
    allHaveChain: predicate('allHaveChain', (w: W, bc: Blockchain<T>) =>
      entries(w.localState).every(([, st]) => misc.has_chain(bc, st))
    )
  }
}

/** The vocabulary of local states and networks. */
export const networkVocabulary = <T extends Types>(setting: Setting<T>, network: NetworkSetting<T>) => ({
  ...wordsForParts(setting, network),
  ...wordsForMessages(setting, network),
  ...wordsForNodes(setting, network),
  ...wordsForWorlds(network),
  ...wordsForCliques(setting, network)
})

/** What `networkVocabulary(setting, networkSetting)` returns. */
export type NetworkVocabulary<T extends Types> = ReturnType<typeof networkVocabulary<T>>

/** The kinds of message. */
export const TYPES: ReadonlyArray<MessageType> = ['MAddr', 'MConnect', 'MBlock', 'MTx', 'MInv', 'MGetData']

/** Whether two messages are of one kind and carry the same, compared part by part. */
const samePayload =
  <T extends Types>({ instance: { types }, forest }: Setting<T>, A: Eq<Address>) =>
  (a: Message<T>, b: Message<T>): boolean => {
    const every = <X>(E: Eq<X>, xs: ReadonlyArray<X>, ys: ReadonlyArray<X>): boolean =>
      xs.length === ys.length && xs.every((x, i) => ys.slice(i, i + 1).some((y) => E.equals(x, y)))
    const hashes = (m: Message<T>) => (m._tag === 'InvMsg' ? m.hashes : m._tag === 'GetDataMsg' ? [m.hash] : [])
    return (
      msg_type(a) === msg_type(b) &&
      every(A, a._tag === 'AddrMsg' ? a.peers : [], b._tag === 'AddrMsg' ? b.peers : []) &&
      every(forest.blockEq, a._tag === 'BlockMsg' ? [a.block] : [], b._tag === 'BlockMsg' ? [b.block] : []) &&
      every(types.Transaction, a._tag === 'TxMsg' ? [a.tx] : [], b._tag === 'TxMsg' ? [b.tx] : []) &&
      every(types.Hash, hashes(a), hashes(b))
    )
  }
