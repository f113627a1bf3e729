/**
 * Linearizability: each operation takes effect at one moment between its call and its return.
 */
import { canonical } from '../data/canonical.js'
import { RefusedSearch } from '../model/refusal.js'
import { operationsOf } from './history.js'
import type { History } from './history.js'
import { ObjectTable } from './object.js'
import type { SequentialObject } from './object.js'
import { pointsOf, refuseDependent } from './parts.js'
import { singly } from './puzzle.js'
import { answerOf, endOf, single } from './question.js'
import type { Answer, Question } from './question.js'
import type { Placed } from './replayed.js'
import { explained, LIMIT, placed } from './verdict.js'
import type { DecideOptions, Verdict } from './verdict.js'

/** How many results are tried that might have been returned, and the most positions to examine for each. */
const [PROBES, PROBE] = [16, 10_000] as const

/**
 * Decides whether a history is linearizable.
 * @throws MalformedHistory for events that are no history, RefusedSearch beyond the limit and for an object that cannot be
 * used, NotPlainData where states, operations or results are none.
 */
export const linearizable = <State, Op, Result>(
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  { limit = LIMIT }: DecideOptions = {}
): Verdict<State, Op, Result> => linearizableBy(new ObjectTable(object), history, limit)

/** The same, with the table of an object, which is the faster the more it has been used. */
export const linearizableBy = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  history: History<Op, Result>,
  limit = LIMIT
): Verdict<State, Op, Result> => {
  const question = linearizability(table, history, limit)
  const answer = answerOf(question)
  if (answer.solved) return explained('linearizable', history, question, answer)
  refuseWrongParts(question, answer)
  const length = shortestWithout(table, history, endOf(question.operations, answer) + 1, limit)
  const before = linearizability(table, history.slice(0, length - 1), limit)
  const prefix = history.slice(0, length)
  const last = operationsOf(prefix).findIndex(({ returned }) => returned?.at === length - 1)
  const order = placed(before, answerOf(before))
  return {
    _tag: 'Unexplained',
    level: 'linearizable',
    history: prefix,
    order,
    stuck: operationsOf(prefix).slice(last, last + 1),
    expected: expectedOf(linearizability(table, prefix, limit), last, order)
  }
}

const linearizability = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  history: History<Op, Result>,
  limit: number
): Question<State, Op, Result> => ({
  ...single(table, operationsOf(history), 'real time', limit),
  byParts: table.object.partOf !== undefined
})

/**
 * The length of the shortest prefix of a history that is not linearizable. All prefixes of a linearizable history are, so it
 * is found by halving.
 *
 * @param shortest no shorter one is without an order. A search on the whole history knows that much, and not more: of an
 * operation that returns after a prefix it knows the result already.
 */
const shortestWithout = <State, Op, Result>(
  table: ObjectTable<State, Op, Result>,
  history: History<Op, Result>,
  shortest: number,
  limit: number
): number => {
  let [from, to] = [shortest, history.length]
  for (let length = shortest; from < to; length = (from + to) >> 1) {
    const question = linearizability(table, history.slice(0, length), limit)
    const answer = answerOf(question)
    if (answer.solved) from = length + 1
    else [from, to] = [Math.max(from, endOf(question.operations, answer) + 1), length]
  }
  return to
}

/** Tests what an object says of its parts, as a negative verdict on one of them depends on it. */
const refuseWrongParts = <State, Op, Result>(
  { table, operations }: Question<State, Op, Result>,
  { stuck }: Answer
): void => {
  const { object } = table
  const { partOf } = object
  const [culprit] = stuck.flatMap((i) => operations[i] ?? [])
  if (partOf === undefined || culprit === undefined) return
  const itsPart = canonical(partOf(culprit.op))
  const [part, others] = [true, false].map((own) =>
    operations.flatMap(({ op }) => ((canonical(partOf(op)) === itsPart) === own ? [op] : []))
  )
  refuseDependent(object, table.states(), { part: [culprit.op, ...(part ?? [])], others: others ?? [] })
}

/**
 * What else an operation might have returned, of what it does return in some states: where the history then has an order.
 * @param order what was there before: the states that it goes through while the operation is open are looked at first.
 */
const expectedOf = <State, Op, Result>(
  question: Question<State, Op, Result>,
  operation: number,
  order: ReadonlyArray<Placed<State, Op, Result>>
): ReadonlyArray<Result> => {
  const { table, operations } = question
  const own = operations[operation]
  if (own?.returned === undefined) return []
  const { at } = own.returned
  const op = table.opOf(own.op)
  const points = pointsOf(order.map((placed) => placed.operation))
  const results = order
    .filter((_, place) => (points[place + 1] ?? Infinity) >= own.called)
    .flatMap(({ after }) => table.answers(op, table.numberOf(after)).map(([, result]) => result))
    .concat(table.resultsOf(op))
  const probed = [...new Map(results.map((result) => [table.resultOf(result), result])).values()].slice(0, PROBES)
  return probed.filter((result) => {
    const asked = operations.with(operation, { ...own, returned: { at, result } })
    return isSolved({ ...question, operations: asked, units: singly(asked), limit: Math.min(question.limit, PROBE) })
  })
}

/** Whether a question has an order; what takes too many positions is not known to have one. */
const isSolved = <State, Op, Result>(question: Question<State, Op, Result>): boolean => {
  try {
    return answerOf(question).solved
  } catch (e) {
    if (e instanceof RefusedSearch) return false
    throw e
  }
}
