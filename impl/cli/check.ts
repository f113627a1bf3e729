/**
 * `blockforest check`: explores executions and checks every invariant in every state.
 */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { decodeConfiguration, HashBits } from '../../invariants/blockchain/codec.js'
import type { Configuration, Edition, InstanceName } from '../../invariants/blockchain/codec.js'
import { sourceOf, withEdition, withPlayable } from '../../invariants/blockchain/configuration.js'
import { Explain } from '../../invariants/blockchain/explain.js'
import { toychainModel } from '../../invariants/blockchain/model.js'
import type { Playable } from '../../invariants/blockchain/model.js'
import { premisesMet } from '../../invariants/blockchain/premises.js'
import {
  collisionChance,
  exhaustive,
  MOST_STATES,
  MOST_SYMMETRIC_NODES,
  networkCausality,
  neverEnabled,
  ORDERS,
  parallel,
  randomized,
  recorder,
  replay,
  scoreCalled,
  traceOf,
  writeTrace
} from '../../invariants/checker/index.js'
import type {
  Causality,
  Coverage,
  ExhaustiveOptions,
  Model,
  Order,
  Progress,
  RandomizedResult,
  Reduction,
  Result
} from '../../invariants/checker/index.js'
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import type { Types } from '../../spec/blockchain/types.js'
import { coverageText } from './coverage.js'
import type { Reached } from './coverage.js'
import { checkpointFrom, checkpointTo, temporaryStore } from './files.js'
import { ensureWritable, grouped, integer, natural, positive, print, table, UsageError, writeText } from './io.js'
import { reporter } from './progress.js'
import type { ProgressOptions, Share } from './progress.js'
import { DEFAULT_SIZES, graph, induction, witness } from './questions.js'
import type { Answer } from './questions.js'

/** What the user asked for. */
interface CheckOptions extends ProgressOptions {
  readonly edition?: Edition
  readonly instance?: InstanceName
  readonly hashBits?: number
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
  readonly order?: Order
  readonly toward?: string
  readonly workers?: number
  readonly reduce?: ReadonlyArray<Reduction>
  readonly exact?: true
  readonly checkpoint?: string
  readonly checkpointEvery?: number
  readonly resume?: string
  readonly maxMemory?: number
  readonly witness?: string
  readonly inductive?: true
  readonly blocks?: number
  readonly packets?: number
  readonly coverage?: true
  readonly dot?: string
  readonly plain?: true
  readonly traceOut?: string
}

/** One thing to do: a configuration, and how it is explored. */
interface Job {
  readonly configuration: Configuration
  readonly strategy:
    | {
        readonly _tag: 'exhaustive'
        readonly depth?: number
        readonly maxStates?: number
        readonly order?: Order
        /** The score that guides a guided search. */
        readonly toward?: string
        /** Threads; more than one search depth first. */
        readonly workers?: number
        readonly reduce?: ReadonlyArray<Reduction>
        /** Keep whole states. */
        readonly exact?: true
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
  /** What was reached, where that was asked. */
  readonly reached: Reached | undefined
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
    readonly edition?: Edition | undefined
    readonly hashBits?: number | undefined
  } = {}
): Configuration => ({
  instance,
  nodes,
  mints,
  transactions,
  blockOnly: more.blockOnly ?? false,
  faults: { duplications: more.duplications ?? 0, losses: more.losses ?? 0, cuts: more.cuts ?? 0 },
  ...(more.edition === undefined ? {} : { edition: more.edition }),
  ...(more.hashBits === undefined ? {} : { hashBits: more.hashBits })
})

/** A configuration that is not too large to be built. */
const buildable = (asked: Configuration): Configuration => {
  const decoded = decodeConfiguration(asked)
  if (E.isLeft(decoded)) throw new UsageError(decoded.left)
  return asked
}

