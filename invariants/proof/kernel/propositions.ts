/**
 * Propositions and proofs, as a writer handles them, and the evidence that there is about values.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { compound, falsum as never, negation, show, text, Unsound } from './data.js'
import type { Formula } from './data.js'
import type { And, False, Iff, Implies, Not, Or } from './named.js'
import { all, append, each, freeze } from './realm.js'
import { evidence, formulaOf, formulaOfAny, propose, session, steps } from './session.js'
import type { Evidence, Session } from './session.js'
import { holds } from './values.js'

declare const PROP: unique symbol

let newProposition: () => Prop<any>
let newProof: () => Proof<any>

/** A proposition: something that can be decided, not something that is known. */
export class Prop<in out P> {
  declare readonly [PROP]: (p: P) => P
  private constructor() {
    // There is nothing in it: what it is stands in a register.
  }
  /** Whether it holds of these values. */
  decide(): boolean {
    const { formula, session: s } = formulaOfAny(this)
    if (s !== undefined) throw new Unsound(`a derivation decides «${show(formula)}»: distinguish cases instead`)
    return holds(formula)
  }
  /** How it is written. */
  get show(): string {
    return show(formulaOfAny(this).formula)
  }
  static {
    newProposition = () => new Prop()
    freeze(Prop.prototype)
  }
}

/** Evidence that `P` holds. */
export class Proof<in out P> {
  declare readonly [PROP]: (p: P) => P
  private constructor() {
    // There is nothing in it: what it is stands in a register.
  }
  /** What it is evidence of. */
  get proposition(): Prop<P> {
    return propositionOf(this)
  }
  static {
    newProof = () => new Proof()
    freeze(Proof.prototype)
  }
}

/** A proposition of the derivation at hand, or about values. */
export const propositionFor = (formula: Formula): Prop<any> => propose(newProposition(), formula)

const propositionOf = (p: object): Prop<any> => {
  const made = steps.get(p)
  if (made !== undefined) return propose(newProposition(), made.session.formulas[made.node] as Formula, made.session)
  const known = evidence.get(p)
  if (known === undefined) throw new Unsound('this is no proof')
  return propose(newProposition(), known.formula, undefined)
}

/** The proof that a step is. */
export const proofOf = (s: Session, node: number): Proof<any> => {
  const proof = newProof()
  steps.set(proof, { session: s, node })
  return freeze(proof)
}

// ------------------------------------------------------------------------------------------------------ connectives

const both = (tag: 'and' | 'or' | 'implies', p: unknown, q: unknown): Prop<any> =>
  propositionFor(compound(session()?.tables, tag, formulaOf(p), formulaOf(q)))

export const and = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<And<P, Q>> => both('and', p, q)
export const or = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Or<P, Q>> => both('or', p, q)
export const implies = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Implies<P, Q>> => both('implies', p, q)
/** Not p: from p follows something false. */
export const not = <P>(p: Prop<P>): Prop<Not<P>> => propositionFor(negation(session()?.tables, formulaOf(p)))
export const iff = <P, Q>(p: Prop<P>, q: Prop<Q>): Prop<Iff<P, Q>> => and(implies(p, q), implies(q, p))

// ------------------------------------------------------------------------------------------- evidence about values

/** Something false was proved. */
export class Refuted extends Error {
  override readonly name = 'Refuted'
}

interface Audit {
  readonly found: Formula[]
}

let auditing: Audit | undefined

const demandTrue = (formula: Formula): void => {
  if (!holds(formula)) throw new Refuted(`«${show(formula)}» was proved, and does not hold`)
}

/**
 * Something that does not hold follows from nothing that does. While all is decided by whoever asks, that is what tells
 * whether evidence about values is of what a rule or a theorem asks for.
 */
const demandFalse = (formula: Formula, from: ReadonlyArray<unknown>, where: string): void => {
  if (!holds(formula) && all(from, (p) => holds(evidenceOf(p).formula)))
    throw new Unsound(`${where}: «${show(formula)}» does not hold of these values, and does not follow`)
}

