/**
 * More attacks that were refused, each in a way of its own: by what is handed over in
 * values, by asking what holds, by lists of lists, by equations the wrong way round, by what looks like a part of the kernel.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import * as kernel from '../../../../invariants/proof/kernel.js'
import { about, attempt, listsOfNumbers, made, refusal, someNumbers } from './words.js'

type Any = any
const { byCases, congruence, decideFor, derive, equal, exported, falsum, given, gradeOf } = kernel as Any
const { not, refl, refute, saying, suppose, implies, symm, takingApart, theorem, vocabulary } = kernel as Any
const a = about as Any
const said: Any = attempt

describe('a symbol is handed over in a value:', () => {
  test('as a constant, or in a list that is one', () => {
    const { words, L, number } = listsOfNumbers() as Any
    const is = L.equal
    const naming = (value: (l: Any) => Any, of: Any) =>
      refusal(
        said(a(words, 'l'), (l: Any) => {
          is(l, l)
          words.constant('hidden', of, value(l))
          return given().infer(is(l, L.nil))
        })
      )
    expect(naming((l) => l, L.sort)).toContain('a symbol of a derivation is no value')
    expect(naming((l) => [l], L.sort)).toContain('a derivation looks into the value of «l»')
    expect(naming((l) => ({ inside: new Map([[1, l]]) }), number)).toContain('a derivation looks into the value of «l»')
  })

  test('by a word that gives one when it is decided', () => {
    const { words, N, isOne, same } = someNumbers('numbers')
    const hidden: unknown[] = []
    const give = words.lift('give', [N], N, () => hidden[0])
    const lemma = said(a(words, 'x'), (x: Any) => {
      hidden.push(x)
      return given(isOne(x)).infer(same(give(x), give(x)))
    })
    expect(() => decideFor(made(lemma), [1])).toThrow('a derivation looks into the value of')
  })
})

test('what holds of values is no step: a derivation may ask, and gets no proof', () => {
  const { words, isOne } = someNumbers('numbers')
  const fact = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
  const answers: unknown[] = []
  const lemma = said(a(words, 'x'), (x: Any) =>
    given()
      .infer(isOne(x))
      .by(() => {
        answers.push(decideFor(made(fact), [1]))
        return answers[0]
      })
  )
  expect(refusal(lemma)).toContain('got something that is no proof')
  expect(answers).toEqual(['holds'])
})

describe('an induction', () => {
  test('on a list of lists is not by its first list', () => {
    const { words, L } = listsOfNumbers() as Any
    const own = vocabulary('lists of lists', words) as Any
    const LL = takingApart(
      own.lists(L.sort, { equals: (x: Any, y: Any) => x.length === y.length && String(x) === String(y) })
    )
    const lemma: Any = theorem(a(own, 'l'))(
      ((l: Any) => given(LL.equal(l, l)).infer(falsum)) as Any,
      'l',
      ((self: Any) => (l: Any) =>
        self(l).by((p: Any) =>
          LL.fromLeft(
            l,
            () => p,
            (x: Any) => self(x)(refl(LL.equal(x, x)))
          )
        )) as Any
    )
    expect(refusal(lemma)).toContain('is of the sort list of Number, not of list of list of Number')
  })

  test('is not by an equation the wrong way round, nor by one that was proved and not supposed', () => {
    const { words, L, number } = listsOfNumbers() as Any
    const zero = words.constant('zero', number, 0)
    const longer = said(a(words, 'l'), (l: Any) => given().infer(L.equal(l, L.cons(zero, L.nil))))
    const by = (use: (l: Any, self: Any, p: Any) => unknown): Any =>
      theorem(a(words, 'l'))(
        ((l: Any) => given(L.equal(l, l)).infer(falsum)) as Any,
        'l',
        ((self: Any) => (l: Any) => self(l).by((p: Any) => use(l, self, p))) as Any
      )
    const turned = by((l, self, p) =>
      byCases(
        L.equal(L.cons(zero, L.nil), l),
        () => self(L.nil)(refl(L.equal(L.nil, L.nil))),
        () => p
      )
    )
    expect(refusal(turned)).toContain('is used for something not smaller than «l»')
    const proved = by((l, self) => {
      const is = longer(l)()
      return is === undefined ? is : self(L.nil)(refl(L.equal(L.nil, L.nil)))
    })
    expect(refusal(proved)).toContain('is used for something not smaller than «l»')
  })
})

describe('a hole', () => {
  test('is not a variable that is called as one', () => {
    const { words, N, same } = someNumbers('numbers')
    const next = words.lift('next', [N], N, (x: number) => x + 1)
    const lemma = said(a(words, '□', 'y'), (x: Any, y: Any) =>
      given(same(x, y))
        .infer(same(next(next(x)), next(x)))
        .by((is: Any) => congruence(same(next(next(x)), next(x)), is))
    )
    expect(refusal(lemma)).toContain('are not the same term')
  })

  test('is not filled by more equations than there are terms, or fewer', () => {
    const { words, N, same } = someNumbers('numbers')
    const sum = words.lift('sum', [N, N], N, (x: number, y: number) => x + y)
    const by = (...eqs: ReadonlyArray<(is: Any, x: Any) => Any>) =>
      refusal(
        said(a(words, 'x', 'y'), (x: Any, y: Any) =>
          given(same(x, y))
            .infer(same(sum(x, x), sum(y, y)))
            .by((is: Any) => congruence(same(sum(x, x), sum(y, y)), ...eqs.map((eq) => eq(is, x))))
        )
      )
    const is = (eq: Any) => eq
    for (const wrong of [by(), by(is), by(is, is, is)]) expect(wrong).toContain('not one equation for each term')
    expect(by(is, symm)).toContain('are not the same term')
    expect(by(is, is)).toContain('DERIVED')
  })
})

describe('what looks like a part of the kernel is none:', () => {
  test('a vocabulary or a sort in a proxy', () => {
    const { words, N, isOne } = someNumbers('numbers')
    expect(() => said(a(new Proxy(words, {}), 'x'), (x: Any) => given().infer(isOne(x)))).toThrow(
      'this is no vocabulary'
    )
    expect(() => vocabulary('more', { ...words })).toThrow('this is no vocabulary')
    expect(() => words.predicate('p', [new Proxy(N, {})], () => true)).toThrow('this is no sort')
    expect(() => equal(Object.create(N))).toThrow('this is no sort')
  })

  test('a proof of a class that is derived from that of proofs, with the register of one', () => {
    const { words, isOne } = someNumbers('numbers')
    const { Proof } = kernel as Any
    class Better extends Proof {
      get proposition(): unknown {
        return falsum
      }
    }
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(falsum)
        .by((p: Any) => Object.setPrototypeOf(new Better(), p))
    )
    expect(refusal(lemma)).toContain('got something that is no proof')
    expect(() => Object.setPrototypeOf(Proof.prototype, {})).toThrow(TypeError)
  })

  test('an instance of a theorem that only says something', () => {
    const { words, isOne } = someNumbers('numbers')
    const fact = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    expect(() => saying(made(fact))(2)()).toThrow('was stated, but not as a theorem: it proves nothing')
    const lemma = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(isOne(x))
        .by(() => saying(made(fact))(x)())
    )
    expect(refusal(lemma)).toContain('was stated, but not as a theorem: it proves nothing')
  })
})

test('a proof that is missing is not what a list has that is replaced, if this is the hypothesis of a branch', () => {
  const { words, isOne } = someNumbers('numbers')
  const fact = said(a(words, 'x'), (x: Any) => given(falsum).infer(isOne(x)))
  const lemma = said(a(words, 'x'), (x: Any) =>
    given()
      .infer(isOne(x))
      .by(() => {
        let leaked: unknown
        refute(not(falsum), (h: Any) => {
          leaked = h
          return h
        })
        Object.defineProperty(Array.prototype, '0', { configurable: true, get: () => leaked, set: () => undefined })
        try {
          return fact(x)()
        } finally {
          Reflect.deleteProperty(Array.prototype, '0')
        }
      })
  )
  expect(refusal(lemma)).toContain('the hypothesis «⊥» is used outside its branch')
})

test('an equality that is replaced when its sort is made is not asked', () => {
  const words: Any = vocabulary('replaced')
  const E = { equals: (x: unknown, y: unknown) => x === y }
  const N: Any = words.sort('N', E)
  E.equals = () => true
  const lemma = said(a(words, 'x', 'y'), (x: Any, y: Any) => given().infer(equal(N)(x, y)))
  expect(decideFor(made(lemma), [1, 2])).toBe('refuted')
})

test('a theorem that was refused leaves its name taken: nothing else is derived under it', () => {
  const { words, isOne } = someNumbers('numbers')
  const name = { ...a(words, 'x'), name: 'mine' }
  const wrong = said(name, (x: Any) =>
    given()
      .infer(isOne(x))
      .by(() => falsum)
  )
  expect(refusal(wrong)).toContain('got something that is no proof')
  expect(() => said(name, (x: Any) => given(isOne(x)).infer(isOne(x)))).toThrow('has two theorems of the name «mine»')
})

test('an implication is not turned round by supposing its conclusion', () => {
  const { words, isOne } = someNumbers('numbers')
  const isOdd = words.predicate('isOdd', [words.sort('M')], () => true)
  const lemma = said(a(words, 'x', 'm'), (x: Any, m: Any) =>
    given(implies(isOne(x), isOdd(m)))
      .infer(implies(isOdd(m), isOne(x)))
      .by((p: Any) => suppose(implies(isOdd(m), isOne(x)), () => kernel.apply(p, p)))
  )
  expect(refusal(lemma)).toContain('wanted a proof of «isOne(x)», got one of «isOne(x) ⇒ isOdd(m)»')
})

test('names that objects have of themselves, and halves of letters, are names to both checkers', () => {
  const strange = ['__proto__', 'constructor', 'toString', '\uD83D', '\uDE00', 'hasOwnProperty', '0', '-1']
  const words: Any = vocabulary('__proto__')
  const N: Any = words.sort('__proto__', { equals: (x: unknown, y: unknown) => x === y })
  const all = strange.map((name) => words.predicate(name, [N], () => true))
  const lemmas = strange.map((name, i) =>
    said({ ...a(words, name), name }, (x: Any) =>
      given(all[i](x))
        .infer(all[i](x))
        .by((p: Any) => p)
    )
  )
  const used = said(a(words, 'x'), (x: Any) =>
    given(all[0](x))
      .infer(all[0](x))
      .by((p: Any) => lemmas[0](x)(p))
  )
  const other = said(a(words, 'x'), (x: Any) =>
    given(all[3](x))
      .infer(all[4](x))
      .by((p: Any) => lemmas[4](x)(p))
  )
  expect(lemmas.map((lemma) => gradeOf(made(lemma)))).toEqual(strange.map(() => 'derived'))
  expect(checkDerivations(JSON.stringify(exported([...lemmas, used].map(made))))).toMatchObject({ isAccepted: true })
  expect(() => derive(made(other))).toThrow('wanted a proof of')
})
