/**
 * Randomized exploration: many executions, each step chosen by a seeded, weighted scheduler, every invariant checked in
 * every state. A failure is shrunk, and names the seed and the run that show it again.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { undecided, withViolated } from '../graph/answers.js'
import { causal } from '../trace/causal.js'
import type { Causality } from '../trace/causality.js'
import { ModelFault } from '../model/guard.js'
import { guarded } from '../model/guarded.js'
import type { Walker } from '../model/walker.js'
import { compactOf, refuseUnfit } from '../model/model.js'
import type { Model } from '../model/model.js'
import { plainWalker } from '../state/plain.js'
import { settled } from '../trace/settle.js'
import { peakMemory } from '../model/result.js'
import type { Execution, Result } from '../model/result.js'
import { Pauses } from './bounds.js'
import type { CommonBounds } from './bounds.js'
import { shrink } from '../trace/shrink.js'

/** How many executions, how long, and how they are chosen. */
export interface RandomizedOptions<S, A> extends Omit<CommonBounds, 'maxStates'> {
  /** From which all choices follow: an integer. */
  readonly seed: number
  /** How many executions. Default: 100. */
  readonly runs?: number
  /** The first execution's number; a failure in run n is found again with `firstRun: n, runs: 1`. Default: 0. */
  readonly firstRun?: number
  /** The most steps of one execution; it ends sooner where nothing that has a weight is enabled. Default: 100. */
  readonly steps?: number
  /** How likely a step of each kind is, relative to the others; one of 0 is never taken. Default: as the model says, else 1. */
  readonly weights?: Readonly<Record<string, number>>
  /** Compute every step anew, with no interning. Default: false. */
  readonly plain?: boolean
  /** What ties steps to others: then a failure is first cut down to its causal past. Default: nothing is known. */
  readonly causality?: Causality<S, A>
}

/** The result of a randomized exploration. */
export interface RandomizedResult<S, A> extends Result<S, A> {
  readonly seed: number
  readonly runs: number
  /** How many of them were made: all, unless one failed or the search was interrupted. */
  readonly made: number
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
    weights = model.weights ?? {},
    plain = false,
    causality,
    ...bounds
  }: RandomizedOptions<S, A>
): Promise<RandomizedResult<S, A>> => {
  refuseUnfit(model)
  const started = performance.now()
  const compact = plain ? undefined : compactOf(model)
  const watched = guarded(model)
  const walker: Walker<A> = compact ?? plainWalker(watched)
  const uniform = model.kinds.every((kind) => (weights[kind] ?? 1) === 1)
  let visited = 0
  let transitions = 0
  let deepest = 0
  let made = 0
  let last: { readonly run: number; readonly walk: Walk<A> } | undefined

  const weightAt = (place: number): number => weights[walker.kinds()[walker.kindAt(place)] ?? ''] ?? 1

  const pauses = new Pauses(16)
  for (let run = firstRun; run < firstRun + runs && last?.walk.ends === undefined; run++) {
    const random = xoroshiro128plus(seed ^ Math.imul(run + 1, 0x9e3779b1))
    // Where there is nothing to choose, nothing is drawn.
    const start = walker.starts[walker.starts.length > 1 ? uniformInt(random, 0, walker.starts.length - 1) : 0] ?? 0
    const walk = walked(walker, start, steps, (count) =>
      uniform
        ? uniformInt(random, 0, count - 1)
        : weighted(count, weightAt, uniformInt(random, 0, CHOICES - 1) / CHOICES)
    )
    last = { run, walk }
    visited += walk.visited
    transitions += walk.actions.length
    deepest = Math.max(deepest, walk.actions.length)
    made++
    if (pauses.isDue(run, transitions)) {
      const frontier = runs - made
      if (!(await pauses.goOn(bounds, { states: visited, transitions, depth: deepest, frontier }))) break
    }
  }

  const { run = 0, walk } = last ?? {}
  const violation = walk?.ends?._tag === 'Violation' ? walk : undefined
  const outcome = settled(model, {
    violation: violation && (await shrunk(watched, violation, causality)),
    interruption: walk?.ends?._tag === 'Interruption' ? { at: walk, thrown: walk.ends.thrown } : undefined
  })
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
    answers: withViolated(undecided(model), outcome.counterexample),
    ...outcome,
    sizes: compact?.sizes() ?? {},
    seed,
    runs,
    made,
    failedRun: violation && { run, steps: violation.actions.length }
  }
}

/** A random execution, and what ended it before its time. */
interface Walk<A> extends Execution<A> {
  /** How many states were looked at. */
  readonly visited: number
  readonly ends:
    | { readonly _tag: 'Violation' }
    | { readonly _tag: 'Interruption'; readonly thrown: unknown }
    | undefined
}

/** Walks from an initial state until something is wrong, there is no step, none is chosen, or there were so many. */
const walked = <A>(walker: Walker<A>, start: number, steps: number, choose: (count: number) => number): Walk<A> => {
  const actions: A[] = []
  let visited = 0
  const ended = (ends?: Walk<A>['ends']): Walk<A> => ({ start, actions, visited, ends })
  try {
    walker.begin(start)
    for (;;) {
      visited++
      walker.countState()
      if (walker.violated()) return ended({ _tag: 'Violation' })
      if (actions.length === steps) return ended()
      const count = walker.enumerate()
      if (count === 0) return ended(walker.isStuck() ? { _tag: 'Violation' } : undefined)
      const place = choose(count)
      if (place < 0) return ended()
      walker.countStep(place)
      const action = walker.actionAt(place)
      const isBroken = walker.breaks(place)
      if (!isBroken) walker.apply(place)
      actions.push(action)
      if (isBroken) return ended({ _tag: 'Violation' })
    }
  } catch (thrown) {
    return ended({ _tag: 'Interruption', thrown })
  }
}

/** The execution shrunk; as it is, where something else is wrong with the model in its last state. */
const shrunk = async <S, A>(
  model: Model<S, A>,
  { start, actions }: Execution<A>,
  causality: Causality<S, A> | undefined
): Promise<Execution<A>> => {
  const execution = { start, actions }
  try {
    return await shrink(model, causality === undefined ? execution : causal(model, causality, execution))
  } catch (thrown) {
    if (thrown instanceof ModelFault) return execution
    throw thrown
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
