/**
 * `blockforest check`: explores executions and checks every invariant in every state.
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import { Presets, SingleBar } from 'cli-progress'
import type { Configuration, InstanceName } from '../../invariants/blockchain/codec.js'
import { sourceOf, withModel } from '../../invariants/blockchain/configuration.js'
import { Explain } from '../../invariants/blockchain/explain.js'
import {
  collisionChance,
  exhaustive,
  neverEnabled,
  parallel,
  randomized,
  replay,
  traceOf,
  writeTrace
} from '../../invariants/checker/index.js'
import type { Coverage, ExhaustiveOptions, Progress, RandomizedResult, Result } from '../../invariants/checker/index.js'
import { checkpointFrom, checkpointTo, temporaryStore } from './files.js'
import { grouped, integer, natural, positive, print, table, UsageError, writeText } from './io.js'

/** What the user asked for. */
interface CheckOptions {
  readonly instance?: InstanceName
  readonly nodes?: number
  readonly mints?: number
  readonly transactions?: number
  readonly blockOnly?: true
  readonly duplications?: number
  readonly losses?: number
  readonly cuts?: number
  readonly random?: true
  readonly seed?: number
  readonly runs?: number
  readonly firstRun?: number
  readonly steps?: number
  readonly depth?: number
  readonly maxStates?: number
  readonly order?: 'breadth-first' | 'depth-first'
  readonly workers?: number
  readonly checkpoint?: string
  readonly checkpointEvery?: number
  readonly resume?: string
  readonly maxMemory?: number
  readonly plain?: true
  readonly json?: true
  readonly traceOut?: string
  readonly progress: boolean
}

/** One thing to do: a configuration, and how it is explored. */
interface Job {
  readonly configuration: Configuration
  readonly strategy:
    | {
        readonly _tag: 'exhaustive'
        readonly depth?: number
        readonly maxStates?: number
        readonly order?: 'breadth-first' | 'depth-first'
        /** Threads; more than one search depth first. */
        readonly workers?: number
      }
    | {
        readonly _tag: 'randomized'
        readonly seed: number
        readonly runs: number
        readonly firstRun: number
        readonly steps: number
      }
  readonly plain: boolean
}

/** What became of a job. */
interface Outcome {
  readonly job: Job
  readonly name: string
  readonly result: Result<unknown, unknown> | RandomizedResult<unknown, unknown>
  /** The counterexample in words, and as a trace file's text. */
  readonly explained: string | undefined
  readonly trace: string | undefined
}

const configuration = (
  instance: InstanceName,
  nodes: number,
  mints: number,
  transactions: number,
  more: {
    readonly blockOnly?: boolean
    readonly duplications?: number
    readonly losses?: number
    readonly cuts?: number
  } = {}
): Configuration => ({
  instance,
  nodes,
  mints,
  transactions,
  blockOnly: more.blockOnly ?? false,
  faults: { duplications: more.duplications ?? 0, losses: more.losses ?? 0, cuts: more.cuts ?? 0 }
})

/** The default: some seconds of small exhaustive configurations and some thousands of random steps. */
const defaultJobs = (seed: number): ReadonlyArray<Job> => {
  const all = (c: Configuration): Job => ({ configuration: c, strategy: { _tag: 'exhaustive' }, plain: false })
  const some = (c: Configuration, runs: number): Job => ({
    configuration: c,
    strategy: { _tag: 'randomized', seed, runs, firstRun: 0, steps: 200 },
    plain: false
  })
  return [
    all(configuration('numbered', 2, 0, 1)),
    all(configuration('numbered', 2, 1, 0)),
    all(configuration('numbered', 2, 2, 0)),
    all(configuration('numbered', 3, 1, 0)),
    all(configuration('numbered', 3, 2, 0, { blockOnly: true })),
    all(configuration('numbered', 2, 2, 0, { blockOnly: true, duplications: 1, cuts: 1 })),
    all(configuration('longestChain', 2, 2, 0)),
    some(configuration('numbered', 3, 3, 1), 100),
    some(configuration('longestChain', 4, 3, 1), 20),
    some(configuration('proofOfWork', 3, 2, 1), 20),
    some(configuration('payments', 3, 2, 2), 50)
  ]
}

