/**
 * Paxos of some sizes, and what a search says of each.
 */
import { holds, violated } from '../../systems/system.js'
import type { Expected, Preset } from '../../systems/system.js'
import { configuration, packets } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'

const preset = (
  name: string,
  of: PaxosConfiguration,
  expect: Expected,
  more: Partial<Preset<PaxosConfiguration>> = {}
): Preset<PaxosConfiguration> => ({ name, of, tier: 'fast', expect, ...more })

const isDefault = { isDefault: true } as const
const deep = { tier: 'deep' } as const
const ONE_LIAR = { byzantineAcceptors: 1 }

const bySent: ReadonlyArray<Preset<PaxosConfiguration>> = [
  preset('1 ballot', configuration(3, 2, 2, 1), holds(73, 141, 8), isDefault),
  preset('2 ballots', configuration(3, 2, 2, 2), holds(3_921, 9_442, 16), isDefault),
  preset('3 ballots', configuration(3, 2, 2, 3), holds(185_369, 491_535, 24), deep),
  preset('4 acceptors', configuration(4, 3, 2, 2), holds(20_609, 58_648, 20)),
  preset('Voting', configuration(3, 2, 2, 2, { refines: true }), holds(3_921, 9_442, 16)),
  preset('quorums of half', configuration(4, 2, 2, 2), violated(12)),
  preset('a liar', configuration(3, 2, 2, 2, ONE_LIAR), violated(8)),
  preset('a liar in quorums of all', configuration(3, 3, 2, 2, ONE_LIAR), violated(12)),
  preset('a liar among 4', configuration(4, 3, 2, 2, ONE_LIAR), violated(12)),
  preset(
    'a liar and a lying proposer',
    configuration(3, 2, 2, 1, { ...ONE_LIAR, byzantineProposer: true }),
    violated(6)
  ),
  preset('a lying proposer', configuration(3, 2, 2, 1, { byzantineProposer: true }), violated(9)),
  preset(
    'one vote of 3',
    configuration(3, 2, 2, 1, { ...ONE_LIAR, byzantineProposer: true, oneVote: true }),
    violated(6)
  ),
  preset(
    'one vote of 4',
    configuration(4, 3, 2, 1, { ...ONE_LIAR, byzantineProposer: true, oneVote: true }),
    holds(181, 448, 9)
  )
]

/** Of four nodes in one ballot, a proposer that lies, whose proposals all hear of. */
const LIED_TO = { nodes: 4, quorum: 3, owners: '0', learn: 'all', byzantine: '0' } as const

const byPackets: ReadonlyArray<Preset<PaxosConfiguration>> = [
  preset('packets, 1 ballot', packets({ owners: '0', values: 1 }), holds(33, 199, 7)),
  preset('packets, 1 ballot, all learn', packets({ owners: '0', values: 1, learn: 'all' }), holds(181, 1_717, 9)),
  preset('packets, consumed', packets({ soup: 'consume' }), holds(8_744, 31_524, 16)),
  preset('packets', packets(), holds(1_454, 17_496, 14), isDefault),
  preset('packets, all learn', packets({ learn: 'all' }), holds(10_875, 183_131, 15)),
  preset('packets, 3 ballots', packets({ owners: '0,1,2' }), holds(65_462, 1_175_518, 21)),
  preset('packets, refinement', packets({ refines: true }), holds(1_454, 17_496, 14), isDefault),
  preset('packets, refinement, consumed', packets({ soup: 'consume', refines: true }), holds(13_704, 45_456, 18)),
  preset('packets, refinement, all learn', packets({ learn: 'all', refines: true }), holds(10_875, 183_131, 15), deep),
  preset(
    'packets, refinement, 3 ballots',
    packets({ owners: '0,1,2', refines: true }),
    holds(65_462, 1_175_518, 21),
    deep
  ),
  preset('packets, a failure', packets({ crashes: 1 }), holds(10_612, 121_886, 17)),
  preset('packets, refinement, a failure', packets({ crashes: 1, refines: true }), holds(10_759, 123_190, 17), deep),
  preset('packets, quorums of one', packets({ quorum: 1 }), violated(2)),
  preset('packets, quorums of half', packets({ nodes: 4 }), violated(10)),
  preset('packets, a liar', packets({ byzantine: '2' }), violated(6)),
  preset('packets, refinement, a liar', packets({ byzantine: '2', refines: true }), violated(6)),
  preset('packets, a liar in quorums of all', packets({ quorum: 3, byzantine: '2' }), holds(3_191, 104_176, 14)),
  preset(
    'packets, refinement, a liar in quorums of all',
    packets({ quorum: 3, byzantine: '2', refines: true }),
    holds(3_191, 104_176, 14)
  ),
  preset('packets, a liar with a ballot', packets({ quorum: 3, byzantine: '2', owners: '0,2,1' }), violated(14)),
  preset('packets, a liar among 4', packets({ nodes: 4, quorum: 3, byzantine: '3' }), holds(109_065, 5_857_878, 18)),
  preset('packets, a lying proposer', packets({ owners: '0', learn: 'all', byzantine: '0' }), violated(4)),
  preset('packets, a lying proposer, refinement', packets({ owners: '0', byzantine: '0', refines: true }), violated(1)),
  preset('packets, one vote of 3', packets({ owners: '0', learn: 'all', byzantine: '0', oneVote: true }), violated(4)),
  preset('packets, a lying proposer of 4', packets(LIED_TO), violated(8)),
  preset('packets, one vote of 4', packets({ ...LIED_TO, oneVote: true }), holds(44_432, 996_504, 13))
]

/** Those by the messages that were ever sent, and those by packets. */
export const presets: ReadonlyArray<Preset<PaxosConfiguration>> = [...bySent, ...byPackets]
