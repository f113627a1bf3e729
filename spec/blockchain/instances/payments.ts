/**
 * Payments: accounts that send funds to one another. No chain that is valid from genesis on spends funds twice.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import * as O from 'fp-ts/lib/Option.js'
import type { Option } from 'fp-ts/lib/Option.js'
import type { Ord } from 'fp-ts/lib/Ord.js'
import { contramap, reverse } from 'fp-ts/lib/Ord.js'
import { pipe } from 'fp-ts/lib/function.js'
import { ordNumber, ordString, seqOrd, thenBy } from '../../prelude/order.js'
import { foldl } from '../../prelude/seq.js'
import { entries, unionMap, unit } from '../../prelude/unionMap.js'
import type { UnionMap } from '../../prelude/unionMap.js'
import type { Hash } from '../codec.js'
import type { ConsensusParams } from '../parameters.js'
import type { Instance } from '../toychain.js'
import { eq_block } from '../types.js'
import type { Block, Blockchain, TypesOrd } from '../types.js'
import { byLength, prefer } from './forkChoice.js'
import { prepend } from './proofOfWork.js'
import { sha256 } from './sha256.js'
import { blockOrd } from './typesImpl.js'

/** The name of an account. Every name is an account, most of them without funds. */
export type Account = string

/** The wish of one account to send funds to another. */
export interface Payment {
  readonly from: Account
  readonly to: Account
  /** How much, in the smallest unit of the currency. Of arbitrary numbers only positive safe integers are accepted. */
  readonly amount: number
  /** How many payments the sender made before this one. It makes two equal wishes two payments, and one only one. */
  readonly sequence: number
}

/** The types of the payments instance: the proof of a block is the time at which it was minted. */
export interface PaymentTypes {
  readonly Timestamp: number
  readonly Hash: Hash
  readonly VProof: number
  readonly Transaction: Payment
}

/** What is known of an account: its funds, and how many payments it made. */
export interface Holding {
  readonly balance: number
  readonly sequence: number
}

/** The accounts that have or had funds. */
export type Ledger = UnionMap<Account, Holding>

type Params = ConsensusParams<PaymentTypes>

const { find, upd } = unionMap(ordString)

const paymentOrd: Ord<Payment> = thenBy<Payment>(
  contramap((t: Payment) => t.from)(ordString),
  contramap((t: Payment) => t.sequence)(ordNumber),
  contramap((t: Payment) => t.to)(ordString),
  contramap((t: Payment) => t.amount)(ordNumber)
)

const paymentTypes: TypesOrd<PaymentTypes> & { readonly Timestamp: Eq<number> } = {
  Timestamp: ordNumber,
  Hash: ordString,
  VProof: ordNumber,
  Transaction: paymentOrd
}

/** A payment as a list of texts. Numbers are spelt by `String`, as JSON has one spelling for all that are not finite. */
const written = (t: Payment): ReadonlyArray<string> => [t.from, t.to, String(t.amount), String(t.sequence)]

const hashPayment = (t: Payment): Hash => sha256(JSON.stringify(written(t)))

/** SHA-256 of the JSON of a block: different blocks have different JSON. */
const hashPaymentBlock = (b: Block<PaymentTypes>): Hash =>
  sha256(JSON.stringify([b.prevBlockHash, b.txs.map(written), String(b.proof)]))

/** What a ledger says of an account: no funds and no payments where it does not know it. */
export const holding = (ledger: Ledger, account: Account): Holding =>
  O.getOrElse((): Holding => ({ balance: 0, sequence: 0 }))(find(account, ledger))

/** The ledger after a payment, whether or not it may be made. */
const pay = (ledger: Ledger, t: Payment): Ledger => {
  const payer = holding(ledger, t.from)
  const paid = upd(t.from, { balance: payer.balance - t.amount, sequence: payer.sequence + 1 }, ledger)
  const payee = holding(paid, t.to)
  return upd(t.to, { ...payee, balance: payee.balance + t.amount }, paid)
}

/**
 * May this payment be made? It goes from one account to another, of a positive whole amount that the sender has, and its
 * number is the next of the sender: so it was not made before, and none before it is missing.
 */
export const mayPay = (ledger: Ledger, t: Payment): boolean => {
  const { balance, sequence } = holding(ledger, t.from)
  return (
    t.from !== t.to && Number.isSafeInteger(t.amount) && t.amount > 0 && t.amount <= balance && t.sequence === sequence
  )
}

