/**
 * Searches over a compact system: the loops in which a checker spends its time.
 */
import { readCheckpoint, writeCheckpoint } from './checkpoint.js'
import { lengthened, NumberList, RecordQueue, ScoreQueue } from '../data/growing.js'
import type { ChunkStore } from '../data/growing.js'
import { breathe } from '../model/result.js'
import type { Coverage, Progress } from '../model/result.js'
import { Distances, ExactVisited, FARTHEST, Visited } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import type { CompactSystem } from '../model/walker.js'

/** The bounds of a search. */
export interface SearchBounds {
  /** The most steps from the initial state; breadth first and by iterative deepening only. Default: no bound. */
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
  /** Keep whole states and not fingerprints; not together with `checkpoint` or `resume`. Default: false. */
  readonly exact?: boolean
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
  {
    depth: maxDepth = Infinity,
    maxStates = Infinity,
    onProgress,
    frontier,
    checkpoint,
    resume,
    exact = false
  }: SearchBounds,
  name = ''
): Promise<Found<A>> => {
  let fingerprints = new Visited()
  const whole = exact ? new ExactVisited(compact.width) : undefined
  const queue = new RecordQueue(frontier?.store, frontier?.megabytes)
  const record = new Uint8Array(RECORD)
  // The n-th state taken from the queue is the n-th that was found: its number needs no space.
  const origins = new Origins()
  let transitions = 0
  let depth = 0
  let complete = true

  const { width, stride } = compact
  const current = new Int32Array(stride)

  /** Keeps the state in these integers, which is new. */
  const keep = (from: Int32Array, at: number, comesFrom: number): void => {
    queue.push(record, compact.pack(from, at, record))
    origins.push(comesFrom, from[at + width] ?? 0)
  }

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: origins.length,
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
    compact.store(current, 0)
    compact.visit(whole ?? fingerprints)
    keep(current, 0, -1)
    compact.countState()
    if (compact.violated()) return found([])
  } else {
    const saved = readCheckpoint(resume, name)
    compact.restore(saved.dump)
    fingerprints = Visited.restored(saved.visited)
    for (const chunk of saved.queue) queue.restore(chunk)
    for (const [n, comesFrom] of saved.parent.entries()) origins.push(comesFrom, saved.place[n] ?? 0)
    ;({ transitions, depth, levelEnd, complete, expanded: i } = saved.at)
  }
  const visited: VisitedSet = whole ?? fingerprints
  for (; ; i++) {
    if (i % PAUSE === 0) {
      onProgress?.({ states: origins.length, transitions, depth, frontier: origins.length - i })
      await breathe()
      if (checkpoint?.isDue() === true)
        checkpoint.save(
          writeCheckpoint(name, {
            dump: compact.dump(),
            visited: fingerprints.table,
            queue: [...queue.chunks()],
            ...origins.toArrays(),
            at: { transitions, depth, levelEnd, complete, expanded: i }
          })
        )
    }
    const length = queue.shift(record)
    if (length === 0) return found(undefined)
    if (i === levelEnd) {
      depth++
      levelEnd = origins.length
    }
    compact.unpack(record)
    if (depth >= maxDepth) {
      complete &&= compact.enumerate() === 0
      continue
    }
    const expansion = compact.expand(visited, maxStates - origins.length, 0, 0)
    const rows = compact.rows()
    for (let k = 0; k < expansion.found; k++) keep(rows, k * stride, i)
    transitions += expansion.steps
    if (expansion.violated) return found(origins.actionsTo(compact, origins.length - 1))
    if (expansion.cut) complete = false
  }
}

/** How each state was first found, by its number: from which state, and by the step at which place. */
class Origins {
  readonly #parent = new NumberList(Int32Array)
  readonly #place = new NumberList(Uint16Array)

  /** How many states have been found. */
  get length(): number {
    return this.#parent.length
  }

  /** Adds the state with the next number; the first one comes from -1. */
  push(parent: number, place: number): void {
    this.#parent.push(parent)
    this.#place.push(place)
  }

