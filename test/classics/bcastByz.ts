/** Reliable broadcast in one round with Byzantine processes (Srikanth and Toueg 1987). */
import { leadsTo, weakly } from '../../invariants/property/property.js'
import { always, at, classic, sublists, tuples } from './classic.js'
import type { Classic, Step } from './classic.js'

type Place = 'V0' | 'V1' | 'SE' | 'AC'
interface Round {
  readonly correct: ReadonlyArray<number>
  readonly at: ReadonlyArray<Place>
  readonly received: ReadonlyArray<ReadonlyArray<number>>
  /** Which correct processes have sent ECHO to all. */
  readonly sent: ReadonlyArray<number>
}

const [N, T, F] = [4, 1, 1]
const processes = [0, 1, 2, 3]

const union = (one: ReadonlyArray<number>, other: ReadonlyArray<number>): ReadonlyArray<number> =>
  processes.filter((p) => one.includes(p) || other.includes(p))

/** Where a process goes that has received so many echoes, and whether it echoes. */
const moves = (place: Place, echoes: number, change?: string): ReadonlyArray<readonly [Place, boolean]> => {
  const accepts = echoes >= N - T
  const waits = place === 'V0' || place === 'V1'
  return [
    ...(place === 'V1' ? [['SE', true] as const] : []),
    ...(waits && change !== 'no relay' && echoes >= (change === 'one echo' ? T : N - 2 * T) && !accepts
      ? [['SE', true] as const]
      : []),
    ...(waits && accepts ? [['AC', true] as const] : []),
    ...(place === 'SE' && accepts ? [['AC', false] as const] : [])
  ]
}

const steps =
  (change?: string) =>
  (s: Round): ReadonlyArray<readonly [Step, Round]> =>
    s.correct.flatMap((p) => {
      const faulty = processes.filter((q) => !s.correct.includes(q))
      const sets = new Map(
        sublists(union(s.sent, faulty)).map((more) => {
          const received = union(s.received[p]!, more)
          return [received.join('+'), received] as const
        })
      )
      return [...sets.values()].flatMap((received) =>
        [...new Map(moves(s.at[p]!, received.length, change).map((move) => [move.join(), move])).values()].map(
          ([place, echoes]): readonly [Step, Round] => {
            const isFromCorrect = received.every((q) => s.received[p]!.includes(q) || s.sent.includes(q))
            return [
              [isFromCorrect ? 'hears correct ones' : 'hears', p, received.join('+'), place],
              {
                ...s,
                at: at(s.at, p, place),
                received: at(s.received, p, received),
                sent: echoes ? union(s.sent, [p]) : s.sent
              }
            ]
          }
        )
      )
    })

const all =
  (place: Place) =>
  (s: Round): boolean =>
    s.correct.every((p) => s.at[p] === place)

/** Where executions may begin: any so many processes are correct. */
const begins = (began: ReadonlyArray<ReadonlyArray<Place>>): ReadonlyArray<Round> =>
  sublists(processes)
    .filter(({ length }) => length === N - F)
    .flatMap((correct) => began.map((where) => ({ correct, at: where, received: processes.map(() => []), sent: [] })))

export const bcastByz: Classic<Round> = {
  name: 'bcastByz',
  after: 'bcastByz/bcastByz.tla, N = 4, T = 1, F = 1',
  states: 14424,
  model: (change) => {
    const hears = weakly('hears correct ones', ([name]: Step) => name === 'hears correct ones')
    const fairness = change === 'unfair' ? [] : [hears]
    return classic(
      'reliable broadcast',
      begins(tuples<Place>(['V0', 'V1'], N)),
      steps(change),
      [],
      [
        leadsTo('CorrLtl', 'where all have broadcast, all accept at last', all('V1'), all('AC'), fairness),
        leadsTo(
          'RelayLtl',
          'where one accepts, all do at last',
          (s: Round) => s.correct.some((p) => s.at[p] === 'AC'),
          all('AC'),
          fairness
        )
      ]
    )
  },
  changes: [
    { change: 'no relay', breaks: 'RelayLtl', steps: 3, loop: 3 },
    { change: 'unfair', breaks: 'CorrLtl', steps: 0, loop: 0 }
  ]
}

/** The same where no process has received what is broadcast. */
export const bcastByzNoBcast: Classic<Round> = {
  name: 'bcastByzNoBcast',
  after: 'bcastByz/bcastByzNoBcast.cfg, but N = 4, T = 1, F = 1',
  states: 4,
  model: (change) =>
    classic(
      'reliable broadcast of nothing',
      begins([processes.map(() => 'V0')]),
      steps(change),
      [
        always('Unforg', 'no correct process accepts', ({ correct, at: where }) =>
          correct.every((p) => where[p] !== 'AC')
        )
      ],
      []
    ),
  changes: [{ change: 'one echo', breaks: 'Unforg', steps: 3 }]
}
