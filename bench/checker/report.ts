/**
 * From measurements to what is said of them: medians, ratios, disagreements, tables. Nothing here runs anything.
 */
import { KNOWN } from './configurations.js'
import { grouped } from '../../impl/cli/io.js'
import type { Reported } from './tool.js'

/** One run of one variant. */
export interface Round {
  /** Wall-clock seconds of the process. */
  readonly wall: number
  /** Processor seconds, of all threads. */
  readonly cpu: number | undefined
  /** The most memory that the process held, in bytes. */
  readonly peak: number | undefined
  readonly reported: Reported
}

/** The runs of one variant on one configuration; the n-th rounds of all variants ran one after the other. */
export interface Series {
  readonly configuration: string
  readonly variant: string
  readonly task: 'exhaustive' | 'random'
  readonly rounds: ReadonlyArray<Round>
}

/** The middle of some numbers; of an even number of them, the mean of the two in the middle. */
export const median = (numbers: ReadonlyArray<number>): number | undefined => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}

/** A quantity of a round. */
export type Quantity = (round: Round) => number | undefined

/** Seconds of the process, of its processors, of the search alone; steps in a second of the search. */
export const wall: Quantity = (round) => round.wall
export const cpu: Quantity = (round) => round.cpu
export const search: Quantity = ({ reported }) => reported.seconds
export const pace: Quantity = ({ reported }) =>
  reported.seconds === undefined ? undefined : reported.transitions / reported.seconds

/** The median of a quantity over the rounds that have it. */
export const medianOf = ({ rounds }: Series, of: Quantity): number | undefined =>
  median(rounds.map(of).filter((x) => x !== undefined))

/**
 * How many times the quantity of `b` that of `a` is: the median over the rounds of the ratio within a round. Both ran
 * within seconds of each other then, so that what else the machine was doing weighs on both.
 */
export const ratio = (a: Series, b: Series, of: Quantity): number | undefined =>
  median(
    a.rounds.flatMap((round, i) => {
      const [x, y] = [of(round), b.rounds[i] && of(b.rounds[i])]
      return x === undefined || y === undefined ? [] : [y / x]
    })
  )

/** Where counts differ: from one another, or from the known sizes. Empty if all is well. */
export const disagreements = (all: ReadonlyArray<Series>): ReadonlyArray<string> => {
  const exhaustive = all.filter(({ task }) => task === 'exhaustive')
  return [...new Set(exhaustive.map(({ configuration }) => configuration))].flatMap((name) => {
    const counts = exhaustive
      .filter(({ configuration }) => configuration === name)
      .flatMap(({ variant, rounds }) =>
        rounds.map(({ reported }) => ({
          by: variant,
          says: `${String(reported.states)} states and ${String(reported.transitions)} transitions`
        }))
      )
    const known = KNOWN[name]
    const expected = known
      ? { by: 'docs/model.md', says: `${String(known.states)} states and ${String(known.transitions)} transitions` }
      : counts[0]
    if (expected === undefined) return []
    return [
      ...new Set(
        counts
          .filter(({ says }) => says !== expected.says)
          .map(({ by, says }) => `${name}: ${by} has ${says}, ${expected.by} has ${expected.says}`)
      )
    ]
  })
}

/** The series of a variant on a configuration. */
export const seriesOf = (all: ReadonlyArray<Series>, configuration: string, variant: string): Series | undefined =>
  all.find((s) => s.configuration === configuration && s.variant === variant)

/** What stands in a table for what was not measured. */
export const ABSENT = '–'

const shown = (x: number | undefined, text: (x: number) => string): string => (x === undefined ? ABSENT : text(x))

/** A ratio or a duration in three figures or so. */
export const figures = (x: number): string => (x >= 100 ? grouped(x) : x >= 10 ? x.toFixed(1) : x.toFixed(2))

const mebibytes = (bytes: number): string => grouped(bytes / 2 ** 20)

/** The exhaustive runs, as the rows of a table; ratios are of times, above 1 where the tool takes longer. */
export const exhaustiveRows = (
  all: ReadonlyArray<Series>,
  { ours, yardstick }: { readonly ours: string; readonly yardstick: string }
): ReadonlyArray<ReadonlyArray<string>> => [
  [
    ...[
      'configuration',
      'tool',
      'distinct states',
      'transitions',
      'process s',
      'CPU s',
      'search s',
      'states/s',
      'peak MiB'
    ],
    ...['× blockforest', '× yardstick']
  ],
  ...all
    .filter(({ task }) => task === 'exhaustive')
    .map((series) => {
      const { configuration, variant, rounds } = series
      const states = rounds[0]?.reported.states
      const to = (reference: string): string => {
        const other = seriesOf(all, configuration, reference)
        return shown(other && ratio(other, series, wall), figures)
      }
      return [
        configuration,
        variant,
        shown(states, grouped),
        shown(rounds[0]?.reported.transitions, grouped),
        shown(medianOf(series, wall), figures),
        shown(medianOf(series, cpu), figures),
        shown(medianOf(series, search), figures),
        shown(
          medianOf(series, (round) => (states ?? NaN) / round.wall),
          grouped
        ),
        shown(
          medianOf(series, ({ peak, reported }) => peak ?? reported.memory),
          mebibytes
        ),
        to(ours),
        to(yardstick)
      ]
    })
]

/** The random runs, as the rows of a table; ratios are of steps per second, above 1 where blockforest takes more. */
export const randomRows = (all: ReadonlyArray<Series>, ours: string): ReadonlyArray<ReadonlyArray<string>> => [
  ['configuration', 'tool', 'steps', 'search s', 'steps/s', 'peak MiB', 'blockforest ×'],
  ...all
    .filter(({ task }) => task === 'random')
    .map((series) => {
      const { configuration, variant, rounds } = series
      const reference = seriesOf(all, configuration, ours)
      return [
        configuration,
        variant,
        shown(rounds[0]?.reported.transitions, grouped),
        shown(medianOf(series, search), figures),
        shown(medianOf(series, pace), grouped),
        shown(
          medianOf(series, ({ peak, reported }) => peak ?? reported.memory),
          mebibytes
        ),
        shown(reference && ratio(series, reference, pace), figures)
      ]
    })
]

/** Rows as a Markdown table. */
export const markdown = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const [head = [], ...body] = rows
  const line = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}
