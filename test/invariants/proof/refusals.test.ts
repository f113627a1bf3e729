/**
 * What the kernel refuses when a derivation is run on symbols, and what it says then.
 */
import { describe, expect, test } from 'vitest'
import {
  absurd,
  and,
  apply,
  both,
  byCases,
  cases,
  check,
  congruence,
  contradiction,
  falsum,
  first,
  given,
  implies,
  not,
  or,
  refl,
  refute,
  rewrite,
  second,
  substitute,
  suppose,
  symm,
  trans,
  Unsound
} from '../../../invariants/proof/kernel.js'
import type { Proof } from '../../../invariants/proof/kernel.js'
import { eqNum, eqSet, insert, insertSorted, numbers, small, sorted } from '../../support/proofs.js'
import { deriving, remove, stolen, taking } from './attempts.js'

describe('a derivation on symbols', () => {
  test.each<readonly [string, Parameters<typeof deriving>[0], string]>([
    [
      'a proof of something else',
      (_s, _x, p) => p,
      'attempt: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a premise that is of something else',
      (set, n, p) => insertSorted(insert(set, n), n)(p as never),
      'insertSorted: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a premise that is missing',
      (set, n) => (insertSorted(set, n) as unknown as () => unknown)(),
      'insertSorted: wanted a proof of «sorted(s)», got one of «nothing»'
    ],
    ['a decision', (set, n) => check(sorted(insert(set, n))), 'a derivation decides «sorted(insert(s, x))»'],
    ['a look into a value', (set) => set.all.length, 'a derivation looks into the value of «s»'],
    [
      'a value that has no name',
      () => taking(sorted(numbers(1) as never), (given_) => given_),
      'uses a value that has no name'
    ],
    [
      'a statement that is no theorem',
      (set, n, p) => (given(sorted(set)).infer(sorted(insert(set, n))) as (q: unknown) => unknown)(p),
      'was stated, but not as a theorem'
    ],
    [
      'branches that prove different things',
      (set, n, p) =>
        byCases(
          small(set),
          () => insertSorted(set, n)(p as never) as never,
          () => p
        ),
      'cases: wanted a proof of «sorted(insert(s, x))», got one of «sorted(s)»'
    ],
    [
      'a hypothesis outside its branch',
      (set, n) => {
        const escaped: unknown[] = []
        byCases(
          sorted(insert(set, n)),
          (q) => {
            escaped.push(q)
            return q as never
          },
          () => escaped[0] as never
        )
        return escaped[0]
      },
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis outside its branch for a theorem',
      (set, n) => insertSorted(set, n)(stolen(sorted(set))),
      'the hypothesis «sorted(s)» is used outside its branch'
    ],
    [
      'a hypothesis outside its branch for a rule',
      (set, n, p) => first(both(stolen(sorted(insert(set, n))), p)),
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis in the other branch',
      (set, n) => {
        const found: Array<Proof<never>> = []
        return byCases(
          sorted(insert(set, n)),
          (q) => {
            found.push(q as never)
            return q as never
          },
          () => found[0]!
        )
      },
      'the hypothesis «sorted(insert(s, x))» is used outside its branch'
    ],
    [
      'a hypothesis in what cases are distinguished of',
      (set, n, p) => {
        const follows = () => insertSorted(set, n)(p as never)
        return cases(stolen(or(small(set), sorted(set))), follows, follows)
      },
      'the hypothesis «small(s) ∨ sorted(s)» is used outside its branch'
    ],
    ['an equation that is none', (_s, _x, p) => symm(p as never), 'not an equation'],
    ['refl of different terms', (set, n) => refl(eqSet(set, insert(set, n)) as never), 'are not the same term'],
    [
      'trans through different terms',
      (set, n) => {
        return taking(eqSet(insert(set, n), set), (eq) => trans(eq, eq as never))
      },
      'trans: «s» and «insert(s, x)» are not the same term'
    ],
    [
      'a rewriting to another term',
      (set, n, p) => {
        return taking(eqSet(insert(set, n), set), (eq) => rewrite(eq)(sorted(insert(set, n)) as never, p as never))
      },
      'substitute: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a rewriting to another predicate',
      (set, n) => {
        return taking(eqSet(set, insert(set, n)), (eq) =>
          taking(small(set), (given_) => rewrite(eq)(sorted(insert(set, n)) as never, given_ as never))
        )
      },
      '«sorted(insert(s, x))»: not one predicate'
    ],
    [
      'a substitution with too few equations',
      (set, n, p) => (substitute as (...all: unknown[]) => unknown)(sorted(insert(set, n)), p),
      'substitute: not one equation for each term'
    ],
    [
      'a congruence of different functions',
      (set, n) => congruence(eqSet(set, insert(set, n)) as never),
      '«s = insert(s, x)»: not one function'
    ],
    [
      'a congruence without equations',
      (set, n) => congruence(eqSet(insert(set, n), insert(insert(set, n), n)) as never),
      'congruence: not one equation for each term'
    ],
    [
      'a congruence from another term',
      (set, n) => {
        return taking(eqSet(insert(set, n), set), (eq) =>
          (congruence as (...all: unknown[]) => unknown)(eqSet(insert(set, n), insert(set, n)), eq, refl(eqNum(n, n)))
        )
      },
      'congruence: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a congruence to another term',
      (set, n) => {
        return taking(eqSet(set, insert(set, n)), (eq) =>
          (congruence as (...all: unknown[]) => unknown)(eqSet(insert(set, n), insert(set, n)), eq, refl(eqNum(n, n)))
        )
      },
      'congruence: «insert(s, x)» and «s» are not the same term'
    ],
    [
      'a congruence of values that have no name',
      () => congruence(eqSet(numbers(1) as never, numbers(1) as never) as never),
      'uses a value that has no name'
    ],
    [
      'a substitution in an equation',
      (set) => {
        const eq = refl(eqSet(set, set))
        return (substitute as (...all: unknown[]) => unknown)(eqSet(set, set), eq, eq, eq)
      },
      '«s = s»: not one predicate'
    ],
    [
      'a contradiction of things that do not contradict each other',
      (set, n, p) => taking(not(small(set)), (given_) => contradiction(p, given_ as never)),
      'contradiction: wanted a proof of «small(s)», got one of «sorted(s)»'
    ],
    [
      'modus ponens with another premise',
      (set, n, p) => taking(implies(small(set), sorted(insert(set, n))), (given_) => apply(given_ as never, p)),
      'apply: wanted a proof of «small(s)», got one of «sorted(s)»'
    ],
    [
      'a supposition that proves something else',
      (set, n) => suppose(implies(small(set), sorted(insert(set, n))), (q) => q as never),
      'suppose: wanted a proof of «sorted(insert(s, x))», got one of «small(s)»'
    ],
    [
      'a refutation without anything false',
      (set) => refute(not(small(set)), (q) => q as never),
      'refute: wanted a proof of «⊥», got one of «small(s)»'
    ],
    [
      'the first part of what has no parts',
      (_s, _x, p) => first(p as never).proposition,
      '«sorted(s)» has no such part'
    ],
    [
      'a part of a disjunction',
      (set, n) => taking(or(sorted(insert(set, n)), small(set)), (given_) => first(given_ as never)),
      '«sorted(insert(s, x)) ∨ small(s)» has no such part'
    ],
    [
      'the other part of an implication',
      (set, n) => taking(implies(small(set), sorted(insert(set, n))), (given_) => second(given_ as never)),
      '«small(s) ⇒ sorted(insert(s, x))» has no such part'
    ],
    [
      'the cases of an implication',
      (set, n) => {
        const goal = sorted(insert(set, n))
        return taking(implies(goal, goal), (given_) =>
          cases(
            given_ as never,
            (q) => q,
            (q) => q
          )
        )
      },
      '«sorted(insert(s, x)) ⇒ sorted(insert(s, x))» has no such part'
    ],
    [
      'modus ponens with a disjunction',
      (set, n, p) => taking(or(sorted(set), sorted(insert(set, n))), (given_) => apply(given_ as never, p)),
      '«sorted(s) ∨ sorted(insert(s, x))» has no such part'
    ],
    [
      'a contradiction to a disjunction',
      (set, _n, p) => taking(or(sorted(set), small(set)), (given_) => contradiction(p, given_ as never)),
      '«sorted(s) ∨ small(s)» has no such part'
    ],
    [
      'a supposition to prove a conjunction',
      (set) => suppose(and(small(set), small(set)) as never, (q) => q),
      '«small(s) ∧ small(s)» cannot be proved by «suppose»'
    ],
    [
      'a supposition to prove what supposes nothing',
      (set, _n, p) => suppose(small(set) as never, () => p),
      '«small(s)» cannot be proved by «suppose»'
    ],
    [
      'a refutation to prove an implication',
      (set, n) => refute(implies(falsum, sorted(insert(set, n))) as never, (q) => q as never),
      '«⊥ ⇒ sorted(insert(s, x))» cannot be proved by «refute»'
    ],
    [
      'something true as something false',
      (set, n, p) => absurd(p as never, sorted(insert(set, n))),
      'absurd: wanted a proof of «⊥», got one of «sorted(s)»'
    ],
    ['a congruence of variables', (set) => congruence(eqSet(set, set) as never), '«s = s»: not one function'],
    [
      'an equation between sorts',
      (set, n) => congruence(eqSet(set, n as never) as never),
      '«x» is of the sort Num, not of Set'
    ],
    [
      'a congruence to a variable',
      (set, n) => congruence(eqSet(insert(set, n), set) as never),
      '«insert(s, x) = s»: not one function'
    ],
    [
      'a congruence from a value that has no name',
      (set, n) => congruence(eqSet(numbers(1) as never, insert(set, n)) as never),
      'uses a value that has no name'
    ],
    [
      'a congruence to a value that has no name',
      (set, n) => congruence(eqSet(insert(set, n), numbers(1) as never) as never),
      'uses a value that has no name'
    ],
    [
      'a congruence of two functions',
      (set, n) => congruence(eqSet(insert(set, n), remove(set, n)) as never, refl(eqSet(set, set)) as never),
      '«insert(s, x) = remove(s, x)»: not one function'
    ]
  ])('may not use %s', (_, derivation, message) => {
    const attempt = deriving(derivation)
    expect(attempt).toThrow(Unsound)
    expect(attempt).toThrow(message)
  })
})
