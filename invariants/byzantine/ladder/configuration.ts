/**
 * Which ladder: its parameters as a form.
 */
import * as E from 'fp-ts/lib/Either.js'
import { PHASES } from '../../../spec/byzantine/ladder.js'
import type { LadderParameters, Phases } from '../../../spec/byzantine/ladder.js'
import type { Address } from '../../../spec/system/address.js'
import { count, text, toggle } from '../../systems/form.js'
import type { Form } from '../../systems/form.js'
import { liarsOf, noQuorum } from '../named.js'

/** A ladder with nodes that are not honest. */
export interface LadderConfiguration {
  readonly nodes: number
  /** The nodes that are not honest, `0,2`, or `none`. */
  readonly byzantine: string
  readonly quorum: number
  readonly phases: number
  /** The nodes that are not honest say nothing. */
  readonly mute: boolean
  /** The network keeps what was sent. */
  readonly keep: boolean
  /** What nodes have noted of honest ones is checked too. */
  readonly provenance: boolean
}

/** A configuration by its numbers. */
export const configuration = (
  nodes: number,
  byzantine: string,
  quorum: number,
  phases: number,
  more: Partial<LadderConfiguration> = {}
): LadderConfiguration => ({ nodes, byzantine, quorum, phases, mute: false, keep: false, provenance: false, ...more })

/** The parameters as a form. */
export const ladderForm: Form<LadderConfiguration> = {
  nodes: count({ says: 'how many nodes there are; node 0 leads', initial: 4, least: 1, most: 9 }),
  byzantine: text({ says: 'the nodes that are not honest, with commas between them, or none', initial: '0' }),
  quorum: count({ says: 'how many nodes make a quorum', initial: 3, least: 1, most: 9 }),
  phases: count({ says: 'how many phases there are', initial: 2, least: 1, most: PHASES.length }),
  mute: toggle({ says: 'the nodes that are not honest say nothing' }),
  keep: toggle({ says: 'what was sent can arrive ever after, as often as may be' }),
  provenance: toggle({ says: 'check too that what is noted of an honest node it has said; slow in large ladders' })
}

/** Why parameters cannot be together. */
export const ladderRefuses = (c: LadderConfiguration): string | undefined => {
  const liars = liarsOf(c)
  return E.isLeft(liars)
    ? liars.left
    : liars.right.length === c.nodes
      ? 'expected an honest node at least, found none'
      : noQuorum(c.nodes, c.quorum, 'nodes')
}

const isPhases = (n: number): n is Phases => PHASES.some((k) => k === n)

/**
 * What the specification needs of a configuration.
 * @throws RangeError for one that the form or `ladderRefuses` refuses.
 */
export const ladderOf = (
  c: LadderConfiguration
): { readonly parameters: LadderParameters; readonly liars: ReadonlyArray<Address> } => {
  const { nodes, quorum, phases } = c
  const liars = liarsOf(c)
  if (E.isLeft(liars)) throw new RangeError(liars.left)
  if (!isPhases(phases)) throw new RangeError(`phases: expected ${PHASES.join(', ')}, found ${String(phases)}`)
  return { parameters: { nodes, quorum, phases }, liars: liars.right }
}

/** A configuration in a few letters: `4 nodes, 0 not honest, quorum 3, 2 phases`. */
export const ladderName = ({ nodes, byzantine, quorum, phases, mute, keep }: LadderConfiguration): string =>
  [
    `N=${String(nodes)}`,
    `byz=${byzantine}`,
    `q=${String(quorum)}`,
    `k=${String(phases)}`,
    ...(mute ? ['mute'] : []),
    ...(keep ? ['keep'] : [])
  ].join(' ')
