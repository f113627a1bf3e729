/**
 * The two orders of the lemmas. They are declared in the order of their derivations, so that none is derived in a circle;
 * the ledger shows them in the order of the Coq development.
 */
import { describe, expect, test } from 'vitest'
import { used } from '../../../../invariants/proof/explain.js'
import type { Theorem } from '../../../../invariants/proof/kernel.js'
import { allLemmas, isOfCoq } from '../../../../invariants/blockchain/lemmas/ledger.js'
import { coqIndex } from '../../../../scripts/docs/pages.js'

/** The place of each lemma in the order of declaration, and in the ledger. */
const declared = new Map(allLemmas().map(({ theorem }) => [theorem, theorem.place]))
const shown = new Map(allLemmas().map(({ theorem }, i) => [theorem, i]))

/** Each lemma with each one that its derivation uses. */
const uses = allLemmas().flatMap(({ theorem }) => used(theorem).map((other) => [theorem, other] as const))

/** The uses of a lemma that comes later in an order, or is not in it. */
const forward = (order: ReadonlyMap<Theorem, number>) =>
  uses.filter(([user, other]) => !((order.get(other) ?? Infinity) < (order.get(user) ?? -Infinity)))

describe('the order of derivations', () => {
  test('a derivation uses only lemmas that were declared before', () => {
    expect(uses.length).toBe(443)
    expect(forward(declared)).toEqual([])
  })

  test('is not that of Coq, which states some lemmas before those that they are derived from here', () => {
    expect(forward(shown)).toHaveLength(17)
  })
})

describe('the order of the ledger', () => {
  test('has every lemma once, and every one that another is derived from', () => {
    const theorems = allLemmas().map(({ theorem }) => theorem)
    expect(new Set(theorems).size).toBe(theorems.length)
    expect(uses.filter(([, other]) => !theorems.includes(other))).toEqual([])
  })

  test('is that of the Coq development', () => {
    const lines = new Map(coqIndex().entries.map(({ file, name, line }) => [`${file} ${name}`, line]))
    const rows = allLemmas().filter((lemma) => isOfCoq({ lemma }))
    const late = rows.filter(({ source, name }, i) => {
      const before = rows.slice(0, i).filter((row) => row.source === source)
      const line = lines.get(`${source} ${name}`) ?? 0
      return before.some((row) => (lines.get(`${row.source} ${row.name}`) ?? 0) > line)
    })
    expect(late.map(({ name }) => name)).toEqual([])
  })
})
