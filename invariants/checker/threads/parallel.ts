/**
 * Exhaustive exploration by several threads, with one set of visited states in shared memory.
 *
 * A state belongs to the thread that first puts its fingerprint into the shared set, so that states and transitions are
 * counted once, whatever the number of threads. What each of them does is in `thread.ts`.
 */
import { Worker } from 'node:worker_threads'
import { compactOf, refuseUnfit } from '../model/model.js'
import type { Model } from '../model/model.js'
import { RefusedSearch } from '../model/refusal.js'
import { watchedSystem } from '../state/keyed.js'
import { answered, undecided, withViolated } from '../graph/answers.js'
import type { Answered } from '../graph/answers.js'
import { executionLike } from '../trace/replay.js'
import { settled } from '../trace/settle.js'
import { mergeCoverage, peakMemory } from '../model/result.js'
import type { Result } from '../model/result.js'
import type { CommonBounds } from '../search/bounds.js'
import { sharedTable } from './sharedVisited.js'
import { sharedPaths, SharedWork } from './sharedWork.js'
import { takePart } from './thread.js'
import type { ModelSource, Share, Task } from './thread.js'

/** More threads than this are a mistake: each has memory of its own, and takes time to start. */
export const MOST_THREADS = 256

/** How a search by several threads is done. */
export interface ParallelOptions extends Omit<CommonBounds, 'maxStates'> {
  /** How many threads there are, this one included: at most `MOST_THREADS`. */
  readonly threads: number
  /** The set of visited states has at most 2^tableBits slots of 8 bytes. Default: 28, for 200 million states. */
  readonly tableBits?: number
}

/**
 * Explores all executions of a model with several threads; stops soon after the first state that violates an invariant,
 * with an execution that leads to it, which need not be a shortest one.
 * @param model the model that `source` makes.
 * @throws RefusedSearch for fewer than one thread, or too many; RangeError where the table of visited states is full.
 */
export const parallel = async <S, A>(
  model: Model<S, A>,
  source: ModelSource,
  { threads, tableBits = 28, ...bounds }: ParallelOptions
): Promise<Result<S, A>> => {
  const started = performance.now()
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
    throw new RefusedSearch(`${String(threads)} threads: a search has from 1 to ${String(MOST_THREADS)} of them`)
  refuseUnfit(model)
  const interned = compactOf(model)
  const compact = interned ?? watchedSystem(model)
  const shared = { table: sharedTable(tableBits), paths: sharedPaths() }
  const helpers = hired(threads - 1, { source, shared })
  const shares = await Promise.all([takePart(compact, shared, true, bounds), ...helpers])
  const violation = shares.find((share) => share.violation !== undefined)?.violation
  const interruption = shares.find((share) => share.interruption !== undefined)?.interruption
  const isDone = violation === undefined && interruption === undefined
  const isInterrupted = (): boolean => bounds.signal?.aborted === true
  const asked: Answered<S, A> =
    isDone && !isInterrupted() ? await answered(model, bounds) : { answers: undecided(model) }
  const outcome = settled(
    model,
    {
      violation: violation && executionLike(model, violation),
      interruption: interruption ? { ...interruption, at: executionLike(model, interruption.at) } : asked.interruption
    },
    asked.answers
  )
  const sum = (of: (share: Share) => number): number => shares.reduce((total, share) => total + of(share), 0)
  return {
    model: model.name,
    states: sum(({ states }) => states),
    earlier: 0,
    transitions: sum(({ transitions }) => transitions),
    depth: Math.max(...shares.map(({ deepest }) => deepest)),
    complete: isDone && asked.interruption === undefined && !isInterrupted(),
    engine: interned === undefined ? 'keyed' : 'interned',
    reductions: [],
    exact: false,
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: mergeCoverage(shares.map(({ coverage }) => coverage)),
    answers: withViolated(asked.answers, outcome.counterexample),
    ...outcome,
    sizes: compact.sizes()
  }
}

/** Runs a task in so many workers. If one of them cannot be made, the others do not wait for what will never begin. */
const hired = (count: number, task: Task): ReadonlyArray<Promise<Share>> => {
  try {
    return Array.from({ length: count }, () => begun(task))
  } catch (e) {
    new SharedWork(task.shared.paths).stop()
    throw e
  }
}

/** What a worker runs from the sources: Node's loaders are not handed on to it, so it registers that of tsx itself. */
const fromSources = (): string =>
  `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))}
register()
await import(${JSON.stringify(new URL('./worker.ts', import.meta.url).href)})`

/** A worker with a task, compiled where this file is. */
const workerFor = (workerData: Task): Worker =>
  import.meta.url.endsWith('.ts')
    ? new Worker(new URL(`data:text/javascript,${encodeURIComponent(fromSources())}`), { workerData })
    : new Worker(new URL('./worker.js', import.meta.url), { workerData })

/** Runs a task in a worker. If it fails, the search is over. */
const begun = (task: Task): Promise<Share> => {
  const worker = workerFor(task)
  return new Promise<Share>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`a worker of the checker ended with exit code ${String(code)} before it answered`))
    })
  }).catch((error: unknown) => {
    new SharedWork(task.shared.paths).stop()
    throw error
  })
}
