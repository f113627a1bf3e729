/**
 * Breadth first: level by level from the initial state. A queue of records is the frontier; it can be kept in a file and
 * taken up again, and what does not fit into memory can be written elsewhere.
 */
import { RecordQueue } from '../data/growing.js'
import { ExactVisited, Visited } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import type { Identity } from '../model/identity.js'
import { RefusedSearch } from '../model/refusal.js'
import type { CompactSystem, Expansion } from '../model/walker.js'
import { Pauses } from './bounds.js'
import type { CommonBounds, DepthBound, Exactness, Found, KeptSearch, SpilledFrontier } from './bounds.js'
import { readCheckpoint, writeCheckpoint } from './checkpoint.js'
import type { Checkpoint } from './checkpoint.js'
import { NOWHERE, Origins } from './origins.js'

/** The bounds of a breadth-first search. One that keeps whole states cannot be kept itself. */
export type BreadthFirstBounds = CommonBounds &
  DepthBound &
  SpilledFrontier &
  ((Exactness & { readonly checkpoint?: never; readonly resume?: never }) | (KeptSearch & { readonly exact?: false }))

/** The most bytes of a state's record. */
const RECORD = 65_535

/** The most bytes of a number in a record. */
const LONGEST_VARINT = 5

/** The states that are found and not expanded, the oldest first, and how every state was found. */
class Frontier {
  // The n-th state taken from the queue is the n-th that was found: its number needs no space.
  readonly origins = new Origins()
  readonly #queue: RecordQueue
  readonly #record = new Uint8Array(RECORD)

  constructor(
    private readonly compact: CompactSystem<unknown>,
    { frontier }: SpilledFrontier
  ) {
    this.#queue = new RecordQueue(frontier?.store, frontier?.megabytes)
  }

  /** Keeps the state in these integers, a row, which is new. */
  keep(from: Int32Array, at: number, comesFrom: number): void {
    const { compact } = this
    this.#queue.push(this.#record, compact.pack(from, at, this.#record))
    this.origins.push(comesFrom, from[at + compact.width] ?? 0)
  }

