/**
 * The public types of `blockforest/spec`: what is inferred, what does not fit, and what cannot be changed.
 */
import type { Option } from 'fp-ts/lib/Option.js'
import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'
import {
  Executions,
  Hash,
  MintT,
  Network,
  Toychain,
  Transaction,
  hashOf,
  longestChain,
  msg_type,
  netAddr,
  noFaults,
  numbered,
  ordNumber,
  payments,
  proofOfWork,
  seq,
  transactionOf,
  unionMap,
  withFaults,
  withoutReplies
} from '../dist/spec/index.js'
import type {
  Action,
  Address,
  Block,
  Blockchain,
  BlockTree,
  ConsensusParams,
  Delivery,
  Environment,
  Faulty,
  GlobalState,
  Instance,
  InternalTransition,
  Message,
  MessageType,
  NumberedTypes,
  Packet,
  PaymentTypes,
  Protocol,
  Schedule,
  Stamp,
  State,
  ToSend,
  ToychainWorld,
  TransitionSystem,
  TypesImpl,
  UnionMap,
  World
} from '../dist/spec/index.js'

declare const block: Block<TypesImpl>
declare const stamped: Block<NumberedTypes>
declare const tree: BlockTree<TypesImpl>
declare const address: Address

// ---- brands: what comes from outside is not taken for what it should be

expectType<Hash>(hashOf('0x1'))
expectType<Transaction>(transactionOf('t1'))
expectNotAssignable<Hash>('0x1')
expectNotAssignable<Transaction>('t1')
expectNotAssignable<Hash>(transactionOf('t1'))
expectNotAssignable<Address>(0)
expectAssignable<string>(hashOf('0x1'))
expectAssignable<number>(address)
expectType<ReadonlyArray<Address>>(netAddr(3).enum)

// ---- finite maps: defined or not, and only then with entries

declare const map: UnionMap<string, number>
expectError(map.entries)
if (unionMap.valid(map)) expectType<ReadonlyArray<readonly [string, number]>>(map.entries)
else expectType<'Undef'>(map._tag)
expectType<Option<number>>(unionMap.unionMap(ordNumber).find(1, unionMap.pts(1, 2)))
expectError(unionMap.unionMap(ordNumber).find('1', unionMap.pts('1', 2)))
expectAssignable<UnionMap<string, number>>(unionMap.unit)
expectAssignable<BlockTree<NumberedTypes>>(unionMap.undef)

// ---- sequences keep the type of their elements, and are not changed

expectType<ReadonlyArray<number>>(seq.rem(ordNumber)(1, [1, 2]))
expectError(seq.rem(ordNumber)('1', [1, 2]))
expectType<number>(seq.last<number>(0, []))
expectError(seq.undup(ordNumber)([1]).push(2))

// ---- instances: the blocks of one are not those of another

expectType<Instance<NumberedTypes>>(numbered())
expectAssignable<Instance<TypesImpl>>(longestChain())
expectAssignable<Instance<TypesImpl>>(proofOfWork({ difficulty: 3 }))
expectAssignable<Instance<PaymentTypes>>(payments({ balances: { alice: 1 } }))
expectNotAssignable<Block<NumberedTypes>>(block)
expectNotAssignable<Block<TypesImpl>>(stamped)
expectType<Stamp>(stamped.proof)
expectError((block.proof = 1))
expectError(block.txs.push(transactionOf('t1')))
expectError(proofOfWork({ difficulty: '3' }))
declare const params: ConsensusParams<TypesImpl>
expectType<boolean>(params.FCR([block], []))
expectError(params.FCR([stamped], []))

// ---- Toychain: a functor's result has the types of its argument

const toychain = Toychain(numbered(), netAddr(2))
expectType<ToychainWorld<NumberedTypes>>(toychain.cliqueWorld)
expectType<BlockTree<NumberedTypes>>(toychain.forest.btExtend(unionMap.undef, stamped))
expectError(toychain.forest.btExtend(unionMap.undef, block))
expectError(toychain.forest.btExtend(tree, stamped))
expectType<Blockchain<NumberedTypes>>(toychain.forest.btChain(unionMap.undef))
expectType<boolean>(toychain.clique.clique_inv(toychain.cliqueWorld))
expectType<Option<World<State<NumberedTypes>, Message<NumberedTypes>>>>(
  toychain.network.systemStep(toychain.cliqueWorld, { _tag: 'Idle' })
)
expectError(toychain.network.systemStep(toychain.cliqueWorld, { _tag: 'Idles' }))
// A transition at a time of another instance.
expectError(
  toychain.network.systemStep(toychain.cliqueWorld, { _tag: 'Intern', node: address, transition: MintT, ts: 1 })
)
expectType<Schedule<Stamp>>([{ ts: { minter: address, k: 1 }, allowed: address }] as Schedule<Stamp>)
Toychain(numbered(), netAddr(2), { protocol: withoutReplies, forest: (F) => F })
expectError(Toychain(numbered(), netAddr(2), { forest: () => 0 }))
expectError(Toychain(numbered(), 2))

// ---- messages: six kinds, and each has what it carries

declare const message: Message<TypesImpl>
expectType<MessageType>(msg_type(message))
expectType<'AddrMsg' | 'ConnectMsg' | 'BlockMsg' | 'TxMsg' | 'InvMsg' | 'GetDataMsg'>(message._tag)
expectError(message.block)
if (message._tag === 'BlockMsg') expectType<Block<TypesImpl>>(message.block)
expectNotAssignable<Message<TypesImpl>>({ _tag: 'BlockMsg' })
expectAssignable<InternalTransition<TypesImpl>>(MintT)
const [after, sent] = toychain.local.procMsg(
  toychain.local.Init(address),
  address,
  { _tag: 'ConnectMsg' },
  { minter: address, k: 0 }
)
expectType<State<NumberedTypes>>(after)
expectType<ToSend<Message<NumberedTypes>>>(sent)
expectError(after.peers.push(address))

// ---- a protocol of one's own: everything else is inferred

declare const counter: Protocol<{ readonly n: number }, 'tick' | 'tock', 'start', bigint>
const network = Network(netAddr(2), counter)
expectType<World<{ readonly n: number }, 'tick' | 'tock'>>(network.initWorld)
expectType<boolean>(network.holds(address, network.initWorld, (st) => st.n > 0))
declare const environment: Environment<number, { readonly n: number }, 'tick' | 'tock', 'start', bigint>
const executions = Executions(network, environment, network.initWorld)
expectAssignable<
  TransitionSystem<
    GlobalState<{ readonly n: number }, 'tick' | 'tock', number>,
    Action<'tick' | 'tock', 'start', bigint>
  >
>(executions)
const [first] = executions.initial
if (first !== undefined) {
  expectType<number>(first.env)
  const [action] = executions.actions(first)
  if (action?._tag === 'Deliver') expectType<Delivery<'tick' | 'tock', bigint>>(action)
  if (action?._tag === 'Lose') expectType<Packet<'tick' | 'tock'>>(action.packet)
}
expectType<Environment<Faulty<number>, { readonly n: number }, 'tick' | 'tock', 'start', bigint>>(
  withFaults(noFaults, environment)
)
expectError(withFaults({ duplications: 1 }, environment))
// An environment of another protocol.
declare const foreign: Environment<number, { readonly m: number }, 'tick' | 'tock', 'start', bigint>
expectError(Executions(network, foreign, network.initWorld))
