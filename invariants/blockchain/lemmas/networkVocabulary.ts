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
import type { Block, BlockTree, Types } from '../../../spec/blockchain/types.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import { emitBroadcast } from '../../../spec/system/protocol.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { StateMap } from '../../../spec/system/states.js'
import { equal, vocabulary as newVocabulary } from '../../proof/kernel.js'
import type { Vocabulary as Vocabulary_ } from '../../proof/kernel.js'
import { sequences } from '../../proof/sequences.js'
import type { Condition, NetworkSetting } from './networkSetting.js'
import type { Setting } from './setting.js'
import type { Vocabulary as ForestVocabulary } from './vocabulary.js'

/** The sorts of the values of a network, and lists of addresses and of packets: a vocabulary each. */
const sortsOf = <T extends Types>(
  { instance }: Setting<T>,
  { toychain }: NetworkSetting<T>,
  { kinds, vocabulary: forests }: ForestVocabulary<T>
) => {
  const { addresses, local, network } = toychain
  const { eq: mapEq } = unionMap(addresses.Address)
  const values = newVocabulary(`values of networks of ${instance.name}`, forests)
  const { sort } = values
  const Address = sort<Address>('Address', addresses.Address)
  const Packet = sort<Packet<Message<T>>>('Packet', network.packetEq)
  return {
    ...kinds,
    Address,
    Packet,
    Message: sort<Message<T>>('Message', local.eq_msg),
    MessageType: sort<MessageType>('MessageType'),
    State: sort<State<T>>('State', local.stateEq),
    Time: sort<T['Timestamp']>('Time', instance.types.Timestamp),
    Nodes: sort<StateMap<State<T>>>('Nodes', mapEq(local.stateEq)),
    Transition: sort<InternalTransition<T>>('InternalTransition'),
    Step: sort<LocalStep<T>>('LocalStep'),
    Condition: sort<Condition<T>>('Condition'),
    World: sort<World<T>>('World'),
    Qualifier: sort<Qualifier<T['Timestamp']>>('Qualifier'),
    Walk: sort<ReadonlyArray<readonly [Qualifier<T['Timestamp']>, World<T>]>>('Walk'),
    Addresses: sequences<Address>(`addresses of ${instance.name}`, Address, values),
    Packets: sequences<Packet<Message<T>>>(`packets of ${instance.name}`, Packet, values)
  }
}

/** A vocabulary in the making: its sorts, and what declares its words. */
type Making<T extends Types> = ReturnType<typeof sortsOf<T>> & Pick<Vocabulary_, 'constant' | 'lift' | 'predicate'>

/** The equations. */
const equations = <T extends Types>({ Address, Message, State, Time, Nodes }: Making<T>) => ({
  eqAddress: equal(Address),
  eqMsg: equal(Message),
  eqState: equal(State),
  eqTime: equal(Time),
  eqNodes: equal(Nodes)
})

/** Messages and packets. */
const wordsForMessages = <T extends Types>(s: Setting<T>, { toychain, blockMsg }: NetworkSetting<T>, v: Making<T>) => {
  const { constant, lift, predicate, Block, Message, MessageType, Packet, Address } = v
  const [Blocks, Addresses, Packets] = [v.Blocks.sort, v.Addresses.sort, v.Packets.sort]
  type M = Message<T>
  type P = Packet<M>
  const { addresses, local, network } = toychain
  const { Address: A } = addresses
  const noPackets: ReadonlyArray<P> = []
  /** The blocks of the packets to a node, in order; genesis for those that carry none. */
  const blocksTo = (n: Address, packets: ReadonlyArray<P>): ReadonlyArray<Block<T>> =>
    packets.filter((p) => A.equals(p.dst, n)).map((p) => local.msg_block(p.msg))
  return {
    msg_block: lift('msg_block', [Message], Block, local.msg_block),
    BlockMsg: lift('BlockMsg', [Block], Message, blockMsg),
    isBlockMsg: predicate('isBlockMsg', [Message], (m) => m._tag === 'BlockMsg'),
    isGetData: predicate('isGetData', [Message], (m) => msg_type(m) === 'MGetData'),
    eq_msg: predicate('eq_msg', [Message, Message], (a, b) => local.eq_msg.equals(a, b)),
    samePayload: predicate('samePayload', [Message, Message], samePayload(s, A)),
    eq_msg_type: predicate('eq_msg_type', [MessageType, MessageType], (a, b) => a === b),
    sameType: predicate('sameType', [MessageType, MessageType], (a, b) => TYPES.indexOf(a) === TYPES.indexOf(b)),
    eq_pkt: predicate('eq_pkt', [Packet, Packet], (p, q) => network.packetEq.equals(p, q)),
    src: lift('src', [Packet], Address, (p) => p.src),
    dst: lift('dst', [Packet], Address, (p) => p.dst),
    msg: lift('msg', [Packet], Message, (p) => p.msg),
    blocksTo: lift('blocksTo', [Address, Packets], Blocks, blocksTo),
    broadcast: lift('broadcast', [Address, Addresses, Message], Packets, (from, to, m) => emitBroadcast(from, to, m)),
    noPackets: constant('no packets', Packets, noPackets)
  }
}

