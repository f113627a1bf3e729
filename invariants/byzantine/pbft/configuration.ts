/**
 * The parameters of PBFT as a form.
 */
import { replicationOf } from '../../../spec/byzantine/pbft/replication.js'
import type { Replica } from '../../../spec/byzantine/pbft/replication.js'
import type { SlotOptions } from '../../../spec/byzantine/pbft/slot/state.js'
import { choice, count, optionalChoice, optionalCount, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'
import { plural } from '../../words.js'

/** Who may be Byzantine. */
const REPLICAS = ['0', '1', '2', '3', '4', '5', '6'] as const

/** How PBFT runs, and who lies. */
export interface PbftConfiguration {
  /** `a`: one sequence number, by what was ever sent; `b`: by packets, with clients and checkpoints. */
  readonly level: 'a' | 'b'
  readonly nodes: number
  readonly lastView: number
  readonly byzantine: 'none' | (typeof REPLICAS)[number]
  readonly nextViewOnly: boolean
  /** Whether all execute at last: where messages between honest replicas arrive in time, or where nothing is known of time. */
  readonly liveness?: 'timely' | 'asynchronous'
  /** Which invariants are checked. */
  readonly invariants: 'all' | 'agreement'
  /** What can still be reached from every state, besides. */
  readonly canAlways?: 'executed'
  /** By whose steps alone. */
  readonly by?: 'honest'
  /** How many clients there are, and how often each asks. */
  readonly clients: number
  readonly requests: number
  /** Every so many requests there is a checkpoint, and numbers are so many above a stable one at most. */
  readonly period: number
  readonly window: number
  /** The network keeps what was sent. */
  readonly keep: boolean
  /** Digests have so many bits. */
  readonly hashBits?: number
  /** Every step is held against the steps of this level. */
  readonly refines?: 'a'
  /** The Byzantine replica is two copies of an honest one; the network is divided in each view, or in each phase of each. */
  readonly twins?: 'views' | 'phases'
  /** How often it is divided otherwise than before. */
  readonly changes: number
}

const a = { only: { field: 'level', is: 'a' } }
const b = { only: { field: 'level', is: 'b' } }

export const pbftForm: Form<PbftConfiguration> = {
  level: choice({
    says: 'how it runs: a, one sequence number by what was ever sent; b, by packets, with clients and checkpoints',
    among: ['a', 'b']
  }),
  nodes: count({ says: 'how many replicas there are', initial: 4, least: 1, most: REPLICAS.length }),
  lastView: count({ says: 'the last view, from 0 on', initial: 1, most: 4 }),
  byzantine: choice({ says: 'the replica that is not honest', among: ['none', ...REPLICAS], initial: '0' }),
  nextViewOnly: toggle({ says: 'a replica that gives up a view waits for the next one, not for a later one' }),
  liveness: optionalChoice({
    ...a,
    says: 'ask whether all honest replicas execute at last: where nobody suspects a primary while they can go on, or where anybody may',
    among: ['timely', 'asynchronous']
  }),
  invariants: choice({ says: 'which invariants are checked: all, or agreement alone', among: ['all', 'agreement'] }),
  canAlways: optionalChoice({
    ...a,
    says: 'ask whether it can still be reached from every state',
    among: ['executed']
  }),
  by: optionalChoice({ ...a, says: 'with --can-always: by whose steps alone', among: ['honest'] }),
  clients: count({
    ...b,
    says: 'how many clients there are',
    initial: 2,
    least: 1,
    most: 3
  }),
  requests: count({
    ...b,
    says: 'how often each client asks',
    initial: 1,
    least: 1,
    most: 9
  }),
  period: count({
    ...b,
    says: 'every so many requests replicas make a checkpoint',
    initial: 2,
    least: 1,
    most: 100
  }),
  window: count({
    ...b,
    says: 'how far above a stable checkpoint numbers may be',
    initial: 4,
    least: 2,
    most: 200
  }),
  keep: toggle({
    ...b,
    says: 'what was sent can arrive ever after, as often as may be'
  }),
  hashBits: optionalCount({
    ...b,
    says: 'how many bits a digest has',
    otherwise: 'no two are the same',
    most: 30
  }),
  refines: optionalChoice({
    ...b,
    says: 'hold every step against the steps of this level',
    among: ['a']
  }),
  twins: optionalChoice({
    ...b,
    says: 'the Byzantine replica is two copies of an honest one, in a network that is divided in each view, or in each phase',
    among: ['views', 'phases']
  }),
  changes: count({
    ...b,
    says: 'with --twins: how often the network is divided otherwise than in the round before',
    initial: 1,
    most: 20
  })
}

/** How PBFT runs by packets, where nothing else is said. */
const PACKETS = { clients: 2, requests: 1, period: 2, window: 4, keep: false, changes: 1 } as const

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
  ...PACKETS,
  ...more
})

