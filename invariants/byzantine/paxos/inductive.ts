/**
 * Why at most one value is chosen where nobody lies: what is so at first, is kept by every step from any state in which it is
 * so, reachable or not, and says that Paxos is Voting, and votes are safe. (After the invariant of Lamport's `Paxos.tla`;
 * the last conjunct of `promises` is needed besides.)
 */
import { iota } from '../../../spec/prelude/seq.js'
import { votingOf } from '../../../spec/byzantine/paxos/paxos.js'
import type { Message, PaxosOptions, PaxosState } from '../../../spec/byzantine/paxos/paxos.js'
import { NO_BALLOT, safeAt, showsSafeAt } from '../../../spec/byzantine/paxos/voting.js'
import type { Vote, Votes } from '../../../spec/byzantine/paxos/voting.js'
import { all, whole } from '../../property/invariant.js'
import type { Invariant, Objections } from '../../property/invariant.js'

type Promise1b = Extract<Message, { readonly _tag: '1b' }>
type Proposal = Extract<Message, { readonly _tag: '2a' }>
type Cast = Extract<Message, { readonly _tag: '2b' }>

const promises = ({ sent }: PaxosState): ReadonlyArray<Promise1b> => sent.filter((m) => m._tag === '1b')
const proposals = ({ sent }: PaxosState): ReadonlyArray<Proposal> => sent.filter((m) => m._tag === '2a')
const casts = ({ sent }: PaxosState): ReadonlyArray<Cast> => sent.filter((m) => m._tag === '2b')

const voteText = ({ ballot, value }: Vote): string => `${value} in ballot ${String(ballot)}`

/** An objection to everything of a list that does not fit. */
const objecting = <X>(list: ReadonlyArray<X>, fits: (x: X) => boolean, witness: (x: X) => string): Objections =>
  list.filter((x) => !fits(x)).map((x) => ({ witness: witness(x) }))

const acceptors: ReadonlyArray<Invariant<PaxosState>> = [
  whole('lastVote is a vote', "an acceptor's last vote was sent, and none in a higher ballot", (s) =>
    objecting(
      s.acceptors.map(({ vote }, acceptor) => ({ vote, acceptor })),
      ({ vote, acceptor }) => {
        const own = casts(s).filter((m) => m.acceptor === acceptor)
        return (
          own.every(({ ballot }) => vote !== null && ballot <= vote.ballot) &&
          (vote === null || own.some(({ ballot, value }) => ballot === vote.ballot && value === vote.value))
        )
      },
      ({ vote, acceptor }) =>
        `acceptor ${String(acceptor)} takes ${vote === null ? 'nothing' : voteText(vote)} for its last vote, but has sent others`
    )
  ),
  whole('lastVote ≤ maxBal', 'an acceptor knows of no lower ballot than that of its last vote', (s) =>
    objecting(
      s.acceptors.map(({ maxBal, vote }, acceptor) => ({ maxBal, vote, acceptor })),
      ({ maxBal, vote }) => (vote?.ballot ?? NO_BALLOT) <= maxBal,
      ({ maxBal, acceptor }) => `acceptor ${String(acceptor)} has voted above ${String(maxBal)}`
    )
  )
]

const answers: ReadonlyArray<Invariant<PaxosState>> = [
  whole('promise kept', 'an acceptor that has answered in a ballot knows of it', (s) =>
    objecting(
      promises(s),
      ({ acceptor, ballot }) => (s.acceptors[acceptor]?.maxBal ?? NO_BALLOT) >= ballot,
      ({ acceptor, ballot }) => `acceptor ${String(acceptor)} has answered in ballot ${String(ballot)}, and forgot it`
    )
  ),
  whole('answer true', 'the vote of an answer was cast, in a lower ballot', (s) =>
    objecting(
      promises(s),
      ({ acceptor, ballot, vote }) =>
        vote === null ||
        (vote.ballot < ballot &&
          casts(s).some((m) => m.acceptor === acceptor && m.ballot === vote.ballot && m.value === vote.value)),
      ({ acceptor, ballot, vote }) =>
        `acceptor ${String(acceptor)} has answered in ballot ${String(ballot)} with a vote for ${vote === null ? '' : voteText(vote)}`
    )
  ),
  whole('answer whole', 'no vote was cast between that of an answer and the ballot of the answer', (s) =>
    objecting(
      promises(s),
      ({ acceptor, ballot, vote }) =>
        !casts(s).some((m) => m.acceptor === acceptor && m.ballot > (vote?.ballot ?? NO_BALLOT) && m.ballot < ballot),
      ({ acceptor, ballot }) => `acceptor ${String(acceptor)} has left out a vote in ballot ${String(ballot)}`
    )
  )
]

/** What is read of a state together with its votes. */
const ofVotes = (
  name: string,
  says: string,
  decide: (s: PaxosState, votes: Votes) => Objections
): Invariant<PaxosState> => whole(name, says, (s) => decide(s, votingOf(s)))

const proposed = (options: PaxosOptions): ReadonlyArray<Invariant<PaxosState>> => [
  ofVotes('proposal safe', 'a quorum shows that the value of a proposal is safe in its ballot', (s, votes) =>
    objecting(
      proposals(s),
      ({ ballot, value }) => options.quorums.some((quorum) => showsSafeAt(votes, quorum, ballot, value)),
      (proposal) => `no quorum shows that ${voteText(proposal)} is safe`
    )
  ),
  whole('one proposal', 'there is one proposal in a ballot', (s) =>
    objecting(
      iota(options.ballots),
      (ballot) => proposals(s).filter((m) => m.ballot === ballot).length <= 1,
      (ballot) => `there are several in ballot ${String(ballot)}`
    )
  )
]

const voting = (options: PaxosOptions): ReadonlyArray<Invariant<PaxosState>> => [
  whole('vote proposed', 'a vote is for what was proposed in its ballot', (s) =>
    objecting(
      casts(s),
      ({ ballot, value }) => proposals(s).some((m) => m.ballot === ballot && m.value === value),
      (cast) => `acceptor ${String(cast.acceptor)} has voted for ${voteText(cast)}`
    )
  ),
  ofVotes('vote safe', 'no other value than that of a vote was or can be chosen in a lower ballot', (s, votes) =>
    objecting(
      casts(s),
      ({ ballot, value }) => safeAt(options, votes, ballot, value),
      (cast) => `${voteText(cast)} is not safe, and acceptor ${String(cast.acceptor)} voted for it`
    )
  ),
  whole('one value a ballot', 'all votes of a ballot are for one value', (s) =>
    objecting(
      iota(options.ballots),
      (ballot) => new Set(casts(s).flatMap((m) => (m.ballot === ballot ? [m.value] : []))).size <= 1,
      (ballot) => `those of ballot ${String(ballot)} are for several`
    )
  )
]

/** The invariant by which agreement is proved, for acceptors and proposers that are all honest. */
export const inductiveInvariant = (options: PaxosOptions): Invariant<PaxosState> =>
  all('paxos', 'answers are true, promises are kept, and so what is proposed and voted for is safe', [
    all('acceptors', 'acceptors know what they did', acceptors),
    all('promises', 'answers are true and whole, and bind', answers),
    all('proposals', 'what is proposed is safe', proposed(options)),
    all('votes', 'what is voted for is safe', voting(options))
  ])
