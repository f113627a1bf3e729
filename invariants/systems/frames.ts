/**
 * An execution as it goes by: a frame for each state, with what has led to it, what there is to see, and what does not hold.
 */
import type { ReplayedStep } from '../checker/trace/trace.js'
import { showFailure } from '../property/invariant.js'
import type { StatePicture } from './picture.js'
import type { Show } from './show.js'

/** A state of an execution. */
export interface Frame {
  /** The step that has led to it, in a line; of the first, how it begins. */
  readonly says: string
  readonly pictures: ReadonlyArray<StatePicture>
  /** What does not hold in it, or was sought. */
  readonly objections: ReadonlyArray<string>
}

/** The frames of an execution. */
export const framesOf = <S, A>(show: Show<S, A>, steps: ReadonlyArray<ReplayedStep<S, A>>): ReadonlyArray<Frame> =>
  steps.map(({ action, state, failures }, i) => {
    const before = steps[i - 1]
    const beginning = show.beginning?.(state)
    return {
      says:
        action === undefined || before === undefined
          ? `initially${beginning === undefined ? '' : `: ${beginning}`}`
          : show.action(action, before.state, state).trim(),
      pictures: show.pictures?.(state) ?? [],
      objections: failures.map(showFailure)
    }
  })
