/**
 * A compact system of any model: states are told apart by their keys, and known by fingerprints of these.
 *
 * What is a network is interned (`compact.ts`). Of any other system nothing is known but its states and their keys, and so
 * every step is computed anew. But a state need not be kept for ever: it is a value only while it waits to be expanded,
 * and then has a number, by which a search speaks of it. What has been expanded is remembered by its fingerprint alone.
 */
import { lengthened } from '../data/growing.js'
import { Interner } from '../data/interner.js'
import type { Model } from '../model/model.js'
import { lanesOf } from '../data/names.js'
import { plainWalker } from './plain.js'
import { mergeCoverage } from '../model/result.js'
import type { Coverage } from '../model/result.js'
import { addTo } from '../data/visited.js'
import { isOwn } from '../model/walker.js'
import type { CompactSystem } from '../model/walker.js'

/** A state: its number, and the lanes of its fingerprint. */
const [NUMBER, HIGH, LOW, WIDTH] = [0, 1, 2, 3] as const
/** What follows a state in a row. */
const [PLACE, TAG, STRIDE] = [WIDTH, WIDTH + 1, WIDTH + 2] as const

/** Searches keep places in 16 bits. */
const MOST_STEPS = 1 << 16

/** No number: the state does not wait. */
const NONE = -1

/** A state with its fingerprint: 64 bits of the SHA-256 of its key. */
interface Held<S> {
  readonly state: S
  readonly high: number
  readonly low: number
  number: number
}

/** How states are numbered. */
export interface KeyedOptions {
  /** Keep all keys: states have different numbers iff their keys differ, for ever. Such a system is not dumped. Default: false. */
  readonly exact?: boolean
}

/**
 * The compact form of a model with one initial state. A state that has been stored can be fetched until it is expanded.
 * @throws RangeError for a model with no or several initial states; later, when a state is fetched that does not wait, when
 * one has more than 65,536 steps, and when an exact system is dumped.
 */
