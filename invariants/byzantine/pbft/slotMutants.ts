/**
 * PBFT with one rule broken, on one sequence number. Each breaks agreement with a Byzantine replica, some without any. In one
 * view quorums that are too small do not show; what binds a new view takes two view changes to show.
 */
import type { SlotRules } from '../../../spec/byzantine/pbft/slot/rules.js'
import type { SlotOptions } from '../../../spec/byzantine/pbft/slot/state.js'
import { violated } from '../../systems/system.js'
import type { Expected, Mutant } from '../../systems/system.js'
import { slotConfiguration } from './configuration.js'
import type { PbftConfiguration } from './configuration.js'

/** A rule that is broken, and where that shows. */
export interface SlotMutant extends Mutant<PbftConfiguration> {
  readonly variant: (right: SlotRules, options: SlotOptions) => SlotRules
}

const mutant = (
  name: string,
  says: string,
  rules: Partial<SlotRules> | ((options: SlotOptions) => Partial<SlotRules>),
  where: PbftConfiguration,
  expect: Expected,
  more: Partial<SlotMutant> = {}
): SlotMutant => ({
  name,
  says,
  where,
  expect,
  variant: (right, options) => ({ ...right, ...(typeof rules === 'function' ? rules(options) : rules) }),
  ...more
})

/** Agreement alone is searched, as its counterexamples are longer than those of what it follows from. */
const agreement = (lastView: number, byzantine: PbftConfiguration['byzantine']): PbftConfiguration =>
  slotConfiguration(lastView, byzantine, { invariants: 'agreement' })

export const slotMutants: ReadonlyArray<SlotMutant> = [
  mutant(
    'lecture-problem-2',
    'Three replicas are to stand a faulty one: one prepare and two commits are enough.',
    { prepares: 1, commits: 2 },
    { ...agreement(0, '0'), nodes: 3 },
    violated(6)
  ),
  mutant(
    'commit-quorum-2f',
    'A replica executes with 2f commits.',
    ({ quorum }) => ({ commits: quorum - 1 }),
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'prepares-2f-1',
    'A replica is prepared with 2f - 1 prepares of backups.',
    ({ quorum }) => ({ prepares: quorum - 2 }),
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'execute-on-prepared',
    'A replica executes when it is prepared: there is no commit phase.',
    { commits: 0 },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'new-view-from-2f-view-changes',
    'A new view needs 2f view changes.',
    ({ quorum }) => ({ viewChanges: quorum - 1 }),
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'count-the-primarys-prepare',
    "A prepare of the primary counts beside its pre-prepare, as if it were a backup's.",
    { countsPrepare: () => true },
    agreement(1, '0'),
    violated(13)
  ),
  mutant(
    'certificates-not-verified',
    'Nobody looks whether the certificates in a view change exist.',
    { certificatesAreVerified: false },
    agreement(1, '0'),
    violated(12)
  ),
  mutant(
    'o-not-verified',
    'Backups accept whatever a new view pre-prepares.',
    { newViewsAreVerified: false },
    agreement(1, '1'),
    violated(10)
  ),
  mutant(
    'senders-not-distinct',
    'Backups count view changes in a new view, not their senders.',
    { sendersAreDistinct: false },
    agreement(1, '1'),
    violated(12)
  ),
  mutant(
    'keep-preparing-in-the-old-view',
    'A replica that has sent a view change goes on preparing and committing in the view that it has given up.',
    { goesOn: true },
    agreement(1, '0'),
    violated(14)
  ),
  mutant(
    'any-certificate',
    'A new primary takes any certificate of the view changes, not that of the highest view.',
    { binding: (all) => all },
    agreement(2, '0'),
    violated(18),
    { tier: 'deep' }
  ),
  mutant(
    'forget',
    'A view change reports what is prepared in the view that is given up, and forgets those before.',
    { reported: (prepared, givenUp) => prepared.find((view) => view === givenUp) },
    agreement(2, '0'),
    violated(15),
    { tier: 'deep' }
  ),
  mutant(
    'null-over-a-certificate',
    'A new view may leave a sequence number empty for which it has a certificate.',
    { mayLeaveOut: true },
    agreement(1, '0'),
    violated(14)
  )
]
