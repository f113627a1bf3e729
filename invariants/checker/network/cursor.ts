/**
 * A cursor on the states of a network: the current state, its steps one by one, and the way from it to another.
 */
import { entries } from '../../../spec/prelude/unionMap.js'
import type { GlobalState } from '../../../spec/system/executions.js'
import { readVarints, writeVarints } from '../data/varint.js'
import { NONE } from './parts.js'
import type { States } from './states.js'
import { HEAD, STEP } from './stepLists.js'
import type { Tables } from './tables.js'

/** Where a cursor begins. */
export interface CursorOptions<Env, State, Message, Internal, Timestamp> {
  readonly states: States<Env, State, Message, Internal, Timestamp>
  readonly starts: ReadonlyArray<GlobalState<State, Message, Env>>
}

/** A cursor on one state of a network. */
export class Cursor<Env, State, Message, Internal, Timestamp> {
  /** The current state. */
  readonly state: Int32Array<ArrayBuffer>
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #options: CursorOptions<Env, State, Message, Internal, Timestamp>
  /** The initial states that are interned, by their indices. */
  readonly #starts = new Map<number, Int32Array>()
  /** The state after a step. */
  readonly #next: Int32Array
  /** For each cell of the state that was enumerated, where its step list is. */
  readonly #listed: Int32Array
  /** Whose step was located last: the index of its cell. */
  index = 0

  constructor(
    tables: Tables<Env, State, Message, Internal, Timestamp>,
    options: CursorOptions<Env, State, Message, Internal, Timestamp>
  ) {
    this.#tables = tables
    this.#options = options
    this.state = new Int32Array(tables.layout.width)
    this.#next = new Int32Array(tables.layout.width)
    this.#listed = new Int32Array(tables.layout.env)
  }

  /** Goes to the initial state with an index. */
  begin(start: number): void {
    const there = this.#starts.get(start) ?? this.#interned(start)
    this.#starts.set(start, there)
    this.state.set(there)
  }

  /** Forgets the initial states, as cells are forgotten. */
  forget(): void {
    this.#starts.clear()
  }

  /** Writes the current state to these integers. */
  store(to: Int32Array, at: number): void {
    const { state } = this
    for (let i = 0; i < state.length; i++) to[at + i] = state[i] ?? 0
  }

  /** Goes to the state in these integers. */
  fetch(from: Int32Array, at: number): void {
    const { state } = this
    for (let i = 0; i < state.length; i++) state[i] = from[at + i] ?? 0
  }

  /** Writes a state to the front of a record, without its fingerprint; how many bytes. */
  pack(from: Int32Array, at: number, record: Uint8Array): number {
    return writeVarints(from, at, this.#tables.layout.high, record)
  }

  /** Goes to the state at the front of a record. */
  unpack(record: Uint8Array): void {
    readVarints(record, this.state, this.#tables.layout.high)
    this.#options.states.print(this.state, 0)
  }

  /** Lists the steps of the current state; how many there are. */
  enumerate(): number {
    const { lists, layout } = this.#tables
    let count = 0
    for (let index = 0; index <= layout.nobody; index++) {
      const list = lists.at(this.state[layout.env] ?? 0, this.state[index] ?? 0)
      this.#listed[index] = list
      count += lists.steps.data[list] ?? 0
    }
    return count
  }

  /** The local step at a place; whose it is stands in `index` then. */
  stepAt(place: number): number {
    return this.#tables.lists.steps.data[this.#locate(place)] ?? 0
  }

  /** Takes the step at a place. */
  apply(place: number): void {
    this.fetch(this.after(place), 0)
  }

  /** The state that the step at a place leads to: as long as nothing else is asked. */
  after(place: number): Int32Array {
    const at = this.#locate(place)
    this.#options.states.take(this.state, this.index, at, this.#next, 0)
    return this.#next
  }

  /** Where in the step lists the step at a place of the current state is. */
  #locate(place: number): number {
    const { steps } = this.#tables.lists
    let rest = place
    for (let index = 0; index < this.#listed.length; index++) {
      const list = this.#listed[index] ?? 0
      const count = steps.data[list] ?? 0
      if (rest < count) {
        this.index = index
        return list + HEAD + STEP * rest
      }
      rest -= count
    }
    throw new RangeError(`no step is at place ${String(place)} of the step list`)
  }

  /** Interns the initial state with an index. */
  #interned(which: number): Int32Array {
    const { parts, cells, layout } = this.#tables
    const { states, starts } = this.#options
    const begins = starts[which]
    if (begins === undefined) throw new RangeError(`there is no initial state ${String(which)}`)
    const { world, env } = begins
    const initial = entries(world.localState)
    const start = new Int32Array(layout.width)
    start[layout.env] = parts.env(env)
    const inFlight = parts.arranged(world.inFlightMsgs.map((p) => parts.packet(p)))
    for (let i = 0; i <= layout.nobody; i++) {
      const own = inFlight.filter((p) => parts.packetNode.data[p] === i)
      const [, st] = initial[i] ?? []
      start[i] = cells.of(st === undefined ? NONE : parts.local(i, st), own)
    }
    states.print(start, 0)
    return start
  }
}
