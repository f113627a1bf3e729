/**
 * Running lemmas: what a run counts, what it calls refuted, and the sorts that it draws from and lists.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { given, iff, implies, not, vocabulary } from '../../../invariants/proof/kernel.js'
import type { Named } from '../../../invariants/proof/kernel.js'
import { chapter, chapterOn, forall, forallOf, lemmaOf, perTheory } from '../../../invariants/proof/lemma.js'
import type { AnyTheory, Lemma } from '../../../invariants/proof/lemma.js'
import { decideAt, FEW, runAtRandom, runOnAll, standsOn } from '../../../invariants/proof/run.js'
import { drawn, lazy, listed, lists, listsUpTo, mapped, tuple } from '../../../invariants/proof/sort.js'
import { has, insert, insertSorted, num, numbers, small, sorted, words } from '../../support/proofs.js'
import type { Num, Numbers } from '../../support/proofs.js'

const { lemma, stronger, law } = chapter('a test')
const sets = listed([numbers(), numbers(1), numbers(1, 2), numbers(2, 1), numbers(1, 2, 3)])
const nums = listed([num(1), num(2)])

type Set_<S> = Named<Numbers, S>
type Num_<X> = Named<Num, X>

const theory: AnyTheory = { vocabulary: words }

/** The lemma that is declared, for the theory at hand: these statements take nothing from it. */
const made = (declared: (theory: AnyTheory) => unknown): Lemma => {
  const found = lemmaOf(declared(theory))
  if (found === undefined) throw new Error('no lemma')
  return found
}

const s_x = forall('s x', sets, nums)
const right = lemma(
  'right',
  'sorted s ⇒ x ∈ s + x',
  'It is there.',
  'A remark.'
)(() => s_x.state(<S, X>(s: Set_<S>, x: Num_<X>) => given(sorted(s)).infer(has(x, insert(s, x)))))
const wrong = stronger(
  'wrong',
  'sorted s ∧ x ∈ s ⇒ small s',
  'Few are there.'
)(() => s_x.state(<S, X>(s: Set_<S>, x: Num_<X>) => given(sorted(s), has(x, s)).infer(small(s))))

const s_ = forall('s', sets)
const ifSmall = lemma(
  'ifSmall',
  'small s ⇒ sorted s',
  'Few are sorted.'
)(() => s_.state(<S>(s: Set_<S>) => given(sorted(s)).infer(implies(small(s), sorted(s)))))
const never = lemma(
  'never',
  '1 ∈ ∅ ⇒ …',
  'Nothing is in it.'
)(() =>
  forall('s x', listed([numbers()]), nums).state(<S, X>(s: Set_<S>, x: Num_<X>) =>
    given().infer(iff(has(x, s), not(not(has(x, s)))))
  )
)
const unlike = lemma(
  'unlike',
  '¬ 1 ∈ ∅',
  'Nothing is in it.'
)(() => forall('s x', listed([numbers()]), nums).state(<S, X>(s: Set_<S>, x: Num_<X>) => given().infer(not(has(x, s)))))
const twice = lemma(
  'twice',
  'small s ⇒ sorted s',
  'The same input, again and again.'
)(() =>
  forall('s', listed([numbers(1), numbers(1), numbers(1), numbers(1), numbers(1)])).state(<S>(s: Set_<S>) =>
    given(small(s)).infer(sorted(s))
  )
)

describe('what a lemma stands on', () => {
  const inputs = (declared: (theory: AnyTheory) => unknown): number => standsOn([runOnAll(made(declared)).borne])

  test('is distinct inputs that meet the premises; more than a few are one more', () => {
    expect([inputs(right), inputs(twice)]).toEqual([FEW + 1, 1])
    expect(standsOn([runAtRandom(made(twice), { runs: 100, seed: 7 }).borne])).toBe(1)
  })

  test('is, of an implication in the conclusion, those that meet what it supposes too', () => {
    const met = runOnAll(made(ifSmall)).borne.map(({ size }) => size)
    expect(met).toEqual([4, 3])
    expect(inputs(never)).toBe(0)
  })

  test('is counted of each part, up to a few, however many more there are of another', () => {
    const few = lemma(
      'few of many',
      'small s ⇒ sorted s',
      'Few are small.'
    )(() =>
      forall('s', listed([...[3, 4, 5, 6, 7].map((n) => numbers(1, 2, n)), numbers(1)])).state(<S>(s: Set_<S>) =>
        given(sorted(s)).infer(implies(small(s), sorted(s)))
      )
    )
    expect(runOnAll(made(few)).borne.map(({ size }) => size)).toEqual([FEW + 1, 1])
  })

  test('is, of a negation, all inputs', () => {
    expect(inputs(unlike)).toBe(2)
  })

  test('adds up over blockchains; nothing that was run is nothing', () => {
    expect(standsOn([[new Set(['a'])], [new Set(['a'])]])).toBe(2)
    expect(standsOn([])).toBe(0)
    expect(standsOn([[new Set(['a']), new Set()], [new Set(['a'])]])).toBe(0)
  })
})

