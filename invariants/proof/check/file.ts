/**
 * Reading a file: vocabularies, sorts, words, and the statements of theorems. Everything is looked at as it is read.
 */
import { allBelow, among, at, below, expect, fields, fresh, list, text, textOrNull } from './json.js'
import { Forest, symbolsIn } from './trees.js'
import type { Tree } from './trees.js'

interface Sort {
  readonly vocabulary: number
  readonly hasEquality: boolean
  readonly list: Lists | undefined
}

/** What makes a sort one of lists: the sort of elements, and three words. */
export interface Lists {
  readonly of: number
  readonly nil: number
  readonly cons: number
  readonly rcons: number
}

interface Word {
  readonly vocabulary: number
  readonly takes: ReadonlyArray<number>
  /** Null for a predicate. */
  readonly gives: number | null
}

export type Grade = 'derived' | 'tested' | 'assumed'

/** The statement of a theorem; its variables are the first symbols. */
export interface Theorem {
  readonly name: string
  readonly vocabulary: number
  readonly grade: Grade
  /** The sorts of all symbols. */
  readonly symbols: ReadonlyArray<number>
  readonly variables: number
  readonly terms: ReadonlyArray<Tree>
  readonly formulas: ReadonlyArray<Tree>
  readonly premises: ReadonlyArray<Tree>
  readonly conclusion: Tree
}

/** What all theorems of a file are about. */
export interface Signature {
  readonly forest: Forest
  /** For each vocabulary, those that it includes. */
  readonly includes: ReadonlyArray<ReadonlySet<number>>
  readonly sorts: ReadonlyArray<Sort>
  readonly words: ReadonlyArray<Word>
}

/** For each vocabulary the names that are taken in it. */
export const noNames = (vocabularies: number): ReadonlyArray<Set<string>> =>
  Array.from({ length: vocabularies }, () => new Set<string>())

/** Notes that a name of a vocabulary is taken. */
export const take = (names: ReadonlyArray<Set<string>>, vocabulary: number, name: string, where: string): void => {
  fresh(name, at(names, vocabulary, where, 'a vocabulary'), where)
}

const readVocabularies = (x: unknown): Signature['includes'] => {
  const names = new Set<string>()
  return list(x, 'vocabularies').map((y, i) => {
    const where = `vocabulary ${i}`
    const given = fields(y, where, ['name', 'includes'])
    fresh(text(given.get('name'), where), names, where)
    return new Set(allBelow(given.get('includes'), i, `${where}, includes`, 'an earlier vocabulary'))
  })
}

/**
 * Whether a vocabulary sees another. All that each one sees is not kept: together it may be more than there is room for.
 */
export const isSeen = ({ includes }: Pick<Signature, 'includes'>, by: number, vocabulary: number): boolean => {
  const found = new Set([by])
  // What is added to a set while one goes through it is visited too. What is included is earlier.
  for (const v of found) for (const u of includes[v] ?? []) if (u >= vocabulary) found.add(u)
  return found.has(vocabulary)
}

const readSorts = (x: unknown, words: number, includes: Signature['includes']): ReadonlyArray<Sort> => {
  const names = noNames(includes.length)
  const all = list(x, 'sorts')
  return all.map((y, i) => {
    const where = `sort ${i}`
    const given = fields(y, where, ['vocabulary', 'name', 'equality'], ['list'])
    const vocabulary = below(given.get('vocabulary'), includes.length, where, 'a vocabulary')
    take(names, vocabulary, text(given.get('name'), where), where)
    const hasEquality = textOrNull(given.get('equality'), `${where}, equality`) !== null
    if (!given.has('list')) return { vocabulary, hasEquality, list: undefined }
    const lists = fields(given.get('list'), `${where}, list`, ['of', 'nil', 'cons', 'rcons'])
    const word = (name: string): number => below(lists.get(name), words, `${where}, list, ${name}`, 'a word')
    const of = below(lists.get('of'), all.length, `${where}, list, of`, 'a sort')
    return { vocabulary, hasEquality, list: { of, nil: word('nil'), cons: word('cons'), rcons: word('rcons') } }
  })
}

