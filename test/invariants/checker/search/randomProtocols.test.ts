/**
 * The engines on random small protocols, of which nobody thought beforehand: interned and plain, in every order.
 */
import { expect, test } from 'vitest'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { deep } from '../../../support/deep.js'
import { randomProtocol } from '../../../support/randomProtocol.js'

const PROTOCOLS = deep ? 2000 : 60
const BOUND = 3000

test(`${PROTOCOLS} random protocols: the engines count and find the same`, async () => {
  const seen = { whole: 0, violated: 0, bounded: 0 }
  for (let seed = 1; seed <= PROTOCOLS; seed++) {
    const model = randomProtocol(seed)
    const interned = await exhaustive(model, { maxStates: BOUND })
    const plain = await exhaustive(model, { maxStates: BOUND, plain: true })
    // Of several shortest counterexamples, which is found depends on the engine, and with it what was visited before.
    const summary = ({ states, transitions, depth, complete, counterexample, coverage }: typeof plain) => ({
      seed,
      steps: counterexample?.actions.length,
      explored: complete && counterexample === undefined ? { states, transitions, depth, coverage } : undefined
    })
    expect(summary(interned)).toEqual(summary(plain))
    if (interned.counterexample) {
      seen.violated++
      const deeper = await exhaustive(model, { order: 'iterative-deepening' })
      expect([seed, deeper.counterexample?.actions.length]).toEqual([seed, interned.counterexample.actions.length])
    } else if (!interned.complete) seen.bounded++
    else {
      seen.whole++
      expect(summary(await exhaustive(model, { order: 'iterative-deepening' }))).toEqual(summary(plain))
      const { states, transitions, counterexample } = await exhaustive(model, { order: 'depth-first' })
      expect({ seed, states, transitions, counterexample }).toEqual({
        seed,
        states: plain.states,
        transitions: plain.transitions,
        counterexample: undefined
      })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect([seen.whole > PROTOCOLS / 10, seen.violated > PROTOCOLS / 10]).toEqual([true, true])
})
