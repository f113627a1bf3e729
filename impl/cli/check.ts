/**
 * `blockforest check`: explores executions of a system and checks every invariant in every state.
 */
import { Option } from 'commander'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { scoreCalled } from '../../invariants/checker/index.js'
import { flagsOf, nameOf, quoted } from '../../invariants/systems/index.js'
import type { Mutant, RandomRuns, Sizes, System } from '../../invariants/systems/index.js'
import { interruptible } from './interrupt.js'
import { natural, print, UsageError } from './io.js'
import { nameOfJob, run, shareOf } from './job.js'
import type { Attention, Job, Outcome } from './job.js'
import { atFault, blaming, defaultSystem, exitCodeOfFault } from './load.js'
import type { Loaded } from './load.js'
import { ensureWritable, lossOf } from './output.js'
import { addParameters, changed, chosen, formOptions, givenOf, initialParameters } from './parameters.js'
import { reporter } from './progress.js'
import type { ProgressOptions } from './progress.js'
import { graph } from './graph.js'
import { induction, shareOfQuestion, witness } from './questions.js'
import type { Answer } from './questions.js'
import { asJson, asText, failedOf } from './report.js'
import type { Done } from './report.js'
import { FLAGS, isForRandom, searchOf, searchOptions } from './searches.js'
import type { FlagName, Search, Values } from './searches.js'

/** What the user asked for besides the parameters of the system. */
interface CheckOptions extends ProgressOptions, Values {
  readonly preset?: string
  readonly mutant?: string
}

/** Options with which a system's default is checked all the same. */
const ALSO_BY_DEFAULT: ReadonlyArray<FlagName> = ['seed', 'plain', 'coverage', 'traceOut']

/** The options of searches that were given. */
const valuesOf = (o: CheckOptions): Values =>
  Object.fromEntries(Object.entries(o).filter(([name, value]) => Object.hasOwn(FLAGS, name) && value !== undefined))

const searchFor = (values: Values): Search => {
  const search = searchOf(values)
  if (E.isLeft(search)) throw new UsageError(search.left)
  return search.right
}

/** A job of a system with its parameters chosen. */
const jobOf = <C>(
  { called, address, imports }: Loaded,
  { name, form, mutants, subject }: System<C>,
  configuration: C,
  search: Search,
  mutant?: string
): Job => ({
  origin: { system: name, configuration, ...(mutant === undefined ? {} : { mutant }) },
  reference: { system: address, configuration, ...(mutant === undefined ? {} : { mutant }) },
  imports,
  subject: subject(configuration, mutant),
  command: [
    ...(called === undefined ? [] : [quoted(called)]),
    ...(mutant === undefined ? [] : [`--mutant ${mutant}`]),
    ...flagsOf(form, configuration, mutants.find((one) => one.name === mutant)?.where)
  ],
  search
})

/** What is checked where nothing is asked for: some seconds. */
const defaultJobs = <C>(loaded: Loaded, system: System<C>, values: Values): ReadonlyArray<Job> => {
  const { seed, ...rest } = values
  const random = (preset: RandomRuns): Values => ({ ...rest, ...preset, ...(seed === undefined ? {} : { seed }) })
  const defaults = system.presets.filter(({ isDefault }) => isDefault)
  const presets = defaults.length > 0 ? defaults : system.presets.filter(({ tier }) => tier === 'fast')
  if (presets.length === 0) return [jobOf(loaded, system, initialParameters(system), searchFor(rest))]
  return presets.map((preset) =>
    jobOf(loaded, system, preset.of, searchFor(preset.random === undefined ? rest : random(preset.random)))
  )
}

/** The one of several things that has a name. */
const called = <X extends { readonly name: string }>(what: string, among: ReadonlyArray<X>, name: string): X => {
  const found = among.find((one) => one.name === name)
  if (found === undefined)
    throw new UsageError(
      `there is no ${what} called '${name}'${among.length === 0 ? `: the system has none` : `; there are ${among.map((one) => one.name).join(', ')}`}`
    )
  return found
}

/** The mutant that is asked for, which is refused where the parameters make it another system. */
const mutantFor = <C>(system: System<C>, name: string | undefined): Mutant<C> | undefined =>
  name === undefined ? undefined : called('mutant', system.mutants, name)

