/**
 * Effectively callback-free (Grossman et al., POPL 2018): whatever can be reached with callbacks can be reached without.
 *
 * It is decided for a scenario: all that can be reached between transactions where attackers call nobody is listed first, by
 * up to twice as many transactions; then nothing else may be reached.
 */
import { executionsOf, pointOf } from '../../spec/contracts/executions.js'
import type { Scenario } from '../../spec/contracts/executions.js'
import type { Ledger, World } from '../../spec/contracts/machine.js'
import { canonical } from '../checker/data/canonical.js'
import { whole } from '../property/invariant.js'
import type { Invariant } from '../property/invariant.js'
import { moneyText } from './show.js'

/** What users can see between transactions, but for how many there were. */
const visible = ({ balances, stores }: Ledger): string => canonical([balances, stores])

/** What can be seen between transactions where attackers call nobody. */
const withoutCallbacks = (scenario: Scenario): ReadonlySet<string> => {
  const { initial, steps } = executionsOf({ ...scenario, calls: 0, most: 2 * scenario.most })
  const seen = new Map(initial.map((world) => [canonical(world), world]))
  // A Map is iterated in the order of insertion, over what is inserted meanwhile too.
  for (const world of seen.values())
    for (const [, after] of steps(world)) {
      const key = canonical(after)
      if (!seen.has(key)) seen.set(key, after)
    }
  return new Set([...seen.values()].filter(({ stack }) => stack.length === 0).map(visible))
}

/** The invariant that a scenario is effectively callback-free. */
export const callbackFree = (scenario: Scenario): Invariant<World> => {
  const plain = withoutCallbacks(scenario)
  return whole(
    'effectively callback-free',
    'whatever is reached with callbacks can be reached without them',
    (world) =>
      pointOf(scenario, world) !== 'transaction' || plain.has(visible(world))
        ? []
        : [{ witness: `without callbacks it never comes to this; ${moneyText(world)}` }]
  )
}
