/**
 * Attacks that got through a kernel that had withstood the others: on its data, by what is replaced; on evidence of values
 * that change; on what is in a sort; and on what a reader sees. Each is refused now, and says why.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { assumptions, explain } from '../../../../invariants/proof/explain.js'
import * as kernel from '../../../../invariants/proof/kernel.js'
import { about, attempt, listsOfNumbers, made, refusal, someNumbers } from './words.js'

/** What a writer can do whom no compiler stops. */
type Any = any
const { assume, audit, byCases, check, contradiction, decideFor, equal, exported, falsum, given, gradeOf } =
  kernel as Any
const { inRight, not, refl, refute, substitute, symm, takingApart, term, theorem, vocabulary, write } = kernel as Any
const a = about as Any
const said: Any = attempt

/** What of some things, and of all that can be reached from them, could be changed. */
const changeable = (from: ReadonlyArray<unknown>): ReadonlyArray<object> => {
  const seen = new Set<unknown>()
  const found: object[] = []
  const left = [...from]
  while (left.length > 0) {
    const x = left.pop()
    if (typeof x !== 'object' || x === null || seen.has(x)) continue
    seen.add(x)
    if (!Object.isFrozen(x)) found.push(x)
    for (const key of Reflect.ownKeys(x)) left.push(Reflect.get(x, key))
  }
  return found
}

describe('the data of the kernel, that somebody gets to see who has replaced something,', () => {
  const undo: Array<() => void> = []
  afterEach(() => {
    while (undo.length > 0) undo.pop()?.()
  })

  /** Gives what `map` is called for, as long as something is done. */
  const seenByMap = (body: () => unknown): ReadonlyArray<Any> => {
    const found: unknown[] = []
    const map = Reflect.get(Array.prototype, 'map') as (...xs: unknown[]) => unknown
    Reflect.set(Array.prototype, 'map', function (this: unknown, ...xs: unknown[]): unknown {
      found[found.length] = this
      return Reflect.apply(map, this, xs)
    })
    undo.push(() => Reflect.set(Array.prototype, 'map', map))
    body()
    undo.pop()?.()
    return found.flat()
  }

  test('is not changed: no sort of numbers becomes one of lists, so that something false is proved by two cases', () => {
    const { words, N, isOne, same } = someNumbers('numbers')
    const one = words.constant('one', N, 1)
    const make = (name: string) => words.lift(name, [N, N], N, () => 1)
    const [cons, rcons] = [make('cons it'), make('rcons it')]
    const ofOne = said(a(words), () => given().infer(isOne(one)))
    const ofCons = said(a(words, 'x', 'y'), (x: Any, y: Any) => given().infer(isOne(cons(x, y))))
    const spy = said(a(words, 'x'), (x: Any) => given().infer(isOne(cons(rcons(x, one), cons(x, x)))))
    const terms = seenByMap(() => exported([made(spy)])).filter((x) => x?.tag === 'application')
    const wordOf = (name: string): Any => terms.find((t) => t.word.name === name).word
    const { sort } = terms[0]
    const list = { of: sort, nil: wordOf('one'), cons: wordOf('cons it'), rcons: wordOf('rcons it') }
    expect(() => (sort.list = list)).toThrow('Cannot assign to read only property')
    // With it, every number would be the one of these, or made by the other.
    const L = takingApart({ equal: same, nil: one, cons, rcons })
    const all = said(a(words, 'n'), (n: Any) =>
      given()
        .infer(isOne(n))
        .by(() =>
          L.fromLeft(
            n,
            (is: Any) => substitute(isOne(n), ofOne()(), symm(is)),
            (x: Any, y: Any, is: Any) => substitute(isOne(n), ofCons(x, y)(), symm(is))
          )
        )
    )
    expect(refusal(all)).toBe('«n» is not a list')
  })

  test('has nothing in it that could be changed, but what is made for the export', () => {
    const { words, L, number } = listsOfNumbers() as Any
    const lemma: Any = theorem(a(words, 'l', 'x'))(
      ((l: Any, x: Any) => given(L.equal(l, L.nil)).infer(L.equal(L.cons(x, l), L.cons(x, L.nil)))) as Any,
      'l',
      ((self: Any) => (l: Any, x: Any) =>
        self(l, x).by((is: Any) =>
          byCases(
            L.equal(l, L.nil),
            (h: Any) => kernel.congruence(L.equal(L.cons(x, l), L.cons(x, L.nil)), refl(equal(number)(x, x)), h),
            (no: Any) =>
              kernel.absurd(contradiction(is, no) as Any, L.equal(L.cons(x, l), L.cons(x, L.nil)) as Any) as Any
          )
        )) as Any
    )
    expect(gradeOf(made(lemma))).toBe('derived')
    const split = said(a(words, 'l'), (l: Any) =>
      given()
        .infer(L.equal(l, l))
        .by(() =>
          L.fromLeft(
            l,
            () => refl(L.equal(l, l)),
            () => refl(L.equal(l, l))
          )
        )
    )
    const seen = seenByMap(() => exported([made(lemma), made(split)]))
    const ofKernel = seen.filter((x) => typeof x === 'object' && x !== null && ('tag' in x || 'rule' in x))
    expect(ofKernel.length).toBeGreaterThan(10)
    expect(changeable(ofKernel)).toEqual([])
  })

  test('is not changed before it is looked at: a getter of all objects sees nothing that is not frozen', () => {
    const { words, same } = someNumbers('numbers')
    const seen: unknown[] = []
    Object.defineProperty(Object.prototype, 'by', {
      configurable: true,
      get(this: unknown) {
        seen.push(this)
        return undefined
      },
      set(this: object, value: unknown) {
        Object.defineProperty(this, 'by', { value, configurable: true, writable: true })
      }
    })
    undo.push(() => Reflect.deleteProperty(Object.prototype, 'by'))
    const lemma = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(same(x, x))
        .by(() => refl(same(x, x)))
    )
    const grade: unknown = gradeOf(made(lemma))
    undo.pop()?.()
    const nodes = seen.filter((x) => typeof x === 'object' && x !== null && 'rule' in x)
    expect([grade, nodes.length > 0, changeable(nodes)]).toEqual(['derived', true, []])
  })
})

