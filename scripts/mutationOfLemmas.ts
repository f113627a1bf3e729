/**
 * The part `lemmas` of `npm run test:mutation`. The lemmas are built while files are loaded, so that Stryker takes nearly
 * all mutants for static, and would run all tests for each. Instead, for each mutant the rows of the lemmas nearest to it
 * are made in a process of its own (scripts/rowsOfLemmas.ts), and compared with docs/lemmas.md, as a test does with all.
 * Where they are the same, Stryker runs the tests: the fast ones, and then those that run all lemmas.
 */
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { build } from 'esbuild'
import * as fc from 'fast-check'
import type { Reached } from './rowsOfLemmas.js'

const FOLDER = 'invariants/blockchain/lemmas'
const TESTS = 'test/invariants/blockchain/lemmas'
const REPORT = 'reports/mutation/lemmas.json'
/** The instrumented lemmas with scripts/rowsOfLemmas.ts, in one file. */
const BUNDLE = 'reports/mutation/rowsOfLemmas.cjs'
/** Of how many lemmas the rows are made for a mutant. */
const NEAREST = 6
const AT_ONCE = 2
const TIMEOUT = 2 * 60_000

const sources = (): ReadonlyArray<string> =>
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
    name.endsWith('.ts') ? [`${FOLDER}/${name}`] : []
  )

/** A change of a source. */
interface Mutant {
  readonly id: string
  /** The file with the first and the last line and column. */
  readonly place: string
  readonly file: string
  readonly line: number
  readonly replacement: string
}

/** What became of it. */
interface Outcome {
  readonly place: string
  readonly replacement: string
  /** By what it was noticed; null if by nothing. */
  readonly noticed: 'rows' | 'tests' | 'timeout' | null
  /** What was noticed in the rows, or the name of the test that fails. */
  readonly by?: string
}

/** Which mutants are run. */
export interface Which {
  /** As many at random. Default: all. */
  readonly sample?: number
  readonly seed: number
  /** Only those that the last run had as not noticed. */
  readonly again: boolean
}

const silent = () => undefined
const no = () => false
const logger = {
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no, isErrorEnabled: no },
  ...{ isFatalEnabled: no, trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent }
}

type Position = Result['location']['start']
type Result = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

/** As Stryker is told what to change. */
const placeOf = ({ fileName, location: { start, end } }: Pick<Result, 'fileName' | 'location'>): string =>
  `${relative('.', fileName)}:${String(start.line + 1)}:${String(start.column)}-${String(end.line + 1)}:${String(end.column)}`

/** All mutants; the sources that have them all go into the bundle. */
const instrument = async (): Promise<ReadonlyArray<Mutant>> => {
  const { files, mutants } = await new Instrumenter(logger).instrument(
    sources().map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') })),
    { plugins: null, ignorers: [], excludedMutations: ['StringLiteral'] }
  )
  const contents = new Map(files.map(({ name, content }) => [name, content]))
  await build({
    entryPoints: ['scripts/rowsOfLemmas.ts'],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    plugins: [
      {
        name: 'mutants',
        setup: (bundler) => {
          bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const changed = contents.get(relative('.', path))
            return changed === undefined ? undefined : { contents: changed, loader: 'ts' }
          })
        }
      }
    ]
  })
  return mutants.flatMap((m) =>
    m.status === 'Ignored' ? [] : [{ ...m, place: placeOf(m), file: m.fileName, line: m.location.start.line }]
  )
}

/** What scripts/rowsOfLemmas.ts prints for a mutant; undefined if it takes too long. */
const rows = (names: ReadonlyArray<string>, mutant: string): Promise<string | undefined> =>
  new Promise((answer) => {
    const options = { env: { ...process.env, __STRYKER_ACTIVE_MUTANT__: mutant }, timeout: TIMEOUT }
    execFile(process.execPath, [BUNDLE, ...names], options, (error, stdout) => {
      answer(error === null ? stdout : error.killed === true ? undefined : `refused: ${error.message}`)
    })
  })

/** Where a lemma of a name is stated. */
const stated = (name: string): ReadonlyArray<Pick<Mutant, 'file' | 'line'>> =>
  sources().flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, line) => ([`'${name}',`, `"${name}",`].includes(text.trim()) ? [{ file, line }] : []))
  )

/**
 * The names of the lemmas that are nearest to a mutant; of equally near ones those whose rows take less time. None if no
 * row reaches the mutant, nor what runs before the rows.
 */
