/**
 * Attacks through what is replaced after the kernel was loaded: not to be believed by it, as those of `realm.ts`, but to get
 * hold of its private data, and to change it when it has been checked; and to mislead the questions that are asked of it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { explain, foundations, namesOf, used } from '../../../../invariants/proof/explain.js'
import * as kernel from '../../../../invariants/proof/kernel.js'
import { ROOT } from '../../../../scripts/docs/pages.js'
import { about, attempt, made, refusal, someNumbers } from './words.js'

type Any = any
const { assume, audit, decideFor, derive, exported, falsum, given, or, refl, takingApart, vocabulary, write } =
  kernel as Any
const { Proof, Prop, Unsound } = kernel
const a = about as Any
const said: Any = attempt

/** Runs a body while something is replaced. */
const replaced = <R>(of: object, key: PropertyKey, by: PropertyDescriptor, body: () => R): R => {
  const before = Reflect.getOwnPropertyDescriptor(of, key)
  Reflect.defineProperty(of, key, { configurable: true, ...by })
  try {
    return body()
  } finally {
    if (before === undefined) Reflect.deleteProperty(of, key)
    else Reflect.defineProperty(of, key, before)
  }
}

/** The methods of lists that somebody could want to see lists of the kernel in. */
const METHODS = ['map', 'flatMap', 'filter', 'forEach', 'every', 'some', 'includes', 'join', 'slice', 'concat', 'push']

/** What of a thing, and of all that can be reached from it, could be changed. */
const changeable = (x: unknown, seen = new Set<unknown>()): ReadonlyArray<object> => {
  if (typeof x !== 'object' || x === null || seen.has(x)) return []
  seen.add(x)
  const inside = Reflect.ownKeys(x).flatMap((key) => changeable(Reflect.get(x, key), seen))
  return Object.isFrozen(x) ? inside : [x, ...inside]
}

