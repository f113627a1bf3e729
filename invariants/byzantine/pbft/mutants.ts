/**
 * PBFT with one rule broken, on one sequence number and by packets. Each breaks agreement with a Byzantine replica, some
 * without any. In one view quorums that are too small do not show; what binds a new view takes two view changes to show.
 */
import type { SlotRules } from '../../../spec/byzantine/pbft/slot/rules.js'
import type { SlotOptions } from '../../../spec/byzantine/pbft/slot/state.js'
import { violated } from '../../systems/system.js'
import type { Expected, Mutant } from '../../systems/system.js'
import { packetConfiguration, slotConfiguration } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'
import type { PacketVariant } from './network.js'
import type { SlotVariant } from './slotModel.js'

/** A rule that is broken, and where that shows. */
export interface PbftMutant extends Mutant<PbftConfiguration> {
  /** On one sequence number. Default: it is nothing there. */
  readonly slot?: SlotVariant
  readonly packets: PacketVariant
}

/** A mutant of both levels. */
const mutant = (
  name: string,
  says: string,
  slot: Partial<SlotRules> | ((options: SlotOptions) => Partial<SlotRules>),
  packets: PacketVariant,
  where: PbftConfiguration,
  expect: Expected,
  more: Pick<PbftMutant, 'tier'> = {}
): PbftMutant => ({
  name,
  says,
  where,
  expect,
  slot: (right, options) => ({ ...right, ...(typeof slot === 'function' ? slot(options) : slot) }),
  packets,
  ...more
})

/** Agreement alone is searched, as its counterexamples are longer than those of what it follows from. */
const agreement = (lastView: number, byzantine: PbftConfiguration['byzantine']): PbftConfiguration =>
  slotConfiguration(lastView, byzantine, { invariants: 'agreement' })

/** Those of one sequence number, which are mutants by packets, too. */
const slotMutants: ReadonlyArray<PbftMutant> = [
  mutant(
    'lecture-problem-2',
    'Three replicas are to stand a faulty one: one prepare and two commits are enough.',
    { prepares: 1, commits: 2 },
    { rules: () => ({ prepares: 1, commits: 2 }) },
    { ...agreement(0, '0'), nodes: 3 },
    violated(6)
  ),
  mutant(
    'commit-quorum-2f',
    'A replica executes with 2f commits.',
    ({ quorum }) => ({ commits: quorum - 1 }),
    { rules: (_right, { quorum }) => ({ commits: quorum - 1 }) },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'prepares-2f-1',
    'A replica is prepared with 2f - 1 prepares of backups.',
    ({ quorum }) => ({ prepares: quorum - 2 }),
    { rules: (_right, { quorum }) => ({ prepares: quorum - 2 }) },
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'no-prepare-phase',
    'A replica is prepared when it has accepted a pre-prepare: there is no prepare phase.',
    { prepares: 0 },
    { rules: () => ({ prepares: 0 }) },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'execute-on-prepared',
    'A replica executes when it is prepared: there is no commit phase.',
    { commits: 0 },
    { rules: () => ({ commits: 0 }) },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'new-view-from-2f-view-changes',
    'A new view needs 2f view changes.',
    ({ quorum }) => ({ viewChanges: quorum - 1 }),
    { rules: (_right, { quorum }) => ({ viewChanges: quorum - 1 }) },
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'count-the-primarys-prepare',
    "A prepare of the primary counts beside its pre-prepare, as if it were a backup's.",
    { countsPrepare: () => true },
    { rules: () => ({ countsPrepare: () => true }) },
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'certificates-not-verified',
    'Nobody looks whether the certificates in a view change exist.',
    { certificatesAreVerified: false },
    { rules: () => ({ certificatesAreVerified: false }), alsoRefused: true },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'o-not-verified',
    'Backups accept whatever a new view pre-prepares.',
    { newViewsAreVerified: false },
    { rules: () => ({ newViewsAreVerified: false }), alsoRefused: true },
    agreement(1, '1'),
    violated(10)
  ),
  mutant(
    'senders-not-distinct',
    'Backups count view changes in a new view, not their senders.',
    { sendersAreDistinct: false },
    { rules: () => ({ sendersAreDistinct: false }), alsoRefused: true },
    agreement(1, '1'),
    violated(12)
  ),
  mutant(
    'keep-preparing-in-the-old-view',
    'A replica that has sent a view change goes on preparing and committing in the view that it has given up.',
    { goesOn: true },
    {
      rules: ({ takesPart }) => ({ takesPart: (st, view) => takesPart(st, view) || (!st.isActive && view < st.view) })
    },
    agreement(1, '0'),
    violated(14)
  ),
  mutant(
    'any-certificate',
    'A new primary takes any certificate of the view changes, not that of the highest view.',
    { binding: (all) => all },
    { rules: () => ({ binding: (all) => all.toSorted((c, d) => c.view - d.view)[0] }) },
    agreement(2, '0'),
    violated(18),
    { tier: 'deep' }
  ),
  mutant(
    'forget',
    'A view change reports what is prepared in the view that is given up, and forgets those before.',
    { reported: (prepared, givenUp) => prepared.find((view) => view === givenUp) },
    { rules: () => ({ reported: (prepared, givenUp) => prepared.find(({ view }) => view === givenUp) }) },
    agreement(2, '0'),
    violated(15),
    { tier: 'deep' }
  ),
  mutant(
    'null-over-a-certificate',
    'A new view may leave a sequence number empty for which it has a certificate.',
    { mayLeaveOut: true },
    { rules: () => ({ binding: () => undefined }) },
    agreement(1, '0'),
    violated(14)
  )
]

