/**
 * Whether a derivation is right: each node has one formula, which is computed from those of earlier nodes.
 */
import type { Json } from './json.js'
import type { Scope } from './scopes.js'
import { seen } from './signature.js'
import type { Word } from './signature.js'
import type { Theorem } from './theorem.js'
import type { Forest, Kind, Tree } from './trees.js'

/** A derivation as far as it has been looked at. */
interface Argument {
  readonly forest: Forest
  /** The theorem that is derived, and those before it. */
  readonly goal: Theorem
  readonly earlier: ReadonlyArray<Theorem>
  /** The variable by which there is an induction: its sort is one of lists. */
  readonly induction: Tree | undefined
  readonly nodes: Array<{ readonly scope: Scope; readonly formula: Tree }>
}

/** What a node proves in a branch of its scope. */
interface Branch {
  readonly hypothesis: Tree
  readonly symbols: ReadonlyArray<Tree>
  readonly proves: Tree
}

/** A node that is looked at: what stands after its scope and its rule is read one after another. */
class Step {
  constructor(
    readonly argument: Argument,
    readonly json: Json,
    readonly scope: Scope
  ) {}

  make(kind: Kind, ...parts: ReadonlyArray<Tree>): Tree {
    return this.argument.forest.make(kind, parts)
  }

  /** The formula of a node that this one uses in a scope. */
  used(json = this.json.next(), scope = this.scope): Tree {
    const node = json.among(this.argument.nodes, 'an earlier node')
    json.expect(this.argument.goal.scopes.isWithin(scope, node.scope), 'a node of a scope around this one')
    return node.formula
  }

  /** The same, where the formula is of one kind: its parts. */
  parts(kind: Kind): readonly [Tree, Tree] {
    const { kind: found, parts } = this.used()
    const [p, q] = parts
    if (found !== kind || p === undefined || q === undefined) throw this.json.wrong(`a node with "${kind}"`)
    return [p, q]
  }

  formula(): Tree {
    return this.json.next().among(this.argument.goal.formulas, 'a formula')
  }

  term(json = this.json.next()): Tree {
    const { terms, scopes } = this.argument.goal
    const term = json.among(terms, 'a term')
    json.expect(scopes.isVisible(term, this.scope), 'a term of symbols that are visible')
    return term
  }

  /** A scope that is around the node, and not the whole argument: its hypothesis. */
  supposed(json = this.json.next()): Tree {
    const { scopes } = this.argument.goal
    const around = json.among(scopes.all, 'a scope')
    json.expect(scopes.isWithin(this.scope, around), 'a scope around this one')
    if (around.hypothesis === undefined) throw json.wrong('a scope with a hypothesis')
    return around.hypothesis
  }

  /** A branch of the scope, and a node that is used in it. */
  branch(symbols: 0 | 2 = 0): Branch {
    const json = this.json.next()
    const scope = json.among(this.argument.goal.scopes.all, 'a scope')
    const { hypothesis, symbols: own } = scope
    if (hypothesis === undefined || scope.parent !== this.scope) throw json.wrong('a branch of the scope of this node')
    json.expect(own.length === symbols, symbols === 0 ? 'a branch without symbols' : 'a branch with two symbols')
    return { hypothesis, symbols: own, proves: this.used(this.json.next(), scope) }
  }

  /** What is proved in two branches, with these hypotheses. */
  joined(one: Branch, p: Tree, other: Branch, q: Tree): Tree {
    this.json.expect(one.hypothesis === p, 'a branch with the first case')
    this.json.expect(other.hypothesis === q, 'a branch with the second case')
    this.json.expect(one.proves === other.proves, 'one formula in both branches')
    return one.proves
  }

  /** A theorem applied to terms: these, and what it says of them. */
  applied({ name, variables, premises, conclusion }: Theorem): readonly [ReadonlyArray<Tree>, Tree] {
    const [saidTerms, saidNodes] = [this.json.next().list(), this.json.next().list()]
    const terms = saidTerms.map((json) => this.term(json))
    const given = saidNodes.map((json) => this.used(json))
    this.json.expect(terms.length === variables.length, `${variables.length} terms for «${name}»`)
    this.json.expect(given.length === premises.length, `${premises.length} nodes for «${name}»`)
    const values = new Map<Tree, Tree>()
    variables.forEach((variable, i) => {
      const term = terms[i] ?? variable
      this.json.expect(term.sort === variable.sort, `a term of the sort of variable ${i} of «${name}»`)
      values.set(variable, term)
    })
    const instance = this.argument.forest.replacing(values)
    premises.forEach((p, i) => this.json.expect(instance(p) === given[i], `a node with premise ${i} of «${name}»`))
    return [terms, instance(conclusion)]
  }
}

