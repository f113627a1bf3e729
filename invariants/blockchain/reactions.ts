/**
 * What is said of the reactions of a Toychain node, and in which words.
 */
import type { InternalTransition, Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { isIn } from '../../spec/prelude/seq.js'
import type { Address } from '../../spec/system/address.js'
import type { Packet } from '../../spec/system/protocol.js'
import type { Objections } from '../property/invariant.js'
import { nodeReaction } from '../property/property.js'
import type { Reaction } from '../property/property.js'
import type { ToychainProperty } from './model.js'
import { Words } from './pictures.js'
import { plural } from '../words.js'

/** What a node does in a step. */
export type ToychainReaction<T extends Types> = Reaction<State<T>, Message<T>, InternalTransition<T>>

/** A step invariant of what nodes do; an objection is about the node whose step it is. */
export const reaction = <T extends Types>(
  { network }: Toychain<T>,
  name: string,
  says: string,
  witnesses: (did: ToychainReaction<T>) => ReadonlyArray<string>
): ToychainProperty<T> =>
  nodeReaction(
    network.protocol,
    name,
    says,
    (did): Objections => witnesses(did).map((witness) => ({ node: did.node, witness }))
  )

/** A packet in words: `BlockMsg 1@0 to node 1`. */
export const packetText =
  <T extends Types>(toychain: Toychain<T>) =>
  ({ dst, msg }: Packet<Message<T>>): string => {
    const { label, block, hashes } = Words(toychain)
    const payload = (): ReadonlyArray<string> => {
      switch (msg._tag) {
        case 'BlockMsg':
          return [block(msg.block)]
        case 'TxMsg':
          return [label(toychain.params.hashT(msg.tx))]
        case 'InvMsg':
          return [hashes(msg.hashes)]
        case 'GetDataMsg':
          return [label(msg.hash)]
        case 'AddrMsg':
        case 'ConnectMsg':
          return []
      }
    }
    return [msg._tag, ...payload(), `to node ${String(dst)}`].join(' ')
  }

/**
 * Why a node has not sent to each of its peers one message of a kind, and nothing else; nothing: it has.
 * @param what what should be sent: `an inventory of all that it holds`.
 */
export const unlessBroadcast = <T extends Types>(
  toychain: Toychain<T>,
  { before: { peers }, sent }: ToychainReaction<T>,
  what: string,
  isIt: (msg: Message<T>) => boolean
): ReadonlyArray<string> => {
  const text = packetText(toychain)
  const to = (p: Address): number => sent.filter(({ dst, msg }) => dst === p && isIt(msg)).length
  const isPeer = isIn(toychain.addresses.Address)
  return [
    ...peers
      .filter((p) => to(p) !== 1)
      .map((p) => `sends ${what} to node ${String(p)} ${plural(to(p), 'time')}, expected once`),
    ...sent.filter(({ dst, msg }) => !isPeer(dst, peers) || !isIt(msg)).map((p) => `sends ${text(p)}`)
  ]
}
