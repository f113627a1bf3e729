/**
 * The lecture on the size of quorums: how large is large enough, and what that repairs.
 */
import type { Station } from './station.js'

export const quorums: ReadonlyArray<Station> = [
  {
    name: 'quorums-meet',
    part: 'Quorums',
    slide: 'Choosing the Quorum Size: Paxos',
    claim: 'Any two quorums of Paxos have a node in common: q = N/2 + 1.',
    trials: [
      {
        _tag: 'Lemma',
        says: 'any two sets of q of N nodes share one: if and only if 2q > N',
        lemma: 'Q1',
        expect: { verdict: 'derived', inputs: 64, met: 64 }
      }
    ],
    because: 'Two sets of q have 2q nodes between them; if there are only N, at least 2q − N of them are the same.',
    loose:
      'Read over the reals, N/2 + 1 is no number of nodes for odd N; ⌊N/2⌋ + 1 is meant, the smallest number above a half.',
    page: 'quorums.md'
  },
  {
    name: 'liar-between',
    part: 'Quorums',
    slide: 'Choosing the Quorum Size: an adversarial node in the intersection',
    claim: 'An adversarial node in the intersection of two quorums can lie about the value to both.',
    trials: [
      {
        _tag: 'Search',
        says: 'five nodes, quorums of three: any two share a node, which may be the liar',
        of: { system: 'ladder', preset: 'N5-byz0-q3-k2' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'four nodes, quorums of two, three phases',
        of: { system: 'ladder', preset: 'N4-byz0-q2-k3' },
        claims: 'violated'
      }
    ],
    because: 'To each of the two quorums it looks as if there were no split, since the liar agrees with both.',
    page: 'systems.md#the-repair-ladder'
  },
  {
    name: 'two-thirds',
    part: 'Quorums',
    slide: 'Choosing the Quorum Size: Byzantine consensus',
    claim:
      'Of quorums of 2/3 · N + 1 any two share an honest node, so that f liars do not manage to deceive the others.',
    trials: [
      {
        _tag: 'Search',
        says: 'four nodes, quorums of three, two phases; node 0 leads and lies',
        of: { system: 'ladder', preset: 'N4-byz0-q3-k2' },
        claims: 'holds'
      },
      {
        _tag: 'Lemma',
        says: 'any two sets of q of N nodes share an honest one: if and only if 2q − N > f',
        lemma: 'Q2',
        expect: { verdict: 'derived', inputs: 512, met: 288 }
      },
      {
        _tag: 'Lemma',
        says: 'for each N, ⌊2N/3⌋ + 1 is safe and live with f = ⌊(N − 1)/3⌋',
        lemma: 'Q7',
        expect: { verdict: 'derived', inputs: 8, met: 7 }
      },
      {
        _tag: 'Witness',
        says: 'all honest nodes decide with quorums of three of four, while node 3 says nothing',
        of: { system: 'ladder', preset: 'N4-byz3-q3-k2-mute' },
        sought: 'decided',
        expect: { verdict: 'happens', steps: 9 }
      },
      {
        _tag: 'Witness',
        says: 'they do with quorums of four',
        of: { system: 'ladder', preset: 'N4-byz3-q4-k2-mute' },
        sought: 'decided',
        expect: { verdict: 'never', states: 201 }
      }
    ],
    changes: 'There is a fourth node, and a quorum has three.',
    because:
      'Two quorums of three of four share two nodes, of which one at most lies; the other has told everyone the same. And the three honest ones make up a quorum without the liar.',
    loose:
      '2/3 · N + 1 is meant in whole numbers, ⌊2N/3⌋ + 1: for four nodes three. Over the reals and rounded up it is four, 2f + 2 of 3f + 1: safe as well, but one silent node stops everything.',
    beyond: [
      { system: 'ladder', preset: 'N4-byz0-q3-k3' },
      { system: 'ladder', preset: 'N4-byz0-q3-k3-keep' }
    ],
    page: 'quorums.md'
  },
  {
    name: 'map',
    part: 'Quorums',
    slide: 'Choosing the Quorum Size: all of it',
    claim:
      'Agreement holds exactly where two quorums have an honest node in common: 2q − N > f, if nodes tell each other what they were told.',
    trials: [
      {
        _tag: 'QuorumMap',
        says: 'three and four nodes in one to three phases, five in two; every number of liars that leaves two honest nodes, and every quorum, up to the names of honest nodes',
        ladders: [
          [3, 1],
          [3, 2],
          [3, 3],
          [4, 1],
          [4, 2],
          [4, 3],
          [5, 2]
        ],
        maxStates: 12_000,
        expect: { verdict: 'mapped', holds: 6, violated: 34, unknown: 8, contradict: 0 }
      }
    ],
    because:
      'An honest node in both quorums has said one thing to all. Where there is none, the liars say one thing to the one quorum and another to the other. Places that are too large for this page are searched by the deep tests.',
    loose:
      'In a single view the third phase adds nothing to agreement: the verdicts of two and of three phases are the same. It is there for a change of the leader.',
    page: 'systems.md#the-repair-ladder'
  },
  {
    name: 'two-ideas',
    part: 'Quorums',
    slide: 'Two Key Ideas of Byzantine Fault Tolerance',
    claim: 'It takes both: replicas that cross-validate what they were told, and quorums of more than two thirds.',
    trials: [
      {
        _tag: 'Search',
        says: 'larger quorums alone, in Paxos: four acceptors, quorums of three, one acceptor lies',
        of: { system: 'paxos', preset: 'a liar among 4' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'quorums of all three do not help either',
        of: { system: 'paxos', preset: 'a liar in quorums of all' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'in one ballot, acceptors that vote once, and quorums of two of three',
        of: { system: 'paxos', preset: 'one vote of 3' },
        claims: 'violated'
      },
      {
        _tag: 'Search',
        says: 'in one ballot, acceptors that vote once, and quorums of three of four',
        of: { system: 'paxos', preset: 'one vote of 4' },
        claims: 'holds'
      }
    ],
    because:
      'Larger quorums keep a liar from voting twice, and a proposer from being believed twice, within one ballot. Over several ballots an acceptor can lie about its earlier votes, and no quorum is large enough against that.',
    loose:
      'The two ideas are enough for one ballot. Over more it takes proofs: answers must carry the signed messages that show them, as the certificates of PBFT do. The lecture counts 2/3 · N + 1 prepare messages; PBFT asks for 2f of backups that match the pre-prepare of the primary, which with it makes 2f + 1.',
    page: 'paxos.md#who-lies'
  }
]
