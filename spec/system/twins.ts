/**
 * Twins: two copies of a node under one name, with one key, each of which follows the protocol. To the others they look like
 * one node that is not honest: it says one thing to some and another to others, votes twice, and forgets what it has done.
 * (S. Bano et al., «Twins: BFT systems made robust», arXiv 2004.10617, OPODIS 2021.)
 *
 * An execution goes round by round. In each the network is divided into groups of copies: what belongs to the round and is
 * sent within a group arrives, in the order in which it was sent, and what is sent between groups is lost. So an execution is
 * given by how the network is divided in each round, and a step is a whole round. How often the division changes is bounded.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import type { UnionMap } from '../prelude/unionMap.js'
import type { Address } from './address.js'
import type { Packet, Protocol } from './protocol.js'
import type { TransitionSystem } from './transitionSystem.js'

/** A copy of a node: the first, 0, or its twin, 1. A node without a twin has the first only. */
export interface Copy {
  readonly node: Address
  readonly copy: 0 | 1
}

/** A round of an execution. */
export interface Round<State, Message, Internal> {
  readonly name: string
  /** What a node does by itself when the round begins, in this order. */
  readonly begins: (n: Address, st: State) => ReadonlyArray<Internal>
  /** A message belongs to it: it arrives now or never. What belongs to a later round waits. */
  readonly takes: (m: Message) => boolean
  /** A node is in one of the groups; it reaches all others otherwise. */
  readonly divides: (n: Address) => boolean
}

/** A protocol with twins, and the rounds of its executions. */
export interface TwinsOptions<State, Message, Internal, Timestamp> {
  readonly nodes: ReadonlyArray<Address>
  /** The nodes that have a twin. */
  readonly twins: ReadonlyArray<Address>
  /** What a copy runs: the same code, perhaps with another input. */
  readonly protocol: (
    copy: 0 | 1
  ) => Pick<Protocol<State, Message, Internal, Timestamp>, 'Init' | 'procMsg' | 'procInt'>
  readonly ts: Timestamp
  readonly rounds: ReadonlyArray<Round<State, Message, Internal>>
  /** Into how many groups the network is divided at most. */
  readonly groups: number
  /** How often the division is another than in the round before, at most. */
  readonly changes: number
}

/** How the network is divided: groups of copies, each in the order of all copies, the groups by their first. */
export type Division = ReadonlyArray<ReadonlyArray<Copy>>

/** A packet from one copy to another. */
export interface CopyPacket<Message> {
  readonly from: Copy
  readonly to: Copy
  readonly msg: Message
}

/** A state: what each copy knows, and what waits for its round. */
export interface TwinsState<State, Message> {
  /** How many rounds are over. */
  readonly round: number
  /** How the network was divided in the last one, as far as the next divides it; at first as a whole. */
  readonly division: Division
  /** How often that may change yet. */
  readonly changes: number
  readonly copies: ReadonlyArray<readonly [Copy, State]>
  readonly waiting: ReadonlyArray<CopyPacket<Message>>
}

/** A step: a round, and how the network is divided in it. */
export interface TwinsStep {
  readonly _tag: 'Round'
  readonly name: string
  readonly division: Division
}

/** What happens in a round: what arrives in it, in this order, and what is lost. */
export interface Played<State, Message> {
  readonly after: TwinsState<State, Message>
  readonly arrived: ReadonlyArray<CopyPacket<Message>>
  readonly lost: ReadonlyArray<CopyPacket<Message>>
}

const isSame = (a: Copy, b: Copy): boolean => a.node === b.node && a.copy === b.copy

/** All ways to divide a list into so many groups at most; undivided first. */
export const partitions = <X>(most: number, list: ReadonlyArray<X>): ReadonlyArray<ReadonlyArray<ReadonlyArray<X>>> =>
  list
    .reduce<ReadonlyArray<ReadonlyArray<ReadonlyArray<X>>>>(
      (all, x) =>
        all.flatMap((groups) => [
          ...groups.map((_, i) => groups.map((group, j) => (i === j ? [...group, x] : group))),
          ...(groups.length < most ? [[...groups, [x]]] : [])
        ]),
      [[]]
    )
    .toSorted((p, q) => p.length - q.length)

/** The copies of all nodes: those without a twin, then the twins. */
export const copiesOf = ({
  nodes,
  twins
}: Pick<TwinsOptions<unknown, unknown, unknown, unknown>, 'nodes' | 'twins'>): ReadonlyArray<Copy> => [
  ...nodes.map((node): Copy => ({ node, copy: 0 })),
  ...twins.map((node): Copy => ({ node, copy: 1 }))
]

/** The state map of the nodes that have no twin: what they have come to is what the protocol promises something of. */
export const honestStates = <State, Message>(
  { twins }: Pick<TwinsOptions<State, Message, unknown, unknown>, 'twins'>,
  { copies }: TwinsState<State, Message>
): UnionMap<Address, State> => ({
  _tag: 'Def',
  entries: copies.filter(([{ node }]) => !twins.includes(node)).map(([{ node }, st]) => [node, st] as const)
})

/** Executions of a protocol with twins. */
export interface Twins<State, Message> {
  readonly system: TransitionSystem<TwinsState<State, Message>, TwinsStep>
  /** What happens in the next round, where the network is divided like this; undefined where all rounds are over. */
  readonly play: (s: TwinsState<State, Message>, division: Division) => Played<State, Message> | undefined
}

