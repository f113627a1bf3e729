/**
 * Whether a derivation is right: each node has one formula, which is computed from those of earlier nodes.
 */
import { allBelow, among, at, below, expect, fields, list, Wrong } from './json.js'
import { isSeen, sortOf } from './file.js'
import type { Lists, Signature, Theorem } from './file.js'
import { symbolsIn } from './trees.js'
import type { Kind, Tree } from './trees.js'

/** A part of the argument in which something is supposed. */
interface Scope {
  readonly parent: number
  /** Undefined for the whole argument. */
  readonly hypothesis: Tree | undefined
  readonly symbols: ReadonlyArray<number>
}

/** A variable of a sort of lists. */
interface Induction {
  readonly variable: number
  readonly lists: Lists
}

/** A derivation as far as it has been looked at. */
interface Argument {
  readonly signature: Signature
  /** The theorem that is derived, and those before it. */
  readonly goal: Theorem
  readonly earlier: ReadonlyArray<Theorem>
  readonly induction: Induction | undefined
  readonly scopes: ReadonlyArray<Scope>
  /** The scope that introduces a symbol: that of the whole argument, of a variable. */
  readonly introduced: ReadonlyMap<number, number>
  /** For each node its scope and its formula. */
  readonly nodes: Array<{ readonly scope: number; readonly formula: Tree }>
}

/** Scopes, and where symbols are introduced. */
type Scopes = Pick<Argument, 'scopes' | 'introduced'>

/** Whether a symbol is visible in a scope. */
const isKnown = (all: Scopes, x: number, scope: number): boolean => {
  const by = all.introduced.get(x)
  return by !== undefined && isWithin(all, scope, by)
}

/** Whether a tree is visible in a scope. */
const isVisible = (all: Scopes, tree: Tree, scope: number): boolean =>
  symbolsIn(tree).every((x) => isKnown(all, x, scope))

/** Whether a scope is within another. */
const isWithin = ({ scopes }: Pick<Scopes, 'scopes'>, scope: number, other: number): boolean => {
  // The parent of a scope has a smaller number.
  for (let s = scope; s >= other; s = scopes[s]?.parent ?? -1) if (s === other) return true
  return false
}

const readScopes = (x: unknown, { symbols, variables, formulas }: Theorem, where: string): Scopes => {
  const introduced = new Map(Array.from({ length: variables }, (_, v) => [v, 0]))
  const scopes: Scope[] = []
  for (const [i, y] of list(x, `${where}, scopes`).entries()) {
    const place = `${where}, scope ${i}`
    if (i === 0) {
      expect(y === null, place, 'null, the whole argument')
      scopes.push({ parent: -1, hypothesis: undefined, symbols: [] })
      continue
    }
    const entry = list(y, place)
    expect(entry.length === 3, place, '[parent, hypothesis, symbols]')
    const parent = below(entry[0], i, place, 'an earlier scope')
    const hypothesis = among(formulas, entry[1], place, 'a formula')
    const own = allBelow(entry[2], symbols.length, place, 'a symbol')
    expect(own.length === 0 || own.length === 2, place, 'two symbols, or none')
    for (const s of own) {
      expect(!introduced.has(s), place, `symbols that are introduced here alone, not symbol ${s}`)
      introduced.set(s, i)
    }
    scopes.push({ parent, hypothesis, symbols: own })
    expect(isVisible({ scopes, introduced }, hypothesis, i), place, 'a hypothesis of symbols that are visible')
  }
  expect(scopes.length > 0, `${where}, scopes`, 'the whole argument as scope 0')
  return { scopes, introduced }
}

/** The variable by which there is an induction: its sort is one of lists. */
const readInduction = (x: unknown, signature: Signature, { symbols, variables }: Theorem, where: string): Induction => {
  const variable = below(x, variables, `${where}, induction`, 'a variable')
  const lists = signature.sorts[symbols[variable] ?? -1]?.list
  expect(lists !== undefined, `${where}, induction`, 'a variable of a sort of lists')
  return { variable, lists }
}

/** A node that is looked at: its place, what it says after its rule, and what it may refer to. */
interface Step {
  readonly argument: Argument
  readonly where: string
  readonly scope: number
  readonly args: ReadonlyArray<unknown>
}

