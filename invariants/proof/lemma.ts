/**
 * Lemmas: theorems of the kernel with what a reader and a tester need besides: a line of mathematics, a sentence, and
 * the sorts of their terms. One statement is at once the type of a lemma, its executable property, its row in the
 * ledger, and what audit mode decides again.
 */
import type * as fc from 'fast-check'
import { theorem, theoremOf } from './kernel.js'
import type { About, AnyRule, NamedAll, Theorem } from './kernel.js'
import { drawn, tuple } from './sort.js'
import type { Sort, Sorts } from './sort.js'

/** What a lemma is to the development that it belongs to. */
export type Kind =
  /** A statement of the Coq development. */
  | 'lemma'
  /** Stronger than a statement of the Coq development, by fewer premises: it goes beyond the paper. */
  | 'stronger'
  /** A fact of the libraries that Coq uses (mathcomp, fcsl-pcm), or of a definition. */
  | 'fact'
  /** A law of the parameters. */
  | 'law'

/** The terms that a lemma speaks of, for all values of their sorts. */
export interface ForAll<As extends ReadonlyArray<unknown>> {
  readonly variables: ReadonlyArray<string>
  readonly terms: Sort<As>
  /** The same terms; at random, they are drawn as the images of something else, so that they have to do with each other. */
  readonly drawnBy: <B>(from: fc.Arbitrary<B>, f: (b: B) => As) => ForAll<As>
}

/** `forall('bt b', trees, blocks)`: for all trees bt and blocks b. */
export const forall = <As extends ReadonlyArray<unknown>>(variables: string, ...sorts: Sorts<As>): ForAll<As> =>
  forallOf<As>(variables, tuple<As>(...sorts))

/** The same for terms that come together. */
export const forallOf = <As extends ReadonlyArray<unknown>>(variables: string, terms: Sort<As>): ForAll<As> => ({
  variables: variables.split(' ').filter((v) => v !== ''),
  terms,
  drawnBy: (from, f) => forallOf<As>(variables, drawn(terms, from.map(f)))
})

/** What is said of a lemma besides its statement. */
export interface Said {
  readonly kind: Kind
  /** Its name in the development that it comes from. */
  readonly name: string
  /** The file of that development. */
  readonly source: string
  /** The statement in a line of mathematics. */
  readonly mathematics: string
  /** The statement in a sentence. */
  readonly says: string
  /** A remark: why it is trivial, how it differs from its source, why its premises are seldom met. */
  readonly remark?: string
}

/** A lemma as a value. */
export interface Lemma extends Said {
  readonly theorem: Theorem
  /** Values of its terms. */
  readonly terms: Sort<ReadonlyArray<unknown>>
}

interface Info extends Said {
  readonly terms: Sort<ReadonlyArray<unknown>>
}

/** What was said of each lemma. */
const said = new WeakMap<About, Info>()

/** The lemmas of one file of a development. */
export const chapter = (source: string) => {
  const stating =
    (kind: Kind) =>
    <As extends ReadonlyArray<unknown>>(
      name: string,
      mathematics: string,
      says: string,
      quantified: ForAll<As>,
      remark?: string
    ) =>
    <F extends (...terms: NamedAll<As>) => AnyRule>(
      statement: F,
      induction?: string,
      derivation?: (self: F) => F
    ): F => {
      const about = {
        // Two theorems of one name could not be told apart in a derivation.
        name: kind === 'stronger' ? `${name} (stronger)` : name,
        source,
        variables: quantified.variables,
        ...(kind === 'law' ? { law: says } : {})
      }
      said.set(about, {
        kind,
        name,
        source,
        mathematics,
        says,
        terms: quantified.terms,
        ...(remark === undefined ? {} : { remark })
      })
      return theorem(about)(statement, induction, derivation)
    }
  return { lemma: stating('lemma'), stronger: stating('stronger'), fact: stating('fact'), law: stating('law') }
}

/** The lemma that a function is; nothing if it is not one. */
export const lemmaOf = (f: unknown): Lemma | undefined => {
  const made = theoremOf(f)
  const info = made === undefined ? undefined : said.get(made.about)
  return made === undefined || info === undefined ? undefined : { ...info, theorem: made }
}

/** The lemmas among the values of a record, in its order; what else is in it is left out. */
export const lemmasIn = (record: Readonly<Record<string, unknown>>): ReadonlyArray<Lemma> =>
  Object.values(record).flatMap((f) => lemmaOf(f) ?? [])
