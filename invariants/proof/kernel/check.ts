/**
 * The rules: what a node of a derivation proves, and when a derivation is right. `docs/derivations.md` says the same in words.
 *
 * `inferred` is asked for each node when it is made, so that a mistake is reported where it is; `checked` asks it again for
 * all nodes when the derivation is finished, and that is what counts.
 */
import {
  application,
  compound,
  equation,
  falsum,
  negation,
  replacing,
  show,
  showing,
  symbolsIn,
  Unsound
} from './data.js'
import type { Connective, Equation, Formula, Symbol_, Tables, Term, Vocabulary } from './data.js'
import { append, each, freeze, has } from './realm.js'

/** What a theorem says, of variables of its own. */
export interface Statement {
  readonly name: string
  readonly vocabulary: Vocabulary
  readonly tables: Tables
  readonly variables: ReadonlyArray<Symbol_>
  readonly premises: ReadonlyArray<Formula>
  readonly conclusion: Formula
  /** The variable on which the derivation goes by induction, by its place. */
  readonly induction: number | undefined
  /** How it is known. */
  readonly grade: 'derived' | 'tested' | 'assumed'
  /** Its place among all theorems that are finished: missing until it is. */
  order: number | undefined
}

/** A part of a derivation in which something is supposed, and in which there may be two symbols more. */
export interface Scope {
  readonly parent: number
  readonly hypothesis: Formula
  readonly symbols: ReadonlyArray<Symbol_>
}

export type RuleName =
  | 'premise'
  | 'hypothesis'
  | 'apply'
  | 'again'
  | 'both'
  | 'left'
  | 'right'
  | 'inLeft'
  | 'inRight'
  | 'cases'
  | 'suppose'
  | 'detach'
  | 'absurd'
  | 'decide'
  | 'refl'
  | 'substitute'
  | 'split'

/** A step of a derivation. Which fields there are depends on the rule. */
export interface Node {
  readonly rule: RuleName
  readonly scope: number
  /** The nodes that it uses in its own scope. */
  readonly from: ReadonlyArray<number>
  /** The nodes that it uses in scopes of their own. */
  readonly branches: ReadonlyArray<{ readonly scope: number; readonly node: number }>
  /** The place of a premise, or the scope of a hypothesis. */
  readonly index?: number
  readonly theorem?: Statement
  readonly terms?: ReadonlyArray<Term>
  readonly formula?: Formula
  readonly hole?: Symbol_
  readonly end?: End
  /** The scopes whose hypotheses say that a list is a part of another. */
  readonly by?: ReadonlyArray<number>
}

export type End = 'left' | 'right'

/** A derivation, finished or not. */
export interface Derivation {
  readonly statement: Statement
  /** The scope 0 is that of the theorem, and has no entry that means anything. */
  readonly scopes: ReadonlyArray<Scope>
  readonly nodes: ReadonlyArray<Node>
}

/** Both must be the same formula. */
export const same = (wanted: Formula, got: Formula | undefined, where: string): void => {
  if (wanted === got) return
  const shown = showing(got === undefined ? [wanted] : [wanted, got])
  throw new Unsound(
    `${where}: wanted a proof of «${shown(wanted)}», got one of «${got === undefined ? 'nothing' : shown(got)}»`
  )
}

/** The scopes that a scope is in, from itself to that of the theorem. */
export const around = ({ scopes }: Derivation, scope: number): ReadonlyArray<number> => {
  const found: number[] = []
  for (let c = scope; c > 0; c = (scopes[c] as Scope).parent) append(found, c)
  append(found, 0)
  return found
}

/** The symbols that a scope may speak of. */
const visible = (d: Derivation, scope: number): ReadonlyArray<Symbol_> => {
  const found: Symbol_[] = []
  each(d.statement.variables, (v) => append(found, v))
  each(around(d, scope), (c) => c > 0 && each((d.scopes[c] as Scope).symbols, (x) => append(found, x)))
  return found
}

/** A formula speaks of nothing that its scope does not know. */
const demandVisible = (d: Derivation, scope: number, f: Formula, except?: Symbol_): void => {
  const known = visible(d, scope)
  symbolsIn([f], (x) => {
    if (x !== except && !has(known, x)) throw new Unsound(`«${show(f)}»: «${x.name}» is used outside its branch`)
  })
}

/** The formula of a node, which another node uses in a scope. */
const used = (d: Derivation, formulas: ReadonlyArray<Formula>, scope: number, node: number | undefined): Formula => {
  const formula = node === undefined ? undefined : formulas[node]
  if (formula === undefined) throw new Unsound('a node uses one that does not stand before it')
  if (!has(around(d, scope), (d.nodes[node as number] as Node).scope))
    throw new Unsound(`the hypothesis «${hypothesisAround(d, node as number)}» is used outside its branch`)
  return formula
}

/** The hypothesis under which a node stands that is in no scope around another, and so not in that of the theorem. */
const hypothesisAround = (d: Derivation, node: number): string =>
  show((d.scopes[(d.nodes[node] as Node).scope] as Scope).hypothesis)

