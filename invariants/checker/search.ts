/**
 * Searches over a compact system: the loops in which a checker spends its time.
 */
import type { CompactSystem } from './compact.js'
import { readCheckpoint, writeCheckpoint } from './checkpoint.js'
import { NumberList, RecordQueue } from './growing.js'
import type { ChunkStore } from './growing.js'
import { breathe } from './result.js'
import type { Coverage, Progress } from './result.js'
import { Visited } from './visited.js'

/** The bounds of a search. */
export interface SearchBounds {
  /** The most steps from the initial state; breadth first only. Default: no bound. */
  readonly depth?: number
  /** The most distinct states. Default: no bound. */
  readonly maxStates?: number
  /** Called every so often. */
  readonly onProgress?: (progress: Progress) => void
  /** Where a frontier that is too large for memory goes; breadth first only. Default: nowhere. */
  readonly frontier?: { readonly store: ChunkStore; readonly megabytes: number }
  /** Gives the search so far to be kept; breadth first only. */
  readonly checkpoint?: {
    /** Whether it is time to. */
    readonly isDue: () => boolean
    readonly save: (checkpoint: Uint8Array) => void
  }
  /** Goes on from a checkpoint of the same model; breadth first only. */
  readonly resume?: Uint8Array
}

/** What a search found. */
export interface Found<A> {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly complete: boolean
  readonly coverage: Coverage
  /** The actions that lead to a state that violates an invariant. */
  readonly violation: ReadonlyArray<A> | undefined
}

/** How many states are expanded between two pauses. */
const PAUSE = 1 << 14

/** The most bytes of a state's record. */
const RECORD = 65_535

/** Level by level from the initial state; a queue of records is the frontier. */
export const breadthFirst = async <A>(
  compact: CompactSystem<A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress, frontier, checkpoint, resume }: SearchBounds,
  name = ''
): Promise<Found<A>> => {
  let visited = new Visited()
  const queue = new RecordQueue(frontier?.store, frontier?.megabytes)
  const record = new Uint8Array(RECORD)
  // The n-th state taken from the queue is the n-th that was found: its number needs no space.
  const parent = new NumberList(Int32Array)
  const place = new NumberList(Uint16Array)
  let transitions = 0
  let depth = 0
  let complete = true

  /** Keeps the current state, whose fingerprint is new; true if it violates an invariant. */
  const keep = (from: number, by: number): boolean => {
    queue.push(record, compact.save(record))
    parent.push(from)
    place.push(by)
    compact.countState()
    return compact.violated()
  }

  /** Goes the way from the initial state to a kept one again, and collects the actions. */
  const actionsTo = (index: number): ReadonlyArray<A> => {
    const places: number[] = []
    for (let i = index; i > 0; i = parent.at(i)) places.push(place.at(i))
    compact.begin()
    return places.reverse().map((at) => {
      compact.load(record, compact.save(record))
      compact.enumerate(0)
      const action = compact.actionAt(at)
      compact.apply(at)
      return action
    })
  }

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: parent.length,
    transitions,
    depth: violation?.length ?? depth,
    complete: complete && violation === undefined,
    coverage: compact.coverage(),
    violation
  })

  let levelEnd = 1
  let i = 0
  if (resume === undefined) {
    compact.begin()
    visited.add(compact.high(), compact.low())
    if (keep(-1, 0)) return found([])
  } else {
    const saved = readCheckpoint(resume, name)
    compact.restore(saved.dump)
    visited = Visited.restored(saved.visited)
    for (const chunk of saved.queue) queue.restore(chunk)
    for (const n of saved.parent) parent.push(n)
    for (const n of saved.place) place.push(n)
    ;({ transitions, depth, levelEnd, complete, expanded: i } = saved.at)
  }
  for (; ; i++) {
    if (i % PAUSE === 0) {
      onProgress?.({ states: parent.length, transitions, depth, frontier: parent.length - i })
      await breathe()
      if (checkpoint?.isDue() === true)
        checkpoint.save(
          writeCheckpoint(name, {
            dump: compact.dump(),
            visited: visited.table,
            queue: [...queue.chunks()],
            parent: parent.toArray(),
            place: place.toArray(),
            at: { transitions, depth, levelEnd, complete, expanded: i }
          })
        )
    }
    const length = queue.shift(record)
    if (length === 0) return found(undefined)
    if (i === levelEnd) {
      depth++
      levelEnd = parent.length
    }
    compact.load(record, length)
    const steps = compact.enumerate(0)
    if (depth >= maxDepth) {
      complete &&= steps === 0
      continue
    }
    for (let step = 0; step < steps; step++) {
      transitions++
      compact.countStep(step)
      if (parent.length >= maxStates) {
        complete = false
        continue
      }
      if (!visited.add(compact.highAfter(step), compact.lowAfter(step))) continue
      compact.apply(step)
      if (keep(i, step)) return found(actionsTo(parent.length - 1))
      compact.undo(step)
    }
  }
}

