/**
 * Reliable broadcast that is wrong on purpose: for each theorem a rule without which it does not hold.
 */
import { thresholds } from '../../../spec/byzantine/broadcast.js'
import type { BroadcastRules, Thresholds } from '../../../spec/byzantine/broadcast.js'
import { violated } from '../../systems/system.js'
import type { Expected, Mutant } from '../../systems/system.js'
import type { BroadcastConfiguration } from './configuration.js'
import { broadcastNetwork, setRules } from './network.js'
import type { BroadcastNetwork } from './network.js'

/** A mutant, and its network. */
export interface BroadcastMutant extends Mutant<BroadcastConfiguration> {
  readonly network: (c: BroadcastConfiguration) => BroadcastNetwork
}

/** Four nodes, one of them Byzantine, and an honest origin with one value. */
export const usual: BroadcastConfiguration = {
  nodes: 4,
  byzantine: 1,
  origin: 0,
  rounds: 1,
  values: 1,
  lies: 'anything',
  liveness: false
}

const mutant = (
  name: string,
  says: string,
  changes: Partial<BroadcastRules>,
  where: Partial<BroadcastConfiguration>,
  expect: Expected,
  more: Pick<Mutant<BroadcastConfiguration>, 'tier'> = {}
): BroadcastMutant => {
  const network = broadcastNetwork({ ...setRules, ...changes })
  return { name, says, where: { ...usual, ...where }, expect, network, ...more }
}

/** Rules with other thresholds, of so many nodes of which f may lie. */
const needing = (changed: (nodes: number, f: number) => Partial<Thresholds>): Partial<BroadcastRules> => ({
  thresholds: (nodes, BTh) => ({ ...thresholds(nodes, BTh), ...changed(nodes, BTh.f) })
})

/** The mutants: five of safety, three of liveness. */
export const mutants: ReadonlyArray<BroadcastMutant> = [
  mutant(
    'few-echoes',
    'A node votes for what it has heard f + 1 echoes of.',
    needing((_nodes, f) => ({ th_echo4vote: f + 1 })),
    { origin: 3, values: 2 },
    violated(3)
  ),
  mutant(
    'lone-vote',
    'A node votes for what it has heard f votes for, which Byzantine nodes may have cast.',
    needing((_nodes, f) => ({ th_vote4vote: f })),
    {},
    violated(1)
  ),
  mutant(
    'lone-output',
    'A node outputs what it has heard f votes for.',
    needing((_nodes, f) => ({ th_vote4output: f })),
    {},
    violated(1)
  ),
  mutant(
    'two-outputs',
    'A node outputs what it has heard f votes for, of an origin that is Byzantine.',
    needing((_nodes, f) => ({ th_vote4output: f })),
    { origin: 3, values: 2 },
    violated(2)
  ),
  mutant('count-again', 'A sender that says something again counts again.', { mayCount: () => true }, {}, violated(2)),
  mutant(
    'all-echoes',
    'A node votes when all nodes have echoed, those that say nothing too.',
    needing((nodes) => ({ th_echo4vote: nodes })),
    { lies: 'nothing', liveness: true },
    violated(13)
  ),
  mutant(
    'all-votes',
    'A node outputs what all nodes have voted for, those that say nothing too.',
    needing((nodes) => ({ th_vote4output: nodes })),
    { lies: 'nothing', liveness: true },
    violated(22)
  ),
  mutant(
    'no-relay',
    'A node votes for what was echoed only, whoever else has voted.',
    needing((nodes) => ({ th_vote4vote: nodes + 1 })),
    { origin: 3, liveness: true },
    violated(17),
    { tier: 'deep' }
  )
]
