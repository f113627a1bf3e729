/**
 * What is said of all sets of nodes, decided by going through them: sets are bits of an integer.
 */
import { iota } from '../../../spec/prelude/seq.js'

/** How many nodes a set has. */
const size = (set: number): number => (set === 0 ? 0 : (set & 1) + size(set >> 1))

const known = new Map<string, ReadonlyArray<number>>()

/** All sets of so many of `n` nodes. */
export const setsOf = (many: number, n: number): ReadonlyArray<number> => {
  const key = `${String(many)} ${String(n)}`
  const found = known.get(key) ?? iota(1 << n).filter((set) => size(set) === many)
  known.set(key, found)
  return found
}

/** Any set of `q` and any of `r` of `n` nodes share one. */
export const anyTwoMeet = (q: number, r: number, n: number): boolean =>
  setsOf(q, n).every((one) => setsOf(r, n).every((other) => (one & other) !== 0))

/** Whichever `f` of `n` nodes are faulty, any two sets of `q` share an honest one. */
export const anyTwoMeetInHonest = (q: number, n: number, f: number): boolean =>
  setsOf(f, n).every((faulty) =>
    setsOf(q, n).every((one) => setsOf(q, n).every((other) => (one & other & ~faulty) !== 0))
  )

/** Whichever `f` of `n` nodes are faulty, some set of `q` has none of them. */
export const someAllHonest = (q: number, n: number, f: number): boolean =>
  setsOf(f, n).every((faulty) => setsOf(q, n).some((set) => (set & faulty) === 0))

/** Whichever `f` of `n` nodes are faulty, every set of `w` has an honest one. */
export const everyHasHonest = (w: number, n: number, f: number): boolean =>
  setsOf(f, n).every((faulty) => setsOf(w, n).every((set) => (set & ~faulty) !== 0))

/** Some size is both safe and live. */
export const someSafeAndLive = (n: number, f: number): boolean =>
  iota(n + 1).some((q) => anyTwoMeetInHonest(q, n, f) && someAllHonest(q, n, f))

/** No size but this is both safe and live, and it is. */
export const onlySafeAndLive = (q: number, n: number, f: number): boolean =>
  iota(n + 1).every((p) => (anyTwoMeetInHonest(p, n, f) && someAllHonest(p, n, f)) === (p === q))

/** Whichever `f` of `n` nodes are faulty, any set of `q` and any of `w` honest ones share an honest one. */
export const meetsHonest = (q: number, w: number, n: number, f: number): boolean =>
  setsOf(f, n).every((faulty) =>
    setsOf(w, n)
      .filter((weak) => (weak & faulty) === 0)
      .every((weak) => setsOf(q, n).every((one) => (one & weak) !== 0))
  )