const nearest = (mutants: ReadonlyArray<Mutant>, reached: ReadonlyArray<Reached>) => {
  const byId = new Map(mutants.map((m) => [m.id, m]))
  const loaded = new Set(reached[0]?.mutants)
  const lemmas = reached
    .slice(1)
    .toSorted((a, b) => a.milliseconds - b.milliseconds)
    .map(({ name, mutants: ids }) => {
      const at = [...ids.flatMap((id) => byId.get(id) ?? []), ...stated(name)]
      return { name, ids: new Set(ids), at }
    })
  return ({ id, file, line }: Mutant): ReadonlyArray<string> => {
    if (!loaded.has(id) && !lemmas.some(({ ids }) => ids.has(id))) return []
    const far = lemmas.map(({ name, ids, at }) => {
      const lines = at.flatMap((m) => (m.file === file ? [Math.abs(m.line - line) + 1] : []))
      return { name, far: ids.has(id) ? 0 : lines.reduce((a, b) => Math.min(a, b), Infinity) }
    })
    return [...new Set(far.toSorted((a, b) => a.far - b.far).map(({ name }) => name))].slice(0, NEAREST)
  }
}

/** What Stryker finds for mutants, static ones too; the mutants within them are run as well, and not looked at. */
const stryker = async (mutants: ReadonlyArray<Mutant>, tests: ReadonlyArray<string>) => {
  // For vitest.mutation.config.ts, which the processes of the tests load.
  process.env['BLOCKFOREST_MUTATION_TESTS'] = tests.join('\n')
  const results = await new Stryker({
    mutate: mutants.map(({ place }) => place),
    ignoreStatic: false,
    // The tests of the ledger read its page.
    ignorePatterns: ['dist', 'coverage', 'bench'],
    dryRunTimeoutMinutes: 60,
    reporters: ['progress-append-only']
  }).runMutationTest()
  // They count lines and columns from one.
  const before = (p: Position): Position => ({ line: p.line - 1, column: p.column - 1 })
  const located = (m: Result) => ({ ...m, location: { start: before(m.location.start), end: before(m.location.end) } })
  return new Map(results.map(located).map((m) => [keyOf({ ...m, place: placeOf(m) }), m]))
}

const keyOf = ({ place, replacement }: Pick<Outcome, 'place' | 'replacement'>): string => `${place} ${replacement}`

/** Runs mutants, and writes what became of them to reports/mutation/lemmas.json. */
export const mutateLemmas = async ({ sample, seed, again }: Which): Promise<void> => {
  mkdirSync('reports/mutation', { recursive: true })
  const last = again ? (JSON.parse(readFileSync(REPORT, 'utf8')) as ReadonlyArray<Outcome>) : []
  const all = await instrument()
  const there = new Set(all.map(keyOf))
  const outcomes = new Map(last.flatMap((outcome) => (there.has(keyOf(outcome)) ? [[keyOf(outcome), outcome]] : [])))
  const asked = all.filter((m) => !again || outcomes.get(keyOf(m))?.noticed === null)
  const size = { minLength: sample ?? asked.length, maxLength: sample ?? asked.length }
  const [chosen = []] = fc.sample(fc.shuffledSubarray([...asked], size), { numRuns: 1, seed })
  const settle = ({ place, replacement }: Mutant, noticed: Outcome['noticed'], by = ''): void => {
    outcomes.set(keyOf({ place, replacement }), { place, replacement, noticed, by })
    writeFileSync(REPORT, JSON.stringify([...outcomes.values()], null, 1))
  }

  console.log(`${String(chosen.length)} of ${String(all.length)} mutants: the rows nearest to them`)
  const unchanged = execFileSync(process.execPath, [BUNDLE], { encoding: 'utf8', maxBuffer: 2 ** 30 })
  const near = nearest(all, JSON.parse(unchanged) as ReadonlyArray<Reached>)
  const queue = [...chosen]
  const work = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const names = near(mutant)
      const by = names.length === 0 ? '' : await rows(names, mutant.id)
      settle(mutant, by === undefined ? 'timeout' : by === '' ? null : 'rows', by)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const tests of [[`${TESTS}/*.test.ts`, `!${TESTS}/lemmas.test.ts`], [`${TESTS}/lemmas.test.ts`]]) {
    const left = chosen.filter((m) => outcomes.get(keyOf(m))?.noticed === null)
    console.log(`${String(left.length)} are left: ${tests.join(', ')}`)
    if (left.length === 0) break
    const results = await stryker(left, tests)
    for (const mutant of left) {
      const { status, killedBy } = results.get(keyOf(mutant)) ?? {}
      if (status === 'Killed') settle(mutant, 'tests', killedBy?.join(', '))
      if (status === 'Timeout') settle(mutant, 'timeout')
    }
  }

  const ran = chosen.flatMap((m) => outcomes.get(keyOf(m)) ?? [])
  const number = (how: Outcome['noticed']): string => String(ran.filter(({ noticed }) => noticed === how).length)
  console.log(`noticed in rows: ${number('rows')}, by tests: ${number('tests')}, too slow: ${number('timeout')}`)
  console.log(`not noticed: ${number(null)}`)
  for (const outcome of ran.filter(({ noticed }) => noticed === null)) console.log(`- ${keyOf(outcome)}`)
}