export const keyedSystem = <S, A>(model: Model<S, A>, { exact = false }: KeyedOptions = {}): CompactSystem<A> => {
  const [initial, second] = model.system.initial
  if (initial === undefined || second !== undefined)
    throw new RangeError(
      `${model.name} has ${String(model.system.initial.length)} initial states, expected one: search with plain`
    )
  const walker = plainWalker(model)
  /** The numbers of all keys that were met, where whole keys are to tell states apart. */
  const keys = new Interner<string>((key) => key)
  /** The states that wait, by their numbers. */
  const held: Array<Held<S> | undefined> = []
  /** Numbers that no state has any more. */
  let free: number[] = []
  let waiting = 0
  let mostWaiting = 0

  const withPrint = (state: S): Held<S> => {
    const key = model.key(state)
    const lanes = lanesOf(key)
    return { state, high: lanes.getInt32(0), low: lanes.getInt32(4), number: exact ? keys.idOf(key) : NONE }
  }

  const start = withPrint(initial)
  let current = start

  const goTo = (h: Held<S>): void => {
    current = h
    walker.goTo(h.state)
  }

  /** Keeps a state until it is expanded; its number. */
  const hold = (h: Held<S>): number => {
    if (held[h.number] === h) return h.number
    if (!exact) h.number = free.pop() ?? held.length
    held[h.number] = h
    mostWaiting = Math.max(mostWaiting, ++waiting)
    return h.number
  }

  const release = (h: Held<S>): void => {
    if (held[h.number] !== h) return
    held[h.number] = undefined
    waiting--
    if (exact) return
    free.push(h.number)
    h.number = NONE
  }

  const heldAt = (number: number): Held<S> => {
    const h = held[number]
    if (h === undefined)
      throw new RangeError(`${model.name}: no state has the number ${String(number)}; what was expanded is forgotten`)
    return h
  }

  const writeTo = (to: Int32Array, at: number, h: Held<S>): void => {
    to[at + NUMBER] = h.number
    to[at + HIGH] = h.high
    to[at + LOW] = h.low
  }

  let rows = new Int32Array(256 * STRIDE)

  /** What was counted before this system went on from where another was. */
  let before: Coverage | undefined
  let onViolation: (() => void) | undefined

  const coverage = (): Coverage =>
    before === undefined ? walker.coverage() : mergeCoverage([before, walker.coverage()])

  const violated = (): boolean => {
    if (!walker.violated()) return false
    onViolation?.()
    return onViolation === undefined
  }

  const enumerate = (): number => {
    const steps = walker.enumerate()
    if (steps > MOST_STEPS)
      throw new RangeError(
        `${model.name}: a state has ${String(steps)} steps, expected at most ${String(MOST_STEPS)}: search with plain`
      )
    return steps
  }

  const apply = (place: number): void => {
    walker.apply(place)
    current = withPrint(walker.state())
  }

  return {
    ...walker,
    begin: () => {
      goTo(start)
    },
    enumerate,
    apply,
    coverage,
    violated,
    high: () => current.high,
    low: () => current.low,
    width: WIDTH,
    stride: STRIDE,
    store: (to, at) => {
      hold(current)
      writeTo(to, at, current)
    },
    fetch: (from, at) => {
      const h = heldAt(from[at + NUMBER] ?? NONE)
      if (h.high !== from[at + HIGH] || h.low !== from[at + LOW])
        throw new RangeError(`${model.name}: the state with the number ${String(h.number)} is another one by now`)
      goTo(h)
    },
    pack: (from, at, record) => {
      const number = from[at + NUMBER] ?? NONE
      for (let byte = 0; byte < 4; byte++) record[byte] = number >>> (8 * byte)
      return 4
    },
    unpack: (record) => {
      let number = 0
      for (let byte = 0; byte < 4; byte++) number |= (record[byte] ?? 0) << (8 * byte)
      goTo(heldAt(number))
    },
    score: () => 0,
    visit: (visited) => {
      const row = new Int32Array(WIDTH)
      writeTo(row, 0, current)
      return addTo(visited, row, 0, WIDTH, 0)
    },
    expand: (visited, room, first, tag) => {
      const from = current
      const steps = enumerate()
      const expansion = { steps: 0, found: 0, violated: false, cut: false }
      for (let place = 0; place < steps && !expansion.violated; place++) {
        expansion.steps++
        walker.countStep(place)
        if (expansion.found >= room) {
          expansion.cut = true
          continue
        }
        const out = (first + expansion.found) * STRIDE
        if (out + STRIDE > rows.length) rows = lengthened(rows, out + STRIDE)
        apply(place)
        writeTo(rows, out, current)
        if (addTo(visited, rows, out, WIDTH, tag)) {
          rows[out + NUMBER] = hold(current)
          rows[out + PLACE] = place
          rows[out + TAG] = tag
          expansion.found++
          walker.countState()
          expansion.violated = violated()
        }
        goTo(from)
      }
      release(from)
      return expansion
    },
    rows: () => rows,
    take: (place) => {
      const action = walker.actionAt(place)
      apply(place)
      return [action]
    },
    tolerate: (count) => {
      onViolation = count
    },
    resetCounts: () => {
      walker.resetCounts()
      before = undefined
    },
    // Nothing is purged.
    recheckPurged: () => 0,
    dump: () => {
      if (exact) throw new RangeError(`${model.name}: where whole keys are kept, a search is not dumped`)
      const waits = held.flatMap((h) => (h === undefined ? [] : [[h.number, h.state]]))
      return { envs: [], locals: waits, packets: [], cells: [], coverage: coverage() }
    },
    restore: (dump) => {
      for (const pair of dump.locals)
        if (isOwn<readonly [number, S]>(pair)) held[pair[0]] = { ...withPrint(pair[1]), number: pair[0] }
      free = Array.from(held.keys()).filter((number) => held[number] === undefined)
      waiting = held.length - free.length
      mostWaiting = waiting
      before = dump.coverage
    },
    sizes: () => ({ 'most states waiting': mostWaiting })
  }
}