/** Down the first new step, and back when there is none: nothing is kept but fingerprints and the way down. */
export const depthFirst = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, onProgress }: SearchBounds
): Promise<Found<A>> => {
  const visited = new Visited()
  compact.begin()
  visited.add(compact.high(), compact.low())
  compact.countState()
  const descent = new Descent(compact, visited)
  if (compact.violated()) descent.violation = []
  else descent.start()
  while (descent.violation === undefined && !descent.isDone && visited.size < maxStates) {
    descent.advance(PAUSE * 8, maxStates)
    onProgress?.({
      states: visited.size,
      transitions: descent.transitions,
      depth: descent.deepest,
      frontier: descent.depth
    })
    await breathe()
  }
  return {
    states: visited.size,
    transitions: descent.transitions,
    depth: descent.deepest,
    complete: descent.isDone && descent.violation === undefined,
    coverage: compact.coverage(),
    violation: descent.violation
  }
}

/** A set of fingerprints, as a descent needs it. */
export interface FingerprintSet {
  readonly size: number
  readonly add: (high: number, low: number) => boolean
}

/** A depth-first search that can be interrupted: from the current state of a compact system, into all that is new. */
export class Descent<A> {
  // The step list holds the steps of every state on the way down, one after another.
  #next = new Int32Array(256)
  #end = new Int32Array(256)
  #taken = new Int32Array(256)
  #depth = -1
  transitions = 0
  /** The most steps below a start. */
  deepest = 0
  /** The steps from the start to a state that violates an invariant. */
  violation: ReadonlyArray<A> | undefined

  constructor(
    private readonly compact: CompactSystem<A>,
    private readonly visited: FingerprintSet
  ) {}

  /** How far down the search is; negative when it is done. */
  get depth(): number {
    return this.#depth
  }

  get isDone(): boolean {
    return this.#depth < 0
  }

  /** Starts at the current state, which is visited and checked. */
  start(): void {
    this.#depth = 0
    this.#next[0] = 0
    this.#end[0] = this.compact.enumerate(0)
  }

  /** Goes on for some steps, or until all is explored, a violation is found, or the set has this many fingerprints. */
  advance(steps: number, maxStates = Infinity): void {
    const { compact, visited } = this
    let depth = this.#depth
    let transitions = 0
    while (depth >= 0 && transitions < steps && visited.size < maxStates) {
      const last = this.#end[depth] ?? 0
      const step = this.#next[depth] ?? 0
      if (step === last) {
        if (depth > 0) compact.undo(this.#taken[depth] ?? 0)
        depth--
        continue
      }
      this.#next[depth] = step + 1
      transitions++
      compact.countStep(step)
      if (!visited.add(compact.highAfter(step), compact.lowAfter(step))) continue
      compact.apply(step)
      depth++
      if (depth === this.#next.length) this.#grow()
      this.#taken[depth] = step
      if (depth > this.deepest) this.deepest = depth
      compact.countState()
      if (compact.violated()) {
        this.violation = [...this.#taken.subarray(1, depth + 1)].map((place) => compact.actionAt(place))
        break
      }
      this.#next[depth] = last
      this.#end[depth] = compact.enumerate(last)
    }
    this.#depth = depth
    this.transitions += transitions
  }

  #grow(): void {
    this.#next = longer(this.#next)
    this.#end = longer(this.#end)
    this.#taken = longer(this.#taken)
  }
}

const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const copy = new Int32Array(old.length * 2)
  copy.set(old)
  return copy
}
