/**
 * The edition of 2018 under the checker: its invariants, which explain themselves, and its bounded network. Whatever both
 * editions have in common is the main one's, over the forests of this one.
 */
import * as O from 'fp-ts/lib/Option.js'
import { identity } from 'fp-ts/lib/function.js'
import * as cpp18 from '../../../spec/blockchain/editions/cpp18.js'
import type { Message, Toychain, World } from '../../../spec/blockchain/editions/cpp18.js'
import type { InternalTransition, State } from '../../../spec/blockchain/protocol.js'
import type { Blockchain, Types } from '../../../spec/blockchain/types.js'
import { withFaults } from '../../../spec/system/adversary.js'
import type { Faulty } from '../../../spec/system/adversary.js'
import { Address } from '../../../spec/system/codec.js'
import type { Action, GlobalState } from '../../../spec/system/executions.js'
import { withoutReplies } from '../../../spec/system/protocol.js'
import type { Packet } from '../../../spec/system/protocol.js'
import { canonical } from '../../checker/data/canonical.js'
import type { LocalObservations } from '../../checker/network/observations.js'
import { networkModel } from '../../checker/network/networkModel.js'
import type { Model } from '../../checker/model/model.js'
import { all, fromView, together } from '../../property/invariant.js'
import type { Invariant, NetworkInvariant, View } from '../../property/invariant.js'
import { coherence } from '../coherence.js'
import { GSyncing_clique } from '../clique.js'
import { boundedEnvironment, observations, toychainModel } from '../model.js'
import type { Bounds, Playable, Progress } from '../model.js'
import { Words } from '../pictures.js'
import { widen } from './widen.js'

/** An invariant of the edition. */
export type Invariant18<T extends Types> = NetworkInvariant<State<T>, Message<T>>

/** The numbers that the clauses of the main edition have in this one. */
const numbering: Readonly<Record<string, string>> = { 1: '1', 2: '2 and 3', 3: '4', 4: '5', 5: '6' }

const renumbered = <S, Part>(invariant: Invariant<S, Part>): Invariant<S, Part> =>
  invariant._tag === 'All'
    ? {
        ...invariant,
        parts: invariant.parts.map((part) => ({ ...part, name: numbering[part.name] ?? part.name }))
      }
    : invariant

/**
 * `clique_inv`: coherence, which asks that every tree is defined, and the clauses of the main edition: where trees are
 * defined, they come to those of this one (the second there is the second and third here).
 */
export const clique_inv = <T extends Types>({ network, common }: Toychain<T>): Invariant18<T> =>
  all('clique_inv', 'the clique invariant of 2018', [
    coherence(network),
    renumbered(widen(GSyncing_clique(common), cpp18.isOfMain<T>))
  ])

/**
 * `clique_eventual_consensus`, node by node: each node to which nothing is in flight has one and the same chain, and no
 * node has a better one.
 */
export const clique_eventual_consensus = <T extends Types>({ common }: Toychain<T>): Invariant18<T> => {
  const { btChain, chainEq, geq } = common.forest
  const words = Words(common)
  const waiting: View<State<T>, Message<T>, boolean> = { start: () => false, matters: () => true, arrive: () => true }
  const says = 'every node to which nothing is in flight has the largest chain'
  interface Summary {
    readonly waits: boolean
    readonly chain: Blockchain<T>
  }
  return all(
    'clique_eventual_consensus',
    says,
    fromView(waiting, [
      together<State<T>, boolean, Summary>('largest', says, {
        summary: (_n, st, waits) => ({ waits, chain: btChain(st.blockTree) }),
        decide: (seen) =>
          seen
            .filter(({ sees }) => !sees.waits)
            .flatMap(({ node, sees }) => {
              const better = seen.find((other) => !geq(sees.chain, other.sees.chain))
              return better === undefined
                ? []
                : [
                    {
                      node,
                      witness: `has the chain ${words.chain(sees.chain)}, but node ${String(better.node)} has the ${
                        chainEq.equals(sees.chain, better.sees.chain) ? 'same' : 'better'
                      } ${words.chain(better.sees.chain)}`
                    }
                  ]
            })
      })
    ])
  )
}

/** The invariants of a clique in the edition of 2018. */
export const cliqueInvariants = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<Invariant18<T>> => [
  clique_inv(toychain),
  clique_eventual_consensus(toychain)
]

