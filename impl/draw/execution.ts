/**
 * An execution of any system that has something to see: its lanes where nodes send messages, else how its stack of calls grows
 * and unwinds.
 */
import type { ReplayedStep } from '../../invariants/checker/index.js'
import type { Show } from '../../invariants/systems/show.js'
import { drawCalls } from './calls.js'
import type { CallStep } from './calls.js'
import { drawLanes } from './lanes.js'
import type { DrawingOptions } from './svg.js'

/** The steps of an execution with the stacks after them; undefined: no state has a stack, or no call is ever open. */
const callsOf = <S, A>(
  show: Show<S, A>,
  steps: ReadonlyArray<ReplayedStep<S, A>>
): ReadonlyArray<CallStep> | undefined => {
  const taken = steps.flatMap(({ action, state, failures }, i): ReadonlyArray<CallStep> => {
    const before = steps[i - 1]?.state
    const after = show.pictures?.(state).find((picture) => picture._tag === 'Stack')
    return action === undefined || before === undefined || after === undefined
      ? []
      : [{ says: show.action(action, before, state), after, fails: failures.length > 0 }]
  })
  return taken.some(({ after }) => after.frames.length > 0) ? taken : undefined
}

/**
 * An execution as SVG; undefined: there is nothing to see of it.
 * @param title what stands above; default: what the lanes are called.
 */
export const drawExecution = <S, A>(
  show: Show<S, A>,
  steps: ReadonlyArray<ReplayedStep<S, A>>,
  title?: string,
  options: DrawingOptions = {}
): string | undefined => {
  const lanes = show.lanes?.(steps)
  if (lanes !== undefined) return drawLanes(title === undefined ? lanes : { ...lanes, title }, options)
  const calls = callsOf(show, steps)
  return calls === undefined ? undefined : drawCalls({ title: title ?? 'Calls', steps: calls }, options)
}
