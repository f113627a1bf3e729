/**
 * What clients see of contracts, held against the objects that they take them for.
 *
 * A transaction is a call and a return. What a client means by an operation may span several: it reads a counter and writes
 * it, it asks an oracle and is answered later, it lets a spender take tokens and thinks better of it. Such an operation begins
 * with the first of its transactions, and ends with the last. A transaction that is refused does nothing, and is not seen.
 */
import { iota } from '../../spec/prelude/seq.js'
import type { Account, Value } from '../../spec/contracts/language.js'
import { call, returns } from '../checker/history/history.js'
import type { TransactionOf } from '../checker/history/consistency.js'
import type { EventsOf, History } from '../checker/history/history.js'
import type { SequentialObject } from '../checker/history/object.js'
import type { HistoryWords } from '../checker/history/picture.js'
import type { KingState, KingStep } from './blockking.js'
import type { Client, Shared } from './clients.js'
import type { CounterStep } from './counter.js'
import type { ClientStep } from './clients.js'

/** Clients of a contract: what they call and are told, and what the contract should be to them. */
export interface Observed<S, A, State, Op, Result> {
  readonly object: SequentialObject<State, Op, Result>
  readonly eventsOf: EventsOf<S, A, Op, Result>
  readonly words: HistoryWords<Op, Result>
}

/** The same of operations of several transactions, as transactions on what the contract holds. */
export interface Transacted<S, A, State, Op, Result> extends Observed<S, A, State, Op, Result> {
  readonly transactionOf: TransactionOf<Op, Result>
}

/** Adds one, and tells what there was. */
type Added = { readonly before: Value | null } | 'failed'

const isOpen = (client: Client | undefined): boolean => ['read', 'writer', 'written'].includes(client?.at ?? '')

/** A counter: who adds one is told what there was before; who is too late may try again. */
export const observedCounter: Observed<Shared, CounterStep, bigint, 'add one', Added> = {
  object: {
    name: 'counter',
    initial: [0n],
    apply: (n) => [
      [n + 1n, { before: n }],
      [n, 'failed']
    ]
  },
  eventsOf: ({ clients: before }, { client }, { clients: after }): History<'add one', Added> => {
    const [was, is] = [before[client], after[client]]
    if (!isOpen(was)) return isOpen(is) ? [call(client, 'add one')] : []
    if (is?.at === 'done') return [returns(client, { before: is.memory })]
    return is?.at === 'start' ? [returns(client, 'failed')] : []
  },
  words: { op: (op) => op, result: (result) => (result === 'failed' ? result : `there was ${String(result.before)}`) }
}

/** A player asks with the block that it is in. */
export interface Asks {
  readonly player: string
  readonly digit: bigint
}

/** What it is told: the random digit, and who is king by it. */
export interface Told {
  readonly random: bigint
  readonly king: Value | null
}

/** An oracle that answers at once: who has asked wins if the digits are the same. */
export const observedKing = (digits: number): Observed<KingState, KingStep, null, Asks, Told> => ({
  object: {
    name: 'game of chance',
    initial: [null],
    apply: (_, { player, digit }) =>
      iota(digits).map((n) => [null, { random: BigInt(n), king: digit === BigInt(n) ? player : null }] as const)
  },
  eventsOf: (before, a, after): History<Asks, Told> => {
    const query = after.asked.at(-1)
    if (a._tag === 'Enter' && query !== undefined && after.asked.length > before.asked.length)
      return [call(`query ${String(query.id)}`, { player: query.player, digit: query.digit })]
    return a._tag === 'Callback' && after.last !== null
      ? [returns(`query ${String(a.id)}`, { random: a.random, king: after.last.king })]
      : []
  },
  words: {
    op: ({ player, digit }) => `${player}, block …${String(digit)}`,
    result: ({ random, king }) => `${String(random)}: ${king === null ? 'no new king' : `${String(king)} is king`}`
  }
})

/** How much may be taken in all, and how much was. */
interface Limit {
  readonly limit: bigint
  readonly taken: bigint
}
type Spending = { readonly _tag: 'allow' | 'change' | 'take'; readonly amount: bigint }

/** An allowance: it can be lowered, but not below what was taken, and nobody takes more. */
export const observedAllowance = (
  allows: bigint,
  then: bigint
): Observed<Shared, ClientStep, Limit, Spending, 'ok' | 'refused'> => ({
  object: {
    name: 'allowance',
    initial: [{ limit: 0n, taken: 0n }],
    apply: (s, { _tag, amount }) => {
      if (_tag === 'take') return s.taken + amount <= s.limit ? [[{ ...s, taken: s.taken + amount }, 'ok']] : []
      const limit = amount < s.taken ? s.taken : amount
      return [
        [{ ...s, limit }, 'ok'],
        [s, 'refused']
      ]
    }
  },
  eventsOf: (before, { client, transaction }, after): History<Spending, 'ok' | 'refused'> => {
    const [was, is] = [before.clients[client], after.clients[client]]
    if (transaction.fn === 'transferFrom') {
      const [amount] = transaction.args.slice(-1)
      return before.world.stores === after.world.stores || typeof amount !== 'bigint'
        ? []
        : [call(client, { _tag: 'take', amount }), returns(client, 'ok')]
    }
    // The owner sees what is allowed, and decides at once to change it.
    if (was?.at === 'start' && is?.at === 'allowed')
      return [
        call(client, { _tag: 'allow', amount: allows }),
        returns(client, 'ok'),
        call(client, { _tag: 'change', amount: then })
      ]
    return is?.at === 'changed' ? [returns(client, 'ok')] : is?.at === 'refused' ? [returns(client, 'refused')] : []
  },
  words: { op: ({ _tag, amount }) => `${_tag} ${String(amount)}`, result: (result) => result }
})

