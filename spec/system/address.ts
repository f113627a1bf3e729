/**
 * Addresses of nodes. Counterpart of `Systems/Address.v`.
 *
 * Coq fixes a concrete finite type there; as committed it is built from one-element ranges and has one element. Here the
 * set of nodes is a parameter of every network, so that the theorems speak of networks of any finite size.
 */
import type { Ord } from 'fp-ts/lib/Ord.js'
import { ordNumber } from '../prelude/order.js'
import { iota } from '../prelude/seq.js'
import { Address } from './codec.js'

/**
 * The address of a node: a natural number. Only equality matters to the protocols; the order makes finite maps.
 * @coq Systems/Address.v Address half ip port
 */
export type { Address } from './codec.js'

/**
 * The addresses of a network: a finite enumeration without repetitions, and their order, by which the definitions of Coq
 * compare them. (Adversaries, and the checker, which numbers nodes, compare them as the numbers that they are.)
 * @coq Systems/Address.v NetAddr Addr Address_ordMixin Address_ordType
 */
export interface NetAddr {
  readonly Address: Ord<Address>
  /** `enum [finType of Address]`: every node, once. */
  readonly enum: ReadonlyArray<Address>
}

/** The network of the nodes 0, 1, …, size - 1. */
export const netAddr = (size: number): NetAddr => ({ Address: ordNumber, enum: iota(size).filter(Address.is) })
