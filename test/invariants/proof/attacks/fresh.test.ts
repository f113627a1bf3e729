/**
 * Attacks by somebody who had not seen the kernel before: on what a statement is, on what lists are, on values, on the order
 * in which things happen. Each is refused, and says why; or what it leaves behind is as right as it was.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { assumptions, explain, foundations, namesOf } from '../../../../invariants/proof/explain.js'
import * as kernel from '../../../../invariants/proof/kernel.js'
import { about, anything, attempt, listsOfNumbers, made, refusal, someNumbers } from './words.js'

/** What a writer can do whom no compiler stops. */
type Any = any
const {
  absurd,
  and,
  apply,
  assume,
  audit,
  both,
  byCases,
  check,
  congruence,
  contradiction,
  decideFor,
  derive,
  equal,
  exported,
  falsum,
  first,
  given,
  gradeOf,
  implies,
  inLeft,
  nextPlace,
  not,
  or,
  refl,
  refute,
  saying,
  substitute,
  suppose,
  symm,
  takingApart,
  theorem,
  theoremOf,
  trans,
  vocabulary,
  write
} = kernel as Any
const { Proof } = kernel

const a = about as Any
const said: Any = attempt

/** The same with names for 1 and 2. */
const ones = (name = 'ones') => {
  const known = someNumbers(name)
  const { words, N } = known
  return { ...known, one: words.constant('one', N, 1), two: words.constant('two', N, 2) }
}

/** Whether the independent checker accepts what is exported of a theorem. */
const independently = (f: unknown): boolean => checkDerivations(JSON.stringify(exported([made(f)]))).isAccepted

