/**
 * Contracts as a replicated service: each operation of an agreed log is a transaction, and replicas that have executed the same
 * log are in one state of all contracts, since that is a function of the log.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Service } from '../byzantine/pbft/replica.js'
import { worldOfText, worldText } from './codec.js'
import type { Reached, Transaction, World } from './machine.js'

/** A machine, the world before the first operation, and what the operations of a log mean to it. */
export interface ExecutingLog {
  readonly begin: (world: World, transaction: Transaction) => Reached
  readonly genesis: World
  /** The call that an operation stands for; none: it is nonsense, and does nothing. */
  readonly callOf: (operation: string) => Transaction | undefined
  /**
   * The number of the block that an operation is in. It must follow from the log. Default: how many transactions there were
   * before.
   */
  readonly blockOf?: (world: World) => bigint
}

/** A service of contracts, whose states are worlds between transactions. */
export interface ContractService {
  readonly initial: World
  /** The world after an operation, and what its client is told: whether it has succeeded, and what it has returned. */
  readonly execute: (world: World, operation: string) => { readonly state: World; readonly result: string }
  readonly write: (world: World) => string
  readonly read: (text: string) => World
}

/** What the client of an operation is told. */
const resultText = ({ ended }: Pick<Reached, 'ended'>): string =>
  ended?.ok !== true ? 'thrown' : ended.result === null ? 'done' : `done: ${String(ended.result)}`

/** Contracts as a service. */
export const contractService = ({
  begin,
  genesis,
  callOf,
  blockOf = ({ transactions }) => BigInt(transactions)
}: ExecutingLog): ContractService => ({
  initial: genesis,
  execute: (world, operation) => {
    const call = callOf(operation)
    if (call === undefined) return { state: world, result: 'nonsense' }
    const { world: after, ended } = begin({ ...world, block: blockOf(world) }, call)
    // What the number was is no part of what contracts have: only one that reads it may keep it.
    return { state: { ...after, block: genesis.block }, result: resultText({ ended }) }
  },
  write: worldText,
  // A replica reads only texts whose digest a quorum has shown, and those were written.
  read: (text) => E.getOrElse(() => genesis)(worldOfText(text))
})

/** The same as a service of the specification of PBFT, whose states are texts. */
export const asPbftService = ({ initial, execute, write, read }: ContractService): Service => ({
  initial: write(initial),
  execute: (snapshot, operation) => {
    const { state, result } = execute(read(snapshot), operation)
    return { snapshot: write(state), result }
  }
})

/** The world after a log. */
export const executedLog = ({ initial, execute }: ContractService, log: ReadonlyArray<string>): World =>
  log.reduce((world, operation) => execute(world, operation).state, initial)
