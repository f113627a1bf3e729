/**
 * Histories: what the clients of a shared object saw of it, as calls and returns in the order in which they happened.
 */
import type { Run } from '../trace/judgement.js'
import { tagOf } from '../model/words.js'

/** Who calls: a client, a thread. It waits for one operation at a time. */
export type Process = number | string

/** The call of an operation, or the return of the operation that its process has open. */
export type HistoryEvent<Op, Result> =
  | { readonly _tag: 'Call'; readonly process: Process; readonly op: Op }
  | { readonly _tag: 'Return'; readonly process: Process; readonly result: Result }

/**
 * Calls and returns, the earliest first. An operation without a return is pending: it may take effect at any time after its
 * call, or never. That is also how to write down a client that has crashed or waits in vain; it makes no more calls, and who
 * goes on in its place is another process.
 */
export type History<Op, Result> = ReadonlyArray<HistoryEvent<Op, Result>>

/** An operation of a history. */
export interface Operation<Op, Result> {
  readonly process: Process
  readonly op: Op
  /** Which event of the history is its call, from 0 on. */
  readonly called: number
  /** Which event is its return, and with what result; none: it is pending. */
  readonly returned: { readonly at: number; readonly result: Result } | undefined
}

/** The call of an operation. */
export const call = <Op>(process: Process, op: Op): HistoryEvent<Op, never> => ({ _tag: 'Call', process, op })

/** The return of the operation that a process has open. */
export const returns = <Result>(process: Process, result: Result): HistoryEvent<never, Result> => ({
  _tag: 'Return',
  process,
  result
})

/** Events that are no history: who has recorded them is at fault, and the message names the event. */
export class MalformedHistory extends RangeError {
  override readonly name = 'MalformedHistory'
}

/**
 * The operations of a history, in the order of their calls.
 * @throws MalformedHistory where a process calls while it has an operation open, or returns while it has none.
 */
export const operationsOf = <Op, Result>(history: History<Op, Result>): ReadonlyArray<Operation<Op, Result>> => {
  const operations: Array<Operation<Op, Result>> = []
  /** Which operation each process has open. */
  const open = new Map<Process, number>()
  for (const [i, event] of history.entries()) {
    const its = open.get(event.process)
    const own = its === undefined ? undefined : operations[its]
    if (event._tag === 'Call') {
      if (own !== undefined)
        throw new MalformedHistory(
          `event ${String(i)}: process ${String(event.process)} calls ${tagOf(event.op)}, but its operation called in event ` +
            `${String(own.called)} has not returned; a process waits for one operation at a time`
        )
      open.set(event.process, operations.length)
      operations.push({ process: event.process, op: event.op, called: i, returned: undefined })
    } else {
      if (its === undefined || own === undefined)
        throw new MalformedHistory(
          `event ${String(i)}: process ${String(event.process)} returns, but it has no operation open`
        )
      operations[its] = { ...own, returned: { at: i, result: event.result } }
      open.delete(event.process)
    }
  }
  return operations
}

/** What a step of a system shows its clients: the events that it adds to the history, in order; most steps add none. */
export type EventsOf<S, A, Op, Result> = (before: S, action: A, after: S) => History<Op, Result>

/** The history of an execution of a model. */
export const historyOf = <S, A, Op, Result>(
  { states, actions }: Run<S, A>,
  eventsOf: EventsOf<S, A, Op, Result>
): History<Op, Result> =>
  actions.flatMap((action, i) => {
    const [before, after] = [states[i], states[i + 1]]
    return before === undefined || after === undefined ? [] : eventsOf(before, action, after)
  })
