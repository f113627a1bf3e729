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

/** What a random system may have besides. */
export interface RandomSystemOptions {
  /** Now and then there are several initial places, a place with many steps, or a function that throws. Default: false. */
  readonly wild?: boolean
}

/** The model of the random system with a number. */
export const randomSystem = (
  seed: number,
  { wild = false }: RandomSystemOptions = {}
): Model<RandomPlace, RandomStep> => {
  const random = xoroshiro128plus(seed)
  const draw = (below: number): number => uniformInt(random, 0, below - 1)
  const size = 2 + draw(400)
  // With more steps from a place, more places can be reached, and soon.
  const most = 1 + draw(4)
  const widest = wild && draw(3) === 0 ? draw(size) : -1
  const edges = iota(size).map((place) =>
    iota(place === widest ? 300 : draw(most + 1)).map((nth) => ({
      step: { _tag: draw(2) === 0 ? ('a' as const) : ('b' as const), nth },
      // Now and then an action leads nowhere.
      to: draw(20) === 0 ? undefined : draw(size)
    }))
  )
  const bad = new Set(iota(draw(3)).map(() => draw(size)))
  const starts = wild ? iota(1 + draw(4)).map(() => draw(size)) : [0]
  /** Where a function throws: one of them, at one place; mostly none. */
  const wrong = wild ? { where: draw(6), at: draw(size) } : { where: 0, at: 0 }
  const throwing = (where: number, at: number): void => {
    if (wrong.where === where && wrong.at === at) throw new RangeError(`at ${at}`)
  }
  return systemModel<RandomPlace, RandomStep>({
    name: `random system ${seed}`,
    system: {
      initial: starts.map((at) => ({ at, note: 0 })),
      actions: ({ at }) => {
        throwing(1, at)
        return edges[at]!.map(({ step }) => step)
      },
      next: ({ at }, { nth }) => {
        throwing(2, at)
        return O.Functor.map(O.fromNullable(edges[at]![nth]!.to), (to) => ({ at: to, note: at }))
      }
    },
    key: ({ at }) => String(at),
    kinds: ['a', 'b', 'never'],
    invariants: [
      whole('good', 'no place is bad', ({ at }) => {
        throwing(3, at)
        return bad.has(at) ? [{ witness: String(at) }] : []
      })
    ],
    states: [{ name: 'even', says: 'the number of the place is even', of: ({ at }) => at % 2 === 0 }],
    steps: [{ name: 'down', says: 'the number decreases', of: (before, after) => after.at < before.at }]
  })
}
