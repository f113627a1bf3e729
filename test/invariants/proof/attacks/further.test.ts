/**
 * Further attacks: on what a reader sees, on lists that change while they are looked at, on statements that say less than
 * they seem to, and on the independent checker, by files in which one thing is true and another is concluded.
 */
import { describe, expect, test } from 'vitest'
import { allLemmas } from '../../../../invariants/blockchain/lemmas/ledger.js'
import { tiny } from '../../../../invariants/blockchain/lemmas/tiny.js'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { explain, foundations, namesOf } from '../../../../invariants/proof/explain.js'
import * as kernel from '../../../../invariants/proof/kernel.js'
import { Forests } from '../../../../spec/blockchain/forests.js'
import { ordNumber } from '../../../../spec/prelude/order.js'
import { unionMap, unit } from '../../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../../spec/system/address.js'
import { APPEND, CONS, derivationsOfLists, EMPTY, LIST, NIL, NUMBER, SHORT, SMALL } from '../check/lists.js'
import type { DerivationsFile, TheoremFile } from '../check/lists.js'
import { about, attempt, listsOfNumbers, made, refusal, someNumbers } from './words.js'

type Any = any
const { and, apply, assume, audit, both, check, decideFor, derive, equal, exported, falsum, given } = kernel as Any
const { implies, not, refl, refute, supposedFor, term, vocabulary, write } = kernel as Any
const a = about as Any
const said: Any = attempt

