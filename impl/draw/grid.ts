/**
 * A grid: a row for each node, a column for each ballot or view. What is final has a thick frame and a tick; where a node is now,
 * a pointer; the row of a node that lies is dashed, and says so.
 */
import type { GridCell, GridPicture, GridRow } from '../../invariants/systems/picture.js'
import { freshSince, thingKey } from './fresh.js'
import { element, label, LINE, linesFrom, linesWithin, placed, SIDE, svg, TELEPHONE, textElement, TOP } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** Measures, in pixels. */
const NAMES = 88
const LEAST = 78
const PAD = 6

const textOf = ({ says, kind }: GridCell): string => (kind === 'done' ? `✓ ${says}` : says)

const inWords = ({ title, columns, rows, notes }: GridPicture): string =>
  [
    `${title}.`,
    ...rows.map(({ name, kind, at, cells }) => {
      const said = cells.flatMap((cell, i) => (cell.says === '' ? [] : [`${columns[i] ?? ''}: ${textOf(cell)}`]))
      return `${name}${kind === 'liar' ? ' lies' : at === undefined ? '' : `, in ${columns[at] ?? '?'}`}${said.length === 0 ? '' : `; ${said.join('; ')}`}.`
    }),
    ...notes.map((note) => `${note}.`)
  ].join(' ')

/** A row from a height on. */
const rowFrom = (
  { name, at, kind, cells }: GridRow,
  row: number,
  { top, wide, isFresh }: { readonly top: number; readonly wide: number; readonly isFresh: (key: string) => boolean }
): { readonly drawn: string; readonly end: number } => {
  const broken = cells.map((cell) => (cell.says === '' ? [] : linesWithin(textOf(cell), wide - 2 * PAD)))
  const lies = kind === 'liar'
  const named = linesWithin(`${name}${lies ? ' (lies)' : ''}`, NAMES - SIDE)
  const height = Math.max(named.length, ...broken.map((lines) => lines.length)) * LINE + 10
  const x = (column: number): number => NAMES + column * wide
  return {
    drawn: placed(
      { _tag: 'Row', at: row },
      ...named.map((line, i) => label(SIDE, top + 17 + i * LINE, line, `small${lies ? ' wrong' : ''}`)),
      ...cells.flatMap((cell, column) => {
        const isNew = isFresh(thingKey(`row ${String(row)}`)(cell, column))
        return [
          element(
            'rect',
            {
              class: `box${lies ? ' bad' : ''}${cell.kind === 'done' ? ' chosen' : cell.kind === 'empty' ? ' coming' : ''}`,
              x: x(column) + 2,
              y: top,
              width: wide - 4,
              height: height - 4,
              rx: 3
            },
            textElement('title', {}, `${name}: ${cell.says === '' ? 'nothing' : textOf(cell)}`)
          ),
          ...(isNew
            ? [
                element('rect', {
                  class: 'fresh',
                  x: x(column) - 1,
                  y: top - 3,
                  width: wide + 2,
                  height: height + 2,
                  rx: 5
                })
              ]
            : []),
          ...(broken[column] ?? []).map((line, i) =>
            label(
              x(column) + PAD,
              top + 16 + i * LINE,
              `${isNew && i === 0 ? '+' : ''}${line}`,
              `small${cell.kind === 'done' ? ' strong' : ''}`
            )
          )
        ]
      }),
      ...(at === undefined
        ? []
        : [
            element('path', {
              class: 'boundary',
              d: `M ${String(x(at) + 4)} ${String(top + height - 5)} l ${String(wide - 8)} 0`
            })
          ])
    ),
    end: top + height + 4
  }
}

/**
 * A grid as SVG.
 * @param since an earlier picture of the same grid: what is new has a second frame and a plus.
 */
export const drawGrid = (picture: GridPicture, options: DrawingOptions = {}, since?: GridPicture): string => {
  const { title, columns, rows, notes } = picture
  const least = options.width ?? TELEPHONE
  const wide = Math.max(LEAST, Math.floor((least - NAMES - SIDE) / Math.max(1, columns.length)))
  const width = Math.max(least, NAMES + columns.length * wide + SIDE)
  const titled = linesFrom([SIDE, width - SIDE], TOP, title === '' ? [] : [title], 'title')
  const drawn = columns.map((name, i) => label(NAMES + (i + 0.5) * wide, titled.end + 4, name, 'name small quiet'))
  let y = titled.end + 12
  for (const [i, row] of rows.entries()) {
    const one = rowFrom(row, i, { top: y, wide, isFresh: freshSince(since) })
    drawn.push(one.drawn)
    y = one.end
  }
  const key = rows.some(({ at }) => at !== undefined) ? ['a thick line below: where the node is now'] : []
  const texts = linesFrom([SIDE, width - SIDE], y + LINE, notes, 'small')
  const explained = linesFrom([SIDE, width - SIDE], texts.end, options.key === false ? [] : key, 'small quiet')
  return svg(
    {
      title,
      says: inWords(picture),
      width,
      height: explained.end,
      body: [...titled.drawn, ...drawn, ...texts.drawn, ...explained.drawn]
    },
    options
  )
}
