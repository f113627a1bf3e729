import { describe, expect, test } from 'vitest'
import { exhaustive } from '../../invariants/checker/search/exhaustive.js'
import type { Classic } from './classic.js'
import { alternatingBit } from './alternatingBit.js'
import { diningPhilosophers } from './diningPhilosophers.js'
import { peterson } from './peterson.js'

const agrees = <S>({ name, after, states, model, changes }: Classic<S>): void => {
  describe(`${name} (tlaplus/Examples, ${after})`, () => {
    test(`has ${states} states, and its properties hold`, async () => {
      const result = await exhaustive(model(), { plain: true })
      expect(result.counterexample?.failures).toBeUndefined()
      expect(result.states).toBe(states)
      expect(result.answers.map(({ verdict }) => verdict)).toEqual(result.answers.map(() => 'holds'))
    })

    test.each(changes)('«$change» breaks $breaks', async ({ change, breaks, steps, loop }) => {
      const { counterexample } = await exhaustive(model(change), { plain: true })
      expect({
        breaks: counterexample?.failures[0]?.path[0],
        steps: counterexample?.actions.length,
        loop: counterexample?.loop
      }).toEqual({ breaks, steps, loop })
    })
  })
}

agrees(diningPhilosophers)
agrees(peterson)
agrees(alternatingBit)
