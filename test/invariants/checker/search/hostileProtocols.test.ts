/**
 * The engines on random small protocols in hostile surroundings: nodes that are not honest, nodes that fail, networks that
 * keep what was sent or deliver it in order. What is looked up agrees with what is computed anew, and with the simplest
 * explorer there is.
 */
import { expect, test } from 'vitest'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import { deep } from '../../../support/deep.js'
import { explore } from '../../../support/explore.js'
import { hostileProtocol } from '../../../support/randomProtocol.js'

const PROTOCOLS = deep ? 3000 : 90
const BOUND = 1500

test(`${PROTOCOLS} random protocols in hostile surroundings: the engines count and find the same`, async () => {
  const seen = { whole: 0, violated: 0, bounded: 0 }
  const with_ = { forged: 0, crashed: 0, kept: 0, inOrder: 0, both: 0 }
  for (let seed = 1; seed <= PROTOCOLS; seed++) {
    const { model, soup } = hostileProtocol(seed)
    const interned = await exhaustive(model, { maxStates: BOUND })
    const plain = await exhaustive(model, { maxStates: BOUND, plain: true })
    const summary = ({ states, transitions, depth, complete, counterexample, coverage }: typeof plain) => ({
      seed,
      steps: counterexample?.actions.length,
      explored: complete && counterexample === undefined ? { states, transitions, depth, coverage } : undefined
    })
    expect(summary(interned)).toEqual(summary(plain))
    if (interned.counterexample) seen.violated++
    else if (!interned.complete) seen.bounded++
    else {
      seen.whole++
      const happened = (kind: string): boolean =>
        Object.entries(plain.coverage.kinds).some(([name, times]) => name.startsWith(kind) && times > 0)
      if (happened('Forge')) with_.forged++
      if (happened('Crash')) with_.crashed++
      if (happened('Forge') && happened('Crash')) with_.both++
      if (soup === 0 && plain.states > 20) with_.kept++
      if (soup === 1 && plain.states > 20) with_.inOrder++
      const { states, edges } = explore(model.system, model.key)
      expect([seed, plain.states, plain.transitions]).toEqual([seed, states.size, edges.length])
      const exact = await exhaustive(model, { exact: true })
      expect(summary(exact)).toEqual(summary(plain))
      expect(summary(await exhaustive(model, { order: 'iterative-deepening' }))).toEqual(summary(plain))
      const down = await exhaustive(model, { order: 'depth-first' })
      expect([seed, down.states, down.transitions]).toEqual([seed, plain.states, plain.transitions])
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(seen.bounded).toBeLessThan(PROTOCOLS / 10)
  expect(Math.min(...Object.values(with_), seen.whole, seen.violated)).toBeGreaterThan(PROTOCOLS / 30)
})