describe('what is replaced', () => {
  test('sees no formula when one is written', () => {
    const { words, isOne, same } = someNumbers('writing')
    const lemma = said(a(words, 'x', 'y'), (x: Any, y: Any) =>
      given(isOne(x))
        .infer(or(isOne(x), same(y, y)))
        .by(() => refl(same(y, y)) as Any)
    )
    const found: unknown[] = []
    for (const name of METHODS) {
      const before = Reflect.get(Array.prototype, name) as (...xs: unknown[]) => unknown
      const value = function (this: unknown, ...xs: unknown[]): unknown {
        if (found.length < 100) found[found.length] = this
        return Reflect.apply(before, this, xs)
      }
      replaced(Array.prototype, name, { value, writable: true }, () => {
        write(made(lemma))
        refusal(lemma)
      })
    }
    const text = (x: unknown): boolean => typeof x === 'object' && x !== null && 'tag' in x
    expect(found.filter((x) => Array.isArray(x) && x.some(text))).toEqual([])
    expect(write(made(lemma))).toEqual({ premises: ['isOne(x)'], conclusion: 'isOne(x) ∨ (y = y)' })
  })

  test('rewrites no theorem that was checked, so that something false would follow from what is true', () => {
    const { words, N, isOne, same } = someNumbers('rewriting')
    const [one, two] = [words.constant('one', N, 1), words.constant('two', N, 2)]
    const lemma = said(a(words, 'x', 'y', 'z'), (x: Any, y: Any, z: Any) =>
      given(isOne(x), same(x, y), isOne(z))
        .infer(isOne(y))
        .by((p: Any, is: Any) => kernel.substitute(isOne(y), p, is))
    )
    derive(made(lemma))
    const map = Reflect.get(Array.prototype, 'map') as (...xs: unknown[]) => unknown
    const value = function (this: Any, ...xs: unknown[]): unknown {
      // The arguments of its formulas, if these were to be had: what is said of y would be said of z.
      const [term] = this
      if (term?.name === 'y') this[0] = Reflect.get(globalThis, 'taken')
      if (term?.name === 'z') Reflect.set(globalThis, 'taken', term)
      return Reflect.apply(map, this, xs)
    }
    replaced(Array.prototype, 'map', { value, writable: true }, () => write(made(lemma)))
    Reflect.deleteProperty(globalThis, 'taken')
    expect(write(made(lemma)).conclusion).toBe('isOne(y)')
    const yes = said(a(words), () => given().infer(isOne(one)))
    const no = said(a(words), () => given().infer(kernel.not(isOne(two))))
    const wrong = said(a(words), () =>
      given()
        .infer(falsum)
        .by(() =>
          kernel.contradiction(lemma(one, one, two)(yes()(), refl(same(one, one)), yes()()) as Any, no()() as Any)
        )
    )
    expect(refusal(wrong)).toContain('wanted a proof of «isOne(two)», got one of «isOne(one)»')
  })

  test('can change nothing of what an export goes through', () => {
    const { words, isOne } = someNumbers('exporting')
    const fact = said(a(words, 'x'), (x: Any) => given().infer(isOne(x)))
    const lemma = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(isOne(x))
        .by(() => fact(x)())
    )
    const before = exported([made(lemma)])
    const found: unknown[] = []
    for (const name of ['map', 'flatMap', 'forEach']) {
      const method = Reflect.get(Array.prototype, name) as (...xs: unknown[]) => unknown
      const value = function (this: unknown, ...xs: unknown[]): unknown {
        if (found.length < 100) found[found.length] = this
        return Reflect.apply(method, this, xs)
      }
      replaced(Array.prototype, name, { value, writable: true }, () => exported([made(lemma)]))
    }
    const nodes = found.filter((x): x is Any[] => Array.isArray(x) && x.some((y: Any) => y?.rule === 'apply'))
    expect(nodes.length).toBeGreaterThan(0)
    for (const list of nodes) {
      expect(() => list.push({})).toThrow(TypeError)
      expect(() => (list[0].rule = 'premise')).toThrow(TypeError)
      expect(() => (list[0].terms[0] = undefined)).toThrow(TypeError)
      expect(() => (list[0].theorem.conclusion = undefined)).toThrow(TypeError)
      expect(() => (list[0].theorem.variables[0].sort = undefined)).toThrow(TypeError)
      expect(() => (list[0].theorem.conclusion.word.gives = undefined)).toThrow(TypeError)
      expect(() => list[0].theorem.vocabulary.sees.push({})).toThrow(TypeError)
      expect(changeable(list[0].theorem.conclusion.args)).not.toContain(list[0].theorem.conclusion)
    }
    expect(exported([made(lemma)])).toEqual(before)
  })

  test('is no field of a sort that is about to be one of lists', () => {
    const leaked: unknown[] = []
    const { words, N } = someNumbers('lists to be')
    const set = function (this: unknown, value: unknown): void {
      leaked.push(this, value)
    }
    const L: Any = replaced(Object.prototype, 'list', { set, get: () => undefined }, () =>
      words.lists(N, {
        equals: (l: Any, m: Any) => l.length === m.length && l.every((x: Any, i: number) => x === m[i])
      })
    )
    expect(leaked).toEqual([])
    const lemma = said(a(words, 'l'), (l: Any) =>
      given()
        .infer(L.equal(l, l))
        .by(() =>
          (takingApart(L) as Any).fromLeft(
            l,
            () => refl(L.equal(l, l)),
            () => refl(L.equal(l, l))
          )
        )
    )
    expect(derive(made(lemma))).toBeInstanceOf(Proof)
  })

  test('makes no sort one of lists', () => {
    const { words, same } = someNumbers('no lists')
    const list = { of: {}, nil: {}, cons: {}, rcons: {} }
    const lemma: Any = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(same(x, x))
        .by(() =>
          (takingApart({ equal: same } as Any) as Any).fromLeft(
            x,
            () => refl(same(x, x)),
            () => refl(same(x, x))
          )
        )
    )
    expect(replaced(Object.prototype, 'list', { value: list, writable: true }, () => refusal(lemma))).toBe(
      '«x» is not a list'
    )
  })

  test('decides nothing', () => {
    const { words, same } = someNumbers('deciding')
    const lemma = said(a(words, 'x', 'y'), (x: Any, y: Any) => given().infer(or(same(x, y), falsum)))
    expect(decideFor(made(lemma), [1, 1])).toBe('holds')
    const value = function* (): Generator {
      for (;;) yield () => true
    }
    expect(
      replaced(Array.prototype, Symbol.iterator, { value, writable: true }, () => decideFor(made(lemma), [1, 2]))
    ).toBe('refuted')
    expect(replaced(Prop.prototype, 'decide', { value: () => true }, () => falsum.decide())).toBe(false)
  })

  test('adds nothing to a list, and leaves nothing out', () => {
    const words: Any = vocabulary('building')
    const N: Any = words.sort('N', { equals: (x: unknown, y: unknown) => x === y })
    const L: Any = words.lists(N, { equals: (l: Any, m: Any) => l.length === m.length })
    const value = function* (): Generator {
      yield 7
    }
    const [one, other] = [
      [1, 2],
      [2, 3]
    ]
    const found = replaced(Array.prototype, Symbol.iterator, { value, writable: true }, () => ({
      cons: L.cons(1, one),
      rcons: L.rcons(other, 4)
    }))
    expect(found).toEqual({ cons: [1, 1, 2], rcons: [2, 3, 4] })
  })

  test('does not end an audit early', () => {
    const { words } = someNumbers('auditing')
    const thing = { ok: true }
    const isOk: Any = words.predicate('isOk', [words.sort('Thing')], () => thing.ok)
    const before = Array.prototype[Symbol.iterator]
    let came: unknown
    try {
      audit(() => {
        const proof = assume(isOk(thing), 'so far')
        thing.ok = false
        Object.defineProperty(Array.prototype, Symbol.iterator, {
          ...{ configurable: true, writable: true },
          *value() {
            yield* ''
          }
        })
        return proof
      })
    } catch (error) {
      came = error
    } finally {
      Object.defineProperty(Array.prototype, Symbol.iterator, { configurable: true, writable: true, value: before })
    }
    // Without an iterator, an error cannot be told what it says.
    expect((came as Error).name).toBe('Refuted')
  })

  test.each<readonly [string, object, PropertyKey, unknown]>([
    ['flatMap', Array.prototype, 'flatMap', () => []],
    ['map', Array.prototype, 'map', () => []],
    ['get of weak maps', WeakMap.prototype, 'get', () => undefined],
    ['get of maps', Map.prototype, 'get', () => true],
    ['has of sets', Set.prototype, 'has', () => true],
    ['add of sets', Set.prototype, 'add', () => undefined],
    ['sets', globalThis, 'Set', Map],
    [
      'an iterator of lists',
      Array.prototype,
      Symbol.iterator,
      function* () {
        yield* ''
      }
    ]
  ])('%s: hides nothing of what a theorem rests on, then or later', (says, of, key, value) => {
    const { words } = someNumbers(`resting on ${says}`)
    const wrong = said(a(words), () => given().infer(falsum))
    const lemma = said(a(words), () =>
      given()
        .infer(falsum)
        .by(() => wrong()())
    )
    const found = replaced(of, key, { value, writable: true }, () => foundations(made(lemma)))
    expect([...found.stated]).toEqual([made(wrong)])
    expect(namesOf(foundations(made(lemma)).stated)).toEqual([made(wrong).about.name])
    expect(used(made(lemma))).toEqual([made(wrong)])
  })

  test('is not what makes an error say who is to blame', () => {
    const { words, isOne } = someNumbers('blaming')
    const lemma = said(a(words, 'x'), (x: Any) =>
      given()
        .infer(isOne(x))
        .by(() => {
          throw new Unsound('nothing more')
        })
    )
    const told = replaced(String.prototype, 'startsWith', { value: () => true, writable: true }, () => refusal(lemma))
    expect(told).toBe('nothing more')
    expect(() => derive(made(lemma))).toThrow(`${made(lemma).about.name}: nothing more`)
  })

  test('cannot be the methods of proofs and propositions', () => {
    expect(() => Object.assign(Prop.prototype, { decide: () => true })).toThrow(TypeError)
    expect(Object.isFrozen(Proof.prototype)).toBe(true)
    const { words, isOne } = someNumbers('explaining')
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(isOne(x))
        .by((p: Any) => p)
    )
    expect(explain(derive(made(lemma)) as Any)).toBe('isOne(x)   premise 1')
  })
})

/** What asks for an iterator, or for a prototype, in the text of a program. */
const asking = (text: string): ReadonlyArray<string> => {
  const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node): void => {
    const isAsking =
      ts.isForOfStatement(node) ||
      ts.isForInStatement(node) ||
      ts.isSpreadElement(node) ||
      ts.isArrayBindingPattern(node) ||
      ts.isYieldExpression(node) ||
      (ts.isBinaryExpression(node) &&
        (node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword ||
          (node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isArrayLiteralExpression(node.left)))) ||
      (ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        [...METHODS, 'has', 'startsWith', 'call', 'apply', 'bind'].includes(node.expression.name.text))
    if (isAsking) found.push(node.getText())
    ts.forEachChild(node, look)
  }
  look(file)
  return found
}

test('the kernel asks for no iterator and no prototype: what could be replaced is taken in one place', () => {
  expect(
    asking('const [x] = y; for (const z of y) f(...z); ({ ...y }); y.map(f); [x] = y; y instanceof Z')
  ).toHaveLength(6)
  const folder = join(ROOT, 'invariants/proof/kernel')
  const exempt = ['realm.ts', 'export.ts']
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && !exempt.includes(name)))
    expect(asking(readFileSync(join(folder, file), 'utf8')), file).toEqual([])
})
