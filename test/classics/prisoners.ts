/** Prisoners who meet no more than two switches, one at a time, and one of whom counts (tlaplus/Examples, after Car Talk). */
import { eventually, weakly } from '../../invariants/property/property.js'
import { always, at, classic } from './classic.js'
import type { Classic, Step } from './classic.js'

interface Prison {
  readonly a: boolean
  readonly b: boolean
  /** How often each but the counter has switched A on. */
  readonly switched: ReadonlyArray<number>
  readonly count: number
}

const others = [0, 1, 2]
const bools = [false, true]

const steps =
  (change?: string) =>
  (s: Prison): ReadonlyArray<readonly [Step, Prison]> => [
    [['CounterStep'], s.a ? { ...s, a: false, count: s.count + 1 } : { ...s, b: !s.b }],
    ...others.map((i): readonly [Step, Prison] => [
      ['NonCounterStep', i],
      !s.a && s.switched[i]! < (change === 'eager' ? 3 : change === 'once' ? 1 : 2)
        ? { ...s, a: true, switched: at(s.switched, i, s.switched[i]! + 1) }
        : { ...s, b: !s.b }
    ])
  ]

const isDone = ({ count }: Prison): boolean => count === 2 * others.length

export const prisoners: Classic<Prison> = {
  name: 'Prisoners',
  after: 'Prisoners/Prisoners.tla, four prisoners',
  states: 214,
  model: (change) =>
    classic(
      'prisoners',
      bools.flatMap((a) => bools.map((b) => ({ a, b, switched: others.map(() => 0), count: 0 }))),
      steps(change),
      [
        always('Safety', 'who says that all were there is right', (s) => !isDone(s) || s.switched.every((n) => n > 0)),
        always('CountInvariant', 'the count is what was switched, and perhaps one more', ({ a, switched, count }) => {
          const total = switched.reduce((sum, n) => sum + n, 0) - (a ? 1 : 0)
          return count === total || count === total + 1
        })
      ],
      [
        eventually('Liveness', 'it is said', isDone, [
          ...(change === 'asleep' ? [] : [weakly('CounterStep', ([name]: Step) => name === 'CounterStep')]),
          ...others.map((i) => weakly(`NonCounterStep ${i}`, ([, who]: Step) => who === i))
        ])
      ]
    ),
  changes: [
    { change: 'eager', breaks: 'Safety', steps: 11 },
    { change: 'once', breaks: 'Liveness', steps: 14, loop: 6 },
    { change: 'asleep', breaks: 'Liveness', steps: 6, loop: 0 }
  ]
}
