/**
 * The machine: calls, throws, stipends, depth, and the language that it runs.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockKing } from '../../../spec/contracts/blockking.js'
import { executionsOf, pointOf } from '../../../spec/contracts/executions.js'
import type { MachineStep, Scenario } from '../../../spec/contracts/executions.js'
import {
  address,
  atLeast,
  balance,
  below,
  blockNumber,
  bool,
  define,
  demand,
  differs,
  done,
  equal,
  field,
  give,
  increase,
  initialized,
  inline,
  local,
  mapping,
  minus,
  MODULUS,
  modulo,
  not,
  or,
  over,
  plus,
  raise,
  remove,
  self,
  sender,
  set,
  times,
  together,
  uint,
  value,
  when
} from '../../../spec/contracts/language.js'
import type { Contract, Expr, Statement } from '../../../spec/contracts/language.js'
import { balanceOf, genesis, Machine, totalOf, transact } from '../../../spec/contracts/machine.js'
import type { Setting, Transaction } from '../../../spec/contracts/machine.js'
import { codeOf, NOBODY } from '../../../spec/contracts/semantics.js'
import { lineOf, nodeText, solidity } from '../../../spec/contracts/solidity.js'

/** A contract with one function, and one that takes money without being asked. */
const contractOf = (body: ReadonlyArray<Statement>, fallback?: ReadonlyArray<Statement>): Contract => ({
  name: 'C',
  fields: [],
  functions: [{ name: 'f', parameters: [{ name: 'x', type: 'uint' }], body }],
  ...(fallback && { fallback: { name: '', parameters: [], body: fallback } })
})

const call = (more: Partial<Transaction> = {}): Transaction => ({
  from: 'user',
  to: 'c',
  fn: 'f',
  args: [0n],
  value: 0n,
  ...more
})

const run = (contracts: Readonly<Record<string, Contract>>, transaction = call(), depth?: number) => {
  const world = genesis({
    balances: { user: 10n, c: 5n },
    stores: Object.fromEntries(Object.keys(contracts).map((account) => [account, {}]))
  })
  return transact(contracts, depth)(world, transaction)
}

/** What an expression comes to. */
const valueOf = (e: Expr, x = 0n): unknown => run({ c: contractOf([done(e)]) }, call({ args: [x] })).ended?.result

const x = local('x', 'uint')

describe('numbers', () => {
  const word = fc.bigInt({ min: 0n, max: MODULUS - 1n })

  test.each([
    ['0 - 1', minus(uint(0n), uint(1n)), MODULUS - 1n],
    ['the largest and 1', plus(uint(MODULUS - 1n), uint(1n)), 0n],
    ['half of all, doubled', times(uint(MODULUS / 2n), uint(2n)), 0n],
    ['a quotient', over(uint(7n), uint(2n)), 3n],
    ['a rest', modulo(uint(7n), uint(2n)), 1n],
    ['by zero', over(uint(7n), uint(0n)), 0n],
    ['the rest by zero', modulo(uint(7n), uint(0n)), 0n]
  ])('%s: they wrap, and division by zero is zero', (_, e, is) => {
    expect(valueOf(e)).toBe(is)
  })

  test('obey the laws of arithmetic modulo 2^256', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(valueOf(plus(uint(a), uint(b)))).toBe((a + b) % MODULUS)
        expect(valueOf(minus(plus(uint(a), uint(b)), uint(b)))).toBe(a)
        expect(valueOf(times(uint(a), uint(b)))).toBe((a * b) % MODULUS)
        expect(valueOf(or(below(uint(a), uint(b)), atLeast(uint(a), uint(b))))).toBe(true)
      }),
      { numRuns: 50 }
    )
  })
})

describe('a call', () => {
  test('sees who calls, with how much, in which block, and what accounts have', () => {
    const see = (e: Expr) => run({ c: contractOf([done(e)]) }, call({ value: 2n, block: 9n })).ended?.result
    expect([sender, value, self, blockNumber, balance(self), balance(sender)].map(see)).toEqual([
      'user',
      2n,
      'c',
      9n,
      7n,
      8n
    ])
  })

  test('that throws undoes everything, but that there was a transaction', () => {
    const n = field('n', 'uint')
    const { world, ended } = run({ c: contractOf([set(n, uint(1n)), raise]) }, call({ value: 3n }))
    expect(ended).toEqual({ ok: false, result: null })
    expect(world).toEqual({ ...genesis({ balances: { user: 10n, c: 5n }, stores: { c: {} } }), transactions: 1 })
  })

  test.each([
    ['of nothing that there is', call({ fn: 'g' })],
    ['of a function that is internal', call({ fn: 'h' })],
    ['with money for a contract that takes none', call({ fn: null, value: 1n })],
    ['with more than the sender has', call({ value: 11n })]
  ])('%s fails', (_, transaction) => {
    const contract = contractOf([])
    const h = { name: 'h', parameters: [], body: [], isInternal: true }
    const { world, ended } = run({ c: { ...contract, functions: [...contract.functions, h] } }, transaction)
    expect([ended?.ok, world.balances]).toEqual([false, { user: 10n, c: 5n }])
  })

  test('of an account without code moves money', () => {
    expect(run({}, call({ to: 'other', value: 3n })).world.balances).toEqual({ user: 7n, c: 5n, other: 3n })
  })
})

