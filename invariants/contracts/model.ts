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

/** The model of a scenario. That money is conserved is asked besides. */
export const contractModel = (
  scenario: Scenario,
  { properties = [], ...options }: ContractModelOptions
): Model<World, MachineStep> =>
  systemModel<World, MachineStep>({
    ...options,
    system: executionsOf(scenario),
    properties: [conservation((world) => world), ...properties]
  })
