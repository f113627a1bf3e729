/**
 * The lecture's way from Paxos to PBFT: how liars break it, and what does not repair it.
 */
import type { Station } from './station.js'

export const paxos: ReadonlyArray<Station> = [
  {
    name: 'paxos',
    part: 'Paxos and its repair',
    slide: 'Previous lecture: Paxos',
    claim:
      'Paxos agrees in two phases, securing a quorum and then committing, with 2f + 1 replicas of which f may crash.',
    trials: [
      {
        _tag: 'Search',
        says: 'three acceptors, quorums of two, two ballots; anybody may stop at any time',
        of: { system: 'paxos', preset: '2 ballots' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'a proposer does not heed what phase 1 has answered',
        of: { system: 'paxos', mutant: 'ignored-answers' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'four acceptors, quorums of two, which need not meet',
        of: { system: 'paxos', preset: 'quorums of half' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'an acceptor that goes on after a crash has forgotten its promise',
        of: { system: 'paxos', mutant: 'forgotten-promise' },
        claims: 'violated'
      }
    ],
    because:
      'A proposer hears from a quorum what was voted before, and any quorum that has chosen a value shares an acceptor with it, which says so.',
    loose:
      'Replicas that come back online must have written down what they have promised. That a value is chosen at last is not claimed, and not so, if messages may take any time.',
    beyond: [{ system: 'paxos', preset: '3 ballots' }],
    page: 'paxos.md'
  },
  {
    name: 'paxos-and-liars',
    part: 'Paxos and its repair',
    slide: 'Paxos and Byzantine Faults: N = 3, f = 1',
    claim: 'One liar of three, where two make a quorum and everyone proposes and accepts, has two values chosen.',
    trials: [
      {
        _tag: 'Search',
        says: 'by packets: node 0 proposes another value to each of the two others, and votes for both',
        of: { system: 'paxos', preset: 'packets, a lying proposer' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a proposer proposes two values in a ballot, and an acceptor votes for both',
        of: { system: 'paxos', preset: 'a liar and a lying proposer' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'an acceptor lies, and proposers are honest',
        of: { system: 'paxos', preset: 'a liar' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'a proposer lies, and acceptors are honest',
        of: { system: 'paxos', preset: 'a lying proposer' },
        claims: 'violated'
      }
    ],
    because: 'The two quorums share one node, and that is the liar: it counts for each of them.',
    loose:
      'The picture has several lies in one: a proposer that says two things, an acceptor that votes for both, and, over more than one ballot, an acceptor that says of its earlier votes what is not so. They have different remedies. N/2 + 1 = 2 for N = 3 is meant in whole numbers: more than half.',
    page: 'paxos.md#who-lies'
  },
  {
    name: 'problem-1',
    part: 'Paxos and its repair',
    slide: 'What went wrong? Problem 1',
    claim: 'Acceptors have not asked each other whether the same was proposed to everyone.',
    trials: [
      {
        _tag: 'Search',
        says: 'three nodes decide what they are told; node 0 leads and lies',
        of: { system: 'ladder', preset: 'N3-byz0-q2-k1' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'four nodes do so, and a quorum would be three',
        of: { system: 'ladder', preset: 'N4-byz0-q3-k1' },
        claims: 'violated'
      }
    ],
    because: 'Who decides at once what it is told has asked nobody, so that no size of a quorum matters.',
    page: 'systems.md#the-repair-ladder'
  },
  {
    name: 'problem-2',
    part: 'Paxos and its repair',
    slide: 'Phase 2: “Prepare”. What went wrong now? Problem 2',
    claim:
      'With a phase in which acceptors tell each other what they were told, two of three want W and two of three want H: a quorum for each.',
    trials: [
      {
        _tag: 'Search',
        says: 'three nodes, quorums of two, with the phase “prepare”',
        of: { system: 'ladder', preset: 'N3-byz0-q2-k2' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'with the phase “commit” as well',
        of: { system: 'ladder', preset: 'N3-byz0-q2-k3' },
        claims: 'violated'
      }
    ],
    changes: 'A node that has accepted an order tells all others, and decides when a quorum has accepted the same.',
    because:
      'Each of the two quorums has an honest node and the liar, which tells each that it is of its opinion. One more phase of the same kind only takes two more lies.',
    page: 'systems.md#the-repair-ladder'
  },
  {
    name: 'quorum-of-all',
    part: 'Paxos and its repair',
    slide: 'Problem 2: increasing the quorum size relative to the total number of nodes',
    claim:
      'A larger quorum keeps the liar from making two of them; of three nodes that is all three, which the liar can prevent.',
    trials: [
      {
        _tag: 'Search',
        says: 'three nodes, quorums of three, two phases',
        of: { system: 'ladder', preset: 'N3-byz0-q3-k2' },
        claims: 'holds'
      },
      {
        _tag: 'Search',
        says: 'the same in three phases',
        of: { system: 'ladder', preset: 'N3-byz0-q3-k3' },
        claims: 'holds'
      },
      {
        _tag: 'Witness',
        says: 'all honest nodes decide, while node 2 says nothing',
        of: { system: 'ladder', preset: 'N3-byz2-q3-k2-mute' },
        sought: 'decided',
        expect: { verdict: 'never', states: 13 }
      },
      {
        _tag: 'Lemma',
        says: 'some size of a quorum is safe and can be made up by honest nodes alone: if and only if N ≥ 3f + 1',
        lemma: 'Q4',
        expect: { verdict: 'derived', inputs: 64, met: 36 }
      }
    ],
    changes: 'A quorum has all three nodes.',
    because:
      'Two quorums of all share the honest nodes, each of which has said one thing. But one node that is silent stops everything.',
    loose: 'The slide speaks of the quorum alone. Of three nodes no size is both safe and live: there must be four.',
    page: 'quorums.md'
  }
]
