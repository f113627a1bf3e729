/**
 * Contracts on Toychain: nodes execute their chains, and a reorganisation undoes what a user has seen.
 */
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import type { Playable } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { exhaustive } from '../../../invariants/checker/index.js'
import {
  agreementOnContracts,
  receiptsAreFinal,
  reorganisationReplays
} from '../../../invariants/contracts/replicated.js'
import { transactionOf } from '../../../spec/blockchain/codec.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { Counter } from '../../../spec/contracts/counter.js'
import { genesis, transact } from '../../../spec/contracts/machine.js'
import { Replica, withContracts } from '../../../spec/contracts/replicated.js'
import type { Executing } from '../../../spec/contracts/replicated.js'
import { Token } from '../../../spec/contracts/token.js'

/** Two clients that test and set the counter: the first in the chain is told that it has, the second that it has not. */
const counter: Executing<NumberedTypes> = {
  begin: transact({ counter: Counter }),
  genesis: genesis({ balances: {}, stores: { counter: {} } }),
  callOf: (t) => ({ from: t, to: 'counter', fn: 'testAndSet', args: [0n, t === 't1' ? 1n : 2n], value: 0n })
}

/** Two transfers of which the contract allows one. */
const token: Executing<NumberedTypes> = {
  begin: transact({ token: Token() }),
  genesis: genesis({ balances: {}, stores: { token: { 'balances[alice]': 1n } } }),
  callOf: (t) => ({ from: 'alice', to: 'token', fn: 'transfer', args: [t, 1n], value: 0n })
}

const [t1, t2] = [transactionOf('t1'), transactionOf('t2')]
const { GenesisBlock } = playNumbered.instance.params
const block = (k: number, ...txs: ReadonlyArray<NumberedTypes['Transaction']>) => ({
  prevBlockHash: playNumbered.instance.params.hashB(GenesisBlock),
  txs,
  proof: { minter: 'genesis' as const, k }
})

describe('a node that executes its chain', () => {
  const { execute, follow, worldOf, receiptsOf, succeeds } = Replica(playNumbered.instance, counter)

  test('comes to a state of the contracts, and to a receipt for each transaction', () => {
    const executed = execute([GenesisBlock, block(1, t1), block(2, t2)])
    expect(worldOf(executed)).toMatchObject({ block: 2n, stores: { counter: { count: 1n } } })
    expect(receiptsOf(executed)).toEqual([
      { transaction: t1, ok: true, result: true },
      { transaction: t2, ok: true, result: false }
    ])
  })

  test('undoes blocks that its chain has no more', () => {
    const one = execute([GenesisBlock, block(1, t1)])
    const other = follow(one, [GenesisBlock, block(2, t2), block(3, t1)])
    expect(worldOf(other).stores).toEqual({ counter: { count: 2n } })
    expect(other).toEqual(execute([GenesisBlock, block(2, t2), block(3, t1)]))
    expect(follow(other, [GenesisBlock]).blocks).toEqual(execute([GenesisBlock]).blocks)
  })

  test('knows whether a transaction would throw', () => {
    const { succeeds: allowed } = Replica(playNumbered.instance, token)
    expect(succeeds([GenesisBlock, block(1, t1)], [t2])).toBe(true)
    expect(allowed([GenesisBlock], [t1])).toBe(true)
    expect(allowed([GenesisBlock], [t1, t2])).toBe(false)
    expect(allowed([GenesisBlock, block(1, t1)], [t2])).toBe(false)
  })
})

describe('a network of nodes that execute contracts', () => {
  const limits = bounds(2, 2, 1, { blockOnly: true })
  const modelOf = (playable: Playable<NumberedTypes>, executing: Executing<NumberedTypes>, isFinal = false) =>
    toychainModel(playable, limits, {
      invariants: (toychain) => [agreementOnContracts(executing)(toychain)],
      properties: (toychain) => [
        reorganisationReplays(executing)(toychain),
        ...(isFinal ? [receiptsAreFinal(executing)(toychain)] : [])
      ]
    })

  test('agrees on contracts where it agrees on the chain, and replays after reorganisations', async () => {
    const { counterexample, complete, coverage } = await exhaustive(modelOf(playNumbered, counter))
    expect([counterexample, complete]).toEqual([undefined, true])
    expect(coverage.steps['reorganisations']).toBeGreaterThan(0)
  })

  test('undoes what a user has seen', async () => {
    const { counterexample } = await exhaustive(modelOf(playNumbered, counter, true))
    expect(counterexample?.actions.length).toBe(5)
    expect(counterexample?.failures[0]?.witness).toContain('t1')
  })

  test('whose transactions are valid if they succeed has none in its chains that throws', async () => {
    const playable = { ...playNumbered, instance: withContracts(playNumbered.instance, token) }
    const { counterexample, complete } = await exhaustive(modelOf(playable, token))
    expect([counterexample, complete]).toEqual([undefined, true])
  })
})
