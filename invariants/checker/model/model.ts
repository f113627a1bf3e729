/**
 * What the checker checks: a transition system with its invariants, and the words in which to speak of it.
 *
 * A caller makes a model and hands it to a strategy (`exhaustive`, `randomized`, `replay`). How states are stored, and
 * whether local steps are computed once and looked up ever after (`compact`), is the strategy's business.
 */
import type { NetworkOf, World } from '../../../spec/system/network.js'
import { Executions } from '../../../spec/system/executions.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { canonical } from '../data/canonical.js'
import { Names } from '../data/names.js'
import { failures } from '../../property/invariant.js'
import type { Invariant, NetworkInvariant } from '../../property/invariant.js'
import { internNetwork } from '../network/compact.js'
import type { CompactOptions, LocalObservations } from '../network/compact.js'
import type { CompactSystem } from './walker.js'
import { quiescent } from './result.js'
import type { ScoreName } from './scores.js'
import { symmetryObjection } from '../network/symmetry.js'
import type { Symmetry } from '../network/symmetry.js'

/** Something worth counting in states. */
export interface StateObservation<S> {
  readonly name: string
  readonly says: string
  readonly of: (s: S) => boolean
}

/** Something worth counting in steps. */
export interface StepObservation<S> {
  readonly name: string
  readonly says: string
  readonly of: (before: S, after: S) => boolean
}

/** A model: what to explore, what to check in every state, and how to speak of it. */
export interface Model<S, A> {
  readonly name: string
  readonly system: TransitionSystem<S, A>
  readonly invariants: ReadonlyArray<Invariant<S, unknown>>
  /** States with one key are one state. */
  readonly key: (s: S) => string
  /** The kinds of action that the model has; one that is never enabled is reported. */
  readonly kinds: ReadonlyArray<string>
  readonly kindOf: (a: A) => string
  /** What makes two actions alike when their details differ: kind, source, destination. */
  readonly shapeOf: (a: A) => string
  readonly states: ReadonlyArray<StateObservation<S>>
  readonly steps: ReadonlyArray<StepObservation<S>>
  /** What a guided search may go toward. Default: nothing. */
  readonly scores?: ReadonlyArray<ScoreName>
  /** The same system, interned, where the model has the structure for it. */
  readonly compact?: (options?: CompactOptions) => CompactSystem<A>
  /** Why its states may not be explored up to symmetry; `undefined`: they may. It takes some time to answer. */
  readonly symmetryObjection?: () => string | undefined
}

/** What runs and is checked: a network, its invariants, and what is counted. */
export interface NetworkParts<State, Message, Internal, Timestamp> {
  readonly network: NetworkOf<State, Message, Internal, Timestamp>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  readonly observations: LocalObservations<State, Message>
}

/** What makes a model of a network. */
export interface NetworkModelOptions<Env, State, Message, Internal, Timestamp>
  extends NetworkParts<State, Message, Internal, Timestamp> {
  readonly name: string
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly world: World<State, Message>
  readonly kinds: ReadonlyArray<string>
  /** The kind of a message and of an internal transition; the kinds of actions are made of them. */
  readonly kindOfMessage: (m: Message) => string
  readonly kindOfInternal: (t: Internal) => string
  /** What becomes of the data when nodes are called otherwise, where it does not matter what they are called. */
  readonly symmetry?: Symmetry<Env, State, Message>
  /** The same parts, with functions that remember what they have answered, by names. Default: the parts themselves. */
  readonly remembering?: (names: Names) => NetworkParts<State, Message, Internal, Timestamp>
}

/** The kind of an action: `Deliver BlockMsg`, `MintT`, `Lose InvMsg`, `Cut`. */
const actionKind =
  <Message, Internal, Timestamp>(message: (m: Message) => string, internal: (t: Internal) => string) =>
  (a: Action<Message, Internal, Timestamp>): string => {
    switch (a._tag) {
      case 'Deliver':
      case 'Duplicate':
      case 'Lose':
        return `${a._tag} ${message(a.packet.msg)}`
      case 'Intern':
        return internal(a.transition)
      case 'Cut':
      case 'Heal':
        return a._tag
    }
  }

/** Some invariant of the model does not hold of the state. */
export const violates = <S>({ invariants }: Pick<Model<S, never>, 'invariants'>, s: S): boolean =>
  invariants.some((invariant) => failures(invariant, s).length > 0)

/** The shape of an action: its kind, and between whom it happens. */
const actionShape =
  <Message, Internal, Timestamp>(kindOf: (a: Action<Message, Internal, Timestamp>) => string) =>
  (a: Action<Message, Internal, Timestamp>): string => {
    switch (a._tag) {
      case 'Deliver':
      case 'Duplicate':
      case 'Lose':
        return `${kindOf(a)} ${String(a.packet.src)}→${String(a.packet.dst)}`
      case 'Intern':
        return `${kindOf(a)} ${String(a.node)}`
      case 'Cut':
      case 'Heal':
        return kindOf(a)
    }
  }

/**
 * The model of a network in an environment. Its states are told apart by local states, environment, and the *bag* of
 * packets in flight: no step depends on their order, and none on the packets that were consumed.
 */
export const networkModel = <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>
): Model<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  type A = Action<Message, Internal, Timestamp>
  const { network, environment, world, invariants, observations } = options
  const kindOf = actionKind<Message, Internal, Timestamp>(options.kindOfMessage, options.kindOfInternal)

  const someNode =
    (of: (st: State) => boolean) =>
    ({ world: w }: G): boolean =>
      w.localState._tag === 'Def' && w.localState.entries.some(([, st]) => of(st))

  const someStep =
    (of: (before: State, after: State) => boolean) =>
    (before: G, after: G): boolean => {
      const now = after.world.localState
      const then = before.world.localState
      return (
        now._tag === 'Def' &&
        then._tag === 'Def' &&
        now.entries.some(
          ([, st], i) => then.entries[i] !== undefined && st !== then.entries[i][1] && of(then.entries[i][1], st)
        )
      )
    }

  const { symmetry } = options
  const model: Model<G, A> = {
    name: options.name,
    system: Executions(network, environment, world),
    invariants,
    key: ({ world: w, env }) => canonical([env, w.localState, w.inFlightMsgs.map((p) => canonical(p)).sort()]),
    kinds: options.kinds,
    kindOf,
    shapeOf: actionShape<Message, Internal, Timestamp>(kindOf),
    states: [
      ...observations.states.map(({ of, ...named }) => ({ ...named, of: someNode(of) })),
      { name: quiescent, says: 'nothing is in flight', of: ({ world: w }) => w.inFlightMsgs.length === 0 }
    ],
    steps: observations.steps.map(({ of, ...named }) => ({ ...named, of: someStep(of) })),
    scores: observations.scores ?? [],
    compact: (how): CompactSystem<A> => {
      const names = new Names()
      const parts = options.remembering?.(names) ?? options
      return internNetwork({ ...parts, environment, world, symmetry, kinds: options.kinds, kindOf, names, ...how })
    }
  }
  return symmetry === undefined
    ? model
    : {
        ...model,
        symmetryObjection: () => symmetryObjection({ ...model, violates: (s) => violates(model, s) }, symmetry)
      }
}
