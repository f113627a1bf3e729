/**
 * `npm run bench:systems`: systems explored by the checker as networks, as systems of components and by their structure, by
 * forty lines that keep JSON texts, and by TLC, side by side. Runs are interleaved, and ratios taken within a
 * round. Exit codes: 0, also where a target is missed; 1 where counts are wrong or a program fails; 2 where the command
 * line cannot be used.
 */
import { build } from 'esbuild'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { table } from '../../impl/cli/io.js'
import { run, RunError } from '../checker/measure.js'
import type { Invocation, Ran } from '../checker/measure.js'
import { figures, markdown, median } from '../checker/report.js'
import { readTlc } from '../checker/tools/tlc.js'
import { LIVE, QUESTIONS } from './liveness.js'
import { SYSTEMS } from './systems.js'
import type { Subject } from './systems.js'

const HELP = `npm run bench:systems -- [options]

  --systems LIST  ${Object.keys(SYSTEMS).join(', ')}, or none (default: all)
  --live LIST     ${Object.keys(LIVE).join(', ')}: what questions about whole executions cost; or none (default: all)
  --runs N        rounds; medians are taken over them (default: 3)
  --markdown      print the table in Markdown
  --help          print this

  TLC_JAR names tla2tools.jar, TLA_EXAMPLES a checkout of tlaplus/Examples; without them TLC is left out. TLA_LIBRARY
  names a folder with TLAPS.tla (of tlaplus/tlapm), which the specification of Paxos extends.
`

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const cache = join(root, 'node_modules', '.cache', 'blockforest-bench', 'systems')
const LIMIT = 3600
const TLC = 'TLC, breadth first, 2 workers'
const LIVE_COLUMNS = [
  'system',
  'safety CPU s',
  'liveness CPU s',
  'ratio',
  'safety search s',
  'liveness search s',
  'ratio'
]
const JSON_WAY = 'JSON, breadth first'

/** A way to explore a system, as a program that prints how many states there are. */
interface Contender {
  readonly name: string
  readonly invocation: Invocation
  readonly statesIn: (output: string) => number | undefined
}

/** The names in a list; 'none' is none. */
const listed = (list: string): ReadonlyArray<string> => (list === 'none' ? [] : list.split(','))

const statesInJson = (output: string): number => (JSON.parse(output) as { readonly states: number }).states

/** TLC on the published specification, where both are there. */
const tlcOn = (name: string, { tlc }: Subject): ReadonlyArray<Contender> => {
  const jar = process.env['TLC_JAR'] ?? ''
  const base = tlc.from === 'here' ? join(root, 'bench', 'systems') : (process.env['TLA_EXAMPLES'] ?? '')
  if (jar === '' || base === '' || !jar.split(delimiter).every((path) => existsSync(path))) return []
  const from = join(base, tlc.folder)
  const cwd = join(cache, 'tlc', name)
  mkdirSync(cwd, { recursive: true })
  for (const file of tlc.files) copyFileSync(join(from, file), join(cwd, file))
  writeFileSync(join(cwd, 'bench.cfg'), tlc.configuration(readFileSync(join(from, tlc.published), 'utf8')))
  return [
    {
      name: TLC,
      invocation: {
        program: 'java',
        args: [
          ...[
            '-XX:+UseParallelGC',
            `-DTLA-Library=${process.env['TLA_LIBRARY'] ?? ''}`,
            '-cp',
            jar,
            'tlc2.TLC',
            '-workers',
            '2',
            '-cleanup',
            '-deadlock'
          ],
          ...['-metadir', join(cwd, 'states'), '-config', 'bench.cfg', tlc.module]
        ],
        cwd
      },
      statesIn: (output) => readTlc(output).states
    }
  ]
}

