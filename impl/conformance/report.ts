/**
 * What a run of the conformance vectors has found, as data and as text.
 */
import { iota } from '../../spec/prelude/seq.js'
import type { CaseName } from './case.js'
import type { Comparison } from './comparison.js'

/** A field on which the spec and a case file disagree. */
export interface Mismatch extends Comparison {
  readonly case: string
  readonly file: string
  readonly line: number
}

/** Input that cannot be used: the path, a file of it, or a line of a file. */
export interface Problem {
  readonly file: string
  /** Counted from 1; absent where the problem is not with one line. */
  readonly line?: number
  readonly says: string
}

/** How many, in one family and instance or in all. */
export interface Tally {
  readonly cases: number
  /** The cases in which every field agrees. */
  readonly agreed: number
  /** The fields that were compared. */
  readonly fields: number
  /** The fields that differ. */
  readonly mismatches: number
}

/** The tally of one family and instance; of Bythos, of one protocol. */
export interface Group extends Tally {
  readonly family: CaseName['family']
  readonly inst: CaseName['inst']
}

/** What a run has found. Plain data: it can be written as JSON. */
export interface ConformReport {
  readonly path: string
  readonly files: ReadonlyArray<string>
  readonly total: Tally
  /** For each family and instance of which there were cases. */
  readonly groups: ReadonlyArray<Group>
  /** The first ones, up to the limit that was asked for. */
  readonly mismatches: ReadonlyArray<Mismatch>
  /** The first ones, up to the limit that was asked for. */
  readonly problems: ReadonlyArray<Problem>
  /** All problems, those beyond the limit too. */
  readonly problemCount: number
  readonly seconds: number
}

/** 0: all cases agree. 1: the spec computes something else. 2: the input is unusable, wholly or in part. */
export const exitCode = ({ problemCount, total }: ConformReport): 0 | 1 | 2 =>
  problemCount > 0 ? 2 : total.mismatches > 0 ? 1 : 0

const WINDOW = 160
const LEAD = 40

/** Two texts from shortly before the place where they begin to differ, as far as fits a line. */
const around = (a: string, b: string): readonly [string, string] => {
  const differ = iota(a.length).find((i) => a[i] !== b[i]) ?? a.length
  const from = a.length <= WINDOW && b.length <= WINDOW ? 0 : Math.max(0, differ - LEAD)
  const cut = (s: string): string => {
    const shown = s.slice(from, from + WINDOW)
    return `${from > 0 ? '…' : ''}${shown}${from + WINDOW < s.length ? '…' : ''}`
  }
  return [cut(a), cut(b)]
}

const written = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value))

const renderMismatch = (m: Mismatch): ReadonlyArray<string> => {
  const [expected, actual] = around(written(m.expected), written(m.actual))
  return [`${m.case} ▸ ${m.step} ▸ ${m.field}  (${m.file}:${m.line})`, `  expected ${expected}`, `  actual   ${actual}`]
}

const renderProblem = ({ file, line, says }: Problem): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${says}`

const number = (n: number): string => n.toLocaleString('en-US')

const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`

/** A row of a table; the first two columns are words, the others numbers. */
const row = ([family, inst, ...numbers]: ReadonlyArray<string>): string =>
  `  ${(family ?? '').padEnd(8)}${(inst ?? '').padEnd(8)}${numbers.map((n) => n.padStart(12)).join('')}`

const table = (groups: ReadonlyArray<Group>): ReadonlyArray<string> =>
  groups.length === 0
    ? []
    : [
        row(['family', 'inst', 'cases', 'agreed', 'fields']),
        ...groups.map((g) => row([g.family, g.inst, ...[g.cases, g.agreed, g.fields].map(number)]))
      ]

const shown = (kept: number, all: number): string => (kept < all ? `, the first ${number(kept)} of them above` : '')

const verdict = ({ total, mismatches, problems, problemCount, seconds }: ConformReport): ReadonlyArray<string> => {
  const compared = `${count(total.cases, 'case')}, ${count(total.fields, 'field')} compared in ${seconds.toFixed(1)} s`
  const differ = count(total.mismatches, 'mismatch', 'mismatches')
  const disagreeing = count(total.cases - total.agreed, 'case')
  return [
    ...(total.mismatches > 0
      ? [`${compared}: ${differ} in ${disagreeing}${shown(mismatches.length, total.mismatches)}.`]
      : total.cases > 0
        ? [`${compared}: all agree.`]
        : []),
    ...(problemCount > 0
      ? [`Unusable input: ${count(problemCount, 'problem')}${shown(problems.length, problemCount)}.`]
      : [])
  ]
}

/** The report as text, without a final line break. */
export const renderConformReport = (report: ConformReport): string =>
  [
    ...report.problems.map(renderProblem),
    ...report.mismatches.flatMap(renderMismatch),
    ...table(report.groups),
    ...verdict(report)
  ].join('\n')
