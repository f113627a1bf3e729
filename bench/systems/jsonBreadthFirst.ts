/**
 * What one writes where there is no model checker: breadth first, with a set of JSON texts. It keeps no way to a state.
 */

/** A system, as far as this looks at it. */
export interface Explorable<S> {
  readonly initial: S
  readonly steps: (s: S) => Iterable<readonly [action: unknown, next: S]>
  /** All that is to be checked. */
  readonly holds: (s: S) => boolean
}

/** What was counted. */
export interface Counted {
  readonly states: number
  readonly transitions: number
}

/**
 * Explores all of a system whose states JSON can tell apart.
 * @throws Error where a state is not as it should be.
 */
export const jsonBreadthFirst = <S>({ initial, steps, holds }: Explorable<S>): Counted => {
  const seen = new Set<string>()
  let transitions = 0
  let level: S[] = []
  const visit = (s: S, next: S[]): void => {
    const text = JSON.stringify(s)
    if (seen.has(text)) return
    seen.add(text)
    if (!holds(s)) throw new Error(`violated in ${text}`)
    next.push(s)
  }
  visit(initial, level)
  while (level.length > 0) {
    const next: S[] = []
    for (const s of level)
      for (const [, after] of steps(s)) {
        transitions++
        visit(after, next)
      }
    level = next
  }
  return { states: seen.size, transitions }
}
