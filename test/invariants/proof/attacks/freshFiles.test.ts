/**
 * Files that are made to break the independent checker, or to have it accept something false: each is rejected, with a place.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { APPEND, CONS, derivationsOfLists, EMPTY, LIST, NIL, NUMBER, RCONS, SMALL } from '../check/lists.js'
import type { DerivationsFile, TheoremFile } from '../check/lists.js'

const verdict = (json: string): string => {
  const found = checkDerivations(json)
  return found.isAccepted ? 'accepted' : `${found.where}: ${found.expected}`
}

/** What is said of the file with a change, which may be anything. */
const changed = (change: (file: any) => void): string => {
  const file = derivationsOfLists()
  change(file)
  return verdict(JSON.stringify(file))
}

const THING = 2

/** What is said of one more theorem, at the end. */
const withTheorem = (
  theorem: Omit<TheoremFile, 'name' | 'vocabulary' | 'grade'>,
  change: (file: DerivationsFile) => void = () => undefined
): string =>
  changed((file: DerivationsFile) => {
    file.theorems.push({ name: 'attack', vocabulary: 0, grade: 'derived', ...theorem })
    change(file)
  })

const symbols = (...sorts: ReadonlyArray<number>) => sorts.map((sort, i) => ({ name: `s${i}`, sort }))

