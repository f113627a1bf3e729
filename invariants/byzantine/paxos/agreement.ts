/**
 * What Paxos is for: at most one value is chosen, and only one that was proposed.
 */
import { iota } from '../../../spec/prelude/seq.js'
import { viewOf } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosOptions, PaxosState } from '../../../spec/byzantine/paxos/paxos.js'
import type { Value } from '../../../spec/byzantine/paxos/consensus.js'
import type { Acceptor } from '../../../spec/byzantine/paxos/voting.js'
import { all, whole } from '../../property/invariant.js'
import type { Invariant } from '../../property/invariant.js'

/** The acceptors that vote for anything, and say that they have voted for anything. */
export const liars = ({ acceptors, byzantineAcceptors }: PaxosOptions): ReadonlyArray<Acceptor> =>
  acceptors.slice(acceptors.length - byzantineAcceptors)

/** Where a value was chosen: `W in ballot 0 by acceptors 0 and 2 (Byzantine)`. */
const choice = (options: PaxosOptions, s: PaxosState, value: Value): string => {
  const { voted } = viewOf(options)
  const [found] = iota(options.ballots).flatMap((ballot) =>
    options.quorums
      .filter((quorum) => quorum.every((acceptor) => voted(s, acceptor, ballot, value)))
      .map((quorum) => ({ ballot, quorum }))
  )
  const names = (found?.quorum ?? []).map(
    (acceptor) => `${String(acceptor)}${liars(options).includes(acceptor) ? ' (Byzantine)' : ''}`
  )
  return `${value} in ballot ${String(found?.ballot)} by acceptors ${names.join(' and ')}`
}

/** Agreement: at most one value is chosen. */
const agreement = (options: PaxosOptions): Invariant<PaxosState> => {
  const { chosen } = viewOf(options)
  return whole('agreement', 'at most one value is chosen', (s) => {
    const values = chosen(s)
    return values.length > 1
      ? [{ witness: `chosen are ${values.map((value) => choice(options, s, value)).join(', and ')}` }]
      : []
  })
}

/** Validity: what is chosen was proposed. */
const validity = (options: PaxosOptions): Invariant<PaxosState> => {
  const { chosen } = viewOf(options)
  return whole('validity', 'a value that is chosen was proposed', (s) =>
    chosen(s)
      .filter((value) => !s.sent.some((m) => m._tag === '2a' && m.value === value))
      .map((value) => ({ witness: `chosen is ${choice(options, s, value)}, and nobody proposed it` }))
  )
}

/** Both. */
export const consensus = (options: PaxosOptions): Invariant<PaxosState> =>
  all('consensus', 'one value is chosen, which was proposed', [agreement(options), validity(options)])
