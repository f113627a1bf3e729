/**
 * What the benchmark knows of a model checker: whether it is there, how it is run, how its output is read.
 */
import type { Configuration } from './configurations.js'
import type { Invocation } from './measure.js'

/** What a tool says of a run. */
export interface Reported {
  /** Distinct states; nothing where executions are random. */
  readonly states?: number
  /** Transitions out of all distinct states; of random executions, the steps. */
  readonly transitions: number
  /** Seconds of the search alone, by the tool's own clock, where it has a fine one. */
  readonly seconds?: number
  /** Bytes of memory by the tool's own account, for systems that do not tell. */
  readonly memory?: number
}

/** A command, and how its output is read; `read` throws if the tool found a violation or did not finish. */
export interface Command extends Invocation {
  readonly read: (output: string) => Reported
}

/** One way to run a tool. */
export interface Variant {
  /** Unique, as in tables: `SPIN, depth first`. */
  readonly name: string
  readonly task: 'exhaustive' | 'random'
  /** It takes the better part of an hour on a large configuration, and is spared it. */
  readonly slow?: true
  /** Makes all that need not be measured (generated models, compiled programs); the command to measure. */
  readonly prepare: (configuration: Configuration) => Promise<Command>
}

/** A tool that can be run, or why not and how to get it. */
export type Found =
  | {
      readonly _tag: 'Here'
      readonly version: string
      readonly variants: ReadonlyArray<Variant>
      readonly note?: string
    }
  | { readonly _tag: 'Missing'; readonly how: string }

/** A model checker. */
export interface Tool {
  readonly name: string
  readonly find: (place: Place) => Promise<Found>
}

/** Where the benchmark works. */
export interface Place {
  /** Copies and results of compilers; it may be deleted at any time between two runs. */
  readonly cache: string
  /** The built command line of blockforest. */
  readonly cli: string
  /** A tenth of the random executions. */
  readonly quick: boolean
  /** Says something while the benchmark is under way. */
  readonly say: (text: string) => void
}

/** A number that an output must contain: the first group of a pattern, thousands separated or not. */
export const numberIn = (output: string, pattern: RegExp, what: string): number => {
  const found = pattern.exec(output)?.[1]
  if (found === undefined)
    throw new Error(`the output does not tell ${what}: expected ${String(pattern)} in\n${output}`)
  return Number(found.replaceAll(',', ''))
}

/** A configuration as the four numbers that most command lines take. */
export const asArguments = ({ nodes, mints, transactions, blockOnly }: Configuration): ReadonlyArray<string> =>
  [nodes, mints, transactions, blockOnly ? 1 : 0].map(String)
