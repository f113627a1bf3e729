/**
 * Theorems: how one is stated, and how its derivation is run once, on symbols, and checked as a whole.
 *
 * A theorem is finished when it is first used or asked for. What it uses is finished before it, and must have been declared
 * before it, so that theorems stand in an order, and none is derived from itself, however far around.
 */
import { around, checked, listOf, restOf } from './check.js'
import type { Derivation, Node, Scope, Statement } from './check.js'
import { LONGEST, replacing, show, showing, symbolsIn, tablesOf, text, Unsound } from './data.js'
import type { Formula, Symbol_, Term } from './data.js'
import { demandPremise, evident, proofOf } from './propositions.js'
import type { Proof, Prop } from './propositions.js'
import { all, append, assign, call, each, freeze, has, isStart, joined, register, table } from './realm.js'
import {
  derivationOf,
  during,
  formulaOf,
  keyOf,
  nodeOf,
  reflexive,
  session,
  simple,
  symbol,
  termOf,
  told
} from './session.js'
import type { Called, Session, Theorem } from './session.js'
import { antecedents, deciding } from './values.js'
import type { Deciding } from './values.js'
import { vocabularyOf } from './words.js'
import type { Vocabulary } from './words.js'

/** Propositions for a list of them. */
export type Props<Ps extends ReadonlyArray<unknown>> = { readonly [I in keyof Ps]: Prop<Ps[I]> }

/** Proofs for a list of propositions. */
export type Proofs<Ps extends ReadonlyArray<unknown>> = { readonly [I in keyof Ps]: Proof<Ps[I]> }

/** How a conclusion is derived from proofs of the premises. */
export type Deriving<Ps extends ReadonlyArray<unknown>, C> = (...proofs: Proofs<Ps>) => Proof<C>

/**
 * The conclusion `C` follows from the premises `Ps`. As the result of a statement it is only said so, and cannot be
 * used; as the result of a theorem it takes proofs of the premises and gives one of the conclusion.
 */
export interface Rule<Ps extends ReadonlyArray<unknown>, C> {
  (...proofs: Proofs<Ps>): Proof<C>
  /** The same, and how it is derived. */
  readonly by: (derivation: Deriving<Ps, C>) => Rule<Ps, C>
}

/** Some rule. */
export type AnyRule = (...proofs: never[]) => Proof<any>

/** A statement: for any terms, what follows from what. */
export type Stating = (...terms: any[]) => AnyRule

/** What a rule says, and how it is derived. Without a derivation it is stated, not derived. */
interface Sequent {
  readonly premises: ReadonlyArray<Formula>
  readonly conclusion: Formula
  readonly derivation: unknown
  /** The theorem at work in which it is said. */
  readonly session: Session | undefined
}

const sequents = register<object, Sequent>()

/** A rule that says something, and does something when it is used. */
const ruleOf = (
  sequent: Omit<Sequent, 'session'>,
  use: (proofs: ReadonlyArray<unknown>) => Proof<any>
): Rule<any, any> => {
  const rule = (...proofs: unknown[]): Proof<any> => use(proofs)
  const by = (derivation: unknown): Rule<any, any> => stating({ ...sequent, derivation })
  sequents.set(rule, { ...sequent, session: session() })
  return freeze(assign(rule, { by }))
}

/** A rule that only says something. */
const stating = (sequent: Omit<Sequent, 'session'>): Rule<any, any> =>
  ruleOf(sequent, () => {
    throw new Unsound(`«${show(sequent.conclusion)}» was stated, but not as a theorem: it proves nothing`)
  })

/** `given(p, q).infer(c)`: c follows from p and q. */
export const given = <Ps extends ReadonlyArray<unknown>>(...premises: Props<Ps>) => ({
  infer: <C>(conclusion: Prop<C>): Rule<Ps, C> =>
    stating({
      premises: each(premises as ReadonlyArray<unknown>, formulaOf),
      conclusion: formulaOf(conclusion),
      derivation: undefined
    })
})

// ------------------------------------------------------------------------------------------------------ declarations

