/**
 * Executions of a network: the transition system of a network in an environment.
 *
 * The rules of `Systems/Network.v` say how a step goes, not which internal transitions are made, when, and how many. The
 * environment says that: it offers internal transitions, lets time pass, and (in `adversary.ts`) misbehaves. It makes the
 * set of executions finite, which is what exhaustive exploration needs.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { rights } from 'fp-ts/lib/ReadonlyArray.js'
import { pipe } from 'fp-ts/lib/function.js'
import { sameElements, undup } from '../prelude/seq.js'
import { entries, unionMap } from '../prelude/unionMap.js'
import type { Address } from './address.js'
import type { Deliver, Intern, NetworkOf, World } from './network.js'
import { emitZero } from './protocol.js'
import type { Packet, ToSend } from './protocol.js'
import { soupOperations } from './soup.js'
import type { Soup } from './soup.js'
import type { TransitionSystem } from './transitionSystem.js'

/** The network makes a second copy of a packet in flight. */
export interface Duplicate<Message> {
  readonly _tag: 'Duplicate'
  readonly packet: Packet<Message>
}

/** The network loses a packet in flight. */
export interface Lose<Message> {
  readonly _tag: 'Lose'
  readonly packet: Packet<Message>
}

/** The network is cut: nothing passes between these nodes and the others. */
export interface Cut {
  readonly _tag: 'Cut'
  readonly side: ReadonlyArray<Address>
}

/** The network is whole again. */
export interface Heal {
  readonly _tag: 'Heal'
}

/** A node fails: it loses what was not in stable storage, and does nothing until it restarts. */
export interface Crash {
  readonly _tag: 'Crash'
  readonly node: Address
}

/** A node that had failed goes on. */
export interface Restart {
  readonly _tag: 'Restart'
  readonly node: Address
}

/** A fault, which no rule of `system_step` allows. */
export type Fault<Message> = Duplicate<Message> | Lose<Message> | Cut | Heal | Crash | Restart

/** A packet in flight reaches its destination. */
export interface Delivery<Message, Timestamp> extends Deliver<Message, Timestamp> {
  /** It stays in flight, and can be delivered again. Default: it is consumed, as in `system_step`. */
  readonly stays?: true
}

/** A packet that nobody has sent reaches its destination: a node that is not honest has made it. */
export interface Forge<Message, Timestamp> {
  readonly _tag: 'Forge'
  readonly packet: Packet<Message>
  readonly ts: Timestamp
}

/** What a node does in a step, for which the protocol says what becomes of its state, and what it sends. */
export type LocalAction<Message, Internal, Timestamp> =
  | Delivery<Message, Timestamp>
  | Forge<Message, Timestamp>
  | Intern<Internal, Timestamp>

/** A step of an execution: a delivery, an internal transition, or a fault. Idling changes nothing and is left out. */
export type Action<Message, Internal, Timestamp> = LocalAction<Message, Internal, Timestamp> | Fault<Message>

/** Something that an environment allows, and the environment's state when it has happened. */
export interface Allowed<A, Env> {
  readonly act: A
  readonly then: Env
}

/** A packet that somebody claims to make and cannot, and why, in a clause. */
export interface Overreach<Message> {
  readonly packet: Packet<Message>
  readonly why: string
}

/**
 * What decides which of the possible steps of a network may be taken. `Env` is its own state, plain data. What is left out
 * of it is as in `Systems/Network.v`, where all nodes are honest, none fails, and packets are a bag.
 */
export interface Environment<Env, State, Message, Internal, Timestamp> {
  readonly initial: Env
  /** Whether a packet in flight, or one that is forged, may be delivered, and at what time. */
  readonly delivery: (env: Env, p: Packet<Message>) => Option<Allowed<Delivery<Message, Timestamp>, Env>>
  /** The internal transitions that a node may make, and at what time. */
  readonly internal: (env: Env, n: Address, st: State) => ReadonlyArray<Allowed<Intern<Internal, Timestamp>, Env>>
  /** The faults that may befall a packet in flight. */
  readonly packetFaults: (
    env: Env,
    p: Packet<Message>
  ) => ReadonlyArray<Allowed<Duplicate<Message> | Lose<Message>, Env>>
  /** The faults that concern no packet and no node in particular. */
  readonly networkFaults: (env: Env) => ReadonlyArray<Allowed<Cut | Heal, Env>>
  readonly Env: Eq<Env>
  /** How packets are kept. Default: a bag. */
  readonly soup?: Soup
  /** The failures that may befall a node, and its restarts. Default: none. */
  readonly nodeFaults?: (env: Env, n: Address, st: State) => ReadonlyArray<Allowed<Crash | Restart, Env>>
  /**
   * Nodes that are not honest. They have no state and take no steps, whatever world an execution begins in, and what is
   * sent to them is not in flight: it is with them (`sent`). Default: all are honest.
   */
  readonly corrupt?: ReadonlyArray<Address>
  /** The nodes that have failed, and have not restarted: they do nothing. Default: none. */
  readonly down?: (env: Env) => ReadonlyArray<Address>
  /** What it has learnt when a node has sent these packets, which are some. Default: nothing. */
  readonly sent?: (env: Env, packets: ToSend<Message>) => Env
  /**
   * The packets that it can make by itself, as often as it likes; `delivery` says whether they arrive. Left: one that it
   * claims to make and cannot. That one is in none of the steps; a checker has to say so. Default: none.
   */
  readonly forged?: (env: Env) => ReadonlyArray<Either<Overreach<Message>, Packet<Message>>>
}

