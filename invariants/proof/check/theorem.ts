/**
 * The statements of theorems. Everything is looked at as it is read.
 */
import type { Json } from './json.js'
import { Scopes } from './scopes.js'
import { seen } from './signature.js'
import type { Signature, Vocabulary } from './signature.js'
import type { Forest, Tree } from './trees.js'

const GRADES = ['derived', 'tested', 'assumed'] as const
export type Grade = (typeof GRADES)[number]

/** What a theorem says. */
export interface Theorem {
  readonly name: string
  readonly vocabulary: Vocabulary
  readonly grade: Grade
  readonly symbols: ReadonlyArray<Tree>
  /** The first symbols. */
  readonly variables: ReadonlyArray<Tree>
  readonly terms: ReadonlyArray<Tree>
  readonly formulas: ReadonlyArray<Tree>
  readonly premises: ReadonlyArray<Tree>
  readonly conclusion: Tree
  /** Those of its derivation, once it is read. */
  readonly scopes: Scopes
}

/** Where terms and formulas are read. */
interface Tables {
  readonly signature: Signature
  readonly forest: Forest
  readonly vocabulary: Vocabulary
  readonly symbols: ReadonlyArray<Tree>
  readonly terms: Tree[]
  readonly formulas: Tree[]
}

/** A word that is applied to terms of the sorts that it takes. */
const readApplied = (json: Json, { signature, forest, vocabulary, terms }: Tables): Tree => {
  const word = seen(json.next(), signature.words, vocabulary, 'a word')
  const parts = word.takes.map((sort) => {
    const arg = json.next()
    const part = arg.among(terms, 'an earlier term')
    arg.expect(part.sort === sort, `a term of sort ${sort.number}`)
    return part
  })
  return forest.make('word', parts, word.number, word.gives)
}

const readTerm = (json: Json, tables: Tables): Tree => {
  if (!Array.isArray(json.value)) return json.among(tables.symbols, 'a symbol')
  const term = readApplied(json, tables)
  json.end()
  json.expect(term.sort !== null, 'a function, not a predicate')
  return term
}

const readFormula = (json: Json, tables: Tables): Tree => {
  const { forest, terms, formulas } = tables
  const tag = json.next()
  const read = (): Tree => {
    switch (tag.value) {
      case 'atom':
        return readApplied(json, tables)
      case 'equal':
        return forest.make('equal', [json.next().among(terms, 'a term'), json.next().among(terms, 'a term')])
      case 'and':
      case 'or':
      case 'implies': {
        const left = json.next().among(formulas, 'an earlier formula')
        return forest.make(tag.value, [left, json.next().among(formulas, 'an earlier formula')])
      }
      case 'false':
        return forest.make('false')
      default:
        throw tag.wrong('a formula')
    }
  }
  const formula = read()
  json.end()
  json.expect(formula.sort === null, 'a predicate, not a function')
  if (formula.kind === 'equal') {
    const [left, right] = formula.parts
    json.expect(left?.sort === right?.sort, 'two terms of one sort')
    json.expect(left?.sort?.hasEquality === true, 'terms of a sort with an equality')
  }
  return formula
}

/** Those symbols that are variables: so many as it is said, from the first. */
const readVariables = (json: Json, symbols: ReadonlyArray<Tree>): ReadonlyArray<Tree> =>
  symbols.slice(0, json.among([...symbols.keys(), symbols.length], 'variables'))

/** The statement of a theorem. */
export const readTheorem = (field: (name: keyof Theorem) => Json, signature: Signature, forest: Forest): Theorem => {
  const vocabulary = field('vocabulary').among(signature.vocabularies, 'a vocabulary')
  const name = field('name').newName('theorem', vocabulary.names)
  const symbols = field('symbols')
    .list()
    .map((json, number) => {
      const of = json.fields(['name', 'sort'])
      of('name').text()
      return forest.make('symbol', [], number, seen(of('sort'), signature.sorts, vocabulary, 'a sort'))
    })
  const variables = readVariables(field('variables'), symbols)
  const tables: Tables = { signature, forest, vocabulary, symbols, terms: [], formulas: [] }
  for (const json of field('terms').list()) tables.terms.push(readTerm(json, tables))
  for (const json of field('formulas').list()) tables.formulas.push(readFormula(json, tables))
  const scopes = new Scopes(forest, variables)
  const stated = (json: Json): Tree => {
    const formula = json.among(tables.formulas, 'a formula')
    json.expect(scopes.isVisible(formula, scopes.whole), 'variables only')
    return formula
  }
  const premises = field('premises').list().map(stated)
  const conclusion = stated(field('conclusion'))
  const grade = GRADES.find((g) => g === field('grade').value)
  if (grade === undefined) throw field('grade').wrong('"derived", "tested" or "assumed"')
  return { ...tables, name, grade, variables, premises, conclusion, scopes }
}
