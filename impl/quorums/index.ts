/**
 * How large quorums must be, for programs: the definitions of `spec/byzantine/quorums.ts` with arguments that are checked.
 * (`blockforest/quorums`)
 *
 * Every function takes and returns whole numbers of nodes, or says yes or no, and throws a RangeError for anything else,
 * as for more faulty nodes than there are nodes.
 */
import * as arithmetic from '../../spec/byzantine/quorums.js'

/** The least and the most that an argument may be. */
interface Bounds {
  readonly least: number
  readonly most?: { readonly value: number; readonly says: string }
}

/** No number of nodes is larger, so that three times it is exact. */
const MOST = { value: 1e15, says: '10^15' }

/** What was given, so that a text is not taken for the number that it names; total. */
const found = (value: unknown): string => {
  switch (typeof value) {
    case 'bigint':
      return `${String(value)}n`
    case 'string':
      return JSON.stringify(value)
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object'
    case 'function':
      return 'a function'
    default:
      return String(value)
  }
}

/** @throws RangeError for anything but a whole number within the bounds. */
const checked = (name: string, value: unknown, { least, most = MOST }: Bounds): void => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most.value)
    throw new RangeError(
      `${name}: expected a whole number from ${String(least)} to ${most.says}, found ${found(value)}`
    )
}

const nodes = (n: number, least = 0): void => checked('n, the number of nodes', n, { least })
const among = (name: string, k: number, n: number): void =>
  checked(name, k, { least: 0, most: { value: n, says: `n = ${String(n)}` } })
const faulty = (f: number, n: number): void => among('f, the number of faulty nodes', f, n)
const quorum = (q: number, n: number): void => among('q, the size of a quorum', q, n)

/**
 * The smallest size of which any two sets of `n` nodes share one, `⌊n/2⌋ + 1`: a quorum of Paxos.
 * @throws RangeError unless `n` is a whole number from 1 on.
 */
export const paxosQuorum = (n: number): number => {
  nodes(n, 1)
  return arithmetic.paxosQuorum(n)
}

/**
 * `⌊2n/3⌋ + 1`: of that size, any two sets of `n` nodes share an honest one, and the honest nodes can make one up, if no
 * more than `maxFaulty(n)` are faulty.
 * @throws RangeError unless `n` is a whole number from 1 on.
 */
export const byzantineQuorum = (n: number): number => {
  nodes(n, 1)
  return arithmetic.byzantineQuorum(n)
}

/**
 * `⌊n/3⌋ + 1`: of that size, every set of `n` nodes has an honest one, if no more than `maxFaulty(n)` are faulty. So many
 * equal answers convince a client.
 * @throws RangeError unless `n` is a whole number from 1 on.
 */
export const weakQuorum = (n: number): number => {
  nodes(n, 1)
  return arithmetic.weakQuorum(n)
}

/**
 * `⌊(n − 1)/3⌋`: the most of `n` nodes that may do anything at all.
 * @throws RangeError unless `n` is a whole number.
 */
export const maxFaulty = (n: number): number => {
  nodes(n)
  return arithmetic.maxFaulty(n)
}

/**
 * `⌊(n − 1)/2⌋`: the most of `n` nodes that may crash, where none does anything worse.
 * @throws RangeError unless `n` is a whole number.
 */
export const maxCrashed = (n: number): number => {
  nodes(n)
  return arithmetic.maxCrashed(n)
}

/**
 * How many nodes a set of `q` and a set of `r` of `n` nodes share at least.
 * @throws RangeError unless `n` is a whole number, and `q` and `r` are whole numbers up to `n`.
 */
export const leastOverlap = (q: number, r: number, n: number): number => {
  nodes(n)
  quorum(q, n)
  among('r, the size of the other set', r, n)
  return arithmetic.leastOverlap(q, r, n)
}

/**
 * Whether any two sets of `q` of `n` nodes share one.
 * @throws RangeError unless `n` is a whole number, and `q` is one up to `n`.
 */
export const meet = (q: number, n: number): boolean => {
  nodes(n)
  quorum(q, n)
  return arithmetic.meet(q, n)
}

/**
 * Whether any two sets of `q` of `n` nodes share an honest one, whichever `f` are faulty: no two of them can be made to
 * believe different things.
 * @throws RangeError unless `n` is a whole number, and `q` and `f` are whole numbers up to `n`.
 */
export const meetInHonest = (q: number, n: number, f: number): boolean => {
  nodes(n)
  quorum(q, n)
  faulty(f, n)
  return arithmetic.meetInHonest(q, n, f)
}

/**
 * The smallest size of which any two sets of `n` nodes share an honest one, whichever `f` are faulty; more than `n` where
 * there is none.
 * @throws RangeError unless `n` is a whole number, and `f` is one up to `n`.
 */
export const smallestSafeQuorum = (n: number, f: number): number => {
  nodes(n)
  faulty(f, n)
  return arithmetic.smallestSafeQuorum(n, f)
}

/**
 * Whether some set of `q` of `n` nodes is all honest, whichever `f` are faulty: no silence of theirs can stop the others.
 * @throws RangeError unless `n` is a whole number, and `q` and `f` are whole numbers up to `n`.
 */
export const available = (q: number, n: number, f: number): boolean => {
  nodes(n)
  quorum(q, n)
  faulty(f, n)
  return arithmetic.available(q, n, f)
}

/**
 * Whether there is a size that is both safe (`meetInHonest`) and live (`available`) where `f` of `n` nodes are faulty.
 * @throws RangeError unless `n` is a whole number, and `f` is one up to `n`.
 */
export const tolerates = (n: number, f: number): boolean => {
  nodes(n)
  faulty(f, n)
  return arithmetic.tolerates(n, f)
}

/**
 * Whether every set of `w` nodes has an honest one, where `f` are faulty.
 * @throws RangeError unless both are whole numbers.
 */
export const hasHonest = (w: number, f: number): boolean => {
  checked('w, the size of the set', w, { least: 0 })
  checked('f, the number of faulty nodes', f, { least: 0 })
  return arithmetic.hasHonest(w, f)
}

/**
 * The fewest nodes of which `f` may be faulty, in one of three settings.
 * @throws RangeError unless `f` is a whole number from 1 on, and for a setting that is none.
 */
export const fewestNodes = (setting: arithmetic.Setting, f: number): number => {
  if (!arithmetic.SETTINGS.includes(setting))
    throw new RangeError(`setting: expected one of ${arithmetic.SETTINGS.join('; ')}, found ${found(setting)}`)
  checked('f, the number of faulty nodes', f, { least: 1 })
  return arithmetic.fewestNodes(setting, f)
}

export type { Setting } from '../../spec/byzantine/quorums.js'
