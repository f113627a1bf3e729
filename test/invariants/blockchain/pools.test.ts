/** What pools hold: what is objected to states and to reactions, one wrong way at a time. */
import { describe, expect, test } from 'vitest'
import { pools, transactionSteps } from '../../../invariants/blockchain/pools.js'
import { failures, showFailure } from '../../../invariants/property/invariant.js'
import { unionMap } from '../../../spec/prelude/unionMap.js'
import {
  announces,
  b1,
  b2,
  b3,
  genesis,
  mints,
  N0,
  N1,
  named,
  node,
  objections,
  on,
  packet,
  receives,
  t1,
  t2,
  toychain
} from '../../support/reactions.js'
import type { Msg, St } from '../../support/reactions.js'

const property = named(transactionSteps(toychain))
const block = (b: typeof b1): Msg => ({ _tag: 'BlockMsg', block: b })
const transaction = (tx: typeof t1): Msg => ({ _tag: 'TxMsg', tx })

test('what nodes do is as it is asked', () => {
  for (const one of transactionSteps(toychain))
    for (const did of [
      receives(node([], t1, t2), block(b1)),
      receives(node([b2, b3], t1), block(b1)),
      receives(node([b1]), transaction(t1)),
      receives(node([], t1), transaction(t1)),
      receives(node([], t1), { _tag: 'InvMsg', hashes: [] }),
      mints(node([b1], t1, t2), 2),
      announces(node([], t1), t2)
    ])
      expect([one.name, objections(one, did)]).toEqual([one.name, []])
})

describe('a pool', () => {
  const pool = property('pool')
  const after = (did: Parameters<typeof objections>[1], ...txPool: St['txPool']) =>
    objections(pool, { ...did, after: { ...did.after, txPool } })
  const still = 'but what is valid after its chain stays, and nothing else'

  test('loses with a block what is in the chain, and nothing else', () => {
    const did = receives(node([], t1, t2), block(b1))
    expect(did.after.txPool).toEqual([t2])
    expect(after(did, t1, t2)).toEqual([`node 0 its pool has tx t1, ${still}`])
    expect(after(did)).toEqual([`node 0 its pool lacks tx t2, ${still}`])
    expect(after(mints(node([], t1), 2), t1)).toEqual([`node 0 its pool has tx t1, ${still}`])
  })

  test('takes a transaction that arrives, and no other', () => {
    const did = receives(node([], t1), transaction(t2))
    const only = 'but only the transaction that has arrived is added'
    expect(after(did, t1)).toEqual([`node 0 its pool lacks tx t2, ${only}`])
    expect(after(did, t2)).toEqual([`node 0 its pool lacks tx t1, ${only}`])
    expect(after(receives(node([]), transaction(t2)), t1, t2)).toEqual([`node 0 its pool has tx t1, ${only}`])
  })

  test('is changed by nothing else', () => {
    const nothing = 'but nothing has happened that changes it'
    expect(after(announces(node([]), t1), t1)).toEqual([`node 0 its pool has tx t1, ${nothing}`])
    expect(after(receives(node([], t1), { _tag: 'InvMsg', hashes: [] }))).toEqual([
      `node 0 its pool lacks tx t1, ${nothing}`
    ])
    // An attempt to mint that is in vain.
    expect(after({ ...mints(node([], t1), 2), sent: [] })).toEqual([`node 0 its pool lacks tx t1, ${nothing}`])
  })
})

describe('an announcement', () => {
  test('goes to all peers, and is of that transaction', () => {
    const did = announces(node([]), t1)
    const sent = (...packets: typeof did.sent) => objections(property('announcements'), { ...did, sent: packets })
    expect(sent(packet(N0, transaction(t1)))).toEqual(['node 0 sends the transaction to node 1 0 times, expected once'])
    expect(sent(...did.sent, packet(N1, transaction(t2)))).toEqual(['node 0 sends TxMsg tx t2 to node 1'])
  })
})

describe('transactions in states', () => {
  const failing = (st: St) =>
    failures(pools(toychain, [t1]), {
      world: { localState: unionMap(toychain.addresses.Address).fromEntries([[N0, st]]), inFlightMsgs: [] }
    }).map(showFailure)

  test('are those that may be announced, and are in no pool twice', () => {
    expect(failing(node([b1], t1))).toEqual([])
    expect(failing(node([], t1, t1))).toEqual(['pools ▸ uniq ▸ node 0: its pool has a transaction twice'])
    expect(failing(node([], t1, t2))).toEqual(['pools ▸ pooled ▸ node 0: its pool has tx t2'])
    expect(failing(node([b1, on(genesis, 4, t2)]))).toEqual(['pools ▸ minted ▸ node 0: its tree has tx t2'])
  })
})
