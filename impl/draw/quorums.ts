/**
 * Two quorums of N nodes, and where they meet: nodes in a row, a bar above for the first quorum, a dashed one below for the
 * second. A node in both has a thick rim; one that lies is dashed, with ✗ under its number.
 */
import { element, label, LINE, linesFrom, SIDE, svg, TELEPHONE, TOP } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** Nodes 0, 1, …, by their numbers. */
export interface QuorumsPicture {
  readonly title: string
  readonly nodes: number
  readonly first: ReadonlyArray<number>
  readonly second: ReadonlyArray<number>
  readonly liars: ReadonlyArray<number>
  /** What there is to say of it, in lines. */
  readonly notes: ReadonlyArray<string>
}

/** Measures, in pixels. */
const MOST_BETWEEN = 44
const LEAST_BETWEEN = 25

/** A bar along some nodes, with a tick at each. */
const barOf = (
  of: ReadonlyArray<number>,
  x: (node: number) => number,
  y: number,
  tick: number,
  kind: string
): ReadonlyArray<string> => {
  if (of.length === 0) return []
  const xs = of.map(x)
  return [
    element('path', {
      class: kind,
      d: [
        `M ${String(Math.min(...xs))} ${String(y)} L ${String(Math.max(...xs))} ${String(y)}`,
        ...xs.map((at) => `M ${String(at)} ${String(y)} l 0 ${String(tick)}`)
      ].join(' ')
    })
  ]
}

const listed = (nodes: ReadonlyArray<number>): string => (nodes.length === 0 ? 'none' : nodes.join(', '))

/** Two quorums as SVG. */
export const drawQuorums = (picture: QuorumsPicture, options: DrawingOptions = {}): string => {
  const { title, nodes, first, second, liars, notes } = picture
  const least = options.width ?? TELEPHONE
  const between = Math.min(
    MOST_BETWEEN,
    Math.max(LEAST_BETWEEN, Math.floor((least - 2 * SIDE - 24) / Math.max(1, nodes - 1)))
  )
  const width = Math.max(least, (nodes - 1) * between + 2 * SIDE + 24)
  const titled = linesFrom([SIDE, width - SIDE], TOP, [title], 'title')
  const left = Math.round((width - (nodes - 1) * between) / 2)
  const x = (node: number): number => left + node * between
  const y = titled.end + 42
  const r = Math.min(14, between / 2 - 3)
  const both = first.filter((node) => second.includes(node))
  const all = Array.from({ length: nodes }, (_, node) => node)
  const key = [
    'bar above: the first quorum; dashed bar below: the second; thick rim: in both',
    ...(liars.length > 0 ? ['dashed, with ✗: it may lie'] : [])
  ]
  const texts = linesFrom([SIDE, width - SIDE], y + 64, notes)
  const explained = linesFrom([SIDE, width - SIDE], texts.end + 4, options.key === false ? [] : key, 'small quiet')
  return svg(
    {
      title,
      says: [
        `${title}.`,
        `Nodes: ${String(nodes)}.`,
        `First quorum: ${listed(first)}.`,
        `Second quorum: ${listed(second)}.`,
        `In both: ${listed(both)}.`,
        `May lie: ${listed(liars)}.`,
        ...notes
      ].join(' '),
      width,
      height: Math.max(explained.end, y + 64) - LINE + 8,
      body: [
        ...titled.drawn,
        ...barOf(first, x, y - 30, 12, 'first'),
        ...barOf(second, x, y + 42, -12, 'second'),
        ...all.flatMap((node) => {
          const lies = liars.includes(node)
          return [
            element('circle', {
              class: `box${both.includes(node) ? ' chosen' : ''}${lies ? ' bad' : ''}`,
              cx: x(node),
              cy: y,
              r
            }),
            label(x(node), y + 4, String(node), `name small${lies ? ' wrong' : ''}`),
            ...(lies ? [label(x(node), y + r + 13, '✗', 'name small wrong')] : [])
          ]
        }),
        ...texts.drawn,
        ...explained.drawn
      ]
    },
    options
  )
}
