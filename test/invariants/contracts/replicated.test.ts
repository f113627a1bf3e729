/**
 * Contracts on Toychain: nodes execute their chains, and a reorganisation undoes what a user has seen.
 */
import { describe, expect, test } from 'vitest'
import { bounds } from '../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../invariants/blockchain/playable.js'
import { exhaustive, protocolModel } from '../../../invariants/checker/index.js'
import { contractsOnToychain } from '../../../invariants/contracts/replicated.js'
import type { ReplicatedOptions } from '../../../invariants/contracts/replicated.js'
import { transactionOf } from '../../../spec/blockchain/codec.js'
import type { NumberedTypes } from '../../../spec/blockchain/instances/numbered.js'
import { Counter } from '../../../spec/contracts/counter.js'
import { genesis, transact } from '../../../spec/contracts/machine.js'
import { Replica } from '../../../spec/contracts/replicated.js'
import type { Executing } from '../../../spec/contracts/replicated.js'
import { Token } from '../../../spec/contracts/token.js'
import { netAddr } from '../../../spec/system/address.js'

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
  const search = (options: ReplicatedOptions<NumberedTypes> = {}) =>
    exhaustive(protocolModel(contractsOnToychain(playNumbered, limits, counter, options)))

  test('agrees on contracts where it agrees on the chain, through reorganisations', async () => {
    const { counterexample, complete, coverage } = await search()
    expect([counterexample, complete]).toEqual([undefined, true])
    expect(coverage.steps['reorganisations']).toBeGreaterThan(0)
  })

  test('undoes what a user has seen', async () => {
    const { counterexample } = await search({ final: true })
    expect(counterexample?.actions.length).toBe(5)
    expect(counterexample?.failures[0]?.witness).toBe('"t1" had come to true')
  })

  test.each<[string, Partial<Replica<NumberedTypes>>, ReadonlyArray<string>]>([
    [
      'keeps what its chain has no more',
      { follow: (executed) => executed },
      ['contracts', 'contracts follow from the chain']
    ],
    [
      'executes nothing at all',
      { follow: () => Replica(playNumbered.instance, counter).empty },
      ['contracts', 'contracts follow from the chain']
    ]
  ])('is wrong if a node %s', async (_, wrong, path) => {
    const { counterexample } = await search({ replica: (right) => ({ ...right, ...wrong }) })
    expect(counterexample?.failures.map((failure) => failure.path)).toContainEqual(path)
  })

  test('has states that are equal if nodes have executed the same, and not by their forests alone', () => {
    const { protocol } = contractsOnToychain(playNumbered, limits, counter)
    const { execute } = Replica(playNumbered.instance, counter)
    const [node] = netAddr(1).enum
    const st = protocol.Init(node!)
    expect(protocol.State.equals(st, { ...st })).toBe(true)
    expect(protocol.State.equals(st, { ...st, executed: execute([GenesisBlock, block(1, t1)]) })).toBe(false)
  })
})
