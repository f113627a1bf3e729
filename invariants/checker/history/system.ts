/**
 * Histories in a model: whether a history is linearizable depends on a whole execution, so the states carry it along.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../../../spec/system/transitionSystem.js'
import { whole } from '../../property/invariant.js'
import type { Invariant, Objections } from '../../property/invariant.js'
import { remember } from '../data/remember.js'
import { Names } from '../data/names.js'
import type { EventsOf, History } from './history.js'
import { serializable } from './consistency.js'
import type { TransactionOf } from './consistency.js'
import { linearizableBy } from './linearizable.js'
import { ObjectTable } from './object.js'
import type { SequentialObject } from './object.js'
import { verdictText } from './picture.js'
import type { HistoryWords } from './picture.js'
import type { Verdict } from './verdict.js'

/** A state, and what the clients saw until then. */
export interface WithHistory<S, Op, Result> {
  readonly state: S
  readonly history: History<Op, Result>
}

/**
 * The system whose states carry the history so far. Two states are the same if their histories are, too: so there are as many
 * as there are ways to get to a state that clients can tell apart, and they are finitely many only where the clients call
 * finitely often.
 */
export const withHistory = <S, A, Op, Result>(
  { initial, actions, next }: TransitionSystem<S, A>,
  eventsOf: EventsOf<S, A, Op, Result>
): TransitionSystem<WithHistory<S, Op, Result>, A> => ({
  initial: initial.map((state) => ({ state, history: [] })),
  actions: ({ state }) => actions(state),
  next: ({ state, history }, action) =>
    O.Functor.map(next(state, action), (after) => {
      const events = eventsOf(state, action, after)
      return { state: after, history: events.length === 0 ? history : [...history, ...events] }
    })
})

/** An invariant of the history so far, each history decided once; the witness is the history as `verdictText` draws it. */
const soFar = <S, State, Op, Result>(
  name: string,
  says: string,
  decide: (history: History<Op, Result>) => Verdict<State, Op, Result>,
  words: HistoryWords<Op, Result>
): Invariant<WithHistory<S, Op, Result>> => {
  const objections = remember((history: History<Op, Result>): Objections => {
    const verdict = decide(history)
    return verdict._tag === 'Explained' ? [] : [{ witness: verdictText(verdict, words) }]
  }, new Names())
  return whole(name, says, ({ history }) => objections(history))
}

/**
 * The invariant that the history so far is linearizable. A breadth-first search finds a shortest execution whose history is
 * not.
 *
 * It throws what `linearizable` throws: `MalformedHistory` where the events of the steps are no history.
 */
export const linearizableSoFar = <S, State, Op, Result>(
  object: SequentialObject<State, Op, Result>,
  words: HistoryWords<Op, Result> = {}
): Invariant<WithHistory<S, Op, Result>> => {
  const table = new ObjectTable(object)
  return soFar(
    `linearizable as a ${object.name}`,
    'what the clients have seen so far has an order, in time, in which the object does the same',
    (history) => linearizableBy(table, history),
    words
  )
}

/**
 * The invariant that the history so far is serializable. It is asked at every moment, though a later transaction may explain
 * an earlier result: nobody who commits knows what is to come. So a history should have the operations of a transaction when
 * it commits, and none of those that never do; when they took place is no matter.
 *
 * It throws what `serializable` throws.
 */
export const serializableSoFar = <S, State, Op, Result>(
  object: SequentialObject<State, Op, Result>,
  transactionOf: TransactionOf<Op, Result>,
  words: HistoryWords<Op, Result> = {}
): Invariant<WithHistory<S, Op, Result>> =>
  soFar(
    `serializable on the ${object.name}`,
    'what was committed so far has an order of whole transactions in which the object does the same',
    (history) => serializable(history, object, transactionOf),
    words
  )
