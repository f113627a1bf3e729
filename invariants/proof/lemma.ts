/**
 * Lemmas: theorems of the kernel with what a reader and a tester need besides: a line of mathematics, a sentence, and
 * the sorts of their terms. One statement is at once the type of a lemma, its executable property, its row in the
 * ledger, and what audit mode decides again.
 *
 * A lemma is declared once, at the top of a module, for every theory of some kind: a theory is whatever the statement
 * takes its words and its sorts from. Applied to a theory, the declaration gives the theorem of the kernel, always the
 * same one for the same theory. A derivation refers to another lemma by applying it to the theory at hand:
 *
 *     export const btExtendH = lemma('btExtendH', 'V(t) ∧ H(t) ⇒ H(t⊕b)', 'Adding a block keeps …')(
 *       <T extends Types>(theory: Theory<T>) => {
 *         const { valid, validH, btExtend } = theory.words
 *         return t_b(theory).state(<t, b>(bt: Tree<T, t>, b: Blk<T, b>) =>
 *           given(valid(bt), validH(bt)).infer(validH(btExtend(bt, b))).by((_, h) => btExtendH_stronger(theory)(bt, b)(h))
 *         )
 *       }
 *     )
 */
import type * as fc from 'fast-check'
import { nextPlace, theorem, theoremOf } from './kernel.js'
import type { AnyRule, NamedAll, Place, Stating, Theorem, Vocabulary } from './kernel.js'
import { drawn, tuple } from './sort.js'
import type { Sort, Sorts } from './sort.js'

/** What a lemma is to the development that it belongs to. */
export type Kind =
  /** A statement of the Coq development. */
  | 'lemma'
  /** Stronger than a statement of the Coq development, by fewer premises: it goes beyond the paper. */
  | 'stronger'
  /** About the same as the Coq development, which does not state it: it goes beyond the paper. */
  | 'beyond'
  /** A fact of the libraries that Coq uses (mathcomp, fcsl-pcm), or of a definition. */
  | 'fact'
  /** A law of the parameters. */
  | 'law'
  /** A statement about something else than the Coq development is about. */
  | 'other'

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
  /** Whether it says what a word is by definition, or in one case of its definition. */
  readonly isDefinition?: true
  /** The name of its theorem, which no other one has: the lemma's own, or that and what tells it from another one. */
  readonly theoremName: string
  /** Its place in the order in which lemmas are declared. A derivation uses only lemmas that were declared before. */
  readonly place: Place
}

/** A lemma of one theory, as a value. */
export interface Lemma extends Said {
  readonly theorem: Theorem
  /** Values of its terms. */
  readonly terms: Sort<ReadonlyArray<unknown>>
}

/** A statement; `F` is its type, and `G` that of all statements about such terms. */
export interface Stated<F, G = F> {
  /** The same, derived by induction on one of its variables, a list: see `theorem` in the kernel. */
  readonly byInduction: (variable: string, derivation: (self: F) => F) => Stated<F, G>
  /** The theorem that states it, under its name, in a vocabulary. */
  readonly asTheorem: (said: Said, vocabulary: Vocabulary) => F
  /** There is no such function: it is for the compiler, which decides by it whether `F` is among `G`. */
  readonly among?: (statement: G) => void
}

/** The terms that a lemma speaks of, for all values of their sorts. */
export interface ForAll<As extends ReadonlyArray<unknown>> {
  readonly variables: ReadonlyArray<string>
  readonly terms: Sort<As>
  /** The same terms; at random, they are drawn as the images of something else, so that they have to do with each other. */
  readonly drawnBy: <B>(from: fc.Arbitrary<B>, f: (b: B) => As) => ForAll<As>
  /**
   * What holds of them. (`F` has no constraint, since the compiler would instantiate the type parameters of a generic
   * statement to meet it. That the statement is about these terms is checked where the lemma is declared.)
   */
  readonly state: <F>(statement: F) => Stated<F, (...terms: NamedAll<As>) => AnyRule>
}

/** `forall('bt b', trees, blocks)`: for all trees bt and blocks b. */
export const forall = <As extends ReadonlyArray<unknown>>(variables: string, ...sorts: Sorts<As>): ForAll<As> =>
  forallOf<As>(variables, tuple<As>(...sorts))

/** The same for terms that come together. */
export const forallOf = <As extends ReadonlyArray<unknown>>(names: string, terms: Sort<As>): ForAll<As> => {
  const variables = names.split(' ').filter((v) => v !== '')
  return {
    variables,
    terms,
    drawnBy: (from, f) => forallOf<As>(names, drawn(terms, from.map(f))),
    state: (statement) => stated(variables, terms, statement)
  }
}

