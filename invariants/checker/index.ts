/**
 * The checker: strategies that explore a model and check its invariants. (`blockforest/checker`)
 */
export { exhaustive } from './exhaustive.js'
export type { ExhaustiveOptions } from './exhaustive.js'
export { networkModel } from './model.js'
export type { Model, NetworkModelOptions, StateObservation, StepObservation } from './model.js'
export type { CompactSystem, LocalObservations, Walker } from './compact.js'
export { randomized } from './randomized.js'
export type { RandomizedOptions, RandomizedResult } from './randomized.js'
export { runActions, statesAlong, verdict } from './replay.js'
export { neverEnabled, quiescent } from './result.js'
export type { Counterexample, Coverage, Progress, Result } from './result.js'
export { shrink } from './shrink.js'
export { fromItf, toItf } from './itf.js'
export type { ItfValue } from './itf.js'
export { difference, readTrace, replay, traceOf, writeTrace } from './trace.js'
export type { Replay, ReplayedStep, Trace } from './trace.js'
