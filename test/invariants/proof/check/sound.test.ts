/**
 * The independent checker accepts nothing false: derivations are put together at random, of nodes that it accepts, and what
 * they come to is looked at for truth, in all values of small domains.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { deep } from '../../../support/deep.js'
import { CONS, derivationsOfLists, EMPTY, FULL, isTrue, LIST, NIL, NUMBER, RCONS, SHORT, SMALL } from './lists.js'
import type { DerivationsFile, Entry, TheoremFile } from './lists.js'

/** Variables x and l; y and m, z and k, which branches introduce; and a hole. */
const SYMBOLS = [NUMBER, LIST, NUMBER, LIST, NUMBER, LIST, LIST]
const TERMS: ReadonlyArray<Entry> = [0, 1, 2, 3, 4, 5, 6, [NIL], [CONS, 2, 3], [RCONS, 5, 4], [CONS, 0, 1]]
const [X, L, M, HOLE, EMPTY_LIST, FIRST, LAST, LONGER] = [0, 1, 3, 6, 7, 8, 9, 10]
const FORMULAS: ReadonlyArray<ReadonlyArray<unknown>> = [
  ['atom', SMALL, X],
  ['false'],
  ['implies', 0, 1],
  ['atom', EMPTY, L],
  ['atom', FULL, L],
  ['or', 3, 4],
  ['equal', L, EMPTY_LIST],
  ['equal', L, FIRST],
  ['equal', L, LAST],
  ['atom', EMPTY, HOLE],
  ['equal', HOLE, L],
  ['equal', L, L],
  ['and', 0, 3],
  ['atom', EMPTY, EMPTY_LIST],
  ['atom', FULL, LONGER],
  ['implies', 3, 0],
  ['or', 0, 2],
  ['atom', EMPTY, M],
  ['atom', SHORT, L],
  ['equal', L, LONGER]
]
/** Those that may be stated: without y, m and the hole. */
const STATABLE = [0, 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16, 18, 19]
const SCOPES = [
  null,
  [0, 0, []],
  [0, 2, []],
  [0, 6, []],
  [0, 7, [2, 3]],
  [0, 3, []],
  [0, 4, []],
  [1, 3, []],
  [0, 8, [4, 5]]
]

/** The facts about lists, and a theorem with nodes and a root. */
const fileOf = (premises: number[], nodes: unknown[][], conclusion: number, root: number): DerivationsFile => {
  const file = derivationsOfLists()
  const theorem: TheoremFile = {
    name: 'at random',
    vocabulary: 0,
    symbols: SYMBOLS.map((sort) => ({ name: '', sort })),
    variables: 2,
    terms: [...TERMS],
    formulas: [...FORMULAS],
    premises,
    conclusion,
    grade: 'derived',
    derivation: { scopes: [...SCOPES], nodes, root, induction: 1 }
  }
  return { ...file, theorems: [...file.theorems.slice(0, 5), theorem] }
}

/** Whether all nodes are right: what is wrong is the root, if anything. */
const areRight = (premises: number[], nodes: unknown[][]): boolean => {
  const found = checkDerivations(JSON.stringify(fileOf(premises, nodes, 1, 0)))
  return found.isAccepted || found.where.endsWith('root')
}

const pick = <X>(xs: ReadonlyArray<X>): fc.Arbitrary<X> => fc.constantFrom(...xs)
const scope = fc.nat({ max: SCOPES.length - 1 })
const formula = fc.nat({ max: FORMULAS.length - 1 })
const term = fc.nat({ max: TERMS.length - 1 })
/** Any earlier node; mostly one of the last. */
const earlier = fc.tuple(fc.nat({ max: 5 }), fc.nat())
/** Pairs of branches of which one must be, as the rules have them. */
const PAIRS = [
  [1, 2],
  [3, 4],
  [3, 8],
  [5, 6]
] as const

/** A node, if it is the n-th: all rules, with anything in the places of what they take. */
const node = fc
  .record({
    s: scope,
    rule: pick([
      ...['premise', 'hypothesis', 'apply', 'again', 'both', 'left', 'right', 'inLeft', 'inRight', 'cases', 'suppose'],
      ...['detach', 'absurd', 'decide', 'refl', 'substitute', 'split', 'hypothesis', 'suppose', 'decide', 'split']
    ]),
    f: formula,
    t: term,
    u: term,
    c: scope,
    d: scope,
    hole: fc.nat({ max: 6 }),
    k: fc.nat({ max: 4 }),
    end: pick(['left', 'right']),
    nodes: fc.tuple(earlier, earlier, earlier),
    pair: fc.option(pick(PAIRS)),
    terms: fc.array(term, { maxLength: 2 }),
    chain: fc.array(scope, { maxLength: 2 })
  })
  .map(
    ({ s: scopeOf, rule, f, t, u, c: one, d: other, hole, k, end, nodes, pair, terms, chain }) =>
      (n: number): unknown[] => {
        const [i, j, m] = nodes.map(([near, any]) => (near === 0 ? any % Math.max(1, n) : Math.max(0, n - near)))
        const [c, d] = pair ?? [one, other]
        const s = ['suppose', 'cases', 'decide', 'split'].includes(rule) ? (SCOPES[c]?.[0] ?? 0) : scopeOf
        const rest: Readonly<Record<string, ReadonlyArray<unknown>>> = {
          premise: [hole % 2],
          hypothesis: [c],
          apply: [k, terms, []],
          again: [[t, u], [i], chain],
          both: [i, j],
          left: [i],
          right: [i],
          inLeft: [i, f],
          inRight: [f, i],
          cases: [i, c, j, d, m],
          suppose: [c, i],
          detach: [i, j],
          absurd: [i, f],
          decide: [c, i, d, j],
          refl: [t],
          substitute: [i, hole, f, j],
          split: [end, t, c, i, d, j]
        }
        return [s, rule, ...(rest[rule] ?? [])]
      }
  )

test('what random nodes come to is true', () => {
  let accepted = 0
  fc.assert(
    fc.property(
      fc.array(pick(STATABLE), { maxLength: 2 }),
      fc.array(node, { minLength: 600, maxLength: 800, size: 'max' }),
      (premises, candidates) => {
        const nodes: unknown[][] = []
        for (const make of candidates) {
          const next = make(nodes.length)
          const isNew = !nodes.some((known) => JSON.stringify(known) === JSON.stringify(next))
          if (nodes.length < 40 && isNew && areRight(premises, [...nodes, next])) nodes.push(next)
        }
        for (const [root, [s]] of nodes.entries())
          if (s === 0)
            for (const conclusion of STATABLE) {
              const file = fileOf(premises, nodes, conclusion, root)
              if (!checkDerivations(JSON.stringify(file)).isAccepted) continue
              accepted++
              for (const t of file.theorems) expect(isTrue(t), JSON.stringify(file)).toBe(true)
            }
      }
    ),
    { numRuns: deep ? 1000 : 20 }
  )
  expect(accepted).toBeGreaterThan(5)
})