describe('something false is not proved of values, resting on nothing:', () => {
  const { words, isOne } = someNumbers('numbers')
  const { L } = listsOfNumbers() as Any
  const told = '«⊥» does not hold, and rests on nothing: a value has changed, or a word has'

  test.each<readonly [string, () => unknown]>([
    [
      'of a list that was empty, and is not',
      () => {
        const l: number[] = []
        const yes = check(L.equal(l, L.nil)).right
        l.push(1)
        return contradiction(yes, check(L.equal(l, L.nil)).left)
      }
    ],
    [
      'of a predicate that held, and does not',
      () => {
        let holds = true
        const moody = words.predicate('moody', [], () => holds)
        const yes = check(moody()).right
        holds = false
        return contradiction(yes, check(moody()).left)
      }
    ],
    [
      'of a value that is another whenever it is asked for',
      () => {
        let n = 0
        const Counter = words.sort('Counter', { equals: (x: unknown, y: unknown) => x === y })
        const isLarge = words.predicate('isLarge', [Counter], (x: Any) => x.n > 9)
        const counter = {
          get n() {
            return (n += 1)
          }
        }
        const no = check(isLarge(counter)).left
        n = 20
        const yes = check(isLarge(counter)).right
        n = 0
        return contradiction(yes, no)
      }
    ],
    [
      'through a theorem that is derived from nothing',
      () => {
        const { words: own, L: M } = listsOfNumbers() as Any
        const id = said(a(own, 'l'), (l: Any) =>
          given(M.equal(l, M.nil))
            .infer(M.equal(l, M.nil))
            .by((p: Any) => p)
        )
        const l: number[] = []
        const yes = id(l)(check(M.equal(l, M.nil)).right)
        l.push(1)
        return contradiction(yes, check(M.equal(l, M.nil)).left)
      }
    ],
    [
      'in a case that no longer obtains',
      () => {
        const l: number[] = []
        return byCases(
          L.equal(l, L.nil),
          (yes: Any) => {
            l.push(1)
            return contradiction(yes, check(L.equal(l, L.nil)).left)
          },
          (no: Any) => no
        )
      }
    ],
    [
      'of a list that is taken apart by words of somebody else',
      () => {
        let leaked: unknown
        const nobody = takingApart({ equal: () => falsum, nil: [], cons: () => [], rcons: () => [] })
        nobody.fromLeft(
          [],
          (p: Any) => {
            leaked = p
            return refl(L.equal([], []))
          },
          (_x: Any, _rest: Any, p: Any) => p
        )
        return leaked
      }
    ]
  ])('%s', (_, attack) => {
    expect(attack).toThrow(told)
  })

  test('what was assumed, or stated, may be wrong, and is listed', () => {
    const wrong = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    const proof = contradiction(wrong(2)(), check(isOne(2)).left)
    expect(proof.proposition.show).toBe('⊥')
    const guess = contradiction(assume(isOne(2), 'a guess'), check(isOne(2)).left)
    expect(assumptions(guess)).toEqual(['isOne(_) (a guess)'])
  })
})

