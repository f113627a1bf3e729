/** Termination detection on a ring (Dijkstra, Feijen and van Gasteren, EWD 840). */
import { leadsTo, weakly } from '../../invariants/property/property.js'
import { refines } from '../../invariants/property/refinement.js'
import { always, at, classic, stepsFrom, tuples } from './classic.js'
import type { Classic, Step } from './classic.js'

interface Ring {
  readonly active: ReadonlyArray<boolean>
  readonly black: ReadonlyArray<boolean>
  /** Where the token is, and whether it is black. */
  readonly token: number
  readonly stained: boolean
}

const N = 3
const nodes = [0, 1, 2]
const bools = [false, true]

const steps =
  (change?: string) =>
  (s: Ring): ReadonlyArray<readonly [Step, Ring]> => [
    ...(s.token === 0 && (s.stained || s.black[0]!)
      ? [[['InitiateProbe'], { ...s, token: N - 1, stained: false, black: at(s.black, 0, false) }] as const]
      : []),
    ...nodes
      .filter((i) => i > 0 && s.token === i && (change === 'hasty' || !s.active[i]! || s.black[i]! || s.stained))
      .map((i): readonly [Step, Ring] => [
        ['PassToken', i],
        {
          ...s,
          token: i - 1,
          stained: s.stained || (change !== 'careless' && s.black[i]!),
          black: at(s.black, i, false)
        }
      ]),
    ...nodes
      .filter((i) => s.active[i])
      .flatMap(
        (i): ReadonlyArray<readonly [Step, Ring]> => [
          ...nodes
            .filter((j) => j !== i)
            .map((j): readonly [Step, Ring] => [
              ['SendMsg', i, j],
              {
                ...s,
                active: at(s.active, j, true),
                black: at(s.black, i, s.black[i]! || (change !== 'white' && j > i))
              }
            ]),
          [['Deactivate', i], { ...s, active: at(s.active, i, false) }]
        ]
      )
  ]

const terminated = ({ active }: Pick<Ring, 'active'>): boolean => active.every((is) => !is)
const isDetected = (s: Ring): boolean => s.token === 0 && !s.stained && !s.black[0]! && !s.active[0]!

interface Detection {
  readonly active: ReadonlyArray<boolean>
  readonly detected: boolean
}

/** Detection by somebody who sees all nodes at once. */
const synchronous = stepsFrom<Detection>(
  tuples(bools, N).flatMap((active) => [
    { active, detected: false },
    ...(terminated({ active }) ? [{ active, detected: true }] : [])
  ]),
  (s) => [
    ...nodes
      .filter((i) => s.active[i])
      .flatMap((i): ReadonlyArray<readonly [Step, Detection]> => {
        const active = at(s.active, i, false)
        return [
          [['Terminate', i], { ...s, active }],
          ...(terminated({ active }) ? [[['TerminateAndDetect', i], { active, detected: true }] as const] : []),
          ...nodes.map((j) => [['Wakeup', i, j], { ...s, active: at(s.active, j, true) }] as const)
        ]
      }),
    ...(terminated(s) ? [[['DetectTermination'], { ...s, detected: true }] as const] : [])
  ]
)

const system = weakly('System', ([name]: Step) => name === 'InitiateProbe' || name === 'PassToken')

export const ewd840: Classic<Ring> = {
  name: 'EWD840',
  after: 'ewd840/EWD840.tla, N = 3',
  states: 302,
  model: (change) => {
    const fairness = change === 'unfair' ? [] : [system]
    return classic(
      'EWD 840',
      tuples(bools, N).flatMap((active) =>
        tuples(bools, N).flatMap((black) => nodes.map((token) => ({ active, black, token, stained: true })))
      ),
      steps(change),
      [
        always('TerminationDetection', 'what is detected is so', (s) => !isDetected(s) || terminated(s)),
        always(
          'Inv',
          'behind the token nobody is active, or somebody before it is black, or it is',
          (s) =>
            nodes.every((i) => i <= s.token || !s.active[i]!) ||
            s.black.slice(0, s.token + 1).includes(true) ||
            s.stained
        )
      ],
      [
        leadsTo('Liveness', 'termination is detected at last', terminated, isDetected, fairness),
        refines({
          name: 'TDSpec',
          says: 'it detects termination as one does who sees all nodes at once',
          of: {
            name: 'SyncTerminationDetection',
            system: synchronous,
            key: (t) => JSON.stringify(t),
            fairness: [weakly('DetectTermination', ([name]: Step) => name === 'DetectTermination')]
          },
          state: (s: Ring): Detection => ({ active: s.active, detected: isDetected(s) }),
          fairness
        })
      ]
    )
  },
  changes: [
    { change: 'careless', breaks: 'TerminationDetection', steps: 3 },
    { change: 'white', breaks: 'Inv', steps: 3 },
    { change: 'hasty', breaks: 'Inv', steps: 2 },
    { change: 'unfair', breaks: 'Liveness', steps: 0, loop: 0 },
    { change: 'unfair', breaks: 'TDSpec', steps: 0, loop: 0 }
  ]
}