declare const PLACE: unique symbol
/** A place in the order in which theorems are declared. */
export interface Place {
  readonly [PLACE]: true
}

const places = register<object, number>()
let declared = 0

/** The next place in that order. A derivation uses only theorems of places before its own. */
export const nextPlace = (): Place => {
  const place = freeze({}) as Place
  places.set(place, (declared += 1))
  return place
}

/** What a theorem is called, and what it speaks of. */
export interface About extends Called {
  /** The vocabulary of which its words are, or which includes theirs. */
  readonly vocabulary: Vocabulary
  /** Its place in the order of declaration, where it is declared before it is made. Default: the next one. */
  readonly place?: Place
}

/** A theorem that is finished. */
export interface Finished {
  readonly statement: Statement
  /** Its derivation. Missing where it is not derived. */
  readonly derived: Session | undefined
  /** Whether it is derived, and so is all that it is derived from, however far around. */
  readonly restsOnNothing: boolean
}

/** What decides a statement, for values: its premises, its conclusion, and what implications in that suppose. */
interface DecidingStatement {
  readonly premises: ReadonlyArray<Deciding>
  readonly conclusion: Deciding
  readonly supposed: ReadonlyArray<Deciding>
}

interface Making {
  readonly theorem: Theorem
  readonly statement: Stating
  readonly induct: ((self: any) => unknown) | undefined
  readonly session: Session
  stated: { readonly statement: Statement; readonly derivation: unknown } | undefined
  finished: Finished | undefined
  deciding: DecidingStatement | undefined
  state: 'declared' | 'at work' | 'done'
  /** Why it was refused. */
  refused: Error | undefined
}

const makings = register<object, Making>()
const theorems = register<object, Theorem>()
const statements = register<Statement, Theorem>()

/** The theorem that a function is; nothing if it is not one. */
export const theoremOf = (f: unknown): Theorem | undefined => theorems.get(f)

/** The theorem that states something. */
export const theoremOfStatement = (statement: Statement): Theorem => statements.get(statement) as Theorem

const makingOf = (theorem: unknown): Making => {
  const making = makings.get(theorem)
  if (making === undefined) throw new Unsound('this is no theorem')
  return making
}

/** The names of theorems, of each vocabulary. */
const names = register<Vocabulary, ReturnType<typeof table<string, true>>>()

const demandNewName = (vocabulary: Vocabulary, name: string): void => {
  const known = names.get(vocabulary) ?? table<string, true>()
  names.set(vocabulary, known)
  if (known.get(name) !== undefined)
    throw new Unsound(`the vocabulary ${vocabularyOf(vocabulary).name} has two theorems of the name «${name}»`)
  known.set(name, true)
}

/**
 * Registers a theorem: its statement can be used from now on.
 *
 * A theorem may be derived by induction on one of its terms, a list: then the derivation may use the theorem itself, for
 * a list that is a proper part of the one at hand (it gets such parts from `fromLeft` and `fromRight`), and any other
 * terms:
 *
 *     theorem(about)(statement, 'l', (self) => <t, l>(bt: Tree<t>, l: Blocks<l>) => self(bt, l).by((p, q) => …))
 */
export const theorem = (about: About) => {
  const { name, source, variables, vocabulary, law, place = nextPlace() } = about
  return <F extends Stating>(statement: F, variable?: string, derivation?: (self: F) => F): F => {
    const known = vocabularyOf(vocabulary)
    each(law === undefined ? [name, source] : [name, source, law], text)
    const at = places.get(place)
    if (at === undefined) throw new Unsound(`${name}: its place is none that was given by nextPlace()`)
    demandNewName(vocabulary, name)
    const called = freeze(each(variables, text))
    const made: Theorem = freeze({
      about: freeze({ name, source, variables: called, ...(law === undefined ? {} : { law }) }),
      place: at,
      ...(variable === undefined || derivation === undefined ? {} : { induction: variable })
    })
    if (made.induction !== undefined && placeOf(called, made.induction) < 0)
      throw new TypeError(`${name} has no variable «${variable}»`)
    const tables = tablesOf(known)
    const making: Making = {
      theorem: made,
      statement,
      induct: variable === undefined ? undefined : derivation,
      session: { name, tables, statement: undefined, scopes: [], nodes: [], formulas: [], scope: 0 },
      stated: undefined,
      finished: undefined,
      deciding: undefined,
      state: 'declared',
      refused: undefined
    }
    makings.set(made, making)
    const apply = (...terms: unknown[]): Rule<any, any> => applying(making, terms)
    theorems.set(apply, made)
    return freeze(apply) as unknown as F
  }
}

