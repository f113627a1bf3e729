/**
 * What ties the steps of an execution to one another: what a step takes, and which step left it there.
 */
import type { Address } from '../../../spec/system/address.js'
import type { Action } from '../../../spec/system/executions.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { HasWorld } from '../../property/invariant.js'
import { canonical } from '../data/canonical.js'
import { sentBy } from '../network/packets.js'

/** What ties a step to others: the place where it happens, and what it takes and leaves there for other places. */
export interface Ties {
  readonly place: string
  readonly takes: ReadonlyArray<string>
  readonly leaves: ReadonlyArray<string>
}

/** What ties each step of a model to others. */
export type Causality<S, A> = (before: S, action: A, after: S) => Ties

/** The causality of a network: the places are the nodes, and steps take and leave packets. Faults happen in the network. */
export const networkCausality = <State, S extends HasWorld<State, Message>, Message, Internal, Timestamp>(
  before: S,
  a: Action<Message, Internal, Timestamp>,
  after: S
): Ties => {
  const packets = (ps: ReadonlyArray<Packet<Message>>): ReadonlyArray<string> => ps.map((p) => canonical(p))
  const leaves = packets(sentBy(before, a, after))
  switch (a._tag) {
    case 'Deliver':
      return { place: placeOf(a.packet.dst), takes: packets([a.packet]), leaves }
    case 'Forge':
      return { place: placeOf(a.packet.dst), takes: [], leaves }
    case 'Intern':
    case 'Crash':
    case 'Restart':
      return { place: placeOf(a.node), takes: [], leaves }
    case 'Duplicate':
    case 'Lose':
      return { place: 'network', takes: packets([a.packet]), leaves }
    case 'Cut':
    case 'Heal':
      return { place: 'network', takes: [], leaves }
  }
}

/** The place of a node's steps. */
export const placeOf = (node: Address): string => `node ${String(node)}`
