/**
 * Consensus: what Paxos is to bring about. A value is chosen, once and for all.
 * (L. Lamport's `Consensus.tla`, in tlaplus/Examples.)
 */
import * as O from 'fp-ts/lib/Option.js'
import type { TransitionSystem } from '../../system/transitionSystem.js'

/** A value that may be chosen. */
export type Value = string

/** What has been chosen: nothing, or one value. */
export type Chosen = ReadonlyArray<Value>

/** A value is chosen. */
export interface Choose {
  readonly _tag: 'Choose'
  readonly value: Value
}

/** The system that chooses one of some values. */
export const Consensus = (values: ReadonlyArray<Value>): TransitionSystem<Chosen, Choose> => ({
  initial: [[]],
  actions: (chosen) => (chosen.length > 0 ? [] : values.map((value) => ({ _tag: 'Choose', value }))),
  next: (chosen, { value }) => (chosen.length > 0 || !values.includes(value) ? O.none : O.some([value]))
})
