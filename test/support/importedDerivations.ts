/**
 * A file of derivations as the kernel has them: so that its rules can be asked about files that no kernel has made.
 *
 * The kernel never reads a file. What is looked at here is what the kernel sees to while derivations are written: that
 * numbers refer to something, and words have the arguments that they take.
 */
import { checked } from '../../invariants/proof/kernel/check.js'
import type { Node, RuleName, Scope, Statement } from '../../invariants/proof/kernel/check.js'
import {
  application,
  atom,
  compound,
  equation,
  falsum,
  fresh,
  symbolsIn,
  tablesOf
} from '../../invariants/proof/kernel/data.js'
import type { Formula, Sort, Symbol_, Term, Vocabulary, Word } from '../../invariants/proof/kernel/data.js'
import { table } from '../../invariants/proof/kernel/realm.js'
import type { DerivationsFile, TheoremFile } from '../invariants/proof/check/lists.js'

/** Stops where something is not as it is written in a file. */
const demand: (isSo: boolean, what: string) => asserts isSo = (isSo, what) => {
  if (!isSo) throw new Error(`not in the format: ${what}`)
}

const pick = <X>(all: ReadonlyArray<X>, i: unknown, what: string): X => {
  const x = typeof i === 'number' && Number.isInteger(i) && i >= 0 ? all[i] : undefined
  demand(x !== undefined, what)
  return x
}

const listOf = (x: unknown, what: string): ReadonlyArray<unknown> => {
  demand(Array.isArray(x), what)
  return x
}

interface Signature {
  readonly vocabularies: ReadonlyArray<Vocabulary>
  readonly sorts: ReadonlyArray<Sort>
  readonly words: ReadonlyArray<Word>
}

/** Vocabularies, sorts and words of a file in which these are right. */
export const importedSignature = (file: DerivationsFile): Signature => {
  const vocabularies: Vocabulary[] = []
  for (const { name, includes: numbers } of file.vocabularies) {
    const includes = numbers.map((i) => pick(vocabularies, i, 'a vocabulary'))
    const vocabulary = { name, includes, sees: [] as Vocabulary[] }
    vocabulary.sees.push(...new Set([vocabulary, ...includes.flatMap((v) => v.sees)]))
    vocabularies.push(vocabulary)
  }
  const sorts = file.sorts.map(
    ({ vocabulary, name, equality }): Sort => ({
      vocabulary: pick(vocabularies, vocabulary, 'a vocabulary'),
      name,
      equality: equality === null ? undefined : { name: equality, equals: Object.is },
      constants: table(),
      list: undefined
    })
  )
  const words = file.words.map(
    ({ vocabulary, name, takes, gives }): Word => ({
      id: fresh(),
      vocabulary: pick(vocabularies, vocabulary, 'a vocabulary'),
      name,
      takes: takes.map((s) => pick(sorts, s, 'a sort')),
      gives: gives === null ? undefined : pick(sorts, gives, 'a sort'),
      run: () => undefined
    })
  )
  file.sorts.forEach(({ list }, i) => {
    if (list === undefined) return
    const word = (name: string): Word => pick(words, list[name], 'a word')
    Object.assign(pick(sorts, i, 'a sort'), {
      list: { of: pick(sorts, list['of'], 'a sort'), nil: word('nil'), cons: word('cons'), rcons: word('rcons') }
    })
  })
  return { vocabularies, sorts, words }
}

/** A theorem that is read: its statement, and what its numbers refer to. */
interface Read {
  readonly statement: Statement
  readonly symbols: ReadonlyArray<Symbol_>
  readonly terms: ReadonlyArray<Term>
  readonly formulas: ReadonlyArray<Formula>
}

const gradeOf = (grade: string): Statement['grade'] => {
  demand(grade === 'derived' || grade === 'tested' || grade === 'assumed', 'a grade')
  return grade
}

