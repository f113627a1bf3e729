/**
 * Jobs of `blockforest check`: a system with its parameters chosen, and how it is searched.
 */
import type { AnySubject, Subject, SubjectReference } from '../../invariants/systems/index.js'
import { executionText, faultText, sourceOf, stepsOf } from '../../invariants/systems/index.js'
import {
  askingOnly,
  exhaustive,
  isKeptBy,
  parallel,
  randomized,
  traceOf,
  writeTrace
} from '../../invariants/checker/index.js'
import type { Property } from '../../invariants/property/property.js'
import type {
  Causality,
  ExhaustiveOptions,
  Model,
  Progress,
  RandomizedResult,
  Result,
  Trace
} from '../../invariants/checker/index.js'
import type { Reached } from './coverage.js'
import { checkpointFrom, checkpointTo, temporaryStore } from './files.js'
import type { TemporaryStore } from './files.js'
import type { Cause, Interruption } from './interrupt.js'
import { UsageError } from './io.js'
import type { Share } from './progress.js'
import { randomOf, wordsOf } from './searches.js'
import type { Search, Values } from './searches.js'
import { version } from './version.js'

/** Something to search, and how. */
export interface Job {
  /** What traces say that they are executions of. */
  readonly origin: Omit<Trace, 'states'>
  /** How a thread finds the model again. */
  readonly reference: SubjectReference
  /** The addresses of modules that a thread loads before. */
  readonly imports: ReadonlyArray<string>
  readonly subject: AnySubject
  /** The words of the command line that name the system and its parameters. */
  readonly command: ReadonlyArray<string>
  readonly search: Search
}

/** What became of a job. */
export interface Outcome {
  readonly job: Job
  readonly name: string
  readonly result: Result<unknown, unknown> | RandomizedResult<unknown, unknown>
  /** The counterexample, or the way to a fault of the model, in words, and as a trace file's text. */
  readonly explained: string | undefined
  readonly trace: string | undefined
  /** The properties that are not asked of such a search. */
  readonly notAsked: ReadonlyArray<string>
  /** What was reached, where that was asked. */
  readonly reached: Reached | undefined
  /** Why it ended before it was over, where it did. */
  readonly interrupted: Cause | undefined
}

/** Who listens to a search, and may end it. */
export interface Attention {
  readonly onProgress: (p: Progress) => void
  readonly signal: Interruption
}

/** What a long search keeps in files. */
interface Keeping extends Pick<ExhaustiveOptions, 'checkpoint' | 'resume'> {
  readonly frontier?: { readonly store: TemporaryStore; readonly megabytes: number }
}

const keepingOf = (search: Search, signal: Interruption): Keeping => {
  const { checkpoint, checkpointEvery, resume, maxMemory }: Values = search
  return {
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointTo(checkpoint, checkpointEvery ?? 60, signal) }),
    ...(resume === undefined ? {} : { resume: checkpointFrom(resume) }),
    ...(maxMemory === undefined ? {} : { frontier: { store: temporaryStore(signal), megabytes: maxMemory } })
  }
}

/** The bounds and the ways of an exhaustive search. */
const exhaustiveOptions = (search: Search): ExhaustiveOptions => {
  const { order, depth, maxStates, toward, reduce, exact, plain }: Values = search
  return {
    ...(order === undefined ? {} : { order }),
    ...(depth === undefined ? {} : { depth }),
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(toward === undefined ? {} : { toward }),
    ...(reduce === undefined ? {} : { reduce }),
    ...(exact === undefined ? {} : { exact }),
    ...(plain === undefined ? {} : { plain })
  }
}

/** How a search is reported as JSON. */
export const strategyJson = (search: Search): Readonly<Record<string, unknown>> =>
  search._tag === 'random'
    ? { _tag: 'randomized', ...randomOf(search) }
    : {
        _tag: 'exhaustive',
        ...exhaustiveOptions(search),
        plain: undefined,
        ...(search._tag === 'parallel' ? { workers: search.workers } : {})
      }

/** A search of random executions is named by how many there are, all others are exhaustive. */
export const searchName = (search: Search): string => {
  if (search._tag !== 'random') return 'exhaustive'
  const { runs } = randomOf(search)
  return `${String(runs)} random run${runs === 1 ? '' : 's'}`
}

/** Refuses a search that the model is not made for: before a long search, in one line. */
const refuseFor = <S, A>(search: Search, { name, compact, symmetryObjection }: Model<S, A>): void => {
  const { reduce, toward, maxMemory, exact }: Values = search
  const isInterned = [reduce, toward, maxMemory].some((option) => option !== undefined)
  if (compact === undefined && isInterned)
    throw new UsageError(`the states of ${name} are not interned: leave out --max-memory, --reduce and --order guided`)
  if (reduce?.includes('symmetry') !== true) return
  if (exact === true)
    throw new UsageError('a search up to symmetry knows states by fingerprints only: leave out --exact')
  if (symmetryObjection === undefined)
    throw new UsageError(
      `no symmetry is declared for ${name}, in which what happens may depend on what the nodes are called: leave out --reduce symmetry`
    )
}

