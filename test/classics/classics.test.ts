import { describe, expect, test } from 'vitest'
import { askingOnly } from '../../invariants/checker/model/model.js'
import { exhaustive } from '../../invariants/checker/search/exhaustive.js'
import type { Classic } from './classic.js'
import { schedulingAllocator, simpleAllocator } from './allocators.js'
import { alternatingBit } from './alternatingBit.js'
import { bcastByz, bcastByzNoBcast } from './bcastByz.js'
import { changRoberts } from './changRoberts.js'
import { coffeeCan } from './coffeeCan.js'
import { diningPhilosophers } from './diningPhilosophers.js'
import { ewd840 } from './ewd840.js'
import { peterson } from './peterson.js'
import { prisoners } from './prisoners.js'
import { readersWriters } from './readersWriters.js'
import { tokenRing } from './tokenRing.js'
import { transactionCommit, twoPhase } from './twoPhase.js'

const agrees = <S, A>({ name, after, states, model, changes }: Classic<S, A>): void => {
  describe(`${name} (tlaplus/Examples, ${after})`, () => {
    test(`has ${states} states, and its properties hold`, async () => {
      const result = await exhaustive(model())
      expect(result.counterexample?.failures).toBeUndefined()
      expect(result.states).toBe(states)
      expect(result.answers.map(({ verdict }) => verdict)).toEqual(result.answers.map(() => 'holds'))
    })

    // The runs of one change are one: each of its properties is looked at.
    test.each([...new Set(changes.map(({ change }) => change))])('«%s» breaks what it should', async (change) => {
      const broken = model(change)
      for (const { breaks, steps, loop } of changes.filter((one) => one.change === change)) {
        // By itself: what another invariant finds sooner is not what is asked.
        const asked = askingOnly(broken, ({ name: called }) => called === breaks)
        const invariants = broken.invariants.filter(({ name: called }) => called === breaks)
        const { counterexample: found } = await exhaustive(asked.made === undefined ? { ...asked, invariants } : asked)
        expect({
          breaks: [...new Set(found?.failures.map(({ path }) => path[0]))],
          steps: found?.actions.length,
          loop: found?.loop
        }).toEqual({ breaks: [breaks], steps, loop })
      }
    })
  })
}

agrees(diningPhilosophers)
agrees(peterson)
agrees(alternatingBit)
agrees(ewd840)
agrees(changRoberts)
agrees(transactionCommit)
agrees(twoPhase)
agrees(simpleAllocator)
agrees(schedulingAllocator)
agrees(bcastByz)
agrees(bcastByzNoBcast)
agrees(coffeeCan)
agrees(readersWriters)
agrees(prisoners)
agrees(tokenRing(4, 4))
agrees(tokenRing(6, 6))
