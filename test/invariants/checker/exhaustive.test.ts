/**
 * Exhaustive exploration counts what other model checkers count (`docs/model.md`), whichever engine and order.
 */
import { describe, expect, it } from 'vitest'
import { bounds, toychainModel } from '../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered } from '../../../invariants/blockchain/playable.js'
import { exhaustive } from '../../../invariants/checker/exhaustive.js'
import type { ExhaustiveOptions } from '../../../invariants/checker/exhaustive.js'
import type { Model } from '../../../invariants/checker/model.js'
import { showFailure } from '../../../invariants/invariant.js'
import { noFaults } from '../../../spec/system/adversary.js'
import { sidesOf } from '../../../invariants/blockchain/configuration.js'
import { deep } from '../../support/deep.js'

const model = (nodes: number, mints: number, transactions: number, blockOnly = false) =>
  toychainModel(playNumbered, bounds(nodes, mints, transactions, { blockOnly }))

/**
 * Name, sizes, distinct states, transitions, steps to the farthest state. TLC, SPIN and Stateright count the same states
 * and transitions.
 */
const table = [
  ['F201', model(2, 0, 1), 111, 256, 9],
  ['F210', model(2, 1, 0), 107, 234, 9],
  ['F220', model(2, 2, 0), 93_705, 449_616, 27],
  ['F310', model(3, 1, 0), 166_576, 900_162, 29],
  ['B220', model(2, 2, 0, true), 89, 178, 6],
  ['B320', model(3, 2, 0, true), 793, 2_319, 8],
  ['B330', model(3, 3, 0, true), 28_057, 119_055, 12],
  ['B250', model(2, 5, 0, true), 93_593, 427_474, 15]
] as const

const large = [
  ['F211', model(2, 1, 1), 1_755_779, 10_985_474, 42],
  ['B340', model(3, 4, 0, true), 1_018_009, 5_635_599, 16],
  ['B430', model(4, 3, 0, true), 575_041, 3_270_276, 15]
] as const

const MINUTES = 60_000

describe('the bounded model', () => {
  for (const [name, m, states, transitions, farthest] of [...table, ...(deep ? large : [])])
    it(
      `${name} has ${String(states)} states and ${String(transitions)} transitions, and all invariants hold`,
      async () => {
        expect(m.name).toBe(name)
        const first = await exhaustive(m)
        expect([first.states, first.transitions, first.depth]).toEqual([states, transitions, farthest])
        expect([first.complete, first.engine, first.counterexample]).toEqual([true, 'interned', undefined])
        const down = await exhaustive(m, { order: 'depth-first' })
        expect([down.states, down.transitions]).toEqual([states, transitions])
        // The way that it has gone to the farthest state need not be a shortest one.
        expect(down.depth).toBeGreaterThanOrEqual(farthest)
        expect(down.complete).toBe(true)
        expect(down.coverage).toEqual(first.coverage)
        const deeper = await exhaustive(m, { order: 'iterative-deepening' })
        expect([deeper.states, deeper.transitions, deeper.depth]).toEqual([states, transitions, farthest])
        expect([deeper.complete, deeper.coverage]).toEqual([true, first.coverage])
        if (states < 100_000) {
          const exact = await exhaustive(m, { exact: true })
          expect([exact.exact, first.exact]).toEqual([true, false])
          expect([exact.states, exact.transitions, exact.depth]).toEqual([states, transitions, farthest])
          expect(exact.coverage).toEqual(first.coverage)
        }
      },
      20 * MINUTES
    )

  if (deep)
    it(
      'B350 has 36522649 states and 248742159 transitions, and all invariants hold',
      async () => {
        const { states, transitions, complete } = await exhaustive(model(3, 5, 0, true), { order: 'depth-first' })
        expect([states, transitions, complete]).toEqual([36_522_649, 248_742_159, true])
      },
      60 * MINUTES
    )
})

