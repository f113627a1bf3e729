import * as fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Forests } from '../../../../spec/blockchain/forests.js'
import { holding, payments } from '../../../../spec/blockchain/instances/payments.js'
import type { Ledger, Payment, PaymentTypes } from '../../../../spec/blockchain/instances/payments.js'
import { bcLast } from '../../../../spec/blockchain/parameters.js'
import type { Block, Blockchain } from '../../../../spec/blockchain/types.js'
import { entries, pts } from '../../../../spec/prelude/unionMap.js'

const instance = payments({ balances: { alice: 10, bob: 5 } })
const { params, types, balances } = instance
const { GenesisBlock: G, VAF, hashB, hashT, genProof, txValid } = params
const { btChain, btExtendAll, good_chain, valid_chain, valid_chain_block } = Forests(types, params)

const pay = (from: string, to: string, amount: number, sequence: number): Payment => ({ from, to, amount, sequence })

/** A chain with a block of these payments on top; the number tells blocks apart. */
const on = (bc: Blockchain<PaymentTypes>, txs: ReadonlyArray<Payment>, proof = bc.length): Blockchain<PaymentTypes> => [
  ...bc,
  { prevBlockHash: hashB(bcLast(params)(bc)), txs, proof }
]

const funds = (ledger: Ledger): Readonly<Record<string, number>> =>
  Object.fromEntries(entries(ledger).map(([account, { balance }]) => [account, balance]))

const start = [G]

describe('balances', () => {
  test('are at first what genesis gives', () => {
    expect(funds(balances(start))).toEqual({ alice: 10, bob: 5 })
    expect(funds(balances([]))).toEqual({ alice: 10, bob: 5 })
    expect(holding(balances(start), 'carol')).toEqual({ balance: 0, sequence: 0 })
  })

  test('follow the payments of a chain', () => {
    const bc = on(on(start, [pay('alice', 'carol', 4, 0)]), [pay('carol', 'bob', 1, 0), pay('alice', 'bob', 6, 1)])
    expect(valid_chain(bc)).toBe(true)
    expect(funds(balances(bc))).toEqual({ alice: 0, bob: 12, carol: 3 })
    expect(holding(balances(bc), 'alice').sequence).toBe(2)
  })

  test('at genesis that are no natural numbers, or too much in all, count as 0', () => {
    const odd = payments({ balances: { a: -1, b: 0.5, c: NaN, d: Number.MAX_SAFE_INTEGER, e: 1 } })
    expect(funds(odd.balances([]))).toEqual({ d: Number.MAX_SAFE_INTEGER })
  })

  test('at genesis may be 0', () => {
    expect(funds(payments({ balances: { a: 0, b: 1 } }).balances([]))).toEqual({ a: 0, b: 1 })
  })

  test('at genesis are part of its hash', () => {
    const { params: other } = payments({ balances: { alice: 10, bob: 6 } })
    expect(other.hashB(other.GenesisBlock)).not.toBe(hashB(G))
    expect(VAF(other.GenesisBlock, [], [])).toBe(true)
    expect(VAF(G, [G], [])).toBe(false)
    expect(good_chain([other.GenesisBlock])).toBe(false)
  })
})

describe('a payment is valid', () => {
  const bc = on(start, [pay('alice', 'bob', 3, 0)])

  test.each<[string, Payment, boolean]>([
    ['if the sender has the amount and the number is the next', pay('alice', 'bob', 7, 1), true],
    ['to an account that never had funds', pay('alice', 'carol', 1, 1), true],
    ['from received funds', pay('bob', 'carol', 8, 0), true],
    ['not of more than the sender has', pay('alice', 'bob', 8, 1), false],
    ['not from an account without funds', pay('carol', 'bob', 1, 0), false],
    ['not once more', pay('alice', 'bob', 3, 0), false],
    ['not with a used number, though it is another payment', pay('alice', 'carol', 1, 0), false],
    ['not ahead of its turn', pay('alice', 'bob', 1, 2), false],
    ['not of nothing', pay('alice', 'bob', 0, 1), false],
    ['not of less than nothing', pay('alice', 'bob', -1, 1), false],
    ['not of a part of the smallest unit', pay('alice', 'bob', 0.5, 1), false],
    ['not of no number', pay('alice', 'bob', NaN, 1), false],
    ['not of an infinite amount', pay('alice', 'bob', Infinity, 1), false],
    ['not to oneself', pay('alice', 'alice', 1, 1), false]
  ])('%s', (_, t, valid) => {
    expect(txValid(t, bc)).toBe(valid)
    expect(valid_chain(on(bc, [t]))).toBe(valid)
  })

  test('after the empty chain whatever it is, and is refused there all the same in a block', () => {
    const t = pay('carol', 'bob', 1000, 7)
    const block: Block<PaymentTypes> = { prevBlockHash: hashB(G), txs: [t], proof: 1 }
    expect(txValid(t, [])).toBe(true)
    expect(valid_chain_block([], block)).toBe(false)
  })
})

