/**
 * The parameters of PBFT as a form.
 */
import { replicationOf } from '../../../spec/byzantine/pbft/replication.js'
import type { Replica } from '../../../spec/byzantine/pbft/replication.js'
import type { SlotOptions } from '../../../spec/byzantine/pbft/slot/state.js'
import { choice, count, optionalChoice, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'

/** Who may be Byzantine. */
const REPLICAS = ['0', '1', '2', '3', '4', '5', '6'] as const

/** How PBFT runs, and who lies. */
export interface PbftConfiguration {
  /** `a`: one sequence number, by what was ever sent. */
  readonly level: 'a'
  readonly nodes: number
  readonly lastView: number
  readonly byzantine: 'none' | (typeof REPLICAS)[number]
  readonly nextViewOnly: boolean
  /** Which invariants are checked. */
  readonly invariants: 'all' | 'agreement'
  /** What can still be reached from every state, besides. */
  readonly canAlways?: 'executed'
  /** By whose steps alone. */
  readonly by?: 'honest'
}

export const pbftForm: Form<PbftConfiguration> = {
  level: choice({ says: 'how it runs: a, one sequence number by what was ever sent', among: ['a'] }),
  nodes: count({ says: 'how many replicas there are', initial: 4, least: 1, most: REPLICAS.length }),
  lastView: count({ says: 'the last view, from 0 on', initial: 1, most: 4 }),
  byzantine: choice({ says: 'the replica that is not honest', among: ['none', ...REPLICAS], initial: '0' }),
  nextViewOnly: toggle({ says: 'a replica that gives up a view waits for the next one, not for a later one' }),
  invariants: choice({ says: 'which invariants are checked: all, or agreement alone', among: ['all', 'agreement'] }),
  canAlways: optionalChoice({ says: 'ask whether it can still be reached from every state', among: ['executed'] }),
  by: optionalChoice({ says: 'with --can-always: by whose steps alone', among: ['honest'] })
}

/** Level A with so many views and one Byzantine replica, or none, among four. */
export const slotConfiguration = (
  lastView: number,
  byzantine: PbftConfiguration['byzantine'],
  more: Partial<PbftConfiguration> = {}
): PbftConfiguration => ({
  level: 'a',
  nodes: 4,
  lastView,
  byzantine,
  nextViewOnly: false,
  invariants: 'all',
  ...more
})

/** The replicas that are not honest. */
export const byzantineOf = ({ byzantine }: PbftConfiguration): ReadonlyArray<Replica> =>
  byzantine === 'none' ? [] : [Number(byzantine)]

/** Why parameters cannot be together, in a clause. */
export const refusesPbft = (c: PbftConfiguration): string | undefined => {
  const [liar] = byzantineOf(c)
  return liar !== undefined && liar >= c.nodes
    ? `${String(c.nodes)} replicas have no replica ${String(liar)}: choose another Byzantine one, or more replicas`
    : c.by !== undefined && c.canAlways === undefined
      ? '--by says by whose steps something can always be reached: choose --can-always, too'
      : undefined
}

/** What the specification of level A is given. */
export const slotOptionsOf = (c: PbftConfiguration): SlotOptions => ({
  ...replicationOf(c.nodes),
  digests: ['a', 'b'],
  lastView: c.lastView,
  byzantine: byzantineOf(c),
  nextViewOnly: c.nextViewOnly
})

/** The name of a model of PBFT: `PBFT, one slot, 4 replicas, views 0..1, 0 Byzantine`. */
export const pbftName = ({ nodes, lastView, byzantine, nextViewOnly, invariants }: PbftConfiguration): string =>
  [
    'PBFT, one slot',
    `${String(nodes)} replicas`,
    lastView === 0 ? 'view 0' : `views 0..${String(lastView)}`,
    byzantine === 'none' ? 'all honest' : `replica ${byzantine} Byzantine`,
    ...(nextViewOnly ? ['next view only'] : []),
    ...(invariants === 'agreement' ? ['agreement'] : [])
  ].join(', ')
