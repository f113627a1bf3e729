/**
 * What a strategy reports: how much was explored, what happened in it, and the verdict with its counterexample.
 */
import { RefusedSearch } from './refusal.js'
import type { Failure } from '../../property/invariant.js'

/** An execution: where it begins, and what is done. */
export interface Execution<A> {
  /** From which of the model's initial states: its index in `system.initial`. */
  readonly start: number
  readonly actions: ReadonlyArray<A>
}

/** An execution that ends in a state of which an invariant does not hold. */
export interface Counterexample<S, A> extends Execution<A> {
  /** The states, the initial one first; one more than there are actions. */
  readonly states: ReadonlyArray<S>
  /** Where it goes on for ever: after its last state, as it did after so many steps. */
  readonly loop?: number
  /** What its last state, its last step or, if it goes on for ever, all of it violates. */
  readonly failures: ReadonlyArray<Failure>
}

/** What was found out about a property of whole executions. */
export interface Answer<S, A> {
  readonly property: string
  readonly says: string
  /** `undecided`: in the part that was explored nothing contradicts it. */
  readonly verdict: 'holds' | 'violated' | 'undecided'
  /** Of how many reachable states it does not hold, where it is about each. */
  readonly states?: number
  /** An execution that shows that it does not hold. */
  readonly counterexample: Counterexample<S, A> | undefined
}

/** Something was thrown while a state was looked at, or the steps that it has. */
export interface Interruption<A> {
  /** The execution that leads to the state. */
  readonly at: Execution<A>
  readonly thrown: unknown
}

/** An execution after which a function of the model threw, or changed what it was given: then there is no verdict. */
export interface Fault<S, A> extends Execution<A> {
  /** The states, the initial one first; one more than there are actions. */
  readonly states: ReadonlyArray<S>
  /** The action that was being taken in the last state; none where that state itself was looked at. */
  readonly action: A | undefined
  /** Which function it was, and what it did: `procMsg threw TypeError: …`. */
  readonly says: string
  /** What was thrown. */
  readonly thrown: unknown
}

/** What happened in the explored part: how often. */
export interface Coverage {
  /** Transitions of each kind of action. A kind with 0 was never enabled. */
  readonly kinds: Readonly<Record<string, number>>
  /** Distinct states (randomized: visits) of which each state observation holds. */
  readonly states: Readonly<Record<string, number>>
  /** Transitions that make each step observation. */
  readonly steps: Readonly<Record<string, number>>
  /** Whether a state of each goal was reached. */
  readonly goals: Readonly<Record<string, boolean>>
}

/**
 * A way to explore less.
 *
 * `noop`: a packet whose delivery would change nothing and send nothing, now and ever after, is delivered at once. That
 * it is so in every local state that follows, and that its presence could hide no violation, is looked at when the search
 * is over; where it turns out otherwise, the search is made anew without that packet's reduction.
 *
 * `symmetry`: of the states that differ in nothing but what the nodes are called, one is explored.
 */
export type Reduction = 'noop' | 'symmetry'

/** The result of a strategy. */
export interface Result<S, A> {
  readonly model: string
  /** Distinct states (exhaustive), or states visited (randomized). */
  readonly states: number
  /** How many of them had been found before, by the search whose checkpoint this one went on from. */
  readonly earlier: number
  /** Transitions taken or looked at. */
  readonly transitions: number
  /** The largest number of steps from the initial state. */
  readonly depth: number
  /** Nothing was left out: neither a bound nor a signal cut the search short. */
  readonly complete: boolean
  /**
   * Whether local steps were looked up (`interned`) or computed anew, with states told apart by fingerprints of their
   * keys (`keyed`) or by the keys themselves, and kept (`plain`).
   */
  readonly engine: 'interned' | 'keyed' | 'plain'
  /** What was left out without losing a verdict. */
  readonly reductions: ReadonlyArray<Reduction>
  /** No state can have been taken for another: whole states were kept, or none at all. */
  readonly exact: boolean
  readonly seconds: number
  /** The largest resident set of the process so far, in bytes; undefined in a browser, which does not say. */
  readonly peakMemory: number | undefined
  readonly coverage: Coverage
  /** What was found out about each property of whole executions. */
  readonly answers: ReadonlyArray<Answer<S, A>>
  /** An execution that violates an invariant or, where there is none, a property. */
  readonly counterexample: Counterexample<S, A> | undefined
  /** What went wrong in the model itself. Where there is something, nothing is said of the invariants. */
  readonly fault: Fault<S, A> | undefined
  /** How much was interned. */
  readonly sizes: Readonly<Record<string, number>>
}

/** How far a search has come. */
export interface Progress {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** States that are known and not yet expanded; at random: executions that are still to be made. */
  readonly frontier: number
}

/** What may end a search before it is over. */
export interface StopSignal {
  /** The search is to end. */
  readonly aborted: boolean
}

/** The name of the observation that every network has: nothing is in flight. */
export const quiescent = 'quiescence'

