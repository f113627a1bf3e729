/**
 * A system as a value: what it is, its parameters, and for each choice of them a model with everything that can be asked
 * of it. Commands, pages and tests know no system; they know this type.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { conclusionOf } from '../checker/model/conclusion.js'
import type { Evidence } from '../checker/model/conclusion.js'
import type { Model } from '../checker/model/model.js'
import { missedGoals } from '../checker/model/result.js'
import type { Result } from '../checker/model/result.js'
import type { Outcome } from '../checker/network/outcomes.js'
import type { Witness, WitnessOptions } from '../checker/search/witness.js'
import type { Causality } from '../checker/trace/causality.js'
import type { Form } from './form.js'
import type { Show } from './show.js'

/** A work that a system mirrors, and where in it. */
export interface Mirrored {
  readonly work: string
  readonly where: string
}

/** The one place where exact numbers of a search stand: breadth first, with nothing left out. */
export type Expected =
  | { readonly verdict: 'holds'; readonly states: number; readonly transitions: number; readonly depth: number }
  /** The shortest counterexample has so many steps. */
  | { readonly verdict: 'violated'; readonly steps: number }

/** All hold, in so many states. */
export const holds = (states: number, transitions: number, depth: number): Expected => ({
  verdict: 'holds',
  states,
  transitions,
  depth
})

/** An invariant is violated, by a shortest counterexample of so many steps. */
export const violated = (steps: number): Expected => ({ verdict: 'violated', steps })

/** What a search has found, where it is what nobody expects. */
export type Unexpected =
  /** Nothing is violated in all states, and some goal is reached in none. */
  | { readonly verdict: 'vacuous'; readonly states: number; readonly goals: ReadonlyArray<string> }
  /** Nothing is violated in the states that were looked at; something was left out, or a property was not decided. */
  | { readonly verdict: 'undecided'; readonly states: number }
  /** The model itself fails. */
  | { readonly verdict: 'fault'; readonly says: string }

/** What a search has found, to be held against what a preset or a mutant expects. */
export const verdictOf = (
  result: Evidence & Pick<Result<unknown, unknown>, 'states' | 'transitions' | 'depth'>
): Expected | Unexpected => {
  const { fault, counterexample, coverage, states, transitions, depth } = result
  const verdict = conclusionOf(result)
  switch (verdict) {
    case 'fault':
      return { verdict, says: fault?.says ?? '' }
    case 'violated':
      return { verdict, steps: counterexample?.actions.length ?? 0 }
    case 'vacuous':
      return { verdict, states, goals: missedGoals(coverage) }
    case 'undecided':
      return { verdict, states }
    case 'holds':
      return { verdict, states, transitions, depth }
  }
}

/** Random executions. */
export interface RandomRuns {
  readonly runs: number
  readonly steps: number
}

/** Parameters that have a name, and what is known of them. */
export interface Preset<C> {
  readonly name: string
  readonly of: C
  /** `fast`: searched by every run of the tests; `deep`: by a deep one only. */
  readonly tier: 'fast' | 'deep'
  /** It is among those that are checked where nothing is asked for. Default: false. */
  readonly isDefault?: boolean
  /** There are too many executions to search them all: what is made instead. */
  readonly random?: RandomRuns
  readonly expect?: Expected
}

/** A variant that is wrong on purpose, or was believed and was wrong. */
export interface Mutant<C> {
  readonly name: string
  /** What is wrong about it. */
  readonly says: string
  /** Parameters with which it is refuted. */
  readonly where: C
  /** What a search says of it there. */
  readonly expect: Expected
  /** As for presets. Default: fast. */
  readonly tier?: 'fast' | 'deep'
  /** Why it is nothing with other parameters, in a clause; undefined: it is. Default: it always is. */
  readonly refuses?: (c: C) => string | undefined
}

/** Sizes of the states from which an induction starts, by name. */
export type Sizes = Readonly<Record<string, number>>

