/**
 * Sequential objects: what a shared object does when it is used by one client at a time. A history is held to that.
 */
import { RefusedSearch } from '../model/refusal.js'
import { Interner, PairTable } from '../data/interner.js'
import { Names } from '../data/names.js'

/** An object of plain data. Its functions are pure. */
export interface SequentialObject<State, Op, Result> {
  readonly name: string
  /** Its state before the first operation; where there are several, it may be any. */
  readonly initial: ReadonlyArray<State>
  /** Every way in which an operation may go: the next state, and what it returns; none: not possible in this state. */
  readonly apply: (s: State, op: Op) => ReadonlyArray<readonly [State, Result]>
  /**
   * Which part of the object an operation is about, as plain data, where the object is made of parts: operations on different
   * parts may change places and nobody can tell. Whether a history is linearizable is then decided part by part, which is
   * far faster. Default: the object is one part.
   */
  readonly partOf?: (op: Op) => unknown
}

/** An operation with the name of its result; `ANY`: whatever it is. */
export interface Wanted {
  readonly op: number
  readonly result: number
}

/** The name of any result. */
export const ANY = -1

/**
 * An object in numbers: its states and operations are numbered, and what it does is computed once. States have the same number
 * iff they are the same plain data.
 */
export class ObjectTable<State, Op, Result> {
  readonly #names = new Names()
  // In lists of one: a state or an operation may be undefined.
  readonly #states = new Interner<readonly [State]>(([s]) => this.#names.of(s))
  readonly #ops = new Interner<readonly [Op]>(([op]) => this.#names.of(op))
  readonly #units = new Interner<ReadonlyArray<Wanted>>((unit) => unit.map((w) => `${w.op}:${w.result}`).join())
  readonly #applied: Array<ReadonlyArray<readonly [number, Result, number]>> = []
  readonly #answers = new PairTable((op, state) => this.#applied.push(this.#apply(op, state)) - 1)
  readonly #after: Array<ReadonlyArray<number>> = []
  readonly #outcomes = new PairTable((unit, state) => this.#after.push(this.#run(unit, state)) - 1)
  /** For each operation the results that it has had so far, by their names. */
  readonly #results = new Map<number, Map<number, Result>>()
  /** The operations that have changed some state. */
  readonly #changing = new Set<number>()
  /** The numbers of the initial states. */
  readonly initial: ReadonlyArray<number>

  /** @throws RefusedSearch for an object without initial states. */
  constructor(readonly object: SequentialObject<State, Op, Result>) {
    if (object.initial.length === 0)
      throw new RefusedSearch(`${object.name} has no initial state, so that no operation can take effect`)
    this.initial = [...new Set(object.initial.map((s) => this.numberOf(s)))]
  }

  /** The number of an operation. */
  opOf(op: Op): number {
    return this.#ops.idOf([op])
  }

  /** The name of a result. */
  resultOf(result: Result): number {
    return this.#names.of(result)
  }

  /** The number of operations that take effect at once, one after the other. */
  unitOf(unit: ReadonlyArray<Wanted>): number {
    return this.#units.idOf(unit)
  }

  /** The number of a state. */
  numberOf(state: State): number {
    return this.#states.idOf([state])
  }

  /** The state with a number. */
  state(id: number): State {
    return this.#states.valueOf(id)[0]
  }

  /** All states that have been met, by their numbers. */
  states(): ReadonlyArray<State> {
    return this.#states.all().map(([s]) => s)
  }

  /** Every way in which an operation may go in a state: the next state, the result, and its name. */
  answers(op: number, state: number): ReadonlyArray<readonly [number, Result, number]> {
    return this.#applied[this.#answers.get(op, state)] ?? []
  }

  /** The states in which a unit may leave a state if its operations have the wanted results; none: they cannot have. */
  outcomes(unit: number, state: number): ReadonlyArray<number> {
    return this.#after[this.#outcomes.get(unit, state)] ?? []
  }

  /** Whether the operations of a unit change nothing, whatever they return: not this state, and none in which they were tried so far. */
  changesNothing(unit: number, state: number): boolean {
    return this.#units.valueOf(unit).every(({ op }) => {
      this.answers(op, state)
      return !this.#changing.has(op)
    })
  }

  /** The results that an operation has had in the states in which it was tried. */
  resultsOf(op: number): ReadonlyArray<Result> {
    return [...(this.#results.get(op)?.values() ?? [])]
  }

  #apply(op: number, state: number): ReadonlyArray<readonly [number, Result, number]> {
    const results = this.#results.get(op) ?? new Map<number, Result>()
    this.#results.set(op, results)
    return this.object.apply(this.state(state), this.#ops.valueOf(op)[0]).map(([next, result]) => {
      const name = this.resultOf(result)
      results.set(name, result)
      const id = this.numberOf(next)
      if (id !== state) this.#changing.add(op)
      return [id, result, name] as const
    })
  }

  #run(unit: number, state: number): ReadonlyArray<number> {
    return this.#units
      .valueOf(unit)
      .reduce<ReadonlyArray<number>>(
        (states, { op, result }) => [
          ...new Set(
            states.flatMap((s) =>
              this.answers(op, s).flatMap(([next, , name]) => (result === ANY || result === name ? [next] : []))
            )
          )
        ],
        [state]
      )
  }
}
