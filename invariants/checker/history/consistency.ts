/**
 * Conditions of consistency that are weaker than linearizability, or speak of transactions.
 */
import { operationsOf } from './history.js'
import type { History, Operation } from './history.js'
import { linearizable } from './linearizable.js'
import { ObjectTable } from './object.js'
import type { SequentialObject } from './object.js'
import { transactions } from './puzzle.js'
import type { Respected } from './puzzle.js'
import { answerOf, single } from './question.js'
import type { Question } from './question.js'
import { explained, LIMIT, unexplained } from './verdict.js'
import type { DecideOptions, Level, Verdict } from './verdict.js'

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
