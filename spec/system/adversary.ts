/**
 * An adversary: what the rules of `Systems/Network.v` leave out. The paper's abstract speaks of packets that may be
 * duplicated and reordered; reordering is in the rules, duplication is not. Loss and partitions are what users of a
 * network model expect besides. All of it is off unless asked for: without this file an execution is exactly Coq's.
 */
import { left, right } from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Eq.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { sort, uniq } from 'fp-ts/lib/ReadonlyArray.js'
import { ordNumber, ordString, thenBy } from '../prelude/order.js'
import { isIn, seqEq } from '../prelude/seq.js'
import type { Address } from './address.js'
import { within } from './executions.js'
import type { Environment, Overreach } from './executions.js'
import type { Packet } from './protocol.js'

const ordAddress: Ord<Address> = ordNumber

/** How often each kind of fault may happen in one execution. */
export interface FaultBudget {
  readonly duplications: number
  readonly losses: number
  /** How often the network may be cut in two; it heals at any time. */
  readonly cuts: number
  /** The groups of nodes that a cut may separate from the others. */
  readonly sides: ReadonlyArray<ReadonlyArray<Address>>
}

/** No faults: the semantics of `Systems/Network.v`. */
export const noFaults: FaultBudget = { duplications: 0, losses: 0, cuts: 0, sides: [] }

/** The state of an environment with faults: the faults left, and the nodes that are cut off (none: the network is whole). */
export interface Faulty<Env> {
  readonly env: Env
  readonly duplications: number
  readonly losses: number
  readonly cuts: number
  readonly cutOff: ReadonlyArray<Address>
}

