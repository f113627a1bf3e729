/**
 * Histories that come from outside, as JSON: a list of events, each with the codecs of its operation or its result.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { MalformedHistory, operationsOf } from './history.js'
import type { History, HistoryEvent } from './history.js'

/** Why events are no history; undefined where they are one. */
const misfit = (events: History<unknown, unknown>): string | undefined => {
  try {
    operationsOf(events)
    return undefined
  } catch (e) {
    if (e instanceof MalformedHistory) return e.message
    throw e
  }
}

/**
 * The codec of histories, from those of operations and results. A `Return` without a field `result` returns undefined, if
 * the codec of results takes that.
 */
export const HistoryOf = <Op, Result>(
  op: t.Type<Op, unknown>,
  result: t.Type<Result, unknown>
): t.Type<History<Op, Result>, unknown> => {
  const process = t.union([t.number, t.string])
  const Events: t.Type<ReadonlyArray<HistoryEvent<Op, Result>>, unknown> = t.readonlyArray(
    t.union([t.type({ _tag: t.literal('Call'), process, op }), t.type({ _tag: t.literal('Return'), process, result })]),
    'History'
  )
  return new t.Type(
    'History',
    (u): u is History<Op, Result> => Events.is(u) && misfit(u) === undefined,
    (u, context) =>
      E.Monad.chain(Events.validate(u, context), (events) => {
        const wrong = misfit(events)
        return wrong === undefined ? t.success(events) : t.failure(u, context, wrong)
      }),
    Events.encode
  )
}

/** A history, decoded. Left: what is wrong, in one line. */
export const decodeHistory = <Op, Result>(
  op: t.Type<Op, unknown>,
  result: t.Type<Result, unknown>,
  u: unknown
): Either<string, History<Op, Result>> => {
  const decoded = HistoryOf(op, result).decode(u)
  return E.isRight(decoded) ? decoded : E.left(`not a history: ${PathReporter.report(decoded).slice(0, 3).join('; ')}`)
}
