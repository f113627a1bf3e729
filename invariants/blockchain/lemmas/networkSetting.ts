/**
 * A setting for the lemmas about local states and networks: the nodes, and a few states, messages and worlds.
 */
import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { undup } from '../../../spec/prelude/seq.js'
import { entries, range, undef, unionMap, valid } from '../../../spec/prelude/unionMap.js'
import type { InternalTransition, LocalStep, Message, State } from '../../../spec/blockchain/protocol.js'
import { MintT } from '../../../spec/blockchain/protocol.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import type { World } from '../../../spec/blockchain/invMisc.js'
import type { Block, BlockTree, Types } from '../../../spec/blockchain/types.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import type { Qualifier } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { drawn, lazy, listed, lists, listsUpTo, mapped, tuple } from '../../proof/sort.js'
import type { Sort } from '../../proof/sort.js'
import type { Setting } from './setting.js'

/** A step of a network: the world before, the world after, and when it happened and who acted. */
export type Step<T extends Types> = readonly [World<T>, World<T>, Qualifier<T['Timestamp']>]

/** A node, its tree, and the blocks that it still lacks, in the order in which they arrive. */
export interface Lacking<T extends Types> {
  readonly node: Address
  readonly tree: BlockTree<T>
  readonly arriving: ReadonlyArray<Block<T>>
}

/** A condition on local states, under its name. */
export interface Condition<T extends Types> {
  readonly name: string
  readonly of: (st: State<T>) => boolean
}

/** A few conditions on states, which stand for all: Coq quantifies over every property of them. */
export const someConditions = <T extends Types>(): ReadonlyArray<Condition<T>> => [
  { name: 'has a defined tree', of: (st) => st.blockTree._tag === 'Def' },
  { name: 'has one block', of: (st) => st.blockTree._tag === 'Def' && st.blockTree.entries.length === 1 },
  { name: 'has more peers than itself', of: (st) => st.peers.length > 1 },
  { name: 'has an even address', of: (st) => st.id % 2 === 0 },
  { name: 'has no transactions', of: (st) => st.txPool.length === 0 }
]

const picks = <A>(from: ReadonlyArray<A>, maxLength: number): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.array(fc.constantFrom(...from), { maxLength })

/** The nodes of a network, over a setting. */
const nodesOf = <T extends Types>(setting: Setting<T>, nodes: number) => {
  const addresses = netAddr(nodes)
  const everyone = netAddr(nodes + 1).enum
  if (!RA.isNonEmpty(everyone)) throw new TypeError('a network has at least one node')
  const toychain = Toychain(setting.instance, addresses)
  const { transactions } = setting.universe
  const transitions: ReadonlyArray<InternalTransition<T>> = [
    MintT,
    ...transactions.map((tx): InternalTransition<T> => ({ _tag: 'TxT', tx }))
  ]
  const blockMsg = (block: Block<T>): Message<T> => ({ _tag: 'BlockMsg', block })
  return { setting, nodes, addresses, everyone, first: everyone[0], toychain, transitions, blockMsg }
}

type Nodes<T extends Types> = ReturnType<typeof nodesOf<T>>

/** Addresses, local states, and what moves them but messages. */
const statesOf = <T extends Types>({ setting, addresses, everyone, first, transitions }: Nodes<T>) => {
  type S = State<T>
  const { universe, sorts } = setting
  const address: Sort<Address> = listed(everyone)
  const peers: Sort<ReadonlyArray<Address>> = lists(
    2,
    everyone,
    fc.oneof(fc.shuffledSubarray([...everyone]), picks(everyone, 4))
  )
  const pools = [[], universe.transactions.slice(0, 1), universe.transactions.slice(0, 2).reverse()]
  const state: Sort<S> = drawn(
    mapped(
      tuple(sorts.tree, listed(listsUpTo(2, everyone.slice(0, 2))), listed(pools)),
      ([blockTree, prs, txPool]): S => ({ id: first, peers: prs, blockTree, txPool })
    ),
    fc.record({
      id: fc.constantFrom(...addresses.enum),
      peers: peers.sample,
      blockTree: sorts.tree.sample,
      txPool: picks(universe.transactions, 3)
    })
  )
  const transition: Sort<InternalTransition<T>> = listed(
    transitions,
    fc.oneof({ weight: 4, arbitrary: fc.constant(MintT) }, { weight: 1, arbitrary: fc.constantFrom(...transitions) })
  )
  const time: Sort<T['Timestamp']> = listed(universe.times)
  return { address, peers, state, transition, time }
}

type States<T extends Types> = ReturnType<typeof statesOf<T>>

