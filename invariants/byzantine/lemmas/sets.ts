/**
 * What is said of all sets of nodes, decided by going through them: sets are bits of an integer. Each statement is decided
 * by seeking sets that refute it, so that these can be named: they are what a derivation of it starts from.
 */
import { iota } from '../../../spec/prelude/seq.js'

/** How many nodes a set has. */
const size = (set: number): number => (set === 0 ? 0 : (set & 1) + size(set >> 1))

const known = new Map<string, ReadonlyArray<number>>()

/** Of more nodes, sets are not gone through: they are too many, and in the end no bits of an integer any more. */
const MOST_NODES = 20

/** All sets of so many of `n` nodes. */
export const setsOf = (many: number, n: number): ReadonlyArray<number> => {
  if (n > MOST_NODES) throw new RangeError(`the sets of ${String(n)} nodes are too many to be gone through`)
  const key = `${String(many)} ${String(n)}`
  const found = known.get(key) ?? iota(1 << n).filter((set) => size(set) === many)
  known.set(key, found)
  return found
}

/** The first that is found for one of some values. */
const firstFor = <A, B>(values: ReadonlyArray<A>, found: (a: A) => B | undefined): B | undefined => {
  for (const a of values) {
    const b = found(a)
    if (b !== undefined) return b
  }
  return undefined
}

/** Sets that refute a statement. */
type Found<K extends string> = Readonly<Record<K, number>> | undefined

/** A set of `q` and one of `r` of `n` nodes that share none. */
export const apart = (q: number, r: number, n: number): Found<'one' | 'other'> =>
  firstFor(setsOf(q, n), (one) => {
    const other = setsOf(r, n).find((set) => (one & set) === 0)
    return other === undefined ? undefined : { one, other }
  })

/** Any set of `q` and any of `r` of `n` nodes share one. */
export const anyTwoMeet = (q: number, r: number, n: number): boolean => apart(q, r, n) === undefined

/** Faulty nodes, `f` of `n`, and two sets of `q` that share no other. */
export const apartButFaulty = (q: number, n: number, f: number): Found<'faulty' | 'one' | 'other'> =>
  firstFor(setsOf(f, n), (faulty) =>
    firstFor(setsOf(q, n), (one) => {
      const other = setsOf(q, n).find((set) => (one & set & ~faulty) === 0)
      return other === undefined ? undefined : { faulty, one, other }
    })
  )

/** Whichever `f` of `n` nodes are faulty, any two sets of `q` share an honest one. */
export const anyTwoMeetInHonest = (q: number, n: number, f: number): boolean => apartButFaulty(q, n, f) === undefined

/** A set of `q` of `n` nodes without a faulty one. */
export const honest = (q: number, n: number, faulty: number): number | undefined =>
  setsOf(q, n).find((set) => (set & faulty) === 0)

/** Faulty nodes, `f` of `n`, of which every set of `q` has one. */
export const barrier = (q: number, n: number, f: number): number | undefined =>
  setsOf(f, n).find((faulty) => honest(q, n, faulty) === undefined)

/** Whichever `f` of `n` nodes are faulty, some set of `q` has none of them. */
export const someAllHonest = (q: number, n: number, f: number): boolean => barrier(q, n, f) === undefined

/** Faulty nodes, `f` of `n`, and a set of `w` of them alone. */
export const allFaulty = (w: number, n: number, f: number): Found<'faulty' | 'set'> =>
  firstFor(setsOf(f, n), (faulty) => {
    const set = setsOf(w, n).find((one) => (one & ~faulty) === 0)
    return set === undefined ? undefined : { faulty, set }
  })

/** Whichever `f` of `n` nodes are faulty, every set of `w` has an honest one. */
export const everyHasHonest = (w: number, n: number, f: number): boolean => allFaulty(w, n, f) === undefined

/** A size that is both safe and live. */
export const safeAndLive = (n: number, f: number): number | undefined =>
  iota(n + 1).find((q) => anyTwoMeetInHonest(q, n, f) && someAllHonest(q, n, f))

/** Some size is both safe and live. */
export const someSafeAndLive = (n: number, f: number): boolean => safeAndLive(n, f) !== undefined

/** A size that is both safe and live, and another one than this; or this one, which is not. */
export const otherwise = (q: number, n: number, f: number): number | undefined =>
  iota(n + 1).find((p) => (anyTwoMeetInHonest(p, n, f) && someAllHonest(p, n, f)) !== (p === q))

/** No size but this is both safe and live, and it is. */
export const onlySafeAndLive = (q: number, n: number, f: number): boolean => otherwise(q, n, f) === undefined

/** Faulty nodes, `f` of `n`, a set of `q`, and one of `w` honest ones, that share none. */
export const apartFromHonest = (q: number, w: number, n: number, f: number): Found<'faulty' | 'weak' | 'one'> =>
  firstFor(setsOf(f, n), (faulty) =>
    firstFor(
      setsOf(w, n).filter((set) => (set & faulty) === 0),
      (weak) => {
        const one = setsOf(q, n).find((set) => (set & weak) === 0)
        return one === undefined ? undefined : { faulty, weak, one }
      }
    )
  )

/** Whichever `f` of `n` nodes are faulty, any set of `q` and any of `w` honest ones share an honest one. */
export const meetsHonest = (q: number, w: number, n: number, f: number): boolean =>
  apartFromHonest(q, w, n, f) === undefined

/** The nodes of a set, in ascending order; none where there is no set. */
export const nodesOf = (set: number | undefined): ReadonlyArray<number> =>
  set === undefined ? [] : iota(32).filter((i) => ((set >>> i) & 1) === 1)