type Access = 'get' | { readonly set: bigint }

/** Clients that read a number and write it: both together are a transaction, which commits when it has written. */
export const transactedCounter: Transacted<Shared, CounterStep, bigint, Access, bigint | 'done'> = {
  object: {
    name: 'number',
    initial: [0n],
    apply: (n, op) => (op === 'get' ? [[n, n]] : [[op.set, 'done']])
  },
  eventsOf: ({ clients: before }, { client }, { clients: after }): History<Access, bigint | 'done'> => {
    const [was, is] = [before[client], after[client]]
    const hasWritten = was?.at === 'read' && (is?.at === 'done' || is?.at === 'written')
    return hasWritten && typeof was.memory === 'bigint'
      ? [
          ...[call(client, 'get' as const), returns(client, was.memory)],
          ...[call(client, { set: was.memory + 1n }), returns(client, 'done' as const)]
        ]
      : []
  },
  transactionOf: ({ process }) => process,
  words: { op: (op) => (op === 'get' ? op : `set ${String(op.set)}`), result: String }
}

/** How much may be taken still, and how much was. */
interface Allowance {
  readonly allowed: bigint
  readonly taken: bigint
}
type Dealing =
  | { readonly _tag: 'allow' | 'lower' | 'take'; readonly amount: bigint }
  | { readonly _tag: 'see what is allowed' | 'see what was taken' }

const dealt = (
  client: Account,
  ...dealings: ReadonlyArray<readonly [Dealing, bigint | 'ok']>
): History<Dealing, bigint | 'ok'> =>
  dealings.flatMap(([dealing, result]) => [call(client, dealing), returns(client, result)])

/** An owner that sees what is allowed and changes it: both together are a transaction, which commits when it has changed it. */
export const transactedAllowance = (
  allows: bigint,
  then: bigint
): Transacted<Shared, ClientStep, Allowance, Dealing, bigint | 'ok'> => ({
  object: {
    name: 'allowance',
    initial: [{ allowed: 0n, taken: 0n }],
    apply: (s, op) => {
      const { allowed, taken } = s
      switch (op._tag) {
        case 'allow':
          return [[{ ...s, allowed: op.amount }, 'ok']]
        case 'lower':
          return [[{ ...s, allowed: allowed > op.amount ? allowed - op.amount : 0n }, 'ok']]
        case 'take':
          return op.amount > allowed ? [] : [[{ allowed: allowed - op.amount, taken: taken + op.amount }, 'ok']]
        case 'see what is allowed':
          return [[s, allowed]]
        case 'see what was taken':
          return [[s, taken]]
      }
    }
  },
  eventsOf: (before, { client, transaction }, after) => {
    const [was, is] = [before.clients[client], after.clients[client]]
    if (transaction.fn === 'transferFrom') {
      const [amount] = transaction.args.slice(-1)
      return before.world.stores === after.world.stores || typeof amount !== 'bigint'
        ? []
        : dealt(client, [{ _tag: 'take', amount }, 'ok'])
    }
    if (was?.at === 'start' && is?.at === 'allowed') return dealt(client, [{ _tag: 'allow', amount: allows }, 'ok'])
    if (is?.at !== 'changed') return []
    if (transaction.fn === 'decreaseApproval') return dealt(client, [{ _tag: 'lower', amount: allows - then }, 'ok'])
    const seen = was?.at === 'looked' && typeof was.memory === 'bigint' ? was.memory : undefined
    return seen === undefined
      ? dealt(client, [{ _tag: 'see what is allowed' }, allows], [{ _tag: 'allow', amount: then }, 'ok'])
      : dealt(
          client,
          [{ _tag: 'allow', amount: 0n }, 'ok'],
          [{ _tag: 'see what was taken' }, seen],
          [{ _tag: 'allow', amount: then - seen }, 'ok']
        )
  },
  // The owner allows once, and changes once; what the spender takes, it takes each time in a transaction.
  transactionOf: ({ process, op, called }) => (op._tag === 'take' || called === 0 ? called : process),
  words: { op: (op) => ('amount' in op ? `${op._tag} ${String(op.amount)}` : op._tag), result: String }
})
