/**
 * Searches of a session's system: all executions, or random ones, by the checker that the command has.
 */
import { conclusionOf } from '../../invariants/checker/model/conclusion.js'
import type { Conclusion } from '../../invariants/checker/model/conclusion.js'
import type { Model } from '../../invariants/checker/model/model.js'
import type { Counterexample, Progress, Result } from '../../invariants/checker/model/result.js'
import { exhaustive } from '../../invariants/checker/search/exhaustive.js'
import { randomized } from '../../invariants/checker/search/randomized.js'
import { showFailure } from '../../invariants/property/invariant.js'
import {
  conclusionText,
  missedChance,
  missedText,
  neverText,
  propertiesText
} from '../../invariants/systems/conclusionText.js'
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
  readonly verdict: Conclusion
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

const saysOf = (result: Result<unknown, unknown>, search: Search): string =>
  search._tag === 'Random' && conclusionOf(result) === 'undecided'
    ? `no violation in ${plural(search.runs, 'random execution', grouped)}, which visited ${plural(result.states, 'state', grouped)}: no proof that there is none`
    : conclusionText(result, search._tag === 'All' && search.order === 'breadth-first')

const notesOf = (result: Result<unknown, unknown>, search: Search): ReadonlyArray<string> => [
  ...neverText(result),
  ...propertiesText(result),
  ...(search._tag === 'All' ? missedText(missedChance([result])) : [])
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
  const { states, transitions, depth, seconds, engine, counterexample } = result
  return {
    verdict: conclusionOf(result),
    says: saysOf(result, search),
    states,
    transitions,
    depth,
    seconds,
    engine,
    counterexample: counterexample && counterexampleOf(watched, counterexample),
    notes: notesOf(result, search)
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
