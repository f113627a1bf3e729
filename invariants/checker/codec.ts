/**
 * Trace files: what may come in.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'

/** The part of an ITF file that this project reads. Other fields are allowed and kept. */
export const ItfTrace = t.intersection(
  [
    t.type({
      '#meta': t.intersection([
        t.type({ format: t.literal('ITF') }),
        t.partial({ description: t.string, blockforest: t.UnknownRecord })
      ]),
      vars: t.array(t.string),
      states: t.array(t.UnknownRecord)
    }),
    t.partial({ params: t.array(t.string) })
  ],
  'ITF trace'
)
export type ItfTrace = t.TypeOf<typeof ItfTrace>

/** A trace in ITF. Left: what is wrong, in one line. */
export const decodeTrace = (u: unknown): Either<string, ItfTrace> => {
  const decoded = ItfTrace.decode(u)
  return E.isRight(decoded)
    ? decoded
    : E.left(`not a trace in ITF: ${PathReporter.report(decoded).slice(0, 3).join('; ')}`)
}

/** The first line of a checkpoint. */
export const CheckpointHead = t.type(
  {
    blockforest: t.literal('checkpoint'),
    model: t.string,
    at: t.type({
      transitions: t.number,
      depth: t.number,
      levelEnd: t.number,
      complete: t.boolean,
      expanded: t.number
    }),
    dump: t.unknown,
    visited: t.number,
    parent: t.number,
    place: t.number,
    queue: t.array(t.number)
  },
  'checkpoint'
)
