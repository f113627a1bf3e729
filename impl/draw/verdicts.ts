/**
 * A map of verdicts over parameters: a table for each choice of the others, in which a cell holds, is violated after so many
 * steps, or is not known. As text, and as a picture in which a cell has a sign besides its colour.
 */
import { element, label, LINE, linesWithin, SIDE, svg, TELEPHONE } from './svg.js'
import type { DrawingOptions } from './svg.js'

/** A verdict on one choice of parameters. */
export interface VerdictCell {
  readonly verdict: 'holds' | 'violated' | 'unknown'
  /** How long the shortest violation is. */
  readonly steps?: number | undefined
  /** Whether a theorem says that it holds. */
  readonly foretold: boolean
}

/** Verdicts with a name each for rows and columns. */
export interface VerdictTable {
  readonly title: string
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<{ readonly name: string; readonly cells: ReadonlyArray<VerdictCell> }>
}

/** Tables under one title. */
export interface VerdictMap {
  readonly title: string
  /** What the signs mean, and what the theorem is. */
  readonly key: ReadonlyArray<string>
  readonly tables: ReadonlyArray<VerdictTable>
}

/** The sign of a cell. */
const signOf = ({ verdict, steps }: VerdictCell): string =>
  verdict === 'holds' ? '✓' : verdict === 'violated' ? `✗ ${String(steps ?? '')}`.trimEnd() : '·'

/** Whether the theorem changes its mind before a cell of a row. */
const isBoundary = (cells: ReadonlyArray<VerdictCell>, i: number): boolean =>
  (cells[i]?.foretold ?? false) && !(cells[i - 1]?.foretold ?? false)

/** A map as text: a bar stands where the theorem says that it begins to hold. */
export const verdictsText = ({ title, key, tables }: VerdictMap): string => {
  const names = tables.flatMap(({ rows }) => rows.map(({ name }) => name))
  const gutter = Math.max(...names.map((name) => name.length), 0) + 2
  const cell = (text: string, bar: boolean): string => `${bar ? '┃' : ' '} ${text.padEnd(5)}`
  return [
    title,
    ...tables.flatMap(({ title: of, columns, rows }) => [
      '',
      `${of.padEnd(gutter)}${columns.map((name) => cell(name, false)).join('')}`.trimEnd(),
      ...rows.map(({ name, cells }) =>
        `${name.padEnd(gutter)}${cells.map((one, i) => cell(signOf(one), isBoundary(cells, i))).join('')}`.trimEnd()
      )
    ]),
    '',
    ...key
  ].join('\n')
}

/** Measures, in pixels. */
const NAMES = 118
const CELL = 42
const ROW = 28

const tableFrom = (top: number, { title, columns, rows }: VerdictTable): ReadonlyArray<string> => {
  const x = (i: number): number => NAMES + i * CELL
  const y = (i: number): number => top + 12 + i * ROW
  const cell = (cells: ReadonlyArray<VerdictCell>, row: number): ReadonlyArray<string> =>
    cells.flatMap((one, i) => [
      element('rect', { class: one.verdict, x: x(i) + 2, y: y(row) + 2, width: CELL - 4, height: ROW - 4, rx: 3 }),
      label(
        x(i) + CELL / 2,
        y(row) + 18,
        signOf(one),
        `cell strong${one.verdict === 'holds' ? ' right' : one.verdict === 'violated' ? ' wrong' : ''}`
      )
    ])
  return [
    label(SIDE, top, title, 'strong'),
    ...columns.map((name, i) => label(x(i) + CELL / 2, top, name, 'name small quiet')),
    ...rows.flatMap(({ name, cells }, row) => [
      label(SIDE, y(row) + 18, name, 'small'),
      ...cell(cells, row),
      ...cells.flatMap((_, i) =>
        isBoundary(cells, i)
          ? [element('line', { class: 'boundary', x1: x(i), y1: y(row), x2: x(i), y2: y(row) + ROW })]
          : []
      )
    ])
  ]
}

const heightOf = ({ rows }: VerdictTable): number => rows.length * ROW + 40

/** A map as an SVG document: 342 pixels wide, or more where a table has more than five columns. */
export const drawVerdicts = (map: VerdictMap, options: DrawingOptions = {}): string => {
  const { title, key, tables } = map
  const columns = Math.max(...tables.map((table) => table.columns.length), 0)
  const width = Math.max(options.width ?? TELEPHONE, NAMES + columns * CELL + SIDE)
  const titled = linesWithin(title, width - 2 * SIDE)
  const explained = key.flatMap((one) => linesWithin(one, width - 2 * SIDE))
  const first = 18 + titled.length * LINE + 14
  const tops = tables.map((_, i) => tables.slice(0, i).reduce((top, table) => top + heightOf(table), first))
  const end = tables.reduce((top, table) => top + heightOf(table), first)
  return svg(
    {
      title,
      says: verdictsText(map),
      width,
      height: end + explained.length * LINE,
      body: [
        ...titled.map((text, i) => label(SIDE, 18 + i * LINE, text, 'title')),
        ...tables.flatMap((table, i) => tableFrom(tops[i] ?? first, table)),
        ...explained.map((text, i) => label(SIDE, end + i * LINE, text, 'small'))
      ]
    },
    options
  )
}
