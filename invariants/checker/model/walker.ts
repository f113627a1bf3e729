/**
 * What searches walk on: a cursor on the states of a system, and its compact form, in which states are rows of integers.
 */
import type { Coverage } from './result.js'
import type { VisitedSet } from '../data/visited.js'

/** A cursor on one state of a system, which walks forward: it lists steps and takes one. */
export interface Walker<A> {
  /** The indices of the initial states, of equal ones that of the first. */
  readonly starts: ReadonlyArray<number>
  /**
   * Goes to the initial state with this index. States that were stored before may have become meaningless.
   * @param start default: 0.
   */
  readonly begin: (start?: number) => void
  /** Lists the steps of the current state; how many there are. They have the places 0, 1, 2, … */
  readonly enumerate: () => number
  /** Takes the step at a place. */
  readonly apply: (place: number) => void
  /** The action of the step at a place. */
  readonly actionAt: (place: number) => A
  /** The number of that action's kind in `kinds()`. */
  readonly kindAt: (place: number) => number
  readonly kinds: () => ReadonlyArray<string>
  /** Counts the step at a place, for `coverage`. */
  readonly countStep: (place: number) => void
  /** Counts the current state, for `coverage`. */
  readonly countState: () => void
  /** What has been counted. */
  readonly coverage: () => Coverage
  /** Some invariant does not hold of the current state. */
  readonly violated: () => boolean
  /** The step at a place breaks a step invariant. */
  readonly breaks: (place: number) => boolean
  /** The current state, of which the steps were listed and there are none, is not one in which executions may end. */
  readonly isStuck: () => boolean
}

/** No step. */
export const NO_STEP = -1

/** No number of a step. */
export const NO_NUMBER = -1

/** What `expand` has found. */
export interface Expansion {
  /** How many steps were looked at. */
  steps: number
  /** How many of them lead to a new state. */
  found: number
  /** The last of these violates an invariant, and nothing was looked at after it. */
  violated: boolean
  /** The place of a step that breaks a step invariant, and after which nothing was looked at; `NO_STEP`: there is none. */
  broken: number
  /** There is no step, and executions may not end here. */
  stuck: boolean
  /** There were steps when no more states were wanted. */
  cut: boolean
}

/** How a model is put in its compact form. */
export interface CompactOptions {
  /** A walk that begins anew forgets the cells that it has met if they are more than this. Default: 2^18. */
  readonly mostCells?: number
  /** Purge inert packets. Default: false. */
  readonly purge?: boolean
  /** Take states that differ in the names of nodes only for one. Default: false. */
  readonly uptoSymmetry?: boolean
  /** The name of the score that states have. Default: every state has the score 0. */
  readonly toward?: string
}

/**
 * A walker whose states are rows of a few integers and have fingerprints. `expand` is the loop in which searches spend
 * their time.
 */
export interface CompactSystem<A> extends Walker<A> {
  /** The number of the step at a place, of steps with one number the action is the same; `NO_NUMBER`: steps are not numbered. */
  readonly numberAt: (place: number) => number
  /** The fingerprint of the current state, in two lanes of 32 bits. */
  readonly high: () => number
  readonly low: () => number
  /** How many integers make a state; the last two are its fingerprint. */
  readonly width: number
  /** How many integers make a row: a state, a place, a tag. */
  readonly stride: number
  /** Writes the current state to `width` integers. */
  readonly store: (to: Int32Array, at: number) => void
  /** Goes to the state in these integers. */
  readonly fetch: (from: Int32Array, at: number) => void
  /** Writes a state in such integers to the front of a record; how many bytes. */
  readonly pack: (from: Int32Array, at: number, record: Uint8Array) => number
  /** Goes to the state at the front of a record. */
  readonly unpack: (record: Uint8Array) => void
  /** Writes the numbers that the model's properties give the current state, one after another, to these integers. */
  readonly labels: (to: Int32Array, at: number) => void
  /** Adds the current state to a set; true if it was not there. */
  readonly visit: (visited: VisitedSet) => boolean
  /**
   * Takes every step of the current state, in which all invariants hold, and counts it. Those that lead to states that
   * the set says are to be looked at, as a rule new ones, leave them in `rows`, counted and judged.
   * @param room how many of them are wanted at most.
   * @param first the row of the first; the others follow.
   * @param tag stored in the row of each, and passed to the set.
   */
  readonly expand: (visited: VisitedSet, room: number, first: number, tag: number) => Readonly<Expansion>
  /** States in rows: `width` integers, the place of the step that leads to it, and a tag. An expansion may replace it. */
  readonly rows: () => Int32Array
  /** The score of the state in these integers; 0 where the system was made without a score to go toward. */
  readonly score: (from: Int32Array, at: number) => number
  /** Takes the step at a place; its action, and those by which packets that it makes inert are delivered. */
  readonly take: (place: number) => ReadonlyArray<A>
  /** From now on no state is said to violate an invariant; instead this is called for each that does. */
  readonly tolerate: (onViolation: () => void) => void
  /** Forgets what has been counted. */
  readonly resetCounts: () => void
  /**
   * Where inert packets are purged: looks whether all that was purged was inert for good, and invisible. What was not is
   * purged no more, and all that was explored is void.
   * @returns how many packets that concerns.
   */
  readonly recheckPurged: () => number
  /** What has been interned and counted, as plain data: another system of the same model that is given it goes on. */
  readonly dump: () => CompactDump
  /** Takes over what `dump` gave; to be called before anything else. */
  readonly restore: (dump: CompactDump) => void
  /** How many distinct things have been met: for reports. */
  readonly sizes: () => Readonly<Record<string, number>>
}

/** What a compact system has met, in the order of the numbers it gave: plain data. */
export interface CompactDump {
  readonly envs: ReadonlyArray<unknown>
  readonly locals: ReadonlyArray<unknown>
  readonly packets: ReadonlyArray<unknown>
  /** Each cell: its local state, then its packets. */
  readonly cells: ReadonlyArray<ReadonlyArray<number>>
  readonly coverage: Coverage
}

/**
 * A value that another system of the same model has dumped. It is trusted: the caller has checked that the dump is
 * whole and of this model (`search/checkpoint.ts`).
 */
export const isOwn = <X>(_dumped: unknown): _dumped is X => true