describe('a statement', () => {
  test('is not that of another theorem, whose words it may not know', () => {
    const { words, isOne, one } = ones()
    let kept: unknown
    const there = said(
      a(words),
      () =>
        (kept = given(isOne(one))
          .infer(isOne(one))
          .by((p: Any) => p))
    )
    expect(gradeOf(made(there))).toBe('derived')
    const here = said(a(vocabulary('nothing of that')), () => kept)
    expect(refusal(here)).toBe('«isOne(one)» was stated outside of the theorem that is to state it')
  })

  test('is not about values', () => {
    const { words, isOne } = ones()
    const p = isOne(1)
    const rule = given(p)
      .infer(p)
      .by((h: Any) => h)
    expect(refusal(said(a(words), () => rule))).toContain('was stated outside of the theorem that is to state it')
  })

  test('is not made again when what was thrown cannot be shown', () => {
    const { words, isOne } = ones()
    let runs = 0
    let old: unknown
    const lemma = said(a(words, 'x'), (x: Any) => {
      runs += 1
      if (runs === 1) {
        old = x
        throw new Proxy(
          {},
          {
            has: () => {
              throw new Error('not even this')
            }
          }
        )
      }
      isOne(x)
      return given(isOne(old)).infer(isOne(old))
    })
    expect(refusal(lemma)).toBe('something was thrown that says nothing')
    expect(refusal(lemma)).toBe('something was thrown that says nothing')
    expect(runs).toBe(1)
  })

  test.each<readonly [string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('x'), 'something was thrown that says nothing'],
    ['what says nothing', { message: null }, 'null'],
    ['what says a symbol', { message: Symbol('x') }, 'something was thrown that says nothing'],
    [
      'what says something that throws',
      {
        message: {
          toString: () => {
            throw new Error('not even this')
          }
        }
      },
      'something was thrown that says nothing'
    ]
  ])('is not made again when %s was thrown', (_, thrown, told) => {
    const { words, isOne } = ones()
    let runs = 0
    const lemma = said(a(words, 'x'), (x: Any) => {
      runs += 1
      if (runs === 1) throw thrown
      return given().infer(isOne(x))
    })
    expect(refusal(lemma)).toBe(told)
    expect(refusal(lemma)).toBe(told)
    expect(runs).toBe(1)
  })

  test('is made once, whatever it would say the next time', () => {
    const { words, isOne, one, two } = ones()
    let runs = 0
    const lemma = said(a(words), () => given().infer(isOne((runs += 1) === 1 ? two : one)))
    expect(decideFor(made(lemma), [])).toBe('refuted')
    expect(decideFor(made(lemma), [])).toBe('refuted')
    expect(write(made(lemma)).conclusion).toBe('isOne(two)')
    expect(runs).toBe(1)
  })

  test('does not change with the lists that it was made of', () => {
    const { words, isOne, one, two } = ones()
    const variables = ['x']
    const premises = [] as Any[]
    const lemma = said(a(words, ...variables), (x: Any) => {
      premises.push(isOne(x))
      const rule = given(...premises).infer(isOne(x))
      premises[0] = isOne(two)
      premises.push(falsum)
      return (rule as Any).by((p: Any) => p)
    })
    variables.push('y')
    expect(derive(made(lemma))).toBeInstanceOf(Proof)
    premises.length = 0
    expect(write(made(lemma))).toEqual({ premises: ['isOne(x)'], conclusion: 'isOne(x)' })
    expect(decideFor(made(lemma), [2])).toBe('vacuous')
    expect(one).toBe(1)
  })

  test('takes its name and its law once, from whatever has them', () => {
    const { words, isOne } = ones()
    let asked = 0
    const sly: Any = {
      source: 'an attack',
      variables: ['x'],
      vocabulary: words,
      get name() {
        return (asked += 1) === 1 ? 'sly' : Symbol('sly')
      },
      get law() {
        asked += 1
        return undefined
      }
    }
    const lemma: Any = theorem(sly)(((x: Any) => given().infer(isOne(x))) as Any)
    expect([made(lemma).about.name, gradeOf(made(lemma)), asked]).toEqual(['sly', 'tested', 2])
  })

  test('cannot take a list apart: no part of an argument is left behind', () => {
    const { words, L } = listsOfNumbers()
    const lemma = said(a(words, 'l'), (l: Any) => {
      let told = ''
      try {
        L.fromLeft(l, anything, anything)
      } catch (error) {
        told = (error as Error).message
      }
      expect(told).toContain('a statement proves nothing')
      return given()
        .infer(falsum)
        .by(() => refl((L.equal as Any)(l, l)) as Any)
    })
    expect(refusal(lemma)).toBe('wanted a proof of «⊥», got one of «l = l»')
  })

  test('of a theorem that is refused can be said again, and proves nothing', () => {
    const { words, isOne } = ones()
    const wrong = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(isOne(x))
        .by(() => anything(1))
    )
    expect(refusal(wrong)).toContain('got something that is no proof')
    const again = said(a(words, 'x'), (x: Any) => (saying(made(wrong)) as Any)(x).by(() => (wrong as Any)(x)()))
    expect(refusal(again)).toContain('got something that is no proof')
    const only = said(a(words, 'x'), (x: Any) => (saying(made(wrong)) as Any)(x))
    expect(gradeOf(made(only))).toBe('tested')
  })
})

