/** Leader election on a ring (Chang and Roberts 1979). */
import { leadsTo, weakly } from '../../invariants/property/property.js'
import { always, at, classic, tuples } from './classic.js'
import type { Classic, Step } from './classic.js'

interface Ring {
  readonly initiator: ReadonlyArray<boolean>
  readonly began: ReadonlyArray<boolean>
  readonly state: ReadonlyArray<'cand' | 'lost' | 'won'>
  /** The identities on their way to each node, in their order. */
  readonly inbox: ReadonlyArray<ReadonlyArray<number>>
}

const N = 3
const nodes = [0, 1, 2]

const sent = (inbox: Ring['inbox'], to: number, id: number): Ring['inbox'] =>
  at(inbox, to, [...new Set([...inbox[to]!, id])].sort())

const steps =
  (change?: string) =>
  (s: Ring): ReadonlyArray<readonly [Step, Ring]> =>
    nodes.flatMap((n): ReadonlyArray<readonly [Step, Ring]> => {
      const next = (n + 1) % N
      if (!s.began[n]!) {
        const inbox = s.initiator[n]! ? sent(s.inbox, next, n) : s.inbox
        return [[['n0', n], { ...s, began: at(s.began, n, true), inbox }]]
      }
      return s.inbox[n]!.map((id): readonly [Step, Ring] => {
        const rest = at(
          s.inbox,
          n,
          s.inbox[n]!.filter((other) => other !== id)
        )
        const step: Step = ['n1', n, id]
        if (s.state[n] === 'lost') return [step, { ...s, inbox: change === 'swallow' ? rest : sent(rest, next, id) }]
        if (id < n) return [step, { ...s, state: at(s.state, n, 'lost'), inbox: sent(rest, next, id) }]
        const wins = id === n || (change === 'any' && id > n)
        return [step, { ...s, state: wins ? at(s.state, n, 'won') : s.state, inbox: rest }]
      })
    })

export const changRoberts: Classic<Ring> = {
  name: 'ChangRoberts',
  after: 'chang_roberts/MCChangRoberts.tla, N = 3',
  states: 137,
  model: (change) =>
    classic(
      'Chang and Roberts',
      tuples([false, true], N).map((initiator) => ({
        initiator,
        began: nodes.map(() => false),
        state: initiator.map((is) => (is ? 'cand' : 'lost')),
        inbox: nodes.map(() => [])
      })),
      steps(change),
      [
        always(
          'Correctness',
          'who wins has begun, all others have lost, and no other that has begun comes before it',
          (s) =>
            nodes.every(
              (n) =>
                s.state[n] !== 'won' ||
                (s.initiator[n]! &&
                  nodes.every((m) => m === n || (s.state[m] === 'lost' && (!s.initiator[m]! || m > n))))
            )
        )
      ],
      [
        leadsTo(
          'Liveness',
          'where there is a candidate, somebody wins at last',
          ({ state }: Ring) => state.includes('cand'),
          ({ state }: Ring) => state.includes('won'),
          nodes
            .filter((n) => change !== 'asleep' || n > 0)
            .map((n) => weakly(`node ${n}`, ([, who]: Step) => who === n))
        )
      ]
    ),
  changes: [
    { change: 'any', breaks: 'Correctness', steps: 3 },
    { change: 'swallow', breaks: 'Liveness', steps: 4, loop: 4 },
    { change: 'asleep', breaks: 'Liveness', steps: 2, loop: 2 }
  ]
}