const statementOf = (signature: Signature, theorem: TheoremFile, order: number): Read => {
  const vocabulary = pick(signature.vocabularies, theorem.vocabulary, 'a vocabulary')
  const tables = tablesOf(vocabulary)
  const symbols = theorem.symbols.map(({ name, sort: s }, index): Symbol_ => {
    const sort = pick(signature.sorts, s, 'a sort')
    demand(vocabulary.sees.includes(sort.vocabulary), 'a sort that is seen')
    return { tag: 'symbol', id: fresh(), name, index, sort }
  })
  const variables = symbols.slice(0, theorem.variables)
  demand(variables.length === theorem.variables, 'variables')
  const word = (w: unknown): Word => pick(signature.words, w, 'a word')
  const terms: Term[] = []
  for (const entry of theorem.terms)
    if (typeof entry === 'number') terms.push(pick(symbols, entry, 'a symbol'))
    else {
      const [w, ...args] = listOf(entry, 'a term')
      terms.push(
        application(
          tables,
          word(w),
          args.map((t) => pick(terms, t, 'a term'))
        )
      )
    }
  const formulas: Formula[] = []
  for (const [tag, ...rest] of theorem.formulas) {
    const term = (i: number): Term => pick(terms, rest[i], 'a term')
    const part = (i: number): Formula => pick(formulas, rest[i], 'a formula')
    const isOfTwo = rest.length === 2
    if (tag === 'atom')
      formulas.push(
        atom(
          tables,
          word(rest[0]),
          rest.slice(1).map((t) => pick(terms, t, 'a term'))
        )
      )
    else if (tag === 'equal' && isOfTwo) {
      const { sort } = term(0)
      demand(sort !== undefined, 'a sort')
      formulas.push(equation(tables, sort, term(0), term(1)))
    } else if ((tag === 'and' || tag === 'or' || tag === 'implies') && isOfTwo)
      formulas.push(compound(tables, tag, part(0), part(1)))
    else {
      demand(tag === 'false' && rest.length === 0, 'a formula')
      formulas.push(falsum)
    }
  }
  const stated = (i: number): Formula => {
    const formula = pick(formulas, i, 'a formula')
    symbolsIn([formula], (x) => demand(variables.includes(x), 'variables'))
    return formula
  }
  const statement: Statement = {
    name: theorem.name,
    vocabulary,
    tables,
    variables,
    premises: theorem.premises.map(stated),
    conclusion: stated(theorem.conclusion),
    induction: theorem.derivation?.induction,
    grade: gradeOf(theorem.grade),
    order
  }
  return { statement, symbols, terms, formulas }
}

/** Rules that are followed by nodes alone, and by how many. */
const BARE: ReadonlyMap<unknown, readonly [RuleName, number]> = new Map(
  (
    [
      ['both', 2],
      ['left', 1],
      ['right', 1],
      ['detach', 2]
    ] as const
  ).map((one) => [one[0], one])
)

