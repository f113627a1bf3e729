/**
 * `npm run test:mutation -- [PART [FILE …] …]`: breaks the sources in one place at a time and runs the tests, to see that
 * one fails. A part is a set of sources with the tests that are about them; files after its name, with lines if need be
 * (`invariants/checker/trace/dot.ts:10-40`), are all that is broken of it. Without a name, all parts run one after another, each
 * with a report of its own in `reports/mutation`. Of the part `lemmas`, which takes no files, `--sample N` runs N mutants at
 * random, with `--seed N` others, and `--again` those that were not noticed in the last run.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { mutateLemmas } from './mutationOfLemmas.js'

/** Sources, and the tests that are to notice a change of them. */
interface Part {
  readonly mutate: ReadonlyArray<string>
  readonly tests: ReadonlyArray<string>
  /** Leaves out what runs while files are loaded: where that is most of it, and the tests are slow. */
  readonly ignoreStatic?: boolean
}

const PARTS: Readonly<Record<string, Part>> = {
  spec: {
    mutate: ['spec/**/*.ts', '!spec/**/index.ts', '!spec/blockchain/editions/**'],
    tests: ['test/spec/**/*.test.ts']
  },
  proof: {
    mutate: [
      'invariants/property/invariant.ts',
      'invariants/proof/{*,kernel/*}.ts',
      '!invariants/proof/{index,kernel,kernel/named}.ts'
    ],
    tests: [
      'test/invariants/property/invariant.test.ts',
      'test/invariants/proof/{derivation,export,inductions,kernel,refusals,rules,run,sequences}.test.ts',
      'test/invariants/proof/check/kernel.test.ts',
      'test/invariants/proof/attacks/{derivations,fresh,further,holes}.test.ts'
    ]
  },
  check: {
    mutate: ['invariants/proof/check/*.ts'],
    tests: ['test/invariants/proof/check/check.test.ts']
  },
  blockchain: {
    mutate: ['invariants/blockchain/*.ts'],
    tests: ['test/invariants/blockchain/*.test.ts']
  },
  history: {
    mutate: ['invariants/blockchain/{editions,museum}/*.ts'],
    tests: ['test/invariants/blockchain/{editions,museum}/*.test.ts'],
    ignoreStatic: true
  },
  checker: {
    mutate: ['invariants/checker/*/*.ts'],
    tests: ['test/invariants/checker/*/*.test.ts']
  }
}

/** A mutant as Stryker reports it; lines and columns begin with 1. */
interface Mutant {
  readonly mutatorName: string
  readonly replacement: string
  readonly status: string
  readonly static?: boolean
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Position {
  readonly line: number
  readonly column: number
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: ReadonlyArray<Mutant> }>>
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '2018' }, again: { type: 'boolean' } }
})
const names = [...Object.keys(PARTS), 'lemmas']

/** The parts that are asked for, each with the files that follow its name. */
const askedFor = (args: ReadonlyArray<string>): ReadonlyMap<string, ReadonlyArray<string>> => {
  if (args.length === 0) return new Map(names.map((name) => [name, []]))
  const asked = new Map<string, string[]>()
  let files: string[] | undefined
  for (const arg of args) {
    if (names.includes(arg)) {
      files = asked.get(arg) ?? []
      asked.set(arg, files)
    } else if (files !== undefined && files !== asked.get('lemmas') && arg.includes('/')) files.push(arg)
    else {
      console.error(
        `error: there is no part ${arg}; the parts are ${names.join(', ')}, each but lemmas may be followed by files of it`
      )
      process.exit(2)
    }
  }
  return asked
}

const offsetOf = (source: string, { line, column }: Position): number =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, 0) +
  column -
  1

const COPY = '.stryker-tmp/again'
const NOT_COPIED = ['.git', '.stryker-tmp', 'coverage', 'dist', 'node_modules', 'reports']

/** It runs while files are loaded, and Stryker takes it for a survivor. */
const isUnsure = ({ status, static: isStatic }: Mutant): boolean => status === 'Survived' && isStatic === true

/**
 * Puts mutants into a copy of the sources, one at a time, and runs the tests: where a test file cannot be loaded, no test
 * of it fails, and Stryker takes the mutant for a survivor.
 * @returns those that are not noticed.
 */
const tryAgain = (report: Report): ReadonlyArray<string> => {
  rmSync(COPY, { recursive: true, force: true })
  for (const entry of readdirSync('.'))
    if (!NOT_COPIED.includes(entry)) cpSync(entry, join(COPY, entry), { recursive: true })
  symlinkSync(resolve('node_modules'), join(COPY, 'node_modules'))
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) => {
    const path = join(COPY, file)
    const left = mutants.filter(isUnsure).filter(({ location: { start, end }, replacement }) => {
      writeFileSync(path, source.slice(0, offsetOf(source, start)) + replacement + source.slice(offsetOf(source, end)))
      const run = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.mutation.config.ts'], {
        cwd: COPY,
        timeout: 120_000
      })
      return run.status === 0
    })
    writeFileSync(path, source)
    return left.map(
      ({ location: { start }, mutatorName, replacement }) =>
        `${file}:${String(start.line)}:${String(start.column)} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`
    )
  })
}

const asked = askedFor(positionals)
for (const [name, { mutate, tests, ignoreStatic = false }] of Object.entries(PARTS)) {
  const files = asked.get(name)
  if (files === undefined) continue
  // For vitest.mutation.config.ts, which the processes of the tests load.
  process.env['BLOCKFOREST_MUTATION_TESTS'] = tests.join('\n')
  const reportPath = `reports/mutation/${name}.json`
  await new Stryker({
    mutate: [...(files.length > 0 ? files : mutate)],
    ignoreStatic,
    jsonReporter: { fileName: reportPath },
    htmlReporter: { fileName: `reports/mutation/${name}.html` }
  }).runMutationTest()
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as Report
  if (!Object.values(report.files).some(({ mutants }) => mutants.some(isUnsure))) continue
  const left = tryAgain(report)
  console.log(
    [
      `${name}: of the survivors that run while files are loaded, ${String(left.length)} are not noticed:`,
      ...left
    ].join('\n  ')
  )
}
if (asked.has('lemmas'))
  await mutateLemmas({
    ...(values.sample === undefined ? {} : { sample: Number(values.sample) }),
    seed: Number(values.seed),
    again: values.again === true
  })
