/**
 * What is counted in a search: states by what is observed in them, and local steps by how often they were taken.
 */
import type { IntColumn } from '../data/growing.js'
import { EarlierCoverage, quiescent, Tally } from '../model/result.js'
import type { Coverage } from '../model/result.js'
import type { InternOptions, Tables } from './tables.js'
import type { Watch } from './watch.js'

/** Of so many combinations of observations each has a place in an array. */
const MOST_COMBINATIONS = 1 << 16

/** The counters of a network. */
export class Counters<Env, State, Message, Internal, Timestamp> {
  readonly earlier = new EarlierCoverage()
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #named: Pick<InternOptions<Env, State, Message, Internal, Timestamp>, 'kinds' | 'observations'>
  readonly #bits: IntColumn
  readonly #cells: number
  /** How many states were counted with each combination of observations, and with or without something in flight. */
  readonly #stateTimes: Float64Array
  /** The same for combinations that the array has no room for, where there is much to observe. */
  readonly #more = new Map<number, number>()

  constructor(
    tables: Tables<Env, State, Message, Internal, Timestamp>,
    named: Pick<InternOptions<Env, State, Message, Internal, Timestamp>, 'kinds' | 'observations'>,
    private readonly watch: Watch<Env, State, Message, Internal, Timestamp>
  ) {
    this.#tables = tables
    this.#named = named
    this.#bits = tables.cells.bits
    this.#cells = tables.layout.env
    this.#stateTimes = new Float64Array(Math.min(2 * tables.busy, MOST_COMBINATIONS))
  }

  /** Counts the state in these integers. */
  countState(of: Int32Array, at: number): void {
    const { data } = this.#bits
    let bits = 0
    const count = this.#cells
    for (let i = 0; i < count; i++) bits |= data[of[at + i] ?? 0] ?? 0
    const times = this.#stateTimes
    if (bits < times.length) times[bits] = (times[bits] ?? 0) + 1
    else this.#more.set(bits, (this.#more.get(bits) ?? 0) + 1)
    this.watch.look(of, at)
  }

  /** All that was counted, here and before. */
  coverage(): Coverage {
    const { lists, localSteps, busy } = this.#tables
    const { kinds, observations } = this.#named
    lists.settle()
    const tally = new Tally(
      kinds,
      [...observations.states.map(({ name }) => name), quiescent],
      observations.steps.map(({ name }) => name)
    )
    for (let step = 0; step < localSteps.length; step++) {
      const times = localSteps.times.data[step] ?? 0
      tally.kind(localSteps.kinds.valueOf(localSteps.kind.data[step] ?? 0), times)
      tally.step(localSteps.bits.data[step] ?? 0, times)
    }
    // Quiescence is that nothing is in flight.
    for (const [bits, times] of this.#stateTimes.entries()) if (times > 0) tally.state(bits ^ busy, times)
    for (const [bits, times] of this.#more) tally.state(bits ^ busy, times)
    return this.earlier.with({ ...tally.coverage(), goals: this.watch.reached() })
  }

  /** Forgets what was counted here. */
  reset(): void {
    this.#tables.lists.settle()
    this.#tables.localSteps.times.data.fill(0)
    this.#stateTimes.fill(0)
    this.#more.clear()
    this.watch.reset()
  }
}
