/**
 * BlockKing as an entry of the catalogue: players enter, and the oracle answers their queries in any order, with any digit.
 */
import { iota } from '../../spec/prelude/seq.js'
import { BlockKing, ORACLE } from '../../spec/contracts/blockking.js'
import type { BlockKingOptions } from '../../spec/contracts/blockking.js'
import type { Account, Contract, Value } from '../../spec/contracts/language.js'
import { balanceOf, genesis, transact } from '../../spec/contracts/machine.js'
import type { Message, World } from '../../spec/contracts/machine.js'
import { fromSteps } from '../../spec/system/transitionSystem.js'
import type { Step } from '../../spec/system/transitionSystem.js'
import { plainData } from '../checker/data/canonical.js'

/** The account of the contract. */
export const KING: Account = 'blockking'
/** Who has made it, and gets what the king does not. */
const OWNER: Account = 'owner'
/** What it costs to enter, in finney, as on the slide. */
const PRICE = 50n

/** What makes an answer that of its query. */
export const KING_REPAIRS = ['records', 'one-pending'] as const

/** How many play, and what for. */
export interface BlockKingConfiguration {
  readonly users: number
  readonly enters: number
  readonly digits: number
  readonly pays: boolean
  readonly repair?: (typeof KING_REPAIRS)[number]
  readonly loses: boolean
}

/** A query: who has entered, and in a block with which last digit. */
export interface Query {
  readonly id: Value
  readonly player: Account
  readonly digit: bigint
}

/** An answer: to which query, with which digit, and who has become king; null: nobody. */
export interface Answer {
  readonly id: Value
  readonly random: bigint
  readonly king: Value | null
}

/** The contract with its surroundings: what was asked, what is not answered yet, and the last answer. */
export interface KingState {
  readonly world: World
  readonly asked: ReadonlyArray<Query>
  readonly pending: ReadonlyArray<Value>
  readonly last: Answer | null
}

/** What happens. */
export type KingStep =
  | { readonly _tag: 'Enter'; readonly player: Account; readonly digit: bigint; readonly pays: bigint }
  | { readonly _tag: 'Callback'; readonly id: Value; readonly random: bigint }
  /** Somebody calls the payment, where it is public. */
  | { readonly _tag: 'Pay'; readonly player: Account }
  /** The answer to a query is lost. */
  | { readonly _tag: 'Lose'; readonly id: Value }

/** What is different from the repaired contract besides the repair. */
export type Differences = Pick<BlockKingOptions, 'isOrdered' | 'isPublic'>

/** The contract of a configuration. */
export const kingContract = (c: BlockKingConfiguration, differences: Differences = { isOrdered: true }): Contract =>
  BlockKing({ digits: BigInt(c.digits), price: PRICE, pays: c.pays, repair: c.repair, ...differences })

/** The players of a configuration. */
export const playersOf = ({ users }: Pick<BlockKingConfiguration, 'users'>): ReadonlyArray<Account> =>
  iota(users).map((i) => `player${String(i + 1)}`)

/** A field of the contract. */
export const fieldOf = ({ world }: KingState, name: string): Value | undefined => world.stores[KING]?.[name]

/** The executions of BlockKing. */
export const kingSystem = (c: BlockKingConfiguration, contract = kingContract(c)) => {
  const begin = transact({ [KING]: contract })
  const players = playersOf(c)
  const digits = iota(c.digits).map(BigInt)
  const values = c.pays ? [PRICE, PRICE - 1n] : [0n]
  const isPublic = contract.functions.some((f) => f.name === 'process_payment' && f.isInternal !== true)
  const call = (fn: string, args: ReadonlyArray<Value>, value = 0n): Message => ({ to: KING, fn, args, value })

  /** The next block with a last digit. Where no money depends on how far apart blocks are, blocks are known by their digits. */
  const blockWith = ({ world: { block } }: KingState, digit: bigint): bigint => {
    const size = BigInt(c.digits)
    return c.pays ? block + 1n + ((digit - block - 1n + size * (block + 1n)) % size) : digit
  }
  const enter = (s: KingState, player: Account, digit: bigint, pays: bigint): KingState => {
    const block = blockWith(s, digit)
    const { world: entered, ended } = begin(s.world, { ...call('enter', [], pays), from: player, block })
    const world = c.pays ? { ...entered, block } : entered
    const id = ended?.result ?? null
    return id === null
      ? { ...s, world }
      : { ...s, world, asked: [...s.asked, { id, player, digit }], pending: [...s.pending, id] }
  }
  const answer = (s: KingState, id: Value, random: bigint): KingState => {
    const { world } = begin(s.world, { ...call('__callback', [id, random]), from: ORACLE })
    const after = { ...s, world, pending: s.pending.filter((other) => other !== id) }
    return { ...after, last: { id, random, king: fieldOf(after, 'winner') ?? null } }
  }

  const steps = (s: KingState): ReadonlyArray<Step<KingState, KingStep>> => [
    ...(Number(fieldOf(s, 'entered') ?? 0n) >= c.enters
      ? []
      : players.flatMap((player) =>
          digits.flatMap((digit) =>
            values
              .filter((pays) => balanceOf(s.world, player) >= pays)
              .map((pays) => [{ _tag: 'Enter', player, digit, pays }, enter(s, player, digit, pays)] as const)
          )
        )),
    ...s.pending.flatMap((id) =>
      digits.map((random) => [{ _tag: 'Callback', id, random }, answer(s, id, random)] as const)
    ),
    ...(isPublic
      ? players.map(
          (player) =>
            [
              { _tag: 'Pay', player },
              { ...s, world: begin(s.world, { ...call('process_payment', []), from: player }).world }
            ] as const
        )
      : []),
    ...(c.loses
      ? s.pending.map(
          (id) =>
            [
              { _tag: 'Lose', id },
              { ...s, pending: s.pending.filter((other) => other !== id) }
            ] as const
        )
      : [])
  ]

  const wealth = PRICE * BigInt(c.enters)
  const initial: KingState = {
    world: genesis({
      balances: c.pays ? Object.fromEntries(players.map((player) => [player, wealth])) : {},
      stores: { [KING]: { owner: OWNER } }
    }),
    asked: [],
    pending: [],
    last: null
  }
  return fromSteps<KingState, KingStep>([initial], steps, plainData)
}

/** What the contract has. */
export const potOf = ({ world }: KingState): bigint => balanceOf(world, KING)