/** The jobs that the options ask for: one configuration if they name any of its parts, else the default. */
const jobsOf = (o: CheckOptions): ReadonlyArray<Job> => {
  const seed = o.seed ?? DEFAULT_SEED
  const asksForModel = [o.instance, o.nodes, o.mints, o.transactions, o.blockOnly, o.duplications, o.losses, o.cuts]
  const asksForSearch = [o.random, o.runs, o.firstRun, o.steps, o.depth, o.maxStates, o.order, o.workers]
  if ([...asksForModel, ...asksForSearch].every((option) => option === undefined))
    return defaultJobs(seed).map((job) => ({ ...job, plain: o.plain ?? false }))
  const isRandom = [o.random, o.runs, o.firstRun, o.steps].some((option) => option !== undefined)
  if (isRandom && (o.depth !== undefined || o.maxStates !== undefined))
    throw new UsageError(
      '--depth and --max-states bound an exhaustive search; random runs are bounded by --runs and --steps'
    )
  return [
    {
      configuration: configuration(o.instance ?? 'numbered', o.nodes ?? 2, o.mints ?? 2, o.transactions ?? 0, {
        blockOnly: o.blockOnly ?? false,
        duplications: o.duplications ?? 0,
        losses: o.losses ?? 0,
        cuts: o.cuts ?? 0
      }),
      strategy: isRandom
        ? { _tag: 'randomized', seed, runs: o.runs ?? 100, firstRun: o.firstRun ?? 0, steps: o.steps ?? 200 }
        : {
            _tag: 'exhaustive',
            ...(o.depth === undefined ? {} : { depth: o.depth }),
            ...(o.maxStates === undefined ? {} : { maxStates: o.maxStates }),
            ...(o.order === undefined ? {} : { order: o.order }),
            ...(o.workers === undefined ? {} : { workers: o.workers })
          },
      plain: o.plain ?? false
    }
  ]
}

/** From which random choices follow unless another is given: fixed, so that a run is the same everywhere. */
const DEFAULT_SEED = 2018

const run = (job: Job, keeping: Keeping, onProgress: (p: Progress) => void): Promise<Outcome> =>
  withModel(job.configuration, async (model) => {
    const { strategy, plain } = job
    const result =
      strategy._tag === 'randomized'
        ? await randomized(model, { ...strategy, plain, onProgress })
        : strategy.workers === undefined
          ? await exhaustive(model, { ...strategy, ...keeping, plain, onProgress })
          : await parallel(model, sourceOf(job.configuration), { threads: strategy.workers, onProgress })
    const found = result.counterexample
    const trace = found && traceOf(job.configuration, found.states, found.actions)
    return {
      job,
      name: model.name,
      result,
      explained: trace && Explain(model.toychain).execution(replay(model, trace).steps),
      trace: trace && writeTrace(trace)
    }
  })

/** What a long search keeps in files. */
type Keeping = Pick<ExhaustiveOptions, 'checkpoint' | 'resume' | 'frontier'>

const keepingOf = (
  { checkpoint, checkpointEvery, resume, maxMemory, order }: CheckOptions,
  jobs: ReadonlyArray<Job>
): Keeping => {
  const asked = [checkpoint, checkpointEvery, resume, maxMemory].some((option) => option !== undefined)
  const [only] = jobs
  if (!asked) return {}
  if (
    jobs.length > 1 ||
    only?.strategy._tag !== 'exhaustive' ||
    only.strategy.workers !== undefined ||
    only.plain ||
    order === 'depth-first'
  )
    throw new UsageError(
      '--checkpoint, --checkpoint-every, --resume and --max-memory are for one breadth-first search: name a configuration, ' +
        'and leave out --random, --workers, --plain and --order depth-first'
    )
  return {
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointTo(checkpoint, checkpointEvery ?? 60) }),
    ...(resume === undefined ? {} : { resume: checkpointFrom(resume) }),
    ...(maxMemory === undefined ? {} : { frontier: { store: temporaryStore(), megabytes: maxMemory } })
  }
}

/** The command that runs one job again. */
const commandFor = ({ configuration: c, strategy, plain }: Job): string =>
  [
    'blockforest check',
    `--instance ${c.instance} --nodes ${String(c.nodes)} --mints ${String(c.mints)} --transactions ${String(c.transactions)}`,
    ...(c.blockOnly ? ['--block-only'] : []),
    ...(c.faults.duplications > 0 ? [`--duplications ${String(c.faults.duplications)}`] : []),
    ...(c.faults.losses > 0 ? [`--losses ${String(c.faults.losses)}`] : []),
    ...(c.faults.cuts > 0 ? [`--cuts ${String(c.faults.cuts)}`] : []),
    ...(strategy._tag === 'randomized'
      ? [
          `--seed ${String(strategy.seed)} --runs ${String(strategy.runs)} --first-run ${String(strategy.firstRun)} --steps ${String(strategy.steps)}`
        ]
      : [
          ...(strategy.order === undefined ? [] : [`--order ${strategy.order}`]),
          ...(strategy.workers === undefined ? [] : [`--workers ${String(strategy.workers)}`])
        ]),
    ...(plain ? ['--plain'] : [])
  ].join(' ')

