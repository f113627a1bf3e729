/**
 * The walker and the search that compute everything anew.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import type { Model } from '../../../../invariants/checker/model/model.js'
import { breadthFirstPlain } from '../../../../invariants/checker/search/breadthFirstPlain.js'
import { plainWalker, stateBitsOf, stepBitsOf } from '../../../../invariants/checker/state/plain.js'
import type { Progress } from '../../../../invariants/checker/model/result.js'
import { whole } from '../../../../invariants/property/invariant.js'
import { making } from '../../../support/executions.js'

type Step = 'none' | '0' | '1'

/** A tree: from each number below a bound, two steps that write a binary digit behind it, and an action that is none. */
const tree = (
  below: number,
  bad: ReadonlyArray<number> = [],
  initial: ReadonlyArray<number> = [1]
): Model<number, Step> =>
  systemModel<number, Step>({
    name: 'tree',
    system: {
      initial,
      actions: (n) => (n < below ? ['none', '0', '1'] : []),
      next: (n, step) => (step === 'none' ? O.none : O.some(2 * n + Number(step)))
    },
    kinds: ['0', 'none'],
    invariants: [whole('good', 'no number is bad', (n) => (bad.includes(n) ? [{ witness: String(n) }] : []))],
    states: [
      { name: 'even', says: 'it is even', of: (n) => n % 2 === 0 },
      { name: 'small', says: 'it is less than 4', of: (n) => n < 4 }
    ],
    steps: [
      { name: 'far', says: 'the difference is more than 2', of: (before, after) => after - before > 2 },
      { name: 'odd', says: 'from an odd number to an odd one', of: (before, after) => (before % 2) + (after % 2) === 2 }
    ]
  })

test('observations are bits, the first in the lowest', () => {
  const model = tree(9)
  expect([1, 2, 4, 5].map((n) => stateBitsOf(model, n))).toEqual([2, 3, 1, 0])
  expect([stepBitsOf(model, 1, 2), stepBitsOf(model, 1, 3), stepBitsOf(model, 2, 5), stepBitsOf(model, 3, 7)]).toEqual([
    0, 2, 1, 3
  ])
})

describe('a plain walker', () => {
  test('lists the steps of its state, and takes them', () => {
    const walker = plainWalker(tree(4))
    expect([walker.state(), walker.enumerate()]).toEqual([1, 2])
    expect([walker.actionAt(0), walker.actionAt(1)]).toEqual(['0', '1'])
    walker.apply(1)
    expect([walker.state(), walker.enumerate()]).toEqual([3, 2])
    walker.apply(0)
    expect([walker.state(), walker.enumerate()]).toEqual([6, 0])
    walker.goTo(2)
    expect([walker.state(), walker.enumerate()]).toEqual([2, 2])
    walker.begin()
    expect(walker.state()).toBe(1)
  })

  test('keeps its list of steps where it goes to a state, and has none where it begins', () => {
    const walker = plainWalker(tree(4))
    expect(() => walker.actionAt(0)).toThrow('no step is at place 0 of the step list')
    walker.enumerate()
    walker.goTo(3)
    walker.apply(0)
    expect(walker.state()).toBe(2)
    walker.begin()
    expect(() => walker.actionAt(0)).toThrow('no step is at place 0 of the step list')
    walker.enumerate()
    expect(() => {
      walker.apply(2)
    }).toThrow('no step is at place 2 of the step list')
  })

  test('numbers kinds: those that are declared, then others as they are met', () => {
    const walker = plainWalker(tree(4))
    expect(walker.kinds()).toEqual(['0', 'none'])
    walker.enumerate()
    expect([walker.kindAt(1), walker.kindAt(0), walker.kindAt(1)]).toEqual([2, 0, 2])
    expect(walker.kinds()).toEqual(['0', 'none', '1'])
  })

  test('counts what it is told to, and judges', () => {
    const walker = plainWalker(tree(4, [3]))
    walker.enumerate()
    walker.countStep(0)
    walker.countStep(1)
    walker.countStep(1)
    walker.countState()
    expect(walker.violated()).toBe(false)
    walker.goTo(3)
    expect(walker.violated()).toBe(true)
    const counted = { kinds: { none: 0, '0': 1, '1': 2 }, states: { even: 0, small: 1 }, steps: { far: 0, odd: 2 } }
    expect(walker.coverage()).toEqual(counted)
    walker.resetCounts()
    const nothing = { kinds: { none: 0, '0': 0 }, states: { even: 0, small: 0 }, steps: { far: 0, odd: 0 } }
    expect(walker.coverage()).toEqual(nothing)
  })

  test('needs an initial state', () => {
    expect(() => plainWalker(tree(4, [], []))).toThrow(new RangeError('tree has no initial state'))
  })
})

