/**
 * Exhibits: definitions that were believed and were wrong, each with the search that shows it and the same search on the
 * definition that took its place.
 */
import type { ExhaustiveOptions } from '../../checker/search/exhaustive.js'
import { verdict } from '../../checker/trace/replay.js'
import { showFailure } from '../../property/invariant.js'
import { executionText } from '../../systems/show.js'
import type { Subject } from '../../systems/system.js'

/** A place in the history of the Coq development (`certichain/toychain`). */
export interface Source {
  /** The commit's abbreviated name. */
  readonly commit: string
  /** The day its author wrote it. */
  readonly date: string
  readonly file: string
  readonly says: string
}

/** What exposes a definition. */
export interface Finding {
  /** How long the schedule is, or how large the input: `4 steps`. */
  readonly size: string
  /** What does not hold, a line for each. */
  readonly objections: ReadonlyArray<string>
  /** The execution step by step, or the input spelt out. */
  readonly explained: string
}

/** What a search has come to. */
export interface Outcome {
  /** How much was looked at, and whether that is all there is within the bounds. */
  readonly looked: string
  /** The shortest schedule or smallest input that exposes the definition. */
  readonly found: Finding | undefined
}

/** A search on one definition. */
export interface Trial {
  /** Which definition. */
  readonly of: string
  readonly run: () => Promise<Outcome>
}

/** A question, asked of the definition that was wrong and of those that are right. */
export interface Search {
  readonly asks: string
  /** What is searched. */
  readonly among: string
  /** The wrong definition: it is refuted. */
  readonly mutant: Trial
  /** The same search on a definition that is right: nothing is found. */
  readonly controls: ReadonlyArray<Trial>
}

/** An exhibit of the museum. */
export interface Exhibit {
  readonly name: string
  readonly title: string
  /** What was believed. */
  readonly believed: string
  /** What is the case instead, and what came of it: paragraphs. */
  readonly explanation: ReadonlyArray<string>
  readonly sources: ReadonlyArray<Source>
  readonly searches: ReadonlyArray<Search>
}

/** An execution as a finding. The objections are what fails in its last state, and what else there is to say. */
export const presented = <S, A>(
  { model, show }: Pick<Subject<S, A>, 'model' | 'show'>,
  states: ReadonlyArray<S>,
  actions: ReadonlyArray<A>,
  more: ReadonlyArray<string> = []
): Finding => {
  const steps = states.map((state, i) => ({ action: actions[i - 1], state, failures: verdict(model, state) }))
  return {
    size: actions.length === 1 ? '1 step' : `${String(actions.length)} steps`,
    objections: [...(steps[steps.length - 1]?.failures ?? []).map(showFailure), ...more],
    explained: executionText(show, steps)
  }
}

/** A breadth-first search for the shortest execution that violates an invariant of the model. */
export const explored = async <S, A>(
  subject: Pick<Subject<S, A>, 'model' | 'show'>,
  options: ExhaustiveOptions = {}
): Promise<Outcome> => {
  // Of what is shown here a system has some as mutants; whoever walks through one does not load what searches.
  const { exhaustive } = await import('../../checker/search/exhaustive.js')
  const result = await exhaustive(subject.model, options)
  const found = result.counterexample
  return {
    looked: `${subject.model.name}: ${String(result.states)} states${
      found
        ? ''
        : result.complete
          ? ', all that are reachable'
          : `, all within ${String(options.depth ?? result.depth)} steps`
    }`,
    found: found && presented(subject, found.states, found.actions)
  }
}

/**
 * A search of inputs, the smallest first.
 * @param decide what is wrong with an input, if it is.
 */
export const enumerated = <X>(inputs: Iterable<X>, decide: (x: X) => Finding | undefined): Promise<Outcome> => {
  let count = 0
  for (const x of inputs) {
    count++
    const found = decide(x)
    if (found !== undefined)
      return Promise.resolve({ looked: count === 1 ? '1 input' : `${String(count)} inputs`, found })
  }
  return Promise.resolve({ looked: `${String(count)} inputs, all that there are`, found: undefined })
}