describe('theorems', () => {
  test('that have one place do not use each other', () => {
    const { words } = ones()
    const place = nextPlace()
    const others: Any[] = []
    const one = said({ ...a(words), place }, () =>
      given()
        .infer(falsum)
        .by(() => others[0]()())
    )
    const other: Any = said({ ...a(words), place }, () =>
      given()
        .infer(falsum)
        .by(() => (one as Any)()())
    )
    others.push(other)
    expect(refusal(one)).toContain('which is not declared before it')
    expect(refusal(other)).toContain('which is not declared before it')
  })

  test('are no proxies, and no objects with the fields of one', () => {
    const { words, isOne } = ones()
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    expect(theoremOf(new Proxy(lemma, {}))).toBeUndefined()
    const copy: Any = { ...made(lemma) }
    expect(() => gradeOf(copy)).toThrow('this is no theorem')
    expect(() => foundations(new Proxy(copy, {}))).toThrow('this is no theorem')
    expect(() => exported([copy])).toThrow('this is no theorem')
  })

  test('cannot be changed', () => {
    const { words, isOne } = ones()
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    expect(() => Object.assign(made(lemma), { place: 0 })).toThrow(TypeError)
    expect(() => Object.assign(made(lemma).about, { name: 'another' })).toThrow(TypeError)
    expect(() => (made(lemma).about.variables as Any).push('y')).toThrow(TypeError)
  })

  test('are derived while others are, each in its own derivation', () => {
    const { words, isOne, one } = ones()
    const fact = said(a(words), () => given().infer(isOne(one)))
    const inner = said(a(words), () =>
      given()
        .infer(isOne(one))
        .by(() => fact()())
    )
    const outer = said(a(words), () =>
      given()
        .infer(isOne(one))
        .by(() => derive(made(inner)) as Any)
    )
    expect(refusal(outer)).toContain('«isOne(one)» was proved outside of the derivation')
    expect(gradeOf(made(inner))).toBe('derived')
  })

  test('do not use a step of one derivation in another that is run in the middle of it', () => {
    const { words, isOne } = ones()
    let leaked: unknown
    const inner = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(falsum)
        .by(() => leaked)
    )
    const outer = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(isOne(x))
        .by((p: Any) =>
          byCases(
            falsum,
            (h: Any) => {
              leaked = h
              expect(refusal(inner)).toBe('«⊥» was proved outside of the derivation')
              return p
            },
            () => p
          )
        )
    )
    expect(derive(made(outer))).toBeInstanceOf(Proof)
  })

  test('go on after a step that was refused, with what they had before it', () => {
    const { words, isOne, two } = ones()
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(isOne(two))
        .by((p: Any) => {
          const kept: Any[] = []
          for (const wrong of [
            () => absurd(p, isOne(two)),
            () => first(p),
            () =>
              byCases(
                isOne(two),
                (h: Any) => kept.push(h) as Any,
                () => p
              ),
            () => suppose(implies(isOne(x), isOne(two)) as Any, (h: Any) => h as Any)
          ])
            try {
              kept.push(wrong())
            } catch (error) {
              expect((error as Error).name).toBe('Unsound')
            }
          return kept[0]
        })
    )
    expect(refusal(lemma)).toContain('the hypothesis «isOne(two)» is used outside its branch')
  })

  test('are not fooled by a generator that waits in the middle of a branch', () => {
    const { words, isOne } = ones()
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(falsum)
        .by((p: Any) => {
          const steps = (function* (): Generator<unknown, unknown> {
            let out: unknown
            refute(not(falsum), (h: Any) => {
              out = both(h, p)
              return h
            })
            yield out
            return first(out as Any)
          })()
          steps.next()
          return steps.next().value
        })
    )
    expect(refusal(lemma)).toContain('the hypothesis «⊥» is used outside its branch')
  })

  test('say nothing in the words of another derivation, nor of more or fewer terms than they have', () => {
    const { words, isOne } = ones()
    const further: Any = vocabulary('further', words)
    const secret: Any = further.predicate('secret', [], () => false)
    let kept: Any
    const keeping = said(a(further), () => given().infer((kept = secret())))
    expect(refusal(keeping)).toBe('not derived')
    const told = '«secret» is said outside of the derivation that it belongs to'
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x), falsum)
        .infer(falsum)
        .by((p: Any, no: Any) => absurd(no, inLeft(p, kept)))
    )
    expect(refusal(lemma)).toBe(told)
    expect(() => not(kept)).toThrow(told)
    const plain = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    for (const terms of [[], [1, 1]])
      expect(() => (plain as Any)(...terms)).toThrow(`is about 1 terms, not ${terms.length}`)
  })

  test('that say the same under one name rest on what each rests on', () => {
    const one = ones('one')
    const other = ones('other')
    const name = { ...a(one.words), name: 'shared' }
    const good = said(name, () =>
      given()
        .infer(one.same(one.one, one.one))
        .by(() => refl(one.same(one.one, one.one)))
    )
    const bad = said({ ...name, vocabulary: other.words }, () => given().infer(falsum))
    const lemma = said(a(other.words), () =>
      given()
        .infer(falsum)
        .by(() => bad()())
    )
    expect([...foundations(made(good)).stated]).toEqual([])
    expect([...foundations(made(lemma)).stated]).toEqual([made(bad)])
    expect(namesOf(foundations(made(lemma)).stated)).toEqual(['shared'])
  })
})

