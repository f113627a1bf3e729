/**
 * What the site needs to know of the sources that it shows.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The folders whose source files the site shows. */
const SHOWN = ['spec', 'invariants', 'impl', 'examples']

/** Pages that stand beside the data that they are about. */
const BESIDE_DATA = ['test/data/README.md', 'test/vectors/VECTORS.md']

/** The files that the site shows besides its own pages, by their paths from the root of the project. */
export const sourceFiles = (): ReadonlyArray<string> =>
  SHOWN.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  )
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .concat(BESIDE_DATA)

/** The text of such a file. */
export const sourceText = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** The page of the site for a link to such a file, `../spec/index.ts#L1`; undefined for any other link. */
export const sourcePage = (url: string): string | undefined => {
  const [, file = '', fragment = ''] = /^\.\.\/([^#]*)(#.*)?$/.exec(url) ?? []
  const shown = BESIDE_DATA.includes(file) || (file.endsWith('.ts') && SHOWN.includes(file.split('/')[0] ?? ''))
  return shown ? `/source/${withoutSuffix(file)}${fragment}` : undefined
}

/** The path of a file without what stands behind the last full stop. */
export const withoutSuffix = (file: string): string => file.replace(/\.\w+$/, '')
