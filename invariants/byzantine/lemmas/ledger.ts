/**
 * The rows of the lemmas about quorums in the ledger.
 */
import { lemmaOf } from '../../proof/lemma.js'
import type { Lemma } from '../../proof/lemma.js'
import { foundations } from '../../proof/explain.js'
import { gradeOf, write } from '../../proof/kernel.js'
import { runAtRandom, runOnAll } from '../../proof/run.js'
import type { Tally } from '../../proof/run.js'
import type { Need, Refutation, Row } from '../../blockchain/lemmas/ledger.js'
import { quorumLemmas, quorumTheory } from './quorums.js'

/** How far the inputs of a lemma are listed. */
export interface NodesSize {
  /** The most nodes all sets of which are gone through. */
  readonly nodes: number
  /** The most generals all executions of which are. */
  readonly generals: number
}

const SIZE: NodesSize = { nodes: 7, generals: 4 }

const theory = quorumTheory(SIZE.nodes, SIZE.generals)

/** The lemmas, in order. */
export const lemmasOfQuorums: ReadonlyArray<Lemma> = quorumLemmas.flatMap((lemma) => lemmaOf(lemma(theory)) ?? [])

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
    onAll: { size: SIZE, inputs: listed.runs, met: listed.met },
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
