/**
 * The rows of the statements on quorums: none is refuted, each needs its premises, and a wrong one would be refuted.
 */
import { describe, expect, test } from 'vitest'
import { given, vocabulary, write } from '../../../../invariants/proof/kernel.js'
import type { Named } from '../../../../invariants/proof/kernel.js'
import { chapter, forall, lemmaOf } from '../../../../invariants/proof/lemma.js'
import { listed } from '../../../../invariants/proof/sort.js'
import { lemmasOfQuorums, needOfQuorums, rowOfQuorums } from '../../../../invariants/byzantine/lemmas/ledger.js'
import * as sets from '../../../../invariants/byzantine/lemmas/sets.js'
import { isElsewhere, ledgerOfAll, lemmasOfAll, needOfAny } from '../../../../invariants/systems/ledger.js'
import { byzantineQuorumOverReals, maxFaulty } from '../../../../spec/byzantine/quorums.js'
import { shapeOfLine, shapeOfStatement } from '../../blockchain/lemmas/shape.js'

test('there are eight, at the end of the ledger of all systems', () => {
  expect(lemmasOfAll().slice(-8)).toEqual(lemmasOfQuorums)
  expect(lemmasOfQuorums.map(({ name, kind, source }) => [name, kind, source])).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`Q${String(n)}`, 'other', 'quorums'])
  )
  expect([...ledgerOfAll({ name: 'Q1' })].map((row) => [row.lemma.name, isElsewhere(row)])).toEqual([['Q1', true]])
})

describe.each(lemmasOfQuorums.map((lemma) => [lemma.name, lemma] as const))('%s', (_, lemma) => {
  test('is tested and not refuted, and its premises are met by one in five of random inputs', () => {
    const { grade, refuted, atRandom, onAll } = rowOfQuorums(lemma, 200, 1)
    expect([grade, refuted]).toEqual(['tested', undefined])
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
