/**
 * A tree whose searches can be followed by hand.
 */
import * as O from 'fp-ts/lib/Option.js'
import { keyedSystem } from '../../invariants/checker/state/keyed.js'
import { systemModel } from '../../invariants/checker/model/systemModel.js'
import type { CompactSystem } from '../../invariants/checker/model/walker.js'
import { whole } from '../../invariants/property/invariant.js'

export type Bit = '0' | '1'

/** From each number below a bound, two steps that write a binary digit behind it. From 1 on. */
export const numberTree = (below: number, bad: ReadonlyArray<number> = []): CompactSystem<Bit> =>
  keyedSystem(
    systemModel<number, Bit>({
      name: 'tree',
      system: {
        initial: [1],
        actions: (n) => (n < below ? ['0', '1'] : []),
        next: (n, digit) => O.some(2 * n + Number(digit))
      },
      invariants: [whole('good', 'no number is bad', (n) => (bad.includes(n) ? [{ witness: String(n) }] : []))],
      states: [{ name: 'even', says: 'it is even', of: (n) => n % 2 === 0 }]
    })
  )

/** The same system, where each state is said to have so many steps. */
export const withSteps = <A>(compact: CompactSystem<A>, steps: number): CompactSystem<A> => ({
  ...compact,
  expand: (...how) => ({ ...compact.expand(...how), steps })
})
