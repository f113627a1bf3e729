/**
 * GHOST: from the root on, always to the child under which the most weight hangs (Sompolinsky and Zohar, 2015).
 *
 * It is no fork choice rule in the paper's sense: which of two chains it prefers depends on the blocks beside them, so
 * that no function of the two chains decides it. Hence it is not a rule to make a forest with but a question to ask one.
 */
import { addWeight } from './rules.js'
import type { ForestView } from './types.js'

/**
 * The head by GHOST, among the valid blocks; at equal weights the child that comes first in `tieBreak` wins. O(n).
 * The forest's own head and events are those of its rule. Weights are those of `heaviestChain`: what is no whole number
 * from 0 on, or a sum beyond 2^53 - 1, throws a `RangeError`.
 */
export const ghost = <B, H extends string>(
  view: Pick<ForestView<B, H, unknown, unknown, unknown>, 'root' | 'entries' | 'get'>,
  parent: (block: B) => H,
  weight: (block: B) => number,
  tieBreak: (a: H, b: H) => number = (a, b) => (a < b ? -1 : 1)
): H => {
  const valid = [...view.entries()].filter(([hash]) => view.get(hash)?._tag === 'Valid')
  const weights = new Map(valid.map(([hash, block]) => [hash, addWeight(0, weight(block))]))
  const heaviestChild = new Map<H, H>()
  // Children come after their parents, so that backwards each weight is complete when its turn comes.
  for (const [hash, block] of valid.slice(1).reverse()) {
    const own = weights.get(hash) ?? 0
    const above = parent(block)
    weights.set(above, addWeight(weights.get(above) ?? 0, own))
    const rival = heaviestChild.get(above)
    const order = rival === undefined ? 1 : own - (weights.get(rival) ?? 0) || -tieBreak(hash, rival)
    if (order > 0) heaviestChild.set(above, hash)
  }
  let head = view.root()
  for (let next = heaviestChild.get(head); next !== undefined; next = heaviestChild.get(head)) head = next
  return head
}
