/**
 * What is stored once and computed once of a network, and when it is forgotten.
 */
import { describe, expect, test } from 'vitest'
import type { CompactOptions } from '../../../../invariants/checker/model/walker.js'
import { Visited } from '../../../../invariants/checker/data/visited.js'
import { expanded } from '../../../support/compactSystems.js'
import { to, intern, small } from '../../../support/smallNetworks.js'

describe('cells that were met', () => {
  const meeting = (how: CompactOptions) => {
    const network = small({
      states: [0],
      environment: { internal: (env, node, st) => (st < 9 ? [intern(node, 'up', env)] : []) },
      onInternal: (st) => [st + 1, []],
      observations: { states: [], steps: [], scores: [{ name: 'high', says: 'high', of: (st) => 10 * st }] }
    }).begin(how)
    const cells = () => network.compact.sizes()['cells']
    return { ...network, cells }
  }

  test('are kept when a walk begins anew, and forgotten then if they are more than so many', () => {
    for (const [how, cells] of [
      [{}, 5],
      [{ mostCells: 5 }, 5],
      [{ mostCells: 4 }, 2]
    ] as const) {
      const { compact, go, cells: now } = meeting(how)
      go('up', 'up', 'up')
      expect(now()).toBe(5)
      compact.begin()
      expect(now()).toBe(cells)
    }
  })

  test('are the same if they are met on another way', () => {
    const orders = (words: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
      words.length === 0 ? [[]] : words.flatMap((w) => orders(words.filter((v) => v !== w)).map((rest) => [w, ...rest]))
    const { compact, go } = small({
      states: [0, 0],
      packets: [to(0, 1), to(0, 2), to(0, 3), to(0, 4), to(1, 5), to(1, 6)]
    }).begin()
    const here = new Int32Array(compact.width)
    const ends = new Set<string>()
    for (const order of orders(['1', '2', '3', '4'])) {
      compact.begin()
      go(...order)
      compact.store(here, 0)
      ends.add(here.join())
    }
    expect(ends.size).toBe(1)
    // Of node 0 one for each set of messages, and one of node 1 and of nobody.
    expect(compact.sizes()['cells']).toBe(16 + 1 + 1)
  })

  test('are met again as if they had never been met', () => {
    const { compact, go, steps, cells } = meeting({ mostCells: 0, toward: 'high' })
    const state = new Int32Array(compact.width)
    const walked = () => {
      go('up', 'up', 'up')
      compact.store(state, 0)
      return { state: [...state], score: compact.score(state, 0), steps: steps(), cells: cells() }
    }
    const first = walked()
    expect(first).toMatchObject({ score: 30, steps: ['up'], cells: 5 })
    compact.begin()
    expect(walked()).toEqual(first)
    compact.begin()
    go('up', 'up', 'up', 'up', 'up', 'up', 'up', 'up', 'up')
    expect(steps()).toEqual([])
    compact.begin()
    expect(walked()).toEqual(first)
  })

  test('are forgotten with the steps that were counted all at once, but these stay counted', () => {
    const { compact, go } = small({
      states: [0, 0],
      packets: [to(0, 1), to(9, 1)],
      environment: {
        internal: (env, node, st) => ['a', 'b', 'c'].slice(0, 3 - st).map((kind) => intern(node, kind, env)),
        networkFaults: (env) => [{ act: { _tag: 'Heal' }, then: env }]
      },
      onMessage: (st) => [st, []],
      onInternal: (st, kind) => [st + (kind === 'a' ? 1 : 2), []]
    }).begin({ mostCells: 0 })
    const walked = (...words: ReadonlyArray<string>) => {
      compact.resetCounts()
      compact.begin()
      expanded(compact, new Visited(), 99)
      for (const word of words) {
        go(word)
        expanded(compact, new Visited(), 99)
      }
      return [compact.coverage().kinds, (compact.begin(), compact.coverage().kinds)]
    }
    const counted = (times: object) => [times, times]
    for (const [words, times] of [
      [[], { 'Deliver 1': 1, a: 2, b: 2, c: 2, Heal: 1 }],
      [['b'], { 'Deliver 1': 2, a: 4, b: 3, c: 3, Heal: 2 }],
      [['b', '1'], { 'Deliver 1': 2, a: 6, b: 4, c: 4, Heal: 3 }],
      [['1', 'b'], { 'Deliver 1': 1, a: 6, b: 5, c: 5, Heal: 3 }],
      [['Heal'], { 'Deliver 1': 2, a: 4, b: 4, c: 4, Heal: 2 }]
    ] as const) {
      expect(walked('a', '1', 'a')).toEqual(counted({ 'Deliver 1': 2, a: 8, b: 7, c: 5, Heal: 4 }))
      expect(walked(...words)).toEqual(counted(times))
    }
  })
})
