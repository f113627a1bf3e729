/**
 * The network: local states, packets in flight, packets consumed, and the interleaving steps between such worlds.
 * Counterpart of `Systems/Network.v`, parametric in the protocol.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as E from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { foldr, isIn, rcons, rem, seqEq, undup } from '../prelude/seq.js'
import { entries, unionMap, valid } from '../prelude/unionMap.js'
import type { Address, NetAddr } from './address.js'
import { eq_pkt } from './protocol.js'
import type { Packet, Protocol } from './protocol.js'
import { States } from './states.js'
import type { StateMap } from './states.js'

/**
 * Packets, in an order that carries no meaning but that the steps respect.
 * @coq Systems/Network.v PacketSoup
 */
export type PacketSoup<Message> = ReadonlyArray<Packet<Message>>

/**
 * A global state of the network.
 * @coq Systems/Network.v World localState inFlightMsgs consumedMsgs
 */
export interface World<State, Message> {
  readonly localState: StateMap<State>
  readonly inFlightMsgs: PacketSoup<Message>
  readonly consumedMsgs: PacketSoup<Message>
}

/**
 * When a step happens, and the only address that may act in it.
 * @coq Systems/Network.v Qualifier ts allowed
 */
export interface Qualifier<Timestamp> {
  readonly ts: Timestamp
  readonly allowed: Address
}

/**
 * A sequence of qualifiers, the *last* step first, as the Coq definition has it.
 * @coq Systems/Network.v Schedule
 */
export type Schedule<Timestamp> = ReadonlyArray<Qualifier<Timestamp>>

/** Nothing happens. */
export interface Idle {
  readonly _tag: 'Idle'
}

/** A packet in flight reaches its destination. */
export interface Deliver<Message, Timestamp> {
  readonly _tag: 'Deliver'
  readonly packet: Packet<Message>
  readonly ts: Timestamp
}

/** A node makes an internal transition. */
export interface Intern<Internal, Timestamp> {
  readonly _tag: 'Intern'
  readonly node: Address
  readonly transition: Internal
  readonly ts: Timestamp
}

/**
 * The choice that makes a step a function: which of the three rules of `system_step`, and of what.
 * @coq Systems/Network.v Idle Deliver Intern
 */
export type NetworkAction<Message, Internal, Timestamp> =
  | Idle
  | Deliver<Message, Timestamp>
  | Intern<Internal, Timestamp>

/**
 * The functor `Network`: the state map, coherence and the steps of a protocol on the nodes of `A`.
 * @coq Systems/Network.v ConsensusNetwork Network
 */
