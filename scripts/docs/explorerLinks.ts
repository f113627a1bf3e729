/**
 * Where the explorer opens what a trial of the lecture is about.
 */
import * as E from 'fp-ts/lib/Either.js'
import { openSession, pathAlong } from '../../impl/explorer/index.js'
import type { Outcome } from '../../invariants/lecture/index.js'
import { systemCalled } from '../../invariants/systems/index.js'

/**
 * The address of what a trial is about, at the end of its execution if there is one; undefined where it is about no system
 * with its parameters chosen.
 * @throws RangeError where the explorer does not open it.
 */
export const explorerLink = ({ trial, told }: Pick<Outcome, 'trial' | 'told'>): string | undefined => {
  if (!('of' in trial)) return undefined
  const { system: name, ...choice } = trial.of
  const system = systemCalled(name)
  if (system === undefined) throw new RangeError(`the catalogue has no system ${name}`)
  const session = openSession(system, choice)
  if (E.isLeft(session)) throw new RangeError(session.left.says)
  const { execution } = { execution: undefined, ...told }
  if (execution === undefined) return session.right.shown().address
  const path = session.right.open(({ model }) => pathAlong(model, execution))
  if (path.places.length < execution.actions.length)
    throw new RangeError(`${name}: step ${String(path.places.length + 1)} of the execution cannot be taken`)
  const followed = session.right.follow(path)
  if (E.isLeft(followed)) throw new RangeError(followed.left)
  return followed.right.shown().address
}
