import { describe, expect, test } from 'vitest'
import { dial, settings } from '../../../../invariants/blockchain/editions/dial.js'
import { dies, examine, lemmas, showInputs, sizeFor } from '../../../../invariants/blockchain/editions/lemmas.js'
import { blocks, listsOf, showBlock, trees } from '../../../../invariants/blockchain/editions/tiny.js'
import { editionsPage, EDITIONS } from '../../../../scripts/docs/editions.js'
import { read } from '../../../../scripts/docs/pages.js'
import { deep } from '../../../support/deep.js'

/** The lemmas that die, with the smallest inputs that refute them. */
const DEAD = {
  btExtend_in_either: 't = {}, a = G, b = g→a',
  btExtend_comm: 't = {}, a = G, b = g→a',
  "all_blocksP'": 't = {G}, b = g→a',
  btExtend_fold_comm: 't = {}, l = [G], m = [g→a]',
  btExtend_seq_same: 't = {G}, b = a→g, l = [a→a, a→g]',
  btExtend_seq_sameOrBetter: 't = {G}, b = a→g, l = [a→a, a→g]',
  btExtend_seq_sameOrBetter_fref: 't = {G}, b = a→g, l = [a→a, a→g]',
  "btExtend_seq_sameOrBetter_fref'": 't = {G}, b = a→g, l = [a→a, a→g]',
  ohead_hash: 'b = g→a, l = [G, g→a]',
  compute_chain_noblock: 't = {G}, a = G, b = g→a',
  compute_chain_prev: 't = {G}, a = g→a, b = G',
  btExtend_mint_ext: 't = {G, a→a}, a = a→g, b = b→a',
  btExtend_mint: 't = {G, a→a}, b = a→g',
  btExtend_with_new: 't = {G, a→g}, b = b→a, l = [b→g]',
  foldl_btExtend_last: 't = {}, b = g→a, l = [G]'
} as const

/** How far lemmas are decided here: as far as the smallest counterexample needs, and further in deep tests. */
const sizeOf = (name: string, most: number): number =>
  deep ? most : Math.min(most, /^btExtend_(seq|with_new)/.test(name) ? 3 : 2)

describe('the lemmas of the edition of 2018', () => {
  const findings = lemmas.map((lemma) => examine(lemma, sizeOf(lemma.name, sizeFor(lemma.variables))))

  test('have different names', () => {
    expect(new Set(lemmas.map(({ name }) => name)).size).toBe(68)
  })

  test.each(findings)('$lemma.name holds where no two blocks have one hash, and is not vacuous', ({ injective }) => {
    expect(injective.counterexample).toBeUndefined()
    expect(injective.met).toBeGreaterThan(0)
  })

  test('die, some of them, where hashes may collide: these, of these smallest inputs', () => {
    const found = findings
      .filter(dies)
      .map(({ lemma, colliding }) => [lemma.name, showInputs(lemma, colliding.counterexample!)])
    expect(Object.fromEntries(found)).toEqual(DEAD)
  })
})

describe('the tiny blockchain', () => {
  test('has 16 blocks, genesis first, and 625 trees, smaller ones first', () => {
    expect([blocks.length, showBlock(blocks[0]!)]).toEqual([16, 'G'])
    expect(trees.map((t) => (t._tag === 'Def' ? t.entries.length : -1))).toEqual(
      [0, 1, 2, 3, 4].flatMap((n) => Array<number>([1, 16, 96, 256, 256][n]!).fill(n))
    )
    expect([0, 1, 2].map((n) => listsOf(n).length)).toEqual([1, 16, 256])
  })
})

describe('the dial', () => {
  test('where hashes are short, the invariant and the theorem fail after so many steps; where they are long, they hold', async () => {
    const found = await Promise.all(settings.filter(({ bits }) => deep || bits === 6 || bits === 256).map(dial))
    const steps = found.map((at) => [at.clique_inv?.steps, at.clique_eventual_consensus?.steps])
    const expected = [
      [2, 4],
      [3, 6],
      [3, 6],
      [2, 4],
      [undefined, undefined]
    ]
    expect(steps).toEqual(deep ? expected : expected.slice(3))
  })
})

test.runIf(deep)('docs/editions.md is what its script makes', async () => {
  const { page, problems } = await editionsPage()
  expect(problems).toEqual([])
  expect(page === read(EDITIONS), 'run `npx tsx scripts/docs/editions.ts`').toBe(true)
})
