/**
 * What all pictures are made of: elements, texts that are broken into lines, and a document.
 *
 * A picture is a document of its own, with its style in it, or part of a page: then the style is the page's (`pageStyle`),
 * which many pictures share, and its identifiers begin with a prefix, so that no two pictures have the same.
 */
import { placeName } from '../../invariants/systems/picture.js'
import type { Place } from '../../invariants/systems/picture.js'
import { wrapped } from '../../invariants/words.js'
import { documentStyle, DRAWING } from './style.js'

/** Text as XML has it. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

type Attributes = Readonly<Record<string, string | number>>

/** An element; what stands in it is XML already. */
export const element = (name: string, attributes: Attributes, ...inside: ReadonlyArray<string>): string => {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
  return inside.length === 0 ? `<${name}${head.join('')}/>` : `<${name}${head.join('')}>${inside.join('')}</${name}>`
}

/** An element with a text in it. */
export const textElement = (name: string, attributes: Attributes, text: string): string =>
  element(name, attributes, escaped(text))

/** A text at a place, in pixels from the left and from the top to its base line. */
export const label = (x: number, y: number, text: string, kind = ''): string =>
  textElement('text', { x, y, ...(kind === '' ? {} : { class: kind }) }, text)

/** How wide a letter of 12 pixels is, in pixels: which font there is nobody knows, so that this is a wide one. */
const LETTER = 7

/** How wide a text is, in pixels. */
export const widthOf = (text: string): number => text.length * LETTER

/** A text in lines that are at most so many pixels wide; words that are longer are broken. */
export const linesWithin = (text: string, width: number): ReadonlyArray<string> => {
  const most = Math.max(1, Math.floor(width / LETTER))
  const broken = text.split(' ').map((word) => (word.match(new RegExp(`.{1,${String(most)}}`, 'gu')) ?? ['']).join(' '))
  return wrapped(broken.join(' '), most)
}

/** Where a picture is to stand. */
export interface DrawingOptions {
  /**
   * It is part of a page that has `pageStyle`: what its identifiers begin with, which no other picture on the page has.
   * Default: it is a document of its own.
   */
  readonly inPage?: string
  /** How wide it is at least, in pixels. Default: as wide as a telephone. */
  readonly width?: number
  /** Whether it says what its signs mean. Default: it does. */
  readonly key?: boolean
}

/** As wide as a telephone leaves room for, in pixels. */
export const TELEPHONE = 342

/** What a picture leaves free on its left and on its right, in pixels. */
export const SIDE = 10

/** The base line of the first text of a picture, in pixels from its top. */
export const TOP = 18

/** The identifier of something in a picture. */
export const idIn = ({ inPage }: DrawingOptions, name: string): string =>
  inPage === undefined ? name : `${inPage}-${name}`

/** The head of an arrow, at the end of a path. */
export const headed = (options: DrawingOptions, kind: string): { readonly 'marker-end': string } => ({
  'marker-end': `url(#${idIn(options, kind)})`
})

/** The head of an arrow. */
const head = (options: DrawingOptions, kind: string, at: number): string =>
  element(
    'marker',
    {
      id: idIn(options, kind),
      viewBox: '0 0 10 10',
      refX: at,
      refY: 5,
      markerWidth: 8,
      markerHeight: 8,
      orient: 'auto'
    },
    element('path', { class: `${kind}Head`, d: 'M 1 1 L 9 5 L 1 9 z' })
  )

/** The heads of arrows, by what arrows are: those of honest nodes are full, those of liars hollow, those that are lost a cross. */
const heads = (options: DrawingOptions): string =>
  element(
    'defs',
    {},
    head(options, 'message', 13),
    head(options, 'lie', 13),
    head(options, 'flying', 9),
    element(
      'marker',
      { id: idIn(options, 'lost'), viewBox: '0 0 10 10', refX: 5, refY: 5, markerWidth: 9, markerHeight: 9 },
      element('path', { class: 'fails', d: 'M 1 1 L 9 9 M 9 1 L 1 9' })
    )
  )

/** A picture, its measures in pixels. */
export interface Picture {
  readonly title: string
  /** What there is to see, for those who do not see it. */
  readonly says: string
  readonly width: number
  readonly height: number
  /** Elements. */
  readonly body: ReadonlyArray<string>
}

/** A picture as an SVG document, or as an element of a page. */
export const svg = ({ title, says, width, height, body }: Picture, options: DrawingOptions = {}): string =>
  `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      ...(options.inPage === undefined
        ? {}
        : { class: DRAWING, 'aria-labelledby': `${idIn(options, 'title')} ${idIn(options, 'desc')}` }),
      width,
      height,
      viewBox: `0 0 ${String(width)} ${String(height)}`,
      role: 'img'
    },
    ...[
      textElement('title', options.inPage === undefined ? {} : { id: idIn(options, 'title') }, title),
      textElement('desc', options.inPage === undefined ? {} : { id: idIn(options, 'desc') }, says),
      ...(options.inPage === undefined ? [element('style', {}, documentStyle)] : []),
      heads(options),
      element('rect', { class: 'paper', width: '100%', height: '100%' }),
      ...body
    ].map((one) => `\n${one}`),
    '\n'
  )}\n`

/** Things that belong together, and where a step can be taken at them: `data-place` has the name of the place. */
export const placed = (place: Place, ...inside: ReadonlyArray<string>): string =>
  element('g', { 'data-place': placeName(place) }, ...inside)

/** Texts below one another, from a height on; each is broken into lines. */
export interface Lines {
  readonly drawn: ReadonlyArray<string>
  /** The height of the line that would follow. */
  readonly end: number
}

/** The height of a line of text, in pixels. */
export const LINE = 16

/** Texts in lines between two edges, the first at a height. */
export const linesFrom = (
  [left, right]: readonly [left: number, right: number],
  top: number,
  texts: ReadonlyArray<string>,
  kind = ''
): Lines => {
  const lines = texts.flatMap((text) => linesWithin(text, right - left))
  return {
    drawn: lines.map((text, i) => label(left, top + i * LINE, text, kind)),
    end: top + lines.length * LINE
  }
}
