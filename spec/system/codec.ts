/**
 * Addresses at the boundary: what may come in from a file.
 */
import * as t from 'io-ts'

export interface AddressBrand {
  readonly Address: unique symbol
}

/** The address of a node: a natural number that is known to be one. */
export const Address = t.brand(
  t.number,
  (n): n is t.Branded<number, AddressBrand> => Number.isSafeInteger(n) && n >= 0,
  'Address'
)
export type Address = t.TypeOf<typeof Address>