/** A system: all that is known before its parameters are chosen. */
export interface System<C> {
  /** In small letters, as it is called on the command line. */
  readonly name: string
  /** What it is, in a sentence. */
  readonly says: string
  readonly mirrors: ReadonlyArray<Mirrored>
  readonly form: Form<C>
  /** Sizes of the states from which inductions start. Default: there are no inductions. */
  readonly sizes?: Form<Sizes>
  /** Why parameters cannot be together, in a clause; undefined: they can. Default: all can. */
  readonly refuses?: (c: C) => string | undefined
  readonly presets: ReadonlyArray<Preset<C>>
  readonly mutants: ReadonlyArray<Mutant<C>>
  /**
   * The system with its parameters chosen, or a mutant of it.
   * @throws RangeError for a mutant that it does not have.
   */
  readonly subject: (c: C, mutant?: string) => AnySubject
}

/** A system, whatever the type of its parameters. */
export interface AnySystem {
  readonly _tag: 'System'
  readonly open: <R>(use: <C>(system: System<C>) => R) => R
}

/** A system among others. */
export const anySystem = <C>(system: System<C>): AnySystem => ({ _tag: 'System', open: (use) => use(system) })

/** A name under which something can be sought. */
export interface WitnessName {
  readonly name: string
  /** How it is written: with its parameter, if it takes one. */
  readonly usage: string
  readonly says: string
  /** It must be reachable, or what holds says little. Default: false. */
  readonly isGoal?: boolean
}

/** What was sought, and what was found. */
export interface Found<S, A> {
  readonly sought: { readonly name: string; readonly says: string }
  readonly witness: Witness<S, A>
}

/** What can be sought in executions. */
export interface Witnesses<S, A> {
  readonly names: ReadonlyArray<WitnessName>
  /** Seeks what a text names. Left: why it names nothing. */
  readonly seek: (text: string, options: WitnessOptions) => Promise<Either<string, Found<S, A>>>
}

/** States from which an induction takes one step each. */
export interface InductionBase<S, A> {
  readonly model: Model<S, A>
  /** What the states are called: `worlds`. */
  readonly noun: string
  /** All states of some sizes, the simplest first. */
  readonly states: (sizes: Sizes) => Iterable<S>
  /** At most how many there are. Default: it is not known. */
  readonly most?: (sizes: Sizes) => number
  /** Which states these are, in a clause. */
  readonly says: (sizes: Sizes) => string
}

/** How often the premise of conjuncts held. */
export interface PremiseMet {
  /** The conjuncts, by the ends of their paths. */
  readonly of: ReadonlyArray<string>
  readonly says: string
  /** In how many states (at random: visits) it held. */
  readonly met: number
  /** Among how many. */
  readonly among: number
}

/** A model that records what is reached in it. */
export interface Recording<S, A> {
  readonly model: Model<S, A>
  /** What the nodes did. */
  readonly outcomes: () => ReadonlyArray<Outcome>
  /**
   * How often conjuncts had anything to check.
   * @param explore the same search again, on another model; how many states it looked at.
   */
  readonly premises: (
    explore: <S2, A2>(model: Model<S2, A2>) => Promise<{ readonly states: number }>
  ) => Promise<ReadonlyArray<PremiseMet>>
}

/** A system with its parameters chosen. */
export interface Subject<S, A> {
  readonly model: Model<S, A>
  readonly show: Show<S, A>
  /** What ties steps to others, so that a random counterexample can be cut down to its causal past. Default: not known. */
  readonly causality?: Causality<S, A>
  /** Default: nothing has a name. */
  readonly witnesses?: Witnesses<S, A>
  /** Default: no states are known but those that are reached. */
  readonly induction?: () => InductionBase<S, A>
  /** Default: only actions are counted. */
  readonly record?: () => Recording<S, A>
}

/** A subject, whatever the types of its states and actions, which may depend on the parameters. */
export type AnySubject = <R>(use: <S, A>(subject: Subject<S, A>) => R) => R

/** A subject among others. */
export const anySubject =
  <S, A>(subject: Subject<S, A>): AnySubject =>
  (use) =>
    use(subject)
