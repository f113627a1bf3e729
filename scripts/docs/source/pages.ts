/**
 * The pages of the site that show files, and the index of them all.
 */
import { extname, posix } from 'node:path'
import { codeInCell, inCell, tableRow } from '../markdown.js'
import { read } from '../pages.js'
import { ordered, questionOf } from '../rooms.js'
import { addressOfFile, pathOfSource, shownFiles, sourceText } from '../site.js'
import { firstSentence } from '../tags.js'

/** Where the index of all shown files is. */
export const INDEX = '/source/'

/** The folder of a file; the root of the project is `.`. */
const folderOf = (file: string): string => posix.dirname(file)

/** The anchor of a folder in the index. */
const anchorOf = (folder: string): string => (folder === '.' ? 'root' : folder.replaceAll('/', '-'))

/** Files by their folders. */
const byFolder = (files: ReadonlyArray<string>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const found = new Map<string, string[]>()
  for (const file of files) found.set(folderOf(file), [...(found.get(folderOf(file)) ?? []), file])
  return found
}

/** The files before and after a file in its folder. */
export const neighbours = (
  file: string,
  files: ReadonlyArray<string> = shownFiles
): { readonly before: string | undefined; readonly after: string | undefined } => {
  const siblings = byFolder(files).get(folderOf(file)) ?? []
  const i = siblings.indexOf(file)
  return { before: siblings[i - 1], after: i < 0 ? undefined : siblings[i + 1] }
}

/** What the footer of a page leads to, as VitePress has it in the front matter. */
export const footerOf = (file: string): Readonly<Record<'prev' | 'next', unknown>> => {
  const link = (to: string | undefined): unknown =>
    to === undefined ? false : { text: posix.basename(to), link: addressOfFile(to) }
  const { before, after } = neighbours(file)
  return { prev: link(before), next: link(after) }
}

/** The way from the index to a file, as Markdown; every folder that has shown files is a link. */
export const breadcrumbs = (file: string, files: ReadonlyArray<string> = shownFiles): string => {
  const folders = byFolder(files)
  const parts = file.split('/')
  const links = parts.slice(0, -1).map((part, i) => {
    const folder = parts.slice(0, i + 1).join('/')
    return folders.has(folder) ? `[${part}](${INDEX}#${anchorOf(folder)})` : part
  })
  const all = [`[Source files](${INDEX})`, ...links, parts.at(-1) ?? '']
  return `<nav class="breadcrumbs" aria-label="Breadcrumbs">\n\n${all.join(' / ')}\n\n</nav>`
}

/** What a file is for: the first sentence of the comment that it opens with; empty where it has none. */
export const purposeOf = (text: string): string =>
  firstSentence(/^(?:#!.*\n)?(\/\*\*[^]*?\*\/)/.exec(text)?.[1] ?? '/** */')

/** Text for a page that Vue compiles: no sign of it is one of HTML. */
const asProse = (text: string): string => inCell(text).replace(/`[^`]*`|</g, (sign) => (sign === '<' ? '&lt;' : sign))

/** What a file says that it is for: a page of text by its first paragraph. */
const aboutFile = (file: string, text: string): string => {
  if (file.endsWith('.md')) return /^# (.*)$/m.exec(text)?.[1] ?? ''
  return purposeOf(text)
}

/** The index: a table for each folder, with the question that it answers. */
export const indexOf = (files: ReadonlyArray<string>, text: (file: string) => string | undefined): string => {
  const folders = byFolder(files)
  const tops = new Set(files.flatMap((file) => (file.includes('/') ? file.split('/').slice(0, 1) : [])))
  const section = (folder: string, depth: number): ReadonlyArray<string> => {
    const title = folder === '.' ? 'The root of the project' : folder
    const head = questionOf({ folder, head: text(`${folder}/README.md`) })
    const rows = (folders.get(folder) ?? []).map((file) =>
      tableRow([
        `[${codeInCell(posix.basename(file))}](${INDEX}${pathOfSource(file)})`,
        asProse(aboutFile(file, text(file) ?? ''))
      ])
    )
    return [
      `${'#'.repeat(depth)} ${title} {#${anchorOf(folder)}}`,
      '',
      ...(head === undefined ? [] : [head, '']),
      ...(rows.length === 0 ? [] : [tableRow(['file', 'what it is for']), tableRow(['---', '---']), ...rows, ''])
    ]
  }
  const below = (top: string): ReadonlyArray<string> => [...folders.keys()].filter((one) => one.startsWith(`${top}/`))
  return [
    '# Source files',
    '',
    'All sources, and every other file that a page links to, by their folders. In the code, names lead to where they are declared; a search finds a definition by its name.',
    '',
    ...ordered([...tops]).flatMap((top) => [
      ...section(top, 2),
      ...ordered(below(top)).flatMap((one) => section(one, 3))
    ]),
    ...(folders.has('.') ? section('.', 2) : [])
  ].join('\n')
}

/** A page that shows a file: a text as it reads, any other file as code, which the module `virtual:source-code/…` has. */
const pageOf = (file: string): string =>
  file.endsWith('.md')
    ? `${breadcrumbs(file)}\n\n${sourceText(file)}`
    : [
        breadcrumbs(file),
        `# ${file}`,
        ...(extname(file) === '.ts' ? ['In the code, names lead to where they are declared.'] : []),
        '<Code />',
        `<script setup>\nimport Code from 'virtual:source-code/${file}'\n</script>`,
        ''
      ].join('\n\n')

/** The pages, for VitePress. */
export const sourcePages = (): ReadonlyArray<{
  readonly params: { readonly path: string }
  readonly content: string
}> => [
  { params: { path: 'index' }, content: indexOf(shownFiles, read) },
  ...shownFiles.map((file) => ({ params: { path: pathOfSource(file) }, content: pageOf(file) }))
]