// ------------------------------------------------------------------------------------------------------------- stating

/** Runs a part of the making of a theorem. What is thrown is thrown again whenever the theorem is asked for. */
const working = <R>(making: Making, body: () => R): R => {
  const { name } = making.theorem.about
  if (making.refused !== undefined) throw making.refused
  if (making.state === 'at work') throw new Unsound(`${name}: its derivation uses the theorem itself`)
  making.state = 'at work'
  try {
    return during(making.session, body)
  } catch (error) {
    making.refused = named(name, error)
    throw making.refused
  } finally {
    making.state = 'done'
  }
}

const blamed = register<object, Error>()

/** What something says that was thrown, as a text. Anybody can have made it, so that asking it may throw again. */
const messageOf = (error: unknown): string => {
  try {
    const said = typeof error === 'object' && error !== null && 'message' in error ? error.message : error
    return `${said as string | number}`
  } catch {
    return 'something was thrown that says nothing'
  }
}

/** An error that says which theorem it is about. */
const named = (name: string, error: unknown): Error => {
  const before = blamed.get(error)
  if (before !== undefined) return before
  const message = messageOf(error)
  const said = new Unsound(isStart(message, `${name}: `) ? message : `${name}: ${message}`, { cause: error })
  blamed.set(said, said)
  return said
}

/** The statement of a theorem, which is made once. */
const statedOf = (making: Making) => (making.stated ??= working(making, () => stateOn(making)))

const stateOn = (making: Making) => {
  const { theorem: made, session: s, statement: stating_ } = making
  const { name, variables: called, law } = made.about
  const variables = each(called, (v, i) => symbol(v, undefined, i))
  const rule = call(
    stating_,
    each(variables, (v) => keyOf(s, v))
  )
  const sequent = sequentOf(rule)
  each(variables, ({ name: v, sort }) => {
    if (sort === undefined) throw new Unsound(`what is stated says nothing of «${v}», so that its sort is not known`)
  })
  each(variables, freeze)
  symbolsIn(joined(sequent.premises, [sequent.conclusion]), (x) => {
    if (!has(variables, x)) throw new Unsound(`what is stated speaks of «${x.name}», which is none of its variables`)
  })
  const derivation = making.induct ?? sequent.derivation
  const induction = made.induction === undefined ? undefined : placeOf(called, made.induction)
  if (induction !== undefined) listOf(variables[induction] as Symbol_)
  const statement: Statement = {
    name,
    vocabulary: s.tables.vocabulary,
    tables: s.tables,
    variables,
    premises: sequent.premises,
    conclusion: sequent.conclusion,
    induction,
    grade: law !== undefined ? 'assumed' : derivation === undefined ? 'tested' : 'derived',
    order: undefined
  }
  if (law !== undefined && derivation !== undefined) throw new Unsound('a law is assumed, and cannot be derived')
  s.statement = statement
  append(s.scopes, { parent: 0, hypothesis: statement.conclusion, symbols: [] })
  statements.set(statement, made)
  return { statement, derivation: sequent.derivation }
}

const placeOf = (list: ReadonlyArray<string>, x: string): number => {
  let at = -1
  each(list, (y, i) => y === x && (at = i))
  return at
}

const sequentOf = (rule: unknown): Sequent => {
  const found = sequents.get(rule)
  if (found === undefined) throw new Unsound('a statement must be of the form given(…).infer(…)')
  if (found.session !== session())
    throw new Unsound(`«${show(found.conclusion)}» was stated outside of the theorem that is to state it`)
  return found
}

