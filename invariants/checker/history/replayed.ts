/**
 * Operations in an order, done by the object one after the other.
 */
import type { Operation } from './history.js'
import type { ObjectTable } from './object.js'

/** An operation in its place in an order. */
export interface Placed<State, Op, Result> {
  readonly operation: Operation<Op, Result>
  /** What it returns there; of a pending one that is more than the history says. */
  readonly result: Result
  /** The state that it leaves. */
  readonly after: State
}

/** A state that an order may have led to: from which state, and with which result of the last operation. */
interface Reached<Result> {
  readonly from: number
  readonly result: Result
}

/** The operations with what they return and leave, in one of the ways in which that may be; none: they do not explain it. */
export const replayed = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  initial: number,
  operations: ReadonlyArray<Operation<Op, Result>>
): ReadonlyArray<Placed<State, Op, Result>> | undefined => {
  let states: ReadonlyArray<number> = [initial]
  const layers = operations.map(({ op, returned }) => {
    const wanted = returned === undefined ? undefined : table.resultOf(returned.result)
    const layer = new Map<number, Reached<Result>>()
    for (const from of states)
      for (const [next, result, name] of table.answers(table.opOf(op), from))
        if ((wanted === undefined || wanted === name) && !layer.has(next)) layer.set(next, { from, result })
    states = [...layer.keys()]
    return layer
  })
  let [at] = states
  const placed: Array<Placed<State, Op, Result>> = []
  for (const [i, operation] of [...operations.entries()].reverse()) {
    const reached = at === undefined ? undefined : layers[i]?.get(at)
    if (at === undefined || reached === undefined) return undefined
    placed.push({ operation, result: reached.result, after: table.state(at) })
    at = reached.from
  }
  return placed.reverse()
}
