/**
 * The ledger: for each lemma how it is known, and how far it was run. The grade is read off the kernel's theorem, and
 * never written down anywhere.
 */
import { gradeOf, write } from '../../proof/kernel.js'
import { foundations } from '../../proof/explain.js'
import type { Foundations } from '../../proof/explain.js'
import type { Kind, Lemma } from '../../proof/lemma.js'
import { runAtRandom, runOnAll, standsOn } from '../../proof/run.js'
import type { Tally } from '../../proof/run.js'
import { grounds, once, sizes } from './grounds.js'
import type { Ground, Size } from './grounds.js'
import { refutedBy } from './mutants.js'
import type { RefutedMutant } from './mutants.js'
import { showInputs } from './show.js'

/** How a lemma is known. */
export type Grade =
  /** It follows from other lemmas, by a derivation that the compiler and the kernel accept. */
  | 'derived'
  /** It was decided on inputs. */
  | 'tested'
  /** It is taken on trust, as a law of the parameters is. It is tested, too. */
  | 'assumed'

/** What random inputs came to. */
export interface AtRandom {
  readonly runs: number
  /** How many of them met the premises. */
  readonly met: number
}

/** What all inputs up to a size came to. */
export interface OnAll<S = Size> {
  readonly size: S
  readonly inputs: number
  readonly met: number
}

/** Inputs that refute a lemma, and how to get there again. */
export interface Refutation {
  readonly ground: string
  /** The inputs as text, by their names. */
  readonly inputs: string
  readonly replay: string
}

/** How a run refuted a lemma, if it did. */
const refutation = (lemma: Lemma, { name, show }: Ground, { refuted }: Tally): Refutation | undefined =>
  refuted && { ground: name, inputs: showInputs(show, lemma, refuted.terms), replay: refuted.replay }

/** A row of the ledger. What a size is depends on what the lemma is about. */
export interface Row<S = Size> {
  readonly lemma: Lemma
  readonly grade: Grade
  /** What a derived lemma rests on, through all others that it follows from. */
  readonly restsOn: Foundations
  readonly atRandom: AtRandom
  /** Missing where even the smallest size has too many inputs, or none of them meets the premises. */
  readonly onAll?: OnAll<S>
  /** On how many distinct inputs it stands; what is more than a few is one more (`standsOn`). */
  readonly inputs: number
  /** No lemma should be. */
  readonly refuted?: Refutation
  /** The mutants that the lemma refutes, if they were asked for. */
  readonly refutes: ReadonlyArray<RefutedMutant>
}

/** How much is run. */
export interface LedgerOptions {
  /** Random inputs for each lemma on each universe. Default: 40. */
  readonly runs?: number
  /** Universes at random for each blockchain. Default: 4. */
  readonly universes?: number
  readonly seed?: number
  /** The most inputs of a lemma that are listed on a blockchain. Default: 10,000. */
  readonly inputs?: number
  /** Whether to seek the mutants that each lemma refutes. Default: no. */
  readonly mutants?: boolean
  /** Only lemmas of this name. */
  readonly name?: string
}

/** A lemma's place in the ledger: its name is not enough, since two files may have one each. */
export const keyOf = ({ source, kind, name }: Lemma): string => `${source} ${kind} ${name}`

/** All lemmas on one ground: over universes at random, and over those of all sizes. */
export interface Grounded {
  readonly ground: Ground
  readonly atRandom: ReadonlyArray<ReadonlyArray<Lemma>>
  readonly within: ReadonlyArray<readonly [Size, ReadonlyArray<Lemma>]>
}

const everywhere = once(
  (): ReadonlyArray<Grounded> =>
    grounds.map((ground) => ({
      ground,
      atRandom: [],
      within: sizes.flatMap((size) => (ground.within === undefined ? [] : [[size, ground.within(size)] as const]))
    }))
)

/** All lemmas, in the order of the development, in the first setting. */
export const allLemmas = once((): ReadonlyArray<Lemma> => grounds[0]?.atRandom(1) ?? [])

const SEED = 2018

/** How much is run where nothing is said. */
export const usual = { runs: 40, universes: 4, seed: SEED } as const

/** Fills the ledger, row by row; whoever asks for the next one may do something else in between. */
export function* ledger({
  runs = usual.runs,
  universes = usual.universes,
  seed = usual.seed,
  inputs = 10_000,
  mutants = false,
  name
}: LedgerOptions = {}): Generator<Row> {
  const all = everywhere().map(({ ground, within }) => ({
    ground,
    within,
    atRandom: Array.from({ length: universes }, (_, u) => ground.atRandom(seed + u))
  }))
  for (const [at, lemma] of allLemmas().entries())
    if (name === undefined || lemma.name === name)
      yield { ...rowOf(lemma, at, all, { runs, seed, inputs }), refutes: mutants ? refutedBy(at) : [] }
}

