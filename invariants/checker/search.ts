/**
 * Searches over a compact system: the loops in which a checker spends its time.
 */
import type { CompactSystem } from './compact.js'
import { NumberList, RecordQueue } from './growing.js'
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
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: SearchBounds
): Promise<Found<A>> => {
  const visited = new Visited()
  const queue = new RecordQueue()
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

  compact.begin()
  visited.add(compact.high(), compact.low())
  if (keep(-1, 0)) return found([])
  let levelEnd = 1
  for (let i = 0; ; i++) {
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
    if (i % PAUSE === 0) {
      onProgress?.({ states: parent.length, transitions, depth, frontier: parent.length - i })
      await breathe()
    }
  }
}

/** Down the first new step, and back when there is none: nothing is kept but fingerprints and the way down. */
export const depthFirst = async <A>(
  compact: CompactSystem<A>,
  { maxStates = Infinity, onProgress }: SearchBounds
): Promise<Found<A>> => {
  const visited = new Visited()
  // The step list holds the steps of every state on the way down, one after another.
  let next = new Int32Array(256)
  let end = new Int32Array(256)
  let taken = new Int32Array(256)
  let transitions = 0
  let depth = 0
  let deepest = 0
  let complete = true

  const found = (violation: ReadonlyArray<A> | undefined): Found<A> => ({
    states: visited.size,
    transitions,
    depth: deepest,
    complete: complete && violation === undefined,
    coverage: compact.coverage(),
    violation
  })
  const wayDown = (): ReadonlyArray<A> => [...taken.subarray(1, depth + 1)].map((place) => compact.actionAt(place))

  compact.begin()
  visited.add(compact.high(), compact.low())
  compact.countState()
  if (compact.violated()) return found([])
  next[0] = 0
  end[0] = compact.enumerate(0)
  for (let i = 0; depth >= 0; i++) {
    const last = end[depth] ?? 0
    const step = next[depth] ?? 0
    if (step === last) {
      if (depth > 0) compact.undo(taken[depth] ?? 0)
      depth--
      continue
    }
    next[depth] = step + 1
    transitions++
    compact.countStep(step)
    if (visited.size >= maxStates) complete = false
    else if (visited.add(compact.highAfter(step), compact.lowAfter(step))) {
      compact.apply(step)
      depth++
      if (depth === next.length) [next, end, taken] = [longer(next), longer(end), longer(taken)]
      taken[depth] = step
      if (depth > deepest) deepest = depth
      compact.countState()
      if (compact.violated()) return found(wayDown())
      next[depth] = last
      end[depth] = compact.enumerate(last)
    }
    if (i % (PAUSE * 8) === 0) {
      onProgress?.({ states: visited.size, transitions, depth: deepest, frontier: depth })
      await breathe()
    }
  }
  return found(undefined)
}

const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const copy = new Int32Array(old.length * 2)
  copy.set(old)
  return copy
}
