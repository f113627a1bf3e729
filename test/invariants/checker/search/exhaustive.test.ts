/**
 * Exhaustive exploration counts what other model checkers count (`docs/model.md`), whichever engine and order.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playLongestChain, playNumbered } from '../../../../invariants/blockchain/playable.js'
import { RefusedSearch } from '../../../../invariants/checker/model/refusal.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import type { ExhaustiveOptions } from '../../../../invariants/checker/search/exhaustive.js'
import { allNodes, freely, protocolModel, untimed } from '../../../../invariants/checker/network/protocolModel.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import type { Model } from '../../../../invariants/checker/model/model.js'
import { showFailure, whole } from '../../../../invariants/property/invariant.js'
import type { NetworkInvariant } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import type { Address } from '../../../../spec/system/address.js'
import { sidesOf } from '../../../../invariants/blockchain/configuration.js'
import { deep } from '../../../support/deep.js'
import { countsOf } from '../../../support/presets.js'

const model = (nodes: number, mints: number, transactions: number, blockOnly = false) =>
  toychainModel(playNumbered, bounds(nodes, mints, transactions, { blockOnly }))

/**
 * Presets by their names, whose distinct states, transitions and steps to the farthest state stand in the catalogue. TLC,
 * SPIN and Stateright count the same states and transitions.
 */
const table = [
  ['F201', model(2, 0, 1)],
  ['F210', model(2, 1, 0)],
  ['F220', model(2, 2, 0)],
  ['F310', model(3, 1, 0)],
  ['B220', model(2, 2, 0, true)],
  ['B320', model(3, 2, 0, true)],
  ['B330', model(3, 3, 0, true)],
  ['B250', model(2, 5, 0, true)]
] as const

const large = [
  ['F211', model(2, 1, 1)],
  ['B340', model(3, 4, 0, true)],
  ['B430', model(4, 3, 0, true)]
] as const

const MINUTES = 60_000

