/**
 * The parallel search runs in worker threads, which load compiled files: these tests run it from `dist`.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type * as Configurations from '../../../invariants/blockchain/configuration.js'
import type * as Checker from '../../../invariants/checker/index.js'
import type { Configuration } from '../../../invariants/blockchain/codec.js'

const dist = (path: string): string => {
  const file = fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url))
  if (!existsSync(file)) throw new Error(`${path} is not compiled: run npm run build first`)
  return file
}

const { sourceOf, withModel } = (await import(dist('invariants/blockchain/configuration.js'))) as typeof Configurations
const { exhaustive, parallel } = (await import(dist('invariants/checker/index.js'))) as typeof Checker

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
})
