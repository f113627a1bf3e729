/**
 * Which units change nothing, as far as a search has seen.
 *
 * A unit that changes no state, such as the reading of a register, can be placed as soon as it returns what it must: wherever
 * an order of the others has it, it may as well stand here. Which ones these are, nobody declares. One is trusted while it
 * changes none of the states that the search comes to. That is sound: if some order has it later, the search comes to the state
 * in which it stands there, as it follows the same order without it, which goes through the same states. If it changes something
 * there, that is noticed; then the search begins anew, and does not trust it any more.
 */

/** What units do: an `ObjectTable`. */
export interface Rules {
  /** The states in which a unit may leave a state. */
  readonly outcomes: (kind: number, state: number) => ReadonlyArray<number>
  /** Whether a unit changes nothing, whatever it returns: not this state, and none in which it was tried so far. */
  readonly changesNothing: (act: number, state: number) => boolean
}

/** The most acts that are trusted, as each is tried in all states. */
const MOST = 32

/** The acts that a search trusts, and the states that it has come to. */
export class Trust {
  #acts: ReadonlyArray<number> = []
  readonly #states = new Set<number>()

  constructor(private readonly rules: Rules) {}

  /** The search comes to a state. False: what it trusted changes something there, and is trusted no more. */
  comesTo(state: number): boolean {
    if (this.#states.has(state)) return true
    this.#states.add(state)
    const acts = this.#acts.filter((act) => this.rules.changesNothing(act, state))
    const kept = acts.length === this.#acts.length
    this.#acts = acts
    return kept
  }

  /** Whether an act can be trusted. */
  has(act: number): boolean {
    if (this.#acts.includes(act)) return true
    if (this.#acts.length >= MOST) return false
    for (const state of this.#states) if (!this.rules.changesNothing(act, state)) return false
    this.#acts = [...this.#acts, act]
    return true
  }
}
