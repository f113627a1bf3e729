/**
 * Voting: how votes bring about that one value is chosen, whoever casts them and however it is known what was cast.
 *
 * There are numbered ballots. An acceptor casts at most one vote in a ballot, and none in a ballot that is below one in which
 * it has voted, or below which it has said that it will not vote. A value is chosen when a quorum has voted for it in one
 * ballot. An acceptor votes for a value only where it can be shown that no other value has been or will be chosen in a lower
 * ballot: that is the heart of Paxos. (L. Lamport's `Voting.tla`, in tlaplus/Examples.)
 */
import * as O from 'fp-ts/lib/Option.js'
import { iota } from '../../prelude/seq.js'
import type { TransitionSystem } from '../../system/transitionSystem.js'
import { sublists } from '../generals.js'
import type { Chosen, Value } from './consensus.js'

/** An acceptor, by its number. */
export type Acceptor = number
/** A ballot, by its number, from 0. */
export type Ballot = number
/** The ballot before all others: that of who has not voted. */
export const NO_BALLOT: Ballot = -1

/** A vote for a value in a ballot. */
export interface Vote {
  readonly ballot: Ballot
  readonly value: Value
}

/** Who votes, on what, and how many it takes. */
export interface Electorate {
  readonly acceptors: ReadonlyArray<Acceptor>
  /** Sets of acceptors: any two should share one. */
  readonly quorums: ReadonlyArray<ReadonlyArray<Acceptor>>
  readonly values: ReadonlyArray<Value>
  /** Ballots 0, 1, … so many. */
  readonly ballots: number
}

/** So many acceptors, any so many of which are a quorum. */
export const threshold = (
  acceptors: number,
  quorum: number,
  values: ReadonlyArray<Value>,
  ballots: number
): Electorate => ({
  acceptors: iota(acceptors),
  quorums: sublists(quorum, iota(acceptors)),
  values,
  ballots
})

/** An acceptor: the ballot below which it does not vote, and its votes, in the order of ballots. */
export interface Voter {
  readonly maxBal: Ballot
  readonly votes: ReadonlyArray<Vote>
}

/** A state of Voting: all acceptors, in the order of their numbers. */
export type Votes = ReadonlyArray<Voter>

/** An acceptor promises not to vote below a ballot, or it votes. */
export type VotingStep =
  | { readonly _tag: 'IncreaseMaxBal'; readonly acceptor: Acceptor; readonly ballot: Ballot }
  | { readonly _tag: 'VoteFor'; readonly acceptor: Acceptor; readonly ballot: Ballot; readonly value: Value }

const voterAt = (votes: Votes, acceptor: Acceptor): Voter => votes[acceptor] ?? { maxBal: NO_BALLOT, votes: [] }

/** An acceptor has voted for a value in a ballot. */
export const votedFor = (votes: Votes, acceptor: Acceptor, ballot: Ballot, value: Value): boolean =>
  voterAt(votes, acceptor).votes.some((vote) => vote.ballot === ballot && vote.value === value)

const hasVotedIn = (votes: Votes, acceptor: Acceptor, ballot: Ballot): boolean =>
  voterAt(votes, acceptor).votes.some((vote) => vote.ballot === ballot)

/** A quorum has voted for a value in a ballot. (`ChosenAt`.) */
export const chosenAt = ({ quorums }: Electorate, votes: Votes, ballot: Ballot, value: Value): boolean =>
  quorums.some((quorum) => quorum.every((acceptor) => votedFor(votes, acceptor, ballot, value)))

/** The values that are chosen in some ballot, in the order of the values: Voting seen as Consensus. */
export const consensusOf = (electorate: Electorate, votes: Votes): Chosen =>
  electorate.values.filter((value) =>
    iota(electorate.ballots).some((ballot) => chosenAt(electorate, votes, ballot, value))
  )

/**
 * A quorum shows that a value may be voted for in a ballot: all of it have promised not to vote below the ballot, and of the
 * votes that they cast below it, the latest ones are for that value, or there are none. (`ShowsSafeAt`.)
 */
export const showsSafeAt = (votes: Votes, quorum: ReadonlyArray<Acceptor>, ballot: Ballot, value: Value): boolean =>
  quorum.every((acceptor) => voterAt(votes, acceptor).maxBal >= ballot) &&
  iota(ballot + 1)
    .map((k) => k - 1)
    .some(
      (c) =>
        (c === NO_BALLOT || quorum.some((acceptor) => votedFor(votes, acceptor, c, value))) &&
        quorum.every((acceptor) => iota(ballot - c - 1).every((k) => !hasVotedIn(votes, acceptor, c + 1 + k)))
    )

/** No value but this has been or will be chosen in any lower ballot. (`SafeAt`.) */
export const safeAt = ({ quorums }: Electorate, votes: Votes, ballot: Ballot, value: Value): boolean =>
  iota(ballot).every((c) =>
    quorums.some((quorum) =>
      quorum.every(
        (acceptor) =>
          votedFor(votes, acceptor, c, value) ||
          (voterAt(votes, acceptor).maxBal > c && !hasVotedIn(votes, acceptor, c))
      )
    )
  )

/** An acceptor may vote for a value in a ballot, if that is shown to be safe. */
const mayVote = (votes: Votes, acceptor: Acceptor, ballot: Ballot, value: Value): boolean =>
  voterAt(votes, acceptor).maxBal <= ballot &&
  !hasVotedIn(votes, acceptor, ballot) &&
  votes.every((voter) => voter.votes.every((vote) => vote.ballot !== ballot || vote.value === value))

/**
 * The system in which acceptors promise and vote.
 * @param shows when a quorum shows that a value may be voted for.
 */
export const Voting = (electorate: Electorate, shows = showsSafeAt): TransitionSystem<Votes, VotingStep> => {
  const { acceptors, quorums, values, ballots } = electorate
  const isBallot = (ballot: Ballot): boolean => iota(ballots).includes(ballot)

  const next = (votes: Votes, step: VotingStep): O.Option<Votes> => {
    const { acceptor, ballot } = step
    const voter = votes[acceptor]
    if (voter === undefined || !isBallot(ballot)) return O.none
    switch (step._tag) {
      case 'IncreaseMaxBal':
        return ballot > voter.maxBal ? O.some(votes.with(acceptor, { ...voter, maxBal: ballot })) : O.none
      case 'VoteFor':
        return values.includes(step.value) &&
          mayVote(votes, acceptor, ballot, step.value) &&
          quorums.some((quorum) => shows(votes, quorum, ballot, step.value))
          ? O.some(votes.with(acceptor, { maxBal: ballot, votes: [...voter.votes, { ballot, value: step.value }] }))
          : O.none
    }
  }

  const all: ReadonlyArray<VotingStep> = acceptors.flatMap((acceptor) =>
    iota(ballots).flatMap(
      (ballot): ReadonlyArray<VotingStep> => [
        { _tag: 'IncreaseMaxBal', acceptor, ballot },
        ...values.map((value) => ({ _tag: 'VoteFor', acceptor, ballot, value }) as const)
      ]
    )
  )

  return {
    initial: [acceptors.map(() => ({ maxBal: NO_BALLOT, votes: [] }))],
    actions: (votes) => all.filter((step) => O.isSome(next(votes, step))),
    next
  }
}
