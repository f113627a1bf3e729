/**
 * Work for several threads: paths that lead from the initial state to states which are known and not expanded.
 *
 * Threads number what they intern each by themselves, but list the steps of a state in one order. So a path, the places of
 * its steps, means the same state to all of them. A thread that has nothing left asks, and one that has plenty gives.
 */
import { lock, unlock } from './lock.js'

/** The cells of the control block. */
const LOCK = 0
/** How many paths are there. */
const COUNT = 1
const THREADS = 2
const IDLE = 3
const STOPPED = 4
/** Changes whenever a thread that waits should look again. */
const SIGNAL = 5
/** 1 when the thread that has the initial state has joined: before that, the whole search is owed. */
const BEGUN = 6
const CELLS = 8

/** How many paths there can be, and how many steps one can have; longer ones are not given. */
const PATHS = 64
export const LONGEST_PATH = 1023

/** How many paths a thread wants that has nothing to do. */
const PORTION = 16

/** How long a thread waits before it looks for work again, in milliseconds. */
const PATIENCE = 20

/** What threads share: plain memory that can be sent to a worker. */
export interface SharedPaths {
  readonly control: SharedArrayBuffer
  /** For each path its length, then its places. */
  readonly paths: SharedArrayBuffer
}

/** Memory for paths. */
export const sharedPaths = (): SharedPaths => ({
  control: new SharedArrayBuffer(CELLS * 4),
  paths: new SharedArrayBuffer(PATHS * (LONGEST_PATH + 1) * 4)
})

/** One thread's view of the shared work. A thread that has joined has work to do, until it says that it is idle. */
export class SharedWork {
  readonly #control: Int32Array
  readonly #paths: Int32Array
  #isIdle = false

  constructor({ control, paths }: SharedPaths) {
    this.#control = new Int32Array(control)
    this.#paths = new Int32Array(paths)
    Atomics.add(this.#control, THREADS, 1)
  }

  /** This thread has the initial state. Until it says so, the search is not over, however many have nothing to do. */
  begin(): void {
    Atomics.store(this.#control, BEGUN, 1)
  }

  /** The search is over: all is explored, or a thread has stopped it. */
  get isOver(): boolean {
    return Atomics.load(this.#control, STOPPED) === 1
  }

  /** How many paths are wanted: some for each thread that has nothing to do, as there may be little at the end of one. */
  get wanted(): number {
    return Math.max(0, (this.#control[IDLE] ?? 0) * PORTION - (this.#control[COUNT] ?? 0))
  }

  /** Gives paths away. @param from what they are, when so many can be given at most. */
  give(from: (most: number) => ReadonlyArray<Int32Array>): void {
    lock(this.#control, LOCK)
    const count = Atomics.load(this.#control, COUNT)
    const given = from(Math.min(this.wanted, PATHS - count))
    for (const [i, path] of given.entries()) {
      const at = (count + i) * (LONGEST_PATH + 1)
      this.#paths[at] = path.length
      this.#paths.set(path, at + 1)
    }
    Atomics.store(this.#control, COUNT, count + given.length)
    unlock(this.#control, LOCK)
    if (given.length > 0) this.#wake()
  }

  /** Takes a path, if there is one; else this thread is idle. When all are that have joined, of whom one has begun, the search is over. */
  take(): Int32Array | undefined {
    const control = this.#control
    lock(this.#control, LOCK)
    const count = Atomics.load(control, COUNT)
    if (count > 0) {
      Atomics.store(control, COUNT, count - 1)
      if (this.#isIdle) Atomics.sub(control, IDLE, 1)
      this.#isIdle = false
      const at = (count - 1) * (LONGEST_PATH + 1)
      const path = this.#paths.slice(at + 1, at + 1 + (this.#paths[at] ?? 0))
      unlock(this.#control, LOCK)
      return path
    }
    if (!this.#isIdle) Atomics.add(control, IDLE, 1)
    this.#isIdle = true
    const isOver = Atomics.load(control, BEGUN) === 1 && Atomics.load(control, IDLE) === Atomics.load(control, THREADS)
    unlock(this.#control, LOCK)
    if (isOver) this.stop()
    return undefined
  }

  /** Waits for a short time, or until there may be something to do. */
  wait(): void {
    const signal = Atomics.load(this.#control, SIGNAL)
    if (!this.isOver && Atomics.load(this.#control, COUNT) === 0) Atomics.wait(this.#control, SIGNAL, signal, PATIENCE)
  }

  /** Ends the search for all threads. */
  stop(): void {
    Atomics.store(this.#control, STOPPED, 1)
    this.#wake()
  }

  #wake(): void {
    Atomics.add(this.#control, SIGNAL, 1)
    Atomics.notify(this.#control, SIGNAL)
  }
}
