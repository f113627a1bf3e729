/**
 * `blockforest replay` and `blockforest explain`: a trace file, run again by the specification.
 */
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { lanesText, readTrace, replay } from '../../invariants/checker/index.js'
import type { Lanes, Replay, Trace } from '../../invariants/checker/index.js'
import { executionText, recordedIn, systemCalled } from '../../invariants/systems/index.js'
import type { AnySubject, AnySystem, StatePicture, System } from '../../invariants/systems/index.js'
import { showFailure } from '../../invariants/property/invariant.js'
import type { Failure } from '../../invariants/property/invariant.js'
import { drawExecution, drawPictures } from '../draw/index.js'
import { plural, print, readText, UsageError } from './io.js'
import { namedIn } from './job.js'
import { defaultSystem, load } from './load.js'
import { ensureWritable, writeText } from './output.js'

/** A replayed trace in words, with its verdicts. */
interface Replayed {
  readonly model: string
  readonly departure: Replay<unknown, unknown>['departure']
  readonly actions: ReadonlyArray<string>
  readonly loop: number | undefined
  readonly failures: ReadonlyArray<ReadonlyArray<Failure>>
  readonly explained: string
  readonly lanes: Lanes | undefined
  /** The execution as a drawing; none: there is nothing to see of it. */
  readonly drawing: string | undefined
  /** The state after so many steps as a drawing. Left: why there is none, in a clause. */
  readonly stateDrawn: (step: number) => E.Either<string, string>
}

/** What a trace is an execution of, in a system. */
const subjectOf = <C>(system: System<C>, path: string, trace: Trace): AnySubject => {
  const configuration = recordedIn(system, trace)
  if (E.isLeft(configuration)) throw new UsageError(`${path}: ${configuration.left}`)
  return system.subject(configuration.right, trace.mutant)
}

/** The system that a trace is an execution of: the one that is named on the command line, else the one that it names. */
const systemOf = async (path: string, { system: named }: Trace, called: string | undefined): Promise<AnySystem> => {
  if (called !== undefined) return (await load(called)).system
  return named === undefined ? defaultSystem().system : ofTheCatalogue(path, named)
}

/** A trace names a system of the catalogue. A module that it names is not loaded: nobody knows what that would do. */
const ofTheCatalogue = (path: string, name: string): AnySystem => {
  const system = systemCalled(name)
  if (system === undefined)
    throw new UsageError(
      `${path}: an execution of '${name}', which is no system of the catalogue; name its module: --system ./my-system.ts`
    )
  return system
}

const replayFile = async (path: string, called: string | undefined): Promise<Replayed> => {
  const trace: E.Either<string, Trace> = readTrace(readText(path))
  if (E.isLeft(trace)) throw new UsageError(`${path}: ${trace.left}`)
  const system = await systemOf(path, trace.right, called)
  const subject = system.open((one) => subjectOf(one, path, trace.right))
  return subject(({ model, show }) => {
    const { steps, departure, loop } = replay(model, trace.right)
    const named = namedIn(model, trace.right)
    const picturesOf = (step: number): ReadonlyArray<StatePicture> => {
      const at = steps[step]
      return at === undefined ? [] : (show.pictures?.(at.state) ?? [])
    }
    return {
      model: named,
      departure,
      actions: steps.map(({ action, state }, i) => {
        const before = steps[i - 1]
        return action === undefined || before === undefined ? 'initial state' : show.action(action, before.state, state)
      }),
      failures: steps.map((step) => step.failures),
      loop,
      explained: executionText(show, steps, { loop }),
      lanes: show.lanes?.(steps),
      drawing: drawExecution(show, steps),
      stateDrawn: (step) => {
        if (step >= steps.length)
          return E.left(`it has no step ${String(step)}: choose one from 0 to ${String(steps.length - 1)}`)
        const pictures = picturesOf(step)
        return pictures.length === 0
          ? E.left('its states have no pictures: leave out --picture')
          : E.right(drawPictures(`${named}, after step ${String(step)}`, pictures, picturesOf(step - 1)))
      }
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
    .option('--system <system>', SYSTEM)
    .option('--json', 'one JSON object instead of text')
    .action(async (path: string, { json, system }: { readonly json?: true; readonly system?: string }) => {
      const replayed = await replayFile(path, system)
      const { model, departure, actions, loop, failures } = replayed
      if (json === true) print(JSON.stringify({ model, departure, actions, loop, failures }, undefined, 2))
      else {
        print(`${replayed.model}, ${plural(Math.max(replayed.actions.length - 1, 0), 'step')}`)
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
    .option('--system <system>', SYSTEM)
    .option('--lanes', 'a diagram instead: nodes as lanes, messages as arrows')
    .option('--svg <file>', 'write the execution to a file (SVG): as lanes, or as calls that grow and unwind')
    .option('--picture <file>', 'write its last state to a file (SVG), with what is new in it marked')
    .option('--step <n>', 'draw the state after so many steps instead', (text) => stepOf(text))
    .action(async (path: string, options: ExplainOptions) => {
      const { lanes, svg, picture, step, system } = options
      if (step !== undefined && picture === undefined)
        throw new UsageError('--step says which state --picture draws: give that, too')
      if (svg !== undefined && svg === picture)
        throw new UsageError('--svg and --picture write a file each: name different ones')
      for (const file of [svg, picture]) if (file !== undefined) ensureWritable(file)
      const replayed = await replayFile(path, system)
      if (replayed.lanes === undefined && lanes === true)
        throw new UsageError(`${replayed.model} has no nodes whose lanes could be drawn: leave out --lanes`)
      if (replayed.drawing === undefined && svg !== undefined)
        throw new UsageError(`${replayed.model} has neither nodes nor calls that could be drawn: leave out --svg`)
      const drawn = picture === undefined ? undefined : replayed.stateDrawn(step ?? replayed.actions.length - 1)
      if (drawn !== undefined && E.isLeft(drawn)) throw new UsageError(`${replayed.model}: ${drawn.left}`)
      const text = lanes === true && replayed.lanes !== undefined ? lanesText(replayed.lanes) : replayed.explained
      print(`${replayed.model}\n\n${text}`)
      if (svg !== undefined && replayed.drawing !== undefined) {
        writeText(svg, replayed.drawing)
        print(`\ndiagram written to ${svg}`)
      }
      if (picture !== undefined && drawn !== undefined) {
        writeText(picture, drawn.right)
        print(`\npicture written to ${picture}`)
      }
      for (const line of departureText(path, replayed)) print(line)
      process.exitCode = exitCodeOf(replayed)
    })
}

/** The number of a step from the command line. */
const stepOf = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new UsageError(`--step: '${text}' is no number of a step: give 0, 1, …`)
  return Number(text)
}

interface ExplainOptions {
  readonly lanes?: true
  readonly svg?: string
  readonly picture?: string
  readonly step?: number
  readonly system?: string
}

/** What the option of both commands is for. */
const SYSTEM = 'what it is an execution of, a system or a module (default: the system that the trace names)'