/** A state of a bounded execution of the edition. */
export type State18<T extends Types> = GlobalState<State<T>, Message<T>, Faulty<Progress<T>>>

/** An action of a bounded execution of the edition. */
export type Action18<T extends Types> = Action<Message<T>, InternalTransition<T>, T['Timestamp']>

/** A model of the edition with the modules that it is made of. */
export interface Model18<T extends Types> extends Model<State18<T>, Action18<T>> {
  readonly toychain: Toychain<T>
  readonly bounds: Bounds
}

/** What a model of the edition may have other than the usual. */
export interface Model18Options<T extends Types> {
  /** Default: `cliqueInvariants`. */
  readonly invariants?: (toychain: Toychain<T>) => ReadonlyArray<Invariant18<T>>
  /**
   * Whether states are told apart by the order of the packets in flight as well, at the price of many more states.
   *
   * It matters to one clause, the last of the clique invariant, and only where two blocks may have one hash: there it
   * makes a difference which of them is added first. Default: false.
   */
  readonly ordered?: boolean
  /** Where executions begin. Default: the initial world of a clique. */
  readonly world?: (toychain: Toychain<T>) => World<T>
}

/** The addresses 0, 1, … of the main edition are 1, 2, … here. */
const oneUp = (side: ReadonlyArray<Address>): ReadonlyArray<Address> => side.map((n) => n + 1).filter(Address.is)

/** The bounded network of a playable instance in the edition of 2018. */
export const model18 = <T extends Types>(
  playable: Playable<T>,
  limits: Bounds,
  { invariants = cliqueInvariants, ordered = false, world = ({ cliqueWorld }) => cliqueWorld }: Model18Options<T> = {}
): Model18<T> => {
  const instance = cpp18.in2018(playable.instance)
  const toychain = cpp18.Toychain(instance, cpp18.netAddr(limits.nodes), {
    protocol: limits.blockOnly ? withoutReplies : identity
  })
  const inMain = toychainModel(playable, limits)
  const { initial, internal, networkFaults, Env } = boundedEnvironment(playable, limits)
  const environment = withFaults(
    { ...limits.faults, sides: limits.faults.sides.map(oneUp) },
    {
      initial,
      internal,
      networkFaults,
      Env,
      delivery: (env: Progress<T>, packet: Packet<Message<T>>) =>
        O.some({ act: { _tag: 'Deliver', packet, ts: playable.time(packet.dst, 0) } as const, then: env }),
      packetFaults: () => []
    }
  )
  const judged: ReadonlyArray<Invariant18<T>> = [
    ...invariants(toychain),
    ...(playable.invariants?.(toychain.common) ?? []).map((invariant) => widen(invariant, cpp18.isOfMain<T>))
  ]
  const {
    compact,
    asking: _,
    ...model
  } = networkModel<Faulty<Progress<T>>, State<T>, Message<T>, InternalTransition<T>, T['Timestamp']>({
    name: `cpp18 ${inMain.name}`,
    network: toychain.network,
    invariants: judged,
    observations: observations18(toychain),
    // Nothing befalls a packet that stands for none.
    environment: {
      ...environment,
      packetFaults: (env, p) => (cpp18.isOfMain(p.msg) ? environment.packetFaults(env, p) : [])
    },
    world: world(toychain),
    kinds: inMain.kinds,
    kindOfMessage: (m) => m._tag,
    kindOfInternal: (t) => t._tag
  })
  return {
    ...model,
    // Interned worlds are bags of packets, and views take them in any order. Where the order counts, invariants see it too.
    ...(ordered
      ? { invariants: judged, key: ({ world: w, env }) => canonical([env, w.localState, w.inFlightMsgs]) }
      : compact && { compact }),
    toychain,
    bounds: limits
  }
}

/** What is counted: as in the main edition, but that genesis, which is its own predecessor, makes no fork. */
const observations18 = <T extends Types>({ common }: Toychain<T>): LocalObservations<State<T>> => {
  const { forest, params } = common
  const observed = observations(common)
  const withoutGenesis = (st: State<T>): State<T> => ({
    ...st,
    blockTree: forest.free(params.hashB(params.GenesisBlock), st.blockTree)
  })
  return {
    ...observed,
    states: observed.states.map((seen) =>
      seen.name === 'forks' ? { ...seen, of: (st) => seen.of(withoutGenesis(st)) } : seen
    )
  }
}
