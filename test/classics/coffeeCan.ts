/** Beans are drawn from a can, two at a time, and one is put back (Gries, The Science of Programming). */
import { eventually, leadsTo, stepInvariant, weakly } from '../../invariants/property/property.js'
import { always, classic } from './classic.js'
import type { Classic, Step } from './classic.js'

interface Can {
  readonly black: number
  readonly white: number
}

const MOST = 100
const upTo = (n: number): ReadonlyArray<number> => Array.from({ length: n + 1 }, (_, i) => i)

/** Two of one colour are replaced by a black one, two different ones by a white one. */
const steps =
  (change?: string) =>
  ({ black, white }: Can): ReadonlyArray<readonly [Step, Can]> => [
    ...(black >= 2 ? [[['PickSameColorBlack'], { black: black - 1, white }] as const] : []),
    ...(white >= 2 && change !== 'kept'
      ? [[['PickSameColorWhite'], { black: black + (change === 'refilled' ? 2 : 1), white: white - 2 }] as const]
      : []),
    ...(black >= 1 && white >= 1
      ? [
          [
            ['PickDifferentColor'],
            change === 'swapped' ? { black, white: white - 1 } : { black: black - 1, white }
          ] as const
        ]
      : [])
  ]

const isEven = ({ white }: Can): boolean => white % 2 === 0

export const coffeeCan: Classic<Can> = {
  name: 'CoffeeCan',
  after: 'CoffeeCan/CoffeeCan.tla, MaxBeanCount = 100',
  states: 5_150,
  model: (change) => {
    const fairness = change === 'idle' ? [] : [weakly('Next', () => true)]
    return classic(
      'coffee can',
      upTo(MOST).flatMap((black) =>
        upTo(MOST - black)
          .filter((white) => black + white > 0)
          .map((white) => ({ black, white }))
      ),
      steps(change),
      [always('TypeInvariant', 'there are beans, and no more than fit', (s) => s.black + s.white <= MOST)],
      [
        stepInvariant('MonotonicDecrease', 'each step takes a bean out', (before: Can, _: Step, after: Can) =>
          after.black + after.white < before.black + before.white ? [] : [{ witness: 'it does not' }]
        ),
        stepInvariant('LoopInvariant', 'white beans stay even, or odd', (before: Can, _: Step, after: Can) =>
          isEven(before) === isEven(after) ? [] : [{ witness: 'they do not' }]
        ),
        eventually('EventuallyTerminates', 'one bean is left', (s: Can) => s.black + s.white === 1, fairness),
        // The original speaks of where it begins; as white beans stay even or odd, that is the same.
        leadsTo(
          'EvenTermination',
          'from an even number of white beans one black bean',
          isEven,
          (s) => s.black === 1 && s.white === 0,
          fairness
        ),
        leadsTo(
          'OddTermination',
          'from an odd number of white beans one white bean',
          (s: Can) => !isEven(s),
          (s) => s.black === 0 && s.white === 1,
          fairness
        )
      ]
    )
  },
  changes: [
    { change: 'refilled', breaks: 'MonotonicDecrease', steps: 1 },
    { change: 'swapped', breaks: 'LoopInvariant', steps: 1 },
    { change: 'kept', breaks: 'EventuallyTerminates', steps: 0, loop: 0 },
    { change: 'kept', breaks: 'EvenTermination', steps: 0, loop: 0 },
    { change: 'idle', breaks: 'OddTermination', steps: 0, loop: 0 }
  ]
}
