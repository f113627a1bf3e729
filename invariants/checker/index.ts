/**
 * The checker: strategies that explore a model and check its invariants. (`blockforest/checker`)
 */
export { ModelFault } from './model/guard.js'
export { RefusedSearch } from './model/refusal.js'
export { CheckpointError } from './search/checkpoint.js'
export type { ChunkStore } from './data/growing.js'
export { exhaustive, isKeptBy, ORDERS } from './search/exhaustive.js'
export type { ExhaustiveOptions, Order } from './search/exhaustive.js'
export { collisionChance } from './data/fingerprints.js'
export { MOST_THREADS, parallel } from './threads/parallel.js'
export type { ParallelOptions } from './threads/parallel.js'
export type { ModelSource } from './threads/thread.js'
export { networkModel } from './network/networkModel.js'
export { askingOnly } from './model/model.js'
export type { Made, Model, StateObservation, StepObservation } from './model/model.js'
export type { NetworkModelOptions } from './network/networkModel.js'
export type { CompactOptions } from './model/walker.js'
export type { SeenState } from './network/seen.js'
export { ofEnvironment } from './network/properties.js'
export type { NetworkPredicate, NetworkProperty, NetworkSight, SightOfEnvironment } from './network/properties.js'
export type { LocalObservations } from './network/observations.js'
export { randomized } from './search/randomized.js'
export type { RandomizedOptions, RandomizedResult } from './search/randomized.js'
export { runActions, statesAlong, verdict } from './trace/replay.js'
export { missedGoals, neverEnabled, quiescent } from './model/result.js'
export type { Answer, Counterexample, Coverage, Execution, Fault, Progress, Reduction, Result } from './model/result.js'
export { scoreCalled } from './model/scores.js'
export type { LocalScore, ScoreName } from './model/scores.js'
export { shrink } from './trace/shrink.js'
export { fromItf, inOneSpelling, toItf } from './data/itf.js'
export type { ItfValue } from './data/itf.js'
export { difference, readTrace, replay, traceOf, writeTrace } from './trace/trace.js'
export type { Replay, ReplayedStep, Trace } from './trace/trace.js'
export { causal, networkCausality } from './trace/causal.js'
export type { Causality, Ties } from './trace/causal.js'
export { failuresAtEnd, failuresOfWhole } from './trace/judgement.js'
export type { Run } from './trace/judgement.js'
export { inductive } from './search/inductive.js'
export type { Induction, InductionOptions, InductionStep } from './search/inductive.js'
export { lanesOf, lanesOfSteps, lanesText } from './trace/lanes.js'
export type { Arrow, Lanes, LanesOptions, LaneStep } from './trace/lanes.js'
export { addressed, allNodes, freely, protocolModel, untimed } from './network/protocolModel.js'
export { NotPlainData, plainData } from './data/canonical.js'
export { systemModel } from './model/systemModel.js'
export { componentModel } from './components/componentModel.js'
export type { ComponentModelOptions } from './components/componentModel.js'
export { components } from './components/system.js'
export type {
  ComponentAction,
  ComponentInvariant,
  ComponentPart,
  ComponentProperty,
  ComponentRules,
  Components,
  ComponentStep,
  Effect
} from './components/system.js'
export type { ProtocolModelOptions, Untimed } from './network/protocolModel.js'
export { twinsModel } from './network/twinsModel.js'
export type { TwinsModelOptions } from './network/twinsModel.js'
export type { SystemModelOptions } from './model/systemModel.js'
export { recorder } from './network/outcomes.js'
export type { Outcome, Recorder } from './network/outcomes.js'
export { counting, recalling, witnessState, witnessStep } from './search/witness.js'
export type { Recalled, SoughtStep, Witness, WitnessOptions } from './search/witness.js'
export { MOST_STATES, stateGraph, toDot } from './trace/dot.js'
export type { GraphWords, StateGraph } from './trace/dot.js'
export type { CompactSystem, Walker } from './model/walker.js'
export { MOST_SYMMETRIC_NODES } from './network/symmetry.js'
export type { Renaming, Symmetry } from './network/symmetry.js'
export { call, historyOf, MalformedHistory, operationsOf, returns } from './history/history.js'
export type { EventsOf, History, HistoryEvent, Operation, Process } from './history/history.js'
export type { SequentialObject } from './history/object.js'
export { linearizable } from './history/linearizable.js'
export {
  consistencyOf,
  sequentiallyConsistent,
  serializable,
  strictlySerializable
} from './history/consistency.js'
export type { Consistency, TransactionOf } from './history/consistency.js'
export type { DecideOptions, Explained, Level, Unexplained, Verdict } from './history/verdict.js'
export type { Placed } from './history/replayed.js'
export { verdictText } from './history/picture.js'
export type { HistoryWords } from './history/picture.js'
export { linearizableSoFar, serializableSoFar, withHistory } from './history/system.js'
export type { WithHistory } from './history/system.js'
export { decodeHistory, HistoryOf } from './history/codec.js'
