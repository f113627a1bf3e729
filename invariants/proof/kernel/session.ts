/**
 * Where derivations are written. While a theorem is made, its variables are symbols: opaque objects that stand for every
 * value at once, and that only the kernel can tell from one another. Propositions and proofs are opaque, too: what they are
 * stands in private registers, and a copy of one, or a proxy, is none.
 */
import { inferred } from './check.js'
import type { Derivation, Node, RuleName, Scope, Statement } from './check.js'
import { application, demandEquality, fresh, labels, show, Unsound } from './data.js'
import type { Formula, Sort, Symbol_, Tables, Term } from './data.js'
import {
  all,
  append,
  each,
  freeze,
  getPrototypeOf,
  has,
  heldBy,
  isArray,
  isNaN,
  keysOf,
  PLAIN,
  register
} from './realm.js'

/** A theorem at work: its statement, or its derivation. */
export interface Session {
  readonly name: string
  readonly tables: Tables
  /** The statement, once it is made. */
  statement: Statement | undefined
  readonly scopes: Scope[]
  readonly nodes: Node[]
  readonly formulas: Formula[]
  /** The scope that is being written. */
  scope: number
}

let current: Session | undefined

/** The derivation that is being written; nothing while there are values. */
export const session = (): Session | undefined => current

/** Runs a body on symbols, or on values. */
export const during = <R>(then: Session | undefined, body: () => R): R => {
  const before = current
  current = then
  try {
    return body()
  } finally {
    current = before
  }
}

/** The derivation of a session. */
export const derivationOf = (s: Session): Derivation => {
  if (s.statement === undefined)
    throw new Unsound(`${s.name}: a statement proves nothing: that is for its derivation, by(…)`)
  return { statement: s.statement, scopes: s.scopes, nodes: s.nodes }
}

// ------------------------------------------------------------------------------------------------------------ terms

interface Key {
  readonly session: Session
  readonly term: Term
}

const terms = register<object, Key>()

/** A symbol has no inside. */
const closed = (term: Term): ProxyHandler<object> => {
  const refuse = (): never => {
    throw new Unsound(`a derivation looks into the value of «${show(term)}»: use a lifted function`)
  }
  return {
    __proto__: null,
    get: refuse,
    set: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    setPrototypeOf: refuse,
    isExtensible: refuse,
    preventExtensions: refuse,
    getOwnPropertyDescriptor: refuse,
    defineProperty: refuse,
    deleteProperty: refuse
  } as ProxyHandler<object>
}

const Opaque = Proxy

/** The object that stands for a term in a derivation. */
export const keyOf = (s: Session, term: Term): any => {
  const key = new Opaque({}, closed(term))
  terms.set(key, { session: s, term })
  return key
}

/** The term that a writer means, where one of a sort is wanted. */
export const termOf = (x: unknown, sort: Sort): Term => {
  const known = terms.get(x)
  if (known !== undefined) {
    if (known.session !== current)
      throw new Unsound(`«${show(known.term)}» is used outside of the derivation that it belongs to`)
    return known.term
  }
  if (current === undefined) return { tag: 'value', id: fresh(), value: reflexive(x, sort), sort }
  const constant = sort.constants.get(x)
  if (constant === undefined)
    throw new Unsound(`a derivation uses a value that has no name among those of the sort ${sort.name}`)
  return application(current.tables, constant, [])
}

/** Objects that were looked at, each with whether there was no number that is not equal to itself in all that was. */
const looked = register<object, { isSound: boolean }>()

/** Whether a value has no NaN in it: an equality may take a value for itself without looking, and two like it for two. */
const isSound = (x: unknown, looking = { isSound: true }): boolean => {
  if (typeof x === 'number') return !isNaN(x)
  if (typeof x !== 'object' || x === null || looked.get(x)?.isSound === true) return true
  // What is being looked at is not looked at again, so that circles end; where NaN is found, nothing of it is known.
  looked.set(x, looking)
  const isPart = (part: unknown): boolean => isSound(part, looking)
  // Maps and sets, and what is derived from them, have besides what they hold.
  const isClean =
    all(keysOf(x), (key) => isPart((x as Readonly<Record<PropertyKey, unknown>>)[key])) &&
    (has(PLAIN, getPrototypeOf(x)) || all(heldBy(x), isPart))
  looking.isSound = isClean
  return isClean
}

/**
 * Why a value is outside of a sort, if it is: values that are not equal to themselves are in no sort, nor lists that are not
 * equal to one of the same elements, or have elements that are in none.
 */
export const whyOutside = (x: unknown, sort: Sort): string | undefined => {
  if (sort.list !== undefined && !isArray(x)) return 'no list'
  if (!isSound(x) || (sort.equality !== undefined && !sort.equality.equals(x, x))) return 'not equal to itself'
  if (sort.list === undefined || !isArray(x)) return undefined
  const again = each<unknown, unknown>(x, (y) => y)
  if (!demandEquality(sort).equals(x, again)) return 'not equal to the list of its elements'
  const { of } = sort.list
  return all(again, (y) => whyOutside(y, of) === undefined)
    ? undefined
    : `a list with an element that is outside of the sort ${of.name}`
}

/** A value of a sort. */
export const reflexive = <A>(x: A, sort: Sort): A => {
  if (terms.get(x) !== undefined) throw new Unsound('a symbol of a derivation is no value')
  const why = whyOutside(x, sort)
  if (why !== undefined) throw new Unsound(`a value is ${why}: it is outside of the sort ${sort.name}`)
  return x
}