/** Observations are bits of an integer, beside one for packets in flight. */
export const MOST_OBSERVATIONS = 30

/** @throws RefusedSearch where more is to be observed of states or of steps than can be counted. */
export const refuseManyObservations = (states: ReadonlyArray<unknown>, steps: ReadonlyArray<unknown>): void => {
  for (const [what, { length }] of [['states', states] as const, ['steps', steps] as const])
    if (length > MOST_OBSERVATIONS)
      throw new RefusedSearch(
        `${String(length)} observations of ${what} are too many: at most ${String(MOST_OBSERVATIONS)} can be counted at once`
      )
}

/** Counters for a result's coverage. */
export class Tally {
  readonly #kinds: Map<string, number>
  readonly #states: number[]
  readonly #steps: number[]

  constructor(
    kinds: ReadonlyArray<string>,
    private readonly stateNames: ReadonlyArray<string>,
    private readonly stepNames: ReadonlyArray<string>
  ) {
    refuseManyObservations(stateNames, stepNames)
    this.#kinds = new Map(kinds.map((kind) => [kind, 0]))
    this.#states = stateNames.map(() => 0)
    this.#steps = stepNames.map(() => 0)
  }

  /** Counts transitions of a kind. */
  kind(kind: string, times = 1): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + times)
  }

  /** Counts states that show these observations. */
  state(bits: number, times = 1): void {
    for (let i = 0; i < this.#states.length; i++) if (bits & (1 << i)) this.#states[i] = (this.#states[i] ?? 0) + times
  }

  /** Counts transitions that make these observations. */
  step(bits: number, times = 1): void {
    for (let i = 0; i < this.#steps.length; i++) if (bits & (1 << i)) this.#steps[i] = (this.#steps[i] ?? 0) + times
  }

  coverage(): Omit<Coverage, 'goals'> {
    const named = (names: ReadonlyArray<string>, counts: ReadonlyArray<number>): Record<string, number> =>
      Object.fromEntries(names.map((name, i) => [name, counts[i] ?? 0]))
    return {
      kinds: Object.fromEntries(this.#kinds),
      states: named(this.stateNames, this.#states),
      steps: named(this.stepNames, this.#steps)
    }
  }
}

/** The coverage of several parts of one exploration. */
export const mergeCoverage = (parts: ReadonlyArray<Coverage>): Coverage => {
  const merged = (of: (c: Coverage) => Readonly<Record<string, number>>): Record<string, number> => {
    const total = new Map<string, number>()
    for (const part of parts)
      for (const [name, times] of Object.entries(of(part))) total.set(name, (total.get(name) ?? 0) + times)
    return Object.fromEntries(total)
  }
  const goals = new Map<string, boolean>()
  for (const part of parts)
    for (const [goal, isReached] of Object.entries(part.goals)) goals.set(goal, isReached || goals.get(goal) === true)
  return {
    kinds: merged((c) => c.kinds),
    states: merged((c) => c.states),
    steps: merged((c) => c.steps),
    goals: Object.fromEntries(goals)
  }
}

/** The coverage of a search that goes on from another's checkpoint: what was counted before it belongs to it too. */
export class EarlierCoverage {
  #before: Coverage | undefined

  /** Takes over what was counted before. */
  restore(before: Coverage): void {
    this.#before = before
  }

  /** Forgets it. */
  reset(): void {
    this.#before = undefined
  }

  /** All that was counted, where this was counted since. */
  with(since: Coverage): Coverage {
    return this.#before === undefined ? since : mergeCoverage([this.#before, since])
  }
}

/** Counters for a model. */
export const tallyFor = (model: {
  readonly kinds: ReadonlyArray<string>
  readonly states: ReadonlyArray<{ readonly name: string }>
  readonly steps: ReadonlyArray<{ readonly name: string }>
}): Tally =>
  new Tally(
    model.kinds,
    model.states.map(({ name }) => name),
    model.steps.map(({ name }) => name)
  )

/** The goals that were not reached in the part that was explored. */
export const missedGoals = ({ goals }: Coverage): ReadonlyArray<string> =>
  Object.entries(goals).flatMap(([goal, isReached]) => (isReached ? [] : [goal]))

/** The kinds of action that were not enabled in any state that was looked at: if the search was complete, in none at all. */
export const neverEnabled = ({ kinds }: Coverage): ReadonlyArray<string> =>
  Object.entries(kinds).flatMap(([kind, times]) => (times === 0 ? [kind] : []))

/**
 * Yields to the event loop, for timers, signals and progress bars; searches call it every so often. A browser has no
 * `setImmediate`; a timer of it takes up to 4 ms, of the hundreds between two calls.
 */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    if ('setImmediate' in globalThis) setImmediate(resolve)
    else setTimeout(resolve)
  })

/** The largest resident set of the process so far, in bytes; undefined where there is no process. */
export const peakMemory = (): number | undefined =>
  'process' in globalThis ? process.resourceUsage().maxRSS * 1024 : undefined