/** Level B with so many views and one Byzantine replica, or none, among four. */
export const packetConfiguration = (
  lastView: number,
  byzantine: PbftConfiguration['byzantine'],
  more: Partial<PbftConfiguration> = {}
): PbftConfiguration => ({ ...slotConfiguration(lastView, byzantine), level: 'b', ...more })

/** The replicas that are not honest. */
export const byzantineOf = ({ byzantine }: PbftConfiguration): ReadonlyArray<Replica> =>
  byzantine === 'none' ? [] : [Number(byzantine)]

const refusesPackets = ({ window, period }: PbftConfiguration): string | undefined =>
  window % period !== 0 || window < 2 * period
    ? `the window ${String(window)} must be a multiple of the period ${String(period)}, twice it at least`
    : undefined

/** Twins are no adversary that says what it likes, and their network does nothing but lose what is not for it to pass. */
const refusesTwins = ({
  twins,
  changes,
  byzantine,
  keep,
  refines,
  nextViewOnly
}: PbftConfiguration): string | undefined =>
  twins === undefined
    ? changes === PACKETS.changes
      ? undefined
      : '--changes says how often the network of twins is divided otherwise: choose --twins, too'
    : byzantine === 'none'
      ? '--twins needs a replica that has a twin: choose one with --byzantine'
      : keep
        ? '--twins is about what is lost, and with --keep nothing is: leave one of them out'
        : refines !== undefined
          ? 'a step with --twins is a whole round, which is no step of level a: leave out --refines'
          : nextViewOnly
            ? 'with --twins all replicas wait for one view after the other anyway: leave out --next-view-only'
            : undefined

/** Why parameters cannot be together, in a clause. */
export const refusesPbft = (c: PbftConfiguration): string | undefined => {
  const [liar] = byzantineOf(c)
  return liar !== undefined && liar >= c.nodes
    ? `${String(c.nodes)} replicas have no replica ${String(liar)}: choose another Byzantine one, or more replicas`
    : c.by !== undefined && c.canAlways === undefined
      ? '--by says by whose steps something can always be reached: choose --can-always, too'
      : (refusesPackets(c) ?? refusesTwins(c))
}

/** What the specification of level A is given. */
export const slotOptionsOf = (c: PbftConfiguration): SlotOptions => ({
  ...replicationOf(c.nodes),
  digests: ['a', 'b'],
  lastView: c.lastView,
  byzantine: byzantineOf(c),
  nextViewOnly: c.nextViewOnly,
  isTimely: c.liveness === 'timely'
})

/** The name of a model of PBFT: `PBFT, one slot, 4 replicas, views 0..1, replica 0 Byzantine`. */
export const pbftName = (c: PbftConfiguration): string => {
  const {
    level,
    nodes,
    lastView,
    byzantine,
    nextViewOnly,
    liveness,
    invariants,
    clients,
    requests,
    period,
    keep,
    hashBits,
    twins,
    changes
  } = c
  return [
    level === 'a' ? 'PBFT, one slot' : 'PBFT by packets',
    `${String(nodes)} replicas`,
    ...(level === 'a'
      ? []
      : [
          plural(clients, 'client'),
          `${plural(requests, 'request')} each`,
          `checkpoints every ${String(period)}`,
          ...(keep ? ['keep'] : []),
          ...(hashBits === undefined ? [] : [`digests of ${plural(hashBits, 'bit')}`])
        ]),
    lastView === 0 ? 'view 0' : `views 0..${String(lastView)}`,
    byzantine === 'none'
      ? 'all honest'
      : twins === undefined
        ? `replica ${byzantine} Byzantine`
        : `replica ${byzantine} with a twin, divided by ${twins}, ${plural(changes, 'change')}`,
    ...(nextViewOnly ? ['next view only'] : []),
    ...(liveness === undefined ? [] : [liveness]),
    ...(invariants === 'agreement' ? ['agreement'] : [])
  ].join(', ')
}