const optionsGiven = () =>
  parseArgs({
    options: {
      systems: { type: 'string', default: Object.keys(SYSTEMS).join() },
      live: { type: 'string', default: Object.keys(LIVE).join() },
      runs: { type: 'string', default: '3' },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  }).values

/** Bundles the program that explores, so that no compiler is measured; where it is. */
const built = async (): Promise<string> => {
  const program = join(cache, 'explore.mjs')
  await build({
    entryPoints: [join(root, 'bench', 'systems', 'explore.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error'
  })
  return program
}

/** Runs contenders in turn, round after round; what each used, and what went wrong. */
const measure = async (
  name: string,
  { states }: Pick<Subject, 'states'>,
  contenders: ReadonlyArray<Contender>,
  runs: number
) => {
  const rounds = new Map<string, Ran[]>(contenders.map((contender) => [contender.name, []]))
  const faults: string[] = []
  for (let round = 1; round <= runs; round++)
    for (const { name: way, invocation, statesIn } of contenders)
      try {
        const ran = await run(invocation, LIMIT)
        const found = statesIn(ran.output)
        if (found !== states) faults.push(`${name}, ${way}: ${String(found)} states, expected ${String(states)}`)
        rounds.get(way)?.push(ran)
        process.stderr.write(`${name}  ${String(round)}/${String(runs)}  ${way}  ${figures(ran.wall)} s\n`)
      } catch (error) {
        if (!(error instanceof RunError)) throw error
        faults.push(`${name}, ${way}: ${error.message}`)
      }
  return { rounds, faults }
}

/** The rows of a system in the table. */
const rowsOf = (name: string, { states }: Subject, rounds: ReadonlyMap<string, ReadonlyArray<Ran>>): string[][] => {
  const middle = (numbers: ReadonlyArray<number>): number => median(numbers) ?? NaN
  /** How much longer runs took than those of another way in the same rounds. */
  const times = (ran: ReadonlyArray<Ran>, other: string): string => {
    const others = rounds.get(other)
    return others === undefined ? '–' : middle(ran.map((one, i) => one.wall / (others[i]?.wall ?? NaN))).toFixed(2)
  }
  return [...rounds].map(([way, ran]) => {
    const wall = middle(ran.map((one) => one.wall))
    return [
      name,
      way,
      figures(wall),
      figures(middle(ran.map(({ cpu = NaN }) => cpu))),
      String(Math.round(states / wall)),
      String(Math.round(middle(ran.map(({ peak = NaN }) => peak)) / 2 ** 20)),
      times(ran, JSON_WAY),
      times(ran, TLC)
    ]
  })
}

/** The row of a system that is asked what happens at last: what that costs beside a search of the same system. */
const rowOfLive = (name: string, rounds: ReadonlyMap<string, ReadonlyArray<Ran>>): string[] => {
  const [safety, liveness] = QUESTIONS.map((question) => rounds.get(question) ?? [])
  const each = (of: (ran: Ran) => number): string[] => {
    const ratios = (liveness ?? []).map((ran, i) => of(ran) / (safety?.[i] === undefined ? NaN : of(safety[i])))
    return [
      ...[safety, liveness].map((ran = []) => figures(median(ran.map(of)) ?? NaN)),
      (median(ratios) ?? NaN).toFixed(2)
    ]
  }
  const seconds = ({ output }: Ran): number => (JSON.parse(output) as { readonly seconds: number }).seconds
  return [name, ...each(({ cpu = NaN }) => cpu), ...each(seconds)]
}

/** The questions about what happens at last. */
const measureLive = async (names: ReadonlyArray<string>, program: string, runs: number) => {
  const rows = [LIVE_COLUMNS]
  const faults: string[] = []
  for (const name of names) {
    const live = LIVE[name]
    if (live === undefined) throw new RangeError(`--live: there is no '${name}'`)
    const contenders = QUESTIONS.map((question) => ({
      name: question,
      invocation: { program: process.execPath, args: [program, name, question] },
      statesIn: statesInJson
    }))
    const measured = await measure(name, live, contenders, runs)
    rows.push(rowOfLive(name, measured.rounds))
    faults.push(...measured.faults)
  }
  return { rows, faults }
}

const main = async (): Promise<number> => {
  const { help, runs: times, systems, live, markdown: inMarkdown } = optionsGiven()
  if (help) {
    process.stdout.write(HELP)
    return 0
  }
  if (!/^[1-9]\d*$/.test(times)) throw new RangeError(`--runs takes a number from 1 on, not '${times}'`)
  const rows: string[][] = [['system', 'way', 'process s', 'CPU s', 'states/s', 'peak MiB', '× JSON', '× TLC']]
  const faults: string[] = []
  const chosen = listed(systems).map((name) => {
    const subject = SYSTEMS[name]
    if (subject === undefined) throw new RangeError(`--systems: there is no '${name}'`)
    return [name, subject] as const
  })
  const program = await built()
  for (const [name, subject] of chosen) {
    const ours = subject.ways.map((way) => ({
      name: way,
      invocation: { program: process.execPath, args: [program, name, way] },
      statesIn: statesInJson
    }))
    const measured = await measure(name, subject, [...ours, ...tlcOn(name, subject)], Number(times))
    rows.push(...rowsOf(name, subject, measured.rounds))
    faults.push(...measured.faults)
  }
  const lives = await measureLive(listed(live), program, Number(times))
  faults.push(...lives.faults)
  for (const one of [rows, lives.rows])
    if (one.length > 1) process.stdout.write(`${inMarkdown ? markdown(one) : table(one)}\n`)
  for (const fault of faults) process.stdout.write(`FAILED: ${fault}\n`)
  return faults.length > 0 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error
  process.stderr.write(`bench:systems: ${error.message}\n(npm run bench:systems -- --help lists the options)\n`)
  process.exitCode = 2
}
