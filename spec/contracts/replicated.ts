/**
 * Contracts on top of consensus: each node executes the transactions of its chain, block by block. Nodes that agree on the chain
 * agree on what the contracts have stored.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Instance } from '../blockchain/toychain.js'
import { eq_block } from '../blockchain/types.js'
import type { Block, Blockchain, Types } from '../blockchain/types.js'
import type { Reached, Transaction, World } from './machine.js'

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
  readonly result: unknown
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
  /** Goes from what was executed to another chain: undoes blocks down to what they have in common, and executes the rest. */
  readonly follow: (executed: Executed<T>, bc: Blockchain<T>) => Executed<T>
  /** The world after the last block. */
  readonly worldOf: (executed: Executed<T>) => World
  readonly receiptsOf: (executed: Executed<T>) => ReadonlyArray<Receipt<T>>
  /** A transaction would succeed after a chain. */
  readonly succeeds: (bc: Blockchain<T>, txs: ReadonlyArray<T['Transaction']>) => boolean
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

  /** A block on top of what was executed; blocks have the numbers 0, 1, … */
  const extend = (executed: Executed<T>, block: Block<T>): Executed<T> => {
    const { blocks } = executed
    const world = { ...worldOf(executed), block: BigInt(blocks.length) }
    return { blocks: [...blocks, { block, ...apply(world, block.txs) }] }
  }

  const follow = ({ blocks }: Executed<T>, bc: Blockchain<T>): Executed<T> => {
    const differ = bc.findIndex((block, i) => {
      const own = blocks[i]?.block
      return own === undefined || !blockEq.equals(own, block)
    })
    const common = differ < 0 ? bc.length : differ
    return bc.slice(common).reduce(extend, { blocks: blocks.slice(0, common) })
  }
  const execute = (bc: Blockchain<T>): Executed<T> => follow(empty, bc)

  return {
    empty,
    execute,
    follow,
    worldOf,
    receiptsOf: ({ blocks }) => blocks.flatMap(({ receipts }) => receipts),
    succeeds: (bc, txs) => apply(worldOf(execute(bc)), txs).receipts.every(({ ok }) => ok)
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
        O.Functor.map(params.genProof(bc, offered, ts), ([txs, proof]) => [
          txs.reduce<ReadonlyArray<T['Transaction']>>(
            (chosen, t) => (succeeds(bc, [...chosen, t]) ? [...chosen, t] : chosen),
            []
          ),
          proof
        ])
    }
  }
}
