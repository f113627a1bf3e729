/**
 * A thread of a parallel search (`parallel.ts`): walks the common first levels, then takes starting points and explores
 * what nobody else has.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { CompactSystem } from './walker.js'
import type { Model } from './model.js'
import type { Answer, ModelSource, Task } from './parallel.js'
import { Descent } from './search.js'
import { NEXT_WORK, READY, SharedVisited, STOP } from './sharedVisited.js'
import { Visited } from './visited.js'

/** A state to start from, and how it is reached. */
interface Point<A> {
  /** The state's integers. */
  readonly state: Int32Array
  readonly actions: ReadonlyArray<A>
}

/** What the first levels come to. */
interface FirstLevels<A> {
  /** The states of the last level, from which nothing has been expanded. */
  readonly points: ReadonlyArray<Point<A>>
  readonly transitions: number
  readonly depth: number
  readonly fingerprints: ReadonlyArray<readonly [number, number]>
  readonly violation: ReadonlyArray<A> | undefined
}

/** How many steps a thread makes between two looks at whether to stop. */
const STRIDE = 1 << 16

/** Walks level by level until a level has enough states; the same in every thread. */
const firstLevels = <A>(compact: CompactSystem<A>, enough: number): FirstLevels<A> => {
  const visited = new Visited()
  const fingerprints: Array<readonly [number, number]> = []
  let transitions = 0
  let depth = 0
  let violation: ReadonlyArray<A> | undefined

  const keep = (actions: ReadonlyArray<A>): Point<A> => {
    fingerprints.push([compact.high(), compact.low()])
    const state = new Int32Array(compact.width)
    compact.store(state, 0)
    return { state, actions }
  }

  compact.begin()
  visited.add(compact.high(), compact.low())
  compact.countState()
  if (compact.violated()) violation = []
  let level = [keep([])]
  while (level.length > 0 && level.length < enough && violation === undefined) {
    const next: Array<Point<A>> = []
    for (const { state, actions } of level) {
      compact.fetch(state, 0)
      const { found, steps, violated } = compact.expand(visited, Infinity, 0, 0)
      transitions += steps
      const rows = compact.rows()
      for (let k = 0; k < found; k++) {
        compact.fetch(state, 0)
        compact.enumerate()
        const action = compact.actionAt(rows[k * compact.stride + compact.width] ?? 0)
        compact.fetch(rows, k * compact.stride)
        next.push(keep([...actions, action]))
      }
      if (violated) {
        violation = next[next.length - 1]?.actions
        break
      }
    }
    if (next.length > 0) depth++
    level = next
  }
  return { points: level, transitions, depth, fingerprints, violation }
}

const isModelMaker = (f: unknown): f is (argument: unknown) => Model<unknown, unknown> => typeof f === 'function'

const modelFrom = async ({ module, name, argument }: ModelSource): Promise<Model<unknown, unknown>> => {
  const found: unknown = await import(module)
  const make: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  if (!isModelMaker(make)) throw new TypeError(`${module} exports no function ${name} that makes a model`)
  return make(argument)
}

const explore = async ({ source, table, thread, points: enough }: Task): Promise<Answer> => {
  const model = await modelFrom(source)
  const compact = model.compact?.()
  if (compact === undefined)
    throw new TypeError(`${model.name} cannot be interned, so it cannot be explored in parallel`)
  const visited = new SharedVisited(table)
  try {
    return explorePart(compact, visited, thread === 0, enough)
  } catch (error) {
    // The others must not wait for this thread.
    for (const cell of [STOP, READY]) {
      Atomics.store(visited.control, cell, 1)
      Atomics.notify(visited.control, cell)
    }
    visited.leave()
    throw error
  }
}

const explorePart = <A>(
  compact: CompactSystem<A>,
  visited: SharedVisited,
  isFirst: boolean,
  enough: number
): Answer => {
  const { control } = visited
  const start = firstLevels(compact, enough)
  if (!isFirst) compact.uncount()
  if (isFirst) {
    for (const [high, low] of start.fingerprints) visited.add(high, low)
    if (start.violation !== undefined) Atomics.store(control, STOP, 1)
    Atomics.store(control, READY, 1)
    Atomics.notify(control, READY)
  } else while (Atomics.load(control, READY) === 0) Atomics.wait(control, READY, 0)

  const descent = new Descent(compact, visited)
  let violation = start.violation
  for (;;) {
    const point = start.points[Atomics.add(control, NEXT_WORK, 1)]
    if (point === undefined || Atomics.load(control, STOP) === 1) break
    compact.fetch(point.state, 0)
    descent.start()
    while (!descent.isDone && descent.violation === undefined && Atomics.load(control, STOP) === 0)
      descent.advance(STRIDE)
    if (descent.violation !== undefined) {
      violation = [...point.actions, ...descent.violation]
      Atomics.store(control, STOP, 1)
    }
  }
  visited.leave()
  return {
    states: visited.inserted,
    transitions: descent.transitions + (isFirst ? start.transitions : 0),
    deepest: start.depth + descent.deepest,
    coverage: compact.coverage(),
    violation: isFirst || violation !== start.violation ? violation : undefined,
    sizes: compact.sizes()
  }
}

const isTask = (u: unknown): u is Task => typeof u === 'object' && u !== null && 'source' in u && 'table' in u

if (parentPort !== null && isTask(workerData)) parentPort.postMessage(await explore(workerData))
