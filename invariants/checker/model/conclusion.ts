/**
 * What a search says of a model, in one word. It is decided here and nowhere else, so that a command, a page and a test never
 * say different things of one search.
 */
import { missedGoals } from './result.js'
import type { Result } from './result.js'

/** What a search says of a model; what is worse comes first. */
export const CONCLUSIONS = ['fault', 'violated', 'vacuous', 'undecided', 'holds'] as const

/**
 * `fault`: the model itself fails, so that nothing is said. `violated`: an invariant or a property does not hold. `vacuous`: of
 * all executions none comes to some goal, so that what holds says little. `undecided`: nothing contradicts what is checked, but
 * something was left out, or a property was not decided. `holds`: all that is checked holds of all executions.
 */
export type Conclusion = (typeof CONCLUSIONS)[number]

/** What the conclusion is drawn from. */
export type Evidence = Pick<Result<unknown, unknown>, 'fault' | 'counterexample' | 'complete' | 'coverage' | 'answers'>

/** What a search says of a model. */
export const conclusionOf = ({ fault, counterexample, complete, coverage, answers }: Evidence): Conclusion => {
  if (fault !== undefined) return 'fault'
  if (counterexample !== undefined || answers.some(({ verdict }) => verdict === 'violated')) return 'violated'
  if (!complete) return 'undecided'
  if (missedGoals(coverage).length > 0) return 'vacuous'
  return answers.every(({ verdict }) => verdict === 'holds') ? 'holds' : 'undecided'
}

/** What several searches say together: the worst of it; of none, that nothing is decided. */
export const worstOf = (conclusions: ReadonlyArray<Conclusion>): Conclusion =>
  CONCLUSIONS.find((one) => conclusions.includes(one)) ?? 'undecided'
