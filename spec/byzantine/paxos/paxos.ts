/**
 * Single-decree Paxos by the messages that were ever sent: loss, delay, repetition and disorder are free, since a message
 * that was sent may be read at any time, or never. (L. Lamport, «The Part-Time Parliament», «Paxos Made Simple»; `Paxos.tla`
 * in tlaplus/Examples.)
 *
 * A step sends a message. Phase 1: a proposer asks in a ballot (1a), acceptors answer with their last vote and promise not to
 * vote below the ballot (1b). Phase 2: with the answers of a quorum, the proposer proposes the value of the latest vote in
 * them, or any value if there is none (2a); acceptors that have promised nothing higher vote for it (2b). A value is chosen
 * when a quorum has voted for it in one ballot. Proposers have no state, and a ballot is whoever's.
 *
 * Byzantine acceptors are the last ones. They have no state either: whatever they could send counts as sent, from the start,
 * any answer and any vote.
 */
import * as O from 'fp-ts/lib/Option.js'
import { iota } from '../../prelude/seq.js'
import type { TransitionSystem } from '../../system/transitionSystem.js'
import type { Value } from './consensus.js'
import { NO_BALLOT } from './voting.js'
import type { Acceptor, Ballot, Electorate, Vote, Votes } from './voting.js'

/** A message; a proposer's is to all acceptors, an acceptor's to all proposers. */
export type Message =
  | { readonly _tag: '1a'; readonly ballot: Ballot }
  /** With the last vote; null: it has not voted. */
  | { readonly _tag: '1b'; readonly ballot: Ballot; readonly acceptor: Acceptor; readonly vote: Vote | null }
  | { readonly _tag: '2a'; readonly ballot: Ballot; readonly value: Value }
  | { readonly _tag: '2b'; readonly ballot: Ballot; readonly acceptor: Acceptor; readonly value: Value }

/** An acceptor forgets, where a variant lets it. */
export interface Restart {
  readonly _tag: 'restart'
  readonly acceptor: Acceptor
}

export type PaxosStep = Message | Restart

/** An honest acceptor: the highest ballot that it knows of, and its last vote. (`maxBal`, `maxVBal` with `maxVal`.) */
export interface AcceptorState {
  readonly maxBal: Ballot
  readonly vote: Vote | null
}

/** A state: the honest acceptors, and the messages that were ever sent, in one order. */
export interface PaxosState {
  readonly acceptors: ReadonlyArray<AcceptorState>
  readonly sent: ReadonlyArray<Message>
}

/** An electorate some of which are not honest. */
export interface PaxosOptions extends Electorate {
  /** How many of the acceptors are Byzantine: the last ones. */
  readonly byzantineAcceptors: number
  /** Proposers make several proposals in a ballot, each of which they can justify. */
  readonly byzantineProposer: boolean
  /** An acceptor votes for one value in a ballot: honest proposers do not need it. */
  readonly oneVote: boolean
}

/** What can be read of a state. */
export interface PaxosView {
  /** The last votes that an acceptor has answered in a ballot; any, of a Byzantine one. */
  readonly reports: (s: PaxosState, acceptor: Acceptor, ballot: Ballot) => ReadonlyArray<Vote | null>
  /** An acceptor has voted for a value in a ballot; a Byzantine one always has. */
  readonly voted: (s: PaxosState, acceptor: Acceptor, ballot: Ballot, value: Value) => boolean
  /** The values that are chosen. */
  readonly chosen: (s: PaxosState) => ReadonlyArray<Value>
}

/** The rules: what a variant may change. */
export interface Rules {
  /** An acceptor answers a proposer that asks in a ballot. */
  readonly promises: (acceptor: AcceptorState, ballot: Ballot) => boolean
  /** Proposers may propose a value in a ballot. */
  readonly justified: (s: PaxosState, ballot: Ballot, value: Value) => boolean
  /** An acceptor votes in a ballot. */
  readonly accepts: (acceptor: AcceptorState, ballot: Ballot) => boolean
  /** What an acceptor still knows when it restarts; none: it does not. */
  readonly restarted: (acceptor: AcceptorState) => O.Option<AcceptorState>
}

/** Rules made from the right ones. */
export type Variant = (right: Rules, options: PaxosOptions, view: PaxosView) => Rules

const ballotOf = (vote: Vote | null): Ballot => vote?.ballot ?? NO_BALLOT

