/**
 * A question about operations, and its answer in numbers: an order of them, or the farthest attempt at one.
 */
import { inParts, merged } from './parts.js'
import type { Operation } from './history.js'
import type { ObjectTable } from './object.js'
import { puzzleOf, singly } from './puzzle.js'
import type { Respected, Unit } from './puzzle.js'
import { findOrder } from './search.js'

/** Operations, in which units they take effect, and what their order must respect. */
export interface Question<State, Op, Result> {
  readonly table: ObjectTable<State, Op, Result>
  readonly operations: ReadonlyArray<Operation<Op, Result>>
  readonly units: ReadonlyArray<Unit>
  readonly respected: Respected
  /** Whether the parts of the object may be looked at one by one. */
  readonly byParts: boolean
  /** The most positions to examine. */
  readonly limit: number
}

/** The question about operations each of which takes effect by itself. */
export const single = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  operations: ReadonlyArray<Operation<Op, Result>>,
  respected: Respected,
  limit: number
): Question<State, Op, Result> => ({
  table,
  operations,
  units: singly(operations),
  respected,
  byParts: false,
  limit
})

/** Operations in order, by their places among the operations. */
export interface Answer {
  readonly solved: boolean
  /** The initial state from which they lead. */
  readonly initial: number
  readonly order: ReadonlyArray<number>
  /** Where it is an attempt: those that could not be next, and one would have to be. */
  readonly stuck: ReadonlyArray<number>
}

/**
 * The answer to a question. Of attempts, the one that goes farthest in time where time counts, then the longest.
 * @throws RefusedSearch beyond the limit.
 */
export const answerOf = <State, Op, Result>(question: Question<State, Op, Result>): Answer => {
  const { table, operations, units, byParts } = question
  const { partOf } = table.object
  const parts = byParts && partOf !== undefined ? inParts(operations, partOf) : [units]
  let farthest: Answer | undefined
  for (const initial of table.initial) {
    const answers = parts.map((part) => answerFrom(question, part, initial))
    const failed = answers.filter(({ solved }) => !solved)
    if (failed.length === 0) {
      const orders = answers.map(({ order }) => order)
      return { solved: true, initial, order: byParts ? merged(operations, orders) : orders.flat(), stuck: [] }
    }
    // Of parts, the first that cannot go on ends it for all of them.
    const first = failed.reduce((a, b) => (endOf(operations, b) < endOf(operations, a) ? b : a))
    if (farthest === undefined || isFarther(operations, first, farthest)) farthest = first
  }
  return farthest ?? { solved: false, initial: 0, order: [], stuck: [] }
}

const isFarther = (operations: ReadonlyArray<Operation<unknown, unknown>>, a: Answer, b: Answer): boolean =>
  (endOf(operations, a) - endOf(operations, b) || a.order.length - b.order.length) > 0

/** The event with which the first of those ends that could not be next: what ended before has an order. */
export const endOf = (operations: ReadonlyArray<Operation<unknown, unknown>>, { stuck }: Answer): number =>
  Math.min(...stuck.map((i) => operations[i]?.returned?.at ?? Infinity))

const answerFrom = <State, Op, Result>(
  { table, operations, respected, limit }: Question<State, Op, Result>,
  units: ReadonlyArray<Unit>,
  initial: number
): Answer => {
  const puzzle = puzzleOf(table, operations, units, respected)
  const found = findOrder(puzzle, table, initial, limit)
  const members = (places: ReadonlyArray<number>): ReadonlyArray<number> => places.flatMap((unit) => units[unit] ?? [])
  return { solved: found.solved, initial, order: members(found.order), stuck: members(found.stuck) }
}