const scopeAt = ({ argument, where }: Step, i: number): Scope => at(argument.scopes, i, where, 'a scope')
const scopeIn = ({ argument, where }: Step, x: unknown): number => below(x, argument.scopes.length, where, 'a scope')

/** The formula of a node that this one uses in a scope. */
const used = ({ argument, where }: Step, x: unknown, scope: number): Tree => {
  const node = among(argument.nodes, x, where, 'an earlier node')
  expect(isWithin(argument, scope, node.scope), where, `a node of a scope around scope ${scope}, not node ${String(x)}`)
  return node.formula
}

/** The same, where the formula is of one kind: its parts. */
const usedParts = (step: Step, x: unknown, kind: Kind): readonly [Tree, Tree] => {
  const { kind: found, parts } = used(step, x, step.scope)
  const [p, q] = parts
  if (found !== kind || p === undefined || q === undefined) throw new Wrong(step.where, `a node with "${kind}"`)
  return [p, q]
}

const formulaIn = (step: Step, x: unknown): Tree => {
  const { formulas } = step.argument.goal
  return among(formulas, x, step.where, 'a formula')
}

/** A term that is visible in the scope of the node. */
const termIn = (step: Step, x: unknown): Tree => {
  const { terms } = step.argument.goal
  const term = among(terms, x, step.where, 'a term')
  expect(isVisible(step.argument, term, step.scope), step.where, 'a term of symbols that are visible')
  return term
}

/** The sort of a term of the theorem. */
const sortIn = ({ argument: { signature, goal }, where }: Step, t: Tree): number => {
  const sort = sortOf(signature, goal.symbols, t, where)
  if (typeof sort !== 'number') throw new Wrong(where, 'a term')
  return sort
}

/** A branch of the scope of the node: its hypothesis. */
const branch = (step: Step, x: unknown, symbols: 0 | 2): Scope & { readonly hypothesis: Tree } => {
  const { parent, hypothesis, symbols: own } = scopeAt(step, scopeIn(step, x))
  if (hypothesis === undefined || parent !== step.scope) throw new Wrong(step.where, `a branch of scope ${step.scope}`)
  expect(own.length === symbols, step.where, symbols === 0 ? 'a branch without symbols' : 'a branch with two symbols')
  return { parent, hypothesis, symbols: own }
}

/** The formula that two nodes have, each in its own scope. */
const common = (step: Step, [c, n, d, m]: readonly [unknown, unknown, unknown, unknown]): Tree => {
  const formula = used(step, n, scopeIn(step, c))
  expect(used(step, m, scopeIn(step, d)) === formula, step.where, 'one formula in both branches')
  return formula
}

/** A theorem applied: its conclusion, with terms for its variables. */
const apply = (
  step: Step,
  theorem: Theorem,
  termNumbers: unknown,
  nodeNumbers: unknown
): { readonly terms: ReadonlyArray<Tree>; readonly formula: Tree } => {
  const { where, argument, scope } = step
  const { forest } = argument.signature
  const terms = list(termNumbers, where).map((t) => termIn(step, t))
  expect(terms.length === theorem.variables, where, `${theorem.variables} terms for «${theorem.name}»`)
  terms.forEach((t, v) => {
    const sort = theorem.symbols[v]
    expect(sortIn(step, t) === sort, where, `a term of sort ${String(sort)} for variable ${v} of «${theorem.name}»`)
  })
  const values = new Map(terms.entries())
  const given = list(nodeNumbers, where).map((n) => used(step, n, scope))
  expect(given.length === theorem.premises.length, where, `${theorem.premises.length} nodes for «${theorem.name}»`)
  theorem.premises.forEach((p, i) => {
    expect(forest.replace(p, values) === given[i], where, `a node with premise ${i} of «${theorem.name}»`)
  })
  return { terms, formula: forest.replace(theorem.conclusion, values) }
}

/** The shorter list that a hypothesis says a list is made of. */
const shorter = (equation: Tree | undefined, list0: Tree, { cons, rcons }: Lists): Tree | undefined => {
  const [left, right] = equation?.kind === 'equal' ? equation.parts : []
  if (left !== list0 || right?.kind !== 'word') return undefined
  return right.number === cons ? right.parts[1] : right.number === rcons ? right.parts[0] : undefined
}

