/**
 * blockforest itself: `blockforest check --json`, the built command line, default settings.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Configuration } from '../configurations.js'
import type { Command, Reported, Tool, Variant } from '../tool.js'

/** The names of its variants: the targets speak of them. */
export const BREADTH_FIRST = 'blockforest, breadth first'
export const DEPTH_FIRST = 'blockforest, depth first'
export const TWO_WORKERS = 'blockforest, 2 workers'
export const RANDOM = 'blockforest, random'

/** What `check --json` prints, as far as it is used. */
interface Report {
  readonly states: number
  readonly transitions: number
  readonly complete: boolean
  readonly seconds: number
  readonly peakMemory: number
  readonly verdict: string
  readonly engine: string
  readonly strategy: { readonly workers?: number }
}

/** Reads the report of an exhaustive or a random run. */
export const readReport = (task: Variant['task'], workers: number, output: string): Reported => {
  const report = JSON.parse(output) as Report
  // Of random executions no verdict is known but that none of them violates anything.
  const expected = task === 'exhaustive' ? 'holds' : 'undecided'
  if (report.verdict !== expected) throw new Error(`the verdict is '${report.verdict}', not '${expected}'`)
  if (task === 'exhaustive' && !report.complete) throw new Error('the search was cut short')
  if (report.engine !== 'interned') throw new Error(`the engine was '${report.engine}', not 'interned'`)
  const ran = report.strategy.workers ?? 1
  if (ran !== workers) throw new Error(`${ran} workers ran, not ${workers}`)
  return {
    ...(task === 'exhaustive' ? { states: report.states } : {}),
    transitions: report.transitions,
    seconds: report.seconds,
    memory: report.peakMemory
  }
}

/** The options that name a configuration. */
export const modelOptions = ({ nodes, mints, transactions, blockOnly }: Configuration): ReadonlyArray<string> => [
  ...['--nodes', String(nodes), '--mints', String(mints), '--transactions', String(transactions)],
  ...(blockOnly ? ['--block-only'] : [])
]

/** Random executions: most steps of one (no execution of the configurations in question is longer), and how many. */
const STEPS = 40
const RUNS = 50_000

/** blockforest. */
export const blockforest: Tool = {
  name: 'blockforest',
  find: ({ cli, quick }) => {
    if (!existsSync(cli)) return Promise.resolve({ _tag: 'Missing', how: `npm run build makes ${cli}` })
    const help = spawnSync(process.execPath, [cli, 'check', '--help'], { encoding: 'utf8' }).stdout
    const variant = (
      name: string,
      task: Variant['task'],
      workers: number,
      options: ReadonlyArray<string>
    ): Variant => ({
      name,
      task,
      prepare: (configuration) =>
        Promise.resolve<Command>({
          program: process.execPath,
          args: [cli, 'check', '--json', ...modelOptions(configuration), ...options],
          read: (output) => readReport(task, workers, output)
        })
    })
    const runs = String(quick ? RUNS / 10 : RUNS)
    return Promise.resolve({
      _tag: 'Here',
      version: `Node ${process.versions.node}`,
      variants: [
        variant(BREADTH_FIRST, 'exhaustive', 1, []),
        ...(help.includes('--order') ? [variant(DEPTH_FIRST, 'exhaustive', 1, ['--order', 'depth-first'])] : []),
        ...(help.includes('--workers') ? [variant(TWO_WORKERS, 'exhaustive', 2, ['--workers', '2'])] : []),
        variant(RANDOM, 'random', 1, ['--random', '--seed', '2018', '--runs', runs, '--steps', String(STEPS)])
      ]
    })
  }
}
