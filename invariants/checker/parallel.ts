/**
 * Exhaustive exploration by several threads, with one set of visited states in shared memory.
 *
 * Every thread walks the same first levels, breadth first, which gives all of them the same list of starting points. Then
 * each takes the next starting point that nobody has taken and goes on from there depth first. A state belongs to the
 * thread that first puts its fingerprint into the shared set, so that states and transitions are counted once, whatever
 * the number of threads.
 */
import { Worker } from 'node:worker_threads'
import type { Model } from './model.js'
import { actionsLike, runActions } from './replay.js'
import { mergeCoverage, peakMemory } from './result.js'
import type { Coverage, Progress, Result } from './result.js'
import { SharedVisited, sharedTable, STOP } from './sharedVisited.js'
import type { SharedTable } from './sharedVisited.js'

/** Where a worker finds a model: functions do not travel between threads, so it builds the model itself. */
export interface ModelSource {
  /** The address of a module. */
  readonly module: string
  /** The name of a function that the module exports. */
  readonly name: string
  /** What the function is given: plain data. It returns the model. */
  readonly argument: unknown
}

/** What a worker is told. */
export interface Task {
  readonly source: ModelSource
  readonly table: SharedTable
  readonly thread: number
  /** Starting points for each thread: enough that none is idle for long. */
  readonly points: number
}

/** What a worker answers. */
export interface Answer {
  readonly states: number
  readonly transitions: number
  readonly deepest: number
  readonly coverage: Coverage
  readonly violation: ReadonlyArray<unknown> | undefined
  readonly sizes: Readonly<Record<string, number>>
}

/** How a search by several threads is done. */
export interface ParallelOptions {
  readonly threads: number
  /** The set of visited states has at most 2^tableBits slots of 8 bytes. Default: 26, for 50 million states. */
  readonly tableBits?: number
  readonly onProgress?: (progress: Progress) => void
}

/**
 * Explores all executions of a model with several threads; stops soon after the first state that violates an invariant,
 * with an execution that leads to it, which need not be a shortest one.
 * @param model the model that `source` makes, to judge a counterexample by the specification.
 * @throws RangeError where the table of visited states is full.
 */
export const parallel = async <S, A>(
  model: Model<S, A>,
  source: ModelSource,
  { threads, tableBits = 26, onProgress }: ParallelOptions
): Promise<Result<S, A>> => {
  const started = performance.now()
  const table = sharedTable(threads, tableBits)
  const visited = new SharedVisited(table)
  const ticking = setInterval(() => {
    onProgress?.({ states: visited.size, transitions: 0, depth: 0, frontier: 0 })
  }, 200)
  try {
    const answers = await Promise.all(
      Array.from({ length: threads }, (_, thread) =>
        ask({ source, table, thread, points: 64 * threads }).catch((error: unknown) => {
          Atomics.store(visited.control, STOP, 1)
          throw error
        })
      )
    )
    const sum = (of: (answer: Answer) => number): number => answers.reduce((total, answer) => total + of(answer), 0)
    const violation = answers.find((answer) => answer.violation !== undefined)?.violation
    return {
      model: model.name,
      states: sum(({ states }) => states),
      transitions: sum(({ transitions }) => transitions),
      depth: Math.max(...answers.map(({ deepest }) => deepest)),
      complete: violation === undefined,
      engine: 'interned',
      reductions: [],
      exact: false,
      seconds: (performance.now() - started) / 1000,
      peakMemory: peakMemory(),
      coverage: mergeCoverage(answers.map(({ coverage }) => coverage)),
      counterexample: violation && runActions(model, actionsLike(model, violation)),
      sizes: answers[0]?.sizes ?? {}
    }
  } finally {
    clearInterval(ticking)
  }
}

/** Runs a task in a worker, from the compiled file beside this one. */
const ask = (task: Task): Promise<Answer> => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`a worker of the checker ended with exit code ${String(code)} before it answered`))
    })
  })
}
