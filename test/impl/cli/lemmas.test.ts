import { describe, expect, test } from 'vitest'
import { blockforest } from '../../support/command.js'
import { deep } from '../../support/deep.js'

/** Few inputs: what a run comes to is the business of other tests. */
const few = ['--runs', '2', '--universes', '1', '--inputs', '50']

interface Shown {
  readonly name: string
  readonly file: string
  readonly kind: string
  readonly grade: string
  readonly premises: ReadonlyArray<string>
  readonly conclusion: string
  readonly restsOn: { readonly laws: ReadonlyArray<string>; readonly tested: ReadonlyArray<string> }
  readonly atRandom: { readonly runs: number; readonly met: number }
  readonly refutes: ReadonlyArray<{ readonly mutant: string; readonly inputs: string }>
}

const rowsOf = (out: string) => JSON.parse(out) as ReadonlyArray<Shown>

describe.concurrent('blockforest lemmas', { timeout: 5 * 60_000 }, () => {
  test('lists each lemma and law of the Coq development and each statement on quorums, and counts them', async () => {
    const { out, err, exitCode } = await blockforest('lemmas', ...few)
    const lines = out.trimEnd().split('\n')
    expect([err, exitCode]).toEqual(['', 0])
    expect(lines[0]).toMatch(/^lemma +file +grade +rests on +runs +met % +all up to +of them +met +statement$/)
    expect(lines.slice(2, -4)).toHaveLength(263 + 8 + 12)
    expect(lines[2]).toMatch(/^txValid_nil +Structures\/Parameters\.v +assumed /)
    expect(out).toMatch(/^btExtend_comm +Structures\/Forests\.v +derived +1 tested .*V\(t⊕a⊕b\) ⇒ t⊕a⊕b = t⊕b⊕a$/m)
    expect(lines.at(-4)).toMatch(/^263 lemmas of the Coq development: 151 derived, \d+ tested on all inputs/)
    expect(lines.at(-3)).toMatch(
      /^12 statements on quorums, tested on all sets of nodes up to a size: 11 derived, from \d+ facts on numbers and sets that are tested$/
    )
    expect(out).toMatch(/^Q2 +quorums +derived +\d+ tested .* 7 nodes +512 +288 /m)
  })

  test('--all has the stronger lemmas and the facts too', async () => {
    const { out } = await blockforest('lemmas', '--all', '--json', ...few)
    const kinds = rowsOf(out).map(({ kind }) => kind)
    expect([...new Set(kinds)].toSorted()).toEqual(['beyond', 'fact', 'law', 'lemma', 'other', 'stronger'])
    expect(kinds.filter((kind) => kind === 'lemma')).toHaveLength(263)
  })

  test('NAME shows a lemma: informally, formally, how it is known, its premises, its derivation', async () => {
    const { out, err, exitCode } = await blockforest('lemmas', 'compute_chain_hash_chain', ...few)
    const lines = out.split('\n')
    expect([err, exitCode, lines[0]]).toEqual(['', 0, 'compute_chain_hash_chain  (Structures/Forests.v)'])
    expect(lines).toContain('informally  Each block of a chain links to the one before it.')
    expect(lines).toContain('formally    V(t) ∧ H(t) ⇒ hash_chain(chain(t, b))')
    expect(lines).toContain('written     valid(bt), validH(bt) ⊢ hash_chain(compute_chain(bt, b))')
    expect(lines).toContain('known       derived')
    expect(lines).toContain('  valid(bt): not needed, the derivation does not use it')
    expect(out).toMatch(/^ {2}validH\(bt\): needed\. Without it, refuted by bt = \{.*\}, b = \S+ \(tiny work\)$/m)
    expect(out).toMatch(
      /^derivation\n {2}hash_chain\(compute_chain\(bt, b\)\) {3}by compute_chain_hash_chain \(stronger\)/m
    )
    expect(lines).toContain('compute_chain_hash_chain  (Structures/Forests.v, stronger)')
  })

  test('NAME shows a statement on quorums, and the premise that it needs', async () => {
    const { out, err, exitCode } = await blockforest('lemmas', 'Q7', ...few)
    const lines = out.split('\n')
    expect([err, exitCode, lines[0]]).toEqual(['', 0, 'Q7  (quorums)'])
    expect(lines).toContain('known       derived')
    expect(lines.at(-2)).toMatch(/^ {2}and [\d ]+ lines more: blockforest proofs --export FILE writes every step$/)
    expect(lines).toContain('  some(n): needed. Without it, refuted by n = 0 (numbers of nodes)')
  })

  test('NAME shows the mutants that a lemma refutes, with the smallest inputs', async () => {
    const { out } = await blockforest('lemmas', 'btExtend_comm', '--json', ...few)
    const [lemma] = rowsOf(out)
    expect(lemma).toMatchObject({ kind: 'lemma', grade: 'derived', premises: ['valid(btExtend(btExtend(bt, a), b))'] })
    expect(lemma?.refutes.map(({ mutant }) => mutant)).toEqual(['first-stays', 'last-stays'])
  })

  test('a law is assumed, and says so', async () => {
    const { out, exitCode } = await blockforest('lemmas', 'FCR_trans', ...few)
    expect(exitCode).toBe(0)
    expect(out).toContain('known       assumed: a law of the parameters')
  })

  test('the same seed gives the same rows', async () => {
    // Of all lemmas it is tested in a deep run; that the page docs/lemmas.md comes out the same says it of one seed each time.
    const asked = deep ? few : ['btExtend_comm', '--runs', '50', '--inputs', '50']
    const [a, b, c] = await Promise.all(
      ['1', '1', '2'].map((seed) => blockforest('lemmas', '--json', '--seed', seed, ...asked))
    )
    expect([a?.exitCode, a?.err]).toEqual([0, ''])
    expect(a?.out).toBe(b?.out)
    expect(a?.out).not.toBe(c?.out)
  })

  test('a name that is none is refused, with the nearest ones', async () => {
    expect(await blockforest('lemmas', 'btextendcomm')).toEqual({
      out: '',
      err: 'blockforest: there is no lemma btextendcomm; the nearest names are btExtend_comm, btExtendV_comm, btExtend_dom\n',
      exitCode: 2
    })
  })

  test('options that are no numbers are refused', async () => {
    const { err, exitCode } = await blockforest('lemmas', '--runs', 'many')
    expect([exitCode, err.split('\n')[0]]).toEqual([
      2,
      "error: option '--runs <n>' argument 'many' is invalid. expected a natural number."
    ])
  })
})
