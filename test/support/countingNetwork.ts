/**
 * A network of which only the environment has a state that changes.
 */
import * as O from 'fp-ts/lib/Option.js'
import { plainData } from '../../invariants/checker/data/canonical.js'
import { networkModel } from '../../invariants/checker/network/networkModel.js'
import { netAddr } from '../../spec/system/address.js'
import type { Environment } from '../../spec/system/executions.js'
import { Network } from '../../spec/system/network.js'
import type { Packet, Protocol } from '../../spec/system/protocol.js'
import type { ToyState } from './toyNetworks.js'

/**
 * Two nodes, of which one may begin to count once, though it is the environment that counts. Messages mean nothing; the
 * count is the time at which they are delivered, and 2 may be lost.
 */
export const counting = (inFlightMsgs: ReadonlyArray<Packet<number>>) => {
  const protocol: Protocol<ToyState, number, 'begin', number> = {
    Init: (id) => ({ id, v: 0 }),
    procMsg: (st) => [st, []],
    procInt: (st) => [st, []],
    id: ({ id }) => id,
    coherent: [],
    transitionsBehind: () => [],
    State: plainData,
    Message: plainData,
    Internal: plainData,
    Timestamp: plainData
  }
  const environment: Environment<number, ToyState, number, 'begin', number> = {
    initial: 0,
    delivery: (count, packet) => O.some({ act: { _tag: 'Deliver', packet, ts: count }, then: count }),
    internal: (count, node) =>
      count === 0 ? [{ act: { _tag: 'Intern', node, transition: 'begin', ts: 0 }, then: 1 }] : [],
    packetFaults: (count, packet) => (packet.msg === 2 ? [{ act: { _tag: 'Lose', packet }, then: count }] : []),
    networkFaults: () => [],
    Env: plainData
  }
  const network = Network(netAddr(2), protocol)
  return networkModel({
    name: 'counting',
    network,
    environment,
    world: { ...network.initWorld, inFlightMsgs },
    invariants: [],
    kinds: [],
    kindOfMessage: String,
    kindOfInternal: String,
    observations: { states: [], steps: [] },
    symmetry: { env: (_to, count) => count, state: (to, st) => ({ ...st, id: to(st.id) }), message: (_to, msg) => msg }
  })
}
