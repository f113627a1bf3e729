/**
 * Two nodes that count their own steps, and what they hear: a network with nothing to check and nothing to observe.
 */
import { freely, untimed } from '../../invariants/checker/network/protocolModel.js'
import type { Untimed } from '../../invariants/checker/network/protocolModel.js'
import type { NetworkModelOptions } from '../../invariants/checker/network/networkModel.js'
import { netAddr } from '../../spec/system/address.js'
import type { Address } from '../../spec/system/address.js'
import { Network } from '../../spec/system/network.js'

/** A node, and how far it has counted. */
export interface Counter {
  readonly id: Address
  readonly n: number
}

/** What makes their model. By itself a node counts up to `most`. */
export const countingNodes = (most: number): NetworkModelOptions<null, Counter, string, 'count', Untimed> => {
  const network = Network(
    netAddr(2),
    untimed<Counter, string, 'count'>({
      Init: (id) => ({ id, n: 0 }),
      procMsg: (st) => [{ ...st, n: st.n + 1 }, []],
      procInt: (st) => [{ ...st, n: st.n + 1 }, []]
    })
  )
  return {
    name: 'counters',
    network,
    environment: freely((_n, { n }) => (n < most ? ['count'] : [])),
    world: network.initWorld,
    kinds: [],
    kindOfMessage: (m) => m,
    kindOfInternal: (t) => t,
    invariants: [],
    observations: { states: [], steps: [] }
  }
}
