/**
 * The machine against an Ethereum Virtual Machine: the same contracts, assembled, and the same transactions. After each, the
 * money of all accounts and the stores of all contracts are the same, and so is what the transaction comes to.
 *
 * The EVM has the prices of Byzantium: since Berlin a stipend is not enough to read from two places.
 */
import { Common, Hardfork, Mainnet } from '@ethereumjs/common'
import { createEVM } from '@ethereumjs/evm'
import { bigIntToBytes, createAccount, createAddressFromBigInt, setLengthLeft } from '@ethereumjs/util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as L from '../../../spec/contracts/language.js'
import type { Contract, Expr, Statement } from '../../../spec/contracts/language.js'
import { balanceOf, genesis, transact } from '../../../spec/contracts/machine.js'
import type { Transaction } from '../../../spec/contracts/machine.js'
import { deep } from '../../support/deep.js'
import { assembled, slot } from './assembler.js'
import type { Layout } from './assembler.js'

const CONTRACTS = ['c0', 'c1', 'c2']
const USERS = ['alice', 'bob']
const ACCOUNTS = [...CONTRACTS, ...USERS]
/** Numbers beyond those of precompiled contracts. */
const addressOf = (account: string): bigint => 0x10000n + BigInt(ACCOUNTS.indexOf(account))
const layout: Layout = { fields: ['n', 'k', 'm', 'entered'], address: addressOf }
const KEYS = [0n, 1n, 2n]

const [n, k, m, entered] = [
  L.field('n', 'uint'),
  L.field('k', 'uint'),
  L.mapping('m', 'uint', 'uint'),
  L.field('entered', 'uint')
]

const number: fc.Arbitrary<Expr<'uint'>> = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, L.MODULUS - 1n, L.MODULUS / 2n).map(L.uint),
  fc.bigInt({ min: 0n, max: L.MODULUS - 1n }).map(L.uint),
  fc.constantFrom<Expr<'uint'>>(
    L.value,
    n,
    k,
    L.local('x', 'uint'),
    L.local('y', 'uint'),
    L.balance(L.self),
    ...KEYS.map((key) => m(L.uint(key)))
  )
)
const uint: fc.Arbitrary<Expr<'uint'>> = fc.oneof(
  number,
  fc
    .tuple(fc.constantFrom(L.plus, L.minus, L.times, L.over, L.modulo), number, number)
    .map(([operator, a, b]) => operator(a, b))
)
const condition: fc.Arbitrary<Expr<'bool'>> = fc.oneof(
  fc
    .tuple(fc.constantFrom(L.below, L.atMost, L.above, L.atLeast), uint, uint)
    .map(([operator, a, b]) => operator(a, b)),
  fc.tuple(fc.constantFrom(L.equal, L.differs), uint, uint).map(([operator, a, b]) => operator(a, b)),
  fc.constantFrom(...USERS).map((user) => L.equal(L.sender, L.address(user))),
  fc.boolean().map(L.bool)
)
const place = fc.constantFrom(n, k, ...KEYS.map((key) => m(L.uint(key))))

/** A statement that hands over to nobody. */
const local: fc.Arbitrary<Statement> = fc.oneof(
  fc.tuple(place, uint).map(([to, by]) => L.set(to, by)),
  fc.tuple(place, uint).map(([to, by]) => L.increase(to, by)),
  fc.tuple(place, uint).map(([to, by]) => L.decrease(to, by)),
  place.map((at) => L.remove(at)),
  uint.map((by) => L.define('y', by)),
  condition.map((holds) => L.demand(holds)),
  fc.tuple(condition, uint).map(([holds, by]) => L.when(holds, [L.set(n, by)], [L.set(k, by), L.done(by)]))
)

/** Money for somebody: little, so that there is enough of it as a rule. Whoever is called may call back, a few times. */
const giving: fc.Arbitrary<Statement> = fc
  .tuple(
    fc.constantFrom('call' as const, 'send' as const, 'transfer' as const),
    fc.constantFrom<Expr<'address'>>(L.sender, L.self, ...ACCOUNTS.map(L.address)),
    fc.bigInt({ min: 0n, max: 4n }),
    fc.boolean()
  )
  .map(([way, to, amount, isTold]) =>
    L.when(L.below(entered, L.uint(2n)), [
      L.increase(entered, L.uint(1n)),
      ...(isTold && way !== 'transfer'
        ? [L.give(way, to, L.uint(amount), 'ok'), L.when(L.local('ok', 'bool'), [L.increase(k, L.uint(1n))])]
        : [L.give(way, to, L.uint(amount))])
    ])
  )

