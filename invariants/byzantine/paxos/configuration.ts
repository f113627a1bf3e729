/**
 * The parameters of Voting and of Paxos as forms.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { threshold } from '../../../spec/byzantine/paxos/voting.js'
import type { Electorate } from '../../../spec/byzantine/paxos/voting.js'
import type { PacketOptions } from '../../../spec/byzantine/paxos/packets.js'
import type { PaxosOptions } from '../../../spec/byzantine/paxos/paxos.js'
import type { Address } from '../../../spec/system/address.js'
import { choice, count, text, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'
import { plural } from '../../words.js'
import { liarsOf, nodesIn, noQuorum } from '../named.js'

/** How many vote on what. */
interface Electing {
  readonly acceptors: number
  readonly quorum: number
  readonly values: number
  readonly ballots: number
}

/** Every step is held against the system that is carried out, too. */
interface Refining {
  readonly refines: boolean
}

export type VotingConfiguration = Electing & Refining

/** How Paxos runs, and who lies. Each level has parameters of its own. */
export interface PaxosConfiguration extends Electing, Refining {
  /** `a`: by the messages that were ever sent; `b`: by packets. */
  readonly level: 'a' | 'b'
  readonly oneVote: boolean
  readonly byzantineAcceptors: number
  readonly byzantineProposer: boolean
  readonly nodes: number
  /** Whose the ballots are: `0,1`. */
  readonly owners: string
  readonly soup: 'keep' | 'consume'
  readonly learn: PacketOptions['learn']
  /** The nodes that are not honest, `0,2`, or `none`. */
  readonly byzantine: string
  readonly crashes: number
}

/** The values, by their names. */
const VALUES = ['W', 'H', 'X', 'Y'] as const

const acceptors = { says: 'how many acceptors there are', initial: 3, least: 1, most: 9 }
const ballots = { says: 'how many ballots there are, from 0 on', initial: 2, least: 1, most: 9 }
const quorum = count({ says: 'how many acceptors make a quorum', initial: 2, least: 1, most: 9 })
const values = count({ says: 'how many values may be chosen', initial: 2, least: 1, most: VALUES.length })

export const votingForm: Form<VotingConfiguration> = {
  acceptors: count(acceptors),
  quorum,
  values,
  ballots: count(ballots),
  refines: toggle({ says: 'check too that every step is one of Consensus, or none' })
}

const a = { only: { field: 'level', is: 'a' } }
const b = { only: { field: 'level', is: 'b' } }

export const paxosForm: Form<PaxosConfiguration> = {
  level: choice({ says: 'how it runs: a, by the messages that were ever sent, or b, by packets', among: ['a', 'b'] }),
  quorum,
  values,
  oneVote: toggle({ says: 'an acceptor votes once in a ballot, whatever is proposed' }),
  refines: toggle({ says: 'check too that every step is one of Voting, or with level b of level a, or none' }),
  acceptors: count({ ...a, ...acceptors }),
  ballots: count({ ...a, ...ballots }),
  byzantineAcceptors: count({
    ...a,
    says: 'how many of the acceptors, the last ones, say anything',
    initial: 0,
    most: 8
  }),
  byzantineProposer: toggle({ ...a, says: 'proposers make all proposals in a ballot that they can justify, not one' }),
  nodes: count({ ...b, says: 'how many nodes there are, each of them an acceptor', initial: 3, least: 1, most: 9 }),
  owners: text({
    ...b,
    says: 'whose ballot 0 is, whose ballot 1, and so on, with commas between them',
    initial: '0,1'
  }),
  soup: choice({ ...b, says: 'what is received can be received again, or is consumed', among: ['keep', 'consume'] }),
  learn: choice({ ...b, says: 'who hears of votes: who has made the proposal, or all', among: ['proposer', 'all'] }),
  byzantine: text({
    ...b,
    says: 'the nodes that say anything, with commas between them, or none',
    initial: 'none'
  }),
  crashes: count({
    ...b,
    says: 'how often a node may fail; it goes on with what was in stable storage',
    initial: 0,
    most: 9
  })
}

const initial: PaxosConfiguration = {
  level: 'a',
  acceptors: 3,
  quorum: 2,
  values: 2,
  ballots: 2,
  byzantineAcceptors: 0,
  byzantineProposer: false,
  oneVote: false,
  refines: false,
  nodes: 3,
  owners: '0,1',
  soup: 'keep',
  learn: 'proposer',
  byzantine: 'none',
  crashes: 0
}

/** Parameters of level a by their numbers. */
export const configuration = (
  many: number,
  enough: number,
  what: number,
  rounds: number,
  more: Partial<Pick<PaxosConfiguration, 'byzantineAcceptors' | 'byzantineProposer' | 'oneVote' | 'refines'>> = {}
): PaxosConfiguration => ({ ...initial, acceptors: many, quorum: enough, values: what, ballots: rounds, ...more })