describe('an induction', () => {
  test('is on a list, also where its hypothesis is not used: both checkers want that', () => {
    const { words, same } = ones()
    const lemma: Any = theorem(a(words, 'x'))(
      ((x: Any) => given().infer(same(x, x))) as Any,
      'x',
      (() => (x: Any) =>
        given()
          .infer(same(x, x))
          .by(() => refl(same(x, x)))) as Any
    )
    expect(refusal(lemma)).toBe('«x» is not a list')
  })

  test('is on one of two variables of one name, the same for both checkers', () => {
    const { words, L } = listsOfNumbers()
    const is: Any = L.equal
    const lemma: Any = theorem(a(words, 'l', 'l'))(
      ((l: Any, m: Any) => given().infer(or(is(l, m), not(is(l, m))))) as Any,
      'l',
      ((self: Any) => (l: Any, m: Any) =>
        given()
          .infer(or(is(l, m), not(is(l, m))))
          .by(
            () =>
              L.fromLeft(
                l,
                () => self(l, m)(),
                (_x: Any, rest: Any) => self(rest, m)()
              ) as Any
          )) as Any
    )
    expect(refusal(lemma)).toContain('is used for something not smaller than «l»')
  })

  test('does not go by a list that is said to be longer than itself, where the equality of lists lies', () => {
    const { words, N, one } = ones()
    const L: Any = takingApart(words.lists(N, { equals: () => true }))
    const nested = said(a(words, 'x', 'l'), (x: Any, l: Any) => given().infer(L.equal(l, L.cons(x, l))))
    // With that fact, everything follows by induction: so it must not be found to hold.
    const never: Any = theorem(a(words, 'l'))(
      ((l: Any) => given(L.equal(l, l)).infer(falsum)) as Any,
      'l',
      ((self: Any) => (l: Any) =>
        given(L.equal(l, l))
          .infer(falsum)
          .by((p: Any) =>
            byCases(
              L.equal(l, L.cons(one, l)),
              () => self(l)(p),
              (no: Any) => contradiction((nested as Any)(one, l)() as Any, no as Any)
            )
          )) as Any
    )
    expect(refusal(never)).toBe('DERIVED ⊥')
    expect([...foundations(made(never)).stated]).toEqual([made(nested)])
    expect(() => decideFor(made(nested), [1, [1]])).toThrow(
      'the equality of lists takes two of different lengths for one'
    )
  })

  test('leaves out no list, where the equality of lists is that of objects', () => {
    const { words, N } = ones()
    const L: Any = takingApart(words.lists(N, { equals: (l: unknown, m: unknown) => l === m }))
    const special = [1]
    const ordinary: Any = words.predicate('ordinary', [L.sort], (l: unknown) => l !== special)
    const nil = said(a(words), () => given().infer(ordinary(L.nil)))
    const cons = said(a(words, 'x', 'l'), (x: Any, l: Any) => given().infer(ordinary(L.cons(x, l))))
    const all = said(a(words, 'l'), (l: Any) =>
      given()
        .infer(ordinary(l))
        .by(() =>
          L.fromLeft(
            l,
            (is: Any) => (substitute as Any)(ordinary(l), nil()(), symm(is)),
            (x: Any, m: Any, is: Any) => (substitute as Any)(ordinary(l), cons(x, m)(), symm(is))
          )
        )
    )
    expect(refusal(all)).toContain('DERIVED')
    expect(() => decideFor(made(cons), [2, [1]])).toThrow('tells two apart that have the same elements')
    expect(() => decideFor(made(all), [special])).toThrow('tells two apart that have the same elements')
  })

  test('goes on in the middle of one where lists are compared', () => {
    const { L } = listsOfNumbers() as Any
    expect([L.equal([], [1]), L.equal([1], [2]), L.equal([1], [1])].map((p: Any) => p.decide())).toEqual([
      ...[false, false, true]
    ])
  })

  test('is of lists: what is no list is outside of a sort of lists', () => {
    const { words, L } = listsOfNumbers()
    const lemma = said(a(words, 'l'), (l: Any) => given().infer((L.equal as Any)(l, l)))
    for (const odd of [new Set([1]), 'ab', null, 7])
      expect(() => decideFor(made(lemma), [odd])).toThrow(
        'a value is no list: it is outside of the sort list of Number'
      )
    expect(decideFor(made(lemma), [[1]])).toBe('holds')
  })
})

