/**
 * Searches of a session's system: all executions, or random ones, by the checker that the command has.
 */
import type { Model } from '../../invariants/checker/model/model.js'
import { missedGoals, neverEnabled } from '../../invariants/checker/model/result.js'
import type { Counterexample, Progress, Result } from '../../invariants/checker/model/result.js'
import { exhaustive } from '../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../invariants/checker/search/randomized.js'
import { showFailure } from '../../invariants/property/invariant.js'
import type { Subject } from '../../invariants/systems/system.js'
import { grouped, plural } from '../../invariants/words.js'
import type { Session } from './session.js'
import { pathAlong } from './walk.js'
import type { Path } from './walk.js'

/** What is searched. */
export type Search =
  /** All executions, of at most so many distinct states. */
  | { readonly _tag: 'All'; readonly order: 'breadth-first' | 'depth-first'; readonly maxStates: number }
  /** So many executions at random, of at most so many steps. */
  | { readonly _tag: 'Random'; readonly seed: number; readonly runs: number; readonly steps: number }

/** What a search has found, as plain data. */
export interface SearchResult {
  readonly verdict: 'holds' | 'violated' | 'undecided'
  /** The verdict in a sentence. */
  readonly says: string
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly seconds: number
  /** How states were told apart: `interned`, `keyed` or `plain`. */
  readonly engine: string
  /** A path to what is violated, and what that is. */
  readonly counterexample: { readonly path: Path; readonly failures: ReadonlyArray<string> } | undefined
  /** What else is to be known of what was explored, in a sentence each. */
  readonly notes: ReadonlyArray<string>
}

const counted = (n: number, one: string): string => plural(n, one, grouped)

const saysOf = ({ complete, states, counterexample, fault }: Result<unknown, unknown>, search: Search): string => {
  if (fault !== undefined) return `the model itself fails: ${fault.says}`
  if (counterexample !== undefined)
    return `violated after ${counted(counterexample.actions.length, 'step')}${search._tag === 'All' && search.order === 'breadth-first' ? ', and after no fewer' : ''}`
  if (search._tag === 'Random')
    return `no violation in ${counted(search.runs, 'random execution')}, which visited ${counted(states, 'state')}: no proof that there is none`
  return complete
    ? `all that is checked holds in all ${counted(states, 'reachable state')}`
    : `no violation in the first ${counted(states, 'state')}: there are more`
}

const notesOf = <S, A>({ answers, complete, coverage }: Result<S, A>): ReadonlyArray<string> => [
  ...answers.flatMap(({ property, verdict }) =>
    verdict === 'undecided' && complete ? [`«${property}» was not decided`] : []
  ),
  ...(complete ? missedGoals(coverage).map((goal) => `the goal «${goal}» is never reached`) : []),
  ...(complete ? neverEnabled(coverage).map((kind) => `no step is of the kind ${kind}`) : [])
]

const counterexampleOf = <S, A>(
  model: Model<S, A>,
  { actions, start, loop, failures }: Counterexample<S, A>
): SearchResult['counterexample'] => ({
  path: pathAlong(model, { actions, start, loop }),
  failures: failures.map(showFailure)
})

const searched = async <S, A>(
  { model, causality }: Subject<S, A>,
  watched: Model<S, A>,
  search: Search,
  onProgress: (progress: Progress) => void
): Promise<SearchResult> => {
  const result: Result<S, A> =
    search._tag === 'All'
      ? await exhaustive(model, { order: search.order, maxStates: search.maxStates, onProgress })
      : await randomized(model, {
          seed: search.seed,
          runs: search.runs,
          steps: search.steps,
          onProgress,
          ...(causality === undefined ? {} : { causality })
        })
  const { states, transitions, depth, seconds, engine, counterexample, fault } = result
  const isDecided = result.complete && fault === undefined
  return {
    verdict: counterexample !== undefined ? 'violated' : isDecided ? 'holds' : 'undecided',
    says: saysOf(result, search),
    states,
    transitions,
    depth,
    seconds,
    engine,
    counterexample: counterexample && counterexampleOf(watched, counterexample),
    notes: notesOf(result)
  }
}

/**
 * Searches the system of a session.
 * @throws RefusedSearch where such a search of it cannot be made.
 */
export const searchOf = (
  session: Session,
  search: Search,
  onProgress: (progress: Progress) => void
): Promise<SearchResult> => session.open(({ subject, model }) => searched(subject, model, search, onProgress))
