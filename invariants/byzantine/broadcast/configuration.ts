/**
 * Which reliable broadcast: its parameters as a form.
 */
import type { Slot, ValueBFT } from '../../../spec/byzantine/broadcast.js'
import { iota } from '../../../spec/prelude/seq.js'
import { netAddr } from '../../../spec/system/address.js'
import type { Address, NetAddr } from '../../../spec/system/address.js'
import { choice, count, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'

/** What Byzantine nodes may say. */
export const LIES = ['anything', 'initials', 'votes', 'nothing'] as const
export type Lies = (typeof LIES)[number]

/** The broadcasts of one origin, some nodes being Byzantine. */
export interface BroadcastConfiguration {
  readonly nodes: number
  /** How many nodes are Byzantine: the last ones. */
  readonly byzantine: number
  /** Whose broadcasts they are. */
  readonly origin: number
  readonly rounds: number
  readonly values: number
  readonly lies: Lies
  /** What happens at last is checked too. */
  readonly liveness: boolean
}

/** The parameters as a form. */
export const broadcastForm: Form<BroadcastConfiguration> = {
  nodes: count({ says: 'how many nodes there are', initial: 4, least: 1, most: 9 }),
  byzantine: count({ says: 'how many of them, the last ones, are Byzantine', initial: 1, most: 8 }),
  origin: count({ says: 'the node that broadcasts', initial: 0, most: 8 }),
  rounds: count({ says: 'how often it broadcasts', initial: 1, least: 1, most: 9 }),
  values: count({ says: 'how many values there are', initial: 1, least: 1, most: 9 }),
  lies: choice({ says: 'what Byzantine nodes say', among: LIES }),
  liveness: toggle({ says: 'check too what happens at last, where what honest nodes send arrives at last' })
}

/** Why parameters cannot be together. */
export const broadcastRefuses = ({ nodes, byzantine, origin }: BroadcastConfiguration): string | undefined =>
  byzantine >= nodes
    ? 'expected an honest node at least, found none'
    : origin >= nodes
      ? `origin: expected a node from 0 to ${String(nodes - 1)}, found ${String(origin)}`
      : undefined

/** What the specification needs of a configuration, and what its invariants speak of. */
export interface BroadcastScope {
  readonly A: NetAddr
  readonly honest: ReadonlyArray<Address>
  readonly liars: ReadonlyArray<Address>
  /** The broadcasts that there are. */
  readonly slots: ReadonlyArray<Slot>
  readonly values: ReadonlyArray<number>
  readonly value_bft: ValueBFT
  /** The origin is honest. */
  readonly isHonest: boolean
}

/**
 * The scope of a configuration. A node broadcasts in each round the next of the values, starting from one of its own.
 * @throws RangeError for one that the form or `broadcastRefuses` refuses.
 */
export const scopeOf = (c: BroadcastConfiguration): BroadcastScope => {
  const why = broadcastRefuses(c)
  if (why !== undefined) throw new RangeError(why)
  const { nodes, byzantine, origin, rounds, values } = c
  const A = netAddr(nodes)
  const honest = A.enum.slice(0, nodes - byzantine)
  return {
    A,
    honest,
    liars: A.enum.slice(nodes - byzantine),
    slots: A.enum.filter((n) => n === origin).flatMap((n) => iota(rounds).map((r): Slot => [n, r])),
    values: iota(values),
    value_bft: (n, r) => (n + r) % values,
    isHonest: origin < honest.length
  }
}

/** A configuration in a few letters. */
export const broadcastName = ({
  nodes,
  byzantine,
  origin,
  rounds,
  values,
  lies,
  liveness
}: BroadcastConfiguration): string =>
  [
    `N=${String(nodes)}`,
    `byz=${String(byzantine)}`,
    `q=${String(origin)}`,
    `r=${String(rounds)}`,
    `v=${String(values)}`,
    ...(byzantine === 0 || lies === 'anything' ? [] : [lies]),
    ...(liveness ? ['live'] : [])
  ].join(' ')
