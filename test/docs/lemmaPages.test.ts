/**
 * The pages of lemmas and systems, and the names in tables that lead to them.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deferredSearchPlugin } from '../../scripts/docs/deferredSearch.js'
import { lazyCatalogue, writtenIn } from '../../scripts/docs/lazyCatalogue.js'
import { lemmaAddress, lemmaPath } from '../../scripts/docs/lemmaNames.js'
import { lemmaPages } from '../../scripts/docs/lemmaPages.js'
import { coqIndex, read, ROOT } from '../../scripts/docs/pages.js'
import { catalogue, nameOf } from '../../invariants/systems/index.js'

describe('the pages of lemmas', () => {
  const pages = lemmaPages()
  const pageOf = (name: string): string => pages.find(({ params }) => params.name === lemmaPath(name))?.content ?? ''

  test('each has an address of its own, and every lemma of the Coq development has one', () => {
    const paths = pages.map(({ params }) => params.name)
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths.filter((path) => !/^[\w-]+$/.test(path))).toEqual([])
    const stated = coqIndex().entries.flatMap(({ kind, name }) => (kind === 'Lemma' ? [name] : []))
    expect(stated.filter((name) => lemmaAddress(name) === undefined)).toEqual([])
    expect(lemmaAddress('no_such_lemma')).toBeUndefined()
  })

  test('each has its row of the ledger, its source, and how it is known', () => {
    const without = (text: string): ReadonlyArray<string> =>
      pages.flatMap(({ params, content }) => (content.includes(text) ? [] : [params.name]))
    expect(without('\n## In the ledger\n')).toEqual([])
    expect(without('\n## How it is known\n')).toEqual([])
    expect(without('\n⊢ ')).toEqual([])
  })

  test('that of the agreement of a clique says what it rests on, with links', () => {
    const page = pageOf('clique_eventual_consensus')
    expect(page).toContain('When nothing is on its way to anyone, all nodes have one chain, and it is the largest.')
    expect(page).toContain('#L57): `Lemma clique_eventual_consensus`')
    expect(page).toContain('derived, from [`clique_inv_canonical`](/lemmas/clique_inv_canonical)')
    expect(page).toContain('(/source/invariants/blockchain/lemmas/clique/consensus#L')
    expect(pageOf('common_largest')).toContain('[`clique_eventual_consensus`](/lemmas/clique_eventual_consensus)')
  })

  test('one that has a stronger one of the same name tells both apart', () => {
    const page = pageOf('btExtendH')
    expect(page.indexOf('V(t) ∧ H(t) ⇒ H(t⊕b)')).toBeLessThan(page.indexOf('## How it is known (stronger)'))
    expect(page).toContain('derived, from [`btExtendH (stronger)`](/lemmas/btExtendH)')
  })
})

test('what only searches need is not loaded with a model by pages, but passed on to once it is there', () => {
  const { resolveId, load } = deferredSearchPlugin()
  const by = (file: string): string => join(ROOT, 'invariants/checker', file)
  const deferred = [
    ['network/networkModel.ts', './compact.js', 'internNetwork'],
    ['network/networkModel.ts', './symmetry.js', 'symmetryObjection'],
    ['components/componentModel.ts', './compact.js', 'internComponents']
  ] as const
  for (const [importer, module, name] of deferred) {
    expect(read(`invariants/checker/${importer}`)).toMatch(new RegExp(`import [{] ${name} [}] from '${module}'`))
    const source = load(resolveId(module, by(importer)) ?? '')
    expect(source).toContain(`export const ${name} = (...given) => there.${name}(...given)`)
    expect(resolveId(module, by('network/tables.ts'))).toBeUndefined()
  }
  const loading = load(resolveId('virtual:searching') ?? '') ?? ''
  expect(loading.match(/^import /gm)).toHaveLength(deferred.length)
})

describe('the catalogue for pages', () => {
  test('loads each system by its name', () => {
    const source = lazyCatalogue()
    for (const name of catalogue.map(nameOf)) expect(source).toContain(`"${name}": () => import(`)
    expect(source.match(/import\(/g)).toHaveLength(catalogue.length)
  })

  test('is made from the list as it is written', () => {
    const text = [
      "import { a, other } from './a.js'",
      "import { anySystem } from './system.js'",
      "import { b } from '../b.js'",
      'const unrelated = [other]',
      'export const catalogue = [anySystem(b), a]'
    ].join('\n')
    expect(writtenIn(text)).toEqual([
      { expression: 'anySystem(b)', imported: 'b', module: '../b.js' },
      { expression: 'a', imported: 'a', module: './a.js' }
    ])
    expect(writtenIn('export const catalogue = [a]')).toEqual([{ expression: 'a', imported: '', module: '' }])
  })
})
