/**
 * Misreadings of Paxos by packets, each of which breaks agreement, or first what agreement rests on.
 */
import type { PacketRules, PacketVariant } from '../../../spec/byzantine/paxos/packets.js'
import { NO_BALLOT } from '../../../spec/byzantine/paxos/voting.js'
import { violated } from '../../systems/system.js'
import type { Expected, Mutant } from '../../systems/system.js'
import { packets } from './configuration.js'
import type { PaxosConfiguration } from './configuration.js'
import { packetNetwork } from './packetNetwork.js'
import type { PacketNetwork } from './packetNetwork.js'

/** A misreading: what is different, and where it is refuted. */
export interface PacketMutant extends Mutant<PaxosConfiguration> {
  readonly network: (c: PaxosConfiguration) => PacketNetwork
}

const rules =
  (changes: (right: PacketRules) => Partial<PacketRules>): PacketVariant =>
  (right) => ({ ...right, ...changes(right) })

const mutant = (
  name: string,
  says: string,
  variant: PacketVariant,
  where: PaxosConfiguration,
  expect: Expected,
  more: Pick<PacketMutant, 'tier'> = {}
): PacketMutant => ({
  name,
  says,
  where,
  expect,
  ...more,
  refuses: ({ level }) => (level === 'b' ? undefined : 'it is one of packets: --level b'),
  network: packetNetwork(variant)
})

const needsCrash = (one: PacketMutant): PacketMutant => ({
  ...one,
  refuses: (c) => one.refuses?.(c) ?? (c.crashes > 0 ? undefined : 'it is about nodes that fail: --crashes 1, or more')
})

export const packetMutants: ReadonlyArray<PacketMutant> = [
  mutant(
    'own-value',
    'A proposer waits for the answers of a quorum, and then proposes what it would have proposed anyhow.',
    rules(() => ({ proposal: (_, own) => own })),
    packets(),
    violated(10)
  ),
  mutant(
    'earliest-vote',
    'A proposer proposes the value of the earliest vote that was answered, not that of the latest.',
    rules(() => ({
      proposal: (answers, own) =>
        answers
          .flatMap(({ vote }) => (vote === null ? [] : [vote]))
          .toSorted((one, other) => one.ballot - other.ballot)[0]?.value ?? own
    })),
    packets({ owners: '0,1,2' }),
    violated(13)
  ),
  mutant(
    'vote-below-promise',
    'A node votes for every proposal that reaches it, below its promise too.',
    rules(({ accepts }) => ({ accepts: (st, proposal) => accepts({ ...st, maxBal: NO_BALLOT }, proposal) })),
    packets(),
    violated(5)
  ),
  mutant(
    'answer-below-promise',
    'A node answers every proposer that asks, and then takes its ballot for the highest that it knows of.',
    rules(() => ({ promises: () => true })),
    packets(),
    violated(3)
  ),
  mutant(
    'votes-of-any-ballot',
    'A learner counts the votes for a value, of whatever ballots they are.',
    rules(() => ({ agree: (one, other) => one.value === other.value })),
    packets({ owners: '0,1,0,1' }),
    violated(16),
    { tier: 'deep' }
  ),
  mutant(
    'any-proposer',
    'A node takes it from every node that it asks or proposes, in whatever ballot.',
    rules(() => ({ leads: () => true })),
    packets({ byzantine: '2', learn: 'all' }),
    violated(2)
  ),
  needsCrash(
    mutant(
      'lost-promise',
      'A node that fails goes on with its last vote, but not with its promise, which it had not written down.',
      rules(({ restart }) => ({
        restart: (st) => ({ ...restart(st), maxBal: st.vote?.ballot ?? NO_BALLOT })
      })),
      packets({ crashes: 1 }),
      violated(12)
    )
  ),
  needsCrash(
    mutant(
      'lost-vote',
      'A node that fails goes on with its promise, but not with its last vote.',
      rules(({ restart }) => ({ restart: (st) => ({ ...restart(st), vote: null }) })),
      packets({ crashes: 1 }),
      violated(12)
    )
  ),
  needsCrash(
    mutant(
      'lost-ballot',
      'A proposer that fails has forgotten that it had started its ballot, and starts it again.',
      rules(({ restart }) => ({ restart: (st) => ({ ...restart(st), ballots: [] }) })),
      packets({ crashes: 1 }),
      violated(13)
    )
  )
]
