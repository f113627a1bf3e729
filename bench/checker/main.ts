/**
 * `npm run bench:checker`: blockforest and other model checkers on one and the same model, side by side.
 *
 * The commands are interleaved, A B C A B C, because machines are noisy and noise comes in stretches; ratios are taken
 * within a round. All explorers must count the same distinct states and transitions. Exit codes: 0, also where a target
 * is missed; 1 where counts disagree or a tool fails; 2 where the command line cannot be used; 130 where it was
 * interrupted, and reports what it had.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { table } from '../../impl/cli/io.js'
import { configurationOf, isLarge } from './configurations.js'
import type { Configuration } from './configurations.js'
import { run, RunError, stopCurrent } from './measure.js'
import { disagreements, exhaustiveRows, figures, markdown, randomRows } from './report.js'
import type { Round, Series } from './report.js'
import { BASELINE, TARGETS, verdictRows, verdicts } from './targets.js'
import type { Command, Place, Tool, Variant } from './tool.js'
import { blockforest, BREADTH_FIRST, RANDOM } from './tools/blockforest.js'
import { quint } from './tools/quint.js'
import { spin } from './tools/spin.js'
import { stateright } from './tools/stateright.js'
import { tlc } from './tools/tlc.js'
import { YARDSTICK, yardstick } from './tools/yardstick.js'

const TOOLS: ReadonlyArray<Tool> = [blockforest, yardstick, spin, stateright, tlc, quint]

const HELP = `npm run bench:checker -- [options]

  --configurations LIST  explore these, all executions (default: F310,B340,B430,B530; --quick: F220,B330,F310)
  --random LIST          run random executions of these (default: F220); 'none' for none
  --tools LIST           only these: ${TOOLS.map(({ name }) => name.toLowerCase()).join(', ')} (default: all that are there)
  --runs N               rounds; medians are taken over them (default: 3)
  --quick                small configurations and short random runs: some minutes
  --all                  slow tools too on configurations with millions of states
  --limit SECONDS        how long one process may take (default: 3600)
  --cli FILE             the built command line of blockforest (default: dist/bin/blockforest.js)
  --json FILE            write every measurement to a file
  --markdown             print the tables in Markdown
  --help                 print this

  TLC_JAR names tla2tools.jar, STATERIGHT_BIN the compiled program of bench/checker/models/stateright.
`

/** An error in the command line. */
class UsageError extends Error {}

const options = () => {
  try {
    return parseArgs({
      options: {
        configurations: { type: 'string' },
        random: { type: 'string' },
        tools: { type: 'string' },
        runs: { type: 'string' },
        quick: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        limit: { type: 'string' },
        cli: { type: 'string' },
        json: { type: 'string' },
        markdown: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false }
      }
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const positive = (option: string, text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`${option} takes a number from 1 on, not '${text}'`)
  return Number(text)
}

const configurationsIn = (list: string): ReadonlyArray<Configuration> =>
  list === 'none'
    ? []
    : list.split(',').map((name) => {
        try {
          return configurationOf(name)
        } catch (error) {
          throw new UsageError(error instanceof Error ? error.message : String(error))
        }
      })

const toolsIn = (list: string | undefined): ReadonlyArray<Tool> => {
  if (list === undefined) return TOOLS
  const names = list.toLowerCase().split(',')
  const unknown = names.find((name) => !TOOLS.some((tool) => tool.name.toLowerCase() === name))
  if (unknown !== undefined) throw new UsageError(`--tools: there is no '${unknown}'`)
  return TOOLS.filter(({ name }) => names.includes(name.toLowerCase()))
}

const say = (text: string): void => {
  process.stderr.write(`${text}\n`)
}

/** What the benchmark runs on: nothing that names the machine. */
const machine = (): string => {
  const [cpu] = cpus()
  const load = loadavg()[0] ?? 0
  return [
    `${String(availableParallelism())} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${String(Math.round(totalmem() / 2 ** 30))} GiB`,
    `${process.platform} ${process.arch}`,
    `Node ${process.versions.node}`,
    `load ${load.toFixed(1)}`
  ].join(', ')
}

/** Asked to stop: what was measured so far is reported. */
const stop = new AbortController()
const stopped = (): boolean => stop.signal.aborted

/** Something that went wrong with one variant on one configuration. */
interface Failure {
  readonly configuration: string
  readonly variant: string
  readonly message: string
}

/** Runs some variants on one configuration, round after round. A variant that fails is left out from then on. */
const measure = async (
  configuration: Configuration,
  variants: ReadonlyArray<Variant>,
  runs: number,
  limit: number
): Promise<{ readonly series: ReadonlyArray<Series>; readonly failures: ReadonlyArray<Failure> }> => {
  const failures: Failure[] = []
  const commands = new Map<Variant, Command>()
  const rounds = new Map<Variant, Round[]>(variants.map((variant) => [variant, []]))
  const attempt = async (variant: Variant, act: () => Promise<void>): Promise<void> => {
    if (stopped()) return
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Error)) throw error
      if (stopped()) return
      const message = error instanceof RunError ? error.message : `its output: ${error.message}`
      say(`${configuration.name}  ${variant.name}: FAILED`)
      failures.push({ configuration: configuration.name, variant: variant.name, message })
      commands.delete(variant)
    }
  }
  for (const variant of variants)
    await attempt(variant, async () => {
      commands.set(variant, await variant.prepare(configuration))
    })
  for (let round = 1; round <= runs; round++)
    for (const [variant, command] of [...commands])
      await attempt(variant, async () => {
        const ran = await run(command, limit)
        rounds.get(variant)?.push({ wall: ran.wall, cpu: ran.cpu, peak: ran.peak, reported: command.read(ran.output) })
        say(`${configuration.name}  ${String(round)}/${String(runs)}  ${variant.name}  ${figures(ran.wall)} s`)
      })
  return {
    series: variants
      .filter((variant) => commands.has(variant) && rounds.get(variant)?.length !== 0)
      .map((variant) => ({
        configuration: configuration.name,
        variant: variant.name,
        task: variant.task,
        rounds: rounds.get(variant) ?? []
      })),
    failures
  }
}