/** The jobs that the options ask for: one if they name a configuration or a search, else the default. */
const jobsOf = <C>(
  loaded: Loaded,
  system: System<C>,
  o: CheckOptions,
  given: ReadonlyMap<string, unknown>
): ReadonlyArray<Job> => {
  const values = valuesOf(o)
  const isDefault =
    given.size === 0 &&
    o.preset === undefined &&
    o.mutant === undefined &&
    Object.keys(values).every((name) => ALSO_BY_DEFAULT.some((one) => one === name))
  if (isDefault) return defaultJobs(loaded, system, values)
  const mutant = mutantFor(system, o.mutant)
  const preset = o.preset === undefined ? undefined : called('preset', system.presets, o.preset)
  const configuration = chosen(system, preset?.of ?? mutant?.where ?? initialParameters(system), given)
  const reason = mutant?.refuses?.(configuration)
  if (mutant !== undefined && reason !== undefined)
    throw new UsageError(`the mutant ${mutant.name} cannot have these parameters: ${reason}`)
  // Who asks for a search of another kind does not want the random executions of the preset.
  const search = searchFor(isForRandom(values) ? { ...preset?.random, ...values } : values)
  return [jobOf(loaded, system, configuration, search, mutant?.name)]
}

/** Refuses a score that the model does not have, and says which it has. */
const refuseForScore = ({ search, subject }: Job): void => {
  const { toward }: Values = search
  if (toward === undefined) return
  const score = scoreCalled(
    subject(({ model }) => model.scores ?? []),
    toward
  )
  if (E.isLeft(score)) throw new UsageError(score.left)
}

/** What can be named in an option, where `?` asks for it; undefined where nothing does. */
const namesAskedFor = ({ search, subject }: Job): ReadonlyArray<readonly [string, string]> | undefined => {
  const { toward, witness: sought }: Values = search
  if (toward === '?') return subject(({ model }) => (model.scores ?? []).map(({ name, says }) => [name, says] as const))
  if (sought === '?')
    return subject(({ witnesses }) => (witnesses?.names ?? []).map(({ usage, says }) => [usage, says] as const))
  return undefined
}

/** The other question that is asked, if one is: its answer, once somebody listens to the progress. */
const questionOf = (
  [job]: ReadonlyArray<Job>,
  sizes: Sizes
): ((attention: Attention) => Promise<Answer>) | undefined => {
  if (job?.search._tag === 'witness') {
    const { search } = job
    return (attention) => witness(job, search.witness ?? '', search, search.traceOut, attention)
  }
  if (job?.search._tag === 'inductive') {
    const { search } = job
    return (attention) => induction(job, sizes, search, attention)
  }
  return undefined
}

/** The sizes of the states of an induction: as given, else as they are initially. */
const sizesOf = <C>({ name, sizes }: System<C>, o: CheckOptions, given: Readonly<Record<string, unknown>>): Sizes => {
  if (sizes === undefined) return {}
  const sizesGiven = givenOf(sizes, given)
  if (sizesGiven.size > 0 && o.inductive === undefined)
    throw new UsageError(
      `the sizes of the states of --inductive go with it: ${formOptions(sizes)
        .map(([{ flag }]) => `--${flag}`)
        .join(', ')}`
    )
  return changed(sizes, initialParameters({ name, form: sizes }), sizesGiven)
}

/** Refuses files that cannot be written, or are one and the same. */
const refuseFiles = ({ traceOut, dot, checkpoint }: CheckOptions): void => {
  const files = [
    ...[traceOut, dot].flatMap((file) => (file === undefined ? [] : [ensureWritable(file)])),
    ...(checkpoint === undefined ? [] : [ensureWritable(checkpoint, true)])
  ]
  if (new Set(files).size < files.length)
    throw new UsageError('--trace-out, --dot and --checkpoint write a file each: name different ones')
}