/** Whether an object is a symbol. */
export const isSymbol = (x: unknown): boolean => terms.get(x) !== undefined

/** Names a value, for a reader. */
export const label = (x: unknown, text: string): void => {
  if (((typeof x === 'object' && x !== null) || typeof x === 'function') && !isSymbol(x)) labels.set(x, text)
}

// ------------------------------------------------------------------------------------------------- propositions, proofs

interface Said {
  /** The derivation in which it is said. */
  readonly session: Session | undefined
  /** Whether it speaks of nothing, and can be said anywhere. */
  readonly everywhere: boolean
  readonly formula: Formula
}

const propositions = register<object, Said>()

/** Registers a proposition. */
export const propose = <P extends object>(key: P, formula: Formula, s: Session | undefined = current): P => {
  propositions.set(key, { session: s, everywhere: formula.tag === 'false', formula })
  return freeze(key)
}

/** The formula of a proposition of the derivation at hand, or of any that speaks of values. */
export const formulaOf = (p: unknown): Formula => {
  const known = propositions.get(p)
  if (known === undefined) throw new Unsound('this is no proposition')
  if (known.session !== current && !known.everywhere)
    throw new Unsound(`«${show(known.formula)}» is said outside of the derivation that it belongs to`)
  return known.formula
}

/** The formula of any proposition. */
export const formulaOfAny = (p: unknown): Said => {
  const known = propositions.get(p)
  if (known === undefined) throw new Unsound('this is no proposition')
  return known
}

/** What is said of a step to a reader: the rule as the writer called it, and what it follows from, if that is not all. */
export interface Told {
  readonly rule: string
  readonly from?: ReadonlyArray<number>
}

/** A step of a derivation. */
export interface Step {
  readonly session: Session
  readonly node: number
}

/** What a theorem is called. */
export interface Called {
  /** Within one vocabulary, no two theorems have one name. */
  readonly name: string
  readonly source: string
  /** The names of its terms, for its written form. */
  readonly variables: ReadonlyArray<string>
  /** Why it may be assumed, where it is a law of the parameters. */
  readonly law?: string
}

/** A theorem as a value. What it says and how it is derived is asked of the kernel. */
export interface Theorem {
  readonly about: Called
  /** Its place in the order of declaration. */
  readonly place: number
  /** The name of the variable on which the derivation goes by induction. */
  readonly induction?: string
}

/** Evidence about values: it was decided, or assumed, or follows by a theorem or by a rule. */
export interface Evidence {
  readonly formula: Formula
  readonly how:
    | { readonly tag: 'checked' }
    | { readonly tag: 'assumed'; readonly why: string }
    | { readonly tag: 'theorem'; readonly theorem: Theorem; readonly restsOnNothing: boolean }
    | { readonly tag: 'rule'; readonly rule: string }
  readonly from: ReadonlyArray<object>
  /** Whether nothing was assumed for it, nor stated without a derivation: it follows from what was checked. */
  readonly isCertain: boolean
  /** The audit in which it was had. */
  readonly audit: object | undefined
}

export const steps = register<object, Step>()
export const evidence = register<object, Evidence>()
/** What derived steps are called. */
export const told = register<Node, Told>()

/** Adds a step to the derivation at hand. */
export const step = (s: Session, node: Node, as?: Told): number => {
  freeze(node)
  // What is in it may come to be seen by somebody who could change it when it has been looked at.
  each([node.from, node.branches, node.terms], freeze)
  const formula = inferred(derivationOf(s), s.formulas, node)
  if (as !== undefined) told.set(node, as)
  append(s.nodes, node)
  append(s.formulas, formula)
  return s.nodes.length - 1
}

/** Adds a step with nothing but a rule and what it follows from. */
export const simple = (
  s: Session,
  rule: RuleName,
  from: ReadonlyArray<number>,
  more: Partial<Node> = {},
  as?: Told
): number => step(s, { rule, scope: s.scope, from, branches: [], ...more }, as)

/** A new symbol. */
export const symbol = (name: string, sort: Sort | undefined, index = -1): Symbol_ => {
  const made: Symbol_ = { tag: 'symbol', id: fresh(), name, index, sort }
  return sort === undefined ? made : freeze(made)
}

/** Writes a part of the derivation in which something is supposed. */
export const within = (
  s: Session,
  hypothesis: Formula,
  symbols: ReadonlyArray<Symbol_>,
  body: (supposed: number) => number
): { readonly scope: number; readonly node: number } => {
  const parent = s.scope
  append(s.scopes, freeze({ parent, hypothesis, symbols: freeze(symbols) }))
  const scope = s.scopes.length - 1
  s.scope = scope
  try {
    return freeze({ scope, node: body(simple(s, 'hypothesis', [], { index: scope })) })
  } finally {
    s.scope = parent
  }
}

/** The node that a proof is, in the derivation at hand. */
export const nodeOf = (s: Session, p: unknown, wanted?: Formula, where = ''): number => {
  const known = steps.get(p)
  if (known?.session === s) return known.node
  const what =
    known !== undefined
      ? `«${show(known.session.formulas[known.node] as Formula)}» was proved outside of the derivation`
      : evidence.get(p) !== undefined
        ? `«${show((evidence.get(p) as Evidence).formula)}» was proved outside of the derivation`
        : `${where}: wanted a proof${wanted === undefined ? '' : ` of «${show(wanted)}»`}, got ${
            p === undefined ? 'one of «nothing»' : 'something that is no proof'
          }`
  throw new Unsound(what)
}
