/**
 * What ends a search before it is over: Ctrl-C, a signal of the system, or a disk that is full. What has been found by then
 * is reported all the same.
 */
import { OUTPUT_LOST } from './io.js'

/** Why a search ends early, in words, and the exit code that says so. */
export interface Cause {
  readonly says: string
  readonly exitCode: number
}

/** Whether a search is to end, and why. */
export interface Interruption {
  readonly aborted: boolean
  readonly cause: Cause | undefined
  /** Ends the search. The first cause counts, unless a later one is that something could not be written. */
  readonly interrupt: (cause: Cause) => void
}

/** The signals that end a search, and their exit codes: 128 and the number of the signal, as shells have it. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

/** An interruption that may come. */
export const interruption = (): Interruption => {
  let found: Cause | undefined
  return {
    get aborted() {
      return found !== undefined
    },
    get cause() {
      return found
    },
    interrupt: (cause) => {
      if (found === undefined || cause.exitCode === OUTPUT_LOST) found = cause
    }
  }
}

/** Does something that the first signal ends in good order, and a second one at once. */
export const interruptible = async <R>(use: (given: Interruption) => Promise<R>): Promise<R> => {
  const given = interruption()
  const listeners = Object.entries(SIGNALS).map(([signal, exitCode]) => {
    const listener = (): void => {
      if (given.aborted) process.exit(exitCode)
      given.interrupt({ says: `interrupted by ${signal}`, exitCode })
    }
    process.on(signal, listener)
    return [signal, listener] as const
  })
  try {
    return await use(given)
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}
