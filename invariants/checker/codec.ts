/**
 * Trace files: what may come in.
 */
import * as t from 'io-ts'

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
