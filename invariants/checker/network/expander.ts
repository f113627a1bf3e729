/**
 * The loop in which a search of a network spends its time: all steps of a state, and the new states that they lead to.
 */
import { lengthened } from '../data/growing.js'
import { addTo } from '../data/visited.js'
import type { FingerprintSet, VisitedSet } from '../data/visited.js'
import type { Tolerance } from '../model/tolerance.js'
import { NO_STEP } from '../model/walker.js'
import type { Expansion } from '../model/walker.js'
import type { Counters } from './counters.js'
import type { Cursor } from './cursor.js'
import type { Judge } from './judge.js'
import type { States } from './states.js'
import { HEAD, STEP } from './stepLists.js'
import type { Tables } from './tables.js'
import type { Watch } from './watch.js'

/** What an expansion does with the states that it finds. */
export interface ExpanderOptions<Env, State, Message, Internal, Timestamp> {
  readonly states: States<Env, State, Message, Internal, Timestamp>
  readonly counters: Counters<Env, State, Message, Internal, Timestamp>
  readonly judge: Judge<Env, State, Message, Internal, Timestamp>
  readonly tolerance: Tolerance
  readonly watch: Watch<Env, State, Message, Internal, Timestamp>
}

/** Expands states of a network. */
export class Expander<Env, State, Message, Internal, Timestamp> {
  /** The states that were found. */
  rows: Int32Array<ArrayBuffer>
  /** What was read ahead: kept, since V8 leaves reads out whose result is used nowhere. */
  read = 0
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #options: ExpanderOptions<Env, State, Message, Internal, Timestamp>
  /** The state after a step that is looked at. */
  readonly #after: Int32Array
  readonly #expansion: Expansion = {
    steps: 0,
    found: 0,
    violated: false,
    broken: NO_STEP,
    stuck: false,
    cut: false
  }

  constructor(
    tables: Tables<Env, State, Message, Internal, Timestamp>,
    options: ExpanderOptions<Env, State, Message, Internal, Timestamp>
  ) {
    this.#tables = tables
    this.#options = options
    this.rows = new Int32Array(64 * tables.layout.stride)
    this.#after = new Int32Array(tables.layout.width)
  }

  /** Adds the state in these integers; true if it, or one that stands for it, was not there. */
  visit(visited: VisitedSet, of: Int32Array, at: number, tag: number): boolean {
    const { orbits, layout } = this.#tables
    if (visited._tag === 'States' || orbits === undefined) return addTo(visited, of, at, layout.width, tag)
    orbits.measure(of, at, layout.env, of[at + layout.env] ?? 0)
    return visited.add(orbits.high, orbits.low, tag)
  }

  /** Takes every step of a state, as `CompactSystem` says. */
  expand(state: Int32Array, visited: VisitedSet, room: number, first: number, tag: number): Expansion {
    const { lists, inert, orbits, layout } = this.#tables
    const { states, counters, judge, tolerance, watch } = this.#options
    const { nobody, stride, place: placeAt, tag: tagAt } = layout
    const { steps } = lists
    const expansion = this.#expansion
    const env = state[layout.env] ?? 0
    const high = state[layout.high] ?? 0
    const low = state[layout.low] ?? 0
    // What a step does to the fingerprint is known before it is taken, as a rule, unless the search is reduced.
    const ahead = inert !== undefined || orbits !== undefined || visited._tag === 'States' ? undefined : visited
    if (ahead?.touch !== undefined) this.#readAhead(state, ahead)
    const { isTolerant } = tolerance
    const looksAtSteps = watch.looksAtSteps && !isTolerant
    // Whoever looks at every step looks at those that change nothing too.
    const isLookedAt = looksAtSteps || (visited._tag === 'Fingerprints' && visited.wantsAll === true)
    let rows = this.rows
    let found = 0
    let place = 0
    expansion.violated = false
    expansion.broken = NO_STEP
    expansion.stuck = false
    expansion.cut = false
    for (let index = 0; index <= nobody; index++) {
      const list = lists.at(env, state[index] ?? 0)
      const begin = list + HEAD
      const count = steps.data[list] ?? 0
      const broken = isTolerant ? NO_STEP : lists.firstBroken(list)
      // What changes nothing leads to no new state.
      const moving = isLookedAt || broken !== NO_STEP ? count : (steps.data[list + 2] ?? 0)
      const end = begin + STEP * moving
      // From here on, steps are looked at before they are taken.
      const looked = looksAtSteps ? begin : broken === NO_STEP ? end : broken
      const sure = begin + STEP * (steps.data[list + 3] ?? 0)
      for (let at = begin; at < end; at += STEP, place++) {
        if (at >= looked && (at === broken || this.#breaks(state, index, at))) {
          this.#countSteps(begin, at)
          expansion.broken = place
          expansion.found = found
          expansion.steps = place + 1
          return expansion
        }
        if (found >= room) {
          expansion.cut = true
          continue
        }
        const known = at < sure ? ahead : undefined
        if (known?.add((high + (steps.data[at + 1] ?? 0)) | 0, (low + (steps.data[at + 2] ?? 0)) | 0, tag) === false)
          continue
        const out = (first + found) * stride
        if (out + stride > rows.length) rows = this.rows = lengthened(rows, out + stride)
        const changed = states.take(state, index, at, rows, out)
        if (known === undefined && !this.visit(visited, rows, out, tag)) continue
        rows[out + placeAt] = place
        rows[out + tagAt] = tag
        found++
        counters.countState(rows, out)
        // Where no class has changed, the classes fail as little as those of the state before.
        const stops = isTolerant
          ? tolerance.stops(judge.fails(rows, out))
          : (changed && judge.classesFail(rows, out)) || judge.wholesFail(rows, out)
        if (stops) {
          this.#countSteps(begin, at)
          expansion.violated = true
          expansion.found = found
          expansion.steps = place + 1
          return expansion
        }
      }
      place += count - moving
      steps.data[list + 1] = (steps.data[list + 1] ?? 0) + 1
    }
    expansion.found = found
    expansion.steps = place
    expansion.stuck = place === 0 && !isTolerant && watch.isStuck(state)
    return expansion
  }

  /**
   * Reads where the states after the steps of a state will be looked for, as far as these are known. In long searches most
   * of the time is spent waiting for that memory.
   */
  #readAhead(state: Int32Array, visited: FingerprintSet): void {
    const { lists, layout } = this.#tables
    const { data } = lists.steps
    const env = state[layout.env] ?? 0
    const high = state[layout.high] ?? 0
    const low = state[layout.low] ?? 0
    let read = 0
    for (let index = 0; index <= layout.nobody; index++) {
      const list = lists.known(env, state[index] ?? 0)
      if (list === 0) continue
      const end = list + HEAD + STEP * (data[list + 3] ?? 0)
      for (let at = list + HEAD; at < end; at += STEP)
        read ^= visited.touch?.((high + (data[at + 1] ?? 0)) | 0, (low + (data[at + 2] ?? 0)) | 0) ?? 0
    }
    this.read = read
  }

  /** The step at a place of the step lists, of the node with this index, breaks a step invariant that looks at whole states. */
  #breaks(state: Int32Array, index: number, at: number): boolean {
    const { lists, localSteps } = this.#tables
    const { states, watch } = this.#options
    states.take(state, index, at, this.#after, 0)
    return watch.breaks(state, localSteps.actionOf(lists.steps.data[at] ?? 0), this.#after, 0)
  }

  /** The step at a place of the state at which a cursor is breaks a step invariant. */
  breaks(cursor: Cursor<Env, State, Message, Internal, Timestamp>, place: number): boolean {
    const { localSteps } = this.#tables
    const { watch } = this.#options
    const step = cursor.stepAt(place)
    if (localSteps.broken.has(step)) return true
    return watch.looksAtSteps && watch.breaks(cursor.state, localSteps.actionOf(step), cursor.after(place), 0)
  }

  /** Counts the steps of a list up to one, where not all of the list were taken. */
  #countSteps(begin: number, last: number): void {
    const { lists, localSteps } = this.#tables
    for (let at = begin; at <= last; at += STEP) localSteps.count(lists.steps.data[at] ?? 0, 1)
  }
}
