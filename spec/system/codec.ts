/**
 * Addresses, packets and maps at the boundary: what may come in from a file, and how it is written out.
 */
import * as t from 'io-ts'
import type { Packet } from './protocol.js'

interface AddressBrand {
  readonly Address: unique symbol
}

/** The address of a node: a natural number that is known to be one. */
export const Address = t.brand(
  t.number,
  (n): n is t.Branded<number, AddressBrand> => Number.isSafeInteger(n) && n >= 0,
  'Address'
)
export type Address = t.TypeOf<typeof Address>

/** A packet as the array `[source, destination, message]`. */
export const packetCodec = <Message, Written>(
  message: t.Type<Message, Written>
): t.Type<Packet<Message>, readonly [number, number, Written]> => {
  const written = t.tuple([Address, Address, message], 'Packet')
  return new t.Type(
    'Packet',
    (u): u is Packet<Message> => t.type({ src: Address, dst: Address, msg: message }).is(u),
    (u, context) => {
      const decoded = written.validate(u, context)
      return decoded._tag === 'Left' ? decoded : t.success({ src: decoded.right[0], dst: decoded.right[1], msg: decoded.right[2] })
    },
    (p) => [p.src, p.dst, message.encode(p.msg)]
  )
}
