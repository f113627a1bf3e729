/**
 * The data that derivations are made of. `docs/derivations.md` describes them as they are exported; here they are objects of
 * private tables, and terms and formulas are interned: within one theorem, two of them are the same if and only if they are
 * the same object.
 */
import { all, each, freeze, has, isNaN, joined, register, table } from './realm.js'
import type { Table } from './realm.js'

/** A derivation, or a rule, was used in a way that would not be sound. */
export class Unsound extends Error {
  override readonly name = 'Unsound'
}

/** What belongs together: the words and the theorems of one instance. */
export interface Vocabulary {
  readonly name: string
  readonly includes: ReadonlyArray<Vocabulary>
  /** Itself, what it includes, and what those see. */
  readonly sees: ReadonlyArray<Vocabulary>
}

/** A sort of values. It may be empty. */
export interface Sort {
  readonly vocabulary: Vocabulary
  readonly name: string
  readonly equality: Equality | undefined
  /** The words for lists, if its values are lists. */
  list: { readonly of: Sort; readonly nil: Word; readonly cons: Word; readonly rcons: Word } | undefined
  /** The values that have a name, by themselves. */
  readonly constants: Table<unknown, Word>
}

/** How values of a sort are compared. */
export interface Equality {
  readonly name: string
  readonly equals: (a: unknown, b: unknown) => boolean
}

/** A function, or, if it gives nothing, a predicate. */
export interface Word {
  readonly id: number
  readonly vocabulary: Vocabulary
  readonly name: string
  readonly takes: ReadonlyArray<Sort>
  readonly gives: Sort | undefined
  readonly run: (...args: any[]) => unknown
}

/** A term: a symbol, a word applied to terms, or a value, which is in no derivation. */
export type Term = Symbol_ | Application | Value
export interface Symbol_ {
  readonly tag: 'symbol'
  readonly id: number
  readonly name: string
  /** Its place among the symbols of its theorem. */
  readonly index: number
  /** Of a variable it is what the first word says that is applied to it. */
  sort: Sort | undefined
}
export interface Application {
  readonly tag: 'application'
  readonly id: number
  readonly word: Word
  readonly args: ReadonlyArray<Term>
  readonly sort: Sort
}
export interface Value {
  readonly tag: 'value'
  readonly id: number
  readonly value: unknown
  readonly sort: Sort
}

export type Connective = 'and' | 'or' | 'implies'
export type Formula = Atom | Equation | Compound | Falsum
export interface Atom {
  readonly tag: 'atom'
  readonly id: number
  readonly word: Word
  readonly args: ReadonlyArray<Term>
}
export interface Equation {
  readonly tag: 'equal'
  readonly id: number
  readonly sort: Sort
  readonly left: Term
  readonly right: Term
}
export interface Compound {
  readonly tag: Connective
  readonly id: number
  readonly left: Formula
  readonly right: Formula
}
export interface Falsum {
  readonly tag: 'false'
  readonly id: number
}

/** Where the terms and formulas of one theorem are interned. Without one, they are not, and speak of values. */
export interface Tables {
  readonly vocabulary: Vocabulary
  readonly terms: Table<string, Application>
  readonly formulas: Table<string, Atom | Equation | Compound>
}

export const tablesOf = (vocabulary: Vocabulary): Tables => ({ vocabulary, terms: table(), formulas: table() })

let numbered = 0
/** A number that nothing else has. */
export const fresh = (): number => (numbered += 1)

/** What is under a key, or is made: for good. */
const interned = <A extends object>(known: Table<string, A> | undefined, key: string, make: () => A): A => {
  const before = known?.get(key)
  if (before !== undefined) return before
  const made = freeze(make())
  known?.set(key, made)
  return made
}

/** The numbers of some terms. */
const keyOf = (tag: string, parts: ReadonlyArray<{ readonly id: number }>): string => {
  let key = tag
  all(parts, ({ id }) => ((key += `,${id}`), true))
  return key
}

/** Gives a variable its sort, if it has none, and compares that of any other term. */
export const demandSort = (term: Term, sort: Sort, where: () => string): void => {
  if (term.tag === 'symbol') term.sort ??= sort
  if (term.sort !== sort)
    throw new Unsound(`${where()}: «${showTerm(term)}» is of the sort ${term.sort?.name ?? '?'}, not of ${sort.name}`)
}

const demandSeen = (tables: Tables | undefined, vocabulary: Vocabulary, what: string): void => {
  if (tables !== undefined && !has(tables.vocabulary.sees, vocabulary))
    throw new Unsound(
      `«${what}» is a word of the vocabulary ${vocabulary.name}, which ${tables.vocabulary.name} does not include`
    )
}

