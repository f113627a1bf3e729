/**
 * The kernel of the typed proofs: the one file of trust.
 *
 * A proof is a value of type `Proof<P>`, and nothing but this file can make one. Whoever trusts the five notions and
 * the rules below may believe every proof that the compiler lets through; all other files of this folder, and all
 * lemmas, are checked.
 *
 * - A *named value* `Named<A, N>` is a plain `A` that the compiler knows by the name `N`. Names are erased at run time.
 * - A *proposition* `Prop<P>` can be decided; `P` says what it is about, in terms of names.
 * - A *proof* `Proof<P>` is evidence that `P` holds, and remembers how that is known.
 * - A *theorem* takes named values, then proofs of its premises, and gives a proof of its conclusion.
 * - A *package* `Such<A, K>` is a value with a proof that it satisfies `K`, its name forgotten.
 *
 * Evidence comes about in four ways: a proposition is *checked* (decided for these values), *assumed* (with a reason,
 * and `assumptions` lists it), or follows by a *theorem* or by a *rule* of logic from other evidence. A theorem is in
 * turn *derived* (from other theorems), *stated* (and tested by whoever runs its statement), or a *law* (an assumption
 * about the parameters of the development).
 *
 * There are three modes. Normally a theorem is believed, and applying it costs next to nothing. While *auditing*, all
 * evidence is decided again when it is made, so that a proof of something false is caught where it arises. And `derive`
 * runs a derivation once on *symbols*, which stand for all values at once: both branches of every case distinction are
 * run, a decision cannot be made, a term cannot be looked into, and the kernel compares what each theorem asks for with
 * what it is given, word for word. A derivation is thus looked at by the compiler and by the kernel, and neither depends on
 * a sample of values.
 *
 * Neither is proof against a derivation that means to deceive: `docs/proofs.md` lists what is known to be accepted that
 * should not be ("What is known to be wrong").
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Eq } from 'fp-ts/lib/Eq.js'

declare const NAME: unique symbol
declare const PROP: unique symbol

// ------------------------------------------------------------------------------------------------- named values

/** An `A` that is known by the name `N`: usable as a plain `A`, but not as one with another name. */
export type Named<A, N> = A & { readonly [NAME]: (n: N) => N }

/** The name of what the function `F` gives for arguments with the names `Ns`. */
export interface App<F extends string, Ns extends ReadonlyArray<unknown>> {
  readonly [NAME]: (f: F, ns: Ns) => readonly [F, Ns]
}

/** Named values for a list of types. */
export type NamedAll<As extends ReadonlyArray<unknown>> = { readonly [I in keyof As]: Named<As[I], unknown> }

/** The written form of a term, and the function and arguments it is made of. */
interface Shape {
  readonly text: string
  readonly head?: string
  readonly args?: ReadonlyArray<unknown>
}

/** The shapes of symbols and of constants, and the labels of values that were named by a literal. */
const shapes = new WeakMap<object, Shape>()
const labels = new WeakMap<object, string>()

const isObject = (x: unknown): x is object => (typeof x === 'object' && x !== null) || typeof x === 'function'
const shapeOf = (x: unknown): Shape | undefined => (isObject(x) ? shapes.get(x) : undefined)

/** A derivation, or a rule, was used in a way that would not be sound. */
export class Unsound extends Error {
  override readonly name = 'Unsound'
}

const closed: ProxyHandler<object> = {
  get: (symbol) => {
    throw new Unsound(
      `a derivation looks into the value of «${shapes.get(symbol)?.text ?? '?'}»: use a lifted function`
    )
  }
}

/** A symbol: it stands for every value at once, so that there is nothing to be seen in it. */
const symbol = <A>(shape: Shape): A => {
  const target = {}
  const proxy = new Proxy(target, closed)
  shapes.set(target, shape)
  shapes.set(proxy, shape)
  return proxy as A
}

/** How a term is written. */
const textOf = (x: unknown): string => {
  const known = shapeOf(x)?.text ?? (isObject(x) ? labels.get(x) : undefined)
  if (known === undefined && mode === 'symbolic') throw new Unsound('a derivation uses a value that has no name')
  return known ?? '_'
}

/** Names a value for the length of `body`. The name cannot be confused with any other, nor escape. */
export const name = <A, R>(a: A, body: <N>(a: Named<A, N>) => R): R => body(a as Named<A, unknown>)

/** Names a value by a literal, which makes errors readable. That no other value has that name is up to the caller. */
export const term = <const N extends string, A>(literal: N, a: A): Named<A, N> => {
  if (isObject(a)) labels.set(a, literal)
  return a as Named<A, N>
}

/** Names a value for good: the genesis block, the empty list. It must be an object, and keep its name. */
export const constant = <const N extends string, A extends object>(literal: N, a: A): Named<A, N> => {
  const before = shapes.get(a)?.text
  if (before !== undefined && before !== literal) throw new Unsound(`«${before}» cannot be named «${literal}» as well`)
  shapes.set(a, { text: literal })
  return a as Named<A, N>
}

