/**
 * What is a proof to the compiler, and what is not. Each case is the body of a function; the prelude comes first.
 *
 * `compilers.test.ts` gives them to three compilers, which must agree.
 */

/** A piece of code, and whether it must compile. */
export interface Case {
  readonly says: string
  readonly compiles: boolean
  readonly code: string
}

/** What the cases may use: a set `s` and a number `x` with names that stand for any, and evidence about them. */
export const prelude = `
import { check, assume, given, name, Proof, rewrite, substitute, term, theorem } from 'kernel'
import { Such } from 'such'
import type { App, Equal, Holds, Named, Prop, Vocabulary } from 'kernel'
import { chapter, forall } from 'lemma'
import type { Sort } from 'sort'
import { eqSet, has, insert, insertKnown, insertSorted, insertTwice, num, numbers, SetSort, small, sorted, words } from 'numbers'
import type { Num, Numbers } from 'numbers'

type Insert<S, X> = App<'insert', [S, X]>
type Sorted<S> = Holds<'sorted', [S]>
type Small<S> = Holds<'small', [S]>
type Has<X, S> = Holds<'has', [X, S]>

interface Theory<A> { readonly vocabulary: Vocabulary; readonly set: Sort<A & Numbers>; readonly number: Sort<Num> }
const { lemma } = chapter('cases')

/** Two types are the same. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export declare const set: Numbers
export declare const number: Num
export declare const theory: Theory<Numbers>
declare const packed: Such<Numbers, 'sorted'>

export const attempt = <S, U, X, Y>(
  s: Named<Numbers, S>, u: Named<Numbers, U>, x: Named<Num, X>, y: Named<Num, Y>,
  p: Proof<Sorted<S>>, pu: Proof<Sorted<U>>, q: Proof<Small<S>>, known: Proof<Has<X, S>>
): unknown => {
`

const yes = (says: string, code: string): Case => ({ says, compiles: true, code })
const no = (says: string, code: string): Case => ({ says, compiles: false, code })

