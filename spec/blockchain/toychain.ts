/**
 * Toychain: all modules of the development applied to one choice of types, parameters and nodes.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { identity } from 'fp-ts/lib/function.js'
import { unionMap } from '../prelude/unionMap.js'
import type { NetAddr } from '../system/address.js'
import { Network } from '../system/network.js'
import type { Protocol as SystemProtocol } from '../system/protocol.js'
import { Forests } from './forests.js'
import type { Forest } from './forests.js'
import { CliqueConsensus } from './invCliqueTopology.js'
import { InvMisc } from './invMisc.js'
import type { ConsensusParams } from './parameters.js'
import { Protocol } from './protocol.js'
import type { InternalTransition, Message, State } from './protocol.js'
import type { World } from './invMisc.js'
import type { Types, TypesOrd } from './types.js'

/** A blockchain: its types with their orders, and its parameters. */
export interface Instance<T extends Types> {
  /** Under which it is known on the command line and in traces. */
  readonly name: string
  readonly types: TypesOrd<T> & { readonly Timestamp: Eq<T['Timestamp']> }
  readonly params: ConsensusParams<T>
  /** A short name for a hash, for people to read. Default: its first characters. */
  readonly label?: (h: T['Hash']) => string
}

/** A protocol with Toychain's states and messages: the original or a variant of it. */
export type NodeProtocol<T extends Types> = SystemProtocol<State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>

/** What may be put in the place of an original module. */
export interface Variant<T extends Types> {
  /** The forest functions that the protocol and the invariants use. Default: as they are. */
  readonly forest?: (forest: Forest<T>) => Forest<T>
  /** The protocol that the nodes run. Default: as it is. */
  readonly protocol?: (protocol: NodeProtocol<T>) => NodeProtocol<T>
}

/**
 * The modules of the development for an instance and a set of nodes.
 * @coq Extraction/Recipe.v ForestImpl ProtocolImpl
 */
export const Toychain = <T extends Types>(
  instance: Instance<T>,
  addresses: NetAddr,
  { forest: changeForest = identity, protocol: changeProtocol = identity }: Variant<T> = {}
) => {
  const { types, params } = instance
  const forest = changeForest(Forests(types, params))
  const local = Protocol(types, params, forest, addresses)
  const network = Network(addresses, changeProtocol(local.protocol))
  const misc = InvMisc(addresses.Address, forest, local)
  const clique = CliqueConsensus(addresses, forest, network, misc)

  /**
   * The initial world of a clique: every node has all nodes among its peers, the genesis block and nothing else.
   * No step of the protocol ever sends a first `ConnectMsg`, so that from `initWorld` no network would form.
   */
  const cliqueWorld: World<T> = {
    ...network.initWorld,
    localState: unionMap(addresses.Address).fromEntries(
      addresses.enum.map((n) => [n, { ...local.Init(n), peers: addresses.enum }])
    )
  }

  return { instance, types, params, addresses, forest, local, network, misc, clique, cliqueWorld }
}

/** What `Toychain(instance, addresses)` returns. */
export type Toychain<T extends Types> = ReturnType<typeof Toychain<T>>
