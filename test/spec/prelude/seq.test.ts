import * as fc from 'fast-check'
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import * as seq from '../../../spec/prelude/seq.js'
import { holds } from '../../support/property.js'

/** Elements that are equal when their keys are: which of two equal ones is kept can be seen by its name. */
interface Named {
  readonly key: number
  readonly name: number
}

const E: Eq<Named> = { equals: (x, y) => x.key === y.key }

const keys = fc.array(fc.nat(4), { maxLength: 8 })

/** A list whose elements have different names, frozen, so that a function that changes its argument throws. */
const named = (from = 0) =>
  keys.map((ks): ReadonlyArray<Named> => Object.freeze(ks.map((key, i) => Object.freeze({ key, name: from + i }))))

const names = (s: ReadonlyArray<Named>): ReadonlyArray<number> => s.map(({ name }) => name)
const keysOf = (s: ReadonlyArray<Named>): ReadonlySet<number> => new Set(s.map(({ key }) => key))
const element: fc.Arbitrary<Named> = fc.nat(5).map((key) => ({ key, name: -1 }))

describe('sequences', () => {
  test('isIn asks for an equal element', () => {
    holds(
      fc.tuple(element, named()),
      ([x, s], meet) => {
        const there = keysOf(s).has(x.key)
        if (there) meet('the element is there')
        expect(seq.isIn(E)(x, s)).toBe(there)
      },
      { met: { 'the element is there': 150 } }
    )
  })

  test('rem takes the first occurrence out and nothing else', () => {
    holds(
      fc.tuple(element, named()),
      ([x, s], meet) => {
        const kept: Named[] = []
        let taken = false
        for (const y of s) {
          if (!taken && y.key === x.key) taken = true
          else kept.push(y)
        }
        if (s.filter((y) => y.key === x.key).length > 1) meet('it occurs more than once')
        if (!taken) meet('it does not occur')
        expect(names(seq.rem(E)(x, s))).toEqual(names(kept))
      },
      { met: { 'it occurs more than once': 50, 'it does not occur': 150 } }
    )
    expect(seq.rem({ equals: (x: number, y: number) => x === y })(1, [2, 1, 3, 1])).toEqual([2, 3, 1])
  })

  test('undup keeps of equal elements the last, in its place', () => {
    holds(
      named(),
      (s, meet) => {
        const lastOf = new Map(s.map((x, i) => [x.key, i]))
        if (lastOf.size < s.length) meet('something occurs twice')
        expect(names(seq.undup(E)(s))).toEqual([...lastOf.values()].sort((i, j) => i - j))
      },
      { met: { 'something occurs twice': 200 } }
    )
    expect(seq.undup({ equals: (x: number, y: number) => x === y })([1, 2, 1, 3])).toEqual([2, 1, 3])
  })

  test('uniq says that there are as many different elements as elements', () => {
    holds(
      named(),
      (s, meet) => {
        const unique = keysOf(s).size === s.length
        if (unique && s.length > 1) meet('different elements')
        if (!unique) meet('equal elements')
        expect(seq.uniq(E)(s)).toBe(unique)
      },
      { met: { 'different elements': 50, 'equal elements': 200 } }
    )
  })

  test('seqEq compares lengths and elements place by place', () => {
    const twins = fc
      .tuple(named(), named(100), fc.boolean())
      .map(([s, t, same]) => [s, same ? s.map(({ key }) => ({ key, name: 200 })) : t] as const)
    holds(
      twins,
      ([s, t], meet) => {
        const equal = s.map(({ key }) => key).join() === t.map(({ key }) => key).join()
        if (equal && s.length > 0) meet('equal')
        expect(seq.seqEq(E).equals(s, t)).toBe(equal)
      },
      { met: { equal: 150 } }
    )
    expect(seq.seqEq(E).equals([], [{ key: 0, name: 0 }])).toBe(false)
  })

  test('subset and sameElements compare sets, whatever the order and the repetitions', () => {
    const pairs = fc
      .tuple(named(), named(100), fc.boolean())
      .map(
        ([s, t, part]) => [part ? s.filter((_, i) => i % 2 === 0).toReversed() : s, part ? [...t, ...s] : t] as const
      )
    holds(
      pairs,
      ([s, t], meet) => {
        const [left, right] = [keysOf(s), keysOf(t)]
        const contained = [...left].every((k) => right.has(k))
        const same = contained && left.size === right.size
        if (contained && s.length > 0) meet('contained')
        if (same && s.length > 0) meet('the same')
        expect(seq.subset(E)(s, t)).toBe(contained)
        expect(seq.sameElements(E)(s, t)).toBe(same)
      },
      { met: { contained: 150, 'the same': 10 } }
    )
  })

  test('rcons, last and ohead build at the end, and look at the ends', () => {
    holds(
      fc.tuple(keys, fc.nat(9)),
      ([s, x], meet) => {
        if (s.length > 0) meet('not empty')
        expect(seq.rcons(s, x)).toEqual([...s, x])
        expect(seq.last(x, s)).toBe(s.length === 0 ? x : s[s.length - 1])
        expect(seq.ohead(s)).toEqual(s.length === 0 ? O.none : O.some(s[0]))
      },
      { met: { 'not empty': 300 } }
    )
  })

  test('foldl nests to the left and foldr to the right', () => {
    expect(seq.foldl((acc: string, x: number) => `(${acc}${x})`, 'z', [0, 1, 2])).toBe('(((z0)1)2)')
    expect(seq.foldr((x: number, acc: string) => `(${x}${acc})`, 'z', [0, 1, 2])).toBe('(0(1(2z)))')
    expect(seq.foldl((acc: string) => acc, 'z', [])).toBe('z')
    expect(seq.foldr((_x: number, acc: string) => acc, 'z', [])).toBe('z')
  })

  test('iota counts from 0', () => {
    expect([seq.iota(0), seq.iota(1), seq.iota(4)]).toEqual([[], [0], [0, 1, 2, 3]])
  })
})
