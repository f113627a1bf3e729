/**
 * Verdicts on histories: an order of the operations that explains what they returned, or why there is none.
 */
import { RefusedSearch } from '../model/refusal.js'
import type { History, Operation } from './history.js'
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

/** The most positions that are examined unless it is said otherwise. */
export const LIMIT = 10_000_000

/** The order that an answer gives, done by the whole object. */
export const placed = <State, Op, Result>(
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

export const explained = <State, Op, Result>(
  level: Level,
  history: History<Op, Result>,
  question: Question<State, Op, Result>,
  answer: Answer
): Explained<State, Op, Result> => ({ _tag: 'Explained', level, history, order: placed(question, answer) })

export const unexplained = <State, Op, Result>(
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