const demandArguments = (tables: Tables | undefined, word: Word, args: ReadonlyArray<Term>): void => {
  demandSeen(tables, word.vocabulary, word.name)
  if (word.takes.length !== args.length)
    throw new Unsound(`«${word.name}» takes ${word.takes.length} arguments, not ${args.length}`)
  each(args, (arg, i) => demandSort(arg, word.takes[i] as Sort, () => word.name))
}

/** A function of terms. */
export const application = (tables: Tables | undefined, word: Word, args: ReadonlyArray<Term>): Application =>
  interned(tables?.terms, keyOf(`${word.id}`, args), () => {
    const { gives: sort } = word
    if (sort === undefined) throw new Unsound(`«${word.name}» is a predicate, not a function`)
    demandArguments(tables, word, args)
    return { tag: 'application', id: fresh(), word, args, sort }
  })

/** A predicate of terms. */
export const atom = (tables: Tables | undefined, word: Word, args: ReadonlyArray<Term>): Formula =>
  interned(tables?.formulas, keyOf(`${word.id}`, args), () => {
    if (word.gives !== undefined) throw new Unsound(`«${word.name}» is a function, not a predicate`)
    demandArguments(tables, word, args)
    return { tag: 'atom', id: fresh(), word, args }
  })

/** An equation between terms. The sort is theirs, or that which they get. */
export const equation = (tables: Tables | undefined, sort: Sort, left: Term, right: Term): Formula => {
  demandSeen(tables, sort.vocabulary, sort.name)
  demandEquality(sort)
  demandSort(left, sort, () => '=')
  demandSort(right, sort, () => '=')
  return interned(tables?.formulas, keyOf('=', [left, right]), () => ({ tag: 'equal', id: fresh(), sort, left, right }))
}

/** A formula made of two. */
export const compound = (tables: Tables | undefined, tag: Connective, left: Formula, right: Formula): Formula =>
  interned(tables?.formulas, keyOf(tag, [left, right]), () => ({ tag, id: fresh(), left, right }))

/** What never holds. */
export const falsum: Falsum = freeze({ tag: 'false', id: fresh() })

export const negation = (tables: Tables | undefined, p: Formula): Formula => compound(tables, 'implies', p, falsum)

// ------------------------------------------------------------------------------------------------- instances, values

/** A term in which symbols are replaced. */
export type Replace = (symbol: Symbol_) => Term

/** Replaces symbols in terms and formulas. What occurs more than once is made once. */
export const replacing = (tables: Tables | undefined, replace: Replace) => {
  const known = table<Term, Term>()
  const made = table<Formula, Formula>()
  const inTerm = (t: Term): Term => {
    if (t.tag === 'value') return t
    const before = known.get(t)
    if (before !== undefined) return before
    const after = t.tag === 'symbol' ? replace(t) : application(tables, t.word, each(t.args, inTerm))
    known.set(t, after)
    return after
  }
  const inFormula = (f: Formula): Formula => {
    const before = made.get(f)
    if (before !== undefined) return before
    const after = replaced(f)
    made.set(f, after)
    return after
  }
  const replaced = (f: Formula): Formula => {
    switch (f.tag) {
      case 'atom':
        return atom(tables, f.word, each(f.args, inTerm))
      case 'equal':
        return equation(tables, f.sort, inTerm(f.left), inTerm(f.right))
      case 'false':
        return f
      default:
        return compound(tables, f.tag, inFormula(f.left), inFormula(f.right))
    }
  }
  return inFormula
}

/** Calls a function with each symbol of some terms and formulas, once for each. */
export const symbolsIn = (parts: ReadonlyArray<Term | Formula>, visit: (x: Symbol_) => void): void => {
  const seen = table<Term | Formula, true>()
  const look = (part: Term | Formula): void => {
    if (seen.get(part) === true) return
    seen.set(part, true)
    switch (part.tag) {
      case 'symbol':
        visit(part)
        return
      case 'value':
      case 'false':
        return
      case 'application':
      case 'atom':
        each(part.args, look)
        return
      default:
        look(part.left)
        look(part.right)
    }
  }
  each(parts, look)
}

/** The values of the symbols, by their places, and what was computed and decided of them already. */
interface Values {
  readonly of: ReadonlyArray<unknown>
  readonly computed: Table<Term, { readonly value: unknown }>
  readonly decided: Table<Formula, boolean>
}

type Computing = (values: Values) => unknown

/** Calls a function with what its arguments come to. */
const calling = (run: Word['run'], args: ReadonlyArray<Computing>): Computing => {
  const a = args[0] as Computing
  const b = args[1] as Computing
  const c = args[2] as Computing
  const d = args[3] as Computing
  switch (args.length) {
    case 0:
      return () => run()
    case 1:
      return (v) => run(a(v))
    case 2:
      return (v) => run(a(v), b(v))
    case 3:
      return (v) => run(a(v), b(v), c(v))
    default:
      return (v) => run(a(v), b(v), c(v), d(v))
  }
}

