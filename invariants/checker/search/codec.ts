/**
 * Files of searches: what may come in.
 */
import * as t from 'io-ts'

/** The first line of a checkpoint. */
export const CheckpointHead = t.type(
  {
    blockforest: t.literal('checkpoint'),
    model: t.string,
    of: t.record(t.string, t.string),
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