/** The first of two numbers or words comes first. */
const order = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0)

const acceptorOf = (m: Message): number => ('acceptor' in m ? m.acceptor : NO_BALLOT)
const valueOf = (m: Message): Value => ('value' in m ? m.value : m._tag === '1b' ? (m.vote?.value ?? '') : '')

/** The order in which messages stand in a state. */
const compare = (a: Message, b: Message): number =>
  order(a._tag, b._tag) ||
  order(a.ballot, b.ballot) ||
  order(acceptorOf(a), acceptorOf(b)) ||
  order(ballotOf('vote' in a ? a.vote : null), ballotOf('vote' in b ? b.vote : null)) ||
  order(valueOf(a), valueOf(b))

const compareVotes = (a: Vote | null, b: Vote | null): number =>
  order(ballotOf(a), ballotOf(b)) || order(a?.value ?? '', b?.value ?? '')

/** Messages in the order in which they stand in a state. */
export const inOrder = (messages: ReadonlyArray<Message>): ReadonlyArray<Message> => messages.toSorted(compare)

const includes = (sent: ReadonlyArray<Message>, message: Message): boolean =>
  sent.some((other) => compare(message, other) === 0)

/** Messages, in their order, and another one, once. */
export const including = (sent: ReadonlyArray<Message>, message: Message): ReadonlyArray<Message> => {
  if (includes(sent, message)) return sent
  const after = sent.findIndex((other) => compare(message, other) < 0)
  return sent.toSpliced(after < 0 ? sent.length : after, 0, message)
}

/** A message was sent. */
export const wasSent = ({ sent }: PaxosState, message: Message): boolean => includes(sent, message)

/** The state in which a message was sent, too. */
const withMessage = (s: PaxosState, message: Message): PaxosState => ({ ...s, sent: including(s.sent, message) })

/** How states of an electorate are read. */
export const viewOf = ({ acceptors, quorums, values, ballots, byzantineAcceptors }: PaxosOptions): PaxosView => {
  const isHonest = (acceptor: Acceptor): boolean => acceptor < acceptors.length - byzantineAcceptors
  /** All that an acceptor that lies may say that it has voted for, below a ballot. */
  const anyVotes = (below: Ballot): ReadonlyArray<Vote | null> => [
    null,
    ...iota(below).flatMap((ballot) => values.map((value) => ({ ballot, value })))
  ]

  const voted: PaxosView['voted'] = (s, acceptor, ballot, value) =>
    !isHonest(acceptor) ||
    s.sent.some((m) => m._tag === '2b' && m.ballot === ballot && m.acceptor === acceptor && m.value === value)

  return {
    reports: (s, acceptor, ballot) =>
      isHonest(acceptor)
        ? s.sent.flatMap((m) => (m._tag === '1b' && m.ballot === ballot && m.acceptor === acceptor ? [m.vote] : []))
        : anyVotes(ballot),
    voted,
    chosen: (s) =>
      values.filter((value) =>
        iota(ballots).some((ballot) =>
          quorums.some((quorum) => quorum.every((acceptor) => voted(s, acceptor, ballot, value)))
        )
      )
  }
}

/** The rules of Paxos. */
export const rulesOf = ({ quorums }: PaxosOptions, { reports }: PaxosView): Rules => ({
  promises: ({ maxBal }, ballot) => ballot > maxBal,
  // A quorum has answered, and the latest of the votes that it has answered with, in ballot c, is for the value.
  justified: (s, ballot, value) =>
    quorums.some((quorum) => {
      const answers = quorum.map((acceptor) => reports(s, acceptor, ballot))
      if (answers.some((votes) => votes.length === 0)) return false
      return iota(ballot + 1)
        .map((k) => k - 1)
        .some(
          (c) =>
            answers.every((votes) => votes.some((vote) => ballotOf(vote) <= c)) &&
            (c === NO_BALLOT ||
              answers.some((votes) => votes.some((vote) => vote?.ballot === c && vote.value === value)))
        )
    }),
  accepts: ({ maxBal }, ballot) => ballot >= maxBal,
  restarted: () => O.none
})

