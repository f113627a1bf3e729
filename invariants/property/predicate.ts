/**
 * Predicates on states, of which properties are made.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import type { Address } from '../../spec/system/address.js'
import { all, eachNode, failures, ofStates, together } from './invariant.js'
import type { Invariant, NetworkInvariant } from './invariant.js'

/**
 * Which states are meant: those of which a function says so, or those in which an invariant holds. What an invariant says
 * that it looks at is looked up; a function is asked anew of every state.
 */
export type States<S, Part = never> = ((s: S) => boolean) | Invariant<S, Part>

/** A predicate on states. */
export interface Predicate<S, Part = unknown> {
  readonly of: (s: S) => boolean
  /** The invariant that holds in the same states, where it is known by one. */
  readonly invariant: Option<Invariant<S, Part>>
}

/** The predicate that is so of these states. */
export const predicate = <S, Part>(states: States<S, Part>): Predicate<S, Part> =>
  typeof states === 'function'
    ? { of: states, invariant: O.none }
    : { of: (s) => failures(states, s).length === 0, invariant: O.some(states) }

/** It is so of every node. */
export const everyNode = <State, Message>(is: (st: State, n: Address) => boolean): NetworkInvariant<State, Message> =>
  eachNode('every node', 'it is so of every node', (node, st) =>
    is(st, node) ? [] : [{ node, witness: 'it is not so' }]
  )

/** It is so of some node. */
export const someNode = <State, Message>(is: (st: State, n: Address) => boolean): NetworkInvariant<State, Message> =>
  all(
    'some node',
    'it is so of some node',
    ofStates(
      together('some', 'it is so of one at least', {
        summary: (n, st: State) => is(st, n),
        decide: (seen) => (seen.some(({ sees }) => sees) ? [] : [{ witness: 'it is so of none' }])
      })
    )
  )
