/**
 * What a search says of a model, in words: the same for the command and for pages.
 */
import { collisionChance } from '../checker/data/fingerprints.js'
import { conclusionOf } from '../checker/model/conclusion.js'
import type { Evidence } from '../checker/model/conclusion.js'
import { missedGoals, neverEnabled } from '../checker/model/result.js'
import type { Counterexample, Coverage, Result } from '../checker/model/result.js'
import { grouped, plural } from '../words.js'

/** What an execution violates, and how long it is. */
export const violatedText = ({
  failures: [first],
  actions,
  loop
}: Pick<Counterexample<unknown, unknown>, 'failures' | 'actions' | 'loop'>): string => {
  const what = first?.isOfProperty === true ? `«${first.path.join(' ▸ ')}»` : 'an invariant'
  const steps = plural(actions.length, 'step', grouped)
  return loop === undefined
    ? `${what} is violated after ${steps}`
    : `${what} is violated by an execution that goes on for ever, of ${steps}`
}

/** Why what holds says little. */
export const vacuousText = (coverage: Coverage): string =>
  `no execution comes to ${missedGoals(coverage).join(', ')}, so that what holds says little`

/** The properties that a search has not decided. */
const notDecided = ({ answers }: Pick<Evidence, 'answers'>): ReadonlyArray<string> =>
  answers.filter(({ verdict }) => verdict === 'undecided').map(({ property }) => property)

/**
 * What a search of all executions says of a model, in a clause.
 * @param isShortest its counterexamples are as short as can be: it was breadth first.
 */
export const conclusionText = (
  result: Evidence & Pick<Result<unknown, unknown>, 'states'>,
  isShortest: boolean
): string => {
  const { counterexample, fault, complete, states, coverage } = result
  const among = plural(states, 'reachable state', grouped)
  switch (conclusionOf(result)) {
    case 'fault':
      return `the system itself is at fault: ${fault?.says ?? ''}`
    case 'violated':
      return counterexample === undefined
        ? 'a property is violated'
        : `${violatedText(counterexample)}${isShortest && counterexample.loop === undefined ? ', and after no fewer' : ''}`
    case 'vacuous':
      return `nothing is violated in all ${among}, but ${vacuousText(coverage)}`
    case 'undecided':
      return complete
        ? `nothing is violated in all ${among}, but not decided: ${notDecided(result).join(', ')}`
        : `no violation in the first ${plural(states, 'state', grouped)}: there are more`
    case 'holds':
      return `all that is checked holds in all ${among}`
  }
}

/** What is said of which model: nothing, or ` in F220`. */
type Where = '' | ` in ${string}`

const line = (what: string, names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.length === 0 ? [] : [`${what}: ${names.join(', ')}`]

/** The kinds of action that were never enabled, in a line if there are any. */
export const neverText = (
  { coverage, complete }: Pick<Evidence, 'coverage' | 'complete'>,
  where: Where = ''
): ReadonlyArray<string> =>
  line(
    complete ? `never enabled${where}` : `not enabled in the part${where.replace(' in ', ' of ')} that was searched`,
    neverEnabled(coverage)
  )

/** What is said of goals, and of the properties of whole executions, in a line each. */
export const propertiesText = (
  { coverage, answers, complete }: Pick<Evidence, 'coverage' | 'answers' | 'complete'>,
  where: Where = ''
): ReadonlyArray<string> => {
  const missed = missedGoals(coverage)
  const reached = Object.keys(coverage.goals).filter((goal) => !missed.includes(goal))
  const holding = answers.filter(({ verdict }) => verdict === 'holds').map(({ property }) => property)
  return [
    ...line(`goals reached${where}`, reached),
    ...line(`${complete ? 'goals that cannot be reached' : 'goals not reached so far'}${where}`, missed),
    ...line(`holds of all executions${where}`, holding),
    ...answers.flatMap(({ property, verdict, states }) =>
      verdict === 'violated'
        ? [`violated${where}: ${property}${states === undefined ? '' : ` (${plural(states, 'state')})`}`]
        : []
    ),
    ...line(`not decided${where}`, notDecided({ answers }))
  ]
}

/** How likely searches of all executions have taken a state for another. */
export const missedChance = (results: ReadonlyArray<Pick<Result<unknown, unknown>, 'exact' | 'states'>>): number =>
  results.reduce((total, { exact, states }) => total + (exact ? 0 : collisionChance(states)), 0)

/** That chance, in a line if there is one. */
export const missedText = (chance: number): ReadonlyArray<string> =>
  chance > 0
    ? [`chance that a state was missed because two have one fingerprint: at most ${chance.toExponential(1)}`]
    : []
