/**
 * Stations of the lecture as a reader runs them: one trial after another, with what came out, and the execution as a film.
 */
import { findingText, outcomeOf, stations } from '../../invariants/lecture/index.js'
import type { Station } from '../../invariants/lecture/index.js'
import { filmOf, filmOfLanes } from './film.js'
import type { Film } from './film.js'

/** What has come out of a trial. */
export interface TrialShown {
  readonly says: string
  readonly finding: string
  readonly isAsClaimed: boolean
  readonly command: string | undefined
  readonly seconds: number
  /** The shortest execution, where there is one. */
  readonly film: Film | undefined
  /** What does not hold at its end, or was sought. */
  readonly objections: ReadonlyArray<string>
  /** It was sought, and nothing is wrong. */
  readonly isSought: boolean
}

/** The station with a name. */
const stationCalled = (name: string): Station => {
  const found = stations.find((station) => station.name === name)
  if (found === undefined) throw new RangeError(`the lecture has no station ${name}`)
  return found
}

/** How many trials a station has. @throws RangeError where there is no such station. */
export const trialsOf = (name: string): number => stationCalled(name).trials.length

/** Runs a trial of a station. @throws RangeError where there is none. */
export const runTrial = async (name: string, place: number): Promise<TrialShown> => {
  const trial = stationCalled(name).trials[place]
  if (trial === undefined) throw new RangeError(`the station ${name} has no trial ${String(place + 1)}`)
  const start = performance.now()
  const { found, isAsClaimed, command, told } = await outcomeOf(trial)
  const seconds = (performance.now() - start) / 1000
  const prefix = `${name}-${String(place)}`
  const frames = told?.frames() ?? []
  return {
    says: trial.says,
    finding: findingText(found),
    isAsClaimed,
    command,
    seconds,
    film: frames.some(({ pictures }) => pictures.length > 0)
      ? filmOf(frames, prefix)
      : told?.lanes && filmOfLanes(told.lanes, told.objections, prefix),
    objections: told?.objections ?? [],
    isSought: trial._tag === 'Witness'
  }
}