/** Does the jobs one after another, until one fails or all are interrupted. */
const runAll = (jobs: ReadonlyArray<Job>, options: CheckOptions): Promise<Done> =>
  interruptible(async (signal) => {
    const outcomes: Outcome[] = []
    const shown = reporter(options, jobs.length)
    try {
      for (const job of jobs) {
        const outcome = await run(job, { onProgress: shown.listen(nameOfJob(job), shareOf(job)), signal })
        outcomes.push(outcome)
        if (outcome.interrupted === undefined) shown.advance()
        if (failedOf({ outcomes }) !== undefined || signal.aborted) break
      }
    } finally {
      shown.stop()
    }
    const isCut = outcomes.some(({ interrupted }) => interrupted !== undefined) || outcomes.length < jobs.length
    return { jobs, outcomes, interrupted: isCut && failedOf({ outcomes }) === undefined ? signal.cause : undefined }
  })

/** Answers another question. */
const answer = (question: NonNullable<ReturnType<typeof questionOf>>, options: CheckOptions): Promise<Answer> =>
  interruptible((signal) => {
    const shown = reporter(options, 1)
    return question({ onProgress: shown.listen('', shareOfQuestion), signal }).finally(shown.stop)
  })

const check = async <C>(
  loaded: Loaded,
  system: System<C>,
  options: CheckOptions & Readonly<Record<string, unknown>>
): Promise<void> => {
  refuseFiles(options)
  const sizes = sizesOf(system, options, options)
  const jobs = jobsOf(loaded, system, options, givenOf(system.form, options))
  const [first] = jobs
  const names = first && namesAskedFor(first)
  if (names !== undefined) {
    print(
      names.length === 0
        ? 'nothing has a name here'
        : names.map(([name, says]) => `${name.padEnd(24)}  ${says}`).join('\n')
    )
    return
  }
  jobs.forEach(refuseForScore)
  const question = questionOf(jobs, sizes)
  if (question !== undefined) {
    const { json, text, exitCode, isFault, lost } = await answer(question, options)
    print(options.json === true ? JSON.stringify(json, undefined, 2) : text)
    if (lost !== undefined) throw lost
    process.exitCode = isFault === true ? exitCodeOfFault(loaded) : exitCode
    return
  }
  const drawn = options.dot === undefined || first === undefined ? undefined : await graph(first, options.dot)
  const done = await runAll(jobs, options)
  const failed = failedOf(done)
  const { traceOut, json } = options
  const lost = traceOut === undefined || failed?.trace === undefined ? undefined : lossOf(traceOut, failed.trace)
  print(
    json === true
      ? asJson(done)
      : asText(done, drawn, lost === undefined ? traceOut : undefined, (fault) => atFault(loaded, fault.thrown))
  )
  if (lost !== undefined) throw lost
  process.exitCode = failed?.result.fault ? exitCodeOfFault(loaded) : failed ? 1 : (done.interrupted?.exitCode ?? 0)
}

/** The options of the command besides those of searches. */
const OWN = ['preset', 'mutant', 'json', 'progress', 'no-progress', 'progress-every', 'help', 'version'].map(
  (name) => `--${name}`
)

/** Adds the command, with the options of a system. */
export const checkCommand = (program: Command, loaded: Loaded = defaultSystem()): void => {
  const command = program
    .command('check')
    .description(
      'Explore executions of a system and check every invariant in every state. With no options: a sensible default.'
    )
    .argument(
      '[system]',
      `a system of the catalogue, or a module of your own: ./my-system.ts (default: ${nameOf(defaultSystem().system)})`
    )
  loaded.system.open((system) => {
    const others = [...searchOptions().map(({ long }) => long), ...OWN]
    addParameters(command, system, others)
    command
      .optionsGroup('What is checked:')
      .option('--preset <name>', 'parameters that have a name (blockforest systems NAME lists them)')
      .option('--mutant <name>', 'a variant that is wrong on purpose (blockforest systems NAME lists them)')
      .optionsGroup('How it is searched:')
    for (const option of searchOptions()) command.addOption(option)
    command
      .optionsGroup('What is shown:')
      .option('--json', 'one JSON object instead of a table')
      .option('--no-progress', 'no progress bar')
      .addOption(
        new Option(
          '--progress-every <seconds>',
          'where there is no terminal: how often a line on standard error says how far it is (default: never)'
        )
          .argParser(natural)
          .conflicts('progress')
      )
      .action(async (named: string | undefined, options: CheckOptions & Readonly<Record<string, unknown>>) => {
        if (named !== loaded.called) throw new UsageError(`the system comes first: blockforest check ${named ?? ''} …`)
        await blaming(loaded, () => check(loaded, system, options))
      })
  })
}