describe('a hostile file is rejected, and nothing else happens:', () => {
  test.each<readonly [string, (file: any) => void, string]>([
    [
      'a name that cannot be made a text',
      (f) => (f.theorems[0].name = { toString: null, valueOf: null }),
      'theorems[0], name: a text'
    ],
    ['a name that is a list', (f) => (f.theorems[0].name = [['x']]), 'theorems[0], name: a text'],
    ['a node that is nothing', (f) => (f.theorems[5].derivation.nodes[0] = null), 'nodes[0]: a list'],
    ['an empty node', (f) => (f.theorems[5].derivation.nodes[0] = []), 'nodes[0]: more than 0 entries'],
    [
      'a rule that is an object',
      (f) => (f.theorems[5].derivation.nodes[0] = [0, { toString: null }]),
      'nodes[0][1]: the name of a rule'
    ],
    [
      'a rule that every object has',
      (f) => (f.theorems[5].derivation.nodes[0] = [0, 'toString', 0]),
      'nodes[0][1]: the name of a rule'
    ],
    [
      'a rule that is what objects come from',
      (f) => (f.theorems[5].derivation.nodes[0] = [0, '__proto__', 0]),
      'nodes[0][1]: the name of a rule'
    ],
    [
      'numbers that are objects',
      (f) => (f.theorems[5].derivation.nodes[2] = [0, 'substitute', {}, {}, {}, {}]),
      'nodes[2][2]: the number of an earlier node'
    ],
    ['a formula that is nothing', (f) => (f.theorems[5].formulas[0] = []), 'formulas[0]: more than 0 entries'],
    ['a formula that is an object', (f) => (f.theorems[5].formulas[0] = { 0: 'false' }), 'formulas[0]: a list'],
    [
      'a formula that makes its own text',
      (f) => (f.theorems[5].formulas[0] = [{ toJSON: 1 }, 0]),
      'formulas[0][0]: a formula'
    ],
    [
      'as many variables as no number is',
      (f) => (f.theorems[0].variables = 1e400),
      'variables: the number of variables'
    ],
    ['fewer variables than none', (f) => (f.theorems[0].variables = -1), 'variables: the number of variables'],
    ['half a symbol', (f) => (f.theorems[0].terms[0] = 0.5), 'terms[0]: the number of a symbol'],
    ['a vocabulary that includes itself', (f) => f.vocabularies[0].includes.push(0), 'an earlier vocabulary'],
    [
      'a grade that is better than all',
      (f) => (f.theorems[0].grade = 'proved'),
      'grade: "derived", "tested" or "assumed"'
    ],
    ['a sort of lists of nothing', (f) => (f.sorts[1].list = null), 'sorts[1], list: an object'],
    ['a root that is no number', (f) => (f.theorems[5].derivation.root = '2'), 'root: the number of a node'],
    ['a derivation that is nothing', (f) => (f.theorems[5].derivation = null), 'derivation: an object'],
    ['a derivation of what is tested', (f) => (f.theorems[5].grade = 'tested'), 'no derivation']
  ])('%s', (_, change, told) => {
    expect(changed(change)).toContain(told)
  })

  test.each([
    ['nothing', '', 'the file: JSON'],
    ['null', 'null', 'the file: an object'],
    ['a list', '[]', 'the file: an object'],
    ['a mark in front', `\uFEFF${JSON.stringify(derivationsOfLists())}`, 'the file: JSON'],
    ['lists without an end', '['.repeat(100_000), 'the file: JSON'],
    ['lists in lists', '['.repeat(100_000) + ']'.repeat(100_000), 'the file: an object'],
    [
      'a name of lists in lists',
      JSON.stringify(derivationsOfLists()).replace('"append nil"', '['.repeat(50_000) + ']'.repeat(50_000)),
      'theorems[0], name: a text'
    ],
    [
      'a field that objects come from',
      JSON.stringify(derivationsOfLists()).replace('{', '{"__proto__":{"theorems":[]},'),
      'the file: no field "__proto__"'
    ]
  ])('%s', (_, json, told) => {
    expect(verdict(json)).toContain(told)
  })

  test('what JSON leaves open is what the page on the format says', () => {
    const whole = JSON.stringify(derivationsOfLists())
    // The last of two fields counts, so that what is derived in the first is derived in neither.
    const graded = whole.replace('"grade":"tested"', '"grade":"assumed","grade":"derived"')
    expect(verdict(graded)).toContain('theorems[0] (append nil): a derivation')
    expect(verdict(whole.replace('"grade":"tested"', '"grade":"derived","grade":"tested"'))).toBe('accepted')
    expect(verdict(whole.replace('"variables":1', '"variables":1.0'))).toBe('accepted')
    expect(verdict(whole.replace('"variables":1', '"variables":"1"'))).toContain('the number of variables')
    // An accent may be a part of a letter, or follow it: that is not the same name.
    const named = (one: string, other: string) =>
      changed((f) => {
        f.words[SMALL].name = one
        f.words[EMPTY].name = other
      })
    expect(named('\u00E9', 'e\u0301')).toBe('accepted')
    expect(named('\uD800', '\uDBFF')).toBe('accepted')
    expect(named('\u00E9', '\u00E9')).toContain('a name that no other')
  })

  test('a vocabulary that includes one of many a hundred thousand times is looked at once', () => {
    const told = changed((file: DerivationsFile) => {
      const from = file.vocabularies.length
      for (let i = 0; i < 500; i++) file.vocabularies.push({ name: `v${i}`, includes: [Math.max(0, from + i - 1)] })
      file.vocabularies.push({ name: 'many', includes: Array.from({ length: 100_000 }, () => from + 499) })
    })
    expect(told).toBe('accepted')
  })

  /** A theorem about many lists, and one of which more is said. */
  const ofMany = (
    many: ReadonlyArray<number>,
    theorem: Pick<TheoremFile, 'terms' | 'formulas' | 'premises' | 'conclusion'> & Partial<TheoremFile>
  ): TheoremFile => ({
    ...{ name: 'many', vocabulary: 0, symbols: symbols(...many.map(() => LIST)), variables: many.length },
    ...{ grade: 'derived', ...theorem }
  })
  /** A list, then one with it at both ends, and so on: of each next one the parts are the one before. */
  const deepTerms = (many: ReadonlyArray<number>) => [0, ...many.map((i) => [APPEND, i, i])]

  const TOO_LONG = 'the file: less to do than 5000000 steps'

  test.each<readonly [string, (file: DerivationsFile, many: ReadonlyArray<number>) => void, string]>([
    [
      'vocabularies that all see all before them',
      ({ vocabularies }, many) => {
        const from = vocabularies.length
        for (const i of many) vocabularies.push({ name: `v${i}`, includes: [Math.max(0, from + i - 1)] })
      },
      TOO_LONG
    ],
    [
      'terms that have all symbols before them',
      ({ theorems }, many) => {
        const pairs = many.map((i) => [APPEND, i, i === 0 ? 0 : many.length + i - 1])
        theorems.push(
          ofMany(many, {
            ...{ terms: [...many, ...pairs], formulas: [['false']], premises: [], conclusion: 0, grade: 'tested' }
          })
        )
      },
      'accepted'
    ],
    [
      'premises that are one, which is as long',
      ({ theorems }, many) => {
        const formulas = [['equal', many.length, many.length]]
        const premises = many.map(() => 0)
        theorems.push(ofMany(many, { terms: deepTerms(many), formulas, premises, conclusion: 0, grade: 'tested' }))
      },
      'accepted'
    ],
    [
      'nodes that use one, whose formula is as long',
      ({ theorems }, many) => {
        const derivation = {
          scopes: [null],
          nodes: [[0, 'premise', 0], ...many.map(() => [0, 'both', 0, 0]), [0, 'premise', 0]],
          root: many.length + 1
        }
        const formulas = [['equal', many.length, many.length]]
        theorems.push(ofMany(many, { terms: deepTerms(many), formulas, premises: [0], conclusion: 0, derivation }))
      },
      'accepted'
    ],
    [
      'nodes that apply a theorem, whose conclusion is as long',
      ({ theorems }, many) => {
        const formulas = [['equal', many.length, many.length]]
        const terms = deepTerms(many)
        const stated = { variables: 1, symbols: symbols(LIST), terms, formulas, premises: [], conclusion: 0 }
        const nodes = many.map((i) => [0, 'apply', theorems.length, [i], []])
        theorems.push({ ...{ name: 'long', vocabulary: 0, grade: 'tested' }, ...stated })
        theorems.push(ofMany([0], { ...stated, derivation: { scopes: [null], nodes, root: 0 } }))
      },
      TOO_LONG
    ],
    [
      'nodes that fill a hole in a formula that is as long',
      ({ theorems }, many) => {
        const hole = { variables: 1, symbols: symbols(LIST, LIST), terms: [...deepTerms(many), 1] }
        const formulas = [
          ['equal', many.length, many.length + 1],
          ['equal', 0, 0],
          ['equal', many.length, 0]
        ]
        const nodes = [[0, 'premise', 0], [0, 'premise', 1], ...many.map(() => [0, 'substitute', 0, 1, 0, 1])]
        theorems.push(
          ofMany([0], {
            ...{ ...hole, formulas, premises: [1, 2], conclusion: 2 },
            derivation: { scopes: [null], nodes, root: 1 }
          })
        )
      },
      TOO_LONG
    ],
    [
      'scopes in scopes that all know all variables',
      ({ theorems }, many) => {
        const derivation = { scopes: [null, ...many.map((i) => [i, 0, []])], nodes: [[0, 'refl', 0]], root: 0 }
        theorems.push(
          ofMany(many, { terms: [0], formulas: [['equal', 0, 0]], premises: [], conclusion: 0, derivation })
        )
      },
      TOO_LONG
    ]
  ])('twenty thousand %s take no more time and room than there is', (_, change, told) => {
    const before = process.memoryUsage().heapUsed
    const many = Array.from({ length: 20_000 }, (_x, i) => i)
    expect(changed((file) => change(file, many))).toBe(told)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000_000)
  })

  test('a word of a hundred thousand arguments is a word', () => {
    const told = changed((file: DerivationsFile) => {
      const takes = Array.from({ length: 100_000 }, () => NUMBER)
      file.words.push({ vocabulary: 0, name: 'wide', takes, gives: null })
      const { theorems, words } = file
      theorems.push({
        ...{ name: 'wide', vocabulary: 0, symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [] },
        ...{ formulas: [['atom', words.length - 1, ...takes.map(() => 0)]], conclusion: 0, grade: 'tested' }
      })
    })
    expect(told).toBe('accepted')
  })
})

