/**
 * The data that derivations are made of. `docs/derivations.md` describes them as they are exported; here they are objects of
 * private tables, and terms and formulas are interned: within one theorem, two of them are the same if and only if they are
 * the same object.
 */
import { all, append, each, freeze, has, isStart, joined, register, some, table } from './realm.js'
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

/** A sort of values. It may be empty. It is frozen once its list is known. */
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

export const tablesOf = (vocabulary: Vocabulary): Tables =>
  freeze<Tables>({ vocabulary, terms: table(), formulas: table() })

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
    throw new Unsound(`${where()}: «${show(term)}» is of the sort ${(term.sort as Sort).name}, not of ${sort.name}`)
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
    return { tag: 'application', id: fresh(), word, args: freeze(args), sort }
  })

/** A predicate of terms. */
export const atom = (tables: Tables | undefined, word: Word, args: ReadonlyArray<Term>): Formula =>
  interned(tables?.formulas, keyOf(`${word.id}`, args), () => {
    if (word.gives !== undefined) throw new Unsound(`«${word.name}» is a function, not a predicate`)
    demandArguments(tables, word, args)
    return { tag: 'atom', id: fresh(), word, args: freeze(args) }
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

/** How the values of a sort are compared. */
export const demandEquality = ({ name, equality }: Sort): Equality => {
  if (equality === undefined) throw new Unsound(`the sort ${name} has no equality`)
  return equality
}

// --------------------------------------------------------------------------------------------------------- as text

/** A name, which must be a string of one line: what is printed with it has lines of its own. */
export const text = (x: unknown): string => {
  if (typeof x !== 'string') throw new Unsound('a name must be a string')
  const isBreak = (c: string): boolean => has(LINE_BREAKS, c)
  if (some(x as unknown as ReadonlyArray<string>, isBreak)) throw new Unsound('a name must stand on one line')
  if (some(x as unknown as ReadonlyArray<string>, isUnseen)) throw new Unsound('a name must be of what can be seen')
  return x
}
const LINE_BREAKS: ReadonlyArray<string> = ['\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029']

/** From what to what characters have no shape of their own: what commands a terminal, turns a line around, has no width. */
const UNSEEN: ReadonlyArray<readonly [from: string, to: string]> = [
  ['\u0000', '\u001f'],
  ['\u007f', '\u009f'],
  ['\u00ad', '\u00ad'],
  ['\u061c', '\u061c'],
  ['\u115f', '\u1160'],
  ['\u180b', '\u180f'],
  ['\u200b', '\u200f'],
  ['\u202a', '\u202e'],
  ['\u2060', '\u206f'],
  ['\u3164', '\u3164'],
  ['\ufe00', '\ufe0f'],
  ['\ufeff', '\ufeff'],
  ['\uffa0', '\uffa0'],
  ['\ufff0', '\uffff']
]
const isUnseen = (c: string): boolean => !all(UNSEEN, (range) => c < range[0] || c > range[1])

/** How values are called, for a reader. */
export const labels = register<object, string>()

/** What is written. */
export type Part = Term | Formula

/** So many characters are written of a formula at most: one of parts that are shared can be longer than any text. */
export const LONGEST = 10_000

/** What would read as something else than a name. */
const MARKS: ReadonlyArray<string> = [
  ' ',
  '(',
  ')',
  ',',
  '=',
  '∧',
  '∨',
  '⇒',
  '¬',
  '⊥',
  '«',
  '»',
  '‹',
  '›',
  '@',
  '#',
  '…'
]

/**
 * A name that somebody chose: in quotes, if it could be taken for more than a name, or for one of other letters. Quotes in it
 * are doubled, so that it does not end where it seems to.
 */
const quoted = (name: string): string => {
  const letters = name as unknown as ReadonlyArray<string>
  if (name !== '' && !some(letters, (c) => c > '~' || has(MARKS, c))) return name
  let inside = ''
  each(letters, (c) => (inside += c === '‹' || c === '›' ? c + c : c))
  return `‹${inside}›`
}

/** The symbols, the words and the values in some terms and formulas, once each. */
const namesIn = (parts: ReadonlyArray<Part>) => {
  const symbols: Symbol_[] = []
  const words: Word[] = []
  const values: unknown[] = []
  const seen = table<unknown, true>()
  const isNew = (x: unknown): boolean => {
    const before = seen.get(x)
    seen.set(x, true)
    return before === undefined
  }
  const look = (part: Part): void => {
    if (!isNew(part) || part.tag === 'false') return
    if (part.tag === 'symbol') append(symbols, part)
    else if (part.tag === 'value') {
      if (isNew(part.value)) append(values, part.value)
    } else if (part.tag === 'application' || part.tag === 'atom') {
      if (isNew(part.word)) append(words, part.word)
      each(part.args, look)
    } else {
      look(part.left)
      look(part.right)
    }
  }
  each(parts, look)
  return { symbols, words, values }
}

/**
 * How symbols and words are called in some terms and formulas, so that no two have one name there: words of two vocabularies
 * by these, and what is left by numbers.
 */
const naming = (parts: ReadonlyArray<Part>): ((x: unknown) => string) => {
  const { symbols, words, values } = namesIn(parts)
  const called = table<unknown, string>()
  const taken = table<string, true>()
  const call = (x: unknown, name: string): void => {
    let tried = name
    for (let i = 2; taken.get(tried) === true; i++) tried = `${name}#${i}`
    taken.set(tried, true)
    called.set(x, tried)
  }
  each(words, (w) => {
    const isOne = all(words, (other) => other === w || other.name !== w.name)
    call(w, isOne ? quoted(w.name) : `${quoted(w.name)}@${quoted(w.vocabulary.name)}`)
  })
  each(symbols, (x) => {
    // What an element or a part of a list is called, head(l), is no word that is applied.
    if (some(words, (w) => isStart(x.name, `${w.name}(`))) taken.set(x.name, true)
    call(x, x.index < 0 ? x.name : quoted(x.name))
  })
  each(values, (x) => {
    const name = labels.get(x)
    call(x, name === undefined ? '_' : quoted(name))
  })
  return (x) => called.get(x) ?? '_'
}

const SIGNS = { and: ' ∧ ', or: ' ∨ ', implies: ' ⇒ ' }

/** Whether a formula has two sides. */
const isTwoSided = (f: Formula): boolean =>
  f.tag !== 'atom' && f.tag !== 'false' && !(f.tag === 'implies' && f.right.tag === 'false')

/**
 * How terms and formulas are written that are read together. Nothing but messages and pages is made of it. What is longer
 * than a text may be ends with three dots.
 * @param variables those of the statement that the parts are about: where two have one name, they are called as it calls them.
 */
export const showing = (
  parts: ReadonlyArray<Part>,
  variables: ReadonlyArray<Symbol_> = []
): ((part: Part) => string) => {
  const nameOf = naming(joined<Part>(variables, parts))
  return (whole) => {
    let text = ''
    const add = (part: Part): void => {
      if (text.length > LONGEST) return
      switch (part.tag) {
        case 'symbol':
          text += nameOf(part)
          return
        case 'value':
          text += nameOf(part.value)
          return
        case 'false':
          text += '⊥'
          return
        case 'application':
        case 'atom':
          text += nameOf(part.word)
          each(part.args, (arg, i) => {
            text += i === 0 ? '(' : ', '
            add(arg)
          })
          if (part.args.length > 0) text += ')'
          return
        case 'equal':
          add(part.left)
          text += ' = '
          add(part.right)
          return
        default:
          if (part.tag === 'implies' && part.right.tag === 'false') text += '¬'
          addInBrackets(part.left)
          if (part.tag === 'implies' && part.right.tag === 'false') return
          text += SIGNS[part.tag]
          addInBrackets(part.right)
      }
    }
    const addInBrackets = (f: Formula): void => {
      if (isTwoSided(f)) text += '('
      add(f)
      if (isTwoSided(f)) text += ')'
    }
    add(whole)
    return text.length > LONGEST ? `${text}…` : text
  }
}

/** How a term or a formula is written that is read alone. */
export const show = (part: Part): string => showing([part])(part)
