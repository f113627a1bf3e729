/**
 * Derivations of inequalities between sums of natural numbers. Inequalities that are known are added up, and sums brought
 * into one order, by the facts on numbers alone. What is written so is checked like any other derivation: a wrong one is
 * refused.
 */
import { absurd, byCases, congruence, contradiction, refl, substitute, symm, trans } from '../../proof/kernel.js'
import type { Equal, False, Holds, Not, Proof, Prop } from '../../proof/kernel.js'
import {
  atMost_antisym,
  atMost_plus,
  atMost_refl,
  atMost_total,
  more_is_more,
  plus_assoc,
  plus_swap,
  plus_zero,
  zero_plus
} from './numbers.js'
import type { Number_, NumberTheory } from './numbers.js'

type Some = Number_<unknown>
type SomeLe = Proof<Holds<'atMost', [unknown, unknown]>>
type SomeEq = Proof<Equal<unknown, unknown>>

// What follows forgets the names that the compiler knows: the kernel knows the terms.
function forget<N>(n: Number_<N>): Some
function forget(n: Some): Some {
  return n
}
function forgetEq<N, M>(p: Proof<Equal<N, M>>): SomeEq
function forgetEq(p: SomeEq): SomeEq {
  return p
}
function forgetLe<N, M>(p: Proof<Holds<'atMost', [N, M]>>): SomeLe
function forgetLe(p: SomeLe): SomeLe {
  return p
}

function forgetNot<N, M>(p: Proof<Not<Holds<'atMost', [N, M]>>>): Proof<Not<Holds<'atMost', [unknown, unknown]>>>
function forgetNot(p: Proof<Not<Holds<'atMost', [unknown, unknown]>>>): typeof p {
  return p
}
// And these remember them, where the goal says what they are; were it another one, the kernel would refuse the step.
function remember<N, M>(goal: Prop<Holds<'atMost', [N, M]>>, p: SomeLe): Proof<Holds<'atMost', [N, M]>>
function remember(_goal: Prop<Holds<'atMost', [unknown, unknown]>>, p: SomeLe): SomeLe {
  return p
}
function rememberEq<N, M>(goal: Prop<Equal<N, M>>, p: SomeEq): Proof<Equal<N, M>>
function rememberEq(_goal: Prop<Equal<unknown, unknown>>, p: SomeEq): SomeEq {
  return p
}

/** A sum as `linear` sees it: nothing, a term by the name that it has there, or two sums. */
export type Sum =
  | { readonly tag: 'zero'; readonly term: Some }
  | { readonly tag: 'summand'; readonly called: string; readonly term: Some }
  | { readonly tag: 'plus'; readonly term: Some; readonly left: Sum; readonly right: Sum }

/** An inequality between two sums that is known. */
export interface Known {
  readonly left: Sum
  readonly right: Sum
  readonly proof: SomeLe
}

/** Summands in order, each in front of the rest; nothing at the end. */
type InOrder =
  | { readonly called: undefined; readonly term: Some }
  | { readonly called: string; readonly term: Some; readonly one: Some; readonly rest: InOrder }

/** A sum in order, and that it is equal to what it was. */
interface Ordered {
  readonly to: InOrder
  readonly is: SomeEq
}

/** Sums, brought into one order. */
const ordering = (theory: NumberTheory) => {
  const { plus, same, zero } = theory.numbers
  const add = (a: Some, b: Some): Some => forget(plus(a, b))
  const end: InOrder = { called: undefined, term: forget(zero) }
  const put = (called: string, one_: Some, rest: InOrder): InOrder => ({
    called,
    one: one_,
    rest,
    term: add(one_, rest.term)
  })
  const itself = (a: Some): SomeEq => refl(same(a, a))
  const both = (a: Some, b: Some, c: Some, d: Some, ac: SomeEq, bd: SomeEq): SomeEq =>
    forgetEq(congruence(same(plus(a, b), plus(c, d)), ac, bd))

  /** l + r for two that are in order. */
  const merge = (l: InOrder, r: InOrder): Ordered => {
    if (l.called === undefined) return { to: r, is: forgetEq(zero_plus(theory)(r.term)()) }
    if (r.called === undefined) return { to: l, is: forgetEq(plus_zero(theory)(l.term)()) }
    const isFirst = l.called <= r.called
    const { called, one: x } = isFirst ? l : r
    const inner = isFirst ? merge(l.rest, r) : merge(l, r.rest)
    const moved = isFirst
      ? forgetEq(plus_assoc(theory)(x, l.rest.term, r.term)())
      : forgetEq(plus_swap(theory)(l.term, x, r.rest.term)())
    const before = isFirst ? add(l.rest.term, r.term) : add(l.term, r.rest.term)
    return {
      to: put(called, x, inner.to),
      is: trans(moved, both(x, before, x, inner.to.term, itself(x), inner.is))
    }
  }

  const ordered = (sum: Sum): Ordered => {
    if (sum.tag === 'zero') return { to: end, is: itself(sum.term) }
    if (sum.tag === 'summand')
      return { to: put(sum.called, sum.term, end), is: symm(forgetEq(plus_zero(theory)(sum.term)())) }
    const [l, r] = [ordered(sum.left), ordered(sum.right)]
    const merged = merge(l.to, r.to)
    const parts = both(sum.left.term, sum.right.term, l.to.term, r.to.term, l.is, r.is)
    return { to: merged.to, is: trans(parts, merged.is) }
  }

  return { add, itself, ordered }
}