describe('a reader is not misled:', () => {
  test('words of one name are written with their vocabularies', () => {
    const base = someNumbers('base')
    const [one, other]: Any[] = [vocabulary('one', base.words), vocabulary('other', base.words)]
    const [weak, strong] = [one, other].map((v) => v.predicate('odd', [base.N], () => true))
    const all = vocabulary('all of them', one, other)
    const lemma = said(a(all, 'n'), (n: Any) => given(weak(n)).infer(strong(n)))
    expect(write(made(lemma))).toEqual({ premises: ['odd@one(n)'], conclusion: 'odd@other(n)' })
    const alone = said(a(all, 'n'), (n: Any) => given(weak(n)).infer(weak(n)))
    expect(write(made(alone))).toEqual({ premises: ['odd(n)'], conclusion: 'odd(n)' })
    // What is explained is written as a whole: in each line, the name is that of one word.
    const derived = said(a(all, 'n'), (n: Any) =>
      given(weak(n), strong(n))
        .infer(weak(n))
        .by((p: Any, q: Any) => kernel.first(both(p, q) as Any))
    )
    expect(explain(derive(made(derived)))).toBe(
      [
        'odd@one(n)   first',
        '  odd@one(n) ∧ odd@other(n)   and',
        '    odd@one(n)   premise 1',
        '    odd@other(n)   premise 2'
      ].join('\n')
    )
  })

  test('variables of one name are numbered, where they are written and exported', () => {
    const { words, same } = someNumbers('ones')
    const lemma = said(a(words, 'x', 'x', 'x'), (x: Any, y: Any, z: Any) =>
      given(same(x, y), same(y, z)).infer(same(x, z))
    )
    expect(write(made(lemma))).toEqual({ premises: ['x = x#2', 'x#2 = x#3'], conclusion: 'x = x#3' })
    const file = exported([made(lemma)])
    expect(file.theorems[0]?.symbols.map(({ name }: Any) => name)).toEqual(['x', 'x#2', 'x#3'])
  })

  test('a variable that is called as another would be is not taken for it', () => {
    const { words, same } = someNumbers('ones')
    const lemma = said(a(words, 'x', 'x', 'x#2'), (x: Any, y: Any, z: Any) => given(same(x, y)).infer(same(y, z)))
    expect(write(made(lemma))).toEqual({ premises: ['x = x#2'], conclusion: 'x#2 = ‹x#2›' })
  })

  test('a variable with the name of a constant, or of a whole formula, is told from these', () => {
    const { words, N, same, isOne } = someNumbers('ones')
    const zero = words.constant('zero', N, 0)
    const lemma = said(a(words, 'w = v', 'zero', 'x = y', ''), (w: Any, x: Any, y: Any, z: Any) =>
      given(isOne(w), same(x, zero)).infer(and(isOne(y), isOne(z)))
    )
    expect(write(made(lemma))).toEqual({
      premises: ['isOne(‹w = v›)', 'zero#2 = zero'],
      conclusion: 'isOne(‹x = y›) ∧ isOne(‹›)'
    })
  })

  test('the head of a list is no function that is called head', () => {
    const { words, number, L } = listsOfNumbers() as Any
    const head = words.lift('head', [L.sort], number, (l: Any) => l[0] ?? 0)
    const same = equal(number) as Any
    const lemma = said(a(words, 'l'), (l: Any) =>
      given()
        .infer(same(head(l), head(l)))
        .by(() =>
          L.fromLeft(
            l,
            () => refl(same(head(l), head(l))),
            (x: Any) => refl(same(head(l), x))
          )
        )
    )
    expect(refusal(lemma)).toBe('refl: «head(l)» and «head(l)#2» are not the same term')
  })

  test('two values that are called the same are numbered', () => {
    const { words, N } = someNumbers('ones')
    const M = words.sort('M', { equals: (x: Any, y: Any) => x.v === y.v })
    const [one, two] = [term('it', { v: 1 }), term('it', { v: 2 })]
    expect((equal(M) as Any)(one, two).show).toBe('it = it#2')
    expect((equal(M) as Any)(one, one).show).toBe('it = it')
    expect(N).toBeDefined()
  })

  test.each<readonly [string, () => unknown]>([
    ['what a value is called', () => term('x\n  isOne(x)   checked', {})],
    ['the reason of an assumption', () => assume(falsum, 'why\n  ⊥   checked')],
    [
      'the reason of a law',
      () => said({ ...a(someNumbers('ones').words), law: 'it is\u2028known' }, () => given().infer(falsum))
    ]
  ])('%s has no lines that could be taken for those of an explanation', (_, attack) => {
    expect(attack).toThrow('a name must stand on one line')
  })

  test('what a value is called, and why something is assumed, is a text, and not asked for one', () => {
    const asked: unknown[] = []
    const sly = { toString: () => asked.push('asked') as Any }
    expect(() => term(sly, {})).toThrow('a name must be a string')
    expect(() => assume(falsum, sly)).toThrow('a name must be a string')
    expect(() => said({ ...a(someNumbers('ones').words), law: sly }, () => given().infer(falsum))).toThrow(
      'a name must be a string'
    )
    expect(asked).toEqual([])
  })

  test('a formula of parts that are shared is written whole, or not at all', () => {
    const { words, isOne } = someNumbers('ones')
    const doubled = (times: number) =>
      said(a(words, 'x'), (x: Any) => {
        let f = isOne(x)
        for (let i = 0; i < times; i++) f = and(f, f)
        return given(f)
          .infer(f)
          .by((p: Any) => p)
      })
    expect(write(made(doubled(3))).conclusion).toHaveLength(8 * 8 + 7 * 3 + 6 * 2)
    const long = made(doubled(60))
    expect(() => write(long)).toThrow('a formula of it is written with more than 10000 characters')
    // In a line of an explanation it ends with three dots.
    const [line] = explain(derive(long)).split('   ')
    expect(line?.endsWith('…')).toBe(true)
    expect(line?.length).toBeLessThan(11_000)
  })

  test('a formula of as many characters as there may be is whole, and of one more is not', () => {
    const { words, N } = someNumbers('ones')
    const long = (letters: number): Any => words.predicate('p'.repeat(letters), [N], () => true)
    const [fits, ends, exceeds] = [long(10_000 - 3), long(10_000 - 6), long(10_000 - 2)]
    const stating = (f: (x: Any) => Any) => made(said(a(words, 'x'), (x: Any) => given().infer(f(x))))
    expect(write(stating(fits)).conclusion).toHaveLength(10_000)
    expect(() => write(stating(exceeds))).toThrow('a formula of it is written with more than 10000 characters')
    // What is left out where there is no more room is never left out without a word.
    expect(and(ends(1), ends(1)).show.endsWith('(_) ∧ …')).toBe(false)
    expect(and(ends(1), ends(1)).show.endsWith('…')).toBe(true)
    expect(() => write(stating((x: Any) => and(ends(x), falsum)))).toThrow('more than 10000 characters')
  })

  test('a derivation that shares its steps is no tree without end', () => {
    const { words, isOne } = someNumbers('ones')
    const lemma = said(a(words, 'x'), (x: Any) => {
      let f = isOne(x)
      for (let i = 0; i < 60; i++) f = and(f, f)
      return given(isOne(x))
        .infer(f)
        .by((p: Any) => {
          let proof = p
          for (let i = 0; i < 60; i++) proof = both(proof, proof)
          return proof
        })
    })
    expect(() => explain(derive(made(lemma)))).toThrow('as a tree, this derivation has more than 10000 lines')
    expect(checkDerivations(JSON.stringify(exported([made(lemma)]))).isAccepted).toBe(true)
  })

  test.each(['join', 'map', 'flatMap', 'filter'])('an explanation does not use a %s that was replaced', (method) => {
    const { words, isOne } = someNumbers('ones')
    const lemma = said(a(words, 'x'), (x: Any) =>
      given(isOne(x))
        .infer(and(isOne(x), isOne(x)))
        .by((p: Any) => both(p, p))
    )
    const proof = derive(made(lemma))
    const before: unknown = Reflect.get(Array.prototype, method)
    Reflect.set(Array.prototype, method, () => ['⊥   checked'])
    let found = ''
    try {
      found = explain(proof)
    } finally {
      Reflect.set(Array.prototype, method, before)
    }
    expect(found).toBe('isOne(x) ∧ isOne(x)   and\n  isOne(x)   premise 1\n  isOne(x)   premise 1')
  })
})

