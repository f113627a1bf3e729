/**
 * The instances that bounded executions can play, by name.
 */
import { hashOf, transactionOf } from '../../spec/blockchain/codec.js'
import type { Hash, Transaction } from '../../spec/blockchain/codec.js'
import { Address } from '../../spec/system/codec.js'
import type { Renaming } from '../checker/network/symmetry.js'
import { namelessBlocks } from './renaming.js'
import type { BlockRenaming } from './renaming.js'
import { longestChain } from '../../spec/blockchain/instances/longestChain.js'
import { numbered } from '../../spec/blockchain/instances/numbered.js'
import type { NumberedTypes } from '../../spec/blockchain/instances/numbered.js'
import { payments } from '../../spec/blockchain/instances/payments.js'
import type { PaymentTypes } from '../../spec/blockchain/instances/payments.js'
import { proofOfWork } from '../../spec/blockchain/instances/proofOfWork.js'
import { hashBlock, sha256 } from '../../spec/blockchain/instances/sha256.js'
import { shorten, shortName } from '../../spec/blockchain/instances/shortHash.js'
import type { TypesImpl } from '../../spec/blockchain/instances/typesImpl.js'
import type { Playable } from './model.js'
import { no_double_spending } from './payments.js'

/** The transactions t1, t2, … */
const named = (count: number): ReadonlyArray<Transaction> =>
  Array.from({ length: count }, (_, i) => transactionOf(`t${String(i + 1)}`))

/** A hash is the history of a block, written out: `2@0{t1}<1@1<g`, with who minted each behind an `@`. */
const renamedHistory = (to: Renaming, h: Hash): Hash =>
  hashOf(
    h.replace(/(^|<)(\d+@)(\d+)/g, (_, start: string, k: string, minter: string) => {
      const n = Number(minter)
      return `${start}${k}${String(Address.is(n) ? to(n) : n)}`
    })
  )

/** Numbered blocks name who minted them, and so do their hashes. */
const numberedBlocks: BlockRenaming<NumberedTypes> = {
  block: (to, { prevBlockHash, txs, proof: { minter, k } }) => ({
    prevBlockHash: renamedHistory(to, prevBlockHash),
    txs,
    proof: { minter: minter === 'genesis' ? minter : to(minter), k }
  }),
  hashB: renamedHistory,
  isBlock: (h) => !h.startsWith('tx ')
}

/** Numbered blocks: the model that other model checkers agree on. */
export const playNumbered: Playable<NumberedTypes> = {
  instance: numbered(),
  time: (minter, k) => ({ minter, k }),
  transactions: named,
  blocks: numberedBlocks
}

/** Longest chain, with SHA-256: two nodes may mint one and the same block at one time. */
export const playLongestChain: Playable<TypesImpl> = {
  instance: longestChain(),
  time: (_minter, k) => k,
  transactions: named,
  blocks: namelessBlocks()
}

/** Proof of work, really mined: 13 leading zero bits, about 8,000 hashes for each block. */
export const playProofOfWork: Playable<TypesImpl> = {
  instance: proofOfWork(),
  time: (minter, k) => 64 * k + minter,
  transactions: named
}

/** The same with hashes cut to some bits, which are what is mined. With fewer than 13 no block can be. */
export const playShortProofOfWork = (bits: number): Playable<TypesImpl> => ({
  ...playProofOfWork,
  instance: {
    ...proofOfWork({ hashB: (b) => shorten(bits)(hashBlock(b)), hashT: (t) => shorten(bits)(sha256(t)) }),
    name: shortName('proofOfWork', bits)
  }
})

const accounts = payments({ balances: { alice: 10, bob: 5 } })

/**
 * Payments: the second is the first spent again, to somebody else; the third spends what the first may have brought; and
 * so on, two ways to spend the same funds each time.
 */
export const playPayments: Playable<PaymentTypes> = {
  instance: accounts,
  time: (_minter, k) => k,
  transactions: (count) =>
    Array.from({ length: count }, (_, i) => {
      const sequence = Math.floor(i / 4)
      const [from, to, amount] = (
        [
          ['alice', 'bob', 10],
          ['alice', 'carol', 10],
          ['bob', 'carol', 12],
          ['bob', 'alice', 12]
        ] as const
      )[i % 4] ?? ['alice', 'bob', 10]
      return { from, to, amount, sequence }
    }),
  invariants: (toychain) => [no_double_spending(accounts)(toychain)]
}