// ------------------------------------------------------------------------------------------------------------ deriving

let finishedSoFar = 0

/** A theorem with its derivation, which is run and checked once. */
export const finishedOf = (theorem_: Theorem): Finished => {
  const making = makingOf(theorem_)
  if (making.finished !== undefined) return making.finished
  const { statement, derivation } = statedOf(making)
  const derived =
    statement.grade === 'derived' ? working(making, () => deriveOn(making, statement, derivation)) : undefined
  statement.order = finishedSoFar += 1
  freeze(statement)
  const restsOnNothing = derived !== undefined && all(derived.nodes, isOfNothing)
  return (making.finished = freeze({ statement, derived, restsOnNothing }))
}

/** A node applies no theorem, or one that rests on nothing. */
const isOfNothing = ({ rule, theorem: used }: Node): boolean =>
  rule !== 'apply' || (used !== undefined && finishedOf(theoremOfStatement(used)).restsOnNothing)

const deriveOn = (making: Making, statement: Statement, derivation: unknown): Session => {
  const { session: s } = making
  const by = making.induct === undefined ? derivation : inductive(making, statement)
  if (typeof by !== 'function') throw new Unsound('a derivation must be a function')
  const premises = each(statement.premises, (_, index) => proofOf(s, simple(s, 'premise', [], { index })))
  const proof = call(by as Deriving<any, any>, premises)
  const root = nodeOf(s, proof, statement.conclusion, statement.name)
  const finished = pruned(s, root)
  // What its steps prove is what the check has found, and not what was found while they were written.
  return freeze({ ...finished, formulas: checked(derivationOf(finished)) as Formula[] })
}

/** The derivation by induction, which gets the theorem itself. */
const inductive = (making: Making, statement: Statement): unknown => {
  const { session: s } = making
  const self = (...given_: unknown[]): Rule<any, any> => {
    if (session() !== s) throw new Unsound(`${statement.name}: the induction hypothesis is used outside its derivation`)
    const terms = termsOf(statement, given_)
    return ruleOf(instanceOf(statement, terms, s), (proofs) => {
      const from = nodesOf(s, statement, terms, proofs)
      const by = whyPart(s, statement, terms[statement.induction ?? -1] as Term)
      return proofOf(s, simple(s, 'again', from, { theorem: statement, terms, by }))
    })
  }
  const rule = call(
    call(making.induct as (self: unknown) => unknown, [freeze(self)]) as () => unknown,
    each(statement.variables, (v) => keyOf(s, v))
  )
  const sequent = sequentOf(rule)
  if (sequent.derivation === undefined) throw new Unsound('the induction has no derivation')
  return sequent.derivation
}

/** The scopes whose hypotheses make a list a part of the variable of an induction; none where it is not one. */
const whyPart = (s: Session, statement: Statement, list: Term): ReadonlyArray<number> => {
  const d = derivationOf(s)
  const known = around(d, s.scope)
  const variable = statement.variables[statement.induction ?? -1] as Symbol_
  const seen: Term[] = []
  const search = (whole: Term, path: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
    if (whole === list && path.length > 0) return path
    if (has(seen, whole)) return undefined
    append(seen, whole)
    let found: ReadonlyArray<number> | undefined
    each(known, (c) => {
      const rest = c === 0 ? undefined : restOf((s.scopes[c] as { hypothesis: Formula }).hypothesis, whole)
      found ??= rest && search(rest, joined(path, [c]))
    })
    return found
  }
  return search(variable, []) ?? []
}

/** A node with other numbers. */
const renumbered = (node: Node, ofNode: (n: number) => number, ofScope: (c: number) => number): Node => ({
  ...node,
  scope: ofScope(node.scope),
  from: each(node.from, ofNode),
  branches: each(node.branches, (b) => freeze({ scope: ofScope(b.scope), node: ofNode(b.node) })),
  ...(node.by === undefined ? {} : { by: each(node.by, ofScope) }),
  ...(node.rule === 'hypothesis' ? { index: ofScope(node.index as number) } : {})
})

