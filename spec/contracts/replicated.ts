/**
 * Contracts on top of consensus: each node executes the transactions of its chain, block by block. Nodes that agree on the chain
 * agree on what the contracts have stored.
 */
import * as B from 'fp-ts/lib/boolean.js'
import * as E from 'fp-ts/lib/Eq.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as S from 'fp-ts/lib/string.js'
import { seqEq } from '../prelude/seq.js'
import type { Protocol } from '../system/protocol.js'
import type { Forest } from '../blockchain/forests.js'
import type { InternalTransition, Message, State } from '../blockchain/protocol.js'
import type { Instance, NodeProtocol } from '../blockchain/toychain.js'
import { eq_block } from '../blockchain/types.js'
import type { Block, Blockchain, Types } from '../blockchain/types.js'
import { worldText } from './codec.js'
import type { Ended, Reached, Transaction, World } from './machine.js'

/** A machine, the world before the first block, and what the transactions of a blockchain mean to it. */
export interface Executing<T extends Types> {
  readonly begin: (world: World, transaction: Transaction) => Reached
  readonly genesis: World
  /** The call that a transaction of the chain stands for; none: it is about something else. */
  readonly callOf: (t: T['Transaction']) => Transaction | undefined
}

/** What a transaction of a chain has come to. */
export interface Receipt<T extends Types> {
  readonly transaction: T['Transaction']
  readonly ok: boolean
  readonly result: Ended['result']
}

/** A chain that was executed: the world after each of its blocks, and the receipts in order. */
export interface Executed<T extends Types> {
  readonly blocks: ReadonlyArray<{
    readonly block: Block<T>
    readonly after: World
    readonly receipts: ReadonlyArray<Receipt<T>>
  }>
}

/** What nodes do that execute their chain. */
export interface Replica<T extends Types> {
  /** Nothing is executed yet. */
  readonly empty: Executed<T>
  /** Executes a whole chain from the beginning. */
  readonly execute: (bc: Blockchain<T>) => Executed<T>
  /** Executes a block on top of what was executed. Blocks have the numbers 0, 1, … */
  readonly extend: (executed: Executed<T>, block: Block<T>) => Executed<T>
  /** Undoes blocks down to what they have in common with a chain. */
  readonly undo: (executed: Executed<T>, bc: Blockchain<T>) => Executed<T>
  /** Goes from what was executed to another chain: undoes what is not in it, and executes the rest. */
  readonly follow: (executed: Executed<T>, bc: Blockchain<T>) => Executed<T>
  /** The world after the last block. */
  readonly worldOf: (executed: Executed<T>) => World
  readonly receiptsOf: (executed: Executed<T>) => ReadonlyArray<Receipt<T>>
  /** A transaction would succeed after a chain. */
  readonly succeeds: (bc: Blockchain<T>, txs: ReadonlyArray<T['Transaction']>) => boolean
  readonly eq: Eq<Executed<T>>
}

