/**
 * Walks as trace files, with the refusals that `blockforest replay` has.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Either } from 'fp-ts/lib/Either.js'
import { readTrace, replay, traceOf, writeTrace } from '../../invariants/checker/trace/trace.js'
import type { Trace } from '../../invariants/checker/trace/trace.js'
import { recordedIn } from '../../invariants/systems/recorded.js'
import type { AnySystem } from '../../invariants/systems/system.js'
import { begun } from './session.js'
import type { Session } from './session.js'
import { pathAlong, pathOf, runOf } from './walk.js'

export { readTrace }

/** A session that has gone along a trace, and where the trace is no execution, if it is not one to its end. */
export interface Recorded {
  readonly session: Session
  readonly departure: string | undefined
}

/** A session along a trace of a system. Left: why it is none of that. */
export const openTrace = (any: AnySystem, trace: Trace): Either<string, Recorded> =>
  any.open((system) =>
    E.Monad.chain(recordedIn(system, trace), (configuration) =>
      E.Monad.chain(begun(system, configuration, trace.mutant), (session) => followed(session, trace))
    )
  )

const followed = (session: Session, trace: Trace): Either<string, Recorded> => {
  const { path, departure } = session.open(({ model }) => {
    const replayed = replay(model, trace)
    const [first] = replayed.steps
    const start = first === undefined ? 0 : Math.max(0, model.system.initial.indexOf(first.state))
    const actions = replayed.steps.flatMap(({ action }) => (action === undefined ? [] : [action]))
    return {
      path: pathAlong(model, { start, actions, loop: replayed.loop }),
      departure:
        replayed.departure &&
        `not an execution of ${model.name} from step ${replayed.departure.step} on: ${replayed.departure.reason}`
    }
  })
  return E.map((at: Session) => ({ session: at, departure }))(session.follow(path))
}

/** The walk of a session as the text of a trace file. */
export const traceText = (session: Session, system: string): string =>
  session.open(({ configuration, mutant, walk }) => {
    const { states, actions } = runOf(walk)
    const { loop } = pathOf(walk)
    return writeTrace(
      traceOf(configuration, states, actions, {
        system,
        ...(mutant === undefined ? {} : { mutant }),
        ...(loop === undefined ? {} : { loop })
      })
    )
  })
