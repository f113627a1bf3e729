/**
 * Contracts on the log of PBFT: replicas agree on them, whoever leads and whoever lies, as long as contracts read nothing that
 * is not in the log.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configure, decode, encode, simulate } from '../../../impl/pbft/index.js'
import type { Parcel } from '../../../impl/pbft/index.js'
import { packetConfiguration } from '../../../invariants/byzantine/pbft/configuration.js'
import type { PbftConfiguration } from '../../../invariants/byzantine/pbft/configuration.js'
import { nodeGoals } from '../../../invariants/byzantine/pbft/goals.js'
import { protocolModel, randomized } from '../../../invariants/checker/index.js'
import { contractsOnPbft } from '../../../invariants/contracts/onPbft.js'
import type { Request } from '../../../spec/byzantine/pbft/messages.js'
import { digestOf } from '../../../spec/byzantine/pbft/replica.js'
import { worldOfText, worldText } from '../../../spec/contracts/codec.js'
import { Clock } from '../../../spec/contracts/clock.js'
import { Counter } from '../../../spec/contracts/counter.js'
import { genesis, transact } from '../../../spec/contracts/machine.js'
import type { Transaction } from '../../../spec/contracts/machine.js'
import { contractService } from '../../../spec/contracts/service.js'
import type { ExecutingLog } from '../../../spec/contracts/service.js'
import { Token } from '../../../spec/contracts/token.js'
import { netAddr } from '../../../spec/system/address.js'
import { deep } from '../../support/deep.js'

const call = (from: string, to: string, fn: string, ...args: Transaction['args']): Transaction => ({
  ...{ from, to, fn, args },
  value: 0n
})
const begin = transact({ counter: Counter, token: Token(), clock: Clock })
const calls: Readonly<Record<string, Transaction>> = {
  a1: call('alice', 'counter', 'testAndSet', 0n, 1n),
  b1: call('bob', 'counter', 'testAndSet', 0n, 2n),
  a2: call('alice', 'token', 'transfer', 'bob', 1n),
  b2: call('bob', 'clock', 'stamp')
}
const executing: ExecutingLog = {
  begin,
  genesis: genesis({ balances: {}, stores: { counter: {}, token: { 'balances[alice]': 1n }, clock: {} } }),
  callOf: (operation) => calls[operation]
}
const times = deep ? 40 : 1
const atRandom = (c: PbftConfiguration, runs = 2 * times) =>
  randomized(protocolModel(contractsOnPbft(c, executing)), { seed: 1, runs, steps: 300 })
const more = { requests: 2 } as const

describe('replicas of PBFT agree on all contracts', () => {
  test('where all are honest, through checkpoints and changes of the view', async () => {
    const { counterexample, fault, coverage } = await atRandom(packetConfiguration(2, 'none', more), 8 * times)
    expect([counterexample, fault]).toEqual([undefined, undefined])
    for (const { name } of nodeGoals) expect([name, coverage.states[name]! > 0]).toEqual([name, true])
  }, 1_200_000)

  test.each<PbftConfiguration['byzantine']>(['0', '3'])(
    'where replica %s lies',
    async (byzantine) => {
      const { counterexample, fault, coverage } = await atRandom(packetConfiguration(2, byzantine, more))
      expect([counterexample, fault]).toEqual([undefined, undefined])
      expect(coverage.states['executed']).toBeGreaterThan(0)
    },
    1_200_000
  )

  /** One client asks for one call; who executes it asks a clock of its own for the number of the block. */
  const withOwnClocks = (only: Transaction, asks: (name: string) => boolean = () => true) => {
    const of: ExecutingLog = { ...executing, callOf: () => only }
    const network = contractsOnPbft(packetConfiguration(0, 'none', { clients: 1 }), of, (id) => ({
      ...of,
      blockOf: () => BigInt(id)
    }))
    return randomized(protocolModel({ ...network, invariants: network.invariants.filter(({ name }) => asks(name)) }), {
      seed: 1,
      runs: 10,
      steps: 60
    })
  }

  test.each(['same log, same contracts', 'contracts follow from the log'])(
    'and not if a contract reads what is not in the log: «%s»',
    async (conjunct) => {
      const { counterexample } = await withOwnClocks(calls['b2']!, (name) => name === conjunct)
      const [failure] = counterexample?.failures ?? []
      expect(failure?.path).toEqual([conjunct])
      expect(failure?.witness).toMatch(/last = \d/)
    }
  )

  test('while a clock that no contract reads does no harm', async () => {
    const { counterexample, coverage } = await withOwnClocks(calls['a1']!)
    expect(counterexample).toBeUndefined()
    expect(coverage.states['executed']).toBeGreaterThan(0)
  })
})