describe('a lemma', () => {
  test('is decided: a premise that does not hold says nothing', () => {
    expect(decideAt(made(right), [numbers(2, 1), num(1)])).toBe('vacuous')
    expect(decideAt(made(right), [numbers(1, 2), num(1)])).toBe('holds')
    expect(decideAt(made(wrong), [numbers(1, 2, 3), num(1)])).toBe('refuted')
    expect(decideAt(made(wrong), [numbers(1, 2, 3), num(4)])).toBe('vacuous')
    expect(decideAt(made(wrong), [numbers(1, 2, 3), num(4)], 1)).toBe('refuted')
  })

  test('run on all terms counts them, and those that meet the premises', () => {
    expect(runOnAll(made(right))).toMatchObject({ runs: 10, met: 8 })
  })

  test('run on all terms ends with the first that refute it', () => {
    expect(runOnAll(made(wrong))).toMatchObject({
      runs: 9,
      met: 3,
      refuted: { terms: [numbers(1, 2, 3), num(1)], replay: 'number 9 of all terms' }
    })
  })

  test('run at random comes to the same with the same seed', () => {
    const tally = runAtRandom(made(right), { runs: 100, seed: 7 })
    expect(tally).toEqual(runAtRandom(made(right), { runs: 100, seed: 7 }))
    expect([tally.runs, tally.met > 60 && tally.met < 100]).toEqual([100, true])
    expect(tally).not.toHaveProperty('refuted')
  })

  test('run at random says which terms refute it, and how to get there again', () => {
    const { refuted } = runAtRandom(made(wrong), { runs: 100, seed: 7 })
    expect(refuted?.terms[0]).toEqual(numbers(1, 2, 3))
    expect(refuted?.replay).toMatch(/^seed 7, path "[\d:]+"$/)
    expect(runAtRandom(made(wrong), { runs: 100, seed: 7, without: 0 }).refuted).toBeDefined()
  })

  test('has what was said of it', () => {
    expect(made(right)).toMatchObject({
      kind: 'lemma',
      name: 'right',
      source: 'a test',
      mathematics: 'sorted s ⇒ x ∈ s + x',
      says: 'It is there.',
      remark: 'A remark.',
      theorem: { about: { name: 'right', source: 'a test', variables: ['s', 'x'] } }
    })
    expect(made(wrong)).not.toHaveProperty('remark')
  })

  test('that is stronger has a name of its own in derivations, and a law its reason', () => {
    const said = [lemma, stronger, law].map((stating, i) =>
      made(
        stating(
          i === 2 ? 'are all small' : 'are small',
          '',
          'They are small.'
        )(() => forall('s', sets).state(<S>(s: Set_<S>) => given().infer(small(s))))
      )
    )
    expect(said.map(({ kind, name, theorem: { about } }) => [kind, name, about])).toStrictEqual([
      ['lemma', 'are small', { name: 'are small', source: 'a test', variables: ['s'] }],
      ['stronger', 'are small', { name: 'are small (stronger)', source: 'a test', variables: ['s'] }],
      ['law', 'are all small', { name: 'are all small', source: 'a test', variables: ['s'], law: 'They are small.' }]
    ])
    expect(said.map((it) => 'remark' in it)).toEqual([false, false, false])
  })

  test('has a remark where something is remarked', () => {
    const remarked = lemma(
      'known',
      '',
      '',
      'Not hard.'
    )(() => forall('s', sets).state(<S>(s: Set_<S>) => given().infer(small(s))))
    expect(made(remarked).remark).toBe('Not hard.')
  })

  test('is one for each theory: it is made once, and not before it is asked for', () => {
    const asked: object[] = []
    const declared = lemma(
      'once',
      '',
      ''
    )((theory: AnyTheory) => {
      asked.push(theory)
      return forall('s', sets).state(<S>(s: Set_<S>) => given().infer(small(s)))
    })
    const [a, b] = [{ vocabulary: vocabulary('one') }, { vocabulary: vocabulary('other') }]
    expect(asked).toEqual([])
    expect(declared(a)).toBe(declared(a))
    expect(declared(b)).not.toBe(declared(a))
    expect(asked.map((theory) => (theory === a ? 'a' : 'b'))).toEqual(['a', 'b'])
  })

  test('is one for each theory even where what is made is nothing', () => {
    let times = 0
    const nothing = perTheory((_theory: object): string | undefined => {
      times += 1
      return undefined
    })
    const theory = {}
    expect([nothing(theory), nothing(theory), times]).toEqual([undefined, undefined, 1])
  })

  test('has its place in the order in which lemmas are declared', () => {
    expect(made(wrong).theorem.place).toBe(made(right).theorem.place + 1)
  })

  test('that another file has as well is called after its file, too, and of another theory after that', () => {
    const again = chapter('Folder/of/some.file.txt', 'shared')
    const declared = (['lemma', 'definition', 'stronger', 'beyond', 'fact', 'law', 'other'] as const).map((kind) =>
      again[kind](
        kind === 'law' ? 'shared' : kind,
        '',
        ''
      )(() => forall('s', sets).state(<S>(s: Set_<S>) => given().infer(small(s))))
    )
    const here = { vocabulary: vocabulary('here', words) }
    const there = { vocabulary: vocabulary('there', words), of: 'others' }
    const said = (theory: AnyTheory) => declared.map((one) => lemmaOf(one(theory))!)
    expect(said(here).map(({ kind, name, theoremName }) => [kind, name, theoremName])).toEqual([
      ['lemma', 'lemma', 'lemma'],
      ['fact', 'definition', 'definition'],
      ['stronger', 'stronger', 'stronger (stronger)'],
      ['beyond', 'beyond', 'beyond'],
      ['fact', 'fact', 'fact'],
      ['law', 'shared', 'shared (some.file)'],
      ['other', 'other', 'other']
    ])
    expect(said(here).map((one) => 'isDefinition' in one && one.isDefinition)).toEqual([
      ...[false, true, false, false, false, false, false]
    ])
    expect(said(there).map(({ kind, name }) => [kind, name])[5]).toEqual(['fact', 'shared (others)'])
    expect(said(there)[5]?.theoremName).toBe('shared (some.file) (others)')
  })

  test('of one theory is the same whatever theory is asked for', () => {
    const one = { vocabulary: vocabulary('only', words) }
    const only = chapterOn('a test', one).definition(
      'of one',
      '',
      ''
    )(
      ({ vocabulary: v }) => (
        expect(v).toBe(one.vocabulary), forall('s', sets).state(<S>(s: Set_<S>) => given().infer(small(s)))
      )
    )
    expect(only()).toBe(only(theory))
    expect(lemmaOf(only())).toMatchObject({ name: 'of one', isDefinition: true })
  })

  test('is told from other things: a theorem is none, since nothing was said of it', () => {
    expect([lemmaOf(() => 1), lemmaOf(insertSorted), lemmaOf(right)]).toEqual([undefined, undefined, undefined])
  })
})