describe('something false is not derived', () => {
  test('from a hypothesis, at the end of the argument', () => {
    const told = withTheorem({
      ...{ symbols: [], variables: 0, terms: [], formulas: [['false']], premises: [], conclusion: 0 },
      derivation: { scopes: [null, [0, 0, []]], nodes: [[1, 'hypothesis', 1]], root: 0 }
    })
    expect(told).toContain('root: a node of scope 0')
  })

  test('by a root that is not the last node', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], formulas: [['atom', SMALL, 0], ['false']] },
      ...{ premises: [0], conclusion: 1 },
      derivation: {
        scopes: [null],
        nodes: [
          [0, 'premise', 0],
          [0, 'absurd', 0, 1]
        ],
        root: 0
      }
    })
    expect(told).toContain('nodes[1]: a node with "false"')
  })

  test('by a supposition whose conclusion is in a branch beside it', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [] },
      ...{ formulas: [['atom', SMALL, 0], ['false'], ['implies', 0, 1]], conclusion: 2 },
      derivation: {
        scopes: [null, [0, 0, []], [0, 1, []]],
        nodes: [
          [2, 'hypothesis', 2],
          [0, 'suppose', 1, 0]
        ],
        root: 1
      }
    })
    expect(told).toContain('nodes[1][3]: a node of a scope around this one')
  })

  test('by a supposition in a branch of a branch, whose own supposition is forgotten', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], premises: [] },
      ...{ formulas: [['false'], ['atom', SMALL, 0], ['implies', 1, 0]], conclusion: 2 },
      derivation: {
        scopes: [null, [0, 0, []], [1, 1, []]],
        nodes: [
          [1, 'hypothesis', 1],
          [0, 'suppose', 2, 0]
        ],
        root: 1
      }
    })
    expect(told).toContain('nodes[1][2]: a branch of the scope of this node')
  })

  test('by the head of a list outside of its case, nor by it as a hole that is left open', () => {
    // small(x), for the head of a list of which nothing is known, would be small(y) for every y.
    const file = (nodes: unknown[][], root: number) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER, LIST), variables: 1, premises: [], conclusion: 0 },
        terms: [0, 1, 2, [CONS, 1, 2], [NIL]],
        formulas: [
          ['atom', EMPTY, 0],
          ['equal', 0, 3],
          ['equal', 0, 4],
          ['equal', 2, 2],
          ['atom', SMALL, 1]
        ],
        derivation: { scopes: [null, [0, 2, []], [0, 1, [1, 2]]], nodes, root }
      })
    expect(file([[0, 'refl', 2]], 0)).toContain('nodes[0][2]: a term of symbols that are visible')
    expect(file([[0, 'hypothesis', 2]], 0)).toContain('nodes[0][2]: a scope around this one')
    expect(
      file(
        [
          [1, 'hypothesis', 1],
          [1, 'substitute', 0, 1, 4, 0]
        ],
        1
      )
    ).toContain('nodes[1]: a hole of the sort')
    expect(
      file(
        [
          [1, 'hypothesis', 1],
          [1, 'substitute', 0, 2, 4, 0]
        ],
        1
      )
    ).toContain('nodes[1]: a node with the formula, the left term in the hole')
  })

  test('by a hole that is a variable', () => {
    const told = withTheorem({
      ...{ symbols: symbols(LIST, LIST), variables: 2, terms: [0, 1] },
      ...{
        formulas: [
          ['equal', 0, 0],
          ['equal', 0, 1]
        ],
        premises: [],
        conclusion: 1
      },
      derivation: {
        scopes: [null],
        nodes: [
          [0, 'refl', 0],
          [0, 'substitute', 0, 0, 1, 0]
        ],
        root: 1
      }
    })
    expect(told).toContain('nodes[1]: a symbol that is not visible, for the hole')
  })

  test('by symbols that two branches introduce, or one twice', () => {
    const scopes = (one: number[], other: number[]) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER, LIST, NUMBER), variables: 1, premises: [], conclusion: 0 },
        ...{
          terms: [0, 1, 2, [CONS, 1, 2]],
          formulas: [
            ['equal', 0, 0],
            ['equal', 0, 3]
          ]
        },
        derivation: { scopes: [null, [0, 1, one], [0, 1, other]], nodes: [[0, 'refl', 0]], root: 0 }
      })
    expect(scopes([1, 2], [1, 2])).toContain('scopes[2]: symbols that are introduced here alone, not symbol 1')
    expect(scopes([1, 1], [])).toContain('scopes[1]: symbols that are introduced here alone, not symbol 1')
    expect(scopes([0, 2], [])).toContain('scopes[1]: symbols that are introduced here alone, not symbol 0')
  })

  test('by an element of another sort, or the empty list in the place of a list with one', () => {
    const told = (terms: TheoremFile['terms'], formula: ReadonlyArray<unknown>) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER, LIST), variables: 1, premises: [], conclusion: 0, terms },
        formulas: [['equal', 0, 0], ['equal', 0, 4], formula],
        derivation: {
          scopes: [null, [0, 1, []], [0, 2, [1, 2]]],
          nodes: [
            [0, 'refl', 0],
            [0, 'split', 'left', 0, 1, 0, 2, 0]
          ],
          root: 1
        }
      })
    expect(told([0, 1, 2, [CONS, 1, 2], [NIL]], ['equal', 0, 3])).toBe('accepted')
    expect(told([0, 1, 2, [RCONS, 2, 1], [NIL]], ['equal', 0, 3])).toContain('nodes[1]: a branch with the second case')
    expect(told([0, 1, 2, [CONS, 1, 0], [NIL]], ['equal', 0, 3])).toContain('nodes[1]: a branch with the second case')
    expect(told([0, 1, 2, [CONS, 1, 2], [NIL]], ['equal', 3, 0])).toContain('nodes[1]: a branch with the second case')
    expect(told([0, 1, 2, [CONS, 2, 1], [NIL]], ['equal', 0, 3])).toContain('terms[3][1]: a term of sort 0')
  })

  test('by induction on a list that only some other list is longer than', () => {
    // l = cons(x, m) is supposed of another variable than that of the induction.
    const told = withTheorem({
      ...{ symbols: symbols(LIST, LIST, NUMBER, LIST), variables: 2, terms: [0, 1, 2, 3, [CONS, 2, 3], [NIL]] },
      ...{ formulas: [['false'], ['equal', 1, 4], ['equal', 1, 5]], premises: [], conclusion: 0 },
      derivation: {
        scopes: [null, [0, 2, []], [0, 1, [2, 3]]],
        nodes: [[2, 'again', [3, 1], [], [2]]],
        root: 0,
        induction: 0
      }
    })
    expect(told).toContain('nodes[0][4][0]: a hypothesis that takes one element off the list')
  })

  test('by induction without a hypothesis, on what is no list, or for the list itself', () => {
    const told = (again: unknown[], induction: number) =>
      withTheorem({
        ...{ symbols: symbols(LIST, NUMBER), variables: 2, terms: [0, 1], premises: [], conclusion: 0 },
        formulas: [['false'], ['equal', 0, 0]],
        derivation: { scopes: [null, [0, 1, []]], nodes: [[0, 'again', ...again]], root: 0, induction }
      })
    expect(told([[0, 1], [], []], 0)).toContain('a hypothesis at least by which the list is shorter')
    expect(told([[0, 1], [], [0]], 0)).toContain('nodes[0][4][0]: a scope with a hypothesis')
    expect(told([[0, 1], [], [1]], 0)).toContain('nodes[0][4][0]: a scope around this one')
    expect(told([[0, 1], [], []], 1)).toContain('induction: a variable of a sort of lists')
  })

  test('by a theorem of a vocabulary that is not seen, of itself, or of what comes after it', () => {
    const told = (k: number, vocabulary: number) =>
      changed((file: DerivationsFile) => {
        const stated = { symbols: [], variables: 0, terms: [], formulas: [['false']], premises: [], conclusion: 0 }
        file.theorems.push(
          { name: 'never', vocabulary: THING, grade: 'tested', ...stated },
          {
            ...{ name: 'attack', vocabulary, grade: 'derived', ...stated },
            derivation: { scopes: [null], nodes: [[0, 'apply', k, [], []]], root: 0 }
          }
        )
      })
    const never = derivationsOfLists().theorems.length
    expect(told(never, 0)).toContain('an earlier theorem that the vocabulary sees')
    expect(told(never + 1, THING)).toContain('the number of an earlier theorem')
    expect(told(never, THING)).toBe('accepted')
  })

  test('by one name for two theorems, or a name that stands for what comes later', () => {
    expect(changed((f) => f.theorems.push(f.theorems[0]))).toContain('a name that no other')
    expect(changed((f) => (f.vocabularies[1].name = 'lists'))).toContain('vocabularies[1], name: a name that no other')
    expect(changed((f) => (f.words[CONS].name = 'rcons'))).toContain('a name that no other')
  })

  test('by words for lists that are one, or take things in another order', () => {
    expect(changed((f) => (f.sorts[LIST].list.rcons = CONS))).toContain('list, rcons: a word that takes [1,0]')
    // Of a list whose elements are such lists, both words take the same.
    const nested = (rcons: 'another' | 'the same') =>
      changed(({ sorts, words }: DerivationsFile) => {
        const [self, nil] = [sorts.length, words.length]
        const list = { of: self, nil, cons: nil + 1, rcons: nil + (rcons === 'another' ? 2 : 1) }
        sorts.push({ vocabulary: 0, name: 'Nested', equality: '=', list })
        words.push({ vocabulary: 0, name: 'no lists', takes: [], gives: self })
        for (const name of ['before', 'after']) words.push({ vocabulary: 0, name, takes: [self, self], gives: self })
      })
    expect(nested('another')).toBe('accepted')
    expect(nested('the same')).toContain('list: different words')
    expect(changed((f) => Object.assign(f.sorts[LIST].list, { cons: RCONS, rcons: CONS }))).toContain(
      'list, cons: a word'
    )
    expect(changed((f) => (f.sorts[LIST].equality = null))).toContain('sorts[1], list: an equality of lists')
  })

  test('by a premise or a conclusion about a symbol that is no variable', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 0, terms: [0], formulas: [['atom', SMALL, 0]] },
      ...{ premises: [0], conclusion: 0 },
      derivation: { scopes: [null], nodes: [[0, 'premise', 0]], root: 0 }
    })
    expect(told).toContain('premises[0]: variables only')
  })

  test('by terms of another sort than a theorem speaks of', () => {
    const told = withTheorem({
      ...{ symbols: symbols(NUMBER), variables: 1, terms: [0], formulas: [['false']], premises: [], conclusion: 0 },
      derivation: { scopes: [null], nodes: [[0, 'apply', 0, [0], []]], root: 0 }
    })
    expect(told).toContain('nodes[0]: a term of the sort of variable 0 of «append nil»')
  })
})
