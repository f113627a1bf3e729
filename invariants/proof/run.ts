/**
 * Running lemmas: on terms at random, and on all terms where they are few. A run says whether the premises of a lemma
 * were met, and whether its conclusion holds then.
 */
import * as fc from 'fast-check'
import { decideFor } from './kernel.js'
import type { Verdict } from './kernel.js'
import type { Lemma } from './lemma.js'

/** Decides a lemma for concrete terms; a premise may be left out, by its place. */
export const decideAt = ({ theorem }: Lemma, terms: ReadonlyArray<unknown>, without?: number): Verdict =>
  decideFor(theorem, terms, without)

/** What running a lemma came to. */
export interface Tally {
  readonly runs: number
  /** How many runs met the premises. */
  readonly met: number
  /** The terms that refute the lemma, if any do, and how to get there again. */
  readonly refuted?: { readonly terms: ReadonlyArray<unknown>; readonly replay: string }
}

/** How a lemma is run at random: the same seed gives the same terms. A premise may be left out, by its place. */
export interface Runs {
  readonly runs: number
  readonly seed: number
  readonly without?: number
}

/** Runs a lemma on terms at random. Where some refute it, simpler ones that do so too are sought. */
export const runAtRandom = (lemma: Lemma, { runs, seed, without }: Runs): Tally => {
  let met = 0
  const details = fc.check(
    fc.property(lemma.terms.sample, (terms) => {
      const verdict = decideAt(lemma, terms, without)
      if (verdict === 'holds') met += 1
      return verdict !== 'refuted'
    }),
    { numRuns: runs, seed }
  )
  const [terms] = details.counterexample ?? []
  return {
    runs: details.numRuns,
    met,
    ...(terms === undefined
      ? {}
      : { refuted: { terms, replay: `seed ${details.seed}, path "${details.counterexamplePath ?? ''}"` } })
  }
}

/** Runs a lemma on all terms, the simple ones first, up to the first that refute it. */
export const runOnAll = (lemma: Lemma, without?: number): Tally => {
  let runs = 0
  let met = 0
  for (const terms of lemma.terms.all()) {
    runs += 1
    const verdict = decideAt(lemma, terms, without)
    if (verdict === 'refuted') return { runs, met, refuted: { terms, replay: `number ${runs} of all terms` } }
    if (verdict === 'holds') met += 1
  }
  return { runs, met }
}