/** Explores a model in the way of a job. */
const explore = <S, A>(
  { search, reference, imports, origin }: Job,
  model: Model<S, A>,
  keeping: Keeping,
  attention: Attention,
  causality?: Causality<S, A>
): Promise<Result<S, A> | RandomizedResult<S, A>> => {
  if (search._tag === 'random')
    return randomized(model, {
      ...randomOf(search),
      plain: search.plain ?? false,
      ...attention,
      ...(causality === undefined ? {} : { causality })
    })
  if (search._tag === 'parallel')
    return parallel(model, sourceOf(reference, imports), { threads: search.workers ?? 1, ...attention })
  return exhaustive(model, { ...exhaustiveOptions(search), ...keeping, origin: { ...origin, version }, ...attention })
}

/** Whether a search that was to end was not over by then. */
const isCutShort = ({ counterexample, complete, ...result }: Outcome['result']): boolean =>
  counterexample === undefined && ('made' in result ? result.made < result.runs : !complete)

const isCovering = ({ coverage }: Values): boolean => coverage === true

/** The properties that a search is asked: not those that a reduced one would not decide as the full one does. */
const isAskedOf =
  ({ allowDeadlock, reduce = [] }: Values) =>
  <S, A>(property: Property<S, A>): boolean =>
    !(allowDeadlock === true && property._tag === 'NoDeadlock') &&
    reduce.every((reduction) => isKeptBy(reduction, property))

const runSubject = async <S, A>(
  job: Job,
  { model, show, causality, record }: Subject<S, A>,
  attention: Attention
): Promise<Outcome> => {
  refuseFor(job.search, model)
  const isCovered = isCovering(job.search)
  const recording = isCovered ? record?.() : undefined
  const isAsked = isAskedOf(job.search)
  const asked = askingOnly<S, A>(recording?.model ?? model, isAsked)
  const { signal } = attention
  const keeping = keepingOf(job.search, signal)
  const result = await explore(job, asked, keeping, attention, causality).finally(() =>
    keeping.frontier?.store.remove()
  )
  const found = result.counterexample ?? result.fault
  const { loop } = { loop: undefined, ...result.counterexample }
  const names = { ...job.origin, ...(loop === undefined ? {} : { loop }) }
  const trace = found && traceOf(job.origin.configuration, found.states, found.actions, names)
  const premises =
    recording === undefined || found || signal.aborted
      ? []
      : await recording.premises((other) => explore(job, other, {}, attention))
  return {
    job,
    name: namedIn(model, job.origin),
    result,
    explained: result.fault
      ? faultText(show, result.fault)
      : result.counterexample && executionText(show, stepsOf(result.counterexample), { loop }),
    notAsked: (model.properties ?? []).filter((property) => !isAsked(property)).map(({ name }) => name),
    trace: trace && writeTrace(trace),
    // Of premises that were not looked at in full nothing can be said.
    reached: isCovered
      ? { outcomes: recording?.outcomes() ?? [], premises: signal.aborted ? [] : premises }
      : undefined,
    interrupted: isCutShort(result) ? signal.cause : undefined
  }
}

/** Does a job. */
export const run = (job: Job, attention: Attention): Promise<Outcome> =>
  job.subject((subject) => runSubject(job, subject, attention))

/** What a report says it is about. */
export const originJson = ({ origin }: Pick<Job, 'origin'>, name: string): Readonly<Record<string, unknown>> => ({
  system: origin.system,
  ...(origin.mutant === undefined ? {} : { mutant: origin.mutant }),
  configuration: { name, ...(origin.configuration as Readonly<Record<string, unknown>>) }
})

/** A model's name, and the mutant that it is of: what holds of a mutant is not said of the system. */
export const namedIn = ({ name }: { readonly name: string }, { mutant }: { readonly mutant?: string }): string =>
  mutant === undefined ? name : `${name}, mutant ${mutant}`

/** The name of what is searched. */
export const nameOfJob = (job: Job): string => job.subject(({ model }) => namedIn(model, job.origin))

/** Where a job is kept, if it is. */
export const checkpointOf = ({ search }: Job): string | undefined => {
  const { checkpoint }: Values = search
  return checkpoint
}

/** How much of a job is done: of random runs, those that were made; of a search, states, where there is a bound. */
export const shareOf =
  ({ search }: Job): Share =>
  ({ states, frontier }) => {
    if (search._tag === 'random') return 1 - frontier / randomOf(search).runs
    const { maxStates }: Values = search
    return maxStates === undefined ? undefined : states / maxStates
  }

/** The command that does a job again. */
export const commandFor = ({ command, search }: Job): string =>
  ['blockforest check', ...command, ...wordsOf(search)].join(' ')

/** The command that shows a failure again. */
export const replayCommandFor = ({ job, result }: Pick<Outcome, 'job' | 'result'>): string =>
  commandFor(
    job.search._tag === 'random' && 'failedRun' in result && result.failedRun !== undefined
      ? { ...job, search: { ...job.search, firstRun: result.failedRun.run, runs: 1 } }
      : job
  )
