/**
 * Hashes and transactions as branded strings: what may come in from a file, and what the concrete instances use.
 */
import * as t from 'io-ts'

const printable = /^[\x20-\x7e]*$/

export interface HashBrand {
  readonly Hash: unique symbol
}

/** A hash: printable ASCII, possibly empty, so that the order of strings is the order of character codes. */
export const Hash = t.brand(t.string, (s): s is t.Branded<string, HashBrand> => printable.test(s), 'Hash')
export type Hash = t.TypeOf<typeof Hash>

/** The hash with a given spelling; a character that no hash can have is replaced by `?`. */
export const hashOf = (s: string): Hash => (Hash.is(s) ? s : hashOf(s.replace(/[^\x20-\x7e]/g, '?')))

export interface TransactionBrand {
  readonly Transaction: unique symbol
}

/** A transaction whose content does not matter: printable ASCII, possibly empty. */
export const Transaction = t.brand(
  t.string,
  (s): s is t.Branded<string, TransactionBrand> => printable.test(s),
  'Transaction'
)
export type Transaction = t.TypeOf<typeof Transaction>

/** The transaction with a given name; a character that none can have is replaced by `?`. */
export const transactionOf = (s: string): Transaction =>
  Transaction.is(s) ? s : transactionOf(s.replace(/[^\x20-\x7e]/g, '?'))
