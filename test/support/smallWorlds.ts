/**
 * All small worlds of a Toychain network, degenerate ones among them: without nodes, with fewer nodes than the setting
 * lists or with others, undefined; peers that repeat, that are missing, that are no nodes; trees that are empty, undefined,
 * without genesis, with an orphan, with a block that is not under its hash; packets to nobody.
 */
import { Toychain } from '../../spec/blockchain/toychain.js'
import type { Block, BlockTree, Types } from '../../spec/blockchain/types.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { World } from '../../spec/blockchain/invMisc.js'
import { pts, undef, unit } from '../../spec/prelude/unionMap.js'
import { netAddr } from '../../spec/system/address.js'
import type { Packet } from '../../spec/system/protocol.js'
import { address, byLength, missing } from './toychains.js'
import type { B, Toy, Tree, W } from './toychains.js'

/** What the states and packets of small worlds are made of. */
export interface Parts<T extends Types> {
  readonly trees: ReadonlyArray<BlockTree<T>>
  /** Blocks that may be in flight. */
  readonly blocks: ReadonlyArray<Block<T>>
}

/** All choices of one value from each list. */
const choices = <A>(lists: ReadonlyArray<ReadonlyArray<A>>): ReadonlyArray<ReadonlyArray<A>> =>
  lists.reduce<ReadonlyArray<ReadonlyArray<A>>>((all, list) => all.flatMap((c) => list.map((a) => [...c, a])), [[]])

/** The address after those of a setting of so many nodes is not listed in it. */
export function* smallWorlds<T extends Types>({ trees, blocks }: Parts<T>, first = 0): Iterable<World<T>> {
  const [a, b, c] = [first, first + 1, first + 2].map(address)
  if (a === undefined || b === undefined || c === undefined) return
  const lists = [[], [a], [a, b], [b, a, b], [a, b, c]]
  const states = (id: typeof a): ReadonlyArray<State<T> | undefined> => [
    undefined,
    ...trees.flatMap((blockTree) => lists.map((peers): State<T> => ({ id, peers, blockTree, txPool: [] }))),
    { id: c, peers: [a, b], blockTree: trees[0] ?? undef, txPool: [] }
  ]
  const packets: ReadonlyArray<Packet<Message<T>>> = [
    ...blocks.flatMap((block) => [a, b, c].map((dst) => ({ src: a, dst, msg: { _tag: 'BlockMsg', block } as const }))),
    { src: b, dst: a, msg: { _tag: 'ConnectMsg' } }
  ]
  const [block] = packets
  const soups = [[], ...packets.map((p) => [p]), ...packets.slice(1, 3).flatMap((p) => (block ? [[block, p]] : []))]
  const third: ReadonlyArray<State<T> | undefined> = [
    undefined,
    { id: c, peers: [a, b, c], blockTree: trees[0] ?? undef, txPool: [] }
  ]
  for (const inFlightMsgs of soups) {
    yield { localState: undef, inFlightMsgs, consumedMsgs: [] }
    for (const sts of choices([states(a), states(b), third]))
      yield {
        localState: {
          _tag: 'Def',
          entries: [a, b, c].flatMap((n, i) => {
            const st = sts[i]
            return st === undefined ? [] : [[n, st] as const]
          })
        },
        inFlightMsgs,
        consumedMsgs: []
      }
  }
}

/** The Toychain of so many nodes. */
export const smallToy = (nodes: number): Toy => Toychain(byLength.instance, netAddr(nodes))

const { forest, params } = smallToy(0)
const G = params.GenesisBlock
const on = (parent: B, proof: number): B => ({ prevBlockHash: params.hashB(parent), txs: [], proof })
const next = on(G, 1)
/** Another block with the hash of `next`. */
const collider: B = { ...next, proof: 7 }
const grown = (...bs: ReadonlyArray<B>): Tree => forest.btExtendAll(unit, bs)

/** Trees and blocks of the longest-chain instance. */
export const smallParts: Parts<W extends World<infer T> ? T : never> = {
  trees: [
    grown(G),
    grown(G, next),
    grown(next),
    unit,
    undef,
    grown(G, { prevBlockHash: missing, txs: [], proof: 3 }),
    pts(params.hashB(G), next)
  ],
  blocks: [next, collider]
}