describe('sorts', () => {
  const list = <A>(sort: { readonly all: () => Iterable<A> }): ReadonlyArray<A> => [...sort.all()]
  const abc = listed(['a', 'b', 'c'])

  test('tuples: the last place changes fastest', () => {
    const pairs = tuple<[string, number]>(listed(['a', 'b']), listed([1, 2, 3]))
    expect(pairs.size).toBe(6)
    expect(list(pairs).map(([a, n]) => `${a}${n}`)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
    expect([tuple<[]>().size, list(tuple<[]>())]).toEqual([1, [[]]])
    const drawnOnce = fc.sample(pairs.sample, { numRuns: 50, seed: 1 }).map(([a, n]) => `${a}${n}`)
    expect([...new Set(drawnOnce)].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3'])
  })

  test('lists: all up to a length, shorter ones first', () => {
    expect(listsUpTo(2, ['a', 'b']).map((l) => l.join(''))).toEqual(['', 'a', 'b', 'aa', 'ab', 'ba', 'bb'])
    expect(listsUpTo(0, ['a'])).toEqual([[]])
    for (const length of [0, 1, 2, 3])
      for (const of of [[], ['a'], ['a', 'b', 'c']]) {
        const sort = lists(length, of, fc.constant([]))
        expect(list(sort)).toEqual(listsUpTo(length, of))
        expect(sort.size).toBe(list(sort).length)
      }
  })

  test('images, and what is listed only when it is asked for', () => {
    const doubled = mapped(abc, (a) => a + a)
    expect([doubled.size, list(doubled)]).toEqual([3, ['aa', 'bb', 'cc']])
    let times = 0
    const once = lazy(() => {
      times += 1
      return [1, 2]
    }, fc.constant(1))
    expect(times).toBe(0)
    expect([once.size, list(once), list(once), times]).toEqual([2, [1, 2], [1, 2], 1])
  })

  test('what is drawn at random may differ from what is listed', () => {
    const always = drawn(abc, fc.constant('b'))
    expect(fc.sample(always.sample, { numRuns: 5, seed: 1 })).toEqual(['b', 'b', 'b', 'b', 'b'])
    expect([always.size, list(always)]).toEqual([3, ['a', 'b', 'c']])
    const { terms } = forall('x y', abc, abc).drawnBy(fc.constant('c'), (c) => [c, c])
    expect(fc.sample(terms.sample, { numRuns: 2, seed: 1 })).toEqual([
      ['c', 'c'],
      ['c', 'c']
    ])
    expect(terms.size).toBe(9)
    expect([forall('x y', abc, abc).variables, forallOf('', tuple<[]>()).variables]).toEqual([['x', 'y'], []])
  })
})
