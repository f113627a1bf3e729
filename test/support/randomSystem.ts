/**
 * Random small transition systems that are no networks: states and steps are looked up in random tables, and so is what
 * must not happen.
 */
import * as O from 'fp-ts/lib/Option.js'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { systemModel } from '../../invariants/checker/model/systemModel.js'
import type { Model } from '../../invariants/checker/model/model.js'
import { whole } from '../../invariants/property/invariant.js'
import { iota } from '../../spec/prelude/seq.js'

/** A place in the system. The note says how it was reached, and does not tell states apart. */
export interface RandomPlace {
  readonly at: number
  readonly note: number
}

/** A step: its kind, and which of that kind. */
export interface RandomStep {
  readonly _tag: 'a' | 'b'
  readonly nth: number
}

/** The model of the random system with a number. */
export const randomSystem = (seed: number): Model<RandomPlace, RandomStep> => {
  const random = xoroshiro128plus(seed)
  const draw = (below: number): number => uniformInt(random, 0, below - 1)
  const size = 2 + draw(400)
  // With more steps from a place, more places can be reached, and soon.
  const most = 1 + draw(4)
  const edges = iota(size).map(() =>
    iota(draw(most + 1)).map((nth) => ({
      step: { _tag: draw(2) === 0 ? ('a' as const) : ('b' as const), nth },
      // Now and then an action leads nowhere.
      to: draw(20) === 0 ? undefined : draw(size)
    }))
  )
  const bad = new Set(iota(draw(3)).map(() => draw(size)))
  return systemModel<RandomPlace, RandomStep>({
    name: `random system ${seed}`,
    system: {
      initial: [{ at: 0, note: 0 }],
      actions: ({ at }) => edges[at]!.map(({ step }) => step),
      next: ({ at }, { nth }) => O.Functor.map(O.fromNullable(edges[at]![nth]!.to), (to) => ({ at: to, note: at }))
    },
    key: ({ at }) => String(at),
    kinds: ['a', 'b', 'never'],
    invariants: [whole('good', 'no place is bad', ({ at }) => (bad.has(at) ? [{ witness: String(at) }] : []))],
    states: [{ name: 'even', says: 'the number of the place is even', of: ({ at }) => at % 2 === 0 }],
    steps: [{ name: 'down', says: 'the number decreases', of: (before, after) => after.at < before.at }]
  })
}
