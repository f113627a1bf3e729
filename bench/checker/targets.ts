/**
 * How fast blockforest is to be, as ratios to its peers in one run, and whether it is.
 */
import { ABSENT, cpu, figures, medianOf, pace, ratio, search, seriesOf, wall } from './report.js'
import type { Series } from './report.js'
import { BREADTH_FIRST, DEPTH_FIRST, RANDOM, TWO_WORKERS } from './tools/blockforest.js'
import { QUINT_RUST, QUINT_TYPESCRIPT } from './tools/quint.js'
import { SPIN } from './tools/spin.js'
import { STATERIGHT_BREADTH_FIRST } from './tools/stateright.js'
import { TLC } from './tools/tlc.js'

/** What is to be reached. Every invariant is checked in every state, or at every step. */
export type Target =
  /** Time of the fastest of some peers, over the time of the fastest of ours. */
  | {
      readonly _tag: 'Times'
      readonly what: string
      readonly ours: ReadonlyArray<string>
      readonly against: ReadonlyArray<string>
      readonly atLeast: Readonly<Record<string, number>>
    }
  /** Steps per second of ours, over those of a peer; where that is not there, of a slower one, which proves less. */
  | {
      readonly _tag: 'Pace'
      readonly what: string
      readonly ours: string
      readonly against: string
      readonly slower: string
      readonly atLeast: Readonly<Record<string, number>>
    }
  /** Bytes for each state: how much more the process holds at most than on a configuration of next to no states. */
  | {
      readonly _tag: 'Memory'
      readonly what: string
      readonly ours: ReadonlyArray<string>
      readonly baseline: string
      readonly atMost: Readonly<Record<string, number>>
    }

const ONE_THREAD = [BREADTH_FIRST, DEPTH_FIRST]

/** The configuration of 89 states: what a process holds when it holds no states to speak of. */
export const BASELINE = 'B220'

/** The targets. */
export const TARGETS: ReadonlyArray<Target> = [
  {
    _tag: 'Times',
    what: 'any order',
    ours: ONE_THREAD,
    against: [TLC],
    atLeast: { F310: 50, B340: 50, B430: 50 }
  },
  {
    _tag: 'Times',
    what: 'any order',
    ours: ONE_THREAD,
    against: [SPIN],
    atLeast: { B340: 1.8, B430: 1.8, B530: 1.8 }
  },
  {
    _tag: 'Times',
    what: 'any order',
    ours: ONE_THREAD,
    against: [STATERIGHT_BREADTH_FIRST],
    atLeast: { F310: 2, B340: 4, B430: 4 }
  },
  {
    _tag: 'Times',
    what: 'breadth first, shortest counterexample kept',
    ours: [BREADTH_FIRST],
    against: [STATERIGHT_BREADTH_FIRST],
    atLeast: { B340: 2.5, B430: 2.5 }
  },
  {
    _tag: 'Times',
    what: '2 workers',
    ours: [TWO_WORKERS],
    against: ONE_THREAD,
    atLeast: { B340: 1.6, B430: 1.6 }
  },
  {
    _tag: 'Pace',
    what: 'random executions, steps/s',
    ours: RANDOM,
    against: QUINT_RUST,
    slower: QUINT_TYPESCRIPT,
    atLeast: { F220: 200 }
  },
  {
    _tag: 'Memory',
    what: 'bytes for a state and its share of the frontier',
    ours: ONE_THREAD,
    baseline: BASELINE,
    atMost: { B530: 32 }
  }
]

/** A target on one configuration, as measured. */
export interface Verdict {
  readonly configuration: string
  readonly what: string
  readonly ours: string
  readonly against: string
  readonly wanted: string
  /** The ratio of whole processes, or the bytes; nothing if it was not measured. */
  readonly measured: number | undefined
  /** The ratio of the searches alone, without what a process does before and after. */
  readonly alone: number | undefined
  /** The ratio of processor time, of all threads: what it would be about if nothing else ran. */
  readonly processor: number | undefined
  readonly met: 'yes' | 'NO' | 'not measured' | 'slower peer only'
}