describe('what a replica has told a client stays so', () => {
  const network = contractsOnPbft(packetConfiguration(0, 'none', { clients: 1 }), executing)
  const [replica, , , , client, other] = netAddr(6).enum
  const told = (timestamp: number, result: string, by = client!) => ({ client: by, timestamp, result })
  const objections = (...after: ReadonlyArray<ReturnType<typeof told>>) => {
    const first = network.protocol.Init(replica!)
    if (first._tag !== 'Replica') throw new Error('the first node is no replica')
    const having = (replies: typeof after): typeof first => ({ ...first, state: { ...first.state, replies } })
    const [property] = network.properties ?? []
    const part = property?._tag === 'StepInvariant' && O.isSome(property.part) ? property.part.value : undefined
    return part?.decide({ node: first.id, before: having([told(2, 'yes')]), after: having(after) } as never)
  }

  test('while it tells the same, or answers a later request', () => {
    expect(objections(told(2, 'yes'))).toEqual([])
    expect(objections(told(3, 'no'))).toEqual([])
  })

  test.each([
    ['tells something else', [told(2, 'no')]],
    ['goes back to an earlier request', [told(1, 'yes')]],
    ['knows nothing of it', []],
    ['has told another client', [told(2, 'yes', other)]]
  ])('and not if it %s', (_, after) => {
    expect(objections(...after)).toEqual([{ node: 0, witness: 'had told client 4: yes' }])
  })
})

describe('replicas of the library agree on all contracts', () => {
  const c = configure({
    replicas: 4,
    clients: 2,
    service: contractService(executing),
    period: 2,
    window: 4
  })
  /** What comes of them depends on the order in which they are executed. */
  const wishes = [
    ['a1', 'b1', 'b2', 'a2', 'b2', 'nonsense', 'b2', 'a1', 'b2', 'b2'],
    ['b1', 'b2', 'a2', 'a2', 'b2', 'b2', 'b2', 'b2']
  ]
  const total = wishes.flat().length

  /** A primary that lies gives one number to a request of each client, and tells every backup of another. */
  const equivocating = () => {
    const requests = new Map<number, Request>()
    return (parcel: Parcel): ReadonlyArray<Parcel> => {
      const sent = decode(c, parcel.bytes)
      if (parcel.from !== 0 || E.isLeft(sent) || sent.right.message._tag !== 'PrePrepare') return [parcel]
      requests.set(sent.right.message.request.client, sent.right.message.request)
      const request = [...requests.values()][parcel.to % requests.size]!
      const message = { ...sent.right.message, request, digest: digestOf(c.pbft, request) }
      return [{ ...parcel, bytes: encode({ ...sent.right, message }) }]
    }
  }

  test.each<[string, number]>(
    [1, 2, 3].flatMap((seed) => ['crashes', 'lies'].map((how) => [how, seed] as [string, number]))
  )('while the primary %s, run %i', (how, seed) => {
    const sim = simulate({
      configuration: c,
      schemes: undefined,
      delay: ({ from, to }, now) => 1 + ((from + 3 * to + now + seed) % 5),
      ...(how === 'lies' ? { tamper: equivocating() } : {})
    })
    const results: string[] = []
    const ask = (client: number, [operation, ...others]: ReadonlyArray<string>): void => {
      if (operation === undefined) return
      sim.client(client)?.ask(operation, (result) => {
        results.push(result)
        if (results.length === 7 && how === 'crashes') sim.crash(0)
        ask(client, others)
      })
    }
    const replicas = [1, 2, 3]
    const seen = new Map<number, Set<string>>()
    const look = (): void => {
      for (const id of replicas) {
        const { executed, state } = sim.replica(id)!.state()
        seen.set(executed, (seen.get(executed) ?? new Set()).add(state.snapshot))
      }
    }
    wishes.forEach((operations, i) => ask(4 + i, operations))
    while (results.length < total && sim.next()) look()
    for (let i = 0; i < 100 && sim.next(); i++) look()
    expect(results.length).toBe(total)
    expect(Math.max(...replicas.map((id) => sim.replica(id)!.state().view))).toBeGreaterThan(0)
    expect(seen.size).toBeGreaterThanOrEqual(total)
    for (const [executed, states] of seen) expect([executed, [...states].length]).toEqual([executed, 1])
    // One of two that test and set at first, and one that has the token.
    expect(results.filter((result) => result === 'done: true').length).toBe(2)
  })
})

describe('a world as a text', () => {
  const value = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.boolean(), fc.string())
  const name = fc.string().filter((s) => s !== '__proto__')
  const world = fc
    .record({
      balances: fc.dictionary(name, fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })),
      stores: fc.dictionary(name, fc.dictionary(name, value))
    })
    .map((ledger) => genesis(ledger, 7n))

  test('is read as what was written', () => {
    fc.assert(
      fc.property(world, (w) => {
        expect(worldOfText(worldText(w))).toEqual(E.right(w))
      })
    )
  })

  test('has an order of its own', () => {
    const [one, other] = [
      { a: 1n, b: 2n },
      { b: 2n, a: 1n }
    ].map((balances) => worldText(genesis({ balances, stores: {} })))
    expect(one).toBe(other)
  })

  test.each(['', '[]', '[0,"x",[],[]]', '[0,"1",[["a","-1"]],[]]'])('is not «%s»', (text) => {
    expect(E.isLeft(worldOfText(text))).toBe(true)
  })
})
