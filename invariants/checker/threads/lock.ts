/** A lock in shared memory: a cell that is 1 while a thread holds it, else 0. */

/** Waits until nobody holds the lock, and takes it. */
export const lock = (control: Int32Array, cell: number): void => {
  while (Atomics.compareExchange(control, cell, 0, 1) !== 0) Atomics.wait(control, cell, 1, 1)
}

/** Gives the lock back. */
export const unlock = (control: Int32Array, cell: number): void => {
  Atomics.store(control, cell, 0)
  Atomics.notify(control, cell, 1)
}