  /** Goes to the oldest state, and keeps it no longer; false where there is none. */
  next(): boolean {
    if (this.#queue.shift(this.#record) === 0) return false
    this.compact.unpack(this.#record)
    return true
  }

  /** What a checkpoint keeps of it. */
  saved(): Pick<Checkpoint, 'queue' | 'parent' | 'place'> {
    return { queue: [...this.#queue.chunks()], ...this.origins.toArrays() }
  }

  /** Takes over what a checkpoint has kept. */
  restore({ queue, parent, place }: Pick<Checkpoint, 'queue' | 'parent' | 'place'>): void {
    for (const chunk of queue) this.#queue.restore(chunk)
    for (const [n, comesFrom] of parent.entries()) this.origins.push(comesFrom, place[n] ?? 0)
  }
}

/** Level by level from the initial state. */
export const breadthFirst = async <A>(
  compact: CompactSystem<A>,
  bounds: BreadthFirstBounds,
  name = '',
  identity: Identity = {}
): Promise<Found<A>> => {
  const { depth: maxDepth = Infinity, maxStates = Infinity, checkpoint, resume, exact = false } = bounds
  if (compact.width * LONGEST_VARINT > RECORD)
    throw new RefusedSearch(
      `a state of ${name} has ${String(compact.width)} parts, too many for the queue of a breadth-first search: ` +
        'take fewer nodes, or search depth first'
    )
  const saved = resume === undefined ? undefined : readCheckpoint(resume, name, identity)
  const fingerprints = saved === undefined ? new Visited() : Visited.restored(saved.visited)
  const visited = exact ? new ExactVisited(compact.width) : fingerprints
  const frontier = new Frontier(compact, bounds)
  const { origins } = frontier
  let { transitions, depth, levelEnd, complete, expanded } = saved?.at ?? BEGIN

  const found = ({ violation, interruption }: Partial<Found<A>> = {}): Found<A> => ({
    states: origins.length,
    earlier: saved?.parent.length ?? 0,
    transitions,
    depth: violation?.actions.length ?? depth,
    complete: complete && violation === undefined && interruption === undefined,
    coverage: compact.coverage(),
    violation,
    interruption
  })

  if (saved === undefined) {
    const begun = begin(compact, frontier, visited, maxStates)
    complete = begun.complete
    if (begun.violation ?? begun.interruption) return found(begun)
    levelEnd = origins.length
  } else {
    compact.restore(saved.dump)
    frontier.restore(saved)
  }
  const pauses = new Pauses()
  for (; ; expanded++) {
    if (pauses.isDue(expanded, transitions)) {
      const waiting = origins.length - expanded
      const goesOn = await pauses.goOn(bounds, { states: origins.length, transitions, depth, frontier: waiting })
      if (checkpoint?.isDue() === true) {
        const at = { transitions, depth, levelEnd, complete, expanded }
        const saving = { dump: compact.dump(), visited: fingerprints.table, ...frontier.saved(), at }
        checkpoint.save(writeCheckpoint(name, identity, saving))
      }
      if (!goesOn && waiting > 0) return { ...found(), complete: false }
    }
    if (!frontier.next()) return found()
    if (expanded === levelEnd) {
      depth++
      levelEnd = origins.length
    }
    if (depth >= maxDepth) {
      const beyond = lookedBeyond(compact)
      if (beyond === 'deadlock') return found({ violation: origins.executionTo(compact, expanded) })
      if (beyond !== 'nothing') complete = false
      // It is thrown beyond the bound, and all that is within it has been found and judged.
      if (beyond === 'a fault') return found()
      continue
    }
    let expansion: Readonly<Expansion>
    try {
      expansion = compact.expand(visited, maxStates - origins.length, 0, 0)
    } catch (thrown) {
      return found({ interruption: { at: origins.executionTo(compact, expanded), thrown } })
    }
    const rows = compact.rows()
    for (let k = 0; k < expansion.found; k++) frontier.keep(rows, k * compact.stride, expanded)
    transitions += expansion.steps
    const violation = origins.violationOf(compact, expanded, expansion)
    if (violation !== undefined) return found(violation)
    if (expansion.cut) complete = false
  }
}

/** What there is beyond a state at the bound, which is not expanded. */
const lookedBeyond = (compact: CompactSystem<unknown>): 'steps' | 'nothing' | 'deadlock' | 'a fault' => {
  try {
    return compact.enumerate() > 0 ? 'steps' : compact.isStuck() ? 'deadlock' : 'nothing'
  } catch {
    return 'a fault'
  }
}

/** Keeps the initial states, so many of them at most: whether these are all, and what is wrong with one. */
const begin = (
  compact: CompactSystem<unknown>,
  frontier: Frontier,
  visited: VisitedSet,
  maxStates: number
): Pick<Found<never>, 'complete' | 'violation' | 'interruption'> => {
  const initial = new Int32Array(compact.stride)
  for (const start of compact.starts) {
    const at = { start, actions: [] }
    try {
      compact.begin(start)
      if (!compact.visit(visited)) continue
      if (frontier.origins.length >= maxStates) return { complete: false, violation: undefined }
      compact.store(initial, 0)
      initial[compact.width] = start
      frontier.keep(initial, 0, NOWHERE)
      compact.countState()
      if (compact.violated()) return { complete: false, violation: at }
    } catch (thrown) {
      return { complete: false, violation: undefined, interruption: { at, thrown } }
    }
  }
  return { complete: true, violation: undefined }
}

/** Where a search is before its first state is expanded. */
const BEGIN: Checkpoint['at'] = { transitions: 0, depth: 0, levelEnd: 1, complete: true, expanded: 0 }
