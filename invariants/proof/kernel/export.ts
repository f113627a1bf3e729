/**
 * Theorems and their derivations as plain data, as `docs/derivations.md` describes them: whoever does not believe the kernel
 * can check them again.
 */
import type { Node, Scope, Statement } from './check.js'
import type { Formula, Sort, Symbol_, Term, Vocabulary, Word } from './data.js'
import { Unsound } from './data.js'
import type { Session, Theorem } from './session.js'
import { finishedOf, theoremOfStatement } from './theorems.js'

/** A term: a symbol, or a word and terms, all by number. */
export type ExportedTerm = number | ReadonlyArray<number>
/** A formula: what it is, and its parts by number. */
export type ExportedFormula = readonly [string, ...ReadonlyArray<number>]
/** A scope: its parent, its hypothesis, and its symbols. */
export type ExportedScope = null | readonly [number, number, ReadonlyArray<number>]
/** A node: its scope, its rule, and what that needs. */
export type ExportedNode = readonly [number, string, ...ReadonlyArray<unknown>]

export interface ExportedDerivation {
  readonly scopes: ReadonlyArray<ExportedScope>
  readonly nodes: ReadonlyArray<ExportedNode>
  readonly root: number
  readonly induction?: number
}

export interface ExportedTheorem {
  readonly name: string
  readonly vocabulary: number
  readonly symbols: ReadonlyArray<{ readonly name: string; readonly sort: number }>
  readonly variables: number
  readonly terms: ReadonlyArray<ExportedTerm>
  readonly formulas: ReadonlyArray<ExportedFormula>
  readonly premises: ReadonlyArray<number>
  readonly conclusion: number
  readonly grade: Statement['grade']
  readonly derivation?: ExportedDerivation
}

export interface ExportedSort {
  readonly vocabulary: number
  readonly name: string
  readonly equality: string | null
  readonly list?: { readonly of: number; readonly nil: number; readonly cons: number; readonly rcons: number }
}

export interface ExportedWord {
  readonly vocabulary: number
  readonly name: string
  readonly takes: ReadonlyArray<number>
  readonly gives: number | null
}

/** What a file of derivations has in it. */
export interface Exported {
  readonly format: 'blockforest derivations 1'
  readonly vocabularies: ReadonlyArray<{ readonly name: string; readonly includes: ReadonlyArray<number> }>
  readonly sorts: ReadonlyArray<ExportedSort>
  readonly words: ReadonlyArray<ExportedWord>
  readonly theorems: ReadonlyArray<ExportedTheorem>
}

interface Numbering<A, B> {
  readonly of: (a: A) => number
  readonly made: ReadonlyArray<B>
}

/** Numbers things in the order in which they are first asked for; what a thing needs is numbered before it. */
const numbering = <A, B>(write: (a: A) => B): Numbering<A, B> => {
  const numbers = new Map<A, number>()
  const made: B[] = []
  const of = (a: A): number => {
    const before = numbers.get(a)
    if (before !== undefined) return before
    const written = write(a)
    numbers.set(a, made.length)
    made.push(written)
    return made.length - 1
  }
  return { of, made }
}

/** A sort that is numbered, but not written: a sort of lists and its words refer to each other. */
interface SortInMaking {
  readonly sort: Sort
  readonly of: number | undefined
  readonly vocabulary: number
}

/** The vocabularies, sorts and words of a file. */
const vocabularyTables = () => {
  const names = new Set<string>()
  const vocabularies: Numbering<Vocabulary, Exported['vocabularies'][number]> = numbering((v) => {
    const includes = v.includes.map((i) => vocabularies.of(i))
    if (names.has(v.name)) throw new Unsound(`two vocabularies of the name «${v.name}» cannot be exported together`)
    names.add(v.name)
    return { name: v.name, includes }
  })
  const sorts: Numbering<Sort, SortInMaking> = numbering((sort) => ({
    sort,
    of: sort.list === undefined ? undefined : sorts.of(sort.list.of),
    vocabulary: vocabularies.of(sort.vocabulary)
  }))
  const words = numbering(
    (word: Word): ExportedWord => ({
      vocabulary: vocabularies.of(word.vocabulary),
      name: word.name,
      takes: word.takes.map((sort) => sorts.of(sort)),
      gives: word.gives === undefined ? null : sorts.of(word.gives)
    })
  )
  const finish = () => ({
    vocabularies: vocabularies.made,
    sorts: sorts.made.map(
      ({ sort: { name, equality, list }, of, vocabulary }): ExportedSort => ({
        vocabulary,
        name,
        equality: equality?.name ?? null,
        ...(list === undefined || of === undefined
          ? {}
          : { list: { of, nil: words.of(list.nil), cons: words.of(list.cons), rcons: words.of(list.rcons) } })
      })
    ),
    words: words.made
  })
  return { vocabularies, sorts, words, finish }
}

type VocabularyTables = ReturnType<typeof vocabularyTables>

