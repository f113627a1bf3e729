/**
 * A compact system of any model: states are told apart by their structure, or by keys of their own, and known by
 * fingerprints of these.
 *
 * What is a network is interned (`network/compact.ts`), and so is what is made of components (`components/compact.ts`). Of
 * any other system nothing is known but its states and their keys, and so every step is computed anew. But a state need
 * not be kept for ever: it is a value only while it waits to be expanded, and then has a number, by which a search speaks
 * of it. What has been expanded is remembered by its fingerprint alone.
 */
import { lengthened } from '../data/growing.js'
import { addTo } from '../data/visited.js'
import type { VisitedSet } from '../data/visited.js'
import { Guard } from '../model/guard.js'
import { guarded } from '../model/guarded.js'
import type { Model } from '../model/model.js'
import { EarlierCoverage } from '../model/result.js'
import type { Coverage } from '../model/result.js'
import { Tolerance } from '../model/tolerance.js'
import { isOwn, NO_NUMBER, NO_STEP } from '../model/walker.js'
import type { CompactSystem, Expansion } from '../model/walker.js'
import { plainWalker } from './plain.js'
import type { PlainWalker } from './plain.js'
import { NONE, Waiting } from './waiting.js'
import type { Held } from './waiting.js'

/** A state: its number, and the lanes of its fingerprint. */
const [NUMBER, HIGH, LOW, WIDTH] = [0, 1, 2, 3] as const
/** What follows a state in a row. */
const [PLACE, TAG, STRIDE] = [WIDTH, WIDTH + 1, WIDTH + 2] as const

/** How states are numbered. */
export interface KeyedOptions {
  /** Keep the states that were expanded too, so that they can be fetched at any time. Default: false. */
  readonly keep?: boolean
  /** Keep all keys: states have different numbers iff their keys differ, for ever. Such a system is not dumped. Default: false. */
  readonly exact?: boolean
}

/** A cursor on the states of a model, which knows their fingerprints, and the loop over the steps of one. */
class KeyedCursor<S, A> {
  current: Held<S>
  /** The states that the last expansion found. */
  rows = new Int32Array(256 * STRIDE)
  readonly #starts: ReadonlyArray<Held<S>>

  constructor(
    private readonly model: Model<S, A>,
    private readonly walker: PlainWalker<S, A>,
    private readonly waiting: Waiting<S>,
    private readonly tolerance: Tolerance,
    private readonly keep: boolean
  ) {
    this.#starts = model.system.initial.map((s) => waiting.withPrint(s))
    this.current = this.#startAt(0)
  }

  begin(start: number): void {
    this.walker.begin(start)
    this.current = this.#startAt(start)
  }

  goTo(h: Held<S>): void {
    this.current = h
    this.walker.goTo(h.state)
  }

  enumerate(): number {
    return this.walker.enumerate()
  }

  apply(place: number): void {
    this.walker.apply(place)
    this.current = this.waiting.withPrint(this.walker.state())
  }

  violated(): boolean {
    return this.tolerance.stops(this.walker.violated())
  }

  #startAt(start: number): Held<S> {
    const h = this.#starts[start]
    if (h === undefined) throw new RangeError(`${this.model.name} has no initial state ${String(start)}`)
    return h
  }

  /** Writes the current state to these integers. */
  write(to: Int32Array, at: number): void {
    to[at + NUMBER] = this.current.number
    to[at + HIGH] = this.current.high
    to[at + LOW] = this.current.low
  }

  /** Goes to the state in these integers. */
  fetch(from: Int32Array, at: number): void {
    const h = this.waiting.at(from[at + NUMBER] ?? NONE)
    if (h.high !== from[at + HIGH] || h.low !== from[at + LOW])
      throw new RangeError(`${this.model.name}: the state with the number ${String(h.number)} is another one by now`)
    this.goTo(h)
  }

  /** Takes every step of the current state, as `CompactSystem` says; then the state waits no more. */
  expand(visited: VisitedSet, room: number, first: number, tag: number): Expansion {
    const { walker, waiting } = this
    const from = this.current
    const steps = this.enumerate()
    waiting.remember(from)
    const { isTolerant } = this.tolerance
    const stuck = steps === 0 && !isTolerant && walker.isStuck()
    const expansion = { steps: 0, found: 0, violated: false, broken: NO_STEP, stuck, cut: false }
    for (let place = 0; place < steps && !expansion.violated; place++) {
      expansion.steps++
      walker.countStep(place)
      if (!isTolerant && walker.breaks(place)) {
        expansion.broken = place
        break
      }
      if (expansion.found >= room) {
        expansion.cut = true
        continue
      }
      const out = (first + expansion.found) * STRIDE
      if (out + STRIDE > this.rows.length) this.rows = lengthened(this.rows, out + STRIDE)
      this.apply(place)
      this.write(this.rows, out)
      if (addTo(visited, this.rows, out, WIDTH, tag)) {
        this.rows[out + NUMBER] = waiting.hold(this.current)
        this.rows[out + PLACE] = place
        this.rows[out + TAG] = tag
        expansion.found++
        walker.countState()
        expansion.violated = this.violated()
      }
      this.goTo(from)
    }
    if (!this.keep) waiting.release(from)
    return expansion
  }
}

