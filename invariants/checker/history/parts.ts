/**
 * Objects that are made of parts: a history is linearizable if at each part it is (M. P. Herlihy and J. M. Wing,
 * “Linearizability: a correctness condition for concurrent objects”, 1990, theorem 1). That an object is made of parts is what
 * its author says; here it is tested where a verdict depends on it.
 */
import { canonical } from '../data/canonical.js'
import { RefusedSearch } from '../model/refusal.js'
import type { Operation } from './history.js'
import type { SequentialObject } from './object.js'
import type { Unit } from './puzzle.js'

/** The operations on each part, each a unit. */
export const inParts = <Op, Result>(
  operations: ReadonlyArray<Operation<Op, Result>>,
  partOf: (op: Op) => unknown
): ReadonlyArray<ReadonlyArray<Unit>> => {
  const parts = new Map<string, Unit[]>()
  for (const [i, { op }] of operations.entries()) {
    const part = canonical(partOf(op))
    const units = parts.get(part)
    if (units === undefined) parts.set(part, [[i]])
    else units.push([i])
  }
  return [...parts.values()]
}

/** Linearizations of the parts as one: each operation takes effect as soon as its own order lets it. */
export const merged = (
  operations: ReadonlyArray<Operation<unknown, unknown>>,
  orders: ReadonlyArray<ReadonlyArray<number>>
): ReadonlyArray<number> =>
  orders
    .flatMap((order) => {
      const points = pointsOf(order.flatMap((i) => operations[i] ?? []))
      return order.map((i, place) => ({ i, point: points[place] ?? 0 }))
    })
    .sort((a, b) => a.point - b.point)
    .map(({ i }) => i)

/**
 * When each operation of a linearization takes effect: right after so many events, numbered from 0, as soon as all before it
 * have and it is called. It has not returned by then: otherwise it would have to come before the one that was called last.
 */
export const pointsOf = (order: ReadonlyArray<Operation<unknown, unknown>>): ReadonlyArray<number> => {
  let latest = 0
  return order.map(({ called }) => (latest = Math.max(latest, called)))
}

/** How many states and operations are tried. */
const [STATES, OPERATIONS] = [12, 12] as const

/**
 * Tries in some states whether operations of different parts change places unnoticed.
 * @param suspects operations of one part, and of others.
 * @throws RefusedSearch where they do not: the object is not made of the parts that it speaks of.
 */
export const refuseDependent = <State, Op, Result>(
  object: SequentialObject<State, Op, Result>,
  states: ReadonlyArray<State>,
  suspects: { readonly part: ReadonlyArray<Op>; readonly others: ReadonlyArray<Op> }
): void => {
  const part = distinct(suspects.part)
  const others = distinct(suspects.others)
  for (const state of states.slice(0, STATES))
    for (const one of part)
      for (const other of others) {
        const there = both(object, state, one, other, (a, b) => [a, b])
        const back = both(object, state, other, one, (b, a) => [a, b])
        if (there !== back)
          throw new RefusedSearch(
            `${object.name}: partOf says that ${canonical(one)} and ${canonical(other)} are about different parts, but after ` +
              `${canonical(state)} it makes a difference which comes first; leave partOf out`
          )
      }
}

const distinct = <Op>(ops: ReadonlyArray<Op>): ReadonlyArray<Op> =>
  [...new Map(ops.map((op) => [canonical(op), op])).values()].slice(0, OPERATIONS)

/** Every way in which two operations may go, one after the other: their results, and the state after them. */
const both = <State, Op, Result>(
  { apply }: SequentialObject<State, Op, Result>,
  state: State,
  first: Op,
  second: Op,
  inOrder: (first: Result, second: Result) => ReadonlyArray<Result>
): string =>
  [
    ...new Set(
      apply(state, first).flatMap(([between, a]) =>
        apply(between, second).map(([after, b]) => canonical([inOrder(a, b), after]))
      )
    )
  ]
    .sort()
    .join()
