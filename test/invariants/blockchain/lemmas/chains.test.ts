/**
 * What the lemmas about lists say that could not be false of any lists.
 */
import { expect, test } from 'vitest'
import { bc_relP } from '../../../../invariants/blockchain/lemmas/chains.js'
import { listTheory } from '../../../../invariants/blockchain/lemmas/theory.js'
import { vocabulary } from '../../../../invariants/proof/kernel.js'
import { lemmaOf } from '../../../../invariants/proof/lemma.js'
import { decideAt } from '../../../../invariants/proof/run.js'
import { listed } from '../../../../invariants/proof/sort.js'

test('bc_relP is refuted where two lists relate in none of the four ways, or in two', () => {
  // Whatever an equality says of two elements, there is one way, unless it changes its mind.
  const decided = (...answers: ReadonlyArray<boolean>) => {
    // The kernel asks of each list, and of its element, whether it is equal to itself, before anything is decided of it.
    const left = [true, true, true, true, ...answers]
    const words = vocabulary('letters')
    const E = { equals: () => left.shift() ?? false }
    const lemma = lemmaOf(bc_relP(listTheory('lists', words.sort('Letter', E), words, listed([1]), listed([[1]]))))
    return lemma && decideAt(lemma, [[1], [1]])
  }
  expect(decided(true, true, true)).toBe('holds')
  expect(decided(false, false, false)).toBe('holds')
  expect(decided(false, true)).toBe('refuted')
  expect(decided(true, false, false)).toBe('refuted')
})
