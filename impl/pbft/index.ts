/**
 * A replicated service by Practical Byzantine Fault Tolerance: `import { configure, createReplica } from 'blockforest/pbft'`.
 *
 * Beside it: `blockforest/pbft/ed25519`, signatures by Node's `crypto`.
 */
export { batching, batchOf, resultsOf } from './batching.js'
export { createClient } from './client.js'
export type { ClientHost, ClientOptions, PbftClient, ReplyRefusal } from './client.js'
export { decode, encode } from './codec.js'
export type { DecodeError, Limits, SignedMessage } from './codec.js'
export { configure } from './configuration.js'
export type { Configuration, PbftOptions } from './configuration.js'
export type { Input, Output } from './events.js'
export { refusalOf } from './refusals.js'
export type { Refusal } from './refusals.js'
export { createReplica } from './replica.js'
export type { NotDone, PbftReplica, ReplicaHost, ReplicaOptions } from './replica.js'
export type { Service } from './service.js'
export { statementsOf } from './signatures.js'
export type { Scheme, Unsigned } from './signatures.js'
export { forget, fromSpec, toSpec } from './spec.js'
export { initialState } from './state.js'
export type { Awaited, Known, ReplicaState, Stable, Timer } from './state.js'
export { replay, step } from './step.js'
export type { Step } from './step.js'
export { memoryStore } from './store.js'
export type { MemoryStore, Store, Stored } from './store.js'