describe('words', () => {
  test('know no map and no set with a number in it that is not equal to itself', () => {
    const words: Any = vocabulary('maps')
    const S: Any = words.sort('S', { equals: (x: unknown, y: unknown) => x === y })
    const isSmall: Any = words.predicate('isSmall', [S], (x: Any) => x.size < 3)
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(isSmall(x)))
    for (const odd of [new Map([[1, NaN]]), new Map([[NaN, 1]]), new Set([NaN]), { inside: [new Set([[NaN]])] }])
      expect(() => decideFor(made(lemma), [odd])).toThrow('a value is not equal to itself')
    expect(decideFor(made(lemma), [new Map([[1, 2]])])).toBe('holds')
    expect(decideFor(made(lemma), [new Set([1, 2, 3])])).toBe('refuted')
  })

  test('know no value twice with such a number in it, whatever else was looked at before', () => {
    const words: Any = vocabulary('things')
    const S: Any = words.sort('S', { equals: (x: unknown, y: unknown) => x === y })
    const some: Any = words.predicate('some', [S], () => true)
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(some(x)))
    const decided = (x: unknown) => decideFor(made(lemma), [x])
    const odd = { inside: [NaN] }
    for (const _ of [1, 2]) expect(() => decided(odd)).toThrow('a value is not equal to itself')
    // A circle is looked at once; what is in one with such a number is in no sort, wherever one begins.
    const circle: Any = { inside: {} }
    circle.inside.around = circle
    expect([decided(circle), decided(circle.inside)]).toEqual(['holds', 'holds'])
    const wrong: Any = { inside: {}, number: NaN }
    wrong.inside.around = wrong
    for (const one of [wrong, wrong.inside]) expect(() => decided(one)).toThrow('a value is not equal to itself')
    let large: unknown = {}
    for (let i = 0; i < 40; i++) large = [large, large]
    expect(decided(large)).toBe('holds')
  })

  test('are of things that the kernel knows, as many as they take, of sorts that are seen', () => {
    const { words, N, isOne } = ones()
    const sum: Any = words.lift('sum', [N, N], N, (x: number, y: number) => x + y)
    const { words: others, N: M } = ones('others')
    for (const [use, told] of [
      [() => words.predicate('of none', [{}], () => true), 'this is no sort'],
      [() => vocabulary('of none', {}), 'this is no vocabulary'],
      [() => said({ ...a(words), vocabulary: {} }, () => given().infer(falsum)), 'this is no vocabulary'],
      [() => not({}), 'this is no proposition'],
      [() => Reflect.get(kernel.Prop.prototype, 'show'), 'this is no proposition'],
      [() => Reflect.get(Proof.prototype, 'proposition'), 'this is no proof'],
      [() => sum(1), '«sum» takes 2 arguments'],
      [() => sum(1, 2, 3), '«sum» takes 2 arguments'],
      [() => isOne(1, 2), '«isOne» takes 1 arguments'],
      [() => isOne(), '«isOne» takes 1 arguments, not 0'],
      [() => others.predicate('of another', [N], () => true), 'the sort N is of ones, which others does not include'],
      [() => words.lift('to another', [N], M, () => 1), 'the sort N is of others, which ones does not include']
    ] as ReadonlyArray<readonly [() => unknown, string]>)
      expect(use).toThrow(told)
  })

  test('of three and of four arguments are given all of them', () => {
    const { words, N, same } = ones()
    const [three, four]: Any[] = [
      [N, N, N],
      [N, N, N, N]
    ].map((takes) => words.lift(`list ${takes.length}`, takes, N, (...xs: number[]) => Number(xs.join(''))))
    const lemma = said(a(words, 'w', 'x', 'y', 'z'), (w: Any, x: Any, y: Any, z: Any) =>
      given(same(three(x, y, z), z)).infer(same(four(w, x, y, z), z))
    )
    expect(decideFor(made(lemma), [1, 2, 3, 4])).toBe('vacuous')
    expect(decideFor(made(lemma), [0, 0, 0, 4])).toBe('holds')
    expect(decideFor(made(lemma), [1, 0, 0, 4])).toBe('refuted')
  })

  test('take four arguments at most: a fifth would not be looked at', () => {
    const { words, N } = ones()
    const fifth = (...xs: unknown[]): boolean => xs[4] === undefined
    expect(() => words.predicate('fifth', [N, N, N, N, N], fifth)).toThrow('a word takes four arguments at most')
    expect(() => words.lift('fifth of them', [N, N, N, N, N], N, fifth)).toThrow('a word takes four arguments at most')
  })

  test('of two included vocabularies of one name are not to be confused: both checkers refuse them', () => {
    const [one, other] = [ones('twins'), ones('twins')]
    expect(() => vocabulary('both', one.words, other.words)).toThrow(
      'the vocabulary both sees two vocabularies of the name «twins»'
    )
    expect(() => vocabulary('twins', one.words)).toThrow('sees two vocabularies of the name «twins»')
    const [p, q] = [one, other].map(({ words, isOne }) =>
      made(said(a(words, 'x'), (x: Any) => given().infer(isOne(x))))
    )
    expect(() => exported([p as Any, q as Any])).toThrow(
      'two vocabularies of the name «twins» cannot be exported together'
    )
  })

  test('say that something holds by `true` alone', () => {
    const { words } = ones()
    const Odd: Any = words.sort('Odd', { equals: async () => Promise.resolve(false) })
    const same = said(a(words, 'x', 'y'), (x: Any, y: Any) => given().infer((equal(Odd) as Any)(x, y)))
    expect(() => decideFor(made(same), [1, 2])).toThrow('a value is not equal to itself')
    const promised: Any = words.predicate('promised', [Odd], async () => Promise.resolve(true))
    const Plain: Any = words.sort('Plain')
    const vague: Any = words.predicate('vague', [Plain], () => 1)
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(vague(x)))
    expect(decideFor(made(lemma), [1])).toBe('refuted')
    expect(() => promised(1)).toThrow('a value is not equal to itself')
  })

  test('give values of their sorts', () => {
    const { words, N, same } = ones()
    const broken: Any = words.lift('broken', [N], N, (x: number) => (0 * x) / 0)
    const lemma = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(same(broken(x), broken(x)))
        .by(() => refl(same(broken(x), broken(x))))
    )
    expect(gradeOf(made(lemma))).toBe('derived')
    expect(() => decideFor(made(lemma), [1])).toThrow('«broken» gives a value that is not equal to itself')
  })

  test('that are not pure are found out by an audit that asks twice', () => {
    const { words, N } = ones()
    let asked = 0
    const moody: Any = words.predicate('moody', [N], () => (asked += 1) < 2)
    expect(() => audit(() => assume(moody(1), 'a mood'))).toThrow('held when it was proved, and no longer does')
  })

  test('of a constant that has changed are decided as it is now', () => {
    const words: Any = vocabulary('things')
    const S: Any = words.sort('S', { equals: (x: Any, y: Any) => x.v === y.v })
    const thing = { v: 1 }
    const it = words.constant('it', S, thing)
    const isOne: Any = words.predicate('isOne', [S], (x: Any) => x.v === 1)
    const lemma = said(a(words), () => given().infer(isOne(it)))
    expect(decideFor(made(lemma), [])).toBe('holds')
    thing.v = 2
    expect(decideFor(made(lemma), [])).toBe('refuted')
  })

  test('for -0 are those for 0, which has the name', () => {
    const words: Any = vocabulary('zeros')
    const S: Any = words.sort('S', { equals: Object.is })
    const isZero: Any = words.predicate('isZero', [S], (x: unknown) => Object.is(x, 0))
    words.constant('zero', S, 0)
    expect(() => words.constant('minus', S, -0)).toThrow('«zero» cannot be named «minus» as well')
    const lemma = said(a(words), () => given().infer(isZero(-0)))
    expect(write(made(lemma)).conclusion).toBe('isZero(zero)')
    expect(decideFor(made(lemma), [])).toBe('holds')
    expect(isZero(-0).decide()).toBe(false)
  })

  test('for a list of one sort are none for one of another', () => {
    const one = listsOfNumbers()
    const words: Any = vocabulary('more', one.words)
    const other: Any = takingApart(words.lists(one.number, { equals: (l: Any, m: Any) => String(l) === String(m) }))
    const lemma = said(a(words, 'l', 'x'), (l: Any, x: Any) => given().infer(other.equal(l, (one.L.cons as Any)(x, l))))
    expect(refusal(lemma)).toContain('is of the sort list of Number')
  })

  test('of equality take both sides of one sort', () => {
    const { words, N, same, one } = ones()
    const M: Any = words.sort('M', { equals: () => true })
    const to: Any = words.lift('to', [N], M, (x: unknown) => x)
    for (const sides of [(x: Any) => [to(x), one], (x: Any) => [one, to(x)]]) {
      const lemma = said(a(words, 'x'), (x: Any) => given().infer(same(...sides(x))))
      expect(refusal(lemma)).toBe('=: «to(x)» is of the sort M, not of N')
    }
  })
})