/** The command that shows a failure again. */
const replayCommandFor = ({ job, result }: Outcome): string =>
  commandFor(
    job.strategy._tag === 'randomized' && 'failedRun' in result && result.failedRun !== undefined
      ? { ...job, strategy: { ...job.strategy, firstRun: result.failedRun.run, runs: 1 } }
      : job
  )

const verdictOf = ({ counterexample, complete }: Outcome['result']): string =>
  counterexample ? 'VIOLATED' : complete ? 'all hold' : 'all hold so far'

const summary = (outcomes: ReadonlyArray<Outcome>): string =>
  table([
    ['configuration', 'search', 'states', 'transitions', 'depth', 'states/s', 'verdict'],
    ...outcomes.map(({ name, job, result }) => [
      name,
      job.strategy._tag === 'exhaustive' ? 'exhaustive' : `${String(job.strategy.runs)} random runs`,
      grouped(result.states),
      grouped(result.transitions),
      String(result.depth),
      grouped(result.states / Math.max(result.seconds, 0.001)),
      verdictOf(result)
    ])
  ])

/** What happened in all jobs together, and what never did. */
const whatHappened = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> => {
  const sum = (of: (c: Coverage) => Readonly<Record<string, number>>): ReadonlyArray<readonly [string, number]> => {
    const total = new Map<string, number>()
    for (const { result } of outcomes)
      for (const [name, times] of Object.entries(of(result.coverage))) total.set(name, (total.get(name) ?? 0) + times)
    return [...total]
  }
  const never = outcomes.flatMap(({ name, result }) => {
    const kinds = neverEnabled(result.coverage)
    return kinds.length > 0 ? [`never enabled in ${name}: ${kinds.join(', ')}`] : []
  })
  const missed = outcomes
    .filter(({ job, result }) => job.strategy._tag === 'exhaustive' && result.engine === 'interned')
    .reduce((sum, { result }) => sum + collisionChance(result.states), 0)
  return [
    `seen: ${[...sum((c) => c.states), ...sum((c) => c.steps)].map(([name, times]) => `${name} ${grouped(times)}`).join(', ')}`,
    ...never,
    ...(missed > 0
      ? [
          `chance that a state was missed because two have one fingerprint: at most ${missed.toExponential(1)} (--plain: none)`
        ]
      : [])
  ]
}

const asJson = (outcomes: ReadonlyArray<Outcome>): string => {
  const one = ({ job, name, result, trace }: Outcome): Record<string, unknown> => ({
    configuration: { name, ...job.configuration },
    strategy: job.strategy,
    engine: result.engine,
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    complete: result.complete,
    seconds: Number(result.seconds.toFixed(3)),
    peakMemory: result.peakMemory,
    verdict: result.counterexample ? 'violated' : 'holds',
    ...(job.strategy._tag === 'exhaustive' && result.engine === 'interned'
      ? { collisionChance: collisionChance(result.states) }
      : {}),
    coverage: result.coverage,
    neverEnabled: neverEnabled(result.coverage),
    ...(result.counterexample && trace !== undefined
      ? {
          failures: result.counterexample.failures,
          command: replayCommandFor({ job, name, result, trace, explained: undefined }),
          trace: JSON.parse(trace) as unknown
        }
      : {})
  })
  const [only] = outcomes
  if (outcomes.length === 1 && only !== undefined) return JSON.stringify(one(only), undefined, 2)
  const total = (of: (r: Outcome['result']) => number): number =>
    outcomes.reduce((sum, { result }) => sum + of(result), 0)
  return JSON.stringify(
    {
      configuration: 'default',
      states: total((r) => r.states),
      transitions: total((r) => r.transitions),
      depth: Math.max(...outcomes.map(({ result }) => result.depth)),
      seconds: Number(total((r) => r.seconds).toFixed(3)),
      peakMemory: Math.max(...outcomes.map(({ result }) => result.peakMemory)),
      verdict: outcomes.some(({ result }) => result.counterexample) ? 'violated' : 'holds',
      runs: outcomes.map(one)
    },
    undefined,
    2
  )
}