const body = fc.tuple(
  fc.array(fc.oneof({ weight: 2, arbitrary: local }, { weight: 1, arbitrary: giving }), { maxLength: 6 }),
  fc.option(fc.oneof(uint, condition), { nil: undefined })
)
/** What takes money: a stipend is enough for what it reads, as reading cost then, and for nothing that it writes. */
const taking = fc
  .tuple(fc.option(giving, { nil: undefined }), fc.option(local, { nil: undefined }))
  .map(([first, second]) => [...(first ? [first] : []), ...(second ? [second] : [])])

const contract: fc.Arbitrary<Contract> = fc
  .tuple(body, fc.option(taking, { nil: undefined }))
  .map(([[own, result], other]) => ({
    name: 'C',
    fields: [],
    functions: [
      {
        name: 'f',
        parameters: [{ name: 'x', type: 'uint' }],
        body: result === undefined ? own : [...own, L.done(result)]
      }
    ],
    ...(other && { fallback: { name: '', parameters: [], body: other } })
  }))

const transaction: fc.Arbitrary<Transaction> = fc
  .tuple(
    fc.constantFrom(...USERS),
    fc.constantFrom(...CONTRACTS),
    fc.constantFrom('f', null),
    fc.constantFrom(0n, 1n, 5n, L.MODULUS - 1n),
    fc.bigInt({ min: 0n, max: 3n })
  )
  .map(([from, to, fn, arg, value]) => ({ from, to, fn, args: fn === null ? [] : [arg], value }))

const word = (u: bigint): Uint8Array => setLengthLeft(bigIntToBytes(u), 32)
const read = (u: Uint8Array): bigint => u.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)

/** The contracts on an EVM. */
const deployed = async (codes: ReadonlyArray<Contract>, balances: Readonly<Record<string, bigint>>) => {
  const evm = await createEVM({ common: new Common({ chain: Mainnet, hardfork: Hardfork.Byzantium }) })
  const at = (account: string) => createAddressFromBigInt(addressOf(account))
  for (const account of ACCOUNTS) {
    await evm.stateManager.putAccount(at(account), createAccount({ balance: balances[account] ?? 0n }))
    const code = codes[CONTRACTS.indexOf(account)]
    if (code !== undefined) await evm.stateManager.putCode(at(account), assembled(code, layout))
  }
  return {
    send: async ({ from, to, fn, args: [arg], value }: Transaction) => {
      const { execResult } = await evm.runCall({
        caller: at(from),
        origin: at(from),
        to: at(to),
        value,
        data: fn === null ? new Uint8Array() : word(typeof arg === 'bigint' ? arg : 0n),
        gasLimit: 1n << 40n
      })
      const { returnValue, exceptionError } = execResult
      return { ok: exceptionError === undefined, result: returnValue.length === 0 ? null : read(returnValue) }
    },
    balance: async (account: string) => (await evm.stateManager.getAccount(at(account)))?.balance ?? 0n,
    stored: async (account: string, field: string, key?: bigint) =>
      read(await evm.stateManager.getStorage(at(account), word(slot(layout, field, key))))
  }
}

const FIELDS = [
  ...['n', 'k', 'entered'].map((field) => [field, undefined] as const),
  ...KEYS.map((key) => ['m', key] as const)
]
const asNumber = (u: unknown): unknown => (typeof u === 'boolean' ? (u ? 1n : 0n) : u)

test(
  'the machine and an EVM agree on money, stores and results',
  async () => {
    const seen = { thrown: 0, done: 0, moved: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(contract, contract, contract),
        fc.array(transaction, { minLength: 1, maxLength: 4 }),
        async (codes, transactions) => {
          const balances = { alice: 20n, bob: 20n, c0: 6n, c1: 3n, c2: 0n }
          const evm = await deployed(codes, balances)
          const begin = transact(Object.fromEntries(CONTRACTS.map((account, i) => [account, codes[i]!])))
          let world = genesis({ balances, stores: Object.fromEntries(CONTRACTS.map((account) => [account, {}])) })
          for (const one of transactions) {
            if (balanceOf(world, one.from) < one.value) continue
            const before = world
            const reached = begin(world, one)
            world = reached.world
            const { ok, result } = await evm.send(one)
            expect({ ok, result: ok ? result : null }).toEqual({
              ok: reached.ended?.ok,
              result: asNumber(reached.ended?.result)
            })
            for (const account of ACCOUNTS) expect(await evm.balance(account)).toBe(balanceOf(world, account))
            for (const account of CONTRACTS)
              for (const [field, key] of FIELDS) {
                const name = key === undefined ? field : `${field}[${String(key)}]`
                expect(await evm.stored(account, field, key)).toBe(world.stores[account]?.[name] ?? 0n)
              }
            seen[ok ? 'done' : 'thrown']++
            if (before.balances !== world.balances) seen.moved++
          }
        }
      ),
      { numRuns: deep ? 10_000 : 150 }
    )
    // A comparison in which nothing happens says nothing.
    expect(Math.min(seen.thrown, seen.done, seen.moved)).toBeGreaterThan(20)
  },
  30 * 60_000
)
