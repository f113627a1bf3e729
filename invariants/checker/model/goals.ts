/**
 * Which goals were reached. A goal is asked for in each new state until it is, and never again.
 */
import type { Goal, Property } from '../../property/property.js'

/** The goals among some properties, and those of them that were reached. */
export class Goals<S, Seen = unknown> {
  readonly #all: ReadonlyArray<Goal<S, Seen>>
  #pending: ReadonlyArray<Goal<S, Seen>>

  constructor(properties: ReadonlyArray<Property<S, never, unknown, Seen>> = []) {
    this.#all = properties.flatMap((property) => (property._tag === 'Goal' ? [property] : []))
    this.#pending = this.#all
  }

  /** Some goal was not reached yet. */
  get isPending(): boolean {
    return this.#pending.length > 0
  }

  /** Looks at a state, of which it is known which goals it is of. */
  look(is: (goal: Goal<S, Seen>) => boolean): void {
    if (this.#pending.some(is)) this.#pending = this.#pending.filter((one) => !is(one))
  }

  /** Forgets which were reached. */
  reset(): void {
    this.#pending = this.#all
  }

  /** Whether each was reached. */
  reached(): Readonly<Record<string, boolean>> {
    return Object.fromEntries(this.#all.map((one) => [one.name, !this.#pending.includes(one)]))
  }
}
