/**
 * A derivation is run once on symbols: what it gives, and what its proof rests on.
 */
import { describe, expect, test } from 'vitest'
import { explain, foundations } from '../../../invariants/proof/explain.js'
import {
  absurd,
  and,
  apply,
  assume,
  both,
  byCases,
  cases,
  congruence,
  contradiction,
  derive,
  falsum,
  first,
  given,
  implies,
  inRight,
  nextPlace,
  not,
  refl,
  refute,
  rewrite,
  suppose,
  symm,
  theorem,
  trans,
  write
} from '../../../invariants/proof/kernel.js'
import type { False, Place, Proof, Rule } from '../../../invariants/proof/kernel.js'
import { eqNum, eqSet, has, insert, insertKnown, insertSorted, small, sorted } from '../../support/proofs.js'
import { about, deriving, made, s } from './attempts.js'
import type { Num_, Set_ } from './attempts.js'

describe('a derivation on symbols', () => {
  test('is a derivation of the statement', () => {
    expect(deriving((set, n, p) => insertSorted(set, n)(p as never))()?.proposition.show).toBe('sorted(insert(s, x))')
    expect(derive(made(insertSorted))).toBeUndefined()
    expect(write(made(insertSorted))).toEqual({ premises: ['sorted(s)'], conclusion: 'sorted(insert(s, x))' })
  })

  test.each<readonly [string, Parameters<typeof deriving>[0]]>([
    [
      'suppositions and modus ponens',
      (set, n, p) =>
        apply(
          suppose(implies(sorted(set), sorted(insert(set, n))), (q) => insertSorted(set, n)(q)),
          p as never
        )
    ],
    [
      'indirect proofs',
      (set, n, p) => {
        const goal = sorted(insert(set, n))
        return byCases(
          goal,
          (q) => q,
          (no) =>
            absurd(
              contradiction(
                p as never,
                refute(not(sorted(set)), (q) => contradiction(insertSorted(set, n)(q), no))
              ),
              goal
            )
        )
      }
    ],
    [
      'parts and cases',
      (set, n, p) => {
        const either = inRight(small(set), first(both(p, p)))
        const follows = () => insertSorted(set, n)(p as never)
        return cases(either, follows, follows)
      }
    ],
    [
      'equations',
      (set, n, p) =>
        byCases(
          has(n, set),
          (known) => {
            const eq = symm(insertKnown(set, n)(known))
            const longer = congruence(eqSet(insert(set, n), insert(insert(set, n), n)), eq, refl(eqNum(n, n)))
            const back = trans(symm(longer), refl(eqSet(insert(set, n), insert(set, n))))
            const all = insertSorted(insert(set, n), n)(insertSorted(set, n)(p as never))
            return rewrite(back)(sorted(insert(set, n)), all)
          },
          () => insertSorted(set, n)(p as never)
        )
    ]
  ])('may use %s', (_, derivation) => {
    expect(deriving(derivation)()?.proposition.show).toBe('sorted(insert(s, x))')
  })

  test('names its rules as they were called, each with what it follows from', () => {
    const attempt = theorem(about('s t x'))(<S, T, X>(a: Set_<S>, b: Set_<T>, n: Num_<X>) =>
      given(eqSet(a, b), sorted(a), not(sorted(b)))
        .infer(and(and(eqSet(a, a), eqSet(insert(a, n), insert(b, n))), and(not(eqSet(b, b)), sorted(a))))
        .by((eq, p, no) => {
          const same = congruence(eqSet(insert(a, n), insert(b, n)), eq, refl(eqNum(n, n)))
          const never = refute(not(eqSet(b, b)), () => contradiction(rewrite(eq)(sorted(b), p), no))
          // Nothing is rewritten here: the step is the one that was there.
          const kept = rewrite(refl(eqSet(a, a)))(sorted(a), first(both(p, no)))
          return both(both(refl(eqSet(a, a)), same), both(never, kept))
        })
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      '((s = s) ∧ (insert(s, x) = insert(t, x))) ∧ (¬(t = t) ∧ sorted(s))   and',
      '  (s = s) ∧ (insert(s, x) = insert(t, x))   and',
      '    s = s   refl',
      '    insert(s, x) = insert(t, x)   congruence',
      '      s = t   premise 1',
      '  ¬(t = t) ∧ sorted(s)   and',
      '    ¬(t = t)   refute',
      '      ⊥   contradiction',
      '        ¬sorted(t)   premise 3',
      '        sorted(t)   substitute',
      '          sorted(s)   premise 2',
      '          s = t   premise 1',
      '    sorted(s)   first',
      '      sorted(s) ∧ ¬sorted(t)   and',
      '        sorted(s)   premise 2',
      '        ¬sorted(t)   premise 3'
    ])
  })

  test('rewrites one argument after another', () => {
    const attempt = theorem(about('s t x y'))(<S, T, X, Y>(a: Set_<S>, b: Set_<T>, n: Num_<X>, m: Num_<Y>) =>
      given(eqSet(a, b), eqNum(n, m))
        .infer(eqSet(insert(a, n), insert(b, m)))
        .by((sets, nums) => congruence(eqSet(insert(a, n), insert(b, m)), sets, nums))
    )
    expect(derive(made(attempt))?.proposition.show).toBe('insert(s, x) = insert(t, y)')
  })

  test('decides nothing, is a function, and is of no law', () => {
    const deciding_ = deriving((set, _n, p) => (sorted(set).decide() ? p : p))
    expect(deciding_).toThrow('a derivation decides «sorted(s)»: distinguish cases instead')
    const none = theorem(about(''))(() =>
      given()
        .infer(falsum)
        .by(7 as never)
    )
    expect(() => derive(made(none))).toThrow('attempt: a derivation must be a function')
    const law = theorem(about('', 'it is known'))(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => p)
    )
    expect(() => derive(made(law))).toThrow('attempt: a law is assumed, and cannot be derived')
  })

  test('that has thrown says what was thrown, and has it as its cause', () => {
    const cause = new Error('I give up')
    const attempt = theorem(about(''))(() =>
      given()
        .infer(falsum)
        .by(() => {
          throw cause
        })
    )
    expect(() => derive(made(attempt))).toThrow(expect.objectContaining({ message: 'attempt: I give up', cause }))
  })

  test('of an implication is remembered with what was supposed', () => {
    const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
      given()
        .infer(implies(sorted(set), and(sorted(set), sorted(set))))
        .by(() => suppose(implies(sorted(set), and(sorted(set), sorted(set))), (p) => both(p, p)))
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'sorted(s) ⇒ (sorted(s) ∧ sorted(s))   suppose',
      '  sorted(s) ∧ sorted(s)   and',
      '    sorted(s)   in this case',
      '    sorted(s)   in this case'
    ])
  })

  test('uses no proof that was made outside of it', () => {
    // The compiler lets both through.
    const premises: Array<Proof<False>> = []
    const kept = theorem(about(''))(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => {
          premises.push(p)
          return p
        })
    )
    expect(derive(made(kept))?.proposition.show).toBe('⊥')
    for (const wrong of [premises[0]!, assume(falsum, 'a test')]) {
      const attempt = theorem(about(''))(() =>
        given()
          .infer(falsum)
          .by(() => wrong)
      )
      expect(() => derive(made(attempt))).toThrow('«⊥» was proved outside of the derivation')
    }
  })

  describe('uses only theorems that were declared before it:', () => {
    const { vocabulary } = about('')
    type Absurdity = () => Rule<[], False>
    /** A theorem of something false, derived from another of the same. */
    const from = (name: string, other: () => Absurdity, place?: Place): Absurdity =>
      theorem({ ...about(''), vocabulary, name, ...(place === undefined ? {} : { place }) })(() =>
        given()
          .infer(falsum)
          .by(() => other()()())
      )

    test('not itself', () => {
      const circle: Absurdity = from('circle', () => circle)
      expect(() => derive(made(circle))).toThrow('circle: its derivation uses the theorem itself')
      // Nor by asking about it, while it is stated or derived.
      const asked: Absurdity = from('asked', () => {
        derive(made(asked))
        return circle
      })
      expect(() => derive(made(asked))).toThrow('asked: its derivation uses the theorem itself')
      const stated: Absurdity = theorem({ ...about(''), vocabulary, name: 'stated' })((): Rule<[], False> => {
        write(made(stated))
        return given().infer(falsum)
      })
      expect(() => write(made(stated))).toThrow('stated: its derivation uses the theorem itself')
    })

    test('not one that uses it', () => {
      const there: Absurdity = from('there', () => back)
      const back: Absurdity = from('back', () => there)
      const said = 'there: its derivation uses «back», which is not declared before it'
      expect(() => derive(made(there))).toThrow(said)
      // Nor may one that comes after both, since what it uses is looked at too.
      const later = from('later', () => back)
      const last = from('last', () => later)
      for (const after of [back, later, last]) expect(() => derive(made(after))).toThrow(said)
      expect(() => foundations(made(back))).toThrow(said)
    })

    test('not a later one, though it does not use it', () => {
      const early: Absurdity = from('early', () => late)
      const late = theorem({ ...about(''), vocabulary, name: 'late' })((): Rule<[], False> => given().infer(falsum))
      expect(() => derive(made(early))).toThrow('early: its derivation uses «late», which is not declared before it')
      expect(derive(made(from('after', () => late)))?.proposition.show).toBe('⊥')
    })

    test('wherever they say that they were declared', () => {
      const [one, two] = [nextPlace(), nextPlace()]
      const used: Absurdity = from('used', () => user, one)
      const user: Absurdity = from('user', () => used, two)
      expect(() => derive(made(user))).toThrow('used: its derivation uses «user», which is not declared before it')
      const nowhere = () => from('nowhere', () => user, Number.NaN as never)
      expect(nowhere).toThrow('nowhere: its place is none that was given by nextPlace()')
    })
  })

  test('rests on what it rests on, and shares its name with no other', () => {
    const same = about('')
    const derived = theorem(same)(() =>
      given(falsum)
        .infer(falsum)
        .by((p) => p)
    )
    expect(foundations(made(derived)).stated.size).toBe(0)
    expect(() => theorem(same)((): Rule<[], False> => given().infer(falsum))).toThrow(
      'the vocabulary attempts has two theorems of the name «attempt»'
    )
    const stated = made(theorem({ ...same, name: 'another' })((): Rule<[], False> => given().infer(falsum)))
    expect([...foundations(stated).stated]).toEqual([stated])
  })

  test('assumes nothing, and checks nothing', () => {
    for (const taking of [() => assume(sorted(s), 'why not'), <S>(set: Set_<S>) => assume(sorted(set), 'why not')]) {
      const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
        given()
          .infer(sorted(set))
          .by(() => taking(set) as never)
      )
      expect(() => derive(made(attempt))).toThrow('attempt: a derivation')
    }
  })
})