describe('hashes', () => {
  test('tell apart whatever differs', () => {
    const ts = [
      pay('a', 'b', 1, 0),
      pay('b', 'a', 1, 0),
      pay('a', 'b', 0, 1),
      pay('a"', 'b', 1, 0),
      pay('a","b', '', 1, 0),
      pay('', 'a","b', 1, 0),
      pay('a', 'b', NaN, 0),
      pay('a', 'b', Infinity, 0),
      pay('a', 'b', -Infinity, 0)
    ]
    expect(new Set(ts.map(hashT)).size).toBe(ts.length)
    const lists = [[], ...ts.map((t) => [t]), ts, [...ts, ...ts]]
    expect(new Set(lists.map((txs) => hashB({ ...G, txs }))).size).toBe(lists.length)
  })
})

describe('minting', () => {
  const mint = (bc: Blockchain<PaymentTypes>, offered: ReadonlyArray<Payment>) => O.toNullable(genProof(bc, offered, 7))

  test('takes the payments that can be made one after another, in the order offered', () => {
    const [a, twice, b, poor] = [
      pay('alice', 'bob', 10, 0),
      pay('alice', 'carol', 10, 0),
      pay('bob', 'carol', 2, 0),
      pay('carol', 'bob', 1, 0)
    ]
    expect(mint(start, [a, twice, b, poor])).toEqual([[a, b], 7])
    expect(mint(start, [twice, poor, a, b])).toEqual([[twice, b], 7])
  })

  test('takes at most one payment of each sender', () => {
    const [first, second] = [pay('alice', 'bob', 1, 0), pay('alice', 'bob', 1, 1)]
    expect(mint(start, [first, second])).toEqual([[first], 7])
    expect(mint(on(start, [first]), [second])).toEqual([[second], 7])
  })

  test('makes blocks that are valid, whatever is offered', () => {
    const anyPayment = fc.record({
      from: fc.constantFrom('alice', 'bob', 'carol'),
      to: fc.constantFrom('alice', 'bob', 'carol'),
      amount: fc.integer({ min: -1, max: 12 }),
      sequence: fc.nat(2)
    })
    fc.assert(
      fc.property(fc.array(fc.array(anyPayment, { maxLength: 6 }), { maxLength: 4 }), (offers) => {
        const bc = offers.reduce<Blockchain<PaymentTypes>>((c, offered) => on(c, mint(c, offered)?.[0] ?? []), start)
        expect(valid_chain(bc)).toBe(true)
      }),
      { numRuns: 300, seed: 5 }
    )
  })
})

