import * as O from 'fp-ts/lib/Option.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { randomized } from '../../../../invariants/checker/index.js'
import type { RandomizedResult } from '../../../../invariants/checker/index.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { whole } from '../../../../invariants/property/invariant.js'
import { noFaults } from '../../../../spec/system/adversary.js'
import { address } from '../../../support/toychains.js'

// Searches pause by the clock too: it stands still where pauses are counted.
beforeEach(() => {
  vi.spyOn(performance, 'now').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const model = toychainModel(playNumbered, bounds(3, 2, 1))
const lossy = toychainModel(playNumbered, bounds(2, 2, 0, { faults: { ...noFaults, losses: 1 } }))

/** A result without what depends on the machine and the moment. */
const essence = <S, A>({ seconds, peakMemory, ...rest }: RandomizedResult<S, A>) => {
  expect([seconds >= 0, (peakMemory ?? 0) > 0]).toEqual([true, true])
  return rest
}

describe('a random exploration', () => {
  test('is the same for the same seed, and another for another', async () => {
    const [one, again, other] = [
      await randomized(model, { seed: 7, runs: 20, steps: 40 }),
      await randomized(model, { seed: 7, runs: 20, steps: 40 }),
      await randomized(model, { seed: 8, runs: 20, steps: 40 })
    ]
    expect(essence(again)).toEqual(essence(one))
    expect(other.coverage).not.toEqual(one.coverage)
    expect([one.seed, one.runs, one.complete, one.engine, one.counterexample, one.failedRun]).toEqual([
      7,
      20,
      false,
      'interned',
      undefined,
      undefined
    ])
    // Nobody runs out of steps in 40, so that each execution visits 41 states.
    expect([one.transitions, one.states, one.depth]).toEqual([800, 820, 40])
  })

  test('is made of runs that can be made alone, in any order', async () => {
    const parts = await Promise.all(
      [2, 0, 1].map((firstRun) => randomized(model, { seed: 3, firstRun, runs: 1, steps: 30 }))
    )
    const whole = await randomized(model, { seed: 3, runs: 3, steps: 30 })
    const sum = (kind: string): number => parts.reduce((total, { coverage }) => total + (coverage.kinds[kind] ?? 0), 0)
    expect(Object.fromEntries(Object.keys(whole.coverage.kinds).map((kind) => [kind, sum(kind)]))).toEqual(
      whole.coverage.kinds
    )
    expect(new Set(parts.map(({ coverage }) => JSON.stringify(coverage))).size).toBe(3)
  })

  test('ends where nothing is enabled', async () => {
    const { states, transitions, depth, coverage } = await randomized(
      toychainModel(playNumbered, bounds(1, 1, 0, { blockOnly: true })),
      { seed: 1, runs: 5 }
    )
    expect([states, transitions, depth]).toEqual([15, 10, 2])
    expect(coverage.kinds).toEqual({ MintT: 5, 'Deliver BlockMsg': 5 })
  })

  test('takes no more steps than it may', async () => {
    const { states, transitions, depth } = await randomized(model, { seed: 1, runs: 4, steps: 3 })
    expect([states, transitions, depth]).toEqual([16, 12, 3])
  })

  test('without interning chooses otherwise where the order of packets differs, and alike where there is no choice', async () => {
    // One node: what it sends comes back to it, and at most one thing can happen at a time.
    const forced = toychainModel(playNumbered, bounds(1, 1, 0))
    const options = { seed: 5, runs: 10, steps: 20 }
    const [plain, interned] = [await randomized(forced, { ...options, plain: true }), await randomized(forced, options)]
    expect([plain.engine, interned.engine]).toEqual(['plain', 'interned'])
    expect([plain.states, plain.transitions, plain.depth, plain.coverage]).toEqual([
      interned.states,
      interned.transitions,
      interned.depth,
      interned.coverage
    ])
    // The first choice is among the same steps in the same order: no packet is in flight yet.
    const first = { seed: 11, runs: 50, steps: 1 }
    expect((await randomized(model, { ...first, plain: true })).coverage).toEqual(
      (await randomized(model, first)).coverage
    )
  })

  test('counts what it visits: every state and every step of every run', async () => {
    const { states, transitions, coverage } = await randomized(model, { seed: 2, runs: 30, steps: 60 })
    expect(Object.values(coverage.kinds).reduce((sum, n) => sum + n, 0)).toBe(transitions)
    expect(transitions).toBe(states - 30)
    // Every run starts in a quiescent state.
    expect(coverage.states['quiescence']).toBeGreaterThanOrEqual(30)
    expect(coverage.kinds['MintT']).toBeLessThanOrEqual(60)
    expect(coverage.kinds['TxT']).toBeLessThanOrEqual(30)
  })
})

/** Letters are written one after another; none of the words is to be so long. */
const words = (length: number) =>
  systemModel<string, string>({
    name: 'words',
    system: { initial: [''], actions: () => ['a', 'b', 'c'], next: (word, letter) => O.some(word + letter) },
    invariants: [whole('short', 'words are short', (word) => (word.length === length ? [{ witness: word }] : []))],
    kinds: ['a', 'b', 'c']
  })

describe('a random walk through words', () => {
  test('is the one that its seed and number have always named', async () => {
    const word = async (seed: number, firstRun: number, weights = {}): Promise<string | undefined> =>
      (await randomized(words(12), { seed, firstRun, runs: 1, weights })).counterexample?.states.at(-1)
    expect(await word(1, 0)).toBe('cbbccbaaacca')
    expect(await word(1, 1)).toBe('cbbaacccbaaa')
    expect(await word(2, 0)).toBe('cbcacaacbbac')
    expect(await word(1, 0, { b: 1 })).toBe('cbbccbaaacca')
    expect(await word(1, 0, { b: 2 })).toBe('bbbaabbabbcc')
  })

  test('says how far it is after the first run, and after every 16', async () => {
    const seen: unknown[] = []
    const onProgress = (progress: unknown) => seen.push(progress)
    await randomized(words(9), { seed: 1, runs: 33, steps: 2, onProgress })
    expect(seen).toEqual([
      { states: 3, transitions: 2, depth: 2, frontier: 32 },
      { states: 51, transitions: 34, depth: 2, frontier: 16 },
      { states: 99, transitions: 66, depth: 2, frontier: 0 }
    ])
    seen.length = 0
    await randomized(words(9), { seed: 1, firstRun: 30, runs: 5, steps: 2, onProgress })
    expect(seen).toEqual([{ states: 9, transitions: 6, depth: 2, frontier: 2 }])
  })

  test('keeps whole states, reduces nothing, and interns nothing', async () => {
    expect(await randomized(words(9), { seed: 1, runs: 2 })).toMatchObject({
      engine: 'plain',
      exact: true,
      reductions: [],
      sizes: {}
    })
    expect((await randomized(model, { seed: 1, runs: 1, steps: 1 })).sizes).not.toEqual({})
  })

  test('takes as many seconds as it says', async () => {
    vi.restoreAllMocks()
    const started = performance.now()
    const { seconds } = await randomized(words(9), { seed: 1, runs: 2, steps: 3 })
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual((performance.now() - started) / 1000)
  })
})

describe('weights', () => {
  test('exclude a kind by 0', async () => {
    const { coverage } = await randomized(model, { seed: 1, runs: 40, steps: 12, weights: { TxT: 0 } })
    expect(coverage.kinds['TxT']).toBe(0)
    expect(coverage.kinds['MintT']).toBeGreaterThan(40)
  })

  test('exclude a kind by 0 even where nothing else is enabled: the run ends', async () => {
    const { coverage, states } = await randomized(toychainModel(playNumbered, bounds(2, 1, 0)), {
      seed: 1,
      runs: 5,
      weights: { MintT: 0 }
    })
    expect([coverage.kinds['MintT'], states]).toEqual([0, 5])
  })

  test('make a kind as much more frequent as they say', async () => {
    // In its first step a node mints or announces: 3 of each are enabled.
    const share = async (weights: Readonly<Record<string, number>>): Promise<number> =>
      (await randomized(model, { seed: 1, runs: 2000, steps: 1, weights })).coverage.kinds['TxT']! / 2000
    expect(await share({})).toBeCloseTo(1 / 2, 1)
    expect(await share({ TxT: 9 })).toBeCloseTo(9 / 10, 1)
    expect(await share({ TxT: 0.25 })).toBeCloseTo(1 / 5, 1)
  })

  test('are those of the model, where it has some and no others are given', async () => {
    const weighted = { ...model, weights: { TxT: 0 } }
    const announced = async (options: { readonly weights?: Readonly<Record<string, number>> }): Promise<number> =>
      (await randomized(weighted, { seed: 1, runs: 5, steps: 12, ...options })).coverage.kinds['TxT']!
    expect(await announced({})).toBe(0)
    expect(await announced({ weights: {} })).toBeGreaterThan(0)
  })

  test('of 1 for every kind are the default', async () => {
    const options = { seed: 4, runs: 5, steps: 30 }
    const ones = Object.fromEntries(model.kinds.map((kind) => [kind, 1]))
    expect((await randomized(model, { ...options, weights: ones })).coverage).toEqual(
      (await randomized(model, options)).coverage
    )
  })
})

describe('a failure', () => {
  test.each([false, true])('names its run, and is found again with it alone (plain: %s)', async (plain) => {
    const options = { seed: 2018, runs: 100, steps: 50, plain, weights: { 'Lose BlockMsg': 0.1, 'Lose InvMsg': 0.01 } }
    const found = await randomized(lossy, options)
    const { run, steps } = found.failedRun!
    expect(found.counterexample!.actions.length).toBeLessThanOrEqual(steps)
    expect(run).toBeGreaterThan(0)
    const again = await randomized(lossy, { ...options, firstRun: run, runs: 1 })
    expect(again.failedRun).toEqual(found.failedRun)
    expect(again.counterexample).toEqual(found.counterexample)
    // The runs before it do not fail.
    expect((await randomized(lossy, { ...options, runs: run })).counterexample).toBeUndefined()
  })

  test('is shrunk: of a loss after many steps two are left', async () => {
    const { counterexample, failedRun } = await randomized(lossy, {
      seed: 3,
      weights: { 'Lose BlockMsg': 0.01, 'Lose InvMsg': 0, 'Lose GetDataMsg': 0 }
    })
    expect(failedRun!.steps).toBeGreaterThan(4)
    expect(counterexample!.actions.map((a) => lossy.kindOf(a))).toEqual(['MintT', 'Lose BlockMsg'])
  })

  test('in the initial state is found in the first run, without a step', async () => {
    const broken = toychainModel(playNumbered, bounds(2, 1, 0), {
      invariants: () => [
        {
          _tag: 'Leaf',
          name: 'nobody',
          says: 'there are no nodes',
          decide: ({ world }) => (world.localState._tag === 'Def' ? [{ node: address(0), witness: 'is there' }] : []),
          part: { _tag: 'None' }
        }
      ]
    })
    const { failedRun, counterexample, states } = await randomized(broken, { seed: 1 })
    expect([failedRun, counterexample?.actions, states]).toEqual([{ run: 0, steps: 0 }, [], 1])
  })
})