/** The default: some seconds, for millions of states of small configurations and some thousands of random steps. */
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
    all(configuration('numbered', 2, 1, 1)),
    all(configuration('numbered', 3, 2, 0, { blockOnly: true })),
    all(configuration('numbered', 2, 5, 0, { blockOnly: true })),
    all(configuration('numbered', 3, 4, 0, { blockOnly: true })),
    all(configuration('numbered', 4, 3, 0, { blockOnly: true })),
    all(configuration('numbered', 2, 2, 0, { blockOnly: true, duplications: 1, cuts: 1 })),
    all(configuration('longestChain', 2, 2, 0)),
    // Few hashes, so that blocks collide.
    all(configuration('numbered', 2, 3, 0, { blockOnly: true, hashBits: 2 })),
    some(configuration('numbered', 3, 3, 1), 100),
    some(configuration('longestChain', 4, 3, 1), 20),
    // Each block is really mined.
    some(configuration('proofOfWork', 3, 2, 1), 5),
    some(configuration('payments', 3, 2, 2), 50)
  ]
}

/** The jobs that the options ask for: one configuration if they name any of its parts, else the default. */
const jobsOf = (o: CheckOptions): ReadonlyArray<Job> => {
  const seed = o.seed ?? DEFAULT_SEED
  const asksForModel = [
    ...[o.edition, o.instance, o.hashBits, o.nodes, o.mints, o.transactions, o.blockOnly],
    ...[o.duplications, o.losses, o.cuts]
  ]
  const asksForSearch = [
    ...[o.random, o.runs, o.firstRun, o.steps],
    ...[o.depth, o.maxStates, o.order, o.toward, o.workers, o.reduce, o.exact]
  ]
  const asksForAnswer = [o.witness, o.inductive, o.dot]
  if ((o.workers ?? 1) > 1 && import.meta.url.endsWith('.ts'))
    throw new UsageError(
      '--workers needs compiled files, and this runs from the sources: npm run build, then node dist/bin/blockforest.js'
    )
  if ([...asksForModel, ...asksForSearch, ...asksForAnswer].every((option) => option === undefined))
    return defaultJobs(seed).map((job) => ({ ...job, plain: o.plain ?? false }))
  const isRandom = [o.random, o.runs, o.firstRun, o.steps].some((option) => option !== undefined)
  refuseForOrder(o)
  if (!isRandom && o.seed !== undefined)
    throw new UsageError('--seed is what random choices follow from, and there are none here: add --random')
  return [
    {
      configuration: buildable(
        configuration(o.instance ?? 'numbered', o.nodes ?? 2, o.mints ?? 2, o.transactions ?? 0, {
          blockOnly: o.blockOnly ?? false,
          duplications: o.duplications ?? 0,
          losses: o.losses ?? 0,
          cuts: o.cuts ?? 0,
          edition: o.edition,
          hashBits: o.hashBits
        })
      ),
      strategy: isRandom
        ? { _tag: 'randomized', seed, runs: o.runs ?? 100, firstRun: o.firstRun ?? 0, steps: o.steps ?? 200 }
        : {
            _tag: 'exhaustive',
            ...(o.depth === undefined ? {} : { depth: o.depth }),
            ...(o.maxStates === undefined ? {} : { maxStates: o.maxStates }),
            ...(o.order === undefined ? {} : { order: o.order }),
            ...(o.toward === undefined ? {} : { toward: o.toward }),
            ...(o.workers === undefined ? {} : { workers: o.workers }),
            ...(o.reduce === undefined ? {} : { reduce: o.reduce }),
            ...(o.exact === undefined ? {} : { exact: o.exact })
          },
      plain: o.plain ?? false
    }
  ]
}

/** What does not go with the order that is asked for. */
const refuseForOrder = (o: CheckOptions): void => {
  const { order = 'breadth-first' } = o
  if (order === 'guided' && o.toward === undefined)
    throw new UsageError('--order guided needs to know where to go: add --toward SCORE (--toward ? lists them)')
  if (order !== 'guided' && o.toward !== undefined)
    throw new UsageError('--toward is where a guided search goes: add --order guided')
  if (order === 'breadth-first') return
  const isBounded = order === 'iterative-deepening'
  const others = [...(isBounded ? [] : [o.depth]), o.plain, o.checkpoint, o.resume, o.maxMemory]
  if (others.some((option) => option !== undefined))
    throw new UsageError(
      `${isBounded ? '' : '--depth, '}--plain, --checkpoint, --resume and --max-memory are for searches breadth first: ` +
        `leave out --order ${order}`
    )
  if (isBounded && o.exact !== undefined)
    throw new UsageError(`--order ${order} keeps distances with fingerprints, not with whole states: leave out --exact`)
}