/** The formula of a node, by its rule: the table of `docs/derivations.md`. */
const TABLE: Readonly<Record<string, (step: Step) => Tree>> = {
  premise: (s) => s.json.next().among(s.argument.goal.premises, 'a premise'),
  hypothesis: (s) => s.supposed(),
  apply: (s) => {
    const { goal, earlier } = s.argument
    const theorem = seen(s.json.next(), earlier, goal.vocabulary, 'an earlier theorem')
    return s.applied(theorem)[1]
  },
  again: (s) => {
    const { goal, induction } = s.argument
    if (induction === undefined) throw s.json.wrong('a derivation with "induction"')
    const [terms, formula] = s.applied(goal)
    const chain = s.json.next().list()
    s.json.expect(chain.length > 0, 'a hypothesis at least by which the list is shorter')
    const part = chain.reduce((list, json) => shorter(list, s.supposed(json), json), induction)
    const given = terms[goal.variables.indexOf(induction)]
    s.json.expect(given === part, 'the list that the hypotheses come to, for the variable of the induction')
    return formula
  },
  both: (s) => s.make('and', s.used(), s.used()),
  left: (s) => s.parts('and')[0],
  right: (s) => s.parts('and')[1],
  inLeft: (s) => s.make('or', s.used(), s.formula()),
  inRight: (s) => s.make('or', s.formula(), s.used()),
  cases: (s) => {
    const [p, q] = s.parts('or')
    return s.joined(s.branch(), p, s.branch(), q)
  },
  suppose: (s) => {
    const { hypothesis, proves } = s.branch()
    return s.make('implies', hypothesis, proves)
  },
  detach: (s) => {
    const [p, q] = s.parts('implies')
    s.json.expect(s.used() === p, 'a node with what is implied from')
    return q
  },
  absurd: (s) => {
    s.json.expect(s.used().kind === 'false', 'a node with "false"')
    return s.formula()
  },
  decide: (s) => {
    const yes = s.branch()
    return s.joined(yes, yes.hypothesis, s.branch(), s.make('implies', yes.hypothesis, s.make('false')))
  },
  refl: (s) => {
    const t = s.term()
    s.json.expect(t.sort?.hasEquality === true, 'a term of a sort with an equality')
    return s.make('equal', t, t)
  },
  substitute: (s) => {
    const [t, u] = s.parts('equal')
    const hole = s.json.next().among(s.argument.goal.symbols, 'a symbol')
    s.json.expect(!s.argument.goal.scopes.isVisible(hole, s.scope), 'a symbol that is not visible, for the hole')
    s.json.expect(hole.sort === t.sort, 'a hole of the sort of the terms')
    const formula = s.formula()
    const filled = (by: Tree): Tree => s.argument.forest.replacing(new Map([[hole, by]]))(formula)
    s.json.expect(s.used() === filled(t), 'a node with the formula, the left term in the hole')
    return filled(u)
  },
  split: (s) => {
    const end = s.json.next()
    end.expect(end.value === 'left' || end.value === 'right', '"left" or "right"')
    const whole = s.term()
    const list = whole.sort?.list
    if (list === undefined) throw s.json.wrong('a term of a sort of lists')
    const { forest } = s.argument
    const equals = (word: Word, parts: ReadonlyArray<Tree>): Tree =>
      s.make('equal', whole, forest.make('word', parts, word.number, word.gives))
    const empty = s.branch()
    const longer = s.branch(2)
    const [element, rest] = longer.symbols
    if (element === undefined || rest === undefined) throw s.json.wrong('a branch with two symbols')
    const made = end.value === 'left' ? equals(list.cons, [element, rest]) : equals(list.rcons, [rest, element])
    return s.joined(empty, equals(list.nil, []), longer, made)
  }
}

/** The same, without what every object has. */
const RULES: ReadonlyMap<unknown, (step: Step) => Tree> = new Map(Object.entries(TABLE))

/** The list that is left, if a hypothesis takes one element off a list. */
const shorter = (list: Tree, hypothesis: Tree, json: Json): Tree => {
  const [whole, made] = hypothesis.kind === 'equal' ? hypothesis.parts : []
  const words = list.sort?.list
  const isCons = made?.kind === 'word' && made.number === words?.cons.number
  const isRcons = made?.kind === 'word' && made.number === words?.rcons.number
  const rest = isCons ? made.parts[1] : isRcons ? made.parts[0] : undefined
  if (whole !== list || rest === undefined) throw json.wrong('a hypothesis that takes one element off the list')
  return rest
}

/** Checks the derivation of a theorem. */
export const checkDerivation = (json: Json, forest: Forest, goal: Theorem, earlier: ReadonlyArray<Theorem>): void => {
  const field = json.fields(['scopes', 'nodes', 'root'], ['induction'])
  const { scopes, variables, formulas, symbols, conclusion } = goal
  scopes.read(field('scopes'), formulas, symbols)
  const said = field('induction')
  const induction = said.value === undefined ? undefined : said.among(variables, 'a variable')
  said.expect(induction === undefined || induction.sort?.list !== undefined, 'a variable of a sort of lists')
  const argument: Argument = { forest, goal, earlier, induction, nodes: [] }
  for (const entry of field('nodes').list()) {
    const scope = entry.next().among(scopes.all, 'a scope')
    const name = entry.next()
    const rule = RULES.get(name.value)
    if (rule === undefined) throw name.wrong('the name of a rule')
    const formula = rule(new Step(argument, entry, scope))
    entry.end()
    entry.expect(scopes.isVisible(formula, scope), 'a formula of symbols that are visible')
    argument.nodes.push({ scope, formula })
  }
  const root = field('root').among(argument.nodes, 'a node')
  field('root').expect(root.scope === scopes.whole, 'a node of scope 0')
  field('root').expect(root.formula === conclusion, 'a node with the conclusion of the theorem')
}