  /** Goes the way from the initial state to one again, and collects the actions. */
  actionsTo<A>(compact: CompactSystem<A>, index: number): ReadonlyArray<A> {
    const places: number[] = []
    for (let i = index; i > 0; i = this.#parent.at(i)) places.push(this.#place.at(i))
    compact.begin()
    return actionsAlong(compact, places.reverse())
  }

  /** All of them, as arrays. */
  toArrays(): { readonly parent: Int32Array<ArrayBuffer>; readonly place: Int32Array<ArrayBuffer> } {
    return { parent: this.#parent.toArray(), place: this.#place.toArray() }
  }
}

/** The highest score first, of the states that are known and not expanded; the oldest first among equals. */
export const guided = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, onProgress, exact = false }: SearchBounds
): Promise<Found<A>> => {
  const visited: VisitedSet = exact ? new ExactVisited(compact.width) : new Visited()
  const { width, stride } = compact
  // A state, its number, and how many steps have led to it.
  const queue = new ScoreQueue(stride)
  const current = new Int32Array(stride)
  const origins = new Origins()
  let transitions = 0
  let depth = 0
  let complete = true

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: origins.length,
    transitions,
    depth,
    complete: complete && violation === undefined,
    coverage: compact.coverage(),
    violation
  })

  compact.begin()
  compact.visit(visited)
  compact.countState()
  origins.push(-1, 0)
  if (compact.violated()) return found([])
  compact.store(current, 0)
  queue.push(compact.score(current, 0), current, 0)
  for (let i = 0; queue.shift(current); i++) {
    if (i % PAUSE === 0) {
      onProgress?.({ states: origins.length, transitions, depth, frontier: queue.length + 1 })
      await breathe()
    }
    const number = current[width] ?? 0
    const steps = (current[width + 1] ?? 0) + 1
    compact.fetch(current, 0)
    const expansion = compact.expand(visited, maxStates - origins.length, 0, steps)
    const rows = compact.rows()
    for (let at = 0; at < expansion.found * stride; at += stride) {
      const place = rows[at + width] ?? 0
      rows[at + width] = origins.length
      origins.push(number, place)
      queue.push(compact.score(rows, at), rows, at)
    }
    transitions += expansion.steps
    if (expansion.found > 0) depth = Math.max(depth, steps)
    if (expansion.violated) return found(origins.actionsTo(compact, origins.length - 1))
    if (expansion.cut) complete = false
  }
  return found(undefined)
}

/** Takes the steps at these places, one after another, from the current state on; their actions. */
const actionsAlong = <A>(compact: CompactSystem<A>, places: Iterable<number>): ReadonlyArray<A> =>
  [...places].flatMap((at) => {
    compact.enumerate()
    return compact.take(at)
  })

/** Begins a depth-first search: the initial state is visited, counted and judged. */
const begunDescent = <A>(compact: CompactSystem<A>, visited: VisitedSet, bound?: number): Descent<A> => {
  compact.begin()
  compact.visit(visited)
  compact.countState()
  const descent = new Descent(compact, visited, bound)
  if (compact.violated()) descent.violation = []
  else descent.start(new Int32Array(0))
  return descent
}

/** What a depth-first search has found. */
const foundBy = <A>(compact: CompactSystem<A>, visited: VisitedSet, descent: Descent<A>): Found<A> => ({
  states: visited.size,
  transitions: descent.transitions,
  depth: descent.deepest,
  complete: descent.isDone && descent.violation === undefined,
  coverage: compact.coverage(),
  violation: descent.violation
})

/** Says how far a depth-first search has come, and pauses. */
const pause = async <A>(
  onProgress: SearchBounds['onProgress'],
  visited: VisitedSet,
  { transitions, deepest, frontier }: Descent<A>
): Promise<void> => {
  onProgress?.({ states: visited.size, transitions, depth: deepest, frontier })
  await breathe()
}

/** Deeper first: of the states that are known and not expanded, the last found is the next. Nothing else is kept. */
export const depthFirst = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, onProgress, exact = false }: SearchBounds
): Promise<Found<A>> => {
  const visited: VisitedSet = exact ? new ExactVisited(compact.width) : new Visited()
  const descent = begunDescent(compact, visited)
  while (descent.violation === undefined && !descent.isDone && visited.size < maxStates) {
    descent.advance(PAUSE * 8, maxStates)
    await pause(onProgress, visited, descent)
  }
  return foundBy(compact, visited, descent)
}

/**
 * Deeper first within a bound on the depth, which is 0, then 1, then 2, … Each search goes through all states within its
 * bound, through each once and by the fewest steps that lead to it, so that what it counts is counted once; only what the
 * last one has counted is kept.
 */
