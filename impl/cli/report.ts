/**
 * What `blockforest check` says of its jobs: as a table for people, as JSON for programs.
 */
import { collisionChance, neverEnabled } from '../../invariants/checker/index.js'
import type { Coverage, Reduction } from '../../invariants/checker/index.js'
import { grouped, table } from './io.js'
import { originJson, replayCommandFor, searchName, strategyJson } from './job.js'
import type { Outcome } from './job.js'

const verdictOf = ({ counterexample, fault, complete }: Outcome['result']): string =>
  fault ? 'FAULT' : counterexample ? 'VIOLATED' : complete ? 'all hold' : 'all hold so far'

/** A line for each job. */
export const summary = (outcomes: ReadonlyArray<Outcome>): string =>
  table([
    ['configuration', 'search', 'states', 'transitions', 'depth', 'states/s', 'verdict'],
    ...outcomes.map(({ name, job, result }) => [
      name,
      searchName(job.search),
      grouped(result.states),
      grouped(result.transitions),
      String(result.depth),
      grouped((result.states - result.earlier) / Math.max(result.seconds, 0.001)),
      verdictOf(result)
    ])
  ])

/** What happened in all jobs together, and what never did. */
export const whatHappened = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> => {
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

const verdictJson = ({ counterexample, fault }: Outcome['result']): 'fault' | 'violated' | 'holds' =>
  fault ? 'fault' : counterexample ? 'violated' : 'holds'

const jobJson = ({ job, name, result, trace, reached }: Outcome): Record<string, unknown> => ({
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
  verdict: verdictJson(result),
  ...(job.search._tag !== 'random' && !result.exact ? { collisionChance: collisionChance(result.states) } : {}),
  coverage: result.coverage,
  neverEnabled: neverEnabled(result.coverage),
  ...reached,
  ...((result.counterexample ?? result.fault) && trace !== undefined
    ? {
        ...(result.counterexample && { failures: result.counterexample.failures }),
        ...(result.fault && { fault: { says: result.fault.says, action: result.fault.action } }),
        command: replayCommandFor({ job, result }),
        trace: JSON.parse(trace) as unknown
      }
    : {})
})

/** One object for one job; for several, their sums and an object for each. */
export const asJson = (outcomes: ReadonlyArray<Outcome>): string => {
  const [only] = outcomes
  if (outcomes.length === 1 && only !== undefined) return JSON.stringify(jobJson(only), undefined, 2)
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
      verdict: outcomes.map(({ result }) => verdictJson(result)).find((verdict) => verdict !== 'holds') ?? 'holds',
      runs: outcomes.map(jobJson)
    },
    undefined,
    2
  )
}