/** Local states, and what a node does. */
const wordsForNodes = <T extends Types>(s: Setting<T>, { toychain }: NetworkSetting<T>, v: Making<T>) => {
  const { lift, predicate, Address, Block, Condition, Message, State, Step, Time, Transition, Tree } = v
  const [Addresses, Packets] = [v.Addresses.sort, v.Packets.sort]
  type M = Message<T>
  type Tree = BlockTree<T>
  type Time = T['Timestamp']
  const { local } = toychain
  const { forest: F } = s
  const { GenesisBlock, genProof, hashB, txValid } = s.instance.params
  const [someTime] = s.universe.times
  return {
    Init: lift('Init', [Address], State, local.Init),
    id: lift('id', [State], Address, (st) => st.id),
    peers: lift('peers', [State], Addresses, (st) => st.peers),
    blockTree: lift('blockTree', [State], Tree, (st) => st.blockTree),
    procMsg: lift(
      'procMsg',
      [State, Address, Message, Time],
      State,
      (st, from, m, ts) => local.procMsg(st, from, m, ts)[0]
    ),
    sent: lift(
      'sent',
      [State, Address, Message, Time],
      Packets,
      (st, from, m, ts) => local.procMsg(st, from, m, ts)[1]
    ),
    procInt: lift('procInt', [State, Transition, Time], State, (st, tr, ts) => local.procInt(st, tr, ts)[0]),
    /** The block that an internal transition would add; genesis where it would add none. */
    candidate: lift('candidate', [State, Transition, Time], Block, (st, tr, ts) => {
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
    local_step: lift('local_step', [State, Step], State, local.local_step),
    stepFrom: lift('stepFrom', [Step, State], Address, (step, st) => (step._tag === 'RcvMsg' ? step.from : st.id)),
    stepMsg: lift(
      'stepMsg',
      [Step],
      Message,
      (step): M => (step._tag === 'RcvMsg' ? step.msg : { _tag: 'ConnectMsg' })
    ),
    stepTransition: lift('stepTransition', [Step], Transition, (step) =>
      step._tag === 'IntT' ? step.transition : MintT
    ),
    stepTime: lift('stepTime', [Step], Time, (step) => (step._tag === 'Idle' ? someTime : step.ts)),
    satisfies: predicate('satisfies', [State, Condition], (st, c) => c.of(st))
  }
}

/** State maps and worlds. */
const wordsForWorlds = <T extends Types>({ toychain }: NetworkSetting<T>, v: Making<T>) => {
  const { constant, lift, predicate, Address, Condition, State, Step, Nodes, Qualifier, Walk, World } = v
  const [Addresses, Packets] = [v.Addresses.sort, v.Packets.sort]
  type S = State<T>
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
    initState: lift('initState', [Addresses], Nodes, network.initStateOf),
    nodes: lift('nodes', [Nodes], Addresses, dom),
    validNodes: predicate('validNodes', [Nodes], valid),
    updNode: lift('updNode', [Address, State, Nodes], Nodes, (n, st, m) => upd(n, st, m)),

    // Worlds
    initWorld: constant('initWorld', World, network.initWorld),
    localState: lift('localState', [World], Nodes, (w) => w.localState),
    inFlight: lift('inFlightMsgs', [World], Packets, (w) => w.inFlightMsgs),
    stateAt: predicate('stateAt', [Address, World, State], (n, w, st) =>
      O.exists((found: S) => local.stateEq.equals(found, st))(find(n, w.localState))
    ),
    holds: predicate('holds', [Address, World, Condition], holdsAt),
    Coh: predicate('Coh', [World], network.Coh),
    system_step: predicate('system_step', [World, World, Qualifier], network.system_step),
    reachable: predicate('reachable', [World, Walk, World], network.reachable),
    sameNodes: predicate('sameNodes', [World, World], (before, after) =>
      sameElements(A)(dom(before.localState), dom(after.localState))
    ),
    stepOf: lift('stepOf', [Address, World, World, Qualifier], Step, stepOf)
  }
}

/** The clique invariant, and what it says of the nodes of a world. */
const wordsForCliques = <T extends Types>({ forest: F }: Setting<T>, { toychain }: NetworkSetting<T>, v: Making<T>) => {
  const { lift, predicate, Address, World, Tree } = v
  const Blocks = v.Blocks.sort
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
    blocksFor: lift('blocksFor', [Address, World], Blocks, misc.blocksFor),
    clique_inv: predicate('clique_inv', [World], clique.clique_inv),
    largest_chain: predicate('largest_chain', [World, Blocks], misc.largest_chain),
    /** No packet is on its way to any address. (Of all addresses, only the destinations of packets need be asked.) */
    quiet: predicate('quiet', [World], (w) => w.inFlightMsgs.every(({ dst }) => misc.blocksFor(dst, w).length === 0)),
    canonicalTree: lift('canonicalTree', [World], Tree, canonicalTree),
    /** Each node's tree, extended by what is on its way to it, is this tree. */
    allCanonical: predicate('allCanonical', [World, Tree], (w, bt) =>
      entries(w.localState).every(([n, st]) => F.treeEq.equals(bt, clique.canonicalTree(n, st, w)))
    ),
    /** Every node has this tree. */
    allHaveTree: predicate('allHaveTree', [World, Tree], (w, bt) =>
      entries(w.localState).every(([, st]) => misc.has_bt(bt, st))
    ),
    /** Every node has all nodes among its peers. */
    allKnown: predicate('allKnown', [World], knowEachOther),
    /**
     * A clique starts: each node is in its initial state but for its peers, which are all nodes, once each, and maybe other
     * addresses; nothing is in flight.
     */
    cliqueStart: predicate(
      'cliqueStart',
      [World],
      (w) =>
        valid(w.localState) &&
        w.inFlightMsgs.length === 0 &&
        knowEachOther(w) &&
        entries(w.localState).every(
          ([n, st]) => uniq(A)(st.peers) && local.stateEq.equals({ ...local.Init(n), peers: st.peers }, st)
        )
    ),
    /** Every node has this chain. */
    allHaveChain: predicate('allHaveChain', [World, Blocks], (w, bc) =>
      entries(w.localState).every(([, st]) => misc.has_chain(bc, st))
    )
  }
}

/** The vocabulary of local states and networks, which includes that of forests. */
export const networkVocabulary = <T extends Types>(
  setting: Setting<T>,
  network: NetworkSetting<T>,
  forests: ForestVocabulary<T>
) => {
  const sorts = sortsOf(setting, network, forests)
  const { Addresses, Packets } = sorts
  const words = newVocabulary(`networks of ${setting.instance.name}`, Addresses.vocabulary, Packets.vocabulary)
  const making: Making<T> = { ...sorts, constant: words.constant, lift: words.lift, predicate: words.predicate }
  return {
    vocabulary: words,
    Addresses,
    Packets,
    ...equations(making),
    ...wordsForMessages(setting, network, making),
    ...wordsForNodes(setting, network, making),
    ...wordsForWorlds(network, making),
    ...wordsForCliques(setting, network, making)
  }
}

/** What `networkVocabulary(setting, networkSetting, forests)` returns. */
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