/** Refuses a score that the model does not have, and says which it has. */
const refuseForScore = ({ configuration: c, strategy }: Job): void => {
  if (strategy._tag !== 'exhaustive' || strategy.toward === undefined) return
  const score = scoreCalled(withEdition(c, ({ model }) => model.scores) ?? [], strategy.toward)
  if (E.isLeft(score)) throw new UsageError(score.left)
}

/** From which random choices follow unless another is given: fixed, so that a run is the same everywhere. */
const DEFAULT_SEED = 2018

/** What cannot be reduced, said before a long search begins. */
const refuseReduction = <S, A>({ configuration: c, strategy }: Job, { name, symmetryObjection }: Model<S, A>): void => {
  if (strategy._tag !== 'exhaustive' || strategy.reduce?.includes('symmetry') !== true) return
  if (strategy.exact !== undefined)
    throw new UsageError('a search up to symmetry knows states by fingerprints only: leave out --exact')
  if (symmetryObjection === undefined)
    throw new UsageError(
      `no symmetry is declared for ${name}, whose hashes or times may depend on what the nodes are called: leave out --reduce symmetry`
    )
  if (c.nodes > MOST_SYMMETRIC_NODES)
    throw new UsageError(
      `a search up to symmetry looks at every permutation of the nodes, of which there may be ${String(MOST_SYMMETRIC_NODES)}, not ${String(c.nodes)}`
    )
}

/** Explores a model in the way of a job. */
const explore = <S, A>(
  { configuration: c, strategy, plain }: Job,
  model: Model<S, A>,
  keeping: Keeping,
  onProgress: (p: Progress) => void,
  causality?: Causality<S, A>
): Promise<Result<S, A> | RandomizedResult<S, A>> =>
  strategy._tag === 'randomized'
    ? randomized(model, { ...strategy, plain, onProgress, ...(causality === undefined ? {} : { causality }) })
    : strategy.workers === undefined
      ? exhaustive(model, { ...strategy, ...keeping, plain, onProgress })
      : parallel(model, sourceOf(c), { threads: strategy.workers, onProgress })

const run = (job: Job, keeping: Keeping, covers: boolean, onProgress: (p: Progress) => void): Promise<Outcome> =>
  withPlayable(job.configuration, async (playable, limits) => {
    const recorded = recorderOf(playable)
    const model = toychainModel(playable, limits, covers ? { variant: { protocol: recorded.protocol } } : {})
    refuseReduction(job, model)
    const result = await explore(job, model, keeping, onProgress, networkCausality)
    const found = result.counterexample
    const trace = found && traceOf(job.configuration, found.states, found.actions)
    const again = <S, A>(other: Model<S, A>) => explore(job, other, {}, onProgress)
    return {
      job,
      name: model.name,
      result,
      explained: trace && Explain(model.toychain).execution(replay(model, trace).steps),
      trace: trace && writeTrace(trace),
      reached: covers
        ? { outcomes: recorded.outcomes(), premises: found ? [] : await premisesMet(playable, limits, again) }
        : undefined
    }
  })

/** The same for an edition other than the main one. */
const runEdition = (job: Job, keeping: Keeping, onProgress: (p: Progress) => void): Promise<Outcome> =>
  withEdition(job.configuration, async ({ model, execution }) => {
    refuseReduction(job, model)
    const result = await explore(job, model, keeping, onProgress)
    const found = result.counterexample
    const trace = found && traceOf(job.configuration, found.states, found.actions)
    return {
      job,
      name: model.name,
      result,
      explained: trace && execution(replay(model, trace).steps),
      trace: trace && writeTrace(trace),
      reached: undefined
    }
  })

/** What cannot be asked of an edition other than the main one. */
const refuseForEdition = (o: CheckOptions): void => {
  if (o.edition === undefined || o.hashBits === undefined) return
  if ([o.workers, o.maxMemory, o.reduce, o.toward].some((option) => option !== undefined))
    throw new UsageError(
      'where hashes collide in the edition of 2018, states are not interned: leave out --workers, --max-memory, --reduce and --order guided'
    )
}

/** Takes down what the nodes of a Toychain network do. */
const recorderOf = <T extends Types>(_: Playable<T>) =>
  recorder<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>({
    message: (m) => m._tag,
    internal: (t) => t._tag
  })

