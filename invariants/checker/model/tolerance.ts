/**
 * Violations that stop a search, and violations that are only counted.
 */

/** Says whether a violation is to stop a search. At first every one is. */
export class Tolerance {
  #onViolation: (() => void) | undefined

  /** Violations are tolerated: none stops a search. */
  get isTolerant(): boolean {
    return this.#onViolation !== undefined
  }

  /** From now on no violation stops a search; instead this is called for each. */
  tolerate(onViolation: () => void): void {
    this.#onViolation = onViolation
  }

  /** A state is to stop the search, of which it is known whether it violates an invariant. Called once for each state. */
  stops(isViolated: boolean): boolean {
    if (!isViolated || this.#onViolation === undefined) return isViolated
    this.#onViolation()
    return false
  }
}
