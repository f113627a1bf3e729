/**
 * The searches that `blockforest check` can make, as a discriminated union. Each kind says which options it takes; which
 * options can be together follows from that, and so do the errors.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { Option } from 'commander'
import { MOST_STATES, ORDERS } from '../../invariants/checker/index.js'
import type { Order, Reduction } from '../../invariants/checker/index.js'
import { grouped, integer, natural, positive } from './io.js'

/** A drawing with more states than this is none that anybody can read. */
export const MOST_DRAWN = 120

/** An option of the command line, and the value that it has. */
interface Flag<X> {
  readonly flags: string
  readonly says: string
  readonly read: (text: string) => X
  readonly among?: ReadonlyArray<string>
}

const valued = <X>(flags: string, says: string, read: (text: string) => X): Flag<X> => ({ flags, says, read })
const given = (flags: string, says: string): Flag<true> => ({ flags, says, read: () => true })
const word = <X extends string>(flags: string, says: string, among: ReadonlyArray<X>): Flag<X> => ({
  flags,
  says,
  among,
  // Commander has refused all other words.
  read: (text) => text as X
})

/** From which random choices follow unless another is given: fixed, so that a run is the same everywhere. */
export const DEFAULT_SEED = 2018
/** How many random executions, and of how many steps, unless it is said. */
export const DEFAULT_RUNS = { runs: 100, steps: 200 } as const

const REDUCTIONS: ReadonlyArray<Reduction> = ['noop', 'symmetry']

/** All options of searches, in the order of the help. */
export const FLAGS = {
  depth: valued('--depth <n>', 'exhaustive: most steps of an execution (default: no bound)', natural),
  maxStates: valued('--max-states <n>', 'exhaustive: most distinct states (default: no bound)', positive),
  order: word<Order>('--order <order>', 'exhaustive: which states are expanded first (default: breadth-first)', ORDERS),
  toward: valued(
    '--toward <score>',
    'guided: by this score, the highest first (?: lists toward what a search can go)',
    String
  ),
  reduce: {
    ...word<Reduction>(
      '--reduce <what...>',
      'exhaustive: deliver packets at once that no node will ever react to; explore one of the states that differ only in ' +
        'what the nodes are called (default: full)',
      REDUCTIONS
    ),
    read: (text: string): ReadonlyArray<Reduction> => REDUCTIONS.filter((reduction) => reduction === text)
  },
  exact: given(
    '--exact',
    'exhaustive: keep whole states, so that none can be taken for another (default: fingerprints)'
  ),
  allowDeadlock: given('--allow-deadlock', 'executions may end anywhere (default: where the system says so)'),
  workers: valued('--workers <n>', 'exhaustive: depth first, by this many threads', positive),
  checkpoint: valued('--checkpoint <file>', 'breadth first: keep the search in a file, to go on with --resume', String),
  checkpointEvery: valued('--checkpoint-every <seconds>', 'how often (default: 60)', natural),
  resume: valued('--resume <file>', 'breadth first: go on from a checkpoint', String),
  maxMemory: valued(
    '--max-memory <MB>',
    'breadth first: the most memory for the frontier; the rest goes to temporary files',
    positive
  ),
  witness: valued(
    '--witness <predicate>',
    'instead of checking: can this happen, how often, and how soonest? (?: lists what can be sought)',
    String
  ),
  inductive: given('--inductive', 'instead of checking: does every step from every small state keep the invariants?'),
  coverage: given('--coverage', 'say what was reached, and whether conjuncts had anything to check'),
  dot: valued(
    '--dot <file>',
    `write all states and steps to a file (Graphviz); at most ${grouped(MOST_STATES)} states. NAME.svg: drawn; at most ${grouped(MOST_DRAWN)}`,
    String
  ),
  random: given('--random', 'random executions instead of all of them'),
  seed: valued('--seed <n>', `random: from which all choices follow (default: ${String(DEFAULT_SEED)})`, integer),
  runs: valued('--runs <n>', `random: how many executions (default: ${String(DEFAULT_RUNS.runs)})`, positive),
  firstRun: valued('--first-run <n>', 'random: the number of the first execution (default: 0)', natural),
  steps: valued('--steps <n>', `random: most steps of an execution (default: ${String(DEFAULT_RUNS.steps)})`, positive),
  plain: given('--plain', 'compute every step anew, with no interning'),
  traceOut: valued('--trace-out <file>', 'write the counterexample to a trace file (ITF)', String)
} as const

type Flags = typeof FLAGS
/** The name of an option. */
export type FlagName = keyof Flags
/** What options were given. */
export type Values = { readonly [K in FlagName]?: ReturnType<Flags[K]['read']> }

const isFlagName = (name: string): name is FlagName => Object.hasOwn(FLAGS, name)

/** The options, for commander. */
export const searchOptions = (): ReadonlyArray<Option> =>
  Object.values(FLAGS).map(({ flags, says, read, among }: Flag<unknown>) => {
    const option = new Option(flags, says)
    // Choices of several words are collected by commander.
    return among !== undefined ? option.choices(among) : flags.includes('<') ? option.argParser(read) : option
  })

/** What searches of all executions by one thread can say of the graph of states, where nothing of it is left out. */
const GRAPH = ['coverage', 'dot'] as const
const BREADTH = ['order', 'depth', 'maxStates', 'exact', 'maxMemory', 'allowDeadlock', 'traceOut'] as const
const DEPTH = ['order', 'maxStates', 'exact', 'allowDeadlock', 'traceOut'] as const
const DEEPENING = ['order', 'depth', 'maxStates', 'allowDeadlock', 'traceOut'] as const
const GUIDED = ['order', 'toward', 'maxStates', 'exact', 'allowDeadlock', 'traceOut'] as const
const KEPT = [
  'order',
  'depth',
  'maxStates',
  'maxMemory',
  'allowDeadlock',
  'checkpoint',
  'checkpointEvery',
  'dot',
  'traceOut'
] as const

