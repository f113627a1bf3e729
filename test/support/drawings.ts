/**
 * A drawing as its structure: parsed as a browser would, its faults found, its elements in a line each.
 */
import { defaultTreeAdapter, parse } from 'parse5'
import type { DefaultTreeAdapterTypes } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element

const attribute = (of: Element, name: string): string | undefined => of.attrs.find((one) => one.name === name)?.value

const textIn = (of: Element): string =>
  of.childNodes.map((child) => (defaultTreeAdapter.isTextNode(child) ? child.value : '')).join('')

/** What is drawn where, in a few words; where a path goes, it says itself. */
const described = (of: Element): string => {
  const at = (...names: ReadonlyArray<string>): string => names.map((name) => attribute(of, name) ?? '?').join(' ')
  const kind = attribute(of, 'class')
  const what = `${of.tagName}${kind === undefined ? '' : `.${kind.replaceAll(' ', '.')}`}`
  switch (of.tagName) {
    case 'text':
      return `${what} ${at('x', 'y')}: ${textIn(of)}`
    case 'rect':
      return `${what} ${at('x', 'y', 'width', 'height')}`
    case 'circle':
      return `${what} ${at('cx', 'cy', 'r')}`
    case 'path':
      return `${what} ${at('d')}${attribute(of, 'marker-end') === undefined ? '' : ` ${at('marker-end')}`}`
    case 'g':
      return `${what} ${attribute(of, 'data-place') ?? `block ${at('data-block')}`}`
    case 'title':
      return `title: ${textIn(of)}`
    default:
      return what
  }
}

/** A drawing that has been read. */
export interface Outline {
  readonly faults: ReadonlyArray<string>
  readonly title: string
  readonly says: string
  readonly width: number
  readonly height: number
  /** All identifiers in it. */
  readonly ids: ReadonlyArray<string>
  /** What is drawn on the paper: a line for each element, what stands in another one is indented. */
  readonly drawn: ReadonlyArray<string>
}

/** Reads a drawing. */
export const outlineOf = (drawing: string): Outline => {
  const faults: string[] = []
  const page = parse(`<!doctype html>${drawing}`, { onParseError: ({ code }) => faults.push(code) })
  const elementsIn = (node: DefaultTreeAdapterTypes.Node): ReadonlyArray<Element> =>
    'childNodes' in node ? node.childNodes.filter((child) => defaultTreeAdapter.isElementNode(child)) : []
  const all = (node: DefaultTreeAdapterTypes.Node): ReadonlyArray<Element> =>
    elementsIn(node).flatMap((child) => [child, ...all(child)])
  const [svg] = all(page).filter(({ tagName }) => tagName === 'svg')
  if (svg === undefined) throw new Error('there is no drawing')
  const lines = (of: Element, indent: string): ReadonlyArray<string> => [
    `${indent}${described(of)}`,
    ...elementsIn(of).flatMap((child) => lines(child, `${indent}  `))
  ]
  const parts = elementsIn(svg)
  const named = (name: string): string =>
    parts
      .filter(({ tagName }) => tagName === name)
      .map(textIn)
      .join()
  const paper = parts.findIndex((one) => attribute(one, 'class') === 'paper')
  return {
    faults,
    title: named('title'),
    says: named('desc'),
    width: Number(attribute(svg, 'width')),
    height: Number(attribute(svg, 'height')),
    ids: all(svg).flatMap((one) => attribute(one, 'id') ?? []),
    drawn: parts.slice(paper + 1).flatMap((one) => lines(one, ''))
  }
}
