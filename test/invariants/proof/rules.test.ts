/**
 * The rules of logic, the names of values.
 */
import { describe, expect, test } from 'vitest'
import { assumptions } from '../../../invariants/proof/explain.js'
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
  name,
  not,
  or,
  refl,
  rewrite,
  second,
  suppose,
  symm,
  term,
  trans,
  vocabulary
} from '../../../invariants/proof/kernel.js'
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
    const known = equal(vocabulary('numbers').sort<number | null>('Number', { equals: (a, b) => a === b }))
    expect(known(term('nothing', null), term('three', 3)).show).toBe('_ = _')
  })

  test('a package has a value and its proof, and forgets the name', () => {
    const packed = name(numbers(1, 2), (a) => Such.pack(a, known(sorted(a))))
    expect(packed.forget).toEqual(numbers(1, 2))
    expect(packed.open((a, p) => [a.all, p.proposition.decide()] as const)).toEqual([[1, 2], true])
  })
})