/** Whether nothing that may be wrong is needed for evidence that was had in some way from other evidence. */
const isCertainBy = (how: Evidence['how'], from: ReadonlyArray<object>): boolean =>
  how.tag !== 'assumed' &&
  (how.tag !== 'theorem' || how.restsOnNothing) &&
  all(from, (p) => evidence.get(p)?.isCertain === true)

/** Evidence about values. While auditing, what it is evidence of must hold. */
export const evident = (formula: Formula, how: Evidence['how'], from: ReadonlyArray<object> = []): Proof<any> => {
  const isCertain = isCertainBy(how, from)
  if (auditing !== undefined) {
    demandTrue(formula)
    append(auditing.found, formula)
  } else if (how.tag === 'rule') demandFalse(formula, from, how.rule)
  // What was checked is no longer so: otherwise something false would be proved, and rest on nothing.
  if (isCertain && !holds(formula))
    throw new Unsound(`«${show(formula)}» does not hold, and rests on nothing: a value has changed, or a word has`)
  const proof = newProof()
  evidence.set(proof, { formula, how, from, isCertain, audit: auditing })
  return freeze(proof)
}

/** What is known of a proof about values. */
export const evidenceOf = (p: unknown): Evidence => {
  const known = evidence.get(p)
  if (known === undefined)
    throw new Unsound(
      steps.get(p) === undefined ? 'this is no proof' : 'a step of a derivation is no proof about values'
    )
  if (auditing !== undefined && known.audit !== auditing)
    throw new Refuted(`a proof of «${show(known.formula)}» was had outside of the audit`)
  return known
}

/** Looks at what is given for a premise of a theorem: while auditing, the premise must hold. */
export const demandPremise = (premise: Formula, given: unknown, theorem: string): void => {
  if (auditing !== undefined && !holds(premise))
    throw new Refuted(`${theorem}: a proof of «${show(premise)}» was given, but it does not hold of these values`)
  evidenceOf(given)
  demandFalse(premise, [given], theorem)
}

/** Whether something goes on later: a promise, whatever it is called, or a generator, of which nothing has run yet. */
const isLater = (x: unknown): boolean =>
  ((typeof x === 'object' && x !== null) || typeof x === 'function') &&
  ('then' in x || ('next' in x && typeof x.next === 'function'))

/**
 * Runs a body in which all evidence is decided when it is made, and once more at the end: values that have changed by then
 * are found. The body runs to its end at once; it cannot be asynchronous.
 */
export const audit = <R>(body: () => R): R => {
  if (session() !== undefined) throw new Unsound('a derivation audits nothing')
  const before = auditing
  const mine: Audit = { found: [] }
  auditing = mine
  try {
    const result = body()
    if (isLater(result)) throw new Unsound('an audit cannot be asynchronous: what comes later would not be audited')
    each(mine.found, (formula) => {
      if (!holds(formula)) throw new Refuted(`«${show(formula)}» held when it was proved, and no longer does`)
    })
    return result
  } finally {
    auditing = before
  }
}

const demandValues = (what: string, p: Prop<any>): Formula => {
  const { formula } = formulaOfAny(p)
  if (session() !== undefined) throw new Unsound(`a derivation ${what} «${show(formula)}»: distinguish cases instead`)
  return formulaOf(p)
}

/** Decides a proposition, for these values: either way there is evidence. */
export const check = <P>(p: Prop<P>): Either<Proof<Not<P>>, Proof<P>> => {
  const formula = demandValues('decides', p)
  return holds(formula)
    ? E.right(evident(formula, { tag: 'checked' }))
    : E.left(evident(negation(undefined, formula), { tag: 'checked' }))
}

/** Takes a proposition about values on trust. `assumptions` lists it, with the reason. */
export const assume = <P>(p: Prop<P>, why: string): Proof<P> =>
  evident(demandValues('assumes', p), { tag: 'assumed', why: text(why) })

/** What never holds. */
export const falsum: Prop<False> = propositionFor(never)
