/**
 * A replicated service by Practical Byzantine Fault Tolerance: `import { configure, createReplica } from 'blockforest/pbft'`.
 */
export { configure } from './configuration.js'
export type { Configuration, PbftOptions } from './configuration.js'
export type { Input, Output } from './events.js'
export type { Refusal } from './refusals.js'
export type { Service } from './service.js'
export { forget, fromSpec, toSpec } from './spec.js'
export { initialState } from './state.js'
export type { Awaited, ReplicaState, Timer } from './state.js'
export { replay, step } from './step.js'
export type { Step } from './step.js'
