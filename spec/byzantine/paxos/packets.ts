/**
 * Single-decree Paxos by packets: every node is a proposer, an acceptor and a learner, and knows only what has reached it.
 * (`paxos.ts` has the same protocol by the messages that were ever sent, of which this is one way to run it.)
 *
 * A ballot is a node's, which starts it at most once (1a), and answers itself like any other. When a quorum has answered it
 * proposes (2a); who votes for that says so to the proposer, or to all (2b); a learner that has heard the votes of a quorum
 * in one ballot decides. What a node says to itself it hears at once.
 *
 * A node that fails goes on with what was in stable storage: its promise, its last vote, and its ballots. What it has heard
 * of others it forgets.
 */
import { iota } from '../../prelude/seq.js'
import { full } from '../../system/adversary.js'
import type { Adversary } from '../../system/adversary.js'
import type { Address } from '../../system/address.js'
import { netAddr } from '../../system/address.js'
import { toEach } from '../../system/protocol.js'
import type { Handlers, Letter } from '../../system/protocol.js'
import type { Value } from './consensus.js'
import { including } from './paxos.js'
import type { Message, PaxosState } from './paxos.js'
import { NO_BALLOT } from './voting.js'
import type { Ballot, Vote } from './voting.js'

/** A message. Whose it is, the network says. */
export type PaxosMessage =
  | { readonly _tag: '1a'; readonly ballot: Ballot }
  /** With the last vote; null: the node has not voted. */
  | { readonly _tag: '1b'; readonly ballot: Ballot; readonly vote: Vote | null }
  | { readonly _tag: '2a'; readonly ballot: Ballot; readonly value: Value }
  | { readonly _tag: '2b'; readonly ballot: Ballot; readonly value: Value }

/** An answer that a proposer has heard: of whom, and the last vote of that node. */
export interface Answer {
  readonly from: Address
  readonly vote: Vote | null
}

/** A ballot that a node has started. */
export interface OwnBallot {
  readonly ballot: Ballot
  /** In the order of addresses: the first of each node, until there is a quorum of them. */
  readonly answers: ReadonlyArray<Answer>
  /** Null: nothing yet. */
  readonly proposed: Value | null
}

/** Votes of one ballot for one value that a learner has heard: of whom, in the order of addresses. */
export interface HeardVotes extends Vote {
  readonly from: ReadonlyArray<Address>
}

/** A node. */
export interface PaxosNode {
  readonly id: Address
  /** The highest ballot that it knows of: it does not vote below. (`maxBal`.) */
  readonly maxBal: Ballot
  /** Its last vote. (`maxVBal` with `maxVal`.) */
  readonly vote: Vote | null
  /** In their order. */
  readonly ballots: ReadonlyArray<OwnBallot>
  /** In the order of ballots and values; none any more when it has decided. */
  readonly heard: ReadonlyArray<HeardVotes>
  readonly decided: Value | null
  /** All that it has ever said, as `paxos.ts` has it, in the order there; empty unless nodes are to keep it. */
  readonly said: ReadonlyArray<Message>
}

/** What a node does by itself: it starts one of its ballots. */
export interface StartBallot {
  readonly _tag: 'Start'
  readonly ballot: Ballot
}

/** How Paxos runs. */
export interface PacketOptions {
  /** The nodes are 0, 1, …, nodes - 1. */
  readonly nodes: number
  /** How many nodes make a quorum. */
  readonly quorum: number
  /** Whose each ballot is, by its number; there are no others. */
  readonly owners: ReadonlyArray<Address>
  /** What there is to propose. Of its own accord a proposer proposes the first in ballot 0, the second in 1, and so on, round and round. */
  readonly values: readonly [Value, ...ReadonlyArray<Value>]
  /** Who hears of votes: who has made the proposal, or all nodes. */
  readonly learn: 'proposer' | 'all'
  /** A node votes for one value in a ballot: honest proposers do not need it. */
  readonly oneVote: boolean
  /** Nodes keep what they have said. No step depends on it. */
  readonly keepsSaid: boolean
}

/** What nodes take for granted: what a variant may change. */
export interface PacketRules {
  /** Nodes take it from a node that it asks and proposes in a ballot. */
  readonly leads: (n: Address, ballot: Ballot) => boolean
  /** A node answers a proposer that asks in a ballot. */
  readonly promises: (st: PaxosNode, ballot: Ballot) => boolean
  /** What a proposer proposes, given the answers of a quorum, and what it would propose of its own accord. */
  readonly proposal: (answers: ReadonlyArray<Answer>, own: Value) => Value
  /** A node votes for a proposal. */
  readonly accepts: (st: PaxosNode, proposal: Vote) => boolean
  /** Two votes are for the same: together they can make a quorum. */
  readonly agree: (one: Vote, other: Vote) => boolean
  /** Of a node that fails, the state in which it goes on. */
  readonly restart: (st: PaxosNode) => PaxosNode
}

