/**
 * What each thread of a parallel search does: it goes depth first into all that no thread has found before, gives some of
 * what it has still to do to threads that have nothing, and asks for some when it has nothing itself.
 */
import { breathe } from '../model/result.js'
import type { Coverage, Execution, Interruption } from '../model/result.js'
import { Descent } from '../search/descent.js'
import { SharedVisited } from './sharedVisited.js'
import type { SharedTable } from './sharedVisited.js'
import { LONGEST_PATH, SharedWork } from './sharedWork.js'
import type { SharedPaths } from './sharedWork.js'
import type { CompactSystem } from '../model/walker.js'

/** What the threads of a search share. */
export interface Shared {
  readonly table: SharedTable
  readonly paths: SharedPaths
}

/** Where a worker finds a model: functions do not travel between threads, so it builds the model itself. */
export interface ModelSource {
  /** The address of a module. */
  readonly module: string
  /** The name of a function that the module exports. */
  readonly name: string
  /** What the function is given: plain data. It returns the model, or a promise of it. */
  readonly argument: unknown
  /** The addresses of modules that are to be loaded before: loaders of other languages. Default: none. */
  readonly imports?: ReadonlyArray<string>
}

/** What a worker is given. */
export interface Task {
  readonly source: ModelSource
  readonly shared: Shared
}

/** What a thread has found. */
export interface Share {
  readonly states: number
  readonly transitions: number
  readonly deepest: number
  readonly coverage: Coverage
  /** The execution that leads to a state that violates an invariant, where this thread has found one. */
  readonly violation: Execution<unknown> | undefined
  /** Where this thread could not go on. */
  readonly interruption: Interruption<unknown> | undefined
  readonly sizes: Readonly<Record<string, number>>
}

/** How many steps a thread makes between two looks at what the others need. */
const STRIDE = 1 << 12
/** How many steps a thread makes before it yields to the event loop. */
const PAUSE = 1 << 20

/** Takes part in a search. The first thread begins at the initial state, the others with what they are given. */
export const takePart = async <A>(
  compact: CompactSystem<A>,
  { table, paths }: Shared,
  isFirst: boolean,
  onProgress: (states: number, descent: Descent<A>) => void = () => undefined
): Promise<Share> => {
  const visited = new SharedVisited(table)
  const work = new SharedWork(paths)
  const descent = new Descent(compact, visited)
  try {
    if (isFirst) {
      work.begin()
      descent.begin()
      if (!descent.isGoingOn) work.stop()
    }
    let pausedAt = 0
    while (!work.isOver) {
      if (descent.isDone) {
        const path = work.take()
        if (path === undefined) {
          visited.attend()
          work.wait()
          await breathe()
        } else descent.start(path)
        continue
      }
      descent.advance(STRIDE)
      if (!descent.isGoingOn) work.stop()
      if (work.wanted > 0) work.give((most) => descent.giveAway(most, LONGEST_PATH))
      if (descent.transitions - pausedAt < PAUSE) continue
      pausedAt = descent.transitions
      onProgress(visited.size, descent)
      await breathe()
    }
    return {
      states: visited.inserted,
      transitions: descent.transitions,
      deepest: descent.deepest,
      coverage: compact.coverage(),
      violation: descent.violation,
      interruption: descent.interruption,
      sizes: compact.sizes()
    }
  } finally {
    // If this thread has failed, the others must not wait for it.
    work.stop()
    visited.leave()
  }
}
