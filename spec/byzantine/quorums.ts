/**
 * The arithmetic of quorums: how many of `n` nodes must have said something, where up to `f` of them may be faulty.
 *
 * All arguments are whole numbers with `0 ≤ f ≤ n` and `0 ≤ q ≤ n`; what they mean for sets of nodes is said beside each
 * definition, and decided for all sets of up to nine nodes by the tests. `blockforest/quorums` is the same for programs,
 * with arguments that are checked.
 */

/** `⌊n/2⌋ + 1`: the smallest size of which any two sets of nodes share one. (Paxos; the lecture's `N/2 + 1`.) */
export const paxosQuorum = (n: number): number => Math.floor(n / 2) + 1

/**
 * `⌊2n/3⌋ + 1`: a size of which any two sets share an honest node, and which the honest ones can make up alone, with as many
 * faulty ones as `n` nodes stand. (The lecture's `2/3 · N + 1`, read in whole numbers.)
 */
export const byzantineQuorum = (n: number): number => Math.floor((2 * n) / 3) + 1

/**
 * `⌈2n/3 + 1⌉`: the lecture's `2/3 · N + 1` read over the reals and rounded up, which is a mistake. With `n = 3f + 1` it is
 * `2f + 2`: two such sets share an honest node too, but the `2f + 1` honest ones cannot make one up, so that `f` silent
 * nodes stop everything.
 */
export const byzantineQuorumOverReals = (n: number): number => Math.ceil((2 * n) / 3) + 1

/**
 * `⌊n/3⌋ + 1`: a size of which every set has an honest node, with as many faulty ones as `n` nodes stand. It is `f + 1`,
 * but for `n = 3f + 3`, where it is one more than need be. (The lecture's `N/3 + 1` matching replies.)
 */
export const weakQuorum = (n: number): number => Math.floor(n / 3) + 1

/** `⌊(n − 1)/3⌋`: the most faulty nodes among `n` with which safe and live quorums exist; none of no nodes. */
export const maxFaulty = (n: number): number => Math.max(0, Math.floor((n - 1) / 3))

/** `⌊(n − 1)/2⌋`: the most nodes of `n` that may crash before no `paxosQuorum` is left; none of no nodes. */
export const maxCrashed = (n: number): number => Math.max(0, Math.floor((n - 1) / 2))

/** How many nodes a set of `q` and a set of `r` of `n` nodes share at least: `q + r − n`, or none. */
export const leastOverlap = (q: number, r: number, n: number): number => Math.max(0, q + r - n)

/** Any two sets of `q` nodes share one: `2q > n`. */
export const meet = (q: number, n: number): boolean => 2 * q > n

/** Any two sets of `q` nodes share an honest one, whichever `f` are faulty: `2q − n > f`. */
export const meetInHonest = (q: number, n: number, f: number): boolean => 2 * q - n > f

/** The smallest size of which any two sets share an honest node: `⌈(n + f + 1)/2⌉`. It may be more than `n`. */
export const smallestSafeQuorum = (n: number, f: number): number => Math.ceil((n + f + 1) / 2)

/** Some set of `q` nodes is all honest, whichever `f` are faulty: `q ≤ n − f`. */
export const available = (q: number, n: number, f: number): boolean => q <= n - f

/** Some size is both safe (`meetInHonest`) and live (`available`): `n ≥ 3f + 1`. */
export const tolerates = (n: number, f: number): boolean => n >= 3 * f + 1

/** Every set of `w` nodes has an honest one, whichever `f` are faulty: `w > f`. */
export const hasHonest = (w: number, f: number): boolean => w > f

/**
 * How messages are sent, and whether it is known how long they take.
 *
 * `oral`: a node may say that another told it anything. `signed`: what another has said can be shown, and cannot be made
 * up. `partially synchronous`: messages take a time that is bounded, but nobody knows by what, or from when on.
 */
export const SETTINGS = ['oral, synchronous', 'signed, synchronous', 'signed, partially synchronous'] as const
export type Setting = (typeof SETTINGS)[number]

/**
 * The fewest nodes among which `f ≥ 1` faulty ones can be stood at all. Oral: `3f + 1` (M. Pease, R. Shostak, L. Lamport
 * 1980). Signed: `f + 2`, since of fewer nodes at most one is honest, which has nobody to agree with. Without
 * synchrony signatures do not help: `3f + 1` (C. Dwork, N. Lynch, L. Stockmeyer 1988, theorem 4.4).
 */
export const fewestNodes = (setting: Setting, f: number): number =>
  setting === 'signed, synchronous' ? f + 2 : 3 * f + 1
