import { describe, expect, test } from 'vitest'
import { dial, settings } from '../../../../invariants/blockchain/editions/dial.js'
import { dies, examine, lemmas, showInputs, sizeFor } from '../../../../invariants/blockchain/editions/lemmas.js'
import { blocks, listsOf, showBlock, trees } from '../../../../invariants/blockchain/editions/tiny.js'
import type { B, Tree } from '../../../../invariants/blockchain/editions/tiny.js'
import { undef } from '../../../../spec/prelude/unionMap.js'
import { editionsPage, EDITIONS } from '../../../../scripts/docs/editions.js'
import { read } from '../../../../scripts/docs/pages.js'
import { deep } from '../../../support/deep.js'

/** The lemmas that die, with the smallest inputs that refute them. */
const DEAD: Readonly<Record<string, string>> = {
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
}

/**
 * How many inputs meet the premises of each lemma, where no two blocks have one hash and where they may; of a lemma that
 * dies, up to the input that refutes it.
 */
const MET: Readonly<Record<string, readonly [injective: number, colliding: number]>> = {
  btExtendH: [602, 1206],
  btExtendV: [602, 1206],
  btExtendV_fold: [353, 288],
  btExtendH_fold: [353, 288],
  btExtendIB: [133, 75],
  btExtendIB_fold: [26, 3],
  btExtend_dom: [602, 1206],
  btExtend_find: [1045, 2283],
  btExtend_dom_fold: [353, 288],
  btExtend_find_fold: [266, 198],
  btExtend_in: [602, 1206],
  btExtend_in_either: [1514, 1],
  btExtend_idemp: [602, 1206],
  btExtend_preserve: [1045, 12267],
  btExtend_withDup_noEffect: [133, 699],
  btExtend_comm: [3866, 1],
  all_blocksP: [602, 1206],
  "all_blocksP'": [602, 4],
  btExtend_blocks: [602, 1206],
  compute_chain_uniq: [602, 1206],
  block_in_chain: [160, 864],
  btExtend_chain_prefix: [3866, 25062],
  compute_chain_no_self_ref: [602, 1206],
  btExtend_compute_chain: [163, 237],
  btExtend_chain_grows: [3866, 25062],
  init_chain: [13, 0],
  all_chains_init: [13, 0],
  btChain_in_bt: [13, 0],
  btChain_mem2: [16, 0],
  btChain_mem: [108, 0],
  btExtend_sameOrBetter: [133, 75],
  btExtend_fold_comm: [765, 133],
  btExtend_fold_preserve: [266, 1590],
  btExtend_fold_sameOrBetter: [26, 3],
  btExtend_monotone_btChain: [39, 6],
  btExtend_not_worse: [133, 75],
  btExtend_fold_not_worse: [26, 3],
  btExtend_seq_same: [257, 91],
  btExtend_seq_sameOrBetter: [257, 91],
  btExtend_seq_sameOrBetter_fref: [386, 121],
  "btExtend_seq_sameOrBetter_fref'": [386, 121],
  ohead_hash: [266, 5],
  good_chain_btExtend: [163, 237],
  good_chain_btExtend_fold: [29, 12],
  btExtend_compute_chain_fold: [29, 12],
  btChain_is_largest: [74, 39],
  btChain_good: [74, 39],
  btChain_in_good_chains: [13, 0],
  compute_chain_rcons: [70, 330],
  compute_chain_noblock: [885, 1],
  compute_chain_prev: [192, 1],
  btExtend_mint_ext: [36, 2],
  chain_from_last: [13, 0],
  btExtend_mint_good_valid: [27, 9],
  btExtend_mint: [27, 1],
  btExtend_good_chains_fold: [26, 3],
  btExtend_new_block: [469, 507],
  btExtend_get_block: [2352, 9360],
  btExtend_good_split: [15, 0],
  "complete_bt_extend_gt'": [18, 9],
  btExtend_with_new: [77, 94],
  geq_genesis: [74, 39],
  in_ext: [602, 1206],
  btExtend_within: [6, 0],
  btExtend_can_eq: [6, 0],
  btExtend_foldG: [14, 0],
  foldl_btExtend_last: [2825, 4],
  foldl_expand: [353, 288]
}

