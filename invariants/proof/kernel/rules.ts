/**
 * The rules of logic, of equality and of lists, for who writes a derivation. On symbols each of them adds nodes to the
 * derivation; on values it gives evidence, and of two cases it runs the one that obtains.
 */
import { composition, emptiness, equationOf, listOf, same } from './check.js'
import type { End, Node, RuleName } from './check.js'
import { application, atom, compound, equation, falsum as never, negation, show, showing, Unsound } from './data.js'
import type { Connective, Equation, Formula, Term } from './data.js'
import type { And, App, Equal, False, Holds, Implies, Named, Not, Or } from './named.js'
import { evidenceOf, evident, proofOf } from './propositions.js'
import type { Proof, Prop } from './propositions.js'
import { append, each, joined } from './realm.js'
import { formulaOf, keyOf, nodeOf, session, simple, step, symbol, told, within } from './session.js'
import type { Session, Told } from './session.js'
import { holds } from './values.js'
import type { ListWords } from './words.js'

/** What a proof proves. */
const proved = (s: Session | undefined, p: unknown, where: string): Formula =>
  s === undefined ? evidenceOf(p).formula : (s.formulas[nodeOf(s, p, undefined, where)] as Formula)

/** The parts of a formula that is made by a connective. */
const parts = (f: Formula, connective: Connective) => {
  if (f.tag !== connective) throw new Unsound(`«${show(f)}» has no such part`)
  return f
}

/** A rule with nothing but proofs and a formula. */
const byRule = (
  rule: RuleName,
  called: string,
  from: ReadonlyArray<Proof<any>>,
  onValues: (formulas: ReadonlyArray<Formula>) => Formula,
  more: Partial<Node> = {}
): Proof<any> => {
  const s = session()
  const formulas = each(from, (p) => proved(s, p, called))
  if (s === undefined) return evident(onValues(formulas), { tag: 'rule', rule: called }, from)
  const nodes = each(from, (p) => nodeOf(s, p))
  return proofOf(s, simple(s, rule, nodes, more, { rule: called }))
}

/** From P and Q: P and Q. */
export const both = <P, Q>(p: Proof<P>, q: Proof<Q>): Proof<And<P, Q>> =>
  byRule('both', 'and', [p, q], (fs) => compound(undefined, 'and', fs[0] as Formula, fs[1] as Formula))
/** From P and Q: P. */
export const first = <P, Q>(pq: Proof<And<P, Q>>): Proof<P> =>
  byRule('left', 'first', [pq], (fs) => parts(fs[0] as Formula, 'and').left)
/** From P and Q: Q. */
export const second = <P, Q>(pq: Proof<And<P, Q>>): Proof<Q> =>
  byRule('right', 'second', [pq], (fs) => parts(fs[0] as Formula, 'and').right)
/** From P: P or Q. */
export const inLeft = <P, Q>(p: Proof<P>, q: Prop<Q>): Proof<Or<P, Q>> => {
  const formula = formulaOf(q)
  return byRule('inLeft', 'or', [p], (fs) => compound(undefined, 'or', fs[0] as Formula, formula), { formula })
}
/** From Q: P or Q. */
export const inRight = <P, Q>(p: Prop<P>, q: Proof<Q>): Proof<Or<P, Q>> => {
  const formula = formulaOf(p)
  return byRule('inRight', 'or', [q], (fs) => compound(undefined, 'or', formula, fs[0] as Formula), { formula })
}

type Body = (p: any) => unknown

/** Writes both branches on symbols; on values runs the one whose case obtains. */
const branching = (
  rule: RuleName,
  from: ReadonlyArray<Proof<any>>,
  hypotheses: readonly [Formula, Formula],
  bodies: readonly [Body, Body]
): Proof<any> => {
  const s = session()
  if (s === undefined) {
    const i = holds(hypotheses[0]) ? 0 : 1
    const proof = bodies[i](evident(hypotheses[i], { tag: 'checked' }))
    return evident(evidenceOf(proof).formula, { tag: 'rule', rule: 'cases' }, joined<object>(from, [proof as object]))
  }
  const nodes = each(from, (p) => nodeOf(s, p))
  const branches = each(hypotheses, (hypothesis, i) =>
    within(s, hypothesis, [], (supposed) => nodeOf(s, bodies[i as 0 | 1](proofOf(s, supposed)), undefined, 'cases'))
  )
  return proofOf(s, step(s, { rule, scope: s.scope, from: nodes, branches }, { rule: 'cases' }))
}

