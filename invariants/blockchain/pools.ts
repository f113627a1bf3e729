/**
 * What the pools of transactions hold.
 *
 * Not only what is valid: `tpExtend` takes any transaction that arrives (`docs/model.md`). What holds is said of steps: with
 * each block a pool is rid of what is not valid any more, and nothing is lost or added otherwise.
 */
import { isIn, uniq } from '../../spec/prelude/seq.js'
import type { Message, State } from '../../spec/blockchain/protocol.js'
import type { Toychain } from '../../spec/blockchain/toychain.js'
import type { Types } from '../../spec/blockchain/types.js'
import { all, eachNode } from '../property/invariant.js'
import type { NetworkInvariant } from '../property/invariant.js'
import type { ToychainProperty } from './model.js'
import { Words } from './pictures.js'
import { reaction, unlessBroadcast } from './reactions.js'
import type { ToychainReaction } from './reactions.js'

/** Pools and trees have transactions of the configuration only, and pools each of them once. */
export const pools = <T extends Types>(
  toychain: Toychain<T>,
  transactions: ReadonlyArray<T['Transaction']>
): NetworkInvariant<State<T>, Message<T>> => {
  const { forest, params, types } = toychain
  const { label } = Words(toychain)
  const isKnown = (t: T['Transaction']): boolean => isIn(types.Transaction)(t, transactions)
  const unknown = (ts: ReadonlyArray<T['Transaction']>): string =>
    ts
      .filter((t) => !isKnown(t))
      .map((t) => label(params.hashT(t)))
      .join(', ')
  return all('pools', 'transactions are those that may be announced, and no pool has one twice', [
    eachNode('uniq', 'no transaction is twice in a pool', (node, { txPool }) =>
      uniq(types.Transaction)(txPool) ? [] : [{ node, witness: 'its pool has a transaction twice' }]
    ),
    eachNode('pooled', 'a transaction of a pool is one that may be announced', (node, { txPool }) =>
      txPool.every(isKnown) ? [] : [{ node, witness: `its pool has ${unknown(txPool)}` }]
    ),
    eachNode(
      'minted',
      'a transaction of a block besides genesis is one that may be announced',
      (node, { blockTree }) => {
        const minted = forest.all_blocks(blockTree).filter((b) => !forest.blockEq.equals(b, params.GenesisBlock))
        const txs = minted.flatMap((b) => b.txs)
        return txs.every(isKnown) ? [] : [{ node, witness: `its tree has ${unknown(txs)}` }]
      }
    )
  ])
}

/** A pool, and why it must be so, in a clause. */
interface Expected<T extends Types> {
  readonly pool: ReadonlyArray<T['Transaction']>
  readonly because: string
}

/** What a node's pool must be after what it did. */
const expected = <T extends Types>(
  { forest, params, types }: Toychain<T>,
  { before: { txPool }, after, to, sent }: ToychainReaction<T>
): Expected<T> => {
  if (to._tag === 'Message' && to.msg._tag === 'TxMsg') {
    const { tx } = to.msg
    return {
      pool: isIn(types.Transaction)(tx, txPool) ? txPool : [tx, ...txPool],
      because: 'only the transaction that has arrived is added'
    }
  }
  const isBlock = to._tag === 'Message' ? to.msg._tag === 'BlockMsg' : to.transition._tag === 'MintT' && sent.length > 0
  if (!isBlock || txPool.length === 0) return { pool: txPool, because: 'nothing has happened that changes it' }
  const bc = forest.btChain(after.blockTree)
  return {
    pool: txPool.filter((t) => params.txValid(t, bc)),
    because: 'what is valid after its chain stays, and nothing else'
  }
}

/** What becomes of a pool in a step. */
const poolSteps = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> => {
  const { params, types } = toychain
  const { label } = Words(toychain)
  const among = isIn(types.Transaction)
  return reaction(
    toychain,
    'pool',
    'with a block what is not valid any more leaves the pool; with a transaction that one enters it; nothing else changes it',
    (did) => {
      const { pool, because } = expected(toychain, did)
      const { txPool } = did.after
      const named = (t: T['Transaction']): string => label(params.hashT(t))
      return [
        ...pool.filter((t) => !among(t, txPool)).map((t) => `its pool lacks ${named(t)}, but ${because}`),
        ...txPool.filter((t) => !among(t, pool)).map((t) => `its pool has ${named(t)}, but ${because}`)
      ]
    }
  )
}

/** A transaction that is announced is sent to all peers. */
const announcements = <T extends Types>(toychain: Toychain<T>): ToychainProperty<T> =>
  reaction(
    toychain,
    'announcements',
    'a node that announces a transaction sends it to all its peers, and nothing else',
    (did) => {
      const { to } = did
      if (to._tag !== 'Internal' || to.transition._tag !== 'TxT') return []
      const { tx } = to.transition
      return unlessBroadcast(
        toychain,
        did,
        'the transaction',
        (msg) => msg._tag === 'TxMsg' && toychain.types.Transaction.equals(msg.tx, tx)
      )
    }
  )

/** What nodes do with transactions. */
export const transactionSteps = <T extends Types>(toychain: Toychain<T>): ReadonlyArray<ToychainProperty<T>> => [
  announcements(toychain),
  poolSteps(toychain)
]