describe('a list that says something else each time it is asked', () => {
  /** A list that is as long as is said, in this order, and then as long as it is. */
  const changing = (list: unknown[], ...lengths: number[]): Any =>
    new Proxy(list, {
      get: (of, key) => (key === 'length' ? (lengths.shift() ?? of.length) : (Reflect.get(of, key) as unknown))
    })

  test('is no list of five sorts that was taken for one of four', () => {
    const { words, N } = someNumbers('ones')
    expect(() => words.lift('fifth', changing([N, N, N, N, N], 4), N, (..._xs: Any[]) => _xs[4])).toThrow(
      'a word takes four arguments at most'
    )
  })

  test('gives a theorem the variables that it had when it was asked', () => {
    const { words, isOne } = someNumbers('ones')
    const variables = changing(['x', 'y'], 1, 1)
    const lemma: Any = said({ ...a(words), variables }, (x: Any) => given().infer(isOne(x)))
    expect(made(lemma).about.variables).toEqual(['x'])
    expect(decideFor(made(lemma), [1])).toBe('holds')
    expect(() => decideFor(made(lemma), [1, 2])).toThrow('is about 1 terms')
  })
})

describe('a statement that says less than it seems to', () => {
  test('is put to the test: what it supposes in its conclusion is asked for', () => {
    const { words, L } = listsOfNumbers() as Any
    const long = words.predicate('long', [L.sort], (l: Any) => l.length > 9)
    const short = words.predicate('short', [L.sort], (l: Any) => l.length < 3)
    const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    // Of short lists this holds, and says nothing of them: that its supposition is met is counted besides.
    const implied = said(a(words, 'l'), (l: Any) => given().infer(implies(long(l), short(l))))
    expect(decideFor(made(implied), [[1]])).toBe('holds')
    expect(supposedFor(made(implied), [[1]])).toEqual([false])
    expect(supposedFor(made(implied), [ten])).toEqual([true])
    // Of all parts of a conclusion it is asked, and of nothing else.
    const parts = said(a(words, 'l'), (l: Any) =>
      given().infer(and(implies(long(l), short(l)), implies(short(l), implies(long(l), L.equal(l, l)))))
    )
    expect(supposedFor(made(parts), [[1]])).toEqual([false, true, false])
    const plain = said(a(words, 'l'), (l: Any) => given().infer(and(L.equal(l, l), and(falsum, long(l)))))
    expect(supposedFor(made(plain), [[1]])).toEqual([])
    // That something false follows is no supposition: it says that no list is long, and is written so.
    const none = said({ ...a(words, 'l'), name: 'none is long' }, (l: Any) => given().infer(implies(long(l), falsum)))
    expect(write(made(none)).conclusion).toBe('¬long(l)')
    expect(decideFor(made(none), [ten])).toBe('refuted')
    // What is derived from it says so, and an audit finds it out.
    const lemma = said(a(words, 'l'), (l: Any) =>
      given()
        .infer(not(long(l)))
        .by(() => refute(not(long(l)), (p: Any) => apply(none(l)(), p)))
    )
    expect(refusal(lemma)).toBe('DERIVED ¬long(l)')
    expect(namesOf(foundations(made(lemma)).stated)).toEqual(['none is long'])
    expect(decideFor(made(lemma), [ten])).toBe('refuted')
    expect(() => audit(() => (lemma as Any)(ten)())).toThrow('was proved, and does not hold')
  })

  test('of a quiet world: one in which a block is on its way to a node outside of the setting is not quiet', () => {
    const { types, params } = tiny('work')
    const forests = Forests(types, params)
    const [n0, , , n3] = netAddr(4).enum
    const b: Any = { prevBlockHash: 0, txs: [], proof: 1 }
    const rest = forests.btExtend(unit as Any, params.GenesisBlock)
    const mine = forests.btExtend(rest, b)
    const state = (id: unknown, blockTree: unknown) => ({ id, peers: [n0, n3], blockTree, txPool: [] })
    const world = (blockTree: unknown, inFlightMsgs: unknown[]) => ({
      localState: unionMap(ordNumber).fromEntries<unknown>([
        [0, state(n0, mine)],
        [3, state(n3, blockTree)]
      ]),
      inFlightMsgs,
      consumedMsgs: []
    })
    const onItsWay = world(rest, [{ src: n0, dst: n3, msg: { _tag: 'BlockMsg', block: b } }])
    for (const [name, terms] of [
      ['clique_eventual_consensus', (w: unknown) => [w]],
      ['quiet_canonical', (w: unknown) => [w, mine]]
    ] as const) {
      const lemma = allLemmas().find((l) => l.name === name)!
      expect(decideFor(lemma.theorem, terms(onItsWay)), name).toBe('vacuous')
      expect(decideFor(lemma.theorem, terms(world(mine, []))), name).toBe('holds')
    }
  })
})

