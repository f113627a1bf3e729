/**
 * Randomized exploration: many executions, each step chosen by a seeded, weighted scheduler, every invariant checked in
 * every state. A failure is shrunk, and names the seed and the run that show it again.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { causal } from '../trace/causal.js'
import type { Causality } from '../trace/causal.js'
import { guarded } from '../model/guard.js'
import type { Walker } from '../model/walker.js'
import { compactOf, refuseEmpty } from '../model/model.js'
import type { Model } from '../model/model.js'
import { plainWalker } from '../state/plain.js'
import { settled } from '../trace/settle.js'
import { breathe, peakMemory } from '../model/result.js'
import type { Execution, Interruption, Progress, Result } from '../model/result.js'
import { shrink } from '../trace/shrink.js'

/** How many executions, how long, and how they are chosen. */
export interface RandomizedOptions<S, A> {
  /** From which all choices follow: an integer. */
  readonly seed: number
  /** How many executions. Default: 100. */
  readonly runs?: number
  /** The first execution's number; a failure in run n is found again with `firstRun: n, runs: 1`. Default: 0. */
  readonly firstRun?: number
  /** The most steps of one execution; it ends sooner where nothing that has a weight is enabled. Default: 100. */
  readonly steps?: number
  /** How likely a step of each kind is, relative to the others; one of 0 is never taken. Default: 1 for every kind. */
  readonly weights?: Readonly<Record<string, number>>
  /** Compute every step anew, with no interning. Default: false. */
  readonly plain?: boolean
  /** What ties steps to others: then a failure is first cut down to its causal past. Default: nothing is known. */
  readonly causality?: Causality<S, A>
  readonly onProgress?: (progress: Progress) => void
}

/** The result of a randomized exploration. */
export interface RandomizedResult<S, A> extends Result<S, A> {
  readonly seed: number
  readonly runs: number
  /** The execution that failed: its number, and how many steps it had before it was shrunk. */
  readonly failedRun: { readonly run: number; readonly steps: number } | undefined
}

/** The largest number of a uniform choice, exclusive. */
const CHOICES = 2 ** 30

/** Runs a model at random. */
export const randomized = async <S, A>(
  model: Model<S, A>,
  {
    seed,
    runs = 100,
    firstRun = 0,
    steps = 100,
    weights = {},
    plain = false,
    causality,
    onProgress
  }: RandomizedOptions<S, A>
): Promise<RandomizedResult<S, A>> => {
  refuseEmpty(model)
  const started = performance.now()
  const compact = plain ? undefined : compactOf(model)
  const watched = guarded(model)
  const walker: Walker<A> = compact ?? plainWalker(watched)
  const uniform = model.kinds.every((kind) => (weights[kind] ?? 1) === 1)
  let visited = 0
  let transitions = 0
  let deepest = 0
  let failure: { readonly run: number; readonly violation: Execution<A> } | undefined
  let interruption: Interruption<A> | undefined

  const weightAt = (place: number): number => weights[walker.kinds()[walker.kindAt(place)] ?? ''] ?? 1

  for (let run = firstRun; run < firstRun + runs && failure === undefined && interruption === undefined; run++) {
    const random = xoroshiro128plus(seed ^ Math.imul(run + 1, 0x9e3779b1))
    const actions: A[] = []
    // Where there is nothing to choose, nothing is drawn.
    const start = walker.starts[walker.starts.length > 1 ? uniformInt(random, 0, walker.starts.length - 1) : 0] ?? 0
    try {
      walker.begin(start)
      for (;;) {
        visited++
        walker.countState()
        if (walker.violated()) {
          failure = { run, violation: { start, actions } }
          break
        }
        if (actions.length === steps) break
        const count = walker.enumerate()
        if (count === 0) break
        const place = uniform
          ? uniformInt(random, 0, count - 1)
          : weighted(count, weightAt, uniformInt(random, 0, CHOICES - 1) / CHOICES)
        if (place < 0) break
        walker.countStep(place)
        const action = walker.actionAt(place)
        walker.apply(place)
        actions.push(action)
        transitions++
      }
    } catch (thrown) {
      interruption = { at: { start, actions }, thrown }
    }
    deepest = Math.max(deepest, actions.length)
    if (run % 16 === 0) {
      onProgress?.({ states: visited, transitions, depth: deepest, frontier: firstRun + runs - run - 1 })
      await breathe()
    }
  }

  return {
    model: model.name,
    states: visited,
    earlier: 0,
    transitions,
    depth: deepest,
    complete: false,
    engine: compact ? 'interned' : 'plain',
    reductions: [],
    exact: true,
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: walker.coverage(),
    ...settled(model, {
      violation:
        failure &&
        (await shrink(watched, causality ? causal(watched, causality, failure.violation) : failure.violation)),
      interruption
    }),
    sizes: compact?.sizes() ?? {},
    seed,
    runs,
    failedRun: failure && { run: failure.run, steps: failure.violation.actions.length }
  }
}

/** The place at which a fraction of the total weight is reached, the last place that has weight at the latest; -1 if none has. */
const weighted = (count: number, weightAt: (place: number) => number, fraction: number): number => {
  let total = 0
  for (let place = 0; place < count; place++) total += weightAt(place)
  let rest = fraction * total
  let last = -1
  for (let place = 0; place < count; place++) {
    const weight = weightAt(place)
    if (weight === 0) continue
    rest -= weight
    last = place
    if (rest < 0) break
  }
  return last
}
