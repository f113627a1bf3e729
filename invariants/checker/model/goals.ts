/**
 * Which goals were reached. A goal is asked for in each new state until it is, and never again.
 */
import type { Goal, Property } from '../../property/property.js'

/** The goals among some properties, and those of them that were reached. */
export class Goals<S> {
  readonly #all: ReadonlyArray<Goal<S>>
  #pending: ReadonlyArray<Goal<S>>

  constructor(properties: ReadonlyArray<Property<S, never>> = []) {
    this.#all = properties.flatMap((property) => (property._tag === 'Goal' ? [property] : []))
    this.#pending = this.#all
  }

  /** Some goal was not reached yet. */
  get isPending(): boolean {
    return this.#pending.length > 0
  }

  /** Looks at a state. */
  look(s: S): void {
    if (this.#pending.some(({ of }) => of(s))) this.#pending = this.#pending.filter(({ of }) => !of(s))
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
