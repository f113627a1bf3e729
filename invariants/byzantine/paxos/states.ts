/**
 * All small states of Paxos, reachable or not: from these an induction takes its steps.
 */
import { iota } from '../../../spec/prelude/seq.js'
import { sublists } from '../../../spec/byzantine/generals.js'
import { inOrder } from '../../../spec/byzantine/paxos/paxos.js'
import type { AcceptorState, Message, PaxosOptions, PaxosState } from '../../../spec/byzantine/paxos/paxos.js'
import { NO_BALLOT } from '../../../spec/byzantine/paxos/voting.js'
import type { Vote } from '../../../spec/byzantine/paxos/voting.js'

/** All messages of honest acceptors and of proposers. An answer has any vote, also one of a later ballot. */
const allMessages = ({ acceptors, values, ballots, byzantineAcceptors }: PaxosOptions): ReadonlyArray<Message> => {
  const votes: ReadonlyArray<Vote> = iota(ballots).flatMap((ballot) => values.map((value) => ({ ballot, value })))
  const honest = acceptors.slice(0, acceptors.length - byzantineAcceptors)
  return inOrder([
    ...iota(ballots).map((ballot) => ({ _tag: '1a', ballot }) as const),
    ...votes.map((vote) => ({ _tag: '2a', ...vote }) as const),
    ...honest.flatMap((acceptor) => [
      ...votes.map((vote) => ({ _tag: '2b', acceptor, ...vote }) as const),
      ...iota(ballots).flatMap((ballot) =>
        [null, ...votes].map((vote) => ({ _tag: '1b', ballot, acceptor, vote }) as const)
      )
    ])
  ])
}

/** Every way to take one element of each list. */
function* combinations<X>(lists: ReadonlyArray<ReadonlyArray<X>>): Iterable<ReadonlyArray<X>> {
  const [first, ...rest] = lists
  if (first === undefined) yield []
  else for (const x of first) for (const xs of combinations(rest)) yield [x, ...xs]
}

/**
 * All states in which at most so many messages were sent, those with the fewest first. What an acceptor takes for its last
 * vote is none, or one that it has sent: states of which that is not so break the invariant anyhow.
 */
export function* statesWithin(options: PaxosOptions, most: number): Iterable<PaxosState> {
  const messages = allMessages(options)
  const honest = iota(options.acceptors.length - options.byzantineAcceptors)
  const ballots = [NO_BALLOT, ...iota(options.ballots)]
  for (const many of iota(most + 1))
    for (const sent of sublists(many, messages)) {
      const acceptors = honest.map((acceptor): ReadonlyArray<AcceptorState> => {
        const votes = sent.flatMap((m) =>
          m._tag === '2b' && m.acceptor === acceptor ? [{ ballot: m.ballot, value: m.value }] : []
        )
        return ballots.flatMap((maxBal) => [null, ...votes].map((vote) => ({ maxBal, vote })))
      })
      for (const one of combinations(acceptors)) yield { acceptors: one, sent }
    }
}
