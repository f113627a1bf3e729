/**
 * The edition of 2018: the development as the artefact of the paper has it (tag `v0.1`, branch `cpp2018`, November 2017),
 * written as its differences from the main edition, which is the development as it became by 2020.
 *
 * A hash is assumed injective, a block's proof is looked at by its miner only, and there is a message that stands for
 * none. The network (`Systems/Network.v`) has the same text; its nodes are 1, 2, …, N. `docs/editions.md` shows the two
 * side by side.
 *
 * Left out are definitions that nothing uses (`valid_block`, `exists_and_holds`, `chain_sync_agreement`, `available_rel`,
 * `block_for_hash`, `saturated_chain`), and that hashes, times and addresses are natural numbers: of hashes only the order
 * matters, of times and addresses only equality.
 */
import { identity } from 'fp-ts/lib/function.js'
import { ordNumber } from '../../prelude/order.js'
import { iota } from '../../prelude/seq.js'
import { unionMap } from '../../prelude/unionMap.js'
import type { NetAddr } from '../../system/address.js'
import { Address } from '../../system/codec.js'
import { Network } from '../../system/network.js'
import type { Protocol as SystemProtocol } from '../../system/protocol.js'
import type { Forest } from '../forests.js'
import type { InternalTransition, State } from '../protocol.js'
import * as main from '../toychain.js'
import type { Types } from '../types.js'
import { Forests } from './cpp18/forests.js'
import { CliqueConsensus } from './cpp18/invCliqueTopology.js'
import type { World } from './cpp18/invCliqueTopology.js'
import { asMain } from './cpp18/parameters.js'
import type { Instance } from './cpp18/parameters.js'
import { Protocol } from './cpp18/protocol.js'
import type { Message } from './cpp18/protocol.js'

export { Forests } from './cpp18/forests.js'
export type { World } from './cpp18/invCliqueTopology.js'
export { asMain, in2018 } from './cpp18/parameters.js'
export type { Instance } from './cpp18/parameters.js'
export { emitZero, isOfMain, msg_type } from './cpp18/protocol.js'
export type { Message } from './cpp18/protocol.js'

/** The network of the nodes 1, 2, …, N. */
export const netAddr = (N: number): NetAddr => ({
  Address: ordNumber,
  enum: iota(N + 1)
    .slice(1)
    .filter(Address.is)
})

/** A protocol with the edition's messages: the original or a variant of it. */
export type NodeProtocol<T extends Types> = SystemProtocol<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>

/** What may be put in the place of an original module. */
export interface Variant<T extends Types> {
  /** The forest functions that the protocol and the invariants use. Default: as they are. */
  readonly forest?: (forest: Forest<T>) => Forest<T>
  /** The protocol that the nodes run. Default: as it is. */
  readonly protocol?: (protocol: NodeProtocol<T>) => NodeProtocol<T>
}

/** The modules of the edition for an instance and a set of nodes. */
export const Toychain = <T extends Types>(
  instance: Instance<T>,
  addresses: NetAddr,
  { forest: changeForest = identity, protocol: changeProtocol = identity }: Variant<T> = {}
) => {
  const { types, params } = instance
  const forest = changeForest(Forests(types, params))
  const local = Protocol(types, params, forest, addresses)
  const network = Network(addresses, changeProtocol(local.protocol))
  const clique = CliqueConsensus(addresses, forest, local, network)

  /** The initial world of a clique: every node has all nodes among its peers, the genesis block and nothing else. */
  const cliqueWorld: World<T> = {
    ...network.initWorld,
    localState: unionMap(addresses.Address).fromEntries(
      addresses.enum.map((n) => [n, { ...local.Init(n), peers: addresses.enum }])
    )
  }

  /** The main edition with the forests of this one: what both have in common, for whatever speaks of that only. */
  const common = main.Toychain({ ...instance, params: asMain(params) }, addresses, { forest: () => forest })

  return { instance, types, params, addresses, forest, local, network, clique, cliqueWorld, common }
}

/** What `Toychain(instance, addresses)` returns. */
export type Toychain<T extends Types> = ReturnType<typeof Toychain<T>>
