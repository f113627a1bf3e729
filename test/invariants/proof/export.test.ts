/**
 * What is exported of derivations: all of it, as the page on the format says, so that whoever reads it can check it again.
 */
import { expect, test } from 'vitest'
import { checkDerivations } from '../../../invariants/proof/check/index.js'
import { foundations } from '../../../invariants/proof/explain.js'
import {
  absurd,
  and,
  apply,
  both,
  byCases,
  cases,
  exported,
  falsum,
  first,
  given,
  implies,
  inLeft,
  inRight,
  not,
  or,
  refl,
  second,
  suppose,
  symm,
  takingApart,
  theorem,
  trans,
  vocabulary
} from '../../../invariants/proof/kernel.js'
import type { Named } from '../../../invariants/proof/kernel.js'
import { importedSignature, refusedByKernel } from '../../support/importedDerivations.js'
import { made } from './attempts.js'
import type { DerivationsFile } from './check/lists.js'

const base = vocabulary('numbers')
const number = base.sort<number>('Number', { equals: (a, b) => a === b })
const thing = base.sort<object>('Thing')
const small = base.predicate('small', [number], (n) => n < 3)
const fine = base.predicate('fine', [thing], () => true)
const words = vocabulary('lists of numbers', base)
const L = takingApart(words.lists(number, { equals: (a, b) => a.length === b.length && a.every((n, i) => n === b[i]) }))
type Num<X> = Named<number, X>

const about = (name: string, ...variables: ReadonlyArray<string>) => ({
  ...{ name, source: 'a test', variables, vocabulary: words }
})
const swap = theorem(about('swap', 'x', 't'))(<X, T>(x: Num<X>, t: Named<object, T>) =>
  given(and(small(x), fine(t)))
    .infer(and(fine(t), small(x)))
    .by((p) => both(second(p), first(p)))
)
const law = theorem({ ...about('law', 'x'), law: 'it is known' })(<X>(x: Num<X>) => given(small(x)).infer(small(x)))
const fact = theorem({ ...about('fact', 'y'), vocabulary: base })(<Y>(y: Num<Y>) => given().infer(small(y)))

test('a theorem is exported with its words and its steps, and what is not derived with none', () => {
  expect(exported([made(swap), made(fact)])).toStrictEqual({
    format: 'blockforest derivations 1',
    vocabularies: [
      { name: 'numbers', includes: [] },
      { name: 'lists of numbers', includes: [0] }
    ],
    sorts: [
      { vocabulary: 0, name: 'Number', equality: '= of Number' },
      { vocabulary: 0, name: 'Thing', equality: null }
    ],
    words: [
      { vocabulary: 0, name: 'small', takes: [0], gives: null },
      { vocabulary: 0, name: 'fine', takes: [1], gives: null }
    ],
    theorems: [
      {
        name: 'swap',
        vocabulary: 1,
        symbols: [
          { name: 'x', sort: 0 },
          { name: 't', sort: 1 }
        ],
        variables: 2,
        terms: [0, 1],
        formulas: [
          ['atom', 0, 0],
          ['atom', 1, 1],
          ['and', 0, 1],
          ['and', 1, 0]
        ],
        premises: [2],
        conclusion: 3,
        grade: 'derived',
        derivation: {
          scopes: [null],
          nodes: [
            [0, 'premise', 0],
            [0, 'right', 0],
            [0, 'left', 0],
            [0, 'both', 1, 2]
          ],
          root: 3
        }
      },
      {
        name: 'fact',
        vocabulary: 0,
        symbols: [{ name: 'y', sort: 0 }],
        variables: 1,
        terms: [0],
        formulas: [['atom', 0, 0]],
        premises: [],
        conclusion: 0,
        grade: 'tested'
      }
    ]
  })
})

/** By induction on l: it is itself, or something false holds. */
const everyList = theorem(about('every list', 'l'))(
  <l>(l: Named<ReadonlyArray<number>, l>) => given().infer(or(L.equal(l, l), falsum)),
  'l',
  (self) => (l) =>
    self(l).by(() =>
      L.fromLeft(
        l,
        (isNil) => inLeft(trans(isNil, symm(isNil)), falsum),
        (_x, rest) =>
          cases(
            self(rest)(),
            () => inLeft(refl(L.equal(l, l)), falsum),
            (never) => absurd(never, or(L.equal(l, l), falsum))
          )
      )
    )
)
const everyCase = theorem(about('every case', 'x', 'y'))(<X, Y>(x: Num<X>, y: Num<Y>) => {
  const either = or(not(small(y)), small(y))
  return given()
    .infer(implies(small(x), either))
    .by(() =>
      suppose(implies(small(x), either), () =>
        byCases(
          small(y),
          (q) => inRight(not(small(y)), apply(suppose(implies(small(y), small(y)), law(y)), q)),
          (no) => inLeft(no, small(y))
        )
      )
    )
})

test('both checkers accept what is exported, by whatever rule it was derived', () => {
  const file = JSON.parse(JSON.stringify(exported([everyList, everyCase, swap].map(made)))) as DerivationsFile
  const rules = file.theorems.flatMap(({ derivation }) => (derivation?.nodes ?? []).map(([, rule]) => rule))
  expect(new Set(rules).size).toBe(17)
  expect(file.theorems.map(({ name }) => name).toSorted()).toEqual(['every case', 'every list', 'law', 'swap'])
  expect(checkDerivations(JSON.stringify(file))).toEqual({
    isAccepted: true,
    grades: { derived: 3, tested: 0, assumed: 1 }
  })
  const signature = importedSignature(file)
  for (const theorem_ of [...file.theorems]) {
    const until = { ...file, theorems: file.theorems.slice(0, file.theorems.indexOf(theorem_) + 1) }
    if (theorem_.grade === 'derived') expect(refusedByKernel(signature, until), theorem_.name).toBeUndefined()
  }
})

test('what is used again and again is exported, and asked what it rests on, once', () => {
  let last = fact
  for (let i = 0; i < 40; i++) {
    const before = last
    last = theorem(about(`twice ${i}`, 'x'))(<X>(x: Num<X>) =>
      given()
        .infer(small(x))
        .by(() => first(both(before(x)(), before(x)())))
    )
  }
  expect(exported([made(last)]).theorems).toHaveLength(41)
  expect([...foundations(made(last)).stated]).toEqual([made(fact)])
})