/** The symbols, terms and formulas of a theorem. No two symbols have one name. */
const theoremTables = ({ sorts, words }: VocabularyTables, variables: ReadonlyArray<Symbol_>) => {
  const times = new Map<string, number>()
  const symbols = numbering((x: Symbol_) => {
    const time = (times.get(x.name) ?? 0) + 1
    times.set(x.name, time)
    return { name: time === 1 ? x.name : `${x.name}#${time}`, sort: sorts.of(x.sort as Sort) }
  })
  for (const v of variables) symbols.of(v)
  const terms: Numbering<Term, ExportedTerm> = numbering((t) => {
    if (t.tag === 'symbol') return symbols.of(t)
    if (t.tag === 'value') throw new Unsound('a value is no term of a derivation')
    return [words.of(t.word), ...t.args.map((arg) => terms.of(arg))]
  })
  const formulas: Numbering<Formula, ExportedFormula> = numbering((f) => {
    switch (f.tag) {
      case 'atom':
        return ['atom', words.of(f.word), ...f.args.map((arg) => terms.of(arg))]
      case 'equal':
        return ['equal', terms.of(f.left), terms.of(f.right)]
      case 'false':
        return ['false']
      default:
        return [f.tag, formulas.of(f.left), formulas.of(f.right)]
    }
  })
  return { symbols, terms, formulas }
}

type TheoremTables = ReturnType<typeof theoremTables>

const exportedNode = (
  { symbols, terms, formulas }: TheoremTables,
  theorem: (s: Statement) => number,
  node: Node
): ExportedNode => {
  const { scope, rule, from, branches, index, formula, end, by } = node
  const given = (node.terms ?? []).map((t) => terms.of(t))
  const inBranches = branches.flatMap((b) => [b.scope, b.node])
  const said = formula === undefined ? [] : [formulas.of(formula)]
  switch (rule) {
    case 'premise':
    case 'hypothesis':
      return [scope, rule, index]
    case 'apply':
      return [scope, rule, theorem(node.theorem as Statement), given, from]
    case 'again':
      return [scope, rule, given, from, by]
    case 'inRight':
      return [scope, rule, ...said, ...from]
    case 'refl':
      return [scope, rule, ...given]
    case 'substitute':
      return [scope, rule, from[0], symbols.of(node.hole as Symbol_), ...said, from[1]]
    case 'split':
      return [scope, rule, end, ...given, ...inBranches]
    default:
      return [scope, rule, ...from, ...said, ...inBranches]
  }
}

const exportedScope = ({ symbols, formulas }: TheoremTables, scope: Scope, c: number): ExportedScope =>
  c === 0 ? null : [scope.parent, formulas.of(scope.hypothesis), scope.symbols.map((x) => symbols.of(x))]

const exportedTheorem = (
  tables: VocabularyTables,
  numberOf: (s: Statement) => number,
  statement: Statement,
  derived: Session | undefined
): ExportedTheorem => {
  const { name, vocabulary, variables, premises, conclusion, grade, induction } = statement
  const own = theoremTables(tables, variables)
  const [given, proved] = [premises.map((p) => own.formulas.of(p)), own.formulas.of(conclusion)]
  const derivation: ExportedDerivation | undefined = derived && {
    scopes: derived.scopes.map((scope, c) => exportedScope(own, scope, c)),
    nodes: derived.nodes.map((node) => exportedNode(own, numberOf, node)),
    root: derived.nodes.length - 1,
    ...(induction === undefined ? {} : { induction })
  }
  return {
    name,
    vocabulary: tables.vocabularies.of(vocabulary),
    symbols: own.symbols.made,
    variables: variables.length,
    terms: own.terms.made,
    formulas: own.formulas.made,
    premises: given,
    conclusion: proved,
    grade,
    ...(derivation === undefined ? {} : { derivation })
  }
}

/** The theorems, with all that they are derived from, each after those. Those that are not finished are, by this. */
export const exported = (theorems: ReadonlyArray<Theorem>): Exported => {
  const tables = vocabularyTables()
  const derivations = new Map<Statement, Session | undefined>()
  const collect = (theorem: Theorem): void => {
    const { statement, derived } = finishedOf(theorem)
    if (derivations.has(statement)) return
    derivations.set(statement, derived)
    for (const { theorem: used } of derived?.nodes ?? []) if (used !== undefined) collect(theoremOfStatement(used))
  }
  theorems.forEach(collect)
  const inOrder = [...derivations.keys()].sort((a, b) => (a.order as number) - (b.order as number))
  const numbers = new Map(inOrder.map((statement, i) => [statement, i]))
  const numberOf = (statement: Statement): number => numbers.get(statement) as number
  const made = inOrder.map((statement) => exportedTheorem(tables, numberOf, statement, derivations.get(statement)))
  return { format: 'blockforest derivations 1', ...tables.finish(), theorems: made }
}
