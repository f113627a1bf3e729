/**
 * Which quorums keep agreement: a table of verdicts, each of which a search has found.
 *
 * The theorem: with two phases or more, two honest nodes or more, and f nodes that are not honest, the leader among them,
 * agreement holds of N nodes with quorums of q iff 2 q - N > f. Two quorums have 2 q - N nodes in common at least; if there
 * are more than f of these, an honest one is among them, and it has said one thing.
 */
import { exhaustive } from '../../checker/search/exhaustive.js'
import { configuration } from './configuration.js'
import type { LadderConfiguration } from './configuration.js'
import type { Counterexample } from '../../checker/model/result.js'
import { protocolModel } from '../../checker/network/protocolModel.js'
import { ladderRules } from '../../../spec/byzantine/ladder.js'
import { meetInHonest } from '../../../spec/byzantine/quorums.js'
import { iota } from '../../../spec/prelude/seq.js'
import { ladderNetwork } from './system.js'

/** A place on the map: how many nodes, of which the first so many are not honest. */
export interface QuorumPlace {
  readonly nodes: number
  readonly liars: number
  readonly quorum: number
  readonly phases: number
}

/** The ladder at a place. */
export const ladderAt = ({ nodes, liars, quorum, phases }: QuorumPlace): LadderConfiguration =>
  configuration(nodes, iota(liars).join(), quorum, phases)

/** Two quorums have an honest node in common, whoever is not honest: 2 q - N > f. */
export const meetsAt = ({ nodes, liars, quorum }: QuorumPlace): boolean => meetInHonest(quorum, nodes, liars)

/** What a search has found there. */
export interface QuorumVerdict extends QuorumPlace {
  /** Two quorums have an honest node in common, whoever is not honest. */
  readonly meets: boolean
  /** `unknown`: the search was cut off. */
  readonly agreement: 'holds' | 'violated' | 'unknown'
  /** How many steps the shortest violation has; undefined: none was found. */
  readonly steps: number | undefined
  /** The shortest violation itself. */
  readonly counterexample: Counterexample<unknown, unknown> | undefined
  /** How many states were looked at, of those that differ in the names of honest nodes one. */
  readonly states: number
}

/** All places with so many nodes and phases: from one liar, who leads, to all nodes but two, and every quorum. */
export const placesOf = (nodes: number, phases: number): ReadonlyArray<QuorumPlace> =>
  iota(Math.max(nodes - 2, 0)).flatMap((few) =>
    iota(nodes).map((smaller) => ({ nodes, liars: few + 1, quorum: smaller + 1, phases }))
  )

/** The verdict on a place. */
export const quorumVerdict = async (place: QuorumPlace, maxStates = Infinity): Promise<QuorumVerdict> => {
  const { counterexample, complete, states } = await exhaustive(
    protocolModel(ladderNetwork(ladderRules)(ladderAt(place))),
    {
      reduce: ['symmetry'],
      maxStates
    }
  )
  return {
    ...place,
    meets: meetsAt(place),
    agreement: counterexample !== undefined ? 'violated' : complete ? 'holds' : 'unknown',
    steps: counterexample?.actions.length,
    counterexample,
    states
  }
}

/** The verdicts on places, in order. */
export const quorumMap = async (
  places: ReadonlyArray<QuorumPlace>,
  maxStates?: number
): Promise<ReadonlyArray<QuorumVerdict>> => {
  const verdicts: QuorumVerdict[] = []
  for (const place of places) verdicts.push(await quorumVerdict(place, maxStates))
  return verdicts
}
