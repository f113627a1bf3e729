/**
 * Coherence (`Systems/Network.v` `Coh`) as an invariant that explains itself.
 */
import type { NetworkOf } from '../../spec/system/network.js'
import { all, eachNode, ofNodes } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'

/**
 * `Coh`: the state map is defined; each state knows its own address; each satisfies the local conditions of the protocol
 * (for Toychain: keys are hashes, genesis is there, no peer occurs twice).
 * @coq Systems/Network.v Coh
 */
export const coherence = <State, Message, Internal, Timestamp>({
  addresses,
  protocol
}: NetworkOf<State, Message, Internal, Timestamp>): NetworkInvariant<State, Message> =>
  all('Coh', 'the world is coherent', [
    ofNodes('defined', 'the state map is defined', ({ world }) =>
      world.localState._tag === 'Def' ? [] : [{ witness: 'two nodes share an address' }]
    ),
    eachNode('id', 'every state is stored under its own address', (n, st) =>
      addresses.Address.equals(protocol.id(st), n)
        ? []
        : [{ node: n, witness: `its state says that it is node ${String(protocol.id(st))}` }]
    ),
    ...protocol.coherent.map(({ name, says, holds }) =>
      eachNode<State, Message>(name, says, (n, st) => (holds(st) ? [] : [{ node: n, witness: `not so: ${says}` }]))
    )
  ])