describe('of values,', () => {
  test('an implication is no evidence of what does not follow', () => {
    const { isOne } = ones()
    expect(() => suppose(implies(not(falsum), falsum) as Any, () => undefined as Any)).toThrow('this is no proof')
    expect(() => suppose(implies(isOne(1), isOne(2)) as Any, (p: Any) => p as Any)).toThrow('does not follow')
    expect(() => refute(not(isOne(1)), (p: Any) => p as Any)).toThrow(
      'does not hold of these values, and does not follow'
    )
    expect(() => suppose(isOne(2), (p: Any) => p)).toThrow('cannot be proved by «suppose»')
  })

  test('what was assumed under a supposition is listed', () => {
    const { isOne } = ones()
    const implied: Any = suppose(implies(isOne(1), isOne(2)) as Any, () => assume(isOne(2), 'trust me') as Any)
    const known: Any = check(isOne(1))
    expect(assumptions(apply(implied, known.right))).toEqual(['isOne(_) (trust me)'])
    expect(assumptions(refute(not(isOne(2)), (p: Any) => assume(falsum, `not needed ${String(p)}`)))).toEqual([])
  })

  test('evidence is of what it is evidence of: a theorem wants it of its premise', () => {
    const { words, isOne } = ones()
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(isOne(x))
        .by((p: Any) => p)
    )
    const known: Any = check(isOne(1))
    expect(() => lemma(2)(known.right)).toThrow('«isOne(_)» does not hold of these values, and does not follow')
    expect(() => lemma(2)()).toThrow('this is no proof')
    expect(() => lemma(2)(isOne(2))).toThrow('this is no proof')
  })

  test.each<readonly [string, (o: ReturnType<typeof ones>, p: Any) => unknown]>([
    ['equality is no evidence of itself', ({ same }) => refl(same(1, 2))],
    ['absurdity is from what is false', ({ isOne }, p) => absurd(p, isOne(2))],
    ['equations carry on to where they lead', ({ same }, p) => (substitute as Any)(same(1, 2), p)],
    ['functions of nothing equal are not equal', ({ same }) => (congruence as Any)(same(1, 2))],
    ['two equations are chained in the middle', ({ same }) => (trans as Any)(refl(same(1, 1)), refl(same(2, 2)))],
    ['contradiction is of what contradicts', (_, p) => contradiction(p, p)]
  ])('%s', (_, rule) => {
    const o = ones()
    const known: Any = check(o.isOne(1))
    expect(() => rule(o, known.right)).toThrow(/does not follow|has no such part|«nothing»/)
  })

  test('what is explained is what was proved, whatever a value is called', () => {
    const { isOne } = ones()
    const p: Any = inLeft(assume(isOne(2), 'a guess') as Any, isOne(1) as Any)
    expect(explain(p)).toBe('isOne(_) ∨ isOne(_#2)   or\n  isOne(_)   assumed: a guess')
    expect(assumptions(both(p, p))).toEqual(['isOne(_) (a guess)'])
    expect(() => assumptions(and(isOne(1), isOne(1)) as Any)).toThrow('this is no proof')
  })
})