/** An acceptor sends a message and comes to another state; none where it is not there, or nothing would change. */
const sendsAs = (s: PaxosState, message: Message, acceptor: Acceptor, to: AcceptorState): O.Option<PaxosState> => {
  const from = s.acceptors[acceptor]
  const isNews = from?.maxBal !== to.maxBal || compareVotes(from.vote, to.vote) !== 0 || !wasSent(s, message)
  return from !== undefined && isNews
    ? O.some(withMessage({ ...s, acceptors: s.acceptors.with(acceptor, to) }, message))
    : O.none
}

/** The state after a step; none where the rules do not allow it. */
const stepping =
  ({ byzantineProposer, oneVote }: PaxosOptions, { promises, justified, accepts, restarted }: Rules) =>
  (s: PaxosState, step: PaxosStep): O.Option<PaxosState> => {
    switch (step._tag) {
      case '1a':
        return wasSent(s, step) ? O.none : O.some(withMessage(s, step))
      case '1b': {
        const { ballot, acceptor, vote } = step
        const is = s.acceptors[acceptor]
        return is !== undefined &&
          promises(is, ballot) &&
          compareVotes(is.vote, vote) === 0 &&
          wasSent(s, { _tag: '1a', ballot })
          ? sendsAs(s, step, acceptor, { ...is, maxBal: ballot })
          : O.none
      }
      case '2a': {
        const { ballot, value } = step
        const isLate = byzantineProposer ? wasSent(s, step) : s.sent.some((m) => m._tag === '2a' && m.ballot === ballot)
        return !isLate && justified(s, ballot, value) ? O.some(withMessage(s, step)) : O.none
      }
      case '2b': {
        const { ballot, acceptor, value } = step
        const is = s.acceptors[acceptor]
        const isSecond =
          oneVote && s.sent.some((m) => m._tag === '2b' && m.ballot === ballot && m.acceptor === acceptor)
        return is !== undefined && accepts(is, ballot) && !isSecond && wasSent(s, { _tag: '2a', ballot, value })
          ? sendsAs(s, step, acceptor, { maxBal: ballot, vote: { ballot, value } })
          : O.none
      }
      case 'restart': {
        const is = s.acceptors[step.acceptor]
        const after = is === undefined ? O.none : restarted(is)
        return O.isSome(after) && is?.maxBal !== after.value.maxBal
          ? O.some({ ...s, acceptors: s.acceptors.with(step.acceptor, after.value) })
          : O.none
      }
    }
  }

/** Paxos, or a variant of it. */
export const Paxos = (
  options: PaxosOptions,
  variant: Variant = (right) => right
): PaxosView & { readonly system: TransitionSystem<PaxosState, PaxosStep> } => {
  const { acceptors, values, ballots, byzantineAcceptors } = options
  const view = viewOf(options)
  const next = stepping(options, variant(rulesOf(options, view), options, view))
  const honest = acceptors.slice(0, acceptors.length - byzantineAcceptors)
  const proposals = iota(ballots).flatMap((ballot) => values.map((value) => ({ ballot, value })))
  const asks = iota(ballots).map((ballot) => ({ _tag: '1a', ballot }) as const)
  const proposes = proposals.map((proposal) => ({ _tag: '2a', ...proposal }) as const)
  const votes = honest.flatMap((acceptor) =>
    proposals.map((proposal) => ({ _tag: '2b', acceptor, ...proposal }) as const)
  )
  const restarts = honest.map((acceptor) => ({ _tag: 'restart', acceptor }) as const)
  const answers = ({ acceptors: all }: PaxosState): ReadonlyArray<PaxosStep> =>
    all.flatMap(({ vote }, acceptor) =>
      iota(ballots).map((ballot) => ({ _tag: '1b', ballot, acceptor, vote }) as const)
    )
  return {
    ...view,
    system: {
      initial: [{ acceptors: honest.map(() => ({ maxBal: NO_BALLOT, vote: null })), sent: [] }],
      actions: (s) =>
        [...asks, ...answers(s), ...proposes, ...votes, ...restarts].filter((step) => O.isSome(next(s, step))),
      next
    }
  }
}

/** Paxos seen as Voting: the promises of acceptors, and the votes that they have sent. For honest acceptors only. */
export const votingOf = ({ acceptors, sent }: PaxosState): Votes =>
  acceptors.map(({ maxBal }, acceptor) => ({
    maxBal,
    votes: sent.flatMap((m) =>
      m._tag === '2b' && m.acceptor === acceptor ? [{ ballot: m.ballot, value: m.value }] : []
    )
  }))