describe('the bounded model', () => {
  for (const [name, m] of [...table, ...(deep ? large : [])]) {
    const { states, transitions, depth: farthest } = countsOf(name)
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
  }

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

/** Lamps, each of which may be switched on and off; it does not matter what they are called. */
interface Lamp {
  readonly id: Address
  readonly on: boolean
}
const lampsWith = (nodes: number, ...invariants: ReadonlyArray<NetworkInvariant<Lamp, string>>) =>
  protocolModel({
    name: 'lamps',
    nodes,
    protocol: untimed<Lamp, string, 'flip'>({
      Init: (id) => ({ id, on: false }),
      procMsg: (st) => [st, []],
      procInt: (st) => [{ ...st, on: !st.on }, []]
    }),
    environment: freely<Lamp, string, 'flip'>(() => ['flip']),
    observations: {
      states: [],
      steps: [],
      scores: [{ name: 'lit', says: 'the lamp is on', of: ({ on }) => (on ? 1 : 0) }]
    },
    invariants,
    symmetry: { env: () => null, state: (to, { id, on }) => ({ id: to(id), on }), message: (_to, m) => m }
  })

const lamps = lampsWith(3)

/** Numbers that go up to 9, which nothing can intern. */
const upFrom = (...initial: ReadonlyArray<number>) =>
  systemModel<number, 'up'>({
    name: 'numbers',
    system: { initial, actions: (n) => (n < 9 ? ['up'] : []), next: (n) => O.some(n + 1) },
    invariants: [whole('not 7', 'the number is not 7', (n) => (n === 7 ? [{ witness: '7' }] : []))]
  })

describe('an engine', () => {
  const engine = async <S, A>(m: Model<S, A>, options: ExhaustiveOptions = {}) => {
    const { engine: name, exact, reductions, states } = await exhaustive(m, options)
    return { name, exact, reductions, states }
  }

  it('interns what can be interned, and keeps fingerprints or whole states as asked', async () => {
    expect(await engine(lamps)).toEqual({ name: 'interned', exact: false, reductions: [], states: 8 })
    expect(await engine(lamps, { exact: true })).toEqual({ name: 'interned', exact: true, reductions: [], states: 8 })
    expect(await engine(lamps, { plain: true })).toEqual({ name: 'plain', exact: true, reductions: [], states: 8 })
    expect(await engine(upFrom(8))).toEqual({ name: 'keyed', exact: false, reductions: [], states: 2 })
    expect(await engine(upFrom(8), { exact: true })).toEqual({ name: 'keyed', exact: true, reductions: [], states: 2 })
  })

  it('knows states by their keys where there are several initial states, too', async () => {
    expect(await engine(upFrom(8, 9))).toEqual({ name: 'keyed', exact: false, reductions: [], states: 2 })
  })

  it('leaves out what it is asked to', async () => {
    expect(await engine(lamps, { reduce: ['symmetry'] })).toMatchObject({ reductions: ['symmetry'], states: 4 })
    expect(await engine(lamps, { reduce: ['noop'] })).toMatchObject({ reductions: ['noop'], states: 8 })
  })

  it('says how much it has interned', async () => {
    expect((await exhaustive(lamps)).sizes).toMatchObject({ 'local states': 6 })
    expect((await exhaustive(lamps, { plain: true })).sizes).toEqual({})
  })

  it('keeps a bound on the states of a reduced search, whatever it tries first', async () => {
    const { states, complete } = await exhaustive(lamps, { reduce: ['noop'], maxStates: 5 })
    expect([states, complete]).toEqual([5, false])
  })

  it('goes beyond what it tries first where a search is reduced', async () => {
    const { states, transitions, complete } = await exhaustive(lampsWith(13), { reduce: ['noop'] })
    expect([states, transitions, complete]).toEqual([8192, 13 * 8192, true])
  })

  it('has somewhere to put a frontier that is too large', async () => {
    const store = { write: () => 0, read: () => new Uint8Array(0), take: () => new Uint8Array(0) }
    expect(await engine(lamps, { frontier: { store, megabytes: 1 } })).toMatchObject({ name: 'interned', states: 8 })
  })

  it('takes as many seconds as it says', async () => {
    const started = performance.now()
    const { seconds } = await exhaustive(lamps)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual((performance.now() - started) / 1000)
  })

  it('goes toward a score', async () => {
    const notAll = allNodes<Lamp, string>('not all', 'not all lamps are on', (seen) =>
      seen.every(({ sees }) => sees.on) ? [{ witness: 'all are on' }] : []
    )
    const unlit = lampsWith(3, notAll)
    expect(await exhaustive(unlit)).toMatchObject({
      states: 8,
      counterexample: { failures: [{ witness: 'all are on' }] }
    })
    const { counterexample, states } = await exhaustive(unlit, { order: 'guided', toward: 'lit' })
    expect([counterexample?.actions.length, states]).toEqual([3, 7])
  })
})

describe('a search that cannot be made is refused:', () => {
  const resume = new Uint8Array(0)
  const checkpoint = { isDue: () => false, save: () => undefined }
  const frontier = { store: { write: () => 0, read: () => resume, take: () => resume }, megabytes: 1 }
  const refused = async <S, A>(m: Model<S, A>, options: ExhaustiveOptions, why: string): Promise<void> => {
    await expect(exhaustive(m, options)).rejects.toThrow(new RefusedSearch(why))
  }

  it.each<ExhaustiveOptions>([{ plain: true }, { resume }, { checkpoint }])(
    'a reduced one that is plain, kept or resumed: %j',
    async (options) => {
      const why = 'a reduced search is interned, and is made in one go: leave out plain, checkpoint and resume'
      await refused(lamps, { reduce: ['noop'], ...options }, why)
    }
  )

  it.each<ExhaustiveOptions>([{ resume }, { checkpoint }])(
    'an exact one that is kept or resumed: %j',
    async (options) => {
      const why = 'a search that keeps whole states cannot be kept itself: leave out checkpoint and resume'
      await refused(lamps, { exact: true, ...options }, why)
    }
  )

  it.each<ExhaustiveOptions>([{ order: 'guided' }, { toward: 'lit' }, { order: 'depth-first', toward: 'lit' }])(
    'one of a score and an order without the other: %j',
    async (options) => {
      const why = 'a guided search goes toward a score, and no other search does: give both order guided and toward'
      await refused(lamps, options, why)
    }
  )

  it.each<ExhaustiveOptions>([{ order: 'depth-first' }, { order: 'iterative-deepening' }, { resume }, { checkpoint }])(
    'a plain one that is not breadth first, kept or resumed: %j',
    async (options) => {
      const why = 'a plain search is breadth first and made in one go: leave out order, checkpoint and resume'
      await refused(lamps, { plain: true, ...options }, why)
    }
  )

  it('an exact one up to symmetry', async () => {
    const why = 'a search up to symmetry knows states by fingerprints only: leave out exact'
    await refused(lamps, { exact: true, reduce: ['symmetry'] }, why)
  })

  it('an exact one by iterative deepening', async () => {
    const why = 'iterative deepening keeps distances with fingerprints, not with whole states: leave out exact'
    await refused(lamps, { exact: true, order: 'iterative-deepening' }, why)
  })

  it('one up to a symmetry that is declared wrongly', async () => {
    const symmetryObjection = (): string => 'the left one is red'
    await refused(
      { ...lamps, symmetryObjection },
      { reduce: ['symmetry'] },
      'the declared symmetry of lamps is wrong: the left one is red'
    )
  })

  it('one that is bounded in depth and goes astray', async () => {
    await refused(
      lamps,
      { order: 'depth-first', depth: 2 },
      'a depth-first search cannot be bounded in depth: it would miss states; search breadth first'
    )
    await refused(
      lamps,
      { order: 'guided', toward: 'lit', depth: 2 },
      'a guided search cannot be bounded in depth: it would miss states; search breadth first'
    )
  })

  it('a reduced, guided or spilled one of what cannot be interned', async () => {
    await refused(upFrom(1), { reduce: ['noop'] }, 'numbers cannot be interned, so it cannot be reduced')
    await refused(
      upFrom(1),
      { order: 'guided', toward: 'lit' },
      'numbers cannot be interned, so it has no scores: leave out order guided'
    )
    await refused(
      upFrom(1),
      { frontier },
      'numbers is not interned: its frontier is kept as values, in memory; leave out frontier'
    )
  })
})
