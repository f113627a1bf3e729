/**
 * Two nodes of numbered blocks with four blocks and two transactions at hand, and what is objected to what a node does.
 */
import * as O from 'fp-ts/lib/Option.js'
import { bounds, toychainModel } from '../../invariants/blockchain/model.js'
import type { ToychainProperty } from '../../invariants/blockchain/model.js'
import { playNumbered } from '../../invariants/blockchain/playable.js'
import type { ToychainReaction } from '../../invariants/blockchain/reactions.js'
import type { NumberedTypes } from '../../spec/blockchain/instances/numbered.js'
import { MintT } from '../../spec/blockchain/protocol.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Block } from '../../spec/blockchain/types.js'
import { address } from './toychains.js'

export type Msg = Message<NumberedTypes>
export type St = State<NumberedTypes>
export type Bl = Block<NumberedTypes>

export const toychain = toychainModel(playNumbered, bounds(2, 4, 2)).toychain
const { forest, params, network } = toychain

export const [N0, N1] = [address(0), address(1)]
export const [t1, t2] = playNumbered.transactions(2) as readonly [
  NumberedTypes['Transaction'],
  NumberedTypes['Transaction']
]
/** A block on another. */
export const on = (parent: Bl, k: number, ...txs: Bl['txs']): Bl => ({
  prevBlockHash: params.hashB(parent),
  txs,
  proof: { minter: N0, k }
})
export const genesis = params.GenesisBlock
export const b1 = on(genesis, 1, t1)
export const b2 = on(genesis, 2)
export const b3 = on(b2, 3)

/** Node 0 with these blocks and transactions. */
export const node = (blocks: ReadonlyArray<Bl>, ...txPool: St['txPool']): St => ({
  ...toychain.local.Init(N0),
  peers: [N0, N1],
  blockTree: forest.btExtendAll(toychain.local.Init(N0).blockTree, blocks),
  txPool
})

type Did = ToychainReaction<NumberedTypes>

/** What node 0 does right with a message of node 1, or of another. */
export const receives = (before: St, msg: Msg, from = N1): Did => {
  const [after, sent] = network.protocol.procMsg(before, from, msg, { minter: N0, k: 0 })
  return { node: N0, before, after, sent, to: { _tag: 'Message', from, msg } }
}

/** What node 0 does right when it mints, as the k-th block. */
export const mints = (before: St, k: number): Did => {
  const [after, sent] = network.protocol.procInt(before, MintT, { minter: N0, k })
  return { node: N0, before, after, sent, to: { _tag: 'Internal', transition: MintT } }
}

/** What node 0 does right when it announces a transaction. */
export const announces = (before: St, tx: NumberedTypes['Transaction']): Did => {
  const transition = { _tag: 'TxT', tx } as const
  const [after, sent] = network.protocol.procInt(before, transition, { minter: N0, k: 0 })
  return { node: N0, before, after, sent, to: { _tag: 'Internal', transition } }
}

/** A packet from node 0. */
export const packet = (dst: typeof N0, msg: Msg) => ({ src: N0, dst, msg })

/** What a step invariant objects to what a node does. */
export const objections = (property: ToychainProperty<NumberedTypes>, did: Did): ReadonlyArray<string> => {
  if (property._tag !== 'StepInvariant' || O.isNone(property.part))
    throw new Error(`${property.name} is no step invariant of a node`)
  return property.part.value.decide(did).map(({ node: n, witness }) => `node ${String(n)} ${witness}`)
}

/** The property of this name among some. */
export const named =
  (all: ReadonlyArray<ToychainProperty<NumberedTypes>>) =>
  (name: string): ToychainProperty<NumberedTypes> => {
    const found = all.find((property) => property.name === name)
    if (found === undefined) throw new Error(`there is no property ${name}`)
    return found
  }