/** A division as far as some copies are in it. */
const restricted = (division: Division, is: (copy: Copy) => boolean): Division =>
  division.map((group) => group.filter(is)).filter((group) => group.length > 0)

/** Two divisions are the same. */
const isSameDivision = (one: Division, other: Division): boolean =>
  one.length === other.length &&
  one.every((group, i) => {
    const same = other[i] ?? []
    return group.length === same.length && group.every((copy, j) => same[j] !== undefined && isSame(copy, same[j]))
  })

/** Executions of a protocol with twins, round by round. */
export const Twins = <State, Message, Internal, Timestamp>(
  options: TwinsOptions<State, Message, Internal, Timestamp>
  // eslint-disable-next-line max-lines-per-function -- one transition system: what a round is, and how it may go
): Twins<State, Message> => {
  type S = TwinsState<State, Message>
  type Sent = ReadonlyArray<CopyPacket<Message>>
  type Copies = S['copies']
  const { protocol, ts, rounds } = options
  const copies = copiesOf(options)

  /** To whom packets of a copy go: to each copy of their receiver; what it sends to its own name is for itself. */
  const addressed = (from: Copy, packets: ReadonlyArray<Packet<Message>>): Sent =>
    packets.flatMap(({ dst, msg }) =>
      copies
        .filter((to) => to.node === dst && (dst !== from.node || to.copy === from.copy))
        .map((to) => ({ from, to, msg }))
    )

  /** What a copy has come to when a round has begun, and what it has sent then. */
  const begun = ({ begins }: Round<State, Message, Internal>, of: Copy, st: State): readonly [State, Sent] =>
    begins(of.node, st).reduce<readonly [State, Sent]>(
      ([now, sent], transition) => {
        const [after, packets] = protocol(of.copy).procInt(now, transition, ts)
        return [after, [...sent, ...addressed(of, packets)]]
      },
      [st, []]
    )

  /** A packet arrives: the copies after it, and what is sent. */
  const received = (now: Copies, { from, to, msg }: CopyPacket<Message>): readonly [Copies, Sent] => {
    const st = now.find(([of]) => isSame(of, to))?.[1]
    if (st === undefined) return [now, []]
    const [after, packets] = protocol(to.copy).procMsg(st, from.node, msg, ts)
    return [after === st ? now : now.map(([of, old]) => [of, isSame(of, to) ? after : old]), addressed(to, packets)]
  }

  /** The division as far as a round divides the network; whole, where there is none yet. */
  const divisionIn = (round: number, division: Division): Division =>
    restricted(division, ({ node }) => rounds[round]?.divides(node) ?? false)

  const play: Twins<State, Message>['play'] = (s, division) => {
    const round = rounds[s.round]
    if (round === undefined) return undefined
    const isFree = ({ node }: Copy): boolean => !round.divides(node)
    const groupOf = (copy: Copy) => division.find((group) => group.some((one) => isSame(one, copy)))
    const isTogether = ({ from, to }: CopyPacket<Message>): boolean =>
      isFree(from) || isFree(to) || groupOf(from) === groupOf(to)
    const changes = s.changes - (s.round === 0 || isSameDivision(division, s.division) ? 0 : 1)
    /** What waits arrives or is lost, one packet after another, until nothing of the round is left. */
    const until = (now: Copies, waiting: Sent, arrived: Sent, lost: Sent): Played<State, Message> => {
      const at = waiting.findIndex(({ msg }) => round.takes(msg))
      const packet = waiting[at]
      if (packet === undefined) {
        const next = s.round + 1
        const after: S = { round: next, division: divisionIn(next, division), changes, copies: now, waiting }
        return { after, arrived, lost }
      }
      const rest = waiting.toSpliced(at, 1)
      if (!isTogether(packet)) return until(now, rest, arrived, [...lost, packet])
      const [then, sent] = received(now, packet)
      return until(then, [...rest, ...sent], [...arrived, packet], lost)
    }
    const each = s.copies.map(([of, st]) => [of, ...begun(round, of, st)] as const)
    return until(
      each.map(([of, st]) => [of, st]),
      [...s.waiting, ...each.flatMap(([, , sent]) => sent)],
      [],
      []
    )
  }

  /** The divisions in which the next round may be played: that of the round before first. */
  const divisions = ({ round, division, changes }: S): ReadonlyArray<Division> => {
    const { divides } = rounds[round] ?? { divides: () => false }
    const all = partitions(
      options.groups,
      copies.filter(({ node }) => divides(node))
    )
    const others = all.filter((other) => !isSameDivision(other, division))
    return round === 0 ? all : [division, ...(changes > 0 ? others : [])]
  }

  const initial: S = {
    round: 0,
    division: divisionIn(0, [copies]),
    changes: options.changes,
    copies: copies.map((of) => [of, protocol(of.copy).Init(of.node)]),
    waiting: []
  }
  const actions = (s: S): ReadonlyArray<TwinsStep> => {
    const { name } = rounds[s.round] ?? {}
    return name === undefined ? [] : divisions(s).map((division) => ({ _tag: 'Round', name, division }))
  }
  const next = (s: S, { name, division }: TwinsStep): Option<S> =>
    rounds[s.round]?.name === name && divisions(s).some((one) => isSameDivision(one, division))
      ? pipe(
          O.fromNullable(play(s, division)),
          O.map(({ after }) => after)
        )
      : O.none
  return { system: { initial: [initial], actions, next }, play }
}