describe('what is outside of a sort is told, and refutes nothing:', () => {
  test('a list with an element that is outside of its sort', () => {
    const words: Any = vocabulary('parity')
    const P: Any = words.sort('P', { equals: (x: Any, y: Any) => x % 2 === y % 2 })
    const sameList = { equals: (l: Any, m: Any) => l.length === m.length && l.every((x: Any, i: number) => x === m[i]) }
    const L: Any = takingApart(words.lists(P, sameList))
    const same: Any = equal(P)
    const fine = words.predicate('fine', [L.sort], (l: Any) => l.every((x: Any) => !Number.isNaN(x % 2)))
    const nil = said(a(words), () => given().infer(fine(L.nil)))
    const cons = said(a(words, 'x', 'l'), (x: Any, l: Any) => given(same(x, x), fine(l)).infer(fine(L.cons(x, l))))
    const all: Any = theorem(a(words, 'l'))(
      ((l: Any) => given().infer(fine(l))) as Any,
      'l',
      ((self: Any) => (l: Any) =>
        self(l).by(() =>
          L.fromLeft(
            l,
            (is: Any) => substitute(fine(l), nil()(), symm(is)),
            (x: Any, rest: Any, is: Any) => substitute(fine(l), cons(x, rest)(refl(same(x, x)), self(rest)()), symm(is))
          )
        )) as Any
    )
    expect(gradeOf(made(all))).toBe('derived')
    expect(decideFor(made(all), [[1, 2]])).toBe('holds')
    for (const l of [[Infinity], [1, Infinity]])
      expect(() => decideFor(made(all), [l])).toThrow('a list with an element that is outside of the sort P')
  })

  test('what a word gives', () => {
    const { words, N } = someNumbers('numbers')
    const { L, words: more } = listsOfNumbers() as Any
    const Dates = words.sort('Date', { equals: (x: Any, y: Any) => x.getTime() === y.getTime() })
    const date = words.lift('date', [N], Dates, () => new Date('no date'))
    const is: Any = equal(Dates)
    const reflexive = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(is(date(x), date(x)))
        .by(() => refl(is(date(x), date(x))))
    )
    expect(gradeOf(made(reflexive))).toBe('derived')
    expect(() => decideFor(made(reflexive), [1])).toThrow('«date» gives a value that is not equal to itself')
    const broken = more.lift('broken', [L.sort], L.sort, (l: Any) => [...l, NaN])
    const lists = said(a(more, 'l'), (l: Any) =>
      given()
        .infer(L.equal(broken(l), broken(l)))
        .by(() => refl(L.equal(broken(l), broken(l))))
    )
    expect(() => decideFor(made(lists), [[1]])).toThrow('«broken» gives a value that is not equal to itself')
  })

  test('a map or a set that has fields besides', () => {
    const words: Any = vocabulary('maps with fields')
    const S: Any = words.sort('S', { equals: (x: unknown, y: unknown) => x === y })
    const fine = words.predicate('fine', [S], (x: Any) => [...x.values()].every((y: Any) => !Number.isNaN(y)))
    const lemma = said(a(words, 'x'), (x: Any) => given().infer(fine(x)))
    class Counting extends Map<number, number> {
      hits = 0
    }
    for (const odd of [
      new Counting([[1, NaN]]),
      Object.assign(new Map([[1, NaN]]), { more: 1 }),
      Object.assign(new Set([NaN]), { more: 1 })
    ])
      expect(() => decideFor(made(lemma), [odd])).toThrow('a value is not equal to itself')
    expect(decideFor(made(lemma), [new Counting([[1, 2]])])).toBe('holds')
  })
})

