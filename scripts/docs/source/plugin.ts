/**
 * The code of a file as a module for pages, `virtual:source-code/FILE`: a component whose content is there once and for all.
 * Vue need not compile it, which takes most of the time of a build where the sources are part of the pages.
 */
import { extname } from 'node:path'
import { addressOfFile, shownFiles, sourceText } from '../site.js'
import { codeBlock, coloured, linesWith } from './code.js'
import type { Piece } from './code.js'
import { definitionsIn, parsing, placeOf } from './definitions.js'
import type { Place } from './definitions.js'
import { usesIn } from './scopes.js'
import { purposeOf } from './pages.js'

const PARSED = ['.ts', '.js', '.json']
const LANGUAGES: Readonly<Record<string, string>> = { '.rs': 'rust' }

const isShown = new Set(shownFiles)

const parsed = parsing((file) => (isShown.has(file) && PARSED.includes(extname(file)) ? sourceText(file) : undefined))

const addressOfPlace = ({ file, line }: Place): string | undefined => {
  const address = addressOfFile(file)
  return address === undefined || line === undefined ? address : `${address}#L${String(line)}`
}

/** The coloured pieces of a file, with where they lead; the path of a module leads there without its quotes. */
export const withAddresses = (
  pieces: ReadonlyArray<Piece>,
  links: ReadonlyArray<{ readonly start: number; readonly end: number; readonly address: string }>
): ReadonlyArray<Piece> => {
  const at = new Map(links.map((link) => [link.start, link]))
  return pieces.flatMap((piece) => {
    const { start, end, colour } = piece
    const whole = at.get(start)
    const quoted = at.get(start + 1)
    if (whole?.end === end) return [{ ...piece, address: whole.address }]
    if (quoted?.end !== end - 1) return [piece]
    return [
      { start, end: start + 1, colour },
      { ...quoted, colour },
      { start: end - 1, end, colour }
    ]
  })
}

/** The code of a shown file, as HTML. */
export const htmlOf = (file: string): string => {
  const suffix = extname(file)
  const source = parsed(file)
  const language = LANGUAGES[suffix] ?? (source === undefined ? 'txt' : suffix.slice(1))
  // A file ends with the end of its last line.
  const text = sourceText(file).replace(/\n$/, '')
  if (source === undefined) return codeBlock(language, linesWith(text, []))
  const links = usesIn(source).flatMap(({ start, end, referent }) => {
    const place = placeOf(parsed, file, referent)
    const address = place && addressOfPlace(place)
    return address === undefined ? [] : [{ start, end, address }]
  })
  return codeBlock(language, linesWith(text, withAddresses(coloured(source), links)))
}

/** A section of a page, for the search. */
export interface Section {
  readonly anchor: string
  readonly titles: string[]
  readonly text: string
}

/**
 * What a search finds of a shown file: itself, and what it defines, by its name alone, lest the index be large. What stands in
 * one line is found together.
 */
export const sectionsOf = (file: string): Section[] => {
  const source = parsed(file)
  if (source === undefined || extname(file) !== '.ts') return []
  const lines = new Map<number, string[]>()
  for (const { name, line } of definitionsIn(source)) lines.set(line, [...(lines.get(line) ?? []), name])
  return [
    { anchor: '', titles: [file], text: purposeOf(source.text) },
    ...[...lines].map(([line, names]) => ({ anchor: `L${String(line)}`, titles: [file, names.join(', ')], text: '' }))
  ]
}

const PREFIX = 'virtual:source-code/'

const moduleOf = (file: string): string =>
  [
    "import { createStaticVNode } from 'vue'",
    `export default () => createStaticVNode(${JSON.stringify(htmlOf(file))}, 1)`,
    ''
  ].join('\n')

/** The modules, for Vite; those of a build for a browser and of one for a server are the same. */
export const sourceCodePlugin = () => {
  const made = new Map<string, string>()
  const make = (file: string): string => {
    const module = made.get(file) ?? moduleOf(file)
    made.set(file, module)
    return module
  }
  return {
    name: 'source-code',
    resolveId: (id: string): string | undefined => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load: (id: string): string | undefined =>
      id.startsWith(`\0${PREFIX}`) ? make(id.slice(PREFIX.length + 1)) : undefined
  }
}