/** Messages, packets, and local steps. */
const messagesOf = <T extends Types>(
  { setting, addresses, everyone, transitions, blockMsg }: Nodes<T>,
  { address, peers, transition, time }: States<T>
) => {
  type M = Message<T>
  type P = Packet<M>
  const { universe, sorts } = setting
  const message: Sort<M> = lazy(
    () => [
      { _tag: 'ConnectMsg' },
      ...universe.blocks.map(blockMsg),
      ...universe.transactions.map((tx): M => ({ _tag: 'TxMsg', tx })),
      ...universe.hashes.map((hash): M => ({ _tag: 'GetDataMsg', hash })),
      ...[[], universe.hashes.slice(0, 2), universe.hashes].map((hashes): M => ({ _tag: 'InvMsg', hashes })),
      ...[[], everyone.slice(0, 1), everyone].map((prs): M => ({ _tag: 'AddrMsg', peers: prs }))
    ],
    fc.oneof(
      { weight: 1, arbitrary: fc.constant<M>({ _tag: 'ConnectMsg' }) },
      { weight: 4, arbitrary: sorts.block.sample.map(blockMsg) },
      { weight: 1, arbitrary: sorts.transaction.sample.map((tx): M => ({ _tag: 'TxMsg', tx })) },
      { weight: 2, arbitrary: sorts.hash.sample.map((hash): M => ({ _tag: 'GetDataMsg', hash })) },
      { weight: 1, arbitrary: picks(universe.hashes, 3).map((hashes): M => ({ _tag: 'InvMsg', hashes })) },
      { weight: 1, arbitrary: peers.sample.map((prs): M => ({ _tag: 'AddrMsg', peers: prs })) }
    )
  )
  /** Messages that are no blocks. */
  const plain: fc.Arbitrary<M> = message.sample.map((m) => (m._tag === 'BlockMsg' ? { _tag: 'ConnectMsg' } : m))
  const packet: Sort<P> = lazy(
    () =>
      addresses.enum.flatMap((dst) =>
        [...message.all()].flatMap((msg) => addresses.enum.slice(0, 1).map((src): P => ({ src, dst, msg })))
      ),
    fc.record({
      src: fc.constantFrom(...everyone),
      dst: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...addresses.enum) }, address.sample),
      msg: message.sample
    })
  )
  const packets: Sort<ReadonlyArray<P>> = lazy(
    () => listsUpTo(1, [...packet.all()]),
    fc.array(packet.sample, { maxLength: 5 })
  )
  const localStep: Sort<LocalStep<T>> = lazy(
    () => [
      { _tag: 'Idle' },
      ...universe.times.flatMap((ts) => [
        ...everyone.flatMap((from) =>
          [...message.all()].map((msg): LocalStep<T> => ({ _tag: 'RcvMsg', from, msg, ts }))
        ),
        ...transitions.map((t): LocalStep<T> => ({ _tag: 'IntT', transition: t, ts }))
      ])
    ],
    fc.oneof(
      { weight: 1, arbitrary: fc.constant<LocalStep<T>>({ _tag: 'Idle' }) },
      {
        weight: 5,
        arbitrary: fc
          .tuple(fc.constantFrom(...everyone), message.sample, time.sample)
          .map(([from, msg, ts]): LocalStep<T> => ({ _tag: 'RcvMsg', from, msg, ts }))
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(transition.sample, time.sample)
          .map(([t, ts]): LocalStep<T> => ({ _tag: 'IntT', transition: t, ts }))
      }
    )
  )
  return { message, plain, packet, packets, localStep }
}

type Messages<T extends Types> = ReturnType<typeof messagesOf<T>>

