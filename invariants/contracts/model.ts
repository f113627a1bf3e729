/**
 * The model of a scenario: what a search of contracts is given.
 */
import { executionsOf } from '../../spec/contracts/executions.js'
import type { MachineStep, Scenario } from '../../spec/contracts/executions.js'
import type { World } from '../../spec/contracts/machine.js'
import { systemModel } from '../checker/model/systemModel.js'
import type { SystemModelOptions } from '../checker/model/systemModel.js'
import type { Model } from '../checker/model/model.js'
import { conservation } from './points.js'

/** What is asked of a scenario, and what it is called. */
export type ContractModelOptions = Pick<SystemModelOptions<World, MachineStep>, 'name' | 'invariants'> &
  Partial<Pick<SystemModelOptions<World, MachineStep>, 'properties' | 'states'>>

/**
 * The model of a scenario. That money is conserved is asked besides.
 * @throws RangeError where an account is an attacker's and has a contract too: its code would be another.
 */
export const contractModel = (
  scenario: Scenario,
  { properties = [], ...options }: ContractModelOptions
): Model<World, MachineStep> => {
  const both = scenario.attackers.find((account) => Object.hasOwn(scenario.contracts, account))
  if (both !== undefined)
    throw new RangeError(`${options.name}: ${both} is an attacker and has a contract; expected one of the two`)
  return systemModel<World, MachineStep>({
    ...options,
    system: executionsOf(scenario),
    properties: [conservation((world) => world), ...properties]
  })
}