/** The ledger after payments in order; none where one of them may not be made when its turn comes. */
const payInOrder = (ledger: Ledger, ts: ReadonlyArray<Payment>): Option<Ledger> =>
  foldl<Payment, Option<Ledger>>(
    (after, t) =>
      pipe(
        after,
        O.filter((sofar) => mayPay(sofar, t)),
        O.map((sofar) => pay(sofar, t))
      ),
    O.some(ledger),
    ts
  )

/**
 * The ledger before the first payment. An initial balance counts as 0 where it is not a natural number, or would bring
 * the total above 2^53 - 1, up to which sums are exact.
 */
const initialLedger = (initial: ReadonlyArray<readonly [Account, number]>): Ledger => {
  const total = (ledger: Ledger): number => entries(ledger).reduce((sum, [, { balance }]) => sum + balance, 0)
  return foldl<readonly [Account, number], Ledger>(
    (ledger, [account, balance]) => {
      const granted = upd(account, { balance, sequence: 0 }, ledger)
      const exact = Number.isSafeInteger(balance) && balance >= 0 && Number.isSafeInteger(total(granted))
      return exact ? granted : ledger
    },
    unit,
    initial
  )
}

/** Who has what before the first payment. */
export interface PaymentOptions {
  /** Accounts and what they have, in the smallest unit of the currency. */
  readonly balances: Readonly<Record<Account, number>>
}

/** What a chain of payments comes to. */
export interface PaymentMeasures {
  /**
   * The ledger after all payments of a chain, in order, whether or not the chain is valid. In one that is good and valid
   * no balance is negative, and their sum is that of the initial ones.
   */
  readonly balances: (bc: Blockchain<PaymentTypes>) => Ledger
}

/** The payments instance: the longer chain wins, then the one that is smaller in the order of block contents. */
export const payments = (options: PaymentOptions): Instance<PaymentTypes> & PaymentMeasures => {
  const before = initialLedger(Object.entries(options.balances))
  const blockEq = eq_block<PaymentTypes>(paymentTypes)

  /** The genesis block names, as its predecessor, the hash of the initial balances: other balances, other chain. */
  const GenesisBlock: Block<PaymentTypes> = {
    prevBlockHash: sha256(JSON.stringify(entries(before).map(([account, { balance }]) => [account, balance]))),
    txs: [],
    proof: 0
  }

  const balances = (bc: Blockchain<PaymentTypes>): Ledger =>
    foldl(
      pay,
      before,
      bc.flatMap((b) => b.txs)
    )

  /**
   * A payment is valid after a chain if it may be made then.
   *
   * Every payment is valid after the empty chain, as the axiom `txValid_nil` demands. That does no harm: the only block
   * that a good chain has there is genesis, which holds no payments, and `VAF` checks those of any other block.
   */
  const txValid: Params['txValid'] = (t, bc) => bc.length === 0 || mayPay(balances(bc), t)

  /**
   * Genesis comes first and only first. Of every other block the payments may be made one after another.
   *
   * `valid_chain` asks `txValid` of each payment of a block against the chain *before* the block, so that two payments
   * of one block with the same sender and number would both pass, and spend the same funds. Here the second fails.
   * As both tests apply, a block holds at most one payment of each sender.
   */
  const VAF: Params['VAF'] = (b, bc, txs) =>
    blockEq.equals(b, GenesisBlock) ? bc.length === 0 : O.isSome(payInOrder(balances(bc), txs))

  /** Takes the offered payments that are valid after the chain, but for those that an earlier one rules out. */
  const genProof: Params['genProof'] = (bc, offered, ts) => {
    const ledger = balances(bc)
    const chosen = foldl<Payment, ReadonlyArray<Payment>>(
      (txs, t) => (O.isSome(payInOrder(ledger, [...txs, t])) ? [...txs, t] : txs),
      [],
      offered.filter((t) => mayPay(ledger, t))
    )
    return O.some([chosen, ts] as const)
  }

  return {
    name: 'payments',
    types: paymentTypes,
    params: {
      GenesisBlock,
      hashT: hashPayment,
      hashB: hashPaymentBlock,
      genProof,
      VAF,
      FCR: prefer(byLength(), reverse(seqOrd(blockOrd(paymentTypes)))),
      txValid,
      tpExtend: prepend(paymentTypes)
    },
    balances
  }
}
