/**
 * Executions of a network: the transition system of a network in an environment.
 *
 * The rules of `Systems/Network.v` say how a step goes, not which internal transitions are made, when, and how many. The
 * environment says that: it offers internal transitions, lets time pass, and (in `adversary.ts`) misbehaves. It makes the
 * set of executions finite, which is what exhaustive exploration needs.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { rem, sameElements, undup } from '../prelude/seq.js'
import { entries } from '../prelude/unionMap.js'
import type { Address } from './address.js'
import type { Deliver, Intern, NetworkOf, World } from './network.js'
import type { Packet } from './protocol.js'
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

/** A fault of the network, which no rule of `system_step` allows. */
export type Fault<Message> = Duplicate<Message> | Lose<Message> | Cut | Heal

/** A step of an execution: a delivery, an internal transition, or a fault. Idling changes nothing and is left out. */
export type Action<Message, Internal, Timestamp> =
  | Deliver<Message, Timestamp>
  | Intern<Internal, Timestamp>
  | Fault<Message>

/** Something that an environment allows, and the environment's state when it has happened. */
export interface Allowed<A, Env> {
  readonly act: A
  readonly then: Env
}

/** What decides which of the possible steps of a network may be taken. `Env` is its own state, plain data. */
export interface Environment<Env, State, Message, Internal, Timestamp> {
  readonly initial: Env
  /** Whether a packet in flight may be delivered, and at what time. */
  readonly delivery: (env: Env, p: Packet<Message>) => Option<Allowed<Deliver<Message, Timestamp>, Env>>
  /** The internal transitions that a node may make, and at what time. */
  readonly internal: (env: Env, n: Address, st: State) => ReadonlyArray<Allowed<Intern<Internal, Timestamp>, Env>>
  /** The faults that may befall a packet in flight. */
  readonly packetFaults: (
    env: Env,
    p: Packet<Message>
  ) => ReadonlyArray<Allowed<Duplicate<Message> | Lose<Message>, Env>>
  /** The faults that concern no packet in particular. */
  readonly networkFaults: (env: Env) => ReadonlyArray<Allowed<Cut | Heal, Env>>
  readonly Env: Eq<Env>
}

/** A state of an execution: the world, and the state of the environment. */
export interface GlobalState<State, Message, Env> {
  readonly world: World<State, Message>
  readonly env: Env
}

/** The executions of a network from a world in an environment. */
export const Executions = <Env, State, Message, Internal, Timestamp>(
  N: NetworkOf<State, Message, Internal, Timestamp>,
  environment: Environment<Env, State, Message, Internal, Timestamp>,
  world: World<State, Message>
  // eslint-disable-next-line max-lines-per-function -- one transition system: what is enabled and what it leads to, side by side
): TransitionSystem<GlobalState<State, Message, Env>, Action<Message, Internal, Timestamp>> => {
  type G = GlobalState<State, Message, Env>
  type A = Action<Message, Internal, Timestamp>

  const { packetEq, find } = N
  const { Internal, Timestamp } = N.protocol
  const { Address } = N.addresses
  const hasNode = (w: World<State, Message>, n: Address): boolean => O.isSome(find(n, w.localState))

  /** All that the environment allows in a state: deliveries, internal transitions, faults, in this order. */
  const allowed = ({ world: w, env }: G): ReadonlyArray<Allowed<A, Env>> => {
    const packets = undup(packetEq)(w.inFlightMsgs)
    return [
      ...packets
        .filter((p) => hasNode(w, p.dst))
        .flatMap(
          (p): ReadonlyArray<Allowed<A, Env>> =>
            O.match(
              () => [],
              (d: Allowed<A, Env>) => [d]
            )(environment.delivery(env, p))
        ),
      ...entries(w.localState).flatMap(([n, st]) => environment.internal(env, n, st)),
      ...packets.flatMap((p) => environment.packetFaults(env, p)),
      ...environment.networkFaults(env)
    ]
  }

  const sameAction = (a: A, b: A): boolean => {
    switch (a._tag) {
      case 'Deliver':
        return b._tag === 'Deliver' && packetEq.equals(a.packet, b.packet) && Timestamp.equals(a.ts, b.ts)
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
      case 'Cut':
        return b._tag === 'Cut' && sameElements(Address)(a.side, b.side)
      case 'Heal':
        return b._tag === 'Heal'
    }
  }

  /** The world after an action that the environment has allowed. */
  const step = (w: World<State, Message>, a: A): Option<World<State, Message>> => {
    switch (a._tag) {
      case 'Deliver':
      case 'Intern':
        return N.systemStep(w, a)
      case 'Duplicate':
        return O.some({ ...w, inFlightMsgs: [...w.inFlightMsgs, a.packet] })
      case 'Lose':
        return O.some({ ...w, inFlightMsgs: rem(packetEq)(a.packet, w.inFlightMsgs) })
      case 'Cut':
      case 'Heal':
        return O.some(w)
    }
  }

  return {
    initial: [{ world, env: environment.initial }],
    actions: (s) => allowed(s).map(({ act }) => act),
    next: (s, a) =>
      pipe(
        O.fromNullable(allowed(s).find(({ act }) => sameAction(act, a))),
        O.chain(({ then }) =>
          pipe(
            step(s.world, a),
            O.map((w) => ({ world: w, env: then }))
          )
        )
      )
  }
}
