/**
 * The lemmas of the Coq development: all are there, none is refuted, none is vacuous, and each is known in the way that
 * the ledger says.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { foundations, namesOf, unused, used } from '../../../../invariants/proof/explain.js'
import { write } from '../../../../invariants/proof/kernel.js'
import type { Lemma } from '../../../../invariants/proof/lemma.js'
import { breathe } from '../../../../invariants/checker/model/result.js'
import { grounds } from '../../../../invariants/blockchain/lemmas/grounds.js'
import { allLemmas, count, isOfCoq, keyOf, ledger, needAt } from '../../../../invariants/blockchain/lemmas/ledger.js'
import type { AnyRow } from '../../../../invariants/systems/ledger.js'
import type { Induction } from '../../../../invariants/blockchain/lemmas/induction.js'
import { inductions } from '../../../../invariants/blockchain/lemmas/induction.js'
import { wrongDefinitions as mutants } from '../../../../invariants/blockchain/mutants.js'
import { filled, LEMMAS, lemmasPage } from '../../../../scripts/docs/lemmas.js'
import { coqIndex, read } from '../../../../scripts/docs/pages.js'
import { deep } from '../../../support/deep.js'
import { samples } from '../../../support/property.js'
import { needed } from './needed.js'
import { inWords, shapeOfLine, shapeOfStatement } from './shape.js'

const statements = coqIndex().entries.filter(
  ({ file, kind }) => kind === 'Lemma' || (kind === 'Axiom' && file === 'Structures/Parameters.v')
)

const named = (name: string, kind: Lemma['kind'] = 'lemma'): Lemma => {
  const found = allLemmas().find((lemma) => lemma.name === name && lemma.kind === kind)
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`)
  return found
}

describe('the lemmas', () => {
  test('there are 264 statements and 8 axioms in the Coq development', () => {
    expect(statements.filter(({ kind }) => kind === 'Lemma')).toHaveLength(264)
    expect(statements.filter(({ kind }) => kind === 'Axiom')).toHaveLength(8)
  })

  test('each of them has exactly one row, and no row is of anything else', () => {
    const wanted = new Set(statements.map(({ file, name }) => `${file} ${name}`))
    const rows = allLemmas().flatMap((lemma) => (isOfCoq({ lemma }) ? [`${lemma.source} ${lemma.name}`] : []))
    expect(rows.filter((row, i) => rows.indexOf(row) !== i)).toEqual([])
    expect([...wanted].filter((statement) => !rows.includes(statement))).toEqual([])
    expect(rows.filter((row) => !wanted.has(row))).toEqual([])
  })

  test('Coq states one of them twice', () => {
    const names = statements.map(({ file, name }) => `${file} ${name}`)
    expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual(['Properties/InvMisc.v b_in_blocksFor'])
  })

  test('they have the same places on every blockchain', () => {
    const keys = allLemmas().map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { atRandom } of grounds) expect(atRandom(1).map(keyOf)).toEqual(keys)
  })

  test('each has a line of mathematics and a sentence', () => {
    const lacking = allLemmas().filter(({ mathematics, says }) => mathematics === '' || !/^\S.*\.$/.test(says))
    expect(lacking.map(({ name }) => name)).toEqual([])
  })

  test('that line has as many premises, and as many parts or alternatives in the conclusion, as the statement', () => {
    const shapes = allLemmas().map((lemma) => ({
      key: keyOf(lemma),
      line: shapeOfLine(lemma.mathematics),
      statement: shapeOfStatement(write(lemma.theorem))
    }))
    const differing = shapes.filter(({ line, statement }) => line !== statement)
    expect(Object.fromEntries(differing.map(({ key, statement }) => [key, statement]))).toEqual(inWords)
  })
})

describe('what they rest on', () => {
  test('nothing is assumed but the eight laws of the parameters', () => {
    const laws = allLemmas().filter(({ theorem }) => theorem.about.law !== undefined)
    const axioms = statements.filter(({ kind }) => kind === 'Axiom').map(({ name }) => name)
    expect(laws.map(({ name }) => name)).toEqual(axioms)
    expect(laws.every(({ kind }) => kind === 'law')).toBe(true)
    const all = allLemmas().map(({ theorem }) => foundations(theorem))
    expect(all.flatMap(({ assumed }) => [...assumed])).toEqual([])
    expect(all.flatMap((f) => [...f.laws]).filter((law) => law.about.law === undefined)).toEqual([])
  })

  test('the theorem of the paper is derived from what the invariant says', () => {
    const { laws, stated } = foundations(named('clique_eventual_consensus').theorem)
    expect(namesOf(laws)).toEqual([])
    expect(namesOf(stated).toSorted()).toEqual([
      'clique_inv_canonical',
      'common_largest',
      'quiet_canonical',
      'tree_chain'
    ])
  })

  test('a lemma that uses laws of the parameters says which', () => {
    const { laws } = foundations(named('btExtend_mint').theorem)
    expect(namesOf(laws).toSorted()).toEqual(['FCR_ext', 'FCR_trans', 'VAF_init'])
  })

  test('what is not derived is in the ledger itself', () => {
    const theorems = new Set(allLemmas().map(({ theorem }) => theorem))
    const bases = allLemmas().flatMap(({ theorem }) => [...foundations(theorem).stated])
    expect(bases.length).toBeGreaterThan(500)
    expect(bases.filter((base) => !theorems.has(base))).toEqual([])
  })

  test('no two of them have one name', () => {
    const names = allLemmas().map(({ theorem }) => theorem.about.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })
})

describe('superfluous premises', () => {
  const stronger = allLemmas().filter(({ kind }) => kind === 'stronger')

  test('there are stronger lemmas', () => {
    expect(stronger.length).toBeGreaterThan(50)
  })

  test.each(stronger.map((lemma) => [lemma.name, lemma] as const))('%s spares a premise', (name, lemma) => {
    const original = allLemmas().find((l) => l.name === name && l.kind === 'lemma')
    if (original === undefined) {
      expect(lemma.remark).toMatch(/\S/)
      return
    }
    expect(write(lemma.theorem).premises.length).toBeLessThan(write(original.theorem).premises.length)
    // The original follows, if not directly from the stronger one then from what that is derived from.
    const uses = namesOf(new Set(used(original.theorem)))
    const derivedOtherwise = ['btExtend_find_fold', 'btExtend_mint_good_valid']
    expect(uses.length === 0 ? [] : uses.includes(`${name} (stronger)`) || derivedOtherwise).toSatisfy(
      (how: unknown) => how === true || (Array.isArray(how) && how.includes(name))
    )
  })

  test('adding blocks commutes, whatever the tree: no premise is needed', () => {
    for (const name of ['btExtend_comm', 'btExtend_fold_comm', 'btExtend_fold1_comm', 'btExtend_idemp'])
      expect([name, write(named(name, 'stronger').theorem).premises]).toEqual([name, []])
    // The derivation itself spares the one premise of this one.
    expect(unused(named('btExtendV_fold_comm').theorem)).toEqual([0])
  })
})

describe('needed premises', { timeout: 5 * 60_000 }, () => {
  test.each(Object.entries(needed))('%s needs %j', async (name, premises) => {
    const lemma = named(name)
    const places = write(lemma.theorem).premises
    for (const premise of premises) {
      await breathe()
      expect(places).toContain(premise)
      const { refuted } = needAt(lemma, places.indexOf(premise))
      expect([premise, refuted === undefined ? 'is not needed' : 'is needed']).toEqual([premise, 'is needed'])
    }
  })
})

describe('what they are run on', () => {
  const drawnFor = (name: string, kind?: Lemma['kind']) => samples(named(name, kind).terms.sample, 200)

  /** In which components two values differ, among random terms of a lemma. */
  const differences = (name: string): ReadonlyArray<ReadonlyArray<string>> =>
    drawnFor(name).map(([a, b]) => {
      const [these, those] = [a, b].map((x) => new Map(typeof x === 'object' ? Object.entries({ ...x }) : [['', x]]))
      const keys = [...new Set([...(these?.keys() ?? []), ...(those?.keys() ?? [])])]
      return keys.filter((key) => JSON.stringify(these?.get(key)) !== JSON.stringify(those?.get(key)))
    })

  test.each(['eq_blockP', 'eq_msg_typeP', 'eq_msgP', 'eq_pktP'])('%s: equal values, and different ones', (name) => {
    const equal = differences(name).filter((keys) => keys.length === 0).length
    expect(equal).toBeGreaterThan(20)
    expect(equal).toBeLessThan(150)
  })

  test.each(['eq_blockP', 'eq_msgP', 'eq_pktP'])('%s: some values that differ in one component alone', (name) => {
    expect(differences(name).filter((keys) => keys.length === 1).length).toBeGreaterThan(20)
    expect(differences(name).filter((keys) => keys.length > 1).length).toBeGreaterThan(20)
  })

  test('eq_blockP: in each of the components alone', () => {
    const alone = differences('eq_blockP').flatMap((keys) => (keys.length === 1 ? keys : []))
    expect(new Set(alone)).toEqual(new Set(['prevBlockHash', 'txs', 'proof']))
  })

  const lengthOf = (x: unknown): number => (Array.isArray(x) ? x.length : 0)

  test('prefixes_compare: prefixes of different lengths', () => {
    const longer = drawnFor('prefixes_compare', 'fact').map(([a, b]) => Math.sign(lengthOf(a) - lengthOf(b)))
    for (const sign of [-1, 0, 1]) expect(longer.filter((s) => s === sign).length).toBeGreaterThan(30)
  })

  test('compute_chain_notin_hash: keys are left in many', () => {
    expect(drawnFor('compute_chain_notin_hash').filter(([, , , r]) => lengthOf(r) > 0).length).toBeGreaterThan(50)
  })

  test('compute_chain_equiv: lists, and the same lists reversed', () => {
    const isReversed = ([, , r, s]: ReadonlyArray<unknown>): boolean =>
      lengthOf(r) > 3 && JSON.stringify(r) === JSON.stringify(Array.isArray(s) ? s.toReversed() : s)
    expect(drawnFor('compute_chain_equiv').filter(isReversed).length).toBeGreaterThan(10)
  })

  test.each(['rem_block', 'b_in_blocksFor'])('%s: not the first block in flight alone', (name) => {
    const places = drawnFor(name).map((terms) => {
      const blocks = terms.flatMap((x) =>
        typeof x === 'object' && x !== null && 'inFlightMsgs' in x && Array.isArray(x.inFlightMsgs)
          ? x.inFlightMsgs.map((p) => JSON.stringify(p)).filter((p) => p.includes('"_tag":"BlockMsg"'))
          : []
      )
      return blocks.findIndex((p) => terms.some((x) => JSON.stringify(x) === p))
    })
    expect(places.filter((place) => place === 0).length).toBeGreaterThan(20)
    expect(places.filter((place) => place > 0).length).toBeGreaterThan(20)
  })
})

