/**
 * Running lemmas: on terms at random, and on all terms where they are few. A run says whether the premises of a lemma
 * were met, and whether its conclusion holds then; and how many distinct terms that stands on, if they are few.
 */
import * as fc from 'fast-check'
import { decideFor, supposedFor } from './kernel.js'
import type { Verdict } from './kernel.js'
import type { Lemma } from './lemma.js'

/** Decides a lemma for concrete terms; a premise may be left out, by its place. */
export const decideAt = ({ theorem }: Lemma, terms: ReadonlyArray<unknown>, without?: number): Verdict =>
  decideFor(theorem, terms, without)

/** So many inputs are few: who reads of a lemma must be told if it stands on no more. */
export const FEW = 3

/**
 * Distinct inputs, as text, that meet the premises; and, for each implication in the conclusion, those that meet what it
 * supposes as well. Once there are more than a few they are not looked for any more.
 */
export type Borne = ReadonlyArray<ReadonlySet<string>>

/** On how many distinct inputs a lemma stands: those of the part that fewest bear on. What is more than a few is one more. */
export const standsOn = (borne: ReadonlyArray<Borne>): number => {
  const parts = Math.max(0, ...borne.map((one) => one.length))
  const sizes = Array.from({ length: parts }, (_, i) => borne.reduce((n, one) => n + (one[i]?.size ?? 0), 0))
  return Math.min(FEW + 1, ...sizes, ...(parts === 0 ? [0] : []))
}

/** Notes inputs that meet the premises. */
const bearing = (lemma: Lemma) => {
  const borne: Array<Set<string>> = []
  return {
    borne,
    note: (terms: ReadonlyArray<unknown>): void => {
      if (borne.length > 0 && borne.every(({ size }) => size > FEW)) return
      const text = fc.stringify(terms)
      for (const [i, met] of [true, ...supposedFor(lemma.theorem, terms)].entries()) {
        const seen = (borne[i] ??= new Set())
        if (met && seen.size <= FEW) seen.add(text)
      }
    }
  }
}

/** What running a lemma came to. */
export interface Tally {
  readonly borne: Borne
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
  const { borne, note } = bearing(lemma)
  const details = fc.check(
    fc.property(lemma.terms.sample, (terms) => {
      const verdict = decideAt(lemma, terms, without)
      if (verdict === 'holds') {
        met += 1
        note(terms)
      }
      return verdict !== 'refuted'
    }),
    { numRuns: runs, seed }
  )
  const [terms] = details.counterexample ?? []
  return {
    runs: details.numRuns,
    met,
    borne,
    ...(terms === undefined
      ? {}
      : { refuted: { terms, replay: `seed ${details.seed}, path "${details.counterexamplePath ?? ''}"` } })
  }
}

/** Runs a lemma on all terms, the simple ones first, up to the first that refute it. */
export const runOnAll = (lemma: Lemma, without?: number): Tally => {
  let runs = 0
  let met = 0
  const { borne, note } = bearing(lemma)
  for (const terms of lemma.terms.all()) {
    runs += 1
    const verdict = decideAt(lemma, terms, without)
    if (verdict === 'refuted') return { runs, met, borne, refuted: { terms, replay: `number ${runs} of all terms` } }
    if (verdict === 'holds') {
      met += 1
      note(terms)
    }
  }
  return { runs, met, borne }
}
