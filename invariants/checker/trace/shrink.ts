/**
 * Shrinking: a failing execution made locally minimal. What remains is a legal execution that ends in a violation, and
 * no single step of it can be left out.
 */
import { canonical } from '../data/canonical.js'
import { ModelFault } from '../model/guard.js'
import type { Model } from '../model/model.js'
import { violates } from '../model/model.js'
import * as O from 'fp-ts/lib/Option.js'
import { breathe } from '../model/result.js'
import type { Execution } from '../model/result.js'

/**
 * The legal execution that follows another as closely as it can, from the same initial state up to the first violation; none where it
 * meets none. An action that is not enabled is replaced by an enabled one of its shape (leaving out an earlier step
 * changes the details of later ones), and left out where there is none.
 */
export const follow = <S, A>(model: Model<S, A>, execution: Execution<A>): Execution<A> | undefined => {
  try {
    return followed(model, execution)
  } catch (thrown) {
    // Another execution may come to where a function of the model throws; it is no shorter counterexample.
    if (thrown instanceof ModelFault) return undefined
    throw thrown
  }
}

const followed = <S, A>(model: Model<S, A>, { start, actions: wanted }: Execution<A>): Execution<A> | undefined => {
  const taken: A[] = []
  const execution = { start, actions: taken }
  let s = model.system.initial[start]
  if (s === undefined) return undefined
  if (violates(model, s)) return execution
  for (const want of wanted) {
    const enabled = model.system.actions(s)
    const same = canonical(want)
    const a: A | undefined =
      enabled.find((e) => canonical(e) === same) ?? enabled.find((e) => model.shapeOf(e) === model.shapeOf(want))
    if (a === undefined) continue
    const next: O.Option<S> = model.system.next(s, a)
    if (O.isNone(next)) continue
    s = next.value
    taken.push(a)
    if (violates(model, s)) return execution
  }
  return undefined
}

/**
 * A locally minimal execution from the same initial state that ends in a violation: chunks of the actions are left out, large ones first, as long as
 * what is left still fails.
 * @throws RangeError if the actions do not lead to a violation.
 */
export const shrink = async <S, A>(model: Model<S, A>, execution: Execution<A>): Promise<Execution<A>> => {
  const { start, actions } = execution
  const failing = follow(model, execution)
  if (failing === undefined)
    throw new RangeError(`${model.name}: these ${String(actions.length)} actions violate nothing`)
  let best = failing.actions
  for (let size = Math.ceil(best.length / 2); size >= 1; ) {
    let shorter = false
    for (let from = 0; from < best.length; from += size) {
      const candidate = follow(model, { start, actions: [...best.slice(0, from), ...best.slice(from + size)] })
      await breathe()
      if (candidate !== undefined) {
        best = candidate.actions
        shorter = true
        break
      }
    }
    if (!shorter) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return { start, actions: best }
}
