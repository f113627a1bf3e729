/**
 * The parameters of Paxos as a form.
 */
import { threshold } from '../../../spec/byzantine/paxos/voting.js'
import type { Electorate } from '../../../spec/byzantine/paxos/voting.js'
import type { PaxosOptions } from '../../../spec/byzantine/paxos/paxos.js'
import { choice, count, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'
import { plural } from '../../words.js'

/** How many vote on what. */
export interface VotingConfiguration {
  readonly acceptors: number
  readonly quorum: number
  readonly values: number
  readonly ballots: number
}

/** How Paxos runs, and who lies. */
export interface PaxosConfiguration extends VotingConfiguration {
  /** `a`: by the messages that were ever sent. */
  readonly level: 'a'
  readonly byzantineAcceptors: number
  readonly byzantineProposer: boolean
  readonly oneVote: boolean
}

/** The values, by their names. */
const VALUES = ['W', 'H', 'X', 'Y']

export const votingForm: Form<VotingConfiguration> = {
  acceptors: count({ says: 'how many acceptors there are', initial: 3, least: 1, most: 9 }),
  quorum: count({ says: 'how many acceptors make a quorum', initial: 2, least: 1, most: 9 }),
  values: count({ says: 'how many values may be chosen', initial: 2, least: 1, most: VALUES.length }),
  ballots: count({ says: 'how many ballots there are, from 0 on', initial: 2, least: 1, most: 9 })
}

export const paxosForm: Form<PaxosConfiguration> = {
  level: choice({ says: 'how it runs: a, by the messages that were ever sent', among: ['a'] }),
  ...votingForm,
  byzantineAcceptors: count({ says: 'how many of the acceptors, the last ones, say anything', initial: 0, most: 9 }),
  byzantineProposer: toggle({ says: 'proposers make all proposals in a ballot that they can justify, not one' }),
  oneVote: toggle({ says: 'an acceptor votes once in a ballot, whatever is proposed' })
}

/** Parameters by their numbers. */
export const configuration = (
  acceptors: number,
  quorum: number,
  values: number,
  ballots: number,
  more: Partial<Pick<PaxosConfiguration, 'byzantineAcceptors' | 'byzantineProposer' | 'oneVote'>> = {}
): PaxosConfiguration => ({
  level: 'a',
  acceptors,
  quorum,
  values,
  ballots,
  byzantineAcceptors: 0,
  byzantineProposer: false,
  oneVote: false,
  ...more
})

/** Why an electorate cannot be, in a clause. */
export const refusesVoting = ({ acceptors, quorum }: VotingConfiguration): string | undefined =>
  quorum > acceptors
    ? `${String(acceptors)} acceptors have no quorum of ${String(quorum)}: choose a smaller quorum, or more acceptors`
    : undefined

/** Why parameters of Paxos cannot be together, in a clause. */
export const refusesPaxos = (c: PaxosConfiguration): string | undefined =>
  refusesVoting(c) ??
  (c.byzantineAcceptors > c.acceptors
    ? `${String(c.byzantineAcceptors)} of ${String(c.acceptors)} acceptors cannot be Byzantine: choose fewer, or more acceptors`
    : undefined)

/** Who votes on what. */
export const electorateOf = ({ acceptors, quorum, values, ballots }: VotingConfiguration): Electorate =>
  threshold(acceptors, quorum, VALUES.slice(0, values), ballots)

/** What the specification is given. */
export const optionsOf = (c: PaxosConfiguration): PaxosOptions => ({
  ...electorateOf(c),
  byzantineAcceptors: c.byzantineAcceptors,
  byzantineProposer: c.byzantineProposer,
  oneVote: c.oneVote
})

/** `3 acceptors, quorums of 2, 2 values, 2 ballots`. */
export const electorateInWords = ({ acceptors, quorum, values, ballots }: VotingConfiguration): string =>
  [
    plural(acceptors, 'acceptor'),
    `quorums of ${String(quorum)}`,
    plural(values, 'value'),
    plural(ballots, 'ballot')
  ].join(', ')

/** The name of a model of Paxos. */
export const paxosName = (c: PaxosConfiguration): string =>
  [
    `Paxos, ${electorateInWords(c)}`,
    ...(c.byzantineAcceptors > 0 ? [`${plural(c.byzantineAcceptors, 'acceptor')} Byzantine`] : []),
    ...(c.byzantineProposer ? ['proposers Byzantine'] : []),
    ...(c.oneVote ? ['one vote a ballot'] : [])
  ].join(', ')