describe('a plain search', () => {
  test('counts states, steps and what is observed', async () => {
    expect(await breadthFirstPlain(tree(4), {})).toEqual({
      states: 7,
      transitions: 6,
      depth: 2,
      complete: true,
      coverage: {
        kinds: { none: 0, '0': 3, '1': 3 },
        states: { even: 3, small: 3 },
        steps: { far: 3, odd: 2 }
      },
      violation: undefined
    })
  })

  test('tells states apart by their keys', async () => {
    const { states, transitions, depth } = await breadthFirstPlain({ ...tree(100), key: (n) => String(n % 10) }, {})
    expect([states, transitions, depth]).toEqual([10, 20, 3])
  })

  test('finds what is nearest, and the way to it', async () => {
    const found = await breadthFirstPlain(tree(16, [14, 15, 24]), {})
    expect(found).toMatchObject({
      states: 14,
      transitions: 13,
      depth: 3,
      complete: false,
      violation: making(['1', '1', '0'])
    })
    const atOnce = await breadthFirstPlain(tree(16, [1]), {})
    expect(atOnce).toMatchObject({ states: 1, transitions: 0, depth: 0, complete: false, violation: making([]) })
  })

  test('begins at each initial state, at equal ones once', async () => {
    const several = await breadthFirstPlain(tree(16, [], [8, 9, 8]), {})
    expect(several).toMatchObject({ states: 6, transitions: 4, depth: 1, complete: true })
    const { violation } = await breadthFirstPlain(tree(16, [19], [8, 9]), {})
    expect(violation).toEqual(making(['1'], 1))
    expect(await breadthFirstPlain(tree(16, [], []), {})).toMatchObject({ states: 0, depth: 0, complete: true })
  })

  test('keeps bounds, and says whether they cut anything off', async () => {
    const within = async (bounds: { readonly depth?: number; readonly maxStates?: number }) => {
      const { states, transitions, depth, complete } = await breadthFirstPlain(tree(4), bounds)
      return [states, transitions, depth, complete]
    }
    expect([await within({ depth: 0 }), await within({ depth: 1 }), await within({ depth: 2 })]).toEqual([
      [1, 0, 0, false],
      [3, 2, 1, false],
      [7, 6, 2, true]
    ])
    expect([await within({ maxStates: 4 }), await within({ maxStates: 7 })]).toEqual([
      [4, 6, 2, false],
      [7, 6, 2, true]
    ])
    // Some states at the bound have steps, and the last has none.
    const some = await breadthFirstPlain(tree(6), { depth: 2 })
    expect([some.states, some.complete]).toEqual([7, false])
  })

  test('says how far it is after the first state and after every 64, and lets others have their turn', async () => {
    const progress: Progress[] = []
    let turns = 0
    await breadthFirstPlain(tree(100), {
      onProgress: (p) => {
        progress.push(p)
        setImmediate(() => turns++)
      }
    })
    expect(progress).toEqual([
      { states: 3, transitions: 2, depth: 0, frontier: 3 },
      { states: 131, transitions: 130, depth: 6, frontier: 67 },
      { states: 199, transitions: 198, depth: 7, frontier: 71 },
      { states: 199, transitions: 198, depth: 7, frontier: 7 }
    ])
    expect(turns).toBe(4)
  })
})