/** An environment in which, besides all that it allows, faults happen within a budget. */
export const withFaults = <Env, State, Message, Internal, Timestamp>(
  budget: FaultBudget,
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Faulty<Env>, State, Message, Internal, Timestamp> => {
  type Es = Faulty<Env>

  /** The packet would have to pass between the two sides of a cut. */
  const blocked = (s: Es, p: Packet<Message>): boolean => s.cutOff.includes(p.src) !== s.cutOff.includes(p.dst)

  const usual = within<Env, Es, State, Message, Internal, Timestamp>(inner, {
    initial: {
      env: inner.initial,
      duplications: budget.duplications,
      losses: budget.losses,
      cuts: budget.cuts,
      cutOff: []
    },
    innerOf: ({ env }) => env,
    withInner: (s, env) => ({ ...s, env }),
    Env: E.struct({
      env: inner.Env,
      duplications: ordNumber,
      losses: ordNumber,
      cuts: ordNumber,
      cutOff: seqEq(ordNumber)
    })
  })
  return {
    ...usual,
    delivery: (s, p) => (blocked(s, p) ? O.none : usual.delivery(s, p)),
    packetFaults: (s, packet) => [
      ...usual.packetFaults(s, packet),
      ...(s.duplications > 0
        ? [{ act: { _tag: 'Duplicate', packet } as const, then: { ...s, duplications: s.duplications - 1 } }]
        : []),
      ...(s.losses > 0 ? [{ act: { _tag: 'Lose', packet } as const, then: { ...s, losses: s.losses - 1 } }] : [])
    ],
    networkFaults: (s) => [
      ...usual.networkFaults(s),
      ...(s.cutOff.length > 0
        ? [{ act: { _tag: 'Heal' } as const, then: { ...s, cutOff: [] } }]
        : s.cuts > 0
          ? budget.sides.map((side) => ({
              act: { _tag: 'Cut', side } as const,
              then: { ...s, cuts: s.cuts - 1, cutOff: side }
            }))
          : [])
    ]
  }
}

/**
 * An environment in which what was sent can be delivered ever after, as often as may be: nothing is lost for good, and
 * everything may be late, and may be received twice.
 */
export const keeping = <Env, State, Message, Internal, Timestamp>(
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Env, State, Message, Internal, Timestamp> => ({
  ...inner,
  soup: 'set',
  delivery: (env, p) =>
    pipe(
      inner.delivery(env, p),
      O.map(({ act, then }) => ({ act: { ...act, stays: true }, then }))
    )
})

/** An environment in which packets from one node to another arrive in the order in which they were sent. */
export const inOrder = <Env, State, Message, Internal, Timestamp>(
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Env, State, Message, Internal, Timestamp> => ({ ...inner, soup: 'fifo' })

/** How often nodes may fail in one execution, and which. */
export interface CrashBudget {
  readonly crashes: number
  /** How often one that has failed may go on. It does so as `restart` of the protocol says. */
  readonly restarts: number
  readonly nodes: ReadonlyArray<Address>
}

/** The state of an environment with crashes: those left, the restarts left, and the nodes that have failed, in order. */
export interface Crashing<Env> {
  readonly env: Env
  readonly crashes: number
  readonly restarts: number
  readonly down: ReadonlyArray<Address>
}

/**
 * An environment in which nodes fail within a budget. A node that has failed does nothing, and nothing reaches it; what is in
 * flight to it waits. It loses what is not in stable storage when it fails, so that its state is then that in which it would
 * go on.
 */
export const withCrashes = <Env, State, Message, Internal, Timestamp>(
  { crashes, restarts, nodes }: CrashBudget,
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Crashing<Env>, State, Message, Internal, Timestamp> => {
  const usual = within<Env, Crashing<Env>, State, Message, Internal, Timestamp>(inner, {
    initial: { env: inner.initial, crashes, restarts, down: [] },
    innerOf: ({ env }) => env,
    withInner: (s, env) => ({ ...s, env }),
    Env: E.struct({ env: inner.Env, crashes: ordNumber, restarts: ordNumber, down: seqEq(ordNumber) })
  })
  return {
    ...usual,
    down: (s) => sort(ordAddress)([...(usual.down?.(s) ?? []), ...s.down]),
    delivery: (s, p) => (s.down.includes(p.dst) ? O.none : usual.delivery(s, p)),
    internal: (s, n, st) => (s.down.includes(n) ? [] : usual.internal(s, n, st)),
    nodeFaults: (s, node, st) => [
      ...(usual.nodeFaults?.(s, node, st) ?? []),
      ...(s.down.includes(node)
        ? s.restarts > 0
          ? [
              {
                act: { _tag: 'Restart', node } as const,
                then: { ...s, restarts: s.restarts - 1, down: s.down.filter((n) => n !== node) }
              }
            ]
          : []
        : s.crashes > 0 && nodes.includes(node)
          ? [
              {
                act: { _tag: 'Crash', node } as const,
                then: { ...s, crashes: s.crashes - 1, down: sort(ordAddress)([...s.down, node]) }
              }
            ]
          : [])
    ]
  }
}

/** A statement that a node has signed: the node, and what it says, as a text that says all of it. */
export interface Signed {
  readonly by: Address
  readonly on: string
}

const ordSigned: Ord<Signed> = thenBy<Signed>(
  contramap(({ by }: Signed) => by)(ordAddress),
  contramap(({ on }: Signed) => on)(ordString)
)

/**
 * Who plays the nodes that are not honest: a pure function of what it knows. It does not act in steps of its own. At any
 * time every packet that it could make is on offer to its receiver, as if it had been made long before: sending early can
 * only help it.
 */
export interface Adversary<Message, K> {
  /** What it is called where it claims too much. */
  readonly name: string
  /** The nodes that are not honest. */
  readonly corrupt: ReadonlyArray<Address>
  /** What it knows at first. */
  readonly start: K
  /** What it knows when an honest node has sent a packet to whomever; in what order it learns must not matter. */
  readonly learn: (known: K, p: Packet<Message>) => K
  /** All packets that it could make now. Each must be from a node that is not honest. */
  readonly forges: (known: K) => ReadonlyArray<Packet<Message>>
  /** The signed statements in a message. An honest node's must have been sent before somebody else can use them. */
  readonly signatures: (m: Message) => ReadonlyArray<Signed>
  readonly Known: Eq<K>
}

/** An adversary that knows nothing and needs to know nothing: signatures do not occur, and it makes the same at all times. */
export const full = <Message>(
  name: string,
  corrupt: ReadonlyArray<Address>,
  packets: ReadonlyArray<Packet<Message>>
): Adversary<Message, null> => ({
  name,
  corrupt,
  start: null,
  learn: () => null,
  forges: () => packets,
  signatures: () => [],
  Known: { equals: () => true }
})

/** An adversary whose nodes are silent. */
export const mute = <Message>(corrupt: ReadonlyArray<Address>): Adversary<Message, null> => full('mute', corrupt, [])

/**
 * The state of an environment with an adversary: what the adversary knows, and the statements of honest nodes that were
 * sent with their signatures, in order.
 */
export interface Deceived<Env, K> {
  readonly env: Env
  readonly known: K
  readonly signed: ReadonlyArray<Signed>
}

/**
 * An environment in which some nodes are not honest. What the adversary claims to make is looked at, packet by packet: it
 * cannot use the name of an honest node, nor a statement that an honest node has signed and not sent.
 */
export const withAdversary = <Env, State, Message, Internal, Timestamp, K>(
  adversary: Adversary<Message, K>,
  inner: Environment<Env, State, Message, Internal, Timestamp>
): Environment<Deceived<Env, K>, State, Message, Internal, Timestamp> => {
  type Es = Deceived<Env, K>
  const { name, corrupt, start, learn, forges, signatures, Known } = adversary
  const isSigned = isIn(ordSigned)
  const honestIn = (m: Message): ReadonlyArray<Signed> => signatures(m).filter(({ by }) => !corrupt.includes(by))
  const usual = within<Env, Es, State, Message, Internal, Timestamp>(inner, {
    initial: { env: inner.initial, known: start, signed: [] },
    innerOf: ({ env }) => env,
    withInner: (s, env) => ({ ...s, env }),
    Env: E.struct({ env: inner.Env, known: Known, signed: seqEq(ordSigned) })
  })

  /** The packet, if the adversary can make it. */
  const checked = ({ signed }: Es, packet: Packet<Message>): Either<Overreach<Message>, Packet<Message>> => {
    const { src, msg } = packet
    const [unsent] = honestIn(msg).filter((s) => !isSigned(s, signed))
    return !corrupt.includes(src)
      ? left({
          packet,
          why:
            `the adversary '${name}' plays ${corrupt.length === 0 ? 'nobody' : `{${corrupt.join(', ')}}`}, and the ` +
            `network writes whom a packet is from: it cannot speak for node ${String(src)} ` +
            '(for what was sent to arrive again, let the network keep it)'
        })
      : unsent !== undefined
        ? left({
            packet,
            why:
              `the adversary '${name}' plays {${corrupt.join(', ')}}, and no packet was sent in which node ` +
              `${String(unsent.by)} has signed '${unsent.on}': it can use its own signatures and those that were sent`
          })
        : right(packet)
  }

  return {
    ...usual,
    corrupt: uniq(ordAddress)([...(inner.corrupt ?? []), ...corrupt]),
    sent: (s, packets) => {
      const after = usual.sent?.(s, packets) ?? s
      return {
        ...after,
        known: packets.reduce(learn, s.known),
        signed: sort(ordSigned)(uniq(ordSigned)([...s.signed, ...packets.flatMap(({ msg }) => honestIn(msg))]))
      }
    },
    forged: (s) => [...(usual.forged?.(s) ?? []), ...forges(s.known).map((p) => checked(s, p))]
  }
}
