/**
 * What every search is given and what it gives back.
 */
import type { ChunkStore } from '../data/growing.js'
import type { Coverage, Execution, Interruption, Progress } from '../model/result.js'

/** The bounds that every search has. */
export interface CommonBounds {
  /** The most distinct states. Default: no bound. */
  readonly maxStates?: number
  /** Called every so often. */
  readonly onProgress?: (progress: Progress) => void
}

/** For searches that find every state by as few steps as lead to it. */
export interface DepthBound {
  /** The most steps from the initial state; breadth first and by iterative deepening only. Default: no bound. */
  readonly depth?: number
}

/** For searches that only need to know a visited state again. */
export interface Exactness {
  /** Keep whole states and not fingerprints; not together with `checkpoint` or `resume`. Default: false. */
  readonly exact?: boolean
}

/** For searches that are kept in a file and taken up again. */
export interface KeptSearch {
  /** Saves the search so far, whenever it is due; breadth first only. */
  readonly checkpoint?: {
    /** Whether a checkpoint is due. */
    readonly isDue: () => boolean
    readonly save: (checkpoint: Uint8Array) => void
  }
  /** Goes on from a checkpoint of the same search; breadth first only. One of another search is refused. */
  readonly resume?: Uint8Array
  /** Of what the model was made, if it is kept: plain data, which a checkpoint that is resumed must have too. */
  readonly origin?: unknown
}

/** For searches whose frontier is a queue. */
export interface SpilledFrontier {
  /** Where a frontier that is too large for memory goes; breadth first only. Default: nowhere. */
  readonly frontier?: { readonly store: ChunkStore; readonly megabytes: number }
}

/** What a search found. */
export interface Found<A> {
  readonly states: number
  /** How many of them had been found before the search went on from a checkpoint. Default: 0. */
  readonly earlier?: number
  readonly transitions: number
  readonly depth: number
  readonly complete: boolean
  readonly coverage: Coverage
  /** The execution that leads to a state that violates an invariant. */
  readonly violation: Execution<A> | undefined
  /** Where the search could not go on. */
  readonly interruption?: Interruption<A> | undefined
}

/** How many states are expanded between two pauses. */
export const PAUSE = 1 << 14