export const Replica = <T extends Types>(
  instance: Pick<Instance<T>, 'types'>,
  { begin, genesis, callOf }: Executing<T>
): Replica<T> => {
  const blockEq = eq_block<T>(instance.types)
  const empty: Executed<T> = { blocks: [] }
  const worldOf = ({ blocks }: Executed<T>): World => blocks.at(-1)?.after ?? genesis

  const apply = (world: World, txs: ReadonlyArray<T['Transaction']>) =>
    txs.reduce<{ readonly after: World; readonly receipts: ReadonlyArray<Receipt<T>> }>(
      ({ after, receipts }, transaction) => {
        const call = callOf(transaction)
        if (call === undefined) return { after, receipts }
        const { world: next, ended } = begin(after, call)
        const receipt = { transaction, ok: ended?.ok === true, result: ended?.result ?? null }
        return { after: next, receipts: [...receipts, receipt] }
      },
      { after: world, receipts: [] }
    )

  const extend = (executed: Executed<T>, block: Block<T>): Executed<T> => {
    const { blocks } = executed
    const world = { ...worldOf(executed), block: BigInt(blocks.length) }
    return { blocks: [...blocks, { block, ...apply(world, block.txs) }] }
  }

  const undo = ({ blocks }: Executed<T>, bc: Blockchain<T>): Executed<T> => {
    const differ = blocks.findIndex(({ block }, i) => {
      const other = bc[i]
      return other === undefined || !blockEq.equals(block, other)
    })
    return { blocks: differ < 0 ? blocks : blocks.slice(0, differ) }
  }

  const follow = (executed: Executed<T>, bc: Blockchain<T>): Executed<T> => {
    const common = undo(executed, bc)
    return bc.slice(common.blocks.length).reduce(extend, common)
  }
  const execute = (bc: Blockchain<T>): Executed<T> => follow(empty, bc)

  return {
    empty,
    execute,
    extend,
    undo,
    follow,
    worldOf,
    receiptsOf: ({ blocks }) => blocks.flatMap(({ receipts }) => receipts),
    succeeds: (bc, txs) => apply(worldOf(execute(bc)), txs).receipts.every(({ ok }) => ok),
    eq: E.contramap(({ blocks }: Executed<T>) => blocks)(
      seqEq(
        E.struct({
          block: blockEq,
          after: E.contramap(worldText)(S.Eq),
          receipts: seqEq(
            E.struct<Receipt<T>>({ transaction: instance.types.Transaction, ok: B.Eq, result: E.eqStrict })
          )
        })
      )
    )
  }
}

/** A node of a blockchain that executes its chain. */
export interface Executor<T extends Types> extends State<T> {
  readonly executed: Executed<T>
}

/** The protocol of nodes that execute their chains: whenever its chain is another, a node goes from the one to the other. */
export const withExecution = <T extends Types>(
  Pr: NodeProtocol<T>,
  { btChain }: Pick<Forest<T>, 'btChain'>,
  { empty, follow, eq }: Pick<Replica<T>, 'empty' | 'follow' | 'eq'>
): Protocol<Executor<T>, Message<T>, InternalTransition<T>, T['Timestamp']> => {
  const after = (st: State<T>, executed: Executed<T>): Executor<T> => ({
    ...st,
    executed: follow(executed, btChain(st.blockTree))
  })
  const { restart, ...others } = Pr
  return {
    ...others,
    ...(restart && { restart: (st: State<T>) => after(restart(st), empty) }),
    Init: (n) => after(Pr.Init(n), empty),
    procMsg: (st, from, msg, ts) => {
      const [next, sent] = Pr.procMsg(st, from, msg, ts)
      return [after(next, st.executed), sent]
    },
    procInt: (st, tr, ts) => {
      const [next, sent] = Pr.procInt(st, tr, ts)
      return [after(next, st.executed), sent]
    },
    State: E.fromEquals((a, b) => Pr.State.equals(a, b) && eq.equals(a.executed, b.executed))
  }
}

/**
 * A blockchain on which a transaction is valid if its call succeeds: the contracts' own conditions are its `txValid`. A block
 * takes of what is offered what succeeds one after the other, and is refused otherwise.
 *
 * Every transaction is valid after the empty chain, as the axiom `txValid_nil` demands; the block there is genesis.
 */
export const withContracts = <T extends Types>(instance: Instance<T>, executing: Executing<T>): Instance<T> => {
  const { params, types } = instance
  const { succeeds } = Replica(instance, executing)
  const blockEq = eq_block<T>(types)
  return {
    ...instance,
    name: `${instance.name} with contracts`,
    params: {
      ...params,
      txValid: (t, bc) => params.txValid(t, bc) && (bc.length === 0 || succeeds(bc, [t])),
      VAF: (b, bc, txs) => params.VAF(b, bc, txs) && (blockEq.equals(b, params.GenesisBlock) || succeeds(bc, txs)),
      genProof: (bc, offered, ts) =>
        params.genProof(
          bc,
          offered.reduce<ReadonlyArray<T['Transaction']>>(
            (chosen, t) => (succeeds(bc, [...chosen, t]) ? [...chosen, t] : chosen),
            []
          ),
          ts
        )
    }
  }
}
