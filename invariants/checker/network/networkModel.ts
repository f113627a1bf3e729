/**
 * The model of a network in an environment: its steps are those of `Executions`, and it can be interned (`compact.ts`).
 */
import { Executions, initially } from '../../../spec/system/executions.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import { Network } from '../../../spec/system/network.js'
import type { NetworkOf, World } from '../../../spec/system/network.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { called, canonical } from '../data/canonical.js'
import { dom, entries } from '../../../spec/prelude/unionMap.js'
import { firstOfEach } from '../data/firsts.js'
import { Names } from '../data/names.js'
import { Guard } from '../model/guard.js'
import { guardedProperty } from '../model/guarded.js'
import { violates } from '../model/model.js'
import type { Made, Model } from '../model/model.js'
import { RefusedSearch } from '../model/refusal.js'
import { quiescent } from '../model/result.js'
import type { CompactSystem } from '../model/walker.js'
import type { NetworkInvariant } from '../../property/invariant.js'
import { internNetwork } from './compact.js'
import { guardedEnvironment, guardedProtocol, incoherence } from './guarded.js'
import type { LocalObservations } from './observations.js'
import { seenThrough } from '../../property/property.js'
import { byChannel } from './packetOrder.js'
import { ofSeen, seeing } from './seen.js'
import type { SeenState } from './seen.js'
import { strict } from './strict.js'
import { symmetryObjection } from './symmetry.js'
import type { Symmetry } from './symmetry.js'
import type { NetworkProperty } from './properties.js'

/** What runs and is checked: a network, its invariants, and what is counted. */
export interface NetworkParts<State, Message, Internal, Timestamp> {
  readonly network: NetworkOf<State, Message, Internal, Timestamp>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  readonly observations: LocalObservations<State, Message>
}

/** Parts and properties that remember what they have answered. */
export interface Remembering<Env, State, Message, Internal, Timestamp>
  extends NetworkParts<State, Message, Internal, Timestamp> {
  /** As many as there are without, in the same order. Default: those without. */
  readonly properties?: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
}

/** What makes a model of a network. */
export interface NetworkModelOptions<Env, State, Message, Internal, Timestamp>
  extends NetworkParts<State, Message, Internal, Timestamp> {
  readonly name: string
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly world: World<State, Message>
  /** Other worlds in which executions may begin, of the same nodes. Default: none. */
  readonly otherWorlds?: ReadonlyArray<World<State, Message>>
  /** What is asked of executions besides. Default: nothing. */
  readonly properties?: ReadonlyArray<NetworkProperty<Env, State, Message, Internal, Timestamp>>
  readonly kinds: ReadonlyArray<string>
  /** The kind of a message and of an internal transition; the kinds of actions are made of them. */
  readonly kindOfMessage: (m: Message) => string
  readonly kindOfInternal: (t: Internal) => string
  /** How likely a step of each kind is in random executions. Default: 1 each. */
  readonly weights?: Readonly<Record<string, number>>
  /** What becomes of the data when nodes are called otherwise, where it does not matter what they are called. */
  readonly symmetry?: Symmetry<Env, State, Message>
  /**
   * The same parts and properties, with functions that remember what they have answered, by names. Default: the parts and
   * properties themselves.
   */
  readonly remembering?: (names: Names) => Remembering<Env, State, Message, Internal, Timestamp>
}

/** What makes the states of nodes after the first. */
const HANDLERS = ['procMsg or procInt', 'procMsg, procInt or restart'] as const

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

/** How many calls of a network's functions are watched closely, and how many of each of its properties. */
const WATCHED = { rules: 1 << 14, property: 1 << 12 }

/** States are rows of one cell for each node, so that all worlds must have the same. */
const refuseOtherNodes = <State, Message>(
  name: string,
  world: World<State, Message>,
  others: ReadonlyArray<World<State, Message>>
): void => {
  const nodesOf = (w: World<State, Message>): string => dom(w.localState).join(', ')
  const odd = others.find((w) => nodesOf(w) !== nodesOf(world))
  if (odd !== undefined)
    throw new RefusedSearch(
      `${name}: executions begin in a world of the nodes {${nodesOf(world)}}, and in one of {${nodesOf(odd)}}: ` +
        'let them begin in worlds of the same nodes'
    )
}

/** It is so of some node. */
const someNode =
  <State>(of: (st: State) => boolean) =>
  ({ world: { localState } }: GlobalState<State, unknown, unknown>): boolean =>
    localState._tag === 'Def' && localState.entries.some(([, st]) => of(st))