/** How far lemmas are decided here: as far as the smallest counterexample needs, and further in deep tests. */
const sizeOf = (name: string, most: number): number =>
  deep ? most : Math.min(most, /^btExtend_(seq|with_new)/.test(name) ? 3 : 2)

describe('the lemmas of the edition of 2018', () => {
  test('have different names', () => {
    expect(new Set(lemmas.map(({ name }) => name)).size).toBe(68)
  })

  test.each(lemmas)(
    '$name holds where no two blocks have one hash, is not vacuous, and dies of what it should, if of anything',
    (lemma) => {
      const finding = examine(lemma, sizeOf(lemma.name, sizeFor(lemma.variables)))
      const { injective, colliding } = finding
      expect(injective.counterexample).toBeUndefined()
      expect(injective.met).toBeGreaterThan(0)
      expect(colliding.counterexample && showInputs(lemma, colliding.counterexample)).toBe(DEAD[lemma.name])
      expect(dies(finding)).toBe(lemma.name in DEAD)
      if (!deep) expect([injective.met, colliding.met]).toEqual(MET[lemma.name])
    }
  )

  test('do not die where they fail anyway', () => {
    const [lemma] = lemmas
    const some = { met: 1, counterexample: { t: trees[0]!, a: blocks[0]!, b: blocks[0]!, l: [], m: [] } }
    const none = { met: 1, counterexample: undefined }
    const found = [some, none].flatMap((injective) =>
      [some, none].map((colliding) => dies({ lemma: lemma!, injective, colliding }))
    )
    expect(found).toEqual([false, false, true, false])
  })

  test('are decided up to a size that is the smaller the more they speak of', () => {
    const spokenOf = [
      ['t'],
      ['t', 'b'],
      ['t', 'a', 'b'],
      ['t', 'l'],
      ['t', 'b', 'l'],
      ['b', 'm'],
      ['t', 'l', 'm']
    ] as const
    expect(spokenOf.map(sizeFor)).toEqual([4, 4, 3, 4, 3, 3, 3])
  })

  test('die, some of them: fifteen', () => {
    expect(Object.keys(DEAD).filter((name) => lemmas.some((lemma) => lemma.name === name))).toHaveLength(15)
  })
})

describe('a lemma that asks', () => {
  const block = (proof: number, prevBlockHash: number): B => ({ prevBlockHash, txs: [], proof })
  const [G, filed, misfiled] = [block(0, 0), block(1, 0), block(2, 0)]
  const some = [G, filed, misfiled]
  /** What lemmas say of a tree and some blocks. */
  const saidOf = (t: Tree, asking: RegExp) =>
    lemmas
      .filter(({ variables, statement }) => variables.includes('t') && asking.test(statement))
      .map(({ name, decide }) => {
        const verdicts = some.flatMap((a) =>
          some.flatMap((b) => [[], [b], [a, b]].map((l) => decide({ t, a, b, l, m: l })))
        )
        return [name, ...new Set(verdicts)].join(': ')
      })
  const isSilent = (said: string): boolean => said.endsWith(': not met')

  test('for a tree that is defined says nothing of the undefined one', () => {
    const said = saidOf(undef, /^V(\(t\) [∧⇒]|, H, I)/)
    expect([said.length, said.filter((it) => !isSilent(it))]).toEqual([54, []])
  })

  test('for blocks under their hashes says nothing of a tree with a block elsewhere', () => {
    const tree: Tree = {
      _tag: 'Def',
      entries: [
        [0, G],
        [1, misfiled]
      ]
    }
    const said = saidOf(tree, /^(V\(t\) ∧ )?H\(t\)|^V, H, I/)
    expect([said.length, said.filter((it) => !isSilent(it))]).toEqual([34, []])
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