const readWords = (
  all: ReadonlyArray<unknown>,
  sorts: ReadonlyArray<Sort>,
  includes: Signature['includes']
): Word[] => {
  const names = noNames(includes.length)
  return all.map((y, i) => {
    const where = `word ${i}`
    const given = fields(y, where, ['vocabulary', 'name', 'takes', 'gives'])
    const vocabulary = below(given.get('vocabulary'), includes.length, where, 'a vocabulary')
    take(names, vocabulary, text(given.get('name'), where), where)
    const takes = allBelow(given.get('takes'), sorts.length, `${where}, takes`, 'a sort')
    const gives = given.get('gives') === null ? null : below(given.get('gives'), sorts.length, where, 'a sort, or null')
    for (const s of gives === null ? takes : [...takes, gives])
      expect(
        isSeen({ includes }, vocabulary, at(sorts, s, where, 'a sort').vocabulary),
        where,
        'sorts that its vocabulary sees'
      )
    return { vocabulary, takes, gives }
  })
}

const isList = (word: Word, takes: ReadonlyArray<number>, gives: number): boolean =>
  word.gives === gives && word.takes.length === takes.length && word.takes.every((s, i) => s === takes[i])

/** Sorts of lists have the words that they need. */
const checkLists = ({ sorts, words, includes }: Omit<Signature, 'forest'>): void => {
  sorts.forEach((sort, self) => {
    if (sort.list === undefined) return
    const { of, nil, cons, rcons } = sort.list
    const where = `sort ${self}, list`
    expect(sort.hasEquality, where, 'an equality of lists')
    expect(
      isSeen({ includes }, sort.vocabulary, at(sorts, of, where, 'a sort').vocabulary),
      where,
      'elements that are seen'
    )
    expect(new Set([nil, cons, rcons]).size === 3, where, 'three different words')
    const words3: ReadonlyArray<readonly [string, number, ReadonlyArray<number>]> = [
      ['nil', nil, []],
      ['cons', cons, [of, self]],
      ['rcons', rcons, [self, of]]
    ]
    for (const [name, w, takes] of words3) {
      const word = at(words, w, where, 'a word')
      expect(isList(word, takes, self), `${where}, ${name}`, `a word that takes [${takes.join()}] and gives ${self}`)
      expect(isSeen({ includes }, sort.vocabulary, word.vocabulary), `${where}, ${name}`, 'a word that is seen')
    }
  })
}

/** Vocabularies, sorts and words. */
export const readSignature = (file: ReadonlyMap<string, unknown>): Signature => {
  const includes = readVocabularies(file.get('vocabularies'))
  const allWords = list(file.get('words'), 'words')
  const sorts = readSorts(file.get('sorts'), allWords.length, includes)
  const words = readWords(allWords, sorts, includes)
  checkLists({ sorts, words, includes })
  return { forest: new Forest(), includes, sorts, words }
}

/** The sort of a term, which is a symbol or a word applied. */
export const sortOf = (
  { words }: Signature,
  symbols: ReadonlyArray<number>,
  t: Tree,
  where: string
): number | null | undefined => (t.kind === 'symbol' ? symbols[t.number] : at(words, t.number, where, 'a word').gives)

/** Where a theorem is read. */
interface Reading {
  readonly signature: Signature
  readonly vocabulary: number
  readonly symbols: ReadonlyArray<number>
}

/** A word that is applied to terms of the sorts that it takes. */
const readApplied = (
  { signature, vocabulary, symbols }: Reading,
  [w, ...args]: ReadonlyArray<unknown>,
  terms: ReadonlyArray<Tree>,
  where: string
): { readonly tree: Tree; readonly gives: number | null } => {
  const number = below(w, signature.words.length, where, 'a word')
  const word = at(signature.words, number, where, 'a word')
  expect(isSeen(signature, vocabulary, word.vocabulary), where, `a word that the vocabulary sees, not word ${number}`)
  expect(args.length === word.takes.length, where, `${word.takes.length} terms for word ${number}`)
  const parts = args.map((t, i) => {
    const part = among(terms, t, where, 'an earlier term')
    const takes = word.takes[i]
    expect(sortOf(signature, symbols, part, where) === takes, where, `a term of sort ${String(takes)} as argument ${i}`)
    return part
  })
  return { tree: signature.forest.make('word', number, parts), gives: word.gives }
}

