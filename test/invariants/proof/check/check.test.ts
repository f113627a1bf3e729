/**
 * The independent checker accepts derivations that are right, and says of each that is not what is wrong where.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import type { Checked } from '../../../../invariants/proof/check/index.js'
import { changes, formula, nodesOf, put, set, theoremIn } from './changes.js'
import { derivationsOfLists } from './lists.js'

const check = (file: unknown): Checked => checkDerivations(JSON.stringify(file))

test('a file in which every rule is used is accepted', () => {
  expect(check(derivationsOfLists())).toEqual({
    isAccepted: true,
    grades: { derived: 7, tested: 4, assumed: 1 }
  })
})

test('an induction may take elements off either end, and more than one', () => {
  const file = derivationsOfLists()
  const one = theoremIn(file)('append to nil')
  // Once more, in the same way: a list of one element less at the right, and of one less at the left of that.
  one.symbols.push({ name: 'y', sort: 0 }, { name: 'k', sort: 1 })
  const [m, y, k] = [2, 4, 5]
  const [termOfY, termOfK] = [one.terms.push(y) - 1, one.terms.push(k) - 1]
  const termOfM = one.terms.indexOf(m)
  const shorter = formula(one, 'equal', termOfM, one.terms.push([2, termOfK, termOfY]) - 1)
  const { derivation } = one
  derivation?.scopes.push([2, shorter, [y, k]])
  nodesOf(one).splice(10, 0, [3, 'again', [termOfK], [], [2, 3]])
  set(derivation ?? {}, 'root', 11)
  expect(check(file).isAccepted).toBe(true)
  put(nodesOf(one)[10] ?? [], 2, [termOfY])
  expect(check(file)).toMatchObject({ isAccepted: false, where: 'theorems[11] (append to nil), derivation, nodes[10]' })
})

describe('what is wrong is found', () => {
  test.each(changes)('%s', (_what, change, where, expected) => {
    const file = derivationsOfLists()
    change(file, theoremIn(file))
    const found = check(file)
    expect(found).toMatchObject({ isAccepted: false, where })
    expect(found.isAccepted ? '' : found.expected).toContain(expected)
  })

  test('what is no JSON', () => {
    const found = checkDerivations('{')
    expect(found).toMatchObject({ isAccepted: false, where: 'the file' })
    expect(found.isAccepted ? '' : found.expected).toContain('JSON')
  })
})

describe('a file is refused before it takes long', () => {
  const TOO_LONG = { isAccepted: false, where: 'the file', expected: 'less to do than 5000000 steps' }

  test('what a vocabulary sees counts, once for each that it includes and has not seen by then', () => {
    const of = (how: 'all' | 'last' | 'last first'): Checked => {
      const file = derivationsOfLists()
      while (file.vocabularies.length < 320) {
        const all = file.vocabularies.map((_, i) => i)
        const includes = how === 'all' ? all : how === 'last' ? all.slice(-1) : all.toReversed()
        file.vocabularies.push({ name: `v${file.vocabularies.length}`, includes })
      }
      return check(file)
    }
    expect(of('last').isAccepted).toBe(true)
    expect(of('last first').isAccepted).toBe(true)
    expect(of('all')).toEqual(TOO_LONG)
  })

  test('formulas that are made count with their parts', () => {
    const file = derivationsOfLists()
    const takes = Array.from({ length: 100_000 }, () => 0)
    const wide = file.words.push({ vocabulary: 0, name: 'wide', takes, gives: null }) - 1
    const stated = {
      ...{ vocabulary: 0, symbols: [{ name: 'x', sort: 0 }], variables: 1, terms: [0], premises: [], conclusion: 0 },
      formulas: [['atom', wide, ...takes]]
    }
    file.theorems.push({ ...stated, name: 'stated', grade: 'tested' })
    const nodes = Array.from({ length: 50 }, () => [0, 'apply', 12, [0], []])
    file.theorems.push({ ...stated, name: 'again', grade: 'derived', derivation: { scopes: [null], nodes, root: 0 } })
    expect(check(file)).toEqual(TOO_LONG)
  })

  test('so does the way from a scope to one around it, and none to itself', () => {
    const of = (depth: number, inside: number): Checked => {
      const file = derivationsOfLists()
      const scopes = [null, ...Array.from({ length: depth }, (_, i) => [i, 0, []])]
      const used = Array.from({ length: inside }, () => [depth, 'inLeft', 1, 0])
      const nodes = [[0, 'premise', 0], [depth, 'hypothesis', depth], ...used]
      file.theorems.push({
        ...{ name: 'deep', vocabulary: 0, symbols: [], variables: 0, terms: [], formulas: [['false']] },
        ...{ premises: [0], conclusion: 0, grade: 'derived', derivation: { scopes, nodes, root: 0 } }
      })
      return check(file)
    }
    expect(of(2000, 0).isAccepted).toBe(true)
    expect(of(3300, 0)).toEqual(TOO_LONG)
    expect(of(1000, 1500).isAccepted).toBe(true)
  })
})

test('a list of lists has two words for its two ends', () => {
  const of = (rcons: number): Checked => {
    const file = derivationsOfLists()
    const [self, nil] = [file.sorts.length, file.words.length]
    const list = { of: self, nil, cons: nil + 1, rcons: nil + rcons }
    file.sorts.push({ vocabulary: 0, name: 'Nested', equality: '=', list })
    file.words.push({ vocabulary: 0, name: 'no lists', takes: [], gives: self })
    for (const name of ['before', 'after']) file.words.push({ vocabulary: 0, name, takes: [self, self], gives: self })
    return check(file)
  }
  expect(of(2).isAccepted).toBe(true)
  expect(of(1)).toEqual({ isAccepted: false, where: 'sorts[3], list', expected: 'different words' })
})

test('a list is shorter by an equation, and not by whatever is said of both', () => {
  const of = (kind: 'equal' | 'atom'): Checked => {
    const file = derivationsOfLists()
    const longer = file.words.push({ vocabulary: 0, name: 'longer', takes: [1, 1], gives: null }) - 1
    file.theorems.push({
      ...{ name: 'never', vocabulary: 0, variables: 1, premises: [], conclusion: 0, grade: 'derived' },
      symbols: [1, 0, 1].map((sort) => ({ name: 'x', sort })),
      terms: [0, 1, 2, [1, 1, 2]],
      formulas: [['false'], kind === 'equal' ? ['equal', 0, 3] : ['atom', longer, 0, 3]],
      derivation: { scopes: [null, [0, 1, [1, 2]]], nodes: [[1, 'again', [2], [], [1]]], root: 0, induction: 0 }
    })
    return check(file)
  }
  expect(of('equal')).toMatchObject({ where: 'theorems[12] (never), derivation, root' })
  expect(of('atom')).toMatchObject({
    where: 'theorems[12] (never), derivation, nodes[0][4][0]',
    expected: 'a hypothesis that takes one element off the list'
  })
})
