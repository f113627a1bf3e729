/**
 * The pages: what is generated in them is fresh, their links lead somewhere, and their lists are complete.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entryPoints, withCode } from '../../scripts/docs/inclusions.js'
import { anchors, links, slug } from '../../scripts/docs/markdown.js'
import { generated, read, ROOT, TABLES, writtenPages } from '../../scripts/docs/pages.js'

const pages = [...writtenPages(), ...TABLES]

describe('pages', () => {
  const { pages: made, problems } = generated()

  test('nothing keeps the generated parts from being made', () => {
    expect(problems).toEqual([])
  })

  test.each(made)('$file is what the sources say', ({ before, after }) => {
    expect(before === after, 'run `npm run docs:generate`').toBe(true)
  })

  test.each(pages)('the links of %s lead to files, headings and lines that exist', (file) => {
    const broken = links(read(file) ?? '').filter((link) => {
      if (/^https?:/.test(link)) return false
      const [path = '', fragment] = link.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      if (!existsSync(join(ROOT, target))) return true
      // What the explorer opens is no heading: the test of the lecture opens each.
      if (fragment === undefined || (target === 'docs/explorer.md' && fragment.startsWith('system='))) return false
      const text = readFileSync(join(ROOT, target), 'utf8')
      const [, line] = /^L(\d+)$/.exec(fragment) ?? []
      return line === undefined ? !anchors(text).includes(fragment) : Number(line) > text.split('\n').length
    })
    expect(broken).toEqual([])
  })

  test('the sidebar has every page', () => {
    const config = readFileSync(join(ROOT, 'docs/.vitepress/config.ts'), 'utf8')
    const inSidebar = [...config.matchAll(/link: '\/([^']*)'/g)].map(({ 1: page = '' }) => `docs/${page || 'index'}.md`)
    const shown = pages.filter((file) => /^docs\/[^/]*\.md$/.test(file))
    expect(shown.filter((file) => !inSidebar.includes(file))).toEqual([])
  })

  test.each(['README.md', 'docs/index.md'])('%s links to every page', (file) => {
    const linked = links(read(file) ?? '').map((link) => join(dirname(file), link.split('#')[0] ?? ''))
    const shown = pages.filter((page) => /^docs\/[^/]*\.md$/.test(page) && page !== file)
    expect(shown.filter((page) => !linked.includes(page))).toEqual([])
  })

  test('README.md and docs/index.md cite the paper and the lecture', () => {
    for (const file of ['README.md', 'docs/index.md'])
      for (const source of [
        'G. Pîrlea and I. Sergey. _Mechanising Blockchain Consensus_',
        'https://doi.org/10.1145/3167086',
        'I. Sergey. _Byzantine Fault Tolerance and Blockchains_'
      ])
        expect(read(file)).toContain(source)
  })

  test('docs/dependencies.md has every dependency and no other package', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const { dependencies, devDependencies } = manifest as Record<string, Record<string, string>>
    const listed = [...(read('docs/dependencies.md') ?? '').matchAll(/^\| `([^`]+)` *\|/gm)].map(({ 1: name }) => name)
    expect(listed.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted())
  })
})

describe('code in pages', () => {
  const points = entryPoints('pkg', {
    '.': { default: './dist/impl/index.js' },
    './spec': { default: './dist/spec/index.js' }
  })
  const files = new Map([
    ['examples/a.ts', "import { x } from '../spec/index.js'\nimport { y } from '../spec/y.js'\n"],
    ['b.ts', 'const F = () => {\n  /** One. */\n  const f = 1\n  const g = 2\n  return { f, g }\n}\n']
  ])
  const make = (page: string) => withCode(page, (file) => files.get(file), points)

  test('a file is shown with the entry points of the package', () => {
    expect(make('<!-- code: examples/a.ts -->\n\nMore.\n')).toEqual({
      page: "<!-- code: examples/a.ts -->\n```ts\nimport { x } from 'pkg/spec'\nimport { y } from '../spec/y.js'\n```\n\nMore.\n",
      problems: []
    })
  })

  test('a declaration is shown with its comment, at the margin, in the place of what was there', () => {
    expect(make('<!-- code: b.ts#F.f -->\n```ts\nold\n```\nMore.\n').page).toBe(
      '<!-- code: b.ts#F.f -->\n```ts\n/** One. */\nconst f = 1\n```\nMore.\n'
    )
  })

  test('a page that is as it should be stays as it is', () => {
    const { page } = make('<!-- code: b.ts#F.g -->\n\nMore.\n')
    expect(make(page).page).toBe(page)
  })

  test('a file or a declaration that is not there is reported', () => {
    expect(make('<!-- code: c.ts -->\n<!-- code: b.ts#F.h -->\n').problems).toEqual([
      'there is no file c.ts',
      'b.ts declares no F.h'
    ])
  })
})

describe('anchors', () => {
  test('they are those of GitHub', () => {
    expect(slug('Interning, fingerprints, and what may be missed')).toBe(
      'interning-fingerprints-and-what-may-be-missed'
    )
    expect(slug('Structures/Forests.v')).toBe('structuresforestsv')
    expect(slug('Who may import `what`')).toBe('who-may-import-what')
  })

  test('headings and links in fenced blocks do not count', () => {
    const page = '# A\n```sh\n# B\n[x](y)\n```\n`[u](v)` [w](z#q)\n'
    expect(anchors(page)).toEqual(['a'])
    expect(links(page)).toEqual(['z#q'])
  })
})
