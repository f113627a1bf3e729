/**
 * Interned and plain exploration agree on protocols that nobody has thought of.
 */
import { describe, expect, test } from 'vitest'
import { exhaustive } from '../../../invariants/checker/exhaustive.js'
import { iota } from '../../../spec/prelude/seq.js'
import { deep } from '../../support/deep.js'
import { randomProtocol } from '../../support/randomProtocol.js'

/** Larger state spaces are left to the bounded model's tests. */
const MOST = deep ? 20_000 : 500
const COUNT = deep ? 3_000 : 300

describe('on random protocols', () => {
  test('interned and plain search report the same, breadth first and depth first', async () => {
    const seen = { compared: 0, violated: 0, states: 0 }
    for (const seed of iota(COUNT)) {
      const model = randomProtocol(seed)
      const interned = await exhaustive(model, { maxStates: MOST })
      if (interned.counterexample === undefined && !interned.complete) continue
      seen.compared++
      const plain = await exhaustive(model, { plain: true })
      const down = await exhaustive(model, { order: 'depth-first' })
      expect([interned.engine, plain.engine]).toEqual(['interned', 'plain'])
      expect([interned.counterexample === undefined, model.name]).toEqual([
        plain.counterexample === undefined,
        model.name
      ])
      expect(down.counterexample === undefined).toBe(plain.counterexample === undefined)
      if (interned.counterexample !== undefined) {
        seen.violated++
        expect(interned.counterexample.actions.length).toBe(plain.counterexample?.actions.length)
        continue
      }
      seen.states += plain.states
      const { states, transitions, depth, complete, coverage } = plain
      expect({ ...interned, model: model.name }).toMatchObject({ states, transitions, depth, complete, coverage })
      expect({ ...down, model: model.name }).toMatchObject({ states, transitions, complete, coverage })
    }
    if (!deep) expect(seen).toEqual({ compared: 0, violated: 0, states: 0 })
  })
})
