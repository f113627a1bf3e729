/**
 * For users with a protocol of their own: the parts of a protocol, an environment and a model that are nearly always the same.
 *
 * A protocol of plain data without time is its three functions (`untimed`); nodes that act by themselves, in a network
 * that delivers every message at last and in any order, are an environment (`freely`); both and some invariants are a model
 * (`protocolModel`).
 */
import * as O from 'fp-ts/lib/Option.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address } from '../../../spec/system/address.js'
import type { Action, Environment, GlobalState } from '../../../spec/system/executions.js'
import { Network } from '../../../spec/system/network.js'
import type { World } from '../../../spec/system/network.js'
import { stamped } from '../../../spec/system/protocol.js'
import type { Handlers, Protocol } from '../../../spec/system/protocol.js'
import { plainData } from '../data/canonical.js'
import type { Model } from '../model/model.js'
import { tagOf } from '../model/words.js'
import { ofStates, together } from '../../property/invariant.js'
import type { NetworkInvariant, Objections, Seen } from '../../property/invariant.js'
import { networkModel } from './networkModel.js'
import type { NetworkModelOptions } from './networkModel.js'
import { honest } from './strict.js'

/** The one time of a protocol that does not ask what time it is. */
export type Untimed = 0

/** A protocol of plain data that does not ask what time it is, and whose states know their node. */
export const untimed = <State extends { readonly id: Address }, Message, Internal>({
  Init,
  procMsg,
  procInt,
  restart
}: Pick<Protocol<State, Message, Internal, Untimed>, 'Init' | 'procMsg' | 'procInt' | 'restart'>): Protocol<
  State,
  Message,
  Internal,
  Untimed
> => ({
  Init,
  procMsg,
  procInt,
  ...(restart && { restart }),
  id: ({ id }) => id,
  coherent: [],
  // Only `system_step` as a relation asks for it, which no strategy of the checker does.
  transitionsBehind: () => [],
  State: plainData,
  Message: plainData,
  Internal: plainData,
  Timestamp: plainData
})

/** The same of handlers that say to whom a message goes: whom it is from, the network stamps. */
export const addressed = <State extends { readonly id: Address }, Message, Internal>({
  restart,
  ...handlers
}: Handlers<State, Message, Internal, Untimed> &
  Pick<Protocol<State, Message, Internal, Untimed>, 'restart'>): Protocol<State, Message, Internal, Untimed> =>
  untimed({ ...stamped(handlers, ({ id }) => id), ...(restart && { restart }) })

/** Nodes make the internal transitions that are offered in their states; every packet may be delivered at any time. */
export const freely = <State, Message, Internal>(
  offers: (n: Address, st: State) => ReadonlyArray<Internal>
): Environment<null, State, Message, Internal, Untimed> => ({
  initial: null,
  delivery: (env, packet) => O.some({ act: { _tag: 'Deliver', packet, ts: 0 }, then: env }),
  internal: (env, node, st) =>
    offers(node, st).map((transition) => ({ act: { _tag: 'Intern', node, transition, ts: 0 }, then: env })),
  packetFaults: () => [],
  networkFaults: () => [],
  Env: plainData
})

/** A conjunct about the states of all nodes together. */
export const allNodes = <State, Message>(
  name: string,
  says: string,
  decide: (nodes: ReadonlyArray<Seen<State>>) => Objections
): NetworkInvariant<State, Message> => {
  const [conjunct] = ofStates<State, Message>(together(name, says, { summary: (_n, st) => st, decide }))
  if (conjunct === undefined) throw new RangeError('a view with one clause makes one conjunct')
  return conjunct
}

/** A network of nodes that run one protocol. What is left out has a default. */
export interface ProtocolModelOptions<Env, State, Message, Internal, Timestamp>
  extends Partial<
    Pick<
      NetworkModelOptions<Env, State, Message, Internal, Timestamp>,
      'properties' | 'observations' | 'kinds' | 'kindOfMessage' | 'kindOfInternal' | 'weights' | 'symmetry'
    >
  > {
  readonly name: string
  /** How many nodes there are: 0, 1, … */
  readonly nodes: number
  readonly protocol: Protocol<State, Message, Internal, Timestamp>
  readonly environment: Environment<Env, State, Message, Internal, Timestamp>
  readonly invariants: ReadonlyArray<NetworkInvariant<State, Message>>
  /**
   * The worlds in which executions may begin, all of the same nodes. None, the default: the one in which each node is as
   * `Init` says, and nothing is in flight.
   */
  readonly worlds?: ReadonlyArray<World<State, Message>>
}

/**
 * The model of a protocol. Unless it says otherwise, nothing is observed, no kind of action is
 * expected, and kinds are tags. A node that sends in the name of another stops the search with an error.
 */
export const protocolModel = <Env, State, Message, Internal, Timestamp>({
  name,
  nodes,
  protocol,
  environment,
  invariants,
  worlds = [],
  properties = [],
  observations = { states: [], steps: [] },
  kinds = [],
  kindOfMessage = tagOf,
  kindOfInternal = tagOf,
  weights,
  symmetry
}: ProtocolModelOptions<Env, State, Message, Internal, Timestamp>): Model<
  GlobalState<State, Message, Env>,
  Action<Message, Internal, Timestamp>
> => {
  const network = Network(netAddr(nodes), honest(name, protocol))
  const [world = network.initWorld, ...otherWorlds] = worlds
  const model = networkModel({
    name,
    network,
    environment,
    world,
    otherWorlds,
    invariants,
    properties,
    observations,
    kinds,
    kindOfMessage,
    kindOfInternal,
    ...(weights && { weights }),
    ...(symmetry && { symmetry })
  })
  return { ...model, sources: { rules: [protocol, environment], invariants } }
}