/**
 * The compact form of a model. A state that has been stored can be fetched until it is expanded.
 * @throws RangeError for a model without initial states; later, when a state is fetched that does not wait, and
 * when an exact system is dumped.
 */
export const keyedSystem = <S, A>(
  model: Model<S, A>,
  { exact = false, keep = false }: KeyedOptions = {}
): CompactSystem<A> => {
  const walker = plainWalker(model)
  const waiting = new Waiting(model, exact)
  const tolerance = new Tolerance()
  const cursor = new KeyedCursor(model, walker, waiting, tolerance, keep)
  const earlier = new EarlierCoverage()
  const coverage = (): Coverage => earlier.with(walker.coverage())

  return {
    ...walker,
    width: WIDTH,
    stride: STRIDE,
    begin: (start = 0) => cursor.begin(start),
    enumerate: () => cursor.enumerate(),
    apply: (place) => cursor.apply(place),
    numberAt: () => NO_NUMBER,
    violated: () => cursor.violated(),
    high: () => cursor.current.high,
    low: () => cursor.current.low,
    store: (to, at) => {
      waiting.hold(cursor.current)
      cursor.write(to, at)
    },
    fetch: (from, at) => cursor.fetch(from, at),
    pack: (from, at, record) => writeNumber(record, from[at + NUMBER] ?? NONE),
    unpack: (record) => cursor.goTo(waiting.at(readNumber(record))),
    score: () => 0,
    visit: (visited) => {
      const row = new Int32Array(WIDTH)
      cursor.write(row, 0)
      return addTo(visited, row, 0, WIDTH, 0)
    },
    expand: (visited, room, first, tag) => cursor.expand(visited, room, first, tag),
    rows: () => cursor.rows,
    take: (place) => {
      const action = walker.actionAt(place)
      cursor.apply(place)
      return [action]
    },
    tolerate: (onViolation) => tolerance.tolerate(onViolation),
    coverage,
    resetCounts: () => {
      walker.resetCounts()
      earlier.reset()
    },
    // Nothing is purged.
    recheckPurged: () => 0,
    dump: () => {
      if (exact) throw new RangeError(`${model.name}: where whole keys are kept, a search is not dumped`)
      return { envs: [], locals: waiting.all(), packets: [], cells: [], coverage: coverage() }
    },
    restore: (dump) => {
      waiting.restore(dump.locals.flatMap((pair) => (isOwn<readonly [number, S]>(pair) ? [pair] : [])))
      earlier.restore(dump.coverage)
    },
    sizes: () => ({ 'most states waiting': waiting.most })
  }
}

/** How many calls of a model's functions are watched closely where states are known by fingerprints. */
const WATCHED = 1 << 16

/** The same of a model that is watched, for a search that takes each state once. */
export const watchedSystem = <S, A>(model: Model<S, A>, options?: KeyedOptions): CompactSystem<A> =>
  keyedSystem(guarded(model, new Guard(WATCHED)), options)

/** Writes a number of 32 bits to the front of a record; how many bytes. */
const writeNumber = (record: Uint8Array, number: number): number => {
  for (let byte = 0; byte < 4; byte++) record[byte] = number >>> (8 * byte)
  return 4
}

const readNumber = (record: Uint8Array): number => {
  let number = 0
  for (let byte = 0; byte < 4; byte++) number |= (record[byte] ?? 0) << (8 * byte)
  return number
}