/** An environment that goes on as another does, whose state is part of its own. */
export const within = <Env, Outer, State, Message, Internal, Timestamp>(
  inner: Environment<Env, State, Message, Internal, Timestamp>,
  {
    initial,
    Env,
    innerOf,
    withInner
  }: {
    readonly initial: Outer
    readonly Env: Eq<Outer>
    /** The state of the other environment in this one's. */
    readonly innerOf: (s: Outer) => Env
    readonly withInner: (s: Outer, env: Env) => Outer
  }
): Environment<Outer, State, Message, Internal, Timestamp> => {
  const lift =
    (s: Outer) =>
    <A>({ act, then }: Allowed<A, Env>): Allowed<A, Outer> => ({ act, then: withInner(s, then) })
  const { soup, corrupt, down, sent, forged, nodeFaults } = inner
  return {
    initial,
    Env,
    delivery: (s, p) => pipe(inner.delivery(innerOf(s), p), O.map(lift(s))),
    internal: (s, n, st) => inner.internal(innerOf(s), n, st).map(lift(s)),
    packetFaults: (s, p) => inner.packetFaults(innerOf(s), p).map(lift(s)),
    networkFaults: (s) => inner.networkFaults(innerOf(s)).map(lift(s)),
    ...(soup && { soup }),
    ...(corrupt && { corrupt }),
    ...(down && { down: (s) => down(innerOf(s)) }),
    ...(nodeFaults && { nodeFaults: (s, n, st) => nodeFaults(innerOf(s), n, st).map(lift(s)) }),
    ...(sent && { sent: (s, packets) => withInner(s, sent(innerOf(s), packets)) }),
    ...(forged && { forged: (s) => forged(innerOf(s)) })
  }
}

/** A state of an execution: the world, and the state of the environment. */
export interface GlobalState<State, Message, Env> {
  readonly world: World<State, Message>
  readonly env: Env
}

/** The environment's state when a node has sent packets, or none. */
export const afterSending = <Env, Message>(
  { sent }: Pick<Environment<Env, never, Message, never, never>, 'sent'>,
  env: Env,
  packets: ToSend<Message>
): Env => (sent === undefined || packets.length === 0 ? env : sent(env, packets))

/**
 * The state in which the executions from a world begin: no node in it is corrupt, and what is in flight was sent, so that
 * the environment knows of it.
 */
export const initially = <Env, State, Message>(
  environment: Pick<Environment<Env, State, Message, never, never>, 'initial' | 'sent' | 'soup' | 'corrupt'>,
  A: Eq<Address>,
  M: Eq<Message>,
  w: World<State, Message>
): GlobalState<State, Message, Env> => {
  const { initial, corrupt = [], soup = 'bag' } = environment
  const { localState, inFlightMsgs } = w
  const honest = inFlightMsgs.filter((p) => !corrupt.includes(p.dst))
  return {
    world: {
      ...w,
      localState:
        localState._tag === 'Undef'
          ? localState
          : { ...localState, entries: localState.entries.filter(([n]) => !corrupt.includes(n)) },
      inFlightMsgs: soupOperations(soup, A, M).put([], honest)
    },
    env: afterSending(environment, initial, inFlightMsgs)
  }
}