describe('who hands over', () => {
  const n = field('n', 'uint')
  const told = local('ok', 'bool')
  const taking = contractOf([], [set(n, uint(1n))])
  const giving = (way: 'call' | 'send' | 'transfer', amount = 2n) =>
    contractOf([give(way, address('d'), uint(amount), way === 'transfer' ? null : 'ok'), done(told)])

  test('all gas lets the other write; a stipend does not, and is told so', () => {
    const called = run({ c: giving('call'), d: taking })
    expect([called.ended, called.world.stores['d'], called.world.balances['d']]).toEqual([
      { ok: true, result: true },
      { n: 1n },
      2n
    ])
    const sent = run({ c: giving('send'), d: taking })
    expect([sent.ended, sent.world.stores['d'], balanceOf(sent.world, 'd')]).toEqual([
      { ok: true, result: false },
      {},
      0n
    ])
  })

  test('by transfer throws where the other does', () => {
    expect(run({ c: giving('transfer'), d: taking }).ended?.ok).toBe(false)
    expect(run({ c: giving('transfer') }).world.balances['d']).toBe(2n)
  })

  test('a stipend is enough to take money, and to compute', () => {
    const idle = contractOf([], [define('y', uint(1n))])
    expect(run({ c: giving('send'), d: idle }).ended?.result).toBe(true)
  })

  test('more than it has is told that it failed', () => {
    expect(run({ c: giving('call', 6n) }).ended?.result).toBe(false)
  })

  test('too deep is told that it failed', () => {
    const loop = contractOf([], [give('call', self, uint(0n)), increase(n, uint(1n))])
    expect(run({ c: loop }, call({ fn: null }), 3).world.stores['c']).toEqual({ n: 3n })
  })
})

describe('what is stored', () => {
  const n = mapping('n', 'uint', 'uint')
  const tracked = mapping('t', 'uint', 'uint', true)

  test('is zero where it was never written, and a zero is as if it was not, unless it is tracked', () => {
    const { world, ended } = run({
      c: contractOf([set(n(x), uint(1n)), set(n(x), uint(0n)), set(tracked(x), uint(0n)), done(n(uint(7n)))])
    })
    expect([world.stores['c'], ended?.result]).toEqual([{ 't[0]': 0n }, 0n])
  })

  test('is initialized until it is removed', () => {
    const states = [set(tracked(x), uint(0n)), remove(tracked(x))].map((_, i, all) => [
      ...all.slice(0, i + 1),
      done(initialized(tracked(x)))
    ])
    expect(states.map((body) => run({ c: contractOf(body) }).ended?.result)).toEqual([true, false])
  })

  test('is known by its own name, whatever that is', () => {
    expect(valueOf(field('constructor', 'uint'))).toBe(0n)
    expect(balanceOf(genesis({ balances: {}, stores: {} }), 'toString')).toBe(0n)
  })

  test('has zeros of each type', () => {
    expect([field('b', 'bool'), field('a', 'address'), field('u', 'uint')].map((f) => valueOf(f))).toEqual([
      false,
      NOBODY,
      0n
    ])
  })
})

describe('statements', () => {
  const n = field('n', 'uint')
  const after = (body: ReadonlyArray<Statement>, at = 0n) =>
    run({ c: contractOf(body) }, call({ args: [at] })).world.stores['c']

  test('choose one of two branches', () => {
    const body = [when(equal(x, uint(1n)), [set(n, uint(1n))], [set(n, uint(2n))]), increase(n, uint(10n))]
    expect([after(body, 1n), after(body, 0n)]).toEqual([{ n: 11n }, { n: 12n }])
  })

  test('demand what must hold', () => {
    expect(run({ c: contractOf([demand(differs(x, uint(0n))), done(bool(true))]) }).ended?.ok).toBe(false)
    expect(valueOf(not(bool(true)))).toBe(false)
  })

  test('stand for those of another function', () => {
    const inner = { name: 'g', parameters: [{ name: 'y', type: 'uint' as const }], body: [set(n, local('y', 'uint'))] }
    expect(after([inline(inner, [plus(x, uint(1n))])], 4n)).toEqual({ n: 5n })
  })
})