/** From P or Q: what follows from P and from Q. */
export const cases = <P, Q, C>(
  pq: Proof<Or<P, Q>>,
  left: (p: Proof<P>) => Proof<C>,
  right: (q: Proof<Q>) => Proof<C>
): Proof<C> => {
  const either = parts(proved(session(), pq, 'cases'), 'or')
  return branching('cases', [pq], [either.left, either.right], [left, right])
}

/** Every proposition holds or does not: what follows in both cases follows. */
export const byCases = <P, C>(
  p: Prop<P>,
  yes: (p: Proof<P>) => Proof<C>,
  no: (p: Proof<Not<P>>) => Proof<C>
): Proof<C> => {
  const formula = formulaOf(p)
  return branching('decide', [], [formula, negation(session()?.tables, formula)], [yes, no])
}

/** An implication, or a negation, by a branch in which its premise is supposed. */
const supposing = (called: 'suppose' | 'refute', goal: Prop<any>, body: Body): Proof<any> => {
  const s = session()
  const formula = formulaOf(goal)
  if (formula.tag !== 'implies' || (called === 'refute' && formula.right.tag !== 'false'))
    throw new Unsound(`«${show(formula)}» cannot be proved by «${called}»`)
  if (s === undefined) {
    // Of values that are not as supposed there is nothing to say.
    const from = holds(formula.left) ? [body(evident(formula.left, { tag: 'checked' })) as object] : []
    each(from, evidenceOf)
    return evident(formula, { tag: 'rule', rule: called }, from)
  }
  const made = within(s, formula.left, [], (supposed) => {
    const node = nodeOf(s, body(proofOf(s, supposed)), formula.right, called)
    const got = s.formulas[node] as Formula
    same(formula.right, got, called)
    return node
  })
  const node: Node = { rule: 'suppose', scope: s.scope, from: [], branches: [made] }
  return proofOf(s, step(s, node, { rule: called }))
}

/** An implication holds if its conclusion follows from its premise. */
export const suppose = <P, Q>(goal: Prop<Implies<P, Q>>, body: (p: Proof<P>) => Proof<Q>): Proof<Implies<P, Q>> =>
  supposing('suppose', goal, body)

/** A proposition does not hold if something false follows from it. */
export const refute = <P>(goal: Prop<Not<P>>, body: (p: Proof<P>) => Proof<False>): Proof<Not<P>> =>
  supposing('refute', goal, body)

/** From P implies Q, and P: Q. */
export const apply = <P, Q>(pq: Proof<Implies<P, Q>>, p: Proof<P>): Proof<Q> =>
  byRule('detach', 'apply', [pq, p], (fs) => parts(fs[0] as Formula, 'implies').right)

/** P and not P: something false. */
export const contradiction = <P>(p: Proof<P>, notP: Proof<Not<P>>): Proof<False> =>
  byRule('detach', 'contradiction', [notP, p], () => never)

/** From something false follows anything. */
export const absurd = <C>(impossible: Proof<False>, goal: Prop<C>): Proof<C> => {
  const formula = formulaOf(goal)
  return byRule('absurd', 'absurd', [impossible], () => formula, { formula })
}

// ---------------------------------------------------------------------------------------------- rules of equality

const equationIn = (s: Session | undefined, p: unknown, where: string): Equation => equationOf(proved(s, p, where))

/** Everything is equal to itself. */
export const refl = <N>(goal: Prop<Equal<N, N>>): Proof<Equal<N, N>> => {
  const s = session()
  const formula = equationOf(formulaOf(goal))
  if (s === undefined) return evident(formula, { tag: 'rule', rule: 'refl' })
  demandSame(formula.left, formula.right, 'refl')
  return proofOf(s, simple(s, 'refl', [], { terms: [formula.left] }))
}

const demandSame = (x: Term, y: Term, where: string): void => {
  if (x === y) return
  const shown = showing([x, y])
  throw new Unsound(`${where}: «${shown(x)}» and «${shown(y)}» are not the same term`)
}