describe('names', () => {
  test('have no lines that could be taken for those of an explanation', () => {
    const { words, isOne } = ones()
    const wrong = { ...a(words, 'x'), name: 'wrong\n    isOne(x)   premise 1' }
    expect(() => said(wrong, (x: Any) => given().infer(isOne(x)))).toThrow('a name must stand on one line')
    expect(() => words.sort('a\u2028b')).toThrow('a name must stand on one line')
    const source = { toString: () => 'anything' }
    expect(() => said({ ...a(words, 'x'), source }, (x: Any) => given().infer(isOne(x)))).toThrow(
      'a name must be a string'
    )
    expect(() => vocabulary('v\r')).toThrow('a name must stand on one line')
  })
})

describe('what is large is refused, or done in time:', () => {
  test('a formula that is twice each of its parts, forty times', () => {
    const { words, isOne } = ones()
    const lemma = said(a(words, 'x'), (x: Any) => {
      let f = isOne(x)
      for (let i = 0; i < 40; i++) f = and(f, f)
      return given(f)
        .infer(f)
        .by((p: Any) => p)
    })
    expect(decideFor(made(lemma), [1])).toBe('holds')
    expect(decideFor(made(lemma), [2])).toBe('vacuous')
    expect(independently(lemma)).toBe(true)
    const again = said(a(words, 'y'), (y: Any) =>
      given(isOne(y))
        .infer(isOne(y))
        .by((p: Any) => {
          let all = p
          for (let i = 0; i < 40; i++) all = both(all, all)
          return (suppose as Any)(implies(isOne(y), isOne(y)), () => p) && (lemma as Any)(y)(all) && p
        })
    )
    expect(refusal(again)).toBe('DERIVED isOne(y)')
  })

  test('a term that is twice each of its parts, forty times', () => {
    const { words, N, same } = ones()
    const max: Any = words.lift('max', [N, N], N, (x: number, y: number) => Math.max(x, y))
    const lemma = said(a(words, 'x'), (x: Any) => {
      let t = x
      for (let i = 0; i < 40; i++) t = max(t, t)
      return given().infer(same(t, x))
    })
    expect(decideFor(made(lemma), [1])).toBe('holds')
    const again = said(a(words, 'y'), (y: Any) =>
      given()
        .infer(same(y, y))
        .by(() => (lemma as Any)(y)() && refl(same(y, y)))
    )
    expect(refusal(again)).toBe('DERIVED y = y')
  })

  test('a term that is deeper than the stack, and an error in the middle of any step', () => {
    const { words, N, isOne, same } = ones()
    const next: Any = words.lift('next', [N], N, (x: number) => x)
    const deep = said(a(words, 'x'), (x: Any) => {
      let t = x
      for (let i = 0; i < 100_000; i++) t = next(t)
      return given()
        .infer(same(t, t))
        .by(() => refl(same(t, t)))
    })
    expect(refusal(deep)).toContain('Maximum call stack size exceeded')
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(falsum)
        .by((p: Any) => {
          const out: Any[] = []
          const further = (): void => {
            try {
              further()
            } catch {
              // Here there is no room for what the kernel does, then for a part of it, and at last for all.
            }
            try {
              refute(not(falsum), (h: Any) => {
                out.push(both(h, p))
                return h
              })
            } catch {
              // Once more, with more room.
            }
          }
          further()
          return first(out.at(-1))
        })
    )
    expect(refusal(lemma)).toContain('the hypothesis «⊥» is used outside its branch')
  })
})

test('what both checkers are asked about is the same: a derivation of each kind that was let through', () => {
  const { words, isOne, one } = ones()
  const fact = said(a(words), () => given().infer(isOne(one)))
  const lemma = said(a(words, 'x'), (x: Any) =>
    given(isOne(x))
      .infer(and(isOne(x), isOne(one)))
      .by((p: Any) => both(p, fact()()))
  )
  expect(independently(lemma)).toBe(true)
})