describe('an audit', () => {
  test('within an audit believes nothing of the one around it', () => {
    const { isOne } = someNumbers('ones')
    expect(() =>
      audit(() => {
        const outer: Any = check(isOne(1))
        return audit(() => both(outer.right, outer.right))
      })
    ).toThrow('was had outside of the audit')
  })

  test('that has thrown is over: what is proved later is not audited by it', () => {
    const { isOne } = someNumbers('ones')
    expect(() =>
      audit(() => {
        throw new Error('out of it')
      })
    ).toThrow('out of it')
    expect(assume(isOne(2), 'a guess').proposition.decide()).toBe(false)
  })

  test('decides what a body goes on to prove when it has caught a refutation', () => {
    const { isOne } = someNumbers('ones')
    let proof: Any
    expect(
      audit(() => {
        try {
          proof = assume(isOne(2), 'a guess')
        } catch {
          return 'caught'
        }
        return 'not decided'
      })
    ).toBe('caught')
    expect(proof).toBeUndefined()
  })
})

const verdict = (file: DerivationsFile): string => {
  const found = checkDerivations(JSON.stringify(file))
  return found.isAccepted ? 'accepted' : `${found.where}: ${found.expected}`
}

/** What is said of one more theorem in the file about lists. */
const withTheorem = (
  theorem: Omit<TheoremFile, 'name' | 'vocabulary' | 'grade'> & Partial<TheoremFile>,
  change: (file: DerivationsFile) => void = () => undefined
): string => {
  const file = derivationsOfLists()
  change(file)
  file.theorems.push({ name: 'attack', vocabulary: 0, grade: 'derived', ...theorem })
  return verdict(file)
}

const symbols = (...sorts: ReadonlyArray<number>) => sorts.map((sort) => ({ name: 'x', sort }))

