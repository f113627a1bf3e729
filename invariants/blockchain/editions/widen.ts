/**
 * Invariants of a network, made to hold of one whose nodes know more kinds of message: what is new to an invariant, it does
 * not see.
 */
import * as O from 'fp-ts/lib/Option.js'
import { all } from '../../property/invariant.js'
import type { HasWorld, NetworkInvariant, NetworkPart, ViewUse } from '../../property/invariant.js'

/** The state with those packets in flight only whose messages an invariant sees. */
const visible = <State, Message, More extends Message>(
  { world }: HasWorld<State, Message>,
  isSeen: (msg: Message) => msg is More
): HasWorld<State, More> => {
  const of = (packets: typeof world.inFlightMsgs) =>
    packets.flatMap(({ src, dst, msg }) => (isSeen(msg) ? [{ src, dst, msg }] : []))
  return { world: { ...world, inFlightMsgs: of(world.inFlightMsgs) } }
}

/** An invariant that sees some messages, as one of a network that has others besides. */
export const widen = <State, Message, Seen extends Message>(
  invariant: NetworkInvariant<State, Seen>,
  isSeen: (msg: Message) => msg is Seen
): NetworkInvariant<State, Message> => {
  // Clauses that share a view go on sharing it.
  const uses = new Map<ViewUse<State, Seen>, ViewUse<State, Message>>()

  const widenUse = (use: ViewUse<State, Seen>): ViewUse<State, Message> => {
    const widened: ViewUse<State, Message> = uses.get(use) ?? {
      open: (body) =>
        use.open((view, rules) =>
          body(
            {
              start: view.start,
              matters: (msg) => isSeen(msg) && view.matters(msg),
              arrive: (x, msg) => (isSeen(msg) ? view.arrive(x, msg) : x)
            },
            rules
          )
        )
    }
    uses.set(use, widened)
    return widened
  }

  const widenPart = (part: NetworkPart<State, Seen>): NetworkPart<State, Message> =>
    part._tag === 'View' ? { ...part, use: widenUse(part.use) } : part

  const go = (inv: NetworkInvariant<State, Seen>): NetworkInvariant<State, Message> =>
    inv._tag === 'All'
      ? all(inv.name, inv.says, inv.parts.map(go))
      : { ...inv, decide: (s) => inv.decide(visible(s, isSeen)), part: O.map(widenPart)(inv.part) }

  return go(invariant)
}
