/**
 * Witnesses: can something happen at all, how often, and what is the shortest execution that shows it?
 *
 * Something in a state is sought by an invariant that says that it never happens: its objections are the sightings, in
 * words, and the search for the shortest one is the search for a counterexample. Something in a step of one node becomes
 * something in a state when nodes recall their last step.
 */
import * as E from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { Network } from '../../../spec/system/network.js'
import type { NetworkOf, World } from '../../../spec/system/network.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { Protocol } from '../../../spec/system/protocol.js'
import type { Names } from '../data/names.js'
import { eachNode } from '../../property/invariant.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { counting } from '../model/counting.js'
import { exhaustive } from './exhaustive.js'
import type { ExhaustiveOptions } from './exhaustive.js'
import { networkModel } from '../network/networkModel.js'
import type { Model } from '../model/model.js'
import type { NetworkModelOptions } from '../network/networkModel.js'
import { statesAlong } from '../trace/replay.js'
import type { Counterexample, Coverage, Fault } from '../model/result.js'

/** What was sought, as far as the search went. */
export interface Witness<S, A> {
  /** What was counted: distinct states, or transitions. */
  readonly of: 'states' | 'transitions'
  /** How many of them show it. */
  readonly times: number
  /** How many were looked at. */
  readonly among: number
  /** Nothing was left out: no bound cut the search short. */
  readonly complete: boolean
  /** The shortest execution that ends in it; its failures are the sightings. None: it does not happen within the bounds. */
  readonly shortest: Counterexample<S, A> | undefined
  /** What went wrong in the model itself: then nothing is said of what was sought. */
  readonly fault: Fault<S, A> | undefined
  /** What else happened in all that was looked at. */
  readonly coverage: Coverage
  readonly seconds: number
}

/** Bounds of a search for witnesses. */
export type WitnessOptions = Pick<ExhaustiveOptions, 'depth' | 'maxStates' | 'plain' | 'onProgress' | 'signal'>

/** Seeks the states in which an invariant of the model fails. */
export const witnessState = async <S, A>(model: Model<S, A>, options: WitnessOptions = {}): Promise<Witness<S, A>> => {
  const first = await exhaustive(model, options)
  const counted = counting(model)
  const all = first.counterexample ? await exhaustive(counted.model, options) : first
  return {
    of: 'states',
    times: counted.times(),
    among: all.states,
    complete: all.complete,
    shortest: first.counterexample,
    fault: first.fault ?? all.fault,
    coverage: all.coverage,
    seconds: first.seconds + (all === first ? 0 : all.seconds)
  }
}

/** Something that a node may do in a step. */
export interface SoughtStep<State> {
  readonly name: string
  readonly says: string
  /** How it happens in the step of a node from one state to another, in words. None: it does not. */
  readonly seen: (before: State, after: State) => O.Option<string>
}

/** Seeks the steps of a network's nodes in which something happens. */
export const witnessStep = async <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>,
  sought: SoughtStep<State>,
  bounds: WitnessOptions = {}
): Promise<Witness<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>>> => {
  const observations = {
    states: [],
    steps: [
      {
        name: sought.name,
        says: sought.says,
        of: (before: State, after: State) => O.isSome(sought.seen(before, after))
      }
    ]
  }
  const plain = networkModel<Env, State, Message, Internal, Timestamp>({
    ...options,
    invariants: [],
    properties: [],
    observations,
    remembering: (names) => ({ ...(options.remembering?.(names) ?? options), invariants: [], observations })
  })
  const first = await exhaustive(networkModel(recalling(options, sought)), bounds)
  const all = await exhaustive(plain, bounds)
  const { fault } = all
  const found = first.counterexample
  return {
    of: 'transitions',
    times: all.coverage.steps[sought.name] ?? 0,
    among: all.transitions,
    complete: all.complete,
    shortest: found && { ...found, states: statesAlong(plain, found) },
    fault,
    coverage: all.coverage,
    seconds: first.seconds + all.seconds
  }
}

/** A node's state, and what was seen in its last step. */
export interface Recalled<State> {
  readonly st: State
  readonly last: O.Option<string>
}

/** A network whose nodes recall their last step, and whose only invariant is that what is sought was not seen in it. */
export const recalling = <Env, State, Message, Internal, Timestamp>(
  {
    network,
    environment,
    world,
    otherWorlds,
    remembering,
    symmetry: _,
    properties: _properties,
    ...rest
  }: NetworkModelOptions<Env, State, Message, Internal, Timestamp>,
  sought: SoughtStep<State>
): NetworkModelOptions<Env, Recalled<State>, Message, Internal, Timestamp> => {
  const parts = (N: NetworkOf<State, Message, Internal, Timestamp>) => ({
    network: Network(N.addresses, recallingProtocol(N.protocol, sought)),
    invariants: [notSeen<State, Message>(sought)],
    observations: { states: [], steps: [] }
  })
  return {
    ...rest,
    ...parts(network),
    ...(remembering && { remembering: (names: Names) => parts(remembering(names).network) }),
    environment: recallingEnvironment(environment),
    world: recallingWorld(world),
    ...(otherWorlds && { otherWorlds: otherWorlds.map((w) => recallingWorld(w)) })
  }
}

const recallingProtocol = <State, Message, Internal, Timestamp>(
  { restart, ...Pr }: Protocol<State, Message, Internal, Timestamp>,
  { seen }: SoughtStep<State>
): Protocol<Recalled<State>, Message, Internal, Timestamp> => {
  const recall = (before: State, after: State): Recalled<State> => ({ st: after, last: seen(before, after) })
  return {
    ...Pr,
    Init: (n) => ({ st: Pr.Init(n), last: O.none }),
    procMsg: ({ st }, from, msg, ts) => {
      const [after, sent] = Pr.procMsg(st, from, msg, ts)
      return [recall(st, after), sent]
    },
    procInt: ({ st }, transition, ts) => {
      const [after, sent] = Pr.procInt(st, transition, ts)
      return [recall(st, after), sent]
    },
    ...(restart && { restart: ({ st }) => recall(st, restart(st)) }),
    id: ({ st }) => Pr.id(st),
    coherent: Pr.coherent.map((condition) => ({ ...condition, holds: ({ st }) => condition.holds(st) })),
    State: E.struct({ st: Pr.State, last: O.getEq({ equals: (a: string, b: string) => a === b }) })
  }
}

const recallingEnvironment = <Env, State, Message, Internal, Timestamp>({
  internal,
  nodeFaults,
  ...environment
}: Environment<Env, State, Message, Internal, Timestamp>): Environment<
  Env,
  Recalled<State>,
  Message,
  Internal,
  Timestamp
> => ({
  ...environment,
  internal: (env, n, { st }) => internal(env, n, st),
  ...(nodeFaults && { nodeFaults: (env, n, { st }) => nodeFaults(env, n, st) })
})

const recallingWorld = <State, Message>(world: World<State, Message>): World<Recalled<State>, Message> => ({
  ...world,
  localState:
    world.localState._tag === 'Undef'
      ? world.localState
      : { _tag: 'Def', entries: world.localState.entries.map(([n, st]) => [n, { st, last: O.none }]) }
})

const notSeen = <State, Message>({ name, says }: SoughtStep<State>): NetworkInvariant<Recalled<State>, Message> =>
  eachNode(name, says, (node, { last }) => (O.isSome(last) ? [{ node, witness: last.value }] : []))
