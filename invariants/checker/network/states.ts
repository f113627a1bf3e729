/**
 * States as rows of integers: what is known of one from its integers alone, and the one that a step leads to.
 */
import type { GlobalState } from '../../../spec/system/executions.js'
import type { IntColumn } from '../data/growing.js'
import type { Layout } from './layout.js'
import type { LocalSteps } from './localSteps.js'
import type { Tables } from './tables.js'
import type { Cells } from './cells.js'
import type { StepLists } from './stepLists.js'

/** The states of a network. */
export class States<Env, State, Message, Internal, Timestamp> {
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>
  readonly #layout: Layout
  readonly #cells: Cells<Env, State, Message>
  readonly #lists: StepLists<Env, State, Message, Internal, Timestamp>
  readonly #localSteps: LocalSteps<Env, State, Message, Internal, Timestamp>
  readonly #steps: IntColumn
  readonly #classOf: IntColumn
  /** What is purged is not in the fingerprint either, so that it has to be computed anew. */
  readonly #purges: boolean

  constructor(tables: Tables<Env, State, Message, Internal, Timestamp>) {
    this.#tables = tables
    this.#layout = tables.layout
    this.#cells = tables.cells
    this.#lists = tables.lists
    this.#localSteps = tables.localSteps
    this.#steps = tables.lists.steps
    this.#classOf = tables.cells.class
    this.#purges = tables.inert !== undefined
  }

  /** Writes the fingerprint of the state in these integers. */
  print(of: Int32Array, at: number): void {
    const { nobody, env, high, low } = this.#layout
    const { envPrint } = this.#tables.parts
    const cells = this.#cells
    let h = envPrint.high(of[at + env] ?? 0)
    let l = envPrint.low(of[at + env] ?? 0)
    for (let i = 0; i <= nobody; i++) {
      h = (h + (cells.high.data[of[at + i] ?? 0] ?? 0)) | 0
      l = (l + (cells.low.data[of[at + i] ?? 0] ?? 0)) | 0
    }
    of[at + high] = h
    of[at + low] = l
  }

  /**
   * Takes the step at a place of the step lists, of the node with this index, from one state to that at `out`.
   * @returns whether the class of some node has changed.
   */
  take(from: Int32Array, index: number, at: number, to: Int32Array, out: number): boolean {
    const { nobody, env, high, low } = this.#layout
    const steps = this.#steps
    const classOf = this.#classOf
    const { sends, sendsFrom, sendsTo, env: envAfter } = this.#localSteps
    for (let i = 0; i <= nobody; i++) to[out + i] = from[i] ?? 0
    const step = steps.data[at] ?? 0
    const cell = from[index] ?? 0
    const after = this.#lists.cellAfter(at, cell)
    to[out + index] = after
    let changed = classOf.data[cell] !== classOf.data[after]
    const end = sendsTo.data[step] ?? 0
    for (let i = sendsFrom.data[step] ?? 0; i < end; i += 2) {
      const n = sends.data[i] ?? 0
      const before = to[out + n] ?? 0
      const then = this.#cells.put(before, sends.data[i + 1] ?? 0)
      to[out + n] = then
      if (classOf.data[before] !== classOf.data[then]) changed = true
    }
    to[out + env] = envAfter.data[step] ?? 0
    if (this.#purges) {
      this.print(to, out)
      return changed
    }
    to[out + high] = ((from[high] ?? 0) + (steps.data[at + 1] ?? 0)) | 0
    to[out + low] = ((from[low] ?? 0) + (steps.data[at + 2] ?? 0)) | 0
    return changed
  }

  /** The score of the state in these integers. */
  score(of: Int32Array, at: number): number {
    const { score } = this.#cells
    let sum = 0
    for (let i = 0; i <= this.#layout.nobody; i++) sum += score.data[of[at + i] ?? 0] ?? 0
    return sum
  }

  /** A state as the specification has it; the order of packets in flight is arbitrary. */
  decoded(of: Int32Array, at: number): GlobalState<State, Message, Env> {
    const { nodes, layout, cells, parts } = this.#tables
    const { locals, packets, envs } = parts
    const own = Array.from(of.subarray(at, at + layout.env))
    return {
      world: {
        localState: {
          _tag: 'Def',
          entries: nodes.map((n, i) => [n, locals.valueOf(cells.local.data[own[i] ?? 0] ?? 0).st] as const)
        },
        inFlightMsgs: own.flatMap((cell) => Array.from(cells.packets(cell), (p) => packets.valueOf(p))),
        consumedMsgs: []
      },
      env: envs.valueOf(of[at + layout.env] ?? 0)
    }
  }
}