/** Inequalities, added up until they contradict one another. */
const adding = (theory: NumberTheory) => {
  const { one, zero, atMost } = theory.numbers
  const { add, itself, ordered } = ordering(theory)
  const summand = <N>(called: string, n: Number_<N>): Sum & { readonly tag: 'summand' } => ({
    tag: 'summand',
    called,
    term: forget(n)
  })
  const nothing: Sum = { tag: 'zero', term: forget(zero) }
  const unit = summand('1', one)
  const sum = (left: Sum, right: Sum): Sum => ({ tag: 'plus', term: add(left.term, right.term), left, right })

  /** The summands of a sum, with their names. */
  const summands = (sum: Sum): ReadonlyArray<Sum & { readonly tag: 'summand' }> =>
    sum.tag === 'plus' ? [...summands(sum.left), ...summands(sum.right)] : sum.tag === 'summand' ? [sum] : []

  /** All inequalities, added up. */
  const added = (known: ReadonlyArray<Known>): Known => {
    const [only] = known
    if (only === undefined) throw new RangeError('no inequality is known')
    if (known.length === 1) return only
    const half = Math.ceil(known.length / 2)
    const [a, b] = [added(known.slice(0, half)), added(known.slice(half))]
    return {
      left: sum(a.left, b.left),
      right: sum(a.right, b.right),
      proof: forgetLe(atMost_plus(theory)(a.left.term, a.right.term, b.left.term, b.right.term)(a.proof, b.proof))
    }
  }

  /** What a sum has besides the summands of another one and a unit. */
  const spareIn = (whole: Sum, part: Sum): Sum => {
    const left = [unit, ...summands(part)].reduce((from, x) => {
      const at = from.findIndex((y) => y.called === x.called)
      if (at < 0) throw new RangeError(`these inequalities do not contradict one another: «${x.called}» is left over`)
      return from.toSpliced(at, 1)
    }, summands(whole))
    return left.reduce<Sum>((s, x) => sum(s, x), nothing)
  }

  /** Something false follows from what is known. Each inequality counts as often as it is named. */
  const impossible = (...known: ReadonlyArray<Known>): Proof<False> => {
    const { left, right, proof } = added(known)
    const spare = spareIn(left, right)
    const more = sum(unit, sum(spare, right))
    const is = substitute<'atMost', [unknown, unknown], [unknown, unknown]>(
      atMost(more.term, right.term),
      proof,
      trans(ordered(left).is, symm(ordered(more).is)),
      itself(right.term)
    )
    return contradiction(is, forgetNot(more_is_more(theory)(right.term, spare.term)()))
  }

  return { impossible, itself, nothing, sum, summand, unit }
}

/** Derivations of inequalities. */
export const linear = (theory: NumberTheory) => {
  const { atMost } = theory.numbers
  const { impossible, itself, nothing, sum, summand, unit } = adding(theory)

  const atMostBy = (left: Sum, right: Sum, known: ReadonlyArray<Known>, times: number): SomeLe => {
    const goal = atMost(left.term, right.term)
    return byCases(
      goal,
      (yes) => yes,
      (no) => {
        const contrary: Known = {
          left: sum(right, unit),
          right: left,
          proof: forgetLe(atMost_total(theory)(left.term, right.term)(no))
        }
        return absurd(impossible(...known, ...Array.from({ length: times }, () => contrary)), goal)
      }
    )
  }

  /** `left ≤ right`, which is the goal, since the contrary, taken so often, contradicts what is known. */
  const prove = <N, M>(
    goal: Prop<Holds<'atMost', [N, M]>>,
    left: Sum,
    right: Sum,
    known: ReadonlyArray<Known>,
    times = 1
  ): Proof<Holds<'atMost', [N, M]>> => remember(goal, atMostBy(left, right, known, times))

  /** `left = right`, which is the goal: each is at most the other. */
  const proveEqual = <N, M>(
    goal: Prop<Equal<N, M>>,
    left: Sum,
    right: Sum,
    there: ReadonlyArray<Known>,
    back: ReadonlyArray<Known>,
    times: readonly [number, number] = [1, 1]
  ): Proof<Equal<N, M>> => {
    const [below, above] = [atMostBy(left, right, there, times[0]), atMostBy(right, left, back, times[1])]
    return rememberEq(goal, forgetEq(atMost_antisym(theory)(left.term, right.term)(below, above)))
  }

  /** An inequality that is known. */
  const le = <N, M>(left: Sum, right: Sum, proof: Proof<Holds<'atMost', [N, M]>>): Known => ({
    left,
    right,
    proof: forgetLe(proof)
  })

  /** Two sides of an equation are each at most the other. */
  const eq = <N, M>(left: Sum, right: Sum, known: Proof<Equal<N, M>>) => {
    const is = forgetEq(known)
    const below = (a: Sum, b: Sum, ab: SomeEq): Known => ({
      left: a,
      right: b,
      proof: substitute<'atMost', [unknown, unknown], [unknown, unknown]>(
        atMost(a.term, b.term),
        atMost_refl(theory)(a.term)(),
        itself(a.term),
        ab
      )
    })
    return { le: below(left, right, is), ge: below(right, left, symm(is)) }
  }
  return { eq, impossible, le, nothing, prove, proveEqual, sum, summand, unit }
}