describe('a file in which something false is concluded is rejected:', () => {
  test('variables that change places do not become one', () => {
    // From small(x) follows small(x); with y for x and x for y, nothing else.
    const swapped = (terms: number[], conclusion: number) =>
      withTheorem(
        {
          ...{ symbols: symbols(NUMBER, NUMBER), variables: 2, terms: [0, 1], premises: [0], conclusion },
          formulas: [
            ['atom', SMALL, 0],
            ['atom', SMALL, 1]
          ],
          derivation: {
            scopes: [null],
            nodes: [
              [0, 'premise', 0],
              [0, 'apply', 12, terms, [0]]
            ],
            root: 1
          }
        },
        ({ theorems }) => {
          // small(x) gives small(x), of two variables.
          const stated = { symbols: symbols(NUMBER, NUMBER), variables: 2, terms: [1], formulas: [['atom', SMALL, 0]] }
          theorems.push({ name: 'same', vocabulary: 0, grade: 'tested', ...stated, premises: [0], conclusion: 0 })
        }
      )
    expect(swapped([1, 0], 0)).toBe('accepted')
    expect(swapped([1, 0], 1)).toContain('root: a node with the conclusion of the theorem')
    expect(swapped([0, 1], 0)).toContain('nodes[1]: a node with premise 0 of «same»')
  })

  test('a symbol of a branch that has the number of a variable of a theorem is not replaced when that is applied', () => {
    // "append nil" is about symbol 0; here symbol 0 is another list, and symbol 1 is put in its place.
    const told = (conclusion: number) =>
      withTheorem({
        ...{ symbols: symbols(LIST, LIST), variables: 2, premises: [], conclusion },
        terms: [0, 1, [NIL], [APPEND, 2, 1], [APPEND, 2, 0]],
        formulas: [
          ['equal', 3, 1],
          ['equal', 4, 0]
        ],
        derivation: { scopes: [null], nodes: [[0, 'apply', 0, [1], []]], root: 0 }
      })
    expect(told(0)).toBe('accepted')
    expect(told(1)).toContain('root: a node with the conclusion')
  })

  test('a list is shorter in the premises of an induction as well', () => {
    // short(l) gives ⊥, it is said: for the rest m of l, short(m) would be wanted, and short(l) is all there is.
    const told = (from: number) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER, LIST), variables: 1, premises: [1], conclusion: 0 },
        terms: [0, 1, 2, [CONS, 1, 2], [NIL]],
        formulas: [['false'], ['atom', SHORT, 0], ['equal', 0, 3], ['atom', SHORT, 2]],
        derivation: {
          scopes: [null, [0, 2, [1, 2]]],
          nodes: [
            [0, 'premise', 0],
            [1, 'hypothesis', 1],
            [1, 'again', [2], [from], [1]]
          ],
          root: 2,
          induction: 0
        }
      })
    for (const from of [0, 1]) expect(told(from)).toContain('nodes[2]: a node with premise 0 of «attack»')
  })

  test('a hypothesis is not taken off a list twice, nor in the wrong order', () => {
    const told = (chain: number[], of: number) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER, LIST, NUMBER, LIST), variables: 1, premises: [], conclusion: 0 },
        terms: [0, 1, 2, 3, 4, [CONS, 1, 2], [CONS, 3, 4]],
        formulas: [['false'], ['equal', 0, 5], ['equal', 2, 6]],
        derivation: {
          scopes: [null, [0, 1, [1, 2]], [1, 2, [3, 4]]],
          nodes: [[2, 'again', [of], [], chain]],
          root: 0,
          induction: 0
        }
      })
    // Right, and then it is in a branch that nothing leaves.
    expect(told([1, 2], 4)).toContain('root: a node of scope 0')
    expect(told([1], 2)).toContain('root: a node of scope 0')
    expect(told([1, 1], 2)).toContain('nodes[0][4][1]: a hypothesis that takes one element off the list')
    expect(told([2, 1], 4)).toContain('nodes[0][4][0]: a hypothesis that takes one element off the list')
    expect(told([1], 4)).toContain('nodes[0]: the list that the hypotheses come to')
  })

  test('of two branches that are one, both hypotheses are the same', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [], conclusion: 0 },
      formulas: [['atom', SMALL, 0], ['false'], ['implies', 0, 1]],
      derivation: {
        scopes: [null, [0, 0, []]],
        nodes: [
          [1, 'hypothesis', 1],
          [0, 'decide', 1, 0, 1, 0]
        ],
        root: 1
      }
    })
    expect(told).toContain('nodes[1]: a branch with the second case')
  })

  test('a supposition that was discharged is not there for another', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [], conclusion: 0 },
      formulas: [
        ['atom', SMALL, 0],
        ['implies', 0, 0]
      ],
      derivation: {
        scopes: [null, [0, 0, []]],
        nodes: [
          [1, 'hypothesis', 1],
          [0, 'suppose', 1, 0],
          [0, 'detach', 1, 0]
        ],
        root: 2
      }
    })
    expect(told).toContain('nodes[2][3]: a node of a scope around this one')
  })

  test('a theorem about all values of an empty sort is not applied to a value that is not there', () => {
    const never = (scope: number, x: number) =>
      withTheorem(
        {
          ...{ symbols: symbols(LIST, NUMBER, LIST), variables: 1, premises: [], conclusion: 0 },
          terms: [0, 1, 2, [CONS, 1, 2]],
          formulas: [['false'], ['equal', 0, 3]],
          derivation: {
            scopes: [null, [0, 1, [1, 2]]],
            nodes: [[scope, 'apply', 12, [x], []]],
            root: 0
          }
        },
        ({ theorems }) => {
          const stated = { symbols: symbols(NUMBER), variables: 1, terms: [], formulas: [['false']] }
          theorems.push({ name: 'no number', vocabulary: 0, grade: 'tested', ...stated, premises: [], conclusion: 0 })
        }
      )
    expect(never(0, 1)).toContain('nodes[0][3][0]: a term of symbols that are visible')
    expect(never(0, 0)).toContain('nodes[0]: a term of the sort of variable 0 of «no number»')
    expect(never(1, 1)).toContain('root: a node of scope 0')
  })

  test('equal terms of one sort are not equal for another', () => {
    const told = withTheorem(
      {
        ...{ symbols: symbols(LIST, 3), variables: 2, terms: [0, 1], premises: [0], conclusion: 0 },
        formulas: [['equal', 0, 1]],
        derivation: { scopes: [null], nodes: [[0, 'premise', 0]], root: 0 }
      },
      ({ sorts }) => sorts.push({ vocabulary: 0, name: 'Another', equality: '=' })
    )
    expect(told).toContain('formulas[0]: two terms of one sort')
  })

  test('a predicate is no term, and what is no predicate no formula, by whatever name', () => {
    const told = (terms: TheoremFile['terms'], formula: unknown[]) =>
      withTheorem({
        ...{ symbols: symbols(LIST), variables: 1, terms, formulas: [formula], premises: [0], conclusion: 0 },
        derivation: { scopes: [null], nodes: [[0, 'premise', 0]], root: 0 }
      })
    expect(told([0, [EMPTY, 0]], ['equal', 1, 1])).toContain('terms[1]: a function, not a predicate')
    expect(told([0], ['atom', APPEND, 0, 0])).toContain('formulas[0]: a predicate, not a function')
    expect(told([0], ['__proto__', 0])).toContain('formulas[0][0]: a formula')
    expect(told([0], ['constructor'])).toContain('formulas[0][0]: a formula')
    expect(told([0], ['atom', EMPTY, 0])).toBe('accepted')
  })

  test.each<readonly [string, unknown]>([
    ['beyond all numbers', 1e300],
    ['that is the length of the list', 4_294_967_296],
    ['that has no end', Number.MAX_VALUE * 2],
    ['in a list', [0]],
    ['that is true', true]
  ])('a number %s is no number of anything', (_, n) => {
    const file: Any = derivationsOfLists()
    file.theorems[5].derivation.nodes[1][2] = n
    expect(verdict(file)).toContain('nodes[1][2]: the number of a term')
  })

  test('fields that are there twice are what the last one says, in all places alike', () => {
    const whole = JSON.stringify(derivationsOfLists())
    const twice = (one: string, two: string): string => {
      const found = checkDerivations(whole.replace(one, two))
      return found.isAccepted ? 'accepted' : `${found.where}: ${found.expected}`
    }
    expect(twice('"root":2', '"root":0,"root":2')).toBe('accepted')
    expect(twice('"root":2', '"root":2,"root":0')).toContain('root: a node with the conclusion')
    expect(twice('"derivation":{', '"derivation":{"__proto__":{"root":2},')).toContain('no field "__proto__"')
    expect(twice('"root":2', '"toString":2')).toContain('a field "root"')
  })

  test('a formula in formulas, fifty thousand deep, is looked at, and not by the stack', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => i)
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [many.length], conclusion: many.length },
      formulas: [['atom', SMALL, 0], ...many.map((i) => ['implies', i, 0])],
      derivation: { scopes: [null], nodes: [[0, 'premise', 0]], root: 0 }
    })
    expect(told).toBe('accepted')
  })
})