/** Rewrites the left side of an equation in a proof: the formula is made with a hole where the side is. */
const rewriting = (s: Session, eq: number, p: number, withHole: (hole: Term) => Formula, as?: Told): number => {
  const { sort, left, right } = equationOf(s.formulas[eq] as Formula)
  if (left === right) return p
  const hole = symbol('□', sort)
  return simple(s, 'substitute', [eq, p], { hole, formula: withHole(hole) }, as)
}

const sidesOn = (s: Session, { sort }: Equation, left: Term, right: Term): Formula =>
  equation(s.tables, sort, left, right)

/** From n = m: m = n. */
export const symm = <N, M>(eq: Proof<Equal<N, M>>): Proof<Equal<M, N>> => {
  const s = session()
  const known = equationIn(s, eq, 'symm')
  if (s === undefined)
    return evident({ ...known, left: known.right, right: known.left }, { tag: 'rule', rule: 'symm' }, [eq])
  const node = nodeOf(s, eq)
  const same = simple(s, 'refl', [], { terms: [known.left] })
  const turned = rewriting(s, node, same, (hole) => sidesOn(s, known, hole, known.left), { rule: 'symm', from: [node] })
  return proofOf(s, turned)
}

/** From n = m and m = l: n = l. */
export const trans = <N, M, L>(nm: Proof<Equal<N, M>>, ml: Proof<Equal<M, L>>): Proof<Equal<N, L>> => {
  const s = session()
  const one = equationIn(s, nm, 'trans')
  const two = equationIn(s, ml, 'trans')
  if (s === undefined) return evident({ ...one, right: two.right }, { tag: 'rule', rule: 'trans' }, [nm, ml])
  demandSame(one.right, two.left, 'trans')
  const n = nodeOf(s, nm)
  const m = nodeOf(s, ml)
  return proofOf(
    s,
    rewriting(s, m, n, (hole) => sidesOn(s, one, one.left, hole), { rule: 'trans', from: [n, m] })
  )
}

/** Equations between two lists of terms. */
export type Equations<Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>> = {
  readonly [I in keyof Ns]: Proof<Equal<Ns[I], I extends keyof Ms ? Ms[I] : never>>
}

/** Rewrites one argument after another. */
const along = (
  s: Session,
  called: string,
  start: number,
  eqs: ReadonlyArray<unknown>,
  from: ReadonlyArray<Term>,
  to: ReadonlyArray<Term>,
  made: (args: ReadonlyArray<Term>) => Formula
): Proof<any> => {
  if (from.length !== eqs.length) throw new Unsound(`${called}: not one equation for each term`)
  const nodes = each(eqs, (eq) => nodeOf(s, eq, undefined, called))
  each(nodes, (node, i) => {
    const { left, right } = equationOf(s.formulas[node] as Formula)
    demandSame(left, from[i] as Term, called)
    demandSame(right, to[i] as Term, called)
  })
  let last = start
  each(nodes, (node, i) => {
    const withHole = (hole: Term): Formula => made(each(from, (x, j) => (j < i ? (to[j] as Term) : j === i ? hole : x)))
    last = rewriting(s, node, last, withHole)
  })
  // Where no side differs, nothing was added, and the node at hand is that of somebody else.
  if (last !== start || called === 'congruence')
    told.set(s.nodes[last] as Node, { rule: called, from: called === 'congruence' ? nodes : joined([start], nodes) })
  return proofOf(s, last)
}

/** Equal arguments, equal results. */
export const congruence = <F extends string, Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>>(
  goal: Prop<Equal<App<F, Ns>, App<F, Ms>>>,
  ...eqs: Equations<Ns, Ms>
): Proof<Equal<App<F, Ns>, App<F, Ms>>> => {
  const s = session()
  const formula = equationOf(formulaOf(goal))
  const given = eqs as unknown as ReadonlyArray<object>
  if (s === undefined) return evident(formula, { tag: 'rule', rule: 'congruence' }, given)
  const { sort, left, right } = formula
  if (left.tag !== 'application' || right.tag !== 'application' || left.word !== right.word)
    throw new Unsound(`«${show(formula)}»: not one function`)
  const { word, args } = left
  const start = simple(s, 'refl', [], { terms: [left] })
  return along(s, 'congruence', start, given, args, right.args, (terms) =>
    equation(s.tables, sort, left, application(s.tables, word, terms))
  )
}