/** How terms and formulas come to values: what occurs more than once is looked at once. */
interface Compiled {
  readonly terms: Table<Term, Computing>
  readonly formulas: Table<Formula, Deciding>
}

const computing = (known: Compiled, t: Term): Computing => {
  const before = known.terms.get(t)
  if (before !== undefined) return before
  const made = computed(known, t)
  known.terms.set(t, made)
  return made
}

const computed = (known: Compiled, t: Term): Computing => {
  if (t.tag === 'symbol') return ({ of }) => of[t.index]
  if (t.tag === 'value') return () => t.value
  const compute = calling(
    t.word.run,
    each(t.args, (arg) => computing(known, arg))
  )
  return (values) => {
    const before = values.computed.get(t)
    if (before !== undefined) return before.value
    const value = compute(values)
    if (typeof value === 'number' && isNaN(value))
      throw new Unsound(`«${t.word.name}» gives a value that is not equal to itself`)
    values.computed.set(t, { value })
    return value
  }
}

type Deciding = (values: Values) => boolean

/** Whether a formula holds of values. */
export const deciding = (f: Formula): Deciding => decidingWith({ terms: table(), formulas: table() }, f)

const decidingWith = (known: Compiled, f: Formula): Deciding => {
  const before = known.formulas.get(f)
  if (before !== undefined) return before
  const decide = decided(known, f)
  const made: Deciding = (values) => {
    const answer = values.decided.get(f) ?? decide(values)
    values.decided.set(f, answer)
    return answer
  }
  known.formulas.set(f, made)
  return made
}

const decided = (known: Compiled, f: Formula): Deciding => {
  switch (f.tag) {
    case 'atom': {
      const compute = calling(
        f.word.run,
        each(f.args, (arg) => computing(known, arg))
      )
      return (values) => compute(values) === true
    }
    case 'equal': {
      const { equals } = demandEquality(f.sort)
      const left = computing(known, f.left)
      const right = computing(known, f.right)
      return (values) => equals(left(values), right(values))
    }
    case 'false':
      return () => false
    default: {
      const left = decidingWith(known, f.left)
      const right = decidingWith(known, f.right)
      if (f.tag === 'and') return (values) => left(values) && right(values)
      if (f.tag === 'or') return (values) => left(values) || right(values)
      return (values) => !left(values) || right(values)
    }
  }
}

/** What the implications in a formula suppose: where none of it holds, they say nothing. A negation is no implication. */
export const antecedents = (f: Formula): ReadonlyArray<Formula> => {
  if (f.tag === 'atom' || f.tag === 'equal' || f.tag === 'false') return []
  if (f.tag !== 'implies') return joined(antecedents(f.left), antecedents(f.right))
  return f.right.tag === 'false' ? [] : joined([f.left], antecedents(f.right))
}

/** Values of symbols, for which formulas are decided. */
export const valuesOf = (of: ReadonlyArray<unknown>): Values => ({ of, computed: table(), decided: table() })

/** Whether a formula holds that speaks of values. */
export const holds = (f: Formula): boolean => deciding(f)(valuesOf([]))

/** How the values of a sort are compared. */
export const demandEquality = ({ name, equality }: Sort): Equality => {
  if (equality === undefined) throw new Unsound(`the sort ${name} has no equality`)
  return equality
}

// --------------------------------------------------------------------------------------------------------- as text

/** How values are called, for a reader. */
export const labels = register<object, string>()

const labelOf = (x: unknown): string =>
  ((typeof x === 'object' && x !== null) || typeof x === 'function' ? labels.get(x) : undefined) ?? '_'

/** How a term is written. Nothing but messages and pages is made of it. */
export const showTerm = (t: Term): string => {
  if (t.tag === 'symbol') return t.name
  if (t.tag === 'value') return labelOf(t.value)
  return t.args.length === 0 ? t.word.name : showApplied(t)
}

/** A word with its arguments. */
const showApplied = ({ word, args }: Application | Atom): string => {
  let text = ''
  each(args, (arg, i) => (text += `${i === 0 ? '' : ', '}${showTerm(arg)}`))
  return `${word.name}(${text})`
}

/** How a formula is written. */
export const show = (f: Formula): string => {
  switch (f.tag) {
    case 'atom':
      return showApplied(f)
    case 'equal':
      return `${showTerm(f.left)} = ${showTerm(f.right)}`
    case 'false':
      return '⊥'
    default:
      if (f.tag === 'implies' && f.right.tag === 'false') return `¬${inBrackets(f.left)}`
      return `${inBrackets(f.left)}${{ and: ' ∧ ', or: ' ∨ ', implies: ' ⇒ ' }[f.tag]}${inBrackets(f.right)}`
  }
}

/** A part of a formula: in brackets, if it has two sides. */
const inBrackets = (f: Formula): string =>
  f.tag === 'atom' || f.tag === 'false' || (f.tag === 'implies' && f.right.tag === 'false') ? show(f) : `(${show(f)})`