/** The row of a lemma, by its place among all. */
export const rowOf = (
  lemma: Lemma,
  at: number,
  all: ReadonlyArray<Grounded>,
  { runs, seed, inputs }: { readonly runs: number; readonly seed: number; readonly inputs: number }
): Omit<Row, 'refutes'> => {
  const random = all.flatMap(({ ground, atRandom }) =>
    atRandom.flatMap((lemmas, u) => {
      const own = lemmas[at]
      return own === undefined ? [] : [{ ground, ...runAtRandom(own, { runs, seed: seed + u }) }]
    })
  )
  const size = largest(at, all, inputs)
  const listed =
    size === undefined
      ? []
      : all.flatMap(({ ground, within }) =>
          within.flatMap(([s, lemmas]) => {
            const own = lemmas[at]
            return s !== size || own === undefined ? [] : [{ ground, ...runOnAll(own) }]
          })
        )
  const [bad] = [...listed, ...random].flatMap(({ ground, ...tally }) => refutation(lemma, ground, tally) ?? [])
  return {
    lemma,
    grade: gradeOf(lemma.theorem),
    restsOn: foundations(lemma.theorem),
    atRandom: { runs: sum(random.map((t) => t.runs)), met: sum(random.map((t) => t.met)) },
    ...(size === undefined || listed.every(({ met }) => met === 0)
      ? {}
      : { onAll: { size, inputs: sum(listed.map((t) => t.runs)), met: sum(listed.map((t) => t.met)) } }),
    inputs: distinct([...random, ...listed]),
    ...(bad === undefined ? {} : { refuted: bad })
  }
}

/** On how many distinct inputs some runs stand. Those of one ground may be the same, those of two are not. */
const distinct = (tallies: ReadonlyArray<Tally & { readonly ground: Ground }>): number => {
  const grounds_ = [...new Set(tallies.map(({ ground }) => ground))]
  const parts = Math.max(0, ...tallies.map(({ borne }) => borne.length))
  return standsOn(
    grounds_.map((ground) =>
      Array.from(
        { length: parts },
        (_, i) => new Set(tallies.flatMap((tally) => (tally.ground === ground ? [...(tally.borne[i] ?? [])] : [])))
      )
    )
  )
}

const sum = (ns: ReadonlyArray<number>): number => ns.reduce((total, n) => total + n, 0)

/** The largest size up to which a lemma has few enough inputs on every blockchain. */
const largest = (at: number, all: ReadonlyArray<Grounded>, inputs: number): Size | undefined =>
  sizes.findLast((size) =>
    all.every(({ within }) =>
      within.every(([s, lemmas]) => {
        const own = lemmas[at]
        return s !== size || own === undefined || own.terms.size <= inputs
      })
    )
  )

/** A premise of a lemma that is left out: whether the lemma needs it. */
export interface Need {
  /** How the premise is written. */
  readonly premise: string
  /** Inputs that refute the lemma without the premise. None: it may be superfluous. */
  readonly refuted: Refutation | undefined
  /** How many inputs were decided. */
  readonly inputs: number
}

/** How far it is sought whether a premise is needed. */
const SOUGHT = { runs: 400, inputs: 40_000 }

/**
 * Whether a lemma needs its premise at a place. The inputs that show it are the first of all that are listed, which are
 * small, or else at random.
 */
export const needAt = (lemma: Lemma, place: number): Need => {
  const at = allLemmas().findIndex((l) => keyOf(l) === keyOf(lemma))
  const premise = write(lemma.theorem).premises[place]
  if (premise === undefined) throw new RangeError(`${lemma.name} has no premise ${String(place)}`)
  let inputs = 0
  const refutedBy = (ground: Ground, tally: Tally): Refutation | undefined => {
    inputs += tally.runs
    return refutation(lemma, ground, tally)
  }
  for (const { ground, within } of everywhere())
    for (const [, lemmas] of within) {
      const own = lemmas[at]
      if (own === undefined || own.terms.size > SOUGHT.inputs) continue
      const refuted = refutedBy(ground, runOnAll(own, place))
      if (refuted !== undefined) return { premise, refuted, inputs }
    }
  for (const ground of grounds)
    for (const seed of [1, 2, 3, 4].map((n) => SEED + n)) {
      const own = ground.atRandom(seed)[at]
      if (own === undefined) continue
      const refuted = refutedBy(ground, runAtRandom(own, { runs: SOUGHT.runs, seed, without: place }))
      if (refuted !== undefined) return { premise, refuted, inputs }
    }
  return { premise, refuted: undefined, inputs }
}

/** How many statements of the Coq development are known in which way. */
export interface Counts {
  readonly lemmas: number
  readonly derived: number
  /** Not derived, and decided on all inputs up to a size. */
  readonly exhaustive: number
  /** Neither: decided on random inputs only. */
  readonly random: number
  /** Laws of the parameters. */
  readonly assumed: number
  /** Derived, or decided on all inputs up to a size, or both. */
  readonly derivedOrExhaustive: number
  /** Of all lemmas, those that say nothing: they hold by computing, or for any property. */
  readonly trivial: number
}

/** The kinds of lemmas that are statements of the Coq development. */
const OF_COQ: ReadonlyArray<Kind> = ['lemma', 'law']

/** Whether a row is of a statement of the Coq development. */
export const isOfCoq = ({ lemma }: Pick<Row<unknown>, 'lemma'>): boolean => OF_COQ.includes(lemma.kind)

/** Counts the lemmas of the Coq development among some rows, the laws apart. */
export const count = (rows: ReadonlyArray<Row<unknown>>): Counts => {
  const lemmas = rows.filter(({ lemma }) => lemma.kind === 'lemma')
  const number = (which: (row: Row<unknown>) => boolean): number => lemmas.filter(which).length
  return {
    lemmas: lemmas.length,
    derived: number(({ grade }) => grade === 'derived'),
    exhaustive: number(({ grade, onAll }) => grade === 'tested' && onAll !== undefined),
    random: number(({ grade, onAll }) => grade === 'tested' && onAll === undefined),
    assumed: rows.filter(({ grade }) => grade === 'assumed').length,
    derivedOrExhaustive: number(({ grade, onAll }) => grade === 'derived' || onAll !== undefined),
    trivial: number(({ lemma: { remark } }) => remark?.startsWith('Trivial') === true)
  }
}
