/**
 * Where invariants of contracts are checked, and the law that holds everywhere.
 *
 * An invariant of a contract need not hold while the contract runs. It must hold whenever somebody else may look: between
 * transactions in any case; and if it holds whenever others have control, the contract is safe however they call it back.
 */
import { pointOf } from '../../spec/contracts/executions.js'
import type { Point } from '../../spec/contracts/executions.js'
import { totalOf } from '../../spec/contracts/machine.js'
import type { Ledger, Setting, World } from '../../spec/contracts/machine.js'
import { stepInvariant } from '../property/property.js'
import type { StepInvariant } from '../property/property.js'
import { whole } from '../property/invariant.js'
import type { Invariant, Objections } from '../property/invariant.js'
import { choice } from '../systems/form.js'

/** Where to check, besides between transactions. */
export const POINTS = ['transaction', 'yield', 'entry'] as const
export type CheckAt = (typeof POINTS)[number]

/** The parameter by which it is chosen. */
export const checkAtField = choice({
  says: 'where invariants must hold: between transactions; also when others have control; also when a contract is entered',
  among: POINTS
})

/** Whether an invariant must hold at a point. */
export const isChecked = (checkAt: CheckAt, point: Point): boolean =>
  point === 'transaction' ||
  (point === 'yield' && checkAt !== 'transaction') ||
  (point === 'entry' && checkAt === 'entry')

/** A conjunct about contracts, where it must hold. */
export const atPoints = (
  setting: Pick<Setting, 'attackers'>,
  checkAt: CheckAt,
  name: string,
  says: string,
  decide: (world: World) => Objections
): Invariant<World> => whole(name, says, (world) => (isChecked(checkAt, pointOf(setting, world)) ? decide(world) : []))

/** Money is moved, and neither made nor lost: the law of the machine. */
export const conservation = <S, A>(ledgerOf: (s: S) => Ledger): StepInvariant<S, A, never> =>
  stepInvariant(
    'money is conserved',
    'all accounts together have as much after a step as before it',
    (before, _, after) => {
      const [was, is] = [totalOf(ledgerOf(before)), totalOf(ledgerOf(after))]
      return was === is ? [] : [{ witness: `there was ${String(was)}, and there is ${String(is)}` }]
    }
  )