/** The parts of a formula that is made by a connective. */
const parts = (f: Formula, connective: Connective): { readonly left: Formula; readonly right: Formula } => {
  if (f.tag !== connective) throw new Unsound(`«${show(f)}» has no such part`)
  return f
}

export const equationOf = (f: Formula): Equation => {
  if (f.tag !== 'equal') throw new Unsound(`«${show(f)}» is not an equation`)
  return f
}

/** The formula that a node proves. */
export const inferred = (d: Derivation, formulas: ReadonlyArray<Formula>, node: Node): Formula => {
  const formula = byRule(d, formulas, node)
  demandVisible(d, node.scope, formula)
  return formula
}

const byRule = (d: Derivation, formulas: ReadonlyArray<Formula>, node: Node): Formula => {
  const { tables } = d.statement
  const from = (i: number): Formula => used(d, formulas, node.scope, node.from[i])
  switch (node.rule) {
    case 'premise': {
      const premise = d.statement.premises[node.index ?? -1]
      if (premise === undefined) throw new Unsound('there is no such premise')
      return premise
    }
    case 'hypothesis': {
      const { index = 0, scope } = node
      const supposed = d.scopes[index]
      if (index === 0 || supposed === undefined) throw new Unsound('there is no such hypothesis')
      if (!has(around(d, scope), index))
        throw new Unsound(`the hypothesis «${show(supposed.hypothesis)}» is used outside its branch`)
      return supposed.hypothesis
    }
    case 'both':
      return compound(tables, 'and', from(0), from(1))
    case 'left':
      return parts(from(0), 'and').left
    case 'right':
      return parts(from(0), 'and').right
    case 'inLeft':
      return compound(tables, 'or', from(0), formulaOf(node))
    case 'inRight':
      return compound(tables, 'or', formulaOf(node), from(0))
    case 'detach': {
      const { left, right } = parts(from(0), 'implies')
      same(left, from(1), right.tag === 'false' ? 'contradiction' : 'apply')
      return right
    }
    case 'absurd':
      same(falsum, from(0), 'absurd')
      return formulaOf(node)
    case 'refl':
      return reflexive(d, node)
    case 'substitute':
      return substituted(d, node, from(0), from(1))
    case 'apply':
    case 'again':
      return applied(
        d,
        node,
        each(node.from, (_, i) => from(i))
      )
    default:
      return branched(d, formulas, node)
  }
}

const formulaOf = ({ formula }: Node): Formula => {
  if (formula === undefined) throw new Unsound('a formula is missing')
  return formula
}

/** What is proved in a branch: a scope right below that of the node, with this hypothesis and so many symbols. */
const branch = (d: Derivation, formulas: ReadonlyArray<Formula>, node: Node, i: number, symbols: number) => {
  const { scope, node: proved } = node.branches[i] ?? { scope: 0, node: -1 }
  const opened = d.scopes[scope]
  if (scope === 0 || opened?.parent !== node.scope || opened.symbols.length !== symbols)
    throw new Unsound(`${node.rule}: a branch is missing`)
  return { ...opened, proves: used(d, formulas, scope, proved) }
}

/** Both branches prove one formula. */
const joined = (one: Formula, other: Formula, where: string): Formula => {
  same(one, other, where)
  return one
}

const branched = (d: Derivation, formulas: ReadonlyArray<Formula>, node: Node): Formula => {
  const { tables } = d.statement
  const yes = branch(d, formulas, node, 0, 0)
  if (node.rule === 'suppose') return compound(tables, 'implies', yes.hypothesis, yes.proves)
  const no = branch(d, formulas, node, 1, node.rule === 'split' ? 2 : 0)
  switch (node.rule) {
    case 'cases': {
      const { left, right } = parts(used(d, formulas, node.scope, node.from[0]), 'or')
      same(left, yes.hypothesis, 'cases')
      same(right, no.hypothesis, 'cases')
      break
    }
    case 'decide':
      same(negation(tables, yes.hypothesis), no.hypothesis, 'cases')
      break
    case 'split': {
      const list = node.terms?.[0]
      if (list === undefined) throw new Unsound('list: a term is missing')
      same(emptiness(tables, list), yes.hypothesis, 'list')
      same(
        composition(tables, list, no.symbols[0] as Symbol_, no.symbols[1] as Symbol_, node.end),
        no.hypothesis,
        'list'
      )
      break
    }
    default:
      throw new Unsound(`there is no rule ${node.rule}`)
  }
  return joined(yes.proves, no.proves, node.rule === 'split' ? 'list' : 'cases')
}

/** The sort of a list, and its words. */
export const listOf = (list: Term) => {
  const { sort } = list
  if (sort?.list === undefined) throw new Unsound(`«${show(list)}» is not a list`)
  return { sort, ...sort.list }
}

/** The list is empty. */
export const emptiness = (tables: Tables, list: Term): Formula => {
  const { sort, nil } = listOf(list)
  return equation(tables, sort, list, application(tables, nil, []))
}