const refuses = ({ level }: PbftConfiguration): string | undefined =>
  level === 'b' ? undefined : 'it is one of packets: --level b'

/** One client, who asks once, in one view. */
const oneRequest = (byzantine: PbftConfiguration['byzantine'], more: Partial<PbftConfiguration> = {}) =>
  packetConfiguration(0, byzantine, { clients: 1, ...more })

/** Those that are about what one sequence number does not have. */
const packetMutants: ReadonlyArray<PbftMutant> = [
  {
    name: 'client-accepts-f-replies',
    says: 'A client believes what f replicas say alike.',
    where: oneRequest('3'),
    expect: violated(2),
    refuses,
    packets: { rules: (_right, { faulty }) => ({ replies: faulty }) }
  },
  {
    name: 'accept-again',
    says: 'A backup accepts a second pre-prepare for a number of a view, in place of the first.',
    where: packetConfiguration(0, '0'),
    expect: violated(4),
    refuses,
    packets: { rules: () => ({ accepts: () => true }) }
  },
  {
    name: 'count-messages',
    says: 'Prepares and commits are counted by messages, not by the replicas that have sent them.',
    where: oneRequest('3'),
    expect: violated(6),
    refuses,
    packets: { rules: () => ({ note: (ballots, by, digest) => [...ballots, { by, digest }] }) }
  },
  {
    name: 'collect-early',
    says: 'A checkpoint is stable when one replica has made it.',
    where: oneRequest('3', { period: 1, window: 2 }),
    expect: violated(8),
    refuses,
    packets: { rules: () => ({ checkpoints: 1 }) }
  },
  {
    name: 'execute-again',
    says: 'A request is executed whenever it has a number, though it was executed before.',
    where: packetConfiguration(1, '3', { twins: 'views' }),
    expect: violated(3),
    refuses,
    packets: { rules: () => ({ executesAgain: true }) }
  },
  {
    name: 'lowest-checkpoint',
    says: 'A new view goes on from the lowest checkpoint of its view changes, not from the highest.',
    where: packetConfiguration(1, '3', { twins: 'views', clients: 3 }),
    expect: violated(3),
    refuses,
    packets: { rules: () => ({ goesOnFrom: (stable) => Math.min(...stable) }) }
  }
]

/** All of them. */
export const pbftMutants: ReadonlyArray<PbftMutant> = [...slotMutants, ...packetMutants]
