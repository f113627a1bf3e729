/**
 * The kernel: what propositions and proofs are, how a proof is explained, and what an audit catches.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { assumptions, explain, foundations, namesOf, restsOn, unused, used } from '../../../invariants/proof/explain.js'
import {
  and,
  assume,
  audit,
  both,
  byCases,
  check,
  derive,
  falsum,
  given,
  iff,
  implies,
  inLeft,
  inRight,
  name,
  not,
  or,
  refl,
  Refuted,
  refute,
  suppose,
  term,
  theorem,
  Unsound
} from '../../../invariants/proof/kernel.js'
import type { Prop } from '../../../invariants/proof/kernel.js'
import {
  alwaysSmall,
  eqSet,
  has,
  insert,
  insertSorted,
  insertTwice,
  numbers,
  small,
  sorted
} from '../../support/proofs.js'
import { about, known, made, s, t, x, y } from './attempts.js'
import type { Num_, Set_ } from './attempts.js'

describe('propositions', () => {
  test('they are decided, and nothing is known by stating them', () => {
    expect(sorted(s).decide()).toBe(true)
    expect(sorted(t).decide()).toBe(false)
    expect(insert(s, y)).toEqual(numbers(1, 2, 3))
  })

  test('connectives are decided as in logic', () => {
    // The kinds of the propositions do not matter here.
    const [yes, no] = [sorted(s), sorted(t)] as unknown as readonly [Prop<never>, Prop<never>]
    const table = [yes, no].flatMap((p) =>
      [yes, no].map((q) => [and(p, q), or(p, q), implies(p, q), iff(p, q)].map((c) => c.decide()))
    )
    expect(table).toEqual([
      [true, true, true, true],
      [false, true, false, false],
      [false, true, true, false],
      [false, false, true, true]
    ])
    expect([not(yes), not(no), falsum].map((p) => p.decide())).toEqual([false, true, false])
  })

  test('they are written with the names of their terms', () => {
    expect(and(sorted(s), not(has(x, t))).show).toBe('sorted(s) ∧ ¬has(x, t)')
    expect(implies(or(sorted(s), small(s)), and(sorted(t), small(t))).show).toBe(
      '(sorted(s) ∨ small(s)) ⇒ (sorted(t) ∧ small(t))'
    )
    expect(eqSet(s, t).show).toBe('s = t')
    expect(and(not(eqSet(s, t)), eqSet(t, s)).show).toBe('¬(s = t) ∧ (t = s)')
    expect(and(not(or(sorted(s), falsum)), implies(not(sorted(s)), falsum)).show).toBe('¬(sorted(s) ∨ ⊥) ∧ ¬¬sorted(s)')
    expect(and(implies(sorted(s), small(s)), falsum).show).toBe('(sorted(s) ⇒ small(s)) ∧ ⊥')
    expect(falsum.show).toBe('⊥')
    expect(name(numbers(), (fresh) => sorted(fresh).show)).toBe('sorted(_)')
  })
})

describe('a proof', () => {
  test('is had by checking, one way or the other', () => {
    const [yes, no] = [check(sorted(s)), check(sorted(t))]
    expect(E.isRight(yes) && yes.right.proposition.show).toBe('sorted(s)')
    expect(E.isLeft(no) && no.left.proposition.show).toBe('¬sorted(t)')
    expect(E.isRight(yes) && explain(yes.right)).toBe('sorted(s)   checked')
    expect(E.isLeft(no) && explain(no.left)).toBe('¬sorted(t)   checked')
  })

  test('by a theorem speaks of the terms that the theorem was applied to', () => {
    const p = insertSorted(s, y)(known(sorted(s)))
    expect(p.proposition.decide()).toBe(true)
    expect(explain(p)).toBe('sorted(insert(s, y))   by insertSorted [Numbers]\n  sorted(s)   checked')
  })

  test('rests on what was assumed, through theorems, and says why', () => {
    const p = insertSorted(insert(t, x), y)(insertSorted(t, x)(assume(sorted(t), 'it was said so')))
    expect(assumptions(p)).toEqual(['sorted(t) (it was said so)'])
    expect(namesOf(restsOn(p).stated)).toEqual(['insertSorted'])
    expect(assumptions(known(sorted(s)))).toEqual([])
  })

  test('rests on laws, and names them', () => {
    expect(assumptions(alwaysSmall(s)())).toEqual(['alwaysSmall'])
    expect(namesOf(foundations(made(alwaysSmall)).laws)).toEqual(['alwaysSmall'])
  })

  test('of a derived theorem rests on what that is derived from', () => {
    const p = insertTwice(s, x, y)(known(sorted(s)))
    expect(namesOf(restsOn(p).stated)).toEqual(['insertSorted'])
    // The same is said of its derivation.
    const derived = derive(made(insertTwice))!
    expect([namesOf(restsOn(derived).stated), assumptions(derived)]).toEqual([['insertSorted'], []])
  })

  test('cannot be had from what states nothing', () => {
    const attempt = theorem(about('s'))(
      <S>(set: Set_<S>) =>
        () =>
          assume(sorted(set), 'a test')
    )
    expect(() => attempt(s)().proposition).toThrow('a statement must be of the form given(…).infer(…)')
  })

  test('cannot be had from a statement that is no theorem', () => {
    const stated = given(sorted(t)).infer(small(t))
    expect(() => stated(assume(sorted(t), 'a test'))).toThrow(Unsound)
  })
})

describe('explain', () => {
  test('prints the derivation as a tree, from what is proved to what it follows from', () => {
    expect(explain(insertSorted(s, y)(known(sorted(s))))).toBe(
      'sorted(insert(s, y))   by insertSorted [Numbers]\n  sorted(s)   checked'
    )
    const proof = derive(made(insertTwice))
    expect(proof && explain(proof)).toBe(
      [
        'sorted(insert(insert(s, x), y))   by insertSorted [Numbers]',
        '  sorted(insert(s, x))   by insertSorted [Numbers]',
        '    sorted(s)   premise 1'
      ].join('\n')
    )
    expect(used(made(insertTwice))).toEqual([made(insertSorted)])
    expect(used(made(insertSorted))).toEqual([])
    expect(() => explain({} as never)).toThrow('this is no proof')
  })

  test('says what was assumed, and in which case something holds', () => {
    expect(explain(assume(sorted(t), 'a guess'))).toBe('sorted(t)   assumed: a guess')
    const attempt = theorem(about('s'))(<S>(set: Set_<S>) =>
      given()
        .infer(or(sorted(set), not(sorted(set))))
        .by(() =>
          byCases(
            sorted(set),
            (p) => inLeft(p, not(sorted(set))),
            (p) => inRight(sorted(set), p)
          )
        )
    )
    const proof = derive(made(attempt))
    expect(proof && explain(proof).split('\n')).toEqual([
      'sorted(s) ∨ ¬sorted(s)   cases',
      '  sorted(s) ∨ ¬sorted(s)   or',
      '    sorted(s)   in this case',
      '  sorted(s) ∨ ¬sorted(s)   or',
      '    ¬sorted(s)   in this case'
    ])
  })

  test('unused premises are superfluous, and are found', () => {
    const attempt = theorem(about('s x'))(<S, X>(set: Set_<S>, n: Num_<X>) =>
      given(small(set), sorted(set))
        .infer(sorted(insert(set, n)))
        .by((_, p) => insertSorted(set, n)(p))
    )
    expect(unused(made(attempt))).toEqual([0])
    expect(unused(made(insertTwice))).toEqual([])
    expect(unused(made(insertSorted))).toEqual([])
    // What is supposed in the branch of a number is no premise of that place.
    const supposing = theorem(about('s'))(<S>(set: Set_<S>) =>
      given(sorted(set), small(set))
        .infer(implies(small(set), small(set)))
        .by(() => suppose(implies(small(set), small(set)), (p) => p))
    )
    expect(unused(made(supposing))).toEqual([0, 1])
  })
})

describe('audit', () => {
  test('lets through what holds', () => {
    expect(audit(() => insertSorted(s, y)(known(sorted(s))).proposition.decide())).toBe(true)
  })

  test('catches an assumption that is false where it is made', () => {
    const wrong = () => assume(sorted(t), 'a test')
    expect(() => audit(wrong)).toThrow(new Refuted('«sorted(t)» was proved, and does not hold'))
    expect(wrong().proposition.decide()).toBe(false)
  })

  test('catches a proof of a premise that does not hold of these values', () => {
    const wrong = assume(sorted(t), 'made before')
    expect(() => audit(() => insertSorted(t, y)(wrong))).toThrow(
      'insertSorted: a proof of «sorted(t)» was given, but it does not hold of these values'
    )
  })

  test('looks at values, not at names', () => {
    const [one, other] = [term('one', numbers(1)), term('other', numbers(1))]
    expect(audit(() => insertSorted(other, y)(known(sorted(one)) as never).proposition.decide())).toBe(true)
    expect(audit(() => refl(eqSet(one, other) as never).proposition.decide())).toBe(true)
  })

  test('supposes nothing that does not hold: of an implication, only that it holds is of interest', () => {
    const ran: string[] = []
    const run = (what: string) => () => {
      ran.push(what)
      return assume(falsum, 'a test')
    }
    audit(() => [suppose(implies(sorted(t), falsum), run('suppose')), refute(not(sorted(t)), run('refute'))])
    expect(ran).toEqual([])
    expect(() => audit(() => suppose(implies(sorted(s), falsum), run('suppose')))).toThrow(Refuted)
  })

  test('catches a theorem that is wrong', () => {
    const wrong = theorem(about('s'))(<S>(set: Set_<S>) => given().infer(small(set)))
    expect(wrong(s)().proposition.decide()).toBe(true)
    const large = term('large', numbers(1, 2, 3))
    expect(() => audit(() => wrong(large)())).toThrow(Refuted)
  })

  test('catches a literal name that two values have, which the compiler cannot', () => {
    const [one, other] = [term('same', numbers(1)), term('same', numbers(2, 1))]
    const p = known(sorted(one))
    expect(() => insertSorted(other, y)(p)).toThrow('«sorted(same)» does not hold of these values, and does not follow')
    expect(() => audit(() => insertSorted(other, y)(p))).toThrow(Refuted)
  })

  test('leaves evidence behind that is as good as any, and gives what its body gives', () => {
    const inside = audit(() => assume(sorted(s), 'a test'))
    expect(both(inside, inside).proposition.decide()).toBe(true)
    expect(audit(() => null)).toBeNull()
    expect(() => audit(() => ({ then: () => 1 }))).toThrow('an audit cannot be asynchronous')
  })

  test('ends with its body, also when that throws', () => {
    expect(() => audit(() => assume(sorted(t), 'a test'))).toThrow(Refuted)
    expect(() => assume(sorted(t), 'no longer audited')).not.toThrow()
  })
})