/** It is so of some node of which the state has changed. */
const someStep =
  <State>(of: (before: State, after: State) => boolean) =>
  (before: GlobalState<State, unknown, unknown>, after: GlobalState<State, unknown, unknown>): boolean => {
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

/** The same network, of which those properties are asked that are wanted, by their places. */
const askingFor = <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>,
  isWanted: (place: number) => boolean
): typeof options => {
  const { properties: asked = [], remembering } = options
  const wanted = (all: typeof asked): typeof asked => all.filter((_, i) => isWanted(i))
  if (remembering === undefined) return { ...options, properties: wanted(asked) }
  return {
    ...options,
    properties: wanted(asked),
    remembering: (names) => {
      const { properties: own = asked, ...parts } = remembering(names)
      return { ...parts, properties: wanted(own) }
    }
  }
}

/**
 * The model of a network in an environment. Its states are told apart by local states, environment, and the *bag* of
 * packets in flight: no step depends on their order, and none on the packets that were consumed. Where packets arrive in
 * order, states are told apart by the order in which they are in flight from one node to another.
 */
export const networkModel = <Env, State, Message, Internal, Timestamp>(
  options: NetworkModelOptions<Env, State, Message, Internal, Timestamp>
  // eslint-disable-next-line max-lines-per-function -- one object: the model, and what its compact form is made of
): Model<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  type A = Action<Message, Internal, Timestamp>
  const { world, otherWorlds = [], invariants, observations } = options
  refuseOtherNodes(options.name, world, otherWorlds)
  const guard = new Guard(WATCHED.rules)
  // These look at states that are made for them, of parts that are frozen: so many are looked at closely.
  const watched = (all: Required<typeof options>['properties']): typeof all =>
    all.map((property) => guardedProperty(new Guard(WATCHED.property), property))
  const asked = options.properties ?? []
  const properties = watched(asked)
  const protocol = guardedProtocol(guard, options.network.protocol)
  const environment = strict(options.name, guardedEnvironment(guard, options.environment), protocol)
  const kindOf = actionKind<Message, Internal, Timestamp>(options.kindOfMessage, options.kindOfInternal)
  const spelt = (p: Packet<Message>): string => called('packet', () => canonical(p))
  const inFlight = (packets: ReadonlyArray<Packet<Message>>): ReadonlyArray<string> =>
    environment.soup === 'fifo' ? [...packets].sort(byChannel).map(spelt) : packets.map(spelt).sort()

  const handler = HANDLERS[protocol.restart === undefined ? 0 : 1]
  const { symmetry } = options
  const see: (s: G) => SeenState<State, Message, Env> = seeing<State, Message>()
  const seen = properties.map((property) => seenThrough(property, see))
  const made: Made<G, A> = {
    system: Executions(Network(options.network.addresses, protocol), environment, world, ...otherWorlds),
    invariants: ofSeen<State, Message, G, unknown>(invariants, see),
    properties: seen,
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
    asking: (isWanted) => networkModel(askingFor(options, (i) => seen.slice(i, i + 1).every(isWanted))),
    shapeOf: actionShape<Message, Internal, Timestamp>(kindOf),
    scores: observations.scores ?? [],
    ...(options.weights && { weights: options.weights }),
    refuses: ({ world: w }) =>
      entries(w.localState)
        .flatMap(
          ([n, st]) =>
            incoherence(protocol, n, st, made.system.initial.some((s) => s.world === w) ? 'Init' : handler) ?? []
        )
        .at(0),
    sources: {
      rules: [options.network.protocol, options.environment],
      invariants: [invariants, options.properties]
    },
    compact: (how): CompactSystem<A> => {
      const names = new Names()
      const { network, properties: own, ...parts } = options.remembering?.(names) ?? options
      const startIn = (w: World<State, Message>): G =>
        initially(environment, network.addresses.Address, network.protocol.Message, w)
      const starts = [startIn(world), ...otherWorlds.map(startIn)] as const
      return internNetwork({
        ...parts,
        protocol: guardedProtocol(guard, network.protocol),
        refuses: (n, st) => incoherence(protocol, n, st, handler),
        environment,
        starts,
        // Of a single one no text is made: what is in flight may be much.
        firsts: starts.length === 1 ? [0] : firstOfEach(starts.map(made.key)),
        properties: own === undefined || own === asked ? properties : watched(own),
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
