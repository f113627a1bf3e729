/**
 * The rules of logic, the names of values.
 */
import { describe, expect, test } from 'vitest'
import { assumptions, explain } from '../../../invariants/proof/explain.js'
import {
  absurd,
  apply,
  assume,
  audit,
  both,
  byCases,
  cases,
  congruence,
  contradiction,
  equal,
  first,
  implies,
  inLeft,
  inRight,
  name,
  not,
  or,
  refl,
  rewrite,
  second,
  suppose,
  symm,
  takingApart,
  term,
  trans,
  vocabulary
} from '../../../invariants/proof/kernel.js'
import type { Proof, Prop } from '../../../invariants/proof/kernel.js'
import { back, equivalent, forth, impossible } from '../../../invariants/proof/logic.js'
import { Such } from '../../../invariants/proof/such.js'
import {
  eqNum,
  eqSet,
  has,
  insert,
  insertHas,
  insertKnown,
  numbers,
  SetSort,
  small,
  sorted,
  words
} from '../../support/proofs.js'
import type { Numbers } from '../../support/proofs.js'
import { known, s, t, x, y } from './attempts.js'

describe('rules of logic', () => {
  const p = known(sorted(s))
  const q = known(small(s))

  test('and, or, implies', () => {
    const pq = both(p, q)
    expect([pq, first(pq), second(pq)].map((r) => r.proposition.show)).toEqual([
      'sorted(s) ∧ small(s)',
      'sorted(s)',
      'small(s)'
    ])
    expect(
      cases(
        inLeft(p, sorted(t)),
        (l) => l as never,
        () => q as never
      )
    ).toBeDefined()
    expect(inRight(sorted(t), q).proposition.show).toBe('sorted(t) ∨ small(s)')
    const imp = suppose(implies(sorted(s), sorted(s)), (r) => r)
    expect(apply(imp, p).proposition.show).toBe('sorted(s)')
    const same = equivalent(
      sorted(s),
      small(s),
      () => q,
      () => p
    )
    expect([forth(same, p), back(same, q)].map((r) => r.proposition.show)).toEqual(['small(s)', 'sorted(s)'])
  })

  test('of two cases the one that obtains is run', () => {
    const ran: string[] = []
    const shown = byCases(
      sorted(t),
      (r) => {
        ran.push('yes')
        return assume(sorted(s), r.proposition.show)
      },
      () => {
        ran.push('no')
        return p
      }
    ).proposition.show
    expect([ran, shown]).toEqual([['no'], 'sorted(s)'])
  })

  test('what follows in each case rests on there being no other', () => {
    const either = assume(or(sorted(s), sorted(t)), 'a test')
    const follows = cases(
      either,
      () => q,
      () => q
    )
    expect(assumptions(follows)).toEqual(['sorted(s) ∨ sorted(t) (a test)'])
  })

  test('from something false follows anything', () => {
    const wrong = contradiction(p, assume(not(sorted(s)), 'a test'))
    expect(wrong.proposition.show).toBe('⊥')
    expect(absurd(wrong, sorted(t)).proposition.show).toBe('sorted(t)')
    expect(impossible(p, assume(not(sorted(s)), 'a test'), small(t)).proposition.show).toBe('small(t)')
  })

  test('equations turn round, join, and carry what is known along', () => {
    const eq = insertKnown(s, x)(known(has(x, s)))
    expect(symm(eq).proposition.decide()).toBe(true)
    expect(trans(eq, symm(eq)).proposition.decide()).toBe(true)
    expect(rewrite(symm(eq))(sorted(insert(s, x)), p).proposition.decide()).toBe(true)
    const twice = congruence(eqSet(insert(insert(s, x), y), insert(s, y)), eq, refl(eqNum(y, y)))
    expect(audit(() => twice.proposition.decide())).toBe(true)
    expect(insertHas(s, y)().proposition.decide()).toBe(true)
  })
})

