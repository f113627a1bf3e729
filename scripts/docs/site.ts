/**
 * What the site shows, and at which address.
 *
 * Pages link to files as people read them in the repository: `../spec/blockchain/forests.ts#L40`, `../CONTRIBUTING.md`.
 * The site cannot send its readers to the repository, so it shows all sources, every file that a page links to, and what is
 * linked from there: below `/source/`, under the file's path without its suffix.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { links } from './markdown.js'

const ROOT = join(import.meta.dirname, '../..')

/** The text of a file, by its path from the root of the project. */
export const sourceText = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** The pages of the documentation. */
const pages: ReadonlyArray<string> = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)

/** The file behind a link in another file, a folder's being its README; undefined where the link leaves the project. */
const target = (from: string, link: string): { readonly file: string; readonly fragment: string } | undefined => {
  const [, path = '', fragment = ''] = /^([^#]*)(#.*)?$/.exec(link) ?? []
  if (path === '' || path.startsWith('/') || URL.canParse(path)) return undefined
  const file = posix.join(posix.dirname(from), decodeURI(path)).replace(/\/$/, '')
  const isFolder = existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isDirectory()
  return { file: isFolder ? `${file}/README.md` : file, fragment }
}

/** The folders whose sources are shown, linked to or not. */
const SOURCES = ['spec', 'invariants', 'impl', 'examples']

const sources: ReadonlyArray<string> = SOURCES.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
)

/** Whether a link is that of a picture, which a page shows by itself. */
const isPicture = (file: string): boolean => file.endsWith('.svg')

/** The files that the site shows besides its own pages. */
export const shownFiles: ReadonlyArray<string> = (() => {
  const found = new Set([...pages, ...sources])
  // What is added to a set while it is iterated over is visited too.
  for (const from of found)
    for (const link of from.endsWith('.md') ? links(sourceText(from)) : []) {
      const file = target(from, link)?.file
      if (file !== undefined && !isPicture(file) && existsSync(join(ROOT, file))) found.add(file)
    }
  return [...found].filter((file) => !pages.includes(file)).sort()
})()

/** The path of a shown file below `/source/`. */
export const pathOfSource = (file: string): string => file.replace(/\.\w+$/, '')

const fileAt: ReadonlyMap<string, string> = new Map([
  ...pages.map((file) => [file.replace(/^docs\//, ''), file] as const),
  ...shownFiles.map((file) => [`source/${pathOfSource(file)}.md`, file] as const)
])
if (fileAt.size < pages.length + shownFiles.length)
  throw new Error(
    'two files that differ only in their suffixes are linked from pages: the site has one address for both'
  )

const addressOf: ReadonlyMap<string, string> = new Map(
  [...fileAt].map(([page, file]) => [file, `/${page.replace(/(^index)?\.md$/, '')}`])
)

/** The shown file behind a page of the site (`source/CONTRIBUTING.md`); undefined for other pages. */
export const shownAt = (page: string): string | undefined => (page.startsWith('source/') ? fileAt.get(page) : undefined)

/** The address at which a file is shown; undefined where it is not. */
export const addressOfFile = (file: string): string | undefined => addressOf.get(file)

/**
 * The address on the site for a link on one of its pages (`checker.md`, `source/CONTRIBUTING.md`); undefined where the
 * link is to stay as it is. A link to a file that does not exist stays, and VitePress reports it.
 */
export const addressFor = (page: string, link: string): string | undefined => {
  const to = target(fileAt.get(page) ?? page, link)
  const address = to && addressOf.get(to.file)
  return address === undefined ? undefined : `${address}${to?.fragment ?? ''}`
}