/** The nodes and scopes on which a node rests. */
const supporting = (d: Derivation, root: number) => {
  const nodes = table<number, true>()
  const scopes = table<number, true>()
  const wantScope = (c: number): void => void each(around(d, c), (a) => scopes.set(a, true))
  const want = (i: number): void => {
    if (nodes.get(i) === true) return
    nodes.set(i, true)
    const node = d.nodes[i] as Node
    wantScope(node.scope)
    each(node.from, want)
    each(node.branches, (b) => {
      wantScope(b.scope)
      want(b.node)
    })
  }
  want(root)
  return { nodes, scopes }
}

/** A derivation without what its last node does not rest on. */
const pruned = (s: Session, root: number): Session => {
  const d = derivationOf(s)
  const wanted = supporting(d, root)
  const atScope = table<number, number>()
  const atNode = table<number, number>()
  const ofScope = (c: number): number => atScope.get(c) ?? 0
  const ofNode = (n: number): number => atNode.get(n) ?? -1
  const scopes: Scope[] = []
  const nodes: Node[] = []
  each(s.scopes, (scope, c) => {
    if (wanted.scopes.get(c) !== true) return
    atScope.set(c, scopes.length)
    append(scopes, freeze({ ...scope, parent: ofScope(scope.parent) }))
  })
  each(s.nodes, (before, i) => {
    if (wanted.nodes.get(i) !== true) return
    atNode.set(i, nodes.length)
    const node = freeze(renumbered(before, ofNode, ofScope))
    const as = told.get(before)
    if (as !== undefined) told.set(node, as.from === undefined ? as : { ...as, from: each(as.from, ofNode) })
    append(nodes, node)
  })
  return { ...s, scopes: freeze(scopes) as Scope[], nodes: freeze(nodes) as Node[] }
}

// ----------------------------------------------------------------------------------------------------------- applying

const termsOf = ({ name, variables }: Statement, given_: ReadonlyArray<unknown>): ReadonlyArray<Term> => {
  if (given_.length !== variables.length)
    throw new Unsound(`${name} is about ${variables.length} terms, not ${given_.length}`)
  return each(variables, ({ sort }, i) => termOf(given_[i], sort as NonNullable<typeof sort>))
}

const instanceOf = (
  statement: Statement,
  terms: ReadonlyArray<Term>,
  s: Session | undefined
): Omit<Sequent, 'session'> => {
  const instance = replacing(s?.tables, (x) => terms[x.index] as Term)
  return {
    premises: each(statement.premises, instance),
    conclusion: instance(statement.conclusion),
    derivation: undefined
  }
}

/** The nodes that are given to a theorem for its premises. */
const nodesOf = (s: Session, statement: Statement, terms: ReadonlyArray<Term>, proofs: ReadonlyArray<unknown>) => {
  const { premises } = instanceOf(statement, terms, s)
  if (proofs.length > premises.length)
    throw new Unsound(`${statement.name}: it has ${premises.length} premises, not ${proofs.length}`)
  return each(premises, (premise, i) => nodeOf(s, proofs[i], premise, statement.name))
}

/** A theorem, applied to symbols or to values. */
const applying = (making: Making, given_: ReadonlyArray<unknown>): Rule<any, any> => {
  const { theorem: made } = making
  const s = session()
  if (s !== undefined) demandEarlier(made, s)
  const { restsOnNothing, statement } = finishedOf(made)
  const terms = termsOf(statement, given_)
  const sequent = instanceOf(statement, terms, s)
  return ruleOf(sequent, (proofs) => {
    if (session() !== s) throw new Unsound(`${statement.name} is used outside of the derivation that it was applied in`)
    if (s !== undefined)
      return proofOf(s, simple(s, 'apply', nodesOf(s, statement, terms, proofs), { theorem: statement, terms }))
    each(sequent.premises, (premise, i) => {
      demandPremise(premise, proofs[i], statement.name)
    })
    return evident(
      sequent.conclusion,
      { tag: 'theorem', theorem: made, restsOnNothing },
      proofs as ReadonlyArray<object>
    )
  })
}