/** The executions of a network from a world, or any of several, in an environment. */
export const Executions = <Env, State, Message, Internal, Timestamp>(
  N: NetworkOf<State, Message, Internal, Timestamp>,
  environment: Environment<Env, State, Message, Internal, Timestamp>,
  ...worlds: readonly [World<State, Message>, ...ReadonlyArray<World<State, Message>>]
  // eslint-disable-next-line max-lines-per-function -- one transition system: what is enabled and what it leads to, side by side
): TransitionSystem<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  type W = World<State, Message>
  type A = Action<Message, Internal, Timestamp>
  type Local = LocalAction<Message, Internal, Timestamp>

  const { packetEq, find } = N
  const { Internal, Message, Timestamp, restart } = N.protocol
  const { Address } = N.addresses
  const { soup = 'bag', corrupt = [] } = environment
  const { upd } = unionMap(Address)
  const { receivable, put, take } = soupOperations(soup, Address, Message)
  const hasNode = (w: W, n: Address): boolean => O.isSome(find(n, w.localState))
  const isHonest = (p: Packet<Message>): boolean => !corrupt.includes(p.dst)

  /** What the environment allows to happen to packets that may arrive. */
  const arrivals = ({ world: w, env }: G, packets: ReadonlyArray<Packet<Message>>) =>
    packets
      .filter((p) => hasNode(w, p.dst))
      .flatMap(
        (p): ReadonlyArray<Allowed<Delivery<Message, Timestamp>, Env>> =>
          O.match(
            () => [],
            (d: Allowed<Delivery<Message, Timestamp>, Env>) => [d]
          )(environment.delivery(env, p))
      )

  /**
   * All that the environment allows in a state: deliveries, of what was sent and of what is forged, internal transitions,
   * faults, in this order.
   */
  const allowed = (s: G): ReadonlyArray<Allowed<A, Env>> => {
    const { world: w, env } = s
    return [
      ...arrivals(s, receivable(w.inFlightMsgs)),
      ...arrivals(s, undup(packetEq)(rights(environment.forged?.(env) ?? []))).map(
        ({ act: { packet, ts }, then }): Allowed<A, Env> => ({ act: { _tag: 'Forge', packet, ts }, then })
      ),
      ...entries(w.localState).flatMap(([n, st]) => environment.internal(env, n, st)),
      ...undup(packetEq)(w.inFlightMsgs).flatMap((p) => environment.packetFaults(env, p)),
      ...entries(w.localState).flatMap(([n, st]) => environment.nodeFaults?.(env, n, st) ?? []),
      ...environment.networkFaults(env)
    ]
  }

  const sameAction = (a: A, b: A): boolean => {
    switch (a._tag) {
      case 'Deliver':
        return (
          b._tag === 'Deliver' &&
          packetEq.equals(a.packet, b.packet) &&
          Timestamp.equals(a.ts, b.ts) &&
          a.stays === b.stays
        )
      case 'Forge':
        return b._tag === 'Forge' && packetEq.equals(a.packet, b.packet) && Timestamp.equals(a.ts, b.ts)
      case 'Intern':
        return (
          b._tag === 'Intern' &&
          Address.equals(a.node, b.node) &&
          Internal.equals(a.transition, b.transition) &&
          Timestamp.equals(a.ts, b.ts)
        )
      case 'Duplicate':
      case 'Lose':
        return b._tag === a._tag && packetEq.equals(a.packet, b.packet)
      case 'Crash':
      case 'Restart':
        return b._tag === a._tag && Address.equals(a.node, b.node)
      case 'Cut':
        return b._tag === 'Cut' && sameElements(Address)(a.side, b.side)
      case 'Heal':
        return b._tag === 'Heal'
    }
  }

  /**
   * The world after what a node does, and what it sends: `system_step`, of a world in which nothing else is in flight. What
   * is sent then goes into this network's soup; in a bag, where `system_step` puts it.
   */
  const localStep = (w: W, a: Local): Option<readonly [W, ToSend<Message>]> => {
    const takes = a._tag === 'Deliver' && a.stays !== true
    return pipe(
      a._tag === 'Intern'
        ? N.systemStep({ ...w, inFlightMsgs: [] }, a)
        : N.systemStep({ ...w, inFlightMsgs: [a.packet] }, { _tag: 'Deliver', packet: a.packet, ts: a.ts }),
      O.map(({ localState, inFlightMsgs: sent, consumedMsgs }) => {
        const rest = takes ? take(w.inFlightMsgs, a.packet) : w.inFlightMsgs
        const honest = sent.filter(isHonest)
        return [
          {
            localState,
            inFlightMsgs: soup === 'bag' && a._tag === 'Intern' ? [...honest, ...rest] : put(rest, honest),
            consumedMsgs: takes ? consumedMsgs : w.consumedMsgs
          },
          sent
        ] as const
      })
    )
  }

  /** The world after an action that the environment has allowed, and what a node has sent in it. */
  const step = (w: W, a: A): Option<readonly [W, ToSend<Message>]> => {
    switch (a._tag) {
      case 'Deliver':
      case 'Forge':
      case 'Intern':
        return localStep(w, a)
      case 'Duplicate':
        return O.some([{ ...w, inFlightMsgs: put(w.inFlightMsgs, [a.packet]) }, emitZero])
      case 'Lose':
        return O.some([{ ...w, inFlightMsgs: take(w.inFlightMsgs, a.packet) }, emitZero])
      case 'Crash':
        return pipe(
          find(a.node, w.localState),
          O.chain((st) => (restart === undefined ? O.none : O.some(restart(st)))),
          O.map((st) => [{ ...w, localState: upd(a.node, st, w.localState) }, emitZero])
        )
      case 'Cut':
      case 'Heal':
      case 'Restart':
        return O.some([w, emitZero])
    }
  }

  return {
    initial: worlds.map((world) => initially(environment, Address, Message, world)),
    actions: (s) => allowed(s).map(({ act }) => act),
    next: (s, a) =>
      pipe(
        O.fromNullable(allowed(s).find(({ act }) => sameAction(act, a))),
        O.chain(({ then }) =>
          pipe(
            step(s.world, a),
            O.map(([after, sent]) => ({ world: after, env: afterSending(environment, then, sent) }))
          )
        )
      )
  }
}