describe('steps', () => {
  const n = field('n', 'uint')
  const lines = contractOf([
    set(n, uint(1n)),
    together(set(n, uint(2n)), set(n, uint(3n))),
    give('call', address('attacker'), uint(0n)),
    set(n, uint(4n)),
    done()
  ])
  const scenario: Scenario = {
    contracts: { c: lines },
    attackers: ['attacker'],
    offers: () => [{ to: 'c', fn: 'f', args: [0n], value: 0n }],
    calls: 1,
    depth: 2,
    grain: 'line',
    initial: genesis({ balances: { user: 1n }, stores: { c: {} } }),
    transactions: [call()],
    most: 1,
    lastBlock: 1n,
    forced: [{ from: 'user', to: 'c', amount: 1n }]
  }
  const taken = (...tags: ReadonlyArray<MachineStep['_tag']>) => {
    const { initial, steps } = executionsOf(scenario)
    return tags.reduce((world, tag) => [...steps(world)].find(([{ _tag }]) => _tag === tag)?.[1] ?? world, initial[0]!)
  }

  test('take a line each, and what stands together in one', () => {
    expect(
      [1, 2, 3].map((k) => taken('Begin', ...Array.from({ length: k }, () => 'Run' as const)).stores['c'])
    ).toEqual([{ n: 1n }, { n: 3n }, { n: 3n }])
  })

  test('lead to points of control', () => {
    const points = [taken(), taken('Begin'), taken('Begin', 'Run'), taken('Begin', 'Run', 'Run', 'Run')]
    expect(points.map((world) => pointOf(scenario, world))).toEqual(['transaction', 'entry', 'inside', 'yield'])
  })

  test('go on to the end of the line when a call returns, and a return takes none', () => {
    const world = taken('Begin', 'Run', 'Run', 'Run', 'Return', 'Run')
    expect([world.stores['c'], world.stack]).toEqual([{ n: 4n }, []])
  })

  test('of an attacker are bounded by its calls and by the depth', () => {
    const { steps } = executionsOf(scenario)
    const inside = taken('Begin', 'Run', 'Run', 'Run', 'Call')
    expect(inside.stack.map(({ self: account }) => account)).toEqual(['c', 'attacker', 'c'])
    const deeper = ['Run', 'Run', 'Run'].reduce((world) => [...steps(world)][0]![1], inside)
    expect(deeper.stack).toHaveLength(4)
    const [, , offer] = [...steps(deeper)]
    expect([offer?.[0]._tag, offer?.[1].stack.length]).toEqual(['Call', 4])
    expect([...steps(offer![1])].map(([{ _tag }]) => _tag)).toEqual(['Return', 'Throw'])
  })

  test('mine blocks, and bring money that nobody has asked for', () => {
    expect(taken('NextBlock', 'NextBlock').block).toBe(1n)
    expect(taken('Force').balances).toEqual({ user: 0n, c: 1n })
  })

  test('never make or lose money', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 40 }), (choices) => {
        const { initial, steps } = executionsOf(scenario)
        choices.reduce((world, choice) => {
          const all = [...steps(world)]
          const next = all[choice % Math.max(1, all.length)]?.[1] ?? world
          expect(totalOf(next)).toBe(totalOf(world))
          return next
        }, initial[0]!)
      })
    )
  })

  test('of a world in which nothing runs are none', () => {
    const setting: Setting = scenario
    const machine = Machine(setting)
    const [world] = executionsOf(scenario).initial
    for (const step of [machine.run(world!), machine.call(world!, call()), machine.leave(world!, true)])
      expect(step).toEqual({ world, ended: null, ran: [] })
  })
})

describe('Solidity', () => {
  test('has parentheses where they are needed', () => {
    expect(nodeText(times(plus(x, uint(1n)), uint(2n)).node)).toBe('(x + 1) * 2')
    expect(nodeText(plus(x, times(uint(1n), uint(2n))).node)).toBe('x + 1 * 2')
    expect(nodeText(minus(x, minus(x, uint(1n))).node)).toBe('x - (x - 1)')
    expect(nodeText(not(equal(x, uint(1n))).node)).toBe('!(x == 1)')
  })

  test('says which line a statement begins', () => {
    const statement = raise
    const contract = contractOf([when(equal(x, uint(1n)), [done()], [statement])])
    expect(lineOf(contract, statement)?.text).toBe('        throw;')
    expect(solidity(contract)).toContain('} else {')
    expect(lineOf(contract, done())).toBeUndefined()
  })

  test('is that of the slide, for enter and __callback of BlockKing', () => {
    const text = solidity(BlockKing({ digits: 10n, price: 50n, pays: true }))
    for (const line of [
      'if (msg.value < 50) {',
      'msg.sender.send(msg.value);',
      'warrior = msg.sender;',
      'warriorGold = msg.value;',
      'warriorBlock = block.number;',
      'if (msg.sender != oracle) throw;',
      'process_payment();'
    ])
      expect(text).toContain(line)
  })
})

test('a function ends by a return, if it says none', () => {
  expect(codeOf({ name: 'f', parameters: [], body: [] }).map(({ line }) => line)).toEqual([0])
  expect(codeOf({ name: 'f', parameters: [], body: [done()] })).toHaveLength(1)
  const early = contractOf([when(equal(x, uint(1n)), [done(uint(1n))])])
  expect([1n, 0n].map((n) => run({ c: early }, call({ args: [n] })).ended)).toEqual([
    { ok: true, result: 1n },
    { ok: true, result: null }
  ])
})