describe('of values, what is explained is what was used:', () => {
  const same = eqSet(s, s)
  const numeral = words.sort<number>('Numeral', { equals: (a, b) => a === b })
  const lists = takingApart(
    words.lists(numeral, { equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]) })
  )
  const known_ = <P>(p: Prop<P>): Proof<P> => assume(p, 'known')

  test.each<readonly [string, () => object, ReadonlyArray<string>]>([
    [
      'of a proposition, the case that obtains',
      () =>
        byCases(
          sorted(t),
          (p) => inLeft(p, not(sorted(t))),
          (p) => inRight(sorted(t), p)
        ),
      ['sorted(t) ∨ ¬sorted(t)   cases', '  sorted(t) ∨ ¬sorted(t)   or', '    ¬sorted(t)   checked']
    ],
    [
      'of an alternative, that there is one, and the case',
      () =>
        cases(
          known_(or(sorted(s), small(s))),
          (p) => p as never,
          () => known_(sorted(s)) as never
        ),
      ['sorted(s)   cases', '  sorted(s) ∨ small(s)   assumed: known', '  sorted(s)   checked']
    ],
    [
      'what was supposed',
      () => suppose(implies(sorted(s), small(s)), () => known_(small(s))),
      ['sorted(s) ⇒ small(s)   suppose', '  small(s)   assumed: known']
    ],
    ['that it is itself', () => refl(same), ['s = s   refl']],
    ['an equation that is turned round', () => symm(known_(same)), ['s = s   symm', '  s = s   assumed: known']],
    [
      'equations that are joined',
      () => trans(known_(same), refl(same)),
      ['s = s   trans', '  s = s   assumed: known', '  s = s   refl']
    ],
    [
      'a function of what is equal',
      () => congruence(eqSet(insert(s, x), insert(s, x)), refl(same), refl(eqNum(x, x))),
      ['s = s   congruence', '  s = s   refl', '  x = x   refl']
    ],
    [
      'what holds of what is equal',
      () => rewrite(refl(same))(sorted(s), known_(sorted(s))),
      ['sorted(s)   substitute', '  sorted(s)   assumed: known', '  s = s   refl']
    ],
    [
      'a list that is empty',
      () => lists.fromLeft(lists.nil, symm, () => refl(lists.equal(lists.nil, lists.nil)) as never),
      ['nil = nil   list', '  nil = nil   symm', '    nil = nil   checked']
    ],
    [
      'a list that is longer at its left',
      () =>
        lists.fromLeft(
          term('l', [1]),
          (is) => is as never,
          (_x, _l, is) => symm(is) as never
        ),
      ['_ = l   list', '  _ = l   symm', '    l = _   checked']
    ],
    [
      'a list that is longer at its right',
      () =>
        lists.fromRight(
          term('l', [1]),
          (is) => is as never,
          (_l, _x, is) => symm(is) as never
        ),
      ['_ = l   list', '  _ = l   symm', '    l = _   checked']
    ]
  ])('%s', (_, proof, told) => {
    expect(explain(proof() as Proof<never>).split('\n')).toEqual(told)
  })
})

describe('names', () => {
  test('a constant keeps its name', () => {
    const named = vocabulary('constants', words)
    const empty = named.constant('empty', SetSort, numbers())
    expect(sorted(empty).show).toBe('sorted(empty)')
    expect(() => named.constant('nothing', SetSort, empty as Numbers)).toThrow(
      '«empty» cannot be named «nothing» as well'
    )
    expect(() => named.constant('empty', SetSort, numbers())).toThrow(
      'the vocabulary constants has two words of the name «empty»'
    )
  })

  test('a literal names an object where it is written; what is no object has no name of its own', () => {
    const set = numbers(1)
    expect([sorted(term('one', set)).show, sorted(term('two', set)).show]).toEqual(['sorted(one)', 'sorted(two)'])
    const F = vocabulary('functions').sort<() => number>('Function', { equals: (a, b) => a() === b() })
    expect(
      equal(F)(
        term('f', () => 1),
        term('g', () => 1)
      ).show
    ).toBe('f = g')
    const known = equal(vocabulary('numbers').sort<number | null>('Number', { equals: (a, b) => a === b }))
    expect(known(term('nothing', null), term('three', 3)).show).toBe('_ = _#2')
  })

  test('a package has a value and its proof, and forgets the name', () => {
    const packed = name(numbers(1, 2), (a) => Such.pack(a, known(sorted(a))))
    expect(packed.forget).toEqual(numbers(1, 2))
    expect(packed.open((a, p) => [a.all, p.proposition.decide()] as const)).toEqual([[1, 2], true])
  })
})
