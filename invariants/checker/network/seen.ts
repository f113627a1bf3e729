/**
 * What invariants see of a state: all that tells states apart, and nothing else.
 *
 * States are told apart by their nodes' states, their environments, and the *bag* of packets in flight. An invariant that
 * saw more, the packets that were consumed or the order of those in flight, would be decided in one of the states that are
 * one to a search, and overlooked in the others. So every engine hands it the same view, whatever the order in which
 * packets were sent: those to the first node first, those to nobody last, and those to one node in the order of their
 * fingerprints, as cells have them.
 */
import { dom } from '../../../spec/prelude/unionMap.js'
import type { Packet } from '../../../spec/system/protocol.js'
import type { HasWorld, Invariant, Leaf, SeenWorld } from '../../property/invariant.js'
import { Fingerprints } from '../data/fingerprints.js'
import { Interner } from '../data/interner.js'
import { Names } from '../data/names.js'
import { AS_PACKET, byPrint } from './packetOrder.js'

/** A state of an execution as properties see it. */
export interface SeenState<State, Message, Env> extends HasWorld<State, Message> {
  readonly env: Env
}

/** The worlds of a network as invariants see them. */
class Sight<State, Message> {
  readonly #names = new Names()
  readonly #packets = new Interner<Packet<Message>>(this.#names.of)
  readonly #prints = new Fingerprints(this.#names)
  /** The world that was looked at last, and what is seen of it: every conjunct looks at the same one. */
  #last: { readonly world: SeenWorld<State, Message>; readonly seen: SeenWorld<State, Message> } | undefined

  of(world: SeenWorld<State, Message>): SeenWorld<State, Message> {
    if (this.#last?.world === world) return this.#last.seen
    const { localState, inFlightMsgs } = world
    const seen = { localState, inFlightMsgs: this.#sorted(inFlightMsgs, dom(localState)) }
    this.#last = { world, seen }
    return seen
  }

  #sorted(packets: ReadonlyArray<Packet<Message>>, nodes: ReadonlyArray<number>): ReadonlyArray<Packet<Message>> {
    const placeOf = ({ dst }: Packet<Message>): number => (nodes.includes(dst) ? nodes.indexOf(dst) : nodes.length)
    return packets
      .map((packet) => ({ packet, place: placeOf(packet), id: this.#idOf(packet) }))
      .sort((p, q) => p.place - q.place || byPrint(this.#prints, p.id, q.id))
      .map(({ packet }) => packet)
  }

  #idOf(packet: Packet<Message>): number {
    const id = this.#packets.idOf(packet)
    if (id === this.#prints.length) this.#prints.push(AS_PACKET, this.#names.of(packet))
    return id
  }
}

/** What is seen of states as the specification has them: of each world the same as in every search. */
export const seeing = <State, Message>(): (<S extends HasWorld<State, Message>>(
  s: S
) => S & HasWorld<State, Message>) => {
  const sight = new Sight<State, Message>()
  return (s) => ({ ...s, world: sight.of(s.world) })
}

/** The same question, of states as the specification has them: it sees of these what invariants see. */
export const askedOfSeen = <State, Message, Env>(
  of: (s: SeenState<State, Message, Env>) => boolean
): ((s: SeenState<State, Message, Env>) => boolean) => {
  const see = seeing<State, Message>()
  return (s) => of(see(s))
}

/** The same invariants, of states as the specification has them: they see of these what they see in every search. */
export const ofSeen = <State, Message, S, Part>(
  invariants: ReadonlyArray<Invariant<HasWorld<State, Message>, Part>>,
  see: (s: S) => HasWorld<State, Message>
): ReadonlyArray<Invariant<S, Part>> => {
  const leaf = ({ decide, ...rest }: Leaf<HasWorld<State, Message>, Part>): Leaf<S, Part> => ({
    ...rest,
    decide: (s) => decide(see(s))
  })
  const seen = (one: Invariant<HasWorld<State, Message>, Part>): Invariant<S, Part> =>
    one._tag === 'All' ? { ...one, parts: one.parts.map(seen) } : leaf(one)
  return invariants.map(seen)
}
