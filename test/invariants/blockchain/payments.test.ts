import { describe, expect, test } from 'vitest'
import { no_double_spending } from '../../../invariants/blockchain/payments.js'
import { failures, leaves, showFailure } from '../../../invariants/property/invariant.js'
import { payments } from '../../../spec/blockchain/instances/payments.js'
import type { Payment, PaymentTypes } from '../../../spec/blockchain/instances/payments.js'
import { Toychain } from '../../../spec/blockchain/toychain.js'
import { entries, unit } from '../../../spec/prelude/unionMap.js'
import { netAddr } from '../../../spec/system/address.js'

const instance = payments({ balances: { alice: 10, bob: 5 } })
const pay = (from: string, to: string, amount: number, sequence: number): Payment => ({ from, to, amount, sequence })

/** A network of two nodes, in which a block may hold any payments, and how no_double_spending fails of it. */
const objections = (issued: typeof instance, ...txs: ReadonlyArray<Payment>): ReadonlyArray<string> => {
  const lax = { ...instance, params: { ...instance.params, txValid: () => true, VAF: () => true } }
  const toychain = Toychain<PaymentTypes>(lax, netAddr(2))
  const { GenesisBlock, hashB } = toychain.params
  const block = { prevBlockHash: hashB(GenesisBlock), txs, proof: 1 }
  const { cliqueWorld, forest } = toychain
  const world = {
    ...cliqueWorld,
    localState: {
      _tag: 'Def',
      entries: entries(cliqueWorld.localState).map(
        ([n, st]) => [n, n === 1 ? { ...st, blockTree: forest.btExtend(st.blockTree, block) } : st] as const
      )
    }
  } as const
  return failures(no_double_spending(issued)(toychain), { world }).map(showFailure)
}

describe('no double spending', () => {
  test('holds where every account has what it sends, to the last unit', () => {
    expect(objections(instance)).toEqual([])
    expect(objections(instance, pay('alice', 'carol', 10, 0), pay('bob', 'alice', 5, 0))).toEqual([])
  })

  test('fails where an account has sent the same funds twice, and says how much is missing', () => {
    expect(objections(instance, pay('alice', 'carol', 10, 0), pay('alice', 'bob', 10, 0))).toEqual([
      'no_double_spending ▸ overdrawn ▸ node 1: alice has -10'
    ])
  })

  test('fails where funds appear or vanish, and says how much there was and is', () => {
    const leaking: typeof instance = {
      ...instance,
      balances: (bc) => {
        const ledger = instance.balances(bc)
        return bc.length < 2 || ledger._tag !== 'Def'
          ? ledger
          : { ...ledger, entries: ledger.entries.filter(([account]) => account !== 'bob') }
      }
    }
    expect(objections(leaking, pay('alice', 'carol', 4, 0))).toEqual([
      'no_double_spending ▸ conserved ▸ node 1: 15 were issued, there are 10'
    ])
  })

  test('takes for issued what there is after genesis, not before it', () => {
    const granting: typeof instance = {
      ...instance,
      balances: (bc) => (bc.length === 0 ? unit : instance.balances(bc))
    }
    expect(objections(granting, pay('alice', 'carol', 4, 0))).toEqual([])
  })

  test('has a conjunct for each of the two', () => {
    const toychain = Toychain<PaymentTypes>(instance, netAddr(2))
    expect(leaves(no_double_spending(instance)(toychain)).map(([path, { says }]) => [path.join(' ▸ '), says])).toEqual([
      ['no_double_spending ▸ overdrawn', "no account of a node's chain is overdrawn"],
      ['no_double_spending ▸ conserved', 'the sum of all funds is what genesis issued']
    ])
  })
})