const main = async (): Promise<number> => {
  const o = options()
  if (o.help) {
    process.stdout.write(HELP)
    return 0
  }
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
  const exhaustive = configurationsIn(o.configurations ?? (o.quick ? 'F220,B330,F310' : 'F310,B340,B430,B530'))
  const random = configurationsIn(o.random ?? 'F220')
  const [runs, limit] = [positive('--runs', o.runs ?? '3'), positive('--limit', o.limit ?? '3600')]
  const tools = toolsIn(o.tools)
  const place: Place = {
    cache: join(root, 'node_modules', '.cache', 'blockforest-bench'),
    cli: resolve(o.cli ?? join(root, 'dist', 'bin', 'blockforest.js')),
    quick: o.quick,
    say
  }
  mkdirSync(place.cache, { recursive: true })

  const print = (text: string): void => void process.stdout.write(`${text}\n`)
  const printTable = (title: string, rows: ReadonlyArray<ReadonlyArray<string>>): void => {
    if (rows.length > 1) print(`\n${title}\n\n${o.markdown ? markdown(rows) : table(rows)}`)
  }

  print(machine())
  const variants: Variant[] = []
  const ours: Variant[] = []
  for (const tool of tools) {
    const found = await tool.find(place)
    if (found._tag === 'Missing') print(`${tool.name}: not here. To have it: ${found.how}`)
    else {
      print([`${tool.name}:`, found.version, ...(found.note === undefined ? [] : [`(${found.note})`])].join(' '))
      variants.push(...found.variants)
      if (tool === blockforest) ours.push(...found.variants)
    }
  }
  if (tools.includes(blockforest) && ours.length === 0) throw new UsageError('blockforest itself is not built')

  const series: Series[] = []
  const failures: Failure[] = []
  const add = async (c: Configuration, some: ReadonlyArray<Variant>, times: number): Promise<void> => {
    const measured = await measure(c, some, times, limit)
    series.push(...measured.series)
    failures.push(...measured.failures)
  }
  // What a process holds without states, for the memory of those that hold many.
  const names = exhaustive.map(({ name }) => name)
  const weighed = TARGETS.some((target) => target._tag === 'Memory' && names.some((name) => name in target.atMost))
  if (weighed && !names.includes(BASELINE))
    await add(
      configurationOf(BASELINE),
      ours.filter(({ task }) => task === 'exhaustive'),
      runs
    )
  for (const c of exhaustive)
    await add(
      c,
      variants.filter(({ task, slow }) => task === 'exhaustive' && (!slow || o.all || !isLarge(c))),
      runs
    )
  for (const c of random)
    await add(
      c,
      variants.filter(({ task }) => task === 'random'),
      runs
    )

  printTable(
    'All executions, every invariant in every state (medians; ratios of process times, above 1: slower)',
    exhaustiveRows(series, { ours: BREADTH_FIRST, yardstick: YARDSTICK })
  )
  printTable(
    'Random executions, every invariant at every step (medians; last column: how many times the steps/s blockforest does)',
    randomRows(series, RANDOM)
  )
  printTable('Targets (how many times as fast, unless said)', verdictRows(verdicts(series)))

  if (o.json !== undefined)
    writeFileSync(o.json, `${JSON.stringify({ machine: machine(), series, failures }, undefined, 2)}\n`)
  const different = disagreements(series)
  for (const { configuration, variant, message } of failures)
    print(`\nFAILED: ${variant} on ${configuration}: ${message}`)
  for (const line of different) print(`\nDISAGREEMENT: ${line}`)
  return failures.length + different.length > 0 ? 1 : stopped() ? 130 : 0
}

process.once('SIGINT', () => {
  say('stopping: what was measured so far')
  stop.abort()
  stopCurrent()
})

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  say(`bench:checker: ${error.message}\n(npm run bench:checker -- --help lists the options)`)
  process.exitCode = 2
}
