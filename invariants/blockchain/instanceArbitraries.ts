/**
 * Blocks and transactions at random for the instances that come with the specification. All components are drawn from a
 * few values each, so that different blocks often agree in some of them, in their work, or in their hashes.
 */
import * as fc from 'fast-check'
import { hash256Of, uint32Of } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { BitcoinTypes } from '../../spec/blockchain/instances/bitcoin/codec.js'
import type { NumberedTypes } from '../../spec/blockchain/instances/numbered.js'
import type { PaymentTypes } from '../../spec/blockchain/instances/payments.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import { hashOf, transactionOf } from '../../spec/blockchain/codec.js'
import type { Hash, Transaction } from '../../spec/blockchain/codec.js'
import { netAddr } from '../../spec/system/address.js'
import type { Arbitraries } from './arbitraries.js'

const transaction: fc.Arbitrary<Transaction> = fc.constantFrom('', 't1', 't2').map(transactionOf)
const prevBlockHash: fc.Arbitrary<Hash> = fc.constantFrom('', '0x0', '0x00', '0x1').map(hashOf)
const few = { maxLength: 2 }

/** For the instances on `TypesImpl`: `proofOfWork` and `longestChain`. */
export const implArbitraries: Arbitraries<TypesImpl> = {
  block: fc.record({ prevBlockHash, txs: fc.array(transaction, few), proof: fc.nat(7) }),
  transaction
}

/** For `numbered`. */
export const numberedArbitraries: Arbitraries<NumberedTypes> = {
  block: fc.record({
    prevBlockHash,
    txs: fc.array(transaction, few),
    proof: fc.record({ minter: fc.constantFrom('genesis' as const, ...netAddr(2).enum), k: fc.nat(3) })
  }),
  transaction
}

const root = fc.constantFrom('0', '1', 'f').map(hash256Of)

/** Bits of the main network in 2009 and 2024, of the test network, and two without a target, which have no work. */
const bits = fc.constantFrom(0x1d00ffff, 0x1703e8b3, 0x207fffff, 0x00000000, 0x04923456).map(uint32Of)

/** For `bitcoin`. */
export const bitcoinArbitraries: Arbitraries<BitcoinTypes> = {
  block: fc.record({
    prevBlockHash: root,
    txs: fc.array(root, few),
    proof: fc.record({
      version: fc.nat(1).map(uint32Of),
      time: fc.nat(3).map(uint32Of),
      bits,
      nonce: fc.nat(3).map(uint32Of)
    })
  }),
  transaction: root
}

const account = fc.constantFrom('alice', 'bob', 'carol')
const payment = fc.record({
  from: account,
  to: account,
  amount: fc.constantFrom(1, 2, 5, 0, -1, 0.5, Number.MAX_SAFE_INTEGER, Infinity),
  sequence: fc.nat(2)
})

/** For `payments`, with accounts called alice, bob and carol. */
export const paymentArbitraries: Arbitraries<PaymentTypes> = {
  block: fc.record({ prevBlockHash, txs: fc.array(payment, few), proof: fc.nat(3) }),
  transaction: payment
}