/** How worlds are made, and settled. */
const makingOf = <T extends Types>({ addresses, first, toychain, blockMsg }: Nodes<T>) => {
  type S = State<T>
  type P = Packet<Message<T>>
  type W = World<T>
  type Tree = BlockTree<T>
  const { clique, local } = toychain
  const { fromEntries } = unionMap(addresses.Address)
  const worldOf = (states: ReadonlyArray<S>, inFlightMsgs: ReadonlyArray<P>): W => ({
    localState: fromEntries(addresses.enum.flatMap((n, i) => states.slice(i, i + 1).map((st) => [n, st] as const))),
    inFlightMsgs,
    consumedMsgs: []
  })
  const stateOf = (id: Address, prs: ReadonlyArray<Address>, blockTree: Tree, txPool: S['txPool'] = []): S => ({
    id,
    peers: prs,
    blockTree,
    txPool
  })
  /** The world of a clique: the tree of each node and what is on its way to it, other packets, peers, and a pool. */
  const cliqueWorldOf = (
    parts: ReadonlyArray<Lacking<T>>,
    others: ReadonlyArray<P>,
    prs: ReadonlyArray<Address>,
    pool: S['txPool']
  ): W =>
    worldOf(
      parts.map(({ node, tree }) => stateOf(node, prs, tree, pool)),
      [
        ...parts.flatMap(({ node, arriving }) =>
          arriving.map((block): P => ({ src: first, dst: node, msg: blockMsg(block) }))
        ),
        ...others
      ]
    )
  /** A world in which every node has received what was on its way to it, and nothing is in flight. */
  const settled = (w: W): W =>
    worldOf(
      entries(w.localState).map(([n, st]) => ({ ...st, blockTree: clique.canonicalTree(n, st, w) })),
      []
    )
  /** A world with the same nodes, in which their clique starts. */
  const starting = (w: W): W => {
    const peers = entries(w.localState).map(([n]) => n)
    return worldOf(
      peers.map((n) => ({ ...local.Init(n), peers })),
      []
    )
  }
  /** The tree of the first node. */
  const someTree = (w: W): Tree => range(w.localState)[0]?.blockTree ?? undef
  return { worldOf, stateOf, cliqueWorldOf, settled, starting, someTree }
}

type Making<T extends Types> = ReturnType<typeof makingOf<T>>

/**
 * Worlds that satisfy the clique invariant: a good tree of which every node has a part and one node the best chain, with
 * what a node lacks on its way to it; other packets too. In some, a block that collides is on its way to all.
 */
const cliquesOf = <T extends Types>(
  { setting, nodes, addresses, blockMsg }: Nodes<T>,
  { packet, plain }: Messages<T>,
  { cliqueWorldOf }: Making<T>
): fc.Arbitrary<World<T>> => {
  type P = Packet<Message<T>>
  const { forest: F, universe, sorts, instance, grown, genesisTree } = setting
  return fc
    .record({
      bt: sorts.goodTree,
      lacks: fc.array(fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }), {
        minLength: nodes,
        maxLength: nodes
      }),
      order: fc.nat(99),
      others: fc.array(fc.tuple(packet.sample, plain, fc.boolean()), { maxLength: 3 }),
      prs: fc.shuffledSubarray([...addresses.enum], { minLength: nodes }),
      pool: picks(universe.transactions, 2),
      collider: fc.tuple(sorts.block.sample, fc.nat(5))
    })
    .map(({ bt, lacks, order, others, prs, pool, collider: [b, chance] }) => {
      const stored = F.all_blocks(bt)
      const best = F.btChain(bt)
      const collides = chance === 0 && !valid(F.btExtend(bt, b))
      const parts = addresses.enum.map((node, i): Lacking<T> => {
        const holds = (x: Block<T>, j: number): boolean =>
          F.blockEq.equals(x, instance.params.GenesisBlock) ||
          lacks[i]?.[j % 12] !== 0 ||
          (i === order % nodes && best.some((c) => F.blockEq.equals(c, x)))
        const arriving = [...stored.filter((x, j) => !holds(x, j)), ...(collides ? [b] : [])]
        return {
          node,
          tree: grown(genesisTree, stored.filter(holds)),
          arriving: order % 2 === 0 ? arriving : arriving.reverse()
        }
      })
      const harmless = others.map(([p, m, known]): P => {
        const block = stored[order % stored.length]
        return known && block !== undefined ? { ...p, msg: blockMsg(block) } : { ...p, msg: m }
      })
      return cliqueWorldOf(parts, harmless, prs, pool)
    })
}