const ballotOf = (vote: Vote | null): Ballot => vote?.ballot ?? NO_BALLOT

/** The vote in the highest ballot among some answers, of the node with the lowest address if there are several. */
const latestVote = (answers: ReadonlyArray<Answer>): Vote | null =>
  answers.reduce<Vote | null>((latest, { vote }) => (ballotOf(vote) > ballotOf(latest) ? vote : latest), null)

const isSameVote = (one: Vote | null, other: Vote | null): boolean =>
  ballotOf(one) === ballotOf(other) && one?.value === other?.value

/** The rules of Paxos. */
export const packetRules = ({ owners, oneVote }: PacketOptions): PacketRules => ({
  leads: (n, ballot) => owners[ballot] === n,
  promises: ({ maxBal }, ballot) => ballot > maxBal,
  proposal: (answers, own) => latestVote(answers)?.value ?? own,
  accepts: ({ maxBal, vote }, proposal) =>
    proposal.ballot >= maxBal && !isSameVote(vote, proposal) && !(oneVote && ballotOf(vote) === proposal.ballot),
  agree: isSameVote,
  restart: (st) => ({ ...st, ballots: st.ballots.map((own) => ({ ...own, answers: [] })), heard: [] })
})

/** Rules made from the right ones. */
export type PacketVariant = (right: PacketRules, options: PacketOptions) => PacketRules

/** What a message is to those who see all that was ever sent. */
export const saidBy = (n: Address, m: PaxosMessage): Message =>
  m._tag === '1b' || m._tag === '2b' ? { ...m, acceptor: n } : m

/**
 * Paxos by packets seen as Paxos by the messages that were ever sent. Honest nodes, whose states these are in the order of
 * their addresses, are its first acceptors. What a proposer that is not honest has asked or proposed was sent where an honest
 * node has acted on it.
 */
export const paxosOf = (nodes: ReadonlyArray<PaxosNode>): PaxosState => {
  const acceptorAt = (n: number): number => nodes.findIndex(({ id }) => id === n)
  const said = nodes
    .flatMap((st) => st.said)
    .map((m) => ('acceptor' in m ? { ...m, acceptor: acceptorAt(m.acceptor) } : m))
  const heard = said.flatMap((m): ReadonlyArray<Message> => {
    const { ballot } = m
    return m._tag === '1b' ? [{ _tag: '1a', ballot }] : m._tag === '2b' ? [{ _tag: '2a', ballot, value: m.value }] : []
  })
  return {
    acceptors: nodes.map(({ maxBal, vote }) => ({ maxBal, vote })),
    sent: [...said, ...heard].reduce<ReadonlyArray<Message>>(including, [])
  }
}

/** A state of a node, and what it says when it has come to it. */
type Reaction = readonly [PaxosNode, ReadonlyArray<PaxosMessage>]

/** What a proposer of its own accord proposes in a ballot. */
const ownValue = ({ values }: PacketOptions, ballot: Ballot): Value => values[ballot % values.length] ?? values[0]

/** A proposer hears an answer: the first of each node counts, until there are enough. */
const answering =
  (options: PacketOptions, { proposal }: PacketRules) =>
  (st: PaxosNode, answer: Answer, ballot: Ballot): Reaction => {
    const own = st.ballots.find((one) => one.ballot === ballot)
    if (own?.proposed !== null || own.answers.some(({ from }) => from === answer.from)) return [st, []]
    const answers = [...own.answers, answer].toSorted((a, b) => a.from - b.from)
    const proposed = answers.length >= options.quorum ? proposal(answers, ownValue(options, ballot)) : null
    return [
      { ...st, ballots: st.ballots.map((one) => (one === own ? { ballot, answers, proposed } : one)) },
      proposed === null ? [] : [{ _tag: '2a', ballot, value: proposed }]
    ]
  }

/** A learner hears of a vote, and decides when it has heard enough. */
const learning =
  ({ quorum, values }: PacketOptions, { agree }: PacketRules) =>
  (st: PaxosNode, from: Address, vote: Vote): PaxosNode => {
    if (st.decided !== null) return st
    const known = st.heard.find((one) => agree(one, vote)) ?? { ...vote, from: [] }
    if (known.from.includes(from)) return st
    const all = [...known.from, from].toSorted((a, b) => a - b)
    const others = st.heard.filter((one) => one !== known)
    return all.length >= quorum
      ? { ...st, heard: [], decided: vote.value }
      : {
          ...st,
          heard: [...others, { ...known, from: all }].toSorted(
            (a, b) => a.ballot - b.ballot || values.indexOf(a.value) - values.indexOf(b.value)
          )
        }
  }

