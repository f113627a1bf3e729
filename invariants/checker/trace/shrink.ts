/**
 * Shrinking: a failing execution made locally minimal. What remains is a legal execution that ends in a violation, and
 * no single step of it can be left out.
 */
import { canonical } from '../data/canonical.js'
import type { Model } from '../model/model.js'
import { violates } from '../model/model.js'
import * as O from 'fp-ts/lib/Option.js'
import { breathe } from '../model/result.js'

/**
 * The legal execution that follows a list of actions as closely as it can, up to the first violation; none where it
 * meets none. An action that is not enabled is replaced by an enabled one of its shape (leaving out an earlier step
 * changes the details of later ones), and left out where there is none.
 */
export const follow = <S, A>(model: Model<S, A>, wanted: ReadonlyArray<A>): ReadonlyArray<A> | undefined => {
  const taken: A[] = []
  let [s] = model.system.initial
  if (s === undefined) return undefined
  if (violates(model, s)) return taken
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
    if (violates(model, s)) return taken
  }
  return undefined
}

/**
 * A locally minimal execution that ends in a violation: chunks of the actions are left out, large ones first, as long as
 * what is left still fails.
 * @throws RangeError if the actions do not lead to a violation.
 */
export const shrink = async <S, A>(model: Model<S, A>, actions: ReadonlyArray<A>): Promise<ReadonlyArray<A>> => {
  const failing = follow(model, actions)
  if (failing === undefined)
    throw new RangeError(`${model.name}: these ${String(actions.length)} actions violate nothing`)
  let best = failing
  for (let size = Math.ceil(best.length / 2); size >= 1; ) {
    let shorter = false
    for (let from = 0; from < best.length; from += size) {
      const candidate = follow(model, [...best.slice(0, from), ...best.slice(from + size)])
      await breathe()
      if (candidate !== undefined) {
        best = candidate
        shorter = true
        break
      }
    }
    if (!shorter) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return best
}
