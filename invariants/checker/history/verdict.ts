/**
 * Conditions of consistency: is there an order of the operations of a history that explains what they returned?
 */
import { canonical } from '../data/canonical.js'
import { RefusedSearch } from '../model/refusal.js'
import { operationsOf } from './history.js'
import type { History, Operation } from './history.js'
import { ObjectTable } from './object.js'
import type { SequentialObject } from './object.js'
import { refuseDependent } from './parts.js'
import { singly, transactions } from './puzzle.js'
import type { Respected } from './puzzle.js'
import { answerOf, endOf } from './question.js'
import type { Answer, Question } from './question.js'
import { replayed } from './replayed.js'
import type { Placed } from './replayed.js'

/**
 * What a history may be. In each case there is an order of its operations in which the object returns what they returned:
 *
 * - `linearizable`: what returned before another was called comes before it;
 * - `sequentially consistent`: the operations of each process come in the order in which it called them;
 * - `serializable`: transactions come one after the other, in any order;
 * - `strictly serializable`: and a transaction that ended before another began comes before it.
 */
export type Level = 'linearizable' | 'sequentially consistent' | 'serializable' | 'strictly serializable'

/** There is an order. Pending operations that are not in it take no effect. */
export interface Explained<State, Op, Result> {
  readonly _tag: 'Explained'
  readonly level: Level
  readonly history: History<Op, Result>
  readonly order: ReadonlyArray<Placed<State, Op, Result>>
}

/** There is none. */
export interface Unexplained<State, Op, Result> {
  readonly _tag: 'Unexplained'
  readonly level: Level
  /**
   * What has no order: for `linearizable` the shortest prefix of the history that has none, which ends with a return. The
   * other conditions may hold of a history and not of its prefixes, so for them this is all of it.
   */
  readonly history: History<Op, Result>
  /** The longest attempt: for `linearizable` an order of what was there before the last event. */
  readonly order: ReadonlyArray<Placed<State, Op, Result>>
  /** The operations of which one would have to come next. None can. */
  readonly stuck: ReadonlyArray<Operation<Op, Result>>
  /** For `linearizable`: what the operation that returns last might have returned instead, as far as that was looked into. */
  readonly expected: ReadonlyArray<Result>
}

/** The answer to the question whether a history has some order. */
export type Verdict<State, Op, Result> = Explained<State, Op, Result> | Unexplained<State, Op, Result>

/** How far to look. */
export interface DecideOptions {
  /**
   * The most positions to examine: a position is a set of operations and the state that they leave. There may be exponentially
   * many in the number of operations that overlap. Beyond, the question is refused. Default: ten million.
   */
  readonly limit?: number
}

