/**
 * What `blockforest check` says of its jobs: as a table for people, as JSON for programs.
 */
import { collisionChance, missedGoals, neverEnabled } from '../../invariants/checker/index.js'
import type { Counterexample, Coverage, Fault, Reduction } from '../../invariants/checker/index.js'
import { coverageText } from './coverage.js'
import type { Cause } from './interrupt.js'
import { grouped, OUTPUT_LOST, plural, table } from './io.js'
import { checkpointOf, nameOfJob, originJson, replayCommandFor, searchName, strategyJson } from './job.js'
import type { Job, Outcome } from './job.js'

/** Of all executions of a model none has come to some goal: then what holds of it says little. */
const isVacuous = ({ counterexample, fault, complete, coverage }: Outcome['result']): boolean =>
  counterexample === undefined && fault === undefined && complete && missedGoals(coverage).length > 0

const verdictOf = ({ result, result: { counterexample, fault, complete }, interrupted }: Outcome): string =>
  fault
    ? 'FAULT'
    : counterexample
      ? 'VIOLATED'
      : complete
        ? isVacuous(result)
          ? 'VACUOUS'
          : 'all hold'
        : interrupted
          ? 'interrupted, none violated so far'
          : 'all hold so far'

/** What was searched: of random executions, how many were made of those that were asked for. */
const searchedName = ({ job, result, interrupted }: Outcome): string =>
  interrupted !== undefined && 'made' in result
    ? `${grouped(result.made)} of ${searchName(job.search)}`
    : searchName(job.search)

