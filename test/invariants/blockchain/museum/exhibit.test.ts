import { describe, expect, test } from 'vitest'
import { enumerated, explored } from '../../../../invariants/blockchain/museum/exhibit.js'
import { pointOfNoReturn, returning } from '../../../../invariants/blockchain/museum/rest.js'
import { whole } from '../../../../invariants/property/invariant.js'
import type { Model } from '../../../../invariants/checker/index.js'
import { line } from '../../../../invariants/systems/index.js'
import type { Show } from '../../../../invariants/systems/index.js'
import * as O from 'fp-ts/lib/Option.js'
import { making } from '../../../support/executions.js'

/** A graph of numbers as a model, with one thing that is wrong with a number. */
const graph = (edges: Readonly<Record<number, ReadonlyArray<number>>>, wrong = -1): Model<number, number> => ({
  name: 'graph',
  system: {
    initial: [0],
    actions: (n) => edges[n] ?? [],
    next: (_n, to) => O.some(to)
  },
  invariants: [whole('right', 'the number is right', (n) => (n === wrong ? [{ witness: `it is ${n}` }] : []))],
  key: String,
  kinds: ['go'],
  kindOf: () => 'go',
  shapeOf: () => 'go',
  states: [],
  steps: []
})
const show: Show<number, number> = {
  action: (to, from, reached) => `from ${String(from)} to ${String(to)}, and in ${String(reached)}`,
  state: (n) => [line(`state ${String(n)}`)]
}

describe('a search of executions', () => {
  const edges = { 0: [1, 2], 1: [0, 3], 2: [4], 3: [5], 4: [5] }

  test('finds the shortest that violates an invariant', async () => {
    expect(await explored({ model: graph(edges, 4), show })).toEqual({
      looked: 'graph: 5 states',
      found: {
        size: '2 steps',
        objections: ['right: it is 4'],
        explained: [
          '   0  initially',
          '      state 0',
          '   1  from 0 to 2, and in 2',
          '      state 2',
          '   2  from 2 to 4, and in 4',
          '      state 4',
          '      ✗ right: it is 4',
          '          (the number is right)'
        ].join('\n')
      }
    })
    expect((await explored({ model: graph(edges, 1), show })).found?.size).toBe('1 step')
  })

  test('says what it has looked at where it finds nothing', async () => {
    const looked = async (depth?: number) =>
      (await explored({ model: graph(edges), show }, depth === undefined ? {} : { depth })).looked
    expect(await looked()).toBe('graph: 6 states, all that are reachable')
    expect(await looked(1)).toBe('graph: 3 states, all within 1 steps')
    expect((await explored({ model: graph(edges), show }, { maxStates: 3 })).looked).toBe(
      'graph: 3 states, all within 1 steps'
    )
  })
})

describe('a search of inputs', () => {
  const found = { size: '3', objections: ['no'], explained: '3' }

  test('stops at the first that is refuted', async () => {
    expect(await enumerated([1, 2, 3, 4], (n) => (n === 3 ? found : undefined))).toEqual({ looked: '3 inputs', found })
    expect((await enumerated([3], () => found)).looked).toBe('1 input')
  })

  test('looks at all of them where none is', async () => {
    expect(await enumerated([1, 2], () => undefined)).toEqual({
      looked: '2 inputs, all that there are',
      found: undefined
    })
  })
})

describe('a point of no return', () => {
  const isZero = (n: number): boolean => n === 0

  test('is the nearest state from which no goal can be reached', async () => {
    const edges = { 0: [1], 1: [0, 2], 2: [1, 3], 3: [4], 4: [3] }
    expect(await pointOfNoReturn(graph(edges), isZero)).toEqual({
      states: 5,
      goals: 1,
      execution: making([1, 2, 3]),
      beyond: 2
    })
  })

  test('is not there where every state leads back', async () => {
    const round = { 0: [1], 1: [2], 2: [0, 1] }
    expect(await pointOfNoReturn(graph(round), isZero)).toEqual({
      states: 3,
      goals: 1,
      execution: undefined,
      beyond: 0
    })
    expect(await returning({ model: graph(round), show }, 'it is zero', isZero)).toEqual({
      looked: 'graph: 3 states, all that are reachable; it is zero in 1 of them',
      found: undefined
    })
  })

  test('is not looked for beyond actions that cannot be taken', async () => {
    const { system, ...model } = graph({ 0: [1, 2], 1: [0] })
    const next = (_n: number, to: number) => (to === 2 ? O.none : O.some(to))
    const found = await pointOfNoReturn({ ...model, system: { ...system, next } }, isZero)
    expect(found).toEqual({ states: 2, goals: 1, execution: undefined, beyond: 0 })
  })

  test('is the initial state where there is no goal at all', async () => {
    expect(await pointOfNoReturn(graph({ 0: [1] }), () => false)).toMatchObject({
      execution: making([]),
      beyond: 2,
      goals: 0
    })
  })

  test('is told with the way to it', async () => {
    expect(await returning({ model: graph({ 0: [1], 1: [2], 2: [2] }), show }, 'it is zero', isZero)).toEqual({
      looked: 'graph: 3 states, all that are reachable; it is zero in 1 of them',
      found: {
        size: '1 step',
        objections: ['it is zero in none of the 2 states that can be reached from here'],
        explained: [
          '   0  initially',
          '      state 0',
          '   1  from 0 to 1, and in 1',
          '      state 1',
          '      all invariants hold'
        ].join('\n')
      }
    })
  })

  test('is not spoken of where the graph is too large to see all of it', async () => {
    await expect(pointOfNoReturn(graph({ 0: [1], 1: [2] }), isZero, 2)).rejects.toThrow(
      'graph has more than 2 states; choose smaller bounds'
    )
  })
})
