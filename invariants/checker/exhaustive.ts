/**
 * Exhaustive exploration, breadth first: every reachable state within the bounds is visited once, every invariant is
 * checked in it, and a counterexample is as short as one can be.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { CompactSystem } from './compact.js'
import { NumberList, RecordQueue } from './growing.js'
import type { Model } from './model.js'
import { stateBitsOf, stepBitsOf, violates } from './plain.js'
import { runActions } from './replay.js'
import { breathe, peakMemory, Tally } from './result.js'
import type { Counterexample, Progress, Result } from './result.js'
import { Visited } from './visited.js'

/** The bounds of a search, and how it is done. */
export interface ExhaustiveOptions {
  /** The most steps from the initial state. Default: no bound. */
  readonly depth?: number
  /** The most distinct states. Default: no bound. */
  readonly maxStates?: number
  /** Compute every step anew and keep whole states, with no interning and no fingerprints. Default: false. */
  readonly plain?: boolean
  /** Called every so often. */
  readonly onProgress?: (progress: Progress) => void
}

/** What a breadth-first search found. */
interface Found {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly complete: boolean
}

/** Explores all executions of a model within bounds; stops at the first state that violates an invariant. */
export const exhaustive = async <S, A>(model: Model<S, A>, options: ExhaustiveOptions = {}): Promise<Result<S, A>> => {
  const started = performance.now()
  const tally = new Tally(
    model.kinds,
    model.states.map(({ name }) => name),
    model.steps.map(({ name }) => name)
  )
  const compact = options.plain === true ? undefined : model.compact?.()
  const [found, counterexample] = compact
    ? await searchCompact(model, compact, options, tally)
    : await searchPlain(model, options, tally)
  return {
    model: model.name,
    ...found,
    engine: compact ? 'interned' : 'plain',
    seconds: (performance.now() - started) / 1000,
    peakMemory: peakMemory(),
    coverage: tally.coverage(),
    counterexample,
    sizes: compact?.sizes() ?? {}
  }
}

/** The number of the first state found that violates an invariant. */
interface Hit {
  violation: number | undefined
}

/** How many expansions go by between two pauses. */
const PAUSE = 4096

const searchPlain = async <S, A>(
  model: Model<S, A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: ExhaustiveOptions,
  tally: Tally
): Promise<readonly [Found, Counterexample<S, A> | undefined]> => {
  const { system } = model
  const states: S[] = []
  const origin: Array<{ readonly from: number; readonly by: A }> = []
  const depths: number[] = []
  const known = new Set<string>()
  let transitions = 0
  let complete = true
  const hit: Hit = { violation: undefined }

  /** Keeps a state that is new; true if it violates an invariant. */
  const visit = (s: S, depth: number, come?: { from: number; by: A }): boolean => {
    const key = model.key(s)
    if (known.has(key)) return false
    if (states.length >= maxStates) {
      complete = false
      return false
    }
    known.add(key)
    const index = states.push(s) - 1
    if (come) origin[index] = come
    depths.push(depth)
    tally.state(stateBitsOf(model, s))
    if (!violates(model, s)) return false
    hit.violation ??= index
    return true
  }

  for (const s of system.initial) visit(s, 0)
  for (let i = 0; i < states.length && hit.violation === undefined; i++) {
    const s = states[i]
    const depth = depths[i] ?? 0
    if (s === undefined) break
    const actions = system.actions(s)
    if (depth >= maxDepth) {
      complete &&= actions.length === 0
      continue
    }
    for (const a of actions) {
      const next = system.next(s, a)
      if (O.isNone(next)) continue
      transitions++
      tally.kind(model.kindOf(a))
      tally.step(stepBitsOf(model, s, next.value))
      if (visit(next.value, depth + 1, { from: i, by: a })) break
    }
    if (i % 64 === 0) {
      onProgress?.({ states: states.length, transitions, depth, frontier: states.length - i })
      await breathe()
    }
  }

  const actionsTo = (index: number): ReadonlyArray<A> => {
    const actions: A[] = []
    for (let come = origin[index]; come !== undefined; come = origin[come.from]) actions.push(come.by)
    return actions.reverse()
  }
  const depth = depths[depths.length - 1] ?? 0
  return [
    { states: states.length, transitions, depth, complete: complete && hit.violation === undefined },
    hit.violation === undefined ? undefined : runActions(model, actionsTo(hit.violation))
  ]
}

const searchCompact = async <S, A>(
  model: Model<S, A>,
  compact: CompactSystem<A>,
  { depth: maxDepth = Infinity, maxStates = Infinity, onProgress }: ExhaustiveOptions,
  tally: Tally
): Promise<readonly [Found, Counterexample<S, A> | undefined]> => {
  const visited = new Visited()
  const queue = new RecordQueue()
  const record = new Uint8Array(RECORD)
  // The n-th state taken from the queue is the n-th that was found: its number needs no space.
  const parent = new NumberList(Int32Array)
  const place = new NumberList(Uint16Array)
  const kindTimes: number[] = []
  const stateBitsTimes = new Map<number, number>()
  const stepBitsTimes = new Map<number, number>()
  let transitions = 0
  let depth = 0
  let complete = true
  const hit: Hit = { violation: undefined }

  /** Keeps the current state, whose fingerprint is new; true if it violates an invariant. */
  const keep = (from: number, by: number): boolean => {
    queue.push(record, compact.save(record))
    parent.push(from)
    place.push(by)
    const bits = compact.stateBits()
    stateBitsTimes.set(bits, (stateBitsTimes.get(bits) ?? 0) + 1)
    if (!compact.violated()) return false
    hit.violation ??= parent.length - 1
    return true
  }

  compact.begin()
  visited.add(compact.high(), compact.low())
  keep(-1, 0)
  let levelEnd = 1
  for (let i = 0; hit.violation === undefined; i++) {
    const length = queue.shift(record)
    if (length === 0) break
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
      const kind = compact.kindAt(step)
      kindTimes[kind] = (kindTimes[kind] ?? 0) + 1
      const bits = compact.stepBitsAt(step)
      if (bits !== 0) stepBitsTimes.set(bits, (stepBitsTimes.get(bits) ?? 0) + 1)
      if (parent.length >= maxStates) {
        complete = false
        continue
      }
      if (!visited.add(compact.highAfter(step), compact.lowAfter(step))) continue
      compact.apply(step)
      const violating = keep(i, step)
      compact.undo(step)
      if (violating) break
    }
    if (i % PAUSE === 0) {
      onProgress?.({ states: parent.length, transitions, depth, frontier: parent.length - i })
      await breathe()
    }
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

  for (const [i, kind] of compact.kinds().entries()) tally.kind(kind, kindTimes[i] ?? 0)
  for (const [bits, times] of stateBitsTimes) tally.state(bits, times)
  for (const [bits, times] of stepBitsTimes) tally.step(bits, times)
  return [
    {
      states: parent.length,
      transitions,
      depth: hit.violation === undefined ? depth : depth + 1,
      complete: complete && hit.violation === undefined
    },
    hit.violation === undefined ? undefined : runActions(model, actionsTo(hit.violation))
  ]
}

/** The most bytes of a state's record. */
const RECORD = 65_535
