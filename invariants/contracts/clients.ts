/**
 * Clients of a contract: programs outside the chain that send one transaction after another, and remember what they were told.
 */
import type { Account, Value } from '../../spec/contracts/language.js'
import type { Reached, Transaction, World } from '../../spec/contracts/machine.js'
import type { Step } from '../../spec/system/transitionSystem.js'

/** A client: where it is in its program, and what it remembers. */
export interface Client {
  readonly at: string
  readonly memory: Value | null
}

/** Clients with the world that they share. */
export interface Shared {
  readonly world: World
  readonly clients: Readonly<Record<Account, Client>>
}

/** A client has sent a transaction, and was told how it went. */
export interface ClientStep {
  readonly _tag: string
  readonly client: Account
  readonly transaction: Transaction
}

/** What a client does next: a transaction, and where it is when that has ended. */
export interface Move {
  readonly transaction: Omit<Transaction, 'from'>
  readonly then: (ended: NonNullable<Reached['ended']>) => Client
}

/** What a client may do. */
export type Program = (client: Client, account: Account) => ReadonlyArray<Move>

/** The steps of clients with programs, one transaction each. */
export const clientSteps =
  (begin: (world: World, transaction: Transaction) => Reached, program: Program) =>
  ({ world, clients }: Shared): ReadonlyArray<Step<Shared, ClientStep>> =>
    Object.entries(clients).flatMap(([account, client]) =>
      program(client, account).flatMap(({ transaction: message, then }): ReadonlyArray<Step<Shared, ClientStep>> => {
        const transaction = { ...message, from: account }
        const reached = begin(world, transaction)
        if (reached.ended === null) return []
        return [
          [
            { _tag: message.fn ?? '', client: account, transaction },
            {
              // How many transactions there were tells clients nothing.
              world: { ...reached.world, transactions: 0 },
              clients: { ...clients, [account]: then(reached.ended) }
            }
          ]
        ]
      })
    )
