/**
 * The state map of a network and its initial value. Counterpart of `Systems/States.v`, parametric in the protocol.
 */
import { foldr } from '../prelude/seq.js'
import { pts, unionMap, unit } from '../prelude/unionMap.js'
import type { UnionMap } from '../prelude/unionMap.js'
import type { Address, NetAddr } from './address.js'
import type { Protocol } from './protocol.js'

/**
 * The local state of each node, under its address.
 * @coq Systems/States.v StateMap
 * @bythos Systems/States.v StateMap
 */
export type StateMap<State> = UnionMap<Address, State>

/**
 * The functor `States`: the initial state maps of a protocol.
 * @coq Systems/States.v NetState States
 */
export const States = <State, Message, Internal, Timestamp>(
  A: NetAddr,
  Pr: Protocol<State, Message, Internal, Timestamp>
) => {
  const { join } = unionMap(A.Address)

  /**
   * The state map in which each address of a list has its initial state; undefined where one occurs twice.
   * @coq Systems/States.v initState'
   */
  const initStateOf = (s: ReadonlyArray<Address>): StateMap<State> =>
    foldr<Address, StateMap<State>>((a, m) => join(pts(a, Pr.Init(a)), m), unit, s)

  /**
   * Every node in its initial state.
   * @coq Systems/States.v initState
   */
  const initState: StateMap<State> = initStateOf(A.enum)

  return { initStateOf, initState }
}
