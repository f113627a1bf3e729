/**
 * Contracts of one's own: a language to write them in, a machine that runs them, and a model to search. (`blockforest/contracts`)
 */
export * from '../../spec/contracts/language.js'
export { NOBODY } from '../../spec/contracts/semantics.js'
export type { Store } from '../../spec/contracts/semantics.js'
export { functionLines, numbered, solidity } from '../../spec/contracts/solidity.js'
export type { SourceLine } from '../../spec/contracts/solidity.js'
export { balanceOf, genesis, Machine, totalOf, transact } from '../../spec/contracts/machine.js'
export type {
  Ended,
  Frame,
  Ledger,
  Message,
  Ran,
  Reached,
  Setting,
  Transaction,
  World
} from '../../spec/contracts/machine.js'
export { executionsOf, pointOf } from '../../spec/contracts/executions.js'
export type { MachineStep, Point, Scenario } from '../../spec/contracts/executions.js'
export { contractService } from '../../spec/contracts/service.js'
export type { ContractService, ExecutingLog } from '../../spec/contracts/service.js'
export { callbackFree } from '../../invariants/contracts/callbackFree.js'
export { contractModel } from '../../invariants/contracts/model.js'
export type { ContractModelOptions } from '../../invariants/contracts/model.js'
export { atPoints } from '../../invariants/contracts/points.js'
export type { CheckAt } from '../../invariants/contracts/points.js'
export { machineShow } from '../../invariants/contracts/show.js'