/** What holds of some terms holds of equal ones. */
export const substitute = <K extends string, Ns extends ReadonlyArray<unknown>, Ms extends ReadonlyArray<unknown>>(
  goal: Prop<Holds<K, Ms>>,
  p: Proof<Holds<K, Ns>>,
  ...eqs: Equations<Ns, Ms>
): Proof<Holds<K, Ms>> => {
  const s = session()
  const want = formulaOf(goal)
  const given = eqs as unknown as ReadonlyArray<object>
  const have = proved(s, p, 'substitute')
  if (s === undefined) return evident(want, { tag: 'rule', rule: 'substitute' }, joined<object>([p], given))
  if (have.tag !== 'atom' || want.tag !== 'atom' || have.word !== want.word)
    throw new Unsound(`«${show(want)}»: not one predicate`)
  const { word } = have
  return along(s, 'substitute', nodeOf(s, p), given, have.args, want.args, (terms) => atom(s.tables, word, terms))
}

/** Rewrites with an equation what is known of its left side, so that it speaks of the right side. */
export const rewrite =
  <N, M>(eq: Proof<Equal<N, M>>) =>
  <K extends string>(goal: Prop<Holds<K, [M]>>, p: Proof<Holds<K, [N]>>): Proof<Holds<K, [M]>> =>
    substitute<K, [N], [M]>(goal, p, eq)

// ------------------------------------------------------------------------------------------------------- lists

/** Lists of `A`, taken apart. */
export interface Lists<A> extends ListWords<A> {
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

type More = (a: any, b: any, is: Proof<any>) => unknown

/** On symbols: both cases of a list. */
const splitSymbols = (s: Session, end: End, list: Term, empty: Body, more: More): Proof<any> => {
  const { sort, of } = listOf(list)
  const none = within(s, emptiness(s.tables, list), [], (supposed) =>
    nodeOf(s, empty(proofOf(s, supposed)), undefined, 'list')
  )
  const one = end === 'left' ? 'head' : 'last'
  const others = end === 'left' ? 'tail' : 'front'
  const text = showing([list], s.statement?.variables)(list)
  const x = symbol(`${one}(${text})`, of)
  const rest = symbol(`${others}(${text})`, sort)
  const some = within(s, composition(s.tables, list, x, rest, end), [x, rest], (supposed) => {
    const element = keyOf(s, x)
    const list_ = keyOf(s, rest)
    const is = proofOf(s, supposed)
    return nodeOf(s, end === 'left' ? more(element, list_, is) : more(list_, element, is), undefined, 'list')
  })
  const node: Node = { rule: 'split', scope: s.scope, from: [], branches: [none, some], terms: [list], end }
  return proofOf(s, step(s, node, { rule: 'list' }))
}

/** The elements of a list from one place up to another. */
const between = <A>(l: ReadonlyArray<A>, from: number, to: number): ReadonlyArray<A> => {
  const made: A[] = []
  each(l, (a, i) => i >= from && i < to && append(made, a))
  return made
}

/** On values: the case that obtains. */
const splitValues = <A>(words: ListWords<A>, end: End, l: ReadonlyArray<A>, empty: Body, more: More): Proof<any> => {
  const { nil, cons, rcons, equal: is } = words
  const known = (p: Prop<any>): Proof<any> => evident(formulaOf(p), { tag: 'checked' })
  const named = <X>(x: X) => x as Named<X, unknown>
  const x = l[end === 'left' ? 0 : l.length - 1]
  const rest = between(l, end === 'left' ? 1 : 0, end === 'left' ? l.length : l.length - 1)
  const proof =
    l.length === 0
      ? empty(known(is(named(l), nil)))
      : end === 'left'
        ? more(x, rest, known(is(named(l), cons(named(x as A), named(rest)))))
        : more(rest, x, known(is(named(l), rcons(named(rest), named(x as A)))))
  return evident(evidenceOf(proof).formula, { tag: 'rule', rule: 'list' }, [proof as object])
}

/** The two ways of taking lists apart. */
export const takingApart = <A>(words: ListWords<A>): Lists<A> => {
  const split =
    (end: End) =>
    (l: any, empty: Body, more: More): Proof<any> => {
      const s = session()
      return s === undefined
        ? splitValues(words, end, l, empty, more)
        : splitSymbols(s, end, equationOf(formulaOf(words.equal(l, l))).left, empty, more)
    }
  return { ...words, fromLeft: split('left'), fromRight: split('right') }
}
