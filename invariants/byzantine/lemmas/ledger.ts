/**
 * The rows of the lemmas about quorums in the ledger.
 */
import { lemmaOf } from '../../proof/lemma.js'
import type { Lemma } from '../../proof/lemma.js'
import { foundations } from '../../proof/explain.js'
import { gradeOf, write } from '../../proof/kernel.js'
import { runAtRandom, runOnAll, standsOn } from '../../proof/run.js'
import type { Tally } from '../../proof/run.js'
import type { Need, Refutation, Row } from '../../blockchain/lemmas/ledger.js'
import { lemmasOfMeeting } from './meeting.js'
import { factsOfNodes } from './nodes.js'
import { factsOfNumbers } from './numbers.js'
import { quantifiersOverSets } from './quantifiers.js'
import { Q1, Q2, Q3, Q4, Q5 } from './quorums.js'
import { definitionsOfNumbers } from './sizes.js'
import { only_size, Q6, Q7, Q8 } from './sizesAtWork.js'
import { quorumTheory } from './words.js'

/** How far the inputs of a lemma are listed. */
export interface NodesSize {
  /** The most nodes all sets of which are gone through. */
  readonly nodes: number
  /** The most generals all executions of which are. */
  readonly generals: number
}

/** The sizes of lemmas, and of the facts on which they rest: more terms, fewer values of each. */
const SIZE: NodesSize = { nodes: 7, generals: 4 }
const IN_FACTS: NodesSize = { nodes: 4, generals: 4 }

const theory = quorumTheory(SIZE.nodes, SIZE.generals, IN_FACTS.nodes)

/** The facts on which the derivations rest. */
const facts = [
  ...[...factsOfNumbers].map((fact) => fact(theory)),
  ...[...factsOfNodes].map((fact) => fact(theory)),
  ...[...definitionsOfNumbers, ...quantifiersOverSets].map((fact) => fact(theory))
]

/** The lemmas on sets that meet. */
const meeting = lemmasOfMeeting.map((lemma) => lemma(theory))
/** Q1 to Q8, and what Q6 rests on. */
const lemmas = [only_size, Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8].map((lemma) => lemma(theory))

/** All of them, in order. */
export const lemmasOfQuorums: ReadonlyArray<Lemma> = [...facts, ...meeting, ...lemmas].flatMap(
  (lemma) => lemmaOf(lemma) ?? []
)

/** Whether a lemma is one of these. */
export const isOfQuorums = ({ theorem }: Pick<Lemma, 'theorem'>): boolean =>
  lemmasOfQuorums.some((lemma) => lemma.theorem === theorem)

/** Those that are about single sets, whose inputs are listed less far. */
const onSets = new Set([...facts, ...meeting].map((lemma) => lemmaOf(lemma)?.theorem))

/** How far the inputs of a lemma are listed. */
const sizeOf = ({ theorem }: Lemma): NodesSize => (onSets.has(theorem) ? IN_FACTS : SIZE)

const refutation = (lemma: Lemma, { refuted }: Tally): Refutation | undefined =>
  refuted && {
    ground: 'numbers of nodes',
    inputs: lemma.theorem.about.variables.map((v, i) => `${v} = ${String(refuted.terms[i])}`).join(', '),
    replay: refuted.replay
  }

/** The row of a lemma. */
export const rowOfQuorums = (lemma: Lemma, runs: number, seed: number): Row<NodesSize> => {
  const [random, listed] = [runAtRandom(lemma, { runs, seed }), runOnAll(lemma)]
  const refuted = refutation(lemma, listed) ?? refutation(lemma, random)
  return {
    lemma,
    grade: gradeOf(lemma.theorem),
    restsOn: foundations(lemma.theorem),
    atRandom: { runs: random.runs, met: random.met },
    onAll: { size: sizeOf(lemma), inputs: listed.runs, met: listed.met },
    inputs: Math.max(standsOn([listed.borne]), standsOn([random.borne])),
    ...(refuted === undefined ? {} : { refuted }),
    refutes: []
  }
}

/** Whether a lemma needs its premise at a place. */
export const needOfQuorums = (lemma: Lemma, place: number): Need => {
  const premise = write(lemma.theorem).premises[place]
  if (premise === undefined) throw new RangeError(`${lemma.name} has no premise ${String(place)}`)
  const tally = runOnAll(lemma, place)
  return { premise, refuted: refutation(lemma, tally), inputs: tally.runs }
}