describe('the plain engine', () => {
  const cut = { ...noFaults, duplications: 1, cuts: 1, sides: sidesOf(2) }
  const agrees = <S, A>(m: Model<S, A>): void => {
    it(`finds in ${m.name} what the interning one finds`, async () => {
      const plain = await exhaustive(m, { plain: true })
      const interned = await exhaustive(m)
      expect([plain.engine, interned.engine]).toEqual(['plain', 'interned'])
      expect([plain.states, plain.transitions, plain.depth]).toEqual([
        interned.states,
        interned.transitions,
        interned.depth
      ])
      expect(plain.coverage).toEqual(interned.coverage)
    })
  }
  agrees(model(2, 0, 1))
  agrees(model(2, 1, 0))
  agrees(model(2, 2, 0, true))
  agrees(model(3, 2, 0, true))
  agrees(toychainModel(playLongestChain, bounds(2, 2, 0, { blockOnly: true })))
  agrees(toychainModel(playNumbered, bounds(2, 2, 0, { blockOnly: true, faults: cut })))

  it('finds the same shortest counterexample where a packet may be lost', async () => {
    const lossy = toychainModel(playNumbered, bounds(3, 2, 0, { faults: { ...noFaults, losses: 1 } }))
    for (const plain of [true, false]) {
      const { counterexample, complete } = await exhaustive(lossy, { plain })
      expect(complete).toBe(false)
      expect(counterexample?.actions.map(lossy.shapeOf)).toEqual(['MintT 0', 'Lose BlockMsg 0→1'])
      expect(counterexample?.failures.map(showFailure)).toEqual([
        'clique_inv ▸ GSyncing_clique ▸ 5 ▸ node 1: has, with what is in flight, {g}, expected {1@0, g}, missing 1@0'
      ])
    }
    const deeper = await exhaustive(lossy, { order: 'iterative-deepening' })
    expect(deeper.counterexample?.actions.map(lossy.kindOf)).toEqual(['MintT', 'Lose BlockMsg'])
  })
})

describe('bounds', () => {
  it('a bound on the depth cuts the search, which then says that it is not complete', async () => {
    const { states, depth, complete } = await exhaustive(model(2, 1, 0), { depth: 3 })
    const plain = await exhaustive(model(2, 1, 0), { depth: 3, plain: true })
    expect([depth, complete]).toEqual([3, false])
    expect([plain.states, plain.depth, plain.complete]).toEqual([states, depth, complete])
  })

  it('a bound on the depth counts the same by iterative deepening', async () => {
    for (let depth = 0; depth <= 10; depth++) {
      const numbers = async (options: ExhaustiveOptions) => {
        const { states, transitions, depth: reached, complete, coverage } = await exhaustive(model(2, 1, 0), options)
        return { states, transitions, reached, complete, coverage }
      }
      expect(await numbers({ depth, order: 'iterative-deepening' })).toEqual(await numbers({ depth }))
    }
  })

  it('a bound on the states is kept, in both engines and in every order', async () => {
    for (const options of [{}, { plain: true }, { order: 'depth-first' }, { order: 'iterative-deepening' }] as const) {
      const { states, complete } = await exhaustive(model(2, 1, 0), { ...options, maxStates: 50 })
      expect([states, complete]).toEqual([50, false])
    }
  })

  it('a depth-first search takes no bound on the depth, and none without interning', async () => {
    await expect(exhaustive(model(2, 1, 0), { order: 'depth-first', depth: 3 })).rejects.toThrow(/search breadth first/)
    await expect(exhaustive(model(2, 1, 0), { order: 'depth-first', plain: true })).rejects.toThrow(/breadth first/)
  })

  it('iterative deepening keeps no whole states, and does not go without interning', async () => {
    const order = 'iterative-deepening'
    await expect(exhaustive(model(2, 1, 0), { order, exact: true })).rejects.toThrow(/leave out exact/)
    await expect(exhaustive(model(2, 1, 0), { order, plain: true })).rejects.toThrow(/breadth first/)
  })
})