describe('no funds are spent twice', () => {
  /** An intention that is mostly sensible: the number of the payment is off by so much from the next one. */
  const intent = fc.record({
    from: fc.constantFrom('alice', 'alice', 'bob', 'carol'),
    to: fc.constantFrom('alice', 'bob', 'carol', 'carol'),
    amount: fc.constantFrom(1, 1, 2, 3, 5, 11, -2),
    off: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, -1, 1)
  })
  const block = fc.record({ back: fc.nat(3), intents: fc.array(intent, { maxLength: 2 }) })

  /** A forest: each block is put on one of the last valid chains, or on an invalid one. */
  const forest = fc.array(block, { minLength: 1, maxLength: 12 }).map((blocks) =>
    blocks.reduce<ReadonlyArray<Blockchain<PaymentTypes>>>(
      (chains, { back, intents }, i) => {
        const parents = back < 3 ? chains.filter(valid_chain) : chains
        const bc = parents[Math.max(0, parents.length - 1 - back)] ?? start
        const txs = intents.map(({ from, to, amount, off }) =>
          pay(from, to, amount, holding(balances(bc), from).sequence + off)
        )
        return [...chains, on(bc, txs, i)]
      },
      [start]
    )
  )

  test('along any valid chain: no balance is negative, the total stays, no sender uses a number twice', () => {
    const seen = { valid: 0, paying: 0, invalid: 0 }
    fc.assert(
      fc.property(forest, (chains) => {
        for (const bc of chains.slice(1)) {
          if (!valid_chain(bc)) {
            seen.invalid += 1
            continue
          }
          const made = bc.flatMap((b) => b.txs)
          const after = entries(balances(bc)).map(([, { balance }]) => balance)
          expect(after.every((balance) => balance >= 0)).toBe(true)
          expect(after.reduce((sum, balance) => sum + balance, 0)).toBe(15)
          expect(new Set(made.map((t) => JSON.stringify([t.from, t.sequence]))).size).toBe(made.length)
          seen.valid += 1
          seen.paying += made.length >= 2 ? 1 : 0
        }
      }),
      { numRuns: 1000, seed: 2018 }
    )
    // Both kinds of chains occur, and not only short ones.
    expect(seen.valid).toBeGreaterThan(2000)
    expect(seen.paying).toBeGreaterThan(200)
    expect(seen.invalid).toBeGreaterThan(2000)
  })

  test('in one block: each of two payments of the same funds passes txValid, the block does not pass VAF', () => {
    const twice = on(start, [pay('alice', 'bob', 10, 0), pay('alice', 'carol', 10, 0)])
    const [, b] = twice
    expect(b!.txs.map((t) => txValid(t, start))).toEqual([true, true])
    expect(VAF(b!, start, b!.txs)).toBe(false)
    expect(valid_chain(twice)).toBe(false)
  })

  test('in one block: not by the same payment repeated', () => {
    const t = pay('alice', 'bob', 2, 0)
    expect(valid_chain(on(start, [t, t]))).toBe(false)
  })

  test('in one chain: not in a later block', () => {
    const once = on(start, [pay('alice', 'bob', 10, 0)])
    expect(valid_chain(once)).toBe(true)
    for (const sequence of [0, 1, 2]) expect(valid_chain(on(once, [pay('alice', 'carol', 10, sequence)]))).toBe(false)
  })

  test('on two forks: exactly one of the payments is in the best chain, whatever arrives first', () => {
    const toBob = on(start, [pay('alice', 'bob', 10, 0)])
    const toCarol = on(start, [pay('alice', 'carol', 10, 0)])
    const made = (blocks: Blockchain<PaymentTypes>) =>
      btChain(btExtendAll(pts(hashB(G), G), blocks))
        .flatMap((b) => b.txs)
        .map((t) => t.to)
    const tie = made([...toBob, ...toCarol])
    expect(tie).toHaveLength(1)
    expect(made([...toCarol, ...toBob])).toEqual(tie)
    // A further block on one of them decides.
    expect(made([...toBob, ...on(toCarol, [])])).toEqual(['carol'])
    expect(made([...toCarol, ...on(toBob, [])])).toEqual(['bob'])
    // A block that brings the other payment after all is not valid, and does not count.
    expect(made([...toBob, ...on(on(toBob, [pay('alice', 'carol', 10, 0)]), [])])).toEqual(['bob'])
  })

  test('and VAF is needed for it: with txValid alone a valid chain spends funds twice', () => {
    const careless = Forests(types, { ...params, VAF: (b, bc) => b !== G || bc.length === 0 })
    const twice = on(start, [pay('alice', 'bob', 10, 0), pay('alice', 'carol', 10, 0)])
    expect(careless.valid_chain(twice)).toBe(true)
    expect(funds(balances(twice))).toEqual({ alice: -10, bob: 15, carol: 10 })
  })
})
