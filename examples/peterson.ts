/**
 * Two processes that take turns (Peterson 1981): what can go wrong where one does not, in a state, for lack of steps, and for
 * ever.
 *
 *     npx blockforest check ./examples/peterson.ts
 *     npx blockforest check ./examples/peterson.ts --mutant alternate
 */
import * as O from 'fp-ts/lib/Option.js'
import { systemModel } from '../invariants/checker/index.js'
import type { Model } from '../invariants/checker/index.js'
import { goal, leadsTo, noDeadlock, stepInvariant, weakly, whole } from '../invariants/index.js'
import { defineSystem } from '../invariants/systems/index.js'

/** Where a process is: it has nothing to do, has said that it wants in, has let the other go first, or is in. */
type Place = 'idle' | 'wants' | 'waits' | 'in'

interface State {
  readonly at: readonly [Place, Place]
  readonly flag: readonly [boolean, boolean]
  readonly turn: 0 | 1
}

interface Step {
  readonly _tag: 'want' | 'yield' | 'enter' | 'leave'
  readonly process: 0 | 1
}

/** What a waiting process waits for. */
type MayEnter = (s: State, process: 0 | 1, other: 0 | 1) => boolean
const peterson: MayEnter = (s, process, other) => !s.flag[other] || s.turn === process

const next =
  (mayEnter: MayEnter) =>
  (s: State, { _tag, process }: Step): O.Option<State> => {
    const other = process === 0 ? 1 : 0
    const goes = (from: Place, to: Place, flag = s.flag[process], turn = s.turn): O.Option<State> =>
      s.at[process] !== from
        ? O.none
        : O.some({
            at: process === 0 ? [to, s.at[1]] : [s.at[0], to],
            flag: process === 0 ? [flag, s.flag[1]] : [s.flag[0], flag],
            turn
          })
    switch (_tag) {
      case 'want':
        return goes('idle', 'wants', true)
      case 'yield':
        return goes('wants', 'waits', s.flag[process], other)
      case 'enter':
        return mayEnter(s, process, other) ? goes('waits', 'in') : O.none
      case 'leave':
        return goes('in', 'idle', false)
    }
  }

const model = (mayEnter: MayEnter): Model<State, Step> => {
  const step = next(mayEnter)
  const all = ([0, 1] as const).flatMap((process) =>
    (['want', 'yield', 'enter', 'leave'] as const).map((_tag): Step => ({ _tag, process }))
  )
  // Who has nothing to do may have nothing to do for ever; who has begun goes on.
  const fairness = ([0, 1] as const).map((process) =>
    weakly(`process ${process} goes on`, (a: Step) => a.process === process && a._tag !== 'want')
  )
  return systemModel<State, Step>({
    name: 'two processes',
    system: {
      initial: [{ at: ['idle', 'idle'], flag: [false, false], turn: 0 }],
      actions: (s) => all.filter((a) => O.isSome(step(s, a))),
      next: step
    },
    invariants: [
      whole('exclusion', 'at most one process is in', ({ at }) =>
        at[0] === 'in' && at[1] === 'in' ? [{ witness: 'both are' }] : []
      )
    ],
    properties: [
      noDeadlock(),
      stepInvariant('one at a time', 'a step moves one process', (before, _, after) =>
        before.at[0] !== after.at[0] && before.at[1] !== after.at[1] ? [{ witness: 'both moved' }] : []
      ),
      goal('contention', 'both wait at once', ({ at }) => at[0] === 'waits' && at[1] === 'waits'),
      ...([0, 1] as const).map((process) =>
        leadsTo<State, Step>(
          `process ${process} gets in`,
          'who wants in gets in',
          ({ at }) => at[process] === 'wants',
          ({ at }) => at[process] === 'in',
          fairness
        )
      )
    ]
  })
}

export default defineSystem<Record<string, never>, State, Step>({
  name: 'peterson',
  says: 'Two processes that take turns.',
  form: {},
  presets: [{ name: 'two', of: {}, tier: 'fast', expect: { verdict: 'holds', states: 20, transitions: 34, depth: 6 } }],
  model: () => model(peterson),
  mutants: [
    {
      name: 'hasty',
      says: 'Nobody looks whether the other is in.',
      where: {},
      expect: { verdict: 'violated', steps: 6 },
      model: () => model(() => true)
    },
    {
      name: 'polite',
      says: 'Each waits for as long as the other wants in.',
      where: {},
      expect: { verdict: 'violated', steps: 4 },
      model: () => model((s, _, other) => !s.flag[other])
    },
    {
      name: 'alternate',
      says: 'Each waits until it is its turn, whether the other wants in or not.',
      where: {},
      expect: { verdict: 'violated', steps: 2 },
      model: () => model((s, process) => s.turn === process)
    }
  ]
})