/** The other question that is asked, if one is: its answer, once somebody listens to the progress. */
const questionOf = (
  o: CheckOptions,
  jobs: ReadonlyArray<Job>
): ((onProgress: (p: Progress) => void) => Promise<Answer>) | undefined => {
  const [job] = jobs
  if (o.inductive === undefined && (o.blocks !== undefined || o.packets !== undefined))
    throw new UsageError('--blocks and --packets are the sizes of the worlds of --inductive')
  if (job === undefined || (o.witness === undefined && o.inductive === undefined)) return undefined
  const { configuration: c, strategy, plain } = job
  return (onProgress) => {
    const bounds = { ...strategy, plain, onProgress }
    return o.witness === undefined ? induction(c, o, bounds) : witness(c, o.witness, bounds, o.traceOut)
  }
}

/** What a long search keeps in files. */
type Keeping = Pick<ExhaustiveOptions, 'checkpoint' | 'resume' | 'frontier'>

const keepingOf = (
  { checkpoint, checkpointEvery, resume, maxMemory }: CheckOptions,
  jobs: ReadonlyArray<Job>
): Keeping => {
  if (checkpointEvery !== undefined && checkpoint === undefined)
    throw new UsageError('--checkpoint-every says how often to write a checkpoint: add --checkpoint FILE')
  if (jobs.length > 1 && [checkpoint, resume, maxMemory].some((option) => option !== undefined))
    throw new UsageError('--checkpoint, --resume and --max-memory are for one search: name a configuration')
  return {
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointTo(checkpoint, checkpointEvery ?? 60) }),
    ...(resume === undefined ? {} : { resume: checkpointFrom(resume) }),
    ...(maxMemory === undefined ? {} : { frontier: { store: temporaryStore(), megabytes: maxMemory } })
  }
}

/** How much of a job is done: of random runs, those that were made; of a search, states, where there is a bound. */
const shareOf =
  ({ strategy }: Job): Share =>
  ({ states, frontier }) =>
    strategy._tag === 'randomized'
      ? 1 - frontier / strategy.runs
      : strategy.maxStates === undefined
        ? undefined
        : states / strategy.maxStates

/** The command that runs one job again. */
const commandFor = ({ configuration: c, strategy, plain }: Job): string =>
  [
    'blockforest check',
    ...(c.edition === undefined ? [] : [`--edition ${c.edition}`]),
    `--instance ${c.instance} --nodes ${String(c.nodes)} --mints ${String(c.mints)} --transactions ${String(c.transactions)}`,
    ...(c.hashBits === undefined ? [] : [`--hash-bits ${String(c.hashBits)}`]),
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
          ...(strategy.toward === undefined ? [] : [`--toward ${strategy.toward}`]),
          ...(strategy.workers === undefined ? [] : [`--workers ${String(strategy.workers)}`]),
          ...(strategy.reduce === undefined ? [] : [`--reduce ${strategy.reduce.join(' ')}`]),
          ...(strategy.exact === undefined ? [] : ['--exact'])
        ]),
    ...(plain ? ['--plain'] : [])
  ].join(' ')

/** The command that shows a failure again. */
const replayCommandFor = ({ job, result }: Pick<Outcome, 'job' | 'result'>): string =>
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
      job.strategy._tag === 'exhaustive'
        ? 'exhaustive'
        : `${String(job.strategy.runs)} random run${job.strategy.runs === 1 ? '' : 's'}`,
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
    .filter(({ job, result }) => job.strategy._tag === 'exhaustive' && !result.exact)
    .reduce((sum, { result }) => sum + collisionChance(result.states), 0)
  return [
    `seen: ${[...sum((c) => c.states), ...sum((c) => c.steps)].map(([name, times]) => `${name} ${grouped(times)}`).join(', ')}`,
    ...never,
    ...outcomes.flatMap(({ name, result }) => reducedText(name, result)),
    ...(missed > 0
      ? [
          `chance that a state was missed because two have one fingerprint: at most ${missed.toExponential(1)} (--exact: none)`
        ]
      : [])
  ]
}