const LIMIT = 10_000_000
/** The most positions to examine for each result that might have been returned. */
const PROBE = 100_000

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
  return {
    _tag: 'Unexplained',
    level: 'linearizable',
    history: prefix,
    order: placed(before, answerOf(before)),
    stuck: operationsOf(prefix).slice(last, last + 1),
    expected: expectedOf(linearizability(table, prefix, limit), last)
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

/**
 * Decides whether a history is sequentially consistent. What the object says of its parts does not count: unlike the other
 * condition, this one may hold of every part and not of the whole.
 * @throws as `linearizable` does.
 */
export const sequentiallyConsistent = <State, Op, Result>(
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  { limit = LIMIT }: DecideOptions = {}
): Verdict<State, Op, Result> => {
  const question = single(new ObjectTable(object), operationsOf(history), 'processes', limit)
  return verdictOf('sequentially consistent', history, question)
}

/** Which transaction an operation belongs to, as plain data. */
export type TransactionOf<Op, Result> = (operation: Operation<Op, Result>) => unknown

/**
 * Decides whether there is an order of whole transactions that explains a history, however long before or after each other
 * they took place. Those with a pending operation may take effect, as far as they have come, or not.
 * @throws as `linearizable` does; MalformedHistory also where operations of one transaction overlap.
 */
export const serializable = <State, Op, Result>(
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  transactionOf: TransactionOf<Op, Result>,
  options: DecideOptions = {}
): Verdict<State, Op, Result> => inTransactions('serializable', 'nothing', history, object, transactionOf, options)

/**
 * Decides the same of an order in which a transaction that ended before another began comes before it.
 * @throws as `serializable` does.
 */
export const strictlySerializable = <State, Op, Result>(
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  transactionOf: TransactionOf<Op, Result>,
  options: DecideOptions = {}
): Verdict<State, Op, Result> =>
  inTransactions('strictly serializable', 'real time', history, object, transactionOf, options)

/** The strongest of two conditions that a history meets, and the verdicts on both. */
export interface Consistency<State, Op, Result> {
  readonly level: 'linearizable' | 'sequentially consistent' | 'neither'
  readonly linearizable: Verdict<State, Op, Result>
  readonly sequentiallyConsistent: Verdict<State, Op, Result>
}

/**
 * Whether a history is linearizable, sequentially consistent only, or neither.
 * @throws as `linearizable` does.
 */
export const consistencyOf = <State, Op, Result>(
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  options: DecideOptions = {}
): Consistency<State, Op, Result> => {
  const strong = linearizable(history, object, options)
  // An order that respects the time respects the processes.
  const weak: Verdict<State, Op, Result> =
    strong._tag === 'Explained'
      ? { ...strong, level: 'sequentially consistent' }
      : sequentiallyConsistent(history, object, options)
  return {
    level:
      strong._tag === 'Explained' ? 'linearizable' : weak._tag === 'Explained' ? 'sequentially consistent' : 'neither',
    linearizable: strong,
    sequentiallyConsistent: weak
  }
}

const single = <State, Op, Result>(
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

const inTransactions = <State, Op, Result>(
  level: Level,
  respected: Respected,
  history: History<Op, Result>,
  object: SequentialObject<State, Op, Result>,
  transactionOf: TransactionOf<Op, Result>,
  { limit = LIMIT }: DecideOptions
): Verdict<State, Op, Result> => {
  const operations = operationsOf(history)
  const units = transactions(operations, transactionOf)
  return verdictOf(level, history, { ...single(new ObjectTable(object), operations, respected, limit), units })
}

const verdictOf = <State, Op, Result>(
  level: Level,
  history: History<Op, Result>,
  question: Question<State, Op, Result>
): Verdict<State, Op, Result> => {
  const answer = answerOf(question)
  return answer.solved ? explained(level, history, question, answer) : unexplained(level, history, question, answer)
}

/** The order that an answer gives, done by the whole object. */
const placed = <State, Op, Result>(
  { table, operations }: Question<State, Op, Result>,
  { initial, order }: Answer
): ReadonlyArray<Placed<State, Op, Result>> => {
  const done = replayed(
    table,
    initial,
    order.flatMap((i) => operations[i] ?? [])
  )
  if (done === undefined)
    throw new RefusedSearch(
      `${table.object.name}: an order that explains the operations on each part does not explain them all; it is not made of ` +
        'the parts that partOf says, leave that out'
    )
  return done
}

const explained = <State, Op, Result>(
  level: Level,
  history: History<Op, Result>,
  question: Question<State, Op, Result>,
  answer: Answer
): Explained<State, Op, Result> => ({ _tag: 'Explained', level, history, order: placed(question, answer) })

const unexplained = <State, Op, Result>(
  level: Level,
  history: History<Op, Result>,
  question: Question<State, Op, Result>,
  answer: Answer
): Unexplained<State, Op, Result> => ({
  _tag: 'Unexplained',
  level,
  history,
  order: placed(question, answer),
  stuck: answer.stuck.flatMap((i) => question.operations[i] ?? []),
  expected: []
})

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

/** What else an operation might have returned, of all that it was seen to return: where the history then has an order. */
const expectedOf = <State, Op, Result>(
  question: Question<State, Op, Result>,
  operation: number
): ReadonlyArray<Result> => {
  const { table, operations } = question
  const own = operations[operation]
  if (own?.returned === undefined) return []
  const { at } = own.returned
  return table.resultsOf(table.opOf(own.op)).filter((result) => {
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
