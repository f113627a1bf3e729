/**
 * What carries out what: Paxos by packets is Paxos by the messages that were ever sent, that is Voting, and that is Consensus,
 * each looked at more closely. Every step is held against the steps of the system below.
 */
import { Consensus } from '../../../spec/byzantine/paxos/consensus.js'
import { paxosOf } from '../../../spec/byzantine/paxos/packets.js'
import type { PacketOptions, PaxosMessage, PaxosNode } from '../../../spec/byzantine/paxos/packets.js'
import { Paxos, viewOf, votingOf } from '../../../spec/byzantine/paxos/paxos.js'
import type { PaxosOptions, PaxosState, PaxosStep } from '../../../spec/byzantine/paxos/paxos.js'
import { consensusOf, threshold, Voting } from '../../../spec/byzantine/paxos/voting.js'
import type { Electorate, Votes, VotingStep } from '../../../spec/byzantine/paxos/voting.js'
import { entries } from '../../../spec/prelude/unionMap.js'
import { inSteps } from '../../../spec/system/transitionSystem.js'
import { canonical } from '../../checker/data/canonical.js'
import { whole } from '../../property/invariant.js'
import type { HasWorld, NetworkInvariant } from '../../property/invariant.js'
import type { Refines } from '../../property/property.js'
import { refines } from '../../property/refinement.js'
import { keyOf } from './key.js'

/** Voting carries out Consensus. */
export const carriesOutConsensus = (electorate: Electorate): Refines<Votes, VotingStep> =>
  refines({
    name: 'Consensus',
    says: 'every step is one of Consensus, or none',
    of: { name: 'Consensus', system: Consensus(electorate.values), key: canonical },
    state: (votes) => consensusOf(electorate, votes)
  })

/** Paxos carries out Voting, where nobody lies. */
export const carriesOutVoting = (electorate: Electorate): Refines<PaxosState, PaxosStep> =>
  refines({
    name: 'Voting',
    says: 'every step is one of Voting, or none',
    of: { name: 'Voting', system: Voting(electorate), key: canonical },
    state: votingOf
  })

type Sees = HasWorld<PaxosNode, PaxosMessage>

/** The states of nodes, seen as a state of Paxos. */
const seenAsPaxos = ({ world }: Sees): PaxosState => paxosOf(entries(world.localState).map(([, st]) => st))

/** The Paxos that packets carry out, where so many nodes lie. */
const paxosFor = ({ nodes, quorum, values, owners, oneVote }: PacketOptions, liars: number): PaxosOptions => ({
  ...threshold(nodes, quorum, values, owners.length),
  byzantineAcceptors: liars,
  byzantineProposer: false,
  oneVote
})

/**
 * Paxos by packets carries out Paxos by the messages that were ever sent, to oneself too: what a node says to itself it hears
 * in the same step, so that a step may be two there, or four where one node is a quorum.
 * @param liars how many nodes are not honest: as many acceptors of Paxos are not.
 */
export const carriesOutPaxos = <A>(options: PacketOptions, liars: number): Refines<Sees, A> =>
  refines({
    name: 'level a',
    says: 'every step is one of Paxos by the messages that were ever sent, or several at once, or none',
    of: {
      name: 'Paxos by the messages that were ever sent',
      system: inSteps(options.quorum === 1 ? 4 : 2, Paxos(paxosFor(options, liars)).system),
      key: keyOf
    },
    state: seenAsPaxos
  })

/** What a learner decides is chosen. */
export const decidesWhatIsChosen = (
  options: PacketOptions,
  liars: number
): NetworkInvariant<PaxosNode, PaxosMessage> => {
  const { chosen } = viewOf(paxosFor(options, liars))
  return whole('decided is chosen', 'a quorum has voted for what a node has decided, in one ballot', (s) => {
    const values = chosen(seenAsPaxos(s))
    return entries(s.world.localState).flatMap(([node, { decided }]) =>
      decided === null || values.includes(decided)
        ? []
        : [
            {
              node,
              witness: `has decided ${decided}, and chosen is ${values.length === 0 ? 'nothing' : values.join(' and ')}`
            }
          ]
    )
  })
}