/** What a reduced search has left out. */
const reducedText = (name: string, { reductions, sizes }: Outcome['result']): ReadonlyArray<string> => {
  const says: Readonly<Record<Reduction, string>> = {
    noop:
      'packets that nobody will ever take notice of are delivered at once, and ' +
      `${grouped(sizes['packets that must not be purged'] ?? 0)} of ${grouped(sizes['packets'] ?? 0)} different packets had to be kept`,
    symmetry: 'of the states that differ only in what the nodes are called, one is explored'
  }
  return reductions.length === 0
    ? []
    : [
        `reduced: ${name} (${reductions.join(', ')}): ${reductions.map((reduction) => says[reduction]).join('; ')}; ` +
          'states, transitions and what was seen are those of the reduced search'
      ]
}

const asJson = (outcomes: ReadonlyArray<Outcome>): string => {
  const one = ({ job, name, result, trace, reached }: Outcome): Record<string, unknown> => ({
    configuration: { name, ...job.configuration },
    strategy: job.strategy,
    engine: result.engine,
    reductions: result.reductions,
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    complete: result.complete,
    seconds: Number(result.seconds.toFixed(3)),
    peakMemory: result.peakMemory,
    verdict: result.counterexample ? 'violated' : 'holds',
    ...(job.strategy._tag === 'exhaustive' && !result.exact ? { collisionChance: collisionChance(result.states) } : {}),
    coverage: result.coverage,
    neverEnabled: neverEnabled(result.coverage),
    ...reached,
    ...(result.counterexample && trace !== undefined
      ? {
          failures: result.counterexample.failures,
          command: replayCommandFor({ job, result }),
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

/** The graph of the one configuration that there is. */
const drawing = (jobs: ReadonlyArray<Job>, file: string): Promise<string> | undefined =>
  jobs[0] && graph(jobs[0].configuration, file)

const check = async (options: CheckOptions): Promise<void> => {
  refuseForEdition(options)
  for (const file of [options.traceOut, options.dot, options.checkpoint]) if (file !== undefined) ensureWritable(file)
  const jobs = jobsOf(options)
  jobs.forEach(refuseForScore)
  const keeping = keepingOf(options, jobs)
  const question = questionOf(options, jobs)
  const shown = reporter(options, jobs.length)
  if (question !== undefined) {
    const answer = await question(shown.listen('', () => undefined)).finally(shown.stop)
    print(options.json === true ? JSON.stringify(answer.json, undefined, 2) : answer.text)
    process.exitCode = answer.exitCode
    return
  }
  const drawn = options.dot === undefined ? undefined : await drawing(jobs, options.dot)
  const outcomes: Outcome[] = []
  for (const job of jobs) {
    const name = withEdition(job.configuration, ({ model }) => model.name)
    const onProgress = shown.listen(name, shareOf(job))
    const outcome = await (job.configuration.edition === undefined
      ? run(job, keeping, options.coverage === true, onProgress)
      : runEdition(job, keeping, onProgress))
    outcomes.push(outcome)
    shown.advance()
    if (outcome.result.counterexample) break
  }
  shown.stop()

  const failed = outcomes.find(({ result }) => result.counterexample)
  if (options.traceOut !== undefined && failed?.trace !== undefined) writeText(options.traceOut, failed.trace)
  if (options.json === true) print(asJson(outcomes))
  else {
    print(summary(outcomes))
    for (const line of whatHappened(outcomes)) print(line)
    for (const { name, result, reached } of outcomes)
      if (reached !== undefined) print(`\n${coverageText(name, result.coverage, reached)}`)
    if (drawn !== undefined) print(drawn)
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

/** An option's argument as a size of hashes. */
const hashBits = (text: string): number => {
  const n = natural(text)
  if (!HashBits.is(n)) throw new InvalidArgumentError('expected a number from 2 to 256.')
  return n
}

/** Options that go with a search of all executions only. */
const EXHAUSTIVE = ['depth', 'maxStates', 'order', 'toward', 'workers', 'checkpoint', 'resume', 'maxMemory', 'dot']
/** Options that ask something else than a check. */
const QUESTIONS = ['witness', 'inductive']
/** Options that go with an interned search by one thread only. */
const INTERNED = ['checkpoint', 'resume', 'maxMemory']

/** Options that cannot be together: with each, those that it excludes. */
const APART: Readonly<Record<string, ReadonlyArray<string>>> = {
  edition: [...QUESTIONS, 'coverage', 'dot'],
  random: [...EXHAUSTIVE, ...QUESTIONS],
  runs: [...EXHAUSTIVE, ...QUESTIONS],
  firstRun: [...EXHAUSTIVE, ...QUESTIONS],
  steps: [...EXHAUSTIVE, ...QUESTIONS],
  workers: [...INTERNED, 'depth', 'maxStates', 'order', 'toward', 'plain', 'coverage', 'dot'],
  plain: INTERNED,
  coverage: ['resume'],
  exact: [...QUESTIONS, 'random', 'runs', 'firstRun', 'steps', 'workers', 'checkpoint', 'resume', 'plain'],
  reduce: [
    ...QUESTIONS,
    'random',
    'runs',
    'firstRun',
    'steps',
    'workers',
    'checkpoint',
    'resume',
    'plain',
    'coverage',
    'dot'
  ],
  witness: [...INTERNED, 'inductive', 'order', 'toward', 'workers', 'coverage', 'dot'],
  progressEvery: ['progress'],
  inductive: [...INTERNED, 'order', 'toward', 'workers', 'coverage', 'dot', 'traceOut', 'plain']
}

/** Adds the command. */
export const checkCommand = (program: Command): void => {
  const command = program
    .command('check')
    .description('Explore executions and check every invariant in every state. With no options: a sensible default.')
    .addOption(
      new Option('--edition <name>', 'the edition to run: that of the paper (default: the main one)').choices(['cpp18'])
    )
    .addOption(
      new Option('--instance <name>', 'the blockchain to run (default: numbered)').choices([
        'numbered',
        'longestChain',
        'proofOfWork',
        'payments'
      ])
    )
    .option('--hash-bits <n>', 'cut hashes to this many bits, 2 to 256 (default: they are whole)', hashBits)
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
      new Option('--order <order>', 'exhaustive: which states are expanded first (default: breadth-first)').choices(
        ORDERS
      )
    )
    .option('--toward <score>', 'guided: by this score, the highest first (?: lists toward what a search can go)')
    .addOption(
      new Option(
        '--reduce <what...>',
        'exhaustive: deliver packets at once that nobody will ever take notice of; explore one of the states that differ ' +
          'only in what the nodes are called (default: full)'
      ).choices(['noop', 'symmetry'])
    )
    .option('--exact', 'exhaustive: keep whole states, so that none can be taken for another (default: fingerprints)')
    .option('--workers <n>', 'exhaustive: depth first, by this many threads', positive)
    .option('--checkpoint <file>', 'breadth first: keep the search in a file, to go on with --resume')
    .option('--checkpoint-every <seconds>', 'how often (default: 60)', natural)
    .option('--resume <file>', 'breadth first: go on from a checkpoint')
    .option(
      '--max-memory <MB>',
      'breadth first: the most memory for the frontier; the rest goes to temporary files',
      positive
    )
    .option(
      '--witness <predicate>',
      'instead of checking: can this happen, how often, and how soonest? (?: lists what can be sought)'
    )
    .option('--inductive', 'instead of checking: does every step from every small world keep the invariants?')
    .option(
      '--blocks <n>',
      `inductive: most different blocks of a world (default: ${String(DEFAULT_SIZES.blocks)})`,
      natural
    )
    .option('--packets <n>', `inductive: most packets in flight (default: ${String(DEFAULT_SIZES.packets)})`, natural)
    .option('--coverage', 'say what was reached of the protocol, and whether conjuncts had anything to check')
    .option('--dot <file>', `write all states and steps to a file (Graphviz); at most ${grouped(MOST_STATES)} states`)
    .option('--random', 'random executions instead of all of them')
    .option('--seed <n>', `random: from which all choices follow (default: ${String(DEFAULT_SEED)})`, integer)
    .option('--runs <n>', 'random: how many executions (default: 100)', positive)
    .option('--first-run <n>', 'random: the number of the first execution (default: 0)', natural)
    .option('--steps <n>', 'random: most steps of an execution (default: 200)', positive)
    .option('--plain', 'compute every step anew, with no interning')
    .option('--json', 'one JSON object instead of a table')
    .option('--trace-out <file>', 'write the counterexample to a trace file (ITF)')
    .option('--no-progress', 'no progress bar')
    .option(
      '--progress-every <seconds>',
      'where there is no terminal: how often a line on standard error says how far it is (default: never)',
      natural
    )
    .action(check)
  for (const option of command.options) option.conflicts([...(APART[option.attributeName()] ?? [])])
}
