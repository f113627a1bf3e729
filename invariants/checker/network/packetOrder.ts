/**
 * The orders in which packets in flight are gone through, in worlds of packets and in cells of their numbers alike.
 */
import type { Packet } from '../../../spec/system/protocol.js'
import type { Fingerprints } from '../data/fingerprints.js'

/** The place of packets in the fingerprint of a world. */
export const AS_PACKET = -2

/** The order of packets by where they go, and where they are from: it keeps those of one channel in their order. */
export const byChannel = (p: Packet<unknown>, q: Packet<unknown>): number => p.dst - q.dst || p.src - q.src

/** The order of what has two numbers, by fingerprints. */
export const byPrint = (prints: Fingerprints, p: number, q: number): number =>
  prints.high(p) - prints.high(q) || prints.low(p) - prints.low(q) || p - q
