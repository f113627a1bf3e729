/**
 * Searches that end just where a bound is, or where they are stopped: what was not decided is never said to hold.
 */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { componentModel } from '../../../../invariants/checker/components/componentModel.js'
import { components } from '../../../../invariants/checker/components/system.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { exhaustive } from '../../../../invariants/checker/search/exhaustive.js'
import type { ExhaustiveOptions } from '../../../../invariants/checker/search/exhaustive.js'
import { whole } from '../../../../invariants/property/invariant.js'
import {
  alwaysReachable,
  eventually,
  goal,
  noDeadlock,
  progress,
  stepInvariant
} from '../../../../invariants/property/property.js'
import type { Property } from '../../../../invariants/property/property.js'

interface Step {
  readonly _tag: 'step'
}

/** A chain of states 0, 1, …, last. */
const chain = (last: number, properties: ReadonlyArray<Property<number, Step>>) =>
  systemModel<number, Step>({
    name: 'a chain',
    system: {
      initial: [0],
      actions: (s) => (s < last ? [{ _tag: 'step' }] : []),
      next: (s) => (s < last ? O.some(s + 1) : O.none)
    },
    invariants: [],
    properties
  })

const beyond = eventually<number, Step>('beyond', 'the chain goes on', (s) => s === 2, [progress])

describe('a bound just at the end', () => {
  for (const options of [
    { depth: 1 },
    { depth: 1, plain: true },
    { depth: 1, exact: true },
    { depth: 1, order: 'iterative-deepening' },
    { depth: 1, maxStates: 2 },
    { depth: 2 }
  ] satisfies ReadonlyArray<ExhaustiveOptions>)
    test(`decides what is asked of executions: ${JSON.stringify(options)}`, async () => {
      const result = await exhaustive(
        chain(1, [beyond, alwaysReachable<number, Step>('can', 'so it can', (s) => s === 2)]),
        options
      )
      expect(result.answers.map(({ verdict }) => verdict)).toEqual(
        result.complete ? ['violated', 'violated'] : ['undecided', 'undecided']
      )
      if (options.maxStates === undefined) expect(result.complete).toBe(true)
    })
})

test('a deadlock at the bound is seen where actions are listed that are not enabled', async () => {
  const model = systemModel<number, Step>({
    name: 'a chain that lists too much',
    system: {
      initial: [0],
      actions: () => [{ _tag: 'step' }],
      next: (s) => (s < 1 ? O.some(s + 1) : O.none)
    },
    invariants: [],
    properties: [noDeadlock()]
  })
  for (const options of [{}, { plain: true }, { order: 'iterative-deepening' }] as const) {
    const { counterexample } = await exhaustive(model, { ...options, depth: 1 })
    expect(counterexample?.failures.map(({ path }) => path)).toEqual([['no deadlock']])
    // What is beyond a state is looked at, and kept out.
    expect(await exhaustive(model, { ...options, depth: 0 })).toMatchObject({ complete: false, states: 1 })
  }
})

test('a search that is stopped as it ends is not complete', async () => {
  for (const order of ['breadth-first', 'depth-first'] as const) {
    const signal = { aborted: false }
    const result = await exhaustive(chain((1 << 14) - 1, [eventually<number, Step>('no', 'never', () => false, [])]), {
      order,
      signal,
      onProgress: ({ frontier }) => {
        if (frontier === 0) signal.aborted = true
      }
    })
    expect(signal.aborted).toBe(true)
    expect(result.complete).toBe(false)
  }
})

test('a search that is stopped while its graph is built is not complete', async () => {
  const signal = { aborted: false }
  let states = 0
  const result = await exhaustive(chain(1 << 15, [eventually<number, Step>('no', 'never', () => false, [])]), {
    signal,
    onProgress: (progress) => {
      // The graph is counted anew.
      if (progress.states < states) signal.aborted = true
      states = progress.states
    }
  })
  expect(signal.aborted).toBe(true)
  expect(result.complete).toBe(false)
})

test('bounds that are no numbers are refused', async () => {
  for (const options of [{ maxStates: NaN }, { depth: NaN }, { depth: -1 }, { depth: 1.5 }, { maxStates: -1 }])
    await expect(exhaustive(chain(1, []), options)).rejects.toThrow('it is a whole number from 0 on, or Infinity')
})

test('two goals of one name are refused', async () => {
  const goals = [goal<number>('met', 'never', (s) => s === 9), goal<number>('met', 'at once', (s) => s === 0)]
  for (const plain of [false, true])
    await expect(exhaustive(chain(1, goals), { plain })).rejects.toThrow('two goals «met»')
})

describe('components', () => {
  interface S {
    readonly x: number
    readonly y: number | undefined
  }
  const { action, invariant } = components<S>()

  test('that are undefined are there, in every search', async () => {
    const model = componentModel<S>({
      name: 'a component that is lost',
      initial: [{ x: 0, y: 1 }],
      actions: [
        action({
          name: 'lose',
          reads: ['x'],
          writes: ['x', 'y'],
          steps: ({ x }) => (x < 1 ? [{ then: { x: 1, y: undefined } }] : [])
        })
      ],
      invariants: [
        whole('all', 'every component is there', (s) =>
          Object.keys(s).length === 2 ? [] : [{ witness: 'one is not' }]
        )
      ],
      properties: [
        stepInvariant('kept', 'a step keeps y', (_, _a, s) => ('y' in s ? [] : [{ witness: 'y is gone' }])),
        eventually<S, object>('two', 'at last there are two', (s) => Object.keys(s).length === 2, [progress])
      ]
    })
    for (const plain of [false, true]) {
      const { complete, counterexample, answers } = await exhaustive(model, { plain })
      expect({ complete, counterexample, answers: answers.map(({ verdict }) => verdict) }).toEqual({
        complete: true,
        counterexample: undefined,
        answers: ['holds']
      })
    }
  })

  test('are written only by actions that say so, made by hand or not', async () => {
    const model = componentModel<S>({
      name: 'a sly action',
      initial: [{ x: 0, y: 1 }],
      actions: [{ name: 'sly', reads: ['x'], writes: [], steps: ({ x }) => (x < 3 ? [{ then: { x: x + 1 } }] : []) }],
      invariants: [invariant('two', 'x is not two', ['x'], ({ x }) => (x === 2 ? [{ witness: 'it is' }] : []))]
    })
    for (const plain of [false, true])
      await expect(exhaustive(model, { plain })).rejects.toThrow(
        'the action sly writes x, which is not among its writes'
      )
  })
})