/** The sorts of the terms of each lemma, and what was said of it. */
const registered = new WeakMap<Theorem, Pick<Lemma, 'terms' | keyof Said>>()

/** A statement. (The overloads say that what is stated of terms is one; a declaration accepts nothing else.) */
function stated<F, G>(variables: ReadonlyArray<string>, terms: Sort<ReadonlyArray<unknown>>, statement: F): Stated<F, G>
function stated(
  variables: ReadonlyArray<string>,
  terms: Sort<ReadonlyArray<unknown>>,
  statement: Stating
): Stated<Stating> {
  const making = (induction?: string, derivation?: (self: Stating) => Stating): Stated<Stating> => ({
    byInduction: making,
    asTheorem: (said, vocabulary) => {
      const { kind, theoremName, place, source, says } = said
      const made = theorem({
        name: theoremName,
        source,
        variables,
        vocabulary,
        place,
        ...(kind === 'law' ? { law: says } : {})
      })(statement, induction, derivation)
      const value = theoremOf(made)
      if (value !== undefined) registered.set(value, { ...said, terms })
      return made
    }
  })
  return making()
}

/** What a function gives for each theory is made once. */
export const perTheory = <X extends object, R>(make: (theory: X) => R): ((theory: X) => R) => {
  const made = new WeakMap<X, { readonly result: R }>()
  return (theory) => {
    const before = made.get(theory)
    if (before !== undefined) return before.result
    const result = make(theory)
    made.set(theory, { result })
    return result
  }
}

/** Whatever has a vocabulary: lemmas are stated in it. */
export interface AnyTheory {
  readonly vocabulary: Vocabulary
  /** What it is about, where there are other theories of its kind: its lemmas are called so, and are facts besides theirs. */
  readonly of?: string
}

/** The six kinds of lemmas, each declared in one way; a definition is a fact. */
const declaringAll = <D>(declaring: (kind: Kind, isDefinition: boolean) => D) => ({
  definition: declaring('fact', true),
  lemma: declaring('lemma', false),
  stronger: declaring('stronger', false),
  beyond: declaring('beyond', false),
  fact: declaring('fact', false),
  law: declaring('law', false),
  other: declaring('other', false)
})

/** `Structures/Forests.v` without its folder and its ending. */
const stem = (source: string): string => source.replace(/^.*\/|\.[^.]*$/g, '')

/** What is said of a lemma of a file, which gets its place in the order of declaration. */
const sayingOf =
  (source: string, kind: Kind, isDefinition: boolean, again: ReadonlyArray<string>) =>
  (name: string, mathematics: string, says: string, remark?: string): Said => {
    const place = nextPlace()
    const theoremName =
      kind === 'stronger' ? `${name} (stronger)` : again.includes(name) ? `${name} (${stem(source)})` : name
    return {
      kind,
      name,
      theoremName,
      source,
      mathematics,
      says,
      place,
      ...(isDefinition ? { isDefinition } : {}),
      ...(remark === undefined ? {} : { remark })
    }
  }

/** What is said of a lemma for one theory. */
const saidOf = (said: Said, { of }: AnyTheory): Said =>
  of === undefined
    ? said
    : { ...said, kind: 'fact', name: `${said.name} (${of})`, theoremName: `${said.theoremName} (${of})` }

type Saying = Parameters<ReturnType<typeof sayingOf>>

/**
 * The lemmas of one file of a development, for every theory of some kind; and the names of those that another file has as
 * well: their theorems are called after the file, too.
 */
export const chapter = (source: string, ...again: ReadonlyArray<string>) =>
  declaringAll((kind, isDefinition) => (...saying: Saying) => {
    const said = sayingOf(source, kind, isDefinition, again)(...saying)
    return <X extends AnyTheory, F>(make: (theory: X) => Stated<F>): ((theory: X) => F) =>
      perTheory((theory: X) => make(theory).asTheorem(saidOf(said, theory), theory.vocabulary))
  })

/** The lemmas of one file of a development that are about one theory, whatever theory is asked for. */
export const chapterOn = <X extends AnyTheory>(source: string, only: X, ...again: ReadonlyArray<string>) =>
  declaringAll((kind, isDefinition) => (...saying: Saying) => {
    const said = sayingOf(source, kind, isDefinition, again)(...saying)
    return <F>(make: (theory: X) => Stated<F>): ((theory?: unknown) => F) => {
      const once = perTheory((theory: X) => make(theory).asTheorem(said, theory.vocabulary))
      return () => once(only)
    }
  })

/** The lemma that a function is; nothing if it is not one. */
export const lemmaOf = (f: unknown): Lemma | undefined => {
  const made = theoremOf(f)
  const info = made && registered.get(made)
  return made === undefined || info === undefined ? undefined : { ...info, theorem: made }
}