/** A line for each job. */
const summary = (outcomes: ReadonlyArray<Outcome>): string =>
  table([
    ['configuration', 'search', 'states', 'transitions', 'depth', 'states/s', 'verdict'],
    ...outcomes
      .map((outcome) => [outcome, outcome.result] as const)
      .map(([outcome, result]) => [
        outcome.name,
        searchedName(outcome),
        grouped(result.states),
        grouped(result.transitions),
        String(result.depth),
        grouped((result.states - result.earlier) / Math.max(result.seconds, 0.001)),
        verdictOf(outcome)
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
  const seen = [...sum((c) => c.states), ...sum((c) => c.steps)].map(([name, times]) => `${name} ${grouped(times)}`)
  const never = outcomes.flatMap(({ name, result }) => {
    const kinds = neverEnabled(result.coverage)
    const where = result.complete ? `never enabled in ${name}` : `not enabled in the part of ${name} that was searched`
    return kinds.length > 0 ? [`${where}: ${kinds.join(', ')}`] : []
  })
  const missed = outcomes
    .filter(({ job, result }) => job.search._tag !== 'random' && !result.exact)
    .reduce((total, { result }) => total + collisionChance(result.states), 0)
  return [
    ...(seen.length > 0 ? [`seen: ${seen.join(', ')}`] : []),
    ...never,
    ...outcomes.flatMap((outcome) => propertiesText(outcome)),
    ...outcomes.flatMap(({ name, result }) => reducedText(name, result)),
    ...(missed > 0
      ? [
          `chance that a state was missed because two have one fingerprint: at most ${missed.toExponential(1)} (--exact: none)`
        ]
      : [])
  ]
}

/** What is said of properties: of goals, of those of whole executions, and of those that were not asked. */
const propertiesText = ({
  name,
  result: { coverage, answers, complete },
  notAsked
}: Outcome): ReadonlyArray<string> => {
  const missed = missedGoals(coverage)
  const reached = Object.keys(coverage.goals).filter((goal) => !missed.includes(goal))
  const named = (verdict: (typeof answers)[number]['verdict']): ReadonlyArray<string> =>
    answers.filter((answer) => answer.verdict === verdict).map(({ property }) => property)
  const line = (what: string, names: ReadonlyArray<string>): ReadonlyArray<string> =>
    names.length === 0 ? [] : [`${what} in ${name}: ${names.join(', ')}`]
  return [
    ...line('goals reached', reached),
    ...line(complete ? 'goals that cannot be reached' : 'goals not reached so far', missed),
    ...line('holds of all executions', named('holds')),
    ...answers.flatMap(({ property, verdict, states }) =>
      verdict === 'violated'
        ? [`violated in ${name}: ${property}${states === undefined ? '' : ` (${plural(states, 'state')})`}`]
        : []
    ),
    ...line('not decided', named('undecided')),
    ...line('not asked of this search', notAsked)
  ]
}

/** What a reduced search has left out. */
const reducedText = (name: string, { reductions, sizes }: Outcome['result']): ReadonlyArray<string> => {
  const says: Readonly<Record<Reduction, string>> = {
    noop:
      'packets that no node will ever react to are delivered at once, and ' +
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

const verdictJson = ({
  result,
  result: { counterexample, fault },
  interrupted
}: Pick<Outcome, 'result' | 'interrupted'>): 'fault' | 'violated' | 'vacuous' | 'interrupted' | 'holds' =>
  fault ? 'fault' : counterexample ? 'violated' : isVacuous(result) ? 'vacuous' : interrupted ? 'interrupted' : 'holds'

const jobJson = ({ job, name, result, trace, reached, interrupted, notAsked }: Outcome): Record<string, unknown> => ({
  ...originJson(job, name),
  strategy: strategyJson(job.search),
  engine: result.engine,
  reductions: result.reductions,
  states: result.states,
  transitions: result.transitions,
  depth: result.depth,
  complete: result.complete,
  seconds: Number(result.seconds.toFixed(3)),
  peakMemory: result.peakMemory,
  verdict: verdictJson({ result, interrupted }),
  ...(result.counterexample && { counterexampleLength: result.counterexample.actions.length }),
  ...(interrupted === undefined ? {} : { interrupted: interrupted.says }),
  ...(interrupted !== undefined && 'made' in result ? { made: result.made } : {}),
  ...(job.search._tag !== 'random' && !result.exact ? { collisionChance: collisionChance(result.states) } : {}),
  coverage: result.coverage,
  neverEnabled: neverEnabled(result.coverage),
  ...(result.answers.length === 0
    ? {}
    : { properties: result.answers.map(({ property, verdict, states }) => ({ property, verdict, states })) }),
  ...(notAsked.length === 0 ? {} : { notAsked }),
  ...reached,
  ...((result.counterexample ?? result.fault) && trace !== undefined
    ? {
        ...(result.counterexample && { failures: result.counterexample.failures, loop: result.counterexample.loop }),
        ...(result.fault && { fault: { says: result.fault.says, action: result.fault.action } }),
        command: replayCommandFor({ job, result }),
        trace: JSON.parse(trace) as unknown
      }
    : {})
})

/** What came of jobs: of those that were done, of the last one maybe in part. */
export interface Done {
  readonly jobs: ReadonlyArray<Job>
  readonly outcomes: ReadonlyArray<Outcome>
  /** Why not all jobs were done, where they were not. */
  readonly interrupted: Cause | undefined
}

/** The names of jobs that were not begun. */
const notBegun = ({ jobs, outcomes, interrupted }: Done): ReadonlyArray<string> =>
  interrupted === undefined ? [] : jobs.slice(outcomes.length).map(nameOfJob)

/** The one that violates something, that is vacuous, or of which the model itself is at fault, if one does. */
export const failedOf = ({ outcomes }: Pick<Done, 'outcomes'>): Outcome | undefined =>
  outcomes.find(({ result }) => result.counterexample !== undefined || result.fault !== undefined || isVacuous(result))

/** That it was interrupted, what that means for the verdict, and how to go on. */
const interruptedText = (done: Done): ReadonlyArray<string> => {
  const { interrupted, outcomes } = done
  if (interrupted === undefined) return []
  const left = notBegun(done)
  const checkpoint = outcomes.map(({ job }) => checkpointOf(job)).find((file) => file !== undefined)
  return [
    `${interrupted.says}: the numbers are those of what was explored so far, in which no violation was found`,
    ...(left.length === 0 ? [] : [`not begun: ${left.join(', ')}`]),
    ...(checkpoint === undefined || interrupted.exitCode === OUTPUT_LOST
      ? []
      : [`checkpoint written to ${checkpoint}; the same command with --resume ${checkpoint} goes on`])
  ]
}

/** What is wrong with what failed, and after how many steps. */
const wrong = (
  { result: { counterexample, fault, coverage } }: Outcome,
  blame: (fault: Fault<unknown, unknown>) => string
): string => {
  const steps = plural((fault ?? counterexample)?.actions.length ?? 0, 'step')
  if (fault !== undefined) return `${blame(fault)} after ${steps}`
  if (counterexample === undefined)
    return `no execution comes to ${missedGoals(coverage).join(', ')}, so that what holds says little`
  return counterexample.loop === undefined
    ? `${violated(counterexample)} is violated after ${steps}`
    : `${violated(counterexample)} is violated by an execution that goes on for ever, of ${steps}`
}

/** What an execution violates: an invariant of its states, or a property by name. */
const violated = ({ failures }: Counterexample<unknown, unknown>): string => {
  const [first] = failures
  return first?.isOfProperty === true ? `«${first.path.join(' ▸ ')}»` : 'an invariant'
}

/**
 * What came of the jobs, as text.
 * @param blame says whose fault it is that a model is at fault.
 */
export const asText = (
  done: Done,
  drawn: string | undefined,
  traceOut: string | undefined,
  blame: (fault: Fault<unknown, unknown>) => string
): string => {
  const { outcomes } = done
  const failed = failedOf(done)
  return [
    summary(outcomes),
    ...whatHappened(outcomes),
    ...interruptedText(done),
    ...outcomes.flatMap(({ name, result, reached }) =>
      reached === undefined ? [] : [`\n${coverageText(name, result, reached)}`]
    ),
    ...(drawn === undefined ? [] : [drawn]),
    ...(failed === undefined
      ? []
      : [
          `\n${failed.name}: ${wrong(failed, blame)}\n`,
          ...(failed.explained === undefined ? [] : [failed.explained]),
          `${failed.explained === undefined ? '' : '\n'}again: ${replayCommandFor(failed)}`
        ]),
    ...(traceOut === undefined
      ? []
      : [
          failed?.trace === undefined
            ? 'no invariant is violated, so no trace was written'
            : `trace written to ${traceOut}`
        ])
  ].join('\n')
}

/** One object for one job; for several, their sums and an object for each. */
export const asJson = (done: Done): string => {
  const { outcomes, jobs, interrupted } = done
  const [only] = outcomes
  if (jobs.length === 1 && only !== undefined) return JSON.stringify(jobJson(only), undefined, 2)
  const total = (of: (r: Outcome['result']) => number): number =>
    outcomes.reduce((sum, { result }) => sum + of(result), 0)
  return JSON.stringify(
    {
      configuration: 'default',
      states: total((r) => r.states),
      transitions: total((r) => r.transitions),
      depth: Math.max(0, ...outcomes.map(({ result }) => result.depth)),
      seconds: Number(total((r) => r.seconds).toFixed(3)),
      peakMemory: Math.max(0, ...outcomes.map(({ result }) => result.peakMemory ?? 0)),
      verdict:
        outcomes.map(verdictJson).find((verdict) => verdict !== 'holds') ?? (interrupted ? 'interrupted' : 'holds'),
      ...(interrupted === undefined ? {} : { interrupted: interrupted.says, notBegun: notBegun(done) }),
      runs: outcomes.map(jobJson)
    },
    undefined,
    2
  )
}
