/**
 * `blockforest replay` and `blockforest explain`: a trace file, run again by the specification.
 */
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { decodeConfiguration } from '../../invariants/blockchain/codec.js'
import { withEdition } from '../../invariants/blockchain/configuration.js'
import { lanesSvg, lanesText, readTrace, replay } from '../../invariants/checker/index.js'
import type { Lanes, Replay, Trace } from '../../invariants/checker/index.js'
import { showFailure } from '../../invariants/property/invariant.js'
import type { Failure } from '../../invariants/property/invariant.js'
import { print, readText, UsageError, writeText } from './io.js'

/** A replayed trace in words, with its verdicts. */
interface Replayed {
  readonly model: string
  readonly departure: Replay<unknown, unknown>['departure']
  readonly actions: ReadonlyArray<string>
  readonly failures: ReadonlyArray<ReadonlyArray<Failure>>
  readonly explained: string
  readonly lanes: Lanes
}

const replayFile = (path: string): Replayed => {
  const trace: E.Either<string, Trace> = readTrace(readText(path))
  if (E.isLeft(trace)) throw new UsageError(`${path}: ${trace.left}`)
  const configuration = decodeConfiguration(trace.right.configuration)
  if (E.isLeft(configuration)) throw new UsageError(`${path}: #meta.blockforest.configuration: ${configuration.left}`)
  return withEdition(configuration.right, ({ model, action: tell, execution, lanes }) => {
    const { steps, departure } = replay(model, trace.right)
    return {
      model: model.name,
      departure,
      actions: steps.map(({ action, state }, i) => {
        const before = steps[i - 1]
        return action === undefined || before === undefined ? 'initial state' : tell(action, before.state, state)
      }),
      failures: steps.map((step) => step.failures),
      explained: execution(steps),
      lanes: lanes(steps)
    }
  })
}

/** 0 all invariants hold in all states, 1 some do not, 2 the trace is not an execution of the model. */
const exitCodeOf = ({ departure, failures }: Replayed): number =>
  departure ? 2 : failures.some((found) => found.length > 0) ? 1 : 0

const departureText = (path: string, { departure, model }: Replayed): ReadonlyArray<string> =>
  departure ? [`${path}: not an execution of ${model} from step ${String(departure.step)} on: ${departure.reason}`] : []

/** Adds `replay`. */
export const replayCommand = (program: Command): void => {
  program
    .command('replay')
    .description('Replay a trace file step by step, with the verdicts.')
    .argument('<file>', 'a trace written by blockforest (ITF)')
    .option('--json', 'one JSON object instead of text')
    .action((path: string, { json }: { readonly json?: true }) => {
      const replayed = replayFile(path)
      if (json === true) print(JSON.stringify({ ...replayed, explained: undefined, lanes: undefined }, undefined, 2))
      else {
        print(`${replayed.model}, ${String(Math.max(replayed.actions.length - 1, 0))} steps`)
        for (const [i, action] of replayed.actions.entries()) {
          const found = replayed.failures[i] ?? []
          print(`${String(i).padStart(4)}  ${found.length === 0 ? '✓' : '✗'} ${action}`)
          for (const failure of found) print(`        ${showFailure(failure)}`)
        }
        for (const line of departureText(path, replayed)) print(line)
      }
      process.exitCode = exitCodeOf(replayed)
    })
}

/** Adds `explain`. */
export const explainCommand = (program: Command): void => {
  program
    .command('explain')
    .description('Tell the execution of a trace file: who did what, the forests as trees, what is in flight.')
    .argument('<file>', 'a trace written by blockforest (ITF)')
    .option('--lanes', 'a diagram instead: nodes as lanes, messages as arrows')
    .option('--svg <file>', 'write that diagram to a file (SVG)')
    .action((path: string, { lanes, svg }: { readonly lanes?: true; readonly svg?: string }) => {
      const replayed = replayFile(path)
      print(`${replayed.model}\n\n${lanes === true ? lanesText(replayed.lanes) : replayed.explained}`)
      if (svg !== undefined) {
        writeText(svg, lanesSvg(replayed.lanes))
        print(`\ndiagram written to ${svg}`)
      }
      for (const line of departureText(path, replayed)) print(line)
      process.exitCode = exitCodeOf(replayed)
    })
}
