/**
 * Run the spec on every case of a folder, and compare every field.
 */
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { plural } from '../../invariants/words.js'
import { readCase } from './case.js'
import type { CaseName } from './case.js'
import { agrees } from './comparison.js'
import { caseFiles, linesOf } from './files.js'
import type { ConformReport, Group, Mismatch, Problem, Tally } from './report.js'

/** How to run the vectors. */
export interface ConformOptions {
  /** How many mismatches, and how many problems, the report keeps; all are counted. Default: 20. */
  readonly limit?: number
  /** Run the cases of this family only. */
  readonly family?: CaseName['family']
  /** Run the cases of this instance, or of this protocol, only. */
  readonly inst?: CaseName['inst']
  /** Called after each case with the number of cases done so far. */
  readonly onCase?: (done: number) => void
}

/** Equal problems of a file as one, which says of how many cases it is one. */
const counted = (all: ReadonlyArray<Problem>): ReadonlyArray<Problem> => {
  const groups = new Map<string, Problem[]>()
  for (const one of all) {
    const key = `${one.file} ${one.says}`
    const same = groups.get(key)
    if (same === undefined) groups.set(key, [one])
    else same.push(one)
  }
  return [...groups.values()].flatMap((same) =>
    same.slice(0, 1).map(({ file, says }) => ({ file, says: `${says}: ${plural(same.length, 'case')} left out` }))
  )
}

const nothing: Tally = { cases: 0, agreed: 0, fields: 0, mismatches: 0 }

const plus = (a: Tally, b: Tally): Tally => ({
  cases: a.cases + b.cases,
  agreed: a.agreed + b.agreed,
  fields: a.fields + b.fields,
  mismatches: a.mismatches + b.mismatches
})

/**
 * Run the spec on every case of the files `*.jsonl` and `*.jsonl.gz` of a folder, or of one such file. Lines that are not
 * cases are problems of the report, and so are, file by file, protocols of which there is no specification; the others are
 * run all the same. Between two cases the event loop gets its turn.
 */
export const conform = async (path: string, options: ConformOptions = {}): Promise<ConformReport> => {
  const { limit = 20, family, inst, onCase = () => {} } = options
  const started = performance.now()
  const groups = new Map<string, Group>()
  const mismatches: Mismatch[] = []
  const problems: Problem[] = []
  /** One for each case of a protocol of which there is no specification. */
  const foreign: Problem[] = []
  let total = nothing
  let problemCount = 0

  const refuse = (problem: Problem): void => {
    problemCount += 1
    if (problems.length < limit) problems.push(problem)
  }

  const wanted = (head: CaseName): boolean =>
    (family === undefined || head.family === family) && (inst === undefined || head.inst === inst)

  const tally = ({ family, inst }: CaseName, one: Tally): void => {
    const key = `${family} ${inst}`
    groups.set(key, { family, inst, ...plus(groups.get(key) ?? nothing, one) })
    total = plus(total, one)
    onCase(total.cases)
  }

  const runLine = (file: string, line: number, text: string): void => {
    const read = readCase(text)
    if (E.isLeft(read)) {
      const { says, protocol } = read.left
      if (protocol === undefined) refuse({ file, line, says })
      else foreign.push({ file, says })
      return
    }
    const { head, comparisons } = read.right
    if (!wanted(head)) return
    let fields = 0
    let differ = 0
    for (const comparison of comparisons) {
      fields += 1
      if (agrees(comparison)) continue
      differ += 1
      if (mismatches.length < limit) mismatches.push({ case: head.id, file, line, ...comparison })
    }
    tally(head, { cases: 1, agreed: differ === 0 ? 1 : 0, fields, mismatches: differ })
  }

  const files = await caseFiles(path)
  if (E.isLeft(files)) refuse({ file: path, says: files.left })
  for (const file of E.isLeft(files) ? [] : files.right) {
    const name = basename(file)
    let line = 0
    for await (const read of linesOf(file)) {
      line += 1
      if (E.isLeft(read)) refuse({ file: name, line, says: read.left })
      else if (read.right.trim() !== '') runLine(name, line, read.right)
      await setImmediate()
    }
  }
  for (const problem of counted(foreign)) refuse(problem)
  if (E.isRight(files) && problemCount === 0 && total.cases === 0)
    refuse({ file: path, says: 'no case to run in its files' })

  return {
    path,
    files: E.isLeft(files) ? [] : files.right.map((file) => basename(file)),
    total,
    groups: [...groups.values()],
    mismatches,
    problems,
    problemCount,
    seconds: (performance.now() - started) / 1000
  }
}
