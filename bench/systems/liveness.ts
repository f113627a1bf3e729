/**
 * What a question about whole executions costs: systems whose properties ask what happens at last, explored with these
 * properties and without them.
 */
import { exhaustive } from '../../invariants/checker/index.js'
import type { Model } from '../../invariants/checker/index.js'
import { askingOnly } from '../../invariants/checker/model/model.js'
import { mainSubject } from '../../invariants/blockchain/subjects.js'
import { bounds } from '../../invariants/blockchain/model.js'
import { playNumbered } from '../../invariants/blockchain/playable.js'
import { usual } from '../../invariants/byzantine/broadcast/mutants.js'
import { broadcastNetwork, setRules } from '../../invariants/byzantine/broadcast/network.js'
import { protocolModel } from '../../invariants/checker/network/protocolModel.js'
import { isOfGraph } from '../../invariants/property/property.js'
import { bcastByz } from '../../test/classics/bcastByz.js'
import type { Counted } from './jsonBreadthFirst.js'

/** What is asked. */
export const QUESTIONS = ['safety', 'liveness'] as const
export type Question = (typeof QUESTIONS)[number]

/** What was counted, and in how many seconds. */
export interface Timed extends Counted {
  readonly seconds: number
}

/** A system that is asked what happens at last. */
export interface Live {
  readonly says: string
  readonly states: number
  /** Explores it. It must keep what it is asked. */
  readonly explore: (question: Question) => Promise<Timed>
}

const explorer =
  <S, A>(model: () => Model<S, A>) =>
  async (question: Question): Promise<Timed> => {
    const asked = question === 'liveness' ? model() : askingOnly(model(), (property) => !isOfGraph(property))
    const { states, transitions, seconds, complete, counterexample, answers } = await exhaustive(asked)
    const isAnswered = answers.every(({ verdict }) => verdict === 'holds') && answers.length > 0
    if (!complete || counterexample !== undefined || isAnswered !== (question === 'liveness'))
      throw new Error(`${asked.name}: not all that was asked holds`)
    return { states, transitions, seconds }
  }

const toychain = (nodes: number, mints: number) =>
  explorer(() => mainSubject(playNumbered, bounds(nodes, mints, 0), { ask: 'liveness' }).model)

export const LIVE: Readonly<Record<string, Live>> = {
  F220: { says: 'Toychain, 2 nodes, 2 blocks: a network', states: 93_705, explore: toychain(2, 2) },
  F310: { says: 'Toychain, 3 nodes, 1 block: a network', states: 166_576, explore: toychain(3, 1) },
  broadcast: {
    says: 'reliable broadcast, 4 nodes, one of which votes for anything: a network',
    states: 193_972,
    explore: explorer(() => protocolModel(broadcastNetwork(setRules)({ ...usual, lies: 'votes', liveness: true })))
  },
  bcastByz: {
    says: 'reliable broadcast of the classics: a plain system',
    states: 14_424,
    explore: explorer(() => bcastByz.model())
  }
}
