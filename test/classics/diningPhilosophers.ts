/** Dining philosophers who hand each other forks (Chandy and Misra 1984). */
import { infinitelyOften, weakly } from '../../invariants/property/property.js'
import { always, at, classic } from './classic.js'
import type { Classic, Step } from './classic.js'

interface Fork {
  readonly holder: number
  readonly clean: boolean
}
interface Table {
  /** The fork with the number of a philosopher is at the left of that one. */
  readonly forks: ReadonlyArray<Fork>
  readonly at: ReadonlyArray<'loop' | 'eat' | 'think'>
  readonly hungry: ReadonlyArray<boolean>
}

const N = 5
const philosophers = [0, 1, 2, 3, 4]
const next = (p: number): number => (p + 1) % N

const steps =
  (change?: string) =>
  (s: Table): ReadonlyArray<readonly [Step, Table]> =>
    philosophers.flatMap((p): ReadonlyArray<readonly [Step, Table]> => {
      const [left, right] = [p, next(p)]
      switch (s.at[p]) {
        case 'loop': {
          const isDirty = (fork: number): boolean => s.forks[fork]!.holder === p && !s.forks[fork]!.clean
          const given = (fork: number, to: number) => at(s.forks, fork, { holder: to, clean: change !== 'dirty' })
          const forks =
            change === 'greedy'
              ? s.forks
              : isDirty(left)
                ? given(left, (p + N - 1) % N)
                : isDirty(right)
                  ? given(right, right)
                  : s.forks
          // The forks as they were before one was handed on.
          const canEat = [left, right].every((fork) => s.forks[fork]!.holder === p && s.forks[fork]!.clean)
          const holds = change === 'hasty' || canEat
          return [[['loop', p], { ...s, forks, at: at(s.at, p, s.hungry[p]! ? (holds ? 'eat' : 'loop') : 'think') }]]
        }
        case 'eat': {
          const forks = [left, right].reduce((all, fork) => at(all, fork, { ...all[fork]!, clean: false }), s.forks)
          return [[['eat', p], { forks, hungry: at(s.hungry, p, false), at: at(s.at, p, 'loop') }]]
        }
        default:
          return [[['think', p], { ...s, hungry: at(s.hungry, p, true), at: at(s.at, p, 'loop') }]]
      }
    })

const initial: Table = {
  forks: philosophers.map((fork) => ({ holder: fork === 1 ? 0 : fork, clean: false })),
  at: philosophers.map(() => 'loop'),
  hungry: philosophers.map(() => true)
}

export const diningPhilosophers: Classic<Table> = {
  name: 'DiningPhilosophers',
  after: 'DiningPhilosophers/DiningPhilosophers.tla, NP = 5',
  states: 67,
  model: (change) =>
    classic(
      'dining philosophers',
      [initial],
      steps(change),
      [
        always('exclusion', 'neighbours do not eat at the same time', ({ at: where }) =>
          philosophers.every((p) => where[p] !== 'eat' || where[next(p)] !== 'eat')
        )
      ],
      philosophers.map((p) =>
        infinitelyOften(
          `philosopher ${p}`,
          'nobody starves',
          ({ hungry }: Table) => !hungry[p]!,
          philosophers
            .filter((q) => change !== 'asleep' || q !== 0)
            .map((q) => weakly(`philosopher ${q}`, ([, who]: Step) => who === q))
        )
      )
    ),
  changes: [
    { change: 'hasty', breaks: 'exclusion', steps: 2 },
    { change: 'dirty', breaks: 'philosopher 0', steps: 10, loop: 0 },
    { change: 'greedy', breaks: 'philosopher 0', steps: 0, loop: 0 },
    { change: 'asleep', breaks: 'philosopher 0', steps: 3, loop: 3 }
  ]
}
