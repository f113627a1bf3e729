/**
 * Small state spaces as graphs.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { bounds, toychainModel } from '../../../../invariants/blockchain/model.js'
import { playNumbered } from '../../../../invariants/blockchain/playable.js'
import { stateGraph, toDot } from '../../../../invariants/checker/trace/dot.js'
import { systemModel } from '../../../../invariants/checker/model/systemModel.js'
import { whole } from '../../../../invariants/property/invariant.js'

const traffic = systemModel<string, string>({
  name: 'a "light"',
  system: {
    initial: ['red'],
    actions: (s) => (s === 'red' ? ['go', 'fail'] : s === 'green' ? ['stop'] : []),
    next: (_s, a) => O.some(a === 'go' ? 'green' : a === 'stop' ? 'red' : 'dark')
  },
  invariants: [whole('lit', 'the light is on', (s) => (s === 'dark' ? [{ witness: 'it is dark' }] : []))]
})

describe('the graph of a model', () => {
  test('has every state and every step, also beyond a violation', async () => {
    const graph = await stateGraph(traffic)
    expect(E.isRight(graph) && toDot(traffic.name, graph.right, { state: (s) => [s, '\\'], action: (a) => a })).toBe(
      `digraph "a \\"light\\"" {
  node [shape=box, fontname="monospace", fontsize=10]
  edge [fontname="sans-serif", fontsize=9]
  s0 [label="red\\l\\\\\\l", peripheries=2]
  s1 [label="green\\l\\\\\\l"]
  s2 [label="dark\\l\\\\\\l", color=red]
  s0 -> s1 [label="go"]
  s0 -> s2 [label="fail"]
  s1 -> s0 [label="stop"]
}
`
    )
  })

  test('has the states and steps that the checker counts', async () => {
    const graph = await stateGraph(toychainModel(playNumbered, bounds(2, 2, 0, { blockOnly: true })))
    expect(E.isRight(graph) && [graph.right.states.length, graph.right.steps.length]).toEqual([89, 178])
  })

  test('is refused above a number of states, and not below', async () => {
    expect(await stateGraph(traffic, 3)).toMatchObject({ _tag: 'Right' })
    expect(await stateGraph(traffic, 2)).toEqual(
      E.left('a "light" has more than 2 states, too many for a picture: choose smaller bounds')
    )
  })

  test('has no step where an action leads nowhere', async () => {
    const door = systemModel<number, 'in' | 'out'>({
      name: 'door',
      system: {
        initial: [0],
        actions: () => ['in', 'out'],
        next: (n, a) => (a === 'in' ? (n < 1 ? O.some(n + 1) : O.none) : n > 0 ? O.some(n - 1) : O.none)
      },
      invariants: []
    })
    expect(await stateGraph(door)).toMatchObject(
      E.right({
        states: [{ state: 0 }, { state: 1 }],
        steps: [
          { from: 0, to: 1, action: 'in' },
          { from: 1, to: 0, action: 'out' }
        ]
      })
    )
  })

  test('is drawn without the steps from and to states that it does not have', () => {
    const graph = {
      states: [{ state: 'here', isInitial: false, violates: false }],
      steps: [
        { from: 0, to: 0, action: 'stay' },
        { from: 0, to: 1, action: 'leave' },
        { from: 1, to: 0, action: 'come' }
      ]
    }
    expect(
      toDot('places', graph, { state: (s) => [s], action: (a) => a })
        .split('\n')
        .slice(3)
    ).toEqual(['  s0 [label="here"]', '  s0 -> s0 [label="stay"]', '}', ''])
  })

  test('lets others have their turn before the first state, and after every 64', async () => {
    const numbers = systemModel<number, 'up'>({
      name: 'numbers',
      system: { initial: [0], actions: (n) => (n < 128 ? ['up'] : []), next: (n) => O.some(n + 1) },
      invariants: []
    })
    let turns = 0
    const takeTurn = (): void => {
      turns++
      turn = setImmediate(takeTurn)
    }
    let turn = setImmediate(takeTurn)
    await stateGraph(numbers)
    clearImmediate(turn)
    expect(turns).toBe(3)
  })
})
