/**
 * The parallel search, in worker threads that load the sources.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../invariants/blockchain/configuration.js'
import { withModel, withPlayable } from '../../../../invariants/blockchain/configuration.js'
import { toychainModel } from '../../../../invariants/blockchain/model.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { Descent } from '../../../../invariants/checker/search/descent.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { keyedSystem, watchedSystem } from '../../../../invariants/checker/state/keyed.js'
import { parallel } from '../../../../invariants/checker/threads/parallel.js'
import * as sources from '../../../../invariants/systems/source.js'
import { lamportMutexPlain } from '../../../classics/lamportMutex.js'
import { deep } from '../../../support/deep.js'
import { randomSystem } from '../../../support/randomSystem.js'

const sourceOf = (c: Configuration) => sources.sourceOf({ system: 'toychain', configuration: c })

const configuration = (nodes: number, mints: number, blockOnly: boolean, losses = 0): Configuration => ({
  instance: 'numbered',
  nodes,
  mints,
  transactions: 0,
  blockOnly,
  faults: { duplications: 0, losses, cuts: 0 }
})

describe('a search by several threads', () => {
  for (const [name, c] of [
    ['F220', configuration(2, 2, false)],
    ['B330', configuration(3, 3, true)],
    ['B220', configuration(2, 2, true)]
  ] as const)
    it(`counts the same states, transitions and observations in ${name} with 1, 2 and 3 threads as one search does`, async () => {
      await withModel(c, async (model) => {
        const alone = await exhaustive(model, { order: 'depth-first' })
        for (const threads of [1, 2, 3]) {
          const together = await parallel(model, sourceOf(c), { threads })
          expect(together.model).toBe(name)
          expect([together.states, together.transitions]).toEqual([alone.states, alone.transitions])
          expect(together.coverage).toEqual(alone.coverage)
          expect(together.counterexample).toBeUndefined()
        }
      })
    })

  it('explores all of a search that has fewer states than threads', async () => {
    const c = configuration(2, 1, true)
    await withModel(c, async (model) => {
      const { states } = await exhaustive(model)
      // Each thread loads the sources anew, which takes longer than the search.
      for (const threads of deep ? [states + 1, 12] : [states + 1])
        expect((await parallel(model, sourceOf(c), { threads })).states).toBe(states)
    })
  })

  it.each([0, -1, 1.5, NaN, 257])('refuses to have %d threads', async (threads) => {
    const c = configuration(2, 1, true)
    await withModel(c, async (model) => {
      await expect(parallel(model, sourceOf(c), { threads })).rejects.toThrow(
        `${threads} threads: a search has from 1 to 256`
      )
    })
  })

  it('grows its table while all wait, and loses nothing', async () => {
    const c = configuration(4, 3, true)
    await withModel(c, async (model) => {
      const { states, transitions, complete } = await parallel(model, sourceOf(c), { threads: 3 })
      expect([states, transitions, complete]).toEqual([575_041, 3_270_276, true])
    })
  })

  it('finds a violation, and the specification confirms it', async () => {
    const c = configuration(3, 2, false, 1)
    await withModel(c, async (model) => {
      const { complete, counterexample } = await parallel(model, sourceOf(c), { threads: 2 })
      expect(complete).toBe(false)
      expect(counterexample?.failures.map(({ path }) => path)).toContainEqual(['clique_inv', 'GSyncing_clique', '5'])
    })
  })

  it('does not believe a worker that has found what the specification does not confirm', async () => {
    const c = configuration(3, 2, false, 1)
    await withPlayable(c, async (playable, limits) => {
      // Here there is nothing to object to.
      const lenient = toychainModel(playable, limits, { invariants: () => [] })
      await expect(parallel(lenient, sourceOf(c), { threads: 2 })).rejects.toThrow(
        /^F320 1 lost: the checker found a violation after \d+ steps that the specification does not confirm/
      )
    })
  })

  it('says so when its table is too small', async () => {
    const c = configuration(3, 4, true)
    await withModel(c, async (model) => {
      await expect(parallel(model, sourceOf(c), { threads: 2, tableBits: 18 })).rejects.toThrow(
        /table of visited states is full/
      )
    })
  })

  it('names the module and the function where no model can be made', async () => {
    const c = configuration(2, 1, false)
    await withModel(c, async (model) => {
      await expect(parallel(model, { ...sourceOf(c), name: 'nothing' }, { threads: 2 })).rejects.toThrow(
        /exports no function nothing that makes a model/
      )
    })
  })

  it('reports what it has done', async () => {
    const c = configuration(2, 2, true)
    await withModel(c, async (model) => {
      const alone = await exhaustive(model, { order: 'depth-first' })
      const begun = performance.now()
      for (const threads of [1, 3]) {
        const { seconds, peakMemory, depth, sizes, ...result } = await parallel(model, sourceOf(c), { threads })
        expect(result).toEqual({
          model: 'B220',
          states: 89,
          earlier: 0,
          transitions: 178,
          complete: true,
          engine: 'interned',
          reductions: [],
          exact: false,
          coverage: alone.coverage,
          answers: [],
          counterexample: undefined,
          fault: undefined
        })
        expect(sizes['environment states']).toBe(3)
        if (threads === 1) expect(depth).toBe(alone.depth)
        else expect(depth).toBeGreaterThanOrEqual(6)
        expect(seconds).toBeGreaterThan(0)
        expect(seconds).toBeLessThan((performance.now() - begun) / 1000)
        expect(peakMemory).toBeGreaterThan(2 ** 24)
      }
    })
  })

  it('says how far it is', async () => {
    const c = configuration(2, 1, true)
    await withModel(c, async (model) => {
      // As if each state had so many steps that it is time to say so.
      const compact = () => {
        const system = model.compact!()
        return {
          ...system,
          expand: (...how: Parameters<typeof system.expand>) => ({ ...system.expand(...how), steps: 2 ** 20 })
        }
      }
      const progress: unknown[] = []
      // One thread needs no worker, and so no source.
      const { states } = await parallel(
        { ...model, compact },
        { ...sourceOf(c), name: 'nothing' },
        {
          threads: 1,
          onProgress: (p) => progress.push(p)
        }
      )
      expect(progress).toHaveLength(states)
      expect(progress[0]).toEqual({ states: 0, transitions: 2 ** 20, depth: 1, frontier: 2 })
      expect(progress[states - 1]).toMatchObject({ transitions: states * 2 ** 20, frontier: 0 })
    })
  })
})

describe('a plain system', () => {
  const options = { processes: 2, maxClock: 4 }
  const source = {
    module: new URL('../../../classics/lamportMutex.ts', import.meta.url).href,
    name: 'lamportMutexPlain',
    argument: options
  }

  it('is searched by several threads as by one: they know states by the same fingerprints', async () => {
    const alone = await exhaustive(lamportMutexPlain(options), { order: 'depth-first' })
    expect(alone.engine).toBe('keyed')
    for (const threads of [1, 2]) {
      const together = await parallel(lamportMutexPlain(options), source, { threads })
      expect([together.states, together.transitions, together.coverage, together.engine]).toEqual([
        alone.states,
        alone.transitions,
        alone.coverage,
        'keyed'
      ])
    }
  })

  it('is searched by searches that share what they have found, whatever it is', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const model = { ...randomSystem(seed), invariants: [] }
      const { states, transitions } = await exhaustive(model)
      const visited = new Visited()
      const [first, second] = [0, 1].map(() => new Descent(watchedSystem(model), visited))
      first!.begin()
      while (first!.frontier > 0) {
        first!.advance(5)
        for (const path of first!.giveAway(3, 99)) {
          second!.start(path)
          while (second!.frontier > 0) second!.advance(50)
        }
      }
      expect([visited.size, first!.transitions + second!.transitions]).toEqual([states, transitions])
    }
  })

  it('is refuted by an execution', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const found = await exhaustive(randomSystem(seed))
      const together = await parallel(randomSystem(seed), { ...source, name: '' }, { threads: 1 })
      expect(together.counterexample === undefined).toBe(found.counterexample === undefined)
    }
  })
})

describe('a search by several threads is refused', () => {
  const bare = systemModel<number, 'on'>({
    name: 'numbers',
    system: { initial: [0], actions: () => ['on'], next: (n) => O.some(n + 1) },
    invariants: []
  })
  /** A module that exports `make`, in which this is what it does. */
  const source = (does: string) => ({
    module: `data:text/javascript,export const make = () => { ${does} }`,
    name: 'make',
    argument: null
  })

  it('where a worker ends before it answers, and then this thread stops too', async () => {
    let expanded = 0
    // Numbers without end.
    const compact = () => {
      const system = keyedSystem(bare)
      return {
        ...system,
        expand: (...how: Parameters<typeof system.expand>) => {
          expanded++
          return { ...system.expand(...how), steps: 2 ** 20 }
        }
      }
    }
    await expect(parallel({ ...bare, compact }, source('process.exit(7)'), { threads: 2 })).rejects.toThrow(
      new Error('a worker of the checker ended with exit code 7 before it answered')
    )
    const turn = () => new Promise((resolve) => setTimeout(resolve, 1))
    for (let i = 0; i < 3; i++) await turn()
    const before = expanded
    for (let i = 0; i < 3; i++) await turn()
    expect([before > 0, expanded]).toEqual([true, before])
  })

  it('where its table would have another size than there are', async () => {
    const c = configuration(2, 1, true)
    await withModel(c, async (model) => {
      await expect(parallel(model, sourceOf(c), { threads: 1, tableBits: 19 })).rejects.toThrow(/not 2\^19/)
    })
  })
})