/** The theorem that is derived, applied to a list that is shorter by one hypothesis after the other. */
const again = (step: Step, [ts, ms, cs]: ReadonlyArray<unknown>): Tree => {
  const { argument, where, scope } = step
  const { goal, induction, signature } = argument
  if (induction === undefined) throw new Wrong(where, 'a derivation with "induction"')
  const { variable, lists } = induction
  const { terms, formula } = apply(step, goal, ts, ms)
  const chain = allBelow(cs, argument.scopes.length, where, 'a scope')
  expect(chain.length > 0, where, 'a hypothesis at least by which the list is shorter')
  let part = signature.forest.symbol(variable)
  for (const c of chain) {
    expect(isWithin(argument, scope, c), where, `a scope around scope ${scope}, not ${c}`)
    const next = shorter(scopeAt(step, c).hypothesis, part, lists)
    if (next === undefined) throw new Wrong(where, `a hypothesis of scope ${c} that takes one element off the list`)
    part = next
  }
  expect(terms[variable] === part, where, 'the list that the hypotheses come to, for the variable of the induction')
  return formula
}

/** One side of an equation, put in the place of the other. */
const substitute = (step: Step, [m, x, f, n]: ReadonlyArray<unknown>): Tree => {
  const { argument, where, scope } = step
  const { signature, goal } = argument
  const [t, u] = usedParts(step, m, 'equal')
  const hole = below(x, goal.symbols.length, where, 'a symbol')
  expect(!isKnown(argument, hole, scope), where, 'a symbol that is not visible, for the hole')
  expect(goal.symbols[hole] === sortIn(step, t), where, 'a hole of the sort of the terms')
  const formula = formulaIn(step, f)
  for (const s of symbolsIn(formula))
    expect(s === hole || isKnown(argument, s, scope), where, `symbols that are visible, not ${s}`)
  const before = signature.forest.replace(formula, new Map([[hole, t]]))
  expect(used(step, n, scope) === before, where, 'a node with the formula, the left term in the hole')
  return signature.forest.replace(formula, new Map([[hole, u]]))
}

/** A list is empty, or has a first and a last element. */
const split = (step: Step, [end, t, c, n, d, m]: ReadonlyArray<unknown>): Tree => {
  const { argument, where } = step
  const { signature } = argument
  const { forest } = signature
  expect(end === 'left' || end === 'right', where, '"left" or "right"')
  const whole = termIn(step, t)
  const self = sortIn(step, whole)
  const lists = signature.sorts[self]?.list
  if (lists === undefined) throw new Wrong(where, 'a term of a sort of lists')
  const empty = forest.equal(whole, forest.make('word', lists.nil))
  expect(branch(step, c, 0).hypothesis === empty, where, 'a branch in which the list is empty')
  const longer = branch(step, d, 2)
  const [element, rest] = longer.symbols.map((x) => forest.symbol(x))
  if (element === undefined || rest === undefined) throw new Wrong(where, 'a branch with two symbols')
  // A hypothesis that is this one has an element and a list in these places: it was read with the sorts of its words.
  const made =
    end === 'left'
      ? forest.make('word', lists.cons, [element, rest])
      : forest.make('word', lists.rcons, [rest, element])
  expect(longer.hypothesis === forest.equal(whole, made), where, `a branch with an element at the ${end}`)
  return common(step, [c, n, d, m])
}

/** How many things each rule has after its name. */
const LENGTHS: ReadonlyMap<unknown, number> = new Map(
  Object.entries({
    ...{ premise: 1, hypothesis: 1, apply: 3, again: 3, both: 2, left: 1, right: 1, inLeft: 2, inRight: 2, cases: 5 },
    ...{ suppose: 2, detach: 2, absurd: 2, decide: 4, refl: 1, substitute: 4, split: 6 }
  })
)

/** Two cases, of which one must be; each branch has the hypothesis that its case has. */
const cases = (step: Step, [m, c, n1, d, n2]: ReadonlyArray<unknown>): Tree => {
  const [p, q] = usedParts(step, m, 'or')
  expect(branch(step, c, 0).hypothesis === p, step.where, 'a branch with the first case')
  expect(branch(step, d, 0).hypothesis === q, step.where, 'a branch with the second case')
  return common(step, [c, n1, d, n2])
}