describe('running them', { timeout: 5 * 60_000 }, () => {
  /** What the page shows, and in the deep tests what more inputs came to. */
  const shown: AnyRow[] = []
  let inductive: ReadonlyArray<Induction> = []
  const rows: AnyRow[] = []
  beforeAll(async () => {
    shown.push(...(await filled()))
    rows.push(...shown)
    if (!deep) return
    rows.length = 0
    for (const row of ledger({ runs: 250, universes: 12, inputs: 50_000 })) {
      rows.push(row)
      await breathe()
    }
  }, 60 * 60_000)

  test('none is refuted', () => {
    expect(rows.flatMap(({ lemma, refuted }) => (refuted === undefined ? [] : [[keyOf(lemma), refuted]]))).toEqual([])
  })

  test('none is vacuous: one in five of the random inputs meet the premises, or twenty of all that are listed', () => {
    const seldom = rows.filter(({ atRandom: { runs, met }, onAll }) => met < runs / 5 && (onAll?.met ?? 0) < 20)
    expect(seldom.map(({ lemma, atRandom: { runs, met } }) => [keyOf(lemma), met, runs])).toEqual([])
  })

  test('each is known in the way that the ledger says', () => {
    expect(count(shown)).toEqual({
      lemmas: 263,
      derived: 151,
      exhaustive: 105,
      random: 7,
      assumed: 8,
      derivedOrExhaustive: 256,
      trivial: 5
    })
  })

  test('every step from every small world in which the clique invariant holds keeps it', async () => {
    inductive = await inductions('short')
    expect(inductive.filter(({ kept }) => !kept)).toEqual([])
    expect(inductive).toHaveLength(5)
    expect(inductive.every(({ satisfying, steps }) => satisfying > 500 && steps > satisfying)).toBe(true)
  })

  test('every mutant is refuted by a lemma', () => {
    const caught = new Set(shown.flatMap(({ refutes }) => refutes.map(({ mutant }) => mutant)))
    expect([...caught].toSorted()).toEqual(mutants.map(({ name }) => name).toSorted())
  })

  test('docs/lemmas.md says what the ledger says', () => {
    const { page, problems } = lemmasPage(shown, inductive)
    expect(problems).toEqual([])
    expect(page === read(LEMMAS), 'run `npx tsx scripts/docs/lemmas.ts`').toBe(true)
  })
})

test.runIf(deep)(
  'every step from every world of the larger sizes in which the clique invariant holds keeps it',
  async () => {
    const results = await inductions('long')
    expect(results.filter(({ kept }) => !kept)).toEqual([])
    expect(results).toHaveLength(4)
    expect(results.every(({ satisfying, steps }) => satisfying > 500 && steps > satisfying)).toBe(true)
  },
  60 * 60_000
)
