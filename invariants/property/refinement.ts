/**
 * Refinement: a system that is another one, looked at more closely.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../../spec/system/transitionSystem.js'
import type { Abstraction, Fairness, Refines } from './property.js'

/** What a system refines, and how its states are those of the other. */
export interface RefinementOptions<S, A, T, B> {
  readonly name: string
  readonly says: string
  /** The abstract system, what it is called, and what it assumes to be fair. Default: nothing. */
  readonly of: {
    readonly name: string
    readonly system: TransitionSystem<T, B>
    /** Abstract states with one key are one state. */
    readonly key: (t: T) => string
    readonly fairness?: ReadonlyArray<Fairness<B>>
  }
  /** The abstract state that a state stands for. */
  readonly state: (s: S) => T
  /** What the system that refines assumes to be fair. Default: nothing. */
  readonly fairness?: ReadonlyArray<Fairness<A>>
}

/** The states that an abstract system has been seen in, by number, and its steps between them. */
class AbstractStates<T, B> implements Abstraction {
  readonly name: string
  readonly fairness: Abstraction['fairness']
  readonly #numbers = new Map<string, number>()
  readonly #states: T[] = []
  /** The states that the steps from each lead to, with the actions that lead there. */
  readonly #steps: Array<ReadonlyMap<number, ReadonlyArray<B>> | undefined> = []
  readonly #initial: ReadonlySet<string>

  constructor(private readonly abstract: RefinementOptions<never, never, T, B>['of']) {
    this.name = abstract.name
    this.#initial = new Set(abstract.system.initial.map(abstract.key))
    this.fairness = (abstract.fairness ?? []).map(({ strength, name, of }) => ({
      strength,
      name,
      isEnabled: (state) => [...this.#from(state)].some(([to, actions]) => to !== state && actions.some(of)),
      isStep: (from, to) => from !== to && (this.#from(from).get(to) ?? []).some(of)
    }))
  }

  numberOf(t: T): number {
    const key = this.abstract.key(t)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    return this.#states.push(t) - 1
  }

  isInitial(state: number): boolean {
    return this.#initial.has(this.abstract.key(this.#at(state)))
  }

  isStep(from: number, to: number): boolean {
    return this.#from(from).has(to)
  }

  textOf(state: number): string {
    return this.abstract.key(this.#at(state))
  }

  #at(state: number): T {
    const t = this.#states[state]
    if (t === undefined) throw new RangeError(`${this.name}: no abstract state has the number ${String(state)}`)
    return t
  }

  #from(state: number): ReadonlyMap<number, ReadonlyArray<B>> {
    const known = this.#steps[state]
    if (known !== undefined) return known
    const { system } = this.abstract
    const t = this.#at(state)
    const steps = new Map<number, B[]>()
    for (const b of system.actions(t)) {
      const next = system.next(t, b)
      if (O.isNone(next)) continue
      const to = this.numberOf(next.value)
      const actions = steps.get(to)
      if (actions === undefined) steps.set(to, [b])
      else actions.push(b)
    }
    this.#steps[state] = steps
    return steps
  }
}

/**
 * Seen through a map of states, every initial state is one of the abstract system's, every step is one of its steps or
 * changes nothing, and every fair execution is fair there.
 */
export const refines = <S, A, T, B>({
  name,
  says,
  of,
  state,
  fairness = []
}: RefinementOptions<S, A, T, B>): Refines<S, A> => {
  const states = new AbstractStates<T, B>(of)
  return { _tag: 'Refines', name, says, system: states, abstract: (s) => states.numberOf(state(s)), fairness }
}
