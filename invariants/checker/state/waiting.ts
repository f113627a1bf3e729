/**
 * The states that wait to be expanded, by number. A number is free again when its state has been expanded, unless numbers
 * are those of keys for ever.
 */
import { called } from '../data/canonical.js'
import { Interner } from '../data/interner.js'
import { Names } from '../data/names.js'
import { Prints } from '../data/prints.js'
import type { Model } from '../model/model.js'
import { structure } from '../model/structure.js'

/** No number: the state does not wait. */
export const NONE = -1

/** A state with its fingerprint. */
export interface Held<S> {
  readonly state: S
  readonly high: number
  readonly low: number
  number: number
}

/** The states of a model that wait. */
export class Waiting<S> {
  readonly #model: Pick<Model<S, unknown>, 'name' | 'key'>
  readonly #exact: boolean
  /** States are told apart by what they are made of, not by keys of their own. */
  readonly #byStructure: boolean
  readonly #prints = new Prints()
  // Where states are to be told apart by all that they are: the names of what was met, and the numbers of those of states.
  readonly #names = new Names()
  readonly #numbers = new Interner<number>((name) => name)
  /** The states that wait, by their numbers. */
  readonly #held: Array<Held<S> | undefined> = []
  /** Numbers that no state has any more. */
  #free: number[] = []
  #count = 0
  #most = 0

  /** @param exact numbers are those of keys, for ever: states have different ones iff their keys differ. */
  constructor(model: Pick<Model<S, unknown>, 'name' | 'key'>, exact: boolean) {
    this.#model = model
    this.#byStructure = model.key === structure
    this.#exact = exact
  }

  /** The most states that have waited at once. */
  get most(): number {
    return this.#most
  }

  /** A state with its fingerprint. It does not wait yet. */
  withPrint(state: S): Held<S> {
    const subject = this.#byStructure ? state : this.#model.key(state)
    return called('state', () => {
      if (!this.#exact) return { state, ...this.#prints.of(subject), number: NONE }
      const name = this.#names.of(subject)
      return { state, high: this.#names.high(name), low: this.#names.low(name), number: this.#numbers.idOf(name) }
    })
  }

  /** From here on, what a state shares with this one is not looked at again. */
  remember(h: Held<S>): void {
    if (this.#byStructure && !this.#exact) this.#prints.remember(h.state)
  }

  /** Keeps a state until it is released; its number. */
  hold(h: Held<S>): number {
    if (this.#held[h.number] === h) return h.number
    if (!this.#exact) h.number = this.#free.pop() ?? this.#held.length
    this.#held[h.number] = h
    this.#most = Math.max(this.#most, ++this.#count)
    return h.number
  }

  /** Forgets a state, if it waits. */
  release(h: Held<S>): void {
    if (this.#held[h.number] !== h) return
    this.#held[h.number] = undefined
    this.#count--
    if (this.#exact) return
    this.#free.push(h.number)
    h.number = NONE
  }

  /**
   * The state that waits under a number.
   * @throws RangeError if none does.
   */
  at(number: number): Held<S> {
    const h = this.#held[number]
    if (h === undefined)
      throw new RangeError(
        `${this.#model.name}: no state has the number ${String(number)}; what was expanded is forgotten`
      )
    return h
  }

  /** The states that wait, with their numbers. */
  all(): ReadonlyArray<readonly [number: number, state: S]> {
    return this.#held.flatMap((h) => (h === undefined ? [] : [[h.number, h.state] as const]))
  }

  /** Takes over states that waited elsewhere; to be called before any other is held. */
  restore(states: ReadonlyArray<readonly [number: number, state: S]>): void {
    for (const [number, state] of states) this.#held[number] = { ...this.withPrint(state), number }
    this.#free = Array.from(this.#held.keys()).filter((number) => this.#held[number] === undefined)
    this.#count = this.#held.length - this.#free.length
    this.#most = this.#count
  }
}
