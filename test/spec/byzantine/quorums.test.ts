/**
 * The arithmetic of quorums against what it is about: all sets of up to nine nodes, as bits of an integer.
 */
import { describe, expect, test } from 'vitest'
import * as quorums from '../../../spec/byzantine/quorums.js'

const {
  available,
  byzantineQuorum,
  byzantineQuorumOverReals,
  fewestNodes,
  hasHonest,
  leastOverlap,
  maxCrashed,
  maxFaulty,
  meet,
  meetInHonest,
  paxosQuorum,
  smallestSafeQuorum,
  tolerates,
  weakQuorum
} = quorums

const MOST = 9
const upTo = (n: number): ReadonlyArray<number> => Array.from({ length: n + 1 }, (_, i) => i)
const sizeOf = (set: number): number => Array.from(set.toString(2)).filter((bit) => bit === '1').length
const SIZES = Array.from({ length: 1 << MOST }, (_, set) => sizeOf(set))
const size = (set: number): number => SIZES[set] ?? Number.NaN

/** The sets of so many of `n` nodes. */
const sets = (many: number, n: number): ReadonlyArray<number> => upTo((1 << n) - 1).filter((set) => size(set) === many)

/** The smallest overlap of a set of `q` and one of `r` nodes. */
const overlap = (q: number, r: number, n: number): number => {
  let least = n
  for (const one of sets(q, n)) for (const other of sets(r, n)) least = Math.min(least, size(one & other))
  return least
}

/** All pairs of sets of `q` nodes share one that is not among the faulty, for all sets of `f` faulty ones. */
const shareHonest = (q: number, n: number, f: number): boolean => {
  // By symmetry one of the sets may be the first `q` nodes.
  const one = (1 << q) - 1
  return sets(q, n).every((other) => sets(f, n).every((faulty) => (one & other & ~faulty) !== 0))
}

const all = upTo(MOST).flatMap((n) => upTo(n).flatMap((q) => upTo(n).map((f) => ({ n, q, f }))))

test('there are 385 triples of n, q, f with q and f up to n, and n up to 9', () => {
  expect(all).toHaveLength(385)
})

describe('for all sets of up to nine nodes', () => {
  test('Q1: any two sets of q share a node iff 2q > n; the smallest such q is a quorum of Paxos', () => {
    for (const n of upTo(MOST)) {
      const safe = upTo(n).filter((q) => overlap(q, q, n) > 0)
      expect(upTo(n).filter((q) => meet(q, n))).toEqual(safe)
      if (n > 0) expect(paxosQuorum(n)).toBe(safe[0])
    }
  })

  test('two sets share at least q + r - n nodes, and some share no more', () => {
    for (const n of upTo(MOST))
      for (const q of upTo(n)) for (const r of upTo(q)) expect(leastOverlap(q, r, n)).toBe(overlap(q, r, n))
  })

  test('Q2: any two share an honest one iff 2q - n > f, which is so from (n+f+1)/2 on', () => {
    for (const { n, q, f } of all) {
      expect([n, q, f, meetInHonest(q, n, f)]).toEqual([n, q, f, shareHonest(q, n, f)])
      expect(meetInHonest(q, n, f)).toBe(q >= smallestSafeQuorum(n, f))
    }
  })

  test('Q3: some set of q is all honest iff q is at most n - f', () => {
    for (const { n, q, f } of all)
      expect(available(q, n, f)).toBe(sets(f, n).every((faulty) => sets(q, n).some((set) => (set & faulty) === 0)))
  })

  test('Q4: some q is safe and live iff n is at least 3f + 1; of 3f + 1 nodes, 2f + 1 alone, and two share f + 1', () => {
    for (const n of upTo(MOST))
      for (const f of upTo(n)) {
        const good = upTo(n).filter((q) => shareHonest(q, n, f) && available(q, n, f))
        expect(tolerates(n, f)).toBe(good.length > 0)
        if (n !== 3 * f + 1) continue
        expect(good).toEqual([2 * f + 1])
        expect(overlap(2 * f + 1, 2 * f + 1, n)).toBe(f + 1)
      }
  })

  test('Q5: every set of w has an honest node iff w > f', () => {
    for (const { n, q: w, f } of all)
      expect(hasHonest(w, f)).toBe(sets(f, n).every((faulty) => sets(w, n).every((set) => (set & ~faulty) !== 0)))
  })

  test('Q6: of 3f + 1 nodes, 2f + 1 and f + 1 share one, which may be faulty, but not where the f + 1 are honest', () => {
    for (const f of [0, 1, 2]) {
      const n = 3 * f + 1
      expect(leastOverlap(2 * f + 1, f + 1, n)).toBe(1)
      const faulty = (1 << f) - 1
      const shared = sets(2 * f + 1, n).flatMap((strong) =>
        sets(f + 1, n).map((weak) => ({ weak, both: strong & weak }))
      )
      expect(shared.every(({ both }) => both !== 0)).toBe(true)
      expect(shared.some(({ both }) => (both & ~faulty) === 0)).toBe(f > 0)
      expect(shared.every(({ weak, both }) => (weak & faulty) !== 0 || (both & ~faulty) !== 0)).toBe(true)
    }
  })

  test("Q7: the lecture's sizes are safe and live with as many faulty nodes as can be stood, and the weak one has an honest one", () => {
    for (const n of upTo(MOST).slice(1)) {
      const f = maxFaulty(n)
      expect(tolerates(n, f) && !tolerates(n, f + 1)).toBe(true)
      expect([n, shareHonest(byzantineQuorum(n), n, f), available(byzantineQuorum(n), n, f)]).toEqual([n, true, true])
      expect(weakQuorum(n)).toBe(n % 3 === 0 ? f + 2 : f + 1)
    }
  })

  test('Q7: read over the reals, two thirds and one is a size that f silent nodes keep from being reached', () => {
    for (const f of [1, 2]) {
      const n = 3 * f + 1
      expect(byzantineQuorumOverReals(n)).toBe(2 * f + 2)
      expect(shareHonest(2 * f + 2, n, f)).toBe(true)
      expect(available(byzantineQuorumOverReals(n), n, f)).toBe(false)
    }
    expect(upTo(MOST).filter((n) => byzantineQuorumOverReals(n) === byzantineQuorum(n))).toEqual([0, 3, 6, 9])
  })

  test('as many nodes may crash as leave a quorum of Paxos', () => {
    for (const n of upTo(MOST).slice(1))
      expect(
        upTo(n)
          .filter((f) => available(paxosQuorum(n), n, f))
          .at(-1)
      ).toBe(maxCrashed(n))
  })
})

test('Q8: with signatures and synchrony f + 2 nodes do, else 3f + 1', () => {
  expect([1, 2, 3].map((f) => fewestNodes('signed, synchronous', f))).toEqual([3, 4, 5])
  for (const setting of ['oral, synchronous', 'signed, partially synchronous'] as const)
    for (const f of [1, 2, 3])
      expect([fewestNodes(setting, f), tolerates(fewestNodes(setting, f) - 1, f)]).toEqual([3 * f + 1, false])
})

test('of no nodes none may be faulty', () => {
  expect([maxFaulty(0), maxCrashed(0)]).toEqual([0, 0])
})