/** A node, from its entry. */
const nodeOf = (
  { statement, symbols, terms, formulas }: Read,
  earlier: ReadonlyArray<Read>,
  scopes: number,
  entry: ReadonlyArray<unknown>
): Node => {
  const [s, rule, ...rest] = entry
  const number = (x: unknown): number => {
    demand(typeof x === 'number' && Number.isInteger(x) && x >= 0, 'a number')
    return x
  }
  const scope = number(s)
  demand(scope < scopes, 'a scope')
  const length = (n: number): void => demand(rest.length === n, 'the length of a node')
  const all = (x: unknown): ReadonlyArray<number> => listOf(x, 'a list').map(number)
  const termsIn = (x: unknown): ReadonlyArray<Term> => listOf(x, 'a list').map((t) => pick(terms, t, 'a term'))
  const formula = (x: unknown): Formula => pick(formulas, x, 'a formula')
  const branch = (c: unknown, n: unknown) => ({ scope: number(c), node: number(n) })
  const bare = { scope, from: [], branches: [] }
  const known = BARE.get(rule)
  if (known !== undefined) {
    length(known[1])
    return { ...bare, rule: known[0], from: rest.map(number) }
  }
  switch (rule) {
    case 'premise':
    case 'hypothesis':
      length(1)
      return { ...bare, rule, index: number(rest[0]) }
    case 'apply':
      length(3)
      return {
        ...bare,
        rule,
        theorem: pick(earlier, rest[0], 'a theorem').statement,
        terms: termsIn(rest[1]),
        from: all(rest[2])
      }
    case 'again':
      length(3)
      return { ...bare, rule, theorem: statement, terms: termsIn(rest[0]), from: all(rest[1]), by: all(rest[2]) }
    case 'inLeft':
    case 'absurd':
      length(2)
      return { ...bare, rule, from: [number(rest[0])], formula: formula(rest[1]) }
    case 'inRight':
      length(2)
      return { ...bare, rule, from: [number(rest[1])], formula: formula(rest[0]) }
    case 'refl':
      length(1)
      return { ...bare, rule, terms: termsIn(rest) }
    case 'substitute':
      length(4)
      return {
        ...bare,
        rule,
        from: [number(rest[0]), number(rest[3])],
        hole: pick(symbols, rest[1], 'a symbol'),
        formula: formula(rest[2])
      }
    case 'suppose':
      length(2)
      return { ...bare, rule, branches: [branch(rest[0], rest[1])] }
    case 'cases':
      length(5)
      return {
        ...bare,
        rule,
        from: [number(rest[0])],
        branches: [branch(rest[1], rest[2]), branch(rest[3], rest[4])]
      }
    case 'decide':
      length(4)
      return { ...bare, rule, branches: [branch(rest[0], rest[1]), branch(rest[2], rest[3])] }
    case 'split': {
      length(6)
      const [end, t, ...branches] = rest
      demand(end === 'left' || end === 'right', 'an end')
      return {
        ...bare,
        rule,
        end,
        terms: termsIn([t]),
        branches: [branch(branches[0], branches[1]), branch(branches[2], branches[3])]
      }
    }
    default:
      throw new Error('not in the format: a rule')
  }
}

/**
 * What the kernel says of the last theorem of a file, which is derived: nothing, if its derivation is right; else why not.
 * The root of the derivation must be its last node, as it is in everything that the kernel makes.
 */
export const refusedByKernel = (signature: Signature, file: DerivationsFile): string | undefined => {
  try {
    const read = file.theorems.map((t, i) => statementOf(signature, t, i))
    const last = pick(read, read.length - 1, 'a theorem')
    const derivation = file.theorems.at(-1)?.derivation
    demand(derivation !== undefined, 'a derivation')
    const { induction } = derivation
    demand(
      induction === undefined || pick(last.statement.variables, induction, 'a variable').sort?.list !== undefined,
      'an induction'
    )
    demand(derivation.root === derivation.nodes.length - 1, 'a root')
    const scopes = derivation.scopes.map((x, c): Scope => {
      if (c === 0) {
        demand(x === null, 'the whole argument')
        return { parent: 0, hypothesis: falsum, symbols: [] }
      }
      const entry = listOf(x, 'a scope')
      demand(entry.length === 3, 'a scope')
      const symbols = listOf(entry[2], 'symbols').map((y) => pick(last.symbols, y, 'a symbol'))
      demand(symbols.length === 0 || symbols.length === 2, 'symbols')
      const parent = entry[0]
      demand(typeof parent === 'number' && Number.isInteger(parent) && parent >= 0, 'a scope')
      return { parent, hypothesis: pick(last.formulas, entry[1], 'a formula'), symbols }
    })
    demand(scopes.length > 0, 'the whole argument')
    const nodes = derivation.nodes.map((entry) =>
      nodeOf(last, read.slice(0, -1), scopes.length, listOf(entry, 'a node'))
    )
    checked({ statement: last.statement, scopes, nodes })
    return undefined
  } catch (e) {
    return e instanceof Error ? e.message : String(e)
  }
}
