/**
 * The command line of the benchmark.
 */
import { parseArgs } from 'node:util'

export const SECTIONS = ['memory', 'bare', 'inserts', 'heads', 'growth'] as const
export type Section = (typeof SECTIONS)[number]

export interface Options {
  readonly sections: ReadonlyArray<Section>
  /** Each figure is the median of so many measurements. */
  readonly rounds: number
  /** How many blocks the largest trees of the growth table have. */
  readonly growth: number
  /** Seconds that the peer gets for each tree. */
  readonly budget: number
}

export const HELP = `npm run bench:forest -- [options]

  --only LIST       only these sections: ${SECTIONS.join(', ')} (default: all)
                      memory   bytes for each block, beyond the block and its strings
                      bare     inserts, against a loop that keeps parent, height and best tip
                      inserts  inserts, against ProtoArray of @lodestar/fork-choice
                      heads    the same, the head read after every hundredth insert
                      growth   microseconds for an insert and for queries, as the forest grows
  --rounds N        each figure is the median of N measurements (default: 3)
  --growth N        the growth table ends with N blocks, a power of ten from 1e4 to 1e7 (default: 1e7, which needs 12 GB)
  --budget SECONDS  the peer inserts for so long, and twenty times as long where heads are read (default: 5)
  --help            print this

  The first run of inserts or heads installs the peer from npm, into node_modules/.cache/bench-forest-peer.
`

/** An error in the command line. */
export class UsageError extends Error {}

const valuesOf = (args: ReadonlyArray<string>) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', default: SECTIONS.join() },
        rounds: { type: 'string', default: '3' },
        growth: { type: 'string', default: '1e7' },
        budget: { type: 'string', default: '5' },
        help: { type: 'boolean', default: false }
      }
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const isSection = (name: string): name is Section => SECTIONS.some((section) => section === name)

const sectionIn = (name: string): Section => {
  if (!isSection(name)) throw new UsageError(`--only: there is no section '${name}'; there are ${SECTIONS.join(', ')}`)
  return name
}

/** What the command line asks for; undefined where it asks for help. */
export const optionsIn = (args: ReadonlyArray<string>): Options | undefined => {
  const { only, rounds, growth, budget, help } = valuesOf(args)
  if (help) return undefined
  if (!/^[1-9]\d*$/.test(rounds)) throw new UsageError(`--rounds takes a number from 1 on, not '${rounds}'`)
  if (!(Number(budget) > 0)) throw new UsageError(`--budget takes seconds, more than 0, not '${budget}'`)
  if (![1e4, 1e5, 1e6, 1e7].includes(Number(growth)))
    throw new UsageError(`--growth takes 1e4, 1e5, 1e6 or 1e7, not '${growth}'`)
  const asked = only.split(',').map(sectionIn)
  return {
    sections: SECTIONS.filter((section) => asked.includes(section)),
    rounds: Number(rounds),
    growth: Number(growth),
    budget: Number(budget)
  }
}