/** What a theorem says of terms, as a statement: to state the same of other values. */
export const saying =
  (theorem_: Theorem): Stating =>
  (...given_: unknown[]) => {
    const { statement } = statedOf(makingOf(theorem_))
    return stating(instanceOf(statement, termsOf(statement, given_), session()))
  }

const demandEarlier = (used: Theorem, s: Session): void => {
  const user = s.statement === undefined ? undefined : statements.get(s.statement)
  if (user === undefined) throw new Unsound(`a statement uses the theorem «${used.about.name}»: only a derivation can`)
  if (!(used.place < user.place))
    throw new Unsound(
      `${user.about.name}: its derivation uses ${
        used === user ? 'the theorem itself' : `«${used.about.name}», which is not declared before it`
      }`
    )
}

// ---------------------------------------------------------------------------------------------------------- questions

/** What a statement comes to for values. */
export type Verdict =
  /** A premise does not hold: nothing is said. */
  'vacuous' | 'holds' | 'refuted'

/** Values for the variables of a statement. */
const givenTo = ({ variables, name }: Statement, values: ReadonlyArray<unknown>): ReadonlyArray<unknown> => {
  if (values.length !== variables.length) throw new Unsound(`${name} is about ${variables.length} terms`)
  return each(variables, ({ sort, name: v }, i) => {
    try {
      return reflexive(values[i], sort as NonNullable<typeof sort>)
    } catch (error) {
      throw named(`${name}, ${v}`, error)
    }
  })
}

const decidingOf = (making: Making): DecidingStatement => {
  if (making.deciding !== undefined) return making.deciding
  const { premises, conclusion } = statedOf(making).statement
  const decide = deciding()
  return (making.deciding = {
    premises: each(premises, decide),
    conclusion: decide(conclusion),
    supposed: each(antecedents(conclusion), decide)
  })
}

/**
 * Decides what a theorem says for values of its variables: the very formulas that its derivation is about. A premise may be
 * left out, by its place.
 */
export const decideFor = (theorem_: Theorem, values: ReadonlyArray<unknown>, without?: number): Verdict => {
  const making = makingOf(theorem_)
  const { statement } = statedOf(making)
  const { premises, conclusion } = decidingOf(making)
  const given_ = givenTo(statement, values)
  if (!all(premises, (p, i) => i === without || p(given_))) return 'vacuous'
  return conclusion(given_) ? 'holds' : 'refuted'
}

/**
 * For values that meet the premises: whether what each implication in the conclusion of a theorem supposes holds, too. Where
 * it does not, that implication says nothing of them.
 */
export const supposedFor = (theorem_: Theorem, values: ReadonlyArray<unknown>): ReadonlyArray<boolean> => {
  const making = makingOf(theorem_)
  const given_ = givenTo(statedOf(making).statement, values)
  return each(decidingOf(making).supposed, (decide) => decide(given_))
}

/** The statement of a theorem as it is written, its variables standing for themselves. */
export interface Written {
  readonly premises: ReadonlyArray<string>
  readonly conclusion: string
}

/** Writes the statement of a theorem; whole, or not at all. */
export const write = (theorem_: Theorem): Written => {
  const { name, variables, premises, conclusion } = statedOf(makingOf(theorem_)).statement
  const shown = showing(joined(premises, [conclusion]), variables)
  const written = (f: Formula): string => {
    const text_ = shown(f)
    if (text_.length > LONGEST)
      throw new Unsound(`${name}: a formula of it is written with more than ${LONGEST} characters`)
    return text_
  }
  return { premises: each(premises, written), conclusion: written(conclusion) }
}

/** How a theorem is known: it is derived, and its derivation was checked, or it is tested, or assumed as a law. */
export const gradeOf = (theorem_: Theorem): Statement['grade'] => finishedOf(theorem_).statement.grade

/** The proof of a theorem that is derived; nothing if it is not. */
export const derive = (theorem_: Theorem): Proof<unknown> | undefined => {
  const { derived } = finishedOf(theorem_)
  return derived && proofOf(derived, derived.nodes.length - 1)
}
