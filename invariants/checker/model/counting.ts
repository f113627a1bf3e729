/**
 * Counting states instead of stopping at the first: how often something is so in all that is explored.
 */
import { failures, whole } from '../../property/invariant.js'
import { refuseReplaced } from './model.js'
import type { Model } from './model.js'
import type { CompactOptions } from './walker.js'

/**
 * The same model, in which no invariant stops a search: a state in which one fails is counted. A search asks once for
 * each distinct state (a random run, for each visit).
 */
export const counting = <S, A>(model: Model<S, A>): { readonly model: Model<S, A>; readonly times: () => number } => {
  let times = 0
  const { made: _, properties: _properties, compact, ...rest } = model
  return {
    times: () => times,
    model: {
      ...rest,
      invariants: [
        whole('counted', 'the state is counted', (s) => {
          if (model.invariants.some((invariant) => failures(invariant, s).length > 0)) times++
          return []
        })
      ],
      ...(compact && {
        compact: (how?: CompactOptions) => {
          refuseReplaced(model)
          const counted = compact(how)
          counted.tolerate(() => {
            times++
          })
          const resetCounts = (): void => {
            counted.resetCounts()
            times = 0
          }
          return { ...counted, resetCounts }
        }
      })
    }
  }
}
