/**
 * What must hold of Paxos by packets: of its honest nodes.
 */
import type { PaxosMessage, PaxosNode } from '../../../spec/byzantine/paxos/packets.js'
import type { Vote } from '../../../spec/byzantine/paxos/voting.js'
import { ofStates, together } from '../../property/invariant.js'
import { nodeStep } from '../../property/property.js'

/** All last votes of a ballot are for one value. It need not be so where its proposer is not honest. */
export const oneValue = ofStates<PaxosNode, PaxosMessage>(
  together<PaxosNode, null, Vote | null>(
    'one value a ballot',
    'the last votes that are of one ballot are for one value',
    {
      summary: (_n, { vote }) => vote,
      decide: (seen) => {
        const votes = seen.flatMap(({ node, sees }) => (sees === null ? [] : [{ node, ...sees }]))
        return votes.flatMap(({ node, ballot, value }, i) =>
          votes
            .slice(i + 1)
            .filter((other) => other.ballot === ballot && other.value !== value)
            .map((other) => ({
              witness:
                `in ballot ${String(ballot)} node ${String(node)} has voted for ${value}, ` +
                `and node ${String(other.node)} for ${other.value}`
            }))
        )
      }
    }
  )
)

/** Ballots go up. */
export const ascent = nodeStep<PaxosNode, PaxosMessage>(
  'ascent',
  'a node goes to higher ballots only',
  (node, { maxBal: before }, { maxBal: after }) =>
    after >= before ? [] : [{ node, witness: `knows of ballot ${String(before)}, and goes back to ${String(after)}` }]
)