export const Network = <State, Message, Internal, Timestamp>(
  A: NetAddr,
  Pr: Protocol<State, Message, Internal, Timestamp>
  // eslint-disable-next-line max-lines-per-function -- Coq's functor Network, whole
) => {
  type W = World<State, Message>
  type Action = NetworkAction<Message, Internal, Timestamp>

  const { find, upd, eq: mapEq } = unionMap(A.Address)
  const { initState, initStateOf } = States(A, Pr)
  const packetEq = eq_pkt(A.Address, Pr.Message)
  const soupEq = seqEq(packetEq)

  /** Equality of worlds: state maps, and packets as ordered lists. */
  const worldEq: Eq<W> = E.struct({ localState: mapEq(Pr.State), inFlightMsgs: soupEq, consumedMsgs: soupEq })

  /**
   * Every node in its initial state, nothing in flight, nothing consumed.
   * @coq Systems/Network.v initWorld
   */
  const initWorld: W = { localState: initState, inFlightMsgs: [], consumedMsgs: [] }

  /**
   * If node n has a state, that state satisfies a condition.
   * @coq Systems/Network.v holds
   */
  const holds = (n: Address, w: W, cond: (st: State) => boolean): boolean =>
    pipe(
      find(n, w.localState),
      O.match(() => true, cond)
    )

  /**
   * Coherence: the state map is defined, each state knows its own address, and each satisfies the local conditions of
   * the protocol.
   * @coq Systems/Network.v Coh
   */
  const Coh = (w: W): boolean =>
    valid(w.localState) &&
    entries(w.localState).every(
      ([n, st]) => A.Address.equals(Pr.id(st), n) && Pr.coherent.every((condition) => condition.holds(st))
    )

  /** The world after node n has gone to a new state. */
  const withState = (w: W, n: Address, st: State, inFlightMsgs: PacketSoup<Message>): W => ({
    ...w,
    localState: upd(n, st, w.localState),
    inFlightMsgs
  })

  /**
   * The step that an action makes from a world; none where the world is not coherent, the packet is not in flight, or
   * the node does not exist. Packets sent on a delivery go to the end of the soup, on an internal transition to its
   * front.
   * @coq Systems/Network.v system_step
   */
  const systemStep = (w: W, a: Action): Option<W> => {
    if (!Coh(w)) return O.none
    switch (a._tag) {
      case 'Idle':
        return O.some(w)
      case 'Deliver':
        return isIn(packetEq)(a.packet, w.inFlightMsgs)
          ? pipe(
              find(a.packet.dst, w.localState),
              O.map((st) => {
                const [after, sent] = Pr.procMsg(st, a.packet.src, a.packet.msg, a.ts)
                const rest = rem(packetEq)(a.packet, w.inFlightMsgs)
                const stepped = withState(w, a.packet.dst, after, [...rest, ...sent])
                return { ...stepped, consumedMsgs: rcons(w.consumedMsgs, a.packet) }
              })
            )
          : O.none
      case 'Intern':
        return pipe(
          find(a.node, w.localState),
          O.map((st) => {
            const [after, sent] = Pr.procInt(st, a.transition, a.ts)
            return withState(w, a.node, after, [...sent, ...w.inFlightMsgs])
          })
        )
    }
  }

  /** The qualifier under which an action happens; an idle step happens under every one. */
  const qualifier = (a: Action): Option<Qualifier<Timestamp>> => {
    switch (a._tag) {
      case 'Idle':
        return O.none
      case 'Deliver':
        return O.some({ ts: a.ts, allowed: a.packet.dst })
      case 'Intern':
        return O.some({ ts: a.ts, allowed: a.node })
    }
  }

  /** The actions by which a world may go to another under a qualifier, idle first. */
  const stepsBetween = (w: W, w2: W, q: Qualifier<Timestamp>): ReadonlyArray<Action> => {
    const grown = w2.inFlightMsgs.slice(0, Math.max(0, w2.inFlightMsgs.length - w.inFlightMsgs.length))
    const candidates: ReadonlyArray<Action> = [
      { _tag: 'Idle' },
      ...undup(packetEq)(w.inFlightMsgs)
        .filter((p) => A.Address.equals(p.dst, q.allowed))
        .map((packet): Action => ({ _tag: 'Deliver', packet, ts: q.ts })),
      ...Pr.transitionsBehind(grown).map(
        (transition): Action => ({ _tag: 'Intern', node: q.allowed, transition, ts: q.ts })
      )
    ]
    return candidates.filter((a) =>
      pipe(
        systemStep(w, a),
        O.exists((reached) => worldEq.equals(reached, w2))
      )
    )
  }

  /**
   * The relation `system_step w w' q`: some rule leads from w to w' under the qualifier q.
   * @coq Systems/Network.v system_step
   */
  const system_step = (w: W, w2: W, q: Qualifier<Timestamp>): boolean => stepsBetween(w, w2, q).length > 0

  /**
   * The actions that are enabled in a world at a time: nothing but idling in an incoherent one; otherwise idling, the
   * delivery of each distinct packet in flight to a node, and the offered internal transitions of every node.
   */
  const enabled = (w: W, ts: Timestamp, offered: ReadonlyArray<Internal>): ReadonlyArray<Action> =>
    Coh(w)
      ? [
          { _tag: 'Idle' },
          ...undup(packetEq)(w.inFlightMsgs)
            .filter((p) => O.isSome(find(p.dst, w.localState)))
            .map((packet): Action => ({ _tag: 'Deliver', packet, ts })),
          ...entries(w.localState).flatMap(([node]) =>
            offered.map((transition): Action => ({ _tag: 'Intern', node, transition, ts }))
          )
        ]
      : []

  /**
   * The worlds that a schedule can lead to from w, when the internal transitions are among those offered.
   * @coq Systems/Network.v reachable'
   */
  const reachableBy = (s: Schedule<Timestamp>, w: W, offered: ReadonlyArray<Internal>): ReadonlyArray<W> =>
    foldr<Qualifier<Timestamp>, ReadonlyArray<W>>(
      (q, worlds) =>
        undup(worldEq)(
          worlds.flatMap((via) =>
            enabled(via, q.ts, offered)
              .filter(
                (a) =>
                  a._tag === 'Idle' ||
                  O.exists((by: Qualifier<Timestamp>) => A.Address.equals(by.allowed, q.allowed))(qualifier(a))
              )
              .flatMap((a) =>
                O.match<W, ReadonlyArray<W>>(
                  () => [],
                  (reached) => [reached]
                )(systemStep(via, a))
              )
          )
        ),
      [w],
      s
    )

  /**
   * A world w' is reachable from w: a sequence of worlds, each one step from the one before it, leads from w to w'.
   * `via` is that sequence, with the qualifier of each step; the existential of the Coq definition is its witness here.
   * @coq Systems/Network.v reachable
   */
  const reachable = (w: W, via: ReadonlyArray<readonly [Qualifier<Timestamp>, W]>, w2: W): boolean => {
    const worlds = [w, ...via.map(([, reached]) => reached)]
    return (
      via.every(([q, reached], i) => worlds[i] !== undefined && system_step(worlds[i], reached, q)) &&
      worlds.slice(-1).every((reached) => worldEq.equals(reached, w2))
    )
  }

  return {
    addresses: A,
    protocol: Pr,
    packetEq,
    worldEq,
    find,
    initStateOf,
    initState,
    initWorld,
    holds,
    Coh,
    systemStep,
    qualifier,
    stepsBetween,
    system_step,
    enabled,
    reachableBy,
    reachable
  }
}

/** What `Network(A, Pr)` returns. */
export type NetworkOf<State, Message, Internal, Timestamp> = ReturnType<
  typeof Network<State, Message, Internal, Timestamp>
>