const metOr = (met: boolean | undefined): 'yes' | 'NO' | 'not measured' =>
  met === undefined ? 'not measured' : met ? 'yes' : 'NO'

/** The series with the least of a quantity. */
const least = (all: ReadonlyArray<Series>, of: (s: Series) => number | undefined): Series | undefined =>
  all.toSorted((a, b) => (of(a) ?? Infinity) - (of(b) ?? Infinity))[0]

/** The verdict on every target for every one of its configurations that was measured. */
export const verdicts = (
  all: ReadonlyArray<Series>,
  targets: ReadonlyArray<Target> = TARGETS
): ReadonlyArray<Verdict> => {
  const present = (configuration: string, variants: ReadonlyArray<string>): ReadonlyArray<Series> =>
    variants.flatMap((variant) => seriesOf(all, configuration, variant) ?? [])
  const explored = (configuration: string): boolean => all.some((s) => s.configuration === configuration)

  return targets.flatMap((target): ReadonlyArray<Verdict> => {
    const { _tag, what } = target
    const bounds = Object.entries(_tag === 'Memory' ? target.atMost : target.atLeast).filter(([name]) => explored(name))
    switch (_tag) {
      case 'Times':
        return bounds.map(([configuration, atLeast]) => {
          const time = (s: Series): number | undefined => medianOf(s, wall)
          const ours = least(present(configuration, target.ours), time)
          const peer = least(present(configuration, target.against), time)
          const measured = ours && peer && ratio(ours, peer, wall)
          return {
            configuration,
            what,
            ours: ours?.variant ?? target.ours.join(' or '),
            against: peer?.variant ?? target.against.join(' or '),
            wanted: `at least ${String(atLeast)}`,
            measured,
            alone: ours && peer && ratio(ours, peer, search),
            processor: ours && peer && ratio(ours, peer, cpu),
            met: metOr(measured === undefined ? undefined : measured >= atLeast)
          }
        })
      case 'Pace':
        return bounds.map(([configuration, atLeast]) => {
          const ours = seriesOf(all, configuration, target.ours)
          const peer = seriesOf(all, configuration, target.against)
          const measuredPeer = peer ?? seriesOf(all, configuration, target.slower)
          const measured = ours && measuredPeer && ratio(measuredPeer, ours, pace)
          const met = metOr(measured === undefined ? undefined : measured >= atLeast)
          return {
            configuration,
            what,
            ours: target.ours,
            against: measuredPeer?.variant ?? target.against,
            wanted: `at least ${String(atLeast)}`,
            measured,
            alone: measured,
            processor: undefined,
            met: met === 'yes' && peer === undefined ? 'slower peer only' : met
          }
        })
      case 'Memory':
        return bounds.flatMap(([configuration, atMost]) =>
          present(configuration, target.ours).map((ours) => {
            const empty = seriesOf(all, target.baseline, ours.variant)
            const peak = medianOf(ours, (round) => round.peak)
            const idle = empty && medianOf(empty, (round) => round.peak)
            const states = ours.rounds[0]?.reported.states
            const measured =
              peak === undefined || idle === undefined || states === undefined ? undefined : (peak - idle) / states
            return {
              configuration,
              what,
              ours: ours.variant,
              against: ABSENT,
              wanted: `at most ${String(atMost)}`,
              measured,
              alone: undefined,
              processor: undefined,
              met: metOr(measured === undefined ? undefined : measured <= atMost)
            }
          })
        )
    }
  })
}

/** The verdicts, as the rows of a table. */
export const verdictRows = (all: ReadonlyArray<Verdict>): ReadonlyArray<ReadonlyArray<string>> => [
  ['configuration', 'search', 'ours', 'against', 'wanted', 'measured', 'searches alone', 'CPU', 'met'],
  ...all.map(({ configuration, what, ours, against, wanted, measured, alone, processor, met }) => [
    configuration,
    what,
    ours,
    against,
    wanted,
    measured === undefined ? ABSENT : figures(measured),
    alone === undefined ? ABSENT : figures(alone),
    processor === undefined ? ABSENT : figures(processor),
    met
  ])
]
