/**
 * The pages of the documentation, as they are and as they should be.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as t from 'io-ts'
import importRules from '../../.dependency-cruiser.js'
import { CoqIndex, readJson, Reasons } from './codec.js'
import { withContracts } from './contracts.js'
import { BYTHOS, correspondence, TOYCHAIN } from './correspondence.js'
import { entryPoints, withCode } from './inclusions.js'
import { problemsOf, treeOf } from './rooms.js'
import type { Room } from './rooms.js'
import { withSystems } from './systems.js'
import type { Source } from './tags.js'

/** The root of the project. */
export const ROOT = join(import.meta.dirname, '../..')

/** A page as it is (empty where it is missing), and as its generator makes it. */
export interface Page {
  readonly file: string
  readonly before: string
  readonly after: string
}

/** The text of a file of the project; undefined where there is none. */
export const read = (file: string): string | undefined => {
  const path = join(ROOT, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** The files of a folder of the project and of all folders in it, in alphabetical order. */
const filesIn = (folder: string, suffix: string): ReadonlyArray<string> =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => file.endsWith(suffix) && !file.includes('.vitepress'))
    .sort()

/** The sources that may have `@coq` tags. */
export const sources = (): ReadonlyArray<Source> =>
  ['spec', 'invariants', 'impl'].flatMap((folder) =>
    filesIn(folder, '.ts').map((file) => ({ file, text: read(file) ?? '' }))
  )

/** The folders that have sources, and their heads. */
export const rooms = (): ReadonlyArray<Room> =>
  [...new Set(sources().map(({ file }) => dirname(file)))].map((folder) => ({
    folder,
    head: read(join(folder, 'README.md'))
  }))

/** The pages that people write. */
export const writtenPages = (): ReadonlyArray<string> =>
  ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
    .filter((file) => read(file) !== undefined)
    .concat(filesIn('docs', '.md').filter((file) => !TABLES.includes(file)))

/** The pages of the correspondence tables. */
export const CORRESPONDENCE = 'docs/correspondence.md'
export const BYTHOS_CORRESPONDENCE = 'docs/correspondence-bythos.md'
export const TABLES = [CORRESPONDENCE, BYTHOS_CORRESPONDENCE]

/** The index of the Coq development, and why some of it has no counterpart. */
export const coqIndex = (): CoqIndex => readJson(join(ROOT, 'test/data/coq-index.json'), CoqIndex)
export const reasons = (): Reasons => readJson(join(ROOT, TOYCHAIN.reasons), Reasons)
export const bythosIndex = (): CoqIndex => readJson(join(ROOT, 'test/data/bythos-index.json'), CoqIndex)
export const bythosReasons = (): Reasons => readJson(join(ROOT, BYTHOS.reasons), Reasons)

/** A page with the rules of `.dependency-cruiser.js` between the comments `import-rules` and `end`. */
const withImportRules = (page: string): string => {
  const rules = (importRules.forbidden ?? []).map(({ name, comment }) => `- \`${String(name)}\`: ${String(comment)}`)
  return page.replace(/^<!-- import-rules -->$[\s\S]*?^<!-- end -->$/m, () =>
    ['<!-- import-rules -->', '', ...rules, '', '<!-- end -->'].join('\n')
  )
}

/** A page with the tree of all rooms between the comments `tree` and `end`. */
const withTree = (page: string, tree: string): string =>
  page.replace(/^<!-- tree -->$[\s\S]*?^<!-- end -->$/m, () =>
    ['<!-- tree -->', '```text', tree, '```', '<!-- end -->'].join('\n')
  )

const Package = t.readonly(t.type({ name: t.string, exports: t.readonly(t.UnknownRecord) }), 'package.json')

/** All pages with generated parts, and what keeps them from being made. */
export const generated = (): { readonly pages: ReadonlyArray<Page>; readonly problems: ReadonlyArray<string> } => {
  const tables = [
    { file: CORRESPONDENCE, ...correspondence(coqIndex(), sources(), reasons(), TOYCHAIN) },
    { file: BYTHOS_CORRESPONDENCE, ...correspondence(bythosIndex(), sources(), bythosReasons(), BYTHOS) }
  ]
  const { name, exports } = readJson(join(ROOT, 'package.json'), Package)
  const points = entryPoints(name, exports)
  const all = rooms()
  const tree = treeOf(all)
  const written = writtenPages().map((file) => {
    const before = read(file) ?? ''
    const coded = withCode(before, read, points)
    const { page, problems } = withSystems(coded.page)
    const contracts = withContracts(page)
    return {
      file,
      before,
      after: withTree(withImportRules(contracts.page), tree),
      problems: [...coded.problems, ...problems, ...contracts.problems].map((problem) => `${file}: ${problem}`)
    }
  })
  return {
    pages: [...tables.map(({ file, page }) => ({ file, before: read(file) ?? '', after: page })), ...written],
    problems: [
      ...tables.flatMap(({ problems }) => problems),
      ...problemsOf(all),
      ...written.flatMap(({ problems }) => problems)
    ]
  }
}