/** What nodes do with messages, and who hears what. */
const reacting = (options: PacketOptions, rules: PacketRules) => {
  const { nodes, learn } = options
  const { leads, promises, accepts } = rules
  const all = netAddr(nodes).enum
  const answered = answering(options, rules)
  const learnt = learning(options, rules)
  const ownersOf = (ballot: Ballot): ReadonlyArray<Address> => all.filter((n) => n === options.owners[ballot])
  const learnersOf = (ballot: Ballot): ReadonlyArray<Address> => (learn === 'all' ? all : ownersOf(ballot))

  const hearersOf = (m: PaxosMessage): ReadonlyArray<Address> => {
    switch (m._tag) {
      case '1a':
      case '2a':
        return all
      case '1b':
        return ownersOf(m.ballot)
      case '2b':
        return learnersOf(m.ballot)
    }
  }

  const react = (st: PaxosNode, from: Address, m: PaxosMessage): Reaction => {
    const { ballot } = m
    switch (m._tag) {
      case '1a':
        return leads(from, ballot) && promises(st, ballot)
          ? [{ ...st, maxBal: ballot }, [{ _tag: '1b', ballot, vote: st.vote }]]
          : [st, []]
      case '1b':
        // No honest node answers with a vote that is not below the ballot, and a liar must not win by one.
        return ballotOf(m.vote) < ballot ? answered(st, { from, vote: m.vote }, ballot) : [st, []]
      case '2a': {
        const proposed: Vote = { ballot, value: m.value }
        return leads(from, ballot) && accepts(st, proposed)
          ? [{ ...st, maxBal: ballot, vote: proposed }, [{ _tag: '2b', ...proposed }]]
          : [st, []]
      }
      case '2b':
        return [learnersOf(ballot).includes(st.id) ? learnt(st, from, { ballot, value: m.value }) : st, []]
    }
  }

  return { all, hearersOf, react }
}

/** All messages of which nodes take notice; in an answer any vote that could be cast below its ballot. */
const allMessages = ({ owners, values }: PacketOptions): ReadonlyArray<PaxosMessage> =>
  iota(owners.length).flatMap((ballot) => [
    { _tag: '1a', ballot } as const,
    ...[null, ...iota(ballot).flatMap((below) => values.map((value) => ({ ballot: below, value })))].map(
      (vote) => ({ _tag: '1b', ballot, vote }) as const
    ),
    ...values.map((value) => ({ _tag: '2a', ballot, value }) as const),
    ...values.map((value) => ({ _tag: '2b', ballot, value }) as const)
  ])

/** Paxos by packets, or a variant of it. */
export const PaxosByPackets = (options: PacketOptions, variant: PacketVariant = (right) => right) => {
  const rules = variant(packetRules(options), options)
  const { restart } = rules
  const { all, hearersOf, react } = reacting(options, rules)
  type Step = readonly [PaxosNode, ReadonlyArray<Letter<PaxosMessage>>]

  const remembering = (st: PaxosNode, m: PaxosMessage): PaxosNode =>
    options.keepsSaid ? { ...st, said: including(st.said, saidBy(st.id, m)) } : st

  const receive = (st: PaxosNode, from: Address, m: PaxosMessage): Step => saying(react(st, from, m))

  /** A node says some messages: to itself at once. */
  const saying = ([st, messages]: Reaction): Step =>
    messages.reduce<Step>(
      ([before, letters], m) => {
        const { id } = before
        const hearers = hearersOf(m)
        const others = hearers.filter((n) => n !== id)
        const now = remembering(before, m)
        const [after, more] = hearers.includes(id) ? receive(now, id, m) : [now, []]
        return [after, [...letters, ...toEach(others, m), ...more]]
      },
      [st, []]
    )

  const handlers: Handlers<PaxosNode, PaxosMessage, StartBallot, 0> & { readonly restart: PacketRules['restart'] } = {
    Init: (id) => ({ id, maxBal: NO_BALLOT, vote: null, ballots: [], heard: [], decided: null, said: [] }),
    procMsg: receive,
    procInt: (st, { ballot }) => {
      const started: OwnBallot = { ballot, answers: [], proposed: null }
      return saying([
        { ...st, ballots: [...st.ballots, started].toSorted((a, b) => a.ballot - b.ballot) },
        [{ _tag: '1a', ballot }]
      ])
    },
    restart
  }

  /** What a node may do by itself: start a ballot of its own, once. */
  const offers = (n: Address, st: PaxosNode): ReadonlyArray<StartBallot> =>
    iota(options.owners.length)
      .filter((ballot) => options.owners[ballot] === n && !st.ballots.some((own) => own.ballot === ballot))
      .map((ballot) => ({ _tag: 'Start', ballot }))

  /** The adversary that plays these nodes, and says whatever it likes to whomever, whenever it likes. */
  const liars = (corrupt: ReadonlyArray<Address>): Adversary<PaxosMessage, null> => {
    const honest = all.filter((n) => !corrupt.includes(n))
    const sayable = corrupt.flatMap((src) =>
      honest.flatMap((dst) => allMessages(options).map((msg) => ({ src, dst, msg })))
    )
    return full('liars', corrupt, sayable)
  }

  return { handlers, offers, liars }
}
