/**
 * Executions of the machine: users send transactions, attackers choose, blocks are mined, and money arrives that nobody has
 * asked for.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { fromSteps } from '../system/transitionSystem.js'
import type { Step, TransitionSystem } from '../system/transitionSystem.js'
import { balanceOf, Machine, moved } from './machine.js'
import type { Message, Setting, Transaction, World } from './machine.js'
import type { Account } from './language.js'

/** What happens. */
export type MachineStep =
  | { readonly _tag: 'Begin'; readonly transaction: Transaction }
  /** The contract that runs goes on. */
  | { readonly _tag: 'Run' }
  /** The attacker that runs calls, returns or throws. */
  | { readonly _tag: 'Call'; readonly message: Message }
  | { readonly _tag: 'Return' }
  | { readonly _tag: 'Throw' }
  | { readonly _tag: 'NextBlock' }
  /** Money arrives without running code, from a contract that destroys itself. */
  | { readonly _tag: 'Force'; readonly from: Account; readonly to: Account; readonly amount: bigint }

/** All that may happen. */
export interface Scenario extends Setting {
  readonly initial: World
  /** What users may send. */
  readonly transactions: ReadonlyArray<Transaction>
  /** How many transactions there are. */
  readonly most: number
  /** The number of the last block. Default: that of the first. */
  readonly lastBlock?: bigint
  /** Money that may arrive so, as long as it is there. Default: none. */
  readonly forced?: ReadonlyArray<Omit<Extract<MachineStep, { _tag: 'Force' }>, '_tag'>>
}

/** Who has control: nobody between transactions, a contract that was just called, somebody else than the contracts, or one of them. */
export type Point = 'transaction' | 'entry' | 'yield' | 'inside'

/** Where a world is: which kind of check point. */
export const pointOf = ({ attackers }: Pick<Setting, 'attackers'>, { stack }: World): Point => {
  const frame = stack.at(-1)
  if (frame === undefined) return 'transaction'
  return attackers.includes(frame.self) ? 'yield' : frame.pc === 0 ? 'entry' : 'inside'
}

const sameMessage = (a: Message, b: Message): boolean =>
  a.to === b.to && a.fn === b.fn && a.value === b.value && a.args.join() === b.args.join()

/** Actions that are the same. */
export const stepEq: Eq<MachineStep> = {
  equals: (a, b) => {
    if (a._tag === 'Begin' && b._tag === 'Begin')
      return (
        a.transaction.from === b.transaction.from &&
        a.transaction.block === b.transaction.block &&
        sameMessage(a.transaction, b.transaction)
      )
    if (a._tag === 'Call' && b._tag === 'Call') return sameMessage(a.message, b.message)
    if (a._tag === 'Force' && b._tag === 'Force') return a.from === b.from && a.to === b.to && a.amount === b.amount
    return a._tag === b._tag
  }
}

/** The executions of a scenario. */
export const executionsOf = (scenario: Scenario): Required<TransitionSystem<World, MachineStep>> => {
  const { initial, transactions, most, lastBlock = initial.block, forced = [], offers } = scenario
  const machine = Machine(scenario)

  const between = (world: World): ReadonlyArray<Step<World, MachineStep>> => [
    ...(world.transactions >= most
      ? []
      : transactions
          .filter(({ from, value }) => balanceOf(world, from) >= value)
          .map(
            (transaction): Step<World, MachineStep> => [
              { _tag: 'Begin', transaction },
              machine.begin(world, transaction).world
            ]
          )),
    ...(world.block >= lastBlock
      ? []
      : [[{ _tag: 'NextBlock' }, { ...world, block: world.block + 1n }] satisfies Step<World, MachineStep>]),
    ...forced
      .filter(({ from, amount }) => balanceOf(world, from) >= amount)
      .map(
        ({ from, to, amount }): Step<World, MachineStep> => [
          { _tag: 'Force', from, to, amount },
          moved(world, from, to, amount)
        ]
      )
  ]

  return fromSteps<World, MachineStep>(
    [initial],
    (world) => {
      const frame = world.stack.at(-1)
      if (frame === undefined) return between(world)
      if (!machine.isAttacker(frame)) return [[{ _tag: 'Run' }, machine.run(world).world]]
      return [
        [{ _tag: 'Return' }, machine.leave(world, true).world],
        [{ _tag: 'Throw' }, machine.leave(world, false).world],
        ...(machine.mayCall(frame) ? offers(frame.self) : []).map(
          (message): Step<World, MachineStep> => [{ _tag: 'Call', message }, machine.call(world, message).world]
        )
      ]
    },
    stepEq
  )
}