/** Something holds, or implies what is false. */
const decide = (step: Step, [c, n1, d, n2]: ReadonlyArray<unknown>): Tree => {
  const { forest } = step.argument.signature
  const not = forest.make('implies', 0, [branch(step, c, 0).hypothesis, forest.make('false', 0)])
  expect(branch(step, d, 0).hypothesis === not, step.where, 'a branch with the opposite of the first')
  return common(step, [c, n1, d, n2])
}

/** The formula of a node. */
const formulaOf = (rule: unknown, step: Step): Tree => {
  const { argument, where, scope, args } = step
  const { goal, earlier, signature } = argument
  const { forest } = signature
  const [a, b, c] = args
  switch (rule) {
    case 'premise':
      return among(goal.premises, a, where, 'a premise')
    case 'hypothesis': {
      const of = scopeIn(step, a)
      const { hypothesis } = scopeAt(step, of)
      if (hypothesis === undefined) throw new Wrong(where, 'a scope with a hypothesis')
      expect(isWithin(argument, scope, of), where, `a hypothesis of a scope around scope ${scope}, not of ${of}`)
      return hypothesis
    }
    case 'apply': {
      const theorem = among(earlier, a, where, 'an earlier theorem')
      expect(
        isSeen(signature, goal.vocabulary, theorem.vocabulary),
        where,
        `a theorem of a vocabulary that is seen, not «${theorem.name}»`
      )
      return apply(step, theorem, b, c).formula
    }
    case 'again':
      return again(step, args)
    case 'both':
      return forest.make('and', 0, [used(step, a, scope), used(step, b, scope)])
    case 'left':
      return usedParts(step, a, 'and')[0]
    case 'right':
      return usedParts(step, a, 'and')[1]
    case 'inLeft':
      return forest.make('or', 0, [used(step, a, scope), formulaIn(step, b)])
    case 'inRight':
      return forest.make('or', 0, [formulaIn(step, a), used(step, b, scope)])
    case 'cases':
      return cases(step, args)
    case 'suppose':
      return forest.make('implies', 0, [branch(step, a, 0).hypothesis, used(step, b, scopeIn(step, a))])
    case 'detach': {
      const [p, q] = usedParts(step, a, 'implies')
      expect(used(step, b, scope) === p, where, 'a node with what is implied from')
      return q
    }
    case 'absurd':
      expect(used(step, a, scope).kind === 'false', where, 'a node with "false"')
      return formulaIn(step, b)
    case 'decide':
      return decide(step, args)
    case 'refl': {
      const t = termIn(step, a)
      expect(signature.sorts[sortIn(step, t)]?.hasEquality === true, where, 'a term of a sort with an equality')
      return forest.equal(t, t)
    }
    case 'substitute':
      return substitute(step, args)
    default:
      return split(step, args)
  }
}

/** Checks the derivation of a theorem. */
export const checkDerivation = (
  signature: Signature,
  earlier: ReadonlyArray<Theorem>,
  goal: Theorem,
  x: unknown,
  where: string
): void => {
  const given = fields(x, `${where}, derivation`, ['scopes', 'nodes', 'root'], ['induction'])
  const { scopes, introduced } = readScopes(given.get('scopes'), goal, where)
  const induction = given.has('induction') ? readInduction(given.get('induction'), signature, goal, where) : undefined
  const argument: Argument = { signature, goal, earlier, induction, scopes, introduced, nodes: [] }
  for (const [i, y] of list(given.get('nodes'), `${where}, nodes`).entries()) {
    const place = `${where}, node ${i}`
    const [s, rule, ...args] = list(y, place)
    const scope = below(s, scopes.length, place, 'a scope')
    const length = LENGTHS.get(rule)
    expect(length !== undefined, place, 'the name of a rule')
    expect(args.length === length, place, `${length} more after "${String(rule)}"`)
    const formula = formulaOf(rule, { argument, where: place, scope, args })
    expect(isVisible(argument, formula, scope), place, 'a formula of symbols that are visible')
    argument.nodes.push({ scope, formula })
  }
  const root = among(argument.nodes, given.get('root'), `${where}, root`, 'a node')
  expect(root.scope === 0, `${where}, root`, 'a node of scope 0')
  expect(root.formula === goal.conclusion, `${where}, root`, 'a node with the conclusion of the theorem')
}
