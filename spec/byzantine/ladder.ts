/**
 * The repair ladder of the lecture: a leader has an order accepted by all, in one view and in one, two or three phases, while
 * some nodes, the leader perhaps among them, say whatever they like.
 *
 * With one phase a node decides what the leader tells it. With two, it tells all others what it has accepted, and decides when
 * a quorum says the same. With three, it tells all others that a quorum says the same, and decides when a quorum has told so.
 * PBFT is the third rung, with views that change.
 */
import { iota } from '../prelude/seq.js'
import { Address } from '../system/codec.js'
import { full } from '../system/adversary.js'
import type { Adversary } from '../system/adversary.js'
import { toEach } from '../system/protocol.js'
import type { Handlers, Letter, Packet } from '../system/protocol.js'

/** The orders among which the leader may choose. */
export const ORDERS = ['W', 'H'] as const
export type Order = (typeof ORDERS)[number]

/** How many phases there may be. */
export const PHASES = [1, 2, 3] as const
export type Phases = (typeof PHASES)[number]

/** What makes a ladder. */
export interface LadderParameters {
  /** The nodes are 0, 1, …, nodes - 1; node 0 leads. */
  readonly nodes: number
  /** How many nodes, the one that counts among them, make a quorum. */
  readonly quorum: number
  readonly phases: Phases
}

/** What nodes tell each other: the leader its order, and each what it has accepted, and what it is prepared for. */
export interface LadderMessage {
  readonly _tag: 'PrePrepare' | 'Prepare' | 'Commit'
  readonly order: Order
}

/** What each node is known to have said, by address; null: nothing. */
export type Votes = ReadonlyArray<Order | null>

/** A node. */
export interface LadderState {
  readonly id: Address
  /** What it has accepted from the leader; null: nothing. */
  readonly accepted: Order | null
  /** What the nodes have accepted, as far as it knows. */
  readonly prepares: Votes
  /** A quorum has accepted what it has accepted. */
  readonly isPrepared: boolean
  /** What the nodes are prepared for, as far as it knows. */
  readonly commits: Votes
  readonly decided: Order | null
}

/** What the leader does by itself: it proposes an order. */
export interface Propose {
  readonly _tag: 'Propose'
  readonly order: Order
}

/** A node leads. */
export const isLeader = (n: Address): boolean => n === 0

/** What the messages of so many phases are. */
export const messagesOf = (phases: Phases): ReadonlyArray<LadderMessage['_tag']> =>
  (['PrePrepare', 'Prepare', 'Commit'] as const).slice(0, phases)

/** What a node takes for granted; each rule has its place in the argument. */
export interface LadderRules {
  /** It accepts the order of a node, in a state. */
  readonly accepts: (st: LadderState, from: Address) => boolean
  /** The votes when a node has said something. */
  readonly note: (votes: Votes, from: Address, order: Order) => Votes
  /** A vote counts for an order. */
  readonly counts: (vote: Order | null, order: Order) => boolean
}

/** One order is accepted, the leader's; what a node says first counts; a vote is for the order that it names. */
export const ladderRules: LadderRules = {
  accepts: ({ accepted }, from) => accepted === null && isLeader(from),
  note: (votes, from, order) => (votes[from] === null ? votes.map((vote, n) => (n === from ? order : vote)) : votes),
  counts: (vote, order) => vote === order
}

/** The ladder with its parameters chosen. */
export const Ladder = ({ nodes, quorum, phases }: LadderParameters, { accepts, note, counts } = ladderRules) => {
  const all = iota(nodes).filter(Address.is)
  const nobody: Votes = all.map(() => null)
  type Step = readonly [LadderState, ReadonlyArray<Letter<LadderMessage>>]

  const toOthers = ({ id }: LadderState, msg: LadderMessage): ReadonlyArray<Letter<LadderMessage>> =>
    toEach(
      all.filter((n) => n !== id),
      msg
    )
  const hasQuorum = (votes: Votes, order: Order): boolean =>
    votes.filter((vote) => counts(vote, order)).length >= quorum

  /** What a node decides in a state. */
  const decision = ({ accepted, prepares, isPrepared, commits }: LadderState): Order | null => {
    if (accepted === null) return null
    const decides = { 1: true, 2: hasQuorum(prepares, accepted), 3: isPrepared && hasQuorum(commits, accepted) }
    return decides[phases] ? accepted : null
  }

  /** What a node does when it knows more: it is prepared, and decides, as far as the votes go. */
  const settle = ([st, sent]: Step): Step => {
    const { accepted, prepares, commits, isPrepared, decided } = st
    return phases === 3 && !isPrepared && accepted !== null && hasQuorum(prepares, accepted)
      ? settle([
          { ...st, isPrepared: true, commits: note(commits, st.id, accepted) },
          [...sent, ...toOthers(st, { _tag: 'Commit', order: accepted })]
        ])
      : [{ ...st, decided: decided ?? decision(st) }, sent]
  }

  /** A node accepts an order, and tells all others where there is a phase for that. */
  const accept = (st: LadderState, order: Order): Step => [
    { ...st, accepted: order, prepares: phases === 1 ? st.prepares : note(st.prepares, st.id, order) },
    phases === 1 ? [] : toOthers(st, { _tag: 'Prepare', order })
  ]

  const handlers: Handlers<LadderState, LadderMessage, Propose, 0> = {
    Init: (id) => ({ id, accepted: null, prepares: nobody, isPrepared: false, commits: nobody, decided: null }),
    procMsg: (st, from, { _tag, order }) => {
      switch (_tag) {
        case 'PrePrepare':
          return accepts(st, from) ? settle(accept(st, order)) : [st, []]
        case 'Prepare':
          return settle([{ ...st, prepares: note(st.prepares, from, order) }, []])
        case 'Commit':
          return settle([{ ...st, commits: note(st.commits, from, order) }, []])
      }
    },
    procInt: (st, { order }) => {
      const [after, sent] = accept(st, order)
      return settle([after, [...toOthers(st, { _tag: 'PrePrepare', order }), ...sent]])
    }
  }

  /** What a node may do by itself: the leader proposes, once. */
  const offers = (n: Address, { accepted }: LadderState): ReadonlyArray<Propose> =>
    isLeader(n) && accepted === null ? ORDERS.map((order) => ({ _tag: 'Propose', order })) : []

  /** All that these nodes could say to the others: every message, with every order. */
  const sayable = (liars: ReadonlyArray<Address>): ReadonlyArray<Packet<LadderMessage>> =>
    liars.flatMap((src) =>
      all
        .filter((dst) => !liars.includes(dst))
        .flatMap((dst) =>
          messagesOf(phases).flatMap((_tag) => ORDERS.map((order) => ({ src, dst, msg: { _tag, order } })))
        )
    )

  /** The adversary that plays these nodes, and says whatever it likes, whenever it likes. */
  const liars = (corrupt: ReadonlyArray<Address>): Adversary<LadderMessage, null> =>
    full('liars', corrupt, sayable(corrupt))

  return { all, handlers, offers, liars }
}