/** Parameters of level b: as they are initially, but for some. */
export const packets = (
  more: Partial<
    Omit<PaxosConfiguration, 'level' | 'acceptors' | 'ballots' | 'byzantineAcceptors' | 'byzantineProposer'>
  > = {}
): PaxosConfiguration => ({ ...initial, level: 'b', ...more })

/** Why an electorate cannot be, in a clause. */
export const refusesVoting = (c: VotingConfiguration): string | undefined =>
  noQuorum(c.acceptors, c.quorum, 'acceptors')

/** What the specification of packets needs, besides who is not honest. Left: what is wrong, in a clause. */
export const packetsOf = (
  c: PaxosConfiguration
): Either<string, { readonly options: PacketOptions; readonly liars: ReadonlyArray<Address> }> =>
  pipe(
    E.Do,
    E.apS('owners', nodesIn('owners', c.owners, c.nodes)),
    E.apS('liars', liarsOf(c)),
    E.map(({ owners, liars }) => {
      const { nodes, learn, oneVote, refines } = c
      const [first, ...others] = VALUES
      return {
        options: {
          nodes,
          quorum: c.quorum,
          owners,
          values: [first, ...others.slice(0, c.values - 1)],
          learn,
          oneVote,
          keepsSaid: refines
        },
        liars
      }
    })
  )

const refusesA = (c: PaxosConfiguration): string | undefined => {
  if (c.byzantineAcceptors >= c.acceptors)
    return `${String(c.byzantineAcceptors)} Byzantine acceptors of ${String(c.acceptors)} leave none that is honest: choose fewer, or more acceptors`
  return c.refines && (c.byzantineAcceptors > 0 || c.byzantineProposer)
    ? 'in Voting nobody lies: leave --refines out, or all that is Byzantine'
    : undefined
}

const refusesB = (c: PaxosConfiguration): string | undefined => {
  const found = packetsOf(c)
  if (E.isLeft(found)) return found.left
  return found.right.liars.length === c.nodes ? 'expected an honest node at least, found none' : undefined
}

/** Why parameters of Paxos cannot be together, in a clause. */
export const refusesPaxos = (c: PaxosConfiguration): string | undefined =>
  c.level === 'a'
    ? (noQuorum(c.acceptors, c.quorum, 'acceptors') ?? refusesA(c))
    : (noQuorum(c.nodes, c.quorum, 'nodes') ?? refusesB(c))

/** Who votes on what. */
export const electorateOf = (c: Electing): Electorate =>
  threshold(c.acceptors, c.quorum, VALUES.slice(0, c.values), c.ballots)

/** What the specification of level a is given. */
export const optionsOf = (c: PaxosConfiguration): PaxosOptions => ({
  ...electorateOf(c),
  byzantineAcceptors: c.byzantineAcceptors,
  byzantineProposer: c.byzantineProposer,
  oneVote: c.oneVote
})

/** `3 acceptors, quorums of 2, 2 values, 2 ballots`. */
export const electorateInWords = (c: Electing): string =>
  [
    plural(c.acceptors, 'acceptor'),
    `quorums of ${String(c.quorum)}`,
    plural(c.values, 'value'),
    plural(c.ballots, 'ballot')
  ].join(', ')

/** The name of a model of Paxos by the messages that were ever sent. */
export const paxosName = (c: PaxosConfiguration): string =>
  [
    `Paxos, ${electorateInWords(c)}`,
    ...(c.byzantineAcceptors > 0 ? [`${plural(c.byzantineAcceptors, 'acceptor')} Byzantine`] : []),
    ...(c.byzantineProposer ? ['proposers Byzantine'] : []),
    ...(c.oneVote ? ['one vote a ballot'] : []),
    ...(c.refines ? ['refinement'] : [])
  ].join(', ')

/** The name of a model of Paxos by packets. */
export const packetsName = (c: PaxosConfiguration): string =>
  [
    `Paxos by packets, ${plural(c.nodes, 'node')}`,
    `quorums of ${String(c.quorum)}`,
    ...(c.values === initial.values ? [] : [plural(c.values, 'value')]),
    `ballots of ${c.owners.replaceAll(',', ' ')}`,
    c.soup,
    ...(c.learn === 'all' ? ['all learn'] : []),
    ...(c.byzantine === 'none' ? [] : [`Byzantine ${c.byzantine.replaceAll(',', ' ')}`]),
    ...(c.crashes > 0 ? [plural(c.crashes, 'failure')] : []),
    ...(c.oneVote ? ['one vote a ballot'] : []),
    ...(c.refines ? ['refinement'] : [])
  ].join(', ')