describe('a reader is not misled', () => {
  const things = () => {
    const words: Any = vocabulary('things')
    const T = words.sort('T', { equals: (x: unknown, y: unknown) => x === y })
    return { words, T, good: words.predicate('good', [T], (x: Any) => x.ok === true), same: equal(T) as Any }
  }

  test('by what a value is called', () => {
    const { good, same } = things()
    const sly = term('a) ∨ good(b', { ok: false })
    expect(assumptions(assume(good(sly), 'a guess'))).toEqual(['good(‹a) ∨ good(b›) (a guess)'])
    expect(same(term('x = x', {}), term('y', {})).show).toBe('‹x = x› = y')
  })

  test('by values that are called nothing: two are two', () => {
    const { same } = someNumbers('numbers')
    expect(assumptions(assume(same(1, 2), 'it is obvious'))).toEqual(['_ = _#2 (it is obvious)'])
    expect(same(1, 1).show).toBe('_ = _')
  })

  test('by quotes in a name', () => {
    const { words, same } = someNumbers('numbers')
    const spoof = words.predicate('α› = ‹β', [], () => true)
    const written = (lemma: unknown): unknown => write(made(lemma)).conclusion
    expect(written(said(a(words), () => given().infer(spoof())))).toBe('‹α›› = ‹‹β›')
    expect(written(said(a(words, 'α', 'β'), (x: Any, y: Any) => given().infer(same(x, y))))).toBe('‹α› = ‹β›')
  })

  test('by letters that look like others', () => {
    const { words, N } = someNumbers('numbers')
    // The first letter of the second name is a Greek one.
    const [odd, other] = [words.predicate('odd', [N], () => true), words.predicate('οdd', [N], () => true)]
    const lemma = said(a(words, 'x'), (x: Any) => given(odd(x)).infer(other(x)))
    expect(write(made(lemma))).toEqual({ premises: ['odd(x)'], conclusion: '‹οdd›(x)' })
  })

  test.each([
    ['a command for a terminal', '\u001B[2Kfine'],
    ['a tabulator', 'a\tb'],
    ['nothing', 'odd\u200B'],
    ['a word that is turned around', '\u202Edne'],
    ['a mark of the order of bytes', '\uFEFFodd'],
    ['a variant of a letter', 'odd\uFE0F']
  ])('by %s in a name', (_, name) => {
    const { words, N, isOne } = someNumbers('numbers')
    const told = 'a name must be of what can be seen'
    expect(() => words.predicate(name, [N], () => true)).toThrow(told)
    expect(() => said({ ...a(words, 'x'), source: name }, (x: Any) => given().infer(isOne(x)))).toThrow(told)
    expect(() => said(a(words, name), (x: Any) => given().infer(isOne(x)))).toThrow(told)
    expect(() => assume(falsum, name)).toThrow(told)
    expect(() => term(name, {})).toThrow(told)
  })

  test('by two variables of one name: they are called the same in the statement and in what is explained', () => {
    const { words, isOne } = someNumbers('numbers')
    const second = said(a(words, 'x', 'x'), (x: Any, y: Any) =>
      given(isOne(x), isOne(y))
        .infer(isOne(y))
        .by((_p: Any, q: Any) => q)
    )
    expect(write(made(second))).toEqual({ premises: ['isOne(x)', 'isOne(x#2)'], conclusion: 'isOne(x#2)' })
    expect(explain(kernel.derive(made(second)) as Any)).toBe('isOne(x#2)   premise 2')
    // Written in another order, they are called as they stand among the variables.
    const turned = said(a(words, 'x', 'x'), (x: Any, y: Any) => given(isOne(y)).infer(isOne(x)))
    expect(write(made(turned))).toEqual({ premises: ['isOne(x#2)'], conclusion: 'isOne(x)' })
  })

  test('by the head of the one for that of the other', () => {
    const { words, L } = listsOfNumbers() as Any
    const lemma = said(a(words, 'l', 'l'), (l: Any, m: Any) =>
      given(L.equal(l, l))
        .infer(L.equal(m, m))
        .by(() =>
          L.fromLeft(
            m,
            () => refl(L.equal(m, m)),
            (_x: Any, _rest: Any, is: Any) => inRight(L.equal(m, m), is)
          )
        )
    )
    expect(refusal(lemma)).toContain('head(l#2), tail(l#2)')
  })

  test.each<readonly [string, () => unknown]>([
    [
      'a generator, of which nothing has run',
      function* () {
        yield assume(falsum, 'later')
      }
    ],
    [
      'an asynchronous generator',
      async function* () {
        yield await Promise.resolve(assume(falsum, 'later'))
      }
    ],
    ['a function that is a promise', () => Object.assign(() => 1, { then: (use: Any) => use(assume(falsum, 'later')) })]
  ])('by an audit of %s', (_, body) => {
    expect(() => audit(body)).toThrow('an audit cannot be asynchronous')
  })

  test('but an audit may give something that has a next one', () => {
    expect(audit(() => ({ next: 1 }))).toEqual({ next: 1 })
    expect(refute(not(falsum), (p: Any) => p).proposition.show).toBe('¬⊥')
  })
})