/** A function on named values: what it gives is named after the function and the names of its arguments. */
export type Lifted1<F extends string, A, R> = <N>(a: Named<A, N>) => Named<R, App<F, [N]>>
/** The same for two arguments. */
export type Lifted2<F extends string, A, B, R> = <N, M>(a: Named<A, N>, b: Named<B, M>) => Named<R, App<F, [N, M]>>
/** The same for three arguments. */
export type Lifted3<F extends string, A, B, C, R> = <N, M, L>(
  a: Named<A, N>,
  b: Named<B, M>,
  c: Named<C, L>
) => Named<R, App<F, [N, M, L]>>
/** The same for four arguments. */
export type Lifted4<F extends string, A, B, C, D, R> = <N, M, L, K>(
  a: Named<A, N>,
  b: Named<B, M>,
  c: Named<C, L>,
  d: Named<D, K>
) => Named<R, App<F, [N, M, L, K]>>

/** Lifts a function to named values. It must be pure and total, and no other function may be lifted under its name. */
export function lift<F extends string, A, R>(f: F, run: (a: A) => R): Lifted1<F, A, R>
export function lift<F extends string, A, B, R>(f: F, run: (a: A, b: B) => R): Lifted2<F, A, B, R>
export function lift<F extends string, A, B, C, R>(f: F, run: (a: A, b: B, c: C) => R): Lifted3<F, A, B, C, R>
export function lift<F extends string, A, B, C, D, R>(
  f: F,
  run: (a: A, b: B, c: C, d: D) => R
): Lifted4<F, A, B, C, D, R>
export function lift(f: string, run: (...args: any[]) => unknown): (...args: any[]) => any {
  return (...args: unknown[]) =>
    mode === 'symbolic' ? symbol({ text: `${f}(${args.map(textOf).join(', ')})`, head: f, args }) : run(...args)
}

// ------------------------------------------------------------------------------------------------- propositions

/** The predicate `K` holds of the values with these names. */
export interface Holds<K extends string, Ns extends ReadonlyArray<unknown>> {
  readonly [PROP]: (k: K, ns: Ns) => readonly [K, Ns]
}
/** Two values are equal. */
export interface Equal<N, M> {
  readonly [PROP]: (n: N, m: M) => readonly ['=', N, M]
}
export interface And<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['and', P, Q]
}
export interface Or<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['or', P, Q]
}
export interface Implies<P, Q> {
  readonly [PROP]: (p: P, q: Q) => readonly ['implies', P, Q]
}
export interface Not<P> {
  readonly [PROP]: (p: P) => readonly ['not', P]
}
/** What never holds. */
export interface False {
  readonly [PROP]: () => readonly ['false']
}
/** Each implies the other: what Coq's `reflect` says of a proposition and its test. */
export type Iff<P, Q> = And<Implies<P, Q>, Implies<Q, P>>

type Connective = 'and' | 'or' | 'implies' | 'not' | 'false'

type Formula =
  | {
      readonly _tag: 'Holds'
      readonly predicate: string
      readonly run: (...args: unknown[]) => boolean
      readonly args: ReadonlyArray<unknown>
    }
  | { readonly _tag: 'Equal'; readonly equality: Eq<unknown>; readonly args: readonly [unknown, unknown] }
  | { readonly _tag: 'Compound'; readonly connective: Connective; readonly parts: ReadonlyArray<Prop<any>> }

let formulaOf: (p: Prop<any>) => Formula
let proposition: (f: Formula) => Prop<any>

