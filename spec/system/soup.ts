/**
 * Soups: how a network keeps what is sent. `Systems/Network.v` knows one, the bag; the others are for protocols that
 * assume less, or more, of their network.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import { isIn, rem, undup } from '../prelude/seq.js'
import type { Address } from './address.js'
import type { PacketSoup } from './network.js'
import { eq_pkt } from './protocol.js'
import type { Packet, ToSend } from './protocol.js'

/**
 * `bag`: a packet is in flight as often as it was sent, and arrives in any order. `set`: it is in flight once, however
 * often it was sent. `fifo`: from one node to another packets arrive in the order in which they were sent.
 */
export type Soup = 'bag' | 'set' | 'fifo'

/** What a soup does with packets. */
export interface SoupOperations<Message> {
  /** The packets of which the next one may be received, each once, where its last copy is. */
  readonly receivable: (soup: PacketSoup<Message>) => ReadonlyArray<Packet<Message>>
  /** The soup when these have been sent, in this order. */
  readonly put: (soup: PacketSoup<Message>, sent: ToSend<Message>) => PacketSoup<Message>
  /** The soup without a packet, of equal ones the oldest. */
  readonly take: (soup: PacketSoup<Message>, p: Packet<Message>) => PacketSoup<Message>
}

/** The operations of a soup, for addresses and messages of which it is known when they are equal. */
export const soupOperations = <Message>(soup: Soup, A: Eq<Address>, M: Eq<Message>): SoupOperations<Message> => {
  const packet = eq_pkt(A, M)
  const sameChannel = (p: Packet<Message>, q: Packet<Message>): boolean =>
    A.equals(p.src, q.src) && A.equals(p.dst, q.dst)
  const isOldest = (p: Packet<Message>, i: number, all: PacketSoup<Message>): boolean =>
    !all.slice(0, i).some((q) => sameChannel(p, q))
  return {
    receivable: soup === 'fifo' ? (all) => all.filter(isOldest) : undup(packet),
    put:
      soup === 'set'
        ? (all, sent) => sent.reduce((some, p) => (isIn(packet)(p, some) ? some : [...some, p]), all)
        : (all, sent) => [...all, ...sent],
    take: (all, p) => rem(packet)(p, all)
  }
}