/** Worlds of every kind. */
const worldsOf = <T extends Types>(
  { setting, addresses, first }: Nodes<T>,
  { peers, state }: States<T>,
  { packets }: Messages<T>,
  { worldOf, stateOf }: Making<T>,
  cliqueWorld: fc.Arbitrary<World<T>>
): Sort<World<T>> => {
  type W = World<T>
  type Tree = BlockTree<T>
  const { universe, sorts } = setting
  /** Trees with genesis, and the undefined one. */
  const rootedOrNone: Sort<Tree> = lazy(() => [...sorts.rooted.all(), undef], sorts.rooted.sample)
  /** Local states of all nodes that a coherent world may have. */
  const coherentStates = fc.tuple(
    ...addresses.enum.map((id) =>
      fc.record({
        id: fc.constant(id),
        peers: peers.sample.map(undup(addresses.Address)),
        blockTree: fc.oneof(
          { weight: 9, arbitrary: sorts.rooted.sample },
          { weight: 1, arbitrary: fc.constant<Tree>(undef) }
        ),
        txPool: picks(universe.transactions, 2)
      })
    )
  )
  /** Worlds of any kind: most are coherent, few satisfy the clique invariant. */
  const anyWorld: fc.Arbitrary<W> = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(coherentStates, packets.sample).map(([sts, ps]) => worldOf(sts, ps)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.tuple(...addresses.enum.map(() => state.sample)), packets.sample)
        .map(([sts, ps]) => worldOf(sts, ps))
    }
  )
  /** Worlds in which all nodes know each other and have a tree with genesis or none, and at most one packet is in flight. */
  const full = mapped(
    tuple(tuple(...addresses.enum.map(() => rootedOrNone)), packets),
    ([trees, ps]): W =>
      worldOf(
        trees.map((bt, i) => stateOf(addresses.enum[i] ?? first, addresses.enum, bt)),
        ps
      )
  )
  /** The world without nodes, and those in which the first node is alone; nothing is in flight. */
  const fewer = lazy<W>(
    () => [worldOf([], []), ...[...rootedOrNone.all()].map((bt) => worldOf([stateOf(first, addresses.enum, bt)], []))],
    cliqueWorld
  )
  return {
    sample: fc
      .tuple(fc.oneof(anyWorld, cliqueWorld), fc.nat(11))
      .map(([w, n]) => (n < 2 ? worldOf(range(w.localState).slice(0, -1 - n), w.inFlightMsgs) : w)),
    get size() {
      return fewer.size + full.size
    },
    *all() {
      yield* fewer.all()
      yield* full.all()
    }
  }
}

/** Steps of the network. */
const stepsOf = <T extends Types>(
  { setting, addresses, everyone, first, toychain, transitions }: Nodes<T>,
  { time }: States<T>,
  worlds: Sort<World<T>>
) => {
  type W = World<T>
  const { network } = toychain
  const { universe } = setting
  /** A step from a world: an enabled action, most often one in which something happens. */
  const stepFrom = (w: W, n: number, ts: T['Timestamp']): Step<T> => {
    const enabled = network.enabled(w, ts, transitions)
    const action = enabled[n % 17 === 0 ? 0 : n % Math.max(1, enabled.length)]
    const after = action === undefined ? O.none : network.systemStep(w, action)
    const allowed = action === undefined ? O.none : network.qualifier(action)
    const someone = everyone[n % everyone.length] ?? everyone[0]
    const q = O.getOrElse((): Qualifier<T['Timestamp']> => ({ ts, allowed: someone }))(allowed)
    return [w, O.getOrElse(() => w)(after), q]
  }
  /**
   * All steps from a world: a mint at each of the times, everything else at the first of them, since neither a delivery
   * nor an announced transaction depends on the time.
   */
  const stepsFrom = (w: W): ReadonlyArray<Step<T>> =>
    universe.times.flatMap((ts, i) =>
      network
        .enabled(w, ts, i === 0 ? transitions : [MintT])
        .filter((action) => i === 0 || action._tag === 'Intern')
        .flatMap((action): ReadonlyArray<Step<T>> => {
          const q = O.getOrElse((): Qualifier<T['Timestamp']> => ({ ts, allowed: first }))(network.qualifier(action))
          return O.match(
            (): ReadonlyArray<Step<T>> => [],
            (after: W): ReadonlyArray<Step<T>> => [[w, after, q]]
          )(network.systemStep(w, action))
        })
    )
  /** In all: every step from these worlds. (Their number is an upper bound.) */
  const steps: Sort<Step<T>> = {
    sample: fc.tuple(worlds.sample, fc.nat(999), time.sample).map(([w, n, ts]) => stepFrom(w, n, ts)),
    get size() {
      return worlds.size * (2 + addresses.enum.length * (transitions.length + universe.times.length))
    },
    *all() {
      for (const w of worlds.all()) yield* stepsFrom(w)
    }
  }
  return { stepFrom, stepsFrom, steps }
}

/** The setting of so many nodes; at random, one address more occurs, which is no node. */
export const networkSetting = <T extends Types>(setting: Setting<T>, nodes: number) => {
  const network = nodesOf(setting, nodes)
  const { addresses, everyone, toychain, blockMsg } = network
  const states = statesOf(network)
  const messages = messagesOf(network, states)
  const making = makingOf(network)
  const cliqueWorld = cliquesOf(network, messages, making)
  const worlds = worldsOf(network, states, messages, making, cliqueWorld)
  const { stepFrom, stepsFrom, steps } = stepsOf(network, states, worlds)
  return {
    addresses,
    everyone,
    toychain,
    blockMsg,
    ...making,
    stepFrom,
    stepsFrom,
    sorts: { ...states, ...messages, worlds, steps, cliqueWorld }
  }
}

/** What `networkSetting(setting, nodes)` returns. */
export type NetworkSetting<T extends Types> = ReturnType<typeof networkSetting<T>>
