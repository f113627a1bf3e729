/**
 * The rows of the ledger: how a lemma is known, how far it is run, which premises it needs, and what is counted.
 */
import { describe, expect, test } from 'vitest'
import { given, gradeOf, vocabulary } from '../../../../invariants/proof/kernel.js'
import type { Named } from '../../../../invariants/proof/kernel.js'
import { namesOf } from '../../../../invariants/proof/explain.js'
import { chapter, forall, lemmaOf } from '../../../../invariants/proof/lemma.js'
import { FEW } from '../../../../invariants/proof/run.js'
import { listed } from '../../../../invariants/proof/sort.js'
import { grounds, sizes } from '../../../../invariants/blockchain/lemmas/grounds.js'
import {
  allLemmas,
  count,
  isOfCoq,
  keyOf,
  ledger,
  needAt,
  rowOf
} from '../../../../invariants/blockchain/lemmas/ledger.js'
import type { LedgerOptions, Row } from '../../../../invariants/blockchain/lemmas/ledger.js'
import type { Kind, Lemma } from '../../../../invariants/proof/lemma.js'

const named = (name: string, kind: Kind = 'lemma'): Lemma => {
  const found = allLemmas().find((lemma) => lemma.name === name && lemma.kind === kind)
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`)
  return found
}

/** The rows of a name, without what the lemma itself says. */
const rowsOf = (name: string, options: LedgerOptions = {}) =>
  [...ledger({ runs: 2, universes: 1, inputs: 100, ...options, name })].map(({ lemma, restsOn: _, ...row }) => ({
    kind: lemma.kind,
    ...row
  }))

describe('a lemma', () => {
  test('is assumed if it is a law, derived if it has a derivation, else tested', () => {
    expect(gradeOf(named('FCR_rel', 'law').theorem)).toBe('assumed')
    expect(gradeOf(named('bc_pre_both').theorem)).toBe('derived')
    expect(gradeOf(named('bc_pre_refl').theorem)).toBe('tested')
  })

  test('has its place by its file, its kind and its name', () => {
    expect(keyOf(named('FCR_rel', 'law'))).toBe('Structures/Parameters.v law FCR_rel')
    expect(keyOf(named('btExtendH_fold', 'stronger'))).toBe('Structures/Forests.v stronger btExtendH_fold')
  })

  test('is one of the Coq development, or a law of it; stronger ones and facts are not', () => {
    const kinds = (wanted: boolean) =>
      [...new Set(allLemmas().flatMap((lemma) => (isOfCoq({ lemma }) === wanted ? [lemma.kind] : [])))].toSorted()
    expect([kinds(true), kinds(false)]).toEqual([
      ['law', 'lemma'],
      ['beyond', 'fact', 'stronger']
    ])
  })
})

describe('a row', () => {
  test('says how the lemma is known, how far it was run, and what met its premises', () => {
    expect(rowsOf('FCR_nrefl').slice(0, 1)).toEqual([
      {
        kind: 'law',
        grade: 'assumed',
        atRandom: { runs: 6, met: 6 },
        // On each of two blockchains: the empty chain, and those of one of 32 blocks.
        onAll: { size: { universe: 3, lists: 1 }, inputs: 66, met: 66 },
        inputs: FEW + 1,
        refutes: []
      }
    ])
  })

  test('there is one for each lemma of the name', () => {
    expect(rowsOf('btExtendH_fold').map(({ kind, grade }) => [kind, grade])).toEqual([
      ['stronger', 'derived'],
      ['lemma', 'derived']
    ])
    expect(rowsOf('nobody')).toEqual([])
  })

  test('says what a derived lemma rests on', () => {
    const [row] = ledger({ runs: 1, universes: 1, inputs: 1, name: 'bc_pre_both' })
    expect(namesOf(row?.restsOn.stated ?? new Set()).toSorted()).toEqual([
      'bc_pre_spre',
      'bc_spre_nrefl',
      'bc_spre_trans'
    ])
  })

  test('says on how many distinct inputs it stands, if they are few: one for each blockchain where there are no terms', () => {
    expect(rowsOf('validH_undef', { runs: 5, universes: 2 })[0]).toMatchObject({ inputs: 3 })
    expect(rowsOf('bc_prefix_mt', { runs: 5, universes: 2 })[0]).toMatchObject({ inputs: 3 })
    expect(rowsOf('rem_neq', { runs: 40, universes: 1 })[0]).toMatchObject({ inputs: FEW + 1 })
  })

  test('has as many random inputs as there are runs, universes and blockchains', () => {
    expect(rowsOf('FCR_nrefl', { runs: 5, universes: 2 })[0]?.atRandom).toEqual({ runs: 30, met: 30 })
    expect(rowsOf('rem_neq', { runs: 40, universes: 4 })[0]?.atRandom).toEqual({ runs: 480, met: 201 })
    // This one depends on which blocks a universe has.
    expect(rowsOf('FCR_trans_eq2', { runs: 40, universes: 4 })[0]?.atRandom).toEqual({ runs: 480, met: 342 })
  })

  test('by default has those of four universes with forty runs, of the seed 2018', () => {
    const [byDefault] = ledger({ inputs: 1, name: 'rem_neq' })
    expect(byDefault?.atRandom).toEqual({ runs: 480, met: 201 })
    expect(byDefault?.refutes).toEqual([])
  })

  test('another seed gives other inputs, from the first universe on', () => {
    const met = (seed: number) => rowsOf('rem_neq', { runs: 40, seed })[0]?.atRandom.met
    expect(met(3)).toBe(met(3))
    expect(new Set([1, 2, 3, 4, 5].map(met)).size).toBeGreaterThan(2)
  })

  test('has the largest size at which no blockchain has more inputs than are allowed', () => {
    const size = (inputs: number) => rowsOf('FCR_nrefl', { inputs })[0]?.onAll?.size
    expect([4, 5, 8, 9, 18, 19].map(size)).toEqual([
      undefined,
      { universe: 0, lists: 1 },
      { universe: 0, lists: 1 },
      { universe: 1, lists: 1 },
      { universe: 1, lists: 1 },
      { universe: 2, lists: 1 }
    ])
  })

  test('has no size where none of the inputs meets the premises', () => {
    // It has 12 inputs on each of the two blockchains.
    expect(rowsOf('btExtend_within_helper', { inputs: 12 })[0]?.onAll).toBeUndefined()
  })

  test('has the mutants that the lemma refutes, if they were asked for', () => {
    const found = { mutant: 'length-only', inputs: 'A = [0←0], B = [1←0]' }
    expect(rowsOf('FCR_rel', { mutants: true })[0]?.refutes).toEqual([found])
    expect(rowsOf('FCR_rel')[0]?.refutes).toEqual([])
  })
})

/** Words for lists of numbers. */
const words = vocabulary('lists of numbers')
const isEmpty = words.predicate('isEmpty', [words.sort<ReadonlyArray<number>>('List')], (l) => l.length === 0)

describe('a lemma that is wrong', () => {
  type List<N> = Named<ReadonlyArray<number>, N>
  const lists = listed([[], [7]])
  const made = chapter('a test').lemma(
    'wrong',
    'l = []',
    'Every list is empty.'
  )(() => forall('l', lists).state(<l>(l: List<l>) => given().infer(isEmpty(l))))
  const wrong = lemmaOf(made({ vocabulary: words }))
  const [ground] = grounds
  const size = sizes.at(-1)

  test('is refuted, by the first inputs of all that do so, or else by some at random', () => {
    if (wrong === undefined || ground === undefined || size === undefined) throw new Error('nothing to run')
    const row = (inputs: number) =>
      rowOf(wrong, 0, [{ ground, atRandom: [[wrong]], within: [[size, [wrong]]] }], {
        runs: 20,
        seed: 1,
        inputs
      })
    expect(row(2).refuted).toEqual({ ground: 'tiny work', inputs: 'l = [7]', replay: 'number 2 of all terms' })
    expect(row(1).refuted).toMatchObject({ ground: 'tiny work', inputs: 'l = [7]' })
    expect(row(1).refuted?.replay).toMatch(/^seed 1, path/)
  })
})

describe('a lemma whose premise is met on one blockchain alone', () => {
  type List<N> = Named<ReadonlyArray<number>, N>
  const about = (...lists: ReadonlyArray<ReadonlyArray<number>>) =>
    lemmaOf(
      chapter('a test').lemma(
        'empty',
        'l = [] ⇒ l = []',
        'Of empty lists.'
      )(() => forall('l', listed(lists)).state(<l>(l: List<l>) => given(isEmpty(l)).infer(isEmpty(l))))({
        vocabulary: vocabulary('some lists', words)
      })
    )
  const [met, unmet] = [about([], [7]), about([7])]
  const [ground] = grounds
  const size = sizes.at(-1)

  test('has a size; if it is met on none, it has none', () => {
    if (!met || !unmet || ground === undefined || size === undefined) throw new Error('nothing to run')
    const on = (lemma: Lemma) => ({ ground, atRandom: [], within: [[size, [lemma]] as const] })
    const options = { runs: 1, seed: 1, inputs: 10 }
    expect(rowOf(met, 0, [on(met), on(unmet)], options).onAll).toEqual({ size, inputs: 3, met: 1 })
    expect(rowOf(met, 0, [on(unmet), on(unmet)], options).onAll).toBeUndefined()
  })
})

describe('a premise that is left out', () => {
  test('is needed if inputs refute the lemma without it: the first of all, which are small', () => {
    expect(needAt(named('rem_neq'), 0)).toEqual({
      premise: '¬(x = y)',
      refuted: { ground: 'tiny work', inputs: 'x = 0←0, y = 0←0, l = [0←0]', replay: 'number 2 of all terms' },
      inputs: 2
    })
    expect(needAt(named('btExtend_chain_grows'), 0)).toEqual({
      premise: 'valid(btExtend(bt, a))',
      refuted: {
        ground: 'tiny work',
        inputs: 'bt = {1: 1←0}, a = 1←1, b = 1←0',
        replay: 'number 26 of all terms'
      },
      inputs: 26
    })
  })

  test('is needed if inputs at random do, where there are too many to list', () => {
    expect(needAt(named('procMsg_peers_uniq'), 0)).toEqual({
      premise: 'uniq(peers(st))',
      refuted: {
        ground: 'tiny work',
        inputs: 'st = {id: 0, peers: [0, 0], blockTree: {0: 0←0}, txPool: []}, from = 0, m = BlockMsg(0←0), ts = -1',
        replay: 'seed 2019, path "2:0:3:4:2:2:2:2:2"'
      },
      inputs: 3
    })
    // 400 of each of two universes do not, nor do 134 of the third.
    const { refuted, inputs } = needAt(named('rem_block'), 3)
    expect(refuted?.replay).toMatch(/^seed 2021, path "134:/)
    expect(inputs).toBe(400 + 400 + 135)
  })

  test('may be superfluous, if none of many inputs does', () => {
    // 400 at random, of four universes, on three blockchains.
    expect(needAt(named('procMsg_non_block_nc_blockTree'), 0)).toEqual({
      premise: '¬isBlockMsg(m)',
      refuted: undefined,
      inputs: 400 * 4 * 3
    })
    const { premise, refuted, inputs } = needAt(named('validH_free'), 0)
    expect([premise, refuted === undefined]).toEqual(['validH(bt)', false])
    expect(inputs).toBeGreaterThan(0)
    // Besides these, all of every size that has at most 40,000.
    expect(needAt(named('btExtend_chain_grows'), 1)).toEqual({
      premise: 'validH(bt)',
      refuted: undefined,
      inputs: 9472 + 400 * 4 * 3
    })
  })

  test('must be there', () => {
    expect(() => needAt(named('rem_neq'), 2)).toThrow(new RangeError('rem_neq has no premise 2'))
  })
})

describe('the count', () => {
  const onAll = { size: { universe: 0, lists: 1 }, inputs: 1, met: 1 }
  const row = (name: string, kind: Kind, grade: Row['grade'], more: Partial<Row> = {}): Row => ({
    lemma: named(name, kind),
    grade,
    restsOn: { laws: new Set(), stated: new Set(), assumed: new Set() },
    atRandom: { runs: 1, met: 1 },
    inputs: FEW + 1,
    refutes: [],
    ...more
  })
  const nothing = { lemmas: 0, derived: 0, exhaustive: 0, random: 0, assumed: 0, derivedOrExhaustive: 0, trivial: 0 }

  test('of nothing is nothing', () => {
    expect(count([])).toEqual(nothing)
  })

  test('tells derived lemmas, those tested in full, and those tested at random', () => {
    expect(
      count([
        row('bc_pre_both', 'lemma', 'derived', { onAll }),
        row('bc_fork_neq', 'lemma', 'derived'),
        row('bc_pre_refl', 'lemma', 'tested', { onAll }),
        row('bc_pre_trans', 'lemma', 'tested', { onAll }),
        row('rem_neq', 'lemma', 'tested'),
        row('rem_elem', 'lemma', 'tested'),
        row('in_seq_neq', 'lemma', 'tested')
      ])
    ).toEqual({ ...nothing, lemmas: 7, derived: 2, exhaustive: 2, random: 3, derivedOrExhaustive: 4 })
  })

  test('has the laws apart, and leaves out stronger lemmas and facts', () => {
    expect(
      count([
        row('FCR_rel', 'law', 'assumed', { onAll }),
        row('btExtendH_fold', 'stronger', 'derived', { onAll }),
        row('in_nil', 'fact', 'tested', { onAll })
      ])
    ).toEqual({ ...nothing, assumed: 1, derivedOrExhaustive: 0 })
  })

  test('says how many lemmas are trivial, by their remarks', () => {
    const remarked = (remark: string | undefined) => {
      const { lemma, ...rest } = row('rem_neq', 'lemma', 'tested')
      return { ...rest, lemma: { ...lemma, ...(remark === undefined ? {} : { remark }) } }
    }
    const remarks = ['Trivial: by computing.', 'Trivial: for any property.', 'Not at all Trivial.', undefined]
    expect(count(remarks.map(remarked))).toEqual({ ...nothing, lemmas: 4, random: 4, trivial: 2 })
  })
})
