/**
 * Concrete types: times, proofs are numbers, hashes and transactions are strings.
 * Counterpart of `Extraction/TypesImpl.v`.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { contramap } from 'fp-ts/lib/Ord.js'
import { ordNumber, ordString, seqOrd, thenBy } from '../../prelude/order.js'
import type { Hash, Transaction } from '../codec.js'
import type { Block, Types, TypesOrd } from '../types.js'

/**
 * The concrete sets.
 * @coq Extraction/TypesImpl.v TypesImpl Timestamp Hash VProof Transaction
 */
export interface TypesImpl {
  readonly Timestamp: number
  readonly Hash: Hash
  readonly VProof: number
  readonly Transaction: Transaction
}

/**
 * Their orders: strings by character codes, numbers by value.
 * @coq Extraction/TypesImpl.v N_ordMixin N_ordType ascii_eqb ascii_eqMixin ascii_eqType string_eqb string_eqMixin
 * @coq Extraction/TypesImpl.v string_eqType ascii_ltb ascii_ordMixin ascii_ordType string_ltb
 * @coq Extraction/TypesImpl.v string_ordMixin string_ordType Hl Hash_eqMixin
 * @coq Extraction/TypesImpl.v Hash_eqType Hash_ordMixin Hash_ordType Vl VProof_eqMixin VProof_eqType VProof_ordMixin
 * @coq Extraction/TypesImpl.v VProof_ordType Tl Transaction_eqMixin Transaction_eqType Transaction_ordMixin
 * @coq Extraction/TypesImpl.v Transaction_ordType
 */
export const typesImpl: TypesOrd<TypesImpl> & { readonly Timestamp: Eq<number> } = {
  Timestamp: ordNumber,
  Hash: ordString,
  VProof: ordNumber,
  Transaction: ordString
}

/**
 * Blocks in order of transactions, then predecessor, then proof. It only breaks ties between chains.
 * @coq Extraction/TypesImpl.v block_ltb block_ordMixin block_ordType
 */
export const blockOrd = <T extends Types>(T: TypesOrd<T>): Ord<Block<T>> =>
  thenBy<Block<T>>(
    contramap((b: Block<T>) => b.txs)(seqOrd(T.Transaction)),
    contramap((b: Block<T>) => b.prevBlockHash)(T.Hash),
    contramap((b: Block<T>) => b.proof)(T.VProof)
  )