const readTerms = (x: unknown, reading: Reading, where: string): ReadonlyArray<Tree> => {
  const terms: Tree[] = []
  for (const [i, y] of list(x, `${where}, terms`).entries()) {
    const place = `${where}, term ${i}`
    if (Array.isArray(y)) {
      const { tree, gives } = readApplied(reading, y, terms, place)
      expect(gives !== null, place, 'a function, not a predicate')
      terms.push(tree)
    } else terms.push(reading.signature.forest.symbol(below(y, reading.symbols.length, place, 'a symbol')))
  }
  return terms
}

const readFormula = (
  reading: Reading,
  [tag, ...rest]: ReadonlyArray<unknown>,
  terms: ReadonlyArray<Tree>,
  earlier: ReadonlyArray<Tree>,
  where: string
): Tree => {
  const { signature, symbols } = reading
  const two = (from: ReadonlyArray<Tree>, what: string): readonly [Tree, Tree] => {
    expect(rest.length === 2, where, `two numbers after ${JSON.stringify(tag)}`)
    const [p, q] = allBelow(rest, from.length, where, what)
    return [at(from, p ?? -1, where, what), at(from, q ?? -1, where, what)]
  }
  switch (tag) {
    case 'atom': {
      const { tree, gives } = readApplied(reading, rest, terms, where)
      expect(gives === null, where, 'a predicate, not a function')
      return tree
    }
    case 'equal': {
      const [t, u] = two(terms, 'a term')
      const sort = sortOf(signature, symbols, t, where)
      expect(sort === sortOf(signature, symbols, u, where), where, 'two terms of one sort')
      expect(signature.sorts[sort ?? -1]?.hasEquality === true, where, 'terms of a sort with an equality')
      return signature.forest.equal(t, u)
    }
    case 'and':
    case 'or':
    case 'implies':
      return signature.forest.make(tag, 0, two(earlier, 'an earlier formula'))
    default:
      expect(tag === 'false' && rest.length === 0, where, 'a formula')
      return signature.forest.make('false', 0)
  }
}

const readFormulas = (x: unknown, reading: Reading, terms: ReadonlyArray<Tree>, where: string): Tree[] => {
  const formulas: Tree[] = []
  for (const [i, y] of list(x, `${where}, formulas`).entries()) {
    const place = `${where}, formula ${i}`
    formulas.push(readFormula(reading, list(y, place), terms, formulas, place))
  }
  return formulas
}

const readSymbols = (x: unknown, signature: Signature, vocabulary: number, where: string): ReadonlyArray<number> =>
  list(x, `${where}, symbols`).map((y, i) => {
    const place = `${where}, symbol ${i}`
    const given = fields(y, place, ['name', 'sort'])
    text(given.get('name'), place)
    const sort = below(given.get('sort'), signature.sorts.length, place, 'a sort')
    const isVisible = isSeen(signature, vocabulary, at(signature.sorts, sort, place, 'a sort').vocabulary)
    expect(isVisible, place, 'a sort that the vocabulary sees')
    return sort
  })

const readGrade = (x: unknown, where: string): Grade => {
  expect(x === 'derived' || x === 'tested' || x === 'assumed', where, '"derived", "tested" or "assumed"')
  return x
}

/** The statement of a theorem. */
export const readTheorem = (signature: Signature, given: ReadonlyMap<string, unknown>, where: string): Theorem => {
  const vocabulary = below(given.get('vocabulary'), signature.includes.length, where, 'a vocabulary')
  const symbols = readSymbols(given.get('symbols'), signature, vocabulary, where)
  const variables = below(given.get('variables'), symbols.length + 1, `${where}, variables`, 'variables')
  const reading = { signature, vocabulary, symbols }
  const terms = readTerms(given.get('terms'), reading, where)
  const formulas = readFormulas(given.get('formulas'), reading, terms, where)
  const stated = (x: unknown, place: string): Tree => {
    const formula = among(formulas, x, place, 'a formula')
    for (const s of symbolsIn(formula)) expect(s < variables, place, `variables only, not symbol ${s}`)
    return formula
  }
  return {
    name: text(given.get('name'), where),
    vocabulary,
    grade: readGrade(given.get('grade'), `${where}, grade`),
    symbols,
    variables,
    terms,
    formulas,
    premises: list(given.get('premises'), `${where}, premises`).map((x, i) => stated(x, `${where}, premise ${i}`)),
    conclusion: stated(given.get('conclusion'), `${where}, conclusion`)
  }
}
