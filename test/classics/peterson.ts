/** Peterson's algorithm for two processes, which implements a lock. */
import { leadsTo, weakly } from '../../invariants/property/property.js'
import { refines } from '../../invariants/property/refinement.js'
import { always, at, classic, stepsFrom } from './classic.js'
import type { Classic, Step } from './classic.js'

type Place = 'a0' | 'a1' | 'a2' | 'a3' | 'cs' | 'a4'
interface Flags {
  readonly at: ReadonlyArray<Place>
  readonly wants: ReadonlyArray<boolean>
  readonly turn: number
}

const both = [0, 1]

const steps =
  (change?: string) =>
  (s: Flags): ReadonlyArray<readonly [Step, Flags]> =>
    both.flatMap((p): ReadonlyArray<readonly [Step, Flags]> => {
      const go = (to: Place, rest: Partial<Flags> = {}): ReadonlyArray<readonly [Step, Flags]> => [
        [[s.at[p]!, p], { ...s, ...rest, at: at(s.at, p, to) }]
      ]
      switch (s.at[p]!) {
        case 'a0':
          return go('a1')
        case 'a1':
          return go('a2', { wants: at(s.wants, p, true) })
        case 'a2':
          return go('a3', { turn: change === 'own turn' ? p : 1 - p })
        case 'a3':
          return !s.wants[1 - p]! || s.turn === p ? go('cs') : []
        case 'cs':
          return go('a4')
        case 'a4':
          return go('a0', { wants: at(s.wants, p, false) })
      }
    })

type LockPlace = 'l0' | 'l1' | 'cs' | 'l2'
interface Lock {
  readonly at: ReadonlyArray<LockPlace>
  readonly free: boolean
}

/** The lock: who wants in waits until it is free. */
const lock = stepsFrom<Lock>([{ at: ['l0', 'l0'], free: true }], (s) =>
  both.flatMap((p): ReadonlyArray<readonly [Step, Lock]> => {
    const go = (to: LockPlace, free = s.free): ReadonlyArray<readonly [Step, Lock]> => [
      [[s.at[p]!, p], { at: at(s.at, p, to), free }]
    ]
    switch (s.at[p]!) {
      case 'l0':
        return go('l1')
      case 'l1':
        return s.free ? go('cs', false) : []
      case 'cs':
        return go('l2')
      case 'l2':
        return go('l0', true)
    }
  })
)

const asLock = ({ at: where }: Flags): Lock => ({
  at: where.map((place) => (place === 'a0' ? 'l0' : place === 'cs' ? 'cs' : place === 'a4' ? 'l2' : 'l1')),
  free: !where.some((place) => place === 'cs' || place === 'a4')
})

const fairnessFor = (change?: string) =>
  both.filter((p) => change !== 'may stop' || p === 0).map((p) => weakly(`process ${p}`, ([, who]: Step) => who === p))

export const peterson: Classic<Flags> = {
  name: 'Peterson',
  after: 'locks_auxiliary_vars/Peterson.tla',
  states: 42,
  model: (change) =>
    classic(
      'Peterson',
      [{ at: ['a0', 'a0'], wants: [false, false], turn: 0 }],
      steps(change),
      [
        always('exclusion', 'at most one process is in its critical section', ({ at: where }) =>
          both.some((p) => where[p] !== 'cs' && where[p] !== 'a4')
        )
      ],
      [
        refines({
          name: 'lock',
          says: 'it is a lock',
          // Who wants in is let in where the lock is free again and again: by process, that is strong fairness of the lock.
          of: {
            name: 'the lock',
            system: lock,
            key: (s) => JSON.stringify(s),
            fairness: both.map((p) => ({
              strength: 'strong' as const,
              name: `process ${p}`,
              of: ([, who]: Step) => who === p
            }))
          },
          state: asLock,
          fairness: fairnessFor(change)
        }),
        ...both.map((p) =>
          leadsTo(
            `process ${p}`,
            'who wants in gets in',
            ({ at: where }: Flags) => where[p] === 'a1',
            ({ at: where }: Flags) => where[p] === 'cs',
            fairnessFor(change)
          )
        )
      ]
    ),
  changes: [
    { change: 'own turn', breaks: 'exclusion', steps: 8 },
    { change: 'may stop', breaks: 'process 1', steps: 10, loop: 4 },
    { change: 'may stop', breaks: 'lock', steps: 5, loop: 5 }
  ]
}