/** Which options each kind of search takes. */
const SEARCHES = {
  'breadth-first': [...BREADTH, ...GRAPH],
  'depth-first': [...DEPTH, ...GRAPH],
  'iterative-deepening': [...DEEPENING, ...GRAPH],
  guided: [...GUIDED, ...GRAPH],
  'breadth-first reduced': [...BREADTH, 'reduce'],
  'depth-first reduced': [...DEPTH, 'reduce'],
  'iterative-deepening reduced': [...DEEPENING, 'reduce'],
  'guided reduced': [...GUIDED, 'reduce'],
  kept: [...KEPT, 'coverage'],
  resumed: [...KEPT, 'resume'],
  plain: ['plain', 'depth', 'maxStates', 'allowDeadlock', 'coverage', 'dot', 'traceOut'],
  parallel: ['workers', 'traceOut'],
  random: ['random', 'seed', 'runs', 'firstRun', 'steps', 'plain', 'allowDeadlock', 'coverage', 'traceOut'],
  witness: ['witness', 'depth', 'maxStates', 'plain', 'traceOut'],
  inductive: ['inductive', 'depth', 'maxStates']
} as const satisfies Readonly<Record<string, ReadonlyArray<FlagName>>>

type Kind = keyof typeof SEARCHES
/** A search: its kind, and the options that it takes. */
export type Search = {
  readonly [K in Kind]: { readonly _tag: K } & Pick<Values, (typeof SEARCHES)[K][number]>
}[Kind]

/** An option that is given. */
const has = (values: Values, name: FlagName): boolean => values[name] !== undefined

/** The kind of search that options ask for, and the option that says so, where one does. */
const kindOf = (values: Values): { readonly kind: Kind; readonly by?: FlagName } => {
  const by = (
    kind: Kind,
    ...names: ReadonlyArray<FlagName>
  ): { readonly kind: Kind; readonly by?: FlagName } | undefined => {
    const name = names.find((one) => has(values, one))
    return name === undefined ? undefined : { kind, by: name }
  }
  const { order = 'breadth-first' } = values
  return (
    by('witness', 'witness') ??
    by('inductive', 'inductive') ??
    by('random', 'random', 'seed', 'runs', 'firstRun', 'steps') ??
    by('parallel', 'workers') ??
    by('plain', 'plain') ??
    by(`${order} reduced`, 'reduce') ??
    (order === 'breadth-first' ? (by('resumed', 'resume') ?? by('kept', 'checkpoint')) : undefined) ??
    by(order, 'order') ?? { kind: order }
  )
}

/** All options are among those of random executions. */
export const isForRandom = (values: Values): boolean => {
  const takes: ReadonlyArray<string> = SEARCHES.random
  return Object.keys(values).every((name) => takes.includes(name))
}

/** What must be given for an option to make sense. */
const NEEDED: Readonly<Partial<Record<FlagName, string>>> = {
  toward: '--order guided',
  checkpointEvery: '--checkpoint FILE'
}

/** The search that options ask for. Left: why they cannot be together. */
export const searchOf = (values: Values): Either<string, Search> => {
  const { kind, by } = kindOf(values)
  const takes: ReadonlyArray<FlagName> = SEARCHES[kind]
  const other = Object.keys(values).find(
    (name): name is FlagName => isFlagName(name) && has(values, name) && !takes.includes(name)
  )
  if (other !== undefined) {
    const needed = NEEDED[other]
    const chosen = by === undefined ? undefined : by === 'order' ? `--order ${kind}` : FLAGS[by].flags
    return E.left(
      chosen === undefined || (by === 'order' && needed !== undefined)
        ? `option '${FLAGS[other].flags}' needs ${String(needed)}`
        : `option '${chosen}' cannot be used with option '${FLAGS[other].flags}'`
    )
  }
  if (values.order === 'guided' && values.toward === undefined)
    return E.left('--order guided needs to know where to go: add --toward SCORE (--toward ? lists them)')
  // The kind takes all that is given, so that both together are a search.
  return E.right({ ...values, _tag: kind })
}

/** Random executions with all that is left out. */
export const randomOf = ({
  seed = DEFAULT_SEED,
  runs = DEFAULT_RUNS.runs,
  firstRun = 0,
  steps = DEFAULT_RUNS.steps
}: Values) => ({
  seed,
  runs,
  firstRun,
  steps
})

/** The options of a search as words of the command line, but those that say what is to be printed or kept. */
export const wordsOf = (search: Search): ReadonlyArray<string> => {
  if (search._tag === 'random') {
    const { seed, runs, firstRun, steps } = randomOf(search)
    return [
      `--seed ${String(seed)} --runs ${String(runs)} --first-run ${String(firstRun)} --steps ${String(steps)}`,
      ...(search.plain === true ? ['--plain'] : []),
      ...(search.allowDeadlock === true ? ['--allow-deadlock'] : [])
    ]
  }
  const values: Values = search
  return [
    ...(values.order === undefined ? [] : [`--order ${values.order}`]),
    ...(values.toward === undefined ? [] : [`--toward ${values.toward}`]),
    ...(values.workers === undefined ? [] : [`--workers ${String(values.workers)}`]),
    ...(values.reduce === undefined ? [] : [`--reduce ${values.reduce.join(' ')}`]),
    ...(values.exact === undefined ? [] : ['--exact']),
    ...(values.plain === undefined ? [] : ['--plain']),
    ...(values.allowDeadlock === undefined ? [] : ['--allow-deadlock'])
  ]
}