export const iterativeDeepening = async <A>(
  compact: CompactSystem<A>,
  { depth = Infinity, maxStates = Infinity, onProgress }: SearchBounds
): Promise<Found<A>> => {
  const visited = new Distances(maxStates)
  const farthest = Math.min(depth, FARTHEST)
  for (let bound = 0; ; bound++) {
    compact.uncount()
    visited.beginAgain()
    const descent = begunDescent(compact, visited, bound)
    while (descent.violation === undefined && descent.frontier > 0 && !visited.isFull) {
      descent.advance(PAUSE * 8)
      await pause(onProgress, visited, descent)
    }
    const found = foundBy(compact, visited, descent)
    if (visited.isFull) return { ...found, complete: false }
    if (descent.violation !== undefined || descent.isDone || bound >= farthest) return found
  }
}

/** A depth-first search that can be interrupted: into all that is new below some states. */
export class Descent<A> {
  // The rows of the compact system are a stack: states that are known and not expanded, with their depths as tags. Those
  // of one depth have one predecessor, on the path to the state that was expanded last.
  #size = 0
  /** The places of the steps to the state that was expanded last, by the depths that they lead to. */
  #path = new Int32Array(256)
  #cut = false
  transitions = 0
  /** The most steps from the initial state. */
  deepest = 0
  /** The steps from the initial state to one that violates an invariant. */
  violation: ReadonlyArray<A> | undefined

  constructor(
    private readonly compact: CompactSystem<A>,
    private readonly visited: VisitedSet,
    /** States that are so many steps from the initial one are not expanded. */
    private readonly bound = Infinity
  ) {}

  /** How many states are known and not expanded. */
  get frontier(): number {
    return this.#size
  }

  get isDone(): boolean {
    return this.#size === 0 && !this.#cut
  }

  /** Starts at the state to which the steps at these places lead from the initial one; it is visited and judged. */
  start(path: Int32Array): void {
    const { compact } = this
    compact.begin()
    actionsAlong(compact, path)
    this.#path = new Int32Array(Math.max(256, 2 * path.length))
    this.#path.set(path, 1)
    compact.store(compact.rows(), 0)
    compact.rows()[compact.width] = path[path.length - 1] ?? 0
    compact.rows()[compact.width + 1] = path.length
    this.#size = 1
  }

  /**
   * Gives states away that are known and not expanded, those next to the start, as paths from the initial state.
   * @param most how many at most; half of all states are kept in any case.
   * @param longest the most steps of a path.
   */
  giveAway(most: number, longest: number): ReadonlyArray<Int32Array> {
    const { compact } = this
    const { width, stride } = compact
    const rows = compact.rows()
    const given: Int32Array[] = []
    while (given.length < Math.min(most, this.#size >> 1)) {
      const at = given.length * stride
      const depth = rows[at + width + 1] ?? 0
      if (depth > longest) break
      const path = this.#path.slice(1, depth + 1)
      path[depth - 1] = rows[at + width] ?? 0
      given.push(path)
    }
    rows.copyWithin(0, given.length * stride, this.#size * stride)
    this.#size -= given.length
    return given
  }

  /** Goes on for so many steps or some more, or until all is explored, a violation is found, or the set is so large. */
  advance(steps: number, maxStates = Infinity): void {
    const { compact, visited } = this
    const { width, stride } = compact
    let looked = 0
    while (this.#size > 0 && looked < steps && visited.size < maxStates) {
      const top = --this.#size
      const rows = compact.rows()
      const place = rows[top * stride + width] ?? 0
      const depth = rows[top * stride + width + 1] ?? 0
      if (depth >= this.#path.length) this.#path = lengthened(this.#path, depth + 1)
      this.#path[depth] = place
      compact.fetch(rows, top * stride)
      if (depth >= this.bound) {
        if (compact.enumerate() > 0) this.#cut = true
        continue
      }
      const expansion = compact.expand(visited, maxStates - visited.size, top, depth + 1)
      looked += expansion.steps
      this.#size += expansion.found
      if (expansion.cut) this.#cut = true
      if (expansion.found > 0 && depth >= this.deepest) this.deepest = depth + 1
      if (expansion.violated) {
        const last = compact.rows()[(this.#size - 1) * stride + width] ?? 0
        compact.begin()
        this.violation = actionsAlong(compact, [...this.#path.subarray(1, depth + 1), last])
        break
      }
    }
    this.transitions += looked
  }
}
