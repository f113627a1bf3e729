/**
 * What holds when messages have arrived: agreement. Two strengths of it, and the stable worlds of `InvMisc.v`.
 */
import * as O from 'fp-ts/lib/Option.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Blockchain, Types } from '../../spec/blockchain/types.js'
import { all, eachNode, fromView, together, whole } from '../property/invariant.js'
import type { NetworkInvariant, View } from '../property/invariant.js'
import { Words } from './pictures.js'
import { plural } from '../words.js'

/** Conditional agreement: if nothing that counts is in flight to any node, all nodes have one chain. */
const agreementOnce = <T extends Types>(
  toychain: Toychain<T>,
  name: string,
  says: string,
  counts: (msg: Message<T>) => boolean
): NetworkInvariant<State<T>, Message<T>> => {
  const { btChain, chainEq, geq } = toychain.forest
  const words = Words(toychain)
  /** Whether something that counts is in flight to a node. */
  const waiting: View<State<T>, Message<T>, boolean> = { start: () => false, matters: counts, arrive: () => true }
  return all(
    name,
    says,
    fromView(waiting, [
      together('one chain', says, {
        summary: (_n, st, waits) => (waits ? O.none : O.some(btChain(st.blockTree))),
        settles: O.isNone,
        decide: (seen) => {
          const chains = seen.flatMap(({ node, sees }) => (O.isSome(sees) ? [{ node, chain: sees.value }] : []))
          const [first, ...others] = chains
          if (first === undefined) return []
          return others
            .filter(({ chain }) => !chainEq.equals(chain, first.chain))
            .map(({ node, chain }) => ({
              node,
              witness: `has the chain ${words.chain(chain)}, but node ${String(first.node)} has the ${
                geq(first.chain, chain) ? 'better' : 'worse'
              } ${words.chain(first.chain)}`
            }))
        }
      })
    ])
  )
}

/**
 * `clique_eventual_consensus`: if no packet of any kind is in flight to any node, all nodes have one chain. (Agreement
 * makes that chain the largest.)
 * @coq Properties/InvCliqueTopology.v clique_eventual_consensus
 */
export const clique_eventual_consensus = <T extends Types>(
  toychain: Toychain<T>
): NetworkInvariant<State<T>, Message<T>> =>
  agreementOnce(
    toychain,
    'clique_eventual_consensus',
    'if nothing is in flight to any node, all nodes have one chain',
    () => true
  )

/** The stronger form: it is enough that no *block* is in flight. */
export const block_quiescent_agreement = <T extends Types>(
  toychain: Toychain<T>
): NetworkInvariant<State<T>, Message<T>> =>
  agreementOnce(
    toychain,
    'block_quiescent_agreement',
    'if no block is in flight to any node, all nodes have one chain',
    (msg) => msg._tag === 'BlockMsg'
  )

/** Agreement in quiescent worlds, in both strengths. */
export const quiescent_agreement = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  all('quiescent_agreement', 'quiet nodes agree', [
    clique_eventual_consensus(toychain),
    block_quiescent_agreement(toychain)
  ])

/**
 * `largest_chain w bc`: a chain is as good as that of every node, or better.
 * @coq Properties/InvMisc.v largest_chain
 */
export const largest_chain = <T extends Types>(
  toychain: Toychain<T>,
  bc: Blockchain<T>
): NetworkInvariant<State<T>, Message<T>> => {
  const words = Words(toychain)
  return eachNode('largest_chain', `no node has a better chain than ${words.chain(bc)}`, (n, st) => {
    const own = toychain.forest.btChain(st.blockTree)
    return toychain.forest.geq(bc, own) ? [] : [{ node: n, witness: `has the better chain ${words.chain(own)}` }]
  })
}

/**
 * `GStable`: nothing is in flight, and all nodes have one chain. Not an invariant: what an execution settles in.
 * @coq Properties/InvMisc.v GStable
 */
export const GStable = <T extends Types>(toychain: Toychain<T>): NetworkInvariant<State<T>, Message<T>> =>
  all('GStable', 'the network is at rest', [
    whole('quiet', 'nothing is in flight', ({ world }) =>
      world.inFlightMsgs.length === 0 ? [] : [{ witness: `${plural(world.inFlightMsgs.length, 'packet')} in flight` }]
    ),
    agreementOnce(toychain, 'agreement', 'all nodes have one chain', () => false)
  ])