/** A proposition: something that can be decided, not something that is known. */
export class Prop<in out P> {
  declare readonly [PROP]: (p: P) => P
  readonly #formula: Formula
  private constructor(formula: Formula) {
    this.#formula = formula
  }
  /** Whether it holds of these values. */
  decide(): boolean {
    if (mode === 'symbolic') throw new Unsound(`a derivation decides «${this.show}»: distinguish cases instead`)
    return decided(this.#formula)
  }
  /** How it is written. */
  get show(): string {
    return written(this.#formula)
  }
  static {
    formulaOf = (p) => p.#formula
    proposition = (f) => new Prop(f)
  }
}

const decided = (f: Formula): boolean => {
  switch (f._tag) {
    case 'Holds':
      return f.run(...f.args)
    case 'Equal':
      return f.equality.equals(f.args[0], f.args[1])
    case 'Compound': {
      const [p, q] = f.parts
      switch (f.connective) {
        case 'and':
          return f.parts.every((part) => part.decide())
        case 'or':
          return f.parts.some((part) => part.decide())
        case 'implies':
          return p?.decide() === false || q?.decide() === true
        case 'not':
          return p?.decide() === false
        case 'false':
          return false
      }
    }
  }
}

/** The text of a formula; different formulas have different texts. */
const written = (f: Formula): string => {
  switch (f._tag) {
    case 'Holds':
      return `${f.predicate}(${f.args.map(textOf).join(', ')})`
    case 'Equal':
      return `${textOf(f.args[0])} = ${textOf(f.args[1])}`
    case 'Compound': {
      const parts = f.parts.map((p) => inBrackets(formulaOf(p)))
      const sign = { and: ' ∧ ', or: ' ∨ ', implies: ' ⇒ ', not: '', false: '' }[f.connective]
      return f.connective === 'false' ? '⊥' : f.connective === 'not' ? `¬${parts.join('')}` : parts.join(sign)
    }
  }
}

/** The text of a part of a formula: in brackets, if it has two sides. */
const inBrackets = (f: Formula): string =>
  f._tag === 'Equal' || (f._tag === 'Compound' && f.parts.length === 2) ? `(${written(f)})` : written(f)

const compound = (connective: Connective, ...parts: ReadonlyArray<Prop<any>>): Prop<any> =>
  proposition({ _tag: 'Compound', connective, parts })

/** A predicate on named values. It must be pure and total, and no other predicate may have its name. */
export function predicate<K extends string, A>(k: K, run: (a: A) => boolean): <N>(a: Named<A, N>) => Prop<Holds<K, [N]>>
export function predicate<K extends string, A, B>(
  k: K,
  run: (a: A, b: B) => boolean
): <N, M>(a: Named<A, N>, b: Named<B, M>) => Prop<Holds<K, [N, M]>>
export function predicate<K extends string, A, B, C>(
  k: K,
  run: (a: A, b: B, c: C) => boolean
): <N, M, L>(a: Named<A, N>, b: Named<B, M>, c: Named<C, L>) => Prop<Holds<K, [N, M, L]>>
export function predicate<K extends string, A, B, C, D>(
  k: K,
  run: (a: A, b: B, c: C, d: D) => boolean
): <N, M, L, J>(a: Named<A, N>, b: Named<B, M>, c: Named<C, L>, d: Named<D, J>) => Prop<Holds<K, [N, M, L, J]>>
export function predicate(k: string, run: (...args: any[]) => boolean): (...args: any[]) => Prop<any> {
  return (...args: unknown[]) => proposition({ _tag: 'Holds', predicate: k, run, args })
}

/** The equality of a type. Lifted functions and predicates must not tell equal values apart. */
export type Equality<A> = <N, M>(a: Named<A, N>, b: Named<A, M>) => Prop<Equal<N, M>>

/** The equality that an `Eq` decides. */
export const equal =
  <A>(equality: Eq<A>): Equality<A> =>
  (a, b) =>
    proposition({ _tag: 'Equal', equality: equality as Eq<unknown>, args: [a, b] })

export const and = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<And<P, Q>> => compound('and', p, q)
export const or = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Or<P, Q>> => compound('or', p, q)
export const implies = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Implies<P, Q>> => compound('implies', p, q)
export const not = <P>(p: Prop<P>): Prop<Not<P>> => compound('not', p)
export const iff = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Iff<P, Q>> => and(implies(p, q), implies(q, p))
export const falsum: Prop<False> = compound('false')

// ------------------------------------------------------------------------------------------------------- proofs

/** How a proof came to be. */
export type Origin =
  /** The proposition was decided. */
  | { readonly _tag: 'Checked' }
  /** It was taken on trust. */
  | { readonly _tag: 'Assumed'; readonly why: string }
  /** It is a premise of the theorem that is being derived, by its place. */
  | { readonly _tag: 'Premise'; readonly index: number }
  /** It holds in one branch of an argument. */
  | { readonly _tag: 'Hypothesis' }
  /** It follows by a theorem. */
  | { readonly _tag: 'Theorem'; readonly theorem: Theorem; readonly from: ReadonlyArray<Proof<any>> }
  /** It is the induction hypothesis, for what is a part of a list in some cases. */
  | {
      readonly _tag: 'Induction'
      readonly theorem: Theorem
      readonly from: ReadonlyArray<Proof<any>>
      readonly cases: ReadonlyArray<Proof<any>>
    }
  /** It follows by a rule of logic from other proofs, of which some may use a hypothesis of their own. */
  | { readonly _tag: 'Rule'; readonly rule: string; readonly from: ReadonlyArray<Branch> }

/** A proof within an argument, and the hypothesis under which it stands. */
export interface Branch {
  readonly proof: Proof<any>
  readonly under?: Proof<any>
}

let mint: <P>(prop: () => Prop<P>, origin: Origin) => Proof<P>

/** Evidence that `P` holds. */
export class Proof<in out P> {
  declare readonly [PROP]: (p: P) => P
  readonly #prop: () => Prop<P>
  readonly origin: Origin
  private constructor(prop: () => Prop<P>, origin: Origin) {
    this.#prop = prop
    this.origin = origin
  }
  /** What it is evidence of. */
  get proposition(): Prop<P> {
    return this.#prop()
  }
  static {
    mint = (prop, origin) => {
      if (mode === 'trusting') return new Proof(prop, origin)
      const made = prop()
      if (mode === 'auditing' && !made.decide()) throw new Refuted(`«${made.show}» was proved, and does not hold`)
      const proof = new Proof(() => made, origin)
      own.add(proof)
      return proof
    }
  }
}

/** Decides a proposition, for these values: either way there is evidence. */
export const check = <P>(p: Prop<P>): Either<Proof<Not<P>>, Proof<P>> =>
  p.decide() ? E.right(mint(() => p, { _tag: 'Checked' })) : E.left(mint(() => not(p), { _tag: 'Checked' }))

/** Takes a proposition on trust. `assumptions` lists it, with the reason. */
export const assume = <P>(p: Prop<P>, why: string): Proof<P> => mint(() => p, { _tag: 'Assumed', why })

// ----------------------------------------------------------------------------------------------------- theorems

/** Propositions for a list of them. */
export type Props<Ps extends ReadonlyArray<unknown>> = { readonly [I in keyof Ps]: Prop<Ps[I]> }

/** Proofs for a list of propositions. */
export type Proofs<Ps extends ReadonlyArray<unknown>> = { readonly [I in keyof Ps]: Proof<Ps[I]> }

/** How a conclusion is derived from proofs of the premises. */
export type Derivation<Ps extends ReadonlyArray<unknown>, C> = (...proofs: Proofs<Ps>) => Proof<C>

/**
 * The conclusion `C` follows from the premises `Ps`. As the result of a statement it is only said so, and cannot be
 * used; as the result of a theorem it takes proofs of the premises and gives one of the conclusion.
 */
export interface Rule<Ps extends ReadonlyArray<unknown>, C> {
  (...proofs: Proofs<Ps>): Proof<C>
  /** The same, and how it is derived. */
  readonly by: (derivation: Derivation<Ps, C>) => Rule<Ps, C>
}

/** Some rule. */
export type AnyRule = (...proofs: never[]) => Proof<any>

/** What a rule says, and how it is derived. Without a derivation it is stated, not derived. */
export interface Sequent {
  readonly premises: ReadonlyArray<Prop<any>>
  readonly conclusion: Prop<any>
  readonly derivation?: Derivation<any, any>
}

const sequents = new WeakMap<AnyRule, Sequent>()

/** What a rule says. */
const sequentOf = (rule: AnyRule): Sequent => {
  const found = sequents.get(rule)
  if (found === undefined) throw new Unsound('a statement must be of the form given(…).infer(…)')
  return found
}

/** A rule that says something, and does something when it is used. */
const ruleOf = (sequent: () => Sequent, use: (...proofs: Array<Proof<any>>) => Proof<any>): Rule<any, any> => {
  const by = (derivation: Derivation<any, any>): Rule<any, any> => {
    const { premises, conclusion } = sequent()
    return stating({ premises, conclusion, derivation })
  }
  return Object.assign((...proofs: Array<Proof<any>>) => use(...proofs), { by })
}

/** A rule that only says something. */
const stating = (sequent: Sequent): Rule<any, any> => {
  const rule = ruleOf(
    () => sequent,
    () => {
      throw new Unsound(`«${sequent.conclusion.show}» was stated, but not as a theorem: it proves nothing`)
    }
  )
  sequents.set(rule, sequent)
  return rule
}

/** `given(p, q).infer(c)`: c follows from p and q. */
export const given = <Ps extends ReadonlyArray<unknown>>(...premises: Props<Ps>) => ({
  infer: <C>(conclusion: Prop<C>): Rule<Ps, C> => stating({ premises, conclusion })
})

/** What a theorem is called, and what it speaks of. */
export interface About {
  readonly name: string
  readonly source: string
  /** The names of its terms, for its written form. */
  readonly variables: ReadonlyArray<string>
  /** Why it may be assumed, where it is a law of the parameters. */
  readonly law?: string
  /** Its place in the order of declaration (`nextPlace`), where it is declared before it is made. Default: the next one. */
  readonly place?: number
}

/** How many theorems have been declared. */
let declared = 0

/** The next place in the order in which theorems are declared. A derivation uses only theorems of places before its own. */
export const nextPlace = (): number => (declared += 1)

/** A theorem as a value: what it says of any terms. */
export interface Theorem {
  readonly about: About
  /** Its place in the order of declaration. */
  readonly place: number
  readonly sequent: (...terms: ReadonlyArray<unknown>) => Sequent
  /** The name of the variable on which the derivation goes by induction. */
  readonly induction?: string
}

const registered = new WeakMap<object, Theorem>()

/** The theorem that a function is; nothing if it is not one. */
export const theoremOf = (f: unknown): Theorem | undefined => (isObject(f) ? registered.get(f) : undefined)

/** The function that applies a theorem to terms, then to proofs. */
const applying = (
  theorem: Theorem,
  originOf: (terms: ReadonlyArray<unknown>, from: ReadonlyArray<Proof<any>>) => Origin
) => {
  return (...terms: ReadonlyArray<unknown>): Rule<any, any> => {
    const sequent = () => theorem.sequent(...terms)
    return ruleOf(sequent, (...from) => {
      const origin = originOf(terms, from)
      if (mode !== 'trusting') {
        sequent().premises.forEach((premise, i) => {
          demand(premise, from[i], theorem.about.name)
        })
      }
      return mint(() => sequent().conclusion, origin)
    })
  }
}

/** A theorem is given a proof: while auditing the premise must hold, on symbols the proof must be one of the premise. */
const demand = (premise: Prop<any>, proof: Proof<any> | undefined, theorem: string): void => {
  if (mode === 'auditing' && !premise.decide())
    throw new Refuted(`${theorem}: a proof of «${premise.show}» was given, but it does not hold of these values`)
  if (mode === 'symbolic') same(premise, proof?.proposition, theorem)
}

/** A statement: for any terms, what follows from what. */
export type Statement = (...terms: any[]) => AnyRule

/**
 * Registers a theorem: its statement can be used from now on.
 *
 * A theorem may be derived by induction on one of its terms, a list: then the derivation may use the theorem itself, for
 * a list that is a proper part of the one at hand (it gets such parts from `fromLeft` and `fromRight`), and any other
 * terms:
 *
 *     theorem(about)(statement, 'l', (self) => <t, l>(bt: Tree<t>, l: Blocks<l>) => self(bt, l).by((p, q) => …))
 */
export const theorem =
  (about: About) =>
  <F extends Statement>(statement: F, variable?: string, derivation?: (self: F) => F): F => {
    const sequent: Theorem['sequent'] = (...terms) => sequentOf(statement(...terms))
    const stated: Theorem = { about, place: about.place ?? nextPlace(), sequent }
    const made: Theorem =
      variable === undefined || derivation === undefined
        ? stated
        : { ...stated, sequent: inductively(stated, variable, derivation as any), induction: variable }
    const apply = applying(made, (_terms, from) => ({ _tag: 'Theorem', theorem: made, from }))
    registered.set(apply, made)
    return apply as unknown as F
  }

/** What a theorem says, with the derivation by induction. */
const inductively = (
  stated: Theorem,
  variable: string,
  derivation: (self: Statement) => Statement
): Theorem['sequent'] => {
  const { about, sequent } = stated
  const at = about.variables.indexOf(variable)
  if (at < 0) throw new TypeError(`${about.name} has no variable «${variable}»`)
  return (...terms) => {
    const self = applying(stated, (smaller, from) => {
      const cases = whyPart(smaller[at], terms[at])
      if (cases === undefined)
        throw new Unsound(
          `${about.name}: the induction hypothesis is used for something not smaller than «${variable}»`
        )
      return { _tag: 'Induction', theorem: stated, from, cases }
    })
    const derived: Derivation<any, any> = (...proofs) => {
      const { derivation: by } = sequentOf(derivation(self)(...terms))
      if (by === undefined) throw new Unsound(`${about.name}: the induction has no derivation`)
      return by(...proofs)
    }
    return { ...sequent(...terms), derivation: derived }
  }
}

/** The list that another was taken from, and the case in which there was something to take. */
const wholes = new WeakMap<object, { readonly list: unknown; readonly because: Proof<any> }>()

/** Why a list is a proper part of another: the cases in which it is; undefined: it is not. */
const whyPart = (small: unknown, large: unknown): ReadonlyArray<Proof<any>> | undefined => {
  if (Array.isArray(small) && Array.isArray(large)) return small.length < large.length ? [] : undefined
  const whole = isObject(small) ? wholes.get(small) : undefined
  if (whole === undefined) return undefined
  const { list, because } = whole
  const before = textOf(list) === textOf(large) ? [] : whyPart(list, large)
  return before && [...before, because]
}

// -------------------------------------------------------------------------------------------------------- modes

type Mode = 'trusting' | 'auditing' | 'symbolic'

let mode: Mode = 'trusting'

/** The proofs that were made in the derivation at hand. */
let own = new WeakSet<Proof<any>>()

const during = <R>(then: Mode, body: () => R): R => {
  const before = [mode, own] as const
  mode = then
  own = new WeakSet()
  try {
    return body()
  } finally {
    ;[mode, own] = before
  }
}

/** Something false was proved. */
export class Refuted extends Error {
  override readonly name = 'Refuted'
}

/** Runs a body in which all evidence is decided when it is made. */
export const audit = <R>(body: () => R): R => during('auditing', body)

/** The statement of a theorem as it is written, its variables standing for themselves. */
export interface Written {
  readonly premises: ReadonlyArray<string>
  readonly conclusion: string
}

const symbols = (theorem: Theorem): ReadonlyArray<unknown> => theorem.about.variables.map((text) => symbol({ text }))

/** Writes the statement of a theorem. */
export const write = (theorem: Theorem): Written =>
  during('symbolic', () => {
    const { premises, conclusion } = theorem.sequent(...symbols(theorem))
    return { premises: premises.map((p) => p.show), conclusion: conclusion.show }
  })

/** The theorems whose derivations were run, and refused in nothing, with those of all that they use. */
const grounded = new WeakSet<Theorem>()

/**
 * Runs the derivation of a theorem on symbols, and gives the proof; nothing if the theorem is not derived. The theorems that
 * it uses must have been declared before it, so that none is derived from itself, however far around; their derivations
 * are run too, if they have not been.
 */
export const derive = (theorem: Theorem): Proof<unknown> | undefined => {
  const uses = new Set<Theorem>()
  const proof = during('symbolic', () => {
    const { premises, conclusion, derivation } = theorem.sequent(...symbols(theorem))
    if (derivation === undefined) return undefined
    const made = derivation(...premises.map((p, index) => mint(() => p, { _tag: 'Premise', index })))
    same(conclusion, made.proposition, theorem.about.name)
    scoped(made, [], uses)
    return made
  })
  for (const used of uses) {
    if (!(used.place < theorem.place))
      throw new Unsound(
        `${theorem.about.name}: its derivation uses ${
          used === theorem ? 'the theorem itself' : `«${used.about.name}», which is not declared before it`
        }`
      )
    if (!grounded.has(used)) derive(used)
  }
  grounded.add(theorem)
  return proof
}

/** On symbols: two propositions must be the same, word for word. */
const same = (wanted: Prop<any>, got: Prop<any> | undefined, where: string): void => {
  if (wanted.show !== got?.show)
    throw new Unsound(`${where}: wanted a proof of «${wanted.show}», got one of «${got?.show ?? 'nothing'}»`)
}

/**
 * On symbols: nothing is used that was proved outside of the derivation, and no hypothesis outside its branch. The theorems
 * that are used are added to a set.
 */
const scoped = (proof: Proof<any>, open: ReadonlyArray<Proof<any>>, uses: Set<Theorem>): void => {
  const { origin } = proof
  if (!own.has(proof)) throw new Unsound(`«${proof.proposition.show}» was proved outside of the derivation`)
  if (origin._tag === 'Hypothesis' && !open.includes(proof))
    throw new Unsound(`the hypothesis «${proof.proposition.show}» is used outside its branch`)
  if (origin._tag === 'Theorem') uses.add(origin.theorem)
  if (origin._tag === 'Theorem' || origin._tag === 'Induction') origin.from.forEach((p) => scoped(p, open, uses))
  if (origin._tag === 'Induction') origin.cases.forEach((p) => scoped(p, open, uses))
  if (origin._tag === 'Rule')
    origin.from.forEach(({ proof: p, under }) => scoped(p, under === undefined ? open : [...open, under], uses))
}

// ------------------------------------------------------------------------------------------------ rules of logic

/** A proof by a rule of logic. */
const byRule = (rule: string, prop: () => Prop<any>, ...from: ReadonlyArray<Branch | Proof<any>>): Proof<any> =>
  mint(prop, { _tag: 'Rule', rule, from: from.map((b) => (b instanceof Proof ? { proof: b } : b)) })

const hypothesis = (p: Prop<any>): Proof<any> => mint(() => p, { _tag: 'Hypothesis' })
const formula = (p: Proof<any>): Formula => formulaOf(p.proposition)

/** The parts of a proposition that is made by a connective; none where it is made by another. */
const partsOf = (p: Prop<any>, connective: Connective): ReadonlyArray<Prop<any>> => {
  const f = formulaOf(p)
  return f._tag === 'Compound' && f.connective === connective ? f.parts : []
}

/** One of them, by its place. */
const part = (p: Proof<any>, connective: Connective, i: number): Prop<any> => {
  const found = partsOf(p.proposition, connective)[i]
  if (found === undefined) throw new Unsound(`«${p.proposition.show}» has no such part`)
  return found
}

/** From P and Q: P and Q. */
export const both = <P, Q>(p: Proof<P>, q: Proof<Q>): Proof<And<P, Q>> =>
  byRule('and', () => and(p.proposition, q.proposition), p, q)
/** From P and Q: P. */
export const first = <P, Q>(pq: Proof<And<P, Q>>): Proof<P> => byRule('first', () => part(pq, 'and', 0), pq)
/** From P and Q: Q. */
export const second = <P, Q>(pq: Proof<And<P, Q>>): Proof<Q> => byRule('second', () => part(pq, 'and', 1), pq)
/** From P: P or Q. */
export const inLeft = <P, Q>(p: Proof<P>, q: Prop<Q>): Proof<Or<P, Q>> => byRule('or', () => or(p.proposition, q), p)
/** From Q: P or Q. */
export const inRight = <P, Q>(p: Prop<P>, q: Proof<Q>): Proof<Or<P, Q>> => byRule('or', () => or(p, q.proposition), q)

/** Runs both branches on symbols, else the one whose case obtains. */
const branching = (
  rule: string,
  cases: readonly [Prop<any>, Prop<any>],
  branches: readonly [(p: Proof<any>) => Proof<any>, (p: Proof<any>) => Proof<any>],
  from: ReadonlyArray<Proof<any>>
): Proof<any> => {
  const run = (i: 0 | 1): Branch => {
    const under = hypothesis(cases[i])
    return { proof: branches[i](under), under }
  }
  if (mode !== 'symbolic') {
    const branch = run(cases[0].decide() ? 0 : 1)
    return byRule(rule, () => branch.proof.proposition, ...from, branch)
  }
  const [yes, no] = [run(0), run(1)]
  same(yes.proof.proposition, no.proof.proposition, rule)
  return byRule(rule, () => yes.proof.proposition, ...from, yes, no)
}

/** From P or Q: what follows from P and from Q. */
export const cases = <P, Q, C>(
  pq: Proof<Or<P, Q>>,
  left: (p: Proof<P>) => Proof<C>,
  right: (q: Proof<Q>) => Proof<C>
): Proof<C> => branching('cases', [part(pq, 'or', 0), part(pq, 'or', 1)], [left, right], [pq])

/** Every proposition holds or does not: what follows in both cases follows. */
export const byCases = <P, C>(
  p: Prop<P>,
  yes: (p: Proof<P>) => Proof<C>,
  no: (p: Proof<Not<P>>) => Proof<C>
): Proof<C> => branching('cases', [p, not(p)], [yes, no], [])

/** An implication holds if its conclusion follows from its premise. */
export const suppose = <P, Q>(goal: Prop<Implies<P, Q>>, body: (p: Proof<P>) => Proof<Q>): Proof<Implies<P, Q>> =>
  under('suppose', 'implies', goal, body)

/** A proposition does not hold if something false follows from it. */
export const refute = <P>(goal: Prop<Not<P>>, body: (p: Proof<P>) => Proof<False>): Proof<Not<P>> =>
  under('refute', 'not', goal, body)

/** On symbols: what a goal concludes, or something false, must follow from what it supposes. */
const under = (
  rule: string,
  connective: 'implies' | 'not',
  goal: Prop<any>,
  body: (p: Proof<any>) => Proof<any>
): Proof<any> => {
  if (mode !== 'symbolic') return byRule(rule, () => goal)
  const [supposed, concluded = falsum] = partsOf(goal, connective)
  if (supposed === undefined) throw new Unsound(`«${goal.show}» cannot be proved by «${rule}»`)
  const assumed = hypothesis(supposed)
  const proof = body(assumed)
  same(concluded, proof.proposition, rule)
  return byRule(rule, () => goal, { proof, under: assumed })
}

/** From P implies Q, and P: Q. */
export const apply = <P, Q>(pq: Proof<Implies<P, Q>>, p: Proof<P>): Proof<Q> => {
  if (mode === 'symbolic') same(part(pq, 'implies', 0), p.proposition, 'apply')
  return byRule('apply', () => part(pq, 'implies', 1), pq, p)
}

/** P and not P: something false. */
export const contradiction = <P>(p: Proof<P>, notP: Proof<Not<P>>): Proof<False> => {
  if (mode === 'symbolic') same(part(notP, 'not', 0), p.proposition, 'contradiction')
  return byRule('contradiction', () => falsum, p, notP)
}

/** From something false follows anything. */
export const absurd = <C>(impossible: Proof<False>, goal: Prop<C>): Proof<C> => {
  if (mode === 'symbolic') same(falsum, impossible.proposition, 'absurd')
  return byRule('absurd', () => goal, impossible)
}

// ---------------------------------------------------------------------------------------------- rules of equality

/** An equation, which may be known or not. */
const equationOf = (eq: Proof<any> | Prop<any>) => {
  const f = formulaOf(eq instanceof Proof ? eq.proposition : eq)
  if (f._tag !== 'Equal') throw new Unsound('not an equation')
  return f
}

/** The two sides of an equation. */
const sides = (eq: Proof<any> | Prop<any>): readonly [unknown, unknown] => equationOf(eq).args

/** On symbols: two terms must be the same, word for word. */
const sameTerm = (x: unknown, y: unknown, where: string): void => {
  if (mode === 'symbolic' && textOf(x) !== textOf(y))
    throw new Unsound(`${where}: «${textOf(x)}» and «${textOf(y)}» are not the same term`)
}

/** The equation with other sides. */
const equation = (like: Proof<any>, args: readonly [unknown, unknown]): Prop<any> =>
  proposition({ ...equationOf(like), args })

/** Everything is equal to itself. */
export const refl = <N>(goal: Prop<Equal<N, N>>): Proof<Equal<N, N>> => {
  sameTerm(...sides(goal), 'refl')
  return byRule('refl', () => goal)
}

/** From n = m: m = n. */
export const symm = <N, M>(eq: Proof<Equal<N, M>>): Proof<Equal<M, N>> =>
  byRule('symm', () => equation(eq, [sides(eq)[1], sides(eq)[0]]), eq)

/** From n = m and m = l: n = l. */
export const trans = <N, M, L>(nm: Proof<Equal<N, M>>, ml: Proof<Equal<M, L>>): Proof<Equal<N, L>> => {
  if (mode === 'symbolic') sameTerm(sides(nm)[1], sides(ml)[0], 'trans')
  return byRule('trans', () => equation(nm, [sides(nm)[0], sides(ml)[1]]), nm, ml)
}

/** Equations between two lists of terms. */
export type Equations<Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>> = {
  readonly [I in keyof Ns]: Proof<Equal<Ns[I], I extends keyof Ms ? Ms[I] : never>>
}

/** On symbols: the equations lead from the one list of terms to the other. */
const lead = (
  from: ReadonlyArray<unknown>,
  to: ReadonlyArray<unknown>,
  eqs: ReadonlyArray<Proof<any>>,
  where: string
) => {
  if (from.length !== eqs.length || to.length !== eqs.length)
    throw new Unsound(`${where}: not one equation for each term`)
  eqs.forEach((eq, i) => {
    sameTerm(sides(eq)[0], from[i], where)
    sameTerm(sides(eq)[1], to[i], where)
  })
}

/** Equal arguments, equal results. */
export const congruence = <F extends string, Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>>(
  goal: Prop<Equal<App<F, Ns>, App<F, Ms>>>,
  ...eqs: Equations<Ns, Ms>
): Proof<Equal<App<F, Ns>, App<F, Ms>>> => {
  if (mode === 'symbolic') {
    const [left, right] = sides(goal).map(shapeOf)
    if (left?.args === undefined || right?.args === undefined || left.head !== right.head)
      throw new Unsound(`«${goal.show}»: not one function`)
    lead(left.args, right.args, eqs, 'congruence')
  }
  return byRule('congruence', () => goal, ...eqs)
}

/** What holds of some terms holds of equal ones. */
export const substitute = <K extends string, Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>>(
  goal: Prop<Holds<K, Ms>>,
  p: Proof<Holds<K, Ns>>,
  ...eqs: Equations<Ns, Ms>
): Proof<Holds<K, Ms>> => {
  if (mode === 'symbolic') {
    const [have, want] = [formula(p), formulaOf(goal)]
    if (have._tag !== 'Holds' || want._tag !== 'Holds' || have.predicate !== want.predicate)
      throw new Unsound(`«${goal.show}»: not one predicate`)
    lead(have.args, want.args, eqs, 'substitute')
  }
  return byRule('substitute', () => goal, p, ...eqs)
}

/** Rewrites with an equation what is known of its left side, so that it speaks of the right side. */
export const rewrite =
  <N, M>(eq: Proof<Equal<N, M>>) =>
  <K extends string>(goal: Prop<Holds<K, [M]>>, p: Proof<Holds<K, [N]>>): Proof<Holds<K, [M]>> =>
    substitute<K, [N], [M]>(goal, p, eq)

// ------------------------------------------------------------------------------------------------------- lists

/** Lists of `A`: the one data type that the kernel knows, so that there can be induction. */
export interface Lists<A> {
  readonly nil: Named<ReadonlyArray<A>, 'nil'>
  readonly cons: Lifted2<'cons', A, ReadonlyArray<A>, ReadonlyArray<A>>
  readonly rcons: Lifted2<'rcons', ReadonlyArray<A>, A, ReadonlyArray<A>>
  readonly equal: Equality<ReadonlyArray<A>>
  /** A list is empty, or an element in front of a list. */
  readonly fromLeft: <L, C>(
    l: Named<ReadonlyArray<A>, L>,
    empty: (isNil: Proof<Equal<L, 'nil'>>) => Proof<C>,
    more: <X, Xs>(
      x: Named<A, X>,
      rest: Named<ReadonlyArray<A>, Xs>,
      isCons: Proof<Equal<L, App<'cons', [X, Xs]>>>
    ) => Proof<C>
  ) => Proof<C>
  /** A list is empty, or an element after a list. */
  readonly fromRight: <L, C>(
    l: Named<ReadonlyArray<A>, L>,
    empty: (isNil: Proof<Equal<L, 'nil'>>) => Proof<C>,
    more: <Xs, X>(
      front: Named<ReadonlyArray<A>, Xs>,
      x: Named<A, X>,
      isRcons: Proof<Equal<L, App<'rcons', [Xs, X]>>>
    ) => Proof<C>
  ) => Proof<C>
}

/** Lists of elements that an `Eq` compares. */
export const lists = <A>(equality: Eq<ReadonlyArray<A>>): Lists<A> => {
  type L = ReadonlyArray<A>
  const nil = constant('nil', [] as L)
  const cons = lift('cons', (x: A, xs: L): L => [x, ...xs])
  const rcons = lift('rcons', (xs: L, x: A): L => [...xs, x])
  const is: Equality<L> = equal(equality)

  /** An element of a list, and the rest of it. */
  const taken = (l: L, end: 'left' | 'right'): readonly [x: any, rest: any] => {
    if (mode !== 'symbolic') return end === 'left' ? [l[0], l.slice(1)] : [l[l.length - 1], l.slice(0, -1)]
    const [one, others] = end === 'left' ? ['head', 'tail'] : ['last', 'front']
    return [symbol({ text: `${one}(${textOf(l)})` }), symbol({ text: `${others}(${textOf(l)})` })]
  }

  const split =
    (end: 'left' | 'right') =>
    (l: any, empty: (isNil: Proof<any>) => Proof<any>, more: (a: any, b: any, is: Proof<any>) => Proof<any>) => {
      const ifEmpty = () => {
        const under = hypothesis(is(l, nil))
        return { proof: empty(under), under }
      }
      const ifMore = () => {
        const [x, rest] = taken(l, end)
        const under = hypothesis(end === 'left' ? is(l, cons(x, rest)) : is(l, rcons(rest, x)))
        wholes.set(rest, { list: l, because: under })
        return { proof: end === 'left' ? more(x, rest, under) : more(rest, x, under), under }
      }
      if (mode !== 'symbolic') {
        const branch = (l as L).length === 0 ? ifEmpty() : ifMore()
        return byRule('list', () => branch.proof.proposition, branch)
      }
      const [none, some] = [ifEmpty(), ifMore()]
      same(none.proof.proposition, some.proof.proposition, 'list')
      return byRule('list', () => none.proof.proposition, none, some)
    }

  return { nil, cons, rcons, equal: is, fromLeft: split('left'), fromRight: split('right') }
}

// ----------------------------------------------------------------------------------------------------- packages

/** An `A` that satisfies the predicate `K`; its name is forgotten, so that it can be stored and returned. */
export class Such<A, in out K extends string> {
  readonly #value: A
  readonly #proof: Proof<any>
  declare readonly [PROP]: (k: K) => K
  private constructor(value: A, proof: Proof<any>) {
    this.#value = value
    this.#proof = proof
  }
  /** Packs a value with the proof that it satisfies the predicate. */
  static pack<A, K extends string, N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>): Such<A, K> {
    return new Such<A, K>(a, p)
  }
  /** Uses the value and the proof, under a fresh name. */
  open<R>(body: <N>(a: Named<A, N>, p: Proof<Holds<K, [N]>>) => R): R {
    return body(this.#value as Named<A, unknown>, this.#proof)
  }
  /** The plain value. */
  get forget(): A {
    return this.#value
  }
}
