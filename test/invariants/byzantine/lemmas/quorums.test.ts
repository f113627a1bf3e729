/**
 * The rows of the statements on quorums: none is refuted, all but Q8 are derived, each needs its premises, and a wrong one
 * would be refuted.
 */
import { describe, expect, test } from 'vitest'
import { checkDerivations } from '../../../../invariants/proof/check/index.js'
import { foundations } from '../../../../invariants/proof/explain.js'
import { exported, given, gradeOf, vocabulary, write } from '../../../../invariants/proof/kernel.js'
import type { Named } from '../../../../invariants/proof/kernel.js'
import { chapter, forall, lemmaOf } from '../../../../invariants/proof/lemma.js'
import { listed } from '../../../../invariants/proof/sort.js'
import { lemmasOfQuorums, needOfQuorums, rowOfQuorums } from '../../../../invariants/byzantine/lemmas/ledger.js'
import * as sets from '../../../../invariants/byzantine/lemmas/sets.js'
import { isElsewhere, ledgerOfAll, lemmasOfAll, needOfAny } from '../../../../invariants/systems/ledger.js'
import { byzantineQuorumOverReals, maxFaulty } from '../../../../spec/byzantine/quorums.js'
import { shapeOfLine, shapeOfStatement } from '../../blockchain/lemmas/shape.js'

/** Q1 to Q8, the lemmas on which they rest, and the facts. */
const eight = lemmasOfQuorums.slice(-8)
const stated = lemmasOfQuorums.filter(({ kind }) => kind === 'other')
const facts = lemmasOfQuorums.filter(({ kind }) => kind === 'fact')

test('there are eight, at the end of the ledger of all systems', () => {
  expect(lemmasOfAll().slice(-8)).toEqual(eight)
  expect(eight.map(({ name, kind, source }) => [name, kind, source])).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`Q${String(n)}`, 'other', 'quorums'])
  )
  expect([...ledgerOfAll({ name: 'Q1' })].map((row) => [row.lemma.name, isElsewhere(row)])).toEqual([['Q1', true]])
})

test('all but Q8 are derived, from facts that are in the ledger, and from nothing assumed', () => {
  expect(stated.filter(({ theorem }) => gradeOf(theorem) !== 'derived').map(({ name }) => name)).toEqual(['Q8'])
  const inLedger = new Set(facts.map(({ theorem }) => theorem))
  for (const { theorem } of stated.filter(({ name }) => name !== 'Q8')) {
    const { laws, stated: bases, assumed } = foundations(theorem)
    expect([laws.size, assumed.size]).toEqual([0, 0])
    expect([...bases].filter((base) => !inLedger.has(base))).toEqual([])
    expect(bases.size).toBeGreaterThan(5)
  }
})

test('each fact is used by a derivation', () => {
  const used = new Set(stated.flatMap(({ theorem }) => [...foundations(theorem).stated]))
  expect(
    facts.filter(({ theorem }) => gradeOf(theorem) === 'tested' && !used.has(theorem)).map(({ name }) => name)
  ).toEqual([])
})

test('both checkers accept their derivations, and the independent one refuses them without a step', () => {
  const file = exported(lemmasOfQuorums.map(({ theorem }) => theorem))
  expect(checkDerivations(JSON.stringify(file))).toMatchObject({ isAccepted: true })
  const shorter = file.theorems.map((one) =>
    one.name === 'Q2' && one.derivation !== undefined
      ? { ...one, derivation: { ...one.derivation, nodes: one.derivation.nodes.slice(0, -1) } }
      : one
  )
  expect(checkDerivations(JSON.stringify({ ...file, theorems: shorter }))).toMatchObject({ isAccepted: false })
})

/**
 * Premises that could be spared, for reasons that lie deeper than what the word means: of more than f nodes, wherever they
 * are, one is not among the f; and of more than n nodes no set is all honest.
 */
const notNeeded: Readonly<Record<string, ReadonlyArray<string>>> = {
  everyHasHonest_each: ['subset(A, nodes(n))'],
  someSafeAndLive_one: ['atMost(q, n)']
}

describe.each(facts.map((fact) => [fact.name, fact] as const))('the fact %s', (_, fact) => {
  test('is not refuted by sets of up to four nodes', () => {
    const { refuted, onAll } = rowOfQuorums(fact, 20, 1)
    expect(refuted).toBeUndefined()
    expect(onAll?.size.nodes).toBe(4)
    expect(onAll?.met).toBeGreaterThan(0)
  })

  test('needs each of its premises, but for those that are part of what a word means', () => {
    const spared = write(fact.theorem).premises.filter((_, i) => needOfQuorums(fact, i).refuted === undefined)
    expect(spared).toEqual(notNeeded[fact.name] ?? [])
  })

  test('has a line of mathematics of the shape of its statement, and a sentence', () => {
    expect(fact.says).toMatch(/^\S.*\.$/)
    expect([shapeOfLine(fact.mathematics)]).toEqual([shapeOfStatement(write(fact.theorem))])
  })
})

describe.each(eight.map((lemma) => [lemma.name, lemma] as const))('%s', (_, lemma) => {
  test('is not refuted, and its premises are met by one in five of random inputs', () => {
    const { refuted, atRandom, onAll } = rowOfQuorums(lemma, 200, 1)
    expect(refuted).toBeUndefined()
    expect(atRandom.met).toBeGreaterThan(40)
    expect(onAll?.met).toBeGreaterThan(0)
  })

  test('needs each of its premises', () => {
    for (const place of write(lemma.theorem).premises.keys())
      expect(needOfAny(lemma, place).refuted?.ground).toBe('numbers of nodes')
    expect(() => needOfQuorums(lemma, 9)).toThrow(new RangeError(`${lemma.name} has no premise 9`))
  })

  test('has a line of mathematics of the shape of its statement, and a sentence', () => {
    expect(lemma.says).toMatch(/^\S.*\.$/)
    expect([shapeOfLine(lemma.mathematics)]).toEqual([shapeOfStatement(write(lemma.theorem))])
  })
})

test('that two thirds and one over the reals can always be made up is refuted by four nodes', () => {
  const words = vocabulary('quorums over the reals')
  const { lift, predicate, sort } = words
  const n_ = sort<number>('Number')
  const quorum = lift('byzantineQuorumOverReals', [n_], n_, byzantineQuorumOverReals)
  const most = lift('maxFaulty', [n_], n_, maxFaulty)
  const someAllHonest = predicate('someAllHonest', [n_, n_, n_], sets.someAllHonest)
  const wrong = chapter('here').other(
    'wrong',
    'q is live',
    'It is live.'
  )(() =>
    forall('n', listed([3, 4, 5])).state(<n>(n: Named<number, n>) =>
      given().infer(someAllHonest(quorum(n), n, most(n)))
    )
  )
  const row = rowOfQuorums(lemmaOf(wrong({ vocabulary: words }))!, 10, 1)
  expect(row.refuted).toEqual({ ground: 'numbers of nodes', inputs: 'n = 4', replay: 'number 2 of all terms' })
})
