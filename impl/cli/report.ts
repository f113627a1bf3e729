/**
 * What `blockforest check` says of its jobs: as a table for people, as JSON for programs.
 */
import { collisionChance, conclusionOf, neverEnabled, worstOf } from '../../invariants/checker/index.js'
import type { Conclusion, Coverage, Fault, Reduction } from '../../invariants/checker/index.js'
import {
  missedChance,
  missedText,
  neverText,
  propertiesText,
  vacuousText,
  violatedText
} from '../../invariants/systems/index.js'
import { coverageText } from './coverage.js'
import type { Cause } from './interrupt.js'
import { grouped, OUTPUT_LOST, plural, table } from './io.js'
import { checkpointOf, nameOfJob, originJson, replayCommandFor, searchName, strategyJson } from './job.js'
import type { Job, Outcome } from './job.js'

const VERDICTS: Readonly<Record<Conclusion, string>> = {
  fault: 'FAULT',
  violated: 'VIOLATED',
  vacuous: 'VACUOUS',
  undecided: 'all hold so far',
  holds: 'all hold'
}

const verdictOf = ({ result, interrupted }: Outcome): string => {
  const conclusion = conclusionOf(result)
  if (conclusion !== 'undecided') return VERDICTS[conclusion]
  return interrupted ? 'interrupted, none violated so far' : VERDICTS.undecided
}

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
  const searches = outcomes.filter(({ job }) => job.search._tag !== 'random').map(({ result }) => result)
  return [
    ...(seen.length > 0 ? [`seen: ${seen.join(', ')}`] : []),
    ...outcomes.flatMap(({ name, result }) => neverText(result, ` in ${name}`)),
    ...outcomes.flatMap(({ name, result, notAsked }) => [
      ...propertiesText(result, ` in ${name}`),
      ...(notAsked.length === 0 ? [] : [`not asked of this search in ${name}: ${notAsked.join(', ')}`])
    ]),
    ...outcomes.flatMap(({ name, result }) => reducedText(name, result)),
    ...missedText(missedChance(searches)).map((line) => `${line} (--exact: none)`)
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

const verdictJson = ({ result, interrupted }: Pick<Outcome, 'result' | 'interrupted'>): Conclusion | 'interrupted' => {
  const conclusion = conclusionOf(result)
  return conclusion === 'undecided' && interrupted !== undefined ? 'interrupted' : conclusion
}

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
  outcomes.find(({ result }) => FAILS.includes(conclusionOf(result)))

const FAILS: ReadonlyArray<Conclusion> = ['fault', 'violated', 'vacuous']

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
): string =>
  fault !== undefined
    ? `${blame(fault)} after ${plural(fault.actions.length, 'step')}`
    : counterexample !== undefined
      ? violatedText(counterexample)
      : vacuousText(coverage)

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

/** What several jobs say together: jobs that were not begun say nothing. */
const totalJson = ({ outcomes, interrupted }: Done): Conclusion | 'interrupted' => {
  const worst = worstOf(outcomes.map(({ result }) => conclusionOf(result)))
  return interrupted !== undefined && !FAILS.includes(worst) ? 'interrupted' : worst
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
      verdict: totalJson(done),
      ...(interrupted === undefined ? {} : { interrupted: interrupted.says, notBegun: notBegun(done) }),
      runs: outcomes.map(jobJson)
    },
    undefined,
    2
  )
}
