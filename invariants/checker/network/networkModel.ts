/**
 * The model of a network in an environment: its steps are those of `Executions`, and it can be interned (`compact.ts`).
 */
import { Executions, initially } from '../../../spec/system/executions.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import type { NetworkOf, World } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { called, canonical } from '../data/canonical.js'
import { Names } from '../data/names.js'
import { violates } from '../model/model.js'
import type { Made, Model } from '../model/model.js'
import { quiescent } from '../model/result.js'
import type { CompactSystem } from '../model/walker.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { internNetwork } from './compact.js'
import type { LocalObservations } from './observations.js'
import { byChannel } from './parts.js'
import { ofSeen } from './seen.js'
import { strict } from './strict.js'
import { symmetryObjection } from './symmetry.js'
import type { Symmetry } from './symmetry.js'

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

/** The kind of an action: `Deliver BlockMsg`, `MintT`, `Forge Prepare`, `Lose InvMsg`, `Cut`, `Crash`. */
const actionKind =
  <Message, Internal, Timestamp>(message: (m: Message) => string, internal: (t: Internal) => string) =>
  (a: Action<Message, Internal, Timestamp>): string => {
    switch (a._tag) {
      case 'Deliver':
      case 'Forge':
      case 'Duplicate':
      case 'Lose':
        return `${a._tag} ${message(a.packet.msg)}`
      case 'Intern':
        return internal(a.transition)
      case 'Crash':
      case 'Restart':
      case 'Cut':
      case 'Heal':
        return a._tag
    }
  }

/** The shape of an action: its kind, and between whom it happens. */
const actionShape =
  <Message, Internal, Timestamp>(kindOf: (a: Action<Message, Internal, Timestamp>) => string) =>
  (a: Action<Message, Internal, Timestamp>): string => {
    switch (a._tag) {
      case 'Deliver':
      case 'Forge':
      case 'Duplicate':
      case 'Lose':
        return `${kindOf(a)} ${String(a.packet.src)}→${String(a.packet.dst)}`
      case 'Intern':
      case 'Crash':
      case 'Restart':
        return `${kindOf(a)} ${String(a.node)}`
      case 'Cut':
      case 'Heal':
        return kindOf(a)
    }
  }

/**
 * The model of a network in an environment. Its states are told apart by local states, environment, and the *bag* of
 * packets in flight: no step depends on their order, and none on the packets that were consumed. Where packets arrive in
 * order, states are told apart by the order in which they are in flight from one node to another.
 */
export const networkModel = <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>
): Model<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  type A = Action<Message, Internal, Timestamp>
  const { network, world, invariants, observations } = options
  const environment = strict(options.name, options.environment, network.protocol)
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

  const spelt = (p: Packet<Message>): string => called('packet', () => canonical(p))
  const inFlight = (packets: ReadonlyArray<Packet<Message>>): ReadonlyArray<string> =>
    environment.soup === 'fifo' ? [...packets].sort(byChannel).map(spelt) : packets.map(spelt).sort()

  const { symmetry } = options
  const made: Made<G, A> = {
    system: Executions(network, environment, world),
    invariants: ofSeen<State, Message, G, unknown>(invariants),
    key: ({ world: w, env }) =>
      [
        called('environment', () => canonical(env)),
        called('world.localState', () => canonical(w.localState)),
        ...inFlight(w.inFlightMsgs)
      ].join(),
    kinds: options.kinds,
    kindOf,
    states: [
      ...observations.states.map(({ of, ...named }) => ({ ...named, of: someNode(of) })),
      { name: quiescent, says: 'nothing is in flight', of: ({ world: w }) => w.inFlightMsgs.length === 0 }
    ],
    steps: observations.steps.map(({ of, ...named }) => ({ ...named, of: someStep(of) }))
  }
  const model: Model<G, A> = {
    ...made,
    made,
    name: options.name,
    shapeOf: actionShape<Message, Internal, Timestamp>(kindOf),
    scores: observations.scores ?? [],
    sources: { rules: [network.protocol, options.environment], invariants },
    compact: (how): CompactSystem<A> => {
      const names = new Names()
      const parts = options.remembering?.(names) ?? options
      const start = initially(environment, network.protocol.Message, world)
      return internNetwork({
        ...parts,
        environment: { ...environment, initial: start.env },
        world: start.world,
        symmetry,
        kinds: options.kinds,
        kindOf,
        names,
        ...how
      })
    }
  }
  return symmetry === undefined
    ? model
    : {
        ...model,
        symmetryObjection: () => symmetryObjection({ ...model, violates: (s) => violates(model, s) }, symmetry)
      }
}