export const cases: ReadonlyArray<Case> = [
  yes('a theorem with evidence of its premise', 'return insertSorted(s, x)(p)'),
  yes(
    'what it proves is known exactly',
    'const r = insertSorted(s, x)(p); const exact: Same<typeof r, Proof<Sorted<Insert<S, X>>>> = true; return exact'
  ),
  no('evidence about another set', 'return insertSorted(s, x)(pu)'),
  no('evidence about the set before', 'return insertSorted(insert(s, x), y)(p)'),
  no('terms and evidence that disagree', 'return insertSorted(u, x)(p)'),
  no('evidence of another predicate', 'return insertSorted(s, x)(q)'),
  no('a missing premise', 'return insertSorted(s, x)()'),
  no('a premise too many', 'return insertSorted(s, x)(p, p)'),
  yes(
    'premises in their order',
    `const both = theorem({ name: 'both', source: '', variables: ['s'], vocabulary: words })(<T>(t: Named<Numbers, T>) =>
      given(sorted(t), small(t)).infer(sorted(t))); return both(s)(p, q)`
  ),
  no(
    'premises swapped',
    `const both = theorem({ name: 'both', source: '', variables: ['s'], vocabulary: words })(<T>(t: Named<Numbers, T>) =>
      given(sorted(t), small(t)).infer(sorted(t))); return both(s)(q, p)`
  ),
  yes('a derived theorem', 'return insertTwice(s, x, y)(p)'),
  yes(
    'a derivation',
    `return theorem({ name: 'd', source: '', variables: ['s', 'x'], vocabulary: words })(<T, N>(t: Named<Numbers, T>, n: Named<Num, N>) =>
      given(sorted(t)).infer(sorted(insert(t, n))).by((r) => insertSorted(t, n)(r)))`
  ),
  no(
    'a derivation that leaves out a premise',
    `return theorem({ name: 'd', source: '', variables: ['s', 'x'], vocabulary: words })(<T, N>(t: Named<Numbers, T>, n: Named<Num, N>) =>
      given(sorted(t)).infer(sorted(insert(t, n))).by(() => insertSorted(t, n)()))`
  ),
  no(
    'a derivation of something else',
    `return theorem({ name: 'd', source: '', variables: ['s', 'x'], vocabulary: words })(<T, N>(t: Named<Numbers, T>, n: Named<Num, N>) =>
      given(sorted(t)).infer(sorted(insert(t, n))).by((r) => r))`
  ),
  no('values without names', 'return insertSorted(set, number)(p)'),
  yes('a named value used as a plain one', 'const plain: Numbers = s; return plain.all'),
  no('a plain value where a named one is needed', 'return sorted(set)'),
  no('one name for another', 'const other: Named<Numbers, U> = s; return other'),
  no('a named value that is changed', 'return s.all.push(1)'),
  no('a fact about one set as a fact about another', 'const other: Proof<Sorted<U>> = p; return other'),
  no('one predicate for another', 'const other: Proof<Small<S>> = p; return other'),
  no('a fact about a result as one about the argument', 'const r: Proof<Sorted<S>> = insertSorted(s, x)(p); return r'),
  no('the arguments of a function swapped', 'const r: Proof<Has<S, X>> = known; return r'),
  yes(
    'rewriting along an equation',
    'const eq = insertKnown(s, x)(known); const r: Proof<Equal<Insert<S, X>, S>> = eq; return r'
  ),
  yes(
    'what is known of the left side becomes known of the right side',
    'return rewrite(insertKnown(s, x)(known))(sorted(s), insertSorted(s, x)(p))'
  ),
  no('rewriting to another term', 'return rewrite(insertKnown(s, x)(known))(sorted(u), insertSorted(s, x)(p))'),
  no('rewriting to another predicate', 'return rewrite(insertKnown(s, x)(known))(small(s), insertSorted(s, x)(p))'),
  no('rewriting backwards', 'return rewrite(insertKnown(s, x)(known))(sorted(insert(s, x)), p)'),
  no('substitution with too few equations', 'return substitute(has(x, s), known)'),
  yes(
    'a fresh name within its scope',
    'return name(set, (a) => { insertSorted(a, x)(assume(sorted(a), "a test")); return 1 })'
  ),
  no('a fresh name that escapes', 'return name(set, (a) => a) satisfies Named<Numbers, S>'),
  no(
    'a proof about a fresh name that escapes',
    'const r: Proof<Sorted<S>> = name(set, (a) => assume(sorted(a), "a test")); return r'
  ),
  no(
    'two fresh names mixed up',
    'return name(set, (a) => name(set, (b) => { insertSorted(b, x)(assume(sorted(a), "a test")); return 1 }))'
  ),
  no(
    'a fresh name that escapes in an object, used for another',
    'const o = name(set, (a) => ({ a, r: assume(sorted(a), "a test") })); return insertSorted(s, x)(o.r)'
  ),
  yes('a package made of a value and its proof', 'return Such.pack(s, p)'),
  yes(
    'a package opened, used, and packed again',
    'return packed.open((a, r) => Such.pack(insert(a, x), insertSorted(a, x)(r)))'
  ),
  yes(
    'a package carried through a fold',
    `return [number].reduce<Such<Numbers, 'sorted'>>((acc, n) =>
      name(n, (m) => acc.open((a, r) => Such.pack(insert(a, m), insertSorted(a, m)(r)))), packed)`
  ),
  no('a package of one predicate as one of another', "const other: Such<Numbers, 'small'> = packed; return other"),
  no('a package of a value and a proof about another', 'return Such.pack(s, pu)'),
  no('the proof of an opened package for another value', 'return packed.open((_a, r) => insertSorted(s, x)(r))'),
  no('a proof made by hand', 'return new Proof(() => sorted(s), { _tag: "Checked" })'),
  no(
    'a proof written as an object',
    'const r: Proof<Sorted<S>> = { origin: { _tag: "Checked" }, proposition: sorted(s) }; return r'
  ),
  no('an empty object as a proof', 'const r: Proof<Sorted<S>> = {}; return r'),
  no('a package made by hand', "return new Such<Numbers, 'sorted'>(set, p)"),
  no('a proposition as its proof', 'return insertSorted(s, x)(sorted(s))'),
  no('a proposition made by hand', 'const r: Prop<Sorted<S>> = { show: "", decide: () => true }; return r'),
  no('the outcome of a check as a proof', 'return insertSorted(s, x)(check(sorted(s)))'),
  yes(
    'the right side of a check as a proof',
    'const c = check(sorted(s)); return c._tag === "Right" ? insertSorted(s, x)(c.right) : c.left'
  ),
  no(
    'the left side of a check as a proof',
    'const c = check(sorted(s)); return c._tag === "Left" ? insertSorted(s, x)(c.left) : undefined'
  ),
  yes('a literal name', "const a = term('a', set); const r: Prop<Holds<'sorted', ['a']>> = sorted(a); return r"),
  no(
    'one literal name for another',
    "const a = term('a', set); return insertSorted(a, x)(assume(sorted(term('b', set)), 'a test'))"
  ),
  yes(
    'the function itself is part of the name',
    "const grow = words.lift('grow', [SetSort], SetSort, (a) => a); return sorted(grow(s))"
  ),
  no(
    'two functions mixed up',
    "const grow = words.lift('grow', [SetSort], SetSort, (a) => a); const r: Prop<Sorted<Insert<S, X>>> = sorted(grow(s)); return r"
  ),
  no(
    'two predicates mixed up',
    "const even = words.predicate('even', [SetSort], () => true); const r: Prop<Sorted<S>> = even(s); return r"
  ),
  yes(
    'a lemma of every theory',
    `const grows = lemma('grows', '', '')(<A>({ set, number }: Theory<A>) =>
      forall('s x', set, number).state(<S, X>(s: Named<A & Numbers, S>, x: Named<Num, X>) =>
        given(sorted(s)).infer(sorted(insert(s, x)))))
    const r = grows(theory)(s, x)(p)
    const exact: Same<typeof r, Proof<Sorted<Insert<S, X>>>> = true; return exact`
  ),
  no(
    'a lemma of a theory with evidence about another set',
    `const grows = lemma('grows', '', '')(<A>({ set, number }: Theory<A>) =>
      forall('s x', set, number).state(<S, X>(s: Named<A & Numbers, S>, x: Named<Num, X>) =>
        given(sorted(s)).infer(sorted(insert(s, x)))))
    return grows(theory)(s, x)(pu)`
  ),
  no(
    'a lemma about other terms than it quantifies over',
    `return lemma('grows', '', '')(<A>({ set, number }: Theory<A>) =>
      forall('s x', set, number).state(<S, X>(s: Named<Num, S>, x: Named<Num, X>) => given(has(x, term('t', numbers()))).infer(has(s, term('t', numbers())))))`
  ),
  no(
    'a lemma about more terms than it quantifies over',
    `return lemma('grows', '', '')(<A>({ set }: Theory<A>) =>
      forall('s', set).state(<S, X>(s: Named<A & Numbers, S>, x: Named<Num, X>) =>
        given(sorted(s)).infer(sorted(insert(s, x)))))`
  ),
  no(
    'a lemma that states nothing',
    "return lemma('grows', '', '')(<A>({ set }: Theory<A>) => forall('s', set).state(<S>(s: Named<A & Numbers, S>) => s))"
  ),
  no(
    'an induction that derives something else',
    `return lemma('grows', '', '')(<A>({ set, number }: Theory<A>) =>
      forall('s x', set, number)
        .state(<S, X>(s: Named<A & Numbers, S>, x: Named<Num, X>) => given(sorted(s)).infer(sorted(insert(s, x))))
        .byInduction('s', () => <S, X>(s: Named<A & Numbers, S>, x: Named<Num, X>) => given(small(s)).infer(small(s))))`
  ),
  yes(
    'what only a cast can do: the hole that lint closes',
    'const hole = p as unknown as Proof<Small<U>>; return hole'
  ),
  yes(
    'what only `any` can do: the hole that lint closes',
    'const hole: any = p; const r: Proof<Small<U>> = hole; return r'
  )
]