/** The list is an element in front of a list, or after one. */
export const composition = (tables: Tables, list: Term, x: Term, rest: Term, end: End | undefined): Formula => {
  const { sort, cons, rcons } = listOf(list)
  return equation(
    tables,
    sort,
    list,
    end === 'left' ? application(tables, cons, [x, rest]) : application(tables, rcons, [rest, x])
  )
}

const reflexive = (d: Derivation, { terms }: Node): Formula => {
  const term = terms?.[0]
  if (term?.sort === undefined) throw new Unsound('refl: a term is missing')
  return equation(d.statement.tables, term.sort, term, term)
}

const substituted = (d: Derivation, { hole, formula, scope }: Node, eq: Formula, p: Formula): Formula => {
  const { sort, left, right } = equationOf(eq)
  if (hole?.sort !== sort || formula === undefined) throw new Unsound('substitute: the hole is of another sort')
  if (has(visible(d, scope), hole)) throw new Unsound('substitute: the hole is a symbol of the derivation')
  demandVisible(d, scope, formula, hole)
  const fill = (by: Term): Formula => replacing(d.statement.tables, (x) => (x === hole ? by : x))(formula)
  same(fill(left), p, 'substitute')
  return fill(right)
}

const applied = (d: Derivation, node: Node, from: ReadonlyArray<Formula>): Formula => {
  const { rule, theorem, terms = [] } = node
  if (theorem === undefined) throw new Unsound('a theorem is missing')
  const { name, variables, premises, conclusion, vocabulary } = theorem
  if (rule === 'again') demandSmaller(d, node, terms)
  else if (theorem.order === undefined || theorem === d.statement)
    throw new Unsound(`${d.statement.name}: its derivation uses «${name}», which is not finished before it`)
  if (!has(d.statement.vocabulary.sees, vocabulary))
    throw new Unsound(`${name} speaks of ${vocabulary.name}, which ${d.statement.vocabulary.name} does not include`)
  if (terms.length !== variables.length) throw new Unsound(`${name} is about ${variables.length} terms`)
  each(variables, (v, i) => {
    const term = terms[i] as Term
    if (term.sort !== v.sort) throw new Unsound(`${name}: «${show(term)}» is of another sort than «${v.name}»`)
  })
  const known = visible(d, node.scope)
  symbolsIn(terms, (x) => {
    if (!has(known, x)) throw new Unsound(`${name}: «${x.name}» is used outside its branch`)
  })
  if (from.length > premises.length)
    throw new Unsound(`${name}: it has ${premises.length} premises, not ${from.length}`)
  const instance = replacing(d.statement.tables, (x) => terms[x.index] as Term)
  each(premises, (premise, i) => {
    same(instance(premise), from[i], name)
  })
  return instance(conclusion)
}

/** The list that an equation says another one to be an element and a rest of: the rest. */
export const restOf = (f: Formula, list: Term): Term | undefined => {
  if (f.tag !== 'equal' || f.left !== list || f.right.tag !== 'application') return undefined
  const { word, args } = f.right
  const { cons, rcons } = listOf(list)
  return word === cons ? args[1] : word === rcons ? args[0] : undefined
}

const demandSmaller = (d: Derivation, { theorem, by = [], scope }: Node, terms: ReadonlyArray<Term>): void => {
  const { statement } = d
  const variable = statement.variables[statement.induction ?? -1]
  if (theorem !== statement || variable === undefined)
    throw new Unsound(`${statement.name} is not derived by induction`)
  const known = around(d, scope)
  let list: Term = variable
  each(by, (c) => {
    if (c === 0 || !has(known, c)) throw new Unsound('a hypothesis is used outside its branch')
    const rest = restOf((d.scopes[c] as Scope).hypothesis, list)
    if (rest === undefined) throw new Unsound('a hypothesis does not say that a list is a part of another')
    list = rest
  })
  if (by.length === 0 || terms[variable.index] !== list)
    throw new Unsound(
      `${statement.name}: the induction hypothesis is used for something not smaller than «${variable.name}»`
    )
}

/**
 * A finished derivation is right: all its scopes and nodes are, and the last node proves the conclusion. What each node
 * proves is the result.
 */
export const checked = (d: Derivation): ReadonlyArray<Formula> => {
  const introduced: Symbol_[] = []
  each(d.statement.variables, (v) => append(introduced, v))
  each(d.scopes, ({ parent, hypothesis, symbols }, c) => {
    if (c === 0) return
    if (!(parent < c)) throw new Unsound('a scope is within one that does not stand before it')
    each(symbols, (x) => {
      if (has(introduced, x)) throw new Unsound(`«${x.name}» is introduced twice`)
      append(introduced, x)
    })
    demandVisible(d, c, hypothesis)
  })
  const formulas: Formula[] = []
  each(d.nodes, (node) => append(formulas, inferred(d, formulas, node)))
  const last = d.nodes.length - 1
  // The last node is used in the scope of the theorem.
  used(d, formulas, 0, last)
  same(d.statement.conclusion, formulas[last], d.statement.name)
  return freeze(formulas)
}