const check = async (options: CheckOptions): Promise<void> => {
  const jobs = jobsOf(options)
  const keeping = keepingOf(options, jobs)
  const bar =
    options.json === true || !options.progress || !process.stderr.isTTY
      ? undefined
      : new SingleBar(
          {
            format: '{bar} {value}/{total} {name}: {states} states, depth {depth}, {frontier} to go',
            hideCursor: true
          },
          Presets.shades_classic
        )
  bar?.start(jobs.length, 0, { name: '', states: '0', depth: 0, frontier: '0' })
  const outcomes: Outcome[] = []
  for (const job of jobs) {
    const name = withModel(job.configuration, (model) => model.name)
    const outcome = await run(job, keeping, ({ states, depth, frontier }) => {
      bar?.update(outcomes.length, { name, states: grouped(states), depth, frontier: grouped(frontier) })
    })
    outcomes.push(outcome)
    bar?.update(outcomes.length)
    if (outcome.result.counterexample) break
  }
  bar?.stop()

  const failed = outcomes.find(({ result }) => result.counterexample)
  if (options.traceOut !== undefined && failed?.trace !== undefined) writeText(options.traceOut, failed.trace)
  if (options.json === true) print(asJson(outcomes))
  else {
    print(summary(outcomes))
    for (const line of whatHappened(outcomes)) print(line)
    if (failed) {
      print(
        `\n${failed.name}: an invariant is violated after ${String(failed.result.counterexample?.actions.length ?? 0)} steps\n`
      )
      print(failed.explained ?? '')
      print(`\nagain: ${replayCommandFor(failed)}`)
    }
    if (options.traceOut !== undefined)
      print(failed ? `trace written to ${options.traceOut}` : 'no invariant is violated, so no trace was written')
  }
  process.exitCode = failed ? 1 : 0
}

/** Adds the command. */
export const checkCommand = (program: Command): void => {
  program
    .command('check')
    .description('Explore executions and check every invariant in every state. With no options: a sensible default.')
    .addOption(
      new Option('--instance <name>', 'the blockchain to run (default: numbered)').choices([
        'numbered',
        'longestChain',
        'proofOfWork',
        'payments'
      ])
    )
    .option('--nodes <n>', 'nodes of the clique (default: 2)', positive)
    .option('--mints <n>', 'most blocks minted in an execution (default: 2)', natural)
    .option('--transactions <n>', 'transactions that may be announced, each once (default: 0)', natural)
    .option('--block-only', 'receiving a block sends nothing, so that only blocks are in flight')
    .option('--duplications <n>', 'how often the network may duplicate a packet (default: 0)', natural)
    .option(
      '--losses <n>',
      'how often the network may lose a packet (default: 0; the invariant does not survive one)',
      natural
    )
    .option('--cuts <n>', 'how often the network may be cut in two (default: 0)', natural)
    .option('--depth <n>', 'exhaustive: most steps of an execution (default: no bound)', natural)
    .option('--max-states <n>', 'exhaustive: most distinct states (default: no bound)', positive)
    .addOption(
      new Option('--order <order>', 'exhaustive: shortest counterexample, or faster (default: breadth-first)').choices([
        'breadth-first',
        'depth-first'
      ])
    )
    .option('--workers <n>', 'exhaustive: depth first, by this many threads', positive)
    .option('--checkpoint <file>', 'breadth first: keep the search in a file, to go on with --resume')
    .option('--checkpoint-every <seconds>', 'how often (default: 60)', natural)
    .option('--resume <file>', 'breadth first: go on from a checkpoint')
    .option(
      '--max-memory <MB>',
      'breadth first: the most memory for the frontier; the rest goes to temporary files',
      positive
    )
    .option('--random', 'random executions instead of all of them')
    .option('--seed <n>', `random: from which all choices follow (default: ${String(DEFAULT_SEED)})`, integer)
    .option('--runs <n>', 'random: how many executions (default: 100)', positive)
    .option('--first-run <n>', 'random: the number of the first execution (default: 0)', natural)
    .option('--steps <n>', 'random: most steps of an execution (default: 200)', positive)
    .option('--plain', 'compute every step anew, with no interning')
    .option('--json', 'one JSON object instead of a table')
    .option('--trace-out <file>', 'write the counterexample to a trace file (ITF)')
    .option('--no-progress', 'no progress bar')
    .action(check)
}
