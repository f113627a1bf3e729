/**
 * States as rows of integers: what is known of one from its integers alone, and the one that a step leads to.
 */
import { undef } from '../../../spec/prelude/unionMap.js'
import type { SeenWorld } from '../../property/invariant.js'
import type { Tables } from './tables.js'

/** The states of a network. */
export class States<Env, State, Message, Internal, Timestamp> {
  readonly #tables: Tables<Env, State, Message, Internal, Timestamp>

  constructor(tables: Tables<Env, State, Message, Internal, Timestamp>) {
    this.#tables = tables
  }

  /** Writes the fingerprint of the state in these integers. */
  print(of: Int32Array, at: number): void {
    const { layout, parts, cells } = this.#tables
    const { nobody, env, high, low } = layout
    const { envPrint } = parts
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
    const { layout, lists, cells, localSteps, isAdditive } = this.#tables
    const { nobody, env, high, low } = layout
    const { steps } = lists
    const { class: classOf } = cells
    const { sends, sendsFrom, sendsTo } = localSteps
    for (let i = 0; i <= nobody; i++) to[out + i] = from[i] ?? 0
    const step = steps.data[at] ?? 0
    const cell = from[index] ?? 0
    const after = lists.cellAfter(at, cell)
    to[out + index] = after
    let changed = classOf.data[cell] !== classOf.data[after]
    const end = sendsTo.data[step] ?? 0
    for (let i = sendsFrom.data[step] ?? 0; i < end; i += 2) {
      const n = sends.data[i] ?? 0
      const before = to[out + n] ?? 0
      const then = cells.put(before, sends.data[i + 1] ?? 0)
      to[out + n] = then
      if (classOf.data[before] !== classOf.data[then]) changed = true
    }
    to[out + env] = localSteps.env.data[step] ?? 0
    if (!isAdditive) {
      this.print(to, out)
      return changed
    }
    to[out + high] = ((from[high] ?? 0) + (steps.data[at + 1] ?? 0)) | 0
    to[out + low] = ((from[low] ?? 0) + (steps.data[at + 2] ?? 0)) | 0
    return changed
  }

  /** The score of the state in these integers. */
  score(of: Int32Array, at: number): number {
    const { cells, layout } = this.#tables
    let sum = 0
    for (let i = 0; i <= layout.nobody; i++) sum += cells.score.data[of[at + i] ?? 0] ?? 0
    return sum
  }

  /** What invariants see of a state (`seen.ts`), with the environment. */
  decoded(of: Int32Array, at: number): { readonly world: SeenWorld<State, Message>; readonly env: Env } {
    const { nodes, isUndefined, layout, cells, parts } = this.#tables
    const { locals, packets, envs } = parts
    const own = Array.from(of.subarray(at, at + layout.env))
    return {
      world: {
        localState: isUndefined
          ? undef
          : {
              _tag: 'Def',
              entries: nodes.map((n, i) => [n, locals.valueOf(cells.local.data[own[i] ?? 0] ?? 0).st] as const)
            },
        inFlightMsgs: own.flatMap((cell) =>
          Array.from(cells.packets(cell))
            .sort(parts.byPrint)
            .map((p) => packets.valueOf(p))
        )
      },
      env: envs.valueOf(of[at + layout.env] ?? 0)
    }
  }
}
