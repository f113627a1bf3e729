/**
 * The sequence functions on named values: each does what its name says. That those of the specification are right is
 * tested there; here it is asked that the right one stands under each name.
 */
import * as N from 'fp-ts/lib/number.js'
import { describe, expect, test } from 'vitest'
import { term, vocabulary } from '../../../invariants/proof/kernel.js'
import { sequences } from '../../../invariants/proof/sequences.js'

const words = vocabulary('numbers')
const S = sequences<number>('lists of numbers', words.sort('Number', N.Eq), words)
const list = (...l: ReadonlyArray<number>) => term('l', l)
const of = (x: number) => term('x', x)

describe('sequences on named values', () => {
  test('are joined, and taken apart at the first of some element', () => {
    expect(S.cat(list(1, 2), list(3))).toEqual([1, 2, 3])
    expect(S.rem(of(1), list(2, 1, 3, 1))).toEqual([2, 3, 1])
    expect(S.before(of(1), list(2, 3, 1, 4, 1))).toEqual([2, 3])
    expect(S.after(of(1), list(2, 3, 1, 4, 1))).toEqual([4, 1])
  })

  test('where the element is not there, nothing stands before it, and all after it', () => {
    expect(S.before(of(9), list(2, 3))).toEqual([])
    expect(S.after(of(9), list(2, 3))).toEqual([2, 3])
  })

  test('are compared by the equality of their elements', () => {
    const modulo = sequences<number>(
      'lists of digits',
      words.sort('Digit', { equals: (x, y) => x % 10 === y % 10 }),
      words
    )
    expect(modulo.before(of(11), list(2, 1, 3))).toEqual([2])
    expect(modulo.after(of(11), list(2, 1, 3))).toEqual([3])
    expect(modulo.rem(of(11), modulo.cat(list(2, 1), list(3)))).toEqual([2, 3])
    expect([modulo.same(of(1), of(11)).decide(), modulo.same(of(1), of(2)).decide()]).toEqual([true, false])
    expect(modulo.isIn(of(11), list(2, 1)).decide()).toBe(true)
    expect(modulo.equal(list(1, 2), list(11, 12)).decide()).toBe(true)
  })

  test('have the predicates of the specification', () => {
    const [none, one, two, other, twice] = [list(), list(1), list(1, 2), list(1, 3), list(1, 1)]
    expect([S.uniq(two), S.uniq(twice)].map((p) => p.decide())).toEqual([true, false])
    expect([S.subset(twice, one), S.subset(two, one)].map((p) => p.decide())).toEqual([true, false])
    expect([S.sameElements(list(2, 1), two), S.sameElements(one, two)].map((p) => p.decide())).toEqual([true, false])
    const relations = [S.is_prefix, S.prefixb, S.is_strict_prefix, S.sprefixb, S.fork, S.fork_rel].map((relation) =>
      [none, one, two, other].map((l) => relation(l, two).decide())
    )
    expect(relations).toEqual([
      [true, true, true, false],
      [true, true, true, false],
      [true, true, false, false],
      [true, true, false, false],
      [false, false, false, true],
      [false, false, false, true]
    ])
    expect([none, one, two, other].map((l) => S.oneRelation(l, two).decide())).toEqual([true, true, true, true])
  })
})
